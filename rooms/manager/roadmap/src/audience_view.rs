//! What an audience sees, by a link or as whoever made it looks beforehand, and the page on which views are made.

use crate::{
    audience_feed,
    audiences::{AREA, Audience, Dates, Grain, Layout},
    files::window,
    model::*,
    plan::{Lanes, Plan, Sight},
    shared,
};
use kernel::{
    Area, Column, Id, Look, Noun, Refusal, Result, Scope, Uuid,
    look::find_rows,
    shared::{Entry, SharedLook, Visit},
};
use std::collections::{HashMap, HashSet};
use web::{
    At, Markup, Page, PageSpec, Query, Response, Wing, area_field, capital, chart::Zoom, command_form, disclosure, empty, field, html, may, options,
    select, small_act, text::markdown, when,
};

pub(crate) const SHARED: SharedLook = SharedLook {
    name: "audience",
    says: "The roadmap",
    areas: &[Area::Roadmap, Area::Commitments],
    also: &[],
    options: &[],
    whom: "audience",
    show,
    feed: Some(feed),
    ask: None,
};

/// The view that a link was made for. Who may read of audiences is another matter: whoever holds its link sees what it shows.
fn of_link(look: &mut Look, visit: &Visit) -> Result<Audience> {
    let whom = visit.whom.ok_or(Refusal::NotFound)?;
    let product = look.scope.product_id()?;
    find_rows(look.reader, "where id = $1 and product = $2 and removed_at is null", &[whom.value(), product.value()])?.pop().ok_or(Refusal::NotFound)
}

fn show(look: &mut Look, visit: &Visit) -> Result<String> {
    let audience = of_link(look, visit)?;
    Ok(shown(look, &audience)?.into_string())
}

fn feed(look: &mut Look, visit: &Visit) -> Result<Vec<Entry>> {
    let audience = of_link(look, visit)?;
    audience_feed::entries(look, &audience)
}

/// The last day of the quarter that a day lies in.
fn quarter_end(day: &str) -> String {
    when::days_after(&when::months_after(&when::period_of(day, 3), 3), -1)
}

impl Audience {
    fn has(&self, i: &Initiative) -> bool {
        i.state != BetState::Dropped && i.horizon <= self.horizon && (self.theme.is_empty() || i.theme.to_lowercase() == self.theme.to_lowercase())
    }

    /// A part may be further off than its bet, and then is as little told as a bet that is.
    fn has_part(&self, f: &Feature) -> bool {
        self.grain == Grain::Parts && f.state != BetState::Dropped && f.horizon <= self.horizon
    }

    /// When something is meant to come, as exactly as this audience is told.
    pub(crate) fn when(&self, scope: &Scope, from: Option<&String>, until: Option<&String>) -> Option<String> {
        match self.dates {
            Dates::Nothing => None,
            Dates::Days => window(scope, from, until),
            Dates::Quarters => {
                let quarter = |day: &String| when::period_says(&when::period_of(day, 3), 3);
                match (from.map(quarter), until.map(quarter)) {
                    (Some(from), Some(until)) if from == until => Some(from),
                    (Some(from), Some(until)) => Some(format!("{from} – {until}")),
                    (None, Some(until)) => Some(format!("by {until}")),
                    (Some(from), None) => Some(format!("from {from}")),
                    (None, None) => None,
                }
            }
        }
    }
}

/// What an audience sees.
fn shown(look: &mut Look, audience: &Audience) -> Result<Markup> {
    let mut plan = Plan::shown(look)?;
    plan.initiatives.retain(|i| audience.has(i));
    let there: HashSet<Uuid> = plan.initiatives.iter().map(|i| i.meta.id).collect();
    plan.features.retain(|f| f.initiative.is_some_and(|id| there.contains(&id.0)) && audience.has_part(f));
    let scope = look.scope;
    Ok(html! {
        @if !audience.opening.is_empty() { div.prose { (markdown(&audience.opening)) } }
        @match audience.layout { Layout::Board => { (board(scope, audience, &plan)) } Layout::Timeline => { (timeline(scope, audience, plan)) } }
    })
}

fn board(scope: &Scope, audience: &Audience, plan: &Plan) -> Markup {
    let horizons: Vec<Horizon> = Horizon::ALL.iter().copied().filter(|horizon| *horizon <= audience.horizon).collect();
    let bets: Vec<&Initiative> = plan.initiatives.iter().collect();
    shared::board(&horizons, &bets, &|i| {
        let parts: Vec<&Feature> = plan.features.iter().filter(|f| f.initiative == Some(i.id())).collect();
        html! {
            @if let Some(when) = audience.when(scope, i.starts_on.as_ref(), i.ends_on.as_ref()) { p.quiet { (when) } }
            @if !parts.is_empty() { ul { @for f in parts { li { bdi { (f.title) } @if let Some(when) = audience.when(scope, f.starts_on.as_ref(), f.ends_on.as_ref()) { " · " (when) } } } } }
        }
    })
}

fn timeline(scope: &Scope, audience: &Audience, mut plan: Plan) -> Markup {
    // Whoever is told quarters sees no day in the drawing either, and what was promised too early is nobody's matter outside.
    if audience.dates == Dates::Quarters {
        let snap = |from: &mut Option<String>, until: &mut Option<String>| {
            *from = from.as_deref().map(|day| when::period_of(day, 3));
            *until = until.as_deref().map(quarter_end);
        };
        plan.initiatives.iter_mut().for_each(|i| snap(&mut i.starts_on, &mut i.ends_on));
        plan.features.iter_mut().for_each(|f| snap(&mut f.starts_on, &mut f.ends_on));
    }
    let sight = Sight { zoom: Zoom::Quarter, lanes: Lanes::Theme, parts: audience.grain == Grain::Parts };
    let drawn = plan.timeline(scope, sight, &HashMap::new(), false, &|_| None).plain();
    let drawn = if audience.dates == Dates::Quarters { drawn.undated() } else { drawn };
    let undated = plan.undated();
    html! {
        @if drawn.windows().next().is_none() { p.quiet { "Nothing has a window at the moment." } } @else { (drawn.view("The roadmap over time")) }
        @if !undated.is_empty() { section { h2 { "Without a date" } ul { @for i in undated { li dir="auto" { (i.title) } } } } }
    }
}

pub(crate) const AUDIENCES: PageSpec = PageSpec {
    path: "audiences",
    name: "Views for audiences",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["audience", "shared_link", "initiative", "feature"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    open: Option<String>,
}

pub(crate) async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let all = Audience::all(look, "order by created_at, id limit 100", &[])?;
        let open = q.open.as_deref().map(Id::<Audience>::try_from).transpose()?;
        let body = match open {
            Some(id) => {
                let audience = Audience::get(look, id)?;
                let links = links::links_for(look, id.0)?;
                let seen = shown(look, &audience)?;
                one(look.scope, &audience, &seen, &links)
            }
            None => list(look.scope, &all),
        };
        let add = disclosure("new-audience", "Make a view", "primary", command_form(look.scope, AREA, "audience.add", "Make view", fields(None)));
        Ok(Page::of(&AUDIENCES, body).primary(add))
    })
    .await
}

fn list(scope: &Scope, all: &[Audience]) -> Markup {
    html! {
        (crate::ways(scope, "audiences"))
        p.lead { "The same roadmap, told to each audience as it needs it: how fine, how far ahead, with which dates. A view is shared by a link that needs no account." }
        @if all.is_empty() { (empty("eye", "No views yet", if may(scope, AREA) { "A board of directors wants quarters and few lines, a partner wants their theme to the day. Make a view for each." } else { "Views are made, and seen, by those who have a say in announcements." }, html! {})) }
        ul.lines { @for a in all { li { a.what href={ "audiences?open=" (a.id()) } { bdi { (a.name) } } span.quiet { (told(a)) } } } }
    }
}

/// "Columns by horizon, initiatives alone, quarters, up to Next".
fn told(a: &Audience) -> Markup {
    html! { (capital(a.layout.says())) ", " (a.grain.says()) ", " (a.dates.says()) ", up to " (capital(a.horizon.word())) @if !a.theme.is_empty() { ", theme " bdi { (a.theme) } } }
}

fn fields(a: Option<&Audience>) -> Markup {
    let chosen = |word: Option<&'static str>, usual: &'static str| word.unwrap_or(usual);
    html! {
        (field("name", "Whom it is for", a.map_or("", |a| &a.name)))
        (area_field("opening", "What stands above it", a.map_or("", |a| &a.opening), 3))
        div.pair { (select("layout", "How it is laid out", &options(Layout::ALL), chosen(a.map(|a| a.layout.word()), "board"))) (select("grain", "How fine", &options(Grain::ALL), chosen(a.map(|a| a.grain.word()), "bets"))) }
        div.pair { (select("dates", "Which dates", &options(Dates::ALL), chosen(a.map(|a| a.dates.word()), "quarters"))) (select("horizon", "Up to", &options(Horizon::ALL), chosen(a.map(|a| a.horizon.word()), "later"))) }
        (field("theme", "Only this theme", a.map_or("", |a| &a.theme)))
    }
}

fn one(scope: &Scope, a: &Audience, seen: &Markup, links: &[links::Line]) -> Markup {
    let id = a.id().to_string();
    html! {
        p.crumb { a href="audiences" { "Views for audiences" } }
        h2 dir="auto" { (a.name) }
        p.lead { (told(a)) }
        div.row {
            (disclosure("edit-audience", "Edit", "", command_form(scope, AREA, "audience.edit", "Save", html! { input type="hidden" name="audience" value=(id); input type="hidden" name="version" value=(a.meta.version); (fields(Some(a))) })))
            (disclosure("link-audience", "Share by link", "", command_form(scope, AREA, "shared_link.make", "Make link", html! {
                input type="hidden" name="look" value="audience"; input type="hidden" name="whom" value=(id); (field("name", "Whom it is for", &a.name)) (links::days())
                p.hint { "Whoever holds the link sees this view and nothing else, without an account, and can follow it in a reader of feeds. The link is shown once." } })))
            (small_act(scope, AREA, "audience.remove", &[("audience", &id)], "trash-2", "Remove view: its links end"))
        }
        @if !links.is_empty() { h3 { "Links" } (links::listed(scope, links)) }
        section.preview { h3 { "What they see" } article.shared { (seen) } }
    }
}
