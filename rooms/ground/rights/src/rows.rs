//! Reading the agreement and how it is lived.

use kernel::{Area, Column, Hat, Id, JsonSchema, Look, Noun, Query, Refusal, Result, Serialize, Standing, Uuid, Value, list, query};
use people::Member;
use product::{Agreement, Membership};
use std::collections::HashMap;

/// The matrix of the product at hand as it is written down.
pub fn agreement(look: &mut Look) -> Result<Agreement> {
    Agreement::all(look, "", &[])?.pop().ok_or(Refusal::NotFound)
}

pub(crate) fn membership(look: &mut Look, member: Id<Member>) -> Result<Membership> {
    Membership::all(look, "and member = $2", &[member.value()])?.pop().ok_or(Refusal::NotFound)
}

/// How often a hat acted in an area over the last 30 days.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lived {
    pub decided: i64,
    pub proposed: i64,
    pub objected: i64,
}

impl Lived {
    /// "3 decided, 1 proposed".
    pub fn told(self) -> String {
        let parts = [(self.decided, "decided"), (self.proposed, "proposed"), (self.objected, "objected")];
        parts.iter().filter(|(times, _)| *times > 0).map(|(times, what)| format!("{times} {what}")).collect::<Vec<_>>().join(", ")
    }
}

/// So many of the latest lines of activity are looked through.
const MOST_LOOKED_AT: i64 = 2_000;

/// By (area, hat), from activity.
pub(crate) fn lived(look: &mut Look) -> Result<HashMap<(String, String), Lived>> {
    let product = look.scope.product_id()?;
    let since = look.now() - 30 * 86_400_000;
    // What a proposal carried out counts for those who signed it, not once more for its author.
    let rows = look.query(
        "select area, hat, case when kind = 'proposal.made' then 'proposed' else 'decided' end as what, count(distinct act)
         from (select area, hat, kind, act, proposal from activity where product = $1 and at > $2 order by at desc, id desc limit $3) as lately
         where area is not null and hat is not null and proposal is null and kind not in ('proposal.signed', 'proposal.objected')
         group by area, hat, case when kind = 'proposal.made' then 'proposed' else 'decided' end
         union all
         select proposal.area, signature.hat, case when signature.agrees = 1 then 'decided' else 'objected' end, count(*)
         from signature join proposal on proposal.id = signature.proposal
         where proposal.product = $1 and signature.created_at > $2 and signature.removed_at is null and signature.aside = 0 and proposal.state in ('agreed', 'declined')
         and (proposal.state = 'agreed' or signature.agrees = 0)
         group by proposal.area, signature.hat, signature.agrees",
        &[product.value(), Value::Int(since), Value::Int(MOST_LOOKED_AT)],
    )?;
    let mut lived: HashMap<(String, String), Lived> = HashMap::new();
    for mut row in rows {
        let (area, hat, what, times): (String, String, String, i64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let cell = lived.entry((area, hat)).or_default();
        match what.as_str() {
            "proposed" => cell.proposed += times,
            "objected" => cell.objected += times,
            _ => cell.decided += times,
        }
    }
    Ok(lived)
}

/// Where decisions wait.
#[derive(Default)]
pub(crate) struct Waiting {
    /// Area, how many, since when the oldest.
    pub areas: Vec<(Area, i64, i64)>,
    /// On whose word, how many, since when the oldest.
    pub hats: Vec<(Hat, i64, i64)>,
}

/// So many open proposals are looked through, what waits longest first.
const MOST_OPEN: i64 = 500;

pub(crate) fn waiting(look: &mut Look) -> Result<Waiting> {
    let product = look.scope.product_id()?.value();
    let rows = look.query(
        "select id, area, created_at from proposal where product = $1 and state = 'open' and removed_at is null order by created_at limit $2",
        &[product, Value::Int(MOST_OPEN)],
    )?;
    let open: Vec<(Uuid, Area, i64)> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect::<Result<_>>()?;
    if open.is_empty() {
        return Ok(Waiting::default());
    }
    let mut said: HashMap<Uuid, Vec<Hat>> = HashMap::new();
    let ids = list(open.iter().map(|(id, ..)| *id));
    for mut row in look.query("select proposal, hat from signature where proposal in each($1) and removed_at is null", &[ids])? {
        said.entry(row.take()?).or_default().push(row.take()?);
    }
    let mut waiting = Waiting::default();
    for (id, area, since) in open {
        count(&mut waiting.areas, area, since);
        let said = said.get(&id).map_or(&[][..], Vec::as_slice);
        look.scope.awaited(area, said).into_iter().for_each(|hat| count(&mut waiting.hats, hat, since));
    }
    Ok(waiting)
}

/// One more of these; the first is the oldest.
fn count<T: PartialEq>(counts: &mut Vec<(T, i64, i64)>, of: T, since: i64) {
    match counts.iter_mut().find(|(known, ..)| *known == of) {
        Some((_, count, _)) => *count += 1,
        None => counts.push((of, 1, since)),
    }
}

query! {
    /// Who decides what: the standing of each hat in each area.
    pub struct WhoDecides in "agreement.read" at "/products/{product}/agreement" -> Vec<Cell> {}
}

/// One cell of the matrix.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Cell {
    pub area: Area,
    pub hat: Hat,
    pub standing: Standing,
    /// The area is switched off: no proposal is asked for there.
    pub off: bool,
}

impl Query for WhoDecides {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        look.scope.product_id()?;
        let matrix = &look.scope.agreed;
        let cells = Area::ALL.iter().flat_map(|area| {
            Hat::ALL.iter().map(|hat| Cell { area: *area, hat: *hat, standing: matrix.standing(*area, *hat), off: matrix.is_off(*area) })
        });
        Ok(cells.collect())
    }
}
