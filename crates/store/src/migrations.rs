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
    step!("V7__pending", twin),
    step!("V9__growth", twin),
    step!("V25__taking_back"),
    step!("V26__single_keys"),
];

/// Holds the migration of one node while another starts.
const LOCK: i64 = 0x7a6e_6465;

pub fn sqlite(connection: &mut rusqlite::Connection) -> Result<()> {
    runner(|step| step.sqlite)?.run(connection).map(drop).map_err(broken)
}

/// On a connection of its own, because a lock of the session guards it.
pub async fn postgres(client: &mut tokio_postgres::Client) -> Result<()> {
    let runner = runner(|step| step.postgres)?;
    client.execute("select pg_advisory_lock($1)", &[&LOCK]).await.map_err(broken)?;
    let done = runner.run_async(client).await.map(drop).map_err(broken);
    client.execute("select pg_advisory_unlock($1)", &[&LOCK]).await.map_err(broken)?;
    done
}

fn runner(text: impl Fn(&Step) -> &'static str) -> Result<Runner> {
    let steps: std::result::Result<Vec<Migration>, _> = STEPS.iter().map(|s| Migration::unapplied(s.name, text(s))).collect();
    steps.map(|steps| Runner::new(&steps)).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal::broken(format!("migrating: {error}"))
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
