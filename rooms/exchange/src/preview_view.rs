//! Markup of what an import would do, or did: figures, what is to be decided, what is kept, row by row.

use crate::{
    bring::Brought,
    choices_view::said,
    report::{KeptTold, Report, RowTold},
};
use kernel::{Area, Result, Scope};
use web::{Markup, act_label, html, pill, points, several, who_decides};

/// Rows of tables that are shown.
const MOST_ROWS: usize = 300;
const MOST_NOTES: usize = 12;

pub(crate) fn preview(scope: &Scope, base: &str, tried: &Result<Brought>) -> Markup {
    match tried {
        Err(refusal) => html! { p.banner.critical role="alert" { (refusal.sentence()) } },
        Ok(brought) => html! {
            (figures(&brought.report))
            (undecided(&brought.report))
            @if let Some(title) = &brought.proposed { p.banner { "This would become one proposal: " strong { bdi { (title) } } ". " (who_decides(scope, Area::Backlog)) } }
            @if let Some(title) = &brought.features { p.banner { "Beside it: " strong { bdi { (title) } } ", as one proposal. " (who_decides(scope, Area::Roadmap)) } }
            @if brought.report.undecided.is_empty() && !brought.report.rows.is_empty() { form method="post" action={ (base) "/run" } { button.primary type="submit" { (act_label(scope, Area::Backlog, "Import")) } } }
            (also(&brought.report))
            (kept(&brought.report.kept, true))
            (notes(&brought.report.notes))
            (problems(&brought.report))
            (rows(&brought.report.rows))
        },
    }
}

/// The same of what was done.
pub(crate) fn account(r: &Report) -> Markup {
    html! { (figures(r)) (also(r)) (kept(&r.kept, false)) (notes(&r.notes)) (problems(r)) (rows(&r.rows)) }
}

fn figures(r: &Report) -> Markup {
    html! { dl.facts {
        @for (name, count) in [("Rows read", r.read), ("Created", r.created), ("Updated", r.updated), ("Unchanged", r.unchanged)] { div { dt { (name) } dd { (count) } } }
        @if r.refused > 0 { div { dt { "Cannot come in" } dd { (r.refused) } } }
        @for (what, count) in &r.left_out { div { dt { "Left out: " (what) } dd { (count) } } }
    } }
}

/// What is to be decided before it can run, with the button that does.
fn undecided(r: &Report) -> Markup {
    html! { @for sentence in &r.undecided { div.banner.warning role="status" { p dir="auto" { (sentence) }
        @if sentence.contains("cannot come in") { button type="submit" form="mapping" name="skip_bad" value="true" { "Leave " (if r.refused == 1 { "it" } else { "them" }) " out" } }
        @else { button type="submit" form="mapping" name="open_unknown" value="true" { "Leave " (if r.states.values().filter(|s| !s.known).count() == 1 { "it" } else { "them" }) " open" } }
    } } }
}

/// What comes along with the stories.
fn also(r: &Report) -> Markup {
    let mut parts: Vec<String> = vec![];
    let mut add = |count: usize, noun: &str| {
        if count > 0 {
            parts.push(several(count, noun))
        }
    };
    add(r.comments, "comment");
    add(r.parts, "link to a parent");
    add(r.sprints.len(), "sprint");
    add(r.features.len(), "feature");
    if r.criteria > 0 {
        parts.insert(0, if r.criteria == 1 { "1 acceptance criterion".into() } else { format!("{} acceptance criteria", r.criteria) });
    }
    html! { @if !parts.is_empty() { p.hint { "With them: " (parts.join(", ").replace("link to a parents", "links to a parent")) "." } } }
}

/// Fields that stay as they are here; `open` offers the file's.
fn kept(kept: &[KeptTold], open: bool) -> Markup {
    html! { @if !kept.is_empty() { section.kept { h3 { "Kept as it is here" } p.hint { "The file says something else." @if open { " Choose where it shall win." } }
        div.scroll tabindex="0" role="region" aria-label="Kept" { table.list { thead { tr { th { "Story" } th { "" } th { "Here" } th { "In the file" } th { "" } } }
        tbody { @for k in kept.iter().take(MOST_ROWS) { tr { td.key { (k.key) } td { (k.says()) } td { (k.here) } td { (k.file) }
            td { @if open && k.can_be_taken() { label.check { input type="checkbox" form="mapping" name={ "take:" (k.key) ":" (k.field) } value="true" data-submit; "Take the file’s" } } @else { span.quiet { (k.why()) } } } } } } } }
        @if kept.len() > MOST_ROWS { p.quiet { "and " (kept.len() - MOST_ROWS) " more" } }
    } } }
}

fn notes(notes: &[String]) -> Markup {
    html! {
        @if !notes.is_empty() { ul.notes { @for note in notes.iter().take(MOST_NOTES) { li { (note) } } } }
        @if notes.len() > MOST_NOTES { details.more { summary { (notes.len() - MOST_NOTES) " more to know" } ul.notes { @for note in notes.iter().skip(MOST_NOTES).take(MOST_ROWS) { li { (note) } } } } }
    }
}

fn problems(r: &Report) -> Markup {
    html! { @if !r.problems.is_empty() { table.list { thead { tr { th.num { "Row" } th { "Column" } th { "What is wrong" } } } tbody { @for p in r.problems.iter().take(MOST_ROWS) { tr { td.num { (p.row) } td dir="auto" { (p.column) } td dir="auto" { (p.reason) } } } } } } }
}

fn rows(rows: &[RowTold]) -> Markup {
    html! { @if !rows.is_empty() { h3 { "Row by row" } div.scroll tabindex="0" role="region" aria-label="Rows" { table.list.rows-told {
        thead { tr { th.num { "Row" } th { "Key" } th { "Title" } th { "Kind" } th { "Stage" } th.num { "Points" } th { "" } } }
        tbody { @for row in rows.iter().take(MOST_ROWS) { tr { td.num { (row.row) } td.key { (row.key) }
            td.title { bdi { (row.title) }
                @for label in &row.labels { " " span.chip dir="auto" { (label) } }
                @if !row.criteria.is_empty() { details { summary.quiet { @if row.criteria.len() == 1 { "1 criterion" } @else { (row.criteria.len()) " criteria" } } ul { @for c in &row.criteria { li dir="auto" { (c) } } } } }
                @if row.comments > 0 { " " span.quiet { (several(row.comments, "comment")) } } }
            td { (said(row.kind)) } td { (said(row.stage)) } td.num { (points(row.points)) } td { (what(row)) } } } }
    } } @if rows.len() > MOST_ROWS { p.quiet { "and " (rows.len() - MOST_ROWS) " more" } } } }
}

fn what(row: &RowTold) -> Markup {
    match row.what {
        "created" => pill("good", "created"),
        "kept" => pill("neutral", "kept as it is"),
        "removed" => pill("neutral", "removed here"),
        other => pill("neutral", other),
    }
}
