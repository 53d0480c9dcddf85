//! Own fields in a list: which are shown, what they hold, and the order by one of them. The address says so.

use crate::{fits, model::*, rows, rows::Told, views};
use kernel::{Look, Noun, Refusal, Result, Scope, Uuid};
use std::collections::HashMap;
use web::{Markup, date, html, menu_button, text::encode};

/// How the address of a page calls what is shown of a list, and its order.
#[derive(Clone, Copy)]
pub struct Words {
    pub show: &'static str,
    pub sort: &'static str,
}

/// The own fields of the things of a list, and what is shown of them.
pub struct Columns {
    words: Words,
    all: Vec<Field>,
    /// Those that are shown, by their ids with commas.
    shown: String,
    sort: String,
    told: Told,
}

impl Columns {
    /// Reads what is shown for these things: one question for the fields and one for what they hold.
    pub fn read(look: &mut Look, thing: Thing, words: Words, (show, sort): (&str, &str), ids: impl IntoIterator<Item = Uuid>) -> Result<Columns> {
        let all = rows::defined(look, thing)?;
        let is_shown = |field: &&Field| show.split(',').any(|id| id == field.id().to_string());
        let columns: Vec<Field> = all.iter().filter(is_shown).cloned().collect();
        let told = rows::told(look, &columns, &ids.into_iter().collect::<Vec<_>>())?;
        let shown = columns.iter().map(|field| field.id().to_string()).collect::<Vec<_>>().join(",");
        Ok(Columns { words, all, shown, sort: sort.to_owned(), told })
    }

    /// Where a list shows what all of them hold by itself, and only its order is chosen.
    pub fn of(all: Vec<Field>, words: Words, sort: &str) -> Columns {
        Columns { words, all, shown: String::new(), sort: sort.to_owned(), told: Told::default() }
    }

    /// Whether the list is in another order than its own.
    pub fn sorts(&self) -> bool {
        !self.sort.is_empty()
    }

    /// What the address of the page goes on saying.
    pub fn keeps(&self) -> Vec<(&str, &str)> {
        let said = [(self.words.show, self.shown.as_str()), (self.words.sort, self.sort.as_str())];
        said.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same as an address goes on with it.
    pub fn address(&self) -> String {
        self.with(&self.shown, &self.sort)
    }

    /// What can be filtered by with one click.
    pub fn choices(&self) -> Vec<(String, String)> {
        views::choices(&self.all)
    }

    fn shows(&self, field: &Field) -> bool {
        self.shown.split(',').any(|id| id == field.id().to_string())
    }

    fn with(&self, shown: &str, sort: &str) -> String {
        let said = [(self.words.show, shown), (self.words.sort, sort)];
        said.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}&", encode(value))).collect()
    }

    /// Which fields are shown, and what orders the list; nothing where none is defined. `label` is what the menu is called,
    /// `own` the order that the list has by itself, `rest` what else the address of the page says.
    pub fn menu(&self, page: &str, label: &str, own: &str, rest: &str) -> Markup {
        let link = |shown: &str, sort: &str| format!("{page}?{}{rest}", self.with(shown, sort));
        let switched = |field: &Field| {
            let id = field.id().to_string();
            let others = self.shown.split(',').filter(|known| !known.is_empty() && *known != id);
            others.map(str::to_owned).chain((!self.shows(field)).then(|| id.clone())).collect::<Vec<_>>().join(",")
        };
        html! { @if !self.all.is_empty() { div.filter-menu { (menu_button(label, html! {
            @if !self.words.show.is_empty() { div role="group" aria-label="Shown in the list" { p.menu-head aria-hidden="true" { "Show in the list" }
                @for field in &self.all { a.plain href=(link(&switched(field), &self.sort)) dir="auto" aria-current=[self.shows(field).then_some("true")] { (field.name) } } } }
            div role="group" aria-label="In the order of" { p.menu-head aria-hidden="true" { "In the order of" }
                a.plain href=(link(&self.shown, "")) aria-current=[self.sort.is_empty().then_some("true")] { (own) }
                @for field in &self.all { @let falling = format!("-{}", field.name);
                    @let to = if self.sort == field.name { &falling } else { &field.name };
                    a.plain href=(link(&self.shown, to)) dir="auto" aria-current=[(self.sort.trim_start_matches('-') == field.name).then_some("true")] { (field.name) @if self.sort == falling { " (falling)" } } } }
        })) } } }
    }

    /// What the shown fields hold of a thing.
    pub fn cells(&self, scope: &Scope, thing: Uuid) -> Markup {
        html! { @for field in self.all.iter().filter(|field| self.shows(field)) { @let held = self.told.of(thing, field.id());
        @let told = if field.kind == FieldKind::Day && !held.is_empty() { date(scope, held) } else { held.to_owned() };
        @if !told.is_empty() { span.chip.own title={ (field.name) ": " (told) } dir="auto" { (told) } } } }
    }
}

/// What a list is narrowed to and ordered by: a condition such as `Severity=high`, and a field, with `-` in front for the
/// other way round. Both may be empty.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The term under which the address says the condition.
    pub term: &'a str,
    pub fits: &'a str,
    pub sort: &'a str,
}

/// The things of a kind that are wanted, in that order; nothing where nothing is said.
///
/// # Errors
/// `Invalid` at the term, where no such field is there or it cannot hold that.
pub fn found(look: &mut Look, thing: Thing, wanted: Wanted) -> Result<Option<Vec<Uuid>>> {
    if wanted.fits.is_empty() && wanted.sort.is_empty() {
        return Ok(None);
    }
    let at_term = |refusal: Refusal| match refusal {
        Refusal::Invalid(_) => Refusal::invalid(wanted.term, refusal.sentence()),
        other => other,
    };
    let (table, mut params) = (thing.word(), vec![kernel::Column::value(&look.scope.product_id()?)]);
    let id = format!("{table}.id");
    let (mut and, mut joined, mut order) = (String::new(), String::new(), String::new());
    if !wanted.fits.is_empty() {
        and = format!(" and {}", fits::fits(look, thing, &id, wanted.fits, &mut params).map_err(at_term)?);
    }
    if !wanted.sort.is_empty() {
        (joined, order) = fits::sorted_by(look, thing, &id, wanted.sort, &mut params).map_err(at_term)?;
        order += ", ";
    }
    let sql = format!("select {id} from {table}{joined} where {table}.product = $1 and {table}.removed_at is null{and} order by {order}{id}");
    look.query(&sql, &params)?.into_iter().map(|mut row| row.take()).collect::<Result<_>>().map(Some)
}

/// Those of some things that are wanted; in their own order, where none is.
pub fn narrowed<T>(look: &mut Look, thing: Thing, wanted: Wanted, mut things: Vec<T>, id: impl Fn(&T) -> Uuid) -> Result<Vec<T>> {
    let Some(found) = found(look, thing, wanted)? else { return Ok(things) };
    let places: HashMap<Uuid, usize> = found.into_iter().enumerate().map(|(place, id)| (id, place)).collect();
    things.retain(|thing| places.contains_key(&id(thing)));
    if !wanted.sort.is_empty() {
        things.sort_by_key(|thing| places.get(&id(thing)).copied());
    }
    Ok(things)
}
