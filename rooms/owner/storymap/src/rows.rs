//! Reading the map.

use crate::model::*;
use backlog::Stage;
use kernel::{Area, Column, Id, JsonSchema, Look, Noun, Query, Result, Serialize, Uuid, query};
use launch::Release;

/// The steps, from left to right.
pub(crate) fn steps(look: &mut Look) -> Result<Vec<MapStep>> {
    MapStep::all(look, "order by rank, id", &[])
}

/// A row of the map: a release.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct MapSlice {
    pub id: Id<Release>,
    pub name: String,
    pub target_on: Option<String>,
    pub released: bool,
}

/// The releases that are still planned, and with `shipped` the last that reached users, as far as the asker sees them.
fn slices(look: &mut Look, shipped: bool) -> Result<Vec<MapSlice>> {
    if !look.scope.sees(Area::Commitments) {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?.value();
    // The last that reached users, from the one before the others; behind them what is still planned.
    let mut found = match shipped {
        true => look.query(
            "select id, name, target_on, state from release where product = $1 and removed_at is null and state = 'released'
             order by coalesce(released_on, target_on, '') desc, id desc limit 20",
            std::slice::from_ref(&product),
        )?,
        false => vec![],
    };
    found.reverse();
    found.extend(look.query(
        "select id, name, target_on, state from release where product = $1 and removed_at is null and state = 'planned'
         order by coalesce(target_on, '9999'), id limit 40",
        &[product],
    )?);
    let slice = |mut row: kernel::Row| {
        let (id, name, target_on): (_, _, _) = (row.take()?, row.take()?, row.take()?);
        Ok(MapSlice { id, name, target_on, released: row.take::<String>()? == "released" })
    };
    found.into_iter().map(slice).collect()
}

/// A story as it stands on the map, or in the tray beside it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct MapCard {
    pub number: i64,
    pub title: String,
    pub stage: Stage,
    pub points: Option<f64>,
    /// None in the tray.
    pub step: Option<Id<MapStep>>,
    /// The release it is meant for, if any.
    pub release: Option<Id<Release>>,
}

/// So many stories stand on a map at most, and so many in the tray at once.
const MOST: usize = 2_000;
pub(crate) const TRAY: usize = 40;

fn card(mut row: kernel::Row) -> Result<MapCard> {
    Ok(MapCard { number: row.take()?, title: row.take()?, stage: row.take()?, points: row.take()?, step: row.take()?, release: row.take()? })
}

/// What stands on the map, in the order of the backlog; what was dropped stands on it no more.
fn placed(look: &mut Look) -> Result<Vec<MapCard>> {
    let sql = format!(
        "select story.number, story.title, story.stage, story.points, map_place.step, map_place.release from map_place
         join story on story.id = map_place.story where map_place.product = $1 and map_place.removed_at is null and story.removed_at is null
         and story.stage <> 'dropped' order by story.rank, story.id limit {MOST}"
    );
    look.query(&sql, &[look.scope.product_id()?.value()])?.into_iter().map(card).collect()
}

/// Open stories without a place, the first of the backlog; one more than are shown where there are more.
fn tray(look: &mut Look) -> Result<Vec<MapCard>> {
    let sql = format!(
        "select story.number, story.title, story.stage, story.points, cast(null as text), cast(null as text) from story
         where story.product = $1 and story.stage = 'open' and story.removed_at is null
         and not exists (select 1 from map_place where map_place.story = story.id and map_place.removed_at is null)
         order by story.rank, story.id limit {}",
        TRAY + 1
    );
    look.query(&sql, &[look.scope.product_id()?.value()])?.into_iter().map(card).collect()
}

/// The whole of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct StoryMap {
    pub steps: Vec<MapStep>,
    pub releases: Vec<MapSlice>,
    pub stories: Vec<MapCard>,
    /// The first open stories that stand nowhere on it yet.
    pub tray: Vec<MapCard>,
}

/// Reads the map; with `shipped` the releases that reached users too.
pub fn map(look: &mut Look, shipped: bool) -> Result<StoryMap> {
    Ok(StoryMap { steps: steps(look)?, releases: slices(look, shipped)?, stories: placed(look)?, tray: tray(look)? })
}

/// Where a story stands.
pub(crate) fn place_of(look: &mut Look, story: Uuid) -> Result<Option<MapPlace>> {
    Ok(MapPlace::all(look, "and story = $2", &[story.value()])?.pop())
}

query! {
    /// The story map: steps, releases, and where stories stand between them.
    pub struct ReadMap in "story_map.read" at "/products/{product}/story-map" -> StoryMap {
        /// With the releases that reached users.
        #[serde(default)]
        pub shipped: bool,
    }
}

impl Query for ReadMap {
    fn ask(self, look: &mut Look) -> Result<StoryMap> {
        map(look, self.shipped)
    }
}
