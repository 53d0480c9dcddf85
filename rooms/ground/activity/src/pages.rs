//! The product's activity as a page.

use crate::{
    removed, rows, since,
    sought::{self, Activity},
    stack, views,
};
use kernel::{Mark, Paged};
use serde::Deserialize;
use web::{At, Filter, Page, PageSpec, Query, Response, Router, Spot, Term, Web, Wing, get, when};

pub(crate) const ACTIVITY: PageSpec = PageSpec {
    path: "activity",
    name: "Activity",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "history",
    go: "y",
    live: &["*"],
    filtered: true,
    ..PageSpec::PLAIN
};

pub(crate) const REMOVED: PageSpec =
    PageSpec { path: "removed", name: "Removed things", wing: Wing::Both, under: "activity", live: &["*"], ..PageSpec::PLAIN };

pub(crate) const SINCE: PageSpec =
    PageSpec { path: "since", name: "What changed", wing: Wing::Both, under: "activity", live: &["*"], calm: true, ..PageSpec::PLAIN };

/// What activity is narrowed by.
const TERMS: &[Term] = &[
    Term { name: "by", also: &["who"], says: "By", values: &[], open: true },
    Term { name: "kind", also: &[], says: "About", values: &[], open: true },
    Term { name: "item", also: &[], says: "Only about", values: &[], open: true },
];

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/activity", get(activity)).route("/{product}/since", get(changed)).route("/{product}/removed", get(gone))
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: String,
}

/// What the page is asked for; words that are typed beside the terms name a thing.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(flatten)]
    wanted: Activity,
}

async fn activity(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| {
        let said = [("by", &asked.wanted.by), ("kind", &asked.wanted.kind), ("item", &asked.wanted.item)];
        let filter = Filter::read(TERMS, &asked.q, &said.map(|(name, value)| (name, value.as_str())));
        let named = |name: &str| filter.get(name).to_owned();
        let item = if named("item").is_empty() { filter.words().to_owned() } else { named("item") };
        let wanted = Activity { by: named("by"), kind: named("kind"), item, ..asked.wanted };
        let (found, odd) = filter.or_odd(sought::find(look, &wanted), Paged { items: vec![], next: None })?;
        let page = rows::named(look, found.items)?;
        let people = sought::people(look)?;
        let ends = stack::ends(look)?;
        let saved = filters::saved(look, ACTIVITY.path, &filter, None)?;
        let body = views::page(look, (&filter, odd.as_deref(), &saved), (&page, found.next.as_deref()), &people);
        Ok(Page::of(&ACTIVITY, body).primary(views::back_and_forth(look.scope, &ends)))
    })
    .await
}

/// Since when, where not since one was last here: a moment, or the beginning of a day so many days ago.
#[derive(Deserialize)]
pub struct From {
    from: Option<i64>,
    days: Option<u16>,
    #[serde(default)]
    after: String,
}

async fn changed(at: At, Query(q): Query<From>) -> Response {
    at.page(move |look| {
        let chosen = q.days.map(|days| when::days_ago(days, look.now(), &look.scope.who.zone));
        let since = since::since(look, chosen.or(q.from), Mark::read(&q.after)?.as_ref())?;
        // Days that were chosen may leave out what has not been seen yet, so looking at them moves no mark.
        let page = Page::of(&SINCE, views::since(look.scope, &since, q.days, q.after.is_empty()));
        Ok(if q.days.is_none() { page.primary(views::see_all(look.scope, &since)) } else { page })
    })
    .await
}

async fn gone(at: At, Query(q): Query<After>) -> Response {
    at.page(move |look| {
        let page = removed::gone(look, Mark::read(&q.after)?.as_ref(), kernel::page::USUAL as usize)?;
        Ok(Page::of(&REMOVED, views::removed(look.scope, &page)))
    })
    .await
}
