//! Markup of club evenings: the list, one that is on, and one that was revealed.

use crate::{answering::Sealed, model::*};
use club::Question;
use kernel::{Noun, Scope, Uuid};
use people::name_in;
use std::collections::{BTreeMap, HashMap};
use web::{Markup, action, disclosure, empty, field, html, limited, listed_people, number_field, pill, several, telling::percent, time};

type Names = HashMap<Uuid, String>;

/// Whether the reader may take part: people do.
fn is_a_person(scope: &Scope) -> bool {
    scope.who.assistant.is_none() && scope.who.member.is_some()
}

pub(crate) fn plan_button(scope: &Scope, offered: &[club::ForEvening], wanted: &str) -> Markup {
    if !is_a_person(scope) {
        return html! {};
    }
    let mut kinds: Vec<(&str, bool)> = vec![];
    for one in offered {
        let group = (one.kind, one.edition > 0);
        if !kinds.contains(&group) {
            kinds.push(group);
        }
    }
    let fields = html! {
        label.field { span { "Which challenge" } select name="challenge" data-keep { @for (kind, own) in &kinds { optgroup label={ (kind) @if *own { ", written here" } } { @for one in offered.iter().filter(|one| one.kind == *kind && (one.edition > 0) == *own) { option value=(one.id) selected[one.id == wanted] { (one.title) ", " @if let Some(level) = one.level { (level) ", " } (several(one.minutes, "minute")) @if one.tried { ", you have tried it" } } } } } } span.error data-error="challenge" {} }
        p.hint { "Look through them in " a href="/practice" { "the library" } ": the page of each has a way to an evening. Whoever has tried one is not rated for it." }
        (number_field("minutes", "For how many minutes (empty: as the challenge says)", None))
    };
    disclosure(
        "plan-evening",
        "Plan an evening",
        "primary",
        html! { form.stack method="post" action=(action(scope, "club_evening.plan")) data-act { (limited("club_evening.plan", fields)) p.error data-error="" {} div.row { button.primary type="submit" { "Plan it" } } p.hint { "Everyone in the product is told, and may take part." } } },
    )
}

pub(crate) fn listed(scope: &Scope, evenings: &[ClubEvening], names: &Names) -> Markup {
    html! {
        p.crumb { a href="/practice" { "Practice" } }
        p.lead { "The same challenge for all who come, at the same time. What each hands in is sealed, and all of it is revealed together." }
        @if evenings.is_empty() { (empty("target", "No evening is planned", "Plan one: choose a challenge, start the clock when everybody is there, and reveal the answers once all are in. Anybody in the product may.", html! {})) }
        @else { ul.lines { @for evening in evenings { li { a.what href={ "evenings?show=" (evening.id()) } dir="auto" { (evening.title) } (state(evening)) span.quiet { "by " bdi { (name_in(names, evening.member.0)) } ", " (time(scope, evening.meta.created_at, scope.now)) } } } } }
    }
}

fn state(evening: &ClubEvening) -> Markup {
    match (evening.started_at, evening.revealed_at) {
        (_, Some(_)) => pill("neutral", "revealed"),
        (Some(_), None) => pill("good", "on"),
        (None, None) => pill("neutral", "planned"),
    }
}

/// A button that runs a command about the evening.
fn button(scope: &Scope, evening: &ClubEvening, command: &str, says: &str, class: &str) -> Markup {
    html! { form.act method="post" action=(action(scope, command)) data-act { input type="hidden" name="evening" value=(evening.id()); button.(class) type="submit" { (says) } span.error data-error="evening" {} } }
}

pub(crate) fn going_on(
    scope: &Scope,
    (evening, task): (&ClubEvening, &club::Task),
    (handed_in, own, asked): (&[Uuid], Option<&Sealed>, &[Question]),
    names: &Names,
    me: Option<Uuid>,
) -> Markup {
    let host = me == Some(evening.member.0) && is_a_person(scope);
    let over = evening.ends_at().is_some_and(|end| scope.now >= end);
    html! {
        p.crumb { a href="evenings" { "Club evenings" } " · " (state(evening)) " · planned by " bdi { (name_in(names, evening.member.0)) } ", " (several(evening.minutes, "minute")) }
        @match evening.started_at {
            None if task.is_withdrawn() => { p.banner { "Its challenge was taken out of the library since, so this evening cannot begin. Another can be planned." }
                @if host { div.row { (button(scope, evening, "club_evening.remove", "Remove the evening", "plain")) } } }
            None => { p.lead { @if host { "Start the clock when everybody is there." } @else { bdi { (name_in(names, evening.member.0)) } " starts the clock when everybody is there; this page then shows the challenge." } }
                div.row { @if host { (button(scope, evening, "club_evening.start", "Start the clock", "primary")) (button(scope, evening, "club_evening.remove", "Remove the evening", "plain")) } } }
            Some(began) => {
                div.row { strong { @if over { "The time is over" } @else { "Time left" } } @if let Some(end) = evening.ends_at() { span.clock role="timer" data-counts-to=(end) { @if over { "0:00" } @else { (several((end - scope.now + 59_999) / 60_000, "minute")) } } } span.quiet { "begun " (time(scope, began, scope.now)) } }
                p role="status" { @if handed_in.is_empty() { "Nobody has handed in yet." } @else { (several(handed_in.len(), "answer")) " handed in, by " (listed_people(handed_in.iter().map(|member| name_in(names, *member)))) ". What stands in them is read by nobody yet." } }
                @if (host || over) && is_a_person(scope) && !handed_in.is_empty() { div.row { (button(scope, evening, "club_evening.reveal", "Reveal all answers", "primary")) } }
                (club::brief(task))
                @if is_a_person(scope) { (club::beforehand(task, own.map_or(&BTreeMap::new(), |own| &own.answer))) (asking(scope, (evening, task), asked)) (answer(scope, (evening, task), own)) }
                // What ends it for everybody stands far from what is pressed while it is on.
                @if host { div.row.below { (disclosure("remove-evening", "Remove the evening", "plain", html! { p { "It is gone for everybody, with all that was handed in." } (button(scope, evening, "club_evening.remove", "Remove it", "")) })) } }
            }
        }
    }
}

/// What one asks of the case, for oneself; what it narrows is told once all is revealed.
fn asking(scope: &Scope, (evening, task): (&ClubEvening, &club::Task), asked: &[Question]) -> Markup {
    let to = (action(scope, "club_evening.cut"), action(scope, "club_evening.ask"));
    html! { @if club::is_asked(task) { p.hint { "What you ask is yours alone until all is revealed." } (club::asking(task, asked, to, ("evening", evening.id().to_string()))) } }
}

fn answer(scope: &Scope, (evening, task): (&ClubEvening, &club::Task), own: Option<&Sealed>) -> Markup {
    let nothing = BTreeMap::new();
    html! { section aria-labelledby="answer" { h2 #answer { "Your answer" }
        @if let Some(own) = own { p.banner { "Handed in " (time(scope, own.at, scope.now)) ". You may hand it in anew until all are revealed." } }
        form.stack.answer id="answering" method="post" action=(action(scope, "club_evening.hand_in")) data-act { input type="hidden" name="evening" value=(evening.id());
            p.error data-error="cuts" {}
            (limited("club_evening.hand_in", html! {
                (club::answer_fields(task, own.map_or(&nothing, |own| &own.answer)))
                (field("note", "A word to the others", own.map_or("", |own| &own.note)))
            }))
            p.error data-error="evening" {} p.error data-error="" {}
            div.row { button.primary type="submit" { @if own.is_some() { "Hand it in anew" } @else { "Hand it in, sealed" } } }
            p.hint { "It is marked by the checks of the library. When all is revealed, whoever in the product has handed one in reads it under your name." }
        }
    } }
}

/// What came of it. What was written is shown to those who have handed in the challenge, there or by themselves (`tried`).
pub(crate) fn revealed(
    scope: &Scope,
    (evening, task): (&ClubEvening, &club::Task),
    answers: &[EveningAnswer],
    names: &Names,
    me: Option<Uuid>,
    tried: bool,
) -> Markup {
    let took_part = answers.iter().any(|answer| Some(answer.member.0) == me);
    let may_read = took_part || tried;
    html! {
        p.crumb { a href="evenings" { "Club evenings" } " · " (state(evening)) " · planned by " bdi { (name_in(names, evening.member.0)) } @if let Some(at) = evening.revealed_at { ", revealed " (time(scope, at, scope.now)) } }
        section { h2 { "How it went" } div.scroll tabindex="0" role="region" aria-label="How it went" { table.list {
            thead { tr { th { "Who" } th.num { "By the checks" } th.num { "After" } th { "" span.hidden { "In time" } } } }
            tbody { @for answer in answers { tr { td { bdi { (name_in(names, answer.member.0)) } } td.num { @match answer.score { Some(score) => (percent(score)), None => "–" } }
                td.num { (several(((answer.handed_in_at - evening.started_at.unwrap_or(answer.handed_in_at)) / 60_000).max(1), "minute")) }
                td { @if answer.late { (pill("warning", "late")) } } } } }
        } }
        p.hint { "Found by checks that look for certain things in the words. Talk about where you differ; that is what the evening is for." } }
        @if !may_read { p.banner { "You did not hand in. The answers would spoil the challenge for you: you read them here once you have handed one in, in " a href={ "/practice/" (evening.challenge) } { "practice" } "." } (club::brief(task)) }
        @if may_read { section { h2 { "The answers" } @for answer in answers { details.opens.marked-row id={ "answer-" (answer.id()) } open[Some(answer.member.0) == me] { summary { strong { bdi { (name_in(names, answer.member.0)) } } @if !answer.note.is_empty() { " " span.quiet dir="auto" { (answer.note) } } }
            (club::revealed_answer(task, (&answer.answer, &answer.asked), &answer.marks)) } } } }
        @if may_read { (club::debrief(task)) }
        @if me == Some(evening.member.0) && is_a_person(scope) { div.row { (button(scope, evening, "club_evening.remove", "Remove the evening", "plain")) } }
    }
}
