//! Databases for tests and benchmarks: copies of one that was migrated once, in a fifth of the time that migrating takes.

use super::{
    broken,
    target::{Purpose, Target},
    wire::{Asked, Wire},
};
use crate::{migrations, scratch};
use kernel::{Refusal, Result};

/// Holds those who come while the pattern is made.
const LOCK: i64 = 8_263_114;
/// So many left behind are dropped for each that is made: more than come to be, and nobody waits long.
const DROPPED: usize = 2;

/// Makes a database of our own, migrated and empty, beside the one that an address names; its address. Whatever programs
/// that have ended left behind goes.
pub fn database(url: &str) -> Result<String> {
    let mut wire = Wire::open(&Target::parse(url)?, Purpose::Migrate).map_err(broken)?;
    let pattern = format!("tandem_{}", migrations::mark());
    ask(&mut wire, &format!("select pg_advisory_lock({LOCK})"))?;
    if ask(&mut wire, &format!("select datname::text from pg_database where datname = '{pattern}'"))?.is_empty() {
        // Made under another name, so that half of one is never taken for whole.
        ask(&mut wire, "drop database if exists tandem_making with (force)")?;
        ask(&mut wire, "create database tandem_making")?;
        let making = Target::parse(&beside(url, "tandem_making")?)?;
        Wire::open(&making, Purpose::Migrate).and_then(|mut wire| wire.run(migrations::postgres)).map_err(broken)??;
        ask(&mut wire, &format!("alter database tandem_making rename to {pattern}"))?;
    }
    ask(&mut wire, &format!("select pg_advisory_unlock({LOCK})"))?;
    let name = scratch::name();
    // Where nothing is flushed, copying files takes a third of writing each page to the log as well.
    let asked = "select case when current_setting('server_version_num')::int >= 150000 and current_setting('fsync') = 'off'
                 then ' strategy file_copy' else '' end";
    let copied = ask(&mut wire, asked)?.concat();
    ask(&mut wire, &format!("create database {name} template {pattern}{copied}"))?;
    let all = ask(&mut wire, "select datname::text from pg_database where datname like 't%\\_%'")?;
    for left in all.iter().filter(|name| scratch::is_left(name)).take(DROPPED) {
        // Somebody else may be at it, too.
        drop(ask(&mut wire, &format!("drop database if exists {left} with (force)")));
    }
    beside(url, &name)
}

/// The address of a neighbour; it has options, so that more can be added to it.
fn beside(url: &str, name: &str) -> Result<String> {
    let (place, options) = url.split_once('?').unwrap_or((url, "connect_timeout=10"));
    let (server, _) = place.rsplit_once('/').ok_or_else(|| Refusal::broken("the address names no database"))?;
    Ok(format!("{server}/{name}?{options}"))
}

fn ask(wire: &mut Wire, sql: &str) -> Result<Vec<String>> {
    let answers = wire.fly(&[Asked::bound(&sql.into(), &[])]).map_err(broken)?;
    Ok(answers.iter().flat_map(|answer| &answer.rows).filter_map(|row| row.try_get::<_, String>(0).ok()).collect())
}
