//! Markup of the page of a retrospective, by where it stands.

use crate::{
    board_view, health_view,
    model::*,
    notes::Written,
    rows::{Alone, Board, Read},
    views::{self, opens, press, who},
};
use kernel::{Noun, Scope};
use notices::Around;
use web::{Markup, action, area_field, html, limited, model_drafts, several};

/// While everyone writes alone.
pub(crate) fn alone(scope: &Scope, read: &Read, alone: &Alone, around: &Around) -> Markup {
    let retro = &read.retro;
    let id = retro.id().to_string();
    html! {
        (views::head(scope, read))
        p.lead { "Note what comes to mind, on any day: nobody else reads it before all notes are revealed together" @if retro.anonymous { ", and then they carry no names." } @else { ", each with its name." } }
        (who(read, &alone.wrote, "wrote"))
        div.retro-columns { @for (pile, name) in retro.columns.iter().enumerate() { (column(scope, retro, pile, name, &alone.own)) } }
        div.row {
            (opens(scope, "reveal", "Reveal all notes", "primary", "retro.reveal", "Reveal them now", html! {
                input type="hidden" name="retro" value=(id);
                p { "This begins the meeting: everybody who is there reads all notes, and nobody can take one back. What was rated is told, too." } }))
            (views::arrange(scope, read))
            (opens(scope, "end", "Close without a meeting", "plain", "retro.end", "Close it", html! {
                input type="hidden" name="retro" value=(id); p { "What was written is thrown away, and nobody will have read it." } }))
        }
        (views::earlier_actions(scope, read))
        (health_view::rate(scope, read, alone))
        (views::earlier(scope, read))
        (views::said(scope, read, around))
    }
}

/// A column with one's own notes, and the line for another.
fn column(scope: &Scope, retro: &Retro, pile: usize, name: &str, own: &[Written]) -> Markup {
    let id = retro.id().to_string();
    html! { section.lane aria-label=(name) {
        header { h2 dir="auto" { (name) } }
        @let hint = retro.style.hint(name); @if !hint.is_empty() { p.hint { (hint) } }
        @for note in own.iter().filter(|note| usize::try_from(note.pile) == Ok(pile)) { @let note_id = note.id.simple().to_string(); article.card.retro-note {
            p dir="auto" { (note.body) }
            @if is_there(scope) { div.row {
                (opens(scope, &format!("change-{note_id}"), "Change", "plain", "retro.note", "Save", html! {
                    input type="hidden" name="retro" value=(id); input type="hidden" name="pile" value=(pile); input type="hidden" name="note" value=(note_id);
                    (area_field("body", "What it is to say", &note.body, 3)) }))
                (press(scope, "retro.unnote", &[("retro", &id), ("note", &note_id)], "Take back", "plain"))
            } }
        } }
        @if is_there(scope) { form.stack method="post" action=(action(scope, "retro.note")) data-act {
            input type="hidden" name="retro" value=(id); input type="hidden" name="pile" value=(pile);
            (limited("retro.note", area_field("body", "Your note", "", 2)))
            p.error data-error="" {} button type="submit" { "Seal the note" }
        } }
    } }
}

/// From revealing on.
pub(crate) fn meeting(scope: &Scope, read: &Read, board: &Board, around: &Around) -> Markup {
    let (retro, phase) = (&read.retro, read.retro.phase());
    let id = retro.id().to_string();
    let told = retro.revealed_at.is_some();
    let loose = board.topics.iter().filter(|topic| topic.theme.is_none()).count();
    html! {
        (views::head(scope, read))
        @match phase {
            Phase::Grouping => { p.lead { "Talk about what is there. Put notes together that say the same: drag one onto another, or choose below it." } }
            Phase::Voting => { p.lead { "Everybody has " (several(retro.dots, "dot")) ". Who gave what stays sealed; what got how many is told when all are opened together." } }
            Phase::Deciding => { p.lead { "This matters most to you, by your dots. Agree on what is to change, who sees to it, and until when." } }
            Phase::Over if !told => { p.hint { "It was closed before its notes were revealed." } }
            _ => { p.lead { "What was said, by the dots it got, and what was agreed on." } }
        }
        @if phase == Phase::Deciding { (views::actions(scope, read)) }
        @match phase {
            Phase::Grouping => { (board_view::suggested(scope, retro, board)) (board_view::columns(scope, read, board))
                div.row { @if !board.topics.is_empty() { (opens(scope, "vote", "Begin the vote", "primary", "retro.vote_begin", "Begin the vote", html! {
                    input type="hidden" name="retro" value=(id); p { "From then on notes stay together as they are, and none is added." } })) }
                    (model_drafts(scope, is_there(scope) && loose > 1, &format!("retro={id}"), "Draft groups")) } }
            Phase::Voting => { (board_view::ballot(scope, read, board)) }
            _ => { @if !board.topics.is_empty() { (board_view::result(read, board)) } }
        }
        @if phase != Phase::Deciding && told { (views::actions(scope, read)) }
        (views::earlier_actions(scope, read))
        (views::timeline(scope, &board.facts))
        (health_view::told(read))
        @if phase != Phase::Over { div.row { (opens(scope, "end", "Close the retrospective", if phase == Phase::Deciding { "primary" } else { "plain" }, "retro.end", "Close it", html! {
            input type="hidden" name="retro" value=(id); p { "It is over then. Its actions go on, and come back at the next one." @if phase == Phase::Voting { " The dots that were given are thrown away; open the vote first to keep them." } } })) } }
        (views::earlier(scope, read))
        (views::said(scope, read, around))
    }
}
