//! Products: setting one up, its members and their hats, the columns of its board.

mod archive;
mod columns;
mod commands;
mod definitions;
mod events;
mod invitations;
mod joining;
mod joining_view;
mod leaving;
mod members;
mod membership;
mod model;
mod moving;
mod pages;
mod rows;
mod views;

pub use archive::*;
pub use columns::*;
pub use commands::*;
pub use definitions::*;
pub use events::*;
pub use invitations::*;
pub use leaving::*;
pub use members::{Faces, Found, borrowers, faces, find_members};
pub use membership::*;
pub use model::*;
pub use moving::{Along, Room as RoomElsewhere, Went, destination, elsewhere, gone, room_in};
pub use pages::routes;
pub use rows::{MOST_NUMBER, columns_of, next_number, number_or_next, product, taken};
pub use views::calling;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "product",
    commands: &[
        CommandSpec::of::<SetUp>(),
        CommandSpec::of::<CreateProduct>(),
        CommandSpec::of::<EditProduct>(),
        CommandSpec::of::<ChangeKey>(),
        CommandSpec::of::<ArchiveProduct>(),
        CommandSpec::of::<DefineReady>(),
        CommandSpec::of::<DefineDone>(),
        CommandSpec::of::<AddMember>(),
        CommandSpec::of::<Invite>(),
        CommandSpec::of::<AcceptInvitation>(),
        CommandSpec::of::<AcceptAsMember>(),
        CommandSpec::of::<RenewInvitation>(),
        CommandSpec::of::<WithdrawInvitation>(),
        CommandSpec::of::<SetHats>(),
        CommandSpec::of::<RemoveMembership>(),
        CommandSpec::of::<RemoveAccount>(),
        CommandSpec::of::<WearHat>(),
        CommandSpec::of::<AddColumn>(),
        CommandSpec::of::<EditColumn>(),
    ],
    queries: &[QuerySpec::of::<rows::Products>(), QuerySpec::of::<rows::Members>(), QuerySpec::of::<Definitions>()],
    events: ALL,
    nouns: &[NounSpec::of::<Product>(), NounSpec::of::<Agreement>(), NounSpec::of::<Membership>(), NounSpec::of::<BoardColumn>()],
    pages: &[pages::SETTINGS, pages::PRODUCTS, pages::NEW_PRODUCT],
    ..Room::EMPTY
};
