//! A review as a stakeholder without an account sees it by a link: what was meant to come, what came, what is shown of it,
//! and a place to say something about each story. What the team keeps of it is not shown.

use crate::{
    agenda::{self, Agenda},
    feedback::LeaveFeedback,
};
use backlog::Story;
use kernel::{
    Area, Asked, Id, Look, Noun, Refusal, Result,
    shared::{SharedLook, Visit},
};
use sprint::{GoalMet, Sprint};
use web::{Markup, area_field, field, html, limited, pill, text::markdown, when};

pub(crate) const SHARED: SharedLook = SharedLook {
    name: "review",
    says: "The sprint review",
    areas: &[Area::Sprints, Area::Backlog],
    also: &[],
    options: &[],
    whom: "sprint",
    show,
    feed: None,
    ask: Some(LeaveFeedback::NAME),
};

fn show(look: &mut Look, visit: &Visit) -> Result<String> {
    let sprint = Sprint::get(look, Id::new(visit.whom.ok_or(Refusal::NotFound)?))?;
    let agenda = agenda::read(look, sprint)?;
    // Nothing is said any more in a product that is archived.
    let open = look.scope.product.as_ref().is_some_and(|product| !product.archived);
    Ok(visited(&agenda, open).into_string())
}

/// How a goal was met, in words.
pub(crate) fn met(goal: Option<GoalMet>) -> Markup {
    match goal {
        Some(GoalMet::Met) => pill("good", "reached"),
        Some(GoalMet::Partly) => pill("warning", "partly reached"),
        Some(GoalMet::Missed) => pill("critical", "missed"),
        None => html! {},
    }
}

fn visited(agenda: &Agenda, open: bool) -> Markup {
    let sprint = &agenda.sprint;
    html! { div.review {
        section { h2 dir="auto" { (sprint.name) }
            p.quiet { (when::short_day(&sprint.starts_on, "")) " to " (when::short_day(&sprint.ends_on, "")) }
            @if !sprint.goal.is_empty() { p { strong { "The goal: " } bdi { (sprint.goal) } " " (met(sprint.result.goal)) } } }
        section { h2 { "What is done" }
            @if agenda.accepted.is_empty() { p.quiet { "Nothing has been accepted yet." } }
            @for story in &agenda.accepted { (shown(agenda, story, open)) } }
        @if !agenda.unfinished.is_empty() { section { h2 { "What is not finished" } ul { @for story in &agenda.unfinished { li dir="auto" { (story.title) } } } } }
        @if open { section { h2 { "What do you say?" } p.hint { "About all of it, or below each story. Those who build it read your words; they are kept as evidence of what is wanted." } (say("")) } }
    } }
}

/// A story with what is shown of it.
fn shown(agenda: &Agenda, story: &Story, open: bool) -> Markup {
    html! { article.review-story {
        h3 dir="auto" { (story.title) }
        @for demo in agenda.demos.iter().filter(|demo| demo.story == story.id()) { div.prose { (markdown(&demo.body)) } }
        @if open { details.more { summary { "Say something about it" } (say(&story.id().to_string())) } }
    } }
}

fn say(story: &str) -> Markup {
    html! { form.stack method="post" hx-boost="false" {
        input type="hidden" name="story" value=(story);
        (limited(LeaveFeedback::NAME, html! { (field("name", "Your name, if you want to say it", "")) (area_field("body", "What you say", "", 3)) }))
        button type="submit" { "Send it" }
    } }
}
