//! Markup of notes that lie open: in their columns, put together, voted on, and by what they got.

use crate::{
    model::*,
    rows::{Board, Read, Topic},
    views::{opens, press, who},
};
use kernel::{Noun, Scope};
use web::{Markup, action, area_field, clipped, field, html, limited, pill, select, several};

/// The columns with their notes; each note or group is a place onto which another can be dropped.
pub(crate) fn columns(scope: &Scope, read: &Read, board: &Board) -> Markup {
    let retro = &read.retro;
    let id = retro.id().to_string();
    html! { div.retro-columns role="group" aria-label="Notes" { @for (pile, name) in retro.columns.iter().enumerate() { section.lane aria-label=(name) {
        header { h2 dir="auto" { (name) } }
        @let hint = retro.style.hint(name); @if !hint.is_empty() { p.hint { (hint) } }
        @for topic in board.topics.iter().filter(|topic| usize::try_from(topic.pile()) == Ok(pile)) { (place(scope, read, board, topic)) }
        @if is_there(scope) { form.stack method="post" action=(action(scope, "retro_note.add")) data-act {
            input type="hidden" name="retro" value=(id); input type="hidden" name="pile" value=(pile);
            (limited("retro_note.add", area_field("body", "Another note", "", 2)))
            p.hint { "Added in the open, under your name." }
            p.error data-error="" {} button type="submit" { "Add the note" }
        } }
    } } } }
}

/// A group with its notes, or a note on its own.
fn place(scope: &Scope, read: &Read, board: &Board, topic: &Topic) -> Markup {
    let id = topic.id().simple().to_string();
    html! { section.retro-pile .grouped[topic.theme.is_some()] data-drop=[is_there(scope).then_some("retro")] data-fixed data-onto=(id) aria-label=(clipped(topic.says(), 80)) {
        @if let Some(theme) = &topic.theme { header { h3 dir="auto" { (theme.name) } " " span.quiet { (several(topic.notes.len(), "note")) }
            (opens(scope, &format!("name-{id}"), "Name it", "plain", "retro_theme.name", "Name it", html! { input type="hidden" name="retro_theme" value=(id); (field("name", "Name", &theme.name)) })) } }
        @for note in &topic.notes { (card(scope, read, board, note)) }
    } }
}

fn card(scope: &Scope, read: &Read, board: &Board, note: &RetroNote) -> Markup {
    let id = note.id().to_string();
    html! { article.card.retro-note data-id=(id) {
        p dir="auto" { (note.body) }
        @if let Some(member) = note.member { p.byline { bdi { (read.person(member)) } } }
        (opens(scope, &format!("group-{id}"), "Put together with", "plain", "retro_note.group", "Put it there", html! {
            input type="hidden" name="retro_note" value=(id); (select("onto", "Which", &onto(board, note), "")) }))
    } }
}

/// What a note can be put onto.
fn onto(board: &Board, note: &RetroNote) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "Nothing: it stands on its own".to_owned())];
    let others =
        board.topics.iter().filter(|topic| topic.id() != note.meta.id && topic.theme.as_ref().is_none_or(|theme| note.theme != Some(theme.id())));
    all.extend(others.map(|topic| (topic.id().simple().to_string(), clipped(topic.says(), 60))));
    all
}

/// Notes that likely say the same, each group with the press that puts it together.
pub(crate) fn suggested(scope: &Scope, retro: &Retro, board: &Board) -> Markup {
    html! { @if is_there(scope) && !board.suggested.is_empty() { section.retro-suggested #suggested { h2 { "These say much the same" }
        ul.lines { @for group in &board.suggested { @if let Some(first) = group.first() { li.long {
            ul { @for note in group { li dir="auto" { (note.body) } } }
            form.act method="post" action=(action(scope, "retro_theme.make")) data-act {
                input type="hidden" name="retro" value=(retro.id()); input type="hidden" name="name" value=(clipped(first.body.lines().next().unwrap_or_default(), 60));
                @for note in group { input type="hidden" name="notes" value=(note.id()); }
                button type="submit" { "Put these " (group.len()) " together" }
            }
        } } } }
    } } }
}

/// Giving one's dots.
pub(crate) fn ballot(scope: &Scope, read: &Read, board: &Board) -> Markup {
    let retro = &read.retro;
    let id = retro.id().to_string();
    html! { section.retro-ballot #ballot {
        (who(read, &board.voted, "voted"))
        @if is_there(scope) {
            @if board.own.is_some() { p.banner.good { span { "Your dots are sealed; until all are opened you can still give them otherwise." } } }
            form.stack method="post" action=(action(scope, "retro.vote")) data-act aria-label="Give your dots" {
                input type="hidden" name="retro" value=(id);
                ul.lines { @for topic in &board.topics { @let of = topic.id(); @let name = format!("dots.{}", of.simple()); li {
                    (topic_says(read, topic))
                    label.dots { span.hidden { "Dots for “" bdi { (clipped(topic.says(), 80)) } "”" } input type="number" inputmode="numeric" min="0" max=(retro.dots) step="1" name=(name) value=[board.own.as_ref().and_then(|dots| dots.get(&of))] placeholder="0"; span.error data-error=(name) {} }
                } } }
                p.error data-error="" {}
                div.row { button.primary type="submit" { "Seal my dots" } span.quiet { "You have " (several(retro.dots, "dot")) "; several can go to the same." } }
            }
            @if !board.voted.is_empty() { (press(scope, "retro.count", &[("retro", &id)], "Open the votes", "")) }
        }
    } }
}

/// A group with its notes folded, or the note itself.
fn topic_says(read: &Read, topic: &Topic) -> Markup {
    let column = usize::try_from(topic.pile()).ok().and_then(|pile| read.retro.columns.get(pile)).map_or("", String::as_str);
    html! { div.what {
        @match &topic.theme {
            Some(theme) => { strong dir="auto" { (theme.name) } details.more { summary { (several(topic.notes.len(), "note")) } ul { @for note in &topic.notes { li { bdi { (note.body) } @if let Some(member) = note.member { " " span.quiet { bdi { (read.person(member)) } } } } } } } }
            None => { span dir="auto" { (topic.says()) } @if let Some(member) = topic.notes.first().and_then(|note| note.member) { " " span.quiet { bdi { (read.person(member)) } } } }
        }
        @if !column.is_empty() { p.quiet dir="auto" { (column) } }
    } }
}

/// By the dots they got.
pub(crate) fn result(read: &Read, board: &Board) -> Markup {
    html! { section.retro-result #result { h2 { "What matters most" }
        ol.lines { @for topic in &board.topics { li { (topic_says(read, topic)) @if topic.dots() > 0 { (pill("good", &several(topic.dots(), "dot"))) } @else { span.quiet { "no dots" } } } } }
    } }
}
