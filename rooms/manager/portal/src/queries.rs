//! What programs ask of the portal.

use crate::{model::*, rows};
use kernel::{Look, Paged, Query, Result, query};

query! {
    /// What is shown on the portal, what most people want first, or the newest first.
    pub struct ReadPortal in "portal_post.board" at "/products/{product}/portal/board" -> Paged<Post> {
        /// Only what stands so.
        pub status: Option<PostStatus>,
        /// Words to look for.
        #[serde(default)]
        pub q: String,
        /// The newest first.
        #[serde(default)]
        pub newest: bool,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: String,
    }
}

impl Query for ReadPortal {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        rows::posts(look, &rows::Wanted { words: self.q, status: self.status, newest: self.newest, after: self.after })
    }
}
