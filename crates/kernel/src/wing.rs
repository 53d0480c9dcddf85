//! The pages of the rooms, as data: navigation, news, photographs and whatever walks pages in tests read them here, so a
//! page that is listed is in all of them.

use crate::{Area, Room, strand};
use serde::Serialize;
use std::sync::OnceLock;

/// Whose ground a page is on; shown as the hair line under the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wing {
    Manager,
    Owner,
    Both,
    Ground,
}

/// Where a page stands in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Above the wings.
    Top,
    /// In the rail, under the head of a wing.
    Rail(Wing),
    /// In the menu of whoever is signed in.
    Menu,
    /// It is reached from another page.
    Elsewhere,
}

/// One page.
pub struct PageSpec {
    /// Below the product, without a slash in front; from the root where it begins with one. `{story}` and the like stand
    /// for the number of a thing.
    pub path: &'static str,
    pub name: &'static str,
    pub wing: Wing,
    pub stand: Spot,
    pub icon: &'static str,
    /// The letter after `g`.
    pub go: &'static str,
    /// What it is called in the bar of a phone; empty where it is not there.
    pub tab: &'static str,
    /// The page of the rail that it belongs to, where it does not stand there itself.
    pub under: &'static str,
    /// Nouns whose change makes it stale; `*` for any.
    pub live: &'static [&'static str],
    /// It shows the thread, so every noun that hangs there makes it stale too.
    pub threaded: bool,
    /// It sums up so much that it need not follow every change at once.
    pub calm: bool,
    /// What it is about: proposals in these areas that wait are shown on it.
    pub areas: &'static [Area],
    /// It is a list that can be narrowed by a filter.
    pub filtered: bool,
    /// It uses all of the width, as boards do.
    pub wide: bool,
    /// Only for whoever has a say in this area: others find nothing there.
    pub says: Option<Area>,
    /// Only for administrators.
    pub administrators: bool,
    /// Other sights of the same page: a name, and what follows its path.
    pub sights: &'static [(&'static str, &'static str)],
}

impl PageSpec {
    /// A page with nothing special to it.
    pub const PLAIN: PageSpec = PageSpec {
        path: "",
        name: "",
        wing: Wing::Ground,
        stand: Spot::Elsewhere,
        icon: "",
        go: "",
        tab: "",
        under: "",
        live: &[],
        threaded: false,
        calm: false,
        areas: &[],
        filtered: false,
        wide: false,
        says: None,
        administrators: false,
        sights: &[],
    };

    /// Whether it is a product's, and not the workspace's.
    pub fn in_product(&self) -> bool {
        !self.path.starts_with('/')
    }

    /// Every noun whose change makes it stale.
    pub fn follows(&self) -> Vec<&'static str> {
        let thread = strand::thread().filter(|_| self.threaded).map(|(noun, _)| noun.table);
        self.live.iter().copied().chain(thread).collect()
    }

    /// The path that the rail marks as current.
    pub fn place(&self) -> &'static str {
        if self.under.is_empty() { self.path } else { self.under }
    }

    /// Its address within a product.
    pub fn address(&self, product: &str) -> String {
        if self.in_product() { format!("/{product}/{}", self.path) } else { self.path.to_owned() }
    }

    /// The same, and those of its other sights, whose `{story}` and the like are still to be filled in.
    pub fn addresses(&self, product: &str) -> impl Iterator<Item = String> {
        let plain = self.address(product);
        [""].into_iter().chain(self.sights.iter().map(|(_, rest)| *rest)).map(move |rest| format!("{plain}{rest}"))
    }
}

/// The rooms' pages; every house has the same rooms, so only the first call counts.
static ROOMS: OnceLock<&'static [&'static Room]> = OnceLock::new();

/// Makes the pages of the rooms known.
pub fn learn(rooms: &'static [&'static Room]) {
    ROOMS.get_or_init(|| rooms);
}

/// Every page, in the order of the rooms.
pub fn pages() -> impl Iterator<Item = &'static PageSpec> {
    ROOMS.get().into_iter().flat_map(|rooms| rooms.iter()).flat_map(|room| room.pages)
}
