//! Closing a sprint: what will become of each story, asked before; and what came of the sprint, told after.

use crate::{
    model::*,
    result::{Group, Leftover},
    rows::Card,
    views::Shown,
};
use backlog::{Stage, kind_icon};
use kernel::{Area, Scope, Standing};
use web::{Markup, act, area_field, command_form, disclosure, html, pill, points, select, several};

/// Titles of a group that the form shows before it counts.
const SHOWN: usize = 6;

/// The form that closes a sprint: for each group of stories that are not accepted, which they are and where they go.
pub(crate) fn form(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let accepted = shown.whole.iter().filter(|c| c.stage == Stage::Accepted).count();
    let planned: Vec<(String, String)> =
        shown.all.iter().filter(|h| h.state == SprintState::Planned).map(|h| (h.number.to_string(), h.name.clone())).rev().collect();
    let class = if scope.standing(Area::Sprints).1 == Standing::Decides { "primary" } else { "" };
    let fields = html! {
        input type="hidden" name="sprint" value=(s.number);
        p { strong { (several(accepted, "story")) " accepted" } ", " (shown.whole.len() - accepted) " not." }
        @for group in Group::ALL { (left(scope, group, shown.whole, !planned.is_empty())) }
        @match planned.as_slice() {
            [] => { @if accepted < shown.whole.len() { p.hint { "To carry stories over, plan the next sprint first." } } }
            [(number, _)] => { input type="hidden" name="into" value=(number); }
            several => { (select("into", "What is carried over goes into", several, &several[0].0)) }
        }
        @if !s.goal.is_empty() {
            fieldset.choices { legend { "Was the goal reached? " bdi.quiet { (s.goal) } }
                div.answers { @for (value, label) in [("met", "Yes"), ("partly", "Partly"), ("missed", "No")] { label.check { input type="radio" name="goal" value=(value); (label) } } }
            }
        }
        (area_field("note", "What is to be said about this sprint (optional)", "", 2))
    };
    disclosure("close", "Close sprint", class, command_form(scope, Area::Sprints, "sprint.close", "Close sprint", fields))
}

/// The stories of a group and the choice where they go; nothing where there are none.
fn left(scope: &Scope, group: Group, cards: &[Card], next: bool) -> Markup {
    let these: Vec<&Card> = cards.iter().filter(|c| Group::of(c.stage) == Some(group)).collect();
    if these.is_empty() {
        return html! {};
    }
    let (name, heading, usual) = match group {
        Group::Waiting => ("waiting", "Waiting for a verdict", Leftover::Wait),
        Group::Doing => ("doing", "In progress", Leftover::Return),
        Group::Untouched => ("untouched", "Not begun", Leftover::Return),
    };
    let mut ways = vec![];
    if group == Group::Waiting {
        ways.push((Leftover::Wait, "Keep them in the queue for acceptance"));
    }
    ways.push((Leftover::Return, if group == Group::Waiting { "Take them back to the backlog, unjudged" } else { "Return them to the backlog" }));
    if next {
        ways.push((Leftover::CarryOver, "Carry them over into the next sprint"));
    }
    html! { fieldset.choices.leaving {
        legend { (heading) " " span.quiet { (these.len()) } }
        ul.lines { @for c in these.iter().take(SHOWN) { li { (kind_icon(c.kind)) span.key { (scope.key(c.number)) } span.title dir="auto" { (c.title) } span.points { (points(c.points)) } } } }
        @if these.len() > SHOWN { p.hint { "and " (these.len() - SHOWN) " more" } }
        @if let [(way, label)] = ways.as_slice() { input type="hidden" name=(name) value=(way); p.hint { (label) "." } }
        @else { @for (way, label) in ways { label.check { input type="radio" name=(name) value=(way) checked[way == usual]; (label) } } }
    } }
}

/// What came of a closed sprint.
pub(crate) fn summary(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let r = &s.result;
    let judged = shown.whole.iter().filter(|c| c.stage == Stage::Accepted).count().saturating_sub(r.accepted);
    let waiting = r.went(Leftover::Wait);
    let size =
        |points_: f64| html! { @if points_ > 0.0 && scope.sees(Area::Estimates) { span.quiet { " · " (several(points(Some(points_)), "point")) } } };
    html! { section.compared aria-label="What came of it" {
        h2 { "What came of it" }
        @match r.goal { Some(crate::GoalMet::Met) => { p { (pill("good", "goal reached")) } } Some(crate::GoalMet::Partly) => { p { (pill("warning", "goal partly reached")) } } Some(crate::GoalMet::Missed) => { p { (pill("critical", "goal missed")) } } None => {} }
        @if !r.note.is_empty() { p.prose dir="auto" { (r.note) } }
        ul.figures {
            li { strong { (r.accepted) } " accepted" (size(r.accepted_points)) }
            @if waiting > 0 { li { strong { (waiting) } " waited for a verdict" @if judged > 0 { span.quiet { " · " (judged) " accepted since" } } } }
            @let carried = r.went(Leftover::CarryOver);
            @if carried > 0 { li { strong { (carried) } " carried over" } }
            @let returned = if r.went.is_empty() { r.left } else { r.went(Leftover::Return) };
            @if returned > 0 { li { strong { (returned) } " returned to the backlog" } }
            @if r.rejected > 0 { li { strong { (r.rejected) } " rejected on the way" } }
            @if r.added + r.removed > 0 { li { "Scope changed: " (r.added) " came in, " (r.removed) " went out after the start" } }
        }
        (again(scope, shown))
    } }
}

/// What was returned goes into the sprint that runs or comes, in one act: a close is not taken back.
fn again(scope: &Scope, shown: &Shown) -> Markup {
    let next = shown.all.iter().rfind(|h| matches!(h.state, SprintState::Planned | SprintState::Active));
    html! { @if let (Some(next), false) = (next, shown.left.is_empty()) {
        @let numbers: Vec<String> = shown.left.iter().map(ToString::to_string).collect();
        @let sprint = next.number.to_string();
        @let fields: Vec<(&str, &str)> = numbers.iter().map(|n| ("stories", n.as_str())).chain([("sprint", sprint.as_str())]).collect();
        (act(scope, Area::Sprints, "story.set", &fields, &format!("Put {} that came back into {}", several(shown.left.len(), "story"), next.name), ""))
    } }
}
