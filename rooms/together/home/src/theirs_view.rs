//! Markup of the one page of a stakeholder.

use crate::{
    rows::Seen,
    theirs::{Bet, Theirs},
    views,
};
use kernel::Scope;
use product::Stage;
use stakeholders::Kept;
use web::{Markup, date, html, meter, pill, several, when};

/// Where a reader stands: with an account, links lead on; by a link there is nothing else to open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Member,
    Visitor,
}

/// As Home of whoever wears the stakeholder's hat.
pub(crate) fn home(scope: &Scope, seen: &Seen) -> Markup {
    let theirs = &seen.theirs;
    let asked = html! { (views::asked(scope, &seen.asked)) (views::to_lift(scope, seen)) (views::side_by_side(seen)) (views::to_rate(scope, seen)) (views::understood(scope, seen)) (promised(scope, theirs)) (views::mine(scope, seen)) };
    html! { div.theirs {
        div.asked {
            @if asked.0.is_empty() { section.tile { h2 { "Nothing is asked of you" } p.hint { "Every bet and every story has a page where you can ask or say something." } } }
            (asked)
        }
        div.going { (going(scope, theirs, Reader::Member)) (standing(scope, theirs, Reader::Member)) }
        (changed(scope, seen))
    } }
}

/// What changed: the newest updates, or the record where nobody has told of it yet.
fn changed(scope: &Scope, seen: &Seen) -> Markup {
    if seen.updates.is_empty() {
        return views::lately(scope, seen);
    }
    html! { section.tile { h2 { "What changed" }
    ul.lines { @for update in &seen.updates { (updates::newest_line(scope, update)) } }
    p { a href="updates" { "All updates" } } p { a href="since" { "What changed since you were last here" } } } }
}

/// As a link shows it.
pub(crate) fn visited(scope: &Scope, theirs: &Theirs, updates: &Markup) -> Markup {
    html! { div.theirs {
        @if !theirs.promises.is_empty() || !updates.0.is_empty() { div.asked {
            (promised(scope, theirs))
            @if !updates.0.is_empty() { section.tile.updates { h2 { "What changed" } (updates) } }
        } }
        div.going { (going(scope, theirs, Reader::Visitor)) (standing(scope, theirs, Reader::Visitor)) }
    } }
}

fn going(scope: &Scope, theirs: &Theirs, reader: Reader) -> Markup {
    let horizon = |name: &str, says: &str| -> Markup {
        let (bets, more) = theirs.of(name);
        html! { @if !bets.is_empty() {
            h3 { (says) }
            ul.lines { @for bet in bets { (one_bet(scope, bet, theirs.windows, reader)) } }
            @if more { p.quiet { @if reader == Reader::Member { a href="roadmap" { "All of them on the roadmap" } } @else { "And more." } } }
        } }
    };
    let nothing = theirs.vision.is_none() && theirs.objectives.is_empty() && theirs.bets.is_empty();
    html! { section.tile { h2 { "Where we are going" }
        @if nothing { p.hint { "Nothing is written down yet." } }
        @if let Some(vision) = &theirs.vision { (strategy::vision_words(vision)) }
        (horizon("now", "Now")) (horizon("next", "After that")) (horizon("later", "Later; it may change"))
    } }
}

fn one_bet(scope: &Scope, bet: &Bet, windows: bool, reader: Reader) -> Markup {
    let late = bet.ends_on < when::day(scope.now);
    html! { li {
        @match reader { Reader::Member => { a href={ "roadmap?open=" (bet.number) } dir="auto" { (bet.title) } } Reader::Visitor => { bdi { (bet.title) } } }
        @if windows && !bet.ends_on.is_empty() { @if late { (pill("warning", "later than we meant")) } @else { span.quiet { "until " (date(scope, &bet.ends_on)) } } }
    } }
}

/// Where we are: the goals with how far they are, what is being worked on, the sprint.
fn standing(scope: &Scope, theirs: &Theirs, reader: Reader) -> Markup {
    let counted =
        |all: bool| -> i64 { theirs.stages.iter().filter(|(stage, ..)| all || stage == Stage::Accepted.word()).map(|(_, count, _)| count).sum() };
    let begun: Vec<&Bet> = theirs.of("now").0.into_iter().filter(|bet| bet.stories > 0).collect();
    html! { @if !theirs.objectives.is_empty() || !begun.is_empty() || theirs.sprint.is_some() { section.tile { h2 { "Where we are" }
        @if let Some(sprint) = &theirs.sprint {
            h3 { "What we do until " (date(scope, &sprint.ends_on)) }
            @if !sprint.goal.is_empty() { p.statement dir="auto" { (sprint.goal) } }
            @let (done, all) = (counted(false), counted(true));
            @if all > 0 { p { strong { (done) } " of " (several(all, "part")) " done " (meter("Parts done", done as f64 / all as f64)) } }
            @if reader == Reader::Member { p { a href="sprint" { "Look at the board" } } }
        }
        @if !begun.is_empty() { h3 { "How far it is" }
            ul.lines { @for bet in begun { li { bdi { (bet.title) } (meter(&format!("{} of {} done", bet.accepted, several(bet.stories, "part")), bet.accepted as f64 / bet.stories as f64)) span.quiet { (bet.accepted) " of " (bet.stories) } } } } }
        @if !theirs.objectives.is_empty() { h3 { "What we want to reach" }
            ul.lines { @for o in &theirs.objectives { li { bdi { (o.objective.title) }
                @if !o.key_results.is_empty() { (meter(&o.objective.title, o.key_results.iter().map(strategy::KeyResult::progress).sum::<f64>() / o.key_results.len() as f64)) } } } } }
    } } }
}

/// What was promised to the reader, and how it stands.
fn promised(scope: &Scope, theirs: &Theirs) -> Markup {
    let today = when::day(scope.now);
    html! { @if !theirs.promises.is_empty() { section.tile { h2 { "What we promised you" } ul.lines { @for promise in &theirs.promises { li { bdi { (promise.what) }
    @match (promise.kept, &promise.due_on) {
        (Kept::Kept, _) => { (pill("good", "kept")) }
        (Kept::Broken, _) => { (pill("critical", "not kept")) }
        (Kept::Withdrawn, _) => { (pill("neutral", "withdrawn")) }
        (Kept::Open, Some(day)) => { @if *day < today { (pill("critical", "late")) } span.quiet { "until " (date(scope, day)) } }
        (Kept::Open, None) => {}
    } } } } } } }
}
