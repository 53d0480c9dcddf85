//! Reading products, memberships and columns.

use crate::model::*;
use kernel::{
    Column, Id, Look, Matrix, Noun, Proposal, Query, Reader, Refusal, Result, Serialize, Value, list, look::find_rows, query, value::containing,
};
use kernel::{Hat, JsonSchema};
use people::{Member, Ticket};

/// The product at hand.
pub fn product(look: &mut Look) -> Result<Product> {
    let id = look.scope.product_id()?;
    look.find("where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

/// Whether a product has or had this key; one that it had leads on to it for good.
pub(crate) fn key_taken(reader: &mut dyn Reader, key: &str, besides: Option<kernel::Uuid>) -> Result<bool> {
    let besides = besides.map_or(Value::Text(String::new()), |id| id.value());
    let sql = "select id from product where (key = $1 or formerly like $2 escape '!') and id <> $3";
    Ok(!reader.query(sql, &[Value::Text(key.to_owned()), containing(&format!("\"{key}\"")), besides])?.is_empty())
}

pub(crate) fn by_key(reader: &mut dyn Reader, key: &str) -> Result<kernel::Uuid> {
    let found = reader.query("select id from product where key = $1 and removed_at is null", &[Value::Text(key.to_owned())])?.pop();
    found.map_or(Err(Refusal::invalid("product", format!("There is no product {key}."))), |mut row| row.take())
}

pub(crate) fn membership(look: &mut Look, member: Id<Member>) -> Result<Option<Membership>> {
    Ok(Membership::all(look, "and member = $2", &[member.value()])?.pop())
}

/// Invitations to the product at hand that nobody has used, oldest first: also those whose link has expired, for what was
/// agreed still is.
pub(crate) fn invitations(look: &mut Look) -> Result<Vec<Ticket>> {
    Ticket::all(look, "and kind = 'invitation' and used_at is null order by created_at", &[])
}

/// Everywhere that a member belongs.
pub(crate) fn memberships_of(reader: &mut dyn Reader, member: Id<Member>) -> Result<Vec<Membership>> {
    find_rows(reader, "where member = $1 and removed_at is null order by id", &[member.value()])
}

/// The memberships of a product that have hats on loan.
pub(crate) fn with_loans(reader: &mut dyn Reader, product: kernel::Uuid) -> Result<Vec<Membership>> {
    find_rows(reader, "where product = $1 and removed_at is null and lent <> '[]'", &[product.value()])
}

/// A product with who decides what in it, as agreed.
pub(crate) fn agreed(reader: &mut dyn Reader, id: kernel::Uuid) -> Result<(Product, Matrix)> {
    let product = find_rows(reader, "where id = $1", &[id.value()])?.pop().ok_or(Refusal::NotFound)?;
    let agreement = find_rows::<Agreement>(reader, "where product = $1", &[id.value()])?.pop().ok_or(Refusal::NotFound)?;
    Ok((product, agreement.matrix()))
}

/// Proposals that a member, or an assistant, has put forward and nobody has settled.
pub(crate) fn put_forward(reader: &mut dyn Reader, member: Id<Member>) -> Result<Vec<Proposal>> {
    find_rows(reader, "where state = 'open' and removed_at is null and (author = $1 or assistant = $1) order by id", &[member.value()])
}

/// The columns of the board, from left to right.
pub fn columns_of(look: &mut Look) -> Result<Vec<BoardColumn>> {
    BoardColumn::all(look, "order by rank", &[])
}

/// The next of the one sequence that initiatives, features and stories share.
pub fn next_number(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    next_number_in(look, product)
}

/// The same in a product that is not at hand.
pub(crate) fn next_number_in(look: &mut Look, product: kernel::Uuid) -> Result<i64> {
    let product = product.value();
    let last = look.number(
        "select max(n) from (select max(number) as n from initiative where product = $1
         union all select max(number) from feature where product = $1
         union all select max(number) from story where product = $1) as numbers",
        &[product],
    )?;
    Ok(last + 1)
}

/// The highest number that may be wished for, so that the counter never runs out.
pub const MOST_NUMBER: i64 = 9_999_999;

/// The number that is wished for, if nothing has or had it; otherwise the next.
pub fn number_or_next(look: &mut Look, wished: Option<i64>) -> Result<i64> {
    let next = next_number(look)?;
    let Some(wished) = wished.filter(|n| (1..=MOST_NUMBER).contains(n)) else { return Ok(next) };
    Ok(if wished >= next || taken(look, &[wished])?.is_empty() { wished } else { next })
}

/// Those of these numbers that something has or had.
pub fn taken(look: &mut Look, numbers: &[i64]) -> Result<Vec<i64>> {
    if numbers.is_empty() {
        return Ok(vec![]);
    }
    let among = |table: &str| format!("select number from {table} where product = $1 and number in numbers($2)");
    let sql = [among("initiative"), among("feature"), among("story")].join(" union all ");
    look.reader.query(&sql, &[look.scope.product_id()?.value(), list(numbers.iter().copied())])?.into_iter().map(|mut row| row.take()).collect()
}

/// Keys of the products that a member belongs to, by name.
pub(crate) fn products_of(look: &mut Look) -> Result<Vec<Product>> {
    let member = look.scope.who.signed_in()?;
    let mut products: Vec<Product> = find_rows(
        look.reader,
        "join membership on membership.product = product.id where membership.member = $1 and membership.removed_at is null
         and product.removed_at is null order by product.name",
        &[member.value()],
    )?;
    products.retain(|product| look.scope.who.reach.product(product.meta.id));
    Ok(products)
}

query! {
    /// The products one belongs to.
    pub struct Products in "product.list" at "/products" -> Vec<Product> {}
}

impl Query for Products {
    fn ask(self, look: &mut Look) -> Result<Vec<Product>> {
        products_of(look)
    }
}

query! {
    /// The members of a product, with their hats.
    pub struct Members in "membership.list" at "/products/{product}/members" -> Vec<MemberOut> {}
}

/// A member as REST shows them.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct MemberOut {
    pub id: Id<Member>,
    pub name: String,
    pub hats: Vec<Hat>,
}

impl Query for Members {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        Ok(people::people_of(look)?.into_iter().map(|p| MemberOut { id: p.id, name: p.name, hats: p.hats }).collect())
    }
}
