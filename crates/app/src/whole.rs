//! Everything that a workspace holds, written out.

use crate::App;
use kernel::{Reader, Result};
use std::io::Write;
use store::dump;

impl App {
    /// What writes every row and every attached file as they stand at one moment, and says how many rows there were.
    pub fn write_out(&self) -> impl Fn(&mut dyn Reader, &mut dyn Write) -> Result<u64> + Send + 'static {
        let (tables, named, blobs) = (self.registry.tables(), self.registry.files(), self.blobs.clone());
        move |reader, out| dump::write(reader, &tables, &dump::Files { named: named.clone(), blobs: &blobs }, out)
    }
}
