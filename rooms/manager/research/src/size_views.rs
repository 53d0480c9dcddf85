//! Markup of market sizes: from below beside from above.

use crate::{
    answers::*,
    model::*,
    size_chart::tree,
    trend_views::ways,
    words::{amount, with_unit},
};
use customers::Segment;
use kernel::{Noun, Scope};
use notices::Around;
use std::fmt::Write;
use web::{Markup, area_field, command_form, disclosure, empty, field, html, small_act, telling::figure};

/// A model to begin with, of the segments whose size is known.
fn beginning(segments: &[Segment], currency: &str) -> String {
    let currency = if currency.is_empty() { "EUR" } else { currency };
    let mut text = String::new();
    let mut terms = vec![];
    for (n, segment) in segments.iter().filter(|segment| segment.size.is_some()).take(6).enumerate() {
        let _ = writeln!(text, "customers_{0} = {1} people -- {2}", n + 1, segment.size.unwrap_or_default(), segment.name.replace(['\n', '#'], " "));
        terms.push(format!("customers_{}", n + 1));
    }
    if terms.is_empty() {
        text += "customers_1 = 8k to 12k people -- say where this is from\n";
        terms.push("customers_1".into());
    }
    let _ = write!(
        text,
        "brings = 20 to 60 {currency}/person/year -- what one brings in a year\nTAM = ({}) * brings in {currency}/year\nreached = 30 to 50 % -- those whom we can serve\nSAM = TAM * reached\nours = 2 to 8 % -- those whom we can win in the next years\nSOM = SAM * ours",
        terms.join(" + ")
    );
    text
}

fn fields(size: Option<&MarketSize>, begin: &str) -> Markup {
    let mono = |name: &str, label: &str, value: &str, rows: u8| {
        html! { label.field { span { (label) } textarea.model name=(name) dir="auto" rows=(rows) spellcheck="false" data-keep { (value) } span.error data-error=(name) {} } }
    };
    html! {
        (field("title", "Which market", size.map_or("", |m| &m.title)))
        (mono("bottom_up", "Bottom-up: how many customers, and what each brings in a year", size.map_or(begin, |m| &m.bottom_up), 9))
        (mono("top_down", "Top-down: published figures, and the share of them that is meant", size.map_or("", |m| &m.top_down), 5))
        (area_field("note", "Note", size.map_or("", |m| &m.note), 2))
        p.hint { "Lines “name = expression”; “8k to 12k” is a range that holds it in nine of ten cases, “--” begins its source. " code { "TAM" } " is all there is, " code { "SAM" } " what can be served, " code { "SOM" } " what can be won. More under " a href="/help/estimate" { "Estimates" } "." }
    }
}

pub(crate) fn create_button(scope: &Scope, segments: &[Segment], currency: &str) -> Markup {
    let fields = fields(None, &beginning(segments, currency));
    disclosure("new-market-size", "Estimate a market", "primary", command_form(scope, AREA, "market_size.create", "Estimate", fields))
}

pub(crate) fn page(scope: &Scope, sizes: &[MarketSize], shown: Option<(&MarketSize, &Sizing, &Around, &activity::History)>) -> Markup {
    html! {
        (ways("market-size"))
        @match shown {
            None => { (empty("scale", "No market is estimated yet", "How large is it? Bottom-up: how many customers there are and what each brings in a year. Top-down: published figures and a share of them. Where both lie far apart, one guess is wrong, and here stands which. The Manager decides here.", html! {})) }
            Some((size, sizing, around, history)) => {
                @if sizes.len() > 1 { nav.chips aria-label="Markets" { @for one in sizes { a.chip href={ "?size=" (one.id()) } aria-current=[(one.id() == size.id()).then_some("page")] dir="auto" { (one.title) } " " } } }
                (one(scope, size, sizing, around, history))
            }
        }
    }
}

fn one(scope: &Scope, size: &MarketSize, sizing: &Sizing, around: &Around, history: &activity::History) -> Markup {
    let id = size.id().to_string();
    let address = |way: &str| format!("market-size/{way}?size={id}");
    html! {
        section { div.list-head { h2 dir="auto" { (size.title) } (web::downloads(scope, "market-sizes", "")) }
            (compared(sizing))
            @for odd in sizing.bottom_up.odd.iter().chain(sizing.top_down.iter().flat_map(|way| &way.odd)) { p.banner.warning { (odd) } }
            @for gap in &sizing.gaps { (apart(gap)) }
            @if sizing.top_down.is_none() { p.hint { "Nothing was estimated top-down yet: a second way shows how far the first can be trusted." } }
            @if !size.note.is_empty() { div.prose { (web::text::markdown(&size.note)) } }
        }
        div.both-ways {
            section { (tree(&size.title, &sizing.bottom_up, "Bottom-up", address("below")).view()) (sources(&sizing.bottom_up)) }
            @if let Some(way) = &sizing.top_down { section { (tree(&size.title, way, "Top-down", address("above")).view()) (sources(way)) } }
        }
        div.row.below {
            (disclosure("edit-market-size", "Change the estimate", "", command_form(scope, AREA, "market_size.edit", "Save", html! {
                input type="hidden" name="market_size" value=(id); input type="hidden" name="version" value=(size.meta.version); (fields(Some(size), "")) })))
            (small_act(scope, AREA, "market_size.remove", &[("market_size", &id)], "trash-2", "Remove the estimate"))
        }
        (around.view(scope, size.meta.id))
        (activity::history_view(scope, history))
    }
}

/// What each size means to a first-time reader.
fn meaning(size: &str) -> &'static str {
    match size {
        "TAM" => "all there is",
        "SAM" => "what we can serve",
        _ => "what we can win",
    }
}

fn compared(sizing: &Sizing) -> Markup {
    let of = |way: Option<&Way>, size: &str| {
        let found = way.and_then(|way| way.sizes.iter().find(|known| known.name == size));
        html! { @match found {
            Some(found) => { strong { (with_unit(found.middle, &found.unit)) } @if found.low < found.high { span.quiet.range { (amount(found.low)) " to " (amount(found.high)) } } }
            None => { span.quiet { "–" } }
        } }
    };
    html! { div.scroll tabindex="0" role="region" aria-label="Both ways" { table.list.market { thead { tr { th { "Size" } th.num { "Bottom-up" } th.num { "Top-down" } th.num { "Apart" } } }
        tbody { @for size in ["TAM", "SAM", "SOM"] { @if sizing.bottom_up.sizes.iter().chain(sizing.top_down.iter().flat_map(|way| &way.sizes)).any(|known| known.name == size) { tr {
            td { strong { (size) } " " span.quiet { (meaning(size)) } }
            td.num { (of(Some(&sizing.bottom_up), size)) }
            td.num { (of(sizing.top_down.as_ref(), size)) }
            td.num { @match sizing.gaps.iter().find(|gap| gap.size == size) { Some(gap) => { (times(gap)) } None => { span.quiet { "–" } } } }
        } } } }
    } } }
}

/// "2.4 times".
fn times(gap: &Apart) -> String {
    format!("{} times", figure((gap.times * 10.0).round() / 10.0))
}

/// What closes the gap, or that nothing does.
fn apart(gap: &Apart) -> Markup {
    let (more, less) = if gap.bottom_up > gap.top_down { ("bottom-up", "top-down") } else { ("top-down", "bottom-up") };
    html! { p.ways-apart {
        strong { (gap.size) } ": " (more) " it is " (times(gap)) " what it is " (less) ", " (with_unit((gap.bottom_up - gap.top_down).abs(), &gap.unit)) " more. "
        @match gap.closes.first() {
            None => { "Which input, moved within its own range, closes the gap: " strong { "none" } ". Two guesses at least are wrong, or both ways do not mean the same market." }
            Some(first) => {
                "Which input, moved within its own range, closes the gap: " (closes(first)) "."
                @if gap.closes.len() > 1 { " So would, moved further, " @for (n, other) in gap.closes[1..].iter().take(3).enumerate() { @if n > 0 { "; " } (closes(other)) } "." }
            }
        }
    } }
}

fn closes(closes: &Closes) -> Markup {
    html! { strong { bdi { (closes.input) } } @if closes.top_down { " (top-down)" } ", at " (with_unit(closes.to, &closes.unit)) " instead of " (with_unit(closes.from, &closes.unit)) }
}

/// Where the guesses come from.
fn sources(way: &Way) -> Markup {
    let with = || way.parts.iter().filter(|part| !part.note.is_empty());
    html! { @if with().next().is_some() { details.more { summary { "Where the guesses come from" }
    ul.lines { @for part in with() { li { span.what dir="auto" { (part.amount.name) } span.quiet dir="auto" { (part.note) } } } } } } }
}
