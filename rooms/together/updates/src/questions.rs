//! Questions of people without an account, who came by a link: each waits until whoever has a say in updates answers it in
//! the thread below the update, or puts it away. Nothing of a visitor is shown to anybody before.

use crate::{drafts::writes, events::*, model::*};
use conversation::{COMMENT_ADDED, Comment, Subject};
use kernel::{
    Asked, Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, Value, Waits, Words, command,
    event::edit, look::find_rows, shared,
};

/// So many wait at once; who asks more is told to write to whoever sent the link.
const MOST_WAITING: i64 = 100;

command! {
    /// Asks about an update without an account, by the word of a link.
    pub struct AskByLink in "update_question.ask" inside {
        /// What is kept of the word.
        pub link_hash: String,
        pub update: Id<Update>,
        /// Who asks, as they say themselves.
        #[serde(default)]
        pub name: Text<100>,
        pub body: Words<2_000>,
    }
}

/// The update that is asked about, its product, and the link.
pub struct Opened {
    product: Uuid,
    link: Uuid,
}

impl Command for AskByLink {
    type Before = Opened;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("update");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Opened> {
        let sql = format!(
            "select shared_link.id, shared_link.product, shared_link.look {}
             and product.archived_at is null
             and (shared_link.whom is null or exists (select 1 from stakeholder where id = shared_link.whom and removed_at is null))",
            shared::open("")
        );
        let rows = look.reader.query(&sql, &[Value::Text(self.link_hash.clone()), Value::Int(look.now())])?;
        let mut row = rows.into_iter().next().ok_or(Refusal::NotFound)?;
        let (link, product, shows): (Uuid, Uuid, String) = (row.take()?, row.take()?, row.take()?);
        // Only what offers this question takes it.
        shared::look(&shows).filter(|shown| shown.ask == Some(Self::NAME)).ok_or(Refusal::NotFound)?;
        let update = "where id = $1 and product = $2 and by_link = 1 and removed_at is null";
        find_rows::<Update>(look.reader, update, &[self.update.value(), product.value()])?.pop().ok_or(Refusal::NotFound)?;
        let waiting = "select count(*) from update_question where product = $1 and state = 'waits' and removed_at is null";
        let waiting: i64 = look.reader.query(waiting, &[product.value()])?.pop().map_or(Ok(0), |mut row| row.take())?;
        match waiting < MOST_WAITING {
            true => Ok(Opened { product, link }),
            false => Err(Refusal::invalid("body", "Too many questions wait for an answer already. Ask whoever sent you the link.")),
        }
    }
    fn title(&self, _: &Opened) -> String {
        "Ask about an update".into()
    }
    fn decide(self, before: Opened, moment: &Moment, _: &Scope) -> Result<Decided> {
        let question = UpdateQuestion {
            meta: moment.fresh(Some(before.product)),
            update_of: self.update,
            link: before.link,
            name: self.name.into(),
            body: self.body.into(),
            state: AskedState::Waits,
            answer: String::new(),
            comment: None,
        };
        Ok(Event::created(&QUESTION_ASKED, &question).into())
    }
}

/// Where something was said that is asked about an update: what evidence of it names as its source.
pub(crate) fn said_where(by: &str, title: &str) -> String {
    format!("{by}, by link, about the update “{}”", web::clipped(title, 150))
}

fn waiting(look: &mut Look, id: Id<UpdateQuestion>) -> Result<(UpdateQuestion, Update)> {
    let question = UpdateQuestion::get(look, id)?;
    let update = Update::get(look, question.update_of)?;
    Ok((question, update))
}

/// Whoever may write such an update sees to what is asked about it.
fn may_answer((question, update): &(UpdateQuestion, Update), scope: &Scope) -> Result<()> {
    match (writes(scope, update.kind), question.state) {
        (false, _) => Err(Refusal::denied("Whoever has a say in updates answers what is asked about them.")),
        (true, AskedState::Waits) => Ok(()),
        (true, _) => Err(Refusal::invalid("question", "This question was seen to already.")),
    }
}

command! {
    /// Answers a question of somebody without an account: both stand in the thread below the update, and whoever holds a
    /// link reads them.
    pub struct AnswerQuestion in "update_question.answer" at Post "/products/{product}/update-questions/{question}/answer" [] {
        pub question: Id<UpdateQuestion>,
        /// In Markdown.
        pub body: Words<5_000>,
    }
}

impl Command for AnswerQuestion {
    type Before = (UpdateQuestion, Update);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        waiting(look, self.question)
    }
    fn authority(&self, (_, update): &Self::Before) -> Authority {
        Authority::Seen(update.area)
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        may_answer(before, scope)
    }
    fn title(&self, (question, _): &Self::Before) -> String {
        format!("Answer “{}”", question.label())
    }
    fn decide(self, (question, update): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let about = Subject { noun: Update::TABLE.to_owned(), id: update.meta.id, label: update.title };
        let quoted: Vec<String> = question.body.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        let answer = String::from(self.body);
        let body = format!("{}\n>\n> {}, by link\n\n{answer}", quoted.join("\n"), question.by());
        let comment = Comment::by(scope, moment, about, body)?;
        let answered = edit(&QUESTION_ANSWERED, &question, |q| {
            (q.state, q.comment, q.answer) = (AskedState::Answered, Some(comment.id()), answer);
            Ok(())
        })?;
        // The question points at the comment, so that comes first.
        Ok(vec![Event::created(&COMMENT_ADDED, &comment), answered].into())
    }
}

command! {
    /// Puts a question of somebody without an account away, without an answer.
    pub struct PutAway in "update_question.put_away" at Delete "/products/{product}/update-questions/{question}" [] {
        pub question: Id<UpdateQuestion>,
    }
}

impl Command for PutAway {
    type Before = (UpdateQuestion, Update);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        waiting(look, self.question)
    }
    fn authority(&self, (_, update): &Self::Before) -> Authority {
        Authority::Seen(update.area)
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        may_answer(before, scope)
    }
    fn title(&self, (question, _): &Self::Before) -> String {
        format!("Put away “{}”", question.label())
    }
    fn decide(self, (question, _): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&QUESTION_PUT_AWAY, &question, |q| {
            q.state = AskedState::PutAway;
            Ok(())
        })?
        .into())
    }
}
