//! Reading sessions, rounds and cards.

use crate::model::*;
use backlog::{Criterion, Story};
use kernel::{Area, Column, Id, Look, Noun, Result, Uuid, Value, list, sealed, value::Packed};
use std::collections::HashMap;

/// The zone of the product at hand, in which an hour is meant.
pub(crate) fn zone(look: &mut Look) -> Result<String> {
    let product = look.scope.product_id()?;
    look.first("select zone from product where id = $1", &[product.value()])?.map_or_else(|| Ok("UTC".to_owned()), |mut row| row.take())
}

pub(crate) fn with_session(look: &mut Look, id: Id<PokerRound>) -> Result<(Poker, PokerRound)> {
    let round = PokerRound::get(look, id)?;
    Ok((Poker::get(look, round.poker)?, round))
}

/// All rounds of a session in their order, of a story the first vote first.
pub(crate) fn rounds(look: &mut Look, poker: Id<Poker>) -> Result<Vec<PokerRound>> {
    PokerRound::all(look, "and poker = $2 order by place, turn, id", &[poker.value()])
}

/// The cards that were turned over in some rounds.
pub(crate) fn votes(look: &mut Look, rounds: impl IntoIterator<Item = Uuid>) -> Result<Vec<PokerVote>> {
    PokerVote::all(look, "and round in each($2) order by coalesce(points, -1) desc, id", &[list(rounds)])
}

/// So many sessions are named.
const MOST_SESSIONS: usize = 60;

/// The latest sessions, those that go on first.
pub(crate) fn sessions(look: &mut Look) -> Result<Vec<Poker>> {
    Poker::all(look, &format!("order by case when ended_at is null then 0 else 1 end, created_at desc, id desc limit {MOST_SESSIONS}"), &[])
}

/// Planning poker that waits for somebody's cards.
#[derive(Clone, Debug)]
pub struct ToVote {
    pub id: Uuid,
    pub title: String,
    pub ends_on: Option<String>,
    /// So many stories.
    pub stories: i64,
    /// The hour of the last day, where one was named.
    pub ends_at: Option<i64>,
}

/// Sessions in which the asker has cards to lay.
pub fn to_vote(look: &mut Look) -> Result<Vec<ToVote>> {
    let me = match look.scope.who.member {
        Some(me) if look.scope.who.assistant.is_none() => me,
        _ => return Ok(vec![]),
    };
    let sql = format!(
        "select poker.id, poker.title, poker.ends_on, poker.ends_at, poker.asked, (select count(*) from poker_round where poker_round.poker = poker.id
           and poker_round.state = 'on' and poker_round.removed_at is null and {})
         from poker where poker.product = $1 and poker.ended_at is null and poker.removed_at is null order by coalesce(poker.ends_on, '9'), coalesce(poker.ends_at, 0), poker.id limit 50",
        sealed::not_yet_by("poker_round.id", "$me")
    );
    let mut waiting = vec![];
    for mut row in look.query(&sql, &[look.scope.product_id()?.value()])? {
        let (id, title, ends_on): (Uuid, String, Option<String>) = (row.take()?, row.take()?, row.take()?);
        let (ends_at, asked, stories): (Option<i64>, Packed<Vec<Uuid>>, i64) = (row.take()?, row.take()?, row.take()?);
        if stories > 0 && asked.contains(&me) {
            waiting.push(ToVote { id, title, ends_on, stories, ends_at });
        }
    }
    Ok(waiting)
}

/// Stories by their ids, as the reader may see them.
pub(crate) fn stories(look: &mut Look, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Story>> {
    let found = Story::all(look, "and id in each($2)", &[list(ids)])?;
    Ok(found.into_iter().map(|story| (story.meta.id, story)).collect())
}

pub(crate) fn criteria(look: &mut Look, story: &Story) -> Result<Vec<Criterion>> {
    backlog::criteria_of(look, story.id())
}

/// So many stories of the backlog can be chosen from.
const MOST_OFFERED: i64 = 40;

/// What is offered to be estimated: the first stories of the backlog without a size.
pub(crate) fn unsized_(look: &mut Look) -> Result<Vec<(i64, String)>> {
    if !look.scope.sees(Area::Backlog) {
        return Ok(vec![]);
    }
    let rows = look.query(
        "select number, title from story where product = $1 and stage = 'open' and points is null and removed_at is null order by rank, id limit $2",
        &[look.scope.product_id()?.value(), Value::Int(MOST_OFFERED)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}
