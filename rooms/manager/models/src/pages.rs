//! The page of estimates, what a model comes to while it is written, and its charts as files.

use crate::{drawn, model::*, outcome_views, rows, views, work};
use kernel::{Id, Look, Noun, Refusal, Result};
use notices::Around;
use serde::Deserialize;
use web::{At, Form, IntoResponse, Page, PageSpec, Path, Query, Redirect, Response, Router, Web, Wing, errors, get, may, post, product_path};

pub(crate) const MODELS: PageSpec = PageSpec {
    path: "models",
    name: "Estimates",
    wing: Wing::Manager,
    under: "research",
    live: &["estimate_model", "known_fact", "market_size", "comment", "reaction", "attachment"],
    areas: &[AREA],
    wide: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/models", get(page)).route("/{product}/models/look", post(look_at)).route("/{product}/models/{file}", get(taken))
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// An estimate, shown whole.
    show: String,
    /// The line that is looked at.
    of: String,
    /// A condition whose chance is told.
    chance: String,
    /// A past moment: how the estimate was then.
    at: String,
    /// Words that facts of the library are looked for by.
    fact: String,
    /// Whoever has just begun an estimate goes on to it.
    begun: String,
}

impl Asked {
    fn of_model(&self) -> work::Asked {
        work::Asked { of: self.of.clone(), chance: self.chance.clone() }
    }
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    if !q.begun.is_empty() {
        return match at.read(begun).await {
            Ok(address) => Redirect::to(&address).into_response(),
            Err(refusal) => errors::page(&at, refusal).await,
        };
    }
    at.page(move |look| if q.show.is_empty() { listed(look, &q) } else { one(look, &q) }).await
}

/// The address of the estimate that was begun this minute; where that was only proposed, of the list.
fn begun(look: &mut Look) -> Result<String> {
    let page = format!("{}/models", product_path(look.scope));
    let last = rows::last_begun(look)?.filter(|model| look.scope.now - model.meta.created_at < 60_000);
    Ok(last.map_or(page.clone(), |model| format!("{page}?show={}", model.id())))
}

fn listed(look: &mut Look, q: &Asked) -> Result<Page> {
    let models = rows::models(look)?;
    let sizes = research::sizes(look)?;
    let facts = rows::facts(look)?;
    let body = views::listed(look.scope, &models, &sizes, &views::Facts { own: &facts, words: &q.fact });
    Ok(Page::of(&MODELS, body).primary(views::begin_button(look.scope)))
}

fn one(look: &mut Look, q: &Asked) -> Result<Page> {
    let model = EstimateModel::get(look, Id::try_from(q.show.as_str())?)?;
    let history = activity::history(look, model.meta.id, 100)?;
    let versions = rows::versions(&history);
    let asked = q.of_model();
    if let Some(at) = moment(&q.at)? {
        let then = rows::then(look, model.id(), at)?;
        let both = (work::out(&then.body, &asked), work::out(&model.body, &asked));
        let body = views::past(look.scope, (&model, &then, at), (&both.0, &both.1), &versions);
        return Ok(Page::of(&MODELS, body).titled(model.title).still());
    }
    let facts = rows::facts(look)?;
    let around = Around::read(look, EstimateModel::TABLE, [model.meta.id])?;
    let worked = work::out(&model.body, &asked);
    let known = views::Known { facts: &views::Facts { own: &facts, words: &q.fact }, versions: &versions, around: &around, history: &history };
    let body = views::one(look.scope, &model, &asked, &worked, &known);
    Ok(Page::of(&MODELS, body).titled(model.title))
}

fn moment(at: &str) -> Result<Option<i64>> {
    match at {
        "" => Ok(None),
        at => at.parse().map(Some).map_err(|_| Refusal::invalid("at", "This is no moment of its past.")),
    }
}

/// A model as it is being written.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Written {
    estimate_model: String,
    title: String,
    serves: String,
    note: String,
    body: String,
    of: String,
    chance: String,
    /// A line that is put into it.
    insert: String,
}

/// What a model comes to that is still being written: for the page's script what came of it, without script a page with the
/// form again. Nothing is kept.
async fn look_at(at: At, Form(mut written): Form<Written>) -> Response {
    // Forms send lines as networks do.
    written.body = written.body.replace("\r\n", "\n");
    if !written.insert.is_empty() {
        written.body = work::inserted(&written.body, &written.insert);
    }
    let asked = work::Asked { of: written.of.clone(), chance: written.chance.clone() };
    if at.scripted {
        let drawn = at.read(move |look| {
            look.scope.product_id()?;
            allowed(look)?;
            Ok(outcome_views::outcome(&written.body, &asked, &work::out(&written.body, &asked), None))
        });
        return match drawn.await {
            Ok(drawn) => drawn.into_response(),
            Err(refusal) => errors::problem(&refusal),
        };
    }
    at.page(move |look| {
        allowed(look)?;
        let draft =
            views::Draft { id: &written.estimate_model, title: &written.title, serves: &written.serves, note: &written.note, body: &written.body };
        let facts = rows::facts(look)?;
        let worked = work::out(&written.body, &asked);
        let body = views::draft(look.scope, &draft, &asked, &worked, &views::Facts { own: &facts, words: "" });
        Ok(Page::of(&MODELS, body).still())
    })
    .await
}

/// Working out is for whoever may write one, or at least propose it.
fn allowed(look: &Look) -> Result<()> {
    if may(look.scope, AREA) { Ok(()) } else { Err(Refusal::denied("Your hat has no say in research here.")) }
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(q): Query<Asked>) -> Response {
    let file = at
        .read(move |look| {
            let (chart, ending) = name.split_once('.').ok_or(Refusal::NotFound)?;
            let model = EstimateModel::get(look, Id::try_from(q.show.as_str())?)?;
            let worked = work::out(&model.body, &q.of_model()).map_err(|wrong| Refusal::invalid("show", wrong.to_string()))?;
            let drawn = match chart {
                "spread" => drawn::spread(&worked),
                "tornado" => drawn::tornado(&worked.told),
                "tree" => drawn::tree(&worked.told),
                _ => None,
            };
            drawn.and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
        })
        .await;
    match file {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
