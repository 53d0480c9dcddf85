//! Commands about the target market and the top needs: what was chosen, as a new version, and who confirms it.

use crate::{
    confirming::{Confirmable, Standing},
    events::*,
    model::*,
};
use customers::{Need, Segment};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command, list, value::Packed};

/// So many segments make a market.
const MOST_SEGMENTS: usize = 12;
/// So many needs come first.
const MOST_NEEDS: usize = 7;

/// Each once, in the order given; all of them have to be there.
fn each_once<T: Noun>(look: &mut Look, field: &str, given: &[Id<T>], most: usize) -> Result<Vec<Id<T>>> {
    let mut once: Vec<Id<T>> = vec![];
    given.iter().for_each(|id| {
        if !once.contains(id) {
            once.push(*id)
        }
    });
    match once.len() {
        0 => return Err(Refusal::invalid(field, "Choose at least one.")),
        many if many > most => return Err(Refusal::invalid(field, format!("{many} are too many to hold in mind; choose {most} at most."))),
        _ => {}
    }
    let there: Vec<Uuid> = T::all(look, "and id in each($2)", &[list(once.iter().map(|id| id.0))])?.iter().map(|thing| thing.meta().id).collect();
    if once.iter().all(|id| there.contains(&id.0)) { Ok(once) } else { Err(Refusal::NotFound) }
}

command! {
    /// Chooses the segments that the product is for, as a new version; its author confirms it by choosing, and confirmations of the old one lapse.
    pub struct ChooseMarket in "target_market.choose" at Post "/products/{product}/target-markets" [Research] {
        /// Their ids, the one that counts most first.
        pub segments: Vec<Id<Segment>>,
        /// Why these, and for whom it is not.
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for ChooseMarket {
    type Before = (Option<TargetMarket>, Vec<Id<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((TargetMarket::current(look)?, each_once(look, "segments", &self.segments, MOST_SEGMENTS)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Choose the target market, version {}", before.as_ref().map_or(1, |m| m.number + 1))
    }
    fn decide(self, (before, segments): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let note = String::from(self.note);
        if before.as_ref().is_some_and(|before| before.segments.0 == segments && before.note == note) {
            return Ok(Decided::default());
        }
        let number = before.map_or(1, |m| m.number + 1);
        let market = TargetMarket { meta: moment.fresh(Some(scope.product_id()?)), number, segments: Packed(segments), note };
        let mut events = vec![Event::created(&MARKET_CHOSEN, &market)];
        events.extend(Standing::begun(market).by_its_author(&MARKET_CONFIRMED, moment, scope)?);
        Ok(events.into())
    }
}

command! {
    /// Confirms that the current target market is also one's own, or asks a question about it.
    pub struct ConfirmMarket in "target_market.confirm" at Put "/products/{product}/target-markets/{target_market}/confirmation" [] {
        pub target_market: Id<TargetMarket>,
        /// What is unclear; empty to confirm.
        #[serde(default)]
        pub question: Text<2_000>,
    }
}

impl Command for ConfirmMarket {
    type Before = Standing<TargetMarket>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Standing::read(look, self.target_market)
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        before.may(scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Confirm the target market".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.says(self.question.into(), (&MARKET_CONFIRMED, &MARKET_QUESTIONED), moment, scope)
    }
}

command! {
    /// Chooses the needs that come first, as a new version; its author confirms it by choosing, and confirmations of the old one lapse.
    pub struct ChooseNeeds in "top_needs.choose" at Post "/products/{product}/top-needs" [Customers] {
        /// Their ids, the first first.
        pub needs: Vec<Id<Need>>,
        /// Why these.
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for ChooseNeeds {
    type Before = (Option<TopNeeds>, Vec<Id<Need>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((TopNeeds::current(look)?, each_once(look, "needs", &self.needs, MOST_NEEDS)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Choose the top needs, version {}", before.as_ref().map_or(1, |n| n.number + 1))
    }
    fn decide(self, (before, needs): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let note = String::from(self.note);
        if before.as_ref().is_some_and(|before| before.needs.0 == needs && before.note == note) {
            return Ok(Decided::default());
        }
        let number = before.map_or(1, |n| n.number + 1);
        let top = TopNeeds { meta: moment.fresh(Some(scope.product_id()?)), number, needs: Packed(needs), note };
        let mut events = vec![Event::created(&NEEDS_CHOSEN, &top)];
        events.extend(Standing::begun(top).by_its_author(&NEEDS_CONFIRMED, moment, scope)?);
        Ok(events.into())
    }
}

command! {
    /// Confirms that the current top needs are also one's own, or asks a question about them.
    pub struct ConfirmNeeds in "top_needs.confirm" at Put "/products/{product}/top-needs/{top_needs}/confirmation" [] {
        pub top_needs: Id<TopNeeds>,
        /// What is unclear; empty to confirm.
        #[serde(default)]
        pub question: Text<2_000>,
    }
}

impl Command for ConfirmNeeds {
    type Before = Standing<TopNeeds>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Standing::read(look, self.top_needs)
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        before.may(scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Confirm the top needs".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.says(self.question.into(), (&NEEDS_CONFIRMED, &NEEDS_QUESTIONED), moment, scope)
    }
}
