//! Markup of one cause: what is thought of it, why it is so, what speaks for it, and what is done about it.

use crate::{
    model::*,
    rows::{BEHIND, Hanging, Proposed},
    views::held,
};
use backlog::StoryKind;
use customers::Evidence;
use kernel::{Area, Noun, Scope};
use web::{Markup, area_field, capital, command_form, date, disclosure, field, html, join, keyed, options, select, small_act, unjoin};

pub(crate) fn panel(
    scope: &Scope,
    inquiry: &Inquiry,
    note: &CauseNote,
    (notes, hanging, behind): (&[CauseNote], &Hanging, &[Evidence]),
    proposed: &[Proposed],
    history: &activity::History,
) -> Markup {
    let id = note.id().to_string();
    let hidden = html! { input type="hidden" name="cause_note" value=(id); };
    let above = note.under.and_then(|id| notes.iter().find(|one| one.id() == id));
    html! {
        p.crumb data-thing={ "cause_note:" (id) } { (capital(note.bone.says())) " · " bdi { (inquiry.title) } }
        h2 dir="auto" { (note.body) }
        p { (held(note.held)) @if note.held == Held::Open { span.quiet { "Not looked into yet." } } @if !note.why.is_empty() { " " span dir="auto" { (note.why) } } }
        @if let Some(above) = above { p.quiet { "A reason of " a href={ "?show=" (note.inquiry) "&open=" (above.id()) } data-panel dir="auto" { (above.body) } } }
        @if !note.slice.is_empty() { p.quiet { "About the part " a href={ "causes?show=" (note.inquiry) "&within=" (web::text::encode(&note.slice)) } dir="auto" { (note.slice.replace('\n', " and ")) } } }
        div.row {
            (disclosure("judge-cause", "Judge it", "", command_form(scope, AREA, "cause_note.judge", "Say so", html! { (hidden) (select("held", "It is", &options(Held::ALL), note.held.word())) (area_field("why", "What says so", &note.why, 3)) })))
            (disclosure("why-cause", "Why is that?", "", command_form(scope, AREA, "cause_note.write", "Write it down", html! { input type="hidden" name="inquiry" value=(note.inquiry); input type="hidden" name="under" value=(id); (area_field("body", "Because …", "", 2)) })))
            (disclosure("edit-cause", "Edit", "plain", command_form(scope, AREA, "cause_note.edit", "Save", html! { (hidden) input type="hidden" name="version" value=(note.meta.version); (area_field("body", "Cause", &note.body, 3)) (select("bone", "Of which kind", &options(Bone::ALL), note.bone.word())) })))
            (small_act(scope, AREA, "cause_note.remove", &[("cause_note", &id)], "trash-2", "Remove this cause and its reasons"))
        }
        h3 { "What speaks for it" }
        @if behind.is_empty() { p.hint { "No evidence is linked to it." } }
        ul.quotes { @for piece in behind.iter().take(BEHIND) { li {
            q dir="auto" { (web::clipped(&piece.quote, 400)) } " "
            a.quiet href={ "customers?show=" (piece.id()) "#e-" (piece.id()) } { @if !piece.source.is_empty() { bdi { (piece.source) } ", " } (date(scope, &piece.noted_on)) }
            (unjoin(scope, (CauseNote::TABLE, note.meta.id), ("evidence", piece.meta.id), "Unlink this evidence"))
        } } }
        @if behind.len() > BEHIND { p.hint { "These are the newest " (BEHIND) "; there is more." } }
        (join(scope, CauseNote::TABLE, note.meta.id, "evidence", "Link evidence", "plain"))
        h3 { "What is done about it" }
        @match note.story.and_then(|id| hanging.stories.get(&id.0)) {
            Some(story) => { p { a href={ "story/" (story.number) } { (keyed(scope, story.number, &story.title)) } } }
            // It is not proposed twice while it waits.
            None if !proposed.is_empty() => { @for story in proposed { p { "A story is proposed and waits to be signed: " a href={ "decisions?show=" (story.id.simple()) "#p-" (story.id.simple()) } { bdi { (story.title) } } "." } } }
            None => {
                p.hint { "Nothing yet." }
                (disclosure("cause-story", "Make a story of it", "", command_form(scope, Area::Backlog, "cause_note.become_story", "Make story", html! { (hidden)
                    (field("title", "What is to be done", "")) (select("kind", "As", &options(StoryKind::ALL), StoryKind::Bug.word()))
                    p.hint { "It stands at the end of the backlog, with this cause and what says so." } })))
            }
        }
        (activity::history_view(scope, history))
    }
}
