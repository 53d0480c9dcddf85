//! Comments that another tool had: brought in with their author and their time, each once.

use crate::{COMMENT_BROUGHT_IN, Comment, Subject};
use kernel::{Event, JsonSchema, Look, Moment, Noun, Result, Scope, Uuid, fields::within, trimmed};
use reading::people::Person;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The longest comment of another tool, in characters.
const MOST_TEXT: usize = 100_000;

/// A comment as another tool has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct BroughtComment {
    /// Who wrote it, as the tool names them.
    pub author: String,
    /// Milliseconds since 1970.
    pub at: i64,
    pub body: String,
}

/// Comments that were brought in already, by whoever wrote them: when, and what.
pub type Brought = HashMap<String, Vec<(i64, String)>>;

/// The comments that are there already; those that were removed here count, so that they stay away.
pub fn brought_to(look: &mut Look, id: Uuid) -> Result<Brought> {
    let mut known = Brought::new();
    let comments: Vec<Comment> = kernel::look::find_rows(look.reader, "where about_id = $1 and author <> ''", &[kernel::Column::value(&id)])?;
    for comment in comments {
        known.entry(comment.author).or_default().push((comment.meta.created_at, comment.body));
    }
    Ok(known)
}

/// No two zones are further apart, in milliseconds.
const A_DAY: i64 = 26 * 3_600_000;

/// Takes a comment out of those that are there, if it is one of them: of the same moment, or with the same words within
/// a day, because its time may have been read in another zone then.
fn is_there(known: &mut Brought, author: &str, comment: &BroughtComment) -> bool {
    let Some(theirs) = known.get_mut(author) else { return false };
    let at = theirs.iter().position(|(at, _)| *at == comment.at);
    let at = at.or_else(|| theirs.iter().position(|(at, body)| (at - comment.at).abs() <= A_DAY && body.trim() == comment.body.trim()));
    at.map(|at| theirs.swap_remove(at)).is_some()
}

/// Everybody in the product at hand, as files may name them.
pub(crate) fn people_here(look: &mut Look) -> Result<Vec<Person>> {
    let people = people::people_of(look)?.into_iter().filter(|p| !p.is_assistant);
    Ok(people.map(|p| Person { name: p.name, mail: Some(p.email) }).collect())
}

/// Who wrote a comment in another tool: who that is here, beyond doubt, or else as it is written there.
pub(crate) fn author(named: &str, here: &[Person]) -> String {
    reading::people::find(named, here).map_or_else(|| named.to_owned(), |at| here[at].name.clone())
}

/// The events that bring in what is not there yet. They are written in the name of whoever imports; who said it stands
/// with the comment.
pub fn bring_in<T: Noun>(about: &T, comments: &[BroughtComment], mut known: Brought, moment: &Moment, scope: &Scope) -> Result<Vec<Event>> {
    let mut events = vec![];
    for comment in comments {
        let author = trimmed("author", &comment.author, 200)?;
        if is_there(&mut known, &author, comment) {
            continue;
        }
        let subject = Subject { noun: T::TABLE.to_owned(), id: about.meta().id, label: about.label() };
        let body = within("body", &comment.body, MOST_TEXT)?;
        let mut brought = Comment { author, assistant: None, ..Comment::by(scope, moment, subject, body)? };
        brought.meta.created_at = comment.at;
        events.push(Event::created(&COMMENT_BROUGHT_IN, &brought));
    }
    Ok(events)
}
