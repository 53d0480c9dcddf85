//! Market sizes: estimated, estimated anew, removed. What cannot be computed is refused where it stands.

use crate::{events::*, model::*, sizing};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Result, Scope, Text, Words, command, event::edit, give};

command! {
    /// Estimates the size of a market, from below and from above.
    pub struct CreateMarketSize in "market_size.create" at Post "/products/{product}/market-sizes" [Research] {
        pub title: Line<200>,
        /// Lines "name = expression" in the language of estimates, with TAM, and SAM and SOM where they are known: how many
        /// customers there are and what each brings in a year.
        pub bottom_up: Words<10_000>,
        /// The same from published figures.
        #[serde(default)]
        pub top_down: Text<10_000>,
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for CreateMarketSize {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Estimate the market “{}”", self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let size = MarketSize {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            bottom_up: self.bottom_up.into(),
            top_down: self.top_down.into(),
            note: self.note.into(),
        };
        sizing::of(&size.bottom_up, &size.top_down)?;
        Ok(Event::created(&MARKET_SIZE_CREATED, &size).into())
    }
}

command! {
    /// Changes the estimate of a market.
    pub struct EditMarketSize in "market_size.edit" at Patch "/products/{product}/market-sizes/{market_size}" [Research] {
        pub market_size: Id<MarketSize>,
        pub title: Option<Line<200>>,
        pub bottom_up: Option<Words<10_000>>,
        pub top_down: Option<Text<10_000>>,
        pub note: Option<Text<5_000>>,
    }
}

impl Command for EditMarketSize {
    type Before = MarketSize;

    fn load(&self, look: &mut Look) -> Result<MarketSize> {
        MarketSize::get(look, self.market_size)
    }
    fn title(&self, before: &MarketSize) -> String {
        format!("Estimate anew the market “{}”", before.title)
    }
    fn decide(self, before: MarketSize, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&MARKET_SIZE_EDITED, &before, |m| {
            give(&mut m.title, self.title);
            give(&mut m.bottom_up, self.bottom_up);
            give(&mut m.top_down, self.top_down);
            give(&mut m.note, self.note);
            sizing::of(&m.bottom_up, &m.top_down).map(|_| ())
        })?
        .into())
    }
}

command! {
    /// Removes the estimate of a market.
    pub struct RemoveMarketSize in "market_size.remove" at Delete "/products/{product}/market-sizes/{market_size}" [Research] {
        pub market_size: Id<MarketSize>,
    }
}

impl Command for RemoveMarketSize {
    type Before = MarketSize;

    fn load(&self, look: &mut Look) -> Result<MarketSize> {
        MarketSize::get(look, self.market_size)
    }
    fn title(&self, before: &MarketSize) -> String {
        format!("Remove the estimate of the market “{}”", before.title)
    }
    fn decide(self, before: MarketSize, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&MARKET_SIZE_REMOVED, &before, moment.now).into())
    }
}
