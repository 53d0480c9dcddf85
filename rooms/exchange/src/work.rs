//! An import as a job: the file is kept until it is in, and comes in some rows at a time, each time in one transaction with
//! how far it is. After a stop it goes on where it was: what is here already is found by where it came from, and stays.

use crate::{
    bring::{Arrival, Brought, read},
    jobs,
    mapping::{Format, Mapping},
};
use kernel::{
    Authority, Column, Command, Decided, Deserialize, Errand, GivenUp, Id, Job, Lane, Look, Moment, Refusal, Result, Scope, Serialize, Standing,
    Task, Uuid, command,
};
use std::{collections::BTreeMap, future::Future, pin::Pin};
use web::app::{
    App, Ask, Batch, Outcome, Visitor,
    jobs::{At, Working, is_proposed},
    parcels::{Opened, Stand},
};

/// Commands in one transaction: so that others get their turn between two.
pub(crate) const AT_ONCE: usize = 250;

/// How the names of what is proposed of features begin.
pub(crate) const FEATURES: &str = "features";

/// What the parcel says is to be done with the file.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub(crate) struct Head {
    pub format: Format,
    pub mapping: Mapping,
}

/// What is told of an import that is over.
#[derive(Default, Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub(crate) struct Told {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub changes: bool,
    pub says: Vec<String>,
    pub notes: Vec<String>,
    pub proposed: Option<String>,
    pub features: Option<String>,
}

impl Told {
    pub fn of(brought: &Brought) -> Told {
        let report = &brought.report;
        Told {
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            changes: report.changes(),
            says: report.says.clone(),
            notes: report.notes.clone(),
            proposed: brought.proposed.clone(),
            features: brought.features.clone(),
        }
    }
}

/// Brings a file in that is kept as a parcel.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct BringIn {
    parcel: Uuid,
}

impl Job for BringIn {
    const KIND: &'static str = "import.bring_in";
    const SAYS: &'static str = "Bring a file in";
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

/// Rows on their way in.
pub(crate) struct Pieces<'a> {
    working: &'a Working,
    parcel: Uuid,
    /// What was done once and for all besides rows, by its name: whether it came to a proposal.
    settled: BTreeMap<String, bool>,
}

impl Pieces<'_> {
    /// Carries commands out, some at a time; so many come ahead of the rows.
    pub async fn carry(&self, asks: Vec<Ask>, ahead: usize, rows: usize) -> Result<Vec<Outcome>> {
        let mut outcomes = vec![];
        let mut waiting = asks.into_iter().peekable();
        while waiting.peek().is_some() {
            let some: Vec<Ask> = waiting.by_ref().take(AT_ONCE).collect();
            let (from, alone) = (outcomes.len(), some.len() == 1);
            let done = (from + some.len()).saturating_sub(ahead).min(rows);
            let at = At { parcel: self.parcel, done: done as i64, whole: rows as i64 };
            outcomes.extend(self.working.step(some, at).await.map_err(|refusal| from_there(refusal, from, alone))?);
        }
        Ok(outcomes)
    }

    /// Does what no row tells afterwards to be done, unless it was done before a stop; whether it came to a proposal.
    async fn once(&mut self, name: String, batch: Batch) -> Result<bool> {
        if let Some(proposed) = self.settled.get(&name) {
            return Ok(*proposed);
        }
        let (mut settled, parcel) = (self.settled.clone(), self.parcel);
        let key = name.clone();
        let told = move |proposed| {
            settled.insert(key, proposed);
            kernel::json!(settled).to_string()
        };
        let proposed = is_proposed(&self.working.once(batch, parcel, told).await?);
        self.settled.insert(name, proposed);
        Ok(proposed)
    }
}

/// Does what is of one piece, as part of a job or without one; whether it came to a proposal.
pub(crate) async fn once(app: &App, visitor: &Visitor, pieces: Option<&mut Pieces<'_>>, name: String, batch: Batch) -> Result<bool> {
    match pieces {
        Some(pieces) => pieces.once(name, batch).await,
        None => app.run_all(visitor, batch, |_| {}).await.map(|outcomes| is_proposed(&outcomes)),
    }
}

/// A refusal by its place among all commands.
fn from_there(refusal: Refusal, from: usize, alone: bool) -> Refusal {
    let mut fields = match refusal {
        Refusal::Invalid(fields) => fields,
        other => return other,
    };
    for wrong in &mut fields {
        let (index, field) = match wrong.field.split_once(':') {
            Some((index, field)) if !alone => (index.parse().unwrap_or(0), field.to_owned()),
            _ => (0, wrong.field.clone()),
        };
        wrong.field = format!("{}:{field}", from + index);
    }
    Refusal::Invalid(fields)
}

/// Does it.
pub fn bring_in(working: Working) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let job: BringIn = kernel::serde_json::from_value(working.args.clone()).map_err(|e| Refusal::broken(e.to_string()))?;
        match brought(&working, job.parcel).await {
            Ok((brought, record)) => {
                let told = told_as(&Told::of(&brought))?;
                working.end(record.into_iter().collect(), job.parcel, Stand::Done, told).await?;
                jobs::moves(job.parcel, |_| true, jobs::Stand::Done(brought.into()));
                Ok(())
            }
            // It is tried again.
            Err(refusal) if refusal.is_ours() || matches!(refusal, Refusal::TooMany { .. }) => Err(refusal),
            Err(refusal) => working.end(vec![], job.parcel, Stand::Failed, refusal.sentence()).await,
        }
    })
}

async fn brought(working: &Working, parcel: Uuid) -> Result<(Brought, Option<Ask>)> {
    let Opened { name, head, bytes, told, began } = working.app.open_parcel(parcel).await?;
    let Head { format, mapping }: Head = kernel::serde_json::from_str(&head).map_err(|e| Refusal::broken(e.to_string()))?;
    let draft = tokio::task::spawn_blocking(move || read(format, &bytes, &mapping)).await.map_err(|e| Refusal::broken(e.to_string()))??;
    let settled = if told.is_empty() { BTreeMap::new() } else { kernel::serde_json::from_str(&told).map_err(|e| Refusal::broken(e.to_string()))? };
    let mut pieces = Pieces { working, parcel, settled };
    let arrival = Arrival { app: &working.app, visitor: &working.visitor, product: &working.product, format, file_name: &name, draft: &draft };
    let (mut brought, record) = arrival.bring_in_pieces(&mut pieces).await?;
    // What was proposed before a stop is not planned once more.
    if pieces.settled.iter().any(|(name, proposed)| *proposed && name.starts_with(FEATURES)) {
        brought.features.get_or_insert_default();
    }
    if began {
        brought.report.notes.insert(0, "It was interrupted and went on: what had come in before counts as unchanged.".into());
    }
    Ok((brought, record))
}

pub(crate) fn told_as(what: &impl Serialize) -> Result<String> {
    kernel::serde_json::to_string(what).map_err(|e| Refusal::broken(e.to_string()))
}

command! {
    /// Leaves a file that is kept to be brought in.
    pub struct StartImport in "import.start" inside {
        pub parcel: Id<crate::ImportRun>,
        pub file_name: String,
    }
}

impl Command for StartImport {
    /// Whether it is under way already.
    type Before = bool;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(kernel::Area::Backlog);

    fn load(&self, look: &mut Look) -> Result<bool> {
        Ok(!look.reader.query("select 1 from job where id = $1", &[self.parcel.value()])?.is_empty())
    }
    fn may(&self, _: &bool, scope: &Scope) -> Result<()> {
        match scope.standing(kernel::Area::Backlog).1 >= Standing::Proposes {
            true => Ok(()),
            false => Err(Refusal::denied("Your hat has no say on the backlog here.")),
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
        let task = Task::of(&BringIn { parcel: self.parcel.0 }, self.file_name)?;
        Ok(Decided { tasks: vec![Task { id: Some(self.parcel.0), ..task }], ..Decided::default() })
    }
}
