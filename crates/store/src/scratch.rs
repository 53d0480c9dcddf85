//! What tests and benchmarks make for themselves. It carries the number of its process in its name, so that whoever comes
//! later throws away what programs that have ended left behind: a test that is killed cleans nothing up.

use crate::private;
use std::{fs, io, path::Path, path::PathBuf};
use uuid::Uuid;

/// A name that nobody else has.
pub(crate) fn name() -> String {
    format!("t{}_{}_{}", world(), std::process::id(), Uuid::now_v7().simple())
}

/// Whether the process that a name tells of has ended, as far as it can be seen from here.
pub(crate) fn is_left(name: &str) -> bool {
    let Some((world, rest)) = name.strip_prefix('t').and_then(|rest| rest.split_once('_')) else { return false };
    let process = rest.split_once('_').and_then(|(process, _)| process.parse::<u32>().ok());
    Path::new("/proc/self").exists() && world == self::world() && process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists())
}

/// Where numbers of processes mean the same: containers that share a folder each count their own.
fn world() -> String {
    let told = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    told.to_string_lossy().chars().filter(char::is_ascii_digit).collect()
}

/// A place of one's own in a folder, with nothing there yet. What was left in the folder goes.
///
/// # Errors
/// When the folder can't be made or read.
pub fn place(folder: &Path, ending: &str) -> io::Result<PathBuf> {
    private::folder(folder)?;
    for entry in fs::read_dir(folder)?.flatten() {
        if is_left(&entry.file_name().to_string_lossy()) {
            // Somebody else may be at it, too.
            let _ = fs::remove_file(entry.path()).or_else(|_| fs::remove_dir_all(entry.path()));
        }
    }
    Ok(folder.join(name()).with_extension(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_that_has_ended_left_goes() {
        if !Path::new("/proc/self").exists() {
            return;
        }
        let folder = std::env::temp_dir().join(name());
        let own = place(&folder, "db").unwrap();
        fs::write(&own, "ours").unwrap();
        let mut ended = std::process::Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        let (file, files) = (folder.join(format!("t{}_{}_a.db", world(), ended.id())), folder.join(format!("t{}_{}_a.files", world(), ended.id())));
        fs::write(&file, "left").unwrap();
        fs::create_dir(&files).unwrap();
        fs::write(files.join("a"), "left").unwrap();
        let elsewhere = folder.join(format!("t1_{}_a.db", ended.id()));
        fs::write(&elsewhere, "of who counts otherwise").unwrap();
        fs::write(folder.join("pattern-1.db"), "everybody's").unwrap();
        place(&folder, "db").unwrap();
        let mut there: Vec<_> = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path()).collect();
        there.sort();
        assert_eq!(there, [folder.join("pattern-1.db"), elsewhere, own]);
        fs::remove_dir_all(folder).unwrap();
    }
}
