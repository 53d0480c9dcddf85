//! Migrations: up only, one sequence for both databases. A migration that one database cannot
//! read has a twin for it, whose first line says why.

use kernel::{Refusal, Result};
use refinery_core::{Migration, Runner, Target};
use sha2::{Digest, Sha256};

struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

// `STEPS`, in order: every file of `migrations/` is one (`build.rs`).
include!(concat!(env!("OUT_DIR"), "/steps.rs"));

/// Holds the migration of one node while another starts.
const LOCK: i64 = 0x7a6e_6465;

/// All of them, or those up to one.
pub fn sqlite(connection: &mut rusqlite::Connection, until: Option<i32>) -> Result<()> {
    let target = until.map_or(Target::Latest, Target::Version);
    runner(|step| step.sqlite)?.set_target(target).run(connection).map(drop).map_err(broken)
}

/// On a connection of its own, because a lock of the session guards it.
pub async fn postgres(client: &mut tokio_postgres::Client) -> Result<()> {
    let runner = runner(|step| step.postgres)?;
    client.execute("select pg_advisory_lock($1)", &[&LOCK]).await.map_err(broken)?;
    let done = runner.run_async(client).await.map(drop).map_err(broken);
    client.execute("select pg_advisory_unlock($1)", &[&LOCK]).await.map_err(broken)?;
    done
}

/// Migrations that make something of what rows hold, and leave alone where it was made already.
const SQLITE_OF_ROWS: &[&str] = &["V341__story_spans_filled", "V427__packed_ids", "V428__records_by_name_packed"];
const POSTGRES_OF_ROWS: &[&str] = &["V176__records_by_name", "V341__story_spans_filled"];

/// The statements of those, one by one.
pub fn sqlite_of_rows() -> impl Iterator<Item = &'static str> {
    of_rows(SQLITE_OF_ROWS, |step| step.sqlite)
}

pub fn postgres_of_rows() -> impl Iterator<Item = &'static str> {
    of_rows(POSTGRES_OF_ROWS, |step| step.postgres)
}

fn of_rows(names: &'static [&str], text: fn(&Step) -> &'static str) -> impl Iterator<Item = &'static str> {
    STEPS.iter().filter(|step| names.contains(&step.name)).flat_map(move |step| text(step).split(";\n")).filter(|sql| !sql.trim().is_empty())
}

/// Tells one state of the migrations from another.
pub fn mark() -> String {
    marked(|step| step.postgres)
}

pub fn sqlite_mark() -> String {
    marked(|step| step.sqlite)
}

fn marked(text: fn(&Step) -> &'static str) -> String {
    let mut hash = Sha256::new();
    STEPS.iter().for_each(|step| hash.update(text(step)));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn runner(text: impl Fn(&Step) -> &'static str) -> Result<Runner> {
    let steps: std::result::Result<Vec<Migration>, _> = STEPS.iter().map(|s| Migration::unapplied(s.name, text(s))).collect();
    // All or none, and one commit for a new workspace.
    steps.map(|steps| Runner::new(&steps).set_grouped(true)).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal::broken(format!("migrating: {error}"))
}
