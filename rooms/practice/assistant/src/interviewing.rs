//! Whoever is asked about a case, with a model: it is asked which fact a question means where the words alone do not say,
//! and what is told is the fact itself. Where the model names none, or fails, what the words say stands.

use club::{Attempt, Question};
use kernel::{
    Asking, Authority, Command, Decided, Deserialize, Errand, Event, Follow, Id, Job, Json, Lane, Look, Moment, Noun, Reply, Result, Scope,
    Serialize, StoredCommand, Task, Waits, command, json,
};
use marking::{chosen, question};

/// After a question to a case, a model may be asked.
pub(crate) const ASKED: Follow = Follow { after: &club::ASKED, command: "interview.hear", with: heard };

fn heard(event: &Event, _: &[Event]) -> Option<Json> {
    Some(json!({ "attempt": event.id }))
}

command! {
    /// Leaves it to a model to say which fact the last question to a case means.
    pub struct HearQuestion in "interview.hear" inside {
        pub attempt: Id<Attempt>,
    }
}

impl Command for HearQuestion {
    type Before = (Attempt, club::Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = Attempt::get(look, self.attempt)?;
        let challenge = club::task_of(look, &attempt)?;
        Ok((attempt, challenge))
    }
    fn title(&self, (attempt, _): &Self::Before) -> String {
        format!("Ask about “{}”", attempt.title)
    }
    fn decide(self, (attempt, challenge): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let Some(Question::Words { words, told: None }) = attempt.asked.last() else { return Ok(Decided::default()) };
        let Some(challenge) = challenge.written() else { return Ok(Decided::default()) };
        let (known, said) = (club::known(challenge), words.to_lowercase());
        let named = known.iter().filter(|fact| fact.words.iter().any(|word| said.contains(&word.to_lowercase()))).count();
        // Where the words name one fact there is nothing to ask.
        if named == 1 || known.is_empty() {
            return Ok(Decided::default());
        }
        let task = Task::of(&AskWhich { attempt: attempt.id(), at: attempt.asked.len() - 1 }, attempt.title.clone())?;
        Ok(Decided { tasks: vec![task], ..Decided::default() })
    }
}

/// Asks a model which fact is meant.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct AskWhich {
    attempt: Id<Attempt>,
    at: usize,
}

impl Job for AskWhich {
    const KIND: &'static str = "interview.answer";
    const SAYS: &'static str = "Have a model find the fact that a question means";
    const LANE: Lane = Lane::Model;
    const TRIES: i64 = 3;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let attempt = Attempt::get(look, self.attempt)?;
        let task = club::task_of(look, &attempt)?;
        let (Some(Question::Words { words, .. }), Some(challenge)) = (attempt.asked.get(self.at), task.written()) else {
            return Ok(Errand::Nothing);
        };
        let bodies = vec![question(&club::known(challenge), words)];
        Ok(Errand::Ask(Box::new(Asking {
            of: attempt.meta.id,
            noun: Attempt::TABLE,
            part: format!("question {}", self.at + 1),
            bodies,
            for_all: false,
        })))
    }

    /// Which challenge it is, only the attempt says; so what was answered is judged by the command.
    fn heard(&self, replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
        let Some(reply) = replies.into_iter().next().filter(|reply| reply.failed.is_none()) else { return Ok(None) };
        Ok(Some(StoredCommand { name: "interview.note".into(), args: json!({ "attempt": self.attempt, "at": self.at, "text": reply.text }) }))
    }
}

command! {
    /// Takes in which fact a model took a question to mean; a fact that the case does not have is none.
    pub struct NoteAnswer in "interview.note" inside {
        pub attempt: Id<Attempt>,
        pub at: usize,
        pub text: String,
    }
}

impl Command for NoteAnswer {
    type Before = (Attempt, club::Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = Attempt::get(look, self.attempt)?;
        let challenge = club::task_of(look, &attempt)?;
        Ok((attempt, challenge))
    }
    fn title(&self, (attempt, _): &Self::Before) -> String {
        format!("Answer about “{}”", attempt.title)
    }
    fn decide(self, (attempt, challenge): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let Some(challenge) = challenge.written() else { return Ok(Decided::default()) };
        match chosen(&club::known(challenge), &self.text) {
            Ok(Some(fact)) => Ok(club::told(&attempt, self.at, fact).into()),
            // What was said from the words stands; it was read already, and is not taken back.
            Ok(None) | Err(_) => Ok(Decided::default()),
        }
    }
}
