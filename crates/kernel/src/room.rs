//! What a room offers, as data: from these lists come REST and OpenAPI, the command line, the
//! printed matrix and the tests that walk every command.

use crate::{
    About, Area, Authority, Cell, Column, Command, Decided, Ear, Event, EventKind, Instead, Look, Meta, Moment, Noun, PageSpec, Query, Reader,
    Refusal, Result, Route, ScheduleSpec, Scope, StoredCommand, TaskSpec, Value, Waits, sealed::SealForm, shared::SharedLook,
};
use serde_json::Value as Json;
use uuid::Uuid;

/// A command that has been thought through but not yet written.
pub struct Plan {
    pub authority: Authority,
    pub title: String,
    /// What is kept of it as a proposal, where that is another command than was asked for.
    pub kept: Option<StoredCommand>,
    pub decided: Decided,
}

/// Asked between loading and deciding: may this authority be used at all?
pub type Gate<'a> = &'a dyn Fn(&Authority, &Scope) -> Result<()>;

/// A command without its type.
pub struct CommandSpec {
    pub name: &'static str,
    pub summary: &'static str,
    pub route: Route,
    pub areas: &'static [Area],
    /// Whether whoever did it may take it back.
    pub undoable: bool,
    /// What may be done instead of taking it back.
    pub instead: Option<Instead>,
    /// What is told where all its work is done after it.
    pub later: Option<&'static str>,
    /// Whether a proposal of it holds whatever was changed meanwhile.
    pub undisturbed: bool,
    /// Whether it decides on what is in every product.
    pub everywhere: bool,
    /// Whether it may be done in a product that is archived.
    pub in_archive: bool,
    /// Whether it is refused where no model is set up.
    pub asks_model: bool,
    /// What it waits for outside of any product.
    pub waits: Waits,
    /// On what authority it runs where the matrix has no part in it.
    pub authority: Authority,
    pub schema: fn() -> Json,
    pub plan: fn(&Json, &mut Look, &Moment, Gate) -> Result<Plan>,
}

impl CommandSpec {
    pub const fn of<C: Command>() -> CommandSpec {
        CommandSpec {
            name: C::NAME,
            summary: C::SUMMARY,
            route: C::ROUTE,
            areas: C::AREAS,
            authority: C::AUTHORITY,
            undoable: C::UNDOABLE,
            instead: C::INSTEAD,
            later: C::LATER,
            undisturbed: C::UNDISTURBED,
            everywhere: C::EVERYWHERE,
            in_archive: C::IN_ARCHIVE,
            asks_model: C::ASKS_MODEL,
            waits: C::WAITS,
            schema: schema::<C>,
            plan: plan::<C>,
        }
    }
}

/// A query without its type.
pub struct QuerySpec {
    pub name: &'static str,
    pub summary: &'static str,
    pub route: Route,
    pub schema: fn() -> Json,
    /// Schema of its answer.
    pub answer: fn() -> Json,
    pub ask: fn(Json, &mut Look) -> Result<Told>,
}

/// An answer as JSON, and the version of the thing where it is about one.
pub struct Told {
    pub json: String,
    pub version: Option<i64>,
}

impl QuerySpec {
    pub const fn of<Q: Query>() -> QuerySpec {
        QuerySpec { name: Q::NAME, summary: Q::SUMMARY, route: Q::ROUTE, schema: schema::<Q>, answer: schema::<Q::Answer>, ask: ask::<Q> }
    }
}

/// A command that follows from what happened, in the same transaction and as part of the same act.
pub struct Follow {
    pub after: &'static EventKind,
    pub command: &'static str,
    /// Its arguments, from the event and all that happened with it, or nothing where it does not follow.
    pub with: fn(&Event, &[Event]) -> Option<Json>,
}

/// A room's offer.
pub struct Room {
    pub name: &'static str,
    pub commands: &'static [CommandSpec],
    pub queries: &'static [QuerySpec],
    pub events: &'static [&'static EventKind],
    pub nouns: &'static [NounSpec],
    pub pages: &'static [PageSpec],
    pub follows: &'static [Follow],
    /// The kinds of task that its commands leave behind.
    pub tasks: &'static [TaskSpec],
    /// What it does by the clock.
    pub schedules: &'static [ScheduleSpec],
    /// What it does about every act in a product where something of it listens.
    pub ears: &'static [Ear],
    /// Forms that seal.
    pub seals: &'static [SealForm],
    /// What a link can show to somebody without an account.
    pub looks: &'static [SharedLook],
}

impl Room {
    /// A room that offers nothing yet.
    pub const EMPTY: Room = Room {
        name: "",
        commands: &[],
        queries: &[],
        events: &[],
        nouns: &[],
        pages: &[],
        follows: &[],
        tasks: &[],
        schedules: &[],
        ears: &[],
        seals: &[],
        looks: &[],
    };
}

/// Reads things by a `where` clause with its parameters.
pub type Find = fn(&mut dyn Reader, &str, &[Value]) -> Result<Vec<Found>>;

/// Reads things as JSON by a `where` clause with its parameters, as they may be shown, without hashes of secrets.
pub type Tell = fn(&mut Look, &str, &[Value]) -> Result<Vec<Json>>;

/// A noun without its type: what history, export and integrity need to know of it.
pub struct NounSpec {
    pub table: &'static str,
    pub fields: &'static [&'static str],
    /// What those hold, as JSON tells it.
    pub cells: &'static [Cell],
    pub about: About,
    points_at: &'static [Option<&'static str>],
    spoken: &'static [fn(&str) -> Option<&'static str>],
    /// Schema of a thing as JSON.
    pub schema: fn() -> Json,
    pub find: Find,
    /// Reads things as JSON, in the same way.
    pub tell: Tell,
}

/// One thing, seen without its type.
pub struct Found {
    pub meta: Meta,
    pub label: String,
    pub searched: Option<(String, String)>,
    pub values: Vec<Value>,
}

impl NounSpec {
    pub const fn of<T: Noun>() -> NounSpec {
        const { assert!(!T::ABOUT.discussed || !matches!(T::ABOUT.read, crate::Reading::Between(_)), "what is about others is not talked about itself") };
        const { assert!(!T::ABOUT.discussed || T::ABOUT.heard.is_said(), "people talk about it, so its `about` says what of it is news") };
        NounSpec {
            table: T::TABLE,
            fields: T::FIELDS,
            cells: T::CELLS,
            about: T::ABOUT,
            points_at: T::POINTS_AT,
            spoken: T::SPOKEN,
            schema: schema::<T>,
            find: find::<T>,
            tell: tell::<T>,
        }
    }
}

/// Things that are read at once where all are read.
const AT_ONCE: i64 = 500;

impl NounSpec {
    /// The noun that a field points at, if it does.
    pub fn points_at(&self, field: &str) -> Option<&'static str> {
        let typed = self.fields.iter().zip(self.points_at).find(|(name, _)| **name == field).and_then(|(_, noun)| *noun);
        typed.or_else(|| self.about.points_at.iter().find(|(name, _)| *name == field).map(|(_, noun)| *noun))
    }

    /// How people say a word that a field holds, where it is one of a closed list.
    pub fn spoken(&self, field: &str, word: &str) -> Option<&'static str> {
        self.fields.iter().zip(self.spoken).find(|(name, _)| **name == field).and_then(|(_, says)| says(word))
    }

    /// What people call such a thing: "key result".
    pub fn one(&self) -> String {
        if self.about.one.is_empty() { self.table.replace('_', " ") } else { self.about.one.to_owned() }
    }

    /// What people call a field.
    pub fn called(&self, field: &str) -> String {
        let called = self.about.called.iter().find(|(name, _)| *name == field).map(|(_, called)| *called);
        called.map_or_else(|| if field == "rank" { "place".into() } else { field.replace('_', " ") }, str::to_owned)
    }

    /// The field that says what it is called.
    pub fn named_by(&self) -> Option<&'static str> {
        ["title", "name", "quote", "body"].into_iter().find(|field| self.fields.contains(field))
    }

    /// The next things of all products in the order of their ids, for whoever goes through all: none at the end.
    pub fn after(&self, reader: &mut dyn Reader, last: Option<Uuid>) -> Result<Vec<Found>> {
        let last = last.map_or(Value::Text(String::new()), |id| id.value());
        (self.find)(reader, "where id > $1 order by id limit $2", &[last, Value::Int(AT_ONCE)])
    }
}

fn find<T: Noun>(reader: &mut dyn Reader, clause: &str, params: &[Value]) -> Result<Vec<Found>> {
    let things: Vec<T> = crate::look::find_rows(reader, clause, params)?;
    Ok(things.into_iter().map(|t| Found { meta: t.meta().clone(), label: t.label(), searched: t.searched(), values: t.values() }).collect())
}

fn tell<T: Noun>(look: &mut Look, clause: &str, params: &[Value]) -> Result<Vec<Json>> {
    let things: Vec<T> = look.find(clause, params)?;
    let told = |thing: &T| -> Result<Json> {
        let mut json = serde_json::to_value(thing).map_err(|e| Refusal::broken(e.to_string()))?;
        if let Json::Object(fields) = &mut json {
            fields.retain(|field, _| !field.ends_with("_hash"));
        }
        Ok(json)
    };
    things.iter().map(told).collect()
}

fn schema<T: schemars::JsonSchema>() -> Json {
    root_schema(&T::schema_name(), T::json_schema)
}

/// As the generator's `into_root_schema_for`, built once and not for each type.
fn root_schema(name: &str, of: fn(&mut schemars::SchemaGenerator) -> schemars::Schema) -> Json {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    let mut generator = settings.into_generator();
    let mut schema = of(&mut generator);
    // Everything stands in its place but for what holds more of its own kind.
    let within = generator.take_definitions(false);
    let fields = schema.ensure_object();
    fields.entry("title").or_insert_with(|| name.into());
    if !within.is_empty() {
        fields.insert("$defs".into(), within.into());
    }
    fields.entry("$schema").or_insert_with(|| "https://json-schema.org/draft/2020-12/schema".into());
    schema.to_value()
}

fn plan<C: Command>(args: &Json, look: &mut Look, moment: &Moment, gate: Gate) -> Result<Plan> {
    let command: C = crate::input::read(args.clone())?;
    let before = command.load(look)?;
    let authority = command.authority(&before);
    gate(&authority, look.scope)?;
    command.may(&before, look.scope)?;
    let (title, kept) = (command.title(&before), command.kept(&before));
    let decided = command.decide(before, moment, look.scope)?;
    Ok(Plan { authority, title, kept, decided })
}

fn ask<Q: Query>(args: Json, look: &mut Look) -> Result<Told> {
    let query: Q = crate::input::read(args)?;
    let answer = query.ask(look)?;
    let json = serde_json::to_string(&answer).map_err(|e| Refusal::broken(e.to_string()))?;
    Ok(Told { json, version: Q::version(&answer) })
}
