//! Visitors: people without an account who hold a link. What they get is what the link names, drawn by its room, and never
//! a scope to ask with; and only while whoever made the link belongs to the product. No credential opens pages, queries or commands with the word of a link.

use crate::{App, hats, scope::held_bits};
use kernel::{
    Area, Column, Door, Hat, Look, Matrix, ProductHead, Reach, Refusal, Result, Scope, Uuid, Value, Who,
    shared::{self, SharedLook},
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
        "select shared_link.id, shared_link.look, shared_link.shows, shared_link.expires_at, product.id, product.key, product.name, cast({} as bigint), {}
         from shared_link join member maker on maker.id = shared_link.member and maker.removed_at is null
         join membership belongs on belongs.member = maker.id and belongs.product = shared_link.product and belongs.removed_at is null
         join product on product.id = shared_link.product join agreement on agreement.product = product.id
         where shared_link.token_hash = $1 and shared_link.revoked_at is null and shared_link.removed_at is null
         and shared_link.expires_at > $2 and product.removed_at is null",
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
        static FOUND: OnceLock<String> = OnceLock::new();
        let now = self.clock.now();
        let (link, shown) = self
            .store
            .read(move |reader| {
                let sql = FOUND.get_or_init(statement);
                let mut row = reader.query(sql, &[Value::Text(hash), Value::Int(now)])?.pop().ok_or(Refusal::NotFound)?;
                let (link, name): (Uuid, String) = (row.take()?, row.take()?);
                let (shows, until): (Packed<Vec<String>>, i64) = (row.take()?, row.take()?);
                let product = ProductHead::named(row.take()?, row.take()?, row.take()?);
                let held = hats::of_bits(row.take()?);
                let agreed = Area::ALL.iter().map(|_| row.take()).collect::<Result<Vec<String>>>()?;
                let look = shared::look(&name).ok_or(Refusal::NotFound)?;
                let title = product.name.clone();
                let scope = Scope::new(visitor(look, &product), Some(product), Matrix::read(&agreed), held, now);
                if !look.areas.iter().all(|area| scope.sees(*area)) {
                    return Err(Refusal::NotFound);
                }
                let body = (look.show)(&mut Look::showing(reader, &scope), &shows)?;
                Ok((link, Shown { look, product: title, body, until }))
            })
            .await?;
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

/// Whoever comes by a link: nobody in particular, with a stakeholder's standing at most, in what is shown and nowhere else.
fn visitor(look: &SharedLook, product: &ProductHead) -> Who {
    Who {
        hats: vec![Hat::Stakeholder],
        reach: Reach { read_only: true, products: vec![product.id], areas: look.areas.to_vec() },
        ..Who::nobody(Door::Page)
    }
}
