//! Laying a card: sealed until all are turned over, and changed until then. The last one who is asked turns them over.

use crate::{events::*, model::*, rows};
use kernel::{
    Area, Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command,
    sealed::{self, Seal, SealForm},
};
use serde::{Deserialize, Serialize};

/// The form that seals a card.
pub(crate) const CARDS: SealForm = SealForm { seals: "poker_round.vote", opens: "poker_round.reveal", says: "note" };

/// What is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Laid {
    pub card: String,
    #[serde(default)]
    pub note: String,
}

impl Laid {
    pub fn read(body: &str) -> Result<Laid> {
        kernel::serde_json::from_str(body).map_err(|e| Refusal::broken(e.to_string()))
    }
}

/// A round with what was laid in it.
pub struct Voting {
    pub(crate) poker: Poker,
    pub(crate) round: PokerRound,
    laid: Vec<(Uuid, Laid)>,
    /// Who still sees sizes; for nobody else is waited.
    here: Vec<Uuid>,
}

pub(crate) fn voting(look: &mut Look, id: Id<PokerRound>) -> Result<Voting> {
    let (poker, round) = rows::with_session(look, id)?;
    let laid = sealed::all(look, round.meta.id)?.into_iter().map(|(member, body)| Ok((member, Laid::read(&body)?))).collect::<Result<_>>()?;
    let here = people::these_see(look, Area::Estimates, poker.asked.iter().copied())?.into_iter().map(|person| person.id).collect();
    Ok(Voting { poker, round, laid, here })
}

impl Voting {
    /// Makes nouns of what was laid.
    pub(crate) fn turned(self, moment: &Moment) -> Decided {
        let after = PokerRound { state: RoundState::Turned, turned_at: Some(moment.now), ..self.round.clone() };
        let mut events = vec![Event::changed(&ROUND_TURNED, &self.round, &after).called(&self.poker.title)];
        for (member, laid) in self.laid {
            let vote = PokerVote {
                meta: moment.fresh(self.round.meta.product),
                round: self.round.id(),
                member: Id::new(member),
                points: scale::by_label(&self.poker.cards, &laid.card).map(|card| card.points),
                card: laid.card,
                note: laid.note,
            };
            events.push(Event::created(&CARD_TURNED, &vote).called(&self.poker.title));
        }
        Decided { unseals: vec![self.round.meta.id], ..events.into() }
    }

    pub(crate) fn nobody_has_laid(&self) -> bool {
        self.laid.is_empty()
    }
}

command! {
    /// Lays one's card for a story. Nobody else reads it before all are turned over, and until then it can be changed. The
    /// last one who is asked turns them over.
    pub struct LayCard in "poker_round.vote" at Put "/products/{product}/poker-rounds/{poker_round}/vote" [] {
        pub poker_round: Id<PokerRound>,
        /// A card of the scale, or `?` of whoever cannot say.
        pub card: Text<20>,
        /// What the others are to know of it.
        #[serde(default)]
        pub note: Text<500>,
    }
}

impl Command for LayCard {
    type Before = Voting;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Voting> {
        voting(look, self.poker_round)
    }
    fn may(&self, before: &Voting, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        before.round.is_on()?;
        match scope.who.member.is_some_and(|me| before.poker.asked.contains(&me)) {
            true => Ok(()),
            false => Err(Refusal::denied("You are not among those who lay cards here.")),
        }
    }
    fn title(&self, before: &Voting) -> String {
        format!("Lay a card in “{}”", before.poker.title)
    }
    fn decide(self, mut before: Voting, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let me = scope.who.signed_in()?;
        let card = match self.card.trim() {
            UNSURE => UNSURE.to_owned(),
            written => match scale::by_label(&before.poker.cards, written) {
                Some(card) => card.label.clone(),
                None => return Err(off("card", &before.poker)),
            },
        };
        let laid = Laid { card, note: self.note.into() };
        let waited = before.poker.asked.iter().filter(|member| **member != me && before.here.contains(member));
        let all = waited.clone().all(|member| before.laid.iter().any(|(known, _)| known == member));
        if all {
            before.laid.retain(|(member, _)| *member != me);
            before.laid.push((me, laid));
            return Ok(before.turned(moment));
        }
        let body = kernel::serde_json::to_string(&laid).map_err(|e| Refusal::broken(e.to_string()))?;
        let seal = Seal { round: before.round.meta.id, noun: PokerRound::TABLE, body, kind: &CARD_LAID, label: before.poker.title };
        // Under whose names cards lie is seen by everybody at the table, so their pages follow.
        Ok(Decided { seals: vec![seal], shows: vec![PokerRound::TABLE], ..Decided::default() })
    }
}

/// What is said of a card that is not among those of a session.
pub(crate) fn off(field: &str, poker: &Poker) -> Refusal {
    let labels: Vec<&str> = poker.cards.iter().map(|card| card.label.as_str()).collect();
    Refusal::invalid(field, format!("That is not on the scale here: {}.", labels.join(", ")))
}
