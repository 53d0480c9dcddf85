//! Everything in flow, whatever sprint it is in or whether it is in one: what is under way, what is ready next, and what
//! was accepted lately. A board for whoever works without sprints, or looks across them.

use crate::rows::{Card, cards_where};
use kernel::{Look, Result, Value};
use web::Filter;

/// So many that are ready stand in front, so many that were accepted behind, and so many are under way at most.
const NEXT: i64 = 30;
const DONE: i64 = 50;
const UNDER_WAY: i64 = 300;
/// Accepted within so many days is lately.
const LATELY: i64 = 14;

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
    let since = look.now() - LATELY * 86_400_000;
    cards_where(look, &which, vec![Value::Int(since)], filter)
}
