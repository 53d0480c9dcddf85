//! Surveys that the portal shows, as people without an account answer them there.

use crate::{
    outside::{Fields, drawn, front, kept, page, refused, visit},
    outside_views as views, strangers,
};
use kernel::{Id, Noun, Refusal, Result, Uuid};
use web::{At, Form, Markup, Path, Response, errors};

pub(crate) async fn survey(at: At, Path((key, survey)): Path<(String, String)>) -> Response {
    let (drawn_page, browser) = surveyed(&at, &key, &survey, None).await;
    let mut response = drawn(&at, "A survey", drawn_page);
    surveys::keep_browser(&at, &mut response, &browser);
    response
}

/// The questions of a survey that is shared in the portal, and by what the browser is known there.
async fn surveyed(at: &At, key: &str, survey: &str, wrong: Option<(Fields, String)>) -> (Result<Markup>, surveys::Browser) {
    let (kept, mails, browser) = (kept(at), at.house.app.mails(), surveys::browser(at));
    let path = format!("/portal/{key}/survey/{survey}");
    let (id, own) = (Id::<surveys::Survey>::try_from(survey), browser.id);
    let read = async {
        let id = id?;
        visit(at, key, move |look| {
            let front = front(look, &kept, mails)?;
            if !front.surveys.iter().any(|survey| survey.id() == id) {
                return Err(Refusal::NotFound);
            }
            let by: Vec<Uuid> = front.known.into_iter().chain([own]).collect();
            let asked = surveys::asked(look, id, &by)?;
            let wrong = wrong.as_ref().map(|(fields, says)| (fields, says.as_str()));
            Ok(views::framed(&front, "survey", &asked.survey.title, surveys::questions(&asked, &path, wrong)))
        })
        .await
    };
    (read.await, browser)
}

pub(crate) async fn answer(at: At, Path((key, survey)): Path<(String, String)>, Form(fields): Form<Fields>) -> Response {
    let browser = surveys::browser(&at);
    let own = browser.id;
    let answered = async {
        let limits = &at.house.app.limits;
        limits.voice(&format!("survey {}", at.peer.counted()))?;
        let (kept, id) = (kept(&at), Id::<surveys::Survey>::try_from(survey.as_str())?);
        let by = visit(&at, &key, move |look| {
            let product = look.scope.product_id()?;
            if !surveys::in_portal(look)?.iter().any(|survey| survey.id() == id) {
                return Err(Refusal::NotFound);
            }
            // By both: whoever confirms an address afterwards, or has the browser forgotten, has answered all the same.
            Ok(strangers::known(look, product, &kept)?.map(|visitor| visitor.meta.id).into_iter().chain([own]).collect::<Vec<Uuid>>())
        })
        .await?;
        // Apart from what is posted, so that neither is shut by the other.
        limits.crowd(&format!("survey {id}"))?;
        surveys::give(&at, Some(&key), id, &by, &fields).await
    };
    match answered.await {
        Ok(()) => drawn(&at, "Thank you", Ok(surveys::thanks(&format!("/portal/{key}")))),
        Err(Refusal::NotFound) => refused(&at, &Refusal::NotFound),
        Err(refusal) => {
            let (body, browser) = surveyed(&at, &key, &survey, Some((fields, refusal.sentence()))).await;
            let mut response = match body {
                Ok(body) => page(&at, errors::status(&refusal), "A survey", body),
                Err(_) => refused(&at, &refusal),
            };
            surveys::keep_browser(&at, &mut response, &browser);
            response
        }
    }
}
