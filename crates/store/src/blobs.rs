//! Files that people attach: kept in a folder beside the database, or in a bucket, each under the SHA-256 of what it holds,
//! so the same file is kept once and none can be changed unnoticed. What a file is called stands in a row and never there.
//! Before a bucket the folder holds copies of what came or was asked for within a day: a name is a digest, so no copy is
//! ever an old one.

use crate::{Address, bucket::Bucket, private};
use kernel::{Refusal, Result, refusal::DISK_FULL};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, DirEntry, File, OpenOptions},
    io::{self, Read, Write},
    path::PathBuf,
    time::UNIX_EPOCH,
};
use uuid::Uuid;

/// Where files are kept; nowhere, where nobody has said so.
#[derive(Clone, Debug, Default)]
pub struct Blobs {
    folder: Option<PathBuf>,
    /// Where everything is, where that is not the folder.
    bucket: Option<Bucket>,
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    pub sha256: String,
    pub size: u64,
}

/// Where what is still arriving stands until it is whole.
const ARRIVING: &str = "arriving";

/// Bytes that are read at once: a multiple of three, so that pieces as base64 can stand one behind another.
const PIECE: usize = 3 << 18;

impl Blobs {
    pub fn at(folder: impl Into<PathBuf>) -> Blobs {
        Blobs { folder: Some(folder.into()), bucket: None }
    }

    /// With a bucket behind the folder.
    pub fn behind(self, bucket: Bucket) -> Blobs {
        Blobs { bucket: Some(bucket), ..self }
    }

    /// Beside a database that is a file: `tandem.files` by `tandem.db`. Of another process nobody knows where that is.
    pub fn beside(address: &Address) -> Blobs {
        match address {
            Address::Sqlite(path) => Blobs::at(path.with_extension("files")),
            Address::Postgres(_) => Blobs::default(),
        }
    }

    pub fn is_somewhere(&self) -> bool {
        self.folder.is_some()
    }

    fn folder(&self) -> Result<&PathBuf> {
        self.folder.as_ref().ok_or_else(|| Refusal::invalid("file", "No place for files is set up here; the administrator names one with --files."))
    }

    /// A name is only ever a digest, whoever wrote it into the row: it leads to no other place.
    fn place(&self, sha256: &str) -> Result<PathBuf> {
        match is_digest(sha256) {
            true => Ok(self.folder()?.join(&sha256[..2]).join(sha256)),
            false => Err(Refusal::NotFound),
        }
    }

    /// Begins to take a file in.
    pub fn begin(&self) -> Result<Arriving> {
        let folder = self.folder()?.join(ARRIVING);
        private::folder(&folder).map_err(|e| broken(&e))?;
        let place = folder.join(Uuid::now_v7().simple().to_string());
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&place).map_err(|e| broken(&e))?;
        Ok(Arriving { file, place, hash: Sha256::new(), size: 0, blobs: self.clone() })
    }

    /// Keeps what is there as a whole.
    pub fn keep(&self, bytes: &[u8]) -> Result<Blob> {
        let mut arriving = self.begin()?;
        arriving.take(bytes)?;
        arriving.keep()
    }

    /// # Errors
    /// `NotFound` where there is no such file.
    pub fn open(&self, sha256: &str) -> Result<File> {
        let place = self.place(sha256)?;
        match (File::open(&place), &self.bucket) {
            (Ok(file), _) => Ok(file),
            (Err(error), _) if error.kind() != io::ErrorKind::NotFound => Err(broken(&error)),
            (Err(_), None) => Err(Refusal::NotFound),
            (Err(_), Some(bucket)) => {
                let bytes = bucket.get(sha256)?.ok_or(Refusal::NotFound)?;
                let mut arriving = self.begin()?;
                arriving.take(&bytes)?;
                match arriving.into_place()?.sha256 == sha256 {
                    true => File::open(place).map_err(|e| broken(&e)),
                    false => Err(Refusal::broken(format!("the bucket has something else under {sha256}"))),
                }
            }
        }
    }

    /// Reads a file piece by piece, each full but the last one.
    pub fn read(&self, sha256: &str, each: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let (mut file, mut piece) = (self.open(sha256)?, Vec::with_capacity(PIECE));
        loop {
            piece.clear();
            match (&mut file).take(PIECE as u64).read_to_end(&mut piece).map_err(|e| broken(&e))? {
                0 => return Ok(()),
                _ => each(&piece)?,
            }
        }
    }

    /// How large a file is, if it is there.
    ///
    /// # Errors
    /// Where the bucket cannot be asked: then nobody knows.
    pub fn size(&self, sha256: &str) -> Result<Option<u64>> {
        let Ok(place) = self.place(sha256) else { return Ok(None) };
        if let Some(bucket) = &self.bucket
            && let Some((size, _)) = bucket.head(sha256)?
        {
            return Ok(Some(size));
        }
        Ok(fs::metadata(place).ok().filter(fs::Metadata::is_file).map(|file| file.len()))
    }

    /// Names of files that were kept before a moment (milliseconds since 1970), and throws away what began to arrive
    /// before it and never did. What lies in the folder before a bucket since then is handed over to it.
    pub fn kept_before(&self, moment: i64) -> Result<Vec<String>> {
        let here = self.here_before(moment)?;
        let Some(bucket) = &self.bucket else { return Ok(here) };
        let there = bucket.all()?;
        for name in here {
            if !there.contains_key(&name) {
                bucket.put(&name, fs::read(self.place(&name)?).map_err(|e| broken(&e))?)?;
            }
            fs::remove_file(self.place(&name)?).map_err(|e| broken(&e))?;
        }
        let mut names: Vec<String> = there.into_iter().filter(|(name, at)| *at < moment && is_digest(name)).map(|(name, _)| name).collect();
        names.sort();
        Ok(names)
    }

    fn here_before(&self, moment: i64) -> Result<Vec<String>> {
        let Some(folder) = self.folder.as_ref().filter(|folder| folder.is_dir()) else { return Ok(vec![]) };
        let mut names = vec![];
        for part in entries(folder)? {
            for entry in entries(&part.path()).unwrap_or_default() {
                if came(&entry).is_none_or(|at| at >= moment) {
                    continue;
                }
                match entry.file_name().into_string() {
                    // Another node may have thrown it away already.
                    Ok(_) if part.file_name() == ARRIVING => drop(fs::remove_file(entry.path())),
                    Ok(name) if is_digest(&name) => names.push(name),
                    _ => {}
                }
            }
        }
        names.sort();
        Ok(names)
    }

    /// Throws a file away, unless it was kept anew since a moment. Whether it was.
    pub fn throw_away(&self, sha256: &str, moment: i64) -> Result<bool> {
        let place = self.place(sha256)?;
        if let Some(bucket) = &self.bucket {
            if bucket.head(sha256)?.is_none_or(|(_, at)| at >= moment) {
                return Ok(false);
            }
            bucket.delete(sha256)?;
            // The copy, where there is one.
            drop(fs::remove_file(place));
            return Ok(true);
        }
        let since = fs::metadata(&place).and_then(|file| file.modified()).ok();
        if since.is_none_or(|at| millis(at) >= moment) {
            return Ok(false);
        }
        fs::remove_file(place).map(|()| true).map_err(|e| broken(&e))
    }
}

/// A file on its way in. What is dropped before it is whole leaves nothing behind.
pub struct Arriving {
    file: File,
    place: PathBuf,
    hash: Sha256,
    size: u64,
    blobs: Blobs,
}

impl Arriving {
    pub fn take(&mut self, piece: &[u8]) -> Result<()> {
        self.hash.update(piece);
        self.size += piece.len() as u64;
        self.file.write_all(piece).map_err(|e| broken(&e))
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    /// It is whole: it goes to its place, under its name, once it is on the disk, and into the bucket, where there is one.
    pub fn keep(self) -> Result<Blob> {
        let blobs = self.blobs.clone();
        let blob = self.into_place()?;
        if let Some(bucket) = &blobs.bucket {
            bucket.put(&blob.sha256, fs::read(blobs.place(&blob.sha256)?).map_err(|e| broken(&e))?)?;
        }
        Ok(blob)
    }

    fn into_place(self) -> Result<Blob> {
        let sha256 = self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let place = self.blobs.place(&sha256)?;
        let folder = place.parent().map(PathBuf::from).unwrap_or_default();
        private::folder(&folder).map_err(|e| broken(&e))?;
        self.file.sync_all().map_err(|e| broken(&e))?;
        // Over the same file, where it is there already: that one is as old as the last who brought it.
        fs::rename(&self.place, &place).map_err(|e| broken(&e))?;
        #[cfg(unix)]
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| broken(&e))?;
        Ok(Blob { sha256, size: self.size })
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        // Kept, it is not there any more.
        drop(fs::remove_file(&self.place));
    }
}

/// Whether a text is a SHA-256 as it is written here.
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn entries(folder: &std::path::Path) -> Result<Vec<DirEntry>> {
    fs::read_dir(folder).and_then(|all| all.collect()).map_err(|e| broken(&e))
}

fn came(entry: &DirEntry) -> Option<i64> {
    entry.metadata().ok().filter(fs::Metadata::is_file).and_then(|file| file.modified().ok()).map(millis)
}

fn millis(at: std::time::SystemTime) -> i64 {
    at.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

fn broken(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::StorageFull => Refusal::broken(format!("{DISK_FULL}: a file")),
        _ => Refusal::broken(format!("keeping files: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blobs() -> (Blobs, PathBuf) {
        let folder = std::env::temp_dir().join(format!("tandem-blobs-{}", Uuid::now_v7().simple()));
        (Blobs::at(&folder), folder)
    }

    #[test]
    fn the_same_is_kept_once_under_its_digest() {
        let (blobs, folder) = blobs();
        let one = blobs.keep(b"hello").unwrap();
        assert_eq!(one.sha256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assert_eq!(blobs.keep(b"hello").unwrap(), one);
        let mut text = String::new();
        blobs.open(&one.sha256).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), blobs.size(&one.sha256).unwrap()), ("hello", Some(5)));
        assert_eq!(blobs.kept_before(i64::MAX).unwrap(), [one.sha256]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_was_cut_off_leaves_nothing_behind() {
        let (blobs, folder) = blobs();
        let mut arriving = blobs.begin().unwrap();
        arriving.take(b"half").unwrap();
        drop(arriving);
        assert_eq!(fs::read_dir(folder.join(ARRIVING)).unwrap().count(), 0);
        fs::write(folder.join(ARRIVING).join("left"), "by a program that was killed").unwrap();
        assert!(blobs.kept_before(0).unwrap().is_empty() && folder.join(ARRIVING).join("left").exists(), "it may still arrive");
        blobs.kept_before(i64::MAX).unwrap();
        assert_eq!(fs::read_dir(folder.join(ARRIVING)).unwrap().count(), 0);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_name_leads_to_no_other_place() {
        let (blobs, folder) = blobs();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("secret"), "x").unwrap();
        let digest = "A".repeat(64);
        for name in ["../secret", "secret", "", "/etc/passwd", digest.as_str(), &format!("../{}", "a".repeat(61))] {
            assert_eq!(blobs.open(name).err(), Some(Refusal::NotFound), "{name}");
            assert!(blobs.size(name).unwrap().is_none() && blobs.throw_away(name, i64::MAX).is_err(), "{name}");
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn only_what_is_old_is_thrown_away() {
        let (blobs, folder) = blobs();
        let kept = blobs.keep(b"x").unwrap();
        assert!(!blobs.throw_away(&kept.sha256, 0).unwrap() && blobs.size(&kept.sha256).unwrap().is_some());
        assert!(blobs.throw_away(&kept.sha256, i64::MAX).unwrap() && blobs.size(&kept.sha256).unwrap().is_none());
        assert!(!blobs.throw_away(&kept.sha256, i64::MAX).unwrap(), "it is gone already");
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_them() {
        use std::os::unix::fs::PermissionsExt;
        let (blobs, folder) = blobs();
        let kept = blobs.keep(b"x").unwrap();
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.clone()), 0o700);
        assert_eq!(mode(folder.join(&kept.sha256[..2])), 0o700);
        assert_eq!(mode(folder.join(&kept.sha256[..2]).join(&kept.sha256)), 0o600);
        assert!(Blobs::default().keep(b"x").is_err(), "nowhere");
        fs::remove_dir_all(folder).unwrap();
    }
}
