//! Markup of own fields: where they are defined, and on the panel of a thing.

use crate::{carried::Destination, held::Held, model::*, rows::Own};
use kernel::{Area, Noun, Scope};
use web::{
    Markup, area_field, asked_act, capital, command_form, date, disclosure, empty, field, html, input, may, pill, select, telling::typed,
    text::link_out,
};

/// What a field holds, for whoever defines one.
const KINDS: &[(FieldKind, &str)] = &[
    (FieldKind::Text, "Text"),
    (FieldKind::Number, "Number, with a unit"),
    (FieldKind::Day, "Day"),
    (FieldKind::Choice, "One of some choices"),
    (FieldKind::People, "People of the team"),
    (FieldKind::Link, "Link"),
];

pub(crate) fn define_button(scope: &Scope) -> Markup {
    let kinds: Vec<(String, String)> = KINDS.iter().map(|(kind, says)| (kind.to_string(), (*says).to_owned())).collect();
    let things: Vec<(String, String)> = Thing::ALL.iter().map(|thing| (thing.to_string(), capital(thing.many()))).collect();
    disclosure(
        "define",
        "Define a field",
        "primary",
        command_form(
            scope,
            Area::Agreement,
            "field.define",
            "Define field",
            html! {
                (field("name", "Name", ""))
                div.pair { (select("thing", "On", &things, "story")) (select("kind", "It holds", &kinds, "text")) }
                (field("unit", "Unit of a number, such as € or days", ""))
                (field("choices", "Choices, with commas", ""))
            },
        ),
    )
}

pub(crate) fn fields(scope: &Scope, fields: &[Field]) -> Markup {
    html! {
        p.lead { "What this product wants to know besides what Tandem asks. A field stands in the panel of its thing, in lists, filters, files and the interface for programs. Whoever decides on the thing decides on what its fields hold." }
        @if fields.is_empty() { (empty("list-ordered", "No fields of your own yet", "Such as a severity, a budget, a due day, who approves it. The Manager and the Owner sign together which there are.", html! {})) }
        @for thing in Thing::ALL { @let own: Vec<&Field> = fields.iter().filter(|field| field.thing == *thing).collect(); @if !own.is_empty() {
            section { h2 { "On " (thing.many()) } ul.lines { @for field in own { (line(scope, field)) } } }
        } }
        @if may(scope, Area::Agreement) { p { a href="fields/columns" { "Make fields of columns that imports have kept" } "." } }
        @else { p.hint { (web::who_decides(scope, Area::Agreement)) } }
    }
}

fn line(scope: &Scope, f: &Field) -> Markup {
    let id = f.id().to_string();
    html! { li {
        strong { bdi { (f.name) } }
        (pill("neutral", f.kind.says()))
        span.quiet dir="auto" { @if !f.unit.is_empty() { "in " (f.unit) } @if !f.choices.is_empty() { (f.choices.join(", ")) } }
        span.acts {
            (disclosure(&format!("field-{id}"), "Change", "plain", command_form(scope, Area::Agreement, "field.edit", "Save", html! {
                input type="hidden" name="field" value=(id); input type="hidden" name="version" value=(f.meta.version);
                (field("name", "Name", &f.name))
                @if f.kind == FieldKind::Number { (field("unit", "Unit", &f.unit)) }
                @if f.kind == FieldKind::Choice { (field("choices", "Choices, with commas", &f.choices.join(", "))) p.hint { "What was chosen before stays where it is." } }
            })))
            (asked_act(scope, Area::Agreement, "field.remove", &[("field", &id)], "Remove", "plain", &format!("“{}” and what it holds leave every panel, list and file. They come back together when it is brought back.", f.name)))
        }
    } }
}

/// The fields of a thing with what they hold, each set where it stands. Nothing where none is defined.
pub fn panel(scope: &Scope, thing: Thing, which: &str, own: &[Own]) -> Markup {
    let settable = may(scope, thing.area());
    html! { @if !own.is_empty() { dl.facts.own-fields { @for field in own { div {
        dt { bdi { (field.name) } }
        dd { @if settable { @if field.kind == FieldKind::Link && !field.told.is_empty() { (link_out(&field.told)) } (disclosure(&format!("own-{which}-{}", field.id), &face(scope, field), "fact", set_form(scope, thing, which, field))) } @else { (shown(scope, field)) } }
    } } } } }
}

/// What its button says: what it holds, or that there is something to set.
fn face(scope: &Scope, own: &Own) -> String {
    match (own.told.as_str(), own.kind) {
        ("", _) => "–".into(),
        (_, FieldKind::Link) => "Change".into(),
        (day, FieldKind::Day) => date(scope, day),
        (told, _) => web::clipped(told, 80),
    }
}

fn shown(scope: &Scope, own: &Own) -> Markup {
    html! { @match (own.told.as_str(), own.kind) {
        ("", _) => { span.quiet { "–" } }
        (url, FieldKind::Link) => { (link_out(url)) }
        (day, FieldKind::Day) => { (date(scope, day)) }
        (told, _) => { bdi { (told) } }
    } }
}

fn set_form(scope: &Scope, thing: Thing, which: &str, own: &Own) -> Markup {
    let held = own.held.clone().unwrap_or_default();
    command_form(
        scope,
        thing.area(),
        "field_value.set",
        "Save",
        html! {
            input type="hidden" name="field" value=(own.id); input type="hidden" name="thing" value=(which);
            (typed_in(own, &held))
        },
    )
}

fn typed_in(own: &Own, held: &Held) -> Markup {
    let name = &own.name;
    match own.kind {
        FieldKind::Text => area_field("value", name, &held.text, 2),
        FieldKind::Number => {
            let label = if own.unit.is_empty() { name.clone() } else { format!("{name}, in {}", own.unit) };
            html! { label.field { span dir="auto" { (label) } input type="text" inputmode="decimal" name="value" value=(held.number.map(typed).unwrap_or_default()) data-keep autocomplete="off"; span.error data-error="value" {} } }
        }
        FieldKind::Day => input("date", "value", name, held.day.as_deref().unwrap_or("")),
        FieldKind::Choice => {
            let mut choices = vec![(String::new(), "–".to_owned())];
            choices.extend(own.choices.iter().map(|choice| (choice.clone(), choice.clone())));
            // What is no choice any more stays until another is taken.
            if !held.text.is_empty() && !own.choices.contains(&held.text) {
                choices.push((held.text.clone(), held.text.clone()));
            }
            select("value", name, &choices, &held.text)
        }
        FieldKind::People => html! { (field("value", name, &own.told)) p.hint { "Names of people here, with commas." } },
        FieldKind::Link => input("url", "value", name, &held.text),
    }
}

/// What no field of a product takes of what a thing holds here, for each product that it may go to.
pub fn left_behind(products: &[Destination]) -> Markup {
    html! { @for to in products.iter().filter(|to| !to.lost().is_empty()) { li {
    "what it holds in " bdi { (to.lost().join(", ")) } @if products.len() > 1 { ", if it goes to " bdi { (to.product.name) } } ": no field there takes it" } } }
}

/// That what a thing holds goes along, as the end of a sentence.
pub fn goes_along(products: &[Destination]) -> Markup {
    html! { @if products.iter().any(Destination::takes_some) { ", and what it holds in own fields" @if products.iter().any(|to| !to.lost().is_empty()) { " that are there too" } } }
}

/// What lists can be filtered by with one click: each choice of each field, and that it holds nothing.
pub(crate) fn choices(fields: &[Field]) -> Vec<(String, String)> {
    let of = |field: &Field| {
        let name = field.name.clone();
        let said = move |choice: &String| (format!("{name}={choice}"), format!("{name}: {choice}"));
        let without = (format!("{}=none", field.name), format!("Without {}", field.name));
        field.choices.iter().map(said).chain([without]).collect::<Vec<_>>()
    };
    fields.iter().flat_map(of).collect()
}
