//! Backups in a folder: one file each, the newest few of them.

use crate::whole_file;
use app::{App, Registry, jobs::Backups};
use kernel::{Refusal, Result, task::Kept};
use std::{
    fs::{self, File},
    io::{BufReader, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::dump;

const BEGINS: &str = "tandem-";
const ENDS: &str = ".backup";

/// A folder, and how many are kept in it.
struct Folder {
    folder: PathBuf,
    most: usize,
}

/// Has backups kept in a folder.
///
/// # Errors
/// A sentence about what is wrong with the folder.
pub fn set_up(app: &App, folder: &Path, most: usize) -> std::result::Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    #[cfg(unix)]
    if fs::read_dir(folder).is_ok_and(|mut there| there.next().is_none()) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    app.keep_backups(Arc::new(Folder { folder: folder.to_owned(), most: most.max(1) }));
    Ok(())
}

impl Folder {
    /// The files of backups, the oldest first: their names begin with the time.
    fn files(&self) -> std::io::Result<Vec<PathBuf>> {
        let is_one = |name: &str| name.starts_with(BEGINS) && name.ends_with(ENDS);
        let found = fs::read_dir(&self.folder)?.collect::<std::io::Result<Vec<_>>>()?;
        let mut files: Vec<PathBuf> = found.iter().filter(|f| f.file_name().to_str().is_some_and(is_one)).map(fs::DirEntry::path).collect();
        files.sort();
        Ok(files)
    }
}

impl Backups for Folder {
    fn keep(&self, at: i64, fill: &mut dyn FnMut(&mut dyn Write) -> Result<u64>) -> Result<Kept> {
        let name = format!("{BEGINS}{}{ENDS}", web::when::iso(at).replace(':', ""));
        let file = self.folder.join(&name);
        let broken = |e: std::io::Error| Refusal::broken(format!("{}: {e}", file.display()));
        // Nobody mistyped this: it may pass, and is tried again.
        let rows = whole_file::write(&file, |out| fill(out)).map_err(|refusal| Refusal::broken(refusal.sentence()))?;
        // A backup that cannot be read is none: those from before are kept until this one was.
        dump::Whole::verify(BufReader::new(File::open(&file).map_err(broken)?), Registry::new(crate::ROOMS).tables())?;
        let bytes = fs::metadata(&file).map_err(broken)?.len();
        let files = self.files().map_err(broken)?;
        for old in files.iter().take(files.len().saturating_sub(self.most)) {
            fs::remove_file(old).map_err(broken)?;
        }
        Ok(Kept { file: name, rows, bytes })
    }

    fn told(&self) -> String {
        format!("The last {} are kept in {}.", self.most, self.folder.display())
    }
}
