//! What was promised to them: by whom, until when, about what, and what became of it.

use crate::{events::*, model::*};
use kernel::{
    AnyDay, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, Uuid, Value, about, command,
    event::edit, fields::Pointed, give,
};
use web::when;

/// What of the work a promise is about: its noun and its id; nothing where it is about none.
type On = (String, Option<Uuid>);

/// The initiative, feature or story of a key.
fn item(look: &mut Look, at: Option<&Ref>) -> Result<On> {
    let Some(at) = at.filter(|at| !at.0.trim().is_empty()) else { return Ok((String::new(), None)) };
    let unknown = || Refusal::invalid("item", "No initiative, feature or story has this key.");
    let (column, value) = match at.resolve::<Promise>(look.scope).map_err(|_| unknown())? {
        Pointed::Number(number) => ("number", Value::Int(number)),
        Pointed::Id(id) => ("id", id.value()),
    };
    let product = look.scope.product_id()?;
    for noun in about::nouns().iter().filter(|noun| noun.about.keyed) {
        let readable = about::may_read(look.scope, noun.table, &noun.about);
        let clause = format!("where product = $1 and {column} = $2 and removed_at is null{}", readable.and());
        if let Some(found) = look.found(noun, &clause, &[product.value(), value.clone()])?.pop() {
            return Ok((noun.table.to_owned(), Some(found.meta.id)));
        }
    }
    Err(unknown())
}

impl Promise {
    /// Says what became of it, today.
    pub(crate) fn settle(&mut self, kept: Kept, note: String, moment: &Moment) {
        (self.kept, self.note, self.settled_on) = (kept, note, Some(when::day(moment.now)));
    }

    /// Refuses what is settled already.
    fn is_open(&self) -> Result<()> {
        match self.kept {
            Kept::Open => Ok(()),
            kept => Err(Refusal::invalid("promise", format!("This promise is settled already: {}.", kept.says()))),
        }
    }
}

command! {
    /// Promises something to a stakeholder.
    pub struct MakePromise in "promise.make" at Post "/products/{product}/stakeholders/{stakeholder}/promises" [Announcements] {
        pub stakeholder: Id<Stakeholder>,
        pub what: Line<300>,
        /// The day until which it holds; empty where none was named.
        #[serde(default)]
        pub due_on: AnyDay,
        /// What it is about: the key of an initiative, a feature or a story.
        pub item: Option<Ref>,
    }
}

impl Command for MakePromise {
    type Before = (Stakeholder, On);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Stakeholder::get(look, self.stakeholder)?, item(look, self.item.as_ref())?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Promise “{}” to “{}”", self.what, before.name)
    }
    fn decide(self, (before, (on_noun, on_id)): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let due_on = self.due_on.day();
        when::to_come("due_on", due_on.as_ref(), scope, moment.now)?;
        let promise = Promise {
            meta: moment.fresh(Some(scope.product_id()?)),
            stakeholder: before.id(),
            what: self.what.into(),
            due_on,
            kept: Kept::Open,
            settled_on: None,
            note: String::new(),
            member: scope.who.member.map(Id::new),
            on_noun,
            on_id,
        };
        Ok(Event::created(&PROMISE_MADE, &promise).into())
    }
}

command! {
    /// Changes what is promised, or until when, as long as it is open.
    pub struct EditPromise in "promise.edit" at Patch "/products/{product}/promises/{promise}" [Announcements] {
        pub promise: Id<Promise>,
        pub what: Option<Line<300>>,
        pub due_on: Option<AnyDay>,
        /// What it is about, by its key; empty takes it away.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub item: Option<Option<Ref>>,
    }
}

impl Command for EditPromise {
    type Before = (Promise, On);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Promise::get(look, self.promise)?, item(look, self.item.as_ref().and_then(Option::as_ref))?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the promise “{}”", before.what)
    }
    fn decide(self, (before, on): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.is_open()?;
        let event = edit(&PROMISE_EDITED, &before, |p| {
            give(&mut p.what, self.what);
            if let Some(day) = self.due_on {
                let due_on = day.day();
                // A day that stays is left alone, even where it has passed.
                if due_on != p.due_on {
                    when::to_come("due_on", due_on.as_ref(), scope, moment.now)?;
                }
                p.due_on = due_on;
            }
            if self.item.is_some() {
                (p.on_noun, p.on_id) = on;
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Says what became of a promise: it was kept, it was not, or it is withdrawn.
    pub struct SettlePromise in "promise.settle" at Put "/products/{product}/promises/{promise}/outcome" [Announcements] {
        pub promise: Id<Promise>,
        pub became: Became,
        /// What became of it; needed unless it was kept.
        #[serde(default)]
        pub note: Text<2_000>,
    }
}

impl Command for SettlePromise {
    type Before = Promise;

    fn load(&self, look: &mut Look) -> Result<Promise> {
        Promise::get(look, self.promise)
    }
    fn title(&self, before: &Promise) -> String {
        match self.became {
            Became::Withdrawn => format!("Withdraw the promise “{}”", before.what),
            became => format!("Say that “{}” was {}", before.what, became.says()),
        }
    }
    fn decide(self, before: Promise, moment: &Moment, _: &Scope) -> Result<Decided> {
        before.is_open()?;
        if self.became != Became::Kept && self.note.is_empty() {
            return Err(Refusal::invalid("note", "Say what became of it: whoever it was promised to will ask."));
        }
        let (kind, kept) = match self.became {
            Became::Kept => (&PROMISE_SETTLED, Kept::Kept),
            Became::Broken => (&PROMISE_SETTLED, Kept::Broken),
            Became::Withdrawn => (&PROMISE_WITHDRAWN, Kept::Withdrawn),
        };
        let event = edit(kind, &before, |p| {
            p.settle(kept, self.note.into(), moment);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes a promise that was written down by mistake.
    pub struct RemovePromise in "promise.remove" at Delete "/products/{product}/promises/{promise}" [Announcements] {
        pub promise: Id<Promise>,
    }
}

impl Command for RemovePromise {
    type Before = Promise;

    fn load(&self, look: &mut Look) -> Result<Promise> {
        Promise::get(look, self.promise)
    }
    fn title(&self, before: &Promise) -> String {
        format!("Remove the promise “{}”", before.what)
    }
    fn decide(self, before: Promise, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&PROMISE_REMOVED, &before, moment.now).into())
    }
}
