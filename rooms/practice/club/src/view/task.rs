//! One challenge: its brief, the form of an attempt, and beneath it what came of earlier ones.

use super::{Asker, case, facts, level, result};
use crate::{drills, library::Task, marking, model::*, pages::sent, saying, steps};
use challenge::{
    Challenge,
    check::Finding,
    read::{Asked, Own},
};
use kernel::Scope;
use web::{Markup, disclosure, html, several, telling::percent, text::markdown, time};

pub(crate) fn challenge(
    scope: &Scope,
    (task, of_last): (&Task, Option<&Task>),
    (open, tried): (Option<&Attempt>, bool),
    (marked, reviews): (&[Attempt], &[PeerReview]),
    before: Option<&Attempt>,
) -> Markup {
    let drill = task.written().and_then(|challenge| if let Own::Drill(drill) = &challenge.own { Some(drill) } else { None });
    html! {
        p.quiet { a href={ "/practice?kind=" (task.discipline()) } { (task.discipline().many()) } " · " (level(task.level())) " · about " (several(task.minutes(), "minute"))
            @if let Some(challenge) = task.written() { " · trains " (challenge.skills.join(", ")) }
            @if let Some((by, author)) = task.published_by() { " · " @match author { None => { "written here by " bdi { (by) } } Some(author) => { "published here by " bdi { (by) } ", as written by " bdi { (author) } } } ", edition " (task.edition()) } }
        @if task.is_gone() { p.banner { "The text of this challenge is there no more. What you wrote, and what was found of it, stays." } }
        @if task.is_withdrawn() { p.banner { "This challenge was taken out of the library. What you have written to it stays yours." } }
        (brief(task))
        @match (drill, open) {
            (Some(drill), _) => (drilled(task, drill, marked.first().filter(|_| of_last.is_none()))),
            (None, Some(attempt)) => (writing(scope, task, attempt, tried)),
            (None, None) if marked.is_empty() => (begin(scope, task, None, tried)),
            (None, None) => {}
        }
        @if let (None, Some(last)) = (open, marked.first()) {
            @if let Some(of_last) = of_last { p.banner { @if of_last.is_gone() { "You tried this in an edition that is there no more." } @else { "You tried edition " (of_last.edition()) "; there is edition " (task.edition()) " now." @if drill.is_none() { " What stands below is of the one that you tried." } } } }
            // What was found comes first, and then the way to try it again.
            @let again = if drill.is_none() { begin(scope, task, Some(last), tried) } else { html! {} };
            (result::result(scope, of_last.unwrap_or(task), last, (reviews, before), &again))
        }
        @if marked.len() > 1 { section { h2 { "Earlier" } ul.lines { @for attempt in &marked[1..] { li {
            a.what href={ "/practice/attempts/" (sent(attempt.meta.id)) } { @if let Some(score) = attempt.score { (percent(score)) } @else { "Marked" } ", " (attempt.mode.says()) }
            @if let Some(at) = attempt.handed_in_at { span.quiet { (time(scope, at, scope.now)) } }
        } } } } }
    }
}

/// What is asked, and what stands in the open.
pub(crate) fn brief(task: &Task) -> Markup {
    html! { div.brief dir="auto" { @if let Some(challenge) = task.written() { (markdown(&challenge.brief)) (question(challenge)) (facts::open(challenge)) }
    @if let Some(case) = task.case() { (case::headline(task, case)) } } }
}

/// The parts of an answer, each with what is asked for in it.
pub(crate) fn fields(task: &Task, attempt: &Attempt) -> Markup {
    html! { @for step in steps::steps(attempt.discipline) {
        @if step.key == BEFOREHAND { @if let Some(case) = task.case() { (case::named(case, attempt)) } } @else { (part(task, attempt, step)) }
        @if step.key == "assumptions" && attempt.discipline == Discipline::Guesstimate { (ends(attempt)) }
    } }
}

/// What is written before anything is asked of a case, so that it stands above what is asked.
const BEFOREHAND: &str = "hypotheses";

/// That part, as a section of its own whose field belongs to the form of the answer.
pub(crate) fn beforehand(task: &Task, attempt: &Attempt) -> Markup {
    first_of(task, attempt, &html! {})
}

/// The same with what is said of it so far.
fn first_of(task: &Task, attempt: &Attempt, told: &Markup) -> Markup {
    let step = steps::steps(attempt.discipline).iter().find(|step| step.key == BEFOREHAND);
    html! { @if let (Some(step), true) = (step, task.case().is_some()) { section.answer.beforehand aria-labelledby="beforehand" { h2 #beforehand { "What could it be?" }
    (guided::field_of(Some("answering"), step, &format!("parts.{}", step.key), attempt.part(step.key), step.hint)) (told) } } }
}

fn part(task: &Task, attempt: &Attempt, step: &steps::Step) -> Markup {
    let hint = match cited(task).filter(|_| step.key == "model") {
        Some(id) => format!("{} To rest a line on a fact, cite the fact’s id there: -- fact:{id}.", step.hint),
        None => step.hint.to_owned(),
    };
    html! {
        (guided::field(step, &format!("parts.{}", step.key), begins(attempt, step), &hint))
        @if step.key == "model" { p.hint { a href="/help/estimate" target="_blank" { "The language of estimates" } } }
    }
}

/// What stands in a part: a table that is still to be filled in begins with its head.
fn begins<'a>(attempt: &'a Attempt, step: &steps::Step) -> &'a str {
    match attempt.part(step.key) {
        "" => step.begins,
        written => written,
    }
}

/// The id of a fact that is known to whoever writes a model, as an example.
fn cited(task: &Task) -> Option<&str> {
    let challenge = task.written().filter(|challenge| matches!(challenge.own, Own::Guesstimate(_)))?;
    challenge.facts.iter().find(|fact| !fact.hidden).map(|fact| fact.id.as_str())
}

fn question(challenge: &Challenge) -> Markup {
    // Where the brief ends with the question it is not asked twice.
    html! { @if let Own::Guesstimate(own) = &challenge.own { p { @if !challenge.brief.contains(own.ask.trim()) { strong { (own.ask) } " " } "Give the answer in " (if own.unit.is_empty() { "plain numbers" } else { own.unit.as_str() }) "." } } }
}

/// How an attempt is begun.
fn begin(scope: &Scope, task: &Task, last: Option<&Attempt>, tried: bool) -> Markup {
    let first = last.is_none();
    let author = scope.who.member.is_some_and(|me| task.is_by(me));
    if task.is_gone() || task.is_withdrawn() {
        return html! {};
    }
    html! { section.tile[first] aria-labelledby="begin" { h2 #begin { @if first { "Begin" } @else { "Try it again" } }
        div.row {
            form method="post" action="/do/attempt.begin" data-act { input type="hidden" name="challenge" value=(task.id()); input type="hidden" name="mode" value="learning"; button.primary[first] type="submit" { "Begin in learning mode" } span.error data-error="challenge" {} }
            form method="post" action="/do/attempt.begin" data-act { input type="hidden" name="challenge" value=(task.id()); input type="hidden" name="mode" value="exam"; button type="submit" { "Begin in exam mode" } span.error data-error="challenge" {} }
            @if let Some(last) = last.filter(|last| last.discipline != Discipline::Drill) { form method="post" action="/do/attempt.revise" data-act { input type="hidden" name="attempt" value=(sent(last.meta.id)); button type="submit" { "Revise your answer" } span.error data-error="attempt" {} } }
        }
        @if author { p.hint { "You wrote this one, so your own attempts at it are never rated." } }
        p.hint { "Learning mode has hints and a look at each part while you write, and is never rated. Exam mode has neither; its clock counts up, and only the first try at a challenge, in whatever mode, is rated." @if !first { " This one you have tried, so it is not rated any more." }
            @else if tried { " This one you have begun before, so no try at it is rated any more." }
            @else if task.written().is_none() { " A case that one comes to by its number is not rated: somebody may have told what it is." } }
    } }
}

/// The way to take it on together: an evening in a product. What is written on or answered at once is no evening's.
pub(crate) fn with_others(task: &Task, products: &[(String, String)]) -> Markup {
    let fits = task.written().is_some() && task.discipline() != Discipline::Drill && !task.is_withdrawn();
    html! { @if fits && !products.is_empty() { p.hint.with-others { "With others: plan a club evening with it in " @for (n, (key, name)) in products.iter().enumerate() { @if n > 0 { ", " } a href={ "/" (key) "/evenings?challenge=" (task.id()) "#plan-evening" } { bdi { (name) } } } "." } } }
}

/// The form of an attempt that is open.
fn writing(scope: &Scope, task: &Task, attempt: &Attempt, tried: bool) -> Markup {
    let learning = attempt.mode == Mode::Learning;
    let found = if learning { found_so_far(task, attempt) } else { vec![] };
    let id = sent(attempt.meta.id);
    let minutes = (scope.now - attempt.meta.created_at) / 60_000;
    let counts = !learning && !tried && !attempt.by_number && !scope.who.member.is_some_and(|me| task.is_by(me));
    let told_of = |key: &str| match (steps::steps(attempt.discipline).iter().find(|step| step.key == key), task.written()) {
        (Some(step), _) if learning => looked_at(task, attempt, step, &found),
        (Some(step), Some(challenge)) => comes_to(challenge, attempt, step),
        _ => html! {},
    };
    html! {
        div.row { strong { @if learning { "Learning mode" } @else { "Exam mode" } } span.quiet role="timer" { "begun " (time(scope, attempt.meta.created_at, scope.now)) ", " @if learning { (several(minutes, "minute")) } @else { span.clock data-counts-from=(attempt.meta.created_at) { (several(minutes, "minute")) } } " so far of about " (several(task.minutes(), "minute")) }
            (disclosure("leave", "Leave it", "plain", leave(&id, counts))) }
        @if !learning { p.hint { @if counts { "This is your first try, so it is rated." } @else { "Not your first try, or one whose answer may be known: it is not rated." } } }
        (first_of(task, attempt, &told_of(BEFOREHAND)))
        @if let Some(case) = task.case() { (case::cuts(case, attempt, &Asker::own(attempt))) }
        (asking(task, attempt, &Asker::own(attempt)))
        section aria-labelledby="answer" { h2 #answer { "Your answer" }
            form.stack.answer id="answering" method="post" action="/do/attempt.hand_in" data-act {
                input type="hidden" name="attempt" value=(id);
                // What is missing of the cuts is said beneath them.
                p.error data-error="cuts" {}
                @for step in steps::steps(attempt.discipline) {
                    @if step.key == BEFOREHAND { @if let Some(case) = task.case() { (case::named(case, attempt)) } } @else { (part(task, attempt, step)) (told_of(step.key)) }
                    @if step.key == "assumptions" && attempt.discipline == Discipline::Guesstimate { (ends(attempt)) }
                }
                p.error data-error="" {}
                // Whoever has handed in reads what was found.
                div.row { button.primary type="submit" name="_back" value={ "/practice/" (task.id()) "#result" } data-leads="result" { "Hand in" } button type="submit" formaction="/do/attempt.keep" { @if learning { "Keep and look at it" } @else { "Keep for later" } } }
                p.hint { "Handing in marks it, once. Only then do the reference and the author’s answers show." }
            }
            // A hint is asked for beside the answer, so that what is written and not kept stays.
            @if learning { @for step in steps::steps(attempt.discipline) { form id={ "hint-" (step.key) } method="post" action="/do/attempt.hint" data-act { input type="hidden" name="attempt" value=(id); input type="hidden" name="part" value=(step.key); } } }
        }
    }
}

/// What leaving ends, before it is done.
fn leave(id: &str, counts: bool) -> Markup {
    html! {
        p { "This ends the attempt: what you wrote and asked in it is gone." @if counts { " No later try at this is rated." } }
        form method="post" action="/do/attempt.leave" data-act { input type="hidden" name="attempt" value=(id); div.row { button type="submit" { "End the attempt" } } span.error data-error="" {} }
    }
}

/// Both ends of an interval.
fn ends(attempt: &Attempt) -> Markup {
    let end = |key: &str, label: &str| html! { label.field { span { (label) } input type="text" name={ "parts." (key) } value=(attempt.part(key)) data-keep autocomplete="off"; span.error data-error={ "parts." (key) } {} } };
    html! { fieldset { legend { "Interval" } div.row { (end("low", "You are 95 % sure it is more than")) (end("high", "and 95 % sure it is less than")) } p.hint { "Together they hold the truth nine times out of ten. Write 300k, 2 million or 2,000,000." } } }
}

/// What is asked of the case, and its answers.
pub(crate) fn asking(task: &Task, attempt: &Attempt, asker: &Asker) -> Markup {
    let Some(challenge) = task.written() else { return html! {} };
    html! { section aria-labelledby="asking" { h2 #asking { "Ask the case" }
        form.row method="post" action=(asker.words) data-act data-reset {
            input type="hidden" name=(asker.field) value=(asker.id);
            label.field { span { "What do you want to know?" } input type="text" name="words" maxlength="200" dir="auto" data-keep autocomplete="off"; span.error data-error="words" {} }
            button type="submit" { "Ask" } span.error data-error="" {}
        }
        @let sources = task.sources();
        @if !sources.is_empty() { div.row { span.quiet { "Or look into" } @for source in sources { form method="post" action=(asker.words) data-act { input type="hidden" name=(asker.field) value=(asker.id); input type="hidden" name="words" value=(source); button type="submit" { (source) } } } } }
        (facts::asked_so_far(challenge, attempt))
    } }
}

/// What a model comes to, or why it does not; how it is written is no help with the answer, so exam mode tells that, too.
fn comes_to(challenge: &Challenge, attempt: &Attempt, step: &steps::Step) -> Markup {
    let (Own::Guesstimate(own), "model" | "second_way") = (&challenge.own, step.key) else { return html! {} };
    let text = marking::unfenced(attempt.part(step.key));
    // A second way may be told in words.
    if text.trim().is_empty() || step.key == "second_way" && !text.lines().any(|line| line.trim_start().starts_with("answer")) {
        return html! {};
    }
    let learning = attempt.mode == Mode::Learning;
    html! { @match challenge::computed(&text, &own.unit) {
        Ok(came) if learning => p.told { "It comes to " strong { (saying::rounded(came.middle)) " " (own.unit) } @if came.low < came.high { ", nine times in ten between " (saying::rounded(came.low)) " and " (saying::rounded(came.high)) } "." },
        Ok(_) => {},
        Err(why) => p.error { "It does not compute yet: " (why) },
    } }
}

/// All that checks find of an answer so far.
fn found_so_far(task: &Task, attempt: &Attempt) -> Vec<Finding> {
    let answer = || challenge::Answer::read(attempt.discipline.kind(), &steps::text(attempt.discipline.kind(), &attempt.answer));
    task.written().filter(|_| !attempt.answer.is_empty()).map_or_else(Vec::new, |challenge| challenge.findings(&answer()))
}

/// A hint, and what can be said of a part so far, in learning mode.
fn looked_at(task: &Task, attempt: &Attempt, step: &steps::Step, found: &[Finding]) -> Markup {
    let Some(challenge) = task.written() else { return html! {} };
    let own = |when: &str| when.to_lowercase().replace([' ', '-'], "_") == step.key || when == "structure" && step.key == "model";
    let hints: Vec<_> = challenge.probes.probes.iter().filter(|probe| own(&probe.when)).collect();
    let taken = attempt.hints.iter().any(|taken| taken == step.key);
    let open: Vec<&str> = guided::told_early(challenge.kind, step.key).collect();
    let said = !attempt.part(step.key).is_empty();
    let found: Vec<_> = found.iter().filter(|found| said && open.contains(&found.check) && guided::is_of(step.key, found.aspect)).collect();
    html! {
        @if !hints.is_empty() { @if taken { @for probe in &hints { p.told { (probe.say) " " span.quiet { (probe.hint) } } } }
            @else { button type="submit" form={ "hint-" (step.key) } { "A hint for “" (step.name) "”" } } }
        (comes_to(challenge, attempt, step))
        @if !found.is_empty() { details.opens.looked-at { summary { "So far " span.quiet { (found.iter().filter(|f| f.share >= 0.67).count()) " of " (found.len()) " stand" } } (guided::findings(found.iter().map(|f| (f.says.as_str(), f.words.as_slice(), f.share)))) } }
    }
}

/// A drill, with what came of the last answer.
fn drilled(task: &Task, drill: &challenge::read::Drill, last: Option<&Attempt>) -> Markup {
    html! { section aria-labelledby="drill" { h2 #drill dir="auto" { (drill.ask) }
        @if !task.is_withdrawn() { form.stack method="post" action="/do/attempt.drill" data-act {
            input type="hidden" name="challenge" value=(task.id());
            @match &drill.asked {
                Asked::Number { unit } => label.field { span { "Your answer" @if !unit.is_empty() { ", in " (unit) } } input type="text" inputmode="decimal" name="parts.answer" data-keep autocomplete="off"; span.error data-error="parts.answer" {} },
                Asked::Short => label.field { span { "Your answer, in a sentence" } textarea name="parts.answer" rows="2" maxlength="8000" dir="auto" data-keep {} span.error data-error="parts.answer" {} },
                Asked::Choice(options) => fieldset.choices { legend { "Choose one" } @for (at, option) in options.iter().enumerate() { label.choice { input type="radio" name="parts.answer" value=(at); " " (option) } } span.error data-error="parts.answer" {} },
                Asked::Order(options) => fieldset { legend { "In which order?" } @for place in 0..options.len() { label.field { span { (place + 1) "." } select name={ "parts.place_" (place) } data-keep { option value="" { "Choose" } @for (at, option) in options.iter().enumerate() { option value=(at) { (option) } } } } } span.error data-error="parts.answer" {} },
            }
            p.error data-error="" {}
            div.row { button.primary type="submit" { @if last.is_some() { "Answer again" } @else { "Answer" } } @if last.is_none() { span.hint { "The first answer is rated." } } }
        } }
        @if let Some(last) = last { (result::drill(task, drill, last)) }
    } }
}

/// What right answers to a drill are called.
pub(super) fn right(drill: &challenge::read::Drill) -> String {
    drills::right(drill)
}

/// A model without its fence.
pub(super) fn model(text: &str) -> String {
    marking::unfenced(text)
}
