//! Reading questions, what they are about, and what one has said oneself.

use crate::model::*;
use backlog::Story;
use kernel::{Area, Column, Id, Look, Noun, Ref, Refusal, Result, Uuid, Value, fields::Pointed, list};
use launch::Release;
use sprint::Sprint;
use std::collections::HashMap;
use strategy::{KeyResult, Measurement};

/// So many questions are shown.
const MOST: i64 = 200;

/// Whether the same is asked already, for the same day.
pub(crate) fn asked(look: &mut Look, question: &ForecastQuestion) -> Result<bool> {
    let about = [question.story.map(|id| id.0), question.sprint.map(|id| id.0), question.release.map(|id| id.0), question.key_result.map(|id| id.0)];
    let Some(about) = about.into_iter().flatten().next() else { return Ok(false) };
    let and = format!("and {} = $2 and due_on = $3 limit 1", question.about());
    Ok(!ForecastQuestion::all(look, &and, &[about.value(), Value::Text(question.due_on.clone())])?.is_empty())
}

pub(crate) fn sprint(look: &mut Look, at: &Ref) -> Result<Sprint> {
    match at.resolve::<Sprint>(look.scope)? {
        Pointed::Id(id) => Sprint::get(look, id),
        Pointed::Number(n) => Sprint::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

/// What was measured of key results.
pub(crate) fn measured(look: &mut Look, results: impl IntoIterator<Item = Uuid>) -> Result<Vec<Measurement>> {
    Measurement::all(look, "and key_result in each($2) order by on_day, id limit 5000", &[list(results)])
}

/// What questions are about, as it stands.
#[derive(Default)]
pub(crate) struct Matters {
    stories: HashMap<Uuid, Story>,
    sprints: HashMap<Uuid, Sprint>,
    releases: HashMap<Uuid, Release>,
    results: HashMap<Uuid, KeyResult>,
    measured: Vec<Measurement>,
}

impl Matters {
    pub fn of(&self, question: &ForecastQuestion) -> Matter {
        let story = question.story.and_then(|id| self.stories.get(&id.0)).map(|story| Matter::Story(Box::new(story.clone())));
        let sprint = question.sprint.and_then(|id| self.sprints.get(&id.0)).map(|sprint| Matter::Sprint(Box::new(sprint.clone())));
        let release = question.release.and_then(|id| self.releases.get(&id.0)).map(|release| Matter::Release(Box::new(release.clone())));
        let result = question.key_result.and_then(|id| self.results.get(&id.0)).map(|result| {
            let measured = self.measured.iter().filter(|at| at.key_result == result.id()).cloned().collect();
            Matter::KeyResult(Box::new(result.clone()), measured)
        });
        story.or(sprint).or(release).or(result).unwrap_or(Matter::Gone)
    }
}

/// Those of a noun by their ids; nothing is asked where there are none.
fn by_id<T: Noun>(look: &mut Look, ids: impl Iterator<Item = Option<Id<T>>>) -> Result<HashMap<Uuid, T>> {
    let ids: Vec<Uuid> = ids.flatten().map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(T::all(look, "and id in each($2)", &[list(ids)])?.into_iter().map(|thing| (thing.id().0, thing)).collect())
}

pub(crate) fn matters(look: &mut Look, questions: &[ForecastQuestion]) -> Result<Matters> {
    let results = by_id(look, questions.iter().map(|question| question.key_result))?;
    let measured = if results.is_empty() { vec![] } else { measured(look, results.keys().copied())? };
    Ok(Matters {
        stories: by_id(look, questions.iter().map(|question| question.story))?,
        sprints: by_id(look, questions.iter().map(|question| question.sprint))?,
        releases: by_id(look, questions.iter().map(|question| question.release))?,
        results,
        measured,
    })
}

/// So many of a kind stand to be chosen from.
const MOST_CHOICES: i64 = 100;

/// What can be asked about: each with what its field is to hold, and how it is called.
#[derive(Default)]
pub(crate) struct Choices {
    pub stories: Vec<(String, String)>,
    pub sprints: Vec<(String, String)>,
    pub releases: Vec<(String, String)>,
    pub results: Vec<(String, String)>,
}

impl Choices {
    pub fn is_empty(&self) -> bool {
        [&self.stories, &self.sprints, &self.releases, &self.results].iter().all(|of| of.is_empty())
    }
}

/// What can be asked about, as far as the reader sees it; of stories what is in work first.
pub(crate) fn choices(look: &mut Look) -> Result<Choices> {
    let scope = look.scope;
    let mut choices = Choices::default();
    if scope.sees(Area::Backlog) {
        let sql = "select number, title from story where product = $1 and removed_at is null and stage in ('open', 'doing', 'handed_over')
                   order by case stage when 'doing' then 0 when 'handed_over' then 1 else 2 end, rank, id limit $2";
        for mut row in look.query(sql, &[scope.product_id()?.value(), Value::Int(MOST_CHOICES)])? {
            let (number, title): (i64, String) = (row.take()?, row.take()?);
            choices.stories.push((number.to_string(), format!("{} {title}", scope.key(number))));
        }
    }
    if scope.sees(Area::Sprints) {
        let sprints = Sprint::all(look, "and state in ('planned', 'active') order by number limit 20", &[])?;
        choices.sprints = sprints.into_iter().map(|sprint| (sprint.number.to_string(), sprint.name)).collect();
    }
    if scope.sees(Area::Commitments) {
        let releases = Release::all(look, "and state = 'planned' order by created_at desc, id desc limit 50", &[])?;
        choices.releases = releases.into_iter().map(|release| (release.id().to_string(), release.name)).collect();
    }
    if scope.sees(Area::Strategy) {
        let open =
            "and objective in (select id from objective where objective.product = $1 and state = 'open') order by created_at desc, id limit 50";
        let results = KeyResult::all(look, open, &[])?;
        choices.results = results.into_iter().map(|result| (result.id().to_string(), result.title)).collect();
    }
    Ok(choices)
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
    pub matter: Matter,
    pub came: Came,
    /// What the reader said.
    pub said: Option<i64>,
}

/// All questions, those that are due last at the top, with what the reader has said of each.
pub(crate) fn lines(look: &mut Look) -> Result<Vec<Line>> {
    let questions = ForecastQuestion::all(look, "order by due_on desc, id desc limit $2", &[Value::Int(MOST)])?;
    if questions.is_empty() {
        return Ok(vec![]);
    }
    let matters = matters(look, &questions)?;
    let said = match look.scope.who.member {
        Some(me) => {
            Prediction::all(look, "and member = $2 and question in each($3)", &[me.value(), list(questions.iter().map(|question| question.meta.id))])?
        }
        None => vec![],
    };
    let said: HashMap<Uuid, i64> = said.into_iter().map(|said| (said.question.0, said.chance)).collect();
    let now = look.now();
    let line = |question: ForecastQuestion| {
        let matter = matters.of(&question);
        Line { came: question.came(&matter, now), said: said.get(&question.meta.id).copied(), matter, question }
    };
    Ok(questions.into_iter().map(line).collect())
}
