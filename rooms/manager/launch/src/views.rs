//! Markup of releases and their launch.

use crate::{
    changelog,
    model::*,
    plan_view,
    rows::{self, ReleaseLine},
    scope::Slice,
};
use customers::Segment;
use kernel::{Area, Noun, Scope};
use measures::MeasureLine;
use notices::Around;
use people::Person;
use web::{
    Markup, act, area_field, both_sign, capital, command_form, date, disclosure, empty, field, html, input, keyed, line_form, may, meter,
    model_drafts, options, pill, select, several, small_act, time, when, who_decides,
};

/// Where one is among the pages of a launch.
pub(crate) fn ways(here: &str, due: usize) -> Markup {
    let way = |path: &str, name: &str| html! { a.chip href=(path) aria-current=[(path == here).then_some("page")] { (name) @if path == "outcomes" && due > 0 { " " (due) " to judge" } } };
    html! { nav.chips aria-label="Launch" { (way("launch", "Releases")) " " (way("changelog", "Changelog")) " " (way("outcomes", "Outcomes")) } }
}

pub(crate) fn plan_button(scope: &Scope) -> Markup {
    disclosure("new-release", "Plan a release", "primary", command_form(scope, Area::Commitments, "release.plan", "Plan release", fields(None)))
}

fn fields(release: Option<&Release>) -> Markup {
    html! {
        (field("name", "What it is called", release.map_or("", |r| &r.name)))
        div.pair { (select("tier", "How much is made of it", &options(Tier::ALL), release.map_or(Tier::Minor, |r| r.tier).word()))
            (input("date", "target_on", "Meant for", release.and_then(|r| r.target_on.as_deref()).unwrap_or(""))) }
    }
}

pub(crate) fn page(scope: &Scope, lines: &[ReleaseLine], due: usize) -> Markup {
    let (planned, out): (Vec<&ReleaseLine>, Vec<&ReleaseLine>) = lines.iter().partition(|line| line.release.state == ReleaseState::Planned);
    html! {
        (ways("launch", due))
        @if lines.is_empty() { (empty("rocket", "No release is planned yet", &format!("A release gathers accepted features that reach users together. Here stand what it ships and what is missing, for whom it is and what they are told, who does what until when, and the go that is signed before it. {}", who_decides(scope, Area::Commitments)), html! {})) }
        @if !planned.is_empty() { section { h2 { "Planned" } div.releases { @for line in &planned { (card(scope, line)) } } } }
        @if !out.is_empty() { section { h2 { "Reached users" } ul.lines { @for line in &out { li {
            a href={ "?show=" (line.release.id()) } dir="auto" { (line.release.name) }
            span.quiet { @if let Some(day) = &line.release.released_on { (date(scope, day)) " · " } (several(line.slices.len(), "feature")) } } } }
            p { a href="changelog" { "The changelog" } } } }
    }
}

fn card(scope: &Scope, line: &ReleaseLine) -> Markup {
    let r = &line.release;
    let (ready, open) = (rows::readiness(line), rows::readiness(line).iter().filter(|(_, answered)| !answered).count());
    let accepted = line.slices.iter().filter(|slice| slice.is_accepted()).count();
    html! { article.tile.release {
        p.measure-head { a.title href={ "?show=" (r.id()) } dir="auto" { (r.name) } " " (decided(r)) }
        p.quiet { (capital(r.tier.says())) " launch" @match &r.target_on { Some(day) => { ", meant for " (date(scope, day)) (late(scope, day)) } None => { ", no day yet" } } }
        p { (meter("Readiness", (ready.len() - open) as f64 / ready.len() as f64)) " " @if open == 0 { "ready" } @else { (open) " of " (ready.len()) " questions open" } }
        p.quiet { (accepted) " of " (several(line.slices.len(), "feature")) " accepted · " (line.done) " of " (line.tasks) " done" @if line.late > 0 { " " (pill("critical", &format!("{} late", line.late))) } }
    } }
}

fn late(scope: &Scope, day: &str) -> Markup {
    let today = when::day_in(scope.now, &scope.who.zone);
    html! { @if day < today.as_str() { " " (pill("critical", "passed")) } }
}

fn decided(r: &Release) -> Markup {
    html! { @match (r.state, r.go) {
        (ReleaseState::Released, _) => { (pill("good", "released")) }
        (_, Some(Go::Go)) => { (pill("good", "go")) }
        (_, Some(Go::NoGo)) => { (pill("critical", "no-go")) }
        (_, None) => {}
    } }
}

/// What is known of a release besides its row.
pub(crate) struct Known {
    pub tasks: Vec<LaunchTask>,
    pub offered: Vec<Slice>,
    pub segments: Vec<Segment>,
    pub measures: Vec<MeasureLine>,
    pub people: Vec<Person>,
    pub draft: String,
    pub today: String,
}

pub(crate) fn one(scope: &Scope, line: &ReleaseLine, known: &Known, around: &Around, history: &activity::History) -> Markup {
    let r = &line.release;
    let id = r.id().to_string();
    let planned = r.state == ReleaseState::Planned;
    html! {
        p.crumb { a href="launch" { "Releases" } " · " (capital(r.tier.says())) " launch" @match (&r.released_on, &r.target_on) { (Some(day), _) => { ", reached users on " (date(scope, day)) } (None, Some(day)) => { ", meant for " (date(scope, day)) (late(scope, day)) } _ => {} } " " (decided(r)) " · " a href={ "thread?of=release&id=" (id) } { "Thread" } @if planned { " · " a href={ "foresight?release=" (id) } title="Say how likely it reaches users by a day" { "Foretell" } } }
        @if planned { div.row {
            (disclosure("edit-release", "Edit", "plain", command_form(scope, Area::Commitments, "release.edit", "Save", html! { input type="hidden" name="release" value=(id); input type="hidden" name="version" value=(r.meta.version); (fields(Some(r))) })))
            (small_act(scope, Area::Commitments, "release.remove", &[("release", &id)], "trash-2", "Remove this release"))
        } (readiness(line)) }
        (ships(scope, line, known))
        (plan_view::plan(scope, r, known))
        (plan_view::checklist(scope, line, known))
        @if planned { (plan_view::go(scope, line)) }
        (notes(scope, r, known))
        (around.view(scope, r.meta.id))
        (activity::history_view(scope, history))
    }
}

fn readiness(line: &ReleaseLine) -> Markup {
    let questions = rows::readiness(line);
    let answered = questions.iter().filter(|(_, answered)| *answered).count();
    html! { section { h2 { "Is it ready?" } p { (meter("Readiness", answered as f64 / questions.len() as f64)) " " (answered) " of " (questions.len()) }
    ul.lines { @for (question, answered) in questions { li { span.what { (question) } @if answered { (pill("good", "yes")) } @else { (pill("neutral", "not yet")) } } } } } }
}

fn ships(scope: &Scope, line: &ReleaseLine, known: &Known) -> Markup {
    let (r, id) = (&line.release, line.release.id().to_string());
    let planned = r.state == ReleaseState::Planned;
    html! { section { h2 { "What it ships" (both_sign(scope, Area::Commitments)) }
        @if line.slices.is_empty() { p.hint { "Nothing yet. A feature is ready to ship once all of its stories that were not dropped are accepted, and there is at least one." } }
        ul.lines { @for slice in &line.slices { li {
            a href={ "roadmap?open=" (slice.number) } { (keyed(scope, slice.number, &slice.title)) }
            @match slice.missing() { None => { (pill("good", "accepted")) } Some(missing) => { (pill("warning", "missing")) span.quiet { (missing) } } }
            @if planned { (small_act(scope, Area::Commitments, "release.unship", &[("release", &id), ("feature", &slice.number.to_string())], "x", "Take it out of the release")) }
        } } }
        @if planned && !known.offered.is_empty() { (line_form(scope, Area::Commitments, "release.ship", "Ship it", html! {
            input type="hidden" name="release" value=(id);
            label { span.hidden { "Feature" } select name="feature" { @for slice in &known.offered { option value=(slice.number) dir="auto" { (scope.key(slice.number)) " " (slice.title) @match slice.missing() { None => { " (accepted)" } Some(missing) => { " (" (missing) ")" } } } } } } })) }
    } }
}

fn notes(scope: &Scope, r: &Release, known: &Known) -> Markup {
    let id = r.id().to_string();
    let text = if r.notes.is_empty() { known.draft.as_str() } else { r.notes.as_str() };
    html! { section { h2 { "Release notes" }
        @if r.notes.is_empty() && !text.is_empty() { p.hint { "Drafted from what it ships. Edit it so that users understand it; otherwise it stands in the changelog like this." } }
        @if text.is_empty() { p.hint { "They are drafted from what it ships." } } @else { div.prose.notes { (web::text::markdown(text)) } }
        (disclosure("write-notes", if r.notes.is_empty() { "Edit the draft" } else { "Edit" }, "", command_form(scope, Area::Announcements, "release.write_notes", "Keep the notes", html! { input type="hidden" name="release" value=(id); (area_field("notes", "Release notes, in Markdown", text, 12)) p.hint { "Empty brings the draft back." } })))
        " " (model_drafts(scope, may(scope, Area::Announcements), &format!("release={id}"), "Draft notes"))
    } }
}

pub(crate) fn changelog(scope: &Scope, releases: &[Release]) -> Markup {
    html! {
        (ways("changelog", 0))
        @if releases.is_empty() { (empty("rocket", "Nothing has reached users yet", "Once a release reaches its users its notes stand here, the newest first: a page that can be shared by a link without an account, with a feed that tells readers of each.", html! { a.button href="launch" { "The releases" } })) }
        @else {
            @if may(scope, Area::Announcements) { p.hint { "A link shows this page without an account, and has a feed (Atom) at its end. " a href="links" { "Make one under Links" } } }
            div.updates { (changelog::entries(scope, releases)) }
        }
    }
}

/// Something to do: its tick, what it is, who does it and by when.
pub(crate) fn task(scope: &Scope, task: &LaunchTask, known: &Known, planned: bool) -> Markup {
    let id = task.id().to_string();
    let doer = task.doer.and_then(|doer| known.people.iter().find(|person| person.id == doer));
    let people: Vec<(String, String)> =
        std::iter::once((String::new(), "Nobody yet".to_owned())).chain(known.people.iter().map(|p| (p.id.to_string(), p.name.clone()))).collect();
    html! { li id={ "task-" (id) } {
        span.what dir="auto" { @if task.done_at.is_some() { s { (task.title) } } @else { (task.title) } }
        span.quiet { @match doer { Some(person) => { bdi { (person.name) } } None => { "nobody yet" } }
            @if let Some(at) = task.done_at { " · done " (time(scope, at, scope.now)) }
            @else if let Some(day) = &task.due_on { " · until " (date(scope, day)) @if *day < known.today { " " (pill("critical", "late")) } } }
        @if planned || task.done_at.is_none() { @if task.done_at.is_some() { (act(scope, Area::Work, "launch_task.tick", &[("launch_task", &id), ("done", "false")], "Open again", "plain")) } @else { (act(scope, Area::Work, "launch_task.tick", &[("launch_task", &id), ("done", "true")], "Done", "")) } }
        @if planned { (disclosure(&format!("edit-task-{id}"), "Edit", "plain", command_form(scope, Area::Work, "launch_task.edit", "Save", html! { input type="hidden" name="launch_task" value=(id);
            (field("title", "What is to be done", &task.title)) div.pair { (select("doer", "Who does it", &people, &task.doer.map(|id| id.to_string()).unwrap_or_default())) (input("date", "due_on", "Until", task.due_on.as_deref().unwrap_or(""))) } })))
            (small_act(scope, Area::Work, "launch_task.remove", &[("launch_task", &id)], "trash-2", "Remove from the list")) }
    } }
}
