//! What is asked of one person: questions about what they put forward, and votes on which theirs is waited for.

use kernel::{Area, Column, Look, Result, Row, Scope, Uuid, list, sealed, value::Packed};
use web::{clipped, text::own_words};

/// Something that waits for words or a vote of whoever reads.
#[derive(Clone, Debug)]
pub struct AskedOf {
    pub product: Uuid,
    area: Area,
    pub proposal: Uuid,
    /// What the proposal is called.
    pub title: String,
    /// Who asks.
    pub by: String,
    /// What they want to know, or what is voted on.
    pub words: String,
    pub since: i64,
    pub vote: bool,
}

/// So many questions are told.
const MOST: usize = 20;
/// So many votes that are on are looked through.
const MOST_VOTES: usize = 200;
/// So much of a question is shown.
const EXCERPT: usize = 120;

/// What is asked of whoever reads in some products, as they stand there; what has waited longest first.
pub fn asked_of(look: &mut Look, scopes: &[Scope]) -> Result<Vec<AskedOf>> {
    let Some(me) = look.scope.who.member.filter(|_| look.scope.who.assistant.is_none()) else { return Ok(vec![]) };
    let ids: Vec<Uuid> = scopes.iter().filter_map(|scope| scope.product.as_ref().map(|product| product.id)).collect();
    // A page of one product asks this with all else it asks, as soon as it is known who asks.
    let (among, products) = match ids[..] {
        [one] => ("= $1", one.value()),
        _ => ("in each($1)", list(ids)),
    };
    // Each product is judged by its own matrix below.
    let questions = format!(
        "select proposal.product, proposal.area, proposal.id, proposal.title, member.name, comment.body, comment.created_at
         from comment join proposal on proposal.id = comment.about_id join member on member.id = coalesce(comment.assistant, comment.member)
         where comment.asks = 'question' and comment.product {among} and comment.resolved_at is null and comment.removed_at is null
         and proposal.author = $2 and proposal.state = 'open' and proposal.removed_at is null order by comment.created_at, comment.id limit {MOST}"
    );
    let votes_on = format!(
        "select proposal.product, proposal.area, proposal.id, proposal.title, member.name, poll.question, poll.created_at, poll.asked
         from poll join proposal on proposal.id = poll.proposal join member on member.id = poll.member
         where poll.product {among} and poll.opened_at is null and poll.removed_at is null and {}
         and proposal.state = 'open' and proposal.removed_at is null order by poll.created_at, poll.id limit {MOST_VOTES}",
        sealed::not_yet_by("poll.id", "$2")
    );
    let mut asked: Vec<AskedOf> =
        look.reader.query(&questions, &[products.clone(), me.value()])?.iter_mut().map(|row| read(row, false)).collect::<Result<_>>()?;
    for mut row in look.reader.query(&votes_on, &[products, me.value()])? {
        let vote = read(&mut row, true)?;
        if row.take::<Packed<Vec<Uuid>>>()?.contains(&me) {
            asked.push(vote);
        }
    }
    let sees = |one: &AskedOf| {
        let there = |scope: &&Scope| scope.product.as_ref().is_some_and(|product| product.id == one.product && !product.archived);
        scopes.iter().find(there).is_some_and(|scope| scope.sees(one.area))
    };
    asked.retain(sees);
    asked.sort_by_key(|one| one.since);
    Ok(asked)
}

fn read(row: &mut Row, vote: bool) -> Result<AskedOf> {
    Ok(AskedOf {
        product: row.take()?,
        area: row.take()?,
        proposal: row.take()?,
        title: row.take()?,
        by: row.take()?,
        words: clipped(&own_words(&row.take::<String>()?), EXCERPT),
        since: row.take()?,
        vote,
    })
}

impl AskedOf {
    /// "asks about", "asks for your vote on"; the proposal stands behind it.
    pub fn says(&self) -> &'static str {
        if self.vote { "asks for your vote on" } else { "asks about" }
    }

    /// Where it is answered, below its product.
    pub fn place(&self) -> String {
        let id = self.proposal.simple();
        format!("decisions?show={id}#p-{id}")
    }
}
