//! What somebody writes, and a challenge as it will be seen.

use crate::model::*;
use club::{Discipline, OwnChallenge, Task};
use kernel::{Id, Noun, Paged, Scope};
use std::collections::HashMap;
use web::{Markup, disclosure, empty, field, html, limited, pill, several, text::markdown, time};

type Published = HashMap<Id<OwnChallenge>, OwnChallenge>;

pub(crate) fn begin_button(_: &Scope) -> Markup {
    let fields = html! {
        label.field { span { "Kind" } select name="kind" data-keep { @for of in Discipline::ALL { option value=(of) { (of.many()) } } } span.error data-error="kind" {} }
        (field("title", "What it is called", ""))
    };
    disclosure(
        "begin-challenge",
        "New challenge",
        "primary",
        html! { form.stack method="post" action="/do/challenge_draft.begin" data-act data-go="/practice/writing/going" {
            input type="hidden" name="_back" value="/practice/writing/going";
            (limited("challenge_draft.begin", fields)) p.error data-error="" {}
            div.row { button.primary type="submit" { "Begin it" } }
            p.hint { "It begins with the files of its kind, and the linter says what is still to be written. Nobody else sees it before you publish it." }
        } },
    )
}

/// A folder that is brought in.
fn bring() -> Markup {
    disclosure(
        "bring-challenge",
        "Bring one in",
        "",
        html! { form.stack method="post" enctype="multipart/form-data" hx-boost="false" action="/practice/writing" {
            label.field { span { "The folder of a challenge, as a zip file" } input type="file" name="file" accept=".zip,application/zip" required; }
            div.row { button.primary type="submit" { "Bring it in" } }
            p.hint { "One of the same id that you are writing is replaced by it. " a href="/help/practice-authoring" { "How such a folder looks" } }
        } },
    )
}

/// A zip file that was refused, and the way to another.
pub(crate) fn refused(sentence: &str) -> Markup {
    html! { p.banner role="alert" { (sentence) } p { a.button href="/practice/writing" { "Choose another" } } }
}

pub(crate) fn listed(scope: &Scope, drafts: &Paged<ChallengeDraft>, published: &Published, others: Option<&Paged<OwnChallenge>>) -> Markup {
    html! {
        p.crumb { a href="/practice" { "Practice" } }
        p.lead { "A challenge is a folder: a brief, facts with their sources, a rubric, three answers with your marks, and what is shown afterwards. Write one here, or bring the folder in; once the linter finds nothing, publish it for everybody in this workspace." }
        div.row { (bring()) a.button href="/help/practice-authoring" { "How a challenge is written" } }
        @if drafts.items.is_empty() { (empty("target", "You are writing none", "Begin one of any kind: a drill takes a quarter of an hour, a case of strategy an evening.", html! {})) }
        @else { section aria-labelledby="yours" { h2 #yours { "Yours" } ul.lines { @for draft in &drafts.items { @let known = draft.challenge.and_then(|id| published.get(&id)); li {
            a.what href={ "/practice/writing/" (draft.id()) } dir="auto" { (draft.title) }
            span.quiet { (draft.kind.says()) } (state(draft, known)) span.quiet { "changed " (time(scope, draft.meta.updated_at, scope.now)) }
        } } } @if let Some(next) = &drafts.next { p { a href={ "/practice/writing?after=" (next) } { "Earlier" } } } } }
        @if let Some(others) = others.filter(|others| !others.items.is_empty()) { section aria-labelledby="others" { h2 #others { "Published by others" } p.hint { "As an administrator you may take any of them out of the library. Attempts at it stay, and whoever wrote it is told why." }
            ul.lines { @for challenge in &others.items { li { a.what href={ "/practice/" (challenge.code) } dir="auto" { (challenge.title) } span.quiet { (challenge.kind.says()) } @if challenge.withdrawn_at.is_some() { (pill("neutral", "out of the library")) } (shelve(scope, challenge)) } } }
            @if let Some(next) = &others.next { p { a href={ "/practice/writing?others=" (next) "#others" } { "Earlier" } } } } }
    }
}

pub(crate) fn state(draft: &ChallengeDraft, known: Option<&OwnChallenge>) -> Markup {
    html! { @match known {
        None => (pill("neutral", "not published")),
        Some(known) => { (pill(if known.withdrawn_at.is_some() { "neutral" } else { "good" }, &if known.withdrawn_at.is_some() { "out of the library".to_owned() } else { format!("edition {}", draft.edition) })) @if draft.is_changed { " " (pill("warning", "changed since")) } }
    } }
}

/// The button that takes a challenge out of the library or puts it back; of somebody else’s with the reason that they are told.
pub(crate) fn shelve(scope: &Scope, challenge: &OwnChallenge) -> Markup {
    let (administrator, me) = (scope.who.administrator, scope.who.member);
    let named = html! { input type="hidden" name="challenge" value=(challenge.id()); };
    let act = |command: &str, says: &str| match me == Some(challenge.member.0) {
        true => {
            html! { form.act method="post" action={ "/do/" (command) } data-act { (named) button type="submit" aria-label={ (says) ": " (challenge.title) } { (says) } span.error data-error="challenge" {} } }
        }
        false => disclosure(
            &format!("shelve-{}", challenge.id()),
            says,
            "",
            html! { form.stack method="post" action={ "/do/" (command) } data-act { (named)
            (limited(command, field("reason", "Why; whoever wrote it reads this", ""))) p.error data-error="challenge" {} p.error data-error="" {}
            div.row { button.primary type="submit" aria-label={ (says) ": " (challenge.title) } { (says) } } } },
        ),
    };
    match challenge.withdrawn_by {
        None if administrator || me == Some(challenge.member.0) => act("challenge.withdraw", "Take it out of the library"),
        Some(by) if administrator || me == Some(by.0) => act("challenge.put_back", "Put it back"),
        _ => html! {},
    }
}

/// What a member will see, before and after.
pub(crate) fn preview(draft: &ChallengeDraft, task: Option<&Task>) -> Markup {
    let file = |path: &str| draft.files.get(path).map_or("", String::as_str);
    html! {
        p.crumb { a href={ "/practice/writing/" (draft.id()) } { "Back to writing" } }
        p.banner { "A preview. Only you see it, and nothing can be answered here." }
        @match task {
            Some(task) => {
                p.quiet { (task.discipline().many()) " · " (club::level_says(task.level())) " · about " (several(task.minutes(), "minute")) @if let Some(challenge) = task.written() { " · trains " (challenge.skills.join(", ")) } }
                section aria-labelledby="before" { h2 #before { "Before an answer is handed in" } (club::seen_before(task)) }
                section aria-labelledby="after" { h2 #after { "Afterwards" } p.hint { "Nobody is told any of this before they have handed in." } (club::seen_after(task)) }
            }
            None => {
                p { "Something in its files cannot be read yet, so no more than the brief and the debrief can be shown as they will look." }
                section aria-labelledby="before" { h2 #before { "Before an answer is handed in" } div.brief { (markdown(file("brief.md"))) } }
                section aria-labelledby="after" { h2 #after { "Afterwards" } (markdown(file("debrief.md"))) }
            }
        }
    }
}
