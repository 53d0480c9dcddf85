//! Markup of one story: the panel over a list and the page of its own are the same.

use crate::{
    model::*,
    rows::Around,
    rows::Choice,
    scenario::scenario_view,
    views::{feature_field, feature_names, kind_icon},
};
use activity::History;
use conversation::Comment;
use kernel::{Area, Noun, Scope};
use web::{
    Markup, act, action, area_field, avatar, capital, command_form, disclosure, field, html, icon, input, may, options, pill, points, select,
    short_label, small_act,
    text::{link_out, markdown},
    time,
};

pub(crate) struct Shown<'a> {
    pub story: &'a Story,
    pub criteria: &'a [Criterion],
    pub around: &'a Around,
    pub features: &'a [Choice],
    pub sprints: &'a [(i64, String)],
    /// Columns that a card may move to: id and name.
    pub columns: &'a [(String, String)],
    pub comments: &'a [(Comment, String)],
    pub history: &'a History,
}

pub(crate) fn story(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    html! {
        article.story data-story=(s.number) {
            (crumb(scope, shown))
            h2 { (kind_icon(s.kind)) " " (s.title) }
            (facts(scope, shown))
            @if s.blocked_since.is_some() { p.banner.critical { (icon("ban")) strong { "Blocked" } " " (s.blocked_reason) } }
            @if !s.so_that.is_empty() || !s.wants.is_empty() { p.statement { "As a " em { (or_dots(&s.persona)) } " I want " em { (or_dots(&s.wants)) } " so that " em { (or_dots(&s.so_that)) } "." } }
            div.prose { (markdown(&s.body)) }
            (criteria(scope, shown))
            (verdicts(scope, shown.around))
            (acts(scope, shown))
            (edit_form(scope, shown))
            (origin(s))
            (conversation::view(scope, "story", s.meta.id, shown.comments))
            (activity::history_view(scope, shown.history))
        }
    }
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

fn product_path(scope: &Scope) -> String {
    format!("/{}", scope.product.as_ref().map_or("", |p| p.key.as_str()))
}

fn crumb(scope: &Scope, shown: &Shown) -> Markup {
    let base = product_path(scope);
    html! { p.crumb {
        @if let Some((number, title)) = &shown.around.initiative { a href={ (base) "/roadmap?open=" (number) } { (title) } " › " }
        @match &shown.around.feature { Some((number, title)) => { a href={ (base) "/roadmap?open=" (number) } { (title) } " › " } None => { (pill("warning", "no feature")) " " } }
        a.key href={ (base) "/story/" (shown.story.number) } { (scope.key(shown.story.number)) }
        " · " a href={ (base) "/thread?of=" (scope.key(shown.story.number)) } { "Thread" }
    } }
}

fn facts(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    let estimated = scope.sees(Area::Estimates).then_some(s.points.is_some());
    let r = readiness(shown.criteria.len() as i64, estimated, s.feature.is_some(), !s.so_that.is_empty() || !s.body.is_empty());
    html! { dl.facts {
        div { dt { "Stage" } dd { @match &shown.around.column { Some(column) => (column), None => (capital(s.stage.says())) } } }
        div { dt { "Points" } dd { (points(s.points)) } }
        div { dt { "Sprint" } dd { @match &shown.around.sprint { Some((_, name, _)) => (name), None => "–" } } }
        div { dt { "Works on it" } dd { @match &shown.around.assignee { Some(name) => { (avatar(name)) " " (name) } None => "Nobody yet" } } }
        div { dt { "Ready" } dd { @if s.ready_at.is_some() { (pill("good", "ready")) } @else { (r.done) " of " (r.of) @if !r.missing.is_empty() { span.quiet { " · missing " (r.missing.join(", ")) } } } } }
        @if !s.labels.is_empty() { div { dt { "Labels" } dd { @for label in s.labels.iter() { span.chip { (label) } " " } } } }
    } }
}

fn criteria(scope: &Scope, shown: &Shown) -> Markup {
    let number = shown.story.number.to_string();
    let offered = if shown.criteria.is_empty() { criteria_in(&shown.story.body).len() } else { 0 };
    html! { section.criteria { h3 { "Acceptance criteria" }
        @if offered > 0 { p.banner { "The text lists " (offered) " acceptance criteria. " (act(scope, Area::Backlog, "criterion.take_over", &[("story", &number)], "Take them over", "plain")) } }
        ol { @for c in shown.criteria { li class={ "criterion state-" (c.state) } {
            span.state title=(c.state.says()) { (state_icon(c.state)) span.hidden { (c.state.says()) } }
            div { @if c.form == Form::Scenario { (scenario_view(&c.body)) } @else { div.prose { (markdown(&c.body)) } }
                @if !c.note.is_empty() || c.checked_at.is_some() { p.quiet { (c.note) @if let Some(at) = c.checked_at { " · checked " (time(scope, at, scope.now)) } } }
                span.acts {
                    @if !matches!(shown.story.stage, Stage::Accepted | Stage::Dropped) { (check_acts(scope, c)) }
                    (disclosure(&format!("c-{}", c.id()), "Edit", "plain", command_form(scope, Area::Backlog, "criterion.edit", "Save", html! { input type="hidden" name="criterion" value=(c.id()); input type="hidden" name="version" value=(c.meta.version); (area_field("body", "Criterion", &c.body, 3)) })))
                    (small_act(scope, Area::Backlog, "criterion.remove", &[("criterion", &c.id().to_string())], "trash-2", "Remove criterion"))
                }
            }
            span.key title="Tag for test results" { (scope.key(shown.story.number)) "." (c.number) }
        } } }
        @if may(scope, Area::Backlog) { form.quick method="post" action=(action(scope, "criterion.add")) data-act data-reset { input type="hidden" name="story" value=(number);
            label { span.hidden { "New criterion" } textarea name="body" rows="1" placeholder="A rule, or Given … When … Then …" data-keep {} } button type="submit" { (short_label(scope, Area::Backlog, "Add criterion")) } span.error data-error="body" {} } }
    } }
}

fn state_icon(state: CriterionState) -> Markup {
    icon(match state {
        CriterionState::None => "circle-help",
        CriterionState::Passing => "circle-check-big",
        CriterionState::Failing => "octagon-alert",
        CriterionState::Stale => "history",
    })
}

fn check_acts(scope: &Scope, c: &Criterion) -> Markup {
    let id = c.id().to_string();
    html! {
        (small_act(scope, Area::Work, "criterion.check", &[("criterion", &id), ("passes", "true")], "check", "It passes"))
        (small_act(scope, Area::Work, "criterion.check", &[("criterion", &id), ("passes", "false")], "x", "It fails"))
    }
}

fn verdicts(scope: &Scope, around: &Around) -> Markup {
    html! { @for (accepted, reason, at, by) in &around.verdicts {
        p.banner.(if *accepted { "good" } else { "critical" }) { strong { @if *accepted { "Accepted" } @else { "Rejected" } } " by " (by.as_deref().unwrap_or("someone")) " " (time(scope, *at, scope.now)) @if !reason.is_empty() { ": " (reason) } }
    } }
}

fn acts(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    let number = s.number.to_string();
    html! { div.row.acts-bar {
        @match s.stage {
            Stage::Open => {
                (act(scope, Area::Backlog, "story.mark_ready", &[("story", &number), ("ready", if s.ready_at.is_none() { "true" } else { "false" })], if s.ready_at.is_none() { "Mark ready" } else { "Not ready" }, ""))
                @if s.sprint.is_none() { @for (n, name) in shown.sprints { (act(scope, Area::Sprints, "sprint.add_stories", &[("sprint", &n.to_string()), ("stories", &number)], &format!("Add to {name}"), "")) } }
                @if matches!(&shown.around.sprint, Some((_, _, state)) if state == "active") { (act(scope, Area::Work, "story.start", &[("story", &number)], "Start work", "")) }
                (act(scope, Area::Backlog, "story.drop", &[("story", &number), ("dropped", "true")], "Drop", "plain"))
            }
            Stage::Doing => { (act(scope, Area::Work, "story.hand_over", &[("story", &number)], "Hand over for acceptance", "primary")) }
            Stage::HandedOver => { (act(scope, Area::Acceptance, "story.accept", &[("story", &number)], "Accept story", "primary"))
                (disclosure("reject", "Reject", "", command_form(scope, Area::Acceptance, "story.reject", "Reject with this reason", html! { input type="hidden" name="story" value=(number); (area_field("reason", "What is missing", "", 3)) }))) }
            Stage::Dropped => { (act(scope, Area::Backlog, "story.drop", &[("story", &number), ("dropped", "false")], "Take up again", "")) }
            Stage::Accepted => { (act(scope, Area::Acceptance, "story.reopen", &[("story", &number)], "Reopen", "plain")) }
        }
        (small_act(scope, Area::Backlog, "story.duplicate", &[("story", &number)], "copy", "Make another like it"))
        @if s.stage == Stage::Open {
            (small_act(scope, Area::Backlog, "story.move", &[("story", &number), ("to", "top")], "arrow-up-to-line", "To the top of the backlog"))
            (small_act(scope, Area::Backlog, "story.move", &[("story", &number), ("to", "bottom")], "arrow-down-to-line", "To the end of the backlog"))
        }
        @if s.sprint.is_some() && matches!(s.stage, Stage::Open | Stage::Doing | Stage::HandedOver) {
            (disclosure("column", "Move on the board", "plain", command_form(scope, Area::Work, "story.move_card", "Move", html! { input type="hidden" name="story" value=(number); (select("column", "To the column", shown.columns, &s.board_column.map(|c| c.to_string()).unwrap_or_default())) })))
        }
        @if matches!(s.stage, Stage::Open | Stage::Doing) {
            @if s.blocked_since.is_none() { (disclosure("block", "Blocked?", "plain", command_form(scope, Area::Work, "story.block", "Mark as blocked", html! { input type="hidden" name="story" value=(number); (field("reason", "What blocks it", "")) }))) }
            @else { (act(scope, Area::Work, "story.unblock", &[("story", &number)], "No longer blocked", "")) }
        }
        (disclosure("estimate", "Estimate", "plain", command_form(scope, Area::Estimates, "story.estimate", "Set estimate", html! { input type="hidden" name="story" value=(number); (input("number", "points", "Points", &s.points.map(|p| p.to_string()).unwrap_or_default())) })))
    } }
}

fn edit_form(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    html! { div.row {
        (disclosure("edit", "Edit", "", command_form(scope, Area::Backlog, "story.edit", "Save", html! {
            input type="hidden" name="story" value=(s.number); input type="hidden" name="version" value=(s.meta.version);
            (field("title", "Title", &s.title)) (select("kind", "Kind", &options(StoryKind::ALL), s.kind.word()))
            div.triple { (field("persona", "As a", &s.persona)) (field("wants", "I want", &s.wants)) (field("so_that", "so that", &s.so_that)) }
            (area_field("body", "Notes", &s.body, 8)) (feature_field(scope, shown.features, shown.around.feature.as_ref().map(|(n, _)| *n), "panel-features")) (feature_names(scope, shown.features, "panel-features"))
            (field("labels", "Labels, with commas", &s.labels.join(", ")))
        })))
        @if s.stage != Stage::Accepted { (small_act(scope, Area::Backlog, "story.remove", &[("story", &s.number.to_string())], "trash-2", "Remove story")) }
    } }
}

/// Where it was imported from, and what came with it that has no field here.
fn origin(s: &Story) -> Markup {
    html! { @if let Some(origin) = &s.origin { details.more { summary { "Imported from " (origin) }
        @if let Some(url) = &s.origin_url { p { (link_out(url)) } }
        dl.changes { @for (name, value) in s.extra.iter() { dt { (name) } dd { (value) } } }
    } } }
}
