//! Decisions: what waits, and the log.

use crate::{export, filter, poll, poll_view::Votes, rows, telling, views};
use kernel::{Id, Noun, Proposal, ProposalState, Refusal, Result, Uuid, Value};
use serde::Deserialize;
use std::collections::HashMap;
use web::{
    Ask, At, IntoResponse, Page, PageSpec, Path, Query, Redirect, Response, Router, Spot, Web, Wing, app::Batch, errors, get, http::header, post,
};

pub(crate) const DECISIONS: PageSpec = PageSpec {
    path: "decisions",
    name: "Decisions",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "gavel",
    go: "d",
    tab: "Decisions",
    live: &["proposal", "signature", "comment", "reaction", "attachment", "saved_filter", "poll", "ballot"],
    filtered: true,
    sights: &[("found", "?q=a&area=roadmap")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/decisions", get(decisions))
        .route("/{product}/decisions.md", get(markdown))
        .route("/{product}/decisions/{proposal}/renewal", post(renew))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    area: String,
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
}

async fn decisions(at: At, Query(q): Query<Asked>) -> Response {
    let registry = at.house.app.registry.clone();
    at.page(move |look| {
        let open = rows::waiting(look, &q.waiting)?;
        let filter = filter::read(&q.q, &q.area);
        let log = rows::settled(look, filter.words(), filter.get("area"), &q.after)?;
        let apart = rows::apart(look, &q.show, &[&open.items, &log.items])?;
        let present = rows::present(look, &registry, log.items.iter().chain(&apart))?;
        let names = telling::names(look, open.items.iter().chain(&log.items).chain(&apart), &present)?;
        let talk = conversation::comments_about(look, open.items.iter().chain(&log.items).chain(&apart).map(|s| s.proposal.meta.id))?;
        let saved = filters::saved(look, DECISIONS.path, &filter, Some(&rows::fits))?;
        let about: Vec<_> = open.items.iter().chain(&log.items).chain(&apart).map(|s| (s.proposal.meta.id, s.proposal.area)).collect();
        let votes = poll::on(look, &about)?;
        let asking = match Uuid::parse_str(&q.vote) {
            Ok(proposal) => {
                let area = Proposal::get(look, Id::new(proposal)).map(|proposal| proposal.area);
                area.ok().map(|area| poll::people(look, area)).transpose()?.map(|people| (proposal, people))
            }
            Err(_) => None,
        };
        let votes = Votes { names: poll::names(look, &votes)?, shown: votes, asking };
        let lists = views::Lists {
            open: &open,
            log: &log,
            apart: apart.as_ref(),
            present: &present,
            names: &names,
            talk: &talk,
            filter: &filter,
            saved: &saved,
            votes: &votes,
        };
        let body = views::decisions(look.scope, &lists);
        Ok(Page::of(&DECISIONS, body).primary(views::ask_button(look.scope)))
    })
    .await
}

/// Puts an overtaken proposal forward again, against what there is now: the same commands, through the same
/// path, in the same author's name.
async fn renew(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    match renewed(&at, path.get("proposal").map_or("", String::as_str)).await {
        Ok(()) => Redirect::to(&format!("/{}/decisions", at.product.as_deref().unwrap_or_default())).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn renewed(at: &At, id: &str) -> Result<()> {
    let id = Id::<Proposal>::try_from(id)?;
    let overtaken = at
        .house
        .app
        .ask(&at.visitor, at.product.as_deref(), move |look| {
            let proposal = Proposal::get(look, id)?;
            let own = look.scope.who.member == Some(proposal.author) && look.scope.who.assistant.is_none();
            match own && proposal.state == ProposalState::Overtaken {
                true => Ok(proposal),
                false => Err(Refusal::denied("Only its author puts an overtaken proposal forward again.")),
            }
        })
        .await?;
    let asks = overtaken
        .commands
        .iter()
        .map(|c| Ask {
            hat: overtaken.hat,
            reason: Some(overtaken.reason.clone()),
            as_proposal: true,
            ..Ask::named(at.product.as_deref(), &c.name, c.args.clone())
        })
        .collect();
    at.house.app.run_all(&at.visitor, Batch { asks, title: Some(overtaken.title.clone()), dry: false }, |_| {}).await.map(drop)
}

async fn markdown(at: At) -> Response {
    let text = at.house.app.ask(&at.visitor, at.product.as_deref(), |look| {
        let name = look.scope.product()?.name.clone();
        let log = rows::proposals(look, "and number > $2 order by number", &[Value::Int(0)])?;
        let names = telling::names(look, log.iter(), &rows::Present::new())?;
        let talk = conversation::comments_about(look, log.iter().map(|s| s.proposal.meta.id))?;
        Ok(export::markdown(look.scope, &name, &log, &talk, &names))
    });
    match text.await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
