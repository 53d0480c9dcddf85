//! Erasing somebody who asked about an update without an account, at their wish or by law: the name they gave, and where it is
//! asked for what they asked, here, in the thread in which it was answered, in the inbox and wherever it was cut out of there.

use crate::{events::QUESTION_ERASED, model::*, questions::said_where};
use conversation::{COMMENT_ERASED, Comment};
use customers::{Evidence, with_what_was_cut};
use kernel::{
    Column, Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Value, command,
    erasure::{ERASED, Wipe},
    event::{edit, read_changes},
    list,
    look::find_rows,
};
use std::collections::HashMap;
use web::text::plain;

command! {
    /// Erases who asked about an update by link: the name they gave; with `said` also what they asked, there, in the thread and
    /// in the inbox. It cannot be taken back.
    pub struct EraseQuestion in "update_question.erase" at Delete "/products/{product}/update-questions/{question}/author" [Customers] {
        pub question: Id<UpdateQuestion>,
        /// Also what they asked, word for word.
        #[serde(default)]
        pub said: bool,
    }
}

/// What somebody asked, and where it went from there.
pub struct Asked {
    question: UpdateQuestion,
    /// The comment with the answer, which quotes it.
    comment: Option<Comment>,
    /// What was taken as evidence from the question itself, with all that was cut out of it.
    evidence: Vec<Evidence>,
    /// What was taken from the comment: it may quote the question among words of others.
    quoting: Vec<Evidence>,
}

impl Command for EraseQuestion {
    type Before = Asked;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Asked> {
        // Whoever may ask for it need not be one of those who read it.
        let here = "where id = $1 and product = $2 and removed_at is null";
        let found: Option<UpdateQuestion> = find_rows(look.reader, here, &[self.question.value(), look.scope.product_id()?.value()])?.pop();
        let question = found.ok_or(Refusal::NotFound)?;
        let taken = taken(look, &question)?;
        let evidence = with_what_was_cut(look.reader, taken)?;
        let (mut comment, mut quoting) = (None, vec![]);
        if let Some(id) = question.comment {
            comment = find_rows(look.reader, "where id = $1", &[id.value()])?.pop();
            let from: Vec<Evidence> = find_rows(look.reader, "where said_in = $1 order by id", &[id.value()])?;
            quoting = with_what_was_cut(look.reader, from.iter().map(Noun::id))?;
        }
        Ok(Asked { question, comment, evidence, quoting })
    }
    fn title(&self, _: &Asked) -> String {
        // No word of what goes.
        "Erase who asked about an update".into()
    }
    fn decide(self, Asked { question, comment, evidence, quoting }: Asked, _: &Moment, _: &Scope) -> Result<Decided> {
        let said = self.said;
        if question.name.is_empty() && (!said || question.body == ERASED) {
            let more = if question.body == ERASED { "" } else { " What was asked can still be erased, too." };
            return Err(Refusal::invalid("question", format!("Nothing tells who asked this.{more}")));
        }
        let mut events = vec![edit(&QUESTION_ERASED, &question, |q| {
            q.name = String::new();
            if said {
                q.body = ERASED.into();
                // There is nothing left to answer.
                q.state = if q.state == AskedState::Waits { AskedState::PutAway } else { q.state };
            }
            Ok(())
        })?];
        let fields: &'static [&'static str] = if said { &["name", "body"] } else { &["name"] };
        let words = if said { vec![question.body.clone()] } else { vec![] };
        let mut wipes = vec![Wipe { noun: UpdateQuestion::TABLE, id: question.meta.id, fields, called: said, said: words }];
        if let Some(comment) = comment {
            events.push(edit(&COMMENT_ERASED, &comment, |c| {
                c.body = unquoted(&c.body, &question, said);
                Ok(())
            })?);
            wipes.push(Wipe { noun: Comment::TABLE, id: comment.meta.id, fields: &["body"], called: false, said: vec![] });
        }
        let told = |evidence: &[Evidence], quote: &dyn Fn(&str) -> Option<String>| {
            customers::erased(evidence, |e| (nameless(&e.source, &question.name), quote(&e.quote)))
        };
        for (told, wiped) in [told(&evidence, &|_| said.then(|| ERASED.into()))?, told(&quoting, &|quote| without(quote, &question, said))?] {
            events.extend(told);
            wipes.extend(wiped);
        }
        Ok(Decided { wipes, untold: true, ..events.into() })
    }
}

/// Evidence that was recorded from the question itself. Nothing points from there to here, so it is what was recorded since with
/// just these words and as said here, though one of them was changed later, or its source was erased already.
fn taken(look: &mut Look, question: &UpdateQuestion) -> Result<Vec<Id<Evidence>>> {
    let update: Option<Update> = find_rows(look.reader, "where id = $1", &[question.update_of.value()])?.pop();
    let source = update.map_or(String::new(), |update| said_where(question.by(), &update.title));
    let since = "where product = $1 and created_at >= $2 and said_in is null and split_from is null and (quote = $3 or source = $4) order by id";
    let params =
        [question.meta.product.value(), Value::Int(question.meta.created_at), Value::Text(question.body.clone()), Value::Text(source.clone())];
    let found: Vec<Evidence> = find_rows(look.reader, since, &params)?;
    let mut held: HashMap<_, Vec<(String, String)>> = HashMap::new();
    let lines = "select noun_id, changes from activity where product = $1 and noun_id in each($2)";
    for mut line in look.reader.query(lines, &[question.meta.product.value(), list(found.iter().map(|piece| piece.meta.id))])? {
        let (id, changes): (kernel::Uuid, String) = (line.take()?, line.take()?);
        for change in read_changes(&changes)? {
            let texts = [change.from, change.to].into_iter().filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None });
            held.entry(id).or_default().extend(texts.map(|text| (change.field.clone(), text)));
        }
    }
    let ever = |piece: &Evidence, field: &str, now: &str, text: &str| {
        now == text || held.get(&piece.meta.id).is_some_and(|held| held.iter().any(|(of, held)| of == field && (held == text || held == ERASED)))
    };
    let from_here = |piece: &&Evidence| ever(piece, "quote", &piece.quote, &question.body) && ever(piece, "source", &piece.source, &source);
    Ok(found.iter().filter(from_here).map(Noun::id).collect())
}

/// Who asked, as answers and evidence say it.
fn by_link(name: &str) -> String {
    format!("{name}, by link")
}

/// The comment with the answer, in which what was asked is quoted with who asked.
fn unquoted(body: &str, question: &UpdateQuestion, said: bool) -> String {
    let by = by_link(question.by());
    let asks = |quoted: &str| !quoted.is_empty() && question.body.lines().any(|line| line.trim() == quoted);
    let line = |line: &str| match line.strip_prefix('>').map(str::trim) {
        Some(quoted) if quoted == by => format!("> {}", by_link(UpdateQuestion::NOBODY)),
        Some(quoted) if said && asks(quoted) => format!("> {ERASED}"),
        _ => line.to_owned(),
    };
    body.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// What was quoted out of the comment, without words of the question, where it has any.
fn without(quote: &str, question: &UpdateQuestion, said: bool) -> Option<String> {
    let asked = question.body.lines().map(plain).filter(|line| said && !line.is_empty() && line != ERASED);
    let told = asked.fold(quote.to_owned(), |told, line| told.replacen(&line, ERASED, 1));
    let told = told.replace(&by_link(question.by()), &by_link(UpdateQuestion::NOBODY));
    (told != quote).then_some(told)
}

/// Where something was said, without the name at its beginning.
fn nameless(source: &str, name: &str) -> String {
    match source.strip_prefix(by_link(name).as_str()).filter(|_| !name.is_empty()) {
        Some(rest) => format!("{}{rest}", by_link(UpdateQuestion::NOBODY)),
        None => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Meta, Uuid};

    fn question(name: &str, body: &str) -> UpdateQuestion {
        UpdateQuestion {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            update_of: Id::new(Uuid::nil()),
            link: Uuid::nil(),
            name: name.into(),
            body: body.into(),
            state: AskedState::Answered,
            answer: String::new(),
            comment: None,
        }
    }

    #[test]
    fn only_what_was_asked_goes_out_of_the_answer() {
        let asked = question("Ada", "Until when?\n\nAnd why?");
        let body = "> Until when?\n>\n> And why?\n>\n> Ada, by link\n\nUntil when? Until spring.\n> Somebody else";
        let nameless = "> Until when?\n>\n> And why?\n>\n> Somebody, by link\n\nUntil when? Until spring.\n> Somebody else";
        assert_eq!(unquoted(body, &asked, false), nameless);
        let wordless = "> (erased)\n>\n> (erased)\n>\n> Somebody, by link\n\nUntil when? Until spring.\n> Somebody else";
        assert_eq!(unquoted(body, &asked, true), wordless);
        let quote = "Until when? And why? Ada, by link Until when? Until spring.";
        assert_eq!(without(quote, &asked, true).as_deref(), Some("(erased) (erased) Somebody, by link Until when? Until spring."));
        assert_eq!(without("In spring.", &asked, true), None);
    }

    #[test]
    fn only_the_name_at_the_beginning_goes() {
        assert_eq!(nameless("Ada, by link, about the update “Ada, by link”", "Ada"), "Somebody, by link, about the update “Ada, by link”");
        assert_eq!(nameless("Adam, by link, about it", "Ada"), "Adam, by link, about it");
        assert_eq!(nameless("Somebody, by link, about it", ""), "Somebody, by link, about it");
    }
}
