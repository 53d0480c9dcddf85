//! The roadmap as somebody without an account sees it by a link: what is meant to come when, and nothing about why, how
//! sure, or how far.

use crate::{files::window, model::*, rows};
use kernel::{
    Area, Look, Noun, Result,
    shared::{SharedLook, Visit},
};
use web::{Markup, capital, html, pill};

pub(crate) const SHARED: SharedLook = SharedLook {
    name: "roadmap",
    says: "The roadmap",
    areas: &[Area::Roadmap, Area::Commitments],
    also: &[],
    options: &[("dates", "With the target windows")],
    whom: "",
    show,
    feed: None,
    ask: None,
};

/// What a horizon means, to somebody who has never heard of it.
pub(crate) const fn meant(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Now => "What is being worked on",
        Horizon::Next => "What comes after that",
        Horizon::Later => "What is thought about for later; it may change",
    }
}

fn show(look: &mut Look, visit: &Visit) -> Result<String> {
    Ok(outside(look, visit.shows("dates"))?.into_string())
}

/// What is meant to come when, for somebody without an account; with the target windows if they are to be shown.
pub fn outside(look: &mut Look, dates: bool) -> Result<Markup> {
    let (initiatives, features) = (rows::initiatives(look)?, rows::features(look)?);
    let column = |horizon: Horizon| -> Markup {
        let bets: Vec<&Initiative> = initiatives.iter().filter(|i| i.horizon == horizon && i.state != BetState::Dropped).collect();
        html! { section { h2 { (capital(horizon.word())) } p.hint { (meant(horizon)) }
            @if bets.is_empty() { p.quiet { "Nothing at the moment." } }
            ul.bets { @for i in bets { li {
                h3 { bdi { (i.title) } @if i.state == BetState::Released { " " (pill("good", "released")) } }
                @if let Some(window) = dates.then(|| window(look.scope, i.starts_on.as_ref(), i.ends_on.as_ref())).flatten() { p.quiet { (window) } }
                @let parts: Vec<&str> = features.iter().filter(|f| f.initiative == Some(i.id()) && f.state != BetState::Dropped).map(|f| f.title.as_str()).collect();
                @if !parts.is_empty() { ul { @for title in parts { li dir="auto" { (title) } } } }
            } } }
        } }
    };
    Ok(html! { div.horizons { @for horizon in Horizon::ALL { (column(*horizon)) } } })
}
