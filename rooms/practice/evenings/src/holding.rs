//! Planning an evening, starting its clock, revealing what was handed in.

use crate::{answering::Evening, asking::rounds, events::*, model::*, rows};
use kernel::{Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit};

/// Evenings are held by people: whoever belongs to the product plans one.
pub(crate) fn a_person(scope: &Scope) -> Result<()> {
    scope.by_people("A club evening is for people.")
}

fn its_host(evening: &ClubEvening, scope: &Scope) -> Result<()> {
    a_person(scope)?;
    match scope.who.member == Some(evening.member.0) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever planned the evening does this.")),
    }
}

command! {
    /// Plans a club evening: one challenge for everybody who comes.
    pub struct PlanEvening in "club_evening.plan" at Post "/products/{product}/club-evenings" [] {
        /// The id of a guess, a case of strategy, of design or of root cause; `invented-3` invents one as hard as that.
        pub challenge: Line<60>,
        /// How long it takes; as long as the challenge says when left out.
        pub minutes: Option<i64>,
    }
}

impl Command for PlanEvening {
    type Before = club::ForEvening;
    const AUTHORITY: Authority = Authority::Anyone;
    /// Answers may be sealed in it; removing it takes them along.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        club::for_evening(look, &self.challenge)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Plan a club evening".into()
    }
    fn decide(self, challenge: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let challenge = challenge.drawn(moment.id::<ClubEvening>().0.as_u64_pair().1)?;
        let minutes = self.minutes.unwrap_or(challenge.minutes);
        if !(1..=240).contains(&minutes) {
            return Err(Refusal::invalid("minutes", "An evening takes between 1 and 240 minutes."));
        }
        let evening = ClubEvening {
            meta: moment.fresh(Some(scope.product_id()?)),
            challenge: challenge.id,
            title: challenge.title,
            minutes,
            member: Id::new(scope.who.signed_in()?),
            started_at: None,
            revealed_at: None,
            edition: challenge.edition,
        };
        Ok(Event::created(&EVENING_PLANNED, &evening).into())
    }
}

command! {
    /// Starts the clock of an evening; from now on answers are handed in.
    pub struct StartEvening in "club_evening.start" at Post "/products/{product}/club-evenings/{evening}/starting" [] {
        pub evening: Id<ClubEvening>,
    }
}

impl Command for StartEvening {
    /// And whether its challenge was taken out of the library.
    type Before = (ClubEvening, bool);
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let evening = ClubEvening::get(look, self.evening)?;
        let is_out = club::evening_task(look, &evening.challenge, evening.edition)?.is_withdrawn();
        Ok((evening, is_out))
    }
    fn may(&self, (before, _): &Self::Before, scope: &Scope) -> Result<()> {
        its_host(before, scope)
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Start the club evening “{}”", before.title)
    }
    fn decide(self, (before, is_out): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.started_at.is_some() {
            return Err(Refusal::invalid("evening", "It has begun already."));
        }
        if is_out {
            return Err(Refusal::invalid("evening", "Its challenge was taken out of the library since. Remove the evening, and plan another."));
        }
        let event = edit(&EVENING_STARTED, &before, |evening| {
            evening.started_at = Some(moment.now);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Reveals all answers of an evening at once. Whoever planned it does so; once the time is over, anybody.
    pub struct RevealEvening in "club_evening.reveal" at Post "/products/{product}/club-evenings/{evening}/revealing" [] {
        pub evening: Id<ClubEvening>,
    }
}

impl Command for RevealEvening {
    type Before = Evening;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Evening> {
        Evening::read(look, self.evening)
    }
    fn may(&self, before: &Evening, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        let over = before.evening.ends_at().is_some_and(|end| scope.now >= end);
        if over { Ok(()) } else { its_host(&before.evening, scope) }
    }
    fn title(&self, before: &Evening) -> String {
        format!("Reveal the answers of “{}”", before.evening.title)
    }
    fn decide(self, before: Evening, moment: &Moment, _: &Scope) -> Result<Decided> {
        before.evening.is_on()?;
        if before.sealed.is_empty() {
            return Err(Refusal::invalid("evening", "Nobody has handed in an answer yet."));
        }
        before.revealed(moment)
    }
}

command! {
    /// Removes an evening, with what was revealed of it.
    pub struct RemoveEvening in "club_evening.remove" at Delete "/products/{product}/club-evenings/{evening}" [] {
        pub evening: Id<ClubEvening>,
    }
}

impl Command for RemoveEvening {
    type Before = (ClubEvening, Vec<EveningAnswer>);
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let evening = ClubEvening::get(look, self.evening)?;
        let answers = rows::answers(look, &evening)?;
        Ok((evening, answers))
    }
    fn may(&self, (evening, _): &Self::Before, scope: &Scope) -> Result<()> {
        its_host(evening, scope)
    }
    fn title(&self, (evening, _): &Self::Before) -> String {
        format!("Remove the club evening “{}”", evening.title)
    }
    fn decide(self, (evening, answers): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = answers.iter().map(|answer| Event::removed(&ANSWER_REMOVED, answer, moment.now)).collect();
        events.push(Event::removed(&EVENING_REMOVED, &evening, moment.now));
        Ok(Decided { unseals: rounds(&evening), ..events.into() })
    }
}
