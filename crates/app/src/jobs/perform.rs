//! What a job comes to is done, and what came of it is written down.

use super::{
    Undelivered,
    rows::{Claimed, LOST},
    waits::wait_about,
};
use crate::{App, Ask, Batch, Credential, Outcome, Visitor, run};
use kernel::{
    Column, Door, Errand, Event, GivenUp, Letter, Meta, Reader, Refusal, Result, StoredCommand, Task, Uuid,
    task::{DeadLetter, JOB_FAILED, Kept, MOST_TRIES},
    value::Packed,
};
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, atomic::AtomicBool},
};
use store::Attribution;

/// Why a try failed.
pub(super) struct Failed {
    pub said: String,
    pub for_good: bool,
}

impl From<Undelivered> for Failed {
    fn from(undelivered: Undelivered) -> Failed {
        Failed { said: undelivered.said, for_good: undelivered.for_good }
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Failed {
        let passes = refusal.is_ours() || matches!(refusal, Refusal::TooMany { .. } | Refusal::Conflict { .. });
        let said = match refusal {
            Refusal::Broken(cause) => cause,
            Refusal::SignIn => "Whoever caused this has no account any more.".to_owned(),
            other => other.sentence(),
        };
        Failed { said, for_good: !passes }
    }
}

pub(super) type Tried<T> = std::result::Result<T, Failed>;

impl App {
    /// Tries a job once, and writes down what came of it.
    pub async fn perform(&self, job: Claimed) {
        self.perform_together(vec![job]).await;
    }

    /// Writes down what came of a try.
    pub(super) async fn note(&self, job: &Claimed, result: Tried<()>) {
        let outcome = match &result {
            Ok(()) => "done",
            Err(failed) if failed.said == LOST => "lost",
            Err(_) => "failed",
        };
        metrics::counter!("tandem_jobs_total", "kind" => job.kind.clone(), "outcome" => outcome).increment(1);
        if let Err(failed) = result
            && outcome == "failed"
        {
            tracing::warn!(kind = job.kind, job = %job.id, tries = job.tries, said = failed.said, "a job failed");
            if let Err(error) = self.failed(job, failed).await {
                // Its lease runs out, and then it is tried again.
                tracing::error!(%error, job = %job.id, "noting that a job failed");
            }
        }
    }

    /// Does what a job comes to, and ends it.
    pub(super) async fn carry_out(&self, job: &Claimed, product: Option<String>, errand: Errand) -> Tried<()> {
        let spec = self.registry.task(&job.kind).ok_or(Refusal::NotFound)?;
        let visitor = visitor_of(job);
        let told = |command: Option<StoredCommand>| command.map(|command| as_ask(product.as_deref(), command));
        match errand {
            Errand::Nothing => self.end(job, None).await,
            Errand::Command(command) => self.end(job, told(Some(command))).await,
            Errand::Tasks(tasks) => self.divide(job, tasks).await,
            Errand::Backup { note } => {
                let kept = self.back_up().await?;
                self.end(job, told(Some(note(kept)?))).await
            }
            Errand::Letter { letter, first } => {
                self.deliver(job, &visitor, letter, told(first)).await?;
                self.end(job, told((spec.report)(&job.args)?)).await
            }
            Errand::Ask(asking) => {
                let replies = self.ask_model(job, *asking).await?;
                self.end(job, told((spec.heard)(&job.args, replies)?)).await
            }
            Errand::Work => Ok(self.work_of(job, product).await?),
            Errand::Request(request) => {
                self.send_out(job, *request).await?;
                self.end(job, told((spec.report)(&job.args)?)).await
            }
        }
    }

    /// Sends a letter, with the secret that `first` makes for it.
    async fn deliver(&self, job: &Claimed, visitor: &Visitor, letter: Letter, first: Option<Ask>) -> Tried<()> {
        let Some(mail) = self.jobs.mail.get().cloned() else {
            return Err(Failed { said: "No mail is set up.".into(), for_good: false });
        };
        if job.tries > 1 && first.is_some() {
            // No secret is made before somebody takes the letter.
            let mail = mail.clone();
            blocking(move || mail.ready()).await??;
        }
        let letter = match first {
            None => letter,
            Some(first) => match self.run(visitor, first).await? {
                Outcome::Done(done) => letter.revealing(&done.reveal.unwrap_or_default()),
                Outcome::Proposed(_) => return Err(Refusal::denied("Others would have to sign this.").into()),
            },
        };
        let id = job.id;
        blocking(move || mail.send(id, &letter)).await??;
        Ok(())
    }

    /// Writes everything as it stands at one moment where backups are kept.
    async fn back_up(&self) -> Tried<Kept> {
        let Some(backups) = self.jobs.backups.get().cloned() else {
            return Err(Failed { said: "Nobody said where backups are kept.".into(), for_good: false });
        };
        let (write_out, now) = (self.write_out(), self.clock.now());
        let waits = Arc::new(AtomicBool::new(false));
        Ok(self.store.read_long(waits, move |reader| backups.keep(now, &mut |out| write_out(reader, out))).await?)
    }

    /// Leaves tasks in the place of a job.
    async fn divide(&self, job: &Claimed, tasks: Vec<Task>) -> Tried<()> {
        let (job, registry, clock, node, jobs) = (job.clone(), self.registry.clone(), self.clock.clone(), self.hub.node(), self.jobs.clone());
        self.store
            .write(move |writer| {
                job.end(writer)?;
                let mut work = run::Work::new(writer, &registry, clock.moment(None), node);
                work.jobs = Some(&jobs);
                let by = Attribution { member: job.actor, ..by_itself(work.moment.now, Door::Task, "job.divide") };
                work.leave(tasks, job.product, &by)
            })
            .await?;
        self.jobs.wake();
        Ok(())
    }

    /// Ends a job together with the command that is its effect, if there is one.
    pub(super) async fn end(&self, job: &Claimed, effect: Option<Ask>) -> Tried<()> {
        let (visitor, job) = (visitor_of(job), job.clone());
        match effect {
            Some(ask) => {
                let end: run::Also = Box::new(move |writer, _| job.end(writer));
                self.run_ending(&visitor, Batch::one(ask), Some(end), |_| {}).await.map(drop)?;
            }
            None => self.store.write(move |writer| job.end(writer)).await?,
        }
        Ok(())
    }

    /// Puts a job off, or gives it up.
    async fn failed(&self, job: &Claimed, failed: Failed) -> Result<()> {
        let (job, now) = (job.clone(), self.clock.now());
        let said: String = failed.said.chars().take(1_000).collect();
        let spec = self.registry.task(&job.kind);
        if !failed.for_good && job.tries < spec.map_or(MOST_TRIES, |spec| spec.tries) {
            return self.store.write(move |writer| job.put_off(writer, now + wait_about(job.tries), &said)).await;
        }
        match spec.map(|spec| (spec.given_up)(&job.args, &said)) {
            Some(Ok(GivenUp::Forgotten)) => return self.store.write(move |writer| job.end(writer)).await,
            Some(Ok(GivenUp::Told(command))) => match self.tell_given_up(&job, command).await {
                Err(failed) if failed.for_good => tracing::warn!(said = failed.said, "telling of what was given up"),
                told => return told.map_err(|failed| Refusal::broken(failed.said)),
            },
            _ => {}
        }
        self.lay_aside(job, said).await
    }

    /// Ends a job with the command that tells that it was given up.
    async fn tell_given_up(&self, job: &Claimed, command: StoredCommand) -> Tried<()> {
        let product = match job.product {
            None => None,
            Some(id) => self.store.read(move |reader| product_key(reader, id)).await?,
        };
        self.end(job, Some(as_ask(product.as_deref(), command))).await
    }

    /// Keeps a job for whoever looks after the workspace.
    async fn lay_aside(&self, job: Claimed, said: String) -> Result<()> {
        let now = self.clock.now();
        let (registry, clock, node) = (self.registry.clone(), self.clock.clone(), self.hub.node());
        let told = self
            .store
            .write_in("", move |writer| {
                writer.lock(None)?;
                job.end(writer)?;
                let mut work = run::Work::new(writer, &registry, clock.moment(None), node);
                let (line, by) = (work.moment.id::<()>().0, by_itself(now, Door::Task, "job.give_up"));
                let by = Attribution { act: line, ..by };
                let given_up = given_up(job, work.moment.fresh(None), said);
                work.apply(&[Event::created(&JOB_FAILED, &given_up)], &by)?;
                work.tell_others()
            })
            .await?;
        self.tell(told);
        Ok(())
    }
}

/// In whose name it is done.
pub(super) fn visitor_of(job: &Claimed) -> Visitor {
    Visitor { credential: job.actor.map_or(Credential::Nobody, Credential::Member), door: Door::Task }
}

pub(super) fn product_key(reader: &mut dyn Reader, id: Uuid) -> Result<Option<String>> {
    let found = reader.query("select key from product where id = $1 and removed_at is null", &[id.value()])?.pop();
    found.map(|mut row| row.take()).transpose()
}

/// A job as it waits for somebody.
fn given_up(job: Claimed, meta: Meta, said: String) -> DeadLetter {
    DeadLetter {
        meta,
        job: job.id.simple().to_string(),
        kind: job.kind,
        about: job.about,
        actor: job.actor,
        product_of: job.product,
        args: Packed(job.args),
        tries: job.tries,
        said,
    }
}

/// Nobody in particular: the house itself.
pub(crate) fn by_itself(now: i64, door: Door, command: &str) -> Attribution {
    Attribution {
        act: kernel::Uuid::nil(),
        at: now,
        member: None,
        assistant: None,
        hat: None,
        door: door.word(),
        command: command.to_owned(),
        area: None,
        proposal: None,
        reason: None,
        undoable: false,
        takes: None,
    }
}

pub(super) fn as_ask(product: Option<&str>, command: StoredCommand) -> Ask {
    Ask { inside: true, ..Ask::named(product, &command.name, command.args) }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(move || std::panic::catch_unwind(AssertUnwindSafe(work)))
        .await
        .map_err(|error| Refusal::broken(error.to_string()))?
        .map_err(|panic| Refusal::broke_off(&*panic))
}
