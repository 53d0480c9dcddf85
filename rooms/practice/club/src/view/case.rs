//! A case of root cause: its cuts with what they narrowed, and the cause as it is named.

use super::Asker;
use crate::{casework, library::Task, model::*, saying::grouped};
use rootcause::case::{Practice, Query, Source};
use web::{Markup, html, several, telling::figure};

/// What everybody sees of a case.
pub(crate) fn headline(task: &Task, case: &Practice) -> Markup {
    if task.written().is_some() {
        return html! {};
    }
    let (usual, now) = case.headline();
    let last = case.steps.last().map_or("", String::as_str);
    html! {
        p { "A shop’s funnel has the steps " (case.steps.join(", ")) ". In the week, " strong { (grouped(now.round())) } " of “" (last) "” were recorded; in a usual week it is " strong { (grouped(usual.round())) } ". "
            @if case.has_two() { "Two things broke. " } "Find out by cuts what happened, where, and at which step: each cut counts, and a telling one narrows most." }
        h3 { "What there is to read" }
        ul { @for document in &case.documents { li { (document) } } }
        p.hint { "Some of it misleads." }
    }
}

/// The form for a cut, and the answers so far. While it is open, how many explanations are left is told in learning mode.
pub(crate) fn cuts(case: &Practice, attempt: &Attempt, asker: &Asker) -> Markup {
    let asked = casework::cuts(case, &attempt.asked);
    let tells = attempt.mode == Mode::Learning || !attempt.is_open();
    let gains = if tells { case.narrow(&asked) } else { vec![] };
    html! { section aria-labelledby="cuts" { h2 #cuts { "Cuts " span.quiet { (asked.len()) } }
        @let last = asked.last();
        @let only = last.and_then(|last| last.only).map(|(d, v)| casework::value_says(case, d, v));
        // The next cut is beside the last one, so it begins there.
        @if attempt.is_open() { form.row.cutting method="post" action=(asker.cuts) data-act {
            input type="hidden" name=(asker.field) value=(asker.id);
            @if case.has_two() { input type="hidden" name="at" value="period"; }
            @else { label.field { span { "Figures of" } select name="at" { option value="period" { "the period" } option value="books" { "an independent count (last step)" } option value="year_ago" data-empties="only" { "the same time a year ago (by any, of all)" } } span.error data-error="at" {} } }
            label.field { span { "Step" } select name="step" { @for (n, step) in case.steps.iter().enumerate() { option value=(step) selected[last.is_some_and(|last| last.step == n)] { (step) } } } span.error data-error="step" {} }
            label.field { span { "By" } select name="by" { option value="" { "one sum" } @for (n, (name, _)) in case.dimensions.iter().enumerate() { option value=(name) selected[last.is_some_and(|last| last.by == Some(n))] { (name) } } } span.error data-error="by" {} }
            label.field { span { "Only" } select name="only" { option value="" { "all" } @for value in casework::values(case) { option value=(value) selected[only.as_ref() == Some(&value)] { (value) } } } span.error data-error="only" {} }
            button type="submit" { "Cut" } span.error data-error="" {}
        } }
        p.hint { "A cut holds each step against the step before it: “from the step before” is what would have come of those who really were there, at the usual rate. So a loss shows at the step where it happened; later steps look as ever, though their numbers are smaller than usual, and smaller than the brief has them. What is set in bold lies outside of chance." }
        @if tells && !asked.is_empty() { p.hint { "Cuts narrow explanations. Each says where (a place: a step, and a slice of it) and in what way figures moved; so several explanations may be left for one place." } }
        @for (at, query) in asked.iter().enumerate().rev() { div.cut { h3 { (at + 1) ". " (casework::cut_says(case, query)) }
            (answer(case, query))
            @if let Some(gain) = gains.get(at) { p.hint { @if gain.after < gain.before { (several(grouped(gain.before as f64), "explanation")) @if gain.before == 1 { " was" } @else { " were" } " possible, " (grouped(gain.after as f64)) " still " @if gain.after == 1 { "is" } @else { "are" } "." } @else { "This told nothing new: " (several(grouped(gain.after as f64), "explanation")) " as before." } } }
        } }
        @if asked.is_empty() { p { "No cut yet." @if tells { " Begin wide: which step fell against the one before it?" } @if attempt.is_open() { " Write down first what it could be." } } }
    } }
}

fn answer(case: &Practice, query: &Query) -> Markup {
    let cells = case.answer(query);
    // Against what a figure is held: one word for each.
    let against = match (query.source, query.step) {
        (Source::Books, _) | (Source::Period, 0) => "Usual",
        (Source::YearAgo, 0) => "Usual then",
        (Source::Period | Source::YearAgo, _) => "From the step before",
    };
    html! { table { thead { tr { th scope="col" { @match query.by { Some(d) => (case.dimensions[d].0), None => "Step" } } th.number scope="col" { (against) } th.number scope="col" { "Was" } th.number scope="col" { "Change" } } }
        tbody { @for cell in &cells { @let off = cell.actual - cell.expected; @let odd = off.abs() > case.band(query, cell); tr {
            th scope="row" { @match (query.by, cell.value) { (Some(d), Some(v)) => (case.dimensions[d].1[v]), _ => (case.steps[query.step]) } }
            td.number { (grouped(cell.expected.round())) } td.number { (grouped(cell.actual.round())) }
            td.number { @if cell.expected > 0.0 { @let change = (100.0 * off / cell.expected).round() + 0.0; @if odd { strong { (figure(change)) " %" } } @else { (figure(change)) " %" } } }
        } } }
    }
    @if query.source == Source::Books { p.hint { "Counted independently of the records, against what is usually counted: what is missing here is missing in earnest." } } }
}

/// The fields by which the cause is named.
pub(crate) fn named(case: &Practice, attempt: &Attempt) -> Markup {
    let values = casework::values(case);
    let pick = |key: &str, label: &str, all: &[String], nothing: &str| {
        html! {
            label.field { span { (label) } select name={ "parts." (key) } data-keep { option value="" { (nothing) } @for one in all { option value=(one) selected[attempt.part(key) == one] { (one) } } } span.error data-error={ "parts." (key) } {} }
        }
    };
    html! { fieldset { legend { "The cause" }
        label.field { span { "In what way" } select name="parts.nature" data-keep { option value="" { "Choose" }
            @for (word, says, _) in casework::NATURES.iter().take(if case.has_two() { 1 } else { 5 }) { option value=(word) selected[attempt.part("nature") == *word] { (says) } } } span.error data-error="parts.nature" {} }
        div.row { (pick("step", "At the step", &case.steps, "choose")) (pick("first", "Where", &values, "everywhere")) (pick("second", "and", &values, "no more")) }
        fieldset { legend { "If there were two" } p.hint { "A case may have one cause or two, at different steps. Leave this empty where there was one." }
            div.row { (pick("other_step", "The other, at the step", &case.steps, "none")) (pick("other_first", "Where", &values, "everywhere")) (pick("other_second", "and", &values, "no more")) } }
        label.field { span { "How sure, in %" } input type="text" inputmode="decimal" name="parts.confidence" value=(attempt.part("confidence")) data-keep autocomplete="off"; span.error data-error="parts.confidence" {} }
    } }
}

/// What happened, and how others would have asked; after it was handed in.
pub(crate) fn truth(case: &Practice) -> Markup {
    let par = case.play(rootcause::case::Player::Hindsight, 40);
    // Steps, then dimensions, then within the value that lost; of these what narrowed, with what each settled.
    let way = case.play(rootcause::case::Player::Structured, 40);
    let gains = case.narrow(&way);
    let told: Vec<_> = way.iter().zip(&gains).filter(|(_, gain)| gain.after < gain.before).collect();
    html! { section { h2 { "What happened" }
        ul { @for (truth, mechanism) in case.truths.iter().zip(case.mechanisms.iter().map(|m| m.name()).chain(std::iter::repeat(""))) { li { (casework::says(case, truth)) @if !mechanism.is_empty() { ": " (mechanism) } "." } } }
        p { "A way there that begins wide: first which step, then by what, then within the value that lost. Of its " (several(way.len(), "cut")) " these narrowed. Whoever knows the answers beforehand needs " (par.len()) "." }
        ol { @for (query, gain) in &told { li { (casework::cut_says(case, query)) ": " span.quiet { (several(grouped(gain.before as f64), "explanation")) ", then " (grouped(gain.after as f64)) } } } }
    } }
}
