//! Reading accounts.

use crate::{ApiToken, Member, Session, Ticket, TicketKind};
use kernel::{
    Column, Hat, Id, Look, Mark, Noun, Paged, Reader, Refusal, Result, Row, Value,
    look::find_rows,
    value::{Packed, containing},
};

/// A member as others see them in a product.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Id<Member>,
    pub name: String,
    pub email: String,
    pub hats: Vec<Hat>,
    pub is_assistant: bool,
}

/// The members of the product at hand, by name.
pub fn people_of(look: &mut Look) -> Result<Vec<Person>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select member.id, member.name, member.email, membership.hats, member.answers_for from membership
         join member on member.id = membership.member
         where membership.product = $1 and membership.removed_at is null and member.removed_at is null order by member.name",
        &[product.value()],
    )?;
    rows.into_iter().map(|mut row| person(&mut row)).collect()
}

/// Whoever of the product at hand has this id.
pub fn person_of(look: &mut Look, id: Id<Member>) -> Result<Option<Person>> {
    Ok(find_people(look, "member.id = $2", id.value())?.pop())
}

/// Whoever of the product at hand has this address, or else this name.
pub fn person_called(look: &mut Look, named: &str) -> Result<Option<Person>> {
    let by_address = find_people(look, "member.email = $2", Value::Text(named.to_lowercase()))?.pop();
    match by_address {
        None => Ok(find_people(look, "member.name = $2", Value::Text(named.to_owned()))?.pop()),
        found => Ok(found),
    }
}

fn find_people(look: &mut Look, which: &str, value: Value) -> Result<Vec<Person>> {
    let product = look.scope.product_id()?;
    let sql = format!(
        "select member.id, member.name, member.email, membership.hats, member.answers_for from member cross join membership
         where {which} and member.removed_at is null and membership.member = member.id and membership.product = $1
         and membership.removed_at is null order by member.id desc"
    );
    look.query(&sql, &[product.value(), value])?.iter_mut().map(person).collect()
}

/// Reads id, name, address, hats and whom an assistant answers for.
pub fn person(row: &mut Row) -> Result<Person> {
    Ok(Person {
        id: row.take()?,
        name: row.take()?,
        email: row.take()?,
        hats: row.take::<Option<Packed<Vec<Hat>>>>()?.map(|h| h.0).unwrap_or_default(),
        is_assistant: row.take::<Option<String>>()?.is_some(),
    })
}

/// An account by its e-mail address.
pub fn person_by_email(reader: &mut dyn Reader, email: &str) -> Result<Option<Member>> {
    Ok(find_rows(reader, "where email = $1 and removed_at is null", &[Value::Text(email.to_lowercase())])?.pop())
}

pub fn member(reader: &mut dyn Reader, id: Id<Member>) -> Result<Member> {
    find_rows(reader, "where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

/// Whether the workspace has yet to be set up.
pub fn nobody_yet(reader: &mut dyn Reader) -> Result<bool> {
    Ok(reader.query("select id from member limit 1", &[])?.is_empty())
}

/// Whatever is wrong with a link, it is said alike: a stranger learns nothing by trying.
const DEAD_LINK: &str = "This link does not work, or not any more: it works once, for seven days, and a newer one takes its place. \
                         Ask whoever sent it for a new one.";

/// The ticket of a kind that a link still opens.
pub fn ticket(look: &mut Look, hash: &str, kind: TicketKind) -> Result<Ticket> {
    let now = look.now();
    match ever(look.reader, hash, kind)?.filter(|t| t.used_at.is_none() && t.expires_at > now) {
        Some(ticket) => Ok(ticket),
        None => Err(Refusal::denied(DEAD_LINK)),
    }
}

/// The ticket of a link, though it may have been used.
pub fn ever(reader: &mut dyn Reader, hash: &str, kind: TicketKind) -> Result<Option<Ticket>> {
    let which = "where (token_hash = $1 or mailed_hash = $1) and kind = $2 and removed_at is null";
    Ok(find_rows(reader, which, &[Value::Text(hash.to_owned()), Value::Text(kind.word().to_owned())])?.pop())
}

/// The tickets that are out for a member.
pub(crate) fn open_tickets(reader: &mut dyn Reader, member: Id<Member>, now: i64) -> Result<Vec<Ticket>> {
    find_rows(
        reader,
        "where member = $1 and removed_at is null and used_at is null and expires_at > $2 order by id",
        &[member.value(), Value::Int(now)],
    )
}

/// The invitations to the workspace, and to no product, that are out for an address.
pub(crate) fn invitations(reader: &mut dyn Reader, email: &str, now: i64) -> Result<Vec<Ticket>> {
    find_rows(
        reader,
        "where email = $1 and product is null and kind = 'invitation' and removed_at is null and used_at is null and expires_at > $2 order by id",
        &[Value::Text(email.to_owned()), Value::Int(now)],
    )
}

/// The assistants that a member answers for.
pub(crate) fn assistants(reader: &mut dyn Reader, member: Id<Member>) -> Result<Vec<Member>> {
    find_rows(reader, "where answers_for = $1 and removed_at is null order by id", &[member.value()])
}

/// Whether someone else than a member looks after the workspace.
pub fn other_administrator(reader: &mut dyn Reader, besides: Id<Member>) -> Result<bool> {
    let sql = "select 1 from member where administrator = 1 and removed_at is null and id <> $1 limit 1";
    Ok(!reader.query(sql, &[besides.value()])?.is_empty())
}

pub(crate) fn open_sessions(reader: &mut dyn Reader, member: Id<Member>, now: i64) -> Result<Vec<Session>> {
    find_rows(reader, "where member = $1 and ended_at is null and expires_at > $2 order by created_at desc", &[member.value(), Value::Int(now)])
}

pub(crate) fn session(reader: &mut dyn Reader, hash: &str) -> Result<Option<Session>> {
    Ok(find_rows(reader, "where token_hash = $1 and ended_at is null", &[Value::Text(hash.to_owned())])?.pop())
}

/// A sign-in that still holds.
pub(crate) fn open_session(reader: &mut dyn Reader, id: Id<Session>) -> Result<Session> {
    find_rows(reader, "where id = $1 and ended_at is null and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

/// A token that was not revoked.
pub(crate) fn token(reader: &mut dyn Reader, id: Id<ApiToken>) -> Result<ApiToken> {
    find_rows(reader, "where id = $1 and revoked_at is null and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

/// Whether a word ever opened a session of a member.
pub(crate) fn was_opened(reader: &mut dyn Reader, member: Id<Member>, hash: &str) -> Result<bool> {
    Ok(!find_rows::<Session>(reader, "where token_hash = $1 and member = $2", &[Value::Text(hash.to_owned()), member.value()])?.is_empty())
}

/// Tokens of a member and of the assistants they answer for.
pub(crate) fn tokens(reader: &mut dyn Reader, member: Id<Member>) -> Result<Vec<ApiToken>> {
    find_rows(
        reader,
        "where revoked_at is null and (member = $1 or member in (select id from member where answers_for = $1)) order by created_at desc",
        &[member.value()],
    )
}

/// So many accounts stand on a page.
const PAGE: usize = 50;

/// The next accounts by name whose name or address contains what was typed.
pub(crate) fn accounts(reader: &mut dyn Reader, words: &str, after: Option<&Mark<String>>) -> Result<Paged<Member>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if !words.trim().is_empty() {
        params = vec![containing(&words.trim().to_lowercase()), containing(words.trim())];
        and += " and (lower(name) like $1 escape '!' or name like $2 escape '!' or email like $1 escape '!')";
    }
    if let Some(mark) = after {
        and += &format!(" and (name, id) > (${}, ${})", params.len() + 1, params.len() + 2);
        params.extend([Value::Text(mark.at.clone()), mark.id.value()]);
    }
    let found = find_rows(reader, &format!("where removed_at is null{and} order by name, id limit {}", PAGE + 1), &params)?;
    Ok(Paged::cut(found, PAGE, |m: &Member| Mark::new(m.name.clone(), m.meta.id)))
}

/// A token of one's own or of one's assistant.
pub(crate) fn own_token(look: &mut Look, id: Id<ApiToken>) -> Result<ApiToken> {
    let me = Id::new(look.scope.who.signed_in()?);
    tokens(look.reader, me)?.into_iter().find(|t| t.id() == id).ok_or(Refusal::NotFound)
}
