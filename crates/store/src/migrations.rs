//! Migrations: up only, one sequence for both databases. A migration that one database cannot
//! read has a twin for it, whose first line says why.

use kernel::{Refusal, Result};
use refinery::{Migration, Runner};

struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Step {
            name: $name,
            sqlite: include_str!(concat!("../../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../../migrations/", $name, ".sql")),
        }
    };
    ($name:literal, twin) => {
        Step {
            name: $name,
            sqlite: include_str!(concat!("../../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../../migrations/", $name, ".pg.sql")),
        }
    };
}

const STEPS: &[Step] = &[
    step!("V1__chain"),
    step!("V2__search", twin),
    step!("V3__card_order"),
    step!("V4__rejoining"),
    step!("V5__acts"),
    step!("V6__ending"),
    step!("V9__growth", twin),
];

/// Holds the migration of one node while another starts.
const LOCK: i64 = 0x7a6e_6465;

pub fn sqlite(connection: &mut rusqlite::Connection) -> Result<()> {
    run(connection, |step| step.sqlite)
}

pub fn postgres(client: &mut postgres::Client) -> Result<()> {
    let broken = |e: postgres::Error| Refusal::broken(format!("migrating: {e}"));
    client.execute("select pg_advisory_lock($1)", &[&LOCK]).map_err(broken)?;
    let done = run(client, |step| step.postgres);
    client.execute("select pg_advisory_unlock($1)", &[&LOCK]).map_err(broken)?;
    done
}

fn run<C: refinery::Migrate>(connection: &mut C, text: impl Fn(&Step) -> &'static str) -> Result<()> {
    let steps: std::result::Result<Vec<Migration>, _> = STEPS.iter().map(|s| Migration::unapplied(s.name, text(s))).collect();
    let steps = steps.map_err(|e| Refusal::broken(format!("migrating: {e}")))?;
    Runner::new(&steps).run(connection).map(drop).map_err(|e| Refusal::broken(format!("migrating: {e}")))
}

#[cfg(test)]
mod tests {
    use super::STEPS;

    #[test]
    fn every_file_is_a_step() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
        let files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
        for name in files.filter_map(|f| f.strip_suffix(".sql").map(str::to_owned)).filter(|f| !f.ends_with(".pg")) {
            assert!(STEPS.iter().any(|s| s.name == name), "{name} is never run");
        }
    }
}
