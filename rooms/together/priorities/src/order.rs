//! Putting things into the order that their scores give: what roadmap, backlog and needs offer first from then on.

use crate::{items, model::*};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, command};

command! {
    /// Puts things into an order, the first one first. They take the places that they have among themselves, so whatever
    /// is not named stays where it is.
    pub struct AgreeOrder in "scheme.order" at Put "/products/{product}/schemes/{scheme}/order" [Priorities, Backlog, Customers, Strategy] {
        /// The way of scoring that the order comes from.
        pub scheme: Id<Scheme>,
        /// Numbers, keys or ids.
        pub order: Vec<Ref>,
    }
}

impl Command for AgreeOrder {
    type Before = (Scheme, usize, Vec<Event>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let scheme = Scheme::get(look, self.scheme)?;
        let order = items::named(look, scheme.thing, &self.order)?;
        let events = items::ordered(look, scheme.thing, &order)?;
        Ok((scheme, order.len(), events))
    }
    fn authority(&self, (scheme, ..): &Self::Before) -> Authority {
        Authority::Area(scheme.area)
    }
    fn title(&self, (scheme, count, _): &Self::Before) -> String {
        format!("Put {} into the order of “{}”", web::several(count, scheme.thing.says()), scheme.name)
    }
    fn decide(self, (_, count, events): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        match count {
            0 | 1 => Err(Refusal::invalid("order", "Two things at least are needed for an order.")),
            _ => Ok(events.into()),
        }
    }
}
