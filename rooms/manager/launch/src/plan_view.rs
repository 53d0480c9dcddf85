//! Markup of the plan of a launch: for whom and how, what is to be done, and whether it goes ahead.

use crate::{
    model::*,
    rows::ReleaseLine,
    scope::Slice,
    views::{self, Known},
};
use kernel::{Area, Noun, Scope};
use web::{
    Markup, act, area_field, both_sign, command_form, date, disclosure, field, html, input, meter, pill, select, text::markdown, time, who_decides,
};

/// The parts of the plan that are written: what they are called, and what they say.
fn parts(r: &Release) -> [(&'static str, &'static str, &str); 5] {
    [
        ("message", "What they are told", &r.message),
        ("pricing", "Pricing", &r.pricing),
        ("channels", "How they hear of it", &r.channels),
        ("enablement", "What sales and support need to know", &r.enablement),
        ("risks", "What could go wrong", &r.risks),
    ]
}

/// What of the plan a tier asks for.
fn asked(tier: Tier, part: &str) -> bool {
    match tier {
        Tier::Major => true,
        Tier::Minor => part != "pricing",
        Tier::Quiet => matches!(part, "message" | "risks"),
    }
}

pub(crate) fn plan(scope: &Scope, r: &Release, known: &Known) -> Markup {
    let id = r.id().to_string();
    let segment = r.segment.and_then(|id| known.segments.iter().find(|s| s.id() == id));
    let chosen: Vec<&measures::MeasureLine> = known.measures.iter().filter(|line| r.measures.contains(&line.measure.id())).collect();
    let mut segments = vec![(String::new(), "Not chosen yet".to_owned())];
    segments.extend(known.segments.iter().map(|s| (s.id().to_string(), s.name.clone())));
    let form = html! {
        input type="hidden" name="release" value=(id); input type="hidden" name="version" value=(r.meta.version);
        (select("segment", "For whom above all", &segments, &r.segment.map(|id| id.to_string()).unwrap_or_default()))
        @if known.segments.is_empty() { p.hint { "No segment is described yet. " a href="customer-list" { "Describe one" } } }
        @for (name, label, text) in parts(r) { (area_field(name, label, text, 3)) }
        @if !known.measures.is_empty() { fieldset.choices { legend { "By which measures it will be seen whether it worked" } input type="hidden" name="measures" value="";
            @for line in &known.measures { label.check { input type="checkbox" name="measures" value=(line.measure.id()) checked[r.measures.contains(&line.measure.id())]; bdi { (line.measure.name) } } } } }
        @else { p.hint { "Nothing is measured yet by which it could be seen whether it worked. " a href="measures" { "Add a measure" } } }
    };
    html! { section { h2 { "The launch" }
        p.hint { (tier_says(r.tier)) }
        dl.vision-parts {
            div { dt { "For whom above all" } dd { @match segment { Some(s) => { bdi { (s.name) } } None => { span.quiet { "nobody was chosen yet" } } } } }
            @for (_, label, text) in parts(r).into_iter().filter(|(name, _, text)| asked(r.tier, name) || !text.is_empty()) { div { dt { (label) } dd { @if text.is_empty() { span.quiet { "not written down yet" } } @else { (markdown(text)) } } } }
            div { dt { "How it will be seen" } dd { @if chosen.is_empty() { span.quiet { "no measure was chosen yet" } } @for (n, line) in chosen.iter().enumerate() { @if n > 0 { ", " } a href={ "measures?open=" (line.measure.id()) } { bdi { (line.measure.name) } } } } }
        }
        (disclosure("plan-launch", if r.released_on.is_none() { "Plan the launch" } else { "Edit the plan" }, "", command_form(scope, Area::Strategy, "release.plan_launch", "Keep the plan", form)))
    } }
}

fn tier_says(tier: Tier) -> &'static str {
    match tier {
        Tier::Major => "A major launch: it is heard of outside. All parts of the plan are asked for.",
        Tier::Minor => "A minor launch: customers are told. Pricing stays as it is unless you say otherwise.",
        Tier::Quiet => "A quiet launch: it stands in the changelog. A message and the risks are enough.",
    }
}

pub(crate) fn checklist(scope: &Scope, line: &ReleaseLine, known: &Known) -> Markup {
    let (r, id) = (&line.release, line.release.id().to_string());
    let planned = r.state == ReleaseState::Planned;
    let people: Vec<(String, String)> =
        std::iter::once((String::new(), "Nobody yet".to_owned())).chain(known.people.iter().map(|p| (p.id.to_string(), p.name.clone()))).collect();
    html! { section { h2 { "What is to be done" @if line.tasks > 0 { span.quiet { " " (line.done) " of " (line.tasks) } } }
        @if line.tasks > 0 { p { (meter("Done", line.done as f64 / line.tasks as f64)) @if line.late > 0 { " " (pill("critical", &format!("{} late", line.late))) } } }
        @else { p.hint { "Nothing is on the list. Begin with what is usual for a " (r.tier.says()) " launch, and change it." } }
        ul.lines { @for task in &known.tasks { (views::task(scope, task, known, planned)) } }
        @if planned { div.row {
            (disclosure("add-task", "Add to the list", "", command_form(scope, Area::Work, "launch_task.add", "Add", html! { input type="hidden" name="release" value=(id); (field("title", "What is to be done", "")) div.pair { (select("doer", "Who does it", &people, "")) (input("date", "due_on", "Until", "")) } })))
            (act(scope, Area::Work, "release.draft_checklist", &[("release", &id)], "Add what is usual", "plain"))
        } }
    } }
}

/// Whether it goes ahead, and that it did.
pub(crate) fn go(scope: &Scope, line: &ReleaseLine) -> Markup {
    let (r, id) = (&line.release, line.release.id().to_string());
    let missing = line.slices.iter().filter(|slice| !slice.is_accepted()).count();
    let form = |go: Go| {
        html! { input type="hidden" name="release" value=(id); input type="hidden" name="go" value=(go);
        (area_field("go_reason", match go { Go::Go if missing == 0 => "A word about it", Go::Go => "Why it goes ahead although something is missing", Go::NoGo => "What has to change first" }, "", 3)) }
    };
    html! { section { h2 { "Go or no-go" (both_sign(scope, Area::Commitments)) }
        @match r.go {
            Some(go) => { p { (pill(if go == Go::Go { "good" } else { "critical" }, go.says())) @if let Some(at) = r.go_at { " " span.quiet { "decided " (time(scope, at, scope.now)) } } } @if !r.go_reason.is_empty() { p.reason dir="auto" { (r.go_reason) } } p.hint { "The decision stands in the log with who signed it. Another scope needs another go." } }
            None => { p.hint { "Nothing has been decided. " @if line.slices.is_empty() { "A go can be said once it ships something. " } (who_decides(scope, Area::Commitments)) } }
        }
        div.row {
            @if r.go != Some(Go::Go) && !line.slices.is_empty() { (disclosure("decide-go", "Go", "", command_form(scope, Area::Commitments, "release.decide", "Go", form(Go::Go)))) }
            @if r.go != Some(Go::NoGo) { (disclosure("decide-no-go", "No-go", "plain", command_form(scope, Area::Commitments, "release.decide", "No-go", form(Go::NoGo)))) }
            @if r.go == Some(Go::Go) && line.slices.iter().all(Slice::is_accepted) { (disclosure("release-it", "It has reached users", "primary", command_form(scope, Area::Announcements, "release.release", "Release it", html! {
                input type="hidden" name="release" value=(id); (input("date", "released_on", "On (empty: today)", ""))
                p { "Its features count as released, initiatives of which nothing is left too, and its notes stand in the changelog. Whoever watches them hears of it." } }))) }
        }
        @if r.go == Some(Go::Go) && missing > 0 { p.hint { "It can be released once everything that it ships is accepted" @if let Some(day) = &r.target_on { "; it is meant for " (date(scope, day)) } "." } }
    } }
}
