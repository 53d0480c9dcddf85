//! Own fields as columns of the list: which are shown, what they hold, and the order by one of them. The address says so.

use crate::rows::Line;
use fields::{Field, FieldKind, Thing, Told};
use kernel::{Look, Noun, Result, Scope, Uuid};
use web::{Filter, Markup, date, html, menu_button, text::encode};

/// The own fields of stories, and what is shown of them.
pub(crate) struct Columns {
    all: Vec<Field>,
    /// Those that are shown, by their ids with commas.
    shown: String,
    sort: String,
    told: Told,
}

impl Columns {
    /// Reads what is shown for these rows: one question for the fields and one for what they hold.
    pub fn read(look: &mut Look, show: &str, sort: &str, lines: &[Line]) -> Result<Columns> {
        let all = fields::defined(look, Thing::Story)?;
        let is_shown = |field: &&Field| show.split(',').any(|id| id == field.id().to_string());
        let columns: Vec<Field> = all.iter().filter(is_shown).cloned().collect();
        let ids: Vec<Uuid> = lines.iter().map(|line| line.id.0).collect();
        let told = fields::told(look, &columns, &ids)?;
        let shown = columns.iter().map(|field| field.id().to_string()).collect::<Vec<_>>().join(",");
        Ok(Columns { all, shown, sort: sort.to_owned(), told })
    }

    /// Whether the list is in another order than its own.
    pub fn sorts(&self) -> bool {
        !self.sort.is_empty()
    }

    /// What the address of the page goes on saying.
    pub fn keeps(&self) -> Vec<(&str, &str)> {
        [("show", self.shown.as_str()), ("sort", self.sort.as_str())].into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same as an address goes on with it.
    pub fn address(&self) -> String {
        address(&self.shown, &self.sort)
    }

    /// What can be filtered by with one click.
    pub fn choices(&self) -> Vec<(String, String)> {
        fields::choices(&self.all)
    }

    fn shows(&self, field: &Field) -> bool {
        self.shown.split(',').any(|id| id == field.id().to_string())
    }

    /// Which fields are shown, and what orders the list; nothing where none is defined.
    pub fn menu(&self, filter: &Filter) -> Markup {
        let link = |shown: &str, sort: &str| format!("backlog?{}{}", address(shown, sort), filter.address());
        let switched = |field: &Field| {
            let id = field.id().to_string();
            let others = self.shown.split(',').filter(|known| !known.is_empty() && *known != id);
            others.map(str::to_owned).chain((!self.shows(field)).then(|| id.clone())).collect::<Vec<_>>().join(",")
        };
        html! { @if !self.all.is_empty() { div.filter-menu { (menu_button("Fields", html! {
            div role="group" aria-label="Shown in the list" { p.menu-head aria-hidden="true" { "Show in the list" }
                @for field in &self.all { a.plain href=(link(&switched(field), &self.sort)) dir="auto" aria-current=[self.shows(field).then_some("true")] { (field.name) } } }
            div role="group" aria-label="In the order of" { p.menu-head aria-hidden="true" { "In the order of" }
                a.plain href=(link(&self.shown, "")) aria-current=[self.sort.is_empty().then_some("true")] { "The backlog" }
                @for field in &self.all { @let falling = format!("-{}", field.name);
                    @let to = if self.sort == field.name { &falling } else { &field.name };
                    a.plain href=(link(&self.shown, to)) dir="auto" aria-current=[(self.sort.trim_start_matches('-') == field.name).then_some("true")] { (field.name) @if self.sort == falling { " (falling)" } } } }
        })) } } }
    }

    /// What the shown fields hold of a story.
    pub fn cells(&self, scope: &Scope, story: Uuid) -> Markup {
        html! { @for field in self.all.iter().filter(|field| self.shows(field)) { @let held = self.told.of(story, field.id());
        @let told = if field.kind == FieldKind::Day && !held.is_empty() { date(scope, held) } else { held.to_owned() };
        @if !told.is_empty() { span.chip.own title={ (field.name) ": " (told) } dir="auto" { (told) } } } }
    }
}

fn address(shown: &str, sort: &str) -> String {
    let said = [("show", shown), ("sort", sort)];
    said.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}&", encode(value))).collect()
}
