//! Markup of importing.

use crate::{
    bring::Brought,
    draft::Report,
    jobs::Job,
    mapping::{self, Format, LEAVE_OUT},
    plain_csv::FIELDS,
};
use backlog::{Stage, StoryKind};
use kernel::{Area, Result, Scope, Uuid};
use people::Person;
use std::collections::BTreeMap;
use web::{Markup, capital, html, pill, who_decides};

pub(crate) fn form(scope: &Scope) -> Markup {
    html! {
        p.lead { "Bring the backlog you have. You see what would happen, row by row, before anything is written; a second import of the same file updates and never duplicates." }
        form.stack method="post" enctype="multipart/form-data" hx-boost="false" {
            fieldset.choices { legend { "Format" }
                @for (format, name, hint) in [(Format::JiraCsv, "Jira CSV", "Jira’s export of all fields, cloud or server"), (Format::GithubJson, "GitHub issues, JSON", "The REST list, or gh issue list --json; pull requests are left out"), (Format::Csv, "Any CSV", "You say which column is what")] {
                    label.choice { input type="radio" name="format" value=(format) checked[format == Format::JiraCsv]; span { strong { (name) } span.hint { (hint) } } } } }
            label.field { span { "File, up to 120 MB" } input type="file" name="file" required; }
            button.primary type="submit" { "Look at it first" }
            p.hint { (who_decides(scope, Area::Backlog)) }
        }
    }
}

pub(crate) fn refused(why: &str) -> Markup {
    html! { p.banner.critical role="alert" { (why) } p { "Nothing was imported." } p { a.button href="import" { "Choose another file" } } }
}

pub(crate) fn mapping(scope: &Scope, id: Uuid, job: &Job, members: &[Person], tried: &Result<Brought>) -> Markup {
    let base = id.simple().to_string();
    let d = &job.draft;
    let stages = [Stage::Open, Stage::Doing, Stage::HandedOver, Stage::Accepted, Stage::Dropped].map(|s| s.word());
    let kinds: Vec<&str> = StoryKind::ALL.iter().map(|k| k.word()).collect();
    html! {
        div.columns-2 {
            section { h2 { "What its words mean here" }
                form.stack method="post" action=(base) {
                    @if job.format == Format::Csv { (columns(job)) }
                    (choices("state", "States", &d.states, &stages, |s| job.mapping.states.get(s).cloned().unwrap_or_else(|| mapping::guessed(s, None).word().to_owned())))
                    (choices("type", "Types", &d.types, &kinds, |t| job.mapping.types.get(t).cloned().unwrap_or_else(|| mapping::guessed_kind(t).word().to_owned())))
                    @if !d.people.is_empty() { fieldset.choices { legend { "People" } @for (person, count) in most(&d.people) { label.field.map { span { (person) span.quiet { " " (count) } }
                        select name={ "person:" (person) } { option value="" { "Nobody here" } @for m in members.iter().filter(|m| !m.is_assistant) { option value=(m.email) selected[job.mapping.people.get(person).map_or(m.name == *person, |e| *e == m.email)] { (m.name) } } } } } } }
                    @if d.offering > 0 { label.check { input type="checkbox" name="criteria" value="true" checked[job.mapping.criteria]; "Take the acceptance criteria listed in " (d.offering) (if d.offering == 1 { " description" } else { " descriptions" }) " over as rows (the text stays)" } }
                    button type="submit" { "Apply and look again" }
                }
            }
            section { h2 { "What would happen" }
                @match tried {
                    Ok(brought) => { (report(&brought.report))
                        @if let Some(title) = &brought.proposed { p.banner { "This would become one proposal: " strong { (title) } ". " (who_decides(scope, Area::Backlog)) } }
                        @if brought.report.problems.is_empty() { form method="post" action={ (base) "/run" } { button.primary type="submit" { @if brought.proposed.is_some() { "Propose the import" } @else { "Import" } } } }
                        @else { p.banner.critical { "Nothing is imported while a row cannot be read: all or nothing. Mend the file, or leave those rows out." } } }
                    Err(refusal) => { p.banner.critical role="alert" { (refusal.sentence()) } }
                }
            }
        }
    }
}

fn columns(job: &Job) -> Markup {
    html! { fieldset.choices { legend { "Columns" } @for (field, names) in FIELDS { label.field.map { span { (capital(field)) }
    select name={ "column:" (field) } { option value="-" { "–" }
        @let chosen = job.mapping.columns.get(*field);
        @for column in &job.draft.columns { option value=(column) selected[chosen.map_or(names.iter().any(|n| n.eq_ignore_ascii_case(column)), |c| c == column)] { (column) } } } } } } }
}

fn choices(prefix: &str, legend: &str, found: &BTreeMap<String, usize>, words: &[&str], chosen: impl Fn(&str) -> String) -> Markup {
    html! { @if !found.is_empty() { fieldset.choices { legend { (legend) } @for (word, count) in most(found) { label.field.map { span { (word) span.quiet { " " (count) } }
    select name={ (prefix) ":" (word) } { @let now = chosen(word); @for w in words { option value=(w) selected[*w == now] { (capital(&w.replace('_', " "))) } } option value=(LEAVE_OUT) selected[now == LEAVE_OUT] { "Leave out" } } } } } } }
}

/// The words that stand in the file most often; nobody maps a thousand by hand.
fn most(found: &BTreeMap<String, usize>) -> Vec<(&String, &usize)> {
    let mut words: Vec<_> = found.iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    words.truncate(100);
    words.sort_unstable();
    words
}

fn report(r: &Report) -> Markup {
    html! {
        dl.facts { @for (name, count) in [("Rows read", r.read), ("Created", r.created), ("Updated", r.updated), ("Unchanged", r.unchanged), ("Refused", r.refused)] { div { dt { (name) } dd { (count) } } }
            @for (what, count) in &r.left_out { div { dt { "Left out: " (what) } dd { (count) } } } }
        @for note in r.notes.iter().take(20) { p.hint { (note) } }
        @if !r.problems.is_empty() { table.list { thead { tr { th.num { "Row" } th { "Column" } th { "What is wrong" } } } tbody { @for p in r.problems.iter().take(200) { tr { td.num { (p.row) } td { (p.column) } td { (p.reason) } } } } } }
        @if !r.rows.is_empty() { details.more { summary { "Row by row" } table.list { thead { tr { th.num { "Row" } th { "Key" } th { "" } } } tbody { @for (row, key, what) in r.rows.iter().take(500) { tr { td.num { (row) } td { (key) } td { (pill(if *what == "created" { "good" } else { "neutral" }, what)) } } } } } @if r.rows.len() > 500 { p.quiet { "and " (r.rows.len() - 500) " more" } } } }
    }
}

pub(crate) fn looking(job: &Job, done: usize) -> Markup {
    html! { p.lead { "Nothing is written yet; it is being worked out what would happen." } (follow(job, done)) }
}

pub(crate) fn running(job: &Job, done: usize) -> Markup {
    html! { (follow(job, done)) p.hint { "You may leave this page; the import goes on." } }
}

fn follow(job: &Job, done: usize) -> Markup {
    let all = job.draft.stories.len().max(1);
    html! { div data-poll="500" { p role="status" { strong { (done.min(all)) } " of " (all) " rows" } progress max=(all) value=(done.min(all)) {} p.hint { "The page follows by itself." } p { a.button href="" { "Look again" } } } }
}

pub(crate) fn done(r: &Report, proposed: Option<&str>) -> Markup {
    html! {
        @match proposed { Some(title) => { p.banner { "Proposed: " strong { (title) } ". It waits for a signature." } p { a.button.primary href="../decisions" { "See the proposal" } } }
            None => { p.banner.good { "Done: " (r.created) " created, " (r.updated) " updated, " (r.unchanged) " unchanged." } p { a.button.primary href="../backlog?stage=all" { "See the backlog" } } } }
        (report(r))
    }
}

pub(crate) fn failed(why: &str) -> Markup {
    html! { p.banner.critical role="alert" { (why) } p { "Nothing was imported." } p { a.button href="../import" { "Choose another file" } } }
}
