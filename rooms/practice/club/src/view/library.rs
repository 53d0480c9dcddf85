//! The library by discipline, and what one has done of it.

use super::{LEVELS, level, rating};
use crate::{
    library::LIBRARY,
    model::*,
    pages::Wanted,
    shelves::{Entry, Shelf, Shown},
};
use challenge::{rating::Rating, read::Own};
use kernel::Scope;
use std::collections::HashMap;
use web::{Markup, html, input, several, text::encode};

/// What the library is shown with.
pub(crate) struct Library {
    pub shown: Shown,
    pub ratings: HashMap<Discipline, (Rating, i64)>,
    pub open: Vec<Attempt>,
    /// The products of the reader, by key and name.
    pub products: Vec<(String, String)>,
}

pub(crate) fn library(_: &Scope, wanted: &Wanted, library: &Library) -> Markup {
    let narrowed = wanted.is_narrowed();
    let one = Discipline::parse(&wanted.kind);
    let onwards = !wanted.after.is_empty();
    html! {
        p.lead { "Guesses, strategy, design and root causes to practise on, marked by checks that quote your own words. What you do here is yours alone." }
        (chips(wanted, one))
        form.row.narrow role="search" method="get" action="/practice" {
            @if let Some(one) = one { input type="hidden" name="kind" value=(one); }
            (input("search", "q", "Look for", &wanted.q))
            label.field { span { "Difficulty" } select name="level" { option value="" { "Any" }
                @for n in 1..=5_u8 { option value=(n) selected[wanted.level == n.to_string()] { (web::capital(LEVELS[usize::from(n) - 1])) } } } }
            label.choice { input type="checkbox" name="done" value="new" checked[wanted.done == "new"]; " Not tried yet" }
            label.choice { input type="checkbox" name="own" value="1" checked[wanted.own == "1"]; " Written here" }
            button type="submit" { "Show" } @if narrowed || onwards { a href={ "/practice" @if let Some(one) = one { "?kind=" (one) } } { "Show all" } }
        }
        @if !narrowed && one.is_none() { (begin(library)) (written_here(&library.shown))
            p.hint { @if !library.products.is_empty() { "As a team: " @for (n, (key, name)) in library.products.iter().enumerate() { @if n > 0 { "; " } a href={ "/" (key) "/evenings" } { "Club evenings" } " and " a href={ "/" (key) "/foresight" } { "Foresight" } " of " bdi { (name) } } ". " } a href="/help/practice" { "How practice works" } } }
        @for shelf in &library.shown.shelves { @if !(shelf.entries.is_empty() && one.is_none()) { section aria-labelledby={ "of-" (shelf.of) } {
            h2 id={ "of-" (shelf.of) } { (shelf.of.many()) @if let Some((r, _)) = library.ratings.get(&shelf.of) { " " span.pill title="Your rating here" { "rated " (rating(r)) } } }
            @if shelf.of == Discipline::RootCause && !narrowed && !onwards { (draw()) }
            @if shelf.entries.is_empty() { p { "Nothing in the library is like that." } }
            ul.lines { @for entry in &shelf.entries { (line(entry, &library.shown, true)) } }
            (further(wanted, one, shelf))
        } } }
        @if one.is_none() && library.shown.shelves.iter().all(|shelf| shelf.entries.is_empty()) { p { "Nothing in the library is like that. Look for other words" @if !wanted.level.is_empty() { ", or at any difficulty" } @if !wanted.done.is_empty() { ", or at what you have tried, too" } "." } }
    }
}

/// The way to the rest of a discipline.
fn further(wanted: &Wanted, one: Option<Discipline>, shelf: &Shelf) -> Markup {
    let Some(next) = &shelf.next else { return html! {} };
    let mut to = format!("/practice?kind={}", shelf.of);
    for (name, value) in [("q", wanted.q.trim()), ("level", &wanted.level), ("done", &wanted.done), ("own", &wanted.own)] {
        if !value.is_empty() {
            to += &format!("&{name}={}", encode(value));
        }
    }
    let many = shelf.of.many().to_lowercase();
    match one {
        Some(_) => html! { p { a.button href={ (to) "&after=" (next) } rel="next" { "Further " (many) } } },
        None if wanted.is_narrowed() => html! { p { a href=(to) { "More " (many) " like that" } } },
        None => html! { p { a href=(to) { "All " (many) } } },
    }
}

/// What people of the workspace wrote, and the way to write one.
fn written_here(shown: &Shown) -> Markup {
    html! { section.written-here aria-labelledby="written-here" { h2 #written-here { "Written here" }
        @if shown.newest.is_empty() { p.hint { "Nobody of this workspace has published a challenge yet." } }
        @else { ul.lines { @for entry in &shown.newest { (line(entry, shown, false)) } } }
        div.row { a.button href="/practice/writing" { "Write a challenge" } @if !shown.newest.is_empty() { a href="/practice?own=1" { "All that were written here" } } }
    } }
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

/// So many that were begun stand open beside what else one may begin with.
const BEGUN: usize = 3;

/// What one may begin with today.
fn begin(library: &Library) -> Markup {
    html! { div.tiles.begin-with {
        @if let Some(challenge) = library.shown.today { section.tile { h2 { "Question of the day" @if library.shown.done.contains_key(&challenge.id) { " " (web::pill("good", "done")) } }
            @if let Own::Guesstimate(own) = &challenge.own { p { a href={ "/practice/" (challenge.id) } { (own.ask) } } }
            p.quiet { (level(challenge.level.into())) " · " (several(challenge.minutes, "minute")) (best(&challenge.id, &library.shown)) } } }
        @if !library.open.is_empty() { section.tile { h2 { "Begun" }
            ul.lines { @for attempt in library.open.iter().take(BEGUN) { li { a.what href={ "/practice/" (attempt.challenge) } { (attempt.title) } span.quiet { (attempt.mode.says()) } } } }
            @if let Some(rest) = library.open.get(BEGUN..).filter(|rest| !rest.is_empty()) { details.opens { summary { (several(rest.len(), "more")) } ul.lines { @for attempt in rest { li { a.what href={ "/practice/" (attempt.challenge) } { (attempt.title) } span.quiet { (attempt.mode.says()) } } } } } } } }
        section.tile { h2 { "One drill" }
            @match library.shown.drill.and_then(|id| LIBRARY.iter().find(|one| one.id == id)) { Some(drill) => p { a href={ "/practice/" (drill.id) } { (drill.title) } " " span.quiet { (several(drill.minutes, "minute")) } }, None => p { "You have answered every drill." } }
        }
    } }
}

/// A case that is invented.
fn draw() -> Markup {
    html! { form.row.lead method="post" action="/do/attempt.draw" data-act data-go="/practice/going" {
        input type="hidden" name="_back" value="/practice/going";
        label.field { span { "Difficulty" } select name="difficulty" { @for (n, word) in (1..).zip(LEVELS) { option value=(n) { (web::capital(word)) } } } }
        label.field { span { "Mode" } select name="mode" { option value="learning" { "Learning" } option value="exam" { "Exam" } } }
        button type="submit" { "Invent a case" } label.field { span { "Number, for a colleague’s case" } input type="text" inputmode="numeric" name="seed" size="8" autocomplete="off"; span.error data-error="seed" {} } span.hint { "A new one each time, unless you say a number: “Invented case 592534” has 592534, and is then not rated." } span.error data-error="" {}
    } }
}

/// How well it was done at best, where it was.
fn best(code: &str, shown: &Shown) -> Markup {
    html! { @if let Some((times, best)) = shown.done.get(code) { " · tried " @if *times > 1 { (several(*times, "time")) ", " } "best " (web::telling::percent(*best)) } }
}

/// A challenge; `says_where` it was written, where that is not said of all.
fn line(entry: &Entry, shown: &Shown, says_where: bool) -> Markup {
    html! { li.long.challenge {
        a.what href={ "/practice/" (entry.code) } dir="auto" { (entry.title) }
        span.quiet dir="auto" { (entry.summary) }
        span.quiet { (level(entry.level)) " · " (several(entry.minutes, "minute")) @if says_where && entry.own.is_some() { " · written here" } (best(&entry.code, shown)) }
    } }
}
