//! Nouns: the things that are kept. A noun is declared once with its fields; from that come its
//! SQL columns, its reading, its JSON, and, by comparing before with after, its history.

use crate::{
    About, Area, Cell, Column, Id, Look, Refusal, Result, Row, Value,
    about::{Readable, at_home, may_read},
};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// What every kept thing carries.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Meta {
    pub id: Uuid,
    /// The product it belongs to; `None` for what belongs to the workspace.
    pub product: Option<Uuid>,
    /// Counts changes; a command may say which version it was made against.
    pub version: i64,
    /// Milliseconds since 1970, UTC.
    pub created_at: i64,
    pub updated_at: i64,
    /// Removed things stay, so that history and undo can reach them.
    pub removed_at: Option<i64>,
}

/// A kept thing.
pub trait Noun: Sized + Clone + Serialize + JsonSchema {
    /// Its table, which is also its name in activity.
    const TABLE: &'static str;
    /// Its own columns, in order.
    const FIELDS: &'static [&'static str];
    /// What those hold, as JSON tells it.
    const CELLS: &'static [Cell];
    /// The nouns that they point at.
    const POINTS_AT: &'static [Option<&'static str>];
    /// How people say what they hold.
    const SPOKEN: &'static [fn(&str) -> Option<&'static str>];
    /// All columns, as a select list.
    const COLUMNS: &'static str;
    /// Who may read it, and how it is spoken of.
    const ABOUT: About;

    fn meta(&self) -> &Meta;
    fn meta_mut(&mut self) -> &mut Meta;
    fn values(&self) -> Vec<Value>;
    fn read(row: &mut Row) -> Result<Self>;
    /// What a person would call it.
    fn label(&self) -> String;
    /// Title and text for full-text search; `None` when it is not searched.
    fn searched(&self) -> Option<(String, String)> {
        None
    }

    /// Takes out of it what belongs to areas that a reader does not see.
    fn veil(&mut self, _sees: &dyn Fn(Area) -> bool) {}

    fn id(&self) -> Id<Self> {
        Id::new(self.meta().id)
    }

    /// The thing of this id at its home (the product at hand, the workspace, the member who asks); removed, foreign and hidden ones are not found.
    fn get(look: &mut Look, id: Id<Self>) -> Result<Self> {
        Self::all(look, "and id = $2", &[id.value()])?.pop().ok_or(Refusal::NotFound)
    }

    /// All at their home that the asker may read and that satisfy `and`, whose parameters start at `$2`.
    fn all(look: &mut Look, and: &str, params: &[Value]) -> Result<Vec<Self>> {
        let (home, whose) = at_home(look.scope, Self::ABOUT.home)?;
        let mut bound = vec![whose];
        bound.extend_from_slice(params);
        match may_read(look.scope, Self::TABLE, &Self::ABOUT) {
            Readable::Nothing => Ok(vec![]),
            readable => look.find(&format!("where {home} and removed_at is null{} {and}", readable.and()), &bound),
        }
    }
}

/// Declares a noun:
/// `noun! { pub struct Story in "story" { title: String, … } label(s) s.title.clone(); about { read: Reading::Sees(Area::Backlog) } }`.
#[macro_export]
macro_rules! noun {
    ($(#[$m:meta])* pub struct $name:ident in $table:literal {
        $($(#[$fm:meta])* $field:ident : $type:ty),* $(,)?
    } label($this:ident) $label:expr $(; searched $searched:expr)? $(; veil($sees:ident) $veil:expr)?; about { $($about:tt)+ }) => {
        $(#[$m])*
        #[derive(Clone, Debug, PartialEq, $crate::serde::Serialize, $crate::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        pub struct $name {
            #[serde(flatten)]
            pub meta: $crate::Meta,
            $($(#[$fm])* pub $field: $type),*
        }

        impl $crate::Noun for $name {
            const TABLE: &'static str = $table;
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
            const CELLS: &'static [$crate::Cell] = &[$(<$type as $crate::Column>::CELL),*];
            const POINTS_AT: &'static [Option<&'static str>] = &[$(<$type as $crate::Column>::POINTS_AT),*];
            const SPOKEN: &'static [fn(&str) -> Option<&'static str>] = &[$(<$type as $crate::Column>::SPOKEN),*];
            const COLUMNS: &'static str = concat!(
                $table, ".id, ", $table, ".product, ", $table, ".version, ", $table, ".created_at, ",
                $table, ".updated_at, ", $table, ".removed_at" $(, ", ", $table, ".", stringify!($field))*);

            const ABOUT: $crate::About = $crate::About { $($about)+, ..$crate::About::PLAIN };

            fn meta(&self) -> &$crate::Meta { &self.meta }
            fn meta_mut(&mut self) -> &mut $crate::Meta { &mut self.meta }
            fn values(&self) -> Vec<$crate::Value> {
                vec![$($crate::Column::value(&self.$field)),*]
            }
            fn read(row: &mut $crate::Row) -> $crate::Result<Self> {
                let meta = $crate::Meta {
                    id: row.take()?, product: row.take()?, version: row.take()?,
                    created_at: row.take()?, updated_at: row.take()?, removed_at: row.take()?,
                };
                Ok($name { meta, $($field: row.take()?),* })
            }
            fn label(&self) -> String { let $this = self; $label }
            $(fn searched(&self) -> Option<(String, String)> { let $this = self; $searched })?
            $(fn veil(&mut self, $sees: &dyn Fn($crate::Area) -> bool) { let $this = self; $veil })?
        }
    };
}
