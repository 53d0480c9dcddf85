//! Laying out the slips, laying the sorts side by side, and putting the slips away.

use crate::{
    SLIP_OPENED, SORTING_BEGUN, SORTING_ENDED, SORTING_OPENED,
    model::{Slip, Sorting},
    rows,
    sealing::{self, Sorted, is_whole},
};
use kernel::{
    Area, Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Standing, Uuid, command, event::edit, value::Packed,
};
use people::{Member, Seer};

/// Whoever decides on the agreement lays out the slips, and puts them away.
pub(crate) fn leads(scope: &Scope) -> bool {
    scope.standing(Area::Agreement).1 >= Standing::Signs && scope.who.assistant.is_none()
}

fn must_lead(scope: &Scope) -> Result<()> {
    match leads(scope) {
        true => Ok(()),
        false => Err(Refusal::Denied {
            area: Some(Area::Agreement),
            decides: scope.matrix.deciders(Area::Agreement),
            message: "Whoever decides on the agreement lays out the slips.".into(),
        }),
    }
}

/// So many sort at once.
const MOST_ASKED: usize = 40;

command! {
    /// Lays out the slips: those who are asked sort them alone, each for themselves.
    pub struct Begin in "sorting.begin" at Post "/products/{product}/sortings" [] {
        /// The members who sort, by their ids; whoever decides on the agreement when left out.
        #[serde(default)]
        pub asked: Vec<Id<Member>>,
    }
}

impl Command for Begin {
    /// Whoever of those that are asked sees the agreement.
    type Before = Vec<Seer>;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Agreement);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        match self.asked.is_empty() {
            true => rows::people(look),
            false => rows::these(look, &self.asked.iter().map(|id| id.0).collect::<Vec<_>>()),
        }
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        must_lead(scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sort the slips".into()
    }
    fn decide(self, people: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut asked: Vec<Uuid> = match self.asked.is_empty() {
            true => people.iter().filter(|person| person.standing >= Standing::Signs).map(|person| person.id).collect(),
            false => self.asked.iter().map(|id| id.0).collect(),
        };
        asked.sort();
        asked.dedup();
        if asked.iter().any(|member| !people.iter().any(|person| person.id == *member)) {
            return Err(Refusal::NotFound);
        }
        if asked.len() > MOST_ASKED {
            return Err(Refusal::invalid("asked", format!("{} are too many to sort at once; {MOST_ASKED} fit.", asked.len())));
        }
        let sorting = Sorting {
            meta: moment.fresh(Some(scope.product_id()?)),
            member: scope.who.signed_in()?,
            asked: Packed(asked),
            finished: moment.id::<()>().to_string(),
            opened_at: None,
            ended_at: None,
        };
        Ok(Event::created(&SORTING_BEGUN, &sorting).into())
    }
}

command! {
    /// Lays all sorts side by side: from now on everyone who sees the agreement reads them.
    pub struct Open in "sorting.open" at Post "/products/{product}/sortings/{sorting}/opening" [] {
        pub sorting: Id<Sorting>,
    }
}

impl Command for Open {
    /// The sorting, and whoever still sees it.
    type Before = (Sorted, Vec<Uuid>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let sorted = sealing::sorted(look, self.sorting)?;
        let here = rows::these(look, &sorted.sorting.asked)?.into_iter().map(|person| person.id).collect();
        Ok((sorted, here))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Seen(Area::Agreement)
    }
    fn may(&self, (before, here): &Self::Before, scope: &Scope) -> Result<()> {
        before.is_going_on()?;
        let me = scope.who.member.filter(|_| scope.who.assistant.is_none());
        let asked = me.is_some_and(|me| before.sorting.asked.contains(&me));
        let through = |member: &Uuid| is_whole(&before.deck(*member));
        let all = before.sorting.asked.iter().filter(|member| here.contains(member)).all(through);
        if !asked && !leads(scope) {
            return Err(Refusal::denied("Those who sort lay the sorts side by side, or whoever decides on the agreement."));
        }
        match (all, me.filter(|_| asked)) {
            (true, _) if !before.decks.is_empty() => Ok(()),
            (true, _) => Err(Refusal::invalid("sorting", "Nobody has sorted anything yet.")),
            // Nobody looks at the sorts of others before their own is made.
            (false, Some(me)) if !through(&me) => Err(Refusal::invalid("sorting", "Sort all of your own slips first.")),
            (false, _) if leads(scope) => Ok(()),
            (false, _) => Err(Refusal::invalid("sorting", "Not everyone is through. Whoever decides on the agreement may begin without them.")),
        }
    }
    fn title(&self, _: &Self::Before) -> String {
        "Lay the sorts side by side".into()
    }
    fn decide(self, (before, _): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let after = Sorting { opened_at: Some(moment.now), ..before.sorting.clone() };
        let mut events = vec![Event::changed(&SORTING_OPENED, &before.sorting, &after)];
        for (member, deck) in before.decks {
            for (area, put) in deck {
                let slip = Slip { meta: moment.fresh(after.meta.product), sorting: after.id(), member, area, pile: put.pile, note: put.note };
                events.push(Event::created(&SLIP_OPENED, &slip));
            }
        }
        Ok(Decided { unseals: after.rounds(), ..events.into() })
    }
}

command! {
    /// Puts the slips away: what is not settled stays as it is agreed.
    pub struct End in "sorting.end" at Post "/products/{product}/sortings/{sorting}/end" [] {
        pub sorting: Id<Sorting>,
    }
}

impl Command for End {
    type Before = Sorting;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Sorting> {
        Sorting::get(look, self.sorting)
    }
    fn authority(&self, _: &Sorting) -> Authority {
        Authority::Seen(Area::Agreement)
    }
    fn may(&self, before: &Sorting, scope: &Scope) -> Result<()> {
        must_lead(scope)?;
        match before.ended_at {
            None => Ok(()),
            Some(_) => Err(Refusal::invalid("sorting", "The slips were put away already.")),
        }
    }
    fn title(&self, _: &Sorting) -> String {
        "Put the slips away".into()
    }
    fn decide(self, before: Sorting, moment: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&SORTING_ENDED, &before, |sorting| {
            sorting.ended_at = Some(moment.now);
            Ok(())
        })?;
        // What was sealed and never opened is nobody's to read.
        Ok(Decided { unseals: before.rounds(), ..event.into() })
    }
}
