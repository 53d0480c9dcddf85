//! Markup of the figures of an inquiry: what is ranked, how the change came about, and the way into a part of it.

use crate::{
    data::spoken,
    looked::{Looked, written},
    model::*,
};
use kernel::{Noun, Scope};
use rootcause::{cube::Slice, report::Cause, split::Part, table::Measure};
use web::{
    Markup, area_field, capital,
    chart::{Chart, Span, Spans, Tone},
    command_form, disclosure, html, options, select,
    telling::{figure, percent},
    text::encode,
};

/// So many parts are drawn each for itself.
const MOST_PARTS: usize = 9;

/// The address of an inquiry, within a part and along a dimension.
fn address(inquiry: &Inquiry, slice: &Slice, by: &str) -> String {
    format!("causes?show={}&within={}&by={}", inquiry.id(), encode(&written(slice)), encode(by))
}

/// A slice with one value more, or without one.
fn with(slice: &Slice, name: &str, value: Option<&str>) -> Slice {
    let mut rest: Vec<(String, String)> = slice.0.iter().filter(|(held, _)| held != name).cloned().collect();
    rest.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    Slice(rest)
}

pub(crate) fn figures(scope: &Scope, inquiry: &Inquiry, looked: &Looked) -> Markup {
    html! {
        (held(inquiry, looked))
        @match &looked.report {
            Err(wrong) => { p.banner.warning { "The parts cannot be ranked: " (wrong.0) } }
            Ok(report) => { (ranked(scope, inquiry, looked, report)) }
        }
        section aria-labelledby="came-about" { h2 #came-about { "How it came about" }
            @if looked.free.len() > 1 { nav.chips aria-label="Told apart by" { @for name in &looked.free { a.chip href=(address(inquiry, &looked.slice, name)) aria-current=[(*name == looked.by).then_some("true")] dir="auto" { (name) } " " } } }
            @match (&looked.split, waterfall(inquiry, looked)) {
                (Ok(split), Some(chart)) => { (chart.view())
                    @if inquiry.data.is_ratio { p.quiet { "From rates within " bdi { (looked.by) } ": " (signed(split.rate(), true)) "; from shares that moved: " (signed(split.mix(), true)) "." } }
                    @if let Some(simpson) = &split.simpson { p.banner.warning { (simpson) } }
                    (ways_in(inquiry, looked, &split.parts)) }
                (Err(wrong), _) => { p { (wrong.0) } }
                _ => { p { "Nothing here can be told apart any more." } }
            }
            @for said in looked.paradoxes.iter().filter(|said| looked.split.as_ref().ok().and_then(|split| split.simpson.as_ref()) != Some(*said)) { p.banner.warning { (said) } }
        }
        @if !inquiry.data.notes.is_empty() { details.more { summary { "About the table " span.quiet { (inquiry.data.notes.len()) } } ul.lines { @for note in &inquiry.data.notes { li { (note) } } } } }
    }
}

/// The part that is looked at, each of its values to be let go.
fn held(inquiry: &Inquiry, looked: &Looked) -> Markup {
    html! { @if !looked.slice.0.is_empty() { nav.chips aria-label="Only this part" { span.quiet { "Only " }
        @for (name, value) in &looked.slice.0 { a.chip href=(address(inquiry, &with(&looked.slice, name, None), &looked.by)) title="Let it go" dir="auto" { (name) " = " (value) " ×" } " " }
        a href={ "causes?show=" (inquiry.id()) } { "All figures" }
    } } }
}

fn ranked(scope: &Scope, inquiry: &Inquiry, looked: &Looked, report: &rootcause::report::Report) -> Markup {
    let measure = Measure::parse(&inquiry.counted);
    html! { section aria-labelledby="ranked" { h2 #ranked { (report.headline(&measure)) }
        // Where it is one part, the sentence says which.
        @let verdict = report.verdict();
        p.lead { (verdict) @if let Some(first) = report.ranked.first().filter(|first| verdict.starts_with("One slice explains") && !verdict.contains(&first.slice.to_string())) { " It is " bdi { (first.slice.to_string()) } "." } }
        @if !report.ranked.is_empty() {
            p.hint { "Parts of the figures, the most telling first. Expected is what a part had before, at its own rate." @if let Measure::Ratio(amount, _) = &measure { " Both count " bdi { (amount.replace('_', " ")) } "." } }
            div.scroll tabindex="0" role="region" aria-label="Parts by how much they explain" { table.list.ranked.stacked {
                thead { tr { th { "Where" } th.num { "Now" } th.num { "Expected" } th.num { "Explains" } th.num { "By chance" } th { span.hidden { "What to do" } } } }
                tbody { @for (at, cause) in report.ranked.iter().enumerate() { (cause_row(scope, inquiry, looked, cause, at)) } }
            } }
        }
        @if report.ranked.is_empty() { p { "No part stands out against the usual noise." } }
    } }
}

fn cause_row(scope: &Scope, inquiry: &Inquiry, looked: &Looked, cause: &Cause, at: usize) -> Markup {
    let inside = Slice(looked.slice.0.iter().chain(&cause.slice.0).cloned().collect());
    let chance = if cause.chance < 0.01 { "under 1 %".to_owned() } else { percent(cause.chance.min(1.0)) };
    let told = format!("{}: {} instead of the expected {}.", cause.slice, figure(cause.now.round()), figure(cause.expected.round()));
    let form = command_form(
        scope,
        AREA,
        "cause_note.write",
        "Write it down",
        html! { input type="hidden" name="inquiry" value=(inquiry.id()); input type="hidden" name="slice" value=(written(&inside));
        (area_field("body", "What may be the cause", &told, 3)) (select("bone", "Of which kind", &options(Bone::ALL), Bone::Product.word())) },
    );
    html! { tr { td dir="auto" { a href=(address(inquiry, &inside, "")) { (cause.slice.to_string()) } }
    td.num data-label="Now" { (figure(cause.now.round())) } td.num data-label="Expected" { (figure(cause.expected.round())) } td.num data-label="Explains" { (percent(cause.power)) } td.num data-label="By chance" { (chance) }
    td { (disclosure(&format!("note-{at}"), "Note it", "plain", form)) } } }
}

fn signed(value: f64, rate: bool) -> String {
    let size =
        if rate { format!("{} points", figure((value.abs() * 10_000.0).round() / 100.0)) } else { figure((value.abs() * 100.0).round() / 100.0) };
    let sign = if value < 0.0 { "−" } else { "+" };
    format!("{sign}{size}")
}

/// How the change came about, part by part, from before to now.
pub(crate) fn waterfall(inquiry: &Inquiry, looked: &Looked) -> Option<Chart> {
    let split = looked.split.as_ref().ok().filter(|split| !split.parts.is_empty())?;
    let rate = inquiry.data.is_ratio;
    let shown = |value: f64| if rate { 100.0 * value } else { value };
    let (first, rest) = split.parts.split_at(split.parts.len().min(MOST_PARTS));
    let others: f64 = rest.iter().map(Part::both).sum();
    let mut steps: Vec<(String, f64)> = first.iter().map(|part| (part.value.clone(), part.both())).collect();
    if !rest.is_empty() {
        steps.push((format!("{} others", rest.len()), others));
    }
    // Where the change is small beside the whole, bars from nothing would leave no room to see it: the whole is a mark then.
    let most = steps.iter().map(|(_, by)| by.abs()).fold((split.after - split.before).abs(), f64::max);
    let marks = most < 0.4 * split.before.abs().max(split.after.abs());
    let whole = |name: &str, value: f64| {
        let from = if marks { shown(value) } else { 0.0 };
        Span { name: name.into(), from, to: shown(value), says: said(value, rate), tone: Tone::Quiet }
    };
    let mut spans = vec![whole("Before", split.before)];
    let mut at = split.before;
    for (name, by) in steps {
        spans.push(Span {
            name,
            from: shown(at),
            to: shown(at + by),
            says: signed(by, rate),
            tone: if by < 0.0 { Tone::Second } else { Tone::Fourth },
        });
        at += by;
    }
    spans.push(whole("Now", split.after));
    let most = first.first().map_or(String::new(), |part| format!(" Most of it is {}: {}.", part.value, signed(part.both(), rate)));
    let told = format!("From {} to {}.{most}", said(split.before, rate), said(split.after, rate));
    let unit = if rate { format!("{}, in %", spoken(&inquiry.counted)) } else { spoken(&inquiry.counted) };
    let take = format!("causes/waterfall?show={}&within={}&by={}", inquiry.id(), encode(&written(&looked.slice)), encode(&looked.by));
    Some(Chart::of(format!("By {}", looked.by), Spans::new(capital(&unit), spans)).told(told).taken_from(take))
}

fn said(value: f64, rate: bool) -> String {
    if rate { format!("{} %", figure((value * 10_000.0).round() / 100.0)) } else { figure((value * 100.0).round() / 100.0) }
}

/// A way into each part.
fn ways_in(inquiry: &Inquiry, looked: &Looked, parts: &[Part]) -> Markup {
    html! { @if looked.free.len() > 1 { p.quiet { "Look into " @for part in parts.iter().take(MOST_PARTS) { a.button.plain href=(address(inquiry, &with(&looked.slice, &looked.by, Some(&part.value)), "")) dir="auto" { (part.value) } " " } } } }
}
