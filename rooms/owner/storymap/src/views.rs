//! Markup of the story map: a table of steps and releases with cards in it, and beside it what stands nowhere yet.

use crate::{
    model::*,
    rows::{MapCard, MapSlice, StoryMap, TRAY},
};
use backlog::Stage;
use kernel::{Area, Id, Noun, Scope};
use launch::Release;
use web::{Markup, command_form, date, disclosure, empty, field, html, may, pill, points, product_path, select, several, small_act};

pub(crate) fn page(scope: &Scope, map: &StoryMap, shipped: bool) -> Markup {
    html! {
        p.lead { "What somebody does with the product, step by step from left to right; what they get with each release from top to bottom. The cards are the stories of the " a href={ (product_path(scope)) "/backlog" } { "backlog" } ", in its order." }
        @if map.steps.is_empty() { (empty("map", "No steps yet", "Begin with the steps that somebody goes through, in their order: find a bike, hold it, ride, pay. Then place stories under them, and draw the line that each release ends with.", html! {})) }
        @else {
            @if may(scope, Area::Backlog) { p.hint { "Drag a card to its step and release, move it with Shift and the arrow keys, or open it and choose its place." } }
            div.story-map-around {
                div.scroll tabindex="0" role="region" aria-label="Story map" { (table(scope, map)) }
                (tray(scope, map))
            }
            p.quiet { @if shipped { a href={ (product_path(scope)) "/storymap" } { "Without what reached users" } } @else { a href={ (product_path(scope)) "/storymap?shipped=yes" } { "With releases that reached users" } } }
        }
    }
}

fn table(scope: &Scope, map: &StoryMap) -> Markup {
    html! { table.story-map data-steps=(map.steps.len()) {
        thead { tr { td {} @for step in &map.steps { th scope="col" { a.step-name href={ "?step=" (step.id()) } dir="auto" data-panel { (step.name) } } } } }
        tbody {
            @for slice in &map.releases { (row(scope, map, Some(slice))) }
            (row(scope, map, None))
        }
    } }
}

/// A step in its panel: its name, its place among the others, and taking it away.
pub(crate) fn step_panel(scope: &Scope, map: &StoryMap, at: usize, step: &MapStep) -> Markup {
    let id = step.id().to_string();
    let before = |n: Option<&MapStep>| n.map(|step| step.id().to_string()).unwrap_or_default();
    let left = at.checked_sub(1).map(|n| before(map.steps.get(n)));
    let right = (at + 1 < map.steps.len()).then(|| before(map.steps.get(at + 2)));
    let cards = map.stories.iter().filter(|card| card.step == Some(step.id())).count();
    html! {
        p.crumb { "Step " (at + 1) " of the story map · " (several(cards, "story")) }
        h2 dir="auto" { (step.name) }
        (command_form(scope, Area::Backlog, "map_step.rename", "Rename", html! { input type="hidden" name="map_step" value=(id); (field("name", "What somebody does there", &step.name)) }))
        div.row {
            @if let Some(before) = &left { (web::act(scope, Area::Backlog, "map_step.move", &[("map_step", &id), ("before", before)], "To the left", "plain")) }
            @if let Some(before) = &right { (web::act(scope, Area::Backlog, "map_step.move", &[("map_step", &id), ("before", before)], "To the right", "plain")) }
            (small_act(scope, Area::Backlog, "map_step.remove", &[("map_step", &id), ("_back", &format!("{}/storymap", product_path(scope)))], "trash-2", "Remove the step; its stories stay in the backlog"))
        }
    }
}

/// The cards of a row, with what they come to.
fn row(scope: &Scope, map: &StoryMap, slice: Option<&MapSlice>) -> Markup {
    let known = |release: Id<Release>| map.releases.iter().any(|slice| slice.id == release);
    // What is meant for a release that is not shown here (shipped, removed, not for the reader's eyes) is not "later".
    let within = |card: &MapCard| match (slice, card.release) {
        (Some(slice), release) => release == Some(slice.id),
        (None, Some(release)) => !known(release) && card.stage != Stage::Accepted,
        (None, None) => true,
    };
    let cards: Vec<&MapCard> = map.stories.iter().filter(|card| within(card)).collect();
    let release = slice.map(|slice| slice.id.to_string()).unwrap_or_default();
    let name = slice.map_or("Later", |slice| slice.name.as_str());
    html! { tr.slice.later[slice.is_none()] {
        th scope="row" {
            @match slice { Some(slice) => { a href={ (product_path(scope)) "/launch?show=" (slice.id) } dir="auto" { (slice.name) } @if slice.released { " " (pill("good", "released")) } @else if let Some(day) = &slice.target_on { span.quiet { (date(scope, day)) } } } None => { "Later" span.quiet { "in no release yet" } } }
            @if !cards.is_empty() { span.quiet { (sum(scope, &cards)) } }
        }
        @for step in &map.steps {
            td.lane data-drop=[may(scope, Area::Backlog).then_some("place")] data-fixed data-step=(step.id()) data-release=(release) aria-label={ (step.name) ", " (name) } {
                @for card in cards.iter().filter(|card| card.step == Some(step.id())) { (one(scope, card)) }
            }
        }
    } }
}

/// "7 stories, 21 points, 3 accepted".
fn sum(scope: &Scope, cards: &[&MapCard]) -> String {
    let accepted = cards.iter().filter(|card| card.stage == Stage::Accepted).count();
    let mut told = several(cards.len(), "story");
    let size: f64 = cards.iter().filter_map(|card| card.points).sum();
    if scope.sees(Area::Estimates) && size > 0.0 {
        told += &format!(", {}", several(points(Some(size)), "point"));
    }
    if accepted > 0 {
        told += &format!(", {accepted} accepted");
    }
    told
}

fn one(scope: &Scope, card: &MapCard) -> Markup {
    let done = card.stage == Stage::Accepted;
    html! { article.card.done[done] data-id=(card.number) data-open {
        span.key { (scope.key(card.number)) }
        a.title href={ "?open=" (card.number) } dir="auto" data-panel { (card.title) }
        @if card.stage != Stage::Open { (pill(if done { "good" } else { "neutral" }, card.stage.says())) }
        @if scope.sees(Area::Estimates) && card.points.is_some() { span.points title="Size" { (points(card.points)) } }
    } }
}

fn tray(scope: &Scope, map: &StoryMap) -> Markup {
    html! { section.tray aria-label="Not on the map yet" { h2 { "Not on the map yet" }
        div.lane role="group" data-drop=[may(scope, Area::Backlog).then_some("place")] data-fixed data-step="" data-release="" aria-label="Not on the map yet" {
            @for card in map.tray.iter().take(TRAY) { (one(scope, card)) }
        }
        @if map.tray.is_empty() { p.hint { "Every open story has its place." } }
        @if map.tray.len() > TRAY { p.hint { "The first " (TRAY) " of the backlog; more come as these find their place." } }
    } }
}

pub(crate) fn add_step(scope: &Scope, map: &StoryMap) -> Markup {
    let mut ahead = vec![(String::new(), "At the end".to_owned())];
    ahead.extend(map.steps.iter().map(|step| (step.id().to_string(), format!("Ahead of {}", step.name))));
    let form = html! { (field("name", "What somebody does there", "")) @if !map.steps.is_empty() { (select("before", "Where", &ahead, "")) } };
    disclosure("new-step", "Add a step", "primary", command_form(scope, Area::Backlog, "map_step.add", "Add step", form))
}

/// Where a story stands, in its panel: the twin of dragging.
pub(crate) fn place_form(scope: &Scope, map: &StoryMap, story: i64, place: Option<&MapPlace>) -> Markup {
    let steps: Vec<(String, String)> = map.steps.iter().map(|step| (step.id().to_string(), step.name.clone())).collect();
    let mut releases = vec![(String::new(), "Later".to_owned())];
    releases.extend(map.releases.iter().map(|slice| (slice.id.to_string(), slice.name.clone())));
    let (step, release) =
        (place.map(|p| p.step.to_string()).unwrap_or_default(), place.and_then(|p| p.release).map(|r| r.to_string()).unwrap_or_default());
    let label = if place.is_some() { "Move on the map" } else { "Place on the map" };
    html! { @if !map.steps.is_empty() { div.row.map-place {
        (disclosure("map-place", label, "", command_form(scope, Area::Backlog, "story.place_on_map", "Place it", html! {
            input type="hidden" name="stories" value=(story); div.pair { (select("step", "Step", &steps, &step)) (select("release", "Release", &releases, &release)) } })))
        @if place.is_some() { (web::act(scope, Area::Backlog, "story.take_off_map", &[("stories", &story.to_string())], "Take off the map", "plain")) }
    } } }
}
