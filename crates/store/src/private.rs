//! Files that hold everything: only whoever runs the program may read them.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    path::Path,
};

/// Makes a folder, with those above it, that others cannot enter. One that is there already stays as it is.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a file for writing that others cannot read, and makes it so if it was made otherwise.
fn private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.write(true).open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// A fresh file, in the place of any that was there.
pub fn create(path: &Path) -> io::Result<File> {
    private(path, OpenOptions::new().create(true).truncate(true))
}

/// Sees to it that a file is there and private, with whatever it holds.
pub fn keep(path: &Path) -> io::Result<()> {
    private(path, OpenOptions::new().create(true).truncate(false)).map(drop)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn nobody_else_reads_what_is_kept() {
        let home = std::env::temp_dir().join(format!("tandem-private-{}", uuid::Uuid::now_v7().simple()));
        let path = home.join("data").join("tandem.db");
        let store = crate::Store::open(crate::Address::Sqlite(path.clone()), crate::Care::Fast, 1).unwrap();
        assert_eq!(mode(&home.join("data")), 0o700);
        for file in std::fs::read_dir(home.join("data")).unwrap() {
            let file = file.unwrap().path();
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        assert!(home.join("data").join("tandem.db-wal").exists(), "the log was looked at too");
        drop(store);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        drop(crate::Store::open(crate::Address::Sqlite(path.clone()), crate::Care::Fast, 1).unwrap());
        assert_eq!(mode(&path), 0o600, "and mended where it was made before");
        let backup = home.join("backup");
        std::fs::write(&backup, "x").unwrap();
        drop(create(&backup).unwrap());
        assert_eq!((mode(&backup), std::fs::read(&backup).unwrap().len()), (0o600, 0));
        std::fs::remove_dir_all(home).unwrap();
    }
}
