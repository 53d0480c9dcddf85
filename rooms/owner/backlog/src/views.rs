//! Markup of the backlog list.

use crate::{
    alike,
    brought_view::key_there,
    choices::{Choice, MOST_CHOICES},
    fact::{Fact, Settable, pick_form},
    filter::filter_bar,
    labels::Colours,
    links_view::waits,
    menu,
    model::*,
    persona::{self, Persona},
    readiness,
    rows::Line,
    subtasks_view::progress,
};
use fields::Columns;
use filters::Saved;
use kernel::{Area, Paged, Scope};
use product::ReadyLine;
use web::{
    Filter, Markup, action, area_field, avatar, command_form, disclosure, downloads, empty, field, html, icon, may, mover_button, named_icon,
    options, pill, points, product_path, select, short_label, time,
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

pub(crate) fn create_button(scope: &Scope, features: &[Choice], personas: &[Persona]) -> Markup {
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
                (alike::beside_title(scope, field("title", "Title", "")))
                (select("kind", "Type", &options(StoryKind::ALL), "story"))
                (feature_field(scope, features))
                details.more #create-more { summary { "For whom, notes, labels" } div.stack {
                    @if !personas.is_empty() { (persona::choice("persona_of", personas, None)) }
                    div.triple { (field("persona", "As a", "")) (field("wants", "I want", "")) (field("so_that", "so that", "")) }
                    (area_field("body", "Notes", "", 3))
                    (field("labels", "Labels, with commas", ""))
                } }
                label.check { input type="checkbox" name="top" value="true"; "At the top" }
                p.hint { a href={ (product_path(scope)) "/backlog/several" } { "Add several at once" } " · " a href={ (product_path(scope)) "/templates" } { "From a template" } }
            },
        ),
    )
}

/// Chooses a feature by its number: from a list, or, where there are many, by typing its key.
fn feature_field(scope: &Scope, features: &[Choice]) -> Markup {
    html! { label.field { span { "Feature" }
        @if features.len() <= MOST_CHOICES {
            select name="feature" data-keep { option value="" { "No feature" } @for (number, title) in features { option value=(number) dir="auto" { (scope.key(*number)) " " (title) } } }
        } @else {
            input name="feature" list="features" placeholder="Feature, such as ORB-12" autocomplete="off" data-keep;
            datalist id="features" { @for (number, title) in features { option value=(scope.key(*number)) { (title) } } }
        }
        span.error data-error="feature" {}
    } }
}

/// What the list is narrowed by, and what could not be meant by it.
pub(crate) struct Narrowed<'a> {
    pub filter: &'a Filter,
    pub odd: Option<&'a str>,
    /// What it can be narrowed by with one click.
    pub saved: &'a Saved,
    pub colours: &'a Colours,
    pub columns: &'a Columns,
}

pub(crate) fn backlog(scope: &Scope, page: &Paged<Line>, narrowed: &Narrowed, agreed: &[ReadyLine]) -> Markup {
    let (lines, filter) = (&page.items, narrowed.filter);
    html! {
        (pick_form(scope))
        @let keeps = narrowed.columns.keeps();
        (filter_bar(scope, "Filter the backlog", "backlog", filter, &keeps, &[("field", narrowed.columns.choices())]))
        div.list-tools { (filters::view(scope, narrowed.saved, &keeps)) (narrowed.columns.menu("backlog", "Fields", "The backlog", &filter.address())) (downloads(scope, "backlog", &filter.address())) a.button.plain href={ (product_path(scope)) "/storymap" } { "Story map" } a.button.plain href={ (product_path(scope)) "/refinement" } { "Refine" } a.button.plain href={ (product_path(scope)) "/backlog/tending" } { "Tend" } @if scope.sees(Area::Estimates) { a.button.plain href="poker" { "Planning poker" } } }
        @if may(scope, Area::Backlog) { form.quick method="post" action=(action(scope, "story.create")) data-act data-reset {
            label data-alike=(alike::address(scope)) { span.hidden { "New story" } input name="title" maxlength="500" placeholder="A title and Enter, or a pasted list" autocomplete="off" dir="auto" data-create data-several=(action(scope, "story.create_several")); }
            button type="submit" { (short_label(scope, Area::Backlog, "Add")) } span.error data-error="title" {} (alike::place())
        } }
        @if lines.is_empty() && filter.is_plain() { (empty("list-ordered", "The backlog is empty", "One strict order for everything that might be built. The Owner decides it; everyone else proposes. Add a story, or import what you have.", html! { a.button href="import" { "Import a backlog" } })) }
        @else if lines.is_empty() { p.hint { @if let Some(odd) = narrowed.odd { span dir="auto" { (odd) } } @else { "Nothing fits these filters." } " " a href="backlog" { "Show everything" } } }
        @else {
            (menu::bulk_bar(scope))
            (menu::menu(scope, menu::order(scope)))
            (rows(scope, lines, narrowed, agreed))
            @if let Some(next) = &page.next { p { a.button href={ "?" (narrowed.columns.address()) (filter.address()) "after=" (web::text::encode(next)) } { "Next page" } } }
        }
    }
}

fn rows(scope: &Scope, lines: &[Line], narrowed: &Narrowed, agreed: &[ReadyLine]) -> Markup {
    let filter = narrowed.filter;
    // In another order than its own the list is not put in order.
    let (settable, ordered) = (Settable::by(scope), may(scope, Area::Backlog) && !narrowed.columns.sorts());
    let labelled = format!("backlog?{}label=", filter.changed("label", ""));
    let movable = ordered || Fact::ALL.iter().any(|fact| settable.has(*fact));
    let around = Row {
        scope,
        settable,
        ordered,
        movable,
        query: narrowed.columns.address() + &filter.address(),
        labelled,
        staged: filter.get("stage") == "all",
        agreed,
        colours: narrowed.colours,
        columns: narrowed.columns,
    };
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
            (feature_field(scope, features))
            (field("labels", "Labels, with commas", ""))
            label.check { input type="checkbox" name="top" value="true"; "At the top" }
        },
    )
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
    colours: &'a Colours,
    columns: &'a Columns,
}

fn row(around: &Row, line: &Line) -> Markup {
    let (scope, can) = (around.scope, &around.settable);
    let number = line.number.to_string();
    let key = scope.key(line.number);
    html! { li.row-item data-id=(number) data-v=(line.version) data-state=[menu::state(line.stage, line.ready_at.is_some(), line.blocked_since.is_some())] data-open id={ "s-" (number) } {
        @if around.ordered { span.grip data-grip title="Drag to reorder; [ and ] move by keyboard" { (icon("grip-vertical")) } }
        @if around.movable { input type="checkbox" data-pick value=(number) aria-label={ "Choose " (key) }; }
        (can.control(Fact::Kind, &number, "type", line.kind.word(), kind_icon(line.kind)))
        span.key title=[key_there(line.origin.as_deref(), &key)] { (key) }
        a.title href={ "backlog?" (around.query) "open=" (number) } dir="auto" data-panel { (line.title) }
        span.row-facts {
            (around.columns.cells(scope, line.id.0))
            (labels(around, &number, line))
            (can.control(Fact::Feature, &number, "chip chip-feature", line.feature_title.as_deref().unwrap_or_default(), chip(line.feature_title.as_deref())))
            (can.control(Fact::Sprint, &number, "chip chip-sprint", line.sprint.as_deref().unwrap_or_default(), chip(line.sprint.as_deref())))
            @if line.blocked_since.is_some() { (pill("critical", "blocked")) }
            (waits(line.waits)) (progress(line.subtasks_done, line.subtasks))
            @if around.staged { (stage_pill(line.stage)) }
            (readiness::in_row(scope, around.agreed, line))
            span.when { (time(scope, line.updated_at, scope.now)) }
            (can.control(Fact::Assignee, &number, "face", line.assignee.as_deref().unwrap_or_default(), face(line.assignee.as_deref())))
            (can.control(Fact::Points, &number, "points", &line.points.map_or(String::new(), |p| points(Some(p))), html! { (points(line.points)) }))
        }
        @if around.movable { (mover_button(&number, &key)) }
    } }
}

/// Each label leads to all that have it; what stands behind them sets them.
fn labels(around: &Row, number: &str, line: &Line) -> Markup {
    html! { span.labels {
        @for label in line.labels.iter().take(3) { (label_link(&around.labelled, label, around.colours)) " " }
        (around.settable.control(Fact::Labels, number, "", &line.labels.join(", "), html! { @if !line.labels.is_empty() { (icon("plus")) } }))
    } }
}

/// A label as the way to all stories that have it; `before` is the address up to its name.
pub(crate) fn label_link(before: &str, label: &str, colours: &Colours) -> Markup {
    html! { a.chip.chip-label.{ "label-" (colours.of(label)) } href={ (before) (web::text::encode(label)) } dir="auto" title={ "All that is labelled “" (label) "”" } tabindex="-1" { (label) } }
}

fn chip(title: Option<&str>) -> Markup {
    html! { @if let Some(title) = title { bdi { (title) } } }
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
