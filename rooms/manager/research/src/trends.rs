//! Trends: seen, changed, removed.

use crate::{events::*, model::*};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Result, Scope, Text, command, event::edit, give};

command! {
    /// Writes down a trend: something that changes around the product.
    pub struct CreateTrend in "trend.create" at Post "/products/{product}/trends" [Research] {
        /// What is changing, in a sentence.
        pub title: Line<300>,
        #[serde(default)]
        pub note: Text<20_000>,
        #[serde(default = "market")]
        pub theme: Theme,
        #[serde(default = "rising")]
        pub direction: Direction,
        /// When it will matter.
        #[serde(default = "soon")]
        pub horizon: Nearness,
        #[serde(default = "middling")]
        pub impact: Impact,
        /// How sure one is of it, in percent.
        pub confidence: Option<f64>,
        /// What it would change for the product.
        #[serde(default)]
        pub would_change: Text<5_000>,
    }
}

fn market() -> Theme {
    Theme::Market
}

fn rising() -> Direction {
    Direction::Rising
}

fn soon() -> Nearness {
    Nearness::Soon
}

fn middling() -> Impact {
    Impact::Middling
}

impl Command for CreateTrend {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Write down the trend “{}”", self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let trend = Trend {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            note: self.note.into(),
            theme: self.theme,
            direction: self.direction,
            horizon: self.horizon,
            impact: self.impact,
            confidence: share("confidence", self.confidence)?,
            would_change: self.would_change.into(),
        };
        Ok(Event::created(&TREND_CREATED, &trend).into())
    }
}

command! {
    /// Changes a trend.
    pub struct EditTrend in "trend.edit" at Patch "/products/{product}/trends/{trend}" [Research] {
        pub trend: Id<Trend>,
        pub title: Option<Line<300>>,
        pub note: Option<Text<20_000>>,
        pub theme: Option<Theme>,
        pub direction: Option<Direction>,
        pub horizon: Option<Nearness>,
        pub impact: Option<Impact>,
        /// In percent.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub confidence: Option<Option<f64>>,
        pub would_change: Option<Text<5_000>>,
    }
}

impl Command for EditTrend {
    type Before = Trend;

    fn load(&self, look: &mut Look) -> Result<Trend> {
        Trend::get(look, self.trend)
    }
    fn title(&self, before: &Trend) -> String {
        format!("Change the trend “{}”", before.title)
    }
    fn decide(self, before: Trend, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&TREND_EDITED, &before, |t| {
            give(&mut t.title, self.title);
            give(&mut t.note, self.note);
            give(&mut t.theme, self.theme);
            give(&mut t.direction, self.direction);
            give(&mut t.horizon, self.horizon);
            give(&mut t.impact, self.impact);
            give(&mut t.would_change, self.would_change);
            if let Some(percent) = self.confidence {
                t.confidence = share("confidence", percent)?;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a trend.
    pub struct RemoveTrend in "trend.remove" at Delete "/products/{product}/trends/{trend}" [Research] {
        pub trend: Id<Trend>,
    }
}

impl Command for RemoveTrend {
    type Before = Trend;

    fn load(&self, look: &mut Look) -> Result<Trend> {
        Trend::get(look, self.trend)
    }
    fn title(&self, before: &Trend) -> String {
        format!("Remove the trend “{}”", before.title)
    }
    fn decide(self, before: Trend, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&TREND_REMOVED, &before, moment.now).into())
    }
}
