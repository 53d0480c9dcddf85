//! Columns of imports that Tandem has no field for stay with each story as text. One of them becomes an own field, with
//! what it holds of every story, in one act.

use crate::model::Story;
use fields::{DefineField, Field, FieldKind, FieldValue, Held, Thing, VALUE_SET, defined_event};
use kernel::{
    Area, Column, Command, Decided, Event, Line, Look, Moment, Noun, PageSpec, Refusal, Result, Scope, Text, Uuid, command,
    value::{Packed, containing},
};
use std::collections::{BTreeMap, BTreeSet};
use web::{At, Markup, Page, Response, Wing, command_form, disclosure, empty, field, html, may, pill, product_path, several};

/// With no more different values than this a column is a choice.
const MOST_CHOICES: usize = 12;
/// So many values show what a column holds.
const SHOWN: usize = 3;

command! {
    /// Makes an own field of stories from a column that imports have kept, with what it holds of each.
    pub struct FieldFromColumn in "field.from_column" at Post "/products/{product}/fields/columns" [Agreement] {
        /// The column, as the file calls it.
        pub column: Line<200>,
        /// What the field is called; as the column when left out.
        pub name: Option<Line<60>>,
        /// What it holds; what fits all values when left out.
        pub kind: Option<FieldKind>,
        /// Of a number: what it counts.
        #[serde(default)]
        pub unit: Text<20>,
    }
}

impl FieldFromColumn {
    fn name(&self) -> Line<60> {
        self.name.clone().unwrap_or_else(|| web::clipped(&self.column, 59).into())
    }

    fn definition(&self, cells: &[(Story, String)]) -> DefineField {
        let values: Vec<&str> = cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let kind = self.kind.unwrap_or_else(|| kind_of(&values));
        let choices: BTreeSet<&str> = if kind == FieldKind::Choice { values.iter().copied().collect() } else { BTreeSet::new() };
        let choices = choices.into_iter().map(str::to_owned).collect();
        DefineField { name: self.name(), thing: Thing::Story, kind, unit: self.unit.clone(), choices }
    }
}

impl Command for FieldFromColumn {
    /// The stories that have it, with what it holds.
    type Before = Vec<(Story, String)>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let quoted = kernel::serde_json::to_string(&*self.column).unwrap_or_default();
        let stories = Story::all(look, "and extra like $2 escape '!' order by rank, id", &[containing(&quoted)])?;
        let cell = |story: Story| Some((story.extra.get(&*self.column).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())?, story));
        let cells: Vec<(Story, String)> = stories.into_iter().filter_map(cell).map(|(cell, story)| (story, cell)).collect();
        if cells.is_empty() {
            return Err(Refusal::invalid("column", "No import has kept a column that is called so."));
        }
        self.definition(&cells).fits(look)?;
        Ok(cells)
    }
    fn title(&self, cells: &Self::Before) -> String {
        format!("Make the field “{}” of the column “{}” of {}", &*self.name(), self.column, several(cells.len(), "story"))
    }
    fn decide(self, cells: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (field, defined) =
            defined_event(moment, scope, self.definition(&cells)).map_err(|refusal| Refusal::invalid("kind", refusal.sentence()))?;
        let mut events = vec![defined];
        for (story, cell) in &cells {
            // What does not fit stays with the story as it was.
            if let Some(held) = held(&field, cell) {
                let value = FieldValue::of(moment, story.meta.product, &field, story.meta.id, held);
                events.push(Event::created(&VALUE_SET, &value).called(format!(
                    "{} of “{}”: {}",
                    field.name,
                    web::clipped(&story.title, 80),
                    web::clipped(cell, 80)
                )));
            }
        }
        // Its title says all of it, however many stories there are.
        Ok(Decided { events, untold: true, ..Decided::default() })
    }
}

fn held(field: &Field, cell: &str) -> Option<Held> {
    fields::read(field, &web::clipped(cell, fields::LONGEST - 1), &[]).ok().flatten()
}

/// What all of these values are.
pub fn kind_of(values: &[&str]) -> FieldKind {
    let probe = |kind: FieldKind| {
        let meta = kernel::Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let field = Field { meta, name: String::new(), thing: Thing::Story, kind, unit: String::new(), choices: Packed(vec![]) };
        values.iter().all(|value| held(&field, value).is_some())
    };
    let different: BTreeSet<&str> = values.iter().copied().collect();
    let short = different.iter().all(|value| value.chars().count() <= 60 && !value.contains(','));
    let few = short && different.len() <= MOST_CHOICES && different.len() * 2 <= values.len().max(4);
    let all = [FieldKind::Number, FieldKind::Day, FieldKind::Link].into_iter().find(|kind| probe(*kind));
    all.unwrap_or(if few { FieldKind::Choice } else { FieldKind::Text })
}

pub(crate) const COLUMNS: PageSpec = PageSpec {
    path: "fields/columns",
    name: "Columns of imports",
    wing: Wing::Both,
    under: "settings",
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};

/// A column that imports have kept: of how many stories it holds something, and some of that.
struct Kept {
    name: String,
    stories: usize,
    values: Vec<String>,
    kind: FieldKind,
    defined: bool,
}

pub(crate) async fn page(at: At) -> Response {
    at.long()
        .page(|look| {
            let kept = kept(look)?;
            Ok(Page::of(&COLUMNS, view(look.scope, &kept)))
        })
        .await
}

fn kept(look: &mut Look) -> Result<Vec<Kept>> {
    let product = look.scope.product_id()?;
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sql = "select extra from story where product = $1 and extra <> '{}' and removed_at is null";
    for mut row in look.query(sql, &[product.value()])? {
        for (name, cell) in row.take::<Packed<BTreeMap<String, String>>>()?.0 {
            if !cell.trim().is_empty() {
                columns.entry(name).or_default().push(cell.trim().to_owned());
            }
        }
    }
    let fields = fields::defined(look, Thing::Story)?;
    let known = |(name, cells): (String, Vec<String>)| {
        let all: Vec<&str> = cells.iter().map(String::as_str).collect();
        let values: BTreeSet<&str> = all.iter().copied().collect();
        let values = values.into_iter().take(SHOWN).map(|value| web::clipped(value, 40)).collect();
        Kept {
            stories: cells.len(),
            values,
            kind: kind_of(&all),
            defined: fields.iter().any(|field| field.name.to_lowercase() == name.to_lowercase()),
            name,
        }
    };
    let mut kept: Vec<Kept> = columns.into_iter().map(known).collect();
    kept.sort_by_key(|column| std::cmp::Reverse(column.stories));
    Ok(kept)
}

fn view(scope: &Scope, kept: &[Kept]) -> Markup {
    html! {
        p.lead { "What files said in columns that Tandem has no field for. It stays with each story; a field makes it something one sees, filters and sorts by. " a href={ (product_path(scope)) "/fields" } { "Own fields" } }
        @if kept.is_empty() { (empty("file-up", "No import has kept any", "When a backlog is imported, columns that are not known here are kept with each story and listed here.", html! { a.button href={ (product_path(scope)) "/import" } { "Import a backlog" } })) }
        ul.lines { @for (n, column) in kept.iter().enumerate() { li {
            strong { bdi { (column.name) } } (pill("neutral", column.kind.says())) span.quiet { (several(column.stories, "story")) } span.quiet dir="auto" { (column.values.join(" · ")) }
            @if column.defined { span.acts { span.quiet { "is a field already" } } }
            @else if may(scope, Area::Agreement) { span.acts { (disclosure(&format!("column-{n}"), "Make a field", "plain", command_form(scope, Area::Agreement, "field.from_column", "Make a field", html! {
                input type="hidden" name="column" value=(column.name);
                (field("name", "What the field is called", &web::clipped(&column.name, 59)))
                @if column.kind == FieldKind::Number { (field("unit", "Unit, such as € or days", "")) }
                p.hint { "It gets what the column holds of " (several(column.stories, "story")) ". Later imports keep their column, and leave the field as it is." } }))) } }
        } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_becomes_what_all_its_values_are() {
        assert_eq!(kind_of(&["1", "2,5", "3"]), FieldKind::Number);
        assert_eq!(kind_of(&["2026-01-02", "2026-03-04"]), FieldKind::Day);
        assert_eq!(kind_of(&["https://a.org", "http://b.org"]), FieldKind::Link);
        assert_eq!(kind_of(&["high", "low", "high", "low"]), FieldKind::Choice);
        assert_eq!(kind_of(&["a", "b", "c", "d", "e", "f"]), FieldKind::Text);
        assert_eq!(kind_of(&["1", "many", "1", "many"]), FieldKind::Choice);
    }
}
