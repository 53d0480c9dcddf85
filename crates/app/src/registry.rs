//! The rooms' offers by name.

use crate::Ask;
use kernel::{CommandSpec, Ear, Event, EventKind, Json, NounSpec, QuerySpec, Refusal, Result, Room, ScheduleSpec, TaskSpec};
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
    /// Asked of every event.
    pub(crate) ears: Vec<&'static Ear>,
}

impl Registry {
    pub fn new(rooms: &'static [&'static Room]) -> Registry {
        let commands: HashMap<_, _> = rooms
            .iter()
            .flat_map(|room| room.commands.iter().map(|spec| (spec.name, Offered { spec, schema: (spec.schema)(), room: room.name })))
            .collect();
        let events = rooms.iter().flat_map(|room| room.events.iter().map(|kind| (kind.name, *kind))).collect();
        kernel::event::learn(rooms.iter().flat_map(|room| room.events.iter().copied()));
        kernel::checked::learn(commands.iter().map(|(name, offered): (&&str, &Offered)| (*name, &offered.schema)));
        kernel::wing::learn(rooms);
        kernel::shared::learn(rooms);
        kernel::about::learn(rooms.iter().flat_map(|room| room.nouns));
        let questions = rooms.iter().flat_map(|room| room.queries.iter().map(|spec| (spec.name, (spec.schema)()))).collect();
        let ears = rooms.iter().flat_map(|room| room.ears).collect();
        Registry { rooms, commands, questions, events, ears }
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

    pub fn tasks(&self) -> impl Iterator<Item = &'static TaskSpec> {
        self.rooms.iter().flat_map(|room| room.tasks)
    }

    pub fn schedules(&self) -> impl Iterator<Item = &'static ScheduleSpec> {
        self.rooms.iter().flat_map(|room| room.schedules)
    }

    pub fn task(&self, kind: &str) -> Option<&'static TaskSpec> {
        self.tasks().find(|spec| spec.kind == kind)
    }

    pub fn nouns(&self) -> impl Iterator<Item = &'static NounSpec> {
        self.rooms.iter().flat_map(|room| room.nouns)
    }

    pub fn noun(&self, table: &str) -> Option<&'static NounSpec> {
        self.nouns().find(|noun| noun.table == table)
    }

    /// The tables with their fields that name files.
    pub fn files(&self) -> Vec<(&'static str, &'static str)> {
        self.nouns().flat_map(|noun| noun.about.files.iter().map(|field| (noun.table, *field))).collect()
    }

    /// The tables of a backup, each behind those that it points at.
    pub fn tables(&self) -> Vec<&'static str> {
        // Everything may belong to a product.
        let (mut waiting, mut tables): (Vec<_>, Vec<&str>) = (self.nouns().collect(), vec![]);
        waiting.sort_by_key(|noun| noun.table != "product");
        while !waiting.is_empty() {
            let here = |noun: &NounSpec, table: &str| table == noun.table || tables.contains(&table);
            let next = waiting.iter().position(|noun| noun.fields.iter().filter_map(|f| noun.points_at(f)).all(|table| here(noun, table)));
            let noun = waiting.remove(next.unwrap_or(0));
            tables.extend(noun.about.beside);
            tables.push(noun.table);
        }
        tables.extend(["activity", "receipt", kernel::sealed::TABLE, kernel::signing::TABLE, "link_use"]);
        tables.extend(kernel::seen::TABLES.iter().chain(kernel::counted::TABLES));
        tables.extend(crate::parcels::TABLES);
        tables
    }

    /// What follows from an event that happened with others, as commands of our own.
    pub fn following(&self, event: &Event, all: &[Event]) -> impl Iterator<Item = Ask> {
        let follows = self.rooms.iter().flat_map(|room| room.follows).filter(|follow| follow.after.name == event.kind.name);
        follows
            .filter_map(|follow| Some(Ask { command: follow.command.to_owned(), args: (follow.with)(event, all)?, inside: true, ..Ask::default() }))
    }

    pub fn event(&self, name: &str) -> Option<&'static EventKind> {
        self.events.get(name).copied()
    }
}
