//! Markup of one story: the panel over a list and the page of its own are the same.

use crate::{
    around::{Around, Given},
    blocking::{self, Blocking},
    brought_view,
    fact::{Fact, Settable},
    labels::Colours,
    menu,
    model::*,
    readiness,
    scenario::scenario_view,
    story_acts,
    subtasks::Subtask,
    views::{face, kind_icon, label_link},
};
use activity::History;
use kernel::{Area, Noun, Scope};
use product::ReadyLine;
use web::{
    Markup, act, action, area_field, command_form, disclosure, html, icon, may, model_drafts, pill, points, product_path, several, short_label,
    small_act, time, who_decides,
};

pub(crate) struct Shown<'a> {
    pub story: &'a Story,
    pub criteria: &'a [Criterion],
    pub around: &'a Around,
    /// Columns that a card may move to: id and name.
    pub columns: &'a [(String, String)],
    /// Its files, and what is said about it.
    pub hanging: &'a notices::Around,
    /// Who can be named in its texts.
    pub names: &'a people::Names,
    pub history: &'a History,
    pub kin: &'a [crate::Kin],
    /// Commits, branches and pull requests that name it.
    pub code: &'a [crate::code::Piece],
    pub colours: &'a Colours,
    pub own: &'a [fields::Own],
    /// The product's definitions of ready and of done.
    pub agreed: &'a [ReadyLine],
    pub done: &'a [String],
    /// Its sub-tasks, and who may do them.
    pub tasks: &'a [Subtask],
    pub doers: &'a [(kernel::Id<people::Member>, String)],
    /// The personas of the research.
    pub personas: &'a [crate::persona::Persona],
    /// What may stand in its way.
    pub hints: &'a [crate::invest::Hint],
    pub blocking: &'a Blocking,
}

pub(crate) fn story(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    html! {
        article.story data-story=(s.number) data-v=(s.meta.version) data-state=[menu::state(s.stage, s.ready_at.is_some(), s.blocked_since.is_some())] {
            (crumb(scope, shown))
            (title(scope, s))
            (rejection(scope, shown))
            (blocking::banner(s, shown.blocking))
            (crate::links_view::held_up(scope, s, shown.kin))
            (story_acts::next(scope, shown))
            @if s.stage == Stage::HandedOver { (story_acts::done_list(shown.done)) }
            (facts(scope, shown))
            (fields::panel(scope, fields::Thing::Story, &s.number.to_string(), shown.own))
            (readiness::in_panel(scope, shown.agreed, s, shown.criteria))
            (crate::hints::view(scope, s, shown.hints))
            (statement(s))
            div.prose { (shown.names.prose(scope, &s.body)) }
            (story_acts::edit_form(scope, s))
            (criteria(scope, shown))
            (crate::subtasks_view::panel(scope, s, shown.tasks, shown.doers))
            (verdicts(scope, shown))
            (brought_view::verdict(scope, s, shown.around.verdicts.is_empty()))
            (story_acts::more(scope, shown))
            (crate::links_view::view(scope, s, shown.kin))
            (crate::code::view(scope, shown.code))
            (brought_view::origin(s))
            (shown.hanging.view(scope, s.meta.id))
            (activity::history_view(scope, shown.history))
        }
    }
}

/// The title, which a click or a key turns into a field.
fn title(scope: &Scope, s: &Story) -> Markup {
    let settable = Settable::by(scope);
    html! { h2.story-title {
        (settable.fact(Fact::Kind, s.number, s.kind.word(), html! { (kind_icon(s.kind)) }))
        @if may(scope, Area::Backlog) { button.plain.title type="button" dir="auto" data-edit title="Edit the title (e)" { (s.title) } } @else { span.title dir="auto" { (s.title) } }
    } }
}

/// Why it came back, until the next verdict.
fn rejection(scope: &Scope, shown: &Shown) -> Markup {
    html! { @if let Some(verdict) = shown.around.verdicts.first().filter(|verdict| !verdict.accepted) { @if !matches!(shown.story.stage, Stage::Accepted | Stage::Dropped) { (banner(scope, verdict)) } } }
}

/// As a … I want … so that …
pub(crate) fn statement(s: &Story) -> Markup {
    html! { @if !s.so_that.is_empty() || !s.wants.is_empty() { p.statement { "As a " em { bdi { (or_dots(&s.persona)) } } " I want " em { bdi { (or_dots(&s.wants)) } } " so that " em { bdi { (or_dots(&s.so_that)) } } "." } } }
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

fn crumb(scope: &Scope, shown: &Shown) -> Markup {
    let base = product_path(scope);
    html! { p.crumb data-thing={ "story:" (shown.story.id()) } {
        @if let Some((number, title)) = &shown.around.initiative { a href={ (base) "/roadmap?open=" (number) } { bdi { (title) } } " › " }
        @match &shown.around.feature { Some((number, title)) => { a href={ (base) "/roadmap?open=" (number) } { bdi { (title) } } " › " } None => { (pill("warning", "no feature")) " " } }
        @let key = scope.key(shown.story.number);
        a.key href={ (base) "/story/" (shown.story.number) } { (key) }
        @if let Some(there) = brought_view::key_there(shown.story.origin.as_deref(), &key) { " · " bdi { (there) } }
        " · " a href={ (base) "/thread?of=" (scope.key(shown.story.number)) } { "Thread" }
        @if !matches!(shown.story.stage, Stage::Accepted | Stage::Dropped) { " · " a href={ (base) "/foresight?story=" (shown.story.number) } title="Say how likely it is accepted by a day" { "Foretell" } }
    } }
}

/// Every fact is set where it stands.
fn facts(scope: &Scope, shown: &Shown) -> Markup {
    let (s, can) = (shown.story, Settable::by(scope));
    let none = || html! { span.quiet { "–" } };
    let assignee = shown.around.assignee.as_deref();
    let labelled = format!("{}/backlog?stage=all&label=", product_path(scope));
    let labels = html! { @for label in s.labels.iter() { (label_link(&labelled, label, shown.colours)) " " } };
    let set = html! { @if s.labels.is_empty() { (none()) } @else if can.has(Fact::Labels) { (icon("plus")) } };
    html! { dl.facts {
        div { dt { "Stage" } dd { (story_acts::stage(scope, shown)) } }
        div { dt { "Works on it" } dd { (can.fact(Fact::Assignee, s.number, assignee.unwrap_or_default(), html! { (face(assignee)) " " bdi { (assignee.unwrap_or("Nobody yet")) } })) (brought_view::awaited(s)) } }
        @if scope.sees(Area::Estimates) { div { dt { "Size" } dd { (can.fact(Fact::Points, s.number, &s.points.map_or(String::new(), |size| points(Some(size))), html! { @match s.points { Some(size) => { (several(points(Some(size)), "point")) } None => { (none()) } } })) (brought_view::as_imported(s, "points"))
            // Whoever may not set it is told who does.
            @if s.points.is_none() && !can.has(Fact::Points) { p.hint { (who_decides(scope, Area::Estimates)) " Ask in a comment." } } } } }
        div { dt { "Sprint" } dd { @let sprint = shown.around.sprint.as_ref().map(|(_, name, _)| name.as_str());
            (can.but(Fact::Sprint, matches!(s.stage, Stage::Accepted | Stage::Dropped)).fact(Fact::Sprint, s.number, sprint.unwrap_or_default(), html! { @match sprint { Some(name) => { bdi { (name) } } None => { (none()) } } })) } }
        div { dt { "Feature" } dd { @let feature = shown.around.feature.as_ref().map(|(_, title)| title.as_str());
            (can.fact(Fact::Feature, s.number, feature.unwrap_or_default(), html! { @match feature { Some(title) => { bdi { (title) } } None => { (none()) } } })) } }
        (crate::persona::view(scope, s, shown.personas))
        div { dt { "Labels" } dd { (labels) (can.fact(Fact::Labels, s.number, &s.labels.join(", "), set)) } }
        @if let Some(priority) = brought_view::priority(s) { div { dt { "Priority" } dd { bdi { (priority) } span.quiet { " as imported" } } } }
        div { dt { "Created" } dd { (brought_view::created(scope, s)) } }
        @if s.stage == Stage::Open { div { dt { "Ready" } dd { @if s.ready_at.is_some() { (pill("good", "ready")) } @else { span.quiet { "not marked" } } } } }
    } }
}

fn criteria(scope: &Scope, shown: &Shown) -> Markup {
    let number = shown.story.number.to_string();
    let offered = if shown.criteria.is_empty() { crate::criteria_in(&shown.story.body).len() } else { 0 };
    html! { section.criteria { h3 { "Acceptance criteria" }
        @if offered > 0 { p.banner { "The text lists " (offered) " acceptance criteria. " (act(scope, Area::Backlog, "criterion.take_over", &[("story", &number)], "Take them over", "plain")) } }
        ol { @for c in shown.criteria { li class={ "criterion state-" (c.state) } {
            (stands(c))
            div { (told(scope, c, shown.names))
                span.acts {
                    @if !matches!(shown.story.stage, Stage::Accepted | Stage::Dropped) { (check_acts(scope, c)) }
                    (disclosure(&format!("c-{}", c.id()), "Edit", "plain", command_form(scope, Area::Backlog, "criterion.edit", "Save", html! { input type="hidden" name="criterion" value=(c.id()); input type="hidden" name="version" value=(c.meta.version); (area_field("body", "Criterion", &c.body, 3)) })))
                    (small_act(scope, Area::Backlog, "criterion.remove", &[("criterion", &c.id().to_string())], "trash-2", "Remove criterion"))
                }
            }
            a.key href={ (product_path(scope)) "/coverage?open=" (c.id()) } title="What tests said of it, by this tag" { (scope.key(shown.story.number)) "." (c.number) }
        } } }
        @if may(scope, Area::Backlog) { form.quick #criterion method="post" action=(action(scope, "criterion.add")) data-act data-reset data-key="+" { input type="hidden" name="story" value=(number);
            label { span.hidden { "New criterion" } textarea name="body" rows="1" dir="auto" maxlength=(crate::criteria::MOST_CRITERION) placeholder="A rule, or Given … When … Then …" data-keep {} } button type="submit" { (short_label(scope, Area::Backlog, "Add criterion")) } span.error data-error="body" {} } }
        (model_drafts(scope, may(scope, Area::Backlog) && !matches!(shown.story.stage, Stage::Accepted | Stage::Dropped), &format!("story={number}"), "Draft criteria"))
    } }
}

/// What is known of a criterion, as a mark.
pub(crate) fn stands(c: &Criterion) -> Markup {
    html! { span.state title=(c.state.says()) { (state_icon(c.state)) span.hidden { (c.state.says()) } } }
}

/// What a criterion says, and what was noted of it.
pub(crate) fn told(scope: &Scope, c: &Criterion, names: &people::Names) -> Markup {
    html! {
        @if c.form == Form::Scenario { (scenario_view(&c.body)) } @else { div.prose { (names.prose(scope, &c.body)) } }
        @if c.flaky { p { span.pill.warning title="Its tests passed and failed on the same commit" { "flaky" } } }
        @if !c.note.is_empty() || c.checked_at.is_some() { p.quiet.noted { bdi { (c.note) } @if let Some(at) = c.checked_at { @if c.note.is_empty() { "Checked " } @else { " · checked " } (time(scope, at, scope.now)) } } }
    }
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

/// The verdicts so far; one that stands at the top is not told twice.
fn verdicts(scope: &Scope, shown: &Shown) -> Markup {
    let verdicts = &shown.around.verdicts;
    let told = usize::from(!rejection(scope, shown).0.is_empty());
    html! { @for verdict in verdicts.iter().skip(told) { (banner(scope, verdict)) } }
}

pub(crate) fn banner(scope: &Scope, given: &Given) -> Markup {
    html! { div.banner.verdict.(if given.accepted { "good" } else { "critical" }) {
        p { strong { @if given.accepted { "Accepted" } @else { "Rejected" } } " by " bdi { (given.by.as_deref().unwrap_or("someone")) } " " (time(scope, given.at, scope.now)) @if !given.reason.is_empty() { ": " bdi { (given.reason) } } }
        @if !given.done.is_empty() { details.more.done-list { summary { "Definition of done at that time" } ul { @for line in &given.done { li dir="auto" { (line) } } } } }
    } }
}
