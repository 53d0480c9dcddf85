//! Moving a feature to another product. Its stories stay where they are: each is moved for itself.

use crate::{briefs, events::*, model::*, rows};
use fields::{Carried, Destination, Thing};
use kernel::{Area, Authority, Command, Decided, Event, Look, Moment, Noun, PageSpec, ProductHead, Ref, Result, Scope, command};
use product::{Along, RoomElsewhere, destination, elsewhere, gone, room_in};
use std::collections::HashMap;
use web::{At, Markup, Page, Path, Response, Wing, action, html, keyed, may, product_path, several};

/// What hangs on a feature and goes along.
const ALONG: &[&str] = &["attachment", "comment"];

command! {
    /// Moves a feature to another product, with its files and comments, and what it holds in own fields that are there too.
    /// It gets a key there, to which the old one leads; its stories stay.
    pub struct MoveFeatureElsewhere in "feature.move_to_product" at Post "/products/{product}/features/{feature}/moving" [Roadmap, Commitments] {
        /// Number, key or id.
        pub feature: Ref,
        /// Key of the product; one in which whoever moves it decides on the roadmap.
        pub to: String,
    }
}

impl Command for MoveFeatureElsewhere {
    type Before = (Feature, Along, Carried, ProductHead, RoomElsewhere);
    const UNDOABLE: bool = false;
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = rows::feature(look, &self.feature)?;
        let to = destination(look, &self.to, Area::Roadmap)?;
        let along = Along::of(look, feature.meta.id, ALONG)?;
        let own = fields::carried(look, Thing::Feature, feature.meta.id, to.id)?;
        let room = room_in(look, to.id, Feature::TABLE)?;
        Ok((feature, along, own, to, room))
    }
    fn authority(&self, (feature, ..): &Self::Before) -> Authority {
        Authority::Area(feature.taken_off())
    }
    fn title(&self, (feature, _, _, to, _): &Self::Before) -> String {
        format!("Move the feature “{}” to {}", feature.title, to.name)
    }
    fn decide(self, (feature, along, own, to, room): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        // What stands in Now there is a commitment of that product, which nobody here makes.
        let mut there = Feature {
            meta: moment.fresh(Some(to.id)),
            number: room.number,
            rank: room.rank,
            initiative: None,
            horizon: Horizon::Later,
            state: BetState::Open,
            origin: None,
            // Who looks after it, and when it comes, is said anew there.
            owner: None,
            starts_on: None,
            ends_on: None,
            ..feature.clone()
        };
        let went = along.went(moment, feature.meta.id, there.meta.id, to.id);
        there.body = went.text(&feature.body);
        let mut events = vec![Event::created(&FEATURE_CAME, &there)];
        events.extend(went.events);
        events.extend(own.events(moment, to.id, there.meta.id, &there.title));
        events.push(gone(&FEATURE_MOVED_AWAY, &feature, there.meta.id, moment.now));
        Ok(events.into())
    }
}

pub(crate) const MOVE: PageSpec = PageSpec {
    path: "feature/{feature}/move",
    name: "Move to another product",
    wing: Wing::Manager,
    under: "roadmap",
    areas: &[Area::Roadmap],
    ..PageSpec::PLAIN
};

pub(crate) async fn page(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    at.page(move |look| {
        let feature = rows::feature(look, &Ref(path.get("feature").cloned().unwrap_or_default()))?;
        let (_, stories) = rows::stories_of(look, feature.id())?;
        let initiative = feature.initiative.map(|id| rows::initiative(look, &Ref::from(id))).transpose()?;
        let along = Along::of(look, feature.meta.id, ALONG)?;
        let parts = briefs::parts_of(look, feature.id())?;
        let products = elsewhere(look, Area::Roadmap)?;
        let products = fields::carried_into(look, Thing::Feature, feature.meta.id, products)?;
        Ok(Page::of(&MOVE, view(look.scope, &feature, &products, initiative.as_ref(), (stories, parts), &along)))
    })
    .await
}

fn view(
    scope: &Scope,
    f: &Feature,
    products: &[Destination],
    initiative: Option<&Initiative>,
    (stories, parts): (i64, i64),
    along: &Along,
) -> Markup {
    let own = format!("{}/roadmap?open={}", product_path(scope), f.number);
    let area = f.taken_off();
    html! {
        p.lead { a href=(own) { (keyed(scope, f.number, &f.title)) } }
        @if !may(scope, area) { p.hint { (web::who_decides(scope, area)) } }
        @else if products.is_empty() { p.hint { "You decide on the roadmap of no other product. Whoever decides there can take it over, or give you the Manager’s hat." } }
        @else { form.stack method="post" action=(action(scope, "feature.move_to_product")) data-act data-go=(own) {
            input type="hidden" name="feature" value=(f.number);
            input type="hidden" name="_back" value=(own);
            label.field { span { "To the product" } select name="to" { @for to in products { option value=(to.product.key) dir="auto" { (to.product.name) } } } span.error data-error="to" {} }
            p { "Its text goes along" @for what in along.told() { ", " (what) } (fields::goes_along(products)) ". It stands under Later there, and " strong { (scope.key(f.number)) } " leads to it." }
            @if stories > 0 || parts > 0 || f.starts_on.is_some() || f.ends_on.is_some() || initiative.is_some() || products.iter().any(|to| !to.lost().is_empty()) { p { "What does not go along:" } ul.agreed {
                @if let Some(initiative) = initiative { li { "that it is part of “" bdi { (initiative.title) } "”" } }
                @if stories > 0 { li { "its " (several(stories, "story")) ", which stay here without a feature; each can be moved from its own page" } }
                @if parts > 0 { li { "its brief, which stays in the record here" } }
                @if f.starts_on.is_some() || f.ends_on.is_some() { li { "its window, which nobody has promised there" } }
                (fields::left_behind(products))
                @if f.horizon != Horizon::Later { li { "that it is planned for " (web::capital(f.horizon.word())) } }
            } }
            p.hint { "Its history stays in the record here. Moving cannot be undone; it can be moved back, and gets another key then." }
            p.error data-error="" {}
            div.row { button.primary type="submit" { (web::act_label(scope, area, "Move feature")) } a.button.plain href=(own) { "Leave it here" } }
        } }
    }
}
