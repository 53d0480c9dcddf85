//! The backlog: stories with their acceptance criteria, in one strict order that the Owner decides.

mod alike;
mod around;
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
mod hints;
mod imported;
mod invest;
mod kept_columns;
mod labels;
mod labels_view;
mod links;
mod links_view;
mod menu;
mod model;
mod moving;
mod offered;
mod order;
mod pages;
mod persona;
mod readiness;
mod rows;
mod scenario;
mod several;
mod split_view;
mod splitting;
mod stories;
mod story_acts;
mod story_view;
mod subtasks;
mod subtasks_view;
mod templates;
mod templates_view;
mod tending;
mod tending_view;
mod views;
mod ways;

pub use awaited::GiveAwaited;
pub use bring_in::{BringInStory, Whence};
pub use brought_view::{handed_over, key_there};
pub use choices::{features_called, labels_called, open_called};
pub use code::{branch_name, to_select};
pub use criteria::*;
pub use duplicate::DuplicateStory;
pub use events::*;
pub use fact::{Fact, Settable, pick_form};
pub use filter::{TERMS as TERMS_OF_STORIES, TERMS_OF_A_BOARD, filter_bar, fitting};
pub use hang::HangBroughtIn;
pub use hints::PutHintAside;
pub use imported::{Because, Decides, FIELDS as IMPORTED_FIELDS, Kept, Merged, Said, digest, fingerprint};
pub use kept_columns::{FieldFromColumn, kind_of};
pub use labels::{Colour, ColourLabel, Label, MergeLabels, RenameLabel};
pub use links::{BindStory, Bond, LinkStories, StoryLink, UnlinkStories};
pub use links_view::{Kin, waits};
pub use menu::{Doing, doing, menu, opens, order, state};
pub use model::*;
pub use moving::MoveStoryElsewhere;
pub use offered::{criteria_in, criteria_listed, same_criterion};
pub use order::*;
pub use pages::{panel as story_panel, routes};
pub use persona::ChoosePersona;
pub use readiness::{FindReady, Readiness};
pub use rows::{Backlog, Line, criteria_of, first_lines, lines_where, narrowed, several, story};
pub use scenario::{scenario_view, steps as scenario_steps};
pub use several::*;
pub use splitting::{Rest, SplitStory};
pub use stories::*;
pub use story_acts::{done_list, not_met};
pub use subtasks::*;
pub use subtasks_view::progress;
pub use templates::*;
pub use tending::{DropDuplicate, STALE_WEEKS, StillWanted};
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
        CommandSpec::of::<DropDuplicate>(),
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
        CommandSpec::of::<BindStory>(),
        CommandSpec::of::<SplitStory>(),
        CommandSpec::of::<PutHintAside>(),
        CommandSpec::of::<ChoosePersona>(),
        CommandSpec::of::<StillWanted>(),
        CommandSpec::of::<AddSubtask>(),
        CommandSpec::of::<EditSubtask>(),
        CommandSpec::of::<TickSubtask>(),
        CommandSpec::of::<MoveSubtask>(),
        CommandSpec::of::<RemoveSubtask>(),
        CommandSpec::of::<CreateTemplate>(),
        CommandSpec::of::<EditTemplate>(),
        CommandSpec::of::<RemoveTemplate>(),
        CommandSpec::of::<KeepAsTemplate>(),
        CommandSpec::of::<CreateFromTemplate>(),
    ],
    queries: &[
        QuerySpec::of::<rows::Backlog>(),
        QuerySpec::of::<rows::ReadStory>(),
        QuerySpec::of::<readiness::ReadReadiness>(),
        QuerySpec::of::<alike::ReadAlike>(),
    ],
    events: ALL,
    nouns: &[
        NounSpec::of::<Story>(),
        NounSpec::of::<Criterion>(),
        NounSpec::of::<Label>(),
        NounSpec::of::<Subtask>(),
        NounSpec::of::<StoryTemplate>(),
    ],
    pages: &[
        pages::BACKLOG,
        pages::SEVERAL,
        pages::STORY,
        labels_view::LABELS,
        kept_columns::COLUMNS,
        moving::MOVE,
        split_view::SPLIT,
        templates_view::TEMPLATES,
        tending_view::TENDING,
    ],
    follows: &[awaited::BROUGHT_IN, awaited::JOINED],
    ..Room::EMPTY
};
