//! What is done by the clock: named, for each product in the product's time zone, or for the workspace.

use crate::{Result, Task};
use uuid::Uuid;

/// A time of day, on every day or on weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub hour: i8,
    pub minute: i8,
    pub weekdays: bool,
}

/// One schedule: when its time comes, its task is left to be done.
pub struct ScheduleSpec {
    pub name: &'static str,
    /// What it does, for whoever looks after the workspace.
    pub says: &'static str,
    pub times: Times,
    pub task: Each,
}

/// What a schedule is kept for.
#[derive(Clone, Copy)]
pub enum Each {
    /// For each product, in its own zone.
    Product(fn(Uuid) -> Result<Task>),
    /// For each product, at the time of day that it has chosen: SQL on `product` finds it, as 09:15, or nothing.
    ProductAt { task: fn(Uuid) -> Result<Task>, time: &'static str },
    /// For the workspace, in UTC; not where its task could not be done.
    Workspace(fn() -> Result<Task>),
}
