//! What waits for a decision, for pages that sum it up.

use crate::{deadlock::stuck, rows};
use kernel::{Area, Hat, Look, Result, Uuid};

/// An open proposal and on whom it waits.
pub struct Waits {
    pub id: Uuid,
    pub title: String,
    pub area: Area,
    pub since: i64,
    /// The hats for whose word it waits.
    pub asked: Vec<Hat>,
    /// It is a joint matter whose day has passed.
    pub stuck: bool,
}

/// So many are told.
const MOST: usize = 12;

/// What waits, what is stuck first, then what waits longest.
pub fn waits(look: &mut Look) -> Result<Vec<Waits>> {
    let open = rows::waiting(look, "")?;
    let scope = look.scope;
    let one = |shown: rows::Shown| {
        let p = shown.proposal;
        let said: Vec<Hat> = shown.signatures.iter().map(|(signature, _)| signature.hat).collect();
        Waits {
            asked: scope.awaited(p.area, &said),
            stuck: !stuck(scope, &p, scope.now).is_empty(),
            id: p.meta.id,
            since: p.meta.created_at,
            area: p.area,
            title: p.title,
        }
    };
    let mut waits: Vec<Waits> = open.items.into_iter().map(one).collect();
    waits.sort_by_key(|one| (!one.stuck, one.since));
    waits.truncate(MOST);
    Ok(waits)
}
