//! What can be done with a story, on its panel: what comes next at the top, the rest below. Each says in `data-key` the
//! key that does it.

use crate::{
    Fact, Settable, blocking,
    model::*,
    readiness::{Facts, Readiness},
    story_view::Shown,
};
use kernel::{Area, Noun, Scope};
use web::{Markup, act, area_field, capital, command_form, disclosure, field, html, may, product_path, select, small_act};

/// What comes next, and what stands in its way.
pub(crate) fn next(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    let number = s.number.to_string();
    let story = [("story", number.as_str())];
    let running = matches!(&shown.around.sprint, Some((_, _, state)) if state == "active");
    let lead = |first: bool| if first { "primary" } else { "" };
    let acts = html! {
        @match s.stage {
            Stage::Open => {
                @if running { span data-key="s" { (act(scope, Area::Work, "story.start", &story, "Start work", lead(true))) } }
                @if s.points.is_none() { (choose(scope, Fact::Points, s.number, "Estimate")) }
                (ready(scope, shown, !running))
                @if s.sprint.is_none() { (choose(scope, Fact::Sprint, s.number, "Plan into a sprint")) }
            }
            Stage::Doing => { span data-key="h" { (act(scope, Area::Work, "story.hand_over", &story, "Hand over for acceptance", "primary")) } }
            Stage::HandedOver => { (verdict(scope, shown)) }
            Stage::Dropped => { (act(scope, Area::Backlog, "story.drop", &[("story", &number), ("dropped", "false")], "Take up again", "")) }
            Stage::Accepted => { (act(scope, Area::Acceptance, "story.reopen", &story, "Reopen", "plain")) }
        }
        @if s.assignee.is_none() && matches!(s.stage, Stage::Open | Stage::Doing) { (choose(scope, Fact::Assignee, s.number, "Assign")) (take(scope, &number)) }
        @if matches!(s.stage, Stage::Open | Stage::Doing) {
            span data-key="b" { (blocking::acts(scope, s, shown.blocking)) }
        }
    };
    html! { div.row.acts-bar { (acts) } }
}

/// Where it stands, with what leads on and back from there.
pub(crate) fn stage(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    let number = s.number.to_string();
    let told = shown.around.column.clone().unwrap_or_else(|| capital(s.stage.says()));
    let ways: &[(&str, &str, &str)] = match s.stage {
        Stage::Open => &[("story.start", "", "Start work")],
        Stage::Doing => &[("story.put_back", "open", "Back to open"), ("story.hand_over", "", "Hand over for acceptance")],
        Stage::HandedOver => &[("story.put_back", "doing", "Back to work"), ("story.put_back", "open", "Back to open")],
        Stage::Accepted | Stage::Dropped => &[],
    };
    html! { @if ways.is_empty() || !may(scope, Area::Work) { bdi { (told) } } @else {
        details.menu-button.stage { summary.fact title={ "Stage: " (told) } { bdi { (told) } } div.menu {
            @for (command, to, label) in ways {
                @let fields: Vec<(&str, &str)> = [("story", number.as_str()), ("stage", *to)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
                (act(scope, Area::Work, command, &fields, label, "plain"))
            }
        } }
    } }
}

/// The main act only where nothing is missing any more; before that it is done all the same, and says so.
fn ready(scope: &Scope, shown: &Shown, leads: bool) -> Markup {
    let s = shown.story;
    let number = s.number.to_string();
    let whole = lacks(scope, shown).is_empty();
    let (value, label) = match s.ready_at {
        Some(_) => ("false", "Not ready"),
        None if whole => ("true", "Mark ready"),
        None => ("true", "Mark ready all the same"),
    };
    let class = if leads && whole && s.ready_at.is_none() {
        "primary"
    } else if s.ready_at.is_some() {
        "plain"
    } else {
        ""
    };
    html! { span data-key="r" { (act(scope, Area::Backlog, "story.mark_ready", &[("story", &number), ("ready", value)], label, class)) } }
}

/// What a story is missing before it is ready.
fn lacks<'a>(scope: &Scope, shown: &Shown<'a>) -> Vec<&'a str> {
    Readiness::judge(shown.agreed, &Facts::of_story(scope, shown.story, shown.criteria)).missing()
}

/// A button that opens the choices for a fact.
fn choose(scope: &Scope, fact: Fact, number: i64, label: &str) -> Markup {
    html! { @if Settable::by(scope).has(fact) { button type="submit" form="pick" name=(fact) value=(number) { (web::act_label(scope, fact.area(), label)) } } }
}

/// Gives it to whoever looks.
fn take(scope: &Scope, number: &str) -> Markup {
    html! { @if let Some(me) = scope.who.member.filter(|_| scope.who.assistant.is_none()) {
        span data-key="i" { (act(scope, Area::Work, "story.set", &[("stories", number), ("assignee", &me.simple().to_string())], "Take it", "")) }
    } }
}

/// Accepting and rejecting. Where a criterion is not known to pass, accepting asks why.
fn verdict(scope: &Scope, shown: &Shown) -> Markup {
    let number = shown.story.number.to_string();
    let sure = !shown.criteria.is_empty() && shown.criteria.iter().all(|c| c.state == CriterionState::Passing);
    let why = if shown.criteria.is_empty() { "Note (optional)" } else { "Why accept with criteria that are not known to pass" };
    html! {
        @if sure { span #accept data-key="y" { (act(scope, Area::Acceptance, "story.accept", &[("story", &number)], "Accept story", "primary")) } }
        @else { span data-key="y" { (disclosure("accept", "Accept story …", "primary", command_form(scope, Area::Acceptance, "story.accept", "Accept story", html! { input type="hidden" name="story" value=(number); (field("reason", why, "")) }))) } }
        span data-key="n" { (disclosure("reject", "Reject …", "", command_form(scope, Area::Acceptance, "story.reject", "Reject with this reason", html! {
            input type="hidden" name="story" value=(number); (area_field("reason", "What is missing", "", 3)) (not_met(shown.criteria))
        }))) }
    }
}

/// The definition of done, where a verdict is given.
pub fn done_list(lines: &[String]) -> Markup {
    html! { @if !lines.is_empty() { details.more.done-list open { summary { "Definition of done" } ul { @for line in lines { li dir="auto" { (line) } } } } } }
}

/// The criteria to name as not met.
pub fn not_met(criteria: &[Criterion]) -> Markup {
    html! { @if !criteria.is_empty() { fieldset.choices { legend { "Not met" } @for c in criteria { label.check { input type="checkbox" name="failing" value=(c.id()) checked[c.state == CriterionState::Failing]; (c.body.lines().next().unwrap_or("")) } } } } }
}

/// Its text; the other facts are set where they stand.
pub(crate) fn edit_form(scope: &Scope, s: &Story) -> Markup {
    disclosure(
        "edit",
        "Edit the text",
        "plain",
        command_form(
            scope,
            Area::Backlog,
            "story.edit",
            "Save",
            html! {
                input type="hidden" name="story" value=(s.number); input type="hidden" name="version" value=(s.meta.version);
                (field("title", "Title", &s.title))
                div.triple { (field("persona", "As a", &s.persona)) (field("wants", "I want", &s.wants)) (field("so_that", "so that", &s.so_that)) }
                (area_field("body", "Notes", &s.body, 8))
            },
        ),
    )
}

/// Whether its card stands on a board, where it can be moved.
pub(crate) fn moves_on_board(s: &Story) -> bool {
    s.sprint.is_some() && matches!(s.stage, Stage::Open | Stage::Doing | Stage::HandedOver)
}

/// The rest of what can be done.
pub(crate) fn more(scope: &Scope, shown: &Shown) -> Markup {
    let s = shown.story;
    let number = s.number.to_string();
    let story = [("story", number.as_str())];
    html! { div.row.acts-more {
        @if moves_on_board(s) {
            (disclosure("column", "Move on the board", "plain", command_form(scope, Area::Work, "story.move_card", "Move", html! { input type="hidden" name="story" value=(number); (select("column", "To the column", shown.columns, &s.board_column.map(|c| c.to_string()).unwrap_or_default())) (field("reason", "Why, where the column is full already", "")) })))
        }
        @if may(scope, Area::Backlog) {
            (disclosure("split", "Split off", "plain", command_form(scope, Area::Backlog, "story.split_off", "Split off", html! { input type="hidden" name="story" value=(number); (field("title", "What the new story is called", "")) (going_over(shown.criteria)) })))
            @if !matches!(s.stage, Stage::Accepted | Stage::Dropped) { a.button.plain href={ (product_path(scope)) "/story/" (number) "/split" } { "Split into parts" } }
            (disclosure("keep-template", "Keep as a template", "plain", command_form(scope, Area::Backlog, "story.keep_as_template", "Make template", html! { input type="hidden" name="story" value=(number); (field("name", "What it is called", "")) p.hint { "Its text, labels, criteria and sub-tasks, for stories like it. " a href={ (product_path(scope)) "/templates" } { "All templates" } } })))
        }
        (crate::code::copy_branch(scope, s))
        (small_act(scope, Area::Backlog, "story.duplicate", &story, "copy", "Make another like it"))
        @if s.stage == Stage::Open {
            (small_act(scope, Area::Backlog, "story.move", &[("story", &number), ("to", "top")], "arrow-up-to-line", "To the top of the backlog"))
            (small_act(scope, Area::Backlog, "story.move", &[("story", &number), ("to", "bottom")], "arrow-down-to-line", "To the end of the backlog"))
        }
        @if s.stage != Stage::Accepted && may(scope, Area::Backlog) { a.button.plain href={ (product_path(scope)) "/story/" (number) "/move" } { "Move to another product" } }
        @if !matches!(s.stage, Stage::Accepted | Stage::Dropped) { (act(scope, Area::Backlog, "story.drop", &[("story", &number), ("dropped", "true")], "Drop", "plain")) }
        @if s.stage != Stage::Accepted { (small_act(scope, Area::Backlog, "story.remove", &[story[0], ("_back", &format!("{}/backlog", product_path(scope)))], "trash-2", "Remove story")) }
    } }
}

/// The criteria that may go over to a new story; one at least stays.
fn going_over(criteria: &[Criterion]) -> Markup {
    html! { @if criteria.len() > 1 { fieldset.choices { legend { "Criteria that go with it" } @for c in criteria { label.check { input type="checkbox" name="criteria" value=(c.id()); (c.body.lines().next().unwrap_or("")) } } } } }
}
