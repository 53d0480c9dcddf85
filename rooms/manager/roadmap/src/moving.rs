//! Moving a feature to another product. Its stories stay where they are: each is moved for itself.

use crate::{events::*, model::*, rows};
use kernel::{Area, Authority, Command, Decided, Event, Look, Moment, Noun, PageSpec, ProductHead, Ref, Result, Scope, command};
use product::{Along, RoomElsewhere, destination, elsewhere, gone, room_in};
use std::collections::HashMap;
use web::{At, Markup, Page, Path, Response, Wing, action, html, keyed, may, product_path, several};

/// What hangs on a feature and goes along.
const ALONG: &[&str] = &["comment"];

command! {
    /// Moves a feature to another product, with its comments. It gets a key there, to which the old one leads; its stories stay.
    pub struct MoveFeatureElsewhere in "feature.move_to_product" at Post "/products/{product}/features/{feature}/moving" [Roadmap, Commitments] {
        /// Number, key or id.
        pub feature: Ref,
        /// Key of the product; one in which whoever moves it decides on the roadmap.
        pub to: String,
    }
}

impl Command for MoveFeatureElsewhere {
    type Before = (Feature, Along, ProductHead, RoomElsewhere);
    const UNDOABLE: bool = false;
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = rows::feature(look, &self.feature)?;
        let to = destination(look, &self.to, Area::Roadmap)?;
        let along = Along::of(look, feature.meta.id, ALONG)?;
        let room = room_in(look, to.id, Feature::TABLE)?;
        Ok((feature, along, to, room))
    }
    fn authority(&self, (feature, ..): &Self::Before) -> Authority {
        Authority::Area(feature.horizon.area(feature.horizon))
    }
    fn title(&self, (feature, _, to, _): &Self::Before) -> String {
        format!("Move the feature “{}” to {}", feature.title, to.name)
    }
    fn decide(self, (feature, along, to, room): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        // What stands in Now there is a commitment of that product, which nobody here makes.
        let there = Feature {
            meta: moment.fresh(Some(to.id)),
            number: room.number,
            rank: room.rank,
            initiative: None,
            horizon: Horizon::Later,
            state: BetState::Open,
            origin: None,
            ..feature.clone()
        };
        let mut events = vec![Event::created(&FEATURE_CAME, &there)];
        events.extend(along.events(moment, feature.meta.id, there.meta.id, to.id));
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
        let comments = Along::of(look, feature.meta.id, ALONG)?.count("comment");
        let files = attachments::attached_to(look, feature.meta.id)?.len();
        let own = fields::of(look, fields::Thing::Feature, feature.meta.id)?.iter().filter(|own| own.held.is_some()).count();
        let products = elsewhere(look, Area::Roadmap)?;
        Ok(Page::of(&MOVE, view(look.scope, &feature, &products, initiative.as_ref(), (stories, comments), (files, own))))
    })
    .await
}

fn view(
    scope: &Scope,
    f: &Feature,
    products: &[ProductHead],
    initiative: Option<&Initiative>,
    (stories, comments): (i64, usize),
    (files, own_fields): (usize, usize),
) -> Markup {
    let own = format!("{}/roadmap?open={}", product_path(scope), f.number);
    let area = f.horizon.area(f.horizon);
    html! {
        p.lead { a href=(own) { (keyed(scope, f.number, &f.title)) } }
        @if !may(scope, area) { p.hint { (web::who_decides(scope, area)) } }
        @else if products.is_empty() { p.hint { "You decide on the roadmap of no other product. Whoever decides there can take it over, or give you the Manager’s hat." } }
        @else { form.stack method="post" action=(action(scope, "feature.move_to_product")) data-act data-go=(own) {
            input type="hidden" name="feature" value=(f.number);
            input type="hidden" name="_back" value=(own);
            label.field { span { "To the product" } select name="to" { @for product in products { option value=(product.key) dir="auto" { (product.name) } } } span.error data-error="to" {} }
            p { "Its text goes along" @if comments > 0 { ", with " (several(comments, "comment")) } ". It stands under Later there, and " strong { (scope.key(f.number)) } " leads to it." }
            @if stories > 0 || initiative.is_some() || files + own_fields > 0 { p { "What does not go along:" } ul.agreed {
                @if let Some(initiative) = initiative { li { "that it is part of “" bdi { (initiative.title) } "”" } }
                @if stories > 0 { li { "its " (several(stories, "story")) ", which stay here without a feature; each can be moved from its own page" } }
                @if files > 0 { li { "its " (several(files, "file")) } }
                @if own_fields > 0 { li { "what it holds in " (several(own_fields, "own field")) } }
                @if f.horizon != Horizon::Later { li { "that it is planned for " (web::capital(f.horizon.word())) } }
            } }
            p.hint { "Its history stays in the record here. Moving cannot be undone; it can be moved back, and gets another key then." }
            p.error data-error="" {}
            div.row { button.primary type="submit" { (web::act_label(scope, area, "Move feature")) } a.button.plain href=(own) { "Leave it here" } }
        } }
    }
}
