//! The changelog as somebody without an account reads it by a link, and as a feed: what reached users, and its notes.

use crate::{model::Release, rows};
use kernel::{
    Area, Look, Noun, Result,
    shared::{Entry, SharedLook, Visit},
};
use web::{Markup, date, html, text::markdown, when};

pub(crate) const SHARED: SharedLook = SharedLook {
    name: "changelog",
    says: "The changelog",
    areas: &[Area::Commitments],
    also: &[],
    options: &[],
    whom: "",
    show,
    feed: Some(feed),
    ask: None,
};

/// What reached users, one after the other.
pub(crate) fn entries(scope: &kernel::Scope, releases: &[Release]) -> Markup {
    html! { @for release in releases { article.update id={ "r-" (release.id()) } {
        h2 dir="auto" { (release.name) }
        p.quiet { @if let Some(day) = &release.released_on { (date(scope, day)) } }
        div.prose { (markdown(&release.notes)) }
    } } }
}

fn show(look: &mut Look, _: &Visit) -> Result<String> {
    Ok(logged(look)?.into_string())
}

/// What reached users, for somebody without an account.
pub fn logged(look: &mut Look) -> Result<Markup> {
    let releases = rows::changelog(look)?;
    Ok(html! { div.updates { @if releases.is_empty() { p.quiet { "Nothing has been released yet." } } (entries(look.scope, &releases)) } })
}

fn feed(look: &mut Look, _: &Visit) -> Result<Vec<Entry>> {
    let at = |release: &Release| {
        release.released_on.as_deref().and_then(when::end_of).map_or(release.meta.updated_at, |end| end.min(release.meta.updated_at))
    };
    let entry =
        |release: Release| Entry { id: release.meta.id, title: release.name.clone(), html: markdown(&release.notes).into_string(), at: at(&release) };
    Ok(rows::changelog(look)?.into_iter().map(entry).collect())
}
