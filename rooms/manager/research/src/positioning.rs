//! Charts with two axes, and where competitors and we stand on them.

use crate::{events::*, model::*};
use kernel::{Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give};

command! {
    /// Begins a chart with two axes.
    pub struct CreatePositioning in "positioning.create" at Post "/products/{product}/positionings" [Research] {
        pub name: Line<200>,
        /// What lies at the left.
        pub across_low: Line<80>,
        /// What lies at the right.
        pub across_high: Line<80>,
        /// What lies below.
        pub up_low: Line<80>,
        /// What lies above.
        pub up_high: Line<80>,
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for CreatePositioning {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Begin the chart “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let chart = Positioning {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            across_low: self.across_low.into(),
            across_high: self.across_high.into(),
            up_low: self.up_low.into(),
            up_high: self.up_high.into(),
            note: self.note.into(),
        };
        Ok(Event::created(&POSITIONING_CREATED, &chart).into())
    }
}

command! {
    /// Changes a chart's name and what its axes mean.
    pub struct EditPositioning in "positioning.edit" at Patch "/products/{product}/positionings/{positioning}" [Research] {
        pub positioning: Id<Positioning>,
        pub name: Option<Line<200>>,
        pub across_low: Option<Line<80>>,
        pub across_high: Option<Line<80>>,
        pub up_low: Option<Line<80>>,
        pub up_high: Option<Line<80>>,
        pub note: Option<Text<5_000>>,
    }
}

impl Command for EditPositioning {
    type Before = Positioning;

    fn load(&self, look: &mut Look) -> Result<Positioning> {
        Positioning::get(look, self.positioning)
    }
    fn title(&self, before: &Positioning) -> String {
        format!("Change the chart “{}”", before.name)
    }
    fn decide(self, before: Positioning, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&POSITIONING_EDITED, &before, |p| {
            give(&mut p.name, self.name);
            give(&mut p.across_low, self.across_low);
            give(&mut p.across_high, self.across_high);
            give(&mut p.up_low, self.up_low);
            give(&mut p.up_high, self.up_high);
            give(&mut p.note, self.note);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a chart with all that is placed on it.
    pub struct RemovePositioning in "positioning.remove" at Delete "/products/{product}/positionings/{positioning}" [Research] {
        pub positioning: Id<Positioning>,
    }
}

impl Command for RemovePositioning {
    type Before = (Positioning, Vec<Spot>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let chart = Positioning::get(look, self.positioning)?;
        let spots = Spot::all(look, "and positioning = $2 order by id", &[chart.meta.id.value()])?;
        Ok((chart, spots))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the chart “{}”", before.name)
    }
    fn decide(self, (before, spots): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = spots.iter().map(|spot| Event::removed(&SPOT_REMOVED, spot, moment.now)).collect();
        events.push(Event::removed(&POSITIONING_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}

command! {
    /// Places a competitor, or us, on a chart, or moves what stands there already.
    pub struct PlaceSpot in "spot.place" at Put "/products/{product}/positionings/{positioning}/spots" [Research] {
        pub positioning: Id<Positioning>,
        /// Whose; left out it is ours.
        pub competitor: Option<Id<Competitor>>,
        /// From 0, left, to 100, right.
        pub across: f64,
        /// From 0, below, to 100, above.
        pub up: f64,
        /// Why there.
        #[serde(default)]
        pub why: Text<2_000>,
    }
}

/// Where something is placed: who, and where they stood.
pub struct Placing {
    chart: Positioning,
    competitor: Option<Competitor>,
    stands: Option<Spot>,
}

impl Placing {
    /// "Bolt on Price and depth".
    fn told(&self) -> String {
        format!("{} on “{}”", self.competitor.as_ref().map_or("we", |c| c.name.as_str()), self.chart.name)
    }
}

fn on_axis(field: &str, value: f64) -> Result<f64> {
    match (0.0..=100.0).contains(&value) {
        true => Ok(value),
        false => Err(Refusal::invalid(field, "Give a number from 0 to 100.")),
    }
}

impl Command for PlaceSpot {
    type Before = Placing;

    fn load(&self, look: &mut Look) -> Result<Placing> {
        let chart = Positioning::get(look, self.positioning)?;
        let competitor = self.competitor.map(|id| Competitor::get(look, id)).transpose()?;
        let whose = competitor.as_ref().map_or_else(String::new, |c| c.id().to_string());
        let stands = Spot::all(
            look,
            "and positioning = $2 and coalesce(competitor, '') = $3 order by id limit 1",
            &[chart.meta.id.value(), kernel::Value::Text(whose)],
        )?;
        Ok(Placing { stands: stands.into_iter().next(), chart, competitor })
    }
    fn title(&self, before: &Placing) -> String {
        format!("Place {}", before.told())
    }
    fn decide(self, before: Placing, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (across, up, told) = (on_axis("across", self.across)?, on_axis("up", self.up)?, before.told());
        let event = match &before.stands {
            Some(stands) => edit(&SPOT_PLACED, stands, |s| {
                (s.across, s.up, s.why) = (across, up, self.why.into());
                Ok(())
            })?,
            None => Event::created(
                &SPOT_PLACED,
                &Spot {
                    meta: moment.fresh(Some(scope.product_id()?)),
                    positioning: before.chart.id(),
                    competitor: before.competitor.as_ref().map(Noun::id),
                    across,
                    up,
                    why: self.why.into(),
                },
            ),
        };
        Ok(event.called(told).into())
    }
}

command! {
    /// Takes somebody from a chart.
    pub struct RemoveSpot in "spot.remove" at Delete "/products/{product}/spots/{spot}" [Research] {
        pub spot: Id<Spot>,
    }
}

impl Command for RemoveSpot {
    type Before = Placing;

    fn load(&self, look: &mut Look) -> Result<Placing> {
        let spot = Spot::get(look, self.spot)?;
        let chart = Positioning::get(look, spot.positioning)?;
        let competitor = spot.competitor.map(|id| Competitor::get(look, id)).transpose()?;
        Ok(Placing { chart, competitor, stands: Some(spot) })
    }
    fn title(&self, before: &Placing) -> String {
        format!("Take from the chart: {}", before.told())
    }
    fn decide(self, before: Placing, moment: &Moment, _: &Scope) -> Result<Decided> {
        let told = before.told();
        Ok(before.stands.iter().map(|spot| Event::removed(&SPOT_REMOVED, spot, moment.now).called(told.as_str())).collect::<Vec<_>>().into())
    }
}
