//! Files for tests: copies of one that was migrated once, in a tenth of the time that migrating takes.

use super::{CACHE, broken, connect, ids, statistics};
use crate::{Care, migrations, private, scratch};
use kernel::{Refusal, Result};
use std::path::{Path, PathBuf};

/// Makes a file of its own in a folder, migrated and empty.
pub fn file(folder: &Path) -> Result<PathBuf> {
    let wrong = |error: std::io::Error| Refusal::broken(format!("{}: {error}", folder.display()));
    let own = scratch::place(folder, "db").map_err(wrong)?;
    let pattern = folder.join(format!("pattern-{}.db", migrations::sqlite_mark()));
    if !pattern.exists() {
        // Made under another name, so that half of one is never taken for whole; whoever comes at the same time makes the same.
        let making = folder.join(scratch::name()).with_extension("making");
        private::file(&making).map_err(wrong)?;
        let mut connection = connect(&making, Care::Fast, CACHE)?;
        ids::bring_up(&mut connection)?;
        statistics::tell(&mut connection)?;
        // The last connection takes what is in the log along into the file.
        connection.close().map_err(|(_, error)| broken(error))?;
        std::fs::rename(&making, &pattern).map_err(wrong)?;
    }
    std::fs::copy(&pattern, &own).map_err(wrong)?;
    Ok(own)
}
