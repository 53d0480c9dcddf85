//! Markup of the health check: its form, what came of it, and its trend.

use crate::{
    model::*,
    rows::{Alone, Read},
};
use kernel::{Noun, Scope};
use web::{
    Markup, action,
    chart::{Across, Chart, Plot, Series},
    html, meter, several,
    telling::figure,
};

/// What the ends of the scale mean.
const ENDS: (&str, &str) = ("not at all", "fully");

fn rounded(mean: f64) -> String {
    figure((mean * 10.0).round() / 10.0)
}

/// Rating, while everyone writes alone.
pub(crate) fn rate(scope: &Scope, read: &Read, alone: &Alone) -> Markup {
    let retro = &read.retro;
    html! { @if !retro.statements.is_empty() { section.retro-health #health { h2 { "Health check" }
        p.hint { "How is the team? Each statement is rated from 1 (" (ENDS.0) ") to 5 (" (ENDS.1) "). What is kept are sums, in nobody’s name; they are told when the notes are revealed, from three ratings on." }
        @if alone.rated.oneself { p { "You have rated. Nobody can tell any more which ratings are yours." } }
        @else if is_there(scope) { form.stack.pulse-form method="post" action=(action(scope, "retro.rate")) data-act aria-label="Rate the health of the team" {
            input type="hidden" name="retro" value=(retro.id());
            @for (n, statement) in retro.statements.iter().enumerate() { @let name = format!("ratings.{n}"); fieldset { legend dir="auto" { (statement) }
                div.scale { span.quiet aria-hidden="true" { (ENDS.0) }
                    @for rating in 1..=BEST { label.check { input type="radio" name=(name) value=(rating) required; span { (rating) @if rating == 1 { span.hidden { ", " (ENDS.0) } } @if rating == BEST { span.hidden { ", " (ENDS.1) } } } } }
                    span.quiet aria-hidden="true" { (ENDS.1) } }
                span.error data-error=(name) {} } }
            p.error data-error="" {}
            div.row { button.primary type="submit" { "Rate" } span.quiet { "Ratings cannot be changed: nobody knows whose they are." } }
        } }
        p.byline { (several(alone.rated.people, "person").replace("persons", "people")) " rated so far." }
    } } }
}

/// What came of it, and how that went over the last ones.
pub(crate) fn told(read: &Read) -> Markup {
    let retro = &read.retro;
    html! { @if !retro.statements.is_empty() { section.retro-health #health { h2 { "Health check" }
        @if retro.revealed_at.is_none() { p.hint { "It was never told: the notes were not revealed." } }
        @else if retro.sums.is_empty() { p.hint { (several(retro.people, "person").replace("persons", "people")) " rated. From three ratings on nobody can be recognised, and the means are told." } }
        @else { (table(read)) }
        @if let Some(trend) = trend(read) { (trend.view()) }
    } } }
}

/// So many earlier ones stand beside the one at hand.
const BESIDE: usize = 4;

/// Those whose sums are told, up to the one at hand, the newest first.
fn rated(read: &Read) -> Vec<&Retro> {
    read.all.iter().filter(|other| other.number <= read.retro.number && !other.sums.is_empty()).collect()
}

/// The mean rating of a statement, as it is worded, in one of them.
fn mean_of(retro: &Retro, statement: &str) -> Option<f64> {
    let at = retro.statements.iter().position(|known| known == statement)?;
    retro.means().get(at).copied()
}

fn table(read: &Read) -> Markup {
    let retro = &read.retro;
    let before: Vec<&Retro> = rated(read).into_iter().filter(|other| other.meta.id != retro.meta.id).take(BESIDE).collect();
    html! {
        p { (several(retro.people, "person").replace("persons", "people")) " rated." }
        div.scroll tabindex="0" role="region" aria-label="What was rated" { table.list.stacked { thead { tr { th { "Statement" } th.num { "Mean" } th { span.hidden { "Mean as a bar" } } @for earlier in before.iter() { th.num { bdi { (read.called(earlier)) } } } } }
            tbody { @for (statement, mean) in retro.statements.iter().zip(retro.means()) { tr {
                td dir="auto" { (statement) } td.num data-label="Mean" { strong { (rounded(mean)) } " " (way(mean, before.first().and_then(|earlier| mean_of(earlier, statement)))) } td { (meter(statement, (mean - 1.0) / (BEST - 1) as f64)) }
                @for earlier in before.iter() { td.num data-label=(read.called(earlier)) { @match mean_of(earlier, statement) { Some(mean) => { (rounded(mean)) } None => { span.quiet { "–" } } } } }
            } } } } }
    }
}

/// Whether it went up or down by as much as can be told.
fn way(mean: f64, before: Option<f64>) -> Markup {
    html! { @match before {
        Some(before) if mean - before >= 0.3 => { span.pill.good { "up" } }
        Some(before) if before - mean >= 0.3 => { span.pill.warning { "down" } }
        _ => {}
    } }
}

/// How the ratings went from one to the next; nothing before there are two to compare.
pub(crate) fn trend(read: &Read) -> Option<Chart> {
    let shown: Vec<&Retro> = rated(read).into_iter().rev().collect();
    let means: Vec<f64> = shown.iter().filter_map(|retro| retro.mean()).collect();
    let [.., before, last] = means.as_slice() else { return None };
    let lowest: Vec<f64> = shown.iter().map(|retro| retro.means().into_iter().fold(f64::INFINITY, f64::min)).collect();
    let way = match last - before {
        by if by >= 0.1 => "up from",
        by if by <= -0.1 => "down from",
        _ => "much as in the one before:",
    };
    let told = format!("The mean of all ratings was {}, {way} {}.", rounded(*last), rounded(*before));
    let names = shown.iter().map(|retro| read.called(retro)).collect();
    let plot = Plot::new(Across::Names(names), "1 to 5").with(Series::line("All statements", &means)).with(Series::line("Lowest", &lowest).quiet());
    Some(Chart::of("Health over time", plot).told(told).taken_from("retro/health"))
}
