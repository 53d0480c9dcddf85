//! Files that are there as a whole or not at all.

use kernel::{Refusal, Result};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufWriter, Write},
    path::Path,
};

/// Writes a file beside its place and moves it there once all of it is on the disk, so that one which was cut off never
/// looks like a whole one. Only its owner may read it.
pub(crate) fn write<T>(file: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    // Where a link stands, the file that it leads to is written anew and the link stays.
    let file = &fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let broken = |e: std::io::Error| Refusal::invalid("file", format!("{}: {e}", file.display()));
    if fs::metadata(file).is_ok_and(|there| !there.is_file()) {
        // To put a file in the place of a device or a pipe would take that away from everybody.
        return Err(Refusal::invalid("file", format!("{} is no file. Name one that is not there yet, or one to write anew.", file.display())));
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.unfinished", std::process::id()));
    let beside = file.with_file_name(name);
    let written = private(&beside).map_err(broken).and_then(|open| {
        let mut out = BufWriter::new(open);
        let filled = fill(&mut out)?;
        let open = out.into_inner().map_err(|e| broken(e.into_error()))?;
        open.sync_all().map_err(broken)?;
        fs::rename(&beside, file).map_err(broken)?;
        // The new name is safe once its folder is.
        #[cfg(unix)]
        file.parent()
            .map_or(Ok(()), |folder| File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all())
            .map_err(broken)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("tandem-whole-{}", kernel::Uuid::now_v7().simple()));
        fs::create_dir(&folder).unwrap();
        folder
    }

    fn text(out: &mut dyn Write) -> Result<()> {
        out.write_all(b"all of it").map_err(|e| Refusal::broken(e.to_string()))
    }

    #[test]
    fn a_file_is_there_as_a_whole_or_as_it_was() {
        let folder = folder();
        let file = folder.join("backup");
        write(&file, text).unwrap();
        let cut = write(&file, |out| text(out).and(Err::<(), _>(Refusal::Busy)));
        assert!(cut.is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "all of it");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing unfinished is left behind");
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_left_alone_and_a_link_stays_one() {
        let folder = folder();
        let (file, link, socket) = (folder.join("backup"), folder.join("latest"), folder.join("socket"));
        write(&file, text).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, text).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let _held = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for place in [&socket, &folder] {
            assert!(matches!(write(place, text), Err(Refusal::Invalid(_))), "{}", place.display());
        }
        assert!(!fs::metadata(&socket).unwrap().is_file());
        fs::remove_dir_all(folder).unwrap();
    }
}
