//! What is done in a conversation: comment, answer, edit, resolve, take back.

use crate::{COMMENT_ADDED, COMMENT_EDITED, COMMENT_REMOVED, COMMENT_REOPENED, COMMENT_RESOLVED, Comment, MOST_TEXT, Subject};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, Words, about, command, event::edit};

command! {
    /// Comments on a thing, in Markdown. An answer goes to the thread of the comment that it answers, and opens that again.
    pub struct AddComment in "comment.add" at Post "/products/{product}/comments" [] {
        /// Its noun, such as `story`.
        pub about: String,
        /// Its id.
        pub id: Id<Comment>,
        pub body: Words<MOST_TEXT>,
        /// The comment that this one answers.
        pub parent: Option<Id<Comment>>,
    }
}

impl Command for AddComment {
    /// The thing, and the comment that begins the thread.
    type Before = (Subject, Option<Comment>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let about = subject(look, &self.about, self.id.0)?;
        let first = self.parent.map(|parent| first_of(look, parent)).transpose()?;
        if first.as_ref().is_some_and(|first| first.about_id != self.id.0) {
            return Err(Refusal::invalid("parent", "That comment is about something else."));
        }
        Ok((about, first))
    }
    fn title(&self, (about, _): &Self::Before) -> String {
        format!("Comment on {}", about.label)
    }
    fn decide(self, (about, first): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let parent = first.as_ref().map(Noun::id);
        let comment = Comment { parent, ..Comment::by(scope, moment, about, self.body.into())? };
        let mut events = vec![Event::created(&COMMENT_ADDED, &comment)];
        // What is said in a thread that was resolved would be overlooked. What was answered stays so.
        if let Some(first) = first.filter(|first| first.asks.is_none()) {
            events.push(Event::changed(&COMMENT_REOPENED, &first, &opened(&first)));
        }
        Ok(events.into())
    }
}

/// A thing that can be talked about and that the asker sees.
fn subject(look: &mut Look, noun: &str, id: Uuid) -> Result<Subject> {
    let noun = about::noun(noun).filter(|n| n.about.discussed);
    let noun = noun.ok_or_else(|| Refusal::invalid("about", "This cannot be commented on."))?;
    let thing = look.thing(noun, id)?.ok_or(Refusal::NotFound)?;
    let label = if noun.about.titled { thing.label } else { noun.one() };
    Ok(Subject { noun: noun.table.to_owned(), id, label })
}

/// The comment that begins the thread of one: its answers are one level deep.
fn first_of(look: &mut Look, id: Id<Comment>) -> Result<Comment> {
    let mut comment = Comment::get(look, id).map_err(|_| Refusal::invalid("parent", "There is no such comment to answer."))?;
    while let Some(parent) = comment.parent {
        match Comment::get(look, parent) {
            Ok(above) => comment = above,
            // It was taken back; what is left of the thread goes on.
            Err(Refusal::NotFound) => break,
            Err(other) => return Err(other),
        }
    }
    Ok(comment)
}

fn opened(comment: &Comment) -> Comment {
    Comment { resolved_at: None, resolved_by: None, ..comment.clone() }
}

/// A comment of one's own, and whether it is part of a record that stands: a question or an objection that was answered,
/// or the answer.
pub struct Own {
    comment: Comment,
    stands: bool,
}

fn own(look: &mut Look, id: Id<Comment>) -> Result<Own> {
    let comment = Comment::get(look, id)?;
    let stands = match comment.parent {
        None => comment.asks.is_some() && comment.resolved_at.is_some(),
        Some(first) => Comment::get(look, first).is_ok_and(|first| first.answer == Some(id)),
    };
    Ok(Own { comment, stands })
}

impl Own {
    fn may(&self, scope: &Scope) -> Result<()> {
        match (self.comment.is_by(scope), self.stands) {
            (false, _) => Err(Refusal::denied("Only its author changes a comment.")),
            (true, true) => Err(Refusal::invalid("comment", "What was answered, and its answer, stand as they are. Say more in the thread.")),
            (true, false) => Ok(()),
        }
    }
}

command! {
    /// Changes the text of one's own comment; what it said before can still be read.
    pub struct EditComment in "comment.edit" at Patch "/products/{product}/comments/{comment}" [] {
        pub comment: Id<Comment>,
        pub body: Words<MOST_TEXT>,
    }
}

impl Command for EditComment {
    type Before = Own;

    fn load(&self, look: &mut Look) -> Result<Own> {
        own(look, self.comment)
    }
    fn may(&self, before: &Own, scope: &Scope) -> Result<()> {
        before.may(scope)
    }
    fn title(&self, before: &Own) -> String {
        format!("Change a comment on {}", before.comment.about_label)
    }
    fn decide(self, before: Own, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&COMMENT_EDITED, &before.comment, |c| {
            c.body = self.body.into();
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Marks a thread as resolved, or opens it again. A question to a proposer and an objection are answered instead.
    pub struct ResolveComment in "comment.resolve" at Put "/products/{product}/comments/{comment}/resolution" [] {
        pub comment: Id<Comment>,
        pub resolved: bool,
    }
}

impl Command for ResolveComment {
    /// The comment that begins the thread.
    type Before = Comment;

    fn load(&self, look: &mut Look) -> Result<Comment> {
        let comment = Comment::get(look, self.comment)?;
        first_of(look, comment.id())
    }
    fn may(&self, before: &Comment, _: &Scope) -> Result<()> {
        match before.asks {
            None => Ok(()),
            Some(asks) => Err(Refusal::invalid("comment", format!("This {asks} is not resolved but answered, where it stands."))),
        }
    }
    fn title(&self, before: &Comment) -> String {
        format!("Resolve a thread on {}", before.about_label)
    }
    fn decide(self, before: Comment, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if !self.resolved {
            return Ok(Event::changed(&COMMENT_REOPENED, &before, &opened(&before)).into());
        }
        let after = match before.resolved_at {
            Some(_) => before.clone(),
            None => Comment { resolved_at: Some(moment.now), resolved_by: scope.who.member, ..before.clone() },
        };
        Ok(Event::changed(&COMMENT_RESOLVED, &before, &after).into())
    }
}

command! {
    /// Takes one's own comment back.
    pub struct RemoveComment in "comment.remove" at Delete "/products/{product}/comments/{comment}" [] {
        pub comment: Id<Comment>,
    }
}

impl Command for RemoveComment {
    type Before = Own;

    fn load(&self, look: &mut Look) -> Result<Own> {
        own(look, self.comment)
    }
    fn may(&self, before: &Own, scope: &Scope) -> Result<()> {
        before.may(scope)
    }
    fn title(&self, before: &Own) -> String {
        format!("Take a comment on {} back", before.comment.about_label)
    }
    fn decide(self, before: Own, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&COMMENT_REMOVED, &before.comment, moment.now).into())
    }
}
