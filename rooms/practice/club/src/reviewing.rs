//! Review by two: an answer is shared without its member's name; whoever has handed in the same challenge may mark it, and
//! what both think is read once both have said it.

use crate::{
    assessing::{Levels, Quotes, given, no_rubric},
    events::*,
    library,
    library::Task,
    model::*,
    rows,
};
use kernel::{
    Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Task as Left, Text, Uuid, Waits, command, event::edit,
    value::Packed,
};
use notices::Due;

/// So many review one answer.
pub(crate) const REVIEWERS: usize = 2;

command! {
    /// Shares an answer that was handed in for two others to review, who are not told whose it is; or takes that back.
    pub struct ShareAttempt in "attempt.share" at Put "/account/attempts/{attempt}/sharing" [] {
        pub attempt: Id<Attempt>,
        pub shared: bool,
    }
}

impl Command for ShareAttempt {
    type Before = (Attempt, Task, usize);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = Attempt::get(look, self.attempt)?;
        let task = library::task_of(look, &attempt)?;
        let reviews = rows::reviews_of(look, attempt.id())?.len();
        Ok((attempt, task, reviews))
    }
    fn title(&self, (attempt, ..): &Self::Before) -> String {
        format!("Share “{}” for review", attempt.title)
    }
    fn decide(self, (attempt, task, reviews): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if attempt.is_open() {
            return Err(Refusal::invalid("attempt", "Hand it in first; what is still written on is nobody else’s."));
        }
        if task.written().is_none() || attempt.discipline == Discipline::Drill {
            return Err(no_rubric());
        }
        if !self.shared && reviews > 0 {
            return Err(Refusal::invalid("attempt", "Somebody has reviewed it already."));
        }
        let event = edit(&SHARED, &attempt, |after| {
            after.shared_at = if self.shared { after.shared_at.or(Some(moment.now)) } else { None };
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Marks an answer that somebody has shared, row by row, each with words of it.
    pub struct GiveReview in "peer_review.give" at Post "/account/shared-answers/{attempt}/review" [] {
        pub attempt: Id<Attempt>,
        /// 1 to 5 by the row of the rubric.
        pub levels: Levels,
        /// Words of the answer that show it, by the row.
        #[serde(default)]
        pub quotes: Quotes,
        /// What to keep, what to stop, what to begin.
        #[serde(default)]
        pub note: Text<4_000>,
    }
}

/// An answer that may be reviewed.
pub struct Reviewing {
    attempt: Attempt,
    task: Task,
    /// It is the last that is waited for.
    is_last: bool,
    /// The product where whoever wrote it hears of it.
    heard_in: Option<Uuid>,
}

impl Command for GiveReview {
    type Before = Box<Reviewing>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Argument("attempt");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = rows::shared(look, self.attempt)?;
        let task = library::task_of(look, &attempt)?;
        if !rows::has_handed_in(look, &attempt.challenge, attempt.edition)? {
            return Err(Refusal::invalid("attempt", "Hand in an answer of your own to this challenge first; then you may read others."));
        }
        let me = look.scope.oneself()?;
        let reviews = rows::reviews_of(look, attempt.id())?;
        if reviews.iter().any(|review| review.member.0 == me) {
            return Err(Refusal::invalid("attempt", "You have reviewed this one already."));
        }
        if reviews.len() >= REVIEWERS {
            return Err(Refusal::invalid("attempt", "Two others have reviewed this one already."));
        }
        let heard_in = people::at_home(look.reader, [attempt.member.0])?.remove(&attempt.member.0).map(|home| home.product);
        Ok(Box::new(Reviewing { is_last: reviews.len() + 1 == REVIEWERS, attempt, task, heard_in }))
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Review an answer to “{}”", before.attempt.title)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let challenge = before.task.written().ok_or_else(no_rubric)?;
        let marks = given(challenge, &before.attempt, &self.levels, &self.quotes)?;
        if marks.len() < challenge.rubric.len() {
            return Err(Refusal::invalid("levels", "Mark every row; whoever wrote it waits for all of them."));
        }
        let review = PeerReview {
            meta: moment.fresh(None),
            member: Id::new(scope.who.signed_in()?),
            attempt: before.attempt.id(),
            challenge: before.attempt.challenge.clone(),
            title: before.attempt.title.clone(),
            marks: Packed(marks),
            note: self.note.into(),
        };
        // They hear of it once both are there, and of neither by whom.
        let tasks = match before.heard_in.filter(|_| before.is_last) {
            Some(product) => {
                let about = (Attempt::TABLE, before.attempt.meta.id);
                vec![Left { product: Some(product), ..notices::remind(before.attempt.member.0, Due::Reviewed, about, "by two")? }]
            }
            None => vec![],
        };
        Ok(Decided { tasks, ..Event::created(&REVIEWED, &review).into() })
    }
}
