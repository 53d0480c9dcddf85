//! What came of an attempt: score, rows with the words they rest on, debrief, and the author's answers.

use super::{case, facts, linked, marked, task, tree::tree};
use crate::{
    casework, drills,
    library::Task,
    model::*,
    pages,
    pages::sent,
    saying::{amount, rounded},
    steps,
};
use challenge::{
    Challenge,
    read::{Drill, Own},
};
use kernel::Scope;
use web::{
    Markup, html, meter,
    telling::{figure, percent},
    time,
};

pub(super) fn result(scope: &Scope, task: &Task, attempt: &Attempt, (reviews, before): (&[PeerReview], Option<&Attempt>), again: &Markup) -> Markup {
    if attempt.discipline == Discipline::Drill {
        return html! {};
    }
    let score = attempt.score.unwrap_or(0.0);
    html! {
        section aria-labelledby="result" { h2 #result { "What was found: " (percent(score)) }
            p.quiet { (web::capital(attempt.mode.says())) " mode" @if let Some(at) = attempt.handed_in_at { ", handed in " (time(scope, at, scope.now)) ", after " (web::several(((at - attempt.meta.created_at) / 60_000).max(1), "minute")) }
                @if attempt.rated { @if let Some(rating) = attempt.rating { ". Your rating in this is now " strong { (format!("{rating:.0}")) } } } @else { ". Not rated" } "." }
            @for said in &attempt.marks.says { p { (said) } }
            @if let (Some(low), Some(high), Some(hit)) = (attempt.low, attempt.high, attempt.hit) { p { "Your interval, " (rounded(low)) " to " (rounded(high)) ", " @if hit { "holds the reference." } @else { "misses the reference." } } }
            @if !attempt.marks.parts.is_empty() { dl.facts { @for part in &attempt.marks.parts { div { dt { (part.name) } dd { (format!("{:.0}", part.points)) " of " (figure(part.of)) } } } } }
            @if let (Some(_), false, false) = (task.case(), attempt.marks.rows.is_empty(), attempt.marks.parts.is_empty()) { p.hint { "The percentage is what these points are of all that could be had." } }
            @else if !attempt.marks.rows.is_empty() { p.hint { "The percentage is what was found in all rows together, each by its weight. A row that few checks look at stays near the middle, so it is not the mean of the levels." @if !attempt.marks.parts.is_empty() { " The points say how near the figures are." } } }
            @if let Some(before) = before { (difference(attempt, before)) }
        }
        (again)
        @if let Some(challenge) = task.written() { (marked::own(challenge, attempt)) (marked::theirs(challenge, attempt, reviews)) }
        (rows(task, attempt))
        @if !attempt.marks.rows.is_empty() && task.written().is_some() { p { a.button href={ "/practice/attempts/" (sent(attempt.meta.id)) "/feedback" } { "What a model says of it" } } }
        @if let Some(case) = task.case() { (case::truth(case)) (case::cuts(case, attempt, &super::Asker::own(attempt))) }
        (debrief(task, attempt))
        section aria-labelledby="yours" { h2 #yours { "What you wrote" } @if let Some(challenge) = task.written() { (said(challenge, attempt)) } @else { (written(attempt, &|text| html! { (text) })) } }
    }
}

/// What the checks found, row by row.
fn rows(task: &Task, attempt: &Attempt) -> Markup {
    let all = html! {
        p.hint { "Found by checks that look for certain things in your words; they see much, and not whether a thought is good. Levels go from 1 to 5." }
        @for row in &attempt.marks.rows { (row_marked(task, row)) }
    };
    // Folded until it was marked by its member, who would read in it what to think.
    let open = !attempt.own_marks.is_empty() || task.written().is_none();
    html! { @if !attempt.marks.rows.is_empty() { section aria-labelledby="rows" { h2 #rows { "Row by row" }
        @if open { (all) } @else { details.opens { summary.button { "What the checks found, row by row" } (all) } }
    } } }
}

/// The reference, the debrief and the author’s answers.
pub(crate) fn debrief(task: &Task, attempt: &Attempt) -> Markup {
    html! { @if let Some(challenge) = task.written() {
        (reference(challenge, attempt))
        section aria-labelledby="debrief" { h2 #debrief { "Debrief" } (linked::drawn(&challenge.debrief, challenge)) }
        (facts::all(challenge, attempt))
        (anchors(challenge))
    } }
}

/// The parts of an answer as they were written.
pub(super) fn said(challenge: &Challenge, attempt: &Attempt) -> Markup {
    written(attempt, &|text| linked::plain(text, challenge))
}

fn written(attempt: &Attempt, told: &dyn Fn(&str) -> Markup) -> Markup {
    // A model keeps its columns.
    let is_model = |key: &str, text: &str| key == "model" || key == "second_way" && text.lines().any(|line| line.contains(" = "));
    html! {
        @for step in steps::steps(attempt.discipline) { @let text = attempt.part(step.key); @if !text.is_empty() { h3 { (step.name) } p.wrote.model-text[is_model(step.key, text)] dir="auto" { (told(text)) } } }
        @if !attempt.part("low").is_empty() { h3 { "Interval" } p.wrote dir="auto" { (attempt.part("low")) " to " (attempt.part("high")) } }
    }
}

/// An answer beside what was found of it, for others to read.
pub(crate) fn answered(task: &Task, attempt: &Attempt, marks: &Marks) -> Markup {
    html! {
        @for one in &marks.says { p { (one) } }
        @if !marks.parts.is_empty() { dl.facts { @for part in &marks.parts { div { dt { (part.name) } dd { (format!("{:.0}", part.points)) " of " (figure(part.of)) } } } } }
        @for row in &marks.rows { (row_marked(task, row)) }
        @if let (Some(case), false) = (task.case(), attempt.asked.is_empty()) { (cut_by(case, attempt)) }
        @if let Some(challenge) = task.written() { (said(challenge, attempt)) } @else { (written(attempt, &|text| html! { (text) })) }
    }
}

/// By which cuts somebody found it, in few words.
fn cut_by(case: &rootcause::case::Practice, attempt: &Attempt) -> Markup {
    let asked = casework::cuts(case, &attempt.asked);
    let narrowed = case.narrow(&asked);
    html! { h3 { "Asked" } ol { @for (query, gain) in asked.iter().zip(&narrowed) { li { (casework::cut_says(case, query)) " " span.quiet { (gain.before) " explanations, then " (gain.after) } } } }
    @let others: Vec<&str> = attempt.asked.iter().filter_map(|asked| match asked { Question::Words { words, .. } => Some(words.as_str()), Question::Source { source } => Some(source.as_str()), Question::Cut { .. } => None }).collect();
    @if !others.is_empty() { ul { @for words in others { li dir="auto" { (words) } } } } }
}

fn row_marked(task: &Task, row: &MarkedRow) -> Markup {
    let rubric = task.written().and_then(|challenge| challenge.rubric.iter().find(|known| known.id == row.row));
    let quotes: Vec<Vec<String>> =
        row.findings.iter().map(|found| found.quotes.iter().map(|quote| linked::quoted(quote, task.written())).collect()).collect();
    html! { details.opens.marked-row { summary { strong { (row.name) } " " (meter(&row.name, (row.level - 1.0) / 4.0)) " " span.quiet { (format!("{:.1}", row.level)) " of 5" @if let Some(rubric) = rubric { ", weighs " (figure(rubric.weight)) " %" } }
        @if let Some(first) = row.findings.first() { " " span.first-found { (guided::finding(&first.says, &[], first.share)) } } }
        (guided::findings(row.findings.iter().zip(&quotes).map(|(found, quotes)| (found.says.as_str(), quotes.as_slice(), found.share))))
        @if let Some(rubric) = rubric { dl.facts { div { dt { "Weak" } dd { (rubric.weak) } } div { dt { "Middling" } dd { (rubric.middling) } } div { dt { "Strong" } dd { (rubric.strong) } } } }
    } }
}

/// What changed against the attempt that this goes on from.
fn difference(attempt: &Attempt, before: &Attempt) -> Markup {
    let (was, is) = (before.score.unwrap_or(0.0), attempt.score.unwrap_or(0.0));
    let rows: Vec<(&MarkedRow, f64)> = attempt
        .marks
        .rows
        .iter()
        .filter_map(|row| Some((row, row.level - before.marks.rows.iter().find(|known| known.row == row.row)?.level)))
        .filter(|(_, by)| by.abs() >= 0.05)
        .collect();
    let mut changed: Vec<&str> =
        steps::steps(attempt.discipline).iter().filter(|step| attempt.part(step.key) != before.part(step.key)).map(|step| step.name).collect();
    let chosen = steps::chosen(attempt.discipline).iter().any(|key| attempt.part(key) != before.part(key));
    if chosen {
        changed.push(if attempt.discipline == Discipline::RootCause { "The cause" } else { "Interval" });
    }
    html! { div.tile { h3 { "Against the attempt before" }
        p { (percent(was)) " before, " (percent(is)) " now. " @if changed.is_empty() { "You changed nothing." } @else { "You changed: " (changed.join(", ")) "." } }
        @if !rows.is_empty() { ul { @for (row, by) in rows { li { (row.name) ": " (if by > 0.0 { "up" } else { "down" }) " by " (format!("{:.1}", by.abs())) } } } }
        p { a href={ "/practice/attempts/" (sent(before.meta.id)) } { "The attempt before" } }
    } }
}

/// The reference of a guess, with the author's roads to it and one's own tree.
fn reference(challenge: &Challenge, attempt: &Attempt) -> Markup {
    let Own::Guesstimate(own) = &challenge.own else { return html! {} };
    html! { section aria-labelledby="reference" { h2 #reference { "The reference" }
        p { strong { (amount(own.reference.value, &own.unit)) } ", the author’s own interval " (amount(own.reference.low, "")) " to " (amount(own.reference.high, "")) "." }
        @if let Some(tree) = tree(&task::model(attempt.part("model"))) { (tree) }
        @for route in &own.routes { details.opens.road { summary { (route.name) } pre { (linked::plain(route.model.trim(), challenge)) } } }
    } }
}

/// The three answers that the author wrote and marked.
fn anchors(challenge: &Challenge) -> Markup {
    html! { @if !challenge.anchors.is_empty() { section aria-labelledby="anchors" { h2 #anchors { "The author’s answers" }
        p.hint { "Three answers that the author wrote, with the author’s own marks; no panel has judged them." }
        @for anchor in &challenge.anchors { details.opens { summary { (web::capital(anchor.name)) " answer, the author’s" }
            (linked::drawn(&anchor.text, challenge))
            h3 { "The author’s marks" }
            ul { @for (row, mark) in &anchor.marks { li { strong { (challenge.rubric.iter().find(|known| known.id == *row).map_or(row.as_str(), |known| known.name.as_str())) ": " (mark.level) } " " (mark.why) " " q { (mark.quote) } } } }
        } }
    } } }
}

/// What came of a drill.
pub(super) fn drill(task: &Task, drill: &Drill, last: &Attempt) -> Markup {
    let score = last.score.unwrap_or(0.0);
    html! { section aria-labelledby="came" aria-live="polite" { h2 #came { @if score > 0.99 { "Right" } @else if score > 0.0 { "Right in part: " (percent(score)) } @else { "Not right" } }
        @let given = drills::given(drill, &last.answer);
        @if !given.is_empty() { p { "You answered: " bdi { (given) } } }
        p { "The answer: " strong { (task::right(drill)) } "." @if last.rated { @if let Some(rating) = last.rating { " Your rating in drills is now " (format!("{rating:.0}")) "." } } }
        @if let Some(challenge) = task.written() { (linked::drawn(&challenge.debrief, challenge)) }
        @if let Some(next) = pages::next_drill(|_| false, task.id()) { p { a.button href={ "/practice/" (next) } { "Next drill" } } }
    } }
}
