//! Conversation: comments on anything, in the place where the thing is looked at.

use kernel::{
    Column, Command, CommandSpec, Decided, Event, Heard, Id, Look, Moment, Noun, NounSpec, Reading, Refusal, Result, Room, Scope, Uuid, Words, about,
    command, erasure::Said, event::edit, kinds, list, noun,
};
use people::Member;
use std::collections::{BTreeSet, HashMap};
use web::{Markup, action, avatar, html, text::markdown, time};

mod brought;

pub use brought::{Brought, BroughtComment, bring_in, brought_to};

kinds! {
    COMMENT_BROUGHT_IN = "comment.brought_in", "brought in a comment on";
    COMMENT_ADDED = "comment.added", "commented on";
    COMMENT_EDITED = "comment.edited", "edited a comment on";
    COMMENT_RESOLVED = "comment.resolved", "settled a comment on";
    COMMENT_REMOVED = "comment.removed", "removed a comment on";
}

pub const ROOM: Room = Room {
    name: "conversation",
    commands: &[
        CommandSpec::of::<AddComment>(),
        CommandSpec::of::<EditComment>(),
        CommandSpec::of::<ResolveComment>(),
        CommandSpec::of::<RemoveComment>(),
    ],
    events: ALL,
    nouns: &[NounSpec::of::<Comment>()],
    ..Room::EMPTY
};

noun! {
    /// A remark on a thing.
    pub struct Comment in "comment" {
        about_noun: String,
        about_id: Uuid,
        about_label: String,
        parent: Option<Id<Comment>>,
        body: String,
        member: Id<Member>,
        assistant: Option<Uuid>,
        resolved_at: Option<i64>,
        /// Who wrote it in another tool, from which it was brought in; empty for what was written here.
        author: String,
    } label(c) c.about_label.clone(); searched Some((c.about_label.clone(), c.body.clone()));
    about { many: "comments", read: Reading::Between(&[("about_noun", "about_id")]), found_by: "body", part_of: "about_id", said: Some(Said { by: "member", words: &["body"], unless: "author" }),
      heard: Heard { texts: &["body"], whose: &["member"], news: &["resolved_at"], new: true, answers: "parent" },
      hushed: &["about_noun", "about_id", "about_label", "parent", "member", "assistant", "resolved_at"], called: &[("body", "text")], points_at: &[("assistant", "member")] }
}

/// The longest comment, in characters.
const MOST_TEXT: usize = 20_000;

command! {
    /// Comments on a thing, in Markdown.
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
    /// What the thing is called.
    type Before = String;

    fn load(&self, look: &mut Look) -> Result<String> {
        let noun = about::noun(&self.about).filter(|n| n.about.discussed);
        let noun = noun.ok_or_else(|| Refusal::invalid("about", "This cannot be commented on."))?;
        let readable = about::may_read(look.scope, noun.table, &noun.about);
        let clause = format!("where product = $1 and id = $2 and removed_at is null{}", readable.and());
        let product = look.scope.product_id()?;
        let thing = look.found(noun, &clause, &[product.value(), self.id.value()])?.pop().ok_or(Refusal::NotFound)?;
        if let Some(parent) = self.parent {
            let parent = Comment::get(look, parent).map_err(|_| Refusal::invalid("parent", "There is no such comment to answer."))?;
            if parent.about_id != self.id.0 {
                return Err(Refusal::invalid("parent", "That comment is about something else."));
            }
        }
        Ok(if noun.about.titled { thing.label } else { noun.table.to_owned() })
    }
    fn title(&self, before: &String) -> String {
        format!("Comment on {before}")
    }
    fn decide(self, label: String, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let comment = Comment {
            meta: moment.fresh(Some(scope.product_id()?)),
            about_noun: self.about,
            about_id: self.id.0,
            about_label: label,
            parent: self.parent,
            body: self.body.into(),
            member: Id::new(scope.who.signed_in()?),
            assistant: scope.who.assistant,
            author: String::new(),
            resolved_at: None,
        };
        Ok(Event::created(&COMMENT_ADDED, &comment).into())
    }
}

fn authors_only(comment: &Comment, scope: &Scope) -> Result<()> {
    match Some(comment.member.0) == scope.who.member && comment.assistant == scope.who.assistant {
        true => Ok(()),
        false => Err(Refusal::denied("Only its author changes a comment.")),
    }
}

command! {
    /// Changes the text of one's own comment.
    pub struct EditComment in "comment.edit" at Patch "/products/{product}/comments/{comment}" [] {
        pub comment: Id<Comment>,
        pub body: Words<MOST_TEXT>,
    }
}

impl Command for EditComment {
    type Before = Comment;

    fn load(&self, look: &mut Look) -> Result<Comment> {
        let comment = Comment::get(look, self.comment)?;
        Ok(comment)
    }
    fn may(&self, before: &Comment, scope: &Scope) -> Result<()> {
        authors_only(before, scope)
    }
    fn title(&self, before: &Comment) -> String {
        format!("Change a comment on {}", before.about_label)
    }
    fn decide(self, before: Comment, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&COMMENT_EDITED, &before, |c| {
            c.body = self.body.into();
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Marks a comment as settled, or open again.
    pub struct ResolveComment in "comment.resolve" at Put "/products/{product}/comments/{comment}/resolution" [] {
        pub comment: Id<Comment>,
        pub resolved: bool,
    }
}

impl Command for ResolveComment {
    type Before = Comment;

    fn load(&self, look: &mut Look) -> Result<Comment> {
        Comment::get(look, self.comment)
    }
    fn title(&self, before: &Comment) -> String {
        format!("Settle a comment on {}", before.about_label)
    }
    fn decide(self, before: Comment, moment: &Moment, _: &Scope) -> Result<Decided> {
        let resolved_at = if self.resolved { before.resolved_at.or(Some(moment.now)) } else { None };
        Ok(Event::changed(&COMMENT_RESOLVED, &before, &Comment { resolved_at, ..before.clone() }).into())
    }
}

command! {
    /// Takes one's own comment away.
    pub struct RemoveComment in "comment.remove" at Delete "/products/{product}/comments/{comment}" [] {
        pub comment: Id<Comment>,
    }
}

impl Command for RemoveComment {
    type Before = Comment;

    fn load(&self, look: &mut Look) -> Result<Comment> {
        Comment::get(look, self.comment)
    }
    fn may(&self, before: &Comment, scope: &Scope) -> Result<()> {
        authors_only(before, scope)
    }
    fn title(&self, before: &Comment) -> String {
        format!("Remove a comment on {}", before.about_label)
    }
    fn decide(self, before: Comment, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&COMMENT_REMOVED, &before, moment.now).into())
    }
}

/// Comments with their authors' names, oldest first.
pub type Talk = Vec<(Comment, String)>;

/// The comments on a thing.
pub fn comments_on(look: &mut Look, id: Uuid) -> Result<Talk> {
    Ok(comments_about(look, [id])?.remove(&id).unwrap_or_default())
}

/// The comments on several things, by thing.
pub fn comments_about(look: &mut Look, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Talk>> {
    let comments = Comment::all(look, "and about_id in each($2) order by created_at, id", &[list(ids)])?;
    let mut talk: HashMap<Uuid, Talk> = HashMap::new();
    if comments.is_empty() {
        return Ok(talk);
    }
    let authors: BTreeSet<Uuid> = comments.iter().map(|c| c.assistant.unwrap_or(c.member.0)).collect();
    let rows = look.query("select id, name from member where id in each($1)", &[list(authors)])?;
    let names: HashMap<Uuid, String> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let here = if comments.iter().any(|c| !c.author.is_empty()) { brought::people_here(look)? } else { vec![] };
    for comment in comments {
        let known = || names.get(&comment.assistant.unwrap_or(comment.member.0)).cloned().unwrap_or_default();
        let name = if comment.author.is_empty() { known() } else { brought::author(&comment.author, &here) };
        talk.entry(comment.about_id).or_default().push((comment, name));
    }
    Ok(talk)
}

/// The comments with a field for one more.
pub fn view(scope: &Scope, noun: &str, id: Uuid, comments: &[(Comment, String)]) -> Markup {
    html! { section.comments { h3 { "Comments" @if !comments.is_empty() { " " span.quiet { (comments.len()) } } }
        @for (comment, name) in comments { article.comment .settled[comment.resolved_at.is_some()] id={ "c-" (comment.id()) } {
            (avatar(name))
            div { p.byline { strong { bdi { (name) } } " " span.quiet { (time(scope, comment.meta.created_at, scope.now)) }
                    @if !comment.author.is_empty() { " " span.pill.neutral { "imported" } }
                    @if comment.assistant.is_some() { " " span.pill.neutral { "assistant" } } }
                div.prose { (markdown(&comment.body)) }
                span.acts {
                    form.act method="post" action=(action(scope, "comment.resolve")) data-act { input type="hidden" name="comment" value=(comment.id()); input type="hidden" name="resolved" value=(if comment.resolved_at.is_none() { "true" } else { "false" }); button.plain type="submit" { @if comment.resolved_at.is_none() { "Settle" } @else { "Open again" } } }
                    @if Some(comment.member.0) == scope.who.member { form.act method="post" action=(action(scope, "comment.remove")) data-act { input type="hidden" name="comment" value=(comment.id()); button.plain type="submit" { "Remove" } } }
                }
            }
        } }
        form.stack method="post" action=(action(scope, "comment.add")) data-act data-reset {
            input type="hidden" name="about" value=(noun); input type="hidden" name="id" value=(id.simple().to_string());
            label.field { span.hidden { "Write a comment" } textarea name="body" rows="2" dir="auto" maxlength=(MOST_TEXT) placeholder="Write a comment. Markdown works." data-keep {} span.error data-error="body" {} }
            div.row { button type="submit" { "Comment" } }
        }
    } }
}
