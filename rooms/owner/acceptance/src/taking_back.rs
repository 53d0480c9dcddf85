//! Taking a run back that should not count: a broken machine, the wrong branch. Its criteria stand as the other runs say.

use crate::{
    model::{CRITERION_CHECKED, CRITERION_FAILED, RESULT_TAKEN_BACK, RUN_TAKEN_BACK},
    runs,
    runs_model::*,
    runs_rows as rows,
    standing::{self, as_of},
};
use backlog::{Criterion, CriterionState};
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Relation, Result, Scope, Words, command, event::edit, list};
use std::collections::HashMap;

command! {
    /// Takes a run of tests back with a reason: what it said of criteria counts no more, and they stand as the other runs say. A criterion that somebody has checked by hand since stays as they said.
    pub struct TakeRunBack in "run.take_back" at Delete "/products/{product}/runs/{run}" [Work] {
        pub run: Id<Run>,
        pub reason: Words<500>,
    }
}

/// A run with what it said, and what others said of the same criteria.
pub struct Taking {
    run: Run,
    results: Vec<RunResult>,
    criteria: HashMap<Id<Criterion>, Criterion>,
    left: HashMap<Id<Criterion>, Vec<standing::Result>>,
    /// By which run each stands as it does.
    ties: HashMap<Id<Criterion>, Relation>,
}

impl Command for TakeRunBack {
    type Before = Taking;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Taking> {
        let run = Run::get(look, self.run)?;
        let results = RunResult::all(look, "and run = $2 order by id", &[run.id().value()])?;
        let ids: Vec<Id<Criterion>> = results.iter().map(|result| result.criterion).collect();
        let criteria = Criterion::all(look, "and id in each($2)", &[list(ids.iter().map(|id| id.0))])?;
        let left = rows::left_without(look, &ids, run.id())?;
        let ties = rows::ties(look, ids)?;
        Ok(Taking { ties, run, results, criteria: criteria.into_iter().map(|criterion| (criterion.id(), criterion)).collect(), left })
    }
    fn may(&self, before: &Taking, _: &Scope) -> Result<()> {
        match before.run.taken_back.is_empty() {
            true => Ok(()),
            false => Err(Refusal::invalid("run", "This run was taken back already.")),
        }
    }
    fn title(&self, before: &Taking) -> String {
        format!("Take back the run of {}", before.run.called())
    }
    fn decide(self, before: Taking, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = vec![edit(&RUN_TAKEN_BACK, &before.run, |run| {
            run.taken_back = self.reason.into();
            Ok(())
        })?];
        for result in &before.results {
            let Some(criterion) = before.criteria.get(&result.criterion) else { continue };
            events.push(Event::removed(&RESULT_TAKEN_BACK, result, moment.now).called(criterion.label()));
            let left = before.left.get(&result.criterion).map_or(&[][..], Vec::as_slice);
            if let Some(tie) = before.ties.get(&result.criterion).filter(|tie| tie.from_id == before.run.meta.id) {
                let newest = left.last().filter(|result| !result.suite.is_empty() || !result.commit.is_empty());
                events.extend(runs::tied(moment, Some(tie), newest.map(|result| result.run), criterion));
            }
            // What somebody saw for themselves is no word of a run.
            if criterion.checked_by.is_some() {
                continue;
            }
            let after = as_of(criterion, left);
            let begins = after.state == CriterionState::Failing && criterion.state != CriterionState::Failing;
            events.push(edit(if begins { &CRITERION_FAILED } else { &CRITERION_CHECKED }, criterion, |c| {
                *c = after;
                Ok(())
            })?);
        }
        Ok(events.into())
    }
}
