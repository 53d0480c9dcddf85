//! What a team has agreed on about stories: the definition of ready and the definition of done, a line for each thing.
//! Of being ready Tandem sees some things for itself; the others are looked at by people.

use crate::{events::*, model::Product, rows};
use kernel::{Column, Command, Decided, Event, JsonSchema, Look, Moment, Query, Refusal, Result, Scope, Serialize, Text, command, query, words};

words! {
    /// What Tandem sees for itself of a story.
    pub enum Seen {
        Criteria = "criteria" says "It has acceptance criteria",
        Size = "size" says "It has an estimate",
        Feature = "feature" says "It hangs on a feature",
        Reason = "reason" says "It says for whom and why",
    }
}

impl Seen {
    /// What a story lacks of which this is not true.
    pub const fn lacks(self) -> &'static str {
        match self {
            Seen::Criteria => "acceptance criteria",
            Seen::Size => "an estimate",
            Seen::Feature => "a feature above it",
            Seen::Reason => "for whom and why",
        }
    }
}

/// A line of the definition of ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct ReadyLine {
    pub text: String,
    /// What it asks for, where Tandem sees that for itself.
    pub seen: Option<Seen>,
}

/// The longest line, and the most of them.
const LONGEST: usize = 200;
const MOST: usize = 20;

/// The lines of a text, each once.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = vec![];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn checked(field: &str, text: &str) -> Result<Vec<String>> {
    let lines = lines(text);
    if let Some(long) = lines.iter().find(|line| line.chars().count() > LONGEST) {
        return Err(Refusal::invalid(field, format!("“{}” is too long; {LONGEST} characters fit on a line.", web::clipped(long, 40))));
    }
    match lines.len() {
        0..=MOST => Ok(lines.into_iter().map(str::to_owned).collect()),
        n => Err(Refusal::invalid(field, format!("{n} lines are too many; {MOST} fit."))),
    }
}

/// The lines of a definition of ready as it is written down.
pub fn ready_lines(text: &str) -> Vec<ReadyLine> {
    let read = |line: &str| ReadyLine { text: line.to_owned(), seen: Seen::ALL.iter().copied().find(|seen| seen.says() == line) };
    lines(text).into_iter().map(read).collect()
}

/// What the product at hand asks of a story before a sprint.
pub fn definition_of_ready(look: &mut Look) -> Result<Vec<ReadyLine>> {
    Ok(definitions(look)?.ready)
}

/// What the product at hand asks of a story that is finished.
pub fn definition_of_done(look: &mut Look) -> Result<Vec<String>> {
    Ok(definitions(look)?.done)
}

/// Both, with one question.
pub fn definitions(look: &mut Look) -> Result<Agreed> {
    let product = look.scope.product_id()?;
    let (ready, done): (String, String) = match look.first("select ready_list, done_list from product where id = $1", &[product.value()])? {
        Some(mut row) => (row.take()?, row.take()?),
        None => Default::default(),
    };
    Ok(Agreed { ready: ready_lines(&ready), done: lines(&done).into_iter().map(str::to_owned).collect() })
}

/// "“A”, “B”", or that there is nothing.
fn told(text: &str) -> String {
    match lines(text).as_slice() {
        [] => "nothing".into(),
        lines => lines.iter().map(|line| format!("“{line}”")).collect::<Vec<_>>().join(", "),
    }
}

command! {
    /// Sets the definition of ready: what a story needs before a sprint.
    pub struct DefineReady in "product.define_ready" at Put "/products/{product}/definition-of-ready" [Agreement] {
        /// What Tandem sees for itself.
        #[serde(default)]
        pub seen: Vec<Seen>,
        /// What people look at, one line each.
        #[serde(default)]
        pub others: Text<5_000>,
    }
}

impl Command for DefineReady {
    type Before = Product;

    fn load(&self, look: &mut Look) -> Result<Product> {
        rows::product(look)
    }
    fn title(&self, _: &Product) -> String {
        "Change the definition of ready".into()
    }
    fn decide(self, before: Product, _: &Moment, _: &Scope) -> Result<Decided> {
        let mut list: Vec<String> = Seen::ALL.iter().filter(|seen| self.seen.contains(seen)).map(|seen| seen.says().to_owned()).collect();
        for line in checked("others", &self.others)? {
            if !list.contains(&line) {
                list.push(line);
            }
        }
        let after = Product { ready_list: list.join("\n"), ..before.clone() };
        let said = (told(&before.ready_list), told(&after.ready_list));
        Ok(Event::changed(&READY_DEFINED, &before, &after).saying("ready_list", Some(said)).into())
    }
}

command! {
    /// Sets the definition of done: what is true of every story that is accepted.
    pub struct DefineDone in "product.define_done" at Put "/products/{product}/definition-of-done" [Acceptance] {
        /// One line each.
        #[serde(default)]
        pub lines: Text<5_000>,
    }
}

impl Command for DefineDone {
    type Before = Product;

    fn load(&self, look: &mut Look) -> Result<Product> {
        rows::product(look)
    }
    fn title(&self, _: &Product) -> String {
        "Change the definition of done".into()
    }
    fn decide(self, before: Product, _: &Moment, _: &Scope) -> Result<Decided> {
        let after = Product { done_list: checked("lines", &self.lines)?.join("\n"), ..before.clone() };
        let said = (told(&before.done_list), told(&after.done_list));
        Ok(Event::changed(&DONE_DEFINED, &before, &after).saying("done_list", Some(said)).into())
    }
}

query! {
    /// What the team has agreed on about stories.
    pub struct Definitions in "product.definitions" at "/products/{product}/definitions" -> Agreed {}
}

/// The answer to `Definitions`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Agreed {
    /// What a story needs before a sprint.
    pub ready: Vec<ReadyLine>,
    /// What is true of every story that is accepted.
    pub done: Vec<String>,
}

impl Query for Definitions {
    fn ask(self, look: &mut Look) -> Result<Agreed> {
        definitions(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FIRST_READY_LIST;

    #[test]
    fn a_new_product_asks_for_what_is_seen() {
        assert!(ready_lines(FIRST_READY_LIST).iter().map(|line| line.seen).eq(Seen::ALL.iter().copied().map(Some)));
    }

    #[test]
    fn lines_are_trimmed_and_kept_once() {
        let read = ready_lines(" Reviewed by design \n\nIt has an estimate\nReviewed by design");
        assert_eq!(
            read.iter().map(|line| (line.text.as_str(), line.seen)).collect::<Vec<_>>(),
            [("Reviewed by design", None), ("It has an estimate", Some(Seen::Size))]
        );
        assert!(checked("others", &"x\ny\n".repeat(11)).is_ok());
        assert!(checked("others", &(0..21).map(|n| n.to_string()).collect::<Vec<_>>().join("\n")).is_err());
        assert!(checked("others", &"x".repeat(201)).is_err());
    }

    #[test]
    fn lists_are_told_by_their_lines() {
        assert_eq!((told(""), told("a\nb")), ("nothing".to_owned(), "“a”, “b”".to_owned()));
    }
}
