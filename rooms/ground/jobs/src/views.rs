//! Markup of the page of jobs.

use kernel::{Names, Noun, Paged, Scope, task::DeadLetter};
use web::{Markup, app::jobs::Standing, disclosure, html, pill, several, time};

/// What the page shows.
pub struct Shown {
    pub mails: bool,
    pub standing: Standing,
    pub given_up: Paged<DeadLetter>,
    pub names: Names,
    /// It is the first page of what was given up.
    pub is_first: bool,
}

/// `says` tells what a kind of task does.
pub fn jobs(scope: &Scope, shown: &Shown, says: &dyn Fn(&str) -> &'static str) -> Markup {
    html! {
        p.hint { "What is done after an act and apart from it, such as sending mail. What fails is tried again for a day and a half, in growing intervals." }
        (now(shown))
        section { h2 { "Given up" }
            @if shown.given_up.items.is_empty() { p.hint { @if shown.is_first { "Nothing was given up." } @else { "There is no more." } } }
            @else {
                p.hint { "Nothing of this is lost: try it again once its cause is mended." }
                @if shown.given_up.items.len() > 1 { (all_again(&shown.given_up.items)) }
                (given_up(scope, shown, says))
                @if let Some(next) = &shown.given_up.next { p { a.button href={ "?after=" (web::text::encode(next)) } { "Older" } } }
            }
        }
        @if !shown.standing.failing.is_empty() { section { h2 { "Being tried again" }
            table.list.cards { thead { tr { th { "What" } th { "Next try" } th { "Last try" } th {} } }
                tbody { @for job in &shown.standing.failing { tr {
                    td.what { (says(&job.kind)) ": " bdi { (job.about) } }
                    td.day { "again " (soon(job.due - scope.now)) }
                    td.said dir="auto" { (job.said) span.quiet { " · " (several(job.tries, "try")) } }
                    td {}
                } } } }
        } }
    }
}

/// So many milliseconds from now.
fn soon(wait: i64) -> String {
    match (wait + 59_999).div_euclid(60_000) {
        i64::MIN..=1 => "within a minute".into(),
        minutes => format!("in {}", several(minutes, "minute")),
    }
}

/// How things stand, in a line.
fn now(shown: &Shown) -> Markup {
    let standing = &shown.standing;
    html! { section { h2 { "Now" }
        p { @match standing.waiting { 0 => "Nothing waits.", n => { (several(n, "job")) " waiting." } }
            @if standing.under_way > 0 { " " (several(standing.under_way, "job")) " under way." } }
        p { @if shown.mails { (pill("good", "Mail is set up")) }
            @else { (pill("", "No mail is set up")) " Links are shown to whoever makes them instead. " a href="/help/operate" { "How to set mail up" } } }
    } }
}

fn given_up(scope: &Scope, shown: &Shown, says: &dyn Fn(&str) -> &'static str) -> Markup {
    html! { table.list.cards { thead { tr { th { "What" } th { "Why" } th { "Since" } th { "" } } }
        tbody { @for job in &shown.given_up.items { tr {
            td.what { (says(&job.kind)) ": " bdi { (job.about) }
                @if let Some(who) = job.actor.and_then(|who| shown.names.called(scope, who)) { span.quiet { " for " bdi { (who) } } }
                @if let Some(product) = job.product_of.and_then(|of| shown.names.called(scope, of)) { span.quiet { " in " bdi { (product) } } } }
            td.said dir="auto" { (job.said) span.quiet { " · " (several(job.tries, "try")) } }
            td.day { (time(scope, job.meta.created_at, scope.now)) }
            td { div.acts {
                form.act method="post" action="/do/job.retry" data-act { input type="hidden" name="job" value=(job.id()); button.plain type="submit" { "Try again" } }
                (disclosure(&format!("discard-{}", job.id()), "Throw away", "plain", html! {
                    form.stack method="post" action="/do/job.discard" data-act { input type="hidden" name="job" value=(job.id());
                        p { "It is never done, and this cannot be taken back." } button.primary type="submit" { "Throw away" } } }))
            } }
        } } }
    } }
}

/// One button for all that is shown.
fn all_again(jobs: &[DeadLetter]) -> Markup {
    html! { form.row.lead method="post" action="/do/job.retry" data-act { input type="hidden" name="_each" value="job";
    @for job in jobs { input type="hidden" name="job" value=(job.id()); }
    button type="submit" { "Try all of these again" } } }
}
