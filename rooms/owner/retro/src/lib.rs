//! The retrospective: it opens with a sprint and takes sealed notes on any of its days. At the meeting all notes are revealed
//! beside the facts of the sprint, grouped, voted on with sealed dots, and end in actions that come back at the next one. A
//! health check is rated along with it, counted in nobody's name.

mod actions;
mod board_view;
mod facts;
mod grouping;
mod health;
mod health_view;
mod meeting;
mod model;
mod notes;
mod opening;
mod pages;
mod phase_views;
mod reminding;
mod rows;
mod suggesting;
mod views;
mod voting;

pub use actions::*;
pub use grouping::*;
pub use health::RateHealth;
pub use meeting::*;
pub use model::*;
pub use notes::*;
pub use opening::*;
pub use pages::routes;
pub use rows::due_of_mine;
pub use views::due_line;
pub use voting::*;

use kernel::{CommandSpec, NounSpec, Room, TaskSpec, kinds};

kinds! {
    RETRO_BEGUN = "retro.begun", "opened";
    RETRO_ARRANGED = "retro.arranged", "arranged";
    NOTE_SEALED = "retro_note.sealed", "wrote a note for";
    RETRO_REVEALED = "retro.revealed", "revealed the notes of";
    NOTE_REVEALED = "retro_note.revealed", "revealed a";
    NOTE_ADDED = "retro_note.added", "added at the meeting a";
    NOTE_GROUPED = "retro_note.grouped", "grouped a";
    THEME_MADE = "retro_theme.made", "put notes together as";
    THEME_NAMED = "retro_theme.named", "named a group of notes";
    THEME_DISSOLVED = "retro_theme.dissolved", "took apart the group";
    VOTING_BEGUN = "retro.voting_begun", "began the vote of";
    DOTS_SEALED = "retro.dots_sealed", "gave your dots at";
    VOTES_OPENED = "retro.votes_opened", "opened the vote of";
    DOTS_COUNTED = "retro.dots_counted", "counted the dots of";
    ACTION_MADE = "retro_action.made", "agreed on the action";
    ACTION_EDITED = "retro_action.edited", "changed the action";
    ACTION_SETTLED = "retro_action.settled", "settled the action";
    ACTION_REMOVED = "retro_action.removed", "removed the action";
    HEALTH_RATED = "retro.health_rated", "rated the health at";
    RETRO_ENDED = "retro.ended", "closed";
}

pub static ROOM: Room = Room {
    name: "retro",
    commands: &[
        CommandSpec::of::<BeginRetro>(),
        CommandSpec::of::<BeginWithSprint>(),
        CommandSpec::of::<ArrangeRetro>(),
        CommandSpec::of::<SealNote>(),
        CommandSpec::of::<TakeNoteBack>(),
        CommandSpec::of::<RateHealth>(),
        CommandSpec::of::<Reveal>(),
        CommandSpec::of::<AddNote>(),
        CommandSpec::of::<GroupNote>(),
        CommandSpec::of::<MakeTheme>(),
        CommandSpec::of::<NameTheme>(),
        CommandSpec::of::<BeginVote>(),
        CommandSpec::of::<GiveDots>(),
        CommandSpec::of::<OpenVotes>(),
        CommandSpec::of::<MakeAction>(),
        CommandSpec::of::<EditAction>(),
        CommandSpec::of::<SettleAction>(),
        CommandSpec::of::<RemoveAction>(),
        CommandSpec::of::<EndRetro>(),
    ],
    events: ALL,
    nouns: &[NounSpec::of::<Retro>(), NounSpec::of::<RetroTheme>(), NounSpec::of::<RetroNote>(), NounSpec::of::<RetroAction>()],
    pages: &[pages::RETRO],
    follows: &[opening::OPENS],
    tasks: &[TaskSpec::of::<reminding::Gather>()],
    schedules: &[reminding::REMINDERS],
    seals: &[notes::NOTES],
    ..Room::EMPTY
};
