//! Handing in: an answer is marked as it is handed in, once, and rated where it is a first try in exam mode.

use crate::{attempts, drills, events::*, library, library::Task, marking, model::*, rows, working};
use challenge::{
    rating::{Rating, Try, after},
    read::Own,
};
use kernel::{Authority, Command, Decided, Event, Id, Line, Look, Moment, Refusal, Result, Scope, Waits, command, value::Packed};

command! {
    /// Hands in an answer, which is marked by the checks.
    pub struct HandIn in "attempt.hand_in" at Post "/account/attempts/{attempt}/handing-in" [] {
        pub attempt: Id<Attempt>,
        /// What is written, by its part; what was kept before counts where a part is left out.
        #[serde(default)]
        pub parts: working::Parts,
    }
}

/// What handing in needs to know.
pub struct Known {
    attempt: Attempt,
    task: Task,
    /// Whether the challenge was tried before, in whatever mode.
    tried: bool,
    rating: Rating,
}

impl Command for HandIn {
    type Before = Box<Known>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (attempt, task) = attempts::open_with_task(look, self.attempt)?;
        let tried = rows::tried(look, &attempt.challenge, Some(&attempt))?;
        let rating = rows::rating(look, attempt.discipline)?;
        Ok(Box::new(Known { attempt, task, tried, rating }))
    }
    fn title(&self, known: &Self::Before) -> String {
        format!("Hand in “{}”", known.attempt.title)
    }
    fn decide(self, known: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Known { attempt: before, task, tried, rating } = *known;
        let mut done = before.clone();
        working::take_over(&mut done, self.parts)?;
        marking::mark(&task, &mut done)?;
        // Whoever wrote it knows the answer.
        close(&mut done, moment, before.mode == Mode::Exam && !tried && !before.by_number && !task.is_by(before.member.0), &rating);
        Ok(Event::changed(&HANDED_IN, &before, &done).into())
    }
}

command! {
    /// Answers a drill, which is marked at once.
    pub struct AnswerDrill in "attempt.drill" at Post "/account/drills/{challenge}/answers" [] {
        pub challenge: Line<60>,
        /// `answer`, or `place_0` and so on for an order.
        pub parts: working::Parts,
    }
}

impl Command for AnswerDrill {
    type Before = (Task, bool, Rating);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let unknown = || Refusal::invalid("challenge", "There is no drill of this name in the library.");
        let task = library::task(look, &self.challenge).map_err(|_| unknown())?;
        if task.is_withdrawn() {
            return Err(unknown());
        }
        let tried = rows::tried(look, &self.challenge, None)?;
        Ok((task, tried, rows::rating(look, Discipline::Drill)?))
    }
    fn title(&self, (task, ..): &Self::Before) -> String {
        format!("Answer “{}”", task.title())
    }
    fn decide(self, (task, tried, rating): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let Some(Own::Drill(drill)) = task.written().map(|challenge| &challenge.own) else {
            return Err(Refusal::invalid("challenge", "This is no drill; begin it on its page."));
        };
        let mut done = attempts::fresh(&task, Mode::Exam, moment, scope)?;
        done.answer =
            Packed(self.parts.into_iter().filter(|(key, _)| key == "answer" || key.starts_with("place_")).map(|(k, v)| (k, v.into())).collect());
        done.score = Some(drills::mark(drill, &done.answer)?);
        let by_author = task.is_by(done.member.0);
        close(&mut done, moment, !tried && !by_author, &rating);
        Ok(Event::created(&DRILLED, &done).into())
    }
}

/// Ends an attempt that has its score, and rates it where it counts. The challenge stands still at what its difficulty
/// says: moving it would tell others of somebody's practice.
fn close(done: &mut Attempt, moment: &Moment, rated: bool, member: &Rating) {
    done.stage = Stage::Marked;
    done.handed_in_at = Some(moment.now);
    done.rated = rated;
    if rated {
        let level = u8::try_from(done.level).unwrap_or(3);
        let tried = Try { score: done.score.unwrap_or(0.0), hints: 0 };
        let (now, _) = after(member, &Rating::of_level(level), &tried);
        (done.rating, done.deviation, done.volatility) = (Some(now.rating), Some(now.deviation), Some(now.volatility));
    }
}
