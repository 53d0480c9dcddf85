//! Settling what ratings say: each wide gap with a reason, and then all of it as scores and as the order.

use crate::{
    events::*,
    inputs::LONGEST,
    items::{self, Item},
    model::*,
    opened::Opened,
    rounds::{a_person, looks_after},
    scores::written,
};
use kernel::{
    Asked, Authority, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, StoredCommand, Uuid, Words,
    command, event::edit,
};

command! {
    /// Settles what a thing is rated under one input, where ratings lay apart, and says why.
    pub struct Settle in "scoring_round.settle" at Put "/products/{product}/scoring-rounds/{round}/settlements" [] {
        pub round: Id<Round>,
        /// Number, key or id of the thing.
        pub thing: Ref,
        /// The input, as ratings name it.
        pub criterion: Line<40>,
        pub value: Line<{ LONGEST }>,
        pub reason: Words<2_000>,
    }
}

/// What settling needs to know.
pub struct Settling {
    round: Round,
    scheme: Scheme,
    item: Item,
    before: Option<SettledRating>,
    /// Whether the asker rated in it.
    rates: bool,
    called: String,
}

impl Command for Settle {
    type Before = Settling;

    fn load(&self, look: &mut Look) -> Result<Settling> {
        let (round, scheme) = crate::rounds::with_scheme(look, self.round)?;
        let item = items::named(look, scheme.thing, std::slice::from_ref(&self.thing))?.pop().ok_or(Refusal::NotFound)?;
        if !round.items.contains(&item.id) {
            return Err(Refusal::NotFound);
        }
        let before = SettledRating::all(
            look,
            "and round = $2 and about_id = $3 and criterion = $4",
            &[round.meta.id.value(), item.id.value(), self.criterion.to_string().value()],
        )?;
        let rates = "select count(*) from rater where round = $1 and member = $me and removed_at is null";
        let rates = look.number(rates, &[round.meta.id.value()])? > 0;
        Ok(Settling { called: item.called(look.scope), round, scheme, item, before: before.into_iter().next(), rates })
    }
    fn authority(&self, before: &Settling) -> Authority {
        Authority::Seen(before.scheme.area)
    }
    fn may(&self, before: &Settling, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        if !before.rates && !looks_after(&before.round, &before.scheme, scope) {
            return Err(Refusal::denied("Those who rated settle it, and whoever decides or signs there."));
        }
        still_to_settle(&before.round)
    }
    fn title(&self, before: &Settling) -> String {
        format!("Settle on {} for {}", &*self.value, before.called)
    }
    fn decide(self, Settling { round, scheme, item, before, .. }: Settling, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let input = scheme.rated().into_iter().find(|input| input.key == *self.criterion);
        let input = input.ok_or_else(|| Refusal::invalid("criterion", "This way of scoring does not ask people for that."))?;
        input.read(&self.value).map_err(|why| Refusal::invalid("value", why))?;
        let me = Id::new(scope.who.signed_in()?);
        let label = format!("{}: {}", input.name, &*self.value);
        Ok(match before {
            Some(before) => edit(&GAP_SETTLED, &before, |settled| {
                (settled.written, settled.reason, settled.member) = (self.value.into(), self.reason.into(), me);
                Ok(())
            })?
            .called(label)
            .into(),
            None => {
                let settled = SettledRating {
                    meta: moment.fresh(round.meta.product),
                    round: round.id(),
                    about_noun: scheme.thing.word().to_owned(),
                    about_id: item.id,
                    criterion: input.key,
                    written: self.value.into(),
                    reason: self.reason.into(),
                    member: me,
                };
                Event::created(&GAP_SETTLED, &settled).called(label).into()
            }
        })
    }
}

fn still_to_settle(round: &Round) -> Result<()> {
    match (round.opened_at, round.adopted_at) {
        (None, _) => Err(Refusal::invalid("round", "The ratings have not been revealed yet.")),
        (_, Some(_)) => Err(Refusal::invalid("round", "What was settled in this round has been taken over already.")),
        _ => Ok(()),
    }
}

command! {
    /// Takes over what was settled in a round: as scores, and as the order of what was rated.
    pub struct Adopt in "scoring_round.adopt" at Post "/products/{product}/scoring-rounds/{round}/adoption" [Priorities, Backlog, Customers, Strategy] {
        pub round: Id<Round>,
        /// The order, by numbers, keys or ids, the first one first; that of the scores when left out.
        #[serde(default)]
        pub order: Vec<Ref>,
        /// When something was settled last, as it was seen (milliseconds since 1970); whatever is settled later makes this another matter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seen: Option<i64>,
    }
}

/// What taking over needs to know.
pub struct Adopting {
    opened: Opened,
    known: Vec<Score>,
    order: Vec<Event>,
}

impl Command for Adopt {
    type Before = Adopting;

    fn load(&self, look: &mut Look) -> Result<Adopting> {
        let round = Round::get(look, self.round)?;
        let opened = Opened::read(look, round)?;
        let order = match self.order.as_slice() {
            [] => opened.order().into_iter().map(|(item, _)| opened.items[item].clone()).collect(),
            named => items::named(look, opened.scheme.thing, named)?,
        };
        if order.iter().any(|item| !opened.round.items.contains(&item.id)) {
            return Err(Refusal::NotFound);
        }
        let order = items::ordered(look, opened.scheme.thing, &order)?;
        let ids: Vec<Uuid> = opened.items.iter().map(|item| item.id).collect();
        let known = Score::all(look, "and scheme = $2 and about_id in each($3)", &[opened.scheme.meta.id.value(), kernel::list(ids)])?;
        Ok(Adopting { opened, known, order })
    }
    fn authority(&self, before: &Adopting) -> Authority {
        Authority::Area(before.opened.scheme.area)
    }
    fn may(&self, Adopting { opened, .. }: &Adopting, _: &Scope) -> Result<()> {
        still_to_settle(&opened.round)?;
        match self.seen {
            Some(seen) if seen != opened.as_of() => {
                Err(Refusal::invalid("", "Something else has been settled in this round since. Look at it again, and take that over."))
            }
            _ => Ok(()),
        }
    }
    fn title(&self, Adopting { opened, .. }: &Adopting) -> String {
        format!("Take over the scores and the order of “{}”", opened.round.title)
    }
    fn kept(&self, Adopting { opened, .. }: &Adopting) -> Option<StoredCommand> {
        let kept = Adopt { seen: Some(opened.as_of()), ..self.clone() };
        let args = kernel::serde_json::to_value(&kept).ok()?;
        Some(StoredCommand { name: Self::NAME.into(), args })
    }
    fn decide(self, Adopting { opened, known, order }: Adopting, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = vec![edit(&ROUND_ADOPTED, &opened.round, |round| {
            round.adopted_at = Some(moment.now);
            Ok(())
        })?];
        let values = opened.values();
        for (item, values) in opened.items.iter().zip(&values) {
            for (input, value) in opened.inputs.iter().zip(values) {
                let value = value.as_deref().filter(|_| input.counted.is_none());
                events.extend(value.and_then(|text| written(moment, &opened.scheme, item, input, text, &known, Some(opened.round.id()))));
            }
        }
        events.extend(order);
        Ok(events.into())
    }
}
