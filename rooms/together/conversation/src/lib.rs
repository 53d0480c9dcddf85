//! Conversation: comments on anything, in threads, in the place where the thing is looked at.

mod brought;
mod commands;
mod model;
mod pages;
mod reactions;
mod rows;
mod views;
mod writing;

pub use brought::{Brought, BroughtComment, bring_in, brought_to};
pub use commands::*;
pub use model::*;
pub use pages::routes;
pub use reactions::React;
pub use rows::{Said, Talk, comments_about};
pub use views::view;
pub use writing::Writing;

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    COMMENT_BROUGHT_IN = "comment.brought_in", "brought in a comment on";
    COMMENT_ADDED = "comment.added", "commented on";
    COMMENT_EDITED = "comment.edited", "edited a comment on";
    COMMENT_RESOLVED = "comment.resolved", "resolved a thread on";
    COMMENT_REOPENED = "comment.reopened", "opened a thread again on";
    COMMENT_ERASED = "comment.erased", "erased what a comment quoted, on";
    COMMENT_REMOVED = "comment.removed", "took back a comment on";
    REACTION_MADE = "reaction.made", "reacted to a comment on";
    REACTION_REMOVED = "reaction.removed", "took back a reaction to a comment on";
}

pub static ROOM: Room = Room {
    name: "conversation",
    commands: &[
        CommandSpec::of::<AddComment>(),
        CommandSpec::of::<EditComment>(),
        CommandSpec::of::<ResolveComment>(),
        CommandSpec::of::<RemoveComment>(),
        CommandSpec::of::<React>(),
    ],
    events: ALL,
    nouns: &[NounSpec::of::<Comment>(), NounSpec::of::<Reaction>()],
    pages: &[pages::CONVERSATION],
    ..Room::EMPTY
};
