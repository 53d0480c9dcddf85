//! Markup of the page on which one answers for oneself.

use crate::me::{Open, Part, SHOWN, Seen, areas};
use kernel::{Area, Scope, Standing};
use web::{Markup, capital, html, pill, several, time};

pub(crate) fn me(scope: &Scope, seen: &Seen) -> Markup {
    html! {
        p.lead { "What you answer for in each product, what waits for you, and what you hear of." }
        @if seen.parts.is_empty() { p.hint { "You belong to no product yet. Whoever decides on an agreement brings you in." } }
        div.parts { @for part in &seen.parts { (product(part)) } }
        @if !seen.mine.is_empty() { section { h2 { "Your work" }
            ul.lines { @for m in &seen.mine { li { a href={ "/" (m.product.0) "/story/" (m.number) } hx-boost="false" { span.key { (m.product.0) "-" (m.number) } " " bdi { (m.title) } }
                @if m.blocked { (pill("critical", "blocked")) } span.quiet { bdi { (m.product.1) } " · " (capital(product::stage_says(&m.stage))) } } } } } }
        @if !seen.new.is_empty() { section { h2 { "New to you" } (notices::lines(scope, &seen.new[..seen.new.len().min(8)])) p { a href="/notices" { "All notices" } } } }
        @if !seen.named.is_empty() { section { h2 { "Where you were named" } ul.lines { @for told in &seen.named { @if let Some(thing) = &told.thing { li {
            a href=(thing.path) hx-boost="false" { @if let Some(key) = &thing.key { span.key { (key) } " " } bdi { (thing.title) } }
            span.quiet { "by " bdi { (told.who) } ", " (time(scope, told.notice.meta.created_at, scope.now)) } } } } } } }
        (notices::settings_view(&seen.settings, &scope.who.zone))
    }
}

/// One product: under which hats, what one may do there, and what waits.
fn product(part: &Part) -> Markup {
    let (scope, head) = (&part.scope, part.scope.product.as_ref());
    let (key, name) = head.map_or(("", ""), |head| (head.key.as_str(), head.name.as_str()));
    let says = |areas: Vec<Area>| areas.iter().map(|area| area.says()).collect::<Vec<_>>().join(", ");
    let row = |label: &str, standing: Standing| {
        let areas = areas(scope, standing);
        html! { @if !areas.is_empty() { div { dt { (label) } dd { (says(areas)) } } } }
    };
    html! { section.tile.part {
        h2 { a href={ "/" (key) "/" } hx-boost="false" { bdi { (name) } } @for hat in &scope.who.hats { " " span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } } }
        dl.facts { (row("You decide", Standing::Decides)) (row("You sign", Standing::Signs)) (row("You propose", Standing::Proposes)) (row("You see", Standing::Sees)) }
        @if part.to_sign.is_empty() && part.asked.is_empty() && part.to_accept == 0 { p.hint { "Nothing waits for you here." } }
        @if !part.asked.is_empty() { h3 { "Asked of you " span.quiet { (part.asked.len()) } }
            ul.lines { @for one in part.asked.iter().take(SHOWN) { li.long { a href={ "/" (key) "/" (one.place()) } hx-boost="false" dir="auto" { (one.words) } span.quiet { bdi { (one.by) } " " (one.says()) " “" bdi { (one.title) } "”" } } } } }
        @if !part.to_sign.is_empty() { h3 { "To sign " span.quiet { (part.to_sign.len()) } } (proposals(scope, key, &part.to_sign, false)) }
        @if part.to_accept > 0 { p { a href={ "/" (key) "/acceptance" } hx-boost="false" { (several(part.to_accept, "story")) @if part.to_accept == 1 { " waits" } @else { " wait" } " for your verdict" } } }
        @if !part.put_forward.is_empty() { h3 { "You put forward " span.quiet { (part.put_forward.len()) } } (proposals(scope, key, &part.put_forward, true)) }
        p { a href={ "/" (key) "/since" } hx-boost="false" { "What changed since you were last here" } " · " a href={ "/" (key) "/who-decides" } hx-boost="false" { "Who decides what" } }
    } }
}

fn proposals(scope: &Scope, key: &str, open: &[Open], others: bool) -> Markup {
    html! { ul.lines { @for p in open.iter().take(SHOWN) { @let (id, whom) = (p.id.simple(), others && !p.asked.is_empty()); li.long[whom] {
        a href={ "/" (key) "/decisions?show=" (id) "#p-" (id) } hx-boost="false" dir="auto" { (p.title) }
        span.quiet { @if whom { "waits for " @for (i, hat) in p.asked.iter().enumerate() { @if i > 0 { " and " } "the " (hat.title()) } } @else { (time(scope, p.since, scope.now)) } }
    } }
    @if open.len() > SHOWN { li { a href={ "/" (key) "/decisions" } hx-boost="false" { "and " (open.len() - SHOWN) " more" } } } } }
}
