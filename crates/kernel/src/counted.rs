//! Answers that are counted and stand in nobody's name. Kept are how often each was given and, apart from that, who has
//! answered: so nobody is asked twice, and nobody can be told from an answer, whoever reads the database. No activity tells
//! of it, no page hears of it. A command gives answers and another one ends the round (`Decided::counts`), which makes a
//! noun of the sums.

use crate::{Column, EventKind, Look, Refusal, Result, Value, list};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The tables, which a backup takes along; nothing else knows them.
pub const TABLES: &[&str] = &["answer_count", "answered", "answered_by"];

/// What a command does about a round of answers.
#[derive(Debug)]
pub enum Count {
    Give(Answers),
    /// The round is over: its sums stand in a noun.
    End(Uuid),
}

/// What whoever asks answers, once.
#[derive(Debug)]
pub struct Answers {
    /// The thing that asks.
    pub round: Uuid,
    pub noun: &'static str,
    /// One for each question, from 1 on; 0 where there is no such question.
    pub given: Vec<i64>,
    /// The largest answer that can be given.
    pub most: i64,
    /// By what somebody without an account is known who answers: a link, an address, a browser, each of which is asked no
    /// more; nothing of a member.
    pub by: Vec<Uuid>,
    /// How the act is told to its author, and to nobody else.
    pub kind: &'static EventKind,
    pub label: String,
}

/// How many have answered, and whether the asker has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    pub people: i64,
    pub oneself: bool,
}

/// Who has answered in the rounds that a query names, as numbers: names would press those who have not. Its parameters
/// start at `$1`.
pub fn answered(look: &mut Look, rounds: &str, params: &[Value]) -> Result<HashMap<Uuid, Answered>> {
    let sql =
        format!("select round, count(*), coalesce(sum(case when member = $me then 1 end), 0) from answered where round in ({rounds}) group by round");
    let rows = look.query(&sql, params)?;
    rows.into_iter().map(|mut row| Ok((row.take()?, Answered { people: row.take()?, oneself: row.take::<i64>()? > 0 }))).collect()
}

/// Whether somebody without an account has answered who is known by any of these.
pub fn has_answered(look: &mut Look, round: Uuid, by: &[Uuid]) -> Result<bool> {
    Ok(!which_answered(look, round, by.iter().copied())?.is_empty())
}

/// By which of these somebody is known who has answered without an account.
pub fn which_answered(look: &mut Look, round: Uuid, by: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let rows = look.reader.query("select who from answered_by where round = $1 and who in each($2)", &[round.value(), list(by)])?;
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// How many people without an account have answered in the rounds that a query names. Its parameters start at `$1`.
pub fn outside(look: &mut Look, rounds: &str, params: &[Value]) -> Result<HashMap<Uuid, i64>> {
    // One of them may be known by more than one thing, so answers are counted.
    let sql = format!("select round, cast(sum(given) as bigint) from answer_count where question = 0 and round in ({rounds}) group by round");
    let rows = look.reader.query(&sql, params)?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// How often each answer was given: question, from 0, answer, and how often. For the command that ends the round, and for
/// nothing that is shown.
///
/// # Errors
/// `Broken` where a page or a query asks.
pub fn sums(look: &mut Look, round: Uuid) -> Result<Vec<(i64, i64, i64)>> {
    if look.is_shown() {
        return Err(Refusal::broken("what was answered is read by the command that ends the round alone"));
    }
    let sql = "select question, answer, given from answer_count where round = $1 order by question, answer";
    look.reader.query(sql, &[round.value()])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect()
}

/// The statements that count answers, for the one place that writes them. Every sum of the round is written with each
/// answer, so that no trace in a row tells which of them grew.
pub fn counting(answers: &Answers, who: &[Uuid]) -> Vec<(String, Vec<Value>)> {
    let round = answers.round.value();
    let mut all = vec![];
    for question in 0..answers.given.len() as i64 {
        for answer in 1..=answers.most {
            let sql = "insert into answer_count (round, question, answer, given) values ($1, $2, $3, 0) on conflict do nothing";
            all.push((sql.to_owned(), vec![round.clone(), Value::Int(question), Value::Int(answer)]));
        }
    }
    // The answers are parameters: no text of a statement, which databases keep, tells them.
    let whens: Vec<String> = (0..answers.given.len()).map(|question| format!("when {question} then cast(${} as bigint)", question + 2)).collect();
    let sql = format!(
        "update answer_count set given = given + case when answer = case question {} end then 1 else 0 end where round = $1",
        whens.join(" ")
    );
    all.push((sql, std::iter::once(round.clone()).chain(answers.given.iter().map(|answer| Value::Int(*answer))).collect()));
    let who_answered = match answers.by.is_empty() {
        true => "insert into answered (round, member) values ($1, $2)",
        false => "insert into answered_by (round, who) values ($1, $2) on conflict do nothing",
    };
    all.extend(who.iter().map(|who| (who_answered.to_owned(), vec![round.clone(), who.value()])));
    all
}
