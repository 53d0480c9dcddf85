//! Marks that people gave: one's own, and those of two others, each with the words it rests on.

use crate::{model::*, pages::sent, reviewing::REVIEWERS};
use challenge::Challenge;
use web::{Markup, html, several};

/// The fields by which a rubric is marked, row by row.
pub(super) fn fields(challenge: &Challenge, marks: &[GivenMark]) -> Markup {
    html! { @for row in &challenge.rubric { @let known = marks.iter().find(|mark| mark.row == row.id); fieldset.rubric-row { legend { (row.name) }
        dl.facts { div { dt { "Weak" } dd { (row.weak) } } div { dt { "Middling" } dd { (row.middling) } } div { dt { "Strong" } dd { (row.strong) } } }
        div.pair {
            label.field { span { "Level, 1 to 5" } select name={ "levels." (row.id) } data-keep { option value="" { "Not marked" } @for n in 1..=5 { option value=(n) selected[known.is_some_and(|mark| mark.level == n)] { (n) } } } span.error data-error={ "levels." (row.id) } {} }
            label.field { span { "The words it rests on" } input type="text" name={ "quotes." (row.id) } value=(known.map_or("", |mark| mark.quote.as_str())) maxlength="500" dir="auto" data-keep autocomplete="off"; span.error data-error={ "quotes." (row.id) } {} }
        }
    } } }
}

/// One's own marks beside those of the checks, and the form for them.
pub(super) fn own(challenge: &Challenge, attempt: &Attempt) -> Markup {
    let of = |row: &str| attempt.marks.rows.iter().find(|marked| marked.row == row).map(|marked| marked.level);
    html! { @if attempt.discipline != Discipline::Drill && !challenge.rubric.is_empty() { section aria-labelledby="own" { h2 #own { "Your own marks" }
        @if attempt.own_marks.is_empty() { p.hint { "Mark it yourself before you look at what the checks found, which stands folded beneath: a level for each row, each with words that you copy from your answer." } }
        @else { (table(challenge, &[("Yours", &attempt.own_marks.0)], Some(&of))) }
        details.opens #assess { summary.button { @if attempt.own_marks.is_empty() { "Mark it yourself" } @else { "Mark it anew" } } div.workbench {
            form.stack method="post" action="/do/attempt.assess" data-act { input type="hidden" name="attempt" value=(sent(attempt.meta.id));
                (fields(challenge, &attempt.own_marks)) span.error data-error="levels" {} p.error data-error="" {} div.row { button.primary type="submit" { "Keep my marks" } } }
            section { h3 { "What you wrote" } (super::result::said(challenge, attempt)) } } }
    } } }
}

/// What two others say of it, once both have; and how it is shared.
pub(super) fn theirs(challenge: &Challenge, attempt: &Attempt, reviews: &[PeerReview]) -> Markup {
    let id = sent(attempt.meta.id);
    let share = |shared: bool, says: &str| html! { form method="post" action="/do/attempt.share" data-act { input type="hidden" name="attempt" value=(id); input type="hidden" name="shared" value=(shared); button type="submit" { (says) } span.error data-error="attempt" {} } };
    html! { @if attempt.discipline != Discipline::Drill { section aria-labelledby="theirs" { h2 #theirs { "What two others say" }
        @match (attempt.shared_at, reviews.len()) {
            (None, _) => { p.hint { "Nobody else reads your answer. Share it, and two others who have handed in the same challenge may mark it; they are not told whose it is, and you read both once both have said it." } (share(true, "Share it for review")) }
            (Some(_), 0) => { p { "Shared. Nobody has reviewed it yet." } (share(false, "Share it no more")) }
            (Some(_), many) if many < REVIEWERS => { p { (several(many, "review")) " of " (REVIEWERS) " is there. You read both once both are." } }
            (Some(_), _) => { (both(challenge, reviews)) }
        }
    } } }
}

/// Both reviews side by side, by nobody's name.
pub(super) fn both(challenge: &Challenge, reviews: &[PeerReview]) -> Markup {
    let named: Vec<(&str, &Vec<GivenMark>)> =
        ["First review", "Second review"].into_iter().zip(reviews).map(|(name, review)| (name, &review.marks.0)).collect();
    html! {
        (table(challenge, &named, None))
        @for ((name, _), review) in named.iter().zip(reviews) { @if !review.note.is_empty() { h3 { (name) } p.wrote dir="auto" { (review.note) } } }
    }
}

/// Levels by row, with the words each rests on.
fn table(challenge: &Challenge, given: &[(&str, &Vec<GivenMark>)], checks: Option<&dyn Fn(&str) -> Option<f64>>) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label="Marks by row" { table.list.given {
        thead { tr { th { "Row" } @for (name, _) in given { th { (name) } } @if checks.is_some() { th.num { "The checks" } } } }
        tbody { @for row in &challenge.rubric { tr { th scope="row" { (row.name) }
            @for (name, marks) in given { td data-label=(name) { @match marks.iter().find(|mark| mark.row == row.id) { Some(mark) => { strong { (mark.level) } " " q dir="auto" { (mark.quote) } } None => { span.quiet { "not marked" } } } } }
            @if let Some(of) = checks { td.num data-label="The checks" { @match of(&row.id) { Some(level) => { (format!("{level:.1}")) } None => { "–" } } } }
        } } }
    } } }
}
