//! A challenge that is still written.

use club::{Discipline, OwnChallenge};
use kernel::{Home, Id, Reading, erasure::Said, noun, value::Packed};
use people::Member;
use std::collections::BTreeMap;

noun! {
    /// A challenge as its author writes it: the files of its folder.
    pub struct ChallengeDraft in "challenge_draft" {
        member: Id<Member>,
        kind: Discipline,
        /// What it goes by, as its folder is called.
        code: String,
        /// As challenge.toml says.
        title: String,
        /// Texts by their paths within the folder.
        files: Packed<BTreeMap<String, String>>,
        /// What was published of it.
        challenge: Option<Id<OwnChallenge>>,
        /// The edition that was published last; 0 before the first.
        edition: i64,
        /// It was changed since.
        is_changed: bool,
    } label(d) d.title.clone();
    about { many: "challenge-drafts", one: "challenge that is written", home: Home::Member, read: Reading::Own("member"), made_anew: true, titled: true,
      said: Some(Said { by: "member", words: &["title", "files"], unless: "" }),
      hushed: &["member", "code", "files", "challenge", "edition", "is_changed"], long: &["files"] }
}
