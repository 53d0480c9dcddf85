//! Markup of importing: the form, what is under way, what came of it.

use crate::{
    bring::Brought,
    choices_view::{Around, choices},
    jobs::Job,
    mapping::Format,
    preview_view::{ahead, figures, notes, preview, told},
    record::Before,
    report::Report,
};
use kernel::{Area, Result, Scope, Uuid};
use web::{Markup, act_label, html, several, time, who_decides};

pub(crate) fn form(scope: &Scope, before: &[Before]) -> Markup {
    html! {
        p.lead { "Bring the backlog you have. You see what would happen, row by row, before anything is written; a second import of the same file updates, never duplicates, and never undoes what was changed here." }
        form.stack method="post" enctype="multipart/form-data" hx-boost="false" {
            fieldset.choices { legend { "Format" }
                @for (format, name, hint) in [(Format::JiraCsv, "Jira, CSV or Excel", "Jira’s export of all fields, cloud or server, in any of seven languages"), (Format::GithubJson, "GitHub issues, JSON", "The REST list, or gh issue list --json; pull requests are left out"), (Format::Csv, "Any table, CSV or Excel", "Azure DevOps, Linear, GitLab, Asana, Pivotal, Shortcut, Taiga, Plane, OpenProject, Kanboard or a table of your own; you say which column is what")] {
                    label.choice { input type="radio" name="format" value=(format) checked[format == Format::JiraCsv]; span { strong { (name) } span.hint { (hint) } } } } }
            label.field { span { "File, up to 120 MB" } input type="file" name="file" required; }
            button.primary type="submit" { (act_label(scope, Area::Backlog, "Look at it first")) }
            p.hint { (who_decides(scope, Area::Backlog)) }
        }
        (brought(before, scope))
    }
}

pub(crate) fn refused(why: &str) -> Markup {
    html! { p.banner.critical role="alert" { (why) } p { "Nothing was imported." } p { a.button href="import" { "Choose another file" } } }
}

/// A file that is not here any more: it waited too long, gave its place to others, or the server was started anew.
pub(crate) fn gone(before: &[Before], scope: &Scope) -> Markup {
    html! {
        p.banner.warning role="alert" { "This file is not here any more." }
        p { "A file waits for an hour, the last two of yours only, and a restart of the server forgets it. What was being brought in at that moment came in whole or not at all: below is what came in." }
        p { a.button.primary href="../import" { "Choose the file again" } }
        (brought(before, scope))
    }
}

/// What was brought in lately.
fn brought(before: &[Before], scope: &Scope) -> Markup {
    html! { @if !before.is_empty() { section.brought { h2 { "Brought in before" } ul.lines { @for run in before { li {
        span.what { (run.file_name) } span.quiet { (several(run.stories, "story")) @if let Some(who) = &run.by { ", " (who) } } span.quiet { (time(scope, run.at, scope.now)) }
    } } } } } }
}

pub(crate) fn mapping(scope: &Scope, id: Uuid, job: &Job, here: &Around, tried: &Result<Brought>) -> Markup {
    let base = id.simple().to_string();
    let report = tried.as_ref().ok().map(|b| &b.report);
    html! { div.import {
        section #would.would { h2 { "What would happen" } (preview(scope, &base, tried)) }
        section #words.words { h2 { "What its words mean here" } (choices(scope, &base, job, here, report)) }
        @if let Some(report) = report { section #told.told { (told(scope, report, Some(&job.mapping.take))) } }
    } }
}

pub(crate) fn looking(job: &Job, done: usize) -> Markup {
    html! { p.lead { "Nothing is written yet; it is being worked out what would happen." } (follow(job, done)) }
}

pub(crate) fn running(job: &Job, done: usize) -> Markup {
    html! { (follow(job, done)) p.hint { "You may leave this page; the import goes on." } }
}

fn follow(job: &Job, done: usize) -> Markup {
    let all = job.draft.stories.len().max(1);
    html! { div data-poll="500" { p role="status" { strong { (done.min(all)) } " of " (web::several(all, "row")) } progress max=(all) value=(done.min(all)) {} p.hint { "The page follows by itself." } p { a.button href="" { "Look again" } } } }
}

pub(crate) fn done(scope: &Scope, r: &Report, proposed: Option<&str>, features: Option<&str>) -> Markup {
    let waits = proposed.is_some() || features.is_some();
    html! {
        div.import.done {
            section.would {
                @if proposed.is_none() && r.changes() { p.banner.good { "Done" (figures_said(r)) "." } }
                @if proposed.is_none() && !r.changes() { p.banner { "Done: everything in the file was here already." } }
                (ahead(&r.says))
                p.row { @if waits { a.button.primary href="../decisions" { @if proposed.is_some() && features.is_some() { "See the proposals" } @else { "See the proposal" } } }
                    a.button.primary[!waits] href="../backlog?stage=all" { "See the backlog" } }
                @if proposed.is_none() && r.created > 0 { p.hint { "An import is not taken back as a whole: choose stories in the backlog and remove them. What is removed here stays away at the next import." } }
                (figures(r)) (notes(r))
            }
            section.told { (told(scope, r, None)) }
        }
    }
}

/// ": 31 created, 2 updated": what is nought is left out.
fn figures_said(r: &Report) -> String {
    let said = [(r.created, "created"), (r.updated, "updated"), (r.unchanged, "unchanged")].into_iter().filter(|(count, _)| *count > 0);
    said.enumerate().map(|(n, (count, what))| format!("{} {count} {what}", if n == 0 { ':' } else { ',' })).collect()
}

pub(crate) fn failed(why: &str) -> Markup {
    html! { p.banner.critical role="alert" { (why) } p { "Nothing was imported." } p { a.button href="../import" { "Choose another file" } } }
}
