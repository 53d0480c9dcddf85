//! The links of a product, with how often each was used.

use crate::model::SharedLink;
use kernel::{Column, Look, Noun, Result, Uuid, list};
use std::collections::HashMap;

/// A link, how often it was used, and when last.
pub struct Line {
    pub link: SharedLink,
    pub used: Option<(i64, i64)>,
    /// Who made it, and whether they still belong here; without them it opens nothing.
    pub by: String,
    pub here: bool,
}

/// Those that work first, the newest first.
pub(crate) fn links(look: &mut Look) -> Result<Vec<Line>> {
    let now = look.now();
    let mut found = SharedLink::all(look, "order by created_at desc, id desc limit 300", &[])?;
    found.sort_by_key(|link| !link.works(now));
    lines(look, found)
}

/// Those of one stakeholder that work, the newest first.
pub fn links_for(look: &mut Look, whom: Uuid) -> Result<Vec<Line>> {
    let now = kernel::Value::Int(look.now());
    let found = SharedLink::all(
        look,
        "and whom = $2 and revoked_at is null and expires_at > $3 order by created_at desc, id desc limit 20",
        &[whom.value(), now],
    )?;
    if found.is_empty() { Ok(vec![]) } else { lines(look, found) }
}

fn lines(look: &mut Look, found: Vec<SharedLink>) -> Result<Vec<Line>> {
    let used = look.query("select id, times, last_at from link_use where id in each($1)", &[list(found.iter().map(|l| l.meta.id))])?;
    let used: HashMap<Uuid, (i64, i64)> = used.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let names = people::names_of(look, found.iter().map(|link| link.member.0))?;
    let here = people::who_belong(look, found.iter().map(|link| link.member.0))?;
    let line = |link: SharedLink| Line {
        used: used.get(&link.meta.id).copied(),
        by: names.get(&link.member.0).cloned().unwrap_or_default(),
        here: here.contains(&link.member.0),
        link,
    };
    Ok(found.into_iter().map(line).collect())
}

impl SharedLink {
    pub(crate) fn works(&self, now: i64) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}
