//! Markup of the thread: a drawing that fits a screen, the same as a nested list for everyone else.

use crate::{
    gaps::Gap,
    graph::{Chain, Knot, LEVELS},
};
use kernel::Scope;
use web::{Markup, capital, clipped, empty, html, icon, pill, place};

fn plural(noun: &str, count: usize) -> String {
    let name = match (noun, count) {
        (_, 1) | ("evidence" | "vision", _) => noun.to_owned(),
        ("story", _) => "stories".into(),
        _ => format!("{noun}s"),
    };
    capital(&name)
}

pub(crate) fn chain(scope: &Scope, chain: &Chain) -> Markup {
    html! {
        p.lead { "Read up to why, down to what became of it." }
        div.thread {
            @for level in LEVELS {
                @let here: Vec<&Knot> = chain.above.iter().chain([&chain.of]).chain(&chain.below).filter(|k| k.noun == *level).collect();
                @if !here.is_empty() { section.level aria-label=(plural(level, here.len())) {
                    h2 { (plural(level, here.len())) @if here.len() > 1 { span.quiet { " " (here.len()) @if chain.cut.contains(*level) { "+" } } } }
                    ul { @for k in here.iter().take(60) { (knot(scope, k, k.id == chain.of.id)) } @if here.len() > 60 { li.quiet { "and " (here.len() - 60) @if chain.cut.contains(*level) { " or" } " more" } } }
                } }
                @else if missing(level, chain) { section.level.broken { h2 { (plural(level, 2)) } p { (icon("circle-alert")) " The thread is broken here." @if let Some((act, place)) = mend(level, chain) { " " a href=(place) { (act) } } } } }
            }
        }
    }
}

/// Whether the thread is broken at a level: what hangs on it is there, and it is not. Further up nobody can say.
fn missing(level: &str, chain: &Chain) -> bool {
    let there = |noun: &str| chain.of.noun == noun || chain.above.iter().any(|k| k.noun == noun);
    match level {
        "vision" => there("objective"),
        "objective" | "need" => there("initiative"),
        "initiative" => there("feature"),
        "feature" => there("story"),
        _ => false,
    }
}

/// The act that mends a missing level: it is done at the next thing below that is there.
fn mend(level: &str, chain: &Chain) -> Option<(&'static str, String)> {
    let act = match level {
        "vision" => return Some(("Write the vision", "strategy".into())),
        "objective" => "Say which objective it serves",
        "need" => "Say which need it addresses",
        "initiative" => "Say which initiative it is part of",
        _ => "Hang it on a feature",
    };
    let at = |noun: &str| LEVELS.iter().position(|l| *l == noun).unwrap_or(0);
    let below = chain.above.iter().chain([&chain.of]).filter(|k| at(&k.noun) > at(level)).min_by_key(|k| at(&k.noun))?;
    Some((act, place(&below.noun, below.id, below.number)?))
}

fn knot(scope: &Scope, k: &Knot, this: bool) -> Markup {
    html! { li.knot.this[this] class={ "knot-" (k.noun) } aria-current=[this.then_some("true")] {
        @if let (Some(n), "story" | "feature" | "initiative" | "verdict") = (k.number, k.noun.as_str()) { span.key { (scope.key(n)) } " " }
        @match place(&k.noun, k.id, k.number) { Some(href) => { a href=(href) { (k.title) } } None => (k.title) }
        @if !k.state.is_empty() { " " (pill(match k.state.as_str() { "accepted" => "good", "rejected" => "critical", _ => "neutral" }, if k.state == "active" { "running" } else { product::stage_says(&k.state) })) }
    } }
}

/// The gap report; `sought` is what was typed and has no thread.
pub(crate) fn gaps(scope: &Scope, gaps: &[Gap], sought: &str) -> Markup {
    html! {
        p.lead { "Evidence, need, objective, initiative, feature, story, sprint, acceptance: one thread. Here is where it is broken, and what mends it." }
        form.filters method="get" { label { span.hidden { "Key" } input name="of" value=(sought) placeholder={ "A key such as " (scope.key(42)) } required autofocus[!sought.is_empty()]; } button type="submit" { "Show thread" } }
        @if !sought.is_empty() { p.error role="alert" { "Nothing that you can see is called “" (clipped(sought, 80)) "”. Write the key or the number of an initiative, a feature or a story." } }
        @if gaps.is_empty() { (empty("route", "The chain is whole", "Every need has evidence, every initiative a reason, every story a feature.", html! {})) }
        div.gaps { @for gap in gaps { details.gap open[gap.count <= 5] { summary { (pill("warning", &if gap.count > 50 { "50+".to_owned() } else { gap.count.to_string() })) " " strong { (gap.name) } }
            ul.lines { @for (number, title, place) in &gap.examples { li { @if let Some(n) = number { span.key { (scope.key(*n)) } } span { (title.chars().take(140).collect::<String>()) } a href=(place) { (gap.mend) } } }
                @if gap.count > 20 { li.quiet { "and more" } } }
        } } }
    }
}
