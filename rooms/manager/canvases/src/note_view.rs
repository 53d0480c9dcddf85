//! Markup of one note: what stands behind it, what answers it, and what became of it.

use crate::{
    boxes::Cell,
    canvas_views::stands,
    fit::Fit,
    model::*,
    rows::{BEHIND, Whole},
};
use customers::Evidence;
use kernel::{Area, Noun, Scope, Uuid};
use roadmap::Initiative;
use web::{Markup, area_field, capital, command_form, date, disclosure, field, html, join, keyed, may, options, pill, select, small_act, unjoin};

/// What is shown beside a note.
pub(crate) struct Known<'a> {
    pub whole: &'a Whole,
    pub fit: Option<&'a Fit>,
    pub behind: &'a [Evidence],
    /// The bets that may rest on it.
    pub bets: &'a [Initiative],
    pub history: &'a activity::History,
}

pub(crate) fn panel(scope: &Scope, note: &CanvasNote, known: &Known) -> Markup {
    let (whole, id) = (known.whole, note.id().to_string());
    let hidden = html! { input type="hidden" name="canvas_note" value=(id); };
    html! {
        p.crumb data-thing={ "canvas_note:" (id) } { (capital(note.cell.says())) " · " bdi { (whole.canvas.title) } " · " a href={ "thread?of=canvas_note&id=" (id) } { "Thread" } }
        h2 dir="auto" { (note.body) }
        @if let Some(one) = known.fit.and_then(|fit| fit.of(note.meta.id)) { p { (stands(one.stands())) } }
        div.row {
            (disclosure("edit-note", "Edit", "", command_form(scope, AREA, "canvas_note.edit", "Save", html! { (hidden) input type="hidden" name="version" value=(note.meta.version); (area_field("body", "Note", &note.body, 3)) })))
            (disclosure("move-note", "Move", "plain", command_form(scope, AREA, "canvas_note.move", "Move note", html! { (hidden) (select("cell", "To the box", &options(whole.canvas.kind.cells()), note.cell.word())) })))
            (small_act(scope, AREA, "canvas_note.remove", &[("canvas_note", &id)], "trash-2", "Take this note from the canvas"))
        }
        (answers(scope, note, known))
        h3 { "What became of it" }
        (became(scope, note, known))
        @if scope.sees(Area::Customers) {
            h3 { "The need it speaks of" }
            @match note.need.and_then(|need| Some((need, whole.needs.get(&need.0)?))) {
                Some((need, title)) => { p { a href={ "customers?open=" (need) } dir="auto" { (title) } (unjoin(scope, (CanvasNote::TABLE, note.meta.id), ("need", need.0), "It speaks of another need")) } }
                None => { p { (join(scope, CanvasNote::TABLE, note.meta.id, "need", "Link a need", "plain")) } @if !may(scope, AREA) { p.hint { "No need is linked to it." } } }
            }
            h3 { "What stands behind it" }
            (evidence(scope, note, known.behind))
        }
        (activity::history_view(scope, known.history))
    }
}

fn evidence(scope: &Scope, note: &CanvasNote, behind: &[Evidence]) -> Markup {
    html! {
        @if behind.is_empty() { p.hint { "Nothing yet: it is assumed." } }
        ul.quotes { @for piece in behind.iter().take(BEHIND) { li {
            q dir="auto" { (web::clipped(&piece.quote, 400)) } " "
            a.quiet href={ "customers?show=" (piece.id()) "#e-" (piece.id()) } { @if !piece.source.is_empty() { bdi { (piece.source) } ", " } (date(scope, &piece.noted_on)) }
            (unjoin(scope, (CanvasNote::TABLE, note.meta.id), ("evidence", piece.meta.id), "Unlink this evidence"))
        } } }
        @if behind.len() > BEHIND { p.hint { "These are the newest " (BEHIND) "; there is more." } }
        (join(scope, CanvasNote::TABLE, note.meta.id, "evidence", "Link evidence", "plain"))
    }
}

/// Where it leads, and the ways to make something of it.
fn became(scope: &Scope, note: &CanvasNote, known: &Known) -> Markup {
    let (whole, id) = (known.whole, note.id().to_string());
    let hidden = html! { input type="hidden" name="canvas_note" value=(id); };
    let work = |id: Option<Uuid>| id.and_then(|id| Some((id, whole.works.get(&id)?)));
    let (bet, slice) = (work(note.initiative.map(|id| id.0)), work(note.feature.map(|id| id.0)));
    let risk = note.risk.and_then(|id| whole.risks.get(&id.0));
    let test = note.assumption_test.and_then(|id| whole.tests.get(&id.0));
    let title = field("title", "Called", &web::clipped(note.body.lines().next().unwrap_or(""), 299));
    let delivers = matches!(note.cell, Cell::Offers | Cell::Relievers | Cell::Creators);
    html! {
        ul.lines {
            @if let Some((of, bet)) = bet { li { a.what href={ "roadmap?open=" (bet.number) } { (keyed(scope, bet.number, &bet.title)) } span.quiet { "initiative, " (bet.state.says()) } (unjoin(scope, ("initiative", of), (CanvasNote::TABLE, note.meta.id), "This initiative has nothing to do with it")) } }
            @if let Some((of, slice)) = slice { li { a.what href={ "roadmap?open=" (slice.number) } { (keyed(scope, slice.number, &slice.title)) } span.quiet { "feature, " (slice.state.says()) } (unjoin(scope, ("feature", of), (CanvasNote::TABLE, note.meta.id), "This feature has nothing to do with it")) } }
            @if let Some(risk) = risk { li { a.what href={ "risks?open=" (risk.id()) } { bdi { (risk.title) } } span.quiet { "risk, " (risk.state.says()) } } }
            @if let Some(test) = test { li { a.what href={ "opportunities?test=" (test.id()) "#t-" (test.id()) } { bdi { (test.assumption) } } span.quiet { "assumption, " (test.result.map_or("not tested yet", |result| result.says())) } } }
        }
        @if bet.is_none() && slice.is_none() && risk.is_none() && test.is_none() { p.hint { "Nothing yet." } }
        div.row {
            @if bet.is_none() { (disclosure("note-initiative", "Make an initiative of it", "", command_form(scope, Area::Roadmap, "canvas_note.become_initiative", "Make initiative", html! { (hidden) (title) p.hint { "It stands under Later, says where it is from, and addresses the need that the note speaks of." } }))) }
            @if risk.is_none() { (disclosure("note-risk", "Make a risk of it", "plain", command_form(scope, AREA, "canvas_note.become_risk", "Make risk", html! { (hidden) (title)
                div.pair { (select("likelihood", "How likely", &options(Degree::ALL), Degree::Middling.word())) (select("impact", "How bad", &options(Degree::ALL), Degree::Middling.word())) } }))) }
            @if test.is_none() && !known.bets.is_empty() { (disclosure("note-assumption", "Make an assumption of it", "plain", command_form(scope, Area::Roadmap, "canvas_note.become_assumption", "Make assumption", html! { (hidden)
                (field("title", "What has to be true", &web::clipped(note.body.lines().next().unwrap_or(""), 299)))
                (select("initiative", "The bet that rests on it", &bets(scope, known.bets), ""))
                (area_field("trial", "How you try it out", "", 2)) (field("expects", "What you will see where it holds", "")) }))) }
            @if delivers && bet.is_none() { (join(scope, CanvasNote::TABLE, note.meta.id, "initiative", "Link an initiative", "plain")) }
            @if delivers && slice.is_none() { (join(scope, CanvasNote::TABLE, note.meta.id, "feature", "Link a feature", "plain")) }
        }
    }
}

fn bets(scope: &Scope, bets: &[Initiative]) -> Vec<(String, String)> {
    bets.iter().map(|bet| (bet.number.to_string(), format!("{} {}", scope.key(bet.number), bet.title))).collect()
}

/// Of a reliever or creator what it answers, of a pain or gain what answers it.
fn answers(scope: &Scope, note: &CanvasNote, known: &Known) -> Markup {
    let whole = known.whole;
    let (says, none, cell, forward) = match (note.cell.answers(), note.cell.answered_by()) {
        (Some(cell), _) => ("What it answers", "It answers nothing yet.", cell, true),
        (_, Some(cell)) => ("What answers it", "Nothing answers it yet.", cell, false),
        _ => return html! {},
    };
    let ends = |other: &CanvasNote| if forward { (note.meta.id, other.meta.id) } else { (other.meta.id, note.meta.id) };
    let (linked, free): (Vec<&CanvasNote>, Vec<&CanvasNote>) = whole.of(cell).partition(|other| whole.answers.contains(&ends(other)));
    let choices: Vec<(String, String)> = free.iter().map(|other| (other.id().to_string(), web::clipped(&other.body, 90))).collect();
    let here = note.id().to_string();
    let through: Vec<&Uuid> = note.need.and_then(|need| whole.through.get(&need.0)).into_iter().flatten().collect();
    html! {
        h3 { (says) }
        @if linked.is_empty() && (forward || through.is_empty()) { p.hint { (none) } }
        ul.lines { @for other in linked { li { a.what href={ "canvases?show=" (other.canvas) "&open=" (other.id()) } data-panel dir="auto" { (other.body) }
            @let (from, to) = ends(other);
            (small_act(scope, AREA, "canvas_note.unanswer", &[("canvas_note", &from.simple().to_string()), ("answered", &to.simple().to_string())], "x", "Take this link away")) } } }
        @if !forward { @for work in through.into_iter().filter_map(|id| whole.works.get(id)) { p { a href={ "roadmap?open=" (work.number) } { (keyed(scope, work.number, &work.title)) } " " span.quiet { "addresses the need behind it" } @if work.state == roadmap::BetState::Dropped { " " (pill("neutral", "dropped")) } } } }
        @if !choices.is_empty() { (disclosure("answer-note", if forward { "It answers …" } else { "Answered by …" }, "plain", command_form(scope, AREA, "canvas_note.answer", "Link", html! {
            @if forward { input type="hidden" name="canvas_note" value=(here); (select("answered", &capital(cell.says()), &choices, "")) }
            @else { input type="hidden" name="answered" value=(here); (select("canvas_note", &capital(cell.says()), &choices, "")) } }))) }
    }
}
