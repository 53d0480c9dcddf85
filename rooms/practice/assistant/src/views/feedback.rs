//! What a model says of an answer, row by row beside what the checks found.

use super::{agreement, asked};
use crate::{
    feedback::READINGS,
    model::*,
    pages::{CASE, Model},
};
use challenge::{Challenge, read::Row};
use club::{Attempt, Question};
use kernel::{Noun, Scope};
use marking::NEEDED;
use web::{Markup, app::jobs::Asked, empty, html, pill, several, time};

/// What the page shows.
pub(crate) struct Feedbacked<'a> {
    pub model: Option<Model>,
    pub attempt: Attempt,
    pub challenge: &'a Challenge,
    pub last: Option<Feedback>,
    /// The answer as it was given for comparison.
    pub given: Option<Specimen>,
    /// How many answers people have marked.
    pub marked: i64,
    /// What was asked about the row that is looked at, and answered.
    pub asked: Vec<Asked>,
    pub shown: String,
}

pub(crate) fn feedback(scope: &Scope, view: &Feedbacked) -> Markup {
    let id = view.attempt.id();
    html! {
        p.quiet { a href={ "/practice/attempts/" (id) } { (view.attempt.title) } " · what the checks found, the debrief and the author’s answers" }
        p.lead { "A model reads what you wrote, one row of the rubric at a time, and quotes you. The program looks each quote up and works the level out. All of it is advice beside the checks: no score and no rating rests on it." }
        @match (&view.model, &view.last) {
            (None, None) => (empty("target", "No model is set up here", "Everything else in the club works without one. Whoever runs Tandem can name one.", html! { a.button href="/help/assistant" { "How a model is set up" } })),
            (model, last) => {
                @if let Some(last) = last { (said(scope, view, last)) }
                @if let Some(model) = model { (ask(view, model)) }
            },
        }
        @if view.attempt.asked.iter().any(|one| matches!(one, Question::Words { .. })) { (case(view)) }
        (give(view))
    }
}

/// What a model was asked about one's questions to the case; whatever it said, told were facts of the case alone.
fn case(view: &Feedbacked) -> Markup {
    html! { @if view.model.is_some() || view.shown == CASE { section aria-labelledby="case" { h2 #case { "Your questions to the case" }
        @if view.shown == CASE { h3 { "Word for word" } (asked(&view.asked)) }
        @else { p { a href={ "/practice/attempts/" (view.attempt.id()) "/feedback?asked=" (CASE) "#case" } { "What a model was asked about them, and answered" } } }
    } } }
}

/// The button that asks.
fn ask(view: &Feedbacked, model: &Model) -> Markup {
    let questions = i64::from(READINGS) * view.challenge.rubric.len() as i64;
    let under_way = view.last.as_ref().is_some_and(|last| !last.is_over());
    html! { @if !under_way { form.row.lead method="post" action="/do/feedback.ask" data-act {
        input type="hidden" name="attempt" value=(view.attempt.id());
        button.primary[view.last.is_none()] type="submit" { @if view.last.is_none() { "Ask the model" } @else { "Ask it once more" } }
        span.hint { bdi { (model.name) } " is sent the case, the rubric and what you wrote, without your name, in " (several(questions, "question")) ". You may ask " (several(model.left, "more question")) " today." }
        span.error data-error="attempt" {} span.error data-error="" {}
    } } }
}

fn said(scope: &Scope, view: &Feedbacked, last: &Feedback) -> Markup {
    let agreed = view.model.as_ref().and_then(|model| model.agreed.as_ref()).filter(|found| found.model == last.model && found.form == last.form);
    let (read, wanted) = (last.marks.len(), last.wanted.len());
    let orders: Vec<String> = view.attempt.answer.values().flat_map(|text| marking::addressed(text)).collect();
    html! { section aria-labelledby="said" aria-live="polite" { h2 #said { "Row by row" }
        p { @if !last.model.is_empty() { bdi { (last.model) } ", " } "asked " (time(scope, last.meta.created_at, scope.now))
            @if !last.is_over() { ". " (read) " of " (several(wanted, "row")) " read so far" @if view.model.is_none() { "; no model is set up here any more" } } "." }
        @match agreed {
            Some(found) => p { "Held against people of this workspace on " (several(found.answers, "answer")) ": " (agreement(found)) ". " a href="/practice/assistant" { "What that means" } },
            None => p.told { "No level is shown. This model was not yet held against " (NEEDED) " answers that people here have marked; " (several(view.marked, "answer")) @if view.marked == 1 { " is" } @else { " are" } " marked so far. " a href="/practice/assistant" { "Mark some" } },
        }
        @for order in &orders { p.told { "Left out, because it speaks to whoever marks instead of answering: " q dir="auto" { (order) } } }
        div.readings { @for row in &view.challenge.rubric { @if last.wanted.contains(&row.id) { (one(view, last, row, agreed)) } } }
    } }
}

fn one(view: &Feedbacked, last: &Feedback, row: &Row, agreed: Option<&Comparison>) -> Markup {
    let read = last.marks.iter().find(|read| read.row == row.id);
    let judged = read.and_then(RowRead::judged);
    let checks = view.attempt.marks.rows.iter().find(|known| known.row == row.id);
    let words = read.zip(judged.as_ref()).and_then(|(read, judged)| read.readings.get(judged.words));
    html! { section.tile id={ "row-" (row.id) } aria-labelledby={ "head-" (row.id) } {
        h3 id={ "head-" (row.id) } { (row.name) }
        p { @if let Some(checks) = checks { span.quiet { "Checks " (format!("{:.1}", checks.level)) " of 5" } }
            @if let (Some(judged), Some(found)) = (&judged, agreed) { " · model " strong { (level(judged.level)) } " of 5"
                @if judged.spread.0 < judged.spread.1 { " " span.quiet { "readings " (level(judged.spread.0)) " to " (level(judged.spread.1)) } }
                @if judged.is_unsure() { " " (pill("warning", "unsure")) }
                " " span.quiet { "(" (agreement(found)) ")" } }
            @else if let Some(judged) = &judged { @if judged.is_unsure() { " " (pill("warning", "its readings differ")) } } }
        @match (read, words) {
            (None, _) => p.quiet { "Not read yet." },
            (Some(_), Some(words)) => {
                ul.findings { (anchor("What a strong answer shows", &row.strong, &words.strong)) (anchor("What a middling answer shows", &row.middling, &words.middling)) }
                @if [&words.keep, &words.stop, &words.start].iter().any(|text| !text.is_empty()) { dl.facts {
                    @for (name, text) in [("Keep", &words.keep), ("Stop", &words.stop), ("Start", &words.start)] { @if !text.is_empty() { div { dt { (name) } dd dir="auto" { (text) } } } } } }
            },
            (Some(_), None) => {},
        }
        @if let Some(read) = read { @for why in failures(read) { p.told { (why) } } }
        @if view.shown == row.id { (asked(&view.asked)) }
        @else if read.is_some() { p { a href={ "/practice/attempts/" (view.attempt.id()) "/feedback?asked=" (row.id) "#row-" (row.id) } { "What was asked about " (web::lower_first(&row.name)) ", and answered" } } }
    } }
}

/// Why readings came to nothing: each sentence once, with how often.
fn failures(read: &RowRead) -> Vec<String> {
    let mut said: Vec<(String, usize)> = vec![];
    for why in &read.failed {
        match said.iter_mut().find(|(known, _)| known == why) {
            Some((_, n)) => *n += 1,
            None => said.push((why.clone(), 1)),
        }
    }
    let all = read.readings.len() + read.failed.len();
    said.into_iter().map(|(why, n)| if all > 1 { format!("{n} of {all} readings: {why}") } else { why }).collect()
}

fn anchor(what: &str, says: &str, shown: &Anchor) -> Markup {
    let verdict = match shown.verdict.as_str() {
        "met" => "There: ",
        "partly" => "In part: ",
        "not_met" => "Missing: ",
        _ => "Not shown: ",
    };
    html! { li { span.quiet { (verdict) } (what) ", “" (says.trim_end_matches('.')) "”."
        @for quote in &shown.quotes { " " q dir="auto" { (quote) } }
        @if shown.unfound > 0 { p.quiet { (several(shown.unfound, "quote")) " of the model " @if shown.unfound == 1 { "does" } @else { "do" } " not stand in your answer and " @if shown.unfound == 1 { "counts" } @else { "count" } " for nothing." } }
    } }
}

/// The answer as a measure of models.
fn give(view: &Feedbacked) -> Markup {
    html! { section aria-labelledby="give" { h2 #give { "Help to check the model" }
        @match &view.given {
            Some(given) => form.row method="post" action="/do/specimen.withdraw" data-act { input type="hidden" name="specimen" value=(given.id());
                span { "You gave this answer, so that others mark it. It stands there without your name." } button.plain type="submit" { "Take it back" } },
            None => form.row method="post" action="/do/specimen.give" data-act { input type="hidden" name="attempt" value=(view.attempt.id());
                button type="submit" { "Give this answer to be marked" }
                span.hint { "Members of this workspace then read and mark it, without your name, and models are held against their marks. You can take it back at any time." } span.error data-error="attempt" {} },
        }
    } }
}

/// A level: whole, or with a half.
fn level(level: f64) -> String {
    if level.fract() == 0.0 { format!("{level:.0}") } else { format!("{level:.1}") }
}
