//! Queries: what can be read through the doors other than pages, as data.

use crate::{Look, Result, Route};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

/// One thing that can be asked.
pub trait Query: Questioned {
    fn ask(self, look: &mut Look) -> Result<Self::Answer>;

    /// The version of what is told, where it is one thing; becomes its ETag.
    fn version(_answer: &Self::Answer) -> Option<i64> {
        None
    }
}

/// What a query is called, where it stands and what answers it; written by `query!`.
pub trait Questioned: DeserializeOwned + JsonSchema {
    /// `noun.verb`, as in `story.read`.
    const NAME: &'static str;
    /// One sentence for documentation and tools.
    const SUMMARY: &'static str;
    const ROUTE: Route;
    type Answer: Serialize + JsonSchema;
}

/// Declares a query's name, summary (its first doc line), REST path, answer and fields:
/// `query! { /// One story. pub struct ReadStory in "story.read" at "/…" -> StoryOut { pub story: Ref } }`.
#[macro_export]
macro_rules! query {
    ($(#[doc = $doc:literal])+ pub struct $name:ident in $word:literal at $path:literal -> $answer:ty { $($body:tt)* }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, $crate::serde::Deserialize, $crate::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        pub struct $name { $($body)* }

        impl $crate::query::Questioned for $name {
            const NAME: &'static str = $word;
            const SUMMARY: &'static str = concat!($($doc),+).trim_ascii();
            const ROUTE: $crate::Route = $crate::Route::new($crate::Verb::Get, $path);
            type Answer = $answer;
        }
    };
}

/// Declares the shape of an answer: what a query tells, with its schema.
#[macro_export]
macro_rules! answer {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })+) => {
        $($(#[$meta])*
        #[derive(Clone, Debug, $crate::serde::Serialize, $crate::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        pub struct $name { $($body)* })+
    };
}
