//! Sub-tasks on the panel of their story, and how many are done in a row.

use crate::{model::*, subtasks::Subtask, views::face};
use kernel::{Area, Id, Noun, Scope};
use people::Member;
use web::{Markup, action, command_form, disclosure, field, html, icon, may, select, short_label, small_act};

/// Somebody who may do one: id and name.
type Doer = (Id<Member>, String);

/// In a row or on a card: "2 of 5" with what that counts for whoever cannot see it.
pub fn progress(done: i64, of: i64) -> Markup {
    html! { @if of > 0 { span.subtasks title={ (done) " of " (web::several(of, "sub-task")) " done" } { (icon("check")) (done) "/" (of) } } }
}

/// On the panel: each with a tick, who does it, and what can be done with it; and a line for a new one.
pub(crate) fn panel(scope: &Scope, s: &Story, tasks: &[Subtask], people: &[Doer]) -> Markup {
    let over = matches!(s.stage, Stage::Accepted | Stage::Dropped);
    if tasks.is_empty() && (over || !may(scope, Area::Work)) {
        return html! {};
    }
    let done = tasks.iter().filter(|t| t.done_at.is_some()).count();
    html! { section.subtask-list #subtasks { h3 { "Sub-tasks" @if !tasks.is_empty() { span.quiet { " " (done) " of " (tasks.len()) } } }
        @if !tasks.is_empty() { ul.lines { @for task in tasks { (one(scope, task, people)) } } }
        @if !over && may(scope, Area::Work) { form.quick method="post" action=(action(scope, "subtask.add")) data-act data-reset { input type="hidden" name="story" value=(s.number);
            label { span.hidden { "New sub-task" } input name="title" maxlength="300" dir="auto" autocomplete="off" placeholder="What is to be done" data-keep; }
            button type="submit" { (short_label(scope, Area::Work, "Add sub-task")) } span.error data-error="title" {} } }
    } }
}

fn one(scope: &Scope, task: &Subtask, people: &[Doer]) -> Markup {
    let id = task.id().to_string();
    let done = task.done_at.is_some();
    let who = task.assignee.and_then(|who| people.iter().find(|(id, _)| *id == who)).map(|(_, name)| name.as_str());
    let says = if done { "Not done after all: " } else { "Done: " };
    html! { li.subtask.done[done] {
        @if may(scope, Area::Work) { form.act method="post" action=(action(scope, "subtask.tick")) data-act {
            input type="hidden" name="subtask" value=(id); input type="hidden" name="done" value=(!done);
            button.plain.tick type="submit" aria-pressed=(done) aria-label={ (says) (task.title) } { (icon("check")) }
        } } @else { span.tick { @if done { (icon("check")) span.hidden { "done" } } } }
        span.what dir="auto" { (task.title) }
        @if let Some(who) = who { span title=(who) { (face(Some(who))) bdi.hidden { (who) } } }
        (disclosure(&format!("subtask-{id}"), "Edit", "plain", command_form(scope, Area::Work, "subtask.edit", "Save", html! {
            input type="hidden" name="subtask" value=(id); input type="hidden" name="version" value=(task.meta.version);
            (field("title", "What is to be done", &task.title)) (select("assignee", "Who does it", &doers(people), &task.assignee.map(|who| who.to_string()).unwrap_or_default())) })))
        (small_act(scope, Area::Work, "subtask.move", &[("subtask", &id), ("up", "true")], "arrow-up", &format!("Up: {}", task.title)))
        (small_act(scope, Area::Work, "subtask.remove", &[("subtask", &id)], "trash-2", &format!("Remove the sub-task “{}”", task.title)))
    } }
}

fn doers(people: &[Doer]) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "Nobody yet".to_owned())];
    all.extend(people.iter().map(|(id, name)| (id.to_string(), name.clone())));
    all
}
