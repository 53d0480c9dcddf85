//! The page on which the backlog is tended.

use crate::tending::{Alike, COMPARED, SHOWN, STALE_WEEKS, Stale, alike, stale};
use kernel::{Area, Scope};
use web::{At, Markup, Page, PageSpec, Response, Wing, act, empty, html, keyed, product_path, time};

pub(crate) const TENDING: PageSpec = PageSpec {
    path: "backlog/tending",
    name: "Tend the backlog",
    wing: Wing::Owner,
    under: "backlog",
    live: &["story", "relation"],
    calm: true,
    areas: &[Area::Backlog],
    ..PageSpec::PLAIN
};

pub(crate) async fn page(at: At) -> Response {
    at.page(|look| {
        let (old, same) = (stale(look)?, alike(look)?);
        Ok(Page::of(&TENDING, view(look.scope, &old, &same)))
    })
    .await
}

fn view(scope: &Scope, old: &[Stale], same: &[Alike]) -> Markup {
    html! {
        p.lead { "A backlog that only grows hides what matters. Here stands what nobody has touched for " (STALE_WEEKS) " weeks, and what likely says the same as another." }
        @if old.is_empty() && same.is_empty() { (empty("circle-check-big", "Nothing to tend", "Every open story was touched lately, and no two seem to say the same.", html! {})) }
        @if !same.is_empty() { section { h2 { "Likely the same" }
            p.hint { "Found by the words they share, among the first " (COMPARED) " open stories. Drop the one that says less: it stays in the record, linked to the other. Or link the two, and they are not shown here again." }
            ul.pairs { @for pair in same.iter().take(SHOWN) { (twins(scope, pair)) } }
            @if same.len() > SHOWN { p.hint { "The " (SHOWN) " most alike are shown; more come as these are settled." } }
        } }
        @if !old.is_empty() { section { h2 { "Untouched for long" }
            p.hint { "Not changed, moved or planned since. Drop what will not be done; what is said to be still wanted leaves this list for " (STALE_WEEKS) " weeks." }
            ul.lines.stale { @for one in old.iter().take(SHOWN) { (untouched(scope, one)) } }
            @if old.len() > SHOWN { p.hint { "The " (SHOWN) " oldest are shown. " a href={ (product_path(scope)) "/backlog?updated=%3E" (STALE_WEEKS) "w" } { "All of them in the backlog" } } }
        } }
    }
}

fn link(scope: &Scope, number: i64, title: &str) -> Markup {
    html! { a href={ (product_path(scope)) "/story/" (number) } { (keyed(scope, number, title)) } }
}

fn twins(scope: &Scope, pair: &Alike) -> Markup {
    let (first, second) = (pair.first.0.to_string(), pair.second.0.to_string());
    html! { li.tile.pair-alike {
        div { (link(scope, pair.first.0, &pair.first.1)) " " (link(scope, pair.second.0, &pair.second.1)) }
        p.quiet { (format!("{:.0}", pair.likeness * 100.0)) " % alike" }
        div.row {
            (act(scope, Area::Backlog, "story.drop_duplicate", &[("story", &second), ("to", &first)], &format!("Drop {}", scope.key(pair.second.0)), ""))
            (act(scope, Area::Backlog, "story.drop_duplicate", &[("story", &first), ("to", &second)], &format!("Drop {}", scope.key(pair.first.0)), "plain"))
            (act(scope, Area::Backlog, "story.bind", &[("story", &first), ("bond", "relates"), ("to", &second)], "Keep both, linked", "plain"))
        }
    } }
}

fn untouched(scope: &Scope, one: &Stale) -> Markup {
    let number = one.number.to_string();
    html! { li {
        (link(scope, one.number, &one.title)) span.quiet { " " (time(scope, one.touched, scope.now)) }
        div.row {
            (act(scope, Area::Backlog, "story.drop", &[("story", &number), ("dropped", "true")], "Drop", "plain"))
            (act(scope, Area::Backlog, "story.still_wanted", &[("story", &number)], "Still wanted", "plain"))
        }
    } }
}
