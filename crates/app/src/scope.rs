//! Who asks, as the database knows them now: one row with credential, account, membership and matrix.

use crate::hats::{self, Lent};
use kernel::{Area, Column, Door, Hat, Look, Matrix, ProductHead, Reach, Reader, Result, Row, Scope, Standing, Value, Who, list, value::Packed};
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The statement for one kind of credential: what it reaches, and the member behind it as `$1` names it.
/// Everybody is known only while their account stands, an assistant only while the member's does who answers for it.
fn statement(reach: &str, behind: &str) -> String {
    let areas: Vec<String> = Area::ALL.iter().map(|a| format!("agreement.{a}")).collect();
    format!(
        "select {reach}, member.id, member.name, member.administrator, member.answers_for, member.zone, member.theme, member.keys_off,
                product.id, product.key, product.name, product.formerly, product.archived_at, membership.hats, membership.worn, membership.lent, cast({} as bigint), {}
         from {behind}
         left join member answering on answering.id = member.answers_for
         left join membership on membership.member = coalesce(member.answers_for, member.id) and membership.removed_at is null
              and membership.product = (select id from product where key = $2 and removed_at is null)
         left join product on product.id = membership.product
         left join agreement on agreement.product = product.id
         where member.removed_at is null and (member.answers_for is null or answering.removed_at is null)",
        held_bits(),
        areas.join(", ")
    )
}

/// The row of whoever shows a credential; none for one that opens nothing (any more).
fn recognise(reader: &mut dyn Reader, credential: &Credential, product: &str, now: i64) -> Result<Option<Row>> {
    static MEMBER: OnceLock<String> = OnceLock::new();
    static SESSION: OnceLock<String> = OnceLock::new();
    static TOKEN: OnceLock<String> = OnceLock::new();
    let product = Value::Text(product.to_owned());
    let mut rows = match credential {
        Credential::Nobody => return Ok(None),
        Credential::Member(member) => {
            let sql = MEMBER.get_or_init(|| statement("0, '[]', '[]'", "member") + " and member.id = $1");
            reader.query(sql, &[member.value(), product])?
        }
        Credential::Session(hash) => {
            let sql = SESSION.get_or_init(|| {
                statement("0, '[]', '[]'", "session join member on member.id = session.member")
                    + " and session.token_hash = $1 and session.ended_at is null and session.expires_at > $3"
            });
            reader.query(sql, &[Value::Text(hash.clone()), product, Value::Int(now)])?
        }
        Credential::Token(hash) => {
            let sql = TOKEN.get_or_init(|| {
                let reach = "1 - api_token.can_write, api_token.products, api_token.areas";
                statement(reach, "api_token join member on member.id = api_token.member")
                    + " and api_token.token_hash = $1 and api_token.revoked_at is null and api_token.expires_at > $3"
            });
            reader.query(sql, &[Value::Text(hash.clone()), product, Value::Int(now)])?
        }
    };
    Ok(rows.pop())
}

pub(crate) fn load(reader: &mut dyn Reader, visitor: &Visitor, product: Option<&str>, chosen: Option<Hat>, now: i64) -> Result<Scope> {
    let Some(mut row) = recognise(reader, &visitor.credential, product.unwrap_or(""), now)? else {
        return Ok(Scope::nowhere(visitor.door, now));
    };
    let reach = Reach { read_only: row.take()?, products: row.take::<Packed<_>>()?.0, areas: row.take::<Packed<_>>()?.0 };
    let member: Uuid = row.take()?;
    let name: String = row.take()?;
    let administrator: bool = row.take()?;
    let answers_for: Option<Uuid> = row.take()?;
    let (zone, theme, keys_off): (String, String, bool) = (row.take()?, row.take()?, row.take()?);
    let (id, key, title): (Option<Uuid>, Option<String>, Option<String>) = (row.take()?, row.take()?, row.take()?);
    let (formerly, archived_at): (Option<Packed<Vec<String>>>, Option<i64>) = (row.take()?, row.take()?);
    let own: Option<Packed<Vec<Hat>>> = row.take()?;
    let worn: Option<Hat> = row.take()?;
    let lent: Option<Packed<Vec<Lent>>> = row.take()?;
    let held = hats::of_bits(row.take()?);
    let mut rows: Vec<String> = vec![];
    for _ in Area::ALL {
        rows.push(row.take::<Option<String>>()?.unwrap_or_default());
    }

    let product = match (id, key, title) {
        (Some(id), Some(key), Some(name)) if reach.product(id) => Some(ProductHead {
            formerly: formerly.map(|f| f.0).unwrap_or_default(),
            archived: archived_at.is_some(),
            ..ProductHead::named(id, key, name)
        }),
        _ => None,
    };
    let mut hats = vec![];
    if let Some(product) = &product {
        hats = own.map(|h| h.0).unwrap_or_default();
        let loans = hats::still_lent(reader, product.id, lent.map(|l| l.0).unwrap_or_default(), now)?;
        hats.extend(loans.into_iter().map(|l| l.hat));
        hats.sort();
        hats.dedup();
    }
    let who = Who {
        member: Some(answers_for.unwrap_or(member)),
        name,
        assistant: answers_for.map(|_| member),
        administrator: administrator && answers_for.is_none(),
        hats,
        worn,
        chosen,
        door: visitor.door,
        reach,
        zone,
        theme,
        keys_off,
    };
    let held = if product.is_some() { held } else { vec![] };
    Ok(Scope::new(who, product, Matrix::read(&rows), held, now))
}

/// The tables that `load` reads: as long as nothing is written there, whoever asked may what they might before.
const RESTS_ON: &[&str] = &["agreement", "api_token", "member", "membership", "product", "session"];

/// Whether somebody's rights may have changed with a row of a table.
pub(crate) fn rests_on(table: &str) -> bool {
    RESTS_ON.contains(&table)
}

/// Those who ask within one transaction, each looked up once for as long as nobody's rights change in it.
#[derive(Default)]
pub(crate) struct Scopes(Vec<(Standpoint, Scope)>);

/// Who asks, in which product, under which hat of their choice.
type Standpoint = (Visitor, Option<String>, Option<Hat>);

impl Scopes {
    /// Who asks, in a product and under a hat that they choose.
    pub fn of(&mut self, reader: &mut dyn Reader, visitor: &Visitor, product: Option<&str>, chosen: Option<Hat>, now: i64) -> Result<&Scope> {
        let is = |((who, place, hat), _): &(Standpoint, Scope)| who == visitor && place.as_deref() == product && *hat == chosen;
        let known = match self.0.iter().position(is) {
            Some(known) => known,
            None => {
                let key = (visitor.clone(), product.map(str::to_owned), chosen);
                self.0.push((key, load(reader, visitor, product, chosen, now)?));
                self.0.len() - 1
            }
        };
        Ok(&self.0[known].1)
    }

    /// Somebody's rights have changed.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

/// Of these products, those in which the asker sees matters of an area, by name: each by its own matrix and the hats
/// held there.
pub fn seeing_in(look: &mut Look, products: &[Uuid], area: Area) -> Result<Vec<ProductHead>> {
    standing_in(look, products, area, Standing::Sees)
}

/// Of these products, those that are not archived and in which the asker has at least a standing in an area, by name.
pub fn standing_in(look: &mut Look, products: &[Uuid], area: Area, least: Standing) -> Result<Vec<ProductHead>> {
    let Some(member) = look.scope.who.member.filter(|_| !products.is_empty()) else { return Ok(vec![]) };
    let sql = format!(
        "select product.id, product.key, product.name, membership.hats, membership.lent, agreement.{area}, cast({} as bigint)
         from membership join product on product.id = membership.product join agreement on agreement.product = product.id
         where membership.member = $1 and membership.product in each($2) and membership.removed_at is null and product.removed_at is null
         and product.archived_at is null
         order by product.name, product.id",
        held_bits()
    );
    let (reach, now) = (look.scope.who.reach.clone(), look.now());
    let mut seen = vec![];
    for mut row in look.reader.query(&sql, &[member.value(), list(products.iter().copied())])? {
        let product = ProductHead::named(row.take()?, row.take()?, row.take()?);
        let (mut hats, lent): (Packed<Vec<Hat>>, Packed<Vec<Lent>>) = (row.take()?, row.take()?);
        let mut agreed = vec![String::new(); Area::ALL.len()];
        agreed[area as usize] = row.take()?;
        let held = hats::of_bits(row.take()?);
        if !lent.is_empty() {
            hats.0.extend(hats::still_lent(look.reader, product.id, lent.0, now)?.into_iter().map(|l| l.hat));
        }
        let best = Matrix::read(&agreed).while_held(&held).best(area, &hats.0, None);
        let most = if look.scope.who.assistant.is_some() { Standing::Proposes } else { Standing::Decides };
        if reach.product(product.id) && reach.area(area) && best.is_some_and(|(_, standing)| standing.min(most) >= least) {
            seen.push(product);
        }
    }
    Ok(seen)
}

/// The asker in each of their products, archived ones too, by name: with the hats that they hold there, and its own matrix.
pub fn scopes_of(look: &mut Look) -> Result<Vec<Scope>> {
    let member = look.scope.who.signed_in()?;
    let areas: Vec<String> = Area::ALL.iter().map(|area| format!("agreement.{area}")).collect();
    let sql = format!(
        "select product.id, product.key, product.name, product.archived_at, membership.hats, membership.worn, membership.lent, cast({} as bigint), {}
         from membership join product on product.id = membership.product join agreement on agreement.product = product.id
         where membership.member = $1 and membership.removed_at is null and product.removed_at is null order by product.name, product.id",
        held_bits(),
        areas.join(", ")
    );
    let (who, now) = (look.scope.who.clone(), look.now());
    let mut scopes = vec![];
    for mut row in look.reader.query(&sql, &[member.value()])? {
        let product = ProductHead::named(row.take()?, row.take()?, row.take()?);
        let product = ProductHead { archived: row.take::<Option<i64>>()?.is_some(), ..product };
        let (mut hats, worn, lent): (Packed<Vec<Hat>>, Option<Hat>, Packed<Vec<Lent>>) = (row.take()?, row.take()?, row.take()?);
        let held = hats::of_bits(row.take()?);
        let agreed = Area::ALL.iter().map(|_| row.take()).collect::<Result<Vec<String>>>()?;
        if !who.reach.product(product.id) {
            continue;
        }
        if !lent.is_empty() {
            hats.0.extend(hats::still_lent(look.reader, product.id, lent.0, now)?.into_iter().map(|l| l.hat));
            hats.0.sort();
            hats.0.dedup();
        }
        let who = Who { hats: hats.0, worn, chosen: None, ..who.clone() };
        scopes.push(Scope::new(who, Some(product), Matrix::read(&agreed), held, now));
    }
    Ok(scopes)
}

/// The hats that somebody holds in the product at hand, as bits in the order of `Hat::ALL`.
pub(crate) fn held_bits() -> String {
    let bits = |(i, hat): (usize, &Hat)| format!("coalesce(({}) * {}, 0)", hats::someone_with(*hat, "product.id", None), 1 << i);
    Hat::ALL.iter().enumerate().map(bits).collect::<Vec<_>>().join(" + ")
}

/// The products that the asker belongs to and reaches and that are not archived, by name.
pub fn products_of(look: &mut Look) -> Result<Vec<ProductHead>> {
    let member = look.scope.who.signed_in()?;
    let rows = look.query(
        "select product.id, product.key, product.name from membership join product on product.id = membership.product
         where membership.member = $1 and membership.removed_at is null and product.removed_at is null
         and product.archived_at is null order by product.name, product.id",
        &[member.value()],
    )?;
    let mut products = vec![];
    for mut row in rows {
        let product = ProductHead::named(row.take()?, row.take()?, row.take()?);
        if look.scope.who.reach.product(product.id) {
            products.push(product);
        }
    }
    Ok(products)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes what is asked and answers with nobody.
    struct Listening(Vec<String>);

    impl Reader for Listening {
        fn query(&mut self, sql: &str, _: &[Value]) -> Result<Vec<Row>> {
            self.0.push(sql.to_owned());
            Ok(vec![])
        }
        fn columns(&mut self, _: &str) -> Result<Vec<String>> {
            Ok(vec![])
        }
        fn integrity(&mut self) -> Result<Vec<String>> {
            Ok(vec![])
        }
        fn search(&mut self, _: &[Uuid], _: &str, _: &[&str], _: u32) -> Result<Vec<(String, Uuid)>> {
            Ok(vec![])
        }
    }

    #[test]
    fn all_that_rights_rest_on_is_known() {
        let mut asked = Listening(vec![]);
        let loan = Lent { hat: Hat::Owner, from: Uuid::nil(), until: 1 };
        for credential in [Credential::Member(Uuid::nil()), Credential::Session(String::new()), Credential::Token(String::new())] {
            load(&mut asked, &Visitor { credential, door: Door::Page }, Some("ORB"), None, 0).unwrap();
        }
        hats::still_lent(&mut asked, Uuid::nil(), vec![loan], 0).unwrap();
        assert_eq!(asked.0.len(), 4);
        let words: Vec<&str> = asked.0.iter().flat_map(|sql| sql.split_whitespace()).collect();
        let read = words.windows(2).filter(|two| ["from", "join"].contains(&two[0])).map(|two| two[1]);
        let read: std::collections::BTreeSet<&str> = read.collect();
        assert_eq!(read.iter().copied().collect::<Vec<_>>(), RESTS_ON);
        assert!(read.iter().all(|table| rests_on(table)));
        assert!(!rests_on("story"));
    }

    #[test]
    fn whoever_asks_again_is_known_until_rights_change() {
        let (mut asked, mut scopes) = (Listening(vec![]), Scopes::default());
        let [mara, tomas] = [1, 2].map(|n| Visitor::member(Uuid::from_u128(n), Door::Page));
        let mut looked_up = |scopes: &mut Scopes, who: &Visitor, product: &str, hat: Option<Hat>| {
            let before = asked.0.len();
            scopes.of(&mut asked, who, Some(product), hat, 0).unwrap();
            asked.0.len() > before
        };
        let each = [(&mara, "ORB", None), (&tomas, "ORB", None), (&mara, "SUN", None), (&mara, "ORB", Some(Hat::Owner))];
        for (who, product, hat) in each {
            assert!(looked_up(&mut scopes, who, product, hat));
        }
        for (who, product, hat) in each {
            assert!(!looked_up(&mut scopes, who, product, hat));
        }
        scopes.forget();
        assert!(looked_up(&mut scopes, &mara, "ORB", None));
    }
}
