//! Markup of scoring rounds: all of them with how far people agreed, and one in which people are rating.

use crate::{
    charts,
    forms::answer_field,
    inputs::{Input, Scale},
    model::*,
    pages::On,
    rating::{Answers, is_over},
    rounds::looks_after,
    rows::ToRate,
    views::round_line,
};
use kernel::{Noun, Scope};
use people::name_in;
use web::{Markup, action, date, disclosure, empty, field, html, keyed, limited, listed_people, several};

pub(crate) fn all(scope: &Scope, rounds: &[Round], schemes: &[Scheme], mine: &[ToRate]) -> Markup {
    let of = |round: &Round| schemes.iter().find(|scheme| scheme.id() == round.scheme).map_or("", |scheme| scheme.name.as_str());
    let mut names: Vec<&str> = rounds.iter().map(of).collect();
    names.sort_unstable();
    names.dedup();
    html! {
        p.crumb { a href="priorities" { "Priorities" } }
        @if rounds.is_empty() { (empty("arrow-up-to-line", "No round yet", "In a scoring round each rates alone, and all is revealed at once. What lies furthest apart is talked over first.", html! { a.button href="priorities" { "Go to the scores" } })) }
        @if !mine.is_empty() { section { h2 { "Waiting for you" } ul.lines { @for round in mine { (to_rate_line(scope, round)) } } } }
        @if let Some(chart) = charts::agreement(scope, rounds) { section { (chart.view()) } }
        @for name in names { section { h2 dir="auto" { @if name.is_empty() { "A way of scoring that was removed" } @else { (name) } }
            ul.lines { @for round in rounds.iter().filter(|round| of(round) == name) { (round_line(scope, round)) } } } }
    }
}

/// A round that waits for its reader.
pub fn to_rate_line(scope: &Scope, round: &ToRate) -> Markup {
    html! { li { a.what href={ "rounds?round=" (round.id.simple()) } { "Rate: " bdi { (round.title) } } @if let Some(day) = &round.ends_on { span.quiet { "until " (date(scope, day)) } } } }
}

/// A round of which something is left to settle.
pub fn to_settle_line(round: &Round) -> Markup {
    html! { li.long { a href={ "rounds?round=" (round.id()) } { "Scores: " bdi { (round.title) } } @if let Some(agreement) = round.agreement { span.quiet { (charts::in_words(agreement)) } } } }
}

pub(crate) fn one(scope: &Scope, on: &On, around: &Markup) -> Markup {
    let (round, scheme) = (&on.round, &on.scheme);
    let id = round.id().to_string();
    html! {
        p.crumb { a href={ "priorities?scheme=" (scheme.id()) } dir="auto" { (scheme.name) } " · " a href="rounds" { "Scoring rounds" } }
        p.lead { (several(on.items.len(), scheme.thing.says())) " to rate" @if let Some(day) = &round.ends_on { " until " strong { (date(scope, day)) } } ". Begun by " bdi { (name_in(&on.names, round.member.0)) } "." }
        p { (progress(on)) }
        @match &on.own {
            Some((inputs, answers)) => { (rating_form(scope, on, inputs, answers)) }
            None => { p.hint { "You are not asked in this round. What was given stands here once it is revealed." } }
        }
        @if looks_after(round, scheme, scope) || (on.own.is_some() && is_over(round, scope)) { section { h2 { "End the round" }
            div.row {
                (disclosure("reveal", "Reveal all ratings now", "", html! { form.stack method="post" action=(action(scope, "scoring_round.reveal")) data-act {
                    input type="hidden" name="round" value=(id); p { (unfinished(on)) "Everybody reads what was given, and nothing more can be rated." }
                    p.error data-error="" {} div.row { button.primary type="submit" { "Reveal them" } } } }))
                @if looks_after(round, scheme, scope) {
                    (disclosure("edit-round", "Change the last day", "plain", html! { form.stack method="post" action=(action(scope, "scoring_round.edit")) data-act {
                        input type="hidden" name="round" value=(id); input type="hidden" name="version" value=(round.meta.version);
                        (limited("scoring_round.edit", field("title", "What the round is called", &round.title))) (web::input("date", "ends_on", "Rate until", round.ends_on.as_deref().unwrap_or("")))
                        p.error data-error="" {} div.row { button.primary type="submit" { "Save" } } } }))
                    (disclosure("call-off", "Call it off", "plain", html! { form.stack method="post" action=(action(scope, "scoring_round.remove")) data-act data-go="rounds" {
                        input type="hidden" name="round" value=(id); p { "What was sealed in it is thrown away unread." } div.row { button.primary type="submit" { "Call it off" } } } }))
                }
            }
        } }
        (around)
    }
}

/// "Tomas has finished. Waiting for Ines and Mara."
fn progress(on: &On) -> Markup {
    let (done, open): (Vec<&Rater>, Vec<&Rater>) = on.raters.iter().partition(|rater| on.finished.contains(&rater.meta.id));
    let names = |raters: &[&Rater]| listed_people(raters.iter().map(|rater| name_in(&on.names, rater.member.0)).collect::<Vec<_>>());
    html! {
        @if done.is_empty() { "Nobody has finished yet. " } @else { (names(&done)) (if done.len() == 1 { " has finished. " } else { " have finished. " }) }
        @if !open.is_empty() { "Waiting for " (names(&open)) "." }
    }
}

/// "Ines has not finished: of her only what she has given so far counts. "
fn unfinished(on: &On) -> Markup {
    let open: Vec<&str> =
        on.raters.iter().filter(|rater| !on.finished.contains(&rater.meta.id)).map(|rater| name_in(&on.names, rater.member.0)).collect();
    let many = open.len();
    html! { @if many > 0 { (listed_people(open)) (if many == 1 { " has" } else { " have" }) " not finished; what is there so far counts. " } }
}

/// Every thing with what one rates of it. Each answer is sealed when it is given; without script all of them with the button.
fn rating_form(scope: &Scope, on: &On, inputs: &[Input], answers: &Answers) -> Markup {
    let whole = on.items.len() * inputs.len();
    let given = on.items.iter().flat_map(|item| inputs.iter().map(|input| answers.at(item.id, &input.key))).filter(|text| !text.is_empty()).count();
    let finished = on.raters.iter().any(|rater| Some(rater.member.0) == scope.who.member && on.finished.contains(&rater.meta.id));
    let chooses = inputs.iter().any(|input| matches!(input.scale, Scale::Choices(_)));
    html! { form.rates method="post" action=(action(scope, "scoring_round.rate")) data-act data-rates {
        input type="hidden" name="round" value=(on.round.id());
        p.hint { "Only you see this until all is revealed. " span.with-script { "Each answer is kept as you give it." @if chooses { " On a thing the keys 1 to 9 choose its first open answer; " kbd { "j" } " and " kbd { "k" } " go on." } } }
        ol.to-rate { @for item in &on.items { li data-id=(item.id.simple()) data-open tabindex="-1" {
            h3 { a.title href=(item.place(on.scheme.thing)) { @match item.number { Some(number) => { (keyed(scope, number, &item.title)) } None => { bdi { (item.title) } } } } }
            div.answers { @for input in inputs { (answer_field(&format!("ratings.{}.{}", item.id.simple(), input.key), input, answers.at(item.id, &input.key), true)) } }
        } } }
        (limited("scoring_round.rate", web::area_field("note", "What the others are to know, if anything", &answers.note, 2)))
        p.error data-error="" {}
        div.row.seal { span.quiet aria-live="polite" data-given { (given) " of " (whole) " answered" }
            button.primary type="submit" name="done" value="true" { @if finished { "Seal them again" } @else { "Seal my ratings" } }
            @if finished { span.quiet { "You have finished; until all is revealed you can still change them." } } @else { button.plain type="submit" name="done" value="false" { "Save, and go on later" } } }
    } }
}
