//! Putting an overtaken proposal forward again, against what there is now: the same commands through the same path, in the
//! same author's name; of what it would have changed only what its author still wants.

use crate::rows::Shown;
use kernel::{Id, Json, Noun, Proposal, ProposalState, Refusal, Result, StoredCommand, Uuid, about};
use std::collections::HashMap;
use web::{
    Ask, At,
    app::{Batch, Registry},
};

/// Something that a proposal would change and that can be left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The argument, which is called as the field that it sets.
    pub name: String,
    pub says: String,
}

/// The parts of overtaken proposals, by proposal.
pub(crate) type Leaving = HashMap<Uuid, Vec<Part>>;

pub(crate) fn leaving<'a>(registry: &Registry, shown: impl Iterator<Item = &'a Shown>) -> Leaving {
    let overtaken = shown.map(|s| &s.proposal).filter(|p| p.state == ProposalState::Overtaken);
    overtaken.map(|p| (p.meta.id, parts(registry, p))).collect()
}

/// What the one command of a proposal would change and could do without.
fn parts(registry: &Registry, p: &Proposal) -> Vec<Part> {
    let [command] = p.commands.as_slice() else { return vec![] };
    let Ok(offered) = registry.command(&command.name) else { return vec![] };
    let required = |name: &str| offered.schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let given = |name: &str| command.args.get(name).is_some_and(|value| !value.is_null());
    let changes = p.effects.iter().filter(|e| !e.is_new).flat_map(|e| e.changes.iter().map(move |c| (e.table.as_str(), c.field.as_str())));
    let mut parts: Vec<Part> = vec![];
    for (table, field) in changes.filter(|(_, field)| given(field) && !required(field)) {
        if !parts.iter().any(|part| part.name == field) {
            parts.push(Part { name: field.to_owned(), says: about::called(table, field) });
        }
    }
    parts
}

/// A command without what is not wanted any more.
fn without(command: &StoredCommand, parts: &[Part], again: &[String]) -> Json {
    let mut args = command.args.clone();
    if let Json::Object(args) = &mut args {
        args.retain(|name, _| !parts.iter().any(|part| part.name == *name) || again.contains(name));
    }
    args
}

/// Puts it forward again; `again` are the parts that are still wanted, all where nothing was chosen.
pub(crate) async fn renew(at: &At, id: &str, again: Option<Vec<String>>) -> Result<()> {
    let id = Id::<Proposal>::try_from(id)?;
    let app = &at.house.app;
    let overtaken = app
        .ask(&at.visitor, at.product.as_deref(), move |look| {
            let proposal = Proposal::get(look, id)?;
            let own = look.scope.who.member == Some(proposal.author) && look.scope.who.assistant.is_none();
            match own && proposal.state == ProposalState::Overtaken {
                true => Ok(proposal),
                false => Err(Refusal::denied("Only its author puts an overtaken proposal forward again.")),
            }
        })
        .await?;
    let parts = parts(&app.registry, &overtaken);
    let again = match again {
        Some(again) if !parts.is_empty() && !parts.iter().any(|part| again.contains(&part.name)) => {
            return Err(Refusal::invalid("again", "Choose what you still want. If it is nothing, leave it as it is: overtaken."));
        }
        Some(again) => again,
        None => parts.iter().map(|part| part.name.clone()).collect(),
    };
    let ask = |command: &StoredCommand| Ask {
        hat: overtaken.hat,
        reason: Some(overtaken.reason.clone()),
        as_proposal: true,
        ..Ask::named(at.product.as_deref(), &command.name, without(command, &parts, &again))
    };
    let asks = overtaken.commands.iter().map(ask).collect();
    app.run_all(&at.visitor, Batch { asks, title: Some(overtaken.title.clone()), dry: false }, |_| {}).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::json;

    #[test]
    fn what_is_not_wanted_any_more_is_left_out_and_nothing_else() {
        let part = |name: &str| Part { name: name.into(), says: name.into() };
        let command = StoredCommand { name: "story.edit".into(), args: json!({ "story": "1", "title": "B", "body": "More" }) };
        let parts = [part("title"), part("body")];
        assert_eq!(without(&command, &parts, &["body".into()]), json!({ "story": "1", "body": "More" }));
        assert_eq!(without(&command, &parts, &["body".into(), "title".into()]), command.args);
        assert_eq!(without(&command, &[], &[]), command.args);
    }
}
