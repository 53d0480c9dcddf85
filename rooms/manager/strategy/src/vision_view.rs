//! Markup of the vision: the statement beside the board, who confirmed it, and how its versions differ, word by word.

use crate::{confirming::Stood, model::*, views::confirmed};
use kernel::{Area, Scope};
use notices::Around;
use people::Person;
use web::{Markup, area_field, command_form, compared, disclosure, empty, field, html, select, time};

/// The fields of the vision in the order of its parts, each with what is meant.
const FIELDS: [(&str, &str); 6] = [
    ("for_whom", "the customer you have in mind"),
    ("who", "a need or an opportunity"),
    ("is_a", "the kind of product"),
    ("that", "the reason to have it"),
    ("unlike", "what they would use otherwise"),
    ("ours", "what yours does that they don’t"),
];

/// The fields of the board in the order of its parts.
const BOARD: [(&str, &str); 4] = [
    ("target_group", "who uses it, who pays for it"),
    ("their_needs", "what it solves for them"),
    ("our_product", "what stands out in it"),
    ("business_goals", "what it is to bring us"),
];

/// The vision as its parts.
pub fn vision_words(v: &Vision) -> Markup {
    html! { dl.vision-parts { @for (name, text) in v.parts() { div { dt { (name) } dd dir="auto" { (text) } } } } }
}

/// The board, where anything stands on it.
fn board(v: &Vision) -> Markup {
    html! { @if v.board().iter().any(|(_, text)| !text.is_empty()) { dl.vision-board aria-label="Vision board" {
        @for (name, text) in v.board() { div { dt { (name) } dd dir="auto" { @if text.is_empty() { span.quiet { "–" } } @else { (web::text::markdown(text)) } } } }
    } } }
}

fn form(scope: &Scope, visions: &[Vision]) -> Markup {
    let old = |at: usize| visions.first().map_or("", |v| v.written()[at].1);
    let fields = html! {
        @for (at, ((name, hint), label)) in FIELDS.iter().zip(Vision::NAMES).enumerate() { (field(name, &format!("{label} ({hint})"), old(at))) }
        details.more { summary { "Vision board" } p.hint { "What the statement leaves out: four fields with as many lines as it takes." }
            @for (at, ((name, hint), label)) in BOARD.iter().zip(Vision::BOARD).enumerate() { (area_field(name, &format!("{label} ({hint})"), old(FIELDS.len() + at), 2)) } }
        @if !visions.is_empty() { (field("note", "What changed in this version", "")) }
    };
    let says = if visions.is_empty() { "Write the vision" } else { "Publish a new version" };
    disclosure("publish-vision", says, "", command_form(scope, Area::Strategy, "vision.publish", "Publish the vision", fields))
}

pub(crate) fn vision(
    scope: &Scope,
    (visions, asked): (&[Vision], Option<(i64, i64)>),
    (stood, people): (&Stood, &[Person]),
    around: &Around,
) -> Markup {
    let publish = form(scope, visions);
    html! { section.vision { h2 { "Vision" }
        @match visions.first() {
            None => { (empty("flag", "No vision yet", &format!("One sentence that says for whom this product is, what it does for them and how it differs. Everything below hangs on it. {}", web::who_decides(scope, Area::Strategy)), publish)) }
            Some(v) => {
                div.statement-and-board { (vision_words(v)) (board(v)) }
                (confirmed(scope, v, (stood, people)))
                (publish)
            }
        }
        @if visions.len() > 1 { (differences(scope, visions, asked))
            details.more { summary { "Earlier versions" } ol reversed { @for v in &visions[1..] { li value=(v.number) { span.quiet { (time(scope, v.meta.created_at, scope.now)) } @if !v.note.is_empty() { " " (v.note) } (vision_words(v)) (board(v)) } } } } }
        @if let Some(v) = visions.first() { (around.beneath(scope, v.meta.id)) }
    } }
}

/// How two versions differ, word by word: the two that are asked for, or the newest two.
fn differences(scope: &Scope, visions: &[Vision], asked: Option<(i64, i64)>) -> Markup {
    let by_number = |number: i64| visions.iter().find(|v| v.number == number);
    let chosen = asked.and_then(|(from, to)| Some((by_number(from)?, by_number(to)?)));
    let (Some(old), Some(new)) = (chosen.map_or(visions.get(1), |(old, _)| Some(old)), chosen.map_or(visions.first(), |(_, new)| Some(new))) else {
        return html! {};
    };
    let versions: Vec<(String, String)> = visions.iter().map(|v| (v.number.to_string(), format!("Version {}", v.number))).collect();
    let changed: Vec<(&str, &str, &str)> =
        old.written().into_iter().zip(new.written()).filter(|((_, a), (_, b))| a != b).map(|((name, a), (_, b))| (name, a, b)).collect();
    html! { details.more.versions id="versions" open[asked.is_some()] { summary { "Compare versions word by word" }
        form.row method="get" action="#versions" { (select("from", "From", &versions, &old.number.to_string())) (select("to", "To", &versions, &new.number.to_string())) button type="submit" { "Compare" } }
        p.hint { "Version " (old.number) ", " (time(scope, old.meta.created_at, scope.now)) ", against version " (new.number) ", " (time(scope, new.meta.created_at, scope.now)) ": what was struck out is crossed out, what came in is underlined." }
        @if changed.is_empty() { p { "Both say the same." } }
        dl.vision-parts { @for (name, a, b) in changed { div { dt { (name) } dd { (compared(a, b)) } } } }
    } }
}
