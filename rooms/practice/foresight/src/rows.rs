//! Reading questions and what one has said oneself.

use crate::model::*;
use backlog::Story;
use kernel::{Column, Id, Look, Noun, Result, Uuid, Value, list};
use std::collections::HashMap;

/// So many questions are shown.
const MOST: i64 = 200;

/// Questions about a story.
pub(crate) fn about(look: &mut Look, story: Id<Story>) -> Result<Vec<ForecastQuestion>> {
    ForecastQuestion::all(look, "and story = $2 order by due_on limit 100", &[story.value()])
}

/// So many stories stand to be chosen from.
const MOST_CHOICES: i64 = 100;

/// Stories that can be asked about, what is in work first: number and title.
pub(crate) fn choices(look: &mut Look) -> Result<Vec<(i64, String)>> {
    let sql = "select number, title from story where product = $1 and removed_at is null and stage in ('open', 'doing', 'handed_over')
               order by case stage when 'doing' then 0 when 'handed_over' then 1 else 2 end, rank, id limit $2";
    let rows = look.query(sql, &[look.scope.product_id()?.value(), Value::Int(MOST_CHOICES)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// How many have answered.
pub(crate) fn given(look: &mut Look, question: Id<ForecastQuestion>) -> Result<i64> {
    look.number("select count(*) from prediction where question = $1 and removed_at is null", &[question.value()])
}

/// What the asker has said of a question.
pub(crate) fn own(look: &mut Look, question: Id<ForecastQuestion>) -> Result<Option<Prediction>> {
    let me = look.scope.oneself()?.value();
    Ok(Prediction::all(look, "and question = $2 and member = $3 limit 1", &[question.value(), me])?.pop())
}

/// A question as it stands.
pub(crate) struct Line {
    pub question: ForecastQuestion,
    pub story: Option<Story>,
    pub came: Came,
    /// What the reader said.
    pub said: Option<i64>,
}

/// All questions, those that are due first at the top, with what the reader has said of each.
pub(crate) fn lines(look: &mut Look) -> Result<Vec<Line>> {
    let questions = ForecastQuestion::all(look, "order by due_on desc, id desc limit $2", &[Value::Int(MOST)])?;
    let stories = Story::all(look, "and id in each($2)", &[list(questions.iter().map(|question| question.story.0))])?;
    let stories: HashMap<Uuid, Story> = stories.into_iter().map(|story| (story.meta.id, story)).collect();
    let said = match look.scope.who.member {
        Some(me) => {
            Prediction::all(look, "and member = $2 and question in each($3)", &[me.value(), list(questions.iter().map(|question| question.meta.id))])?
        }
        None => vec![],
    };
    let said: HashMap<Uuid, i64> = said.into_iter().map(|said| (said.question.0, said.chance)).collect();
    let now = look.now();
    let line = |question: ForecastQuestion| {
        let story = stories.get(&question.story.0).cloned();
        Line { came: question.came(story.as_ref(), now), said: said.get(&question.meta.id).copied(), story, question }
    };
    let lines = questions.into_iter().map(line).collect();
    Ok(lines)
}
