//! Turning the cards over, voting once more, leaving a story without an estimate.

use crate::{
    events::*,
    model::*,
    rows,
    sessions::fresh,
    voting::{Voting, voting},
};
use kernel::{Area, Authority, Command, Decided, Event, Id, Look, Moment, Refusal, Result, Scope, command};
use web::when;

command! {
    /// Turns the cards over that were laid for a story: from now on everybody who sees sizes reads who laid what.
    pub struct Reveal in "poker_round.reveal" at Post "/products/{product}/poker-rounds/{poker_round}/revealing" [] {
        pub poker_round: Id<PokerRound>,
    }
}

/// Whether the last day to lay a card is over, or its hour.
pub(crate) fn is_over(poker: &Poker, scope: &Scope) -> bool {
    if let Some(at) = poker.ends_at {
        return at <= scope.now;
    }
    poker.ends_on.as_ref().is_some_and(|day| *day < when::day_in(scope.now, &scope.who.zone))
}

impl Command for Reveal {
    type Before = Voting;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Voting> {
        voting(look, self.poker_round)
    }
    fn may(&self, before: &Voting, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        before.round.is_on()?;
        let asked = scope.who.member.is_some_and(|me| before.poker.asked.contains(&me));
        match leads(&before.poker, scope) || asked && is_over(&before.poker, scope) {
            true => Ok(()),
            false => {
                Err(Refusal::denied("Whoever leads turns the cards over, or the last one who lays theirs; after the last day whoever is asked."))
            }
        }
    }
    fn title(&self, before: &Voting) -> String {
        format!("Turn the cards over in “{}”", before.poker.title)
    }
    fn decide(self, before: Voting, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.nobody_has_laid() {
            return Err(Refusal::invalid("poker_round", "Nobody has laid a card yet, so there is nothing to turn over."));
        }
        Ok(before.turned(moment))
    }
}

command! {
    /// Has everybody lay a card once more for a story, after they have talked. The vote before stays in the record.
    pub struct VoteAgain in "poker_round.again" at Post "/products/{product}/poker-rounds/{poker_round}/again" [] {
        pub poker_round: Id<PokerRound>,
    }
}

impl Command for VoteAgain {
    type Before = (Poker, PokerRound);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::with_session(look, self.poker_round)
    }
    fn may(&self, (poker, _): &Self::Before, scope: &Scope) -> Result<()> {
        must_lead(poker, scope)?;
        poker.goes_on()
    }
    fn title(&self, (poker, _): &Self::Before) -> String {
        format!("Vote once more in “{}”", poker.title)
    }
    fn decide(self, (poker, before): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        match before.state {
            RoundState::Turned => {}
            RoundState::On => return Err(Refusal::invalid("poker_round", "Cards are still being laid. Turn them over first.")),
            _ => before.is_on()?,
        }
        if before.turn >= MOST_TURNS {
            return Err(Refusal::invalid("poker_round", format!("It was voted on {MOST_TURNS} times. Talk it over, or leave it for today.")));
        }
        let next = fresh(&poker, before.story, (before.place, before.turn + 1), moment);
        let over = PokerRound { state: RoundState::Again, ..before.clone() };
        Ok(vec![Event::changed(&ROUND_AGAIN, &before, &over).called(&poker.title), Event::created(&ROUND_DEALT, &next).called(&poker.title)].into())
    }
}

command! {
    /// Leaves a story without an estimate, where it cannot be said yet how large it is, and goes on to the next.
    pub struct PassRound in "poker_round.pass" at Post "/products/{product}/poker-rounds/{poker_round}/passing" [] {
        pub poker_round: Id<PokerRound>,
    }
}

impl Command for PassRound {
    type Before = (Poker, PokerRound);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::with_session(look, self.poker_round)
    }
    fn may(&self, (poker, _): &Self::Before, scope: &Scope) -> Result<()> {
        must_lead(poker, scope)?;
        poker.goes_on()
    }
    fn title(&self, (poker, _): &Self::Before) -> String {
        format!("Leave a story without an estimate in “{}”", poker.title)
    }
    fn decide(self, (poker, before): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if !before.is_open() {
            before.is_on()?;
        }
        let event = Event::changed(&ROUND_PASSED, &before, &PokerRound { state: RoundState::Passed, ..before.clone() }).called(&poker.title);
        Ok(Decided { unseals: vec![before.meta.id], ..event.into() })
    }
}
