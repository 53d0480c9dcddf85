//! Taking the result over: it becomes the size of the story, with its reason.

use crate::{events::*, model::*, rows, spread::Spread, voting::off};
use backlog::{STORY_ESTIMATED, Stage, Story};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, command};
use scale::EstimateScale;

command! {
    /// Takes a card over as the size of the story, with the reason where not all have said the same.
    pub struct TakeOver in "poker_round.take" at Post "/products/{product}/poker-rounds/{poker_round}/taking" [Estimates] {
        pub poker_round: Id<PokerRound>,
        /// A card of the scale.
        pub card: Text<20>,
        /// Why this one.
        #[serde(default)]
        pub reason: Text<1_000>,
    }
}

/// A round whose result is taken over.
pub struct Taking {
    poker: Poker,
    round: PokerRound,
    story: Story,
    votes: Vec<PokerVote>,
    scale: Option<EstimateScale>,
}

impl Command for TakeOver {
    type Before = Taking;

    fn load(&self, look: &mut Look) -> Result<Taking> {
        let (poker, round) = rows::with_session(look, self.poker_round)?;
        let story = Story::get(look, round.story)?;
        let votes = rows::votes(look, [round.meta.id])?;
        Ok(Taking { poker, round, story, votes, scale: scale::agreed(look)? })
    }
    fn title(&self, before: &Taking) -> String {
        match scale::by_label(&before.poker.cards, &self.card) {
            Some(card) => format!("Estimate “{}” at {}", before.story.title, web::several(web::points(Some(card.points)), "point")),
            None => format!("Estimate “{}”", before.story.title),
        }
    }
    fn decide(self, Taking { poker, round, story, votes, scale }: Taking, _: &Moment, scope: &Scope) -> Result<Decided> {
        poker.goes_on()?;
        match round.state {
            RoundState::Turned => {}
            RoundState::On => return Err(Refusal::invalid("poker_round", "Turn the cards over first; then there is a result.")),
            _ => round.is_on()?,
        }
        if matches!(story.stage, Stage::Accepted | Stage::Dropped) {
            return Err(Refusal::invalid("poker_round", format!("“{}” is {} already; its size stays.", story.title, story.stage)));
        }
        let card = scale::by_label(&poker.cards, &self.card).ok_or_else(|| off("card", &poker))?;
        scale::on_scale(scale.as_ref(), Some(card.points))?;
        let all_said_it = Spread::of(&votes).is_some_and(|spread| spread.lowest == card.points && spread.highest == card.points);
        if self.reason.is_empty() && !all_said_it {
            return Err(Refusal::invalid("reason", "Not all have said this, so say in a sentence why it is this."));
        }
        let by = scope.who.member.map(Id::new);
        let after = PokerRound { state: RoundState::Taken, points: Some(card.points), reason: self.reason.into(), settled_by: by, ..round.clone() };
        let mut events = vec![Event::changed(&ROUND_TAKEN, &round, &after).called(&poker.title)];
        if story.points != Some(card.points) {
            events.push(Event::changed(&STORY_ESTIMATED, &story, &Story { points: Some(card.points), ..story.clone() }));
        }
        Ok(events.into())
    }
}
