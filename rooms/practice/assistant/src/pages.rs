//! What a model says of an attempt, and the page on which it is held against people. Handlers only read.

use crate::{draft_rows, model::*, rows, views};
use club::{Attempt, Discipline, Stage};
use kernel::{Id, Look, Mark, Noun, Refusal, Result};
use serde::Deserialize;
use web::{
    At, Page, PageSpec, Path, Query, Response, Router, Web, Wing,
    app::{App, jobs::asked_of},
    get,
};

pub(crate) const ASSISTANT: PageSpec = PageSpec {
    path: "/practice/assistant",
    name: "The model",
    under: "practice",
    live: &["specimen", "specimen_mark", "comparison"],
    ..PageSpec::PLAIN
};

pub(crate) const DRAFTS: PageSpec = PageSpec {
    path: "drafts",
    name: "Drafts of the model",
    wing: Wing::Both,
    under: "backlog",
    live: &["model_draft", "story", "criterion", "need", "feature", "release", "update_draft", "retro", "retro_note", "retro_theme"],
    ..PageSpec::PLAIN
};

/// What a model says of one attempt, which is its writer's alone.
const FEEDBACK: PageSpec = PageSpec { path: "/practice", name: "Feedback", under: "practice", live: &["feedback", "specimen"], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/practice/assistant", get(assistant))
        .route("/practice/assistant/{specimen}", get(specimen))
        .route("/practice/attempts/{attempt}/feedback", get(feedback))
        .route("/{product}/drafts", get(drafts))
}

/// The model as a page shows it.
pub(crate) struct Model {
    pub name: String,
    /// Questions that the reader may still ask today.
    pub left: i64,
    /// How far it agrees with people, once enough is known.
    pub agreed: Option<Comparison>,
}

fn model(app: &App, look: &mut Look) -> Result<Option<Model>> {
    let Some(mut model) = asked_for(app, look)? else { return Ok(None) };
    model.agreed = rows::agreed(look.reader, &model.name)?;
    Ok(Some(model))
}

/// The same where no level is shown.
fn asked_for(app: &App, look: &mut Look) -> Result<Option<Model>> {
    let Some(name) = app.model() else { return Ok(None) };
    let me = look.scope.oneself()?;
    let left = app.questions_left(look.reader, me)?;
    Ok(Some(Model { name, left, agreed: None }))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    /// The row of which it is shown what was asked and answered.
    asked: String,
}

/// So many questions about a row are shown: those of the last few times.
const MOST_ASKED: usize = 12;

/// Of the questions to the case it is shown what was asked and answered.
pub(crate) const CASE: &str = "case";

async fn feedback(at: At, Path(id): Path<String>, Query(shown): Query<Shown>) -> Response {
    let app = at.house.app.clone();
    at.page(move |look| {
        let attempt = Attempt::get(look, Id::try_from(id.as_str())?)?;
        let task = club::task_of(look, &attempt)?;
        let challenge = task.written().filter(|challenge| !challenge.rubric.is_empty()).ok_or(Refusal::NotFound)?;
        if attempt.stage != Stage::Marked || attempt.discipline == Discipline::Drill {
            return Err(Refusal::NotFound);
        }
        let last = rows::last_feedback(look, attempt.id())?;
        let me = look.scope.oneself()?;
        let mut asked = vec![];
        if let Some(last) = last.as_ref().filter(|_| challenge.rubric.iter().any(|row| row.id == shown.asked)) {
            asked = asked_of(look.reader, last.meta.id, me, MOST_ASKED * challenge.rubric.len())?;
            asked.retain(|one| one.part == shown.asked);
        }
        // What was sent lists the facts of the case, so it is shown once the answer is handed in.
        if shown.asked == CASE {
            asked = asked_of(look.reader, attempt.meta.id, me, MOST_ASKED)?;
        }
        let view = views::Feedbacked {
            model: model(&app, look)?,
            given: rows::given_of(look, attempt.id())?,
            marked: rows::marked_count(look.reader)?,
            attempt,
            challenge,
            last,
            asked,
            shown: shown.asked,
        };
        Ok(Page::of(&FEEDBACK, views::feedback(look.scope, &view)).titled("What a model says"))
    })
    .await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

async fn assistant(at: At, Query(from): Query<After>) -> Response {
    let app = at.house.app.clone();
    at.page(move |look| {
        let me = look.scope.oneself()?;
        let given = rows::given(look.reader, Mark::read(&from.after)?.as_ref())?;
        let marks = rows::marks_on(look.reader, &given.items)?;
        let tried = if given.items.is_empty() { club::HandedIn::default() } else { club::handed_in(look)? };
        let view = views::Held {
            model: model(&app, look)?,
            comparisons: rows::comparisons(look.reader, 10)?,
            marked: rows::marked_count(look.reader)?,
            given,
            marks,
            tried,
            me,
        };
        Ok(Page::of(&ASSISTANT, views::assistant(look.scope, &view)))
    })
    .await
}

async fn specimen(at: At, Path(id): Path<String>) -> Response {
    at.page(move |look| {
        let me = look.scope.oneself()?;
        let specimen = rows::specimen(look.reader, Id::<Specimen>::try_from(id.as_str())?)?.ok_or(Refusal::NotFound)?;
        let task = rows::task(look, &specimen)?;
        let challenge = task.as_ref().and_then(club::Task::written).ok_or(Refusal::NotFound)?;
        // The levels and somebody's answer would give it away to whoever has yet to try it.
        if !rows::may_mark(look, &specimen)? {
            return Err(Refusal::NotFound);
        }
        let own = rows::mark_by(look.reader, specimen.id(), me)?;
        let body = views::specimen(&specimen, challenge, own.as_ref(), me);
        Ok(Page::of(&ASSISTANT, body).titled(format!("An answer to “{}”", specimen.title)))
    })
    .await
}

/// What is chosen already, by the page that leads here.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    /// Numbers.
    pub feature: String,
    pub story: String,
    /// Ids.
    pub release: String,
    pub retro: String,
    pub evidence: String,
    /// What an update tells of.
    pub update: String,
    /// Needs behind evidence, whatever it says.
    pub needs: String,
    /// The draft of which it is shown what was asked and answered.
    pub asked: String,
}

async fn drafts(at: At, Query(chosen): Query<Chosen>) -> Response {
    let app = at.house.app.clone();
    at.page(move |look| {
        let me = look.scope.oneself()?;
        let drafts = draft_rows::drafts(look)?;
        let looked_at = drafts.iter().find(|draft| draft.meta.id.simple().to_string() == chosen.asked).map(|draft| draft.meta.id);
        let asked = looked_at.map_or(Ok(vec![]), |draft| asked_of(look.reader, draft, me, MOST_ASKED))?;
        let model = asked_for(&app, look)?;
        // Without a model there is nothing to choose.
        let choices = if model.is_some() { draft_rows::choices(look, &chosen)? } else { draft_rows::Choices::default() };
        let view = views::Drafts { model, choices, taken: draft_rows::taken(look, &drafts)?, drafts, asked, chosen };
        Ok(Page::of(&DRAFTS, views::drafts(look.scope, &view)))
    })
    .await
}
