//! A session, its rounds, and the cards that were laid.

use backlog::Story;
use kernel::{Area, Heard, Id, Reading, Refusal, Result, Scope, Standing, Uuid, erasure::Said, noun, value::Packed, words};
use people::Member;
use scale::Card;

noun! {
    /// A session of planning poker: stories that are estimated one after another.
    pub struct Poker in "poker" {
        title: String,
        /// Who began it and leads through it.
        member: Id<Member>,
        /// Who lays cards.
        asked: Packed<Vec<Uuid>>,
        /// What can be laid: the scale of the product as it was then.
        cards: Packed<Vec<Card>>,
        /// The last day to lay a card; none where all sit together.
        ends_on: Option<String>,
        ended_at: Option<i64>,
        /// The moment until which cards are laid, where the last day ends at an hour.
        ends_at: Option<i64>,
    } label(p) p.title.clone(); searched Some((p.title.clone(), String::new()));
    about { many: "poker-sessions", one: "planning poker", read: Reading::Sees(Area::Estimates), place: "poker?session={id}", titled: true, found_by: "title",
      discussed: true, hushed: &["asked", "cards", "ended_at"], called: &[("member", "begun by"), ("ends_on", "lay cards until"), ("ends_at", "until exactly")],
      heard: Heard { whose: &["member"], asks: &["asked"], news: &["ended_at"], ..Heard::NOTHING } }
}

words! {
    /// Where a round stands.
    pub enum RoundState {
        On = "on" says "cards are being laid", Turned = "turned" says "turned over", Again = "again" says "voted once more",
        Taken = "taken" says "taken over", Passed = "passed" says "left without an estimate",
    }
}

noun! {
    /// One vote on one story.
    pub struct PokerRound in "poker_round" {
        poker: Id<Poker>,
        story: Id<Story>,
        /// Its place in the session, from 1.
        place: i64,
        /// The first vote on the story, the second, …
        turn: i64,
        state: RoundState,
        turned_at: Option<i64>,
        /// What was taken over as the size, why, and by whom.
        points: Option<f64>,
        reason: String,
        settled_by: Option<Id<Member>>,
    } label(_r) "a story".to_owned();
    about { many: "poker-rounds", one: "round of planning poker", read: Reading::Of("poker", "poker"), part_of: "poker",
      hushed: &["story", "place", "turn", "state", "turned_at", "settled_by"],
      called: &[("points", "size")], said: Some(Said { by: "settled_by", words: &["reason"], unless: "" }) }
}

noun! {
    /// A card that somebody laid, once it is turned over.
    pub struct PokerVote in "poker_vote" {
        round: Id<PokerRound>,
        member: Id<Member>,
        /// What stood on it; `?` of whoever could not say.
        card: String,
        /// What it counts; none of whoever could not say.
        points: Option<f64>,
        note: String,
    } label(_v) "a card".to_owned();
    about { many: "poker-votes", one: "card", read: Reading::Of("poker_round", "round"), part_of: "round", hushed: &["member", "card", "points"],
      said: Some(Said { by: "member", words: &["note"], unless: "" }) }
}

/// The card of whoever cannot say.
pub const UNSURE: &str = "?";

/// So many stories are estimated in a session.
pub(crate) const MOST_STORIES: usize = 60;
/// So many people lay cards.
pub(crate) const MOST_ASKED: usize = 60;
/// So often a story is voted on in a session.
pub(crate) const MOST_TURNS: i64 = 10;

/// Estimating together is for people.
pub(crate) fn a_person(scope: &Scope) -> Result<()> {
    scope.by_people("An assistant lays no cards; people do.")
}

/// Whoever has a say in sizes or in the backlog may have stories estimated.
pub(crate) fn may_begin(scope: &Scope) -> Result<()> {
    a_person(scope)?;
    match [Area::Estimates, Area::Backlog].iter().any(|area| scope.standing(*area).1 >= Standing::Proposes) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever has a say in the backlog or in sizes asks for estimates; your hat has none.")),
    }
}

/// Whoever began it leads, and whoever decides on sizes or on the backlog.
pub(crate) fn leads(poker: &Poker, scope: &Scope) -> bool {
    let own = scope.who.member == Some(poker.member.0);
    scope.who.assistant.is_none() && (own || [Area::Estimates, Area::Backlog].iter().any(|area| scope.standing(*area).1 >= Standing::Signs))
}

pub(crate) fn must_lead(poker: &Poker, scope: &Scope) -> Result<()> {
    a_person(scope)?;
    match leads(poker, scope) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever began this leads through it, and whoever decides on sizes or on the backlog.")),
    }
}

impl Poker {
    pub(crate) fn goes_on(&self) -> Result<()> {
        match self.ended_at {
            None => Ok(()),
            Some(_) => Err(Refusal::invalid("poker", "This planning poker has ended.")),
        }
    }
}

impl PokerRound {
    /// Cards can still be laid; else a sentence that says why not.
    pub(crate) fn is_on(&self) -> Result<()> {
        let over = |message: &str| Err(Refusal::invalid("poker_round", message));
        match self.state {
            RoundState::On => Ok(()),
            RoundState::Turned => over("The cards have been turned over. To vote once more, ask for another round."),
            RoundState::Again => over("This vote is over; the story is voted on once more."),
            RoundState::Taken => over("This vote is over: its result was taken over."),
            RoundState::Passed => over("This story was left without an estimate."),
        }
    }

    /// Neither taken over nor left: something of it is still to be done.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, RoundState::On | RoundState::Turned)
    }
}
