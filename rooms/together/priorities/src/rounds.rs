//! Beginning a scoring round, changing its last day, calling it off.

use crate::{
    events::*,
    items::{self, Item},
    model::*,
};
use kernel::{
    AnyDay, Authority, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, Standing, Uuid, command,
    event::edit, give, value::Packed,
};
use people::Seer;
use std::collections::{BTreeMap, BTreeSet};
use web::when;

command! {
    /// Asks people to rate things apart from one another. Nobody reads what somebody else gave before all is revealed.
    pub struct BeginRound in "scoring_round.begin" at Post "/products/{product}/scoring-rounds" [] {
        pub scheme: Id<Scheme>,
        pub title: Line<200>,
        /// What is rated, by numbers, keys or ids; all that is open when left out.
        #[serde(default)]
        pub items: Vec<Ref>,
        /// Who rates what: the inputs, by the id of a member. Everybody who has a say rates everything when left out.
        #[serde(default)]
        pub raters: BTreeMap<String, Vec<String>>,
        /// The last day to rate on; until it is revealed by hand when empty.
        #[serde(default)]
        pub ends_on: AnyDay,
    }
}

/// What beginning a round needs to know.
pub struct Beginning {
    scheme: Scheme,
    items: Vec<Item>,
    people: Vec<Seer>,
}

impl Command for BeginRound {
    type Before = Beginning;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Beginning> {
        let scheme = Scheme::get(look, self.scheme)?;
        let items = if self.items.is_empty() { items::all(look, scheme.thing)? } else { items::named(look, scheme.thing, &self.items)? };
        let people = match self.raters.is_empty() {
            true => people::who_see(look, scheme.area)?,
            false => {
                let named = self.raters.keys().map(|member| Id::<people::Member>::try_from(member.as_str()).map(|id| id.0));
                people::these_see(look, scheme.area, named.collect::<Result<Vec<_>>>()?)?
            }
        };
        Ok(Beginning { scheme, items, people })
    }
    fn authority(&self, before: &Beginning) -> Authority {
        Authority::Seen(before.scheme.area)
    }
    fn may(&self, before: &Beginning, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        match scope.standing(before.scheme.area).1 >= Standing::Proposes {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever has a say in this order asks for ratings; your hat has none.")),
        }
    }
    fn title(&self, _: &Beginning) -> String {
        format!("Begin the scoring round “{}”", self.title)
    }
    fn decide(self, Beginning { scheme, items, people }: Beginning, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if items.len() < 2 {
            return Err(Refusal::invalid("items", "Two things at least are needed to compare them."));
        }
        let ends_on = self.ends_on.day();
        when::to_come("ends_on", ends_on.as_ref(), scope, moment.now)?;
        let rates = asked(&scheme, &people, &self.raters)?;
        let members = rates.iter().map(|(member, _)| *member).collect();
        let round = Round {
            meta: moment.fresh(Some(scope.product_id()?)),
            scheme: scheme.id(),
            title: self.title.into(),
            member: Id::new(scope.who.signed_in()?),
            asked: Packed(members),
            items: Packed(items.iter().map(|item| item.id).collect()),
            ends_on,
            opened_at: None,
            agreement: None,
            adopted_at: None,
        };
        let mut events = vec![Event::created(&ROUND_BEGUN, &round)];
        for (member, criteria) in rates {
            let rater = Rater {
                meta: moment.fresh(round.meta.product),
                round: round.id(),
                member: Id::new(member),
                criteria: Packed(criteria),
                state: RaterState::Asked,
            };
            events.push(Event::created(&RATER_ASKED, &rater).called(&round.title));
        }
        Ok(events.into())
    }
}

/// Who rates which inputs, in the order of their names.
fn asked(scheme: &Scheme, people: &[Seer], given: &BTreeMap<String, Vec<String>>) -> Result<Vec<(Uuid, Vec<String>)>> {
    let inputs: Vec<String> = scheme.rated().into_iter().map(|input| input.key).collect();
    if inputs.is_empty() {
        return Err(Refusal::invalid("scheme", "All that this way of scoring asks for is counted; there is nothing to rate."));
    }
    let mut rates = vec![];
    if given.is_empty() {
        rates.extend(people.iter().filter(|person| person.standing >= Standing::Proposes).map(|person| (person.id, inputs.clone())));
    }
    for (member, criteria) in given {
        let member = Id::<people::Member>::try_from(member.as_str())?;
        let person = people.iter().find(|person| person.id == member.0).ok_or(Refusal::NotFound)?;
        let criteria: BTreeSet<&String> = criteria.iter().filter(|key| !key.is_empty()).collect();
        if let Some(odd) = criteria.iter().find(|key| !inputs.contains(key)) {
            return Err(Refusal::invalid("raters", format!("This way of scoring does not ask people for “{}”.", web::clipped(odd, 40))));
        }
        if !criteria.is_empty() {
            rates.push((person.id, inputs.iter().filter(|key| criteria.contains(key)).cloned().collect()));
        }
    }
    match rates.len() {
        0 => Err(Refusal::invalid("raters", "Choose at least one person, and what they rate.")),
        n if n > MOST_RATERS => Err(Refusal::invalid("raters", format!("{n} are too many to rate at once; {MOST_RATERS} fit."))),
        _ => Ok(rates),
    }
}

command! {
    /// Changes what a scoring round is called, or its last day.
    pub struct EditRound in "scoring_round.edit" at Patch "/products/{product}/scoring-rounds/{round}" [] {
        pub round: Id<Round>,
        pub title: Option<Line<200>>,
        pub ends_on: Option<AnyDay>,
    }
}

/// A round with its way of scoring.
pub type WithScheme = (Round, Scheme);

pub(crate) fn with_scheme(look: &mut Look, id: Id<Round>) -> Result<WithScheme> {
    let round = Round::get(look, id)?;
    let scheme = scheme_of(look, &round)?;
    Ok((round, scheme))
}

/// The way of scoring of a round, also where it was removed since.
pub(crate) fn scheme_of(look: &mut Look, round: &Round) -> Result<Scheme> {
    let found: Vec<Scheme> = look.find("where product = $1 and id = $2", &[look.scope.product_id()?.value(), round.scheme.value()])?;
    found.into_iter().next().ok_or(Refusal::NotFound)
}

/// Whoever began it, or decides or signs there, looks after a round.
pub(crate) fn looks_after(round: &Round, scheme: &Scheme, scope: &Scope) -> bool {
    let own = scope.who.member == Some(round.member.0);
    scope.who.assistant.is_none() && (own || scope.standing(scheme.area).1 >= Standing::Signs)
}

pub(crate) fn may_look_after((round, scheme): &WithScheme, scope: &Scope) -> Result<()> {
    a_person(scope)?;
    match looks_after(round, scheme, scope) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever began this round looks after it, and whoever decides or signs there.")),
    }
}

pub(crate) fn is_on(round: &Round) -> Result<()> {
    match round.opened_at {
        None => Ok(()),
        Some(_) => Err(Refusal::invalid("round", "The ratings have been revealed already.")),
    }
}

impl Command for EditRound {
    type Before = WithScheme;

    fn load(&self, look: &mut Look) -> Result<WithScheme> {
        with_scheme(look, self.round)
    }
    fn authority(&self, (_, scheme): &WithScheme) -> Authority {
        Authority::Seen(scheme.area)
    }
    fn may(&self, before: &WithScheme, scope: &Scope) -> Result<()> {
        may_look_after(before, scope)
    }
    fn title(&self, (round, _): &WithScheme) -> String {
        format!("Change the scoring round “{}”", round.title)
    }
    fn decide(self, (round, _): WithScheme, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let ends_on: Option<Option<String>> = self.ends_on.map(AnyDay::day);
        if let Some(day) = &ends_on {
            is_on(&round)?;
            when::to_come("ends_on", day.as_ref(), scope, moment.now)?;
        }
        let event = edit(&ROUND_EDITED, &round, |round| {
            give(&mut round.title, self.title);
            give(&mut round.ends_on, ends_on);
            Ok(())
        });
        Ok(event?.into())
    }
}

command! {
    /// Calls a scoring round off. What was sealed in it is thrown away unread.
    pub struct RemoveRound in "scoring_round.remove" at Delete "/products/{product}/scoring-rounds/{round}" [] {
        pub round: Id<Round>,
    }
}

impl Command for RemoveRound {
    type Before = (WithScheme, Vec<Uuid>);
    // What was sealed does not come back.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let with = with_scheme(look, self.round)?;
        let raters = Rater::all(look, "and round = $2", &[self.round.value()])?.into_iter().map(|rater| rater.meta.id).collect();
        Ok((with, raters))
    }
    fn authority(&self, ((_, scheme), _): &Self::Before) -> Authority {
        Authority::Seen(scheme.area)
    }
    fn may(&self, (with, _): &Self::Before, scope: &Scope) -> Result<()> {
        may_look_after(with, scope)?;
        is_on(&with.0)
    }
    fn title(&self, ((round, _), _): &Self::Before) -> String {
        format!("Call off the scoring round “{}”", round.title)
    }
    fn decide(self, ((round, _), raters): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let unseals = std::iter::once(round.meta.id).chain(raters).collect();
        Ok(Decided { unseals, ..Event::removed(&ROUND_REMOVED, &round, moment.now).into() })
    }
}

/// Rating is for people.
pub(crate) fn a_person(scope: &Scope) -> Result<()> {
    scope.by_people("An assistant does not rate; people do.")
}
