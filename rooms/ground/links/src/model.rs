//! A link and what it shows.

use kernel::{Area, Id, Reading, Uuid, noun, value::Packed};
use people::Member;

noun! {
    /// A link that shows one thing to whoever holds it.
    pub struct SharedLink in "shared_link" {
        /// What it shows, such as `roadmap`.
        look: String,
        /// Whom it is for, as whoever made it says.
        name: String,
        member: Id<Member>,
        token_hash: String,
        /// What it shows besides, such as `dates`.
        shows: Packed<Vec<String>>,
        expires_at: i64,
        revoked_at: Option<i64>,
        /// The stakeholder whose page it is.
        whom: Option<Uuid>,
    } label(l) format!("{} with {} by link", web::lower_first(kernel::shared::look(&l.look).map_or(l.look.as_str(), |look| look.says)), l.name);
    about { many: "shared-links", one: "shared link", made_anew: true, read: Reading::Says(Area::Announcements), hushed: &["expires_at", "revoked_at", "shows", "whom"],
      points_at: &[("whom", "stakeholder")] }
}

/// What links are a matter of.
pub const AREA: Area = Area::Announcements;
