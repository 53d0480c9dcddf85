//! Steps of the map, and where stories stand on it.

use backlog::Story;
use kernel::{Area, Id, Rank, Reading, noun};
use launch::Release;

noun! {
    /// Something that somebody does on their way through the product: a column of the map.
    pub struct MapStep in "map_step" {
        name: String,
        rank: Rank,
    } label(s) s.name.clone();
    about { many: "map-steps", one: "step of the story map", read: Reading::Sees(Area::Backlog), place: "storymap", titled: true }
}

noun! {
    /// Where a story stands on the map: in which step, and in which release, if in any.
    pub struct MapPlace in "map_place" {
        story: Id<Story>,
        step: Id<MapStep>,
        release: Option<Id<Release>>,
    } label(_p) "a place on the story map".to_owned();
    about { many: "map-places", one: "place on the story map", read: Reading::Of("story", "story"), part_of: "story", hushed: &["story"] }
}
