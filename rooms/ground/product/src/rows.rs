//! Reading products, memberships and columns.

use crate::model::*;
use kernel::{Column, Id, Look, Noun, Query, Reader, Result, Serialize, Value, look::find_rows, query};
use kernel::{Hat, JsonSchema};
use people::{Member, Person, Ticket};

/// The product at hand.
pub fn product(look: &mut Look) -> Result<Product> {
    let id = look.scope.product_id()?;
    Product::get(look, Id::new(id))
}

pub(crate) fn key_taken(reader: &mut dyn Reader, key: &str) -> Result<bool> {
    Ok(!reader.query("select id from product where key = $1", &[Value::Text(key.to_owned())])?.is_empty())
}

pub(crate) fn by_key(reader: &mut dyn Reader, key: &str) -> Result<kernel::Uuid> {
    let found = reader.query("select id from product where key = $1 and removed_at is null", &[Value::Text(key.to_owned())])?.pop();
    found.map_or(Err(kernel::Refusal::invalid("product", format!("There is no product {key}."))), |mut row| row.take())
}

pub(crate) fn name_of(reader: &mut dyn Reader, id: kernel::Uuid) -> Result<String> {
    let found = reader.query("select name from product where id = $1 and removed_at is null", &[id.value()])?.pop();
    found.map_or(Err(kernel::Refusal::NotFound), |mut row| row.take())
}

pub(crate) fn membership(look: &mut Look, member: Id<Member>) -> Result<Option<Membership>> {
    Ok(Membership::all(look, "and member = $2", &[member.value()])?.pop())
}

/// Invitations to the product at hand that still open it, oldest first.
pub(crate) fn invitations(look: &mut Look) -> Result<Vec<Ticket>> {
    let now = Value::Int(look.now());
    Ticket::all(look, "and kind = 'invitation' and used_at is null and expires_at > $2 order by created_at", &[now])
}

/// All memberships of the product at hand.
pub fn memberships(look: &mut Look) -> Result<Vec<Membership>> {
    Membership::all(look, "", &[])
}

/// Members with their memberships, by name.
pub fn members_of(look: &mut Look) -> Result<Vec<(Person, Membership)>> {
    let mut memberships = memberships(look)?;
    let people = people::people_of(look)?;
    Ok(people
        .into_iter()
        .filter_map(|person| {
            let at = memberships.iter().position(|m| m.member == person.id)?;
            Some((person, memberships.swap_remove(at)))
        })
        .collect())
}

/// The columns of the board, from left to right.
pub fn columns_of(look: &mut Look) -> Result<Vec<BoardColumn>> {
    BoardColumn::all(look, "order by rank", &[])
}

/// The next of the one sequence that initiatives, features and stories share.
pub fn next_number(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?.value();
    let last = look.number(
        "select max(n) from (select max(number) as n from initiative where product = $1
         union all select max(number) from feature where product = $1
         union all select max(number) from story where product = $1) as numbers",
        &[product],
    )?;
    Ok(last + 1)
}

pub(crate) fn cards_in(look: &mut Look, column: Id<BoardColumn>) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number("select count(*) from story where product = $1 and board_column = $2 and removed_at is null", &[product.value(), column.value()])
}

/// Keys of the products that a member belongs to, by name.
pub(crate) fn products_of(look: &mut Look) -> Result<Vec<Product>> {
    let member = look.scope.who.signed_in()?;
    find_rows(
        look.reader,
        "join membership on membership.product = product.id where membership.member = $1 and membership.removed_at is null
         and product.removed_at is null order by product.name",
        &[member.value()],
    )
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
