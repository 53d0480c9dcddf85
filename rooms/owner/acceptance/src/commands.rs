//! Checking criteria, accepting, rejecting.

use crate::{
    model::*,
    runs_rows::{self, Newest},
};
use backlog::{Criterion, CriterionState, Stage, Story};
use kernel::{
    Area, Command, Decided, Event, Id, Instead, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, Words, command, event::edit, value::Packed,
};
use product::{BoardColumn, column_of};
use std::collections::HashMap;

command! {
    /// Records that someone looked whether a criterion is met, with a note.
    pub struct CheckCriterion in "criterion.check" at Put "/products/{product}/criteria/{criterion}/check" [Work] {
        pub criterion: Id<Criterion>,
        pub passes: bool,
        #[serde(default)]
        pub note: Text<2_000>,
    }
}

impl Command for CheckCriterion {
    type Before = Criterion;

    fn load(&self, look: &mut Look) -> Result<Criterion> {
        Criterion::get(look, self.criterion)
    }
    fn title(&self, before: &Criterion) -> String {
        format!("“{}” {}", before.label(), if self.passes { "passes" } else { "fails" })
    }
    fn decide(self, before: Criterion, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(edit(&CRITERION_CHECKED, &before, |c| {
            c.state = if self.passes { CriterionState::Passing } else { CriterionState::Failing };
            c.note = self.note.into();
            c.checked_by = scope.who.member.map(Id::new);
            c.checked_at = Some(moment.now);
            Ok(())
        })?
        .into())
    }
}

/// What a verdict is given on.
pub struct Finished {
    story: Story,
    criteria: Vec<Criterion>,
    /// What the newest test runs say of them.
    proofs: HashMap<Id<Criterion>, Newest>,
    columns: Vec<BoardColumn>,
    /// What the team agreed on about everything that is accepted.
    done: Vec<String>,
    /// Its sprint has closed or was cancelled meanwhile, so that no board shows it.
    over: bool,
}

fn finished(look: &mut Look, at: &Ref) -> Result<Finished> {
    let story = backlog::story(look, at)?;
    let criteria = backlog::criteria_of(look, story.id())?;
    let over = sprint::is_over(look, story.sprint)?;
    let proofs = runs_rows::newest(look, criteria.iter().map(Noun::id))?;
    Ok(Finished { story, criteria, proofs, columns: product::columns_of(look)?, done: product::definition_of_done(look)?, over })
}

/// A verdict is given on what was handed over, once.
fn handed_over(story: &Story) -> Result<()> {
    match story.stage {
        Stage::HandedOver => Ok(()),
        Stage::Accepted => Err(Refusal::invalid("story", "This story has been accepted already.")),
        _ => Err(Refusal::invalid("story", "This story has not been handed over. It is accepted or rejected once it is.")),
    }
}

fn verdict(finished: &Finished, accepted: bool, reason: String, moment: &Moment, scope: &Scope) -> Result<Event> {
    let verdict = Verdict {
        meta: moment.fresh(finished.story.meta.product),
        story: finished.story.id(),
        sprint: finished.story.sprint,
        accepted,
        reason,
        member: Id::new(scope.who.signed_in()?),
        hat: scope.standing(Area::Acceptance).0,
        quoted: Packed(
            finished.criteria.iter().map(|c| Quoted::of(c, finished.proofs.get(&c.id()).map(Newest::proof).unwrap_or_default())).collect(),
        ),
        done_list: Packed(finished.done.clone()),
    };
    Ok(Event::created(&VERDICT_GIVEN, &verdict))
}

command! {
    /// Accepts a story. With a criterion that fails or was not verified, a reason is needed and shows for ever.
    pub struct AcceptStory in "story.accept" at Post "/products/{product}/stories/{story}/acceptance" [Acceptance] {
        /// Number, key or id.
        pub story: Ref,
        #[serde(default)]
        pub reason: Text<2_000>,
    }
}

impl Command for AcceptStory {
    type Before = Finished;
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> = Some(Instead { says: "Reopen", command: "story.reopen", field: "story", noun: "story", sure: None });

    fn load(&self, look: &mut Look) -> Result<Finished> {
        finished(look, &self.story)
    }
    fn title(&self, before: &Finished) -> String {
        format!("Accept “{}”", before.story.title)
    }
    fn decide(self, before: Finished, moment: &Moment, scope: &Scope) -> Result<Decided> {
        handed_over(&before.story)?;
        let reason = String::from(self.reason);
        let open: Vec<&Criterion> = before.criteria.iter().filter(|c| c.state != CriterionState::Passing).collect();
        if !open.is_empty() && reason.is_empty() {
            let named: Vec<String> = open.iter().map(|c| format!("“{}” ({})", c.label(), c.state.says())).collect();
            return Err(Refusal::invalid(
                "reason",
                format!("Not every criterion is known to pass: {}. Say why you accept all the same.", named.join(", ")),
            ));
        }
        let after = Story {
            stage: Stage::Accepted,
            board_column: column_of(&before.columns, Stage::Accepted),
            settled_at: Some(moment.now),
            ..before.story.clone()
        };
        Ok(vec![verdict(&before, true, reason, moment, scope)?, Event::changed(&STORY_ACCEPTED, &before.story, &after)].into())
    }
}

command! {
    /// Rejects a story with a reason; it goes back to the board with the failing criteria named, or to the backlog if
    /// its sprint is over.
    pub struct RejectStory in "story.reject" at Post "/products/{product}/stories/{story}/rejection" [Acceptance] {
        /// Number, key or id.
        pub story: Ref,
        pub reason: Words<2_000>,
        /// The criteria that are not met; the failing ones when empty.
        #[serde(default)]
        pub failing: Vec<Id<Criterion>>,
    }
}

impl Command for RejectStory {
    type Before = Finished;
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> = Some(Instead { says: "Hand over again", command: "story.hand_over", field: "story", noun: "story", sure: None });

    fn load(&self, look: &mut Look) -> Result<Finished> {
        finished(look, &self.story)
    }
    fn title(&self, before: &Finished) -> String {
        format!("Reject “{}”", before.story.title)
    }
    fn decide(self, before: Finished, moment: &Moment, scope: &Scope) -> Result<Decided> {
        handed_over(&before.story)?;
        let mut events = vec![];
        for id in &self.failing {
            let criterion = before.criteria.iter().find(|c| c.id() == *id).ok_or(Refusal::NotFound)?;
            events.push(edit(&CRITERION_CHECKED, criterion, |c| {
                c.state = CriterionState::Failing;
                c.checked_by = scope.who.member.map(Id::new);
                c.checked_at = Some(moment.now);
                Ok(())
            })?);
        }
        let after = match before.over {
            true => sprint::returned(&before.story),
            false => {
                Story { stage: Stage::Doing, board_column: column_of(&before.columns, Stage::Doing), handed_over_at: None, ..before.story.clone() }
            }
        };
        events.push(verdict(&before, false, self.reason.into(), moment, scope)?);
        events.push(Event::changed(&STORY_REJECTED, &before.story, &after));
        Ok(events.into())
    }
}
