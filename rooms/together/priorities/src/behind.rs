//! What stands behind a thing among customers: how much evidence, from how many, and what those bring. The one place where a
//! figure is counted that a score would else have typed; whatever else comes to be known of customers joins here.

use crate::model::{Source, Thing};
use kernel::{Column, Look, Result, Uuid, list};
use std::collections::HashMap;

/// What was counted behind one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Behind {
    pub evidence: i64,
    /// Customers, each once.
    pub voices: i64,
    /// What they bring in a year, as far as it is known.
    pub revenue: f64,
}

impl Behind {
    pub fn of(&self, source: Source) -> f64 {
        match source {
            Source::Evidence => self.evidence as f64,
            Source::Voices => self.voices as f64,
            Source::Revenue => self.revenue,
        }
    }
}

/// Evidence is behind a need that it supports, behind an initiative that addresses the need, behind the initiative’s
/// features and behind their stories; that of a case behind its options. One piece counts once, whatever it supports, and so does a customer.
pub fn behind(look: &mut Look, thing: Thing, ids: &[Uuid]) -> Result<HashMap<Uuid, Behind>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (whose, joined) = match thing {
        Thing::Need => ("supports.to_id", ""),
        Thing::Initiative => ("bet.from_id", ADDRESSED),
        Thing::Feature => ("slice.id", SLICED),
        Thing::Story => ("work.id", WORKED),
        Thing::CaseOption => ("way.id", WEIGHED),
    };
    // A piece is of one customer, so those of each are counted first.
    let sql = format!(
        "select heard.thing, cast(sum(heard.pieces) as bigint), count(customer.id), coalesce(sum(customer.revenue), 0.0)
         from (select {whose} as thing, said.customer as who, count(distinct said.id) as pieces
               from relation supports join evidence said on said.id = supports.from_id{joined}
               where supports.product = $1 and supports.verb = 'supports' and supports.removed_at is null and said.removed_at is null
               and {whose} in each($2) group by {whose}, said.customer) as heard
         left join customer on customer.id = heard.who and customer.removed_at is null
         group by heard.thing"
    );
    let rows = look.query(&sql, &[look.scope.product_id()?.value(), list(ids.iter().copied())])?;
    let read = |mut row: kernel::Row| Ok((row.take()?, Behind { evidence: row.take()?, voices: row.take()?, revenue: row.take()? }));
    rows.into_iter().map(read).collect()
}

/// What a case rests on is behind each of its options.
const WEIGHED: &str = " join case_option way on way.guided_case = supports.to_id and way.removed_at is null";
const ADDRESSED: &str = " join relation bet on bet.to_id = supports.to_id and bet.verb = 'addresses' and bet.removed_at is null";
const SLICED: &str = " join relation bet on bet.to_id = supports.to_id and bet.verb = 'addresses' and bet.removed_at is null
         join feature slice on slice.initiative = bet.from_id and slice.removed_at is null";
const WORKED: &str = " join relation bet on bet.to_id = supports.to_id and bet.verb = 'addresses' and bet.removed_at is null
         join feature slice on slice.initiative = bet.from_id and slice.removed_at is null
         join story work on work.feature = slice.id and work.removed_at is null";
