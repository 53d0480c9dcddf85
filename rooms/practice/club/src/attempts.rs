//! Beginning an attempt, leaving it, and going on from one that was marked. Everyone's own matter.

use crate::{events::*, library, library::Task, model::*, rows};
use kernel::{Authority, Command, Decided, Event, Id, Line, Look, Meta, Moment, Noun, Refusal, Result, Scope, Waits, command, value::Packed};
use people::Member;

command! {
    /// Begins an attempt at a challenge of the practice club.
    pub struct BeginAttempt in "attempt.begin" at Post "/account/attempts" [] {
        /// Its id, such as `beds-for-night-trains`.
        pub challenge: Line<60>,
        pub mode: Mode,
    }
}

impl Command for BeginAttempt {
    type Before = Task;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Task> {
        let task = library::task(look, &self.challenge).map_err(|_| unknown())?;
        if task.is_withdrawn() {
            return Err(unknown());
        }
        none_open(look, task.id())?;
        Ok(task)
    }
    fn title(&self, task: &Task) -> String {
        format!("Begin “{}”", task.title())
    }
    fn decide(self, task: Task, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if task.discipline() == Discipline::Drill {
            return Err(Refusal::invalid("challenge", "A drill is answered at once, without being begun."));
        }
        let by_number = task.written().is_none();
        Ok(Event::created(&BEGUN, &Attempt { by_number, ..fresh(&task, self.mode, moment, scope)? }).into())
    }
}

command! {
    /// Invents a case of root cause and begins an attempt at it.
    pub struct DrawCase in "attempt.draw" at Post "/account/attempts/drawing" [] {
        /// 1 easy to 5 hard.
        #[schemars(range(min = 1, max = 5))]
        pub difficulty: i64,
        pub mode: Mode,
        /// The number of the case, to try one that somebody else has tried, which is never rated; any where it is left out.
        #[serde(default)]
        #[schemars(range(min = 0, max = 999_999))]
        pub seed: Option<i64>,
    }
}

impl Command for DrawCase {
    type Before = ();
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<()> {
        if !(1..=library::HARDEST).contains(&self.difficulty) {
            return Err(Refusal::invalid("difficulty", "The difficulty is a whole number from 1 to 5."));
        }
        match self.seed {
            Some(seed @ 0..=999_999) => none_open(look, &library::invented(self.difficulty, seed.unsigned_abs())),
            None => Ok(()),
            Some(_) => Err(Refusal::invalid("seed", "The number of a case is one from 0 to 999999.")),
        }
    }
    fn title(&self, (): &()) -> String {
        "Invent a case".into()
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let any = || moment.id::<Attempt>().0.as_u64_pair().1;
        let seed = self.seed.map_or_else(any, i64::unsigned_abs);
        let task = library::of_program(&library::invented(self.difficulty, seed))?;
        let by_number = self.seed.is_some();
        Ok(Event::created(&BEGUN, &Attempt { by_number, ..fresh(&task, self.mode, moment, scope)? }).into())
    }
}

command! {
    /// Leaves an attempt that is still written on.
    pub struct LeaveAttempt in "attempt.leave" at Delete "/account/attempts/{attempt}" [] {
        pub attempt: Id<Attempt>,
    }
}

impl Command for LeaveAttempt {
    type Before = Attempt;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Attempt> {
        open(look, self.attempt)
    }
    fn title(&self, attempt: &Attempt) -> String {
        format!("Leave “{}”", attempt.title)
    }
    fn decide(self, attempt: Attempt, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&LEFT, &attempt, moment.now).into())
    }
}

command! {
    /// Goes on from an attempt that was marked, with its answer.
    pub struct ReviseAttempt in "attempt.revise" at Post "/account/attempts/{attempt}/revising" [] {
        pub attempt: Id<Attempt>,
    }
}

impl Command for ReviseAttempt {
    type Before = (Attempt, Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let before = Attempt::get(look, self.attempt)?;
        let task = library::task_of(look, &before)?;
        if task.is_withdrawn() || task.is_gone() {
            return Err(unknown());
        }
        none_open(look, task.id())?;
        Ok((before, task))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Revise “{}”", before.title)
    }
    fn decide(self, (before, task): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before.is_open() {
            return Err(Refusal::invalid("attempt", "This one is still open; write on in it."));
        }
        if before.discipline == Discipline::Drill {
            return Err(Refusal::invalid("attempt", "A drill is answered anew on its own page."));
        }
        let again = fresh(&task, Mode::Learning, moment, scope)?;
        let again = Attempt { revises: Some(before.id()), answer: before.answer, asked: before.asked, ..again };
        Ok(Event::created(&BEGUN, &again).into())
    }
}

fn unknown() -> Refusal {
    Refusal::invalid("challenge", "There is no challenge of this name in the library.")
}

/// One at a time is written on for each challenge, so two tabs are at the same.
fn none_open(look: &mut Look, challenge: &str) -> Result<()> {
    match rows::open(look, challenge)? {
        None => Ok(()),
        Some(_) => Err(Refusal::invalid("challenge", "You have begun this one already; write on in it, or leave it first.")),
    }
}

/// One of the asker's that is still written on.
pub(crate) fn open(look: &mut Look, id: Id<Attempt>) -> Result<Attempt> {
    let attempt = Attempt::get(look, id)?;
    match attempt.is_open() {
        true => Ok(attempt),
        false => Err(Refusal::invalid("attempt", "You have handed this in already. What was found stands on its page; revise it to go on.")),
    }
}

/// The same, with what it is an attempt at.
pub(crate) fn open_with_task(look: &mut Look, id: Id<Attempt>) -> Result<(Attempt, Task)> {
    let attempt = open(look, id)?;
    let task = library::task_of(look, &attempt)?;
    Ok((attempt, task))
}

/// A new attempt.
pub(crate) fn fresh(task: &Task, mode: Mode, moment: &Moment, scope: &Scope) -> Result<Attempt> {
    Ok(blank(task, mode, moment.fresh(None), Id::new(scope.who.signed_in()?)))
}

/// One in which nothing is written.
pub(crate) fn blank(task: &Task, mode: Mode, meta: Meta, member: Id<Member>) -> Attempt {
    Attempt {
        meta,
        member,
        challenge: task.id().to_owned(),
        discipline: task.discipline(),
        title: task.title(),
        level: task.level(),
        mode,
        stage: Stage::Open,
        answer: Packed::default(),
        asked: Packed::default(),
        hints: Packed::default(),
        marks: Packed::default(),
        score: None,
        low: None,
        high: None,
        interval_points: None,
        hit: None,
        rated: false,
        rating: None,
        deviation: None,
        volatility: None,
        handed_in_at: None,
        revises: None,
        own_marks: Packed::default(),
        shared_at: None,
        by_number: false,
        edition: task.edition(),
    }
}
