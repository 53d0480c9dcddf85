//! Decisions: what waits, and the log.

use crate::{
    beside::Beside, export, filter, linking, looking_back, people_view::Come, poll, poll_view::Votes, record_view::Record, renewing, rows, telling,
    views,
};
use kernel::{Column, Id, Look, Noun, Paged, Proposal, Refusal, Result, Uuid};
use notices::Around;
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Form, IntoResponse, Page, PageSpec, Path, Query, Redirect, Response, Router, Spot, Web, Wing, errors, get, http::header, post};

pub(crate) const DECISIONS: PageSpec = PageSpec {
    path: "decisions",
    name: "Decisions",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "gavel",
    go: "d",
    tab: "Decisions",
    live: &[
        "proposal",
        "signature",
        "comment",
        "reaction",
        "attachment",
        "saved_filter",
        "poll",
        "ballot",
        "relation",
        "look_back",
        "position",
        "naming",
    ],
    filtered: true,
    sights: &[("found", "?q=a&area=roadmap")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/decisions", get(decisions))
        .route("/{product}/decisions.md", get(markdown))
        .route("/{product}/decisions/{proposal}/record.md", get(one))
        .route("/{product}/decisions/{proposal}/renewal", post(renew))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    held: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    about: String,
    /// Where the last page of what waits ended, and that of the log.
    #[serde(default)]
    waiting: String,
    #[serde(default)]
    after: String,
    /// One to be shown, on whatever page it stands.
    #[serde(default)]
    show: String,
    /// One on which a vote is about to be asked for.
    #[serde(default)]
    vote: String,
    /// One whose people and days are about to be set.
    #[serde(default)]
    people: String,
    /// One that is about to be linked, and what was typed to find something.
    #[serde(default)]
    link: String,
    #[serde(default)]
    find: String,
}

async fn decisions(at: At, Query(q): Query<Asked>) -> Response {
    let registry = at.house.app.registry.clone();
    at.page(move |look| {
        let open = rows::waiting(look, &q.waiting)?;
        let filter = filter::read(&q.q, &[("area", &q.area), ("state", &q.state), ("held", &q.held), ("by", &q.by), ("about", &q.about)]);
        let (log, odd) = filter.or_odd(rows::settled(look, &filter, &q.after), Paged { items: vec![], next: None })?;
        let apart = rows::apart(look, &q.show, &[&open.items, &log.items])?;
        let all = || open.items.iter().chain(&log.items).chain(&apart);
        let present = rows::present(look, &registry, log.items.iter().chain(&apart))?;
        let names = telling::names(look, all(), &present)?;
        let around = Around::read(look, "proposal", all().map(|s| s.proposal.meta.id))?;
        let saved = filters::saved(look, DECISIONS.path, &filter, Some(&rows::fits))?;
        let about: Vec<_> = all().map(|s| (s.proposal.meta.id, s.proposal.area)).collect();
        let votes = poll::on(look, &about)?;
        let titles = |id: &Uuid| {
            all().find(|s| s.proposal.meta.id == *id).map(|s| s.proposal.considered.iter().map(|o| o.title.as_str()).collect::<Vec<_>>().join("\n"))
        };
        let asking = people_for(look, &q.vote)?;
        let options = asking.as_ref().and_then(|(id, _)| titles(id)).unwrap_or_default();
        let votes = Votes { names: poll::names(look, &votes)?, shown: votes, asking, options };
        let come = Come {
            people: people_for(look, &q.people)?,
            link: match Uuid::parse_str(&q.link) {
                Ok(id) => Some((id, q.find.clone(), linking::find(look, &q.find)?)),
                Err(_) => None,
            },
        };
        let record = Record {
            present: &present,
            names: &names,
            around: &around,
            votes: &votes,
            beside: &Beside::of(look, all())?,
            come: &come,
            leaving: &renewing::leaving(&registry, all()),
        };
        let back = looking_back::came_back(look)?;
        let lists =
            views::Lists { open: &open, log: &log, apart: apart.as_ref(), back: &back, record, filter: &filter, odd: odd.as_deref(), saved: &saved };
        let body = views::decisions(look.scope, &lists);
        Ok(Page::of(&DECISIONS, body).primary(views::ask_button(look.scope)))
    })
    .await
}

/// Whoever sees the matter of a proposal, for a form that was come to on it.
fn people_for(look: &mut Look, proposal: &str) -> Result<Option<(Uuid, Vec<(Uuid, String)>)>> {
    let Ok(id) = Uuid::parse_str(proposal) else { return Ok(None) };
    let Ok(proposal) = Proposal::get(look, Id::new(id)) else { return Ok(None) };
    let mut people = poll::people(look, proposal.area)?;
    // Whoever is part of it already, also where there are more to choose from.
    let part = proposal.contributors.iter().chain(proposal.informed.iter()).copied().chain([proposal.driven_by()]);
    let known: Vec<Uuid> = part.filter(|member| !people.iter().any(|(id, _)| id == member)).collect();
    if !known.is_empty() {
        people.extend(people::these(look, known)?.into_iter().map(|person| (person.id.0, person.name)));
    }
    Ok(Some((id, people)))
}

/// What of an overtaken proposal is still wanted; all of it where nothing is said.
async fn renew(at: At, Path(path): Path<HashMap<String, String>>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let chosen = fields.iter().any(|(name, _)| name == "chosen");
    let again = fields.into_iter().filter(|(name, _)| name == "again").map(|(_, value)| value).collect();
    match renewing::renew(&at, path.get("proposal").map_or("", String::as_str), chosen.then_some(again)).await {
        Ok(()) => Redirect::to(&format!("/{}/decisions", at.product.as_deref().unwrap_or_default())).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// The log as Markdown, narrowed as its page is.
async fn markdown(at: At, Query(said): Query<Vec<(String, String)>>) -> Response {
    let said: Vec<(String, String)> = said.into_iter().filter(|(name, _)| name != "after" && name != "waiting").collect();
    let text = at.read(move |look| {
        let words = said.iter().find(|(name, _)| name == "q").map_or("", |(_, value)| value.as_str());
        let pairs: Vec<(&str, &str)> = said.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut log = rows::log(look, &filter::read(words, &pairs))?;
        // What was withdrawn or overtaken decided nothing and has no number.
        log.retain(|s| s.proposal.number.is_some());
        log.sort_by_key(|s| s.proposal.number);
        let heading = format!("# Decisions of {}\n", look.scope.product()?.name);
        export::markdown(look, Some(heading), &log)
    });
    file(&at, text.await).await
}

/// One decision as a record of its own.
async fn one(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    let id = Id::<Proposal>::try_from(path.get("proposal").map_or("", String::as_str));
    let text = match id {
        Ok(id) => {
            at.read(move |look| {
                let found = rows::proposals(look, "and id = $2 and state <> 'open'", &[id.value()])?;
                if found.is_empty() { Err(Refusal::NotFound) } else { export::markdown(look, None, &found) }
            })
            .await
        }
        Err(refusal) => Err(refusal),
    };
    file(&at, text).await
}

async fn file(at: &At, text: Result<String>) -> Response {
    match text {
        Ok(text) => ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response(),
        Err(refusal) => errors::page(at, refusal).await,
    }
}
