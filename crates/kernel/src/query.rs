//! Queries: what can be read through the doors other than pages, as data.

use crate::{Look, Result, Route};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

/// One thing that can be asked.
pub trait Query: DeserializeOwned + JsonSchema {
    const NAME: &'static str;
    const SUMMARY: &'static str;
    const ROUTE: Route;
    type Answer: Serialize;

    fn ask(self, look: &mut Look) -> Result<Self::Answer>;
}
