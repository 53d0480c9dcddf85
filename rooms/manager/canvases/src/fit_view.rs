//! Markup of the fit of a value proposition: three figures, and which pain or gain is answered by what.

use crate::{
    canvas_views::stands,
    fit::{Answered, Fit, Share, Stands},
    rows::Whole,
};
use kernel::{Noun, Scope, Uuid};
use web::{Markup, capital, html, keyed, meter, telling::percent};

/// "3 of 5 pains answered, 60 %".
fn figure(says: &str, share: Share) -> Markup {
    html! { div { dt { (says) } dd { @match share.fit() {
        Some(fit) => { strong { (percent(fit)) } " " (meter(says, fit)) span.quiet { (share.answered) " of " (share.all) " answered" @if share.only_said > 0 { ", " (share.only_said) " only said to be" } } }
        None => { span.quiet { "nothing written yet" } }
    } } } }
}

pub(crate) fn summary(fit: &Fit) -> Markup {
    html! { section.fit aria-label="Fit" {
        dl.facts { (figure("Fit", fit.both())) (figure("Pains", fit.pains)) (figure("Gains", fit.gains)) }
        p.hint { "A pain or gain is answered where an initiative or feature delivers a reliever or creator that answers it, or an initiative addresses the need behind it. Fit is the share of answered ones; what was dropped doesn’t count." }
    } }
}

/// Which pain or gain is answered by what; what is answered by nothing first.
pub(crate) fn table(scope: &Scope, whole: &Whole, fit: &Fit) -> Markup {
    let mut all: Vec<&Answered> = fit.answered.iter().collect();
    all.sort_by_key(|one| match one.stands() {
        Stands::ByNothing => 0,
        Stands::OnlySaid => 1,
        Stands::Answered => 2,
    });
    let open = |id: Uuid| format!("canvases?show={}&open={}", whole.canvas.id(), id.simple());
    let named =
        |id: Uuid| html! { @if let Some(note) = whole.note(id) { a href=(open(id)) data-panel dir="auto" { (web::clipped(&note.body, 120)) } } };
    html! { @if !all.is_empty() { section { h2 { "What is answered by what" }
        div.scroll tabindex="0" role="region" aria-label="What is answered by what" { table.list.answers.stacked {
            thead { tr { th { "Pain or gain" } th { "Answered by" } th { "What delivers it" } th { "Stands" } } }
            tbody { @for one in all { tr {
                td { @if let Some(note) = whole.note(one.note) { span.quiet { (capital(note.cell.says().trim_end_matches('s'))) " " } } (named(one.note)) }
                td data-label="Answered by" { @for (n, by) in one.by.iter().enumerate() { @if n > 0 { br; } (named(*by)) } }
                td data-label="What delivers it" { @for (n, work) in one.works.iter().filter_map(|id| whole.works.get(id)).enumerate() { @if n > 0 { br; } a href={ "roadmap?open=" (work.number) } { (keyed(scope, work.number, &work.title)) } } }
                td { (stands(one.stands())) }
            } } }
        } }
        @if !fit.idle.is_empty() { p.hint { "What answers nothing that is written here: " @for (n, id) in fit.idle.iter().enumerate() { @if n > 0 { ", " } (named(*id)) } "." } }
    } } }
}
