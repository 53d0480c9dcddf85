//! Answers of others that wait for a review, without their names, and one of them with its rubric.

use super::{marked, result, strengths::ways, task};
use crate::{library::Task, model::*, pages::sent, reviewing::REVIEWERS, rows::HandedIn};
use kernel::{Scope, Uuid};
use web::{Markup, area_field, empty, html, time};

pub(crate) fn reviews(scope: &Scope, waiting: &[Attempt], done: &HandedIn, given: &[PeerReview]) -> Markup {
    let (open, closed): (Vec<&Attempt>, Vec<&Attempt>) = waiting.iter().partition(|attempt| done.has(&attempt.challenge, attempt.edition));
    html! {
        (ways("reviews"))
        p.lead { "Answers that somebody shared for two others to mark. Whose they are is told to nobody, and neither reviewer reads the other before both have said it." }
        @if waiting.is_empty() && given.is_empty() { (empty("target", "Nothing waits for a review", "Share an answer of yours from its page, once it is handed in; or come back when somebody else has.", html! { a.button href="/practice/record" { "Your practice" } })) }
        @if !open.is_empty() { section { h2 { "To review" } ul.lines { @for attempt in &open { li {
            a.what href={ "/practice/reviews/" (sent(attempt.meta.id)) } { (attempt.title) } span.quiet { (attempt.discipline.says()) }
            @if let Some(at) = attempt.shared_at { span.quiet { "shared " (time(scope, at, scope.now)) } } } } } } }
        @if !closed.is_empty() { section { h2 { "After your own" } p.hint { "Hand in an answer of your own first; then you may read these." }
            ul.lines { @for attempt in &closed { li { a.what href={ "/practice/" (attempt.challenge) } { (attempt.title) } span.quiet { (attempt.discipline.says()) } } } } } }
        @if !given.is_empty() { section { h2 { "Reviewed by you" } ul.lines { @for review in given { li {
            a.what href={ "/practice/reviews/" (sent(review.attempt.0)) } { (review.title) } span.quiet { (time(scope, review.meta.created_at, scope.now)) } } } } } }
    }
}

/// An answer of another, with what was said of it.
pub(crate) struct Shared<'a> {
    pub task: &'a Task,
    pub attempt: &'a Attempt,
    pub reviews: &'a [PeerReview],
    pub me: Uuid,
}

pub(crate) fn review(shared: &Shared) -> Markup {
    let Shared { task, attempt, reviews, me } = shared;
    let mine = reviews.iter().find(|review| review.member.0 == *me);
    let Some(challenge) = task.written() else { return html! {} };
    html! {
        p.crumb { a href="/practice/reviews" { "Reviews" } " · an answer to be marked by two" }
        details.more { summary { "The brief" } (task::brief(task)) }
        div.workbench {
            section { h2 { "The answer" } (result::said(challenge, attempt)) }
            section { @match (mine, reviews.len()) {
                (Some(_), many) if many >= REVIEWERS => { h2 { "What both of you say" } (marked::both(challenge, reviews)) }
                (Some(_), _) => { h2 { "Your review is there" } p { "You read the other one once it is handed in." } }
                (None, many) if many >= REVIEWERS => { h2 { "Two have reviewed it" } p { "It waits for nobody any more." } }
                (None, _) => { h2 { "Your marks" } p.hint { "Every row, each with words that you copy from the answer." }
                    form.stack method="post" action="/do/peer_review.give" data-act { input type="hidden" name="attempt" value=(sent(attempt.meta.id));
                        (marked::fields(challenge, &[])) (area_field("note", "What to keep, what to stop, what to begin", "", 4))
                        span.error data-error="levels" {} span.error data-error="attempt" {} p.error data-error="" {} div.row { button.primary type="submit" { "Hand in the review" } } } }
            } }
        }
    }
}
