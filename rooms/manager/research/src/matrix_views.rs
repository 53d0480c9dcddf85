//! Markup of the competitors' page: the matrix, and who they are.

use crate::{
    matrix_rows::{Age, Matrix},
    model::*,
    trend_views::ways,
};
use kernel::{Noun, Scope};
use web::{Markup, area_field, capital, command_form, date, disclosure, empty, field, html, may, pill, several};

/// In few words, for a cell.
pub(crate) fn short(level: Level) -> &'static str {
    match level {
        Level::Missing => "Missing",
        Level::Partial => "Partial",
        Level::Full => "Full",
        Level::Best => "Best",
    }
}

pub(crate) fn competitor_fields(competitor: Option<&Competitor>) -> Markup {
    let text = |of: fn(&Competitor) -> &String| competitor.map_or("", |c| of(c).as_str());
    html! {
        (field("name", "Name", text(|c| &c.name)))
        (field("url", "Address", text(|c| &c.url)))
        (area_field("positioning", "For whom they are, and as what they want to be seen", text(|c| &c.positioning), 2))
        (area_field("strengths", "Strengths", text(|c| &c.strengths), 2))
        (area_field("weaknesses", "Weaknesses", text(|c| &c.weaknesses), 2))
        (area_field("pricing", "Pricing", text(|c| &c.pricing), 2))
    }
}

pub(crate) fn create_button(scope: &Scope) -> Markup {
    disclosure(
        "new-competitor",
        "Add a competitor",
        "primary",
        command_form(scope, AREA, "competitor.create", "Add competitor", competitor_fields(None)),
    )
}

fn add_capability(scope: &Scope) -> Markup {
    let fields = html! { (field("name", "Capability", "")) (area_field("note", "What counts as full, so that all are graded alike", "", 2)) };
    disclosure("new-capability", "Add a capability", "", command_form(scope, AREA, "capability.create", "Add capability", fields))
}

fn bring_in(scope: &Scope) -> Markup {
    let fields = html! {
        label.field { span { "Table (.csv)" } input type="file" accept=".csv,.tsv,.txt,text/csv" data-reads="table"; }
        label.field { span { "Or its text" } textarea name="table" rows="5" spellcheck="false" placeholder="Capability,Competitor,Grade,Source,Address,Seen on" {} span.error data-error="table" {} }
        p.hint { "A row for each thing that was seen. An empty competitor is us; a grade is none, partial, full or best. What is here already stays once, so the same file can be brought in again." }
    };
    disclosure("bring-grades", "From a table", "plain", command_form(scope, AREA, "grade.bring_in", "Bring in", fields))
}

pub(crate) fn page(scope: &Scope, ours: &str, matrix: &Matrix) -> Markup {
    html! {
        (ways("competitors"))
        @if matrix.competitors.is_empty() && matrix.capabilities.is_empty() {
            (empty("users", "Nobody is watched yet", "A competitor is whoever the customers could go to instead, be it a spreadsheet. Here stands who they are, and who can do what how well: each cell with where it was seen and when, so that everybody knows how old it is. The Manager decides here.", html! { div.row { (add_capability(scope)) (bring_in(scope)) } }))
        } @else {
            (the_matrix(scope, ours, matrix))
            (profiles(scope, matrix))
        }
    }
}

/// "Ahead in 2, level in 3, behind in 1 of the 6 that can be compared."
fn standing(matrix: &Matrix) -> Option<String> {
    let (ahead, level, behind) = matrix.standing();
    let all = ahead + level + behind;
    (all > 0).then(|| {
        format!("Against the best of the others we are ahead in {ahead}, level in {level} and behind in {behind} of the {all} that can be compared.")
    })
}

fn the_matrix(scope: &Scope, ours: &str, matrix: &Matrix) -> Markup {
    let old = matrix.old();
    html! { section { div.list-head { h2 { "Who can do what" } (web::downloads(scope, "capability-matrix", "")) }
        @if let Some(standing) = standing(matrix) { p { (standing) @if old > 0 { " " span.quiet { (several(old, "cell")) @if old == 1 { " was" } @else { " were" } " seen more than half a year ago and may no longer hold." } } } }
        @if matrix.capabilities.is_empty() { p.hint { "Name the first thing that whoever is in this market can do, or cannot." } }
        @else { div.scroll tabindex="0" role="region" aria-label="Capability matrix" { table.list.capability-matrix {
            thead { tr { th scope="col" { "Capability" } th scope="col" { bdi { (ours) } } @for c in &matrix.competitors { th scope="col" { a href={ "?open=" (c.id()) } data-panel dir="auto" { (c.name) } } } } }
            tbody { @for capability in &matrix.capabilities { tr {
                th scope="row" { a href={ "?capability=" (capability.id()) } data-panel dir="auto" { (capability.name) } }
                (cell(scope, matrix, capability, None, ours))
                @for c in &matrix.competitors { (cell(scope, matrix, capability, Some(c), &c.name)) }
            } } }
        } }
        p.hint { "○ missing, ◔ partial, ● full, ★ best of all. Below it the day it was seen; what is older than half a year is faded and says so." } }
        div.row.below { (add_capability(scope)) (bring_in(scope)) }
    } }
}

fn sign(level: Level) -> &'static str {
    match level {
        Level::Missing => "○",
        Level::Partial => "◔",
        Level::Full => "●",
        Level::Best => "★",
    }
}

fn cell(scope: &Scope, matrix: &Matrix, capability: &Capability, competitor: Option<&Competitor>, whose: &str) -> Markup {
    let of = competitor.map_or_else(|| "us".to_owned(), |c| c.id().to_string());
    let address = format!("?capability={}&of={of}", capability.id());
    html! { @match matrix.cell(capability.id(), competitor.map(Noun::id)) {
        Some(grade) => { @let age = Age::of(&grade.seen_on, &matrix.today);
            td.ours[competitor.is_none()] { a.grade.(grade.level).fading[age == Age::Fading].old[age == Age::Old] href=(address) data-panel title=(grade.source) {
                span.hidden { bdi { (capability.name) } ", " bdi { (whose) } ": " } span.sign aria-hidden="true" { (sign(grade.level)) } span { (short(grade.level)) } " " span.quiet.seen { (date(scope, &grade.seen_on)) @if age == Age::Old { ", old" } } } } }
        None => { td.ours[competitor.is_none()] { @if may(scope, AREA) { a.grade.unknown href=(address) data-panel { span.hidden { bdi { (capability.name) } ", " bdi { (whose) } ": not known" } span aria-hidden="true" { "–" } } } @else { span.quiet { "–" } } } }
    } }
}

fn profiles(scope: &Scope, matrix: &Matrix) -> Markup {
    html! { section { div.list-head { h2 { "Who they are" span.quiet { " " (matrix.competitors.len()) } } @if !matrix.competitors.is_empty() { (web::downloads(scope, "competitors", "")) } }
        @if matrix.competitors.is_empty() { p.hint { "No competitor is written down yet." } }
        @else { div.profiles { @for c in &matrix.competitors { article.tile {
            h3 { a href={ "?open=" (c.id()) } data-panel dir="auto" { (c.name) } }
            @if !c.positioning.is_empty() { p dir="auto" { (web::clipped(&c.positioning, 220)) } }
            dl.in-short {
                @for (says, text) in [("Strong in", &c.strengths), ("Weak in", &c.weaknesses), ("Pricing", &c.pricing)] { @if !text.is_empty() { div { dt { (says) } dd dir="auto" { (web::clipped(text, 160)) } } } }
            }
            p.byline { (checked(scope, c, &matrix.today)) }
        } } } }
    } }
}

/// When somebody last looked.
pub(crate) fn checked(scope: &Scope, competitor: &Competitor, today: &str) -> Markup {
    html! { "Last checked " (date(scope, &competitor.checked_on)) @if Age::of(&competitor.checked_on, today) == Age::Old { " " (pill("warning", "look again")) } }
}

/// The sentence that says how well somebody does something.
pub(crate) fn says(level: Level) -> String {
    capital(level.says())
}
