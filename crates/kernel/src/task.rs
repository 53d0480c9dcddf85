//! Work that a command leaves to be done after it: a letter, a request to another machine, a long piece of work. A room
//! says what is to be done (`Job::errand`, read in the name of whoever caused it) and which command tells what came of
//! it (`Job::report`); keeping, trying again and giving up are done once, in `app`.

use crate::{Asking, Event, Letter, Look, Reading, Refusal, Reply, Request, Result, StoredCommand, kinds, noun, value::Packed};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use uuid::Uuid;

kinds! {
    JOB_FAILED = "job.failed", "gave up on";
    JOB_RETRIED = "job.retried", "tried again:";
    JOB_DISCARDED = "job.discarded", "threw away";
}

/// In whose name a task is done, with the rights that they hold then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Whose {
    /// Whoever caused it.
    #[default]
    Causer,
    /// A member or an assistant.
    Member(Uuid),
    Nobody,
}

/// A piece of work, kept in the transaction of the command that leaves it behind.
#[derive(Clone, Debug)]
pub struct Task {
    /// Given where it is the same once more; else it gets one of its own.
    pub id: Option<Uuid>,
    pub kind: String,
    pub args: Json,
    /// What it is about, for whoever looks after the workspace: an address, a title. Never a secret.
    pub about: String,
    pub whose: Whose,
    /// The product it belongs to, where that is not the one at hand.
    pub product: Option<Uuid>,
    /// So many milliseconds later.
    pub after: i64,
}

impl Task {
    pub fn of<J: Job>(job: &J, about: impl Into<String>) -> Result<Task> {
        let args = serde_json::to_value(job).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Task { id: None, kind: J::KIND.to_owned(), args, about: about.into(), whose: Whose::Causer, product: None, after: 0 })
    }

    /// Done in the name of somebody else than its cause.
    pub fn in_the_name_of(self, whose: Whose) -> Task {
        Task { whose, ..self }
    }
}

/// Where work is done; what is slow in one holds nothing up in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// With the database alone.
    House,
    /// Through the mail server.
    Mail,
    /// With machines of others.
    Web,
    /// Where backups are kept.
    Backup,
    /// With whole files, which take their time and memory.
    Files,
    /// With the model that helps to mark and to draft.
    Model,
}

impl Lane {
    pub const ALL: &[Lane] = &[Lane::House, Lane::Mail, Lane::Web, Lane::Backup, Lane::Files, Lane::Model];
}

/// What a task comes to once it is its turn.
pub enum Errand {
    /// There is nothing left to do.
    Nothing,
    /// A letter is sent. `first` makes the secret that stands in it, so that it is kept nowhere else.
    Letter { letter: Letter, first: Option<StoredCommand> },
    /// Another machine is told. What was sent and answered is kept for a while, whatever comes of it.
    Request(Box<Request>),
    /// A model is asked. `Job::heard` says what comes of its answers, and of none.
    Ask(Box<Asking>),
    /// The room does it itself, in as many transactions as it takes, and ends it with the last (`app::jobs::Working`).
    Work,
    /// A command does it all.
    Command(StoredCommand),
    /// Everything is written where backups are kept; a command notes what that came to.
    Backup { note: fn(Kept) -> Result<StoredCommand> },
    /// It comes to other tasks, which are left in its place.
    Tasks(Vec<Task>),
}

/// A backup that was made, and read again to see whether it is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub file: String,
    pub rows: u64,
    pub bytes: u64,
}

/// What becomes of a task that is given up.
pub enum GivenUp {
    /// It waits for whoever looks after the workspace.
    Waits,
    /// A command tells of it.
    Told(StoredCommand),
    /// Nothing: what came of it is seen elsewhere.
    Forgotten,
}

/// After so many tries a task is given up. With the waits between them that is a day and a half.
pub const MOST_TRIES: i64 = 40;

/// A task that an act leaves behind where it heeds something of what happened, once for the act; what is told of the past
/// leaves none. It is in nobody's name; its arguments are `product` and `act`.
pub struct Ear {
    pub kind: &'static str,
    /// Whether an event, through a door, is what it is about.
    pub heeds: fn(&Event, &str) -> bool,
    /// Finds a row where something listens in `$product`; without it something always may.
    pub listens: Option<&'static str>,
    /// It hears of what happens outside of products, too; there is no `product` then.
    pub at_large: bool,
}

/// A kind of task.
pub trait Job: Serialize + DeserializeOwned {
    /// `noun.verb`, as commands are called.
    const KIND: &'static str;
    /// What it does, for whoever looks after the workspace: "Mail an invitation".
    const SAYS: &'static str;
    const LANE: Lane;
    /// How often it is tried.
    const TRIES: i64 = MOST_TRIES;

    /// Works out what is to be done.
    fn errand(&self, look: &mut Look) -> Result<Errand>;

    /// The command that tells what came of it; it ends the task in its own transaction.
    fn report(&self) -> Option<StoredCommand> {
        None
    }

    /// The command that takes in what a model answered; it ends the task in its own transaction.
    fn heard(&self, _replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
        Ok(None)
    }

    /// What becomes of it where every try failed, the last as is said.
    fn given_up(&self, _said: &str) -> GivenUp {
        GivenUp::Waits
    }
}

/// A kind of task without its type.
pub struct TaskSpec {
    pub kind: &'static str,
    pub says: &'static str,
    pub lane: Lane,
    pub tries: i64,
    pub errand: fn(&Json, &mut Look) -> Result<Errand>,
    pub report: fn(&Json) -> Result<Option<StoredCommand>>,
    pub heard: fn(&Json, Vec<Reply>) -> Result<Option<StoredCommand>>,
    pub given_up: fn(&Json, &str) -> Result<GivenUp>,
}

impl TaskSpec {
    pub const fn of<J: Job>() -> TaskSpec {
        TaskSpec {
            kind: J::KIND,
            says: J::SAYS,
            lane: J::LANE,
            tries: J::TRIES,
            errand: errand::<J>,
            report: report::<J>,
            heard: heard::<J>,
            given_up: given_up::<J>,
        }
    }
}

fn read<J: Job>(args: &Json) -> Result<J> {
    serde_json::from_value(args.clone())
        .map_err(|e| Refusal::invalid("", format!("An earlier version left this behind, and it cannot be read: {e}.")))
}

fn errand<J: Job>(args: &Json, look: &mut Look) -> Result<Errand> {
    read::<J>(args)?.errand(look)
}

fn report<J: Job>(args: &Json) -> Result<Option<StoredCommand>> {
    Ok(read::<J>(args)?.report())
}

fn heard<J: Job>(args: &Json, replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
    read::<J>(args)?.heard(replies)
}

fn given_up<J: Job>(args: &Json, said: &str) -> Result<GivenUp> {
    Ok(read::<J>(args)?.given_up(said))
}

noun! {
    /// A task that was given up, until somebody has it tried again or throws it away.
    pub struct DeadLetter in "dead_letter" {
        /// The id of the job, which stays whenever it is tried again.
        job: String,
        kind: String,
        about: String,
        /// In whose name it was tried.
        actor: Option<Uuid>,
        /// The product it belongs to.
        product_of: Option<Uuid>,
        args: Packed<Json>,
        tries: i64,
        /// What was said at the last try.
        said: String,
    } label(d) d.about.clone();
    about {
        many: "dead_letters", one: "failed job", home: crate::Home::Workspace, read: Reading::Nobody, made_anew: true,
        hushed: &["job", "args", "kind"], points_at: &[("actor", "member"), ("product_of", "product")],
        fades: Some(("removed_at", 90))
    }
}
