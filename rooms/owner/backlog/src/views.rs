//! Markup of the backlog list.

use crate::{
    model::*,
    rows::{Backlog, Choice, Line, MOST_CHOICES},
};
use kernel::{Area, Paged, Scope};
use web::{
    Markup, action, area_field, avatar, command_form, disclosure, empty, field, html, icon, may, mover, mover_button, named_icon, options, pill,
    points, select, short_label, time,
};

/// The icon and word of a kind.
pub fn kind_icon(kind: StoryKind) -> Markup {
    let name = match kind {
        StoryKind::Story => "quote",
        StoryKind::Bug => "octagon-alert",
        StoryKind::Task => "check",
        StoryKind::Spike => "lightbulb",
    };
    named_icon(name, kind.word(), if kind == StoryKind::Bug { "kind kind-bug" } else { "kind" })
}

pub(crate) fn create_button(scope: &Scope, features: &[Choice]) -> Markup {
    disclosure(
        "create",
        "Add a story",
        "primary",
        command_form(
            scope,
            Area::Backlog,
            "story.create",
            "Add story",
            html! {
                (field("title", "Title", ""))
                (select("kind", "Kind", &options(StoryKind::ALL), "story"))
                div.triple { (field("persona", "As a", "")) (field("wants", "I want", "")) (field("so_that", "so that", "")) }
                (area_field("body", "Notes", "", 3))
                (feature_field(scope, features, None, FILTER))
                (field("labels", "Labels, with commas", ""))
                label.check { input type="checkbox" name="top" value="true"; "At the top" }
            },
        ),
    )
}

/// The names offered by the filters and the forms beside them.
const FILTER: &str = "features";

/// Chooses a feature by its number: from a list, or, where there are many, by typing its key.
pub(crate) fn feature_field(scope: &Scope, features: &[Choice], chosen: Option<i64>, list: &str) -> Markup {
    let chosen = chosen.map(|n| n.to_string()).unwrap_or_default();
    html! { label.field { span { "Feature" } (feature_input(scope, features, &chosen, &[("", "No feature")], list)) span.error data-error="feature" {} } }
}

fn feature_input(scope: &Scope, features: &[Choice], chosen: &str, others: &[(&str, &str)], list: &str) -> Markup {
    let known = others.iter().any(|(value, _)| *value == chosen) || features.iter().any(|(n, _)| n.to_string() == chosen);
    html! {
        @if features.len() <= MOST_CHOICES && known {
            select name="feature" data-keep data-submit[others.len() > 1] {
                @for (value, text) in others { option value=(value) selected[*value == chosen] { (text) } }
                @for (number, title) in features { option value=(number) selected[number.to_string() == chosen] { (scope.key(*number)) " " (title) } }
            }
        } @else {
            input name="feature" list=(list) value=(chosen.parse().map_or(chosen.to_owned(), |n| scope.key(n))) placeholder="Feature, such as ORB-12" autocomplete="off" data-keep;
        }
    }
}

/// The first features, to choose from while typing; once on a page.
pub(crate) fn feature_names(scope: &Scope, features: &[Choice], list: &str) -> Markup {
    html! { @if features.len() > MOST_CHOICES { datalist id=(list) { @for (number, title) in features { option value=(scope.key(*number)) { (title) } } } } }
}

pub(crate) fn backlog(scope: &Scope, page: &Paged<Line>, wanted: &Backlog, features: &[Choice], sprints: &[(i64, String)]) -> Markup {
    let lines = &page.items;
    let filtered = !wanted.stage.is_empty() || [&wanted.q, &wanted.kind, &wanted.label, &wanted.feature, &wanted.is].iter().any(|f| !f.is_empty());
    html! {
        (filters(scope, wanted, features))
        @if may(scope, Area::Backlog) { form.quick method="post" action=(action(scope, "story.create")) data-act data-reset {
            label { span.hidden { "New story" } input name="title" placeholder="Write a title and press Enter" autocomplete="off" data-create; }
            button type="submit" { (short_label(scope, Area::Backlog, "Add")) } span.error data-error="title" {}
        } }
        @if lines.is_empty() && !filtered { (empty("list-ordered", "The backlog is empty", "One strict order for everything that might be built. The Owner decides it; everyone else proposes. Add a story, or import what you have.", html! { a.button href="import" { "Import a backlog" } })) }
        @else if lines.is_empty() { p.hint { "Nothing fits these filters. " a href="backlog" { "Show everything" } } }
        @else {
            @if may(scope, Area::Backlog) { (bulk_bar(scope, features, sprints)) }
            (mover(scope, Area::Backlog, "story.move", "to", &[("top".to_owned(), "To the top".to_owned()), ("bottom".to_owned(), "To the end".to_owned())]))
            ol.rows #stories data-drop=[may(scope, Area::Backlog).then_some("story")] data-sortable="story.move" aria-label="Stories in order" { @for line in lines { (row(scope, line, wanted)) } }
            @if let Some(next) = &page.next { p { a.button href={ "?" (query(wanted)) "after=" (web::text::encode(next)) } { "Next page" } } }
        }
    }
}

/// The filters of a link, ready to be continued.
fn query(wanted: &Backlog) -> String {
    [("q", &wanted.q), ("kind", &wanted.kind), ("label", &wanted.label), ("feature", &wanted.feature), ("is", &wanted.is), ("stage", &wanted.stage)]
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}&", web::text::encode(value)))
        .collect()
}

fn filters(scope: &Scope, wanted: &Backlog, features: &[Choice]) -> Markup {
    let choice = |name: &str, label: &str, all: &[(&str, &str)], chosen: &str| {
        html! {
            label { span.hidden { (label) } select name=(name) data-submit { @for (value, text) in all { option value=(value) selected[*value == chosen] { (text) } } } }
        }
    };
    html! { form.filters role="search" method="get" aria-label="Filter the backlog" {
        label { span.hidden { "Find" } input type="search" name="q" value=(wanted.q) placeholder="Find in the backlog"; }
        (choice("kind", "Kind", &[("", "All kinds"), ("story", "Stories"), ("bug", "Bugs"), ("task", "Tasks"), ("spike", "Spikes")], &wanted.kind))
        (choice("is", "State", &[("", "Any state"), ("ready", "Ready"), ("unready", "Not ready"), ("unestimated", "Without estimate"), ("blocked", "Blocked")], &wanted.is))
        (choice("stage", "Stage", &[("", "Open"), ("doing", "In progress"), ("handed_over", "Handed over"), ("accepted", "Accepted"), ("dropped", "Dropped"), ("all", "All stages")], &wanted.stage))
        label { span.hidden { "Feature" } (feature_input(scope, features, &wanted.feature, &[("", "All features"), ("none", "Without feature")], FILTER)) }
        (feature_names(scope, features, FILTER))
        @if !wanted.label.is_empty() { span.chip { (wanted.label) } input type="hidden" name="label" value=(wanted.label); }
        button type="submit" { "Filter" }
    } }
}

/// What can be done with the chosen rows.
fn bulk_bar(scope: &Scope, features: &[Choice], sprints: &[(i64, String)]) -> Markup {
    html! { div.bulk #bulk hidden {
        strong { span data-count { "0" } " chosen" }
        form.inline method="post" action=(action(scope, "story.move_several")) data-act data-bulk { button type="submit" name="to" value="top" { (short_label(scope, Area::Backlog, "To the top")) } button type="submit" name="to" value="bottom" { (short_label(scope, Area::Backlog, "To the end")) } }
        form.inline method="post" action=(action(scope, "story.hang_several")) data-act data-bulk { label { span.hidden { "Feature" } (feature_input(scope, features, "", &[("", "No feature")], FILTER)) } button type="submit" { (short_label(scope, Area::Backlog, "Hang on feature")) } }
        @if !sprints.is_empty() && may(scope, Area::Sprints) { form.inline method="post" action=(action(scope, "sprint.add_stories")) data-act data-bulk { label { span.hidden { "Sprint" } select name="sprint" { @for (number, name) in sprints { option value=(number) { (name) } } } } button type="submit" { (short_label(scope, Area::Sprints, "Add to sprint")) } } }
        button.plain type="button" data-clear { "Clear" }
    } }
}

fn row(scope: &Scope, line: &Line, wanted: &Backlog) -> Markup {
    let number = line.number.to_string();
    let href = format!("backlog?{}open={number}", query(wanted));
    html! { li.row-item data-id=(number) data-key=(scope.key(line.number)) data-open id={ "s-" (number) } {
        @if may(scope, Area::Backlog) {
            span.grip data-grip title="Drag to reorder; [ and ] move by keyboard" { (icon("grip-vertical")) }
            input type="checkbox" data-pick value=(number) aria-label={ "Choose " (scope.key(line.number)) };
        }
        (kind_icon(line.kind))
        span.key { (scope.key(line.number)) }
        a.title href=(href) data-panel { (line.title) }
        span.labels { @for label in line.labels.iter().take(3) { a.chip href={ "backlog?label=" (web::text::encode(label)) } { (label) } " " } }
        @if let Some(title) = &line.feature_title { span.chip.chip-feature title="Feature" { (title) } }
        @if let Some(sprint) = &line.sprint { span.chip.chip-sprint title="Sprint" { (sprint) } }
        @if line.blocked_since.is_some() { (pill("critical", "blocked")) }
        (ready(scope, line))
        span.when { (time(scope, line.updated_at, scope.now)) }
        @if let Some(name) = &line.assignee { (avatar(name)) } @else { span.avatar.nobody title="Nobody yet" aria-hidden="true" {} }
        span.points title="Points" { (points(line.points)) }
        @if may(scope, Area::Backlog) { (mover_button(&number, &scope.key(line.number))) }
    } }
}

fn ready(scope: &Scope, line: &Line) -> Markup {
    let estimated = scope.sees(Area::Estimates).then_some(line.points.is_some());
    let r = readiness(line.criteria, estimated, line.feature.is_some(), line.says_why);
    let told = if r.missing.is_empty() { "Nothing is missing".to_owned() } else { format!("Missing: {}", r.missing.join(", ")) };
    html! { @if line.ready_at.is_some() { (pill("good", "ready")) } @else { span.readiness title=(told) { span.hidden { "ready " } (r.done) " of " (r.of) } } }
}
