//! What becomes of a job that was given up.

use crate::rows;
use kernel::{
    Authority, Command, Decided, Event, Id, Look, Moment, Result, Scope, Task, Uuid, Whose, command,
    task::{DeadLetter, JOB_DISCARDED, JOB_RETRIED},
};

command! {
    /// Has a job that was given up tried again, in the name of whoever caused it.
    pub struct RetryJob in "job.retry" at Post "/jobs/{job}/retry" [] {
        pub job: Id<DeadLetter>,
    }
}

impl Command for RetryJob {
    type Before = DeadLetter;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<DeadLetter> {
        rows::given_up(look.reader, self.job)
    }
    fn title(&self, before: &DeadLetter) -> String {
        format!("Try again: {}", before.about)
    }
    fn decide(self, before: DeadLetter, moment: &Moment, _: &Scope) -> Result<Decided> {
        let again = Task {
            // What went out under it, if anything did, goes out under the same id.
            id: Uuid::parse_str(&before.job).ok(),
            kind: before.kind.clone(),
            args: before.args.0.clone(),
            about: before.about.clone(),
            whose: before.actor.map_or(Whose::Nobody, Whose::Member),
            product: before.product_of,
            after: 0,
        };
        Ok(Decided { tasks: vec![again], ..Event::removed(&JOB_RETRIED, &before, moment.now).into() })
    }
}

command! {
    /// Throws a job away that was given up. It is never done.
    pub struct DiscardJob in "job.discard" at Delete "/jobs/{job}" [] {
        pub job: Id<DeadLetter>,
    }
}

impl Command for DiscardJob {
    type Before = DeadLetter;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<DeadLetter> {
        rows::given_up(look.reader, self.job)
    }
    fn title(&self, before: &DeadLetter) -> String {
        format!("Throw away: {}", before.about)
    }
    fn decide(self, before: DeadLetter, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&JOB_DISCARDED, &before, moment.now).into())
    }
}
