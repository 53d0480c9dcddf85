//! Code that names a story: commits, branches and pull requests, told by the webhooks of a repository.

mod model;
mod pages;
mod receive;
mod rows;
mod sent;
mod sources;

pub use model::*;
pub use pages::routes;
pub use receive::{ReceiveCode, SentRef};
pub use sources::*;

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    SOURCE_MADE = "code_source.made", "made the address for code of";
    SECRET_MADE = "code_source.secret_made", "made a new secret for code of";
    SOURCE_REVOKED = "code_source.revoked", "revoked the address for code of";
    CODE_SEEN = "code_ref.seen", "sent code:";
    CODE_CHANGED = "code_ref.changed", "sent anew code:";
}

pub static ROOM: Room = Room {
    name: "code",
    commands: &[CommandSpec::of::<MakeSource>(), CommandSpec::of::<NewSecret>(), CommandSpec::of::<RevokeSource>(), CommandSpec::of::<ReceiveCode>()],
    events: ALL,
    nouns: &[NounSpec::of::<CodeSource>(), NounSpec::of::<CodeRef>()],
    pages: &[pages::REPOSITORIES],
    ..Room::EMPTY
};
