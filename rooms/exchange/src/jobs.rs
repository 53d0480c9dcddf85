//! Imports under way: a file waits here between upload, mapping and run. Kept in memory by the node that
//! received the file, for an hour, because a half-mapped file is nobody's history.

use crate::{
    draft::Draft,
    mapping::{Format, Mapping},
};
use kernel::{Refusal, Result, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, atomic::AtomicUsize};

/// Where an import stands.
#[derive(Clone)]
pub enum Stand {
    Mapping,
    Running,
    Done(Arc<crate::draft::Report>, Option<String>),
    Failed(String),
}

/// One import.
#[derive(Clone)]
pub struct Job {
    pub product: String,
    pub member: Uuid,
    pub format: Format,
    pub file_name: String,
    pub bytes: Arc<Vec<u8>>,
    pub mapping: Mapping,
    pub draft: Arc<Draft>,
    pub stand: Stand,
    pub progress: Arc<AtomicUsize>,
    pub since: i64,
}

static JOBS: LazyLock<Mutex<HashMap<Uuid, Job>>> = LazyLock::new(Mutex::default);
const MOST: usize = 20;
const HOUR: i64 = 3_600_000;

pub fn put(id: Uuid, job: Job) -> Result<()> {
    let mut jobs = JOBS.lock().map_err(|_| Refusal::broken("the list of imports"))?;
    let now = job.since;
    jobs.retain(|_, j| now - j.since < HOUR);
    if jobs.len() >= MOST && !jobs.contains_key(&id) {
        return Err(Refusal::TooMany { retry_seconds: 600 });
    }
    jobs.insert(id, job);
    Ok(())
}

/// A job, for whoever started it, in its product.
pub fn get(id: Uuid, product: &str, member: Uuid) -> Result<Job> {
    let jobs = JOBS.lock().map_err(|_| Refusal::broken("the list of imports"))?;
    jobs.get(&id).filter(|j| j.product == product && j.member == member).cloned().ok_or(Refusal::NotFound)
}

pub fn stands(id: Uuid, stand: Stand) {
    if let Ok(mut jobs) = JOBS.lock()
        && let Some(job) = jobs.get_mut(&id)
    {
        job.stand = stand;
    }
}
