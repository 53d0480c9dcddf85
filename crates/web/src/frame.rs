//! The frame around every page: rail, top bar, the page itself, the side panel.

use crate::{
    assets,
    components::{avatar, clipped, icon},
    text::encode,
    waiting::{MOST_COUNTED, MOST_PRODUCTS, Waiting, waiting},
};
use axum::http::Uri;
use kernel::{Area, Look, PageSpec, Refusal, Result, Scope, Spot, Standing, Wing, seen::MOST_COUNTED as MOST_UNREAD, wing};
use maud::{DOCTYPE, Markup, html};

/// The hair line under the header.
const fn line(wing: Wing) -> &'static str {
    match wing {
        Wing::Manager => "wing-manager",
        Wing::Owner => "wing-owner",
        Wing::Both => "wing-both",
        Wing::Ground => "wing-ground",
    }
}

/// What a room hands over to be framed.
pub struct Page {
    pub title: String,
    pub wing: Wing,
    /// Path below the product that the rail marks as current.
    pub place: &'static str,
    /// Nouns whose change makes this page stale.
    pub nouns: Vec<&'static str>,
    /// How long the page stands before news shows it again, in milliseconds; a moment when zero.
    pub calm: u32,
    /// What the page is about: proposals in these areas that wait are shown on it.
    pub areas: &'static [Area],
    /// The one primary act, top right.
    pub primary: Markup,
    pub body: Markup,
    /// Detail over the list.
    pub panel: Option<Markup>,
    /// Wide pages (boards) use all of the width.
    pub wide: bool,
    /// Outside any product and without a rail: sign-in, set-up.
    pub bare: bool,
    /// Nobody else sees it.
    pub administrators: bool,
}

impl Page {
    /// A page of a room, as it is listed there.
    pub fn of(spec: &PageSpec, body: Markup) -> Page {
        Page {
            nouns: spec.follows(),
            calm: if spec.calm { CALM } else { 0 },
            areas: spec.areas,
            wide: spec.wide,
            administrators: spec.administrators,
            ..Page::new(spec.name, spec.wing, spec.place(), body)
        }
    }

    /// One that no room lists: an error, something shown once.
    pub fn new(title: impl Into<String>, wing: Wing, place: &'static str, body: Markup) -> Page {
        Page {
            title: title.into(),
            wing,
            place,
            nouns: vec![],
            calm: 0,
            areas: &[],
            primary: html! {},
            body,
            panel: None,
            wide: false,
            bare: false,
            administrators: false,
        }
    }

    pub fn bare(title: impl Into<String>, body: Markup) -> Page {
        Page { bare: true, ..Page::new(title, Wing::Ground, "", body) }
    }

    /// Called by what it shows.
    pub fn titled(mut self, title: impl Into<String>) -> Page {
        self.title = title.into();
        self
    }

    /// On the ground of another wing than usually.
    pub fn on(mut self, wing: Wing) -> Page {
        self.wing = wing;
        self
    }

    /// Shows what no news changes and nobody decides on any more: a past day.
    pub fn still(mut self) -> Page {
        (self.nouns, self.areas) = (vec![], &[]);
        self
    }

    pub fn primary(mut self, act: Markup) -> Page {
        self.primary = act;
        self
    }

    pub fn panel(mut self, panel: Option<Markup>) -> Page {
        self.panel = panel;
        self
    }
}

/// At most one showing of a calm page in so many milliseconds.
const CALM: u32 = 10_000;

/// The wings as the rail heads them.
const RAIL: &[(Wing, &str)] = &[(Wing::Manager, "Manager’s wing"), (Wing::Both, "Common room"), (Wing::Owner, "Owner’s wing")];

/// The pages that stand somewhere in the navigation.
fn standing(stand: Spot) -> impl Iterator<Item = &'static PageSpec> {
    wing::pages().filter(move |page| page.stand == stand)
}

/// Completes a page; `recent` are the products that the reader looked at last.
pub(crate) fn complete(look: &mut Look, page: Page, uri: &Uri, said: Option<&str>, recent: &[String]) -> Result<Markup> {
    if page.administrators {
        look.scope.who.signed_in()?;
        if !look.scope.who.administrator {
            return Err(Refusal::denied("Only the workspace administrator sees this page."));
        }
    }
    let waiting = waiting(look, page.areas, recent)?;
    Ok(document(look.scope, page, uri, said, &waiting))
}

/// A page without any reading: for errors.
pub(crate) fn lone(scope: &Scope, page: Page, uri: &Uri) -> Markup {
    document(scope, page, uri, None, &Waiting::default())
}

fn document(scope: &Scope, page: Page, uri: &Uri, said: Option<&str>, waiting: &Waiting) -> Markup {
    let key = scope.product.as_ref().map(|p| p.key.as_str());
    let bare = page.bare || scope.who.member.is_none();
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(scope.who.theme) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=r#"{"includeIndicatorCSS":false,"preload":{"boostEvent":"mouseenter"}}"#;
                title { (page.title) @if let Some(product) = &scope.product { " · " (product.name) } " · Tandem" }
                link rel="icon" href=(assets::path("bicycle.svg")) type="image/svg+xml";
                link rel="preload" href="/assets/inter-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href=(assets::path("tandem.css"));
                script src=(assets::path("htmx.min.js")) defer {}
                script src=(assets::path("hx-preload.min.js")) defer {}
                script src=(assets::path("sortable.min.js")) defer {}
                script src=(assets::path("tandem.js")) defer {}
                script src=(assets::path("markdown-toolbar.js")) type="module" {}
            }
            body.(line(page.wing)).bare[bare] {
                a.skip href="#main" { "Skip to the page" }
                div #page hx-boost:inherited="true" hx-target:inherited="#page" hx-select:inherited="#page" hx-swap:inherited="outerMorph" data-product=[key] data-keys=[scope.who.keys_off.then_some("off")] data-bare[bare] data-archived[scope.product.as_ref().is_some_and(|p| p.archived)] data-wing=(line(page.wing)) data-nouns=(page.nouns.join(" ")) data-calm=[(page.calm > 0).then_some(page.calm)] data-title=(page.title) {
                    @if !bare { (rail(scope, &page, waiting)) }
                    div.frame {
                        @if !bare { (top(scope, &page, waiting)) }
                        div.stage {
                            main #main tabindex="-1" .wide[page.wide] {
                                @if bare { (page.body) } @else {
                                    div.page-head { h1 dir="auto" { (page.title) } div.primary { (page.primary) } }
                                    (archived(scope)) (waits_here(scope, waiting))
                                    (page.body)
                                }
                            }
                            @if let Some(panel) = &page.panel {
                                aside #panel aria-label="Detail" tabindex="-1" {
                                    div.panel-head { a.panel-close href=(behind(&uri.to_string())) title="Close (Esc)" aria-label="Close the panel" { (icon("x")) } @if let Some(key) = key { (asks_who(key)) } }
                                    (panel)
                                }
                            }
                        }
                    }
                    @if !bare && key.is_some() { (tabs(scope, &page, waiting)) }
                }
                div #toasts role="status" aria-live="polite" { @if let Some(said) = said { div.toast { span dir="auto" { (crate::text::decode(said)) } } } }
                dialog #dialog aria-label="Message" {}
            }
        }
    }
}

fn rail(scope: &Scope, page: &Page, waiting: &Waiting) -> Markup {
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    html! {
        nav.rail aria-label="Rooms" {
            details.switcher {
                summary { span.logo { (icon("bike")) } span.label { @match &scope.product { Some(p) => { bdi { (p.name) } } None => "Tandem" } } (icon("chevron-down")) }
                ul.menu {
                    @for (key, name) in waiting.products.iter().take(MOST_PRODUCTS) { li { a href={ "/" (key) "/" } hx-boost="false" { bdi { (name) } " " span.quiet { (key) } } } }
                    @if waiting.products.len() > 1 { li { a href="/all/backlog" hx-boost="false" { (icon("list-ordered")) "Across all products" } } }
                    @if waiting.products.len() > MOST_PRODUCTS { li { a href="/products" { (icon("search")) "All your products" } } }
                    @if scope.who.administrator { li { a href="/products/new" { (icon("plus")) "New product" } } }
                }
            }
            @if scope.product.is_some() {
                ul { @for spec in standing(Spot::Top).filter(|spec| opens(scope, spec)) { (entry(key, spec, page, waiting)) } }
                @for (wing, head) in RAIL {
                    h2.(line(*wing)) { (head) }
                    ul { @for spec in standing(Spot::Rail(*wing)).filter(|spec| opens(scope, spec)) { (entry(key, spec, page, waiting)) } }
                }
            }
            @else { ul {
                @for (key, name) in waiting.products.iter().take(MOST_PRODUCTS) { li { a href={ "/" (key) "/" } hx-boost="false" { (icon("house")) span.label dir="auto" { (name) } } } }
                @if waiting.products.len() > MOST_PRODUCTS { li { a href="/products" { (icon("search")) span.label { "All your products" } } } }
                @if waiting.products.len() > 1 { li { a href="/all/backlog" { (icon("list-ordered")) span.label { "Across all products" } } } }
            } }
            div.rail-foot {
                @if scope.product.is_some() && !scope.who.hats.is_empty() { (hat_switch(scope, key)) }
                details.me {
                    summary { (avatar(&scope.who.name)) span.label dir="auto" { (scope.who.name) } }
                    ul.menu {
                        @for spec in standing(Spot::Menu).filter(|spec| opens(scope, spec)) { li { a href=(spec.address(key)) { (icon(spec.icon)) (spec.name) } } }
                        li { form method="post" action="/sign-out" hx-boost="false" { button.plain type="submit" { (icon("log-out")) "Sign out" } } }
                    }
                }
            }
        }
    }
}

/// Whether someone may open a page here at all.
fn opens(scope: &Scope, spec: &PageSpec) -> bool {
    let says = spec.says.is_none_or(|area| scope.standing(area).1 >= Standing::Proposes);
    says && (scope.product.is_some() || !spec.in_product()) && (scope.who.administrator || !spec.administrators)
}

fn entry(key: &str, spec: &PageSpec, page: &Page, waiting: &Waiting) -> Markup {
    let count = counted(spec, waiting);
    html! {
        li {
            a href=(spec.address(key)) data-go=[(!spec.go.is_empty()).then_some(spec.go)] aria-current=[(page.place == spec.path).then_some("page")] title={ (spec.name) @if !spec.go.is_empty() { " (g " (spec.go) ")" } } {
                (icon(spec.icon)) span.label { (spec.name) }
                @if let Some(count) = &count { span.count aria-label={ (count) " waiting" } { (count) } }
            }
        }
    }
}

/// What waits for the reader behind a page; what waits for a signature is counted to a limit.
fn counted(spec: &PageSpec, waiting: &Waiting) -> Option<String> {
    match spec.path {
        "decisions" if waiting.to_sign > MOST_COUNTED => Some(format!("{MOST_COUNTED}+")),
        "decisions" if waiting.to_sign > 0 => Some(waiting.to_sign.to_string()),
        "acceptance" if waiting.to_accept > 0 => Some(waiting.to_accept.to_string()),
        _ => None,
    }
}

/// Says of an archived product that it is one, and where it is brought back.
fn archived(scope: &Scope) -> Markup {
    html! { @if let Some(product) = scope.product.as_ref().filter(|product| product.archived) {
        p.banner.archived { (icon("archive-restore")) span { bdi { (product.name) } " is archived: it can be read, and nothing in it changes." } " " a href={ "/" (product.key) "/settings#archive" } { "Bring it back" } }
    } }
}

/// Proposals in the areas of this page that wait for somebody, so that what one has asked for does not vanish.
fn waits_here(scope: &Scope, waiting: &Waiting) -> Markup {
    let (here, count) = &waiting.here;
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    html! { @if !here.is_empty() { ul.waits-here aria-label="Proposals that wait" {
        @for p in here { li {
            (icon("clock")) a href={ "/" (key) "/decisions?show=" (p.id.simple()) "#p-" (p.id.simple()) } { bdi { (clipped(&p.title, 120)) } }
            " " span.quiet { @if p.mine { "waits for you" } @else { "waits for " @for (i, hat) in p.asked.iter().enumerate() { @if i > 0 { " and " } "the " (hat.title()) } } }
        } }
        @if *count > here.len() as i64 { li { a href={ "/" (key) "/decisions" } { "and " (count - here.len() as i64) " more" } } }
    } } }
}

/// The hat you wear, one click to change.
fn hat_switch(scope: &Scope, key: &str) -> Markup {
    let worn = scope.who.worn.filter(|h| scope.who.hats.contains(h)).or(scope.who.hats.first().copied());
    html! {
        form.hats method="post" action={ "/" (key) "/do/hat.wear" } data-act aria-label="The hat you wear" {
            @for hat in &scope.who.hats {
                button type="submit" name="hat" value=(hat) data-says={ "Wear the hat of " (hat.title()) } class={ "hat hat-" (hat) } aria-pressed=(if worn == Some(*hat) { "true" } else { "false" }) {
                    span.dot {} (hat.title())
                }
            }
        }
    }
}

fn top(scope: &Scope, page: &Page, waiting: &Waiting) -> Markup {
    html! {
        header.top {
            button.plain.rail-toggle type="button" data-rail aria-label="Show or hide the rail" { (icon("panel-left")) }
            div.where { @if let Some(product) = &scope.product { a href={ "/" (product.key) "/" } { bdi { (product.name) } " / " } } span { bdi { (page.title) } } }
            @if scope.product.is_none() { span.push {} }
            @if let Some(product) = &scope.product {
                form.search role="search" action={ "/" (product.key) "/search" } method="get" {
                    (icon("search"))
                    input type="search" name="q" placeholder="Search, or a key such as 42" aria-label="Search this product" data-search autocomplete="off";
                    kbd title="Find something, or do it" { "Ctrl K" }
                }
                div.here #here role="group" aria-label="Nobody else is here" {}
                (asks_who(&product.key))
            }
            (bell(waiting.unread))
        }
    }
}

/// How much is new to the reader.
pub fn bell(unread: i64) -> Markup {
    let count = if unread > MOST_UNREAD { format!("{MOST_UNREAD}+") } else { unread.to_string() };
    let says = if unread > 0 { format!("Notices, {count} unread") } else { "Notices".to_owned() };
    html! { a.button.plain.bell #bell href="/notices" hx-boost="false" data-go="n" title={ (says) " (g n)" } aria-label=(says) { (icon("bell")) @if unread > 0 { span.count { (count) } } } }
}

/// Asks on any control who decides there; without script a page says it of all.
fn asks_who(key: &str) -> Markup {
    html! { a.button.plain href={ "/" (key) "/who-decides" } data-who data-press="w" title="Who decides here? (w)" aria-label="Who decides here?" { (icon("scale")) } }
}

/// The list behind what is open over it, narrowed as it was.
pub(crate) fn behind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("open=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The bottom bar of a phone.
fn tabs(scope: &Scope, page: &Page, waiting: &Waiting) -> Markup {
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    let rail = RAIL.iter().flat_map(|(wing, _)| standing(Spot::Rail(*wing)));
    html! {
        nav.tabs aria-label="Main rooms" {
            @for spec in standing(Spot::Top).chain(rail).filter(|spec| !spec.tab.is_empty() && opens(scope, spec)) {
                a href=(spec.address(key)) aria-current=[(page.place == spec.path).then_some("page")] {
                    (icon(spec.icon)) span { (spec.tab) }
                    @if let Some(count) = counted(spec, waiting) { span.count { (count) } }
                }
            }
        }
    }
}

/// Sets the sentence that the next page shows.
pub(crate) fn say(text: &str) -> String {
    format!("said={}; Path=/; Max-Age=30; SameSite=Lax", encode(text))
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn the_list_behind_a_panel_stays_narrowed() {
        assert_eq!(behind("/ORB/backlog?is=ready&open=7"), "/ORB/backlog?is=ready");
        assert_eq!(behind("/ORB/backlog?open=7"), "/ORB/backlog");
        assert_eq!(behind("/ORB/backlog"), "/ORB/backlog");
    }
}
