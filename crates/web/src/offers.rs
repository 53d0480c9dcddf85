//! What is offered right after an act: to take it back, to do it again, or what may be done instead.

use crate::At;
use app::{Done, Proposed};
use kernel::{CommandSpec, Serialize};
use std::collections::BTreeMap;

/// A button beside the sentence of what was done.
#[derive(Debug, Serialize)]
#[serde(crate = "kernel::serde")]
pub(crate) struct Offer {
    says: &'static str,
    command: &'static str,
    fields: BTreeMap<&'static str, String>,
    /// What is asked first.
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<&'static str>,
}

fn offer(says: &'static str, command: &'static str, field: &'static str, value: kernel::Uuid) -> Offer {
    Offer { says, command, fields: BTreeMap::from([(field, value.simple().to_string())]), sure: None }
}

/// What can be done about a proposal of one's own.
pub(crate) fn proposed(proposed: &Proposed) -> Offer {
    offer("Withdraw the proposal", "proposal.withdraw", "proposal", proposed.proposal)
}

/// What can be done about what was done.
pub(crate) async fn done(at: &At, spec: &CommandSpec, done: &Done) -> Option<Offer> {
    if done.things.is_empty() {
        return None;
    }
    if spec.undoable && spec.route.in_product() {
        let says = if done.things.iter().all(|thing| thing.event == "act.undone") { "Redo" } else { "Undo" };
        return Some(offer(says, "act.undo", "act", done.act));
    }
    instead(at, spec, done).await
}

/// Where to look after an act: at what was removed, or, where nothing can be done about it, at what became of its thing.
pub(crate) fn look(at: &At, spec: &CommandSpec, done: &Done, offered: bool) -> Option<(&'static str, String)> {
    let key = at.product.as_ref()?;
    if done.things.iter().any(|thing| thing.event.ends_with(".removed")) {
        return Some(("Removed things", format!("/{key}/removed")));
    }
    if offered || spec.undoable {
        return None;
    }
    let noun = spec.name.split('.').next()?;
    let thing = done.things.iter().rev().find(|thing| thing.noun == noun)?;
    Some(("Look at it", format!("/{key}/{}", kernel::about::place(&thing.noun, thing.id, None)?)))
}

/// Another act by its name, for whoever may do that.
async fn instead(at: &At, spec: &CommandSpec, done: &Done) -> Option<Offer> {
    let instead = spec.instead?;
    let mut things = done.things.iter().filter(|thing| thing.noun == instead.noun);
    let thing = match (things.next(), things.next()) {
        (Some(only), None) => only,
        _ => return None,
    };
    at.house.app.admits(&at.visitor, at.product.as_deref(), instead.command).await.ok()?;
    Some(Offer { sure: instead.sure, ..offer(instead.says, instead.command, instead.field, thing.id) })
}
