//! The pages of surveys: all of them, one of them, and the one that people answer on.

use crate::{
    answering::{self, OPEN},
    apart, evaluating,
    model::*,
    outside,
    views::{self, Line},
};
use kernel::{Area, Column, Id, Look, Noun, Refusal, Result};
use notices::Around;
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Form, Page, PageSpec, Path, Query, Response, Router, Web, Wing, app, errors, get};

pub(crate) const SURVEYS: PageSpec = PageSpec {
    path: "surveys",
    name: "Surveys",
    wing: Wing::Both,
    under: "customers",
    live: &["survey", "survey_item", "survey_link", "comment", "reaction", "attachment"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/surveys", get(surveys))
        .route("/{product}/surveys/{chart}", get(chart))
        .route("/survey/{word}", get(asked).post(answer))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
}

async fn surveys(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        if !q.show.is_empty() {
            return one(look, Id::try_from(q.show.as_str())?);
        }
        let found = Survey::all(look, "order by created_at desc, id desc limit 200", &[])?;
        let answers = evaluating::answers(look, &found)?;
        let lines: Vec<Line> = found.into_iter().zip(answers).map(|(survey, answers)| Line { survey, answers }).collect();
        let features = features(look)?;
        Ok(Page::of(&SURVEYS, views::list(look.scope, &lines)).primary(views::begin(look.scope, &features)))
    })
    .await
}

/// What a survey can ask about.
fn features(look: &mut Look) -> Result<Vec<roadmap::Feature>> {
    if !look.scope.sees(Area::Roadmap) {
        return Ok(vec![]);
    }
    Ok(roadmap::features(look)?.into_iter().filter(|feature| feature.state == roadmap::BetState::Open).collect())
}

fn one(look: &mut Look, id: Id<Survey>) -> Result<Page> {
    let survey = Survey::get(look, id)?;
    let answers = evaluating::answers(look, std::slice::from_ref(&survey))?.pop().unwrap_or(0);
    let items = crate::building::items(look, id)?;
    let links = SurveyLink::all(look, "and survey = $2 order by created_at desc, id desc limit 200", &[id.value()])?;
    let done = kernel::counted::which_answered(look, survey.meta.id, links.iter().filter(|link| link.once).map(|link| link.meta.id))?;
    let used: Vec<(SurveyLink, bool)> = links.into_iter().map(|link| (done.contains(&link.meta.id), link)).map(|(done, link)| (link, done)).collect();
    let told = evaluating::told(look, id)?;
    let own: Vec<Item> = told.iter().map(|told| told.item.clone()).collect();
    let apart = apart::by_segment(look, &survey, &own)?;
    let segments = customers::Segment::all(look, "order by lower(name), id limit 200", &[])?;
    let features = features(look)?;
    let around = Around::read(look, Survey::TABLE, [survey.meta.id])?;
    let history = activity::history(look, survey.meta.id, 50)?;
    let shown =
        views::One { survey: &survey, answers, items: &items, links: &used, told: &told, features: &features, apart: &apart, segments: &segments };
    Ok(Page::of(&SURVEYS, views::one(look.scope, &shown, &around, &history)).titled(survey.title))
}

#[derive(Deserialize)]
pub struct OfSurvey {
    survey: String,
}

async fn chart(at: At, Path((_, name)): Path<(String, String)>, Query(q): Query<OfSurvey>) -> Response {
    let drawn = at.read(move |look| {
        let survey = Survey::get(look, Id::try_from(q.survey.as_str())?)?;
        let ending = name.strip_prefix("plot.").ok_or(Refusal::NotFound)?;
        let told = evaluating::told(look, survey.id())?;
        evaluating::chart(&survey, &told).file(ending).ok_or(Refusal::NotFound)
    });
    match drawn.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// What the word of a link opens, for whoever is known by it or by their browser; and the product's key and name.
async fn opened(at: &At, word: &str, own: kernel::Uuid) -> Result<(String, String, answering::Asked)> {
    let (hash, from) = (app::secret::hash(word), at.peer.counted());
    at.house.app.limits.link(&hash, &from)?;
    let said = hash.clone();
    let read = at.house.app.visit_open(&OPEN, said, move |look| {
        let product = look.scope.product()?.clone();
        let link = answering::link(look, product.id, &hash)?;
        let asked = answering::asked(look, link.survey, &[if link.once { link.meta.id } else { own }])?;
        Ok((product.key, product.name, answering::Asked { apart: link.segment.is_some(), ..asked }))
    });
    read.await
}

async fn asked(at: At, Path(word): Path<String>) -> Response {
    let browser = outside::browser(&at);
    let body = opened(&at, &word, browser.id).await;
    let mut response =
        outside::answered(&at, body.map(|(_, name, asked)| outside::alone(&name, &asked, outside::questions(&asked, at.uri.path(), None))));
    outside::keep_browser(&at, &mut response, &browser);
    response
}

async fn answer(at: At, Path(word): Path<String>, Form(fields): Form<HashMap<String, String>>) -> Response {
    let browser = outside::browser(&at);
    let (key, name, asked) = match opened(&at, &word, browser.id).await {
        Ok(opened) => opened,
        Err(refusal) => return outside::answered(&at, Err(refusal)),
    };
    let given = async {
        let limits = &at.house.app.limits;
        // By where they come from first, and the last by all that comes, so that nobody shuts it for others.
        limits.voice(&format!("survey {}", at.peer.counted()))?;
        limits.crowd(&format!("survey {}", asked.survey.id()))?;
        outside::run(&at, Some(&key), asked.survey.id(), (&app::secret::hash(&word), &[browser.id]), &fields).await
    };
    let mut response = match given.await {
        Ok(()) => outside::answered(&at, Ok(outside::thanks(""))),
        Err(Refusal::NotFound) => outside::answered(&at, Err(Refusal::NotFound)),
        Err(refusal) => {
            let says = refusal.sentence();
            let body = outside::alone(&name, &asked, outside::questions(&asked, at.uri.path(), Some((&fields, says.as_str()))));
            web::alone(&at, errors::status(&refusal), Page::bare("A survey", body))
        }
    };
    outside::keep_browser(&at, &mut response, &browser);
    response
}
