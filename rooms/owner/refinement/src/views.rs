//! Markup of refinement.

use crate::model::*;
use backlog::{Line, Stage};
use kernel::{Area, Noun, Scope, Uuid};
use web::{
    Markup, act, area_field, command_form, disclosure, empty, field, html, keyed, line_form, may, number_field, pill, points, product_path, several,
    small_act, time,
};

/// The stories of an agenda, what each lacks, and what was noted.
pub(crate) struct Shown {
    pub lines: Vec<Line>,
    pub missing: Vec<Vec<String>>,
    pub notes: Vec<(RefinementNote, String)>,
}

impl Shown {
    fn notes_at(&self, story: Option<Uuid>) -> impl Iterator<Item = &(RefinementNote, String)> {
        self.notes.iter().filter(move |(note, _)| note.story.map(|id| id.0) == story)
    }
}

/// Before there is one: what it is for, how it begins, and what was before.
pub(crate) fn none(scope: &Scope, lately: &[Refinement]) -> Markup {
    html! {
        (empty("clock", "No session runs", "Refinement goes through the top of the backlog together: read a story, ask, split it where it is too large, say what makes it done, and mark it as ready. Its agenda is made of the first stories that are not ready yet.", html! {}))
        @if !lately.is_empty() { section { h2 { "Sessions before" }
            ul.lines { @for session in lately { li {
                a href={ "?session=" (session.id()) } { "Refinement " (session.number) } " "
                span.quiet { (time(scope, session.meta.created_at, scope.now)) " · " (several(session.stories.len(), "story")) ", " (session.made_ready.len()) " made ready · " (length(total(session))) }
            } } }
        } }
    }
}

fn total(session: &Refinement) -> i64 {
    session.spent.values().sum()
}

/// "12 min".
fn length(took: i64) -> String {
    format!("{} min", (took + 30_000) / 60_000)
}

pub(crate) fn begin(scope: &Scope) -> Markup {
    let form = html! { div.pair { (number_field("count", "How many stories", Some(8.0))) (number_field("minutes", "Minutes for each", Some(10.0))) } p.hint { "The first stories of the backlog that are in no sprint and not marked as ready." } };
    disclosure("begin", "Begin a session", "primary", command_form(scope, Area::Work, "refinement.begin", "Begin", form))
}

pub(crate) fn end(scope: &Scope, session: &Refinement) -> Markup {
    act(scope, Area::Work, "refinement.end", &[("refinement", &session.id().to_string())], "End the session", "primary")
}

/// The session that runs: its agenda on the one side, the story at hand on the other.
pub(crate) fn running(scope: &Scope, session: &Refinement, shown: &Shown, panel: Option<Markup>) -> Markup {
    let id = session.id().to_string();
    html! { div.refining {
        section.agenda aria-label="Agenda" {
            (clock(scope, session))
            ol.lines { @for (line, missing) in shown.lines.iter().zip(&shown.missing) { (item(scope, session, line, missing)) } }
            @if let Some(next) = session.next().and_then(|next| shown.lines.iter().find(|line| line.id.0 == next)) {
                (act(scope, Area::Work, "refinement.turn", &[("refinement", &id), ("story", &next.number.to_string())], "Next story", ""))
            }
            (disclosure("on-agenda", "Put a story on it", "plain", command_form(scope, Area::Work, "refinement.put_on_agenda", "Put on the agenda", html! { input type="hidden" name="refinement" value=(id); (field("story", "By its key", "")) })))
            h2 { "Notes about the session" }
            (notes(scope, shown.notes_at(None)))
            (note_form(scope, &id, None, "note-all"))
        }
        section.at-hand aria-label="The story at hand" {
            @match panel {
                Some(panel) => {
                    @let at = shown.lines.iter().find(|line| session.at_story == Some(line.id.0));
                    (panel)
                    @if let Some(line) = at { section.refined-notes { h3 { "Notes at this story" } (notes(scope, shown.notes_at(Some(line.id.0)))) (note_form(scope, &id, Some(line.number), "note-story")) } }
                }
                None => { p.hint { "Choose a story of the agenda." } }
            }
        }
    } }
}

/// How long the story at hand takes, of how long it is meant to. With script it counts down.
fn clock(scope: &Scope, session: &Refinement) -> Markup {
    html! { @if let (Some(story), Some(since)) = (session.at_story, session.since) {
        @let took = session.took(story, scope.now);
        @let before = took - (scope.now - since).max(0);
        @let ends = since + session.minutes * 60_000 - before;
        @let over = scope.now > ends;
        p.timebox role="timer" { strong.over[over] data-countdown=(ends) { @if over { (length(scope.now - ends)) " over" } @else { (length(ends - scope.now)) " left" } } span.quiet { " of " (session.minutes) " minutes for this story" } }
    } }
}

fn item(scope: &Scope, session: &Refinement, line: &Line, missing: &[String]) -> Markup {
    let (id, number) = (session.id().to_string(), line.number.to_string());
    let at_hand = session.at_story == Some(line.id.0);
    let took = session.took(line.id.0, scope.now);
    html! { li.agenda-item.at-hand[at_hand] aria-current=[at_hand.then_some("step")] {
        span.what { (keyed(scope, line.number, &line.title)) }
        (standing(scope, line, missing))
        @if took >= 30_000 { span.quiet { (length(took)) } }
        @if !at_hand && session.ended_at.is_none() { (small_act(scope, Area::Work, "refinement.turn", &[("refinement", &id), ("story", &number)], "corner-down-left", &format!("Turn to {}", scope.key(line.number)))) }
        @if session.ended_at.is_none() { (small_act(scope, Area::Work, "refinement.put_on_agenda", &[("refinement", &id), ("story", &number), ("on", "false")], "x", &format!("Take {} off the agenda", scope.key(line.number)))) }
    } }
}

/// Ready, or what it lacks.
fn standing(scope: &Scope, line: &Line, missing: &[String]) -> Markup {
    html! {
        @if scope.sees(Area::Estimates) && line.points.is_some() { span.points title="Size" { (points(line.points)) } }
        @if line.stage != Stage::Open { (pill("neutral", line.stage.says())) }
        @else if line.ready_at.is_some() { (pill("good", "ready")) }
        @else if missing.is_empty() { span.quiet { "nothing is missing" } }
        @else { span.quiet.lacks dir="auto" { "lacks " (missing.join(", ")) } }
    }
}

fn notes<'a>(scope: &Scope, all: impl Iterator<Item = &'a (RefinementNote, String)>) -> Markup {
    let all: Vec<_> = all.collect();
    html! { @if !all.is_empty() { ul.lines { @for (note, by) in all { li.long.noted {
        span.quiet { bdi { (by) } " " (time(scope, note.meta.created_at, scope.now)) }
        (small_act(scope, Area::Work, "refinement.remove_note", &[("refinement_note", &note.id().to_string())], "trash-2", "Remove this note"))
        div.prose { (web::text::markdown(&note.body)) }
    } } } } }
}

fn note_form(scope: &Scope, session: &str, story: Option<i64>, id: &str) -> Markup {
    html! { @if may(scope, Area::Work) { div id=(id) { (line_form(scope, Area::Work, "refinement.note", "Note it", html! {
    input type="hidden" name="refinement" value=(session); @if let Some(story) = story { input type="hidden" name="story" value=(story); }
    (area_field("body", "What was said", "", 2)) })) } } }
}

/// One that is over: what came of it.
pub(crate) fn over(scope: &Scope, session: &Refinement, shown: &Shown) -> Markup {
    html! {
        p.lead { (time(scope, session.meta.created_at, scope.now)) ": " (several(session.stories.len(), "story")) ", " (session.made_ready.len()) " made ready, in " (length(total(session))) "." }
        ol.lines { @for (line, missing) in shown.lines.iter().zip(&shown.missing) { li.agenda-item {
            a.what href={ (product_path(scope)) "/story/" (line.number) } { (keyed(scope, line.number, &line.title)) }
            @if session.made_ready.contains(&line.id.0) { (pill("good", "made ready")) } @else { (standing(scope, line, missing)) }
            span.quiet { (length(session.took(line.id.0, scope.now))) }
            (notes(scope, shown.notes_at(Some(line.id.0))))
        } } }
        @if shown.notes_at(None).next().is_some() { h2 { "Notes about the session" } (notes(scope, shown.notes_at(None))) }
        p { a.button.plain href={ (product_path(scope)) "/refinement" } { "All sessions" } }
    }
}
