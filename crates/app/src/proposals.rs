//! How what someone may not decide is kept as a proposal, and carried out once it is signed.

use crate::{
    Ask, gate, hats,
    outcome::{Outcome, Proposed, Thing},
    run::Work,
    secret,
};
use kernel::{
    Act, Area, Change, Column, Decided, Event, Hat, Json, Look, Noun, Proposal, ProposalState, Refusal, Result, Scope, Signature, Standing,
    StoredCommand, Value,
    look::find_rows,
    proposal::{Effect, PROPOSAL_MADE, PROPOSAL_OVERTAKEN, PROPOSAL_SIGNED},
    value::Packed,
};
use std::collections::HashMap;
use store::Attribution;
use uuid::Uuid;

/// What a proposal is made from.
pub(crate) struct Draft {
    pub title: String,
    pub area: Area,
    pub hat: Option<Hat>,
    pub commands: Vec<StoredCommand>,
    pub effects: Vec<Effect>,
}

/// The command as kept for later: without the version it was made against, because what has changed
/// since is judged by fields when it is carried out.
pub(crate) fn stored(ask: &Ask) -> StoredCommand {
    let mut args = ask.args.clone();
    if let Json::Object(map) = &mut args {
        map.remove("version");
    }
    StoredCommand { name: ask.command.clone(), args }
}

pub(crate) fn effects(decided: &Decided) -> Vec<Effect> {
    let told = decided.events.iter().filter(|event| !event.is_empty() && !decided.untold);
    told.map(|event| Effect {
        kind: event.kind.name.to_owned(),
        table: event.table.to_string(),
        id: event.id,
        label: event.label.clone(),
        is_new: event.act == Act::Create,
        changes: event.changes.iter().filter(|c| !c.field.ends_with("_hash")).cloned().collect(),
    })
    .collect()
}

/// Writes the proposal; who asks under a hat that signs has signed by asking.
pub(crate) fn make(work: &mut Work, scope: &Scope, ask: &Ask, draft: Draft, act: Uuid) -> Result<Outcome> {
    let product = scope.product_id()?;
    let author = scope.who.signed_in()?;
    let (needs, passed_over) = scope.asked(draft.area);
    if let Some(proposed) = already(work, scope, &draft)? {
        return Ok(Outcome::Proposed(proposed));
    }
    let reason = ask.reason.clone().unwrap_or_default();
    let mut proposal = Proposal {
        meta: work.moment.fresh(Some(product)),
        title: draft.title,
        reason,
        area: draft.area,
        state: ProposalState::Open,
        author,
        assistant: scope.who.assistant,
        hat: draft.hat,
        door: scope.who.door.word().to_owned(),
        commands: Packed(draft.commands),
        effects: Packed(draft.effects),
        considered: Packed(vec![]),
        needs: Packed(needs.clone()),
        passed_over: Packed(passed_over),
        due_on: None,
        review_on: None,
        settled_at: None,
        number: None,
        note: String::new(),
        supersedes: None,
        seal: String::new(),
        driver: None,
        contributors: Packed(vec![]),
        informed: Packed(vec![]),
        decider: None,
    };
    proposal.seal = seal(&proposal);
    let mut events = vec![Event::created(&PROPOSAL_MADE, &proposal)];
    let mut asked = needs;
    if let Some(hat) = draft.hat.filter(|hat| scope.matrix.standing(draft.area, *hat) == Standing::Signs && scope.who.assistant.is_none()) {
        let signature = Signature::of(work.moment.fresh(Some(product)), proposal.meta.id, author, hat);
        events.push(Event::created(&PROPOSAL_SIGNED, &signature).called(&proposal.title));
        asked.retain(|h| *h != hat);
    }
    let by = work.attribution(scope, ask, act, draft.hat, Some(draft.area), None);
    work.apply(&events, &by)?;
    Ok(Outcome::Proposed(Proposed { proposal: proposal.meta.id, title: proposal.title, asked, already: false }))
}

/// So many open proposals of one's own in an area are looked through, the newest first.
const MOST_OPEN: i64 = 200;

/// The open proposal of the same person that would change the same in the same way, whatever control it was made with.
fn already(work: &mut Work, scope: &Scope, draft: &Draft) -> Result<Option<Proposed>> {
    let (product, author) = (scope.product_id()?, scope.who.signed_in()?);
    let assistant = scope.who.assistant.map_or(Value::Text(String::new()), |id| id.value());
    let open: Vec<Proposal> = find_rows(
        work.writer.reader(),
        "where product = $1 and state = 'open' and author = $2 and area = $3 and coalesce(assistant, '') = $4 and removed_at is null
         order by created_at desc limit $5",
        &[product.value(), author.value(), Value::Text(draft.area.word().to_owned()), assistant, Value::Int(MOST_OPEN)],
    )?;
    let Some(same) = open.into_iter().find(|known| same_change(draft, known)) else { return Ok(None) };
    let signed: Vec<Signature> =
        find_rows(work.writer.reader(), "where proposal = $1 and (agrees = 1 or aside = 1) and removed_at is null", &[same.meta.id.value()])?;
    let asked = same.needs.iter().copied().filter(|hat| !signed.iter().any(|s| s.hat == *hat)).collect();
    Ok(Some(Proposed { proposal: same.meta.id, title: same.title, asked, already: true }))
}

/// What is new has another id each time, so there the commands are compared; of everything else what would become of it,
/// but for the place that comes with being moved elsewhere.
fn same_change(draft: &Draft, known: &Proposal) -> bool {
    let (one, other) = (&draft.effects, &known.effects.0);
    if draft.commands == known.commands.0 {
        return true;
    }
    let becomes = |effect: &Effect| {
        let mut to: Vec<(String, Value)> = effect.changes.iter().map(|c| (c.field.clone(), c.to.clone())).collect();
        if to.len() > 1 {
            to.retain(|(field, _)| field != "rank");
        }
        to.sort_by(|a, b| a.0.cmp(&b.0));
        (effect.id, to)
    };
    !one.is_empty() && one.len() == other.len() && one.iter().zip(other).all(|(a, b)| !a.is_new && !b.is_new && becomes(a) == becomes(b))
}

/// SHA-256 over what is signed (`tandem check` compares it).
pub(crate) fn seal(p: &Proposal) -> String {
    p.sealed(secret::hash)
}

/// Writes the settling events and carries the proposal out; if what it would change has changed
/// since in a way that conflicts, the proposal is marked overtaken instead.
pub(crate) fn settle(work: &mut Work, scope: &Scope, events: &[Event], id: Uuid, by: &Attribution) -> Result<(Vec<Thing>, Option<String>)> {
    let mut found: Vec<Proposal> = find_rows(
        work.writer.reader(),
        "where id = $1 and product = $2",
        &[Value::Text(id.simple().to_string()), Value::Text(scope.product_id()?.simple().to_string())],
    )?;
    let before = found.pop().ok_or(Refusal::NotFound)?;
    if seal(&before) != before.seal {
        return Err(Refusal::denied("The content of this proposal is not what was put forward. It cannot be signed; make a new one."));
    }
    for command in before.commands.iter() {
        gate::in_use(work.registry.command(&command.name)?.spec, scope)?;
    }
    work.writer.savepoint()?;
    let (told, following, heeded) = (work.told.len(), work.following.len(), work.heeded.len());
    let tried = work.apply(events, by).and_then(|mut things| {
        let (more, reveal) = carry_out(work, scope, &before, by)?;
        things.extend(more);
        work.writer.release()?;
        Ok((things, reveal))
    });
    match tried {
        Ok(carried) => Ok(carried),
        Err(broken) if broken.is_ours() => Err(broken),
        Err(refusal) => {
            work.writer.rollback()?;
            work.told.truncate(told);
            work.following.truncate(following);
            work.heeded.truncate(heeded);
            let mut after = before.clone();
            after.state = ProposalState::Overtaken;
            after.settled_at = Some(work.moment.now);
            after.note = refusal.sentence();
            let mut kept: Vec<Event> = events.iter().filter(|e| e.table == Signature::TABLE).cloned().collect();
            kept.push(Event::changed(&PROPOSAL_OVERTAKEN, &before, &after));
            Ok((work.apply(&kept, by)?, None))
        }
    }
}

/// Runs the proposal's commands in the author's name, attributed to the proposal.
fn carry_out(work: &mut Work, scope: &Scope, proposal: &Proposal, by: &Attribution) -> Result<(Vec<Thing>, Option<String>)> {
    if !hats::still_here(work.writer.reader(), scope.product_id()?, proposal.author, proposal.assistant)? {
        return Err(Refusal::denied("Whoever put this forward no longer belongs here. Whoever still wants it puts it forward in their own name."));
    }
    let author = author_scope(scope, proposal);
    let by = Attribution {
        member: Some(proposal.author),
        assistant: proposal.assistant,
        hat: proposal.hat.map(|h| h.word().to_owned()),
        proposal: Some(proposal.meta.id),
        area: Some(proposal.area.word().to_owned()),
        reason: (!proposal.reason.is_empty()).then(|| proposal.reason.clone()),
        ..by.clone()
    };
    let base = seen_fields(&proposal.effects);
    let mut touched: HashMap<(Uuid, String), Value> = HashMap::new();
    let mut things = vec![];
    let mut reveal = None;
    for command in proposal.commands.iter() {
        let spec = work.registry.command(&command.name)?.spec;
        let plan = (spec.plan)(&command.args, &mut Look::deciding(work.writer.reader(), &author), &work.moment, &|_, _| Ok(()))?;
        for event in plan.decided.events.iter().filter(|e| e.act != Act::Create && !spec.undisturbed) {
            unchanged_since(event, &base, &touched)?;
        }
        for event in &plan.decided.events {
            for change in &event.changes {
                touched.insert((event.id, change.field.clone()), change.to.clone());
            }
        }
        let by = Attribution { command: command.name.clone(), takes: plan.decided.takes, ..by.clone() };
        things.extend(work.apply(&plan.decided.events, &by)?);
        work.wipe(&plan.decided.wipes)?;
        work.keep_keys(plan.decided.keys)?;
        work.leave(plan.decided.tasks, Some(scope.product_id()?), &by)?;
        reveal = reveal.or(plan.decided.reveal);
    }
    Ok((things, reveal))
}

/// The author as they stand in the product; rights were judged when the proposal was made and signed.
fn author_scope(scope: &Scope, proposal: &Proposal) -> Scope {
    let mut author = scope.clone();
    author.who.member = Some(proposal.author);
    author.who.assistant = proposal.assistant;
    author.who.hats = proposal.hat.into_iter().collect();
    author
}

/// What each field held when the proposal was made, for things that existed then.
fn seen_fields(effects: &[Effect]) -> HashMap<(Uuid, String), Value> {
    let mut seen = HashMap::new();
    for effect in effects.iter().filter(|e| !e.is_new) {
        for change in &effect.changes {
            seen.entry((effect.id, change.field.clone())).or_insert_with(|| change.from.clone());
        }
    }
    seen
}

/// Three-way: a field that the proposal changes must still hold what the proposer saw.
fn unchanged_since(event: &Event, base: &HashMap<(Uuid, String), Value>, touched: &HashMap<(Uuid, String), Value>) -> Result<()> {
    for Change { field, from, .. } in &event.changes {
        let place = (event.id, field.clone());
        let expected = touched.get(&place).or_else(|| base.get(&place));
        if expected.is_some_and(|expected| expected != from) {
            return Err(Refusal::invalid(
                field,
                format!("“{}” has been changed since ({}).", event.label, kernel::about::called(&event.table, field)),
            ));
        }
    }
    Ok(())
}
