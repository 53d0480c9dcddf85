//! Imports that are looked at: a file waits here between upload, mapping and run. Kept in memory by the node that
//! received the file, for an hour, because a half-mapped file is nobody's history. What runs is a job (`work`).

use crate::{
    bring::Brought,
    draft::Draft,
    invite::Invited,
    mapping::{Format, Mapping},
};
use kernel::{Refusal, Result, Uuid};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, atomic::AtomicUsize};

/// Where an import stands.
#[derive(Clone)]
pub enum Stand {
    /// It is being worked out what would happen.
    Looking,
    /// This would happen.
    Mapping(Arc<Result<Brought>>),
    /// It was started; how far it is and whether it failed stands in the database.
    Running,
    Done(Arc<Brought>),
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
    /// People who were invited meanwhile.
    pub invited: Vec<Invited>,
    /// Addresses that were typed and not used yet.
    pub typed: BTreeMap<String, String>,
    pub stand: Stand,
    pub progress: Arc<AtomicUsize>,
    pub since: i64,
}

impl Job {
    /// Whom it invited, at which address.
    pub fn guests(&self) -> BTreeMap<String, String> {
        self.invited.iter().filter(|guest| !guest.refused).map(|guest| (guest.name.clone(), guest.email.clone())).collect()
    }

    /// Whether this node works on it. What runs is kept in the database, and lasts without this.
    fn is_at_work(&self) -> bool {
        matches!(self.stand, Stand::Looking)
    }
}

#[derive(Default)]
struct Desk {
    jobs: HashMap<Uuid, Job>,
    /// Members whose file is being received.
    receiving: HashSet<Uuid>,
}

static DESK: LazyLock<Mutex<Desk>> = LazyLock::new(Mutex::default);
/// Files of one member that wait here; the oldest goes when there is another.
const OF_ONE: usize = 2;
/// Bytes of files that wait here, and files that are received at the same time.
const MOST_BYTES: usize = 256 << 20;
const MOST_RECEIVED: usize = 3;
const HOUR: i64 = 3_600_000;

fn desk() -> Result<MutexGuard<'static, Desk>> {
    DESK.lock().map_err(|_| Refusal::broken("the list of imports"))
}

/// The right to have a file received; given back when it is dropped.
pub struct Turn(Uuid);

/// Lets a member send a file, one at a time.
pub fn receive(member: Uuid) -> Result<Turn> {
    let mut desk = desk()?;
    if desk.receiving.len() >= MOST_RECEIVED || !desk.receiving.insert(member) {
        return Err(Refusal::TooMany { retry_seconds: 10 });
    }
    Ok(Turn(member))
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Ok(mut desk) = desk() {
            desk.receiving.remove(&self.0);
        }
    }
}

pub fn put(id: Uuid, job: Job) -> Result<()> {
    let mut desk = desk()?;
    let jobs = &mut desk.jobs;
    jobs.retain(|other, j| *other != id && (job.since - j.since < HOUR || j.is_at_work()));
    let mut own: Vec<(i64, Uuid)> = jobs.iter().filter(|(_, j)| j.member == job.member && !j.is_at_work()).map(|(id, j)| (j.since, *id)).collect();
    own.sort_unstable();
    let spare = (jobs.values().filter(|j| j.member == job.member).count() + 1).saturating_sub(OF_ONE);
    if spare > own.len() {
        return Err(Refusal::TooMany { retry_seconds: 60 });
    }
    for (_, oldest) in own.into_iter().take(spare) {
        jobs.remove(&oldest);
    }
    if jobs.values().map(|j| j.bytes.len()).sum::<usize>() + job.bytes.len() > MOST_BYTES {
        return Err(Refusal::TooMany { retry_seconds: 600 });
    }
    jobs.insert(id, job);
    Ok(())
}

/// A job, for whoever started it, in its product.
pub fn get(id: Uuid, product: &str, member: Uuid) -> Result<Job> {
    desk()?.jobs.get(&id).filter(|j| j.product == product && j.member == member).cloned().ok_or(Refusal::NotFound)
}

/// Moves a job on, if it stands where it is thought to.
pub fn moves(id: Uuid, from: impl Fn(&Job) -> bool, stand: Stand) -> bool {
    match desk().ok().and_then(|mut desk| desk.jobs.get_mut(&id).filter(|job| from(job)).map(|job| job.stand = stand)) {
        Some(()) => true,
        None => false,
    }
}

/// Notes who was invited.
pub fn invited(id: Uuid, invited: Vec<Invited>) {
    if let Ok(mut desk) = desk()
        && let Some(job) = desk.jobs.get_mut(&id)
    {
        job.invited.retain(|before| !invited.iter().any(|guest| guest.name == before.name));
        job.invited.extend(invited);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(member: Uuid, since: i64, stand: Stand) -> Job {
        Job {
            product: "ORB".into(),
            member,
            format: Format::Csv,
            file_name: "f".into(),
            bytes: Arc::new(vec![0; 10]),
            mapping: Mapping::default(),
            draft: Arc::default(),
            invited: vec![],
            typed: BTreeMap::new(),
            stand,
            progress: Arc::default(),
            since,
        }
    }

    #[test]
    fn one_member_does_not_take_the_place_of_others() {
        let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
        let ids: Vec<Uuid> = (0..30).map(|_| Uuid::now_v7()).collect();
        for (i, id) in ids.iter().enumerate() {
            put(*id, job(one, i as i64, Stand::Running)).unwrap();
        }
        let kept = ids.iter().filter(|id| get(**id, "ORB", one).is_ok()).count();
        assert_eq!(kept, OF_ONE, "the oldest go");
        assert!(get(ids[29], "ORB", one).is_ok());
        put(Uuid::now_v7(), job(other, 0, Stand::Looking)).unwrap();
        put(Uuid::now_v7(), job(other, 0, Stand::Looking)).unwrap();
        assert!(put(Uuid::now_v7(), job(other, 1, Stand::Looking)).is_err(), "what is at work is not thrown away");
        let turn = receive(one).unwrap();
        assert!(receive(one).is_err() && receive(other).is_ok());
        drop(turn);
        assert!(receive(one).is_ok());
    }
}
