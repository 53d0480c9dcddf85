//! The page of planning poker: all sessions, or the one that is named, with the story at hand.

use crate::{
    alike::{self, Alike},
    model::*,
    rows, session_view,
    views::{self, All},
    voting::Laid,
};
use backlog::{Criterion, Story};
use kernel::{Area, Id, Look, Noun, Refusal, Result, Uuid, sealed};
use notices::Around;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use web::{At, Markup, Page, PageSpec, Query, Response, Router, Web, Wing, get, when};

pub(crate) const POKER: PageSpec = PageSpec {
    path: "poker",
    name: "Planning poker",
    wing: Wing::Owner,
    under: "backlog",
    live: &["poker", "poker_round", "poker_vote", "estimate_scale", "story", "criterion", "comment", "reaction", "attachment"],
    areas: &[Area::Estimates],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/poker", get(page))
}

#[derive(Deserialize)]
struct Asked {
    /// An id, or `newest`: the last one that the reader has begun.
    #[serde(default)]
    session: String,
    /// The round that is looked at; the one whose turn it is when left out.
    #[serde(default)]
    round: String,
}

async fn page(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| match asked.session.as_str() {
        "" => all(look),
        "newest" => {
            let newest = Poker::all(look, "and member = $me order by created_at desc, id desc limit 1", &[])?.pop().ok_or(Refusal::NotFound)?;
            one(look, newest, "")
        }
        id => {
            let poker = Poker::get(look, Id::try_from(id)?)?;
            one(look, poker, &asked.round)
        }
    })
    .await
}

fn all(look: &mut Look) -> Result<Page> {
    if !look.scope.sees(Area::Estimates) {
        return Ok(Page::of(&POKER, views::unseen(look.scope)));
    }
    let all = All {
        sessions: rows::sessions(look)?,
        waiting: rows::to_vote(look)?,
        people: people::who_see(look, Area::Estimates)?,
        offered: rows::unsized_(look)?,
        scale: scale::agreed(look)?,
    };
    let primary: Markup = views::begin_button(look.scope, &all);
    Ok(Page::of(&POKER, views::all(look.scope, &all)).primary(primary))
}

/// A session with the story at hand.
pub(crate) struct Table {
    pub poker: Poker,
    /// All rounds, by place and turn.
    pub rounds: Vec<PokerRound>,
    pub stories: HashMap<Uuid, Story>,
    pub names: HashMap<Uuid, String>,
    /// Rounds in which the reader has laid a card that is not turned over.
    pub laid: BTreeSet<Uuid>,
    pub asked: bool,
    pub at: Option<AtHand>,
    /// The hour of the last day as the clocks of the product show it.
    pub ends_time: String,
}

/// The story at hand.
pub(crate) struct AtHand {
    pub round: PokerRound,
    /// The votes on it before this one.
    pub earlier: Vec<PokerRound>,
    pub votes: Vec<PokerVote>,
    pub story: Option<Story>,
    pub criteria: Vec<Criterion>,
    pub alike: Vec<Alike>,
    /// What the reader has laid.
    pub own: Option<Laid>,
    /// Who has laid a card.
    pub who: Vec<Uuid>,
}

/// Whose turn it is: where all sit together the first story that is still open; over some days the first that waits for the
/// reader, then the first whose cards are turned.
fn turn<'a>(poker: &Poker, rounds: &'a [PokerRound], laid: &BTreeSet<Uuid>, asked: bool) -> Option<&'a PokerRound> {
    let open = || rounds.iter().filter(|round| round.is_open());
    if poker.ends_on.is_none() {
        return open().next();
    }
    let waits = |round: &&PokerRound| asked && round.state == RoundState::On && !laid.contains(&round.meta.id);
    open().find(waits).or_else(|| open().find(|round| round.state == RoundState::Turned)).or_else(|| open().next())
}

fn one(look: &mut Look, poker: Poker, named: &str) -> Result<Page> {
    let id = poker.meta.id;
    let rounds = rows::rounds(look, poker.id())?;
    let stories = rows::stories(look, rounds.iter().map(|round| round.story.0))?;
    let mut own = sealed::own(look, rounds.iter().filter(|round| round.state == RoundState::On).map(|round| round.meta.id))?;
    let laid: BTreeSet<Uuid> = own.keys().copied().collect();
    let asked = look.scope.who.member.is_some_and(|me| look.scope.who.assistant.is_none() && poker.asked.contains(&me));
    let chosen = match named {
        "" => turn(&poker, &rounds, &laid, asked).cloned(),
        id => {
            let id = Id::<PokerRound>::try_from(id)?;
            Some(rounds.iter().find(|round| round.id() == id).cloned().ok_or(Refusal::NotFound)?)
        }
    };
    let at = chosen.map(|round| at_hand(look, round, &rounds, &stories, &mut own)).transpose()?;
    let voted = at.iter().flat_map(|at| at.votes.iter().map(|vote| vote.member.0));
    let settled = rounds.iter().filter_map(|round| round.settled_by.map(|member| member.0));
    let names = people::names_of(look, voted.chain(settled).chain(poker.asked.iter().copied()).chain([poker.member.0]))?;
    let around = Around::read(look, Poker::TABLE, [id])?;
    let ends_time = match poker.ends_at {
        Some(at) => when::clock(at, &rows::zone(look)?),
        None => String::new(),
    };
    let table = Table { poker, rounds, stories, names, laid, asked, at, ends_time };
    let body = session_view::session(look.scope, &table, &around.view(look.scope, id));
    Ok(Page::of(&POKER, body).titled(table.poker.title))
}

fn at_hand(
    look: &mut Look,
    round: PokerRound,
    rounds: &[PokerRound],
    stories: &HashMap<Uuid, Story>,
    own: &mut HashMap<Uuid, String>,
) -> Result<AtHand> {
    let story = stories.get(&round.story.0).cloned();
    let earlier: Vec<PokerRound> =
        rounds.iter().filter(|other| other.story == round.story && other.turn < round.turn && other.turned_at.is_some()).cloned().collect();
    let votes = rows::votes(look, earlier.iter().map(|round| round.meta.id).chain([round.meta.id]))?;
    let who = sealed::who(look, [round.meta.id])?.into_iter().map(|(_, member)| member).collect();
    let (criteria, alike) = match &story {
        Some(story) => (rows::criteria(look, story)?, alike::alike(look, story)?),
        None => (vec![], vec![]),
    };
    let own = own.remove(&round.meta.id).map(|body| Laid::read(&body)).transpose()?;
    Ok(AtHand { round, earlier, votes, story, criteria, alike, own, who })
}
