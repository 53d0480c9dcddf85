//! Repositories, and what of them names a story.

use backlog::Story;
use kernel::{Area, Id, Reading, noun, words};
use people::Member;

/// Whoever has a say in the work says where its code is told from.
pub(crate) const AREA: Area = Area::Work;

words! {
    /// What it is.
    pub enum RefKind { Commit = "commit", Branch = "branch", PullRequest = "pull_request" says "pull request" }
}

words! {
    /// How it stands.
    pub enum RefState { Pushed = "pushed", Open = "open", Merged = "merged", Closed = "closed", Deleted = "deleted" }
}

noun! {
    /// A repository, whose webhook tells of code at an address of its own.
    pub struct CodeSource in "code_source" {
        name: String,
        member: Id<Member>,
        token_hash: String,
        /// When its secret was handed out last.
        secret_at: Option<i64>,
        revoked_at: Option<i64>,
    } label(s) s.name.clone();
    about { many: "code-sources", one: "repository", made_anew: true, titled: true, read: Reading::Says(AREA), hushed: &["revoked_at", "secret_at", "member"] }
}

noun! {
    /// A commit, branch or pull request that names a story.
    pub struct CodeRef in "code_ref" {
        story: Id<Story>,
        source: Id<CodeSource>,
        kind: RefKind,
        /// The id of a commit, the name of a branch, the number of a pull request.
        which: String,
        title: String,
        link: String,
        author: String,
        state: RefState,
        happened_at: i64,
    } label(r) r.title.clone();
    about { many: "code-refs", one: "piece of code", titled: true, read: Reading::Of("story", "story"), part_of: "story",
      hushed: &["source", "which", "link", "happened_at", "kind"] }
}
