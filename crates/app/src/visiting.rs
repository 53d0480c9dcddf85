//! Visitors: people without an account who hold a link. What they get is what the link names, drawn by its room, and never
//! a scope to ask with; and only while whoever made the link belongs to the product. No credential opens pages, queries or commands with the word of a link.

use crate::{App, hats, scope::held_bits};
use kernel::{
    Area, Column, Door, Hat, Look, Matrix, ProductHead, Reach, Reader, Refusal, Result, Scope, Uuid, Value, Who,
    shared::{self, Entry, Opening, SharedLook, Visit},
    value::Packed,
};
use std::sync::OnceLock;

/// What a link shows.
pub struct Shown {
    pub look: &'static SharedLook,
    /// The product's name.
    pub product: String,
    /// Markup, escaped already.
    pub body: String,
    /// When the link ends; milliseconds since 1970.
    pub until: i64,
}

fn statement() -> String {
    let areas: Vec<String> = Area::ALL.iter().map(|area| format!("agreement.{area}")).collect();
    format!(
        "select shared_link.id, shared_link.look, shared_link.shows, shared_link.whom, shared_link.created_at, shared_link.expires_at, product.id, product.key, product.name, product.archived_at, cast({} as bigint), {} {}",
        held_bits(),
        areas.join(", "),
        shared::open("join agreement on agreement.product = product.id")
    )
}

fn entrance(opening: &Opening) -> String {
    let areas: Vec<String> = Area::ALL.iter().map(|area| format!("agreement.{area}")).collect();
    let Opening { from, when, .. } = opening;
    format!(
        "select product.id, product.key, product.name, cast({} as bigint), {} from {from} join product on product.id = {from}.product
         join agreement on agreement.product = product.id
         where {from}.removed_at is null and product.removed_at is null and product.archived_at is null and {when}",
        held_bits(),
        areas.join(", ")
    )
}

impl App {
    /// Shows what a link names to whoever holds its word; `hash` is what is kept of that. A look ahead does not count.
    ///
    /// # Errors
    /// `NotFound`, and nothing else to tell one from another, where it opens nothing (any more).
    pub async fn visit(&self, hash: String, counts: bool) -> Result<Shown> {
        let draw = |look: &mut Look, opened: &Opened| (opened.look.show)(look, &opened.visit);
        let (opened, body) = self.opened(hash, draw).await?;
        let shown = Shown { look: opened.look, product: opened.product, body, until: opened.until };
        let (link, now) = (opened.link, self.clock.now());
        if !counts {
            return Ok(shown);
        }
        // How often and when last: the machinery's own, without an event. A visit counts for no more than that.
        let counted = self.store.write(move |writer| {
            let sql = "insert into link_use (id, times, last_at) values ($1, 1, $2)
                       on conflict (id) do update set times = link_use.times + 1, last_at = excluded.last_at";
            writer.execute(sql, &[link.value(), Value::Int(now)]).map(drop)
        });
        if let Err(error) = counted.await {
            tracing::warn!(%error, "counting the use of a link");
        }
        Ok(shown)
    }
}

/// Refuses a link whose stakeholder is there no more.
fn stands(reader: &mut dyn Reader, noun: &str, whom: Option<Uuid>) -> Result<()> {
    let there = format!("select 1 from {noun} where id = $1 and removed_at is null");
    reader.query(&there, &[whom.value()])?.pop().map(|_| ()).ok_or(Refusal::NotFound)
}

/// What a link tells one after the other.
pub struct Feed {
    pub link: Uuid,
    /// The product's name.
    pub product: String,
    /// "The updates".
    pub says: &'static str,
    /// When the link was made; milliseconds since 1970.
    pub since: i64,
    /// The newest first.
    pub entries: Vec<Entry>,
}

/// What the word of a link opens.
struct Opened {
    link: Uuid,
    look: &'static SharedLook,
    visit: Visit,
    product: String,
    since: i64,
    until: i64,
}

impl App {
    /// What a link tells one after the other. It does not count as a visit: machines come again and again.
    ///
    /// # Errors
    /// `NotFound` where it opens nothing, or nothing that has a feed.
    pub async fn visit_feed(&self, hash: String) -> Result<Feed> {
        let read = |look: &mut Look, opened: &Opened| opened.look.feed.ok_or(Refusal::NotFound).and_then(|feed| feed(look, &opened.visit));
        let (opened, entries) = self.opened(hash, read).await?;
        Ok(Feed { link: opened.link, product: opened.product, says: opened.look.says, since: opened.since, entries })
    }

    /// Reads for whoever is let in by what they say, as a stakeholder who sees what is open there and nothing else. Nothing
    /// is counted, and no credential is made of what they said.
    ///
    /// # Errors
    /// `NotFound`, and nothing else to tell one from another, where nothing lets them in.
    pub async fn visit_open<T: Send + 'static>(
        &self,
        opening: &'static Opening,
        said: String,
        read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let now = self.clock.now();
        self.store
            .read(move |reader| {
                let mut row = reader.query(&entrance(opening), &[Value::Text(said)])?.pop().ok_or(Refusal::NotFound)?;
                let product = ProductHead::named(row.take()?, row.take()?, row.take()?);
                let held = hats::of_bits(row.take()?);
                let agreed = Area::ALL.iter().map(|_| row.take()).collect::<Result<Vec<String>>>()?;
                let scope = Scope::new(visitor(&[opening.areas, opening.also], &product), Some(product), Matrix::read(&agreed), held, now);
                match opening.areas.iter().all(|area| scope.sees(*area)) {
                    true => read(&mut Look::showing(reader, &scope)),
                    false => Err(Refusal::NotFound),
                }
            })
            .await
    }

    /// Reads for whoever holds the word of a link, as a stakeholder who sees what it shows and nothing else.
    async fn opened<T: Send + 'static>(
        &self,
        hash: String,
        read: impl FnOnce(&mut Look, &Opened) -> Result<T> + Send + 'static,
    ) -> Result<(Opened, T)> {
        static FOUND: OnceLock<String> = OnceLock::new();
        let now = self.clock.now();
        self.store
            .read(move |reader| {
                let sql = FOUND.get_or_init(statement);
                let mut row = reader.query(sql, &[Value::Text(hash), Value::Int(now)])?.pop().ok_or(Refusal::NotFound)?;
                let (link, name): (Uuid, String) = (row.take()?, row.take()?);
                let options: Packed<Vec<String>> = row.take()?;
                let visit = Visit { options: options.0, whom: row.take()? };
                let (since, until): (i64, i64) = (row.take()?, row.take()?);
                let product = ProductHead::named(row.take()?, row.take()?, row.take()?);
                let product = ProductHead { archived: row.take::<Option<i64>>()?.is_some(), ..product };
                let held = hats::of_bits(row.take()?);
                let agreed = Area::ALL.iter().map(|_| row.take()).collect::<Result<Vec<String>>>()?;
                let look = shared::look(&name).ok_or(Refusal::NotFound)?;
                let opened = Opened { link, look, visit, product: product.name.clone(), since, until };
                let scope = Scope::new(visitor(&[look.areas, look.also], &product), Some(product), Matrix::read(&agreed), held, now);
                if !look.areas.iter().all(|area| scope.sees(*area)) {
                    return Err(Refusal::NotFound);
                }
                if !look.whom.is_empty() {
                    stands(reader, look.whom, opened.visit.whom)?;
                }
                let told = read(&mut Look::showing(reader, &scope), &opened)?;
                Ok((opened, told))
            })
            .await
    }
}

/// Whoever comes by a link: nobody in particular, with a stakeholder's standing at most, in what is shown and nowhere else.
fn visitor(areas: &[&[Area]], product: &ProductHead) -> Who {
    Who {
        hats: vec![Hat::Stakeholder],
        reach: Reach { read_only: true, products: vec![product.id], areas: areas.concat() },
        ..Who::nobody(Door::Page)
    }
}
