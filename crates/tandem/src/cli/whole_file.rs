//! Files that are there as a whole or not at all.

use kernel::{Refusal, Result};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufWriter, Write},
    path::Path,
};

/// Writes a file beside its place and moves it there once all of it is on the disk, so that one which was cut off never
/// looks like a whole one. Only its owner may read it.
pub(super) fn write<T>(file: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let broken = |e: std::io::Error| Refusal::broken(format!("{}: {e}", file.display()));
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.unfinished", std::process::id()));
    let beside = file.with_file_name(name);
    let written = private(&beside).map_err(broken).and_then(|open| {
        let mut out = BufWriter::new(open);
        let filled = fill(&mut out)?;
        let open = out.into_inner().map_err(|e| broken(e.into_error()))?;
        open.sync_all().map_err(broken)?;
        fs::rename(&beside, file).map_err(broken)?;
        Ok(filled)
    });
    if written.is_err() {
        drop(fs::remove_file(&beside));
    }
    written
}

fn private(file: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}
