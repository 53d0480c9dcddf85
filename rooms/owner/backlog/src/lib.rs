//! The backlog: stories with their acceptance criteria, in one strict order that the Owner decides.

mod awaited;
mod blocking;
mod bring_in;
mod brought_view;
mod choices;
mod code;
mod criteria;
mod duplicate;
mod events;
mod fact;
mod filter;
mod hang;
mod imported;
mod kept_columns;
mod labels;
mod labels_view;
mod links;
mod menu;
mod model;
mod moving;
mod offered;
mod order;
mod pages;
mod readiness;
mod rows;
mod scenario;
mod several;
mod stories;
mod story_acts;
mod story_view;
mod views;

pub use awaited::GiveAwaited;
pub use bring_in::{BringInStory, Whence};
pub use brought_view::{handed_over, key_there};
pub use code::{branch_name, to_select};
pub use choices::{features_called, labels_called, open_called};
pub use criteria::*;
pub use duplicate::DuplicateStory;
pub use events::*;
pub use fact::{Fact, Settable, pick_form};
pub use filter::{TERMS_OF_A_BOARD, filter_bar, fitting};
pub use hang::HangBroughtIn;
pub use imported::{Because, Decides, FIELDS as IMPORTED_FIELDS, Kept, Merged, Said, digest, fingerprint};
pub use kept_columns::{FieldFromColumn, kind_of};
pub use labels::{Colour, ColourLabel, Label, MergeLabels, RenameLabel};
pub use links::{Kin, LinkStories, StoryLink, UnlinkStories};
pub use menu::{Doing, doing, menu, opens, order, state};
pub use model::*;
pub use moving::MoveStoryElsewhere;
pub use offered::{criteria_in, criteria_listed, same_criterion};
pub use order::*;
pub use pages::{panel as story_panel, routes};
pub use readiness::FindReady;
pub use rows::{Backlog, Line, criteria_of, lines_where, narrowed, several, story};
pub use scenario::{scenario_view, steps as scenario_steps};
pub use several::*;
pub use stories::*;
pub use story_acts::{done_list, not_met};
pub use views::{face, kind_icon};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "backlog",
    commands: &[
        CommandSpec::of::<CreateStory>(),
        CommandSpec::of::<EditStory>(),
        CommandSpec::of::<EstimateStory>(),
        CommandSpec::of::<MarkReady>(),
        CommandSpec::of::<FindReady>(),
        CommandSpec::of::<DropStory>(),
        CommandSpec::of::<DuplicateStory>(),
        CommandSpec::of::<RemoveStory>(),
        CommandSpec::of::<CreateStories>(),
        CommandSpec::of::<SplitOff>(),
        CommandSpec::of::<MoveStory>(),
        CommandSpec::of::<MoveStories>(),
        CommandSpec::of::<AddCriterion>(),
        CommandSpec::of::<EditCriterion>(),
        CommandSpec::of::<MoveCriterion>(),
        CommandSpec::of::<RemoveCriterion>(),
        CommandSpec::of::<OfferedCriteria>(),
        CommandSpec::of::<BringInStory>(),
        CommandSpec::of::<GiveAwaited>(),
        CommandSpec::of::<HangBroughtIn>(),
        CommandSpec::of::<LinkStories>(),
        CommandSpec::of::<UnlinkStories>(),
        CommandSpec::of::<MoveStoryElsewhere>(),
        CommandSpec::of::<FieldFromColumn>(),
        CommandSpec::of::<RenameLabel>(),
        CommandSpec::of::<MergeLabels>(),
        CommandSpec::of::<ColourLabel>(),
    ],
    queries: &[QuerySpec::of::<rows::Backlog>(), QuerySpec::of::<rows::ReadStory>(), QuerySpec::of::<readiness::ReadReadiness>()],
    events: ALL,
    nouns: &[NounSpec::of::<Story>(), NounSpec::of::<Criterion>(), NounSpec::of::<Label>()],
    pages: &[pages::BACKLOG, pages::SEVERAL, pages::STORY, labels_view::LABELS, kept_columns::COLUMNS, moving::MOVE],
    follows: &[awaited::BROUGHT_IN, awaited::JOINED],
    ..Room::EMPTY
};
