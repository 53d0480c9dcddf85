//! The rooms' offers by name.

use kernel::{CommandSpec, EventKind, Json, NounSpec, QuerySpec, Refusal, Result, Room};
use std::collections::HashMap;

/// A command with its schema worked out once.
pub struct Offered {
    pub spec: &'static CommandSpec,
    pub schema: Json,
    pub room: &'static str,
}

/// Everything that can be asked of the house.
pub struct Registry {
    pub rooms: &'static [&'static Room],
    commands: HashMap<&'static str, Offered>,
    questions: HashMap<&'static str, Json>,
    events: HashMap<&'static str, &'static EventKind>,
}

impl Registry {
    pub fn new(rooms: &'static [&'static Room]) -> Registry {
        let commands = rooms
            .iter()
            .flat_map(|room| room.commands.iter().map(|spec| (spec.name, Offered { spec, schema: (spec.schema)(), room: room.name })))
            .collect();
        let events = rooms.iter().flat_map(|room| room.events.iter().map(|kind| (kind.name, *kind))).collect();
        kernel::event::learn(rooms.iter().flat_map(|room| room.events.iter().copied()));
        kernel::about::learn(rooms.iter().flat_map(|room| room.nouns));
        let questions = rooms.iter().flat_map(|room| room.queries.iter().map(|spec| (spec.name, (spec.schema)()))).collect();
        Registry { rooms, commands, questions, events }
    }

    pub fn command(&self, name: &str) -> Result<&Offered> {
        self.commands.get(name).ok_or(Refusal::NotFound)
    }

    /// The schema of a query, worked out once.
    pub fn question(&self, name: &str) -> Result<&Json> {
        self.questions.get(name).ok_or(Refusal::NotFound)
    }

    pub fn commands(&self) -> impl Iterator<Item = &'static CommandSpec> {
        self.rooms.iter().flat_map(|room| room.commands)
    }

    pub fn queries(&self) -> impl Iterator<Item = &'static QuerySpec> {
        self.rooms.iter().flat_map(|room| room.queries)
    }

    pub fn nouns(&self) -> impl Iterator<Item = &'static NounSpec> {
        self.rooms.iter().flat_map(|room| room.nouns)
    }

    pub fn noun(&self, table: &str) -> Option<&'static NounSpec> {
        self.nouns().find(|noun| noun.table == table)
    }

    pub fn event(&self, name: &str) -> Option<&'static EventKind> {
        self.events.get(name).copied()
    }
}
