//! Everything in flow, whatever sprint it is in or whether it is in one: what is under way, what is ready next, and what
//! was accepted lately. A board for whoever works without sprints, or looks across them.

use crate::rows::{Card, cards_where};
use kernel::{Column, Look, Result, Value};
use web::Filter;

/// So many that are ready stand in front, so many that were accepted behind, and so many are under way at most.
const NEXT: i64 = 30;
const DONE: i64 = 50;
const UNDER_WAY: i64 = 300;
/// Accepted within so many days is lately.
const LATELY: i64 = 14;
const DAY: i64 = 86_400_000;

/// Each part is found by an index of its own and stops where it is full.
pub(crate) fn cards(look: &mut Look, filter: Option<&Filter>) -> Result<Vec<Card>> {
    let part = |what: &str, order: &str, most: i64| {
        format!("select id from (select id from story where product = $2 and {what} and removed_at is null order by {order} limit {most}) as part")
    };
    let parts = [
        part("stage = 'doing'", "rank", UNDER_WAY),
        part("stage = 'handed_over'", "rank", UNDER_WAY),
        part("stage = 'open' and ready_at is not null", "rank", NEXT),
        part("stage = 'accepted' and settled_at > $1", "settled_at desc", DONE),
    ];
    let which = format!("story.product = $2 and story.id in ({})", parts.join(" union all "));
    let since = look.now() - LATELY * DAY;
    cards_where(look, &which, vec![Value::Int(since)], filter)
}

/// How a product that works without sprints stands, in figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct InFlow {
    pub doing: i64,
    /// Handed over, and without a verdict yet.
    pub waiting: i64,
    /// Of both, those that take longer than 85 of 100 stories did.
    pub slow: i64,
    /// Accepted in the last two weeks.
    pub lately: i64,
}

/// What is under way in the product at hand, and what was accepted lately.
pub fn in_flow(look: &mut Look) -> Result<InFlow> {
    let (now, product) = (look.now(), look.scope.product_id()?.value());
    // Both days are counted, as on the cards; without a pace nothing is slow.
    let begun_before = board::pace(look)?.map_or(0, |pace| (now.div_euclid(DAY) + 1 - pace.most) * DAY);
    let here = "(select count(*) from story where product = $1 and removed_at is null";
    let sql = format!(
        "select {here} and stage = 'doing'), {here} and stage = 'handed_over'), {here} and stage in ('doing', 'handed_over') and started_at < $2),
                {here} and stage = 'accepted' and settled_at > $3)"
    );
    let told = look.first(&sql, &[product, Value::Int(begun_before), Value::Int(now - LATELY * DAY)])?;
    told.map_or(Ok(InFlow::default()), |mut row| Ok(InFlow { doing: row.take()?, waiting: row.take()?, slow: row.take()?, lately: row.take()? }))
}
