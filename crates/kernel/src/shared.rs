//! What is shown to somebody without an account who holds a link: one thing of a closed list, and never a product. A room
//! says what can be shown and how; nobody who comes by a link is ever handed a `Look` of their own.

use crate::{Area, Look, Result, Room};
use std::sync::OnceLock;
use uuid::Uuid;

/// One thing that a link can show.
pub struct SharedLook {
    /// `roadmap`.
    pub name: &'static str,
    /// "The roadmap".
    pub says: &'static str,
    /// What it is about: of everything else a visitor sees nothing, whatever is read. Without one of them it shows nothing.
    pub areas: &'static [Area],
    /// What it is about besides, as far as stakeholders see it.
    pub also: &'static [Area],
    /// What can be shown besides: a name, and what the screen calls it.
    pub options: &'static [(&'static str, &'static str)],
    /// The noun of what it is made for: one stakeholder. Such a link is made where that stands, and ends with it. Empty for
    /// what is made for nobody in particular.
    pub whom: &'static str,
    /// Draws it for a visit: markup, escaped already.
    pub show: fn(&mut Look, &Visit) -> Result<String>,
    /// What it has to tell one after the other, for readers of feeds; the newest first.
    pub feed: Option<fn(&mut Look, &Visit) -> Result<Vec<Entry>>>,
    /// The command by which whoever looks may ask about it; it takes what is kept of the link's word as `link_hash`.
    pub ask: Option<&'static str>,
}

/// What a link says of its visits.
pub struct Visit {
    /// The options that were chosen.
    pub options: Vec<String>,
    /// Whom it was made for.
    pub whom: Option<Uuid>,
}

impl Visit {
    /// Whether an option was chosen.
    pub fn shows(&self, option: &str) -> bool {
        self.options.iter().any(|name| name == option)
    }
}

/// Something that a feed tells.
pub struct Entry {
    pub id: Uuid,
    pub title: String,
    /// Markup, cleaned already.
    pub html: String,
    /// When it was told; milliseconds since 1970.
    pub at: i64,
}

/// Where somebody without an account is let in by what they say: the key of a product whose portal is open to everybody, the
/// word of a survey. The room draws what is there on behalf of a stakeholder who sees these areas and nothing else.
pub struct Opening {
    /// The table whose row lets in.
    pub from: &'static str,
    /// What is so of that row; `$1` is what is said.
    pub when: &'static str,
    /// Without one of them nobody is let in.
    pub areas: &'static [Area],
    /// What is shown besides, as far as stakeholders see it.
    pub also: &'static [Area],
}

/// The link whose word is kept as `$1`, if it opens something at `$2`: whoever made it still belongs to its product. What stands
/// behind `select …`; `joins` adds what a question needs besides.
pub fn open(joins: &str) -> String {
    format!(
        "from shared_link join member maker on maker.id = shared_link.member and maker.removed_at is null
         join membership belongs on belongs.member = maker.id and belongs.product = shared_link.product and belongs.removed_at is null
         join product on product.id = shared_link.product {joins}
         where shared_link.token_hash = $1 and shared_link.revoked_at is null and shared_link.removed_at is null
         and shared_link.expires_at > $2 and product.removed_at is null"
    )
}

/// What the rooms can show; every house has the same rooms, so only the first call counts.
static LOOKS: OnceLock<Vec<&'static SharedLook>> = OnceLock::new();

pub fn learn(rooms: &'static [&'static Room]) {
    LOOKS.get_or_init(|| rooms.iter().flat_map(|room| room.looks).collect());
}

/// Everything that a link can show.
pub fn looks() -> &'static [&'static SharedLook] {
    LOOKS.get().map_or(&[], Vec::as_slice)
}

/// One of them.
pub fn look(name: &str) -> Option<&'static SharedLook> {
    looks().iter().copied().find(|look| look.name == name)
}
