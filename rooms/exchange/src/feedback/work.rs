//! Feedback as a job: its file is kept until it is in, and comes in some rows at a time, each time in one transaction with
//! how far it is. After a stop it goes on; what is here already is found by its id there and stays as it is.

use super::{
    draft::{Draft, read, table},
    mapping::{Holds, Mapping},
};
use crate::work::{AT_ONCE, told_as};
use kernel::{
    Area, Authority, Column, Command, Decided, Deserialize, Errand, GivenUp, Id, Job, Lane, Look, Moment, Refusal, Result, Scope, Serialize,
    Standing, Task, Uuid, command,
};
use std::{future::Future, pin::Pin};
use web::{
    Ask,
    app::{
        Outcome,
        jobs::{At, Working},
        parcels::Stand,
    },
    when,
};

/// What came of a file.
#[derive(Default, Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub(crate) struct Told {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub left_out: usize,
    pub proposed: bool,
}

/// Brings a file of feedback or customers in that is kept as a parcel.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct BringFeedback {
    parcel: Uuid,
    mapping: Mapping,
}

impl Job for BringFeedback {
    const KIND: &'static str = "feedback.bring_in";
    const SAYS: &'static str = "Bring feedback in";
    const LANE: Lane = Lane::Files;
    const TRIES: i64 = 5;

    fn errand(&self, _: &mut Look) -> Result<Errand> {
        Ok(Errand::Work)
    }

    /// Its page says so, and it can be begun again there.
    fn given_up(&self, _: &str) -> GivenUp {
        GivenUp::Forgotten
    }
}

/// The command that takes a row in.
fn command(holds: Holds) -> &'static str {
    match holds {
        Holds::Feedback => "evidence.put",
        Holds::Customers => "customer.put",
    }
}

/// Does it.
pub fn bring_feedback(working: Working) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let job: BringFeedback = kernel::serde_json::from_value(working.args.clone()).map_err(|e| Refusal::broken(e.to_string()))?;
        match brought(&working, &job).await {
            Ok(told) => working.end(vec![], job.parcel, Stand::Done, told_as(&told)?).await,
            // It is tried again.
            Err(refusal) if refusal.is_ours() || matches!(refusal, Refusal::TooMany { .. }) => Err(refusal),
            Err(refusal) => working.end(vec![], job.parcel, Stand::Failed, refusal.sentence()).await,
        }
    })
}

async fn brought(working: &Working, job: &BringFeedback) -> Result<Told> {
    let opened = working.app.open_parcel(job.parcel).await?;
    let (mapping, today) = (job.mapping.clone(), when::day(working.app.clock.now()));
    let read = move || table(&opened.bytes).and_then(|table| read(&table, &mapping, &today));
    let Draft { rows, wrong, twins, .. } = tokio::task::spawn_blocking(read).await.map_err(|e| Refusal::broken(e.to_string()))??;
    let (whole, mut done) = (rows.len() as i64, 0);
    let left_out = wrong.len() + if job.mapping.once { twins } else { 0 };
    let mut told = Told { left_out, ..Told::default() };
    for some in rows.chunks(AT_ONCE) {
        let ask = |(_, args): &(usize, kernel::Json)| Ask::named(Some(&working.product), command(job.mapping.holds), args.clone());
        done += some.len() as i64;
        let numbers: Vec<usize> = some.iter().map(|(row, _)| *row).collect();
        let at = At { parcel: job.parcel, done, whole };
        for outcome in working.step(some.iter().map(ask).collect(), at).await.map_err(|refusal| of_row(refusal, &numbers))? {
            match outcome {
                Outcome::Proposed(_) => told.proposed = true,
                Outcome::Done(done) => match done.things.iter().rev().find(|thing| ["evidence", "customer"].contains(&thing.noun.as_str())) {
                    None => told.unchanged += 1,
                    Some(thing) if thing.event.ends_with(".edited") => told.updated += 1,
                    Some(_) => told.created += 1,
                },
            }
        }
    }
    Ok(told)
}

/// A refusal with the row that it is about.
fn of_row(refusal: Refusal, numbers: &[usize]) -> Refusal {
    let Refusal::Invalid(mut fields) = refusal else { return refusal };
    for wrong in &mut fields {
        let place = wrong.field.split_once(':').map_or(Some(0), |(place, _)| place.parse::<usize>().ok());
        if let Some(row) = place.and_then(|place| numbers.get(place)) {
            wrong.message = format!("Row {row}: {}", wrong.message);
        }
    }
    Refusal::Invalid(fields)
}

command! {
    /// Leaves a file of feedback or customers that is kept to be brought in.
    pub struct StartFeedback in "feedback.start" inside {
        pub parcel: Id<crate::ImportRun>,
        pub file_name: String,
        /// What its columns are taken for, as JSON.
        pub mapping: String,
    }
}

impl Command for StartFeedback {
    /// Whether it is under way already.
    type Before = bool;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Customers);

    fn load(&self, look: &mut Look) -> Result<bool> {
        Ok(!look.reader.query("select 1 from job where id = $1", &[self.parcel.value()])?.is_empty())
    }
    fn may(&self, _: &bool, scope: &Scope) -> Result<()> {
        match scope.standing(Area::Customers).1 >= Standing::Proposes {
            true => Ok(()),
            false => Err(Refusal::denied("Your hat has no say in customers here.")),
        }
    }
    fn title(&self, _: &bool) -> String {
        format!("Import {}", self.file_name)
    }
    fn decide(self, under_way: bool, _: &Moment, _: &Scope) -> Result<Decided> {
        if under_way {
            // Pressed twice, it runs once.
            return Ok(Decided::default());
        }
        let mapping: Mapping = kernel::serde_json::from_str(&self.mapping).map_err(|e| Refusal::broken(e.to_string()))?;
        let task = Task::of(&BringFeedback { parcel: self.parcel.0, mapping }, self.file_name)?;
        Ok(Decided { tasks: vec![Task { id: Some(self.parcel.0), ..task }], ..Decided::default() })
    }
}
