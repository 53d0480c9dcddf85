//! Markup of the backlog list.

use crate::{
    choices::{Choice, MOST_CHOICES},
    fact::{Fact, Settable, pick_form},
    menu,
    model::*,
    readiness,
    rows::{Backlog, Line},
};
use kernel::{Area, Paged, Scope};
use product::ReadyLine;
use web::{
    Markup, action, area_field, avatar, command_form, disclosure, empty, field, html, icon, may, mover_button, named_icon, options, pill, points,
    select, short_label, time,
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
                p.hint { a href={ (product_path(scope)) "/backlog/several" } { "Add several at once" } }
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

pub(crate) fn backlog(scope: &Scope, page: &Paged<Line>, wanted: &Backlog, (features, agreed): (&[Choice], &[ReadyLine])) -> Markup {
    let lines = &page.items;
    html! {
        (pick_form(scope))
        (filters(scope, wanted, features))
        @if may(scope, Area::Backlog) { form.quick method="post" action=(action(scope, "story.create")) data-act data-reset {
            label { span.hidden { "New story" } input name="title" maxlength="500" placeholder="Write a title and press Enter, or paste a list" autocomplete="off" data-create data-several=(action(scope, "story.create_several")); }
            button type="submit" { (short_label(scope, Area::Backlog, "Add")) } span.error data-error="title" {}
        } }
        @if lines.is_empty() && query(wanted).is_empty() { (empty("list-ordered", "The backlog is empty", "One strict order for everything that might be built. The Owner decides it; everyone else proposes. Add a story, or import what you have.", html! { a.button href="import" { "Import a backlog" } })) }
        @else if lines.is_empty() { p.hint { "Nothing fits these filters. " a href="backlog" { "Show everything" } } }
        @else {
            (menu::bulk_bar(scope))
            (menu::menu(scope, menu::order(scope)))
            (rows(scope, lines, wanted, agreed))
            @if let Some(next) = &page.next { p { a.button href={ "?" (query(wanted)) "after=" (web::text::encode(next)) } { "Next page" } } }
        }
    }
}

fn rows(scope: &Scope, lines: &[Line], wanted: &Backlog, agreed: &[ReadyLine]) -> Markup {
    let (settable, ordered) = (Settable::by(scope), may(scope, Area::Backlog));
    let labelled = format!("backlog?{}label=", query(&Backlog { label: String::new(), ..wanted.clone() }));
    let movable = ordered || Fact::ALL.iter().any(|fact| settable.has(*fact));
    let around = Row { scope, settable, ordered, movable, query: query(wanted), labelled, staged: wanted.stage == "all", agreed };
    html! { ol.rows #stories data-drop=[ordered.then_some("story")] aria-label="Stories in order" { @for line in lines { (row(&around, line)) } } }
}

/// Several stories at once, for whoever has no script; with it, a list is pasted where a title is typed.
pub(crate) fn several_form(scope: &Scope, features: &[Choice]) -> Markup {
    command_form(
        scope,
        Area::Backlog,
        "story.create_several",
        "Add stories",
        html! {
            input type="hidden" name="_back" value={ (product_path(scope)) "/backlog" };
            (area_field("titles", "A title on each line", "", 12))
            (select("kind", "Type", &options(StoryKind::ALL), "story"))
            (feature_field(scope, features, None, FILTER)) (feature_names(scope, features, FILTER))
            (field("labels", "Labels, with commas", ""))
            label.check { input type="checkbox" name="top" value="true"; "At the top" }
        },
    )
}

/// `/ORB`.
pub(crate) fn product_path(scope: &Scope) -> String {
    scope.product.as_ref().map_or(String::new(), |p| format!("/{}", p.key))
}

/// The filters of a link, ready to be continued.
fn query(wanted: &Backlog) -> String {
    let filters = [
        ("q", &wanted.q),
        ("kind", &wanted.kind),
        ("label", &wanted.label),
        ("feature", &wanted.feature),
        ("is", &wanted.is),
        ("who", &wanted.who),
        ("stage", &wanted.stage),
    ];
    let set = filters.iter().filter(|(_, value)| !value.is_empty());
    set.map(|(name, value)| format!("{name}={}&", web::text::encode(value))).collect()
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
        (choice("who", "Who works on it", &[("", "Anyone"), ("me", "Mine"), ("nobody", "Unassigned")], &wanted.who))
        (choice("stage", "Stage", &[("", "Open"), ("doing", "In progress"), ("handed_over", "Handed over"), ("accepted", "Accepted"), ("dropped", "Dropped"), ("all", "All stages")], &wanted.stage))
        label { span.hidden { "Feature" } (feature_input(scope, features, &wanted.feature, &[("", "All features"), ("none", "Without feature")], FILTER)) }
        (feature_names(scope, features, FILTER))
        label { span.hidden { "Label" } input.short name="label" value=(wanted.label) placeholder="Label" autocomplete="off"; }
        button type="submit" { "Filter" }
    } }
}

/// What all rows of a page share.
struct Row<'a> {
    scope: &'a Scope,
    settable: Settable,
    /// The reader may change the order, at least by proposing it.
    ordered: bool,
    /// There is something in the menu.
    movable: bool,
    query: String,
    /// The address of the same list with one label, up to its name.
    labelled: String,
    /// The list has stories of every stage.
    staged: bool,
    agreed: &'a [ReadyLine],
}

fn row(around: &Row, line: &Line) -> Markup {
    let (scope, can) = (around.scope, &around.settable);
    let number = line.number.to_string();
    let key = scope.key(line.number);
    html! { li.row-item data-id=(number) data-v=(line.version) data-state=[menu::state(line.stage, line.ready_at.is_some(), line.blocked_since.is_some())] data-open id={ "s-" (number) } {
        @if around.ordered { span.grip data-grip title="Drag to reorder; [ and ] move by keyboard" { (icon("grip-vertical")) } }
        @if around.movable { input type="checkbox" data-pick value=(number) aria-label={ "Choose " (key) }; }
        (can.control(Fact::Kind, &number, "", line.kind.word(), kind_icon(line.kind)))
        span.key { (key) }
        a.title href={ "backlog?" (around.query) "open=" (number) } data-panel { (line.title) }
        (labels(around, &number, line))
        (can.control(Fact::Feature, &number, "chip chip-feature", line.feature_title.as_deref().unwrap_or_default(), chip(line.feature_title.as_deref())))
        (can.control(Fact::Sprint, &number, "chip chip-sprint", line.sprint.as_deref().unwrap_or_default(), chip(line.sprint.as_deref())))
        @if line.blocked_since.is_some() { (pill("critical", "blocked")) }
        @if around.staged { (stage_pill(line.stage)) }
        (readiness::in_row(scope, around.agreed, line))
        span.when { (time(scope, line.updated_at, scope.now)) }
        (can.control(Fact::Assignee, &number, "face", line.assignee.as_deref().unwrap_or_default(), face(line.assignee.as_deref())))
        (can.control(Fact::Points, &number, "points", &line.points.map_or(String::new(), |p| points(Some(p))), html! { (points(line.points)) }))
        @if around.movable { (mover_button(&number, &key)) }
    } }
}

/// Each label leads to all that have it; what stands behind them sets them.
fn labels(around: &Row, number: &str, line: &Line) -> Markup {
    html! { span.labels {
        @for label in line.labels.iter().take(3) { (label_link(&around.labelled, label)) " " }
        (around.settable.control(Fact::Labels, number, "", &line.labels.join(", "), html! { @if !line.labels.is_empty() { (icon("plus")) } }))
    } }
}

/// A label as the way to all stories that have it; `before` is the address up to its name.
pub(crate) fn label_link(before: &str, label: &str) -> Markup {
    html! { a.chip href={ (before) (web::text::encode(label)) } dir="auto" title={ "All that is labelled “" (label) "”" } tabindex="-1" { (label) } }
}

fn chip(title: Option<&str>) -> Markup {
    html! { @if let Some(title) = title { (title) } }
}

/// Whoever works on something, as a face.
pub fn face(name: Option<&str>) -> Markup {
    html! { @match name { Some(name) => { (avatar(name)) } None => { span.avatar.nobody aria-hidden="true" {} } } }
}

fn stage_pill(stage: Stage) -> Markup {
    let tone = match stage {
        Stage::Accepted => "good",
        Stage::HandedOver => "warning",
        Stage::Open | Stage::Doing | Stage::Dropped => "neutral",
    };
    pill(tone, stage.says())
}
