//! Placing stories on the map, and taking them off it.

use crate::{events::*, model::*};
use backlog::{Story, told};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Ref, Result, Scope, command, list};
use launch::Release;
use std::collections::HashMap;

command! {
    /// Places stories on the story map: in a step, and in a release or in none yet.
    pub struct PlaceOnMap in "story.place_on_map" at Put "/products/{product}/story-map/places" [Backlog] {
        /// Numbers, keys or ids.
        pub stories: Vec<Ref>,
        pub step: Id<MapStep>,
        /// The release it is meant for; none for later.
        pub release: Option<Id<Release>>,
    }
}

/// Where some stories stand now.
fn places(look: &mut Look, stories: &[Story]) -> Result<HashMap<Id<Story>, MapPlace>> {
    let found = MapPlace::all(look, "and story in each($2)", &[list(stories.iter().map(|story| story.id()))])?;
    Ok(found.into_iter().map(|place| (place.story, place)).collect())
}

impl Command for PlaceOnMap {
    type Before = (Vec<Story>, HashMap<Id<Story>, MapPlace>, MapStep, Option<Release>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let stories = backlog::several(look, &self.stories)?;
        let places = places(look, &stories)?;
        let step = MapStep::get(look, self.step)?;
        let release = self.release.map(|id| Release::get(look, id)).transpose()?;
        Ok((stories, places, step, release))
    }
    fn title(&self, (stories, _, step, release): &Self::Before) -> String {
        let within = release.as_ref().map_or(String::new(), |release| format!(", for {}", release.name));
        format!("Place {} in “{}”{within} on the story map", told(stories), step.name)
    }
    fn decide(self, (stories, places, step, _): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let place = |story: &Story| match places.get(&story.id()) {
            Some(before) => Event::changed(&PLACED, before, &MapPlace { step: step.id(), release: self.release, ..before.clone() }),
            None => {
                let meta = moment.fresh(story.meta.product);
                Event::created(&PLACED, &MapPlace { meta, story: story.id(), step: step.id(), release: self.release })
            }
        };
        let events = stories.iter().map(|story| place(story).called(story.title.as_str()));
        Ok(events.collect::<Vec<_>>().into())
    }
}

command! {
    /// Takes stories off the story map. They stay in the backlog.
    pub struct TakeOffMap in "story.take_off_map" at Post "/products/{product}/story-map/removals" [Backlog] {
        /// Numbers, keys or ids.
        pub stories: Vec<Ref>,
    }
}

impl Command for TakeOffMap {
    type Before = (Vec<Story>, HashMap<Id<Story>, MapPlace>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let stories = backlog::several(look, &self.stories)?;
        let places = places(look, &stories)?;
        Ok((stories, places))
    }
    fn title(&self, (stories, _): &Self::Before) -> String {
        format!("Take {} off the story map", told(stories))
    }
    fn decide(self, (stories, places): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let events =
            stories.iter().filter_map(|story| Some(Event::removed(&TAKEN_OFF, places.get(&story.id())?, moment.now).called(story.title.as_str())));
        Ok(events.collect::<Vec<_>>().into())
    }
}
