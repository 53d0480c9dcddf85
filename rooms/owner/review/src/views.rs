//! Markup of a review for members of the product.

use crate::{
    agenda::{Agenda, Around},
    model::*,
    shared::met,
};
use backlog::Story;
use kernel::{Area, Noun, Scope};
use reports::{Likely, Promised};
use sprint::SprintState;
use web::{
    Markup, action, app::Worked, area_field, capital, command_form, date, disclosure, empty, field, html, input, keyed, limited, line_form, may,
    pill, product_path, select, several, small_act, text::markdown, time,
};

pub(crate) fn none() -> Markup {
    empty(
        "eye",
        "A review looks at what a sprint brought",
        "Once a sprint runs, its review is here: what was accepted, what went back, what is not finished, and what stakeholders say about it, by account or by link.",
        html! { a.button href="sprint" { "To the sprint" } },
    )
}

pub(crate) fn page(scope: &Scope, agenda: &Agenda, around: &Around, ahead: &Markup) -> Markup {
    html! {
        (head(scope, agenda, around))
        (goal(agenda))
        section #accepted { h2 { "Accepted " span.quiet { (agenda.accepted.len()) } }
            @if agenda.accepted.is_empty() { p.hint { "Nothing has been accepted yet. What is handed over waits in " a href="acceptance" { "Acceptance" } "." } }
            @for story in &agenda.accepted { (one_story(scope, agenda, around, story)) } }
        @if !agenda.unfinished.is_empty() { section #unfinished { h2 { "Not finished " span.quiet { (agenda.unfinished.len()) } }
            @for story in &agenda.unfinished { (one_story(scope, agenda, around, story)) } } }
        section #feedback { h2 { "Said about all of it" }
            (said(scope, agenda, around, None))
            (say(scope, agenda, None)) }
        (ahead)
        (kept(scope, agenda))
        (share(scope, agenda, around))
    }
}

fn head(scope: &Scope, agenda: &Agenda, around: &Around) -> Markup {
    let sprint = &agenda.sprint;
    html! {
        p.lead { "What came of " bdi { (sprint.name) } ", for everybody it concerns to see and to speak about: " (date(scope, &sprint.starts_on)) " to " (date(scope, &sprint.ends_on))
            @if sprint.state == SprintState::Active { ", still running" } "." }
        @if around.others.len() > 1 { nav.chips aria-label="Reviews" { @for (number, name) in &around.others { a.chip href={ "?sprint=" (number) } aria-current=[(*number == sprint.number).then_some("page")] { bdi { (name) } } " " } } }
    }
}

fn goal(agenda: &Agenda) -> Markup {
    let (sprint, result) = (&agenda.sprint, &agenda.sprint.result);
    html! { section #goal { h2 { "The goal" }
        @if sprint.goal.is_empty() { p.hint { "This sprint has no goal." } } @else { p { bdi { (sprint.goal) } " " (met(result.goal)) } }
        @if !result.note.is_empty() { div.prose { (markdown(&result.note)) } }
        @let back = agenda.stories().filter(|story| agenda.went_back(story.id()).is_some()).count();
        p.figures { span { strong { (agenda.accepted.len()) } " accepted" } span { strong { (agenda.unfinished.len()) } " not finished" } span { strong { (back) } " went back at least once" }
            @if agenda.is_over() && result.added + result.removed > 0 { span { strong { (result.added) } " came in after the start" } span { strong { (result.removed) } " taken out" } } }
    } }
}

fn one_story(scope: &Scope, agenda: &Agenda, around: &Around, story: &Story) -> Markup {
    let sprint = agenda.sprint.number.to_string();
    html! { article.review-story id={ "s-" (story.number) } {
        h3 { a href={ "story/" (story.number) } { (keyed(scope, story.number, &story.title)) } " " @if agenda.unfinished.iter().any(|other| other.id() == story.id()) { (pill("neutral", story.stage.says())) } }
        @if let Some(reason) = agenda.went_back(story.id()) { p.quiet { "Went back: “" bdi { (reason) } "”" } }
        @for demo in agenda.demos.iter().filter(|demo| demo.story == story.id()) { (one_demo(scope, around, demo)) }
        (said(scope, agenda, around, Some(story)))
        div.row {
            (disclosure(&format!("demo-{}", story.number), "Note what is shown", "plain", command_form(scope, Area::Work, "demo_note.write", "Note it", html! {
                input type="hidden" name="sprint" value=(sprint); input type="hidden" name="story" value=(story.number); (area_field("body", "What is shown, and how", "", 4)) })))
            (disclosure(&format!("say-{}", story.number), "Say something about it", "plain", say(scope, agenda, Some(story))))
        }
    } }
}

fn one_demo(scope: &Scope, around: &Around, demo: &DemoNote) -> Markup {
    let id = demo.id().to_string();
    let by = demo.member.and_then(|member| around.people.iter().find(|person| person.id == member)).map(|person| person.name.as_str());
    html! { div.demo { div.prose { (markdown(&demo.body)) }
        p.byline { @if let Some(by) = by { bdi { (by) } ", " } (time(scope, demo.meta.created_at, scope.now)) }
        @if may(scope, Area::Work) { div.row {
            (disclosure(&format!("edit-{id}"), "Edit", "plain", command_form(scope, Area::Work, "demo_note.edit", "Save", html! { input type="hidden" name="demo_note" value=(id); (area_field("body", "What is shown, and how", &demo.body, 4)) })))
            (small_act(scope, Area::Work, "demo_note.remove", &[("demo_note", &id)], "trash-2", "Remove this note"))
        } }
    } }
}

/// What was said about a story, or about all of it.
fn said(scope: &Scope, agenda: &Agenda, around: &Around, story: Option<&Story>) -> Markup {
    let of: Vec<&ReviewFeedback> = agenda.feedback.iter().filter(|said| said.story == story.map(Noun::id)).collect();
    html! { @if !of.is_empty() { ul.lines.said-at-review { @for said in of { @let id = said.id().to_string(); li.long {
        blockquote dir="auto" { (said.body) }
        p.byline { @match (said.member, said.name.as_str()) {
            (Some(member), _) => { bdi { (people::name_among(&around.people, member.0)) } }
            (None, "") => { "somebody by link" }
            (None, name) => { bdi { (name) } ", by link" }
        } " · " (time(scope, said.meta.created_at, scope.now))
            @if scope.sees(Area::Customers) { " · " a href={ (product_path(scope)) "/customers?show=" (said.evidence) "#e-" (said.evidence) } { "Evidence" } } }
        div.row {
            (needs(scope, around, said))
            (small_act(scope, Area::Sprints, "review_feedback.remove", &[("review_feedback", &id)], "trash-2", "Take this off the review"))
            (erase(scope, said))
        }
    } } } } }
}

/// The way to erase somebody who said something by link.
fn erase(scope: &Scope, said: &ReviewFeedback) -> Markup {
    if said.member.is_some() || !may(scope, Area::Customers) {
        return html! {};
    }
    let id = said.id();
    disclosure(
        &format!("erase-{id}"),
        "Erase who said it",
        "plain",
        command_form(
            scope,
            Area::Customers,
            "review_feedback.erase",
            "Erase it for good",
            html! {
            input type="hidden" name="review_feedback" value=(id);
            (select("said", "What goes", &[("false".into(), "The name they gave".into()), ("true".into(), "That, and every word they said here and in the inbox".into())], "true"))
            p.hint { "It goes out of the record too, with all that was cut out of it, and cannot be taken back." } },
        ),
    )
}

/// The needs that it may support, by way of the story; or that it does.
fn needs(scope: &Scope, around: &Around, said: &ReviewFeedback) -> Markup {
    let known = said.story.and_then(|story| around.needs.get(&story.0)).map_or(&[][..], Vec::as_slice);
    let linked = around.supported.get(&said.evidence.0).map_or(&[][..], Vec::as_slice);
    let evidence = said.evidence.to_string();
    html! { @for (need, title) in known.iter().take(3) {
        @if linked.contains(need) { (pill("good", "supports a need")) }
        @else { (web::act(scope, Area::Customers, "evidence.link", &[("evidence", &evidence), ("need", &need.simple().to_string())], "Link to this need:", "plain")) }
        " " bdi.quiet { (web::clipped(title, 60)) }
    } }
}

fn say(scope: &Scope, agenda: &Agenda, story: Option<&Story>) -> Markup {
    let free = scope.who.member.is_some()
        && scope.who.assistant.is_none()
        && scope.sees(Area::Sprints)
        && !scope.product.as_ref().is_some_and(|p| p.archived);
    if !free {
        return html! {};
    }
    html! { form.stack method="post" action=(action(scope, "review_feedback.give")) data-act {
        input type="hidden" name="sprint" value=(agenda.sprint.number);
        @if let Some(story) = story { input type="hidden" name="story" value=(story.number); }
        (limited("review_feedback.give", area_field("body", if story.is_some() { "What you say about it" } else { "What you say about the sprint" }, "", 3)))
        p.hint { "It stands here and, as evidence, in the inbox of what customers say." }
        p.error data-error="" {} div.row { button type="submit" { "Say it" } }
    } }
}

/// What comes next, by the forecast.
pub(crate) fn ahead(scope: &Scope, promised: &Promised, likely: Option<&Worked<Likely>>, agenda: &Agenda) -> Markup {
    let bets = promised.bets();
    if !scope.sees(Area::Roadmap) || agenda.sprint.state != SprintState::Active && bets.is_empty() {
        return html! {};
    }
    let by = |at: usize| match likely {
        Some(Worked::Done(likely)) => likely.surely_by(at),
        _ => None,
    };
    html! { section #ahead { h2 { "What comes next" }
        @if bets.is_empty() { p.hint { "Nothing stands in Now on the roadmap." } }
        @else { div.scroll tabindex="0" role="region" aria-label="What comes next" { table.list.stacked { thead { tr { th { "Bet in Now" } th.num { "Stories left" } th { "Promised" } th { "Likely by (85\u{a0}%)" } } }
            tbody { @for (at, bet) in bets.iter().enumerate() { tr {
                td { a href={ "roadmap?open=" (bet.number) } { (keyed(scope, bet.number, &bet.title)) } } td.num data-label="Stories left" { (bet.left) }
                td data-label="Promised" { @match &bet.until { Some(day) => { (date(scope, day)) } None => { span.quiet { "no window" } } } }
                td data-label="Likely by" { @match by(at) { Some(day) => { (date(scope, &day)) } None if bet.left == 0 => { "all accepted" } None => { span.quiet { "not known" } } } }
            } } } } } }
        @if let Some(Worked::Failed(why)) = likely { p.hint dir="auto" { (capital(why)) } }
        p { a href="forecast" { "The whole forecast" } }
    } }
}

/// What came of the review.
fn kept(scope: &Scope, agenda: &Agenda) -> Markup {
    let (body, held_on) = agenda.kept.as_ref().map_or(("", ""), |kept| (kept.body.as_str(), kept.held_on.as_deref().unwrap_or_default()));
    html! { section #record { h2 { "What came of it" }
        @if body.is_empty() { p.hint { "What was decided, and what is different now: a few sentences for whoever was not there." } }
        @else { @if !held_on.is_empty() { p.quiet { "Held " (date(scope, held_on)) } } div.prose { (markdown(body)) } }
        (disclosure("record-review", if body.is_empty() { "Write it down" } else { "Change it" }, "", command_form(scope, Area::Sprints, "review.record", "Keep it", html! {
            input type="hidden" name="sprint" value=(agenda.sprint.number); (input("date", "held_on", "Held on", held_on)) (area_field("body", "What came of it", body, 8)) })))
    } }
}

/// Links by which stakeholders without an account see it and say something.
fn share(scope: &Scope, agenda: &Agenda, around: &Around) -> Markup {
    let id = agenda.sprint.id().to_string();
    html! { @if may(scope, links::AREA) { section.review-share #share { h2 { "Stakeholders without an account" }
        p.hint { "By a link they see what is done, what is shown of it and what is not finished, and say something about each story. Their words stand here and become evidence." }
        (links::listed(scope, &around.links))
        (line_form(scope, links::AREA, "shared_link.make", "Make a link to this review", html! {
            input type="hidden" name="look" value="review"; input type="hidden" name="whom" value=(id);
            (field("name", "Whom it is for", "")) (links::days()) }))
        p.quiet { (several(agenda.feedback.iter().filter(|said| said.member.is_none()).count(), "thing")) " said by link so far." }
    } } }
}
