//! Markup of importing: the form, what is under way, what came of it.

use crate::{
    bring::Brought,
    choices_view::{Around, choices},
    jobs::Job,
    mapping::Format,
    preview_view::{ahead, figures, notes, preview, told},
    record::Before,
    work::Told,
};
use kernel::{Area, Result, Scope, Uuid};
use web::app::parcels::{Parcel, Stand};
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
        p { "A file that is looked at waits for an hour, the last two of yours only, and a restart of the server forgets it. What you have started comes in all the same: below is what came in." }
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
    html! { p.lead { "Nothing is written yet; it is being worked out what would happen." } (follow(done, job.draft.stories.len(), "", None)) }
}

/// How far something is, with what is said besides and what can be done about it.
pub(crate) fn follow(done: usize, all: usize, besides: &str, stop: Option<Uuid>) -> Markup {
    let all = all.max(1);
    html! {
        div data-poll="500" {
            p role="status" { strong { (done.min(all)) } " of " (web::several(all, "row")) }
            progress max=(all) value=(done.min(all)) {}
            p.hint { "The page follows by itself. " (besides) }
            div.row {
                a.button href="" { "Look again" }
                @if let Some(id) = stop { form.act method="post" action={ (id.simple()) "/stop" } { button type="submit" { "Stop" } } }
            }
        }
    }
}

/// What came of an import, on the node that knows all of it.
pub(crate) fn done(scope: &Scope, brought: &Brought) -> Markup {
    let r = &brought.report;
    html! {
        div.import.done {
            section.would { (came(&Told::of(brought))) (figures(r)) (notes(r)) }
            section.told { (told(scope, r, None)) }
        }
    }
}

/// The same as far as it is kept.
fn over(told: &Told) -> Markup {
    html! { div.import.done { section.would { (came(told)) @for note in &told.notes { p.hint dir="auto" { (note) } } } } }
}

fn came(told: &Told) -> Markup {
    let (proposed, features) = (told.proposed.is_some(), told.features.is_some());
    html! {
        @if !proposed && told.changes { p.banner.good { "Done" (figures_said(told)) "." } }
        @if !proposed && !told.changes { p.banner { "Done: everything in the file was here already." } }
        (ahead(&told.says))
        p.row { @if proposed || features { a.button.primary href="../decisions" { @if proposed && features { "See the proposals" } @else { "See the proposal" } } }
            a.button.primary[!proposed && !features] href="../backlog?stage=all" { "See the backlog" } }
        @if !proposed && told.created > 0 { p.hint { "An import is not taken back as a whole: choose stories in the backlog and remove them. What is removed here stays away at the next import." } }
    }
}

/// ": 31 created, 2 updated": what is nought is left out.
fn figures_said(told: &Told) -> String {
    let said = [(told.created, "created"), (told.updated, "updated"), (told.unchanged, "unchanged")].into_iter().filter(|(count, _)| *count > 0);
    said.enumerate().map(|(n, (count, what))| format!("{} {count} {what}", if n == 0 { ':' } else { ',' })).collect()
}

/// An import that is kept in the database: under way, over, or stopped.
pub(crate) fn kept(scope: &Scope, kept: &Parcel) -> Result<Markup> {
    Ok(match (kept.stand, &kept.under_way) {
        (_, Some(stumbled)) => running(kept, !stumbled.is_empty()),
        (Stand::Waiting, None) => stopped(scope, kept),
        (Stand::Failed, None) => html! {
            p.banner.critical role="alert" { (kept.told) }
            @if kept.done > 0 { p { "What came in before, " (several(kept.done, "row")) ", stays. Bring the file in again once this is mended: nothing comes in twice." } }
            @else { p { "Nothing was imported." } }
            (another())
        },
        (Stand::Done, None) => over(&kernel::serde_json::from_str(&kept.told).map_err(|e| kernel::Refusal::broken(e.to_string()))?),
    })
}

fn running(kept: &Parcel, stumbled: bool) -> Markup {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    html! {
        @if stumbled { p.banner.warning role="status" { "It was interrupted and is tried again by itself." } }
        (follow(count(kept.done), count(kept.whole), "You may leave it; the import goes on, also after a restart.", Some(kept.id)))
    }
}

/// Nobody works on it: somebody stopped it, this is the copy of a workspace, or it was given up.
fn stopped(scope: &Scope, kept: &Parcel) -> Markup {
    html! {
        p.banner.warning role="alert" { "This import has stopped" @if kept.done > 0 { " after " (several(kept.done, "row")) } "." }
        p { @if kept.done > 0 { "What came in stays, and nothing comes in twice." } @else { "Nothing was imported." } }
        form.act method="post" action={ (kept.id.simple()) "/run" } { button.primary type="submit" { (act_label(scope, Area::Backlog, "Go on")) } }
        (another())
    }
}

fn another() -> Markup {
    html! { p { a.button href="../import" { "Choose another file" } } }
}
