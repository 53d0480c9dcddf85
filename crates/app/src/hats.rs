//! Who holds which hat in a product, worked out at the moment of asking: nothing is remembered that would have to be
//! taken away when an account, a membership or a hat ends.

use kernel::{Column, Hat, Reader, Result, Value, list, value::Packed};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// A hat lent by someone until a day's end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Lent {
    pub hat: Hat,
    pub from: Uuid,
    /// Milliseconds since 1970.
    pub until: i64,
}

/// One row if a member, other than the one named, holds a hat of their own. The condition on a hat is that of the index
/// `membership_manager` and its sisters, so this is a look-up however many members there are. A lent hat is still held
/// by its lender, so loans need no counting.
pub(crate) fn someone_with(hat: Hat, product: &str, besides: Option<&str>) -> String {
    let besides = besides.map(|member| format!(" and m.member <> {member}")).unwrap_or_default();
    format!(
        "select 1 from membership m cross join member whose where m.product = {product} and m.removed_at is null
         and m.hats like '%\"{hat}\"%'{besides} and whose.id = m.member and whose.removed_at is null limit 1"
    )
}

/// The hats of a product that bits in the order of `Hat::ALL` stand for.
pub(crate) fn of_bits(bits: i64) -> Vec<Hat> {
    Hat::ALL.iter().enumerate().filter(|(i, _)| bits & (1 << i) != 0).map(|(_, hat)| *hat).collect()
}

/// The hats that others than a member hold in a product.
pub fn held_besides(reader: &mut dyn Reader, product: Uuid, member: Uuid) -> Result<Vec<Hat>> {
    let params = [product.value(), member.value()];
    let mut held = vec![];
    for hat in Hat::ALL {
        if !reader.query(&someone_with(*hat, "$1", Some("$2")), &params)?.is_empty() {
            held.push(*hat);
        }
    }
    Ok(held)
}

/// The hats that a member may act under in a product: their own, and those lent to them.
pub fn hats_of(reader: &mut dyn Reader, product: Uuid, member: Uuid, now: i64) -> Result<Vec<Hat>> {
    let Some((mut hats, lent)) = membership(reader, product, member)? else { return Ok(vec![]) };
    hats.extend(still_lent(reader, product, lent, now)?.into_iter().map(|l| l.hat));
    hats.sort();
    hats.dedup();
    Ok(hats)
}

/// The hats that members may act under in a product, asked for all of them at once.
pub fn hats_of_each(reader: &mut dyn Reader, product: Uuid, members: &[Uuid], now: i64) -> Result<HashMap<Uuid, Vec<Hat>>> {
    let mut known = memberships(reader, product, members)?;
    let lenders = |own: &Own| own.1.iter().filter(|l| l.until > now).map(|l| l.from).collect::<Vec<_>>();
    let lenders: Vec<Uuid> = known.values().flat_map(lenders).filter(|from| !known.contains_key(from)).collect();
    if !lenders.is_empty() {
        known.extend(memberships(reader, product, &lenders)?);
    }
    let lent = |loan: &Lent| loan.until > now && known.get(&loan.from).is_some_and(|(own, _)| own.contains(&loan.hat));
    let hats = |member: &Uuid| {
        let (own, loans) = known.get(member)?;
        Some((*member, own.iter().copied().chain(loans.iter().filter(|l| lent(l)).map(|l| l.hat)).collect()))
    };
    Ok(members.iter().filter_map(hats).collect())
}

/// The loans that stand: until their day, and while their lender belongs to the product and holds the hat themself.
pub fn still_lent(reader: &mut dyn Reader, product: Uuid, lent: Vec<Lent>, now: i64) -> Result<Vec<Lent>> {
    let mut standing = vec![];
    for loan in lent.into_iter().filter(|l| l.until > now) {
        if membership(reader, product, loan.from)?.is_some_and(|(own, _)| own.contains(&loan.hat)) {
            standing.push(loan);
        }
    }
    Ok(standing)
}

/// A member's own hats, and what is lent to them.
type Own = (Vec<Hat>, Vec<Lent>);

/// A member's own hats and what is lent to them, while both account and membership stand.
fn membership(reader: &mut dyn Reader, product: Uuid, member: Uuid) -> Result<Option<Own>> {
    Ok(memberships(reader, product, &[member])?.remove(&member))
}

fn memberships(reader: &mut dyn Reader, product: Uuid, members: &[Uuid]) -> Result<HashMap<Uuid, Own>> {
    let rows = reader.query(
        "select membership.member, membership.hats, membership.lent from membership join member on member.id = membership.member
         where membership.product = $1 and membership.member in each($2) and membership.removed_at is null and member.removed_at is null",
        &[product.value(), list(members.iter().copied())],
    )?;
    let read = |mut row: kernel::Row| Ok((row.take()?, (row.take::<Packed<Vec<Hat>>>()?.0, row.take::<Packed<Vec<Lent>>>()?.0)));
    rows.into_iter().map(read).collect()
}

/// Whether someone still belongs to a product, and so does the assistant that acted for them, if one did.
pub(crate) fn still_here(reader: &mut dyn Reader, product: Uuid, member: Uuid, assistant: Option<Uuid>) -> Result<bool> {
    let here = membership(reader, product, member)?.is_some();
    let Some(assistant) = assistant.filter(|_| here) else { return Ok(here) };
    let known = reader.query("select 1 from member where id = $1 and removed_at is null", &[Value::Text(assistant.simple().to_string())])?;
    Ok(!known.is_empty())
}
