//! The words that the whole house shares: who acts, what a command and an event are, how a noun
//! is kept. Nothing here reads a clock, throws dice or touches a database; that is what lets a
//! rule be tested as a function.

pub mod about;
pub mod checked;
pub mod command;
pub mod event;
pub mod fields;
pub mod governed;
pub mod id;
pub mod input;
pub mod key;
pub mod listing;
pub mod look;
pub mod matrix;
pub mod moment;
pub mod names;
pub mod noun;
pub mod page;
pub mod proposal;
pub mod query;
pub mod rank;
pub mod refusal;
pub mod relation;
pub mod room;
pub mod sealed;
pub mod shared;
pub mod strand;
mod teller;
pub mod terms;
pub mod value;
pub mod who;
pub mod wing;
pub mod words;

pub use about::{About, Home, Reading};
pub use checked::{AnyDay, Day, Line, Link, Text, Words, give};
pub use command::{Asked, Authority, Command, Decided, Instead, Route, Verb, Waits};
pub use event::{Act, Change, Event, EventKind, Searched};
pub use fields::{Ref, trimmed};
pub use id::Id;
pub use key::Key;
pub use look::Look;
pub use matrix::{Area, Hat, Matrix, Standing};
pub use moment::{Moment, Secret};
pub use names::Names;
pub use noun::{Meta, Noun};
pub use page::{Mark, Paged};
pub use proposal::{Proposal, ProposalState, Signature, StoredCommand};
pub use query::{Query, Questioned};
pub use rank::Rank;
pub use refusal::{FieldError, Refusal, Result};
pub use relation::{Relation, Tie};
pub use room::{CommandSpec, Follow, NounSpec, QuerySpec, Room, Told};
pub use strand::{By, Hang, Strand};
pub use value::{Cell, Column, Reader, Row, Value, Writer, list};
pub use who::{Door, ProductHead, Reach, Scope, Who};
pub use wing::{PageSpec, Spot, Wing};

pub use schemars::{self, JsonSchema};
pub use serde::{self, Deserialize, Serialize};
pub use serde_json::{self, Value as Json, json};
pub use uuid::Uuid;
extern crate self as kernel;
