//! Saving, sharing and removing a filter. Everyone saves for themselves and may share; what is shared is the product's,
//! and is changed by whoever saved it or has a say in how the team works. Sharing makes another filter, so that what was
//! said while it was private stays so.

use crate::{events::*, model::*};
use kernel::{Area, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Standing, command, give};

/// So many filters of one's own a product keeps.
const MOST: i64 = 100;

command! {
    /// Saves what a list is narrowed by under a name.
    pub struct SaveFilter in "saved_filter.save" at Post "/products/{product}/filters" [] {
        /// The page that it narrows: `backlog`, `sprint`, `customers`, `roadmap`, `decisions` or `activity`.
        pub page: String,
        pub name: Line<60>,
        /// What it is narrowed by, as the page's address says it: `kind=bug&who=me`.
        pub query: String,
        /// Everyone in the product sees it.
        #[serde(default)]
        pub shared: bool,
    }
}

impl Command for SaveFilter {
    /// How many the asker has.
    type Before = i64;

    fn load(&self, look: &mut Look) -> Result<i64> {
        let product = look.scope.product_id()?;
        look.number("select count(*) from saved_filter where product = $1 and member = $me and removed_at is null", &[product.value()])
    }
    fn may(&self, _: &i64, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, _: &i64) -> String {
        format!("Save the filter “{}”", self.name)
    }
    fn decide(self, before: i64, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} filters are enough. Remove one that is not used.")));
        }
        let filter = SavedFilter {
            meta: moment.fresh(Some(scope.product_id()?)),
            member: Id::new(scope.who.signed_in()?),
            page: page(&self.page)?,
            name: self.name.into(),
            query: query(&self.query)?,
            shared: self.shared,
        };
        Ok(Event::created(&FILTER_SAVED, &filter).into())
    }
}

command! {
    /// Changes a saved filter: its name, what it narrows by, whether everyone sees it.
    pub struct EditFilter in "saved_filter.edit" at Patch "/products/{product}/filters/{saved_filter}" [] {
        pub saved_filter: Id<SavedFilter>,
        pub name: Option<Line<60>>,
        /// What it is narrowed by, as the page's address says it.
        pub query: Option<String>,
        pub shared: Option<bool>,
    }
}

impl Command for EditFilter {
    type Before = SavedFilter;
    // What was private meanwhile would be open again.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<SavedFilter> {
        SavedFilter::get(look, self.saved_filter)
    }
    fn may(&self, before: &SavedFilter, scope: &Scope) -> Result<()> {
        theirs(before, scope)
    }
    fn title(&self, before: &SavedFilter) -> String {
        format!("Change the filter “{}”", before.name)
    }
    fn decide(self, before: SavedFilter, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut after = before.clone();
        give(&mut after.name, self.name);
        if let Some(typed) = self.query {
            after.query = query(&typed)?;
        }
        after.shared = self.shared.unwrap_or(before.shared);
        if !after.shared || before.shared {
            return Ok(Event::changed(&FILTER_EDITED, &before, &after).into());
        }
        after.meta = moment.fresh(before.meta.product);
        Ok(vec![Event::removed(&FILTER_REMOVED, &before, moment.now), Event::created(&FILTER_SAVED, &after)].into())
    }
}

command! {
    /// Removes a saved filter.
    pub struct RemoveFilter in "saved_filter.remove" at Delete "/products/{product}/filters/{saved_filter}" [] {
        pub saved_filter: Id<SavedFilter>,
    }
}

impl Command for RemoveFilter {
    type Before = SavedFilter;

    fn load(&self, look: &mut Look) -> Result<SavedFilter> {
        SavedFilter::get(look, self.saved_filter)
    }
    fn may(&self, before: &SavedFilter, scope: &Scope) -> Result<()> {
        theirs(before, scope)
    }
    fn title(&self, before: &SavedFilter) -> String {
        format!("Remove the filter “{}”", before.name)
    }
    fn decide(self, before: SavedFilter, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&FILTER_REMOVED, &before, moment.now).into())
    }
}

/// An assistant looks at lists without names for them, and could not read what is its member's own.
fn a_person(scope: &Scope) -> Result<()> {
    scope.by_people("An assistant saves no filters; its member does.")
}

/// Whether a filter is theirs to change. One that is not shared and not theirs was not even found.
pub(crate) fn is_theirs(filter: &SavedFilter, scope: &Scope) -> bool {
    scope.who.member == Some(filter.member.0) || filter.shared && scope.standing(Area::Agreement).1 >= Standing::Signs
}

fn theirs(filter: &SavedFilter, scope: &Scope) -> Result<()> {
    a_person(scope)?;
    match is_theirs(filter, scope) {
        true => Ok(()),
        false => Err(Refusal::denied("This filter is changed by whoever saved it, or by whoever decides how the team works.")),
    }
}
