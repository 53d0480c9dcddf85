//! Markup of the reports: what there is to read, and one of them with what it is asked.

use crate::{
    asked::{SPANS, Sight},
    report::{About, Found, Moved, REPORTS, Report},
};
use filters::Saved;
use kernel::{Area, Scope, Standing};
use web::{Filter, Markup, date, empty, html, keyed, pill, points, product_path, select, several, time};

/// All reports, under their heads.
pub(crate) fn index(scope: &Scope, filter: &Filter, saved: &Saved) -> Markup {
    let at = product_path(scope);
    let narrowed = filter.address();
    let narrowed = if narrowed.is_empty() { String::new() } else { format!("?{}", narrowed.trim_end_matches('&')) };
    let line = |href: &str, name: &str, says: &str| html! { li { a.what href=(href) { (name) } p.quiet { (says) } } };
    html! {
        p.lead { "What the record of delivery tells: each report says what it counts, and can be read as of any past day." }
        (backlog::filter_bar(scope, "Which stories count", "reports", filter, &[], &[]))
        (chips(scope, saved, &[]))
        @for head in [About::Sprints, About::Time].map(About::head) {
            section { h2 { (head) } ul.report-list { @for report in REPORTS.iter().filter(|report| report.about.head() == head) {
                (line(&format!("{at}/reports/{}{narrowed}", report.word), report.name, report.counts))
            } } }
        }
        section { h2 { "What comes" } ul.report-list {
            (line(&format!("{at}/forecast"), "Forecast", "When a feature or the whole backlog is likely to be accepted, and how much by a day."))
            @if scope.standing(Area::Progress).1 >= Standing::Proposes { (line(&format!("{at}/updates/write?kind=progress"), "Progress report", "A draft from the record since the last one, to be edited and published.")) }
        } }
    }
}

/// The saved filters, where there are any or there is one to save.
fn chips(scope: &Scope, saved: &Saved, keeps: &[(&str, &str)]) -> Markup {
    let chips = filters::view(scope, saved, keeps);
    html! { @if !chips.0.is_empty() { div.list-tools { (chips) } } }
}

pub(crate) fn page(scope: &Scope, report: &Report, sight: &Sight, found: &Found, (odd, saved): (Option<&str>, &Saved)) -> Markup {
    let address = format!("{}/reports/{}", product_path(scope), report.word);
    let kept = sight.kept();
    let keeps: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let narrowed = sight.address();
    html! {
        p.lead { (report.counts) }
        (choices(scope, report, sight, found))
        (backlog::filter_bar(scope, "Which stories count", report.word, &sight.filter, &keeps, &[]))
        (chips(scope, saved, &keeps))
        @if let Some(odd) = odd { p.error role="alert" { (odd) } }
        @if !sight.as_of.is_empty() { p.hint { "As of the end of " (date(scope, &sight.as_of)) ". Which stories a filter finds is told by what they are today." } }
        @if let Some(why) = found.none.filter(|_| odd.is_none()) { (empty("chart-line", "Nothing to show", why, html! {})) }
        @for (word, chart) in &found.charts { section {
            (chart.view_taken_from(&format!("{address}{}{word}{}{narrowed}", if word.is_empty() { "" } else { "-" }, if narrowed.is_empty() { "" } else { "?" })))
        } }
        @if let Some(moved) = &found.moved { (moves(scope, report, moved)) }
        details.more.prose { summary { "How this is counted" } p { (report.how) } }
        p { a.button.plain href={ (product_path(scope)) "/reports" } { "All reports" } }
    }
}

/// So many are named; the table of the chart counts all.
const NAMED: usize = 100;

/// Which stories came in after the start, and which went out.
fn moves(scope: &Scope, report: &Report, moved: &[Moved]) -> Markup {
    let many = |came: bool| moved.iter().filter(|one| one.came == came).count();
    let size = |came: bool| Some(moved.iter().filter(|one| one.came == came).filter_map(|one| one.points).sum::<f64>()).filter(|size| *size > 0.0);
    let told = |came: bool| html! { (several(many(came), "story")) (if came { " came in" } else { " went out" }) @if let Some(size) = size(came) { ", " (several(points(Some(size)), "point")) } };
    html! { section.scope-changed { h2 { "After the start" }
        @if moved.is_empty() { p.hint { "Nothing came in and nothing went out: the scope is what it was at the start." } }
        @else {
            p { (told(true)) "; " (told(false)) "." }
            ul.lines { @for one in moved.iter().take(NAMED) { li { @if one.came { (pill("neutral", "came in")) } @else { (pill("warning", "went out")) }
                a.what href={ (product_path(scope)) "/story/" (one.number) } { (keyed(scope, one.number, &one.title)) } span.points { (points(one.points)) }
                span.quiet { @if report.about == About::Sprints { bdi { (one.sprint) } ", " } (time(scope, one.at, scope.now)) } } } }
            @if moved.len() > NAMED { p.hint { "These are the " (NAMED) " that moved last." } }
        }
    } }
}

/// What can be asked of it beside the filter.
fn choices(scope: &Scope, report: &Report, sight: &Sight, found: &Found) -> Markup {
    let spans: Vec<(String, String)> = SPANS.iter().map(|weeks| (weeks.to_string(), several(weeks, "week"))).collect();
    let beside: Vec<(String, String)> = std::iter::once((String::new(), "No other sprint".to_owned())).chain(found.sprints.iter().cloned()).collect();
    let sprints: Vec<(String, String)> = std::iter::once((String::new(), "The newest".to_owned())).chain(found.sprints.iter().cloned()).collect();
    html! { form.filters.asked method="get" {
        @if !sight.filter.words().is_empty() { input type="hidden" name="q" value=(sight.filter.words()); }
        @for (term, value) in sight.filter.set() { input type="hidden" name=(term.name) value=(value); }
        @match report.about {
            About::OneSprint if found.sprints.is_empty() => {}
            About::OneSprint => { (select("sprint", "Sprint", &sprints, &sight.sprint)) (select("with", "Beside it", &beside, &sight.with)) }
            About::Sprints | About::Time => { (select("weeks", "Over", &spans, &sight.weeks.to_string())) }
            About::Today => {}
        }
        label.field { span { "As of" } input type="date" name="as_of" value=(sight.as_of); }
        button type="submit" { "Show" }
        @if !sight.as_of.is_empty() { a.button href={ (product_path(scope)) "/reports/" (report.word) } { "Back to today" } }
    } }
}
