//! The roadmap as somebody without an account sees it by a link: what is meant to come when, and nothing about why, how
//! sure, or how far.

use crate::{files::window, model::*, rows};
use kernel::{
    Area, Look, Noun, Result,
    shared::{SharedLook, Visit},
};
use web::{Markup, capital, html};

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
const fn meant(horizon: Horizon) -> &'static str {
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
    let bets: Vec<&Initiative> = initiatives.iter().filter(|i| i.state != BetState::Dropped).collect();
    Ok(board(Horizon::ALL, &bets, &|i| {
        let parts: Vec<&str> =
            features.iter().filter(|f| f.initiative == Some(i.id()) && f.state != BetState::Dropped).map(|f| f.title.as_str()).collect();
        html! {
            @if let Some(window) = dates.then(|| window(look.scope, i.starts_on.as_ref(), i.ends_on.as_ref())).flatten() { p.quiet { (window) } }
            @if !parts.is_empty() { ul { @for title in parts { li dir="auto" { (title) } } } }
        }
    }))
}

/// Bets by horizon, each with what is told below its name. What reached users is no matter of a horizon to whoever reads it
/// from outside, so it stands below all of them.
pub(crate) fn board(horizons: &[Horizon], bets: &[&Initiative], told: &dyn Fn(&Initiative) -> Markup) -> Markup {
    let (released, open): (Vec<&Initiative>, Vec<&Initiative>) = bets.iter().copied().partition(|i| i.state == BetState::Released);
    let card = |i: &Initiative| html! { li { h3 { bdi { (i.title) } } (told(i)) } };
    html! {
        div.horizons { @for horizon in horizons { @let here: Vec<&Initiative> = open.iter().copied().filter(|i| i.horizon == *horizon).collect();
            section { h2 { (capital(horizon.word())) } p.hint { (meant(*horizon)) }
                @if here.is_empty() { p.quiet { "Nothing at the moment." } }
                ul.bets { @for i in here { (card(i)) } } } } }
        @if !released.is_empty() { section.reached { h2 { "Released" } p.hint { "What has reached users" } ul.bets { @for i in released { (card(i)) } } } }
    }
}
