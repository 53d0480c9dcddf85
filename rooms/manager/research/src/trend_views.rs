//! Markup of trends.

use crate::{
    model::*,
    rows::{BEHIND, TrendLine},
};
use customers::Evidence;
use kernel::{Noun, Scope, Uuid};
use notices::Around;
use web::{
    Markup, area_field, capital,
    chart::{Blip, Chart, Rings},
    command_form, date, disclosure, empty, field, html, join, number_field, options, pill, product_path, select, several, small_act,
    telling::percent,
    unjoin,
};

/// The pages of research.
pub fn ways(here: &str) -> Markup {
    let pages = [
        ("research", "Trends"),
        ("competitors", "Competitors"),
        ("positioning", "Positioning"),
        ("personas", "Personas"),
        ("market-size", "Market size"),
        ("models", "Estimates"),
    ];
    html! { nav.chips aria-label="Pages of research" { @for (path, says) in pages { a.chip href=(path) aria-current=[(path == here).then_some("page")] { (says) } " " } } }
}

fn fields(trend: Option<&Trend>) -> Markup {
    let words = |of: &dyn Fn(&Trend) -> &'static str, usual: &'static str| trend.map_or(usual, of);
    html! {
        (field("title", "What is changing", trend.map_or("", |t| &t.title)))
        div.pair { (select("theme", "What it is about", &options(Theme::ALL), words(&|t| t.theme.word(), "market"))) (select("direction", "Where it is going", &options(Direction::ALL), words(&|t| t.direction.word(), "rising"))) }
        div.pair { (select("horizon", "When it will matter", &options(Nearness::ALL), words(&|t| t.horizon.word(), "soon"))) (select("impact", "How much", &options(Impact::ALL), words(&|t| t.impact.word(), "middling"))) }
        (number_field("confidence", "How sure you are of it, %", trend.and_then(|t| t.confidence).map(|share| (share * 100.0).round())))
        (area_field("would_change", "What it would change for us", trend.map_or("", |t| &t.would_change), 2))
        (area_field("note", "What there is to know of it", trend.map_or("", |t| &t.note), 3))
    }
}

pub(crate) fn create_button(scope: &Scope) -> Markup {
    disclosure("new-trend", "Write down a trend", "primary", command_form(scope, AREA, "trend.create", "Write it down", fields(None)))
}

/// The radar: what is near stands near the middle.
pub(crate) fn radar(lines: &[TrendLine]) -> Chart {
    let blip = |line: &TrendLine| {
        let trend = &line.trend;
        Blip {
            name: trend.title.clone(),
            sector: Theme::ALL.iter().position(|theme| *theme == trend.theme).unwrap_or(0),
            ring: Nearness::ALL.iter().position(|near| *near == trend.horizon).unwrap_or(0),
            size: Impact::ALL.iter().position(|impact| *impact == trend.impact).unwrap_or(0) as u8,
            hollow: trend.confidence.is_none_or(|share| share < 0.5),
            way: match trend.direction {
                Direction::Rising => 1,
                Direction::Steady => 0,
                Direction::Fading => -1,
            },
            says: vec![
                trend.impact.says().to_owned(),
                trend.confidence.map_or_else(|| "not said".to_owned(), percent),
                trend.direction.says().to_owned(),
                line.evidence.to_string(),
            ],
        }
    };
    let words = |words: &[&str]| words.iter().map(|word| capital(word)).collect::<Vec<_>>();
    let rings = Rings::new(
        words(&Nearness::ALL.iter().map(|near| near.says()).collect::<Vec<_>>()),
        words(&Theme::ALL.iter().map(|theme| theme.says()).collect::<Vec<_>>()),
        words(&["impact", "confidence", "direction", "evidence"]),
        lines.iter().map(blip).collect(),
    );
    let near = lines.iter().filter(|line| line.trend.horizon == Nearness::Now).count();
    let told = format!(
        "{}, {near} of them now. The larger, the more it matters; hollow is less than half sure; the tip says whether it rises or fades.",
        several(lines.len(), "trend")
    );
    Chart::of("Trend radar", rings).told(told).taken_from("research/radar")
}

pub(crate) fn page(scope: &Scope, lines: &[TrendLine]) -> Markup {
    html! {
        (ways("research"))
        @if lines.is_empty() {
            (empty("eye", "Nothing is in sight yet", "A trend is something that changes around the product: in technology, law, the market, among customers. Say when it will matter, how much, how sure you are, and what it would change; the evidence says why. The Manager decides here.", html! {}))
        } @else {
            div.radar-and-list {
                (radar(lines).view())
                section { div.list-head { h2 { "Trends" span.quiet { " " (lines.len()) } } (web::downloads(scope, "trends", "")) }
                    @for near in Nearness::ALL { @let here: Vec<&TrendLine> = lines.iter().filter(|line| line.trend.horizon == *near).collect();
                        @if !here.is_empty() { h3 { (capital(near.says())) } ul.lines { @for line in here { (row(scope, line)) } } } }
                }
            }
        }
    }
}

fn row(scope: &Scope, line: &TrendLine) -> Markup {
    let trend = &line.trend;
    html! { li.long.trend data-knot={ "trend:" (trend.id()) } {
        a.what href={ "?open=" (trend.id()) } data-panel dir="auto" { (trend.title) }
        span.quiet { (capital(trend.impact.says())) " impact · " (trend.direction.says()) " · " @match trend.confidence { Some(share) => { (percent(share)) " sure" } None => { "sureness not said" } } }
        @if line.evidence == 0 { (pill("warning", "no evidence")) } @else { span.quiet { (several_evidence(line.evidence)) } }
        @for (number, title, _) in &line.initiatives { span.quiet { "would change " a href={ (product_path(scope)) "/roadmap?open=" (number) } { span.key { (scope.key(*number)) } " " bdi { (title) } } } }
    } }
}

/// "1 piece of evidence".
pub(crate) fn several_evidence(count: i64) -> String {
    if count == 1 { "1 piece of evidence".into() } else { format!("{count} pieces of evidence") }
}

/// The evidence behind something of research, with the control that links more.
pub(crate) fn evidence(scope: &Scope, noun: &'static str, id: Uuid, behind: &[Evidence]) -> Markup {
    html! {
        @if behind.is_empty() { p.hint { "No evidence is linked to it yet." } }
        ul.quotes { @for piece in behind.iter().take(BEHIND) { li {
            q dir="auto" { (web::clipped(&piece.quote, 400)) } " "
            a.quiet href={ "customers?show=" (piece.id()) "#e-" (piece.id()) } { @if !piece.source.is_empty() { bdi { (piece.source) } ", " } (date(scope, &piece.noted_on)) }
            (unjoin(scope, (noun, id), ("evidence", piece.meta.id), "Unlink this evidence"))
        } } }
        @if behind.len() > BEHIND { p.hint { "These are the newest " (BEHIND) "; there is more." } }
        (join(scope, noun, id, "evidence", "Link evidence", "plain"))
    }
}

pub(crate) fn panel(scope: &Scope, line: &TrendLine, behind: &[Evidence], around: &Around, history: &activity::History) -> Markup {
    let (trend, id) = (&line.trend, line.trend.id().to_string());
    html! {
        p.crumb data-thing={ "trend:" (id) } { "Trend · " (capital(trend.theme.says())) " · " a href={ "thread?of=trend&id=" (id) } { "Thread" } }
        h2 dir="auto" { (trend.title) }
        dl.facts {
            div { dt { "Matters" } dd { (capital(trend.horizon.says())) } }
            div { dt { "Impact" } dd { (capital(trend.impact.says())) } }
            div { dt { "Direction" } dd { (capital(trend.direction.says())) } }
            div { dt { "Confidence" } dd { @match trend.confidence { Some(share) => { (percent(share)) } None => { span.quiet { "not said" } } } } }
        }
        @if !trend.note.is_empty() { div.prose { (web::text::markdown(&trend.note)) } }
        h3 { "What it would change" }
        @if trend.would_change.is_empty() && line.initiatives.is_empty() { p.hint { "Nobody has said yet what it would change for us." } }
        @if !trend.would_change.is_empty() { div.prose { (web::text::markdown(&trend.would_change)) } }
        ul.lines { @for (number, title, initiative) in &line.initiatives { li { a.what href={ "roadmap?open=" (number) } { span.key { (scope.key(*number)) } " " bdi { (title) } }
            (unjoin(scope, ("initiative", *initiative), ("trend", trend.meta.id), &format!("Would not change “{title}”"))) } } }
        (join(scope, "trend", trend.meta.id, "initiative", "An initiative it would change", "plain"))
        h3 { "Why we think so" }
        (evidence(scope, Trend::TABLE, trend.meta.id, behind))
        div.row {
            (disclosure("edit-trend", "Edit", "", command_form(scope, AREA, "trend.edit", "Save", html! {
                input type="hidden" name="trend" value=(id); input type="hidden" name="version" value=(trend.meta.version); (fields(Some(trend))) })))
            (small_act(scope, AREA, "trend.remove", &[("trend", &id)], "trash-2", "Remove trend"))
        }
        (around.view(scope, trend.meta.id))
        (activity::history_view(scope, history))
    }
}
