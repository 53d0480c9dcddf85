//! Markup of the timeline: how it is looked at, the drawing, and what the drawing alone does not say.

use crate::pages::{Asked, Beside};
use kernel::{Area, Scope};
use reports::Likely;
use roadmap::{Lanes, Plan};
use web::{
    Filter, FilterBar, Markup,
    app::Worked,
    capital,
    chart::{Timeline, Window, Zoom},
    date, empty, html, keyed, may, menu_button, pill, product_path, several,
    telling::percent,
    text::encode,
    under_way,
};

/// What the page shows.
pub(crate) struct Shown<'a> {
    pub asked: &'a Asked,
    pub filter: &'a Filter,
    pub plan: &'a Plan,
    pub beside: &'a Beside,
    pub odd: Option<&'a str>,
}

/// So many bets without a window are named.
const MOST: usize = 40;

impl Shown<'_> {
    /// What the address goes on saying, with one thing said otherwise.
    fn address(&self, name: &str, value: &str) -> String {
        let q = self.asked;
        let said = [("zoom", q.zoom.as_str()), ("lanes", q.lanes.as_str()), ("parts", q.parts.as_str()), ("as_of", q.as_of.as_str())];
        let kept = said.iter().map(|(known, old)| (*known, if *known == name { value } else { old })).filter(|(_, value)| !value.is_empty());
        let kept: String = kept.map(|(name, value)| format!("{name}={}&", encode(value))).collect();
        let open = if name == "open" { format!("open={}", encode(value)) } else { String::new() };
        format!("{kept}{}{open}", self.filter.address())
    }

    /// Where a bet or a feature is looked at: beside the timeline, but beside that of a past day it would stand as it is today.
    fn leads(&self, which: &str) -> String {
        match self.asked.as_of.is_empty() {
            true => format!("timeline?{}", self.address("open", which)),
            false => format!("roadmap?open={}", encode(which)),
        }
    }

    fn chip(&self, name: &str, value: &str, says: &str, chosen: bool) -> Markup {
        html! { a.chip href={ "timeline?" (self.address(name, value)) } aria-current=[chosen.then_some("true")] { (says) } " " }
    }
}

pub(crate) fn page(scope: &Scope, shown: &Shown) -> Markup {
    let (q, sight, is_past) = (shown.asked, shown.asked.sight(), !shown.asked.as_of.is_empty());
    let moves = !is_past && may(scope, Area::Commitments);
    let leads = |number: i64| Some(shown.leads(&number.to_string()));
    let sure = shown.beside.sure.iter().map(|(number, days)| (scope.key(*number), days.clone())).collect();
    let drawn = shown.plan.timeline(scope, sight, &shown.beside.likely, moves, &leads).sure(sure);
    let bare = drawn.table().rows.is_empty();
    // Where nothing was ever drawn there is nothing to narrow or to zoom.
    let tools = !bare || is_past || shown.odd.is_some() || !shown.filter.is_plain();
    html! {
        (roadmap::ways(scope, "timeline"))
        @if tools && !is_past { (filter(shown)) }
        div.timeline-tools { @if tools {
            div.chips role="group" aria-label="Zoom" { span.quiet { "Zoom " } @for zoom in Zoom::ALL { (shown.chip("zoom", zoom.word(), &capital(zoom.word()), zoom == sight.zoom)) } }
            div.chips role="group" aria-label="Lanes" { span.quiet { "Lanes by " } @for lanes in Lanes::ALL { (shown.chip("lanes", lanes.word(), &capital(lanes.says()), *lanes == sight.lanes)) } }
            div.chips { (shown.chip("parts", if sight.parts { "" } else { "1" }, "With features", sight.parts)) }
            }
            form.row.as-of method="get" action="timeline" {
                @for (name, value) in [("zoom", &q.zoom), ("lanes", &q.lanes), ("parts", &q.parts)] { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
                label.field { span { "As of" } input type="date" name="as_of" value=(q.as_of); } button type="submit" { "Show" }
                @if is_past { a.button href={ "timeline?" (shown.address("as_of", "")) } { "Back to today" } }
            }
            @if tools { (downloads(scope, shown)) }
        }
        @if is_past { p.hint { "The timeline at the end of that day. What it leads to opens as it is today." } }
        @if let Some(odd) = shown.odd { p.hint dir="auto" { (odd) } }
        @if bare { (none(scope, shown)) }
        @else {
            @if moves { p.hint.keys-hint { "A bar is a window, not a date. Drag one to move it by " (sight.zoom.step_says()) " at a time, or one of its ends. By keys: stand on it, " kbd { "Shift" } " with an arrow moves it, " kbd { "Alt" } " " kbd { "Shift" } " with an arrow its end, " kbd { "Enter" } " keeps that. " (web::who_decides(scope, Area::Commitments)) }
                p.hint.touch-hint { "A bar is a window, not a date. Rest a finger on one until it lifts, then drag it, or one of its ends, by " (sight.zoom.step_says()) " at a time." } }
            (drawn.view("Timeline of the roadmap"))
            p.quiet.timeline-key { "Strong bars stand in Now, lighter ones in Next and Later. " @if !shown.beside.likely.is_empty() { "The dashed line leads to the day by which a bet in Now, or a feature, is done in 85 of 100 ways that it may go." } }
            @if let Some(why) = shown.beside.why_not.as_ref().filter(|_| !is_past) { p.hint { "No forecast stands beside the windows. " (why) } }
            (over(scope, &drawn))
            (clashes(&drawn))
            details.more { summary { "As a table" } div.scroll tabindex="0" role="region" aria-label="Timeline as a table" { (drawn.table().view()) } }
        }
        (rounds(shown))
        (undated(scope, shown, moves))
    }
}

fn filter(shown: &Shown) -> Markup {
    let q = shown.asked;
    let keeps: Vec<(&str, &str)> = [("zoom", q.zoom.as_str()), ("lanes", q.lanes.as_str()), ("parts", q.parts.as_str())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let pairs = |all: Vec<String>| all.into_iter().map(|name| (name.clone(), name)).collect::<Vec<_>>();
    let more = [("owner", pairs(shown.plan.people())), ("theme", pairs(shown.plan.themes()))];
    FilterBar {
        label: "Filter the timeline",
        placeholder: "Filter by words, owner: or theme: …",
        page: "timeline",
        filter: shown.filter,
        keeps: &keeps,
        more: &more,
        found_at: None,
    }
    .view()
}

fn none(scope: &Scope, shown: &Shown) -> Markup {
    html! { @if !shown.filter.is_plain() { p.hint { "Nothing with a window fits these filters. " a href="timeline" { "Show everything" } } }
    @else { (empty("calendar", "No bet has a window yet", "A window says between which days a bet is meant to come. It is a commitment, so both sign it. Open a bet and choose Edit to give it one.", html! { a.button href={ (product_path(scope)) "/roadmap" } { "The roadmap" } })) } }
}

fn downloads(scope: &Scope, shown: &Shown) -> Markup {
    let file = |ending: &str| format!("{}/timeline/roadmap.{ending}?{}", product_path(scope), shown.address("", ""));
    menu_button(
        "Download",
        html! {
            @let table = |ending: &str| format!("{}/download/roadmap.{ending}?{}", product_path(scope), shown.address("", ""));
            a.plain href=(table("csv")) hx-boost="false" download { "As CSV" }
            a.plain href=(table("xlsx")) hx-boost="false" download { "For Excel" }
            @for (ending, says) in roadmap::FILES { a.plain href=(file(ending)) hx-boost="false" download { (says) } }
        },
    )
}

fn named(window: &Window) -> Markup {
    html! { @match &window.leads { Some(leads) => { a href=(leads) { span.key { (window.key) } " " bdi { (window.name) } } } None => { span.key { (window.key) } " " bdi { (window.name) } } } }
}

/// By when a bet or a feature is likely to be done, in its panel; or why that cannot be told.
pub(crate) fn ahead(scope: &Scope, worked: Option<&Worked<Likely>>) -> Markup {
    html! { @match worked {
        None => { @if scope.sees(Area::Backlog) { p.hint { "No story of it is left to do, so there is nothing to forecast." } } }
        Some(Worked::Failed(why)) => { p.hint { "No forecast yet. " (why) } }
        Some(Worked::Under { name, share }) => { (under_way(scope, name, "Trying out 10,000 ways that it may go", *share)) }
        Some(Worked::Done(likely)) => { p.row { span.quiet { "Likely done by" }
            @for (share, day) in likely.at(0) { span { @match day { Some(day) => { (date(scope, &day)) } None => { "too far to tell" } } " " small.quiet { (percent(share)) } } }
            a href={ (product_path(scope)) "/forecast/features" } { "All features" }
        } }
    } }
}

/// What is likely to come later than its window ends.
fn over(scope: &Scope, drawn: &Timeline) -> Markup {
    let late: Vec<(&Window, &String, &String)> =
        drawn.windows().filter_map(|w| Some((w, w.likely.as_ref()?, w.until.as_ref()?))).filter(|(_, likely, until)| likely > until).collect();
    html! { @if !late.is_empty() { section { h2 { "Likely later than promised" }
        ul.lines { @for (window, likely, until) in late { li { span.what { (named(window)) } span { "promised until " (date(scope, until)) ", likely by " (date(scope, likely)) } (pill("warning", &format!("{} over", several(web::when::days_between(until, likely), "day")))) } } }
    } } }
}

/// What begins before that is over for which it waits.
fn clashes(drawn: &Timeline) -> Markup {
    let found = drawn.clashes();
    html! { @if !found.is_empty() { section { h2 { "Windows that do not fit together" }
        ul.lines { @for (first, then) in found { li { (pill("warning", "too early")) span.what { (named(then)) " begins before " (named(first)) " is over, for which it waits" } } } }
    } } }
}

/// What waits for itself by way of others.
fn rounds(shown: &Shown) -> Markup {
    let all = &shown.plan.rounds;
    let one = |key: &String| html! { a href=(shown.leads(key)) { span.key { (key) } } };
    html! { @if !all.is_empty() { section { h2 { "What waits for itself" }
        p.hint { "Each waits for the one ahead of it, or has it as a part, and so none of them could ever come. Open one and unlink it." }
        ul.lines { @for round in all { li { (pill("critical", "goes round")) span.what { @for key in round.iter().chain(round.first()) { (one(key)) " " } } } } }
    } } }
}

fn undated(scope: &Scope, shown: &Shown, moves: bool) -> Markup {
    let all = shown.plan.undated();
    html! { @if !all.is_empty() { section { h2 { "Without a window" span.quiet { " " (all.len()) } }
        p.hint { "They stand on the roadmap without a promise of when." @if moves { " Open one to give it a window." } }
        ul.lines { @for i in all.iter().take(MOST) { li { a.what href=(shown.leads(&i.number.to_string())) { (keyed(scope, i.number, &i.title)) } span.quiet { (capital(i.horizon.word())) } } }
            @if all.len() > MOST { li.quiet { "and " (all.len() - MOST) " more" } } }
    } } }
}
