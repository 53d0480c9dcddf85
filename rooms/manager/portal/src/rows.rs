//! Reading what is posted: as members see it, and as strangers do.

use crate::model::*;
use customers::Customer;
use kernel::{Column, Id, Look, Mark, Noun, Paged, Result, Uuid, Value, list, value::containing};
use likeness::Texts;
use std::collections::{HashMap, HashSet};

/// So many stand on a page.
const PAGE: usize = 30;

/// Which posts, and in which order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub words: String,
    pub status: Option<PostStatus>,
    /// The newest first, and not those that most want.
    pub newest: bool,
    pub after: String,
}

/// A page of posts that are shown and were merged into no other.
pub(crate) fn posts(look: &mut Look, wanted: &Wanted) -> Result<Paged<Post>> {
    let (mut and, mut params) = (String::new(), vec![]);
    let bind = |params: &mut Vec<Value>, value: Value| {
        params.push(value);
        format!("${}", params.len() + 1)
    };
    let words = wanted.words.trim();
    if !words.is_empty() {
        let (lower, exact) = (bind(&mut params, containing(&words.to_lowercase())), bind(&mut params, containing(words)));
        let has = |field: &str| format!("lower({field}) like {lower} escape '!' or {field} like {exact} escape '!'");
        and += &format!(" and ({} or {})", has("title"), has("body"));
    }
    if let Some(status) = wanted.status {
        and += &format!(" and status = {}", bind(&mut params, status.value()));
    }
    let by = if wanted.newest { "created_at" } else { "votes" };
    if let Some(mark) = Mark::<i64>::read(&wanted.after)? {
        let (at, id) = (bind(&mut params, mark.at.value()), bind(&mut params, mark.id.value()));
        and += &format!(" and ({by}, id) < ({at}, {id})");
    }
    let clause = format!("and showing = 'shown' and merged_into is null{and} order by {by} desc, id desc limit {}", PAGE + 1);
    let found = Post::all(look, &clause, &params)?;
    Ok(Paged::cut(found, PAGE, |post| Mark::new(if wanted.newest { post.meta.created_at } else { post.votes }, post.meta.id)))
}

/// Which of these posts somebody wants, and which they follow, whatever of it was merged.
pub(crate) fn wanted_by(look: &mut Look, whose: Whose, posts: impl IntoIterator<Item = Uuid>) -> Result<(HashSet<Uuid>, HashSet<Uuid>)> {
    let column = match whose {
        Whose::Member(_) => "member",
        Whose::Visitor(_) => "visitor",
        Whose::Customer(_) => "customer",
    };
    let sql = format!(
        "select portal_post.root, portal_voice.votes, portal_voice.follows from portal_post join portal_voice on portal_voice.post = portal_post.id and portal_voice.removed_at is null
         where portal_post.root in each($1) and portal_voice.{column} = $2"
    );
    let (mut votes, mut follows) = (HashSet::new(), HashSet::new());
    for mut row in look.reader.query(&sql, &[list(posts), whose.id().value()])? {
        let post: Uuid = row.take()?;
        if row.take()? {
            votes.insert(post);
        }
        if row.take()? {
            follows.insert(post);
        }
    }
    Ok((votes, follows))
}

/// What posts say.
const SAID: Texts = Texts::of(Post::TABLE, "title || ' ' || body");
/// So alike a post has to be to be offered.
const OFFERED_FROM: f32 = 0.25;
/// So many are offered.
const OFFERED: usize = 4;

/// Posts that ask for what a text says, likely; each for what it was merged into.
pub(crate) fn alike(look: &mut Look, text: &str, besides: Option<Id<Post>>) -> Result<Vec<Post>> {
    if text.trim().chars().count() < 4 {
        return Ok(vec![]);
    }
    let like: Vec<(Uuid, f32)> = customers::like(look, SAID, text, 3 * OFFERED)?;
    let like: Vec<Uuid> = like.into_iter().filter(|(_, likeness)| *likeness >= OFFERED_FROM).map(|(id, _)| id).collect();
    if like.is_empty() {
        return Ok(vec![]);
    }
    let shown = "and id in (select root from portal_post where id in each($2) and showing = 'shown' and removed_at is null) and showing = 'shown'";
    let mut found = Post::all(look, shown, &[list(like.iter().copied())])?;
    // The likest first; what others were merged into goes last.
    found.sort_by_key(|post| like.iter().position(|id| *id == post.meta.id).unwrap_or(usize::MAX));
    found.retain(|post| Some(post.id()) != besides);
    found.truncate(OFFERED);
    Ok(found)
}

/// So many that wait are shown at once.
const QUEUE: usize = 50;

/// What waits for approval, the oldest first.
pub(crate) fn queue(look: &mut Look) -> Result<Vec<Post>> {
    Post::all(look, &format!("and showing = 'waits' order by id limit {QUEUE}"), &[])
}

/// What was turned down, the last first.
pub(crate) fn turned_down(look: &mut Look) -> Result<Vec<Post>> {
    Post::all(look, &format!("and showing = 'turned_down' order by updated_at desc, id desc limit {QUEUE}"), &[])
}

/// How many wait for approval, as far as they are counted.
pub(crate) fn waiting(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number(
        "select count(*) from (select 1 from portal_post where product = $1 and showing = 'waits' and removed_at is null limit 1000) as waiting",
        &[product.value()],
    )
}

/// Who wants a post: members and customers by name, and how many addresses that were confirmed.
#[derive(Default)]
pub(crate) struct Wanting {
    pub members: Vec<String>,
    /// The vote, the customer and its name, and what comes from it in a year.
    pub customers: Vec<(Uuid, Uuid, String, Option<f64>)>,
    pub addresses: i64,
    pub followers: i64,
}

pub(crate) fn wanting(look: &mut Look, root: Id<Post>) -> Result<Wanting> {
    let mut wanting = Wanting::default();
    let mut seen = HashSet::new();
    let named = "select portal_voice.id, member.id, member.name, customer.id, customer.name, customer.revenue from portal_voice
                 left join member on member.id = portal_voice.member left join customer on customer.id = portal_voice.customer and customer.removed_at is null
                 where portal_voice.post in (select portal_post.id from portal_post where portal_post.root = $1) and portal_voice.votes = 1 and portal_voice.removed_at is null
                 and portal_voice.visitor is null order by portal_voice.id limit 300";
    for mut row in look.query(named, &[root.value()])? {
        let voice: Uuid = row.take()?;
        let (member, name): (Option<Uuid>, Option<String>) = (row.take()?, row.take()?);
        let (customer, called, revenue): (Option<Uuid>, Option<String>, Option<f64>) = (row.take()?, row.take()?, row.take()?);
        match (member, name, customer, called) {
            (Some(member), Some(name), ..) if seen.insert(member) => wanting.members.push(name),
            (_, _, Some(customer), Some(called)) if seen.insert(customer) => wanting.customers.push((voice, customer, called, revenue)),
            _ => {}
        }
    }
    let counted =
        "select count(distinct case when votes = 1 then visitor end), count(distinct case when follows = 1 then visitor end) from portal_voice
                   where post in (select id from portal_post where root = $1) and removed_at is null and visitor is not null";
    if let Some(mut row) = look.reader.query(counted, &[root.value()])?.pop() {
        (wanting.addresses, wanting.followers) = (row.take()?, row.take()?);
    }
    Ok(wanting)
}

/// How many were merged into each of these.
pub(crate) fn merged(look: &mut Look, roots: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, i64>> {
    let rows = look.query(
        "select portal_post.root, count(*) from portal_post where portal_post.root in each($1) and portal_post.merged_into is not null and portal_post.removed_at is null group by portal_post.root",
        &[list(roots)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// What was merged into a post, each with how to take it apart.
pub(crate) fn merged_into(look: &mut Look, root: Id<Post>) -> Result<Vec<Post>> {
    Post::all(look, "and root = $2 and merged_into is not null order by id limit 100", &[root.value()])
}

/// Customers to vote for, by name.
pub(crate) fn customers_offered(look: &mut Look) -> Result<Vec<(String, String)>> {
    let found = Customer::all(look, "and merged_into is null order by lower(name), id limit 500", &[])?;
    Ok(found.into_iter().map(|customer| (customer.id().to_string(), customer.name)).collect())
}
