//! Sprints that another tool had: they come in with their days, where they stand and what came of them.

use crate::{events::*, model::*, result::SprintResult, rows};
use kernel::{Area, Authority, Command, Day, Decided, Event, Line, Look, Moment, Refusal, Result, Scope, Standing, command, value::Packed};
use web::when;

command! {
    /// Brings in a sprint from another tool, as it stood there; one of the same name that is here stays as it is.
    pub struct BringInSprint in "sprint.bring_in" at Post "/products/{product}/brought-in-sprints" [Backlog, Sprints] {
        pub name: Line<100>,
        /// First day, as 2026-11-23.
        pub starts_on: Day,
        /// Last day.
        pub ends_on: Day,
        /// `planned`, `active` or `closed`.
        pub state: SprintState,
        /// What came of it there.
        #[serde(default)]
        pub result: SprintResult,
    }
}

/// What is there already.
pub struct Known {
    number: i64,
    /// One of its name is here.
    is_here: bool,
    /// Another that is running.
    running: Option<String>,
    /// Whose matter it is.
    area: Area,
}

impl Command for BringInSprint {
    type Before = Known;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Known> {
        let is_here = rows::heads(look)?.iter().any(|s| s.name == self.name.trim());
        let area = match look.scope.standing(Area::Sprints).1 {
            Standing::Decides => Area::Sprints,
            // It comes with a backlog: whoever signs that and decides on sprints as well settles both.
            _ if look.scope.settles(Area::Backlog, Area::Sprints) => Area::Backlog,
            _ => Area::Sprints,
        };
        Ok(Known { number: rows::next_number(look)?, is_here, running: rows::active(look)?.map(|s| s.name), area })
    }
    fn authority(&self, known: &Known) -> Authority {
        Authority::Area(known.area)
    }
    fn title(&self, _: &Known) -> String {
        format!("Bring in {}", self.name)
    }
    fn decide(self, Known { number, is_here, running, .. }: Known, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if is_here {
            return Ok(Decided::default());
        }
        // What was planned elsewhere is history: longer than a month is odd, but it was so.
        let (starts_on, ends_on): (String, String) = (self.starts_on.into(), self.ends_on.into());
        if ends_on < starts_on {
            return Err(Refusal::invalid("ends_on", "The sprint ends before it starts."));
        }
        match (self.state, running) {
            (SprintState::Cancelled, _) => return Err(Refusal::invalid("state", "A sprint is brought in as planned, active or closed.")),
            (SprintState::Active, Some(running)) => return Err(Refusal::invalid("state", format!("{running} is still running. Close it first."))),
            _ => {}
        }
        let begun = self.state != SprintState::Planned;
        let closed = self.state == SprintState::Closed;
        let sprint = Sprint {
            meta: moment.fresh(Some(scope.product_id()?)),
            number,
            name: self.name.into(),
            goal: String::new(),
            started_at: when::end_of(&starts_on).filter(|_| begun),
            closed_at: when::end_of(&ends_on).filter(|_| closed),
            starts_on,
            ends_on,
            state: self.state,
            committed: Packed(vec![]),
            deliverables: String::new(),
            result: Packed(if closed { self.result } else { SprintResult::default() }),
        };
        Ok(Event::created(&SPRINT_BROUGHT_IN, &sprint).into())
    }
}
