//! Reading the inbox: evidence that supports no need and was not dismissed.

use crate::{
    model::*,
    rows::{Piece, pieces},
};
use kernel::{Column, Look, Mark, Noun, Paged, Result, Value, query, value::containing};

/// So many stand on a page.
const PAGE: usize = 20;
/// Counted no further than this: nobody needs to know more.
pub(crate) const MOST_WAITING: i64 = 999;

/// Which part of the evidence is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What waits to be triaged.
    Waiting,
    /// What was dismissed.
    Dismissed,
}

/// What waits, as SQL: linked to nothing and not dismissed.
const WAITS: &str = "dismissed is null and not exists
    (select 1 from relation where relation.product = $1 and relation.from_id = evidence.id and relation.verb = 'supports' and relation.removed_at is null)";

/// A page of it, or of those in whose text or source some words stand: what waits with the newest first, of what was dismissed
/// the last.
pub fn shelf(look: &mut Look, shelf: Shelf, words: &str, after: &str) -> Result<Paged<Piece>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = Mark::<i64>::read(after)? {
        and += " and (created_at, id) < ($2, $3)";
        params.extend([Value::Int(mark.at), mark.id.value()]);
    }
    if !words.is_empty() {
        let (lower, exact) = (params.len() + 2, params.len() + 3);
        params.extend([containing(&words.to_lowercase()), containing(words)]);
        let has = |field: &str| format!("lower({field}) like ${lower} escape '!' or {field} like ${exact} escape '!'");
        and += &format!(" and ({} or {})", has("quote"), has("source"));
    }
    let which = match shelf {
        Shelf::Waiting => WAITS,
        Shelf::Dismissed => "dismissed is not null",
    };
    let found = Evidence::all(look, &format!("and {which}{and} order by created_at desc, id desc limit {}", PAGE + 1), &params)?;
    let page = Paged::cut(found, PAGE, |e| Mark::new(e.meta.created_at, e.meta.id));
    Ok(Paged { items: pieces(look, page.items)?, next: page.next })
}

/// How much waits, and how much was dismissed, each as far as it is counted.
pub(crate) fn counts(look: &mut Look) -> Result<(i64, i64)> {
    let product = look.scope.product_id()?;
    let of = |which: &str| {
        format!(
            "(select count(*) from (select 1 from evidence where product = $1 and removed_at is null and {which} limit {}) as counted)",
            MOST_WAITING + 1
        )
    };
    let counted = look.first(&format!("select {}, {}", of(WAITS), of("dismissed is not null")), &[product.value()])?;
    counted.map_or(Ok((0, 0)), |mut row| Ok((row.take()?, row.take()?)))
}

query! {
    /// Evidence that waits to be triaged: it supports no need and was not dismissed; the newest first.
    pub struct ReadInbox in "evidence.inbox" at "/products/{product}/evidence-inbox" -> Paged<Evidence> {
        /// Words that stand in what was said, or in its source.
        #[serde(default)]
        pub q: String,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: String,
    }
}

impl kernel::Query for ReadInbox {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        let page = shelf(look, Shelf::Waiting, self.q.trim(), &self.after)?;
        Ok(Paged { items: page.items.into_iter().map(|piece| piece.evidence).collect(), next: page.next })
    }
}
