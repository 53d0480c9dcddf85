//! Marking oneself: a level for each row of the rubric, each resting on words of one's own answer.

use crate::{events::*, library, library::Task, model::*};
use challenge::Challenge;
use kernel::{Authority, Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Waits, command, event::edit, value::Packed};
use std::collections::BTreeMap;

/// The level that was chosen for each row, 1 to 5; nothing where none was.
pub(crate) type Levels = BTreeMap<String, Text<10>>;
/// The words that each rests on.
pub(crate) type Quotes = BTreeMap<String, Text<500>>;

/// Words that are shorter prove nothing.
const SHORTEST: usize = 8;

command! {
    /// Marks an answer that one has handed in oneself, row by row, each with words of it.
    pub struct AssessAttempt in "attempt.assess" at Put "/account/attempts/{attempt}/own-marks" [] {
        pub attempt: Id<Attempt>,
        /// 1 to 5 by the row of the rubric; rows that are left out stay unmarked.
        pub levels: Levels,
        /// Words of the answer that show it, by the row.
        #[serde(default)]
        pub quotes: Quotes,
    }
}

impl Command for AssessAttempt {
    type Before = (Attempt, Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = Attempt::get(look, self.attempt)?;
        let task = library::task_of(look, &attempt)?;
        Ok((attempt, task))
    }
    fn title(&self, (attempt, _): &Self::Before) -> String {
        format!("Mark “{}” yourself", attempt.title)
    }
    fn decide(self, (attempt, task): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if attempt.is_open() {
            return Err(Refusal::invalid("attempt", "Hand it in first; then you mark it yourself."));
        }
        let challenge = task.written().filter(|_| attempt.discipline != Discipline::Drill).ok_or_else(no_rubric)?;
        let marks = given(challenge, &attempt, &self.levels, &self.quotes)?;
        let event = edit(&ASSESSED, &attempt, |after| {
            after.own_marks = Packed(marks);
            Ok(())
        })?;
        Ok(event.into())
    }
}

pub(crate) fn no_rubric() -> Refusal {
    Refusal::invalid("attempt", "This has no rubric to mark by.")
}

/// Marks as they were given, each with words that stand in the answer.
///
/// # Errors
/// A row that the rubric does not have, a level that is none, words that the answer does not have.
pub(crate) fn given(challenge: &Challenge, attempt: &Attempt, levels: &Levels, quotes: &Quotes) -> Result<Vec<GivenMark>> {
    let answer = plain(&attempt.answer.values().map(String::as_str).collect::<Vec<_>>().join(" \n"));
    let mut marks = vec![];
    for (row, level) in levels.iter().filter(|(_, level)| !level.is_empty()) {
        let known = challenge.rubric.iter().find(|known| known.id == *row);
        let known = known.ok_or_else(|| Refusal::invalid("levels", format!("The rubric has no row “{row}”.")))?;
        let level = level.parse::<i64>().ok().filter(|level| (1..=5).contains(level));
        let level = level.ok_or_else(|| Refusal::invalid(&format!("levels.{row}"), "A level is a whole number from 1 to 5."))?;
        let quote = quotes.get(row).map_or("", |quote| &**quote);
        let wrong = |says: String| Refusal::invalid(&format!("quotes.{row}"), says);
        if quote.chars().count() < SHORTEST {
            return Err(wrong(format!("Copy the words of the answer on which “{}” rests, at least {SHORTEST} letters.", known.name)));
        }
        if !answer.contains(&plain(quote)) {
            return Err(wrong(format!("These words are not in the answer: “{}”. Copy them as they stand there.", web::clipped(quote, 60))));
        }
        marks.push(GivenMark { row: row.clone(), level, quote: quote.to_owned() });
    }
    if marks.is_empty() {
        return Err(Refusal::invalid("levels", "Mark at least one row."));
    }
    Ok(marks)
}

/// Words without regard to case, space and the form of quotation marks.
fn plain(text: &str) -> String {
    let same = |c: char| match c {
        '’' | '‘' => '\'',
        '“' | '”' | '„' => '"',
        c => c,
    };
    text.to_lowercase().chars().map(same).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_are_found_whatever_their_space() {
        assert!(plain("We  count\n“strips” that Are kept").contains(&plain("\"strips\" that are")));
        assert!(!plain("We count strips").contains(&plain("we count roofs")));
    }
}
