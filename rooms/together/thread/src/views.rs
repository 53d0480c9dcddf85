//! Markup of the thread: a drawing that fits a screen, the same as a nested list for everyone else.

use crate::{
    gaps::Gap,
    graph::{Chain, Knot, is_keyed},
};
use kernel::{Area, NounSpec, Scope, strand::thread};
use web::{Markup, capital, clipped, empty, html, icon, may, pill, place};

/// A level's name: of one thing or of several.
fn name(noun: &NounSpec, count: usize) -> String {
    if count > 1 { capital(&noun.about.many.replace('-', " ")) } else { capital(&noun.one()) }
}

pub(crate) fn chain(scope: &Scope, chain: &Chain) -> Markup {
    html! {
        p.lead { "Read up to why, down to what became of it." }
        div.thread {
            @for (level, _) in thread() {
                @let here: Vec<&Knot> = chain.above.iter().chain([&chain.of]).chain(&chain.below).filter(|k| k.noun == level.table).collect();
                @if !here.is_empty() { section.level aria-label=(name(level, here.len())) {
                    h2 { (name(level, here.len())) @if here.len() > 1 { span.quiet { " " (here.len()) @if chain.cut.contains(level.table) { "+" } } } }
                    ul { @for k in here.iter().take(60) { (knot(scope, k, k.id == chain.of.id)) } @if here.len() > 60 { li.quiet { "and " (here.len() - 60) @if chain.cut.contains(level.table) { " or" } " more" } } }
                } }
                @else if let Some((act, place)) = mend(level.table, chain) { section.level.broken { h2 { (name(level, 1)) } p { (icon("circle-alert")) " The thread is broken here." @if let Some(place) = place { " " a href=(place) { (act) } } } } }
            }
        }
    }
}

/// The act that mends a missing level, and where it is done: at what hangs there and has nothing above it. None where
/// nothing would hang there; further up nobody can say.
fn mend(level: &str, chain: &Chain) -> Option<(&'static str, Option<String>)> {
    let there = |noun: &str| chain.above.iter().chain([&chain.of]).find(|k| k.noun == noun);
    let mut loose = thread().flat_map(|(noun, strand)| strand.hangs.iter().map(move |hang| (noun.table, hang)));
    loose.find_map(|(noun, hang)| {
        let below = there(noun).filter(|_| hang.on == level && !hang.mend.is_empty())?;
        Some((hang.mend, place(&below.noun, below.id, below.number)))
    })
}

fn knot(scope: &Scope, k: &Knot, this: bool) -> Markup {
    html! { li.knot.this[this] class={ "knot-" (k.noun) } aria-current=[this.then_some("true")] {
        @if let Some(n) = k.number.filter(|_| is_keyed(&k.noun)) { span.key { (scope.key(n)) } " " }
        @match place(&k.noun, k.id, k.number) { Some(href) => { a href=(href) dir="auto" { (k.title) } } None => { bdi { (k.title) } } }
        @if !k.state.is_empty() { " " bdi { (pill(match k.state.as_str() { "accepted" => "good", "rejected" => "critical", _ => "neutral" }, if k.state == "active" { "running" } else { product::stage_says(&k.state) })) } }
    } }
}

/// The gap report, of a product in which there is something to join or not yet; `sought` is what was typed and has no thread.
pub(crate) fn gaps(scope: &Scope, gaps: &[Gap], begun: bool, sought: &str) -> Markup {
    html! {
        p.lead { "Evidence, need, objective, initiative, feature, story, sprint, acceptance: one thread. Here is where it is broken, and what mends it." }
        form.filters method="get" { label { span.hidden { "Key" } input name="of" value=(sought) placeholder={ "A key such as " (scope.key(42)) } required autofocus[!sought.is_empty()]; } button type="submit" { "Show thread" } }
        @if !sought.is_empty() { p.error role="alert" { "Nothing that you can see is called “" (clipped(sought, 80)) "”. Write the key or the number of an initiative, a feature or a story." } }
        @if !begun { (empty("route", "There is nothing to join yet", "The chain begins with a vision, a bet on the roadmap and a story. Where it breaks later, this page says so.", html! { div.row { @if may(scope, Area::Strategy) { a.button href="strategy" { "Write the vision" } } a.button href="roadmap" { "Open the roadmap" } } })) }
        @else if gaps.is_empty() { (empty("route", "The chain is whole", "Every need has evidence, every initiative a reason, every story a feature.", html! {})) }
        div.gaps { @for gap in gaps { details.gap open[gap.count <= 5] { summary { (pill("warning", &if gap.count > 50 { "50+".to_owned() } else { gap.count.to_string() })) " " strong { (gap.name) } }
            ul.lines { @for (number, title, place) in &gap.examples { li { @if let Some(n) = number { span.key { (scope.key(*n)) } } span.what dir="auto" { (title.chars().take(140).collect::<String>()) } a.mend href=(place) { (gap.mend) } } }
                @if gap.count > 20 { li.quiet { "and more" } } }
        } } }
    }
}
