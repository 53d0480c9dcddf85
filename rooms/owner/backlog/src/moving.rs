//! Moving a story to another product. What is lost on the way is said before.

use crate::{events::*, model::*, rows, stories::Place};
use fields::{Carried, Destination, Thing};
use kernel::{Area, Command, Decided, Event, Look, Moment, Noun, PageSpec, ProductHead, Ref, Refusal, Result, Scope, command};
use product::{Along, destination, elsewhere, gone, room_in};
use std::collections::HashMap;
use web::{At, Markup, Page, Path, Response, Wing, action, html, keyed, may, product_path, several};

/// What hangs on a story and goes along.
const ALONG: &[&str] = &["attachment", "criterion", "subtask", "comment"];

command! {
    /// Moves a story to another product, with its criteria, files and comments, and what it holds in own fields that are
    /// there too. It gets a key there, to which the old one leads.
    pub struct MoveStoryElsewhere in "story.move_to_product" at Post "/products/{product}/stories/{story}/moving" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// Key of the product; one in which whoever moves it decides on the backlog.
        pub to: String,
    }
}

/// What moving a story needs to know.
pub struct Going {
    story: Story,
    along: Along,
    own: Carried,
    to: ProductHead,
    place: Place,
}

impl Command for MoveStoryElsewhere {
    type Before = Going;
    const UNDOABLE: bool = false;
    // Both products are written to.
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Going> {
        let story = rows::story(look, &self.story)?;
        let to = destination(look, &self.to, Area::Backlog)?;
        let along = Along::of(look, story.meta.id, ALONG)?;
        let own = fields::carried(look, Thing::Story, story.meta.id, to.id)?;
        let room = room_in(look, to.id, Story::TABLE)?;
        Ok(Going { story, along, own, to, place: Place { number: room.number, rank: room.rank, feature: None } })
    }
    fn title(&self, before: &Going) -> String {
        format!("Move “{}” to {}", before.story.title, before.to.name)
    }
    fn decide(self, Going { story, along, own, to, place }: Going, moment: &Moment, _: &Scope) -> Result<Decided> {
        if story.stage == Stage::Accepted {
            return Err(Refusal::invalid("story", format!("“{}” is accepted: it carries a verdict and stays.", story.title)));
        }
        let mut there = Story {
            kind: story.kind,
            title: story.title.clone(),
            persona: story.persona.clone(),
            wants: story.wants.clone(),
            so_that: story.so_that.clone(),
            labels: story.labels.clone(),
            ..crate::stories::blank(moment, to.id, place)
        };
        let went = along.went(moment, story.meta.id, there.meta.id, to.id);
        there.body = went.text(&story.body);
        let mut events = vec![Event::created(&STORY_CAME, &there)];
        events.extend(went.events);
        events.extend(own.events(moment, to.id, there.meta.id, &there.title));
        events.push(gone(&STORY_MOVED_AWAY, &story, there.meta.id, moment.now));
        Ok(events.into())
    }
}

pub(crate) const MOVE: PageSpec = PageSpec {
    path: "story/{story}/move",
    name: "Move to another product",
    wing: Wing::Owner,
    under: "backlog",
    areas: &[Area::Backlog],
    ..PageSpec::PLAIN
};

pub(crate) async fn page(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    at.page(move |look| {
        let story = rows::story(look, &Ref(path.get("story").cloned().unwrap_or_default()))?;
        let along = Along::of(look, story.meta.id, ALONG)?;
        let lost = lost(look, &story)?;
        let products = elsewhere(look, Area::Backlog)?;
        let products = fields::carried_into(look, Thing::Story, story.meta.id, products)?;
        Ok(Page::of(&MOVE, view(look.scope, &story, &products, &along, &lost)))
    })
    .await
}

/// What a story has here that means nothing in another product.
fn lost(look: &mut Look, story: &Story) -> Result<Vec<String>> {
    let around = crate::around::around(look, story)?;
    let kin = crate::links_view::kin_of(look, story.id())?.len();
    let quoted = |what: &str, name: &str| format!("{what} “{name}”");
    let said = [
        around.sprint.as_ref().map(|(_, name, _)| quoted("its sprint", name)),
        around.feature.as_ref().map(|(_, title)| quoted("its feature", title)),
        around.column.as_ref().map(|name| quoted("its place on the board,", name)),
        around.assignee.as_ref().map(|name| format!("that {name} works on it")),
        story.points.map(|points| format!("its size, {}", several(web::points(Some(points)), "point"))),
        story.ready_at.map(|_| "that it is ready".to_owned()),
        (kin > 0).then(|| format!("its {} with other stories", several(kin, "link"))),
        (!around.verdicts.is_empty()).then(|| several(around.verdicts.len(), "verdict")),
    ];
    Ok(said.into_iter().flatten().collect())
}

fn view(scope: &Scope, story: &Story, products: &[Destination], along: &Along, lost: &[String]) -> Markup {
    let own = format!("{}/story/{}", product_path(scope), story.number);
    html! {
        p.lead { a href=(own) { (keyed(scope, story.number, &story.title)) } }
        @if story.stage == Stage::Accepted { p.hint { "It is accepted: it carries a verdict and stays." } }
        @else if !may(scope, Area::Backlog) { p.hint { (web::who_decides(scope, Area::Backlog)) } }
        @else if products.is_empty() { p.hint { "You decide on the backlog of no other product. Whoever decides there can take it over, or give you the Owner’s hat." } }
        @else { form.stack method="post" action=(action(scope, "story.move_to_product")) data-act data-go=(own) {
            input type="hidden" name="story" value=(story.number);
            input type="hidden" name="_back" value=(own);
            label.field { span { "To the product" } select name="to" { @for to in products { option value=(to.product.key) dir="auto" { (to.product.name) } } } span.error data-error="to" {} }
            p { "Its text, type and labels go along" @for what in along.told() { ", " (what) } (fields::goes_along(products)) ". It gets a key there at the end of the backlog, and " strong { (scope.key(story.number)) } " leads to it." }
            @if !lost.is_empty() || products.iter().any(|to| !to.lost().is_empty()) { p { "What does not go along:" } ul.agreed { @for what in lost { li dir="auto" { (what) } } (fields::left_behind(products)) } }
            p.hint { "Its history stays in the record here. Moving cannot be undone; it can be moved back, and gets another key then." }
            p.error data-error="" {}
            div.row { button.primary type="submit" { (web::act_label(scope, Area::Backlog, "Move story")) } a.button.plain href=(own) { "Leave it here" } }
        } }
    }
}
