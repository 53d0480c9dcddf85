//! The portal of a product, what is posted there, and who speaks up for it.

use customers::{Customer, Evidence};
use kernel::{
    Area, Heard, Id, Reading, Uuid,
    erasure::{Copied, Goes, Said, Way},
    noun, words,
};
use people::Member;
use roadmap::Feature;

/// What triage is a matter of.
pub const AREA: Area = Area::Customers;
/// What opening the portal is a matter of.
pub const PUBLISHING: Area = Area::Announcements;

words! {
    /// For whom the portal is open.
    pub enum Openness { Closed = "closed" says "closed", Members = "members" says "open for members", Everyone = "everyone" says "open for everybody" }
}

words! {
    /// Whether a post is shown.
    pub enum Showing { Waits = "waits" says "waits for approval", Shown = "shown" says "shown", TurnedDown = "turned_down" says "turned down" }
}

words! {
    /// How it stands with what is wished for.
    pub enum PostStatus { Open = "open" says "under review", Planned = "planned", Started = "started" says "in progress", Shipped = "shipped", Declined = "declined" says "not planned" }
}

impl PostStatus {
    pub const fn tone(self) -> &'static str {
        match self {
            PostStatus::Shipped => "good",
            PostStatus::Planned | PostStatus::Started => "warning",
            PostStatus::Open | PostStatus::Declined => "neutral",
        }
    }
}

noun! {
    /// Where people say what they wish for, without an account if it is open for everybody. A product has one.
    pub struct Portal in "portal" {
        openness: Openness,
        /// What stands at its head.
        welcome: String,
        /// What strangers post waits until somebody approves it.
        moderated: bool,
        shows_roadmap: bool,
        shows_changelog: bool,
    } label(_p) "the feedback portal".to_owned();
    about { many: "portals", one: "feedback portal", read: Reading::Sees(Area::Customers), place: "portal", made_anew: true,
      called: &[("openness", "for whom it is"), ("moderated", "posts wait for approval"), ("shows_roadmap", "shows the roadmap"), ("shows_changelog", "shows the changelog")] }
}

noun! {
    /// Something that people wish for, or miss.
    pub struct Post in "portal_post" {
        title: String,
        body: String,
        /// Who says it, as far as a stranger told.
        name: String,
        /// The member who posted it.
        member: Option<Id<Member>>,
        showing: Showing,
        /// Why it was turned down.
        refused: String,
        status: PostStatus,
        /// What is said to it by those who build.
        answer: String,
        /// The feature that answers it.
        feature: Option<Id<Feature>>,
        /// What became of it in the inbox.
        evidence: Option<Id<Evidence>>,
        /// How many want it, each once, with what was merged into it.
        votes: i64,
        merged_into: Option<Id<Post>>,
        /// The one that it counts for: itself, or what it was merged into in the end.
        root: Id<Post>,
    } label(p) p.title.clone(); searched Some((p.title.clone(), p.body.clone()));
    about { many: "portal-posts", one: "post on the portal", read: Reading::Sees(Area::Customers), place: "portal?open={id}", titled: true, found_by: "title", discussed: true,
      said: Some(Said { by: "member", words: &["title", "body"], unless: "" }), copied: &[Copied { by: "evidence", way: Way::Into, field: "quote", goes: Goes::Whole }],
      hushed: &["root", "member", "evidence"], noted: &["votes", "root"], long: &["body"],
      heard: Heard { texts: &["answer"], whose: &["member"], news: &["status", "answer", "merged_into"], ..Heard::NOTHING },
      called: &[("body", "what is wished for"), ("refused", "why it was turned down"), ("answer", "what is said to it"), ("feature", "answered by"), ("merged_into", "merged into")] }
}

noun! {
    /// That somebody wants what a post asks for, or wants to hear of it.
    pub struct Voice in "portal_voice" {
        post: Id<Post>,
        member: Option<Id<Member>>,
        /// An address that was confirmed.
        visitor: Option<Uuid>,
        customer: Option<Id<Customer>>,
        votes: bool,
        /// A letter tells them when it ships.
        follows: bool,
        /// Who gave it on behalf of a customer.
        given_by: Option<Id<Member>>,
    } label(_v) "a vote on the portal".to_owned();
    about { many: "portal-votes", one: "vote on the portal", read: Reading::Of("portal_post", "post"), part_of: "post", made_anew: true,
      hushed: &["post", "visitor", "follows"], points_at: &[("visitor", "portal_visitor")], called: &[("given_by", "given by")] }
}

noun! {
    /// An address of somebody without an account. Nobody reads it.
    pub struct Visitor in "portal_visitor" {
        email: String,
        /// Stands in letters; whoever has it may end them.
        way_out: Uuid,
        /// What is kept of the word of the last letter, until when that works, and of the word that was confirmed last.
        letter_hash: String,
        letter_until: Option<i64>,
        kept_hash: String,
        confirmed_at: Option<i64>,
        /// Since when it waits to be confirmed; an address that never is fades away.
        waiting_since: Option<i64>,
        /// Since when no letter is wanted.
        stopped_at: Option<i64>,
        /// When a letter was last left to be sent that asks to confirm it, until it was.
        letter_at: Option<i64>,
        /// Until when the browser is known that confirmed it last.
        kept_until: Option<i64>,
    } label(_v) "an address on the portal".to_owned();
    about { many: "portal-visitors", one: "visitor of the portal", read: Reading::Nobody, made_anew: true, fades: Some(("waiting_since", FADES)), leaves_nothing: true,
      hushed: &["email", "way_out", "letter_until", "confirmed_at", "waiting_since", "stopped_at", "letter_at", "kept_until"] }
}

noun! {
    /// What waits until the address of whoever left it is confirmed: a post, or a voice for one. Nobody reads it before.
    pub struct Wait in "portal_wait" {
        visitor: Uuid,
        /// The post that they speak up for; a new one without.
        post: Option<Id<Post>>,
        title: String,
        body: String,
        name: String,
        votes: bool,
        follows: bool,
        waiting_since: i64,
    } label(_w) "what waits on the portal".to_owned();
    about { many: "portal-waits", one: "what waits on the portal", read: Reading::Nobody, made_anew: true, fades: Some(("waiting_since", FADES)), leaves_nothing: true,
      hushed: &["visitor", "post", "title", "body", "name", "votes", "follows", "waiting_since"], points_at: &[("visitor", "portal_visitor")] }
}

/// So many days an address waits to be confirmed.
pub const FADES: i64 = 7;

/// Whose voice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Member(Uuid),
    Visitor(Uuid),
    Customer(Uuid),
}

impl Whose {
    pub(crate) fn id(self) -> Uuid {
        match self {
            Whose::Member(id) | Whose::Visitor(id) | Whose::Customer(id) => id,
        }
    }
}
