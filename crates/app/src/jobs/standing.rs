//! How things stand with jobs, for whoever looks after the workspace.

use kernel::{Reader, Result, Row};

/// So many that are being tried again are told.
const MOST_TOLD: i64 = 50;

/// How things stand.
#[derive(Debug, Default)]
pub struct Standing {
    pub waiting: i64,
    /// Some node works on them.
    pub under_way: i64,
    /// What has failed before and is tried again, the next first.
    pub failing: Vec<Failing>,
}

/// A job that is tried again.
#[derive(Debug)]
pub struct Failing {
    pub kind: String,
    pub about: String,
    pub tries: i64,
    pub said: String,
    pub due: i64,
}

/// Reads it, whatever product a job belongs to.
pub fn standing(reader: &mut dyn Reader) -> Result<Standing> {
    let counted = "select count(*), coalesce(sum(case when leased_until > (select now from machine_time) then 1 else 0 end), 0) from job";
    let (mut all, mut under_way) = (0, 0);
    for mut row in reader.query(counted, &[])? {
        (all, under_way) = (row.take()?, row.take()?);
    }
    let sql = format!("select kind, about, tries, said, due from job where said <> '' order by due, id limit {MOST_TOLD}");
    let failing = reader.query(&sql, &[])?.into_iter().map(read).collect::<Result<_>>()?;
    Ok(Standing { waiting: all - under_way, under_way, failing })
}

fn read(mut row: Row) -> Result<Failing> {
    Ok(Failing { kind: row.take()?, about: row.take()?, tries: row.take()?, said: row.take()?, due: row.take()? })
}
