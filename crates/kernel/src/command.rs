//! Commands: one change someone asks for, as data. A room says what a command needs (`load`), who
//! may (`authority`, `may`) and what follows (`decide`); everything else is done once, in `app`.

use crate::{
    Area, Event, Look, Moment, Result, Scope, SigningKey, StoredCommand, Task,
    counted::Count,
    erasure::{Erasure, Wipe},
    sealed::Seal,
    seen::Seen,
};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// On what authority a command runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// The matrix decides.
    Area(Area),
    /// The matrix decides, in each of these; where more than one of them would need others, it has to be done in parts.
    Areas(Vec<Area>),
    /// Everyone who sees the product.
    Anyone,
    /// Everyone who sees matters of an area.
    Seen(Area),
    /// One's own account.
    Oneself,
    /// The workspace administrator.
    Administrator,
    /// Nobody needs to be signed in; the command checks a secret of its own.
    Nobody,
}

impl Authority {
    /// The areas whose matrix rows count; none where the matrix has no part in it.
    pub fn areas(&self) -> Vec<Area> {
        match self {
            Authority::Area(area) => vec![*area],
            Authority::Areas(areas) => areas.clone(),
            _ => vec![],
        }
    }
}

/// What a command outside of any product waits for, so that two which would disturb each other follow one another. In a
/// product it waits for the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// For whatever changes accounts and products.
    Workspace,
    /// For whatever else the member does who asks: their own account and things.
    Asker,
    /// For whatever else names the same in this argument: a sign-in waits for those of the same member alone.
    Argument(&'static str),
}

/// HTTP method of a command's REST route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    pub const fn name(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        }
    }
}

/// Where a command or query stands in the REST interface. A path that starts with `/products/{product}`
/// is about that product; `{name}` parts are fields of the command.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub verb: Verb,
    pub path: &'static str,
}

impl Route {
    pub const fn new(verb: Verb, path: &'static str) -> Route {
        Route { verb, path }
    }

    /// No door but our own pages and commands may run it, because they check something first
    /// (a password, a first start).
    pub const INSIDE: Route = Route { verb: Verb::Post, path: "" };

    /// Whether it is closed to the doors.
    pub fn is_inside(&self) -> bool {
        self.path.is_empty()
    }

    /// Whether it is about one product.
    pub fn in_product(&self) -> bool {
        self.path.starts_with("/products/{product}")
    }
}

/// What follows from a command.
#[derive(Default)]
pub struct Decided {
    pub events: Vec<Event>,
    /// What is left to be done after it, outside of its transaction.
    pub tasks: Vec<Task>,
    /// A secret to hand over once (an invitation link's word, a token).
    pub reveal: Option<String>,
    /// Whose act it is, where it is what makes them known (joining, signing in with a link).
    pub author: Option<Uuid>,
    /// Why, where the command asks for that and its thing has no field for it: it stands with the activity.
    pub reason: Option<String>,
    /// A proposal that now has its signatures and is to be carried out.
    pub carry_out: Option<Uuid>,
    /// The act that this one takes back.
    pub takes: Option<Uuid>,
    /// What is sealed for whoever asks.
    pub seals: Vec<Seal>,
    /// Rounds that are open now: what was sealed in them stands in nouns.
    pub unseals: Vec<Uuid>,
    /// Answers that are counted in nobody's name, and rounds of them that are over.
    pub counts: Vec<Count>,
    /// Keys to sign with that are made or thrown away.
    pub keys: Vec<SigningKey>,
    /// What is erased of a person, ahead of the events.
    pub erases: Option<Erasure>,
    /// What is taken out of the record of things once the events are written.
    pub wipes: Vec<Wipe>,
    /// What whoever asks has looked at, or has yet to.
    pub seen: Vec<Seen>,
    /// Nouns of which something is shown that is no event: pages that show them are told (who has laid a card).
    pub shows: Vec<&'static str>,
    /// What follows tells more than whoever asks may know, so a proposal of it says no more than its title.
    pub untold: bool,
}

impl From<Vec<Event>> for Decided {
    fn from(events: Vec<Event>) -> Self {
        Decided { events, ..Decided::default() }
    }
}

impl From<Event> for Decided {
    fn from(event: Event) -> Self {
        vec![event].into()
    }
}

/// What may be done instead of taking an act back: another command, about a thing that the act touched.
#[derive(Clone, Copy, Debug)]
pub struct Instead {
    /// What its button says.
    pub says: &'static str,
    pub command: &'static str,
    /// The command's field that names the thing.
    pub field: &'static str,
    /// The thing's noun.
    pub noun: &'static str,
    /// What is asked first, where the act reaches far.
    pub sure: Option<&'static str>,
}

/// One change someone asks for.
pub trait Command: Asked {
    type Before;

    /// Whether whoever did it may take it back. What others have answered to (a verdict, a signature) or what opens
    /// and shuts doors (hats, the matrix) is changed by another act of its own instead.
    const UNDOABLE: bool = true;

    /// What may be done instead, where it cannot be taken back.
    const INSTEAD: Option<Instead> = None;

    /// What is told where all its work is done after it.
    const LATER: Option<&'static str> = None;

    /// Whether a proposal of it holds whatever was changed meanwhile, because its rule sees to what is there then.
    const UNDISTURBED: bool = false;

    /// Whether it decides on what is in every product, and so waits until nobody writes to any of them.
    const EVERYWHERE: bool = false;

    /// Whether it may be done in a product that is archived.
    const IN_ARCHIVE: bool = false;

    /// Whether all that it does is to ask a model, so that it is refused where none is set up.
    const ASKS_MODEL: bool = false;

    /// What it waits for where it is about no product.
    const WAITS: Waits = Waits::Workspace;

    /// On what authority it runs where the matrix has no part in it. This and `AREAS` are judged before anything
    /// is read, so whoever is refused learns nothing about what exists.
    const AUTHORITY: Authority = Authority::Anyone;

    /// Reads what the rule needs; what the asker may not see is `NotFound`.
    fn load(&self, look: &mut Look) -> Result<Self::Before>;

    /// Which of its areas decides; depends on what is there (moving into Now is a commitment).
    fn authority(&self, _before: &Self::Before) -> Authority {
        match Self::AREAS {
            [area, ..] => Authority::Area(*area),
            [] => Self::AUTHORITY,
        }
    }

    /// Rules about the thing itself that the matrix cannot express (an author, an open state).
    fn may(&self, _before: &Self::Before, _scope: &Scope) -> Result<()> {
        Ok(())
    }

    /// What it would be called as a proposal.
    fn title(&self, before: &Self::Before) -> String;

    /// What is kept of it as a proposal, where its own arguments would mean something else later ("the last act").
    fn kept(&self, _before: &Self::Before) -> Option<StoredCommand> {
        None
    }

    /// The rule: pure.
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided>;
}

/// What a command is called and where it stands; written by `command!`.
pub trait Asked: Serialize + DeserializeOwned + JsonSchema {
    /// `noun.verb`, as in `story.move`.
    const NAME: &'static str;
    /// One sentence for documentation and tools.
    const SUMMARY: &'static str;
    const ROUTE: Route;
    /// The areas this command can fall into; empty when the matrix has no part in it.
    const AREAS: &'static [Area];
}

/// Declares a command's name, summary (its first doc line), REST route, areas and fields:
/// `command! { /// Moves it. pub struct Move in "story.move" at Put "/…" [Backlog] { pub story: Ref } }`.
/// `inside` in the place of a route closes it to every door but our own pages; `[*]` is any area.
#[macro_export]
macro_rules! command {
    ($(#[doc = $doc:literal])+ pub struct $name:ident in $word:literal inside { $($body:tt)* }) => {
        $crate::command!(@ $name, $word, concat!($($doc),+), $crate::Route::INSIDE, &[], { $($body)* }, $(#[doc = $doc])+);
    };
    ($(#[doc = $doc:literal])+ pub struct $name:ident in $word:literal at $verb:ident $path:literal [*] { $($body:tt)* }) => {
        $crate::command!(@ $name, $word, concat!($($doc),+), $crate::Route::new($crate::Verb::$verb, $path), $crate::Area::ALL, { $($body)* }, $(#[doc = $doc])+);
    };
    ($(#[doc = $doc:literal])+ pub struct $name:ident in $word:literal at $verb:ident $path:literal [$($area:ident),*] { $($body:tt)* }) => {
        $crate::command!(@ $name, $word, concat!($($doc),+), $crate::Route::new($crate::Verb::$verb, $path), &[$($crate::Area::$area),*], { $($body)* }, $(#[doc = $doc])+);
    };
    (@ $name:ident, $word:literal, $summary:expr, $route:expr, $areas:expr, { $($body:tt)* }, $(#[$meta:meta])+) => {
        $(#[$meta])+
        #[derive(Clone, Debug, $crate::serde::Serialize, $crate::serde::Deserialize, $crate::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        pub struct $name { $($body)* }

        impl $crate::command::Asked for $name {
            const NAME: &'static str = $word;
            const SUMMARY: &'static str = $summary.trim_ascii();
            const ROUTE: $crate::Route = $route;
            const AREAS: &'static [$crate::Area] = $areas;
        }
    };
}
