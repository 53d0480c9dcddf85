//! Markup of what an import would do, or did: figures, what is to be decided, what is kept, row by row.

use crate::{
    bring::Brought,
    choices_view::{SHOWN, said},
    report::{KeptTold, Report, RowTold, says},
};
use kernel::{Area, Result, Scope};
use web::{Markup, act_label, html, pill, points, several, when};

/// Rows of tables that are shown.
const MOST_ROWS: usize = 300;
const MOST_NOTES: usize = 12;

pub(crate) fn preview(scope: &Scope, base: &str, tried: &Result<Brought>) -> Markup {
    match tried {
        Err(refusal) => html! {
            p.banner.critical role="alert" { (refusal.sentence()) }
            p { a.button href="../import" { "Choose another file" } }
        },
        Ok(brought) => html! {
            (figures(&brought.report))
            (undecided(&brought.report))
            (ahead(&brought.report.says))
            div.row {
                @if brought.report.undecided.is_empty() && brought.report.changes() { form method="post" action={ (base) "/run" } { button.primary type="submit" { (act_label(scope, Area::Backlog, "Import")) } } }
                a.button href="../import" { "Choose another file" }
            }
            (notes(&brought.report))
            @if brought.report.apart > 0 { button.same type="submit" form="mapping" name="same" value="true" { @if brought.report.apart == 1 { "It is the same story" } @else { "They are the same stories" } } }
        },
    }
}

/// What happens at once, and what waits for whom.
pub(crate) fn ahead(says: &[String]) -> Markup {
    html! { @for sentence in says { p.banner { span { (sentence) } } } }
}

/// Story by story: what cannot come in, what is kept as it is here, and every row. As long as it can be chosen, the
/// fields are given for which the file's was.
pub(crate) fn told(scope: &Scope, r: &Report, taken: Option<&[(String, String)]>) -> Markup {
    html! { (problems(r)) (kept(&r.kept, taken)) (rows(scope, &r.rows)) }
}

/// What becomes of rows that are none.
fn bad(r: &Report) -> &'static str {
    if r.skips { "Left out" } else { "Cannot come in" }
}

pub(crate) fn figures(r: &Report) -> Markup {
    html! { dl.facts {
        @for (name, count) in [("Rows read", r.read), ("New", r.created), ("Changed", r.updated), ("Unchanged", r.unchanged), ("Features", r.features.len())].into_iter().filter(|(name, count)| *count > 0 || *name != "Features") { div { dt { (name) } dd { (count) } } }
        @if r.refused > 0 { div { dt { (bad(r)) } dd { (r.refused) } } }
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

/// Fields that stay as they are here, and those for which the file's is taken by choice.
fn kept(kept: &[KeptTold], taken: Option<&[(String, String)]>) -> Markup {
    let choice = |key: &str, field: &str, on: bool| {
        let name = format!("take:{key}:{field}");
        html! { label.check { input id=(name) type="checkbox" form="mapping" name=(name) value="true" checked[on] data-submit; "Take the file’s" } }
    };
    let chosen = taken.unwrap_or_default();
    html! { @if !kept.is_empty() || !chosen.is_empty() { section.kept { h3 { "Kept as it is here" } p.hint { "The file says something else." @if taken.is_some() { " Choose where it shall win." } }
        @if taken.is_some() { input type="hidden" form="mapping" name=(SHOWN) value="take"; }
        div.scroll tabindex="0" role="region" aria-label="Kept as it is here" { table.list.told-rows { thead { tr { th { "Story" } th { "Field" } th { "Here" } th { "In the file" } th { span.hidden { "Choice" } } } }
        tbody {
            @for (key, field) in chosen { tr { td.key { (key) } td { (says(field)) } td {} td {} td { (choice(key, field, true)) } } }
            @for k in kept.iter().take(MOST_ROWS) { tr { td.key { (k.key) } td { (k.says()) } td data-label="Here" { (k.here) } td data-label="In the file" { (k.file) }
                td { @if taken.is_some() && k.open { (choice(&k.key, k.field, false)) } @else { span.quiet { (k.why()) } } } } }
        } } }
        @if kept.len() > MOST_ROWS { p.quiet { "and " (kept.len() - MOST_ROWS) " more" } }
    } } }
}

/// What comes along, and what there is to know.
pub(crate) fn notes(r: &Report) -> Markup {
    let notes = &r.notes;
    html! {
        @if let Some(also) = r.also() { p { "With them: " (also) "." } }
        @if !notes.is_empty() { ul.notes { @for note in notes.iter().take(MOST_NOTES) { li { (note) } } } }
        @if notes.len() > MOST_NOTES { details.more { summary { (notes.len() - MOST_NOTES) " more to know" } ul.notes { @for note in notes.iter().skip(MOST_NOTES).take(MOST_ROWS) { li { (note) } } } } }
    }
}

fn problems(r: &Report) -> Markup {
    html! { @if !r.problems.is_empty() { section { h3 { (bad(r)) } table.list { thead { tr { th.num { "Row" } th { "Column" } th { "What is wrong" } } } tbody { @for p in r.problems.iter().take(MOST_ROWS) { tr { td.num { (p.row) } td dir="auto" { (p.column) } td dir="auto" { (p.reason) } } } } } } } }
}

fn rows(scope: &Scope, rows: &[RowTold]) -> Markup {
    html! { @if !rows.is_empty() { section { h3 { "Row by row" } div.scroll tabindex="0" role="region" aria-label="Row by row" { table.list.told-rows {
        thead { tr { th.num { "Row" } th { "Key" } th { "Title" } th { "Kind" } th { "Stage" } th.num { "Points" } th { span.hidden { "What happens" } } } }
        tbody { @for row in rows.iter().take(MOST_ROWS) { tr { td.num data-label="Row" { (row.row) } td.key { (row.key) @if let Some(here) = row.here.as_ref().filter(|here| **here != row.key) { " " span.quiet { @if row.key.is_empty() { (here) } @else { "here " (here) } } } }
            td.title { span dir="auto" { (row.title) } (along(scope, row)) }
            td { (said(row.kind)) } td { (said(row.stage)) } td.num.none[row.points.is_none()] data-label="Points" { (points(row.points)) } td.what { (what(row)) } } } }
    } } @if rows.len() > MOST_ROWS { p.quiet { "and " (rows.len() - MOST_ROWS) " more" } } } } }
}

/// What comes in with a row.
fn along(scope: &Scope, row: &RowTold) -> Markup {
    let today = when::day_in(scope.now, &scope.who.zone);
    let this_year = today.get(..4).unwrap_or_default();
    let day = |says: &str, day: &Option<String>| day.as_ref().map(|day| format!("{says} {}", when::short_day(day, this_year)));
    let said: Vec<String> = [
        Some(row.person.clone()),
        Some(row.epic.clone()).filter(|epic| !epic.is_empty()).map(|epic| format!("epic {epic}")),
        Some(row.sprint.clone()).filter(|sprint| !sprint.is_empty()).map(|sprint| format!("sprint {sprint}")),
        day("made", &row.created),
        day("done", &row.settled),
    ]
    .into_iter()
    .flatten()
    .filter(|said| !said.is_empty())
    .collect();
    html! { @if !said.is_empty() || !row.labels.is_empty() || !row.criteria.is_empty() || row.comments > 0 { div.along {
        @for said in &said { bdi.quiet { (said) } }
        @for label in &row.labels { span.chip dir="auto" { (label) } }
        @if row.comments > 0 { span.quiet { (several(row.comments, "comment")) } }
        @if !row.criteria.is_empty() { details.more { summary { @if row.criteria.len() == 1 { "1 criterion" } @else { (row.criteria.len()) " criteria" } } ul { @for c in &row.criteria { li dir="auto" { (c) } } } } }
    } } }
}

fn what(row: &RowTold) -> Markup {
    match row.what {
        "created" => pill("good", "new"),
        "updated" => pill("good", "changed"),
        "feature" => pill("good", "a feature"),
        "kept" => pill("neutral", "kept as it is"),
        "removed" => pill("neutral", "removed here"),
        other => pill("neutral", other),
    }
}
