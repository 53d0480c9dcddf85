//! The frame around every page: rail, top bar, the page itself, the side panel.

use crate::{
    assets,
    components::{avatar, clipped, icon},
    text::encode,
    waiting::{MOST_COUNTED, MOST_PRODUCTS, Waiting, waiting},
};
use axum::http::Uri;
use kernel::{Area, Look, Result, Scope};
use maud::{DOCTYPE, Markup, html};

/// Whose ground a page is on; shown as the hair line under the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wing {
    Manager,
    Owner,
    Both,
    Ground,
}

impl Wing {
    const fn class(self) -> &'static str {
        match self {
            Wing::Manager => "wing-manager",
            Wing::Owner => "wing-owner",
            Wing::Both => "wing-both",
            Wing::Ground => "wing-ground",
        }
    }
}

/// What a room hands over to be framed.
pub struct Page {
    pub title: String,
    pub wing: Wing,
    /// Path below the product that the rail marks as current.
    pub place: &'static str,
    /// Nouns whose change makes this page stale, separated by spaces.
    pub nouns: &'static str,
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
}

impl Page {
    pub fn new(title: impl Into<String>, wing: Wing, place: &'static str, body: Markup) -> Page {
        Page { title: title.into(), wing, place, nouns: "", calm: 0, areas: &[], primary: html! {}, body, panel: None, wide: false, bare: false }
    }

    pub fn bare(title: impl Into<String>, body: Markup) -> Page {
        Page { bare: true, ..Page::new(title, Wing::Ground, "", body) }
    }

    /// Shown again when one of these nouns changes.
    pub fn live(mut self, nouns: &'static str) -> Page {
        self.nouns = nouns;
        self
    }

    /// Sums up so much that it need not follow every change at once: at most one showing in ten seconds.
    pub fn calm(mut self) -> Page {
        self.calm = 10_000;
        self
    }

    /// What is decided on this page.
    pub fn about(mut self, areas: &'static [Area]) -> Page {
        self.areas = areas;
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

    pub fn wide(mut self) -> Page {
        self.wide = true;
        self
    }
}

struct Place {
    path: &'static str,
    name: &'static str,
    icon: &'static str,
    /// The letter after `g`.
    go: &'static str,
}

const fn place(path: &'static str, name: &'static str, icon: &'static str, go: &'static str) -> Place {
    Place { path, name, icon, go }
}

const MANAGER: &[Place] =
    &[place("customers", "Customers", "users", "u"), place("strategy", "Strategy", "target", "s"), place("roadmap", "Roadmap", "map", "r")];
const COMMON: &[Place] = &[
    place("decisions", "Decisions", "gavel", "d"),
    place("who-decides", "Who decides what", "scale", "w"),
    place("thread", "Thread and gaps", "route", "t"),
    place("activity", "Activity", "history", "y"),
];
const OWNER: &[Place] = &[
    place("backlog", "Backlog", "list-ordered", "b"),
    place("sprint", "Sprint", "square-kanban", "p"),
    place("acceptance", "Acceptance", "circle-check-big", "a"),
];

/// Completes a page; `recent` are the products that the reader looked at last.
pub(crate) fn complete(look: &mut Look, page: Page, uri: &Uri, said: Option<&str>, recent: &[String]) -> Result<Markup> {
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
                meta name="viewport" content="width=device-width, initial-scale=1";
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
            }
            body.(page.wing.class()).bare[bare] {
                a.skip href="#main" { "Skip to the page" }
                div #page hx-boost:inherited="true" hx-target:inherited="#page" hx-select:inherited="#page" hx-swap:inherited="outerMorph" data-product=[key] data-keys=[scope.who.keys_off.then_some("off")] data-bare[bare] data-wing=(page.wing.class()) data-nouns=(page.nouns) data-calm=[(page.calm > 0).then_some(page.calm)] data-title=(page.title) {
                    @if !bare { (rail(scope, &page, waiting)) }
                    div.frame {
                        @if !bare { (top(scope, &page)) }
                        div.stage {
                            main #main tabindex="-1" .wide[page.wide] {
                                @if bare { (page.body) } @else {
                                    div.page-head { h1 { (page.title) } div.primary { (page.primary) } }
                                    (waits_here(scope, waiting))
                                    (page.body)
                                }
                            }
                            @if let Some(panel) = &page.panel {
                                aside #panel aria-label="Detail" tabindex="-1" {
                                    a.panel-close href=(uri.path()) title="Close (Esc)" aria-label="Close the panel" { (icon("x")) }
                                    (panel)
                                }
                            }
                        }
                    }
                    @if !bare && key.is_some() { (tabs(scope, &page, waiting)) }
                }
                div #toasts role="status" aria-live="polite" { @if let Some(said) = said { div.toast { (crate::text::decode(said)) } } }
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
                summary { span.logo { (icon("bike")) } span.label { @match &scope.product { Some(p) => (p.name), None => "Tandem" } } (icon("chevron-down")) }
                ul.menu {
                    @for (key, name) in waiting.products.iter().take(MOST_PRODUCTS) { li { a href={ "/" (key) "/" } hx-boost="false" { (name) " " span.quiet { (key) } } } }
                    @if waiting.products.len() > MOST_PRODUCTS { li { a href="/products" { (icon("search")) "All your products" } } }
                    @if scope.who.administrator { li { a href="/products/new" { (icon("plus")) "New product" } } }
                }
            }
            @if scope.product.is_some() {
                ul { (entry(key, &place("", "Home", "house", "h"), page, 0)) }
                h2.wing-manager { "Manager’s wing" }
                ul { @for p in MANAGER { (entry(key, p, page, 0)) } }
                h2.wing-both { "Common room" }
                ul { @for p in COMMON { (entry(key, p, page, if p.path == "decisions" { waiting.to_sign as i64 } else { 0 })) } }
                h2.wing-owner { "Owner’s wing" }
                ul { @for p in OWNER { (entry(key, p, page, if p.path == "acceptance" { waiting.to_accept } else { 0 })) } }
            }
            @else { ul {
                @for (key, name) in waiting.products.iter().take(MOST_PRODUCTS) { li { a href={ "/" (key) "/" } hx-boost="false" { (icon("house")) span.label { (name) } } } }
                @if waiting.products.len() > MOST_PRODUCTS { li { a href="/products" { (icon("search")) span.label { "All your products" } } } }
            } }
            div.rail-foot {
                @if scope.product.is_some() && !scope.who.hats.is_empty() { (hat_switch(scope, key)) }
                details.me {
                    summary { (avatar(&scope.who.name)) span.label { (scope.who.name) } }
                    ul.menu {
                        li { a href="/account" { (icon("circle-user")) "Your account" } }
                        @if scope.product.is_some() { li { a href={ "/" (key) "/settings" } { (icon("settings")) "Product and members" } } }
                        @if scope.product.is_some() { li { a href={ "/" (key) "/import" } { (icon("file-up")) "Import" } } }
                        @if scope.who.administrator { li { a href="/members" { (icon("users")) "All accounts" } } }
                        li { a href="/help" { (icon("circle-help")) "Help" } }
                        li { form method="post" action="/sign-out" hx-boost="false" { button.plain type="submit" { (icon("log-out")) "Sign out" } } }
                    }
                }
            }
        }
    }
}

fn entry(key: &str, place: &Place, page: &Page, count: i64) -> Markup {
    html! {
        li {
            a href={ "/" (key) "/" (place.path) } data-go=(place.go) aria-current=[(page.place == place.path).then_some("page")] title={ (place.name) " (g " (place.go) ")" } {
                (icon(place.icon)) span.label { (place.name) }
                @if count > 0 { span.count aria-label={ (counted(place.path, count)) " waiting" } { (counted(place.path, count)) } }
            }
        }
    }
}

/// A figure of the rail; what waits for a signature is counted to a limit.
fn counted(path: &str, count: i64) -> String {
    match path {
        "decisions" if count > MOST_COUNTED as i64 => format!("{MOST_COUNTED}+"),
        _ => count.to_string(),
    }
}

/// Proposals in the areas of this page that wait for somebody, so that what one has asked for does not vanish.
fn waits_here(scope: &Scope, waiting: &Waiting) -> Markup {
    let (here, count) = &waiting.here;
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    html! { @if !here.is_empty() { ul.waits-here aria-label="Proposals that wait" {
        @for p in here { li {
            (icon("clock")) a href={ "/" (key) "/decisions#p-" (p.id.simple()) } { (clipped(&p.title, 120)) }
            span.quiet { @if p.mine { "waits for you" } @else { "waits for " @for (i, hat) in p.asked.iter().enumerate() { @if i > 0 { " and " } "the " (hat.title()) } } }
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

fn top(scope: &Scope, page: &Page) -> Markup {
    html! {
        header.top {
            button.plain.rail-toggle type="button" data-rail aria-label="Show or hide the rail" { (icon("panel-left")) }
            div.where { @if let Some(product) = &scope.product { a href={ "/" (product.key) "/" } { (product.name) " / " } } span { (page.title) } }
            @if let Some(product) = &scope.product {
                form.search role="search" action={ "/" (product.key) "/search" } method="get" {
                    (icon("search"))
                    input type="search" name="q" placeholder="Search, or a key such as 42" aria-label="Search this product" data-search autocomplete="off";
                    kbd title="Find something, or do it" { "Ctrl K" }
                }
                div.here #here role="group" aria-label="Nobody else is here" {}
            }
        }
    }
}

/// The bottom bar of a phone.
fn tabs(scope: &Scope, page: &Page, waiting: &Waiting) -> Markup {
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    let shown = [
        place("", "Home", "house", "h"),
        place("roadmap", "Roadmap", "map", "r"),
        place("decisions", "Decisions", "gavel", "d"),
        place("backlog", "Backlog", "list-ordered", "b"),
        place("sprint", "Sprint", "square-kanban", "p"),
        place("acceptance", "Accept", "circle-check-big", "a"),
    ];
    html! {
        nav.tabs aria-label="Main rooms" {
            @for p in &shown {
                a href={ "/" (key) "/" (p.path) } aria-current=[(page.place == p.path).then_some("page")] {
                    (icon(p.icon)) span { (p.name) }
                    @let count = match p.path { "decisions" => waiting.to_sign as i64, "acceptance" => waiting.to_accept, _ => 0 };
                    @if count > 0 { span.count { (counted(p.path, count)) } }
                }
            }
        }
    }
}

/// Sets the sentence that the next page shows.
pub(crate) fn say(text: &str) -> String {
    format!("said={}; Path=/; Max-Age=30; SameSite=Lax", encode(text))
}
