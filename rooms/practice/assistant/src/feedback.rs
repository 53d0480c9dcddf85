//! Asking a model about an answer that was handed in: a task for each row of the rubric, and a command that takes in what
//! came of it. Quotes are looked up and levels worked out there, by code.

use crate::{events::*, model::*, rows};
use club::{Attempt, Stage};
use kernel::{
    Asking, Authority, Command, Decided, Deserialize, Errand, Event, Id, Job, Lane, Look, Moment, Noun, Refusal, Reply, Result, Scope, Serialize,
    StoredCommand, Task, Waits, command, event::edit, json, value::Packed,
};
use marking::Row;

/// So often a row is read.
pub(crate) const READINGS: u32 = 3;
/// After so long, in milliseconds, one that has not ended may be asked for anew.
const PATIENCE: i64 = 15 * 60_000;

command! {
    /// Has a model look at an answer that was handed in, row by row.
    pub struct AskFeedback in "feedback.ask" at Post "/account/attempts/{attempt}/feedbacks" [] {
        pub attempt: Id<Attempt>,
    }
}

impl Command for AskFeedback {
    type Before = (Attempt, Option<Feedback>, club::Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;
    const LATER: Option<&'static str> = Some("Asked; what comes of it shows here.");
    const ASKS_MODEL: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = Attempt::get(look, self.attempt)?;
        let last = rows::last_feedback(look, attempt.id())?;
        let challenge = club::task_of(look, &attempt)?;
        Ok((attempt, last, challenge))
    }
    fn title(&self, (attempt, ..): &Self::Before) -> String {
        format!("Ask a model about “{}”", attempt.title)
    }
    fn decide(self, (attempt, last, challenge): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let refused = |says: &str| Err(Refusal::invalid("attempt", says));
        if attempt.stage != Stage::Marked {
            return refused("Hand your answer in first; the checks mark it, and a model may look at it then.");
        }
        let Some(challenge) = challenge.written().filter(|challenge| !challenge.rubric.is_empty()) else {
            return refused("There is no rubric to this, so a model has nothing to go by.");
        };
        if last.is_some_and(|last| !last.is_over() && scope.now - last.meta.created_at < PATIENCE) {
            return refused("It is being looked at already.");
        }
        if !attempt.answer.values().any(|text| text.chars().any(char::is_alphanumeric)) {
            return refused("Nothing is written there; an empty answer is not asked about.");
        }
        let wanted: Vec<String> = challenge.rubric.iter().map(|row| row.id.clone()).collect();
        let feedback = Feedback {
            meta: moment.fresh(None),
            member: Id::new(scope.who.signed_in()?),
            attempt: attempt.id(),
            model: String::new(),
            form: marking::FORM,
            wanted: Packed(wanted.clone()),
            marks: Packed::default(),
        };
        let id = feedback.id();
        let task = |row: String| Task::of(&ReadRow { feedback: id, row }, attempt.title.clone());
        let tasks = wanted.into_iter().map(task).collect::<Result<_>>()?;
        Ok(Decided { tasks, ..Event::created(&ASKED, &feedback).into() })
    }
}

/// Has a model read one row.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct ReadRow {
    feedback: Id<Feedback>,
    row: String,
}

impl Job for ReadRow {
    const KIND: &'static str = "feedback.read_row";
    const SAYS: &'static str = "Have a model read an answer";
    const LANE: Lane = Lane::Model;
    const TRIES: i64 = 3;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(feedback) = rows::feedback(look, self.feedback)? else { return Ok(Errand::Nothing) };
        let attempt = Attempt::get(look, feedback.attempt)?;
        let bodies = asked(club::task_of(look, &attempt)?.written(), Some(&self.row), &attempt.answer)?;
        Ok(Errand::Ask(Box::new(Asking { of: feedback.meta.id, noun: Feedback::TABLE, part: self.row.clone(), bodies, for_all: false })))
    }

    fn heard(&self, replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
        let args = json!({ "feedback": self.feedback, "row": self.row, "replies": replies });
        Ok(Some(StoredCommand { name: "feedback.note".into(), args }))
    }
}

/// The requests about one row of a challenge, or about each of its rows, as often as each is read.
pub(crate) fn asked(
    challenge: Option<&challenge::Challenge>,
    only: Option<&str>,
    answer: &std::collections::BTreeMap<String, String>,
) -> Result<Vec<kernel::Json>> {
    let challenge = challenge.ok_or(Refusal::NotFound)?;
    let rows = challenge.rubric.iter().filter(|row| only.is_none_or(|only| only == row.id));
    let mut bodies = vec![];
    for row in rows {
        let row = Row { name: &row.name, weak: &row.weak, middling: &row.middling, strong: &row.strong };
        bodies.extend((0..READINGS).filter_map(|n| marking::mark(&challenge.brief, row, answer, n)));
    }
    Ok(bodies)
}

command! {
    /// Takes in what a model says of a row.
    pub struct NoteFeedback in "feedback.note" inside {
        pub feedback: Id<Feedback>,
        pub row: String,
        pub replies: Vec<Reply>,
    }
}

impl Command for NoteFeedback {
    type Before = Option<(Feedback, Attempt)>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let Some(feedback) = rows::feedback(look, self.feedback)? else { return Ok(None) };
        let attempt = Attempt::get(look, feedback.attempt)?;
        Ok(Some((feedback, attempt)))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Take in what a model says".into()
    }
    fn decide(self, before: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let Some((feedback, attempt)) = before else { return Ok(Decided::default()) };
        let model = self.replies.first().map(|reply| reply.model.clone());
        let read = read(self.row, &attempt.answer, self.replies);
        let event = edit(&NOTED, &feedback, |after| {
            kernel::give(&mut after.model, model);
            after.marks.0.retain(|known| known.row != read.row);
            after.marks.0.push(read);
            Ok(())
        })?;
        Ok(event.into())
    }
}

/// What replies about a row are worth.
pub(crate) fn read(row: String, answer: &std::collections::BTreeMap<String, String>, replies: Vec<Reply>) -> RowRead {
    let mut found = RowRead { row, ..RowRead::default() };
    for reply in replies {
        match reply.failed {
            Some(why) => found.failed.push(why),
            None => match marking::sample(answer, &reply.text) {
                Ok(sample) => found.readings.push(sample.into()),
                Err(why) => found.failed.push(why.0),
            },
        }
    }
    found
}
