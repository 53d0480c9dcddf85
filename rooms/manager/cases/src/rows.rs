//! Reading cases, their options and what they rest on.

use crate::{model::*, options::MOST};
use customers::{Evidence, Need};
use kernel::{Column, Id, Look, Noun, Result, Uuid, Value, list};
use models::KnownFact;
use roadmap::Initiative;
use strategy::Objective;

/// So many cases are listed.
const MOST_LISTED: i64 = 200;
/// So many of each stand beside a case.
const BESIDE: i64 = 30;

/// The cases, the open ones first, the last changed first.
pub fn cases(look: &mut Look) -> Result<Vec<GuidedCase>> {
    GuidedCase::all(look, "order by case state when 'open' then 0 else 1 end, updated_at desc, id desc limit $2", &[Value::Int(MOST_LISTED)])
}

/// The case that was begun last.
pub fn last_begun(look: &mut Look) -> Result<Option<GuidedCase>> {
    Ok(GuidedCase::all(look, "order by created_at desc, id desc limit 1", &[])?.pop())
}

/// The options of a case, in their order.
pub fn options(look: &mut Look, case: Id<GuidedCase>) -> Result<Vec<CaseOption>> {
    // A few more than fit: those that came back by an undo.
    CaseOption::all(look, "and guided_case = $2 order by rank, id limit $3", &[case.value(), Value::Int(2 * MOST as i64)])
}

/// A case as it stood at a moment; nothing where there was none yet.
pub fn then(look: &mut Look, id: Id<GuidedCase>, at: i64) -> Result<Option<GuidedCase>> {
    Ok(activity::things_as_of::<GuidedCase>(look, at, "and id in each($3)", &[list([id.0])])?.pop())
}

/// Its options of that moment.
pub fn options_then(look: &mut Look, case: Id<GuidedCase>, at: i64) -> Result<Vec<CaseOption>> {
    let mut options = activity::things_as_of::<CaseOption>(look, at, "and guided_case = $3", &[case.value()])?;
    options.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
    Ok(options)
}

/// What a case rests on.
#[derive(Default)]
pub struct Grounds {
    pub evidence: Vec<Evidence>,
    pub facts: Vec<KnownFact>,
    pub needs: Vec<Need>,
    pub objectives: Vec<Objective>,
    pub initiatives: Vec<Initiative>,
}

/// Reads it, as far as the asker sees it.
pub fn grounds(look: &mut Look, case: Id<GuidedCase>) -> Result<Grounds> {
    let product = look.scope.product_id()?.value();
    let rows = look.query(
        "select from_noun, from_id from relation where product = $1 and to_id = $2 and verb = 'supports' and removed_at is null
         union all select to_noun, to_id from relation where product = $1 and from_id = $2 and verb = 'about' and removed_at is null",
        &[product, case.value()],
    )?;
    let tied: Vec<(String, Uuid)> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let of = |noun: &str| list(tied.iter().filter(|(known, _)| known == noun).map(|(_, id)| *id));
    let most = Value::Int(BESIDE);
    Ok(Grounds {
        evidence: Evidence::all(look, "and id in each($2) order by noted_on desc, id limit $3", &[of("evidence"), most.clone()])?,
        facts: KnownFact::all(look, "and id in each($2) order by lower(name), id limit $3", &[of("known_fact"), most.clone()])?,
        needs: Need::all(look, "and id in each($2) order by created_at, id limit $3", &[of("need"), most.clone()])?,
        objectives: Objective::all(look, "and id in each($2) order by rank, id limit $3", &[of("objective"), most.clone()])?,
        initiatives: Initiative::all(look, "and id in each($2) order by number limit $3", &[of("initiative"), most])?,
    })
}
