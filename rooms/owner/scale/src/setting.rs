//! Agreeing on a scale, and asking whether a size stands on it.

use crate::{
    cards::{Card, read, usual},
    model::*,
};
use kernel::{Area, Command, Decided, Event, Look, Moment, Noun, Refusal, Result, Scope, Text, command, kinds, value::Packed};
use web::{Markup, area_field, command_form, disclosure, html, options, select};

kinds! {
    SCALE_AGREED = "estimate_scale.agreed", "agreed on the scale";
    SCALE_CHANGED = "estimate_scale.changed", "changed the scale to";
}

command! {
    /// Sets the scale on which stories are estimated; from then on a size that is not on it is refused. What was estimated
    /// before stays as it is.
    pub struct SetScale in "estimate_scale.set" at Put "/products/{product}/estimate-scale" [Estimates] {
        pub kind: ScaleKind,
        /// The sizes, one on each line: 5, or M = 5. Of Fibonacci numbers and T-shirts the usual ones when empty.
        #[serde(default)]
        pub sizes: Text<500>,
    }
}

/// The scale that the product at hand has agreed on, if it has.
pub fn agreed(look: &mut Look) -> Result<Option<EstimateScale>> {
    Ok(EstimateScale::all(look, "order by created_at desc, id desc limit 1", &[])?.pop())
}

/// The cards that are laid: those of the scale, or Fibonacci numbers where there is none.
pub fn cards_of(agreed: Option<&EstimateScale>) -> Vec<Card> {
    agreed.map_or_else(|| usual(ScaleKind::Fibonacci), |scale| scale.cards.0.clone())
}

/// Refuses a size that is not on the scale. Whoever has agreed on none takes any.
pub fn on_scale(agreed: Option<&EstimateScale>, points: Option<f64>) -> Result<()> {
    match (agreed, points) {
        (Some(scale), Some(points)) if !scale.cards.iter().any(|card| card.points == points) => {
            Err(Refusal::invalid("points", format!("{} is not on the scale of this product: {}.", web::points(Some(points)), listed(&scale.cards))))
        }
        _ => Ok(()),
    }
}

/// "1, 2, 3 and 5", or "S (2), M (5)" where something else stands on the cards.
pub(crate) fn listed(cards: &[Card]) -> String {
    let told = |card: &Card| {
        let points = web::points(Some(card.points));
        if card.label == points { points } else { format!("{} ({points})", card.label) }
    };
    cards.iter().map(told).collect::<Vec<_>>().join(", ")
}

impl Command for SetScale {
    type Before = Option<EstimateScale>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        agreed(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Estimate with {}", self.kind.says())
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let cards = match self.sizes.is_empty() {
            true if self.kind == ScaleKind::Own => return Err(Refusal::invalid("sizes", "Write your sizes, one on each line: 5, or M = 5.")),
            true => usual(self.kind),
            false => read(&self.sizes)?,
        };
        let cards = Packed(cards);
        Ok(match before {
            None => Event::created(&SCALE_AGREED, &EstimateScale { meta: moment.fresh(Some(scope.product_id()?)), kind: self.kind, cards }),
            Some(before) => Event::changed(&SCALE_CHANGED, &before, &EstimateScale { kind: self.kind, cards, ..before.clone() }),
        }
        .into())
    }
}

/// Which scale holds, and the form that sets it.
pub fn form(scope: &Scope, agreed: Option<&EstimateScale>) -> Markup {
    let kind = agreed.map_or(ScaleKind::Fibonacci, |scale| scale.kind);
    let own = agreed.filter(|scale| scale.cards.0 != usual(scale.kind)).map_or_else(String::new, |scale| {
        scale.cards.iter().map(|card| format!("{} = {}", card.label, web::points(Some(card.points)))).collect::<Vec<_>>().join("\n")
    });
    let fields = html! {
        (select("kind", "Made of", &options(ScaleKind::ALL), kind.word()))
        (area_field("sizes", "Sizes, one on each line: 5, or M = 5. Empty takes the usual ones", &own, 4))
        p.hint { "From then on a size that is not on the scale is refused. What was estimated before stays as it is." }
    };
    html! { section.scale { h2 { "Scale" }
        p { @match agreed {
            Some(scale) => { (web::capital(scale.kind.says())) ": " bdi { (listed(&scale.cards)) } "." }
            None => { "No scale is agreed on yet, so any size may be given. In planning poker Fibonacci numbers are laid: " (listed(&usual(ScaleKind::Fibonacci))) "." }
        } }
        (disclosure("scale", if agreed.is_some() { "Change the scale" } else { "Agree on a scale" }, "", command_form(scope, Area::Estimates, "estimate_scale.set", "Estimate with it", fields)))
    } }
}
