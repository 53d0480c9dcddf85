//! Comments that another tool had: brought in with their author and their time, each once.

use crate::{COMMENT_BROUGHT_IN, Comment};
use kernel::{Event, Id, JsonSchema, Look, Moment, Noun, Result, Scope, Uuid, fields::within, trimmed};
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

/// How many comments of whom and when are there already; those that were removed here count, so that they stay away.
pub fn brought_to(look: &mut Look, id: Uuid) -> Result<HashMap<(String, i64), usize>> {
    let mut known = HashMap::new();
    let comments: Vec<Comment> = kernel::look::find_rows(look.reader, "where about_id = $1 and author <> ''", &[kernel::Column::value(&id)])?;
    for comment in comments {
        *known.entry((comment.author, comment.meta.created_at)).or_insert(0) += 1;
    }
    Ok(known)
}

/// The events that bring in what is not there yet. They are written in the name of whoever imports; who said it stands
/// with the comment.
pub fn bring_in<T: Noun>(
    about: &T,
    comments: &[BroughtComment],
    mut known: HashMap<(String, i64), usize>,
    moment: &Moment,
    scope: &Scope,
) -> Result<Vec<Event>> {
    let mut events = vec![];
    for comment in comments {
        let author = trimmed("author", &comment.author, 200)?;
        if let Some(left) = known.get_mut(&(author.clone(), comment.at)).filter(|left| **left > 0) {
            *left -= 1;
            continue;
        }
        let mut brought = Comment {
            meta: moment.fresh(about.meta().product),
            about_noun: T::TABLE.to_owned(),
            about_id: about.meta().id,
            about_label: about.label(),
            parent: None,
            body: within("body", &comment.body, MOST_TEXT)?,
            member: Id::new(scope.who.signed_in()?),
            assistant: None,
            author,
            resolved_at: None,
        };
        brought.meta.created_at = comment.at;
        events.push(Event::created(&COMMENT_BROUGHT_IN, &brought));
    }
    Ok(events)
}
