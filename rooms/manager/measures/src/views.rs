//! Markup of measures: the north star, what feeds it, and what is known of one.

use crate::{
    draw,
    model::*,
    rows::{MeasureLine, NOTED, Point, Reached},
};
use kernel::{Noun, Scope};
use notices::Around;
use web::{
    Markup, area_field, capital, command_form, date, disclosure, empty, field, html, input, may, number_field, options, pill, product_path, select,
    small_act, telling::figure,
};

/// The pages that measures are looked at on.
pub fn ways(scope: &Scope, here: &str) -> Markup {
    let way = |path: &str, says: &str| html! { a.chip href={ (product_path(scope)) "/" (path) } aria-current=[(path == here).then_some("page")] { (says) } " " };
    html! { nav.chips aria-label="Sights of measures" { (way("measures", "Measures")) (way("success", "Success in the market")) } }
}

pub(crate) fn page(scope: &Scope, lines: &[MeasureLine], reached: &[Reached]) -> Markup {
    if lines.is_empty() {
        let what = format!(
            "A measure is a figure of the product’s own: its north star, which says whether it does well in the market, and the inputs that move it. Its values come by hand, as a table, or from a program; key results read them. {}",
            web::who_decides(scope, AREA)
        );
        return empty("chart-line", "Nothing is measured yet", &what, html! {});
    }
    let of = |part: Part| lines.iter().filter(move |line| line.measure.part == part).collect::<Vec<_>>();
    let (star, inputs, watched) = (of(Part::NorthStar), of(Part::Input), of(Part::Watched));
    html! {
        (ways(scope, "measures"))
        p { a href="causes" { "Why did a figure change?" } }
        section { h2 { "North star" }
            @if star.is_empty() { p.hint { "No measure is the north star yet: the one figure that says whether riders, shops or whoever you serve get what you promise. Open a measure and choose it." } }
            @for line in &star { (head(line)) (draw::chart(scope, line, "", &[], reached).view()) }
        }
        @if !inputs.is_empty() { section { h2 { "What feeds it" } (cards(scope, &inputs)) } }
        @if !watched.is_empty() { section { h2 { "Also watched" } (cards(scope, &watched)) } }
    }
}

/// The name of a measure, which opens it, and how it went.
fn head(line: &MeasureLine) -> Markup {
    let m = &line.measure;
    html! {
        p.measure-head { a.title href={ "?open=" (m.id()) } data-panel { bdi { (m.name) } } (went(line)) }
        @if !m.meaning.is_empty() { p.quiet dir="auto" { (web::clipped(&m.meaning, 160)) } }
    }
}

fn went(line: &MeasureLine) -> Markup {
    html! { @if let Some((says, good)) = draw::change(line) { " " (pill(if good { "good" } else { "warning" }, &format!("{says} in four weeks"))) } }
}

fn cards(scope: &Scope, lines: &[&MeasureLine]) -> Markup {
    html! { div.measures { @for line in lines { @let m = &line.measure; article.tile.measure {
        (head(line))
        p.figure { @match line.last() {
            Some(last) => { strong { (figure(last.amount)) } @if !m.unit.is_empty() { " " bdi { (m.unit) } } " " span.quiet { (date(scope, &last.on_day)) } }
            None => { span.quiet { "Nothing has been noted yet." } }
        } }
        (spark(scope, line))
    } } } }
}

/// Its days as a small line, with the exact values on hover; the chart stands on its panel.
fn spark(scope: &Scope, line: &MeasureLine) -> Markup {
    let shown = &line.points[line.points.len().saturating_sub(60)..];
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return html! {} };
    if shown.len() < 2 {
        return html! {};
    }
    let (from, to) = (draw::day_number(&first.on_day), draw::day_number(&last.on_day));
    let (low, high) = shown.iter().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(p.amount), high.max(p.amount)));
    let span = if high > low { high - low } else { 1.0 };
    let x = |p: &Point| f64::from(draw::day_number(&p.on_day) - from) * 200.0 / f64::from((to - from).max(1));
    let path: Vec<String> = shown.iter().map(|p| format!("{:.1},{:.1}", x(p), 38.0 - (p.amount - low) / span * 36.0)).collect();
    let told = format!("From {} on {} to {} on {}", figure(first.amount), date(scope, &first.on_day), figure(last.amount), date(scope, &last.on_day));
    html! { svg.spark.wide viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label=(told) { title { (told) } polyline points=(path.join(" ")) fill="none" {} } }
}

fn fields(measure: Option<&Measure>, first: bool) -> Markup {
    let part = measure.map_or(if first { Part::NorthStar } else { Part::Input }, |m| m.part);
    html! {
        (field("name", "Measure", measure.map_or("", |m| &m.name)))
        (area_field("meaning", "What is counted, and how", measure.map_or("", |m| &m.meaning), 3))
        div.pair { (field("unit", "Unit", measure.map_or("", |m| &m.unit))) (select("part", "What it is for", &options(Part::ALL), part.word())) }
        div.pair { (select("better", "Which way is good", &options(Better::ALL), measure.map_or(Better::More, |m| m.better).word()))
            (select("parts_make", "Of parts, the whole is", &options(PartsMake::ALL), measure.map_or(PartsMake::Sum, |m| m.parts_make).word())) }
        (field("dimensions", "Taken apart by (such as: city, platform)", &measure.map_or(String::new(), |m| m.dimensions.join(", "))))
    }
}

pub(crate) fn add_button(scope: &Scope, first: bool) -> Markup {
    disclosure("new-measure", "Add a measure", "primary", command_form(scope, AREA, "measure.add", "Add measure", fields(None, first)))
}

pub(crate) fn panel(
    scope: &Scope,
    line: &MeasureLine,
    (by, parts, reached): (&str, &[(String, Vec<Point>)], &[Reached]),
    (noted, today): (&[MeasureValue], &str),
    around: &Around,
    history: &activity::History,
) -> Markup {
    let (m, id) = (&line.measure, line.measure.id().to_string());
    let hidden = html! { input type="hidden" name="measure" value=(id); };
    html! {
        p.crumb { (capital(m.part.says())) }
        h2 dir="auto" { (m.name) (went(line)) }
        @if m.meaning.is_empty() { p.hint { "What is counted, and how, nobody has written down yet." } } @else { div.prose { (web::text::markdown(&m.meaning)) } }
        div.row {
            (disclosure("note-value", "Note a value", "", command_form(scope, AREA, "measure.note", "Note it", html! { (hidden) (note_fields(m, today)) })))
            (disclosure("bring-values", "From a table", "", command_form(scope, AREA, "measure.bring_in", "Bring in", html! { (hidden) (from_table(m)) })))
            (disclosure("edit-measure", "Edit", "plain", command_form(scope, AREA, "measure.edit", "Save", html! { (hidden) input type="hidden" name="version" value=(m.meta.version); (fields(Some(m), false)) })))
            @if !m.dimensions.is_empty() { a.button.plain href={ "causes?measure=" (id) } { "Why did it change?" } }
            (small_act(scope, AREA, "measure.remove", &[("measure", &id)], "trash-2", "Remove this measure"))
        }
        @if !m.dimensions.is_empty() { nav.chips aria-label="Taken apart by" {
            a.chip href={ "?open=" (id) } data-panel aria-current=[by.is_empty().then_some("true")] { "As a whole" }
            @for dimension in m.dimensions.iter() { " " a.chip href={ "?open=" (id) "&by=" (web::text::encode(dimension)) } data-panel aria-current=[(by == dimension).then_some("true")] { "By " bdi { (dimension) } } } } }
        @if !by.is_empty() && parts.is_empty() { p.hint { "No value says its " bdi { (by) } " yet." } }
        (draw::chart(scope, line, by, parts, reached).view())
        h3 { "What was noted" }
        (values(scope, m, noted))
        details.more { summary { "From a program" }
            p { "A token (under your name, " em { "Tokens" } ") lets a program note values: " code { "POST /api/v1/products/" (scope.product.as_ref().map_or("", |p| p.key.as_str())) "/measures/" (id) "/values" } " with " code { "{\"on_day\": \"" (today) "\", \"amount\": 12}" } ". The same day noted again is corrected." } }
        (around.view(scope, m.meta.id))
        (activity::history_view(scope, history))
    }
}

fn note_fields(m: &Measure, today: &str) -> Markup {
    html! {
        div.pair { (number_field("amount", &if m.unit.is_empty() { "Value".to_owned() } else { format!("Value ({})", m.unit) }, None)) (input("date", "on_day", "Day", today)) }
        @for dimension in m.dimensions.iter() { (field(&format!("along.{dimension}"), &format!("{} (empty: the whole)", capital(dimension)), "")) }
        (field("note", "Note", ""))
    }
}

/// A file is read into the field by script; without it the text is pasted.
fn from_table(m: &Measure) -> Markup {
    let example = std::iter::once("day").chain(["value"]).chain(m.dimensions.iter().map(String::as_str)).collect::<Vec<_>>().join(",");
    html! {
        label.field { span { "File (CSV)" } input type="file" accept=".csv,.tsv,.txt,text/csv" data-reads="csv"; }
        label.field { span { "Or its rows" } textarea name="csv" rows="6" spellcheck="false" placeholder={ (example) "\n2026-11-23,1240" } {} span.error data-error="csv" {} }
        p.hint { "The first line names the columns: " code { (example) } ". Comma, semicolon or tab; days and numbers as your country writes them. If one row cannot be read, nothing is taken. A day that is there already is corrected." }
    }
}

fn values(scope: &Scope, m: &Measure, noted: &[MeasureValue]) -> Markup {
    html! {
        @if noted.is_empty() { p.hint { "Nothing has been noted yet." @if may(scope, AREA) { " Note a value, or bring in a table." } } }
        @else { div.scroll tabindex="0" role="region" aria-label="What was noted" { table.list.values {
            thead { tr { th { "Day" } th.num { "Value" } @if !m.dimensions.is_empty() { th { "Of" } } th { "Note" } th { span.hidden { "Act" } } } }
            tbody { @for value in noted { tr {
                td { (date(scope, &value.on_day)) } td.num { (figure(value.amount)) }
                @if !m.dimensions.is_empty() { td { @if value.along.is_empty() { span.quiet { "the whole" } } @else { bdi { (value.along.values().cloned().collect::<Vec<_>>().join(", ")) } } } }
                td dir="auto" { (value.note) }
                td { (small_act(scope, AREA, "measure_value.remove", &[("measure_value", &value.id().to_string())], "trash-2", "Remove this value")) }
            } } }
        } }
        @if noted.len() as i64 == NOTED { p.hint { "These are the newest " (NOTED) "; the chart and its table have all of the last 400 days." } } }
    }
}
