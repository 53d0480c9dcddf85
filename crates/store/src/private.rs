//! Files that hold everything: only whoever runs the program may read them.

use std::{
    fs::{DirBuilder, OpenOptions},
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

/// Sees to it that a file is there and that others cannot read it, whatever it holds.
pub fn file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    drop(file);
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).map_or(0, |m| m.permissions().mode() & 0o777)
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
        std::fs::remove_dir_all(home).unwrap();
    }
}
