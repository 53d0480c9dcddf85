//! The library by discipline, and what one has done of it.

use super::{level, rating};
use crate::{library::LIBRARY, model::*, pages, pages::Wanted};
use challenge::{Challenge, Kind, rating::Rating, read::Own};
use kernel::Scope;
use std::collections::HashMap;
use web::{Markup, html, input, several, text::encode};

/// What the library is shown with.
pub(crate) struct Shelf {
    pub done: HashMap<String, (i64, f64)>,
    pub ratings: HashMap<Discipline, (Rating, i64)>,
    pub open: Vec<Attempt>,
    /// Days since 1970, which chooses the question of the day.
    pub today: i64,
}

/// So many of a discipline stand on the page of all.
const SHOWN: usize = 6;

pub(crate) fn library(_: &Scope, wanted: &Wanted, shelf: &Shelf) -> Markup {
    let narrowed = !wanted.q.trim().is_empty() || !wanted.level.is_empty() || !wanted.done.is_empty();
    let one = Discipline::parse(&wanted.kind);
    let found = |of: Discipline| LIBRARY.iter().filter(|c| c.kind == of.kind() && fits(c, wanted, shelf)).collect::<Vec<_>>();
    html! {
        p.lead { "Guesses, strategy, design and root causes to practise on, marked by checks that quote your own words. What you do here is yours alone." }
        (chips(wanted, one))
        form.row.narrow role="search" method="get" action="/practice" {
            @if let Some(one) = one { input type="hidden" name="kind" value=(one); }
            (input("search", "q", "Look for", &wanted.q))
            label.field { span { "Difficulty" } select name="level" { option value="" { "Any" }
                @for n in 1..=5_u8 { option value=(n) selected[wanted.level == n.to_string()] { (["Easy", "Light", "Middling", "Hard", "Very hard"][usize::from(n) - 1]) } } } }
            label.choice { input type="checkbox" name="done" value="new" checked[wanted.done == "new"]; " Not tried yet" }
            button type="submit" { "Show" } @if narrowed { a href={ "/practice" @if let Some(one) = one { "?kind=" (one) } } { "Show all" } }
        }
        @if !narrowed && one.is_none() { (begin(shelf)) p.hint { "As a team: “Club evenings” and “Foresight” stand in the menu with your name once you are in a product. " a href="/help/practice" { "How practice works" } } }
        @for of in Discipline::ALL.iter().copied().filter(|of| one.is_none_or(|one| one == *of)) {
            @let all = found(of);
            @let most = if one.is_some() || narrowed { usize::MAX } else { SHOWN };
            @if !(all.is_empty() && one.is_none()) { section aria-labelledby={ "of-" (of) } {
                h2 id={ "of-" (of) } { (of.many()) " " span.quiet { (all.len()) } @if let Some((r, _)) = shelf.ratings.get(&of) { " " span.pill title="Your rating here" { "rated " (rating(r)) } } }
                @if of == Discipline::RootCause && !narrowed { (draw()) }
                @if all.is_empty() { p { "Nothing in the library is like that." } }
                ul.lines { @for challenge in all.iter().take(most) { (line(challenge, shelf)) } }
                @if all.len() > most { p { a href={ "/practice?kind=" (of) } { "All " (all.len()) " of " (of.many().to_lowercase()) } } }
            } }
        }
    }
}

fn fits(challenge: &Challenge, wanted: &Wanted, shelf: &Shelf) -> bool {
    let words = wanted.q.trim().to_lowercase();
    let said = || format!("{} {} {}", challenge.title, challenge.summary, challenge.skills.join(" ")).to_lowercase();
    let level = wanted.level.parse::<u8>().ok();
    (words.is_empty() || words.split_whitespace().all(|word| said().contains(word)))
        && level.is_none_or(|level| level == challenge.level)
        && !(wanted.done == "new" && shelf.done.contains_key(&challenge.id))
}

fn chips(wanted: &Wanted, one: Option<Discipline>) -> Markup {
    let q = if wanted.q.is_empty() { String::new() } else { format!("&q={}", encode(&wanted.q)) };
    html! { nav.chips aria-label="Disciplines" {
        a.chip href="/practice" aria-current=[one.is_none().then_some("page")] { "All" }
        @for of in Discipline::ALL { a.chip href={ "/practice?kind=" (of) (q) } aria-current=[(one == Some(*of)).then_some("page")] { (of.many()) } }
        a.chip href="/practice/record" { "Your practice" }
        a.chip href="/practice/assistant" { "The model" }
        a.chip href="/practice/strengths" { "Strengths" }
        a.chip href="/practice/reviews" { "Reviews" }
    } }
}

/// What one may begin with today.
fn begin(shelf: &Shelf) -> Markup {
    let guesses: Vec<&Challenge> = LIBRARY.iter().filter(|c| c.kind == Kind::Guesstimate).collect();
    let today = usize::try_from(shelf.today).ok().and_then(|day| guesses.get((day * 7) % guesses.len().max(1)));
    let drill = pages::next_drill(|id| shelf.done.contains_key(id), "");
    html! { div.tiles {
        @if let Some(challenge) = today { section.tile { h2 { "Question of the day" }
            @if let Own::Guesstimate(own) = &challenge.own { p { a href={ "/practice/" (challenge.id) } { (own.ask) } } } } }
        section.tile { h2 { @if shelf.open.is_empty() { "One drill" } @else { "Begun" } }
            ul.lines { @for attempt in &shelf.open { li { a.what href={ "/practice/" (attempt.challenge) } { (attempt.title) } span.quiet { (attempt.mode.says()) } } } }
            @if let Some(id) = drill { p { a href={ "/practice/" (id) } { "A drill of a few minutes" } } } @else { p { "You have answered every drill." } }
        }
    } }
}

/// A case that is invented.
fn draw() -> Markup {
    html! { form.row.lead method="post" action="/do/attempt.draw" data-act data-go="/practice/going" {
        input type="hidden" name="_back" value="/practice/going";
        label.field { span { "Difficulty" } select name="difficulty" { @for n in 1..=5 { option value=(n) { (n) } } } }
        label.field { span { "Mode" } select name="mode" { option value="learning" { "Learning" } option value="exam" { "Exam" } } }
        button type="submit" { "Invent a case" } span.hint { "A new one each time, with one right answer." } span.error data-error="" {}
    } }
}

fn line(challenge: &Challenge, shelf: &Shelf) -> Markup {
    html! { li.long {
        a.what href={ "/practice/" (challenge.id) } { (challenge.title) }
        span.quiet { (challenge.summary) }
        span.quiet { (level(challenge.level.into())) " · " (several(challenge.minutes, "minute"))
            @if let Some((times, best)) = shelf.done.get(&challenge.id) { " · tried " @if *times > 1 { (several(*times, "time")) ", " } "best " (web::telling::percent(*best)) } }
    } }
}
