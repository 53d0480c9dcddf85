//! The links of a product, with how often each was used.

use crate::model::SharedLink;
use kernel::{Look, Noun, Result, Uuid, list};
use std::collections::HashMap;

/// A link, how often it was used, and when last.
pub(crate) struct Line {
    pub link: SharedLink,
    pub used: Option<(i64, i64)>,
    /// Who made it.
    pub by: String,
}

/// Those that work first, the newest first.
pub(crate) fn links(look: &mut Look) -> Result<Vec<Line>> {
    let now = look.now();
    let mut found = SharedLink::all(look, "order by created_at desc, id desc limit 300", &[])?;
    found.sort_by_key(|link| !link.works(now));
    let used = look.query("select id, times, last_at from link_use where id in each($1)", &[list(found.iter().map(|l| l.meta.id))])?;
    let used: HashMap<Uuid, (i64, i64)> = used.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let names = look.query("select id, name from member where id in each($1)", &[list(found.iter().map(|l| l.member))])?;
    let names: HashMap<Uuid, String> = names.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let line = |link: SharedLink| Line { used: used.get(&link.meta.id).copied(), by: names.get(&link.member.0).cloned().unwrap_or_default(), link };
    Ok(found.into_iter().map(line).collect())
}

impl SharedLink {
    pub(crate) fn works(&self, now: i64) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}
