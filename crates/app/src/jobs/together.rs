//! Jobs of one product that are tried together: what they come to is worked out in one reading, and those that end with a
//! short command, or with nothing, do so in one transaction. Whatever goes wrong on the way is tried again by each alone,
//! so that what one of them does wrong is its own.

use super::{
    perform::{Failed, Tried, as_ask, product_key, visitor_of},
    rows::{self, Claimed},
};
use crate::{App, Ask, Registry, scope::Scopes};
use kernel::{Errand, Look, Reader, Refusal, Result};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// So many are tried together at most: somebody's own act may wait behind them.
pub(super) const MOST: usize = 16;
/// After so long a reading makes room for others.
const LONGEST: Duration = Duration::from_millis(10);

/// What a job comes to, and the key of its product.
type Comes = (Option<String>, Errand);

impl App {
    /// Tries jobs of one product once each, and writes down what came of them.
    pub async fn perform_together(&self, jobs: Vec<Claimed>) {
        let (mut ends, mut others) = (vec![], JoinSet::new());
        for (job, comes) in self.work_out(jobs).await {
            match comes {
                Ok((_, Errand::Nothing)) => ends.push((job, None)),
                Ok((product, Errand::Command(command))) => ends.push((job, Some(as_ask(product.as_deref(), command)))),
                Ok((product, errand)) => {
                    let (app, tried) = (self.clone(), job.clone());
                    others.spawn(self.clone().alone(job, async move { app.carry_out(&tried, product, errand).await }));
                }
                Err(failed) => self.note(&job, Err(failed)).await,
            }
        }
        if self.end_together(&ends).await {
            for (job, _) in ends {
                self.note(&job, Ok(())).await;
            }
        } else {
            for (job, effect) in ends {
                let (app, tried) = (self.clone(), job.clone());
                others.spawn(self.clone().alone(job, async move { app.end(&tried, effect).await }));
            }
        }
        others.join_all().await;
    }

    /// Does what is left of one job, and writes down what came of it.
    async fn alone(self, job: Claimed, rest: impl Future<Output = Tried<()>> + Send + 'static) {
        // On a task of its own, so that code which panics is a failed try and nothing else.
        let result = match tokio::spawn(rest).await {
            Ok(result) => result,
            Err(error) if error.is_panic() => Err(Refusal::broke_off(&*error.into_panic()).into()),
            // The house closes.
            Err(_) => return,
        };
        self.note(&job, result).await;
    }

    /// What each of them comes to, as whoever caused it sees things now.
    async fn work_out(&self, jobs: Vec<Claimed>) -> Vec<(Claimed, Tried<Comes>)> {
        let (mut all, mut rest) = (vec![], jobs);
        while !rest.is_empty() {
            let (registry, now, asked) = (self.registry.clone(), self.clock.now(), rest.clone());
            let found = self.store.read(move |reader| work_out(reader, &registry, &asked, now)).await;
            let found = found.unwrap_or_else(|refusal| rest.iter().map(|_| Err(refusal.clone().into())).collect());
            all.extend(rest.drain(..found.len()).zip(found));
        }
        all
    }

    /// Ends several jobs together with the commands that are their effects, all or none; whether it did.
    async fn end_together(&self, ends: &[(Claimed, Option<Ask>)]) -> bool {
        let acts: Vec<_> = ends.iter().filter_map(|(job, effect)| Some((visitor_of(job), effect.clone()?))).collect();
        if ends.len() < 2 || !acts.iter().all(|(_, ask)| self.goes_abreast(ask)) {
            return false;
        }
        let jobs: Vec<Claimed> = ends.iter().map(|(job, _)| job.clone()).collect();
        let ended = self.run_abreast(acts, move |writer| rows::end_all(writer, &jobs)).await;
        if let Err(refusal) = &ended {
            tracing::debug!(?refusal, "jobs that were tried together are tried alone");
        }
        ended.is_ok()
    }
}

/// What the first of some jobs come to: all of them, unless one spoils the reading or it takes long.
fn work_out(reader: &mut dyn Reader, registry: &Registry, jobs: &[Claimed], now: i64) -> Result<Vec<Tried<Comes>>> {
    let (began, mut scopes, mut all) = (Instant::now(), Scopes::default(), vec![]);
    let product = jobs.first().and_then(|job| job.product);
    let key = product.map_or(Ok(None), |id| product_key(reader, id))?;
    if product.is_some() && key.is_none() {
        // Nothing is done any more in a product that was removed.
        return Ok(jobs.iter().map(|_| Ok((None, Errand::Nothing))).collect());
    }
    for job in jobs {
        let errand = catch_unwind(AssertUnwindSafe(|| errand(reader, &mut scopes, registry, job, key.as_deref(), now)));
        let errand = errand.unwrap_or_else(|panic| Err(Refusal::broke_off(&*panic).into()));
        // After a mistake of the database nothing is answered in this reading any more.
        let last = errand.as_ref().is_err_and(|failed| !failed.for_good) || began.elapsed() > LONGEST;
        all.push(errand.map(|errand| (key.clone(), errand)));
        if last {
            break;
        }
    }
    Ok(all)
}

fn errand(reader: &mut dyn Reader, scopes: &mut Scopes, registry: &Registry, job: &Claimed, product: Option<&str>, now: i64) -> Tried<Errand> {
    let spec = registry.task(&job.kind).ok_or(Refusal::NotFound)?;
    if job.tries > spec.tries {
        // It was never noted why: each time the program stopped while it was at this.
        return Err(Failed { said: "The program stopped each time while it was at this.".into(), for_good: true });
    }
    let scope = scopes.of(reader, &visitor_of(job), product, None, now)?.clone();
    Ok((spec.errand)(&job.args, &mut Look::showing(reader, &scope))?)
}
