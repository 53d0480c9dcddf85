//! Who asks, as the database knows them now: one row with account, membership and matrix.

use kernel::{Area, Door, Hat, Matrix, ProductHead, Reader, Refusal, Result, Scope, Value, Who, value::Packed};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use uuid::Uuid;

/// What a visitor shows at the door. Secrets come as the hash that is kept of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    Nobody,
    /// Known for certain: the command line, schedules, tests.
    Member(Uuid),
    Session(String),
    Token(String),
}

/// Who stands at which door.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub credential: Credential,
    pub door: Door,
}

impl Visitor {
    pub fn nobody(door: Door) -> Visitor {
        Visitor { credential: Credential::Nobody, door }
    }

    pub fn member(member: Uuid, door: Door) -> Visitor {
        Visitor { credential: Credential::Member(member), door }
    }
}

/// The account behind a credential.
struct Known {
    member: Uuid,
    /// A token may be for reading only.
    read_only: bool,
    /// A token may be bound to one product.
    only_product: Option<Uuid>,
}

fn recognise(reader: &mut dyn Reader, credential: &Credential, now: i64) -> Result<Option<Known>> {
    let (sql, hash) = match credential {
        Credential::Nobody => return Ok(None),
        Credential::Member(member) => return Ok(Some(Known { member: *member, read_only: false, only_product: None })),
        Credential::Session(hash) => ("select member, 0, null from session where token_hash = $1 and ended_at is null and expires_at > $2", hash),
        Credential::Token(hash) => {
            ("select member, 1 - can_write, product from api_token where token_hash = $1 and revoked_at is null and expires_at > $2", hash)
        }
    };
    let row = reader.query(sql, &[Value::Text(hash.clone()), Value::Int(now)])?.pop();
    row.map(|mut row| Ok(Known { member: row.take()?, read_only: row.take()?, only_product: row.take()? })).transpose()
}

/// A hat lent by someone until a day's end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Lent {
    pub hat: Hat,
    pub from: Uuid,
    /// Milliseconds since 1970.
    pub until: i64,
}

pub(crate) fn load(reader: &mut dyn Reader, visitor: &Visitor, product: Option<&str>, chosen: Option<Hat>, now: i64) -> Result<Scope> {
    let Some(known) = recognise(reader, &visitor.credential, now)? else {
        return Ok(Scope::nowhere(visitor.door, now));
    };
    let member = known.member;
    static SQL: OnceLock<String> = OnceLock::new();
    let sql = SQL.get_or_init(|| {
        let areas: Vec<String> = Area::ALL.iter().map(|a| format!("agreement.{a}")).collect();
        format!(
            "select member.name, member.administrator, member.answers_for, member.zone, member.theme, product.id, product.key, product.name,
                    membership.hats, membership.worn, membership.lent, {HELD}, {}
             from member
             left join membership on membership.member = coalesce(member.answers_for, member.id) and membership.removed_at is null
                  and membership.product = (select id from product where key = $2 and removed_at is null)
             left join product on product.id = membership.product
             left join agreement on agreement.product = product.id
             where member.id = $1 and member.removed_at is null",
            areas.join(", ")
        )
    });
    let params = [Value::Text(member.simple().to_string()), Value::Text(product.unwrap_or("").to_owned())];
    let mut row = reader.query(sql, &params)?.pop().ok_or(Refusal::SignIn)?;
    let name: String = row.take()?;
    let administrator: bool = row.take()?;
    let answers_for: Option<Uuid> = row.take()?;
    let (zone, theme): (String, String) = (row.take()?, row.take()?);
    let (id, key, title): (Option<Uuid>, Option<String>, Option<String>) = (row.take()?, row.take()?, row.take()?);
    let hats: Option<Packed<Vec<Hat>>> = row.take()?;
    let worn: Option<Hat> = row.take()?;
    let lent: Option<Packed<Vec<Lent>>> = row.take()?;
    let held: Option<i64> = row.take()?;
    let mut rows: Vec<String> = vec![];
    for _ in Area::ALL {
        rows.push(row.take::<Option<String>>()?.unwrap_or_default());
    }

    let product = match (id, key, title) {
        (Some(id), Some(key), Some(name)) if known.only_product.is_none_or(|only| only == id) => Some(ProductHead { id, key, name }),
        _ => None,
    };
    let mut hats = hats.map(|h| h.0).unwrap_or_default();
    hats.extend(lent.map(|l| l.0).unwrap_or_default().into_iter().filter(|l| l.until > now).map(|l| l.hat));
    hats.sort();
    hats.dedup();
    let who = Who {
        member: Some(answers_for.unwrap_or(member)),
        name,
        assistant: answers_for.map(|_| member),
        administrator: administrator && answers_for.is_none(),
        hats: if product.is_some() { hats } else { vec![] },
        worn,
        chosen,
        door: visitor.door,
        read_only: known.read_only,
        zone,
        theme,
    };
    let held = match &product {
        Some(product) => held_hats(reader, product.id, held, now)?,
        None => vec![],
    };
    Ok(Scope::new(who, product, Matrix::read(&rows), held, now))
}

/// The hats that somebody holds in a product as bits in the order of `Hat::ALL`, and one more bit where hats are lent.
const HELD: &str =
    "(select cast(max(case when m.hats like '%\"manager\"%' then 1 else 0 end) + max(case when m.hats like '%\"owner\"%' then 2 else 0 end)
     + max(case when m.hats like '%\"developer\"%' then 4 else 0 end) + max(case when m.hats like '%\"stakeholder\"%' then 8 else 0 end)
     + max(case when m.lent <> '[]' then 16 else 0 end) as bigint)
     from membership m join member whose on whose.id = m.member where m.product = product.id and m.removed_at is null and whose.removed_at is null)";
const LENT: i64 = 16;

/// The hats that somebody holds in a product. Loans end on a day, so where there are any they are read.
fn held_hats(reader: &mut dyn Reader, product: Uuid, bits: Option<i64>, now: i64) -> Result<Vec<Hat>> {
    let bits = bits.unwrap_or(0);
    if bits & LENT == 0 {
        return Ok(Hat::ALL.iter().enumerate().filter(|(i, _)| bits & (1 << i) != 0).map(|(_, hat)| *hat).collect());
    }
    let rows = reader.query(
        "select membership.hats, membership.lent from membership join member on member.id = membership.member
         where membership.product = $1 and membership.removed_at is null and member.removed_at is null",
        &[Value::Text(product.simple().to_string())],
    )?;
    let mut held = vec![];
    for mut row in rows {
        held.extend(row.take::<Packed<Vec<Hat>>>()?.0);
        held.extend(row.take::<Packed<Vec<Lent>>>()?.0.into_iter().filter(|l| l.until > now).map(|l| l.hat));
    }
    held.sort();
    held.dedup();
    Ok(held)
}
