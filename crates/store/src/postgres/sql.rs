//! The text of a statement. It is carried about, looked up and compared with every question, so it has a mark by which that
//! is quick however long it is.

use rustc_hash::FxHasher;
use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

#[derive(Clone, Debug)]
pub struct Sql {
    text: Arc<str>,
    mark: u64,
}

impl Sql {
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Sql {
    fn from(text: &str) -> Sql {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        Sql { text: text.into(), mark: hasher.finish() }
    }
}

impl PartialEq for Sql {
    fn eq(&self, other: &Sql) -> bool {
        self.mark == other.mark && self.text == other.text
    }
}

impl Eq for Sql {}

impl Hash for Sql {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.mark);
    }
}
