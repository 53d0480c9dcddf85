//! The one path for every change: load, standing, decide, apply, commit, tell.

use crate::{
    Ask, Clock, Registry, Visitor, audience, gate,
    jobs::{self, Heeded, Jobs},
    live::Told,
    outcome::{Done, Outcome, Thing},
    proposals, scope, turn,
    way::Way,
};
use kernel::{
    Act, Area, Authority, Column, CommandSpec, Decided, Door, Event, Hat, Lane, Look, Moment, Refusal, Result, Scope, Searched, Task, Writer,
    room::Plan,
};
use std::collections::BTreeSet;
use store::{Attribution, write_event};
use uuid::Uuid;

/// Commands for one transaction.
pub struct Batch {
    pub asks: Vec<Ask>,
    /// Title of the one proposal that the batch becomes where the asker may not decide.
    pub title: Option<String>,
    /// Try everything, keep nothing.
    pub dry: bool,
}

impl Batch {
    pub fn one(ask: Ask) -> Batch {
        Batch { asks: vec![ask], title: None, dry: false }
    }
}

/// A whole import may become one proposal, but one that a person can still look at and that is soon tried out: it is
/// tried in the writer, where others wait for it.
const MOST_COMMANDS_IN_A_PROPOSAL: usize = 400;

/// Refuses a proposal of more commands than one holds.
pub fn fits_a_proposal(scope: &Scope, area: Area, commands: usize) -> Result<()> {
    match commands {
        0..=MOST_COMMANDS_IN_A_PROPOSAL => Ok(()),
        _ => Err(Refusal::Denied {
            area: Some(area),
            decides: scope.matrix.deciders(area),
            message: format!(
                "{commands} changes are too many for one proposal ({MOST_COMMANDS_IN_A_PROPOSAL} at most). Ask whoever decides on {} to do this.",
                area.spoken()
            ),
        }),
    }
}

pub(crate) struct Work<'a> {
    pub writer: &'a mut dyn Writer,
    pub registry: &'a Registry,
    pub moment: Moment,
    pub told: Vec<Told>,
    /// Commands that follow from what was written.
    pub following: Vec<Ask>,
    /// Acts that something may want to hear of.
    pub heeded: Vec<Heeded>,
    pub node: Uuid,
    /// What can be done later in this house; nothing is left to be done that never would.
    pub jobs: Option<&'a Jobs>,
    /// Something was left to be done.
    pub left: bool,
    /// Something was written that rights rest on.
    pub rights: bool,
    /// What happens is told of another time.
    pub tells_the_past: bool,
}

/// What came of a transaction.
#[derive(Default)]
pub(crate) struct Ran {
    pub outcomes: Vec<Outcome>,
    /// What this node's pages are to be told.
    pub told: Vec<Told>,
    /// Something was left to be done.
    pub left: bool,
}

/// What is written in the transaction of a batch besides, once it is known what came of it: what it ends, how far something is.
pub(crate) type Also = Box<dyn FnOnce(&mut dyn Writer, &[Outcome]) -> Result<()> + Send>;

pub(crate) fn run_batch(
    writer: &mut dyn Writer,
    registry: &Registry,
    clock: &Clock,
    visitor: &Visitor,
    batch: &Batch,
    (node, jobs, also): (Uuid, &Jobs, Option<Also>),
    progress: &dyn Fn(usize),
) -> Result<Ran> {
    let mut work = Work::new(writer, registry, clock.moment(batch.asks.first().and_then(|a| a.at)), node);
    work.jobs = Some(jobs);
    work.tells_the_past = batch.asks.iter().any(|ask| ask.at.is_some());
    if batch.dry {
        work.writer.savepoint()?;
        let outcomes = work.all(visitor, batch, progress);
        work.writer.rollback()?;
        return Ok(Ran { outcomes: outcomes?, ..Ran::default() });
    }
    let outcomes = work.all(visitor, batch, progress)?;
    work.let_hear()?;
    if let Some(also) = also {
        also(work.writer, &outcomes)?;
    }
    Ok(Ran { outcomes, told: work.tell_others()?, left: work.left })
}

impl<'a> Work<'a> {
    pub fn new(writer: &'a mut dyn Writer, registry: &'a Registry, moment: Moment, node: Uuid) -> Work<'a> {
        let (told, following, heeded) = (vec![], vec![], vec![]);
        Work { writer, registry, moment, told, following, heeded, node, jobs: None, left: false, rights: false, tells_the_past: false }
    }

    /// Tells the other nodes once it is committed; what this one's pages are to be told.
    pub fn tell_others(&mut self) -> Result<Vec<Told>> {
        let told = self.merged();
        for note in &told {
            let payload = serde_json::to_string(note).map_err(|e| Refusal::broken(e.to_string()))?;
            self.writer.tell(&payload)?;
        }
        Ok(told)
    }

    /// Keeps what a command leaves to be done, beside its events.
    pub fn leave(&mut self, tasks: Vec<Task>, product: Option<Uuid>, by: &Attribution) -> Result<()> {
        for task in tasks {
            let lane = self.registry.task(&task.kind).ok_or_else(|| Refusal::broken(format!("{} is no kind of task", task.kind)))?.lane;
            if self.jobs.is_some_and(|jobs| jobs.does(lane)) {
                jobs::leave(self.writer, task, self.moment.id::<()>().0, product, by, self.moment.now)?;
                self.left = true;
            }
        }
        Ok(())
    }

    fn all(&mut self, visitor: &Visitor, batch: &Batch, progress: &dyn Fn(usize)) -> Result<Vec<Outcome>> {
        let Some(first) = batch.asks.first() else { return Ok(vec![]) };
        // First the lock, then who asks: behind an import rights may have changed.
        turn::wait(self.writer, visitor, self.registry.command(&first.command)?.spec, first, self.moment.now)?;
        let scope = scope::load(self.writer.reader(), visitor, first.product.as_deref(), first.hat, self.moment.now)?;
        self.all_as(scope, batch, progress)
    }

    /// The same once it is known who asks.
    pub fn all_as(&mut self, mut scope: Scope, batch: &Batch, progress: &dyn Fn(usize)) -> Result<Vec<Outcome>> {
        if batch.asks.iter().all(|ask| self.registry.command(&ask.command).is_ok_and(|offered| offered.spec.in_archive)) {
            scope = scope.awake();
        }
        if scope.who.reach.read_only {
            return Err(Refusal::denied("This token may only read. Make one that may write under your account."));
        }
        let act = self.moment.id::<()>().0;
        if batch.asks.len() > 1
            && let Some(outcome) = self.propose_all(&scope, batch, act)?
        {
            return Ok(vec![outcome]);
        }
        let mut outcomes = vec![];
        // An act is taken back as a whole or not at all; an import in parts that people choose, however it came in.
        let undoable = scope.who.door != Door::Import
            && batch.asks.iter().all(|ask| self.registry.command(&ask.command).is_ok_and(|offered| offered.spec.undoable));
        for (i, ask) in batch.asks.iter().enumerate() {
            let outcome = self.one(&scope, ask, act, undoable).map_err(|refusal| if batch.asks.len() > 1 { at_row(refusal, i) } else { refusal })?;
            outcomes.push(outcome);
            progress(i + 1);
        }
        for ask in std::mem::take(&mut self.following) {
            self.one(&scope, &ask, act, undoable)?;
        }
        Ok(outcomes)
    }

    fn one(&mut self, scope: &Scope, ask: &Ask, act: Uuid, undoable: bool) -> Result<Outcome> {
        if let Some(answered) = self.answered(scope, ask)? {
            return Ok(answered);
        }
        let spec = self.registry.command(&ask.command)?.spec;
        if spec.everywhere {
            gate::knock(spec, scope)?;
            self.lock_all()?;
        }
        let plan = self.planned(spec, scope, ask)?;
        if spec.asks_model && !self.jobs.is_some_and(|jobs| jobs.does(Lane::Model)) {
            return Err(Refusal::invalid("", "No model is set up here, so nobody would answer. Whoever runs the program can name one."));
        }
        self.unchanged(scope, ask, &plan.decided.events)?;
        let counted = !plan.decided.counts.is_empty();
        let outcome = match Way::of(scope, &plan, ask.as_proposal)? {
            Way::Direct { hat, area, note } => {
                let takes = plan.decided.takes;
                let mut by = Attribution { undoable, takes, ..self.attribution(scope, ask, act, hat, area, note) };
                by.member = by.member.or(plan.decided.author);
                by.reason = plan.decided.reason.clone().or(by.reason);
                self.carry(scope, plan.decided, &by, hat)?
            }
            Way::Ask { area, hat } => self.propose(scope, ask, plan, area, hat, act)?,
        };
        self.answer(scope, ask, &outcome, counted)?;
        Ok(outcome)
    }

    /// Waits for the writers of every product, always in the same order, so that two who do so do not wait for each other.
    fn lock_all(&mut self) -> Result<()> {
        for mut row in self.writer.query("select key from product where removed_at is null order by key", &[])? {
            self.writer.lock(Some(&row.take::<String>()?))?;
        }
        Ok(())
    }

    /// Thinks a command through for whoever may at least propose it.
    fn planned(&mut self, spec: &CommandSpec, scope: &Scope, ask: &Ask) -> Result<Plan> {
        if spec.route.is_inside() && !ask.inside {
            return Err(Refusal::NotFound);
        }
        gate::knock(spec, scope)?;
        let judge = |authority: &Authority, scope: &Scope| gate::judge(spec, authority, scope);
        (spec.plan)(&ask.args, &mut Look::deciding(self.writer.reader(), scope), &self.moment, &judge)
    }

    /// Writes the events, and carries out the proposal that they settle, if they do.
    fn carry(&mut self, scope: &Scope, decided: Decided, by: &Attribution, hat: Option<Hat>) -> Result<Outcome> {
        let sealed = self.seal(scope, decided.seals)?;
        self.unseal(&decided.unseals)?;
        for noun in decided.shows {
            let product = scope.product.as_ref().map(|product| product.id);
            self.told.push(Told { node: self.node, product, only: None, nouns: BTreeSet::from([noun.to_owned()]), act: by.act });
        }
        let counted = self.count(scope, decided.counts)?;
        self.keep_keys(decided.keys)?;
        if let Some(erasure) = &decided.erases {
            self.erase(erasure)?;
            self.rights = true;
        }
        let seen = self.look_at(scope, decided.seen)?;
        let (mut things, reveal) = match decided.carry_out {
            None => {
                let things = self.apply(&decided.events, by)?;
                self.wipe(&decided.wipes)?;
                self.leave(decided.tasks, scope.product.as_ref().map(|p| p.id), by)?;
                (things, decided.reveal)
            }
            Some(proposal) => proposals::settle(self, scope, &decided.events, proposal, by)?,
        };
        things.extend(sealed.into_iter().chain(counted).chain(seen));
        Ok(Outcome::Done(Done { act: by.act, things, reveal, hat }))
    }

    /// Each event writes its row and its line of activity; then the pages are told.
    pub fn apply(&mut self, events: &[Event], by: &Attribution) -> Result<Vec<Thing>> {
        let mut things = vec![];
        for event in events.iter().filter(|e| !e.is_empty()) {
            write_event(self.writer, event, self.moment.id::<()>().0, by)?;
            self.rights |= scope::rests_on(&event.table);
            self.following.extend(self.registry.following(event, events));
            self.heed(event, by);
            if event.searched == Searched::Again {
                self.index_again(event)?;
            }
            for (product, only) in audience::of(self.writer, event, by.member)? {
                self.told.push(Told { node: self.node, product, only, nouns: BTreeSet::from([event.table.to_string()]), act: by.act });
            }
            let moved = event.changes.iter().find(|c| c.field == "rank").and_then(|c| c.said.clone());
            let changes = if event.act == Act::Change { event.changes.clone() } else { vec![] };
            let (noun, kind) = (event.table.to_string(), event.kind.name.to_owned());
            things.push(Thing { noun, id: event.id, label: event.label.clone(), event: kind, moved, changes });
        }
        Ok(things)
    }

    /// Teaches full text what a row says now.
    fn index_again(&mut self, event: &Event) -> Result<()> {
        let (Some(noun), Some(product)) = (self.registry.noun(&event.table), event.product) else { return Ok(()) };
        let found = (noun.find)(self.writer.reader(), "where id = $1", &[event.id.value()])?.pop();
        let text = found.filter(|f| f.meta.removed_at.is_none()).and_then(|f| f.searched);
        self.writer.index(product, noun.table, event.id, text.as_ref().map(|(title, body)| (title.as_str(), body.as_str())))
    }

    fn merged(&mut self) -> Vec<Told> {
        let mut merged: Vec<Told> = vec![];
        for told in std::mem::take(&mut self.told) {
            match merged.iter_mut().find(|m| (m.product, m.only) == (told.product, told.only)) {
                Some(same) => same.nouns.extend(told.nouns),
                None => merged.push(told),
            }
        }
        merged
    }

    pub fn attribution(&self, scope: &Scope, ask: &Ask, act: Uuid, hat: Option<Hat>, area: Option<Area>, note: Option<String>) -> Attribution {
        Attribution {
            act,
            at: ask.at.unwrap_or(self.moment.now),
            member: scope.who.member,
            assistant: scope.who.assistant,
            hat: hat.map(|h| h.word().to_owned()),
            door: scope.who.door.word(),
            command: ask.command.clone(),
            area: area.map(|a| a.word().to_owned()),
            proposal: None,
            undoable: false,
            takes: None,
            reason: match (&ask.reason, note) {
                (Some(reason), Some(note)) => Some(format!("{reason} ({note})")),
                (reason, note) => note.or_else(|| reason.clone()),
            },
        }
    }

    fn propose(&mut self, scope: &Scope, ask: &Ask, plan: Plan, area: Area, hat: Option<Hat>, act: Uuid) -> Result<Outcome> {
        let commands = vec![plan.kept.unwrap_or_else(|| proposals::stored(ask))];
        let effects = proposals::effects(&plan.decided);
        let draft = proposals::Draft { title: plan.title, area, hat, commands, effects };
        proposals::make(self, scope, ask, draft, act)
    }

    /// A batch that the asker may not decide becomes one proposal; `None` when they decide it all.
    fn propose_all(&mut self, scope: &Scope, batch: &Batch, act: Uuid) -> Result<Option<Outcome>> {
        let Some(first) = batch.asks.first() else { return Ok(None) };
        self.writer.savepoint()?;
        let (mut asked, mut first_title) = (None, String::new());
        let (mut commands, mut effects) = (vec![], vec![]);
        let mut result = Ok(());
        for (i, ask) in batch.asks.iter().enumerate() {
            let tried = self.try_one(scope, ask, act);
            match tried {
                Ok((way, plan)) => {
                    if i == 0 {
                        first_title.clone_from(&plan.title);
                    }
                    if let (Way::Ask { area, hat }, None) = (way, asked) {
                        asked = Some((area, hat));
                    }
                    effects.extend(proposals::effects(&plan.decided));
                    commands.push(plan.kept.unwrap_or_else(|| proposals::stored(ask)));
                }
                Err(refusal) => {
                    result = Err(at_row(refusal, i));
                    break;
                }
            }
            // Nearly every batch is uniform; the first command tells, and deciders do not pay twice.
            match asked {
                None if i == 0 => break,
                Some((area, _)) if i == 0 => result = fits_a_proposal(scope, area, batch.asks.len()),
                _ => {}
            }
            if result.is_err() {
                break;
            }
        }
        self.writer.rollback()?;
        self.told.clear();
        self.heeded.clear();
        self.following.clear();
        result?;
        let Some((area, hat)) = asked else { return Ok(None) };
        let title = batch.title.clone().unwrap_or_else(|| format!("{first_title}, and {} more", batch.asks.len() - 1));
        let draft = proposals::Draft { title, area, hat, commands, effects };
        proposals::make(self, scope, first, draft, act).map(Some)
    }

    fn try_one(&mut self, scope: &Scope, ask: &Ask, act: Uuid) -> Result<(Way, Plan)> {
        let spec = self.registry.command(&ask.command)?.spec;
        let plan = self.planned(spec, scope, ask)?;
        let way = Way::of(scope, &plan, ask.as_proposal)?;
        let by = self.attribution(scope, ask, act, None, None, None);
        self.apply(&plan.decided.events, &by)?;
        Ok((way, plan))
    }
}

pub(crate) fn at_row(refusal: Refusal, index: usize) -> Refusal {
    match refusal {
        Refusal::Invalid(mut fields) => {
            for field in &mut fields {
                field.field = format!("{index}:{}", field.field);
            }
            Refusal::Invalid(fields)
        }
        other => other,
    }
}
