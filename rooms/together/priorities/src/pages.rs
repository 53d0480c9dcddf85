//! The pages of priorities: the table of a way of scoring, and scoring rounds.

use crate::{
    charts,
    inputs::Input,
    items::{self, Item},
    model::*,
    opened::Opened,
    rating::Answers,
    reveal_view, round_view,
    rows::{self, Scored},
    table::{self, Figures},
    views,
};
use kernel::{Area, Column, Id, Look, Noun, Ref, Refusal, Result, Uuid};
use notices::Around;
use people::Seer;
use serde::Deserialize;
use std::{collections::HashMap, time::Duration};
use web::{
    At, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing,
    app::{Bench, Worked},
    chart::Chart,
    errors, get,
};

pub(crate) const PRIORITIES: PageSpec = PageSpec {
    path: "priorities",
    name: "Priorities",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "arrow-up-to-line",
    go: "i",
    live: &[
        "scheme",
        "score",
        "scoring_round",
        "feature",
        "initiative",
        "need",
        "story",
        "case_option",
        "guided_case",
        "evidence",
        "customer",
        "relation",
    ],
    areas: &[Area::Priorities],
    ..PageSpec::PLAIN
};

pub(crate) const ROUNDS: PageSpec = PageSpec {
    path: "rounds",
    name: "Scoring rounds",
    wing: Wing::Both,
    under: "priorities",
    live: &[
        "scheme",
        "scoring_round",
        "rater",
        "rating",
        "settled_rating",
        "comment",
        "reaction",
        "feature",
        "initiative",
        "need",
        "story",
        "case_option",
    ],
    areas: &[Area::Priorities],
    ..PageSpec::PLAIN
};

/// A page waits so long for what is worked out; then it shows how far that is and follows.
const MOMENT: Duration = Duration::from_millis(400);
/// Whoever takes a file along waits longer: there is nothing to show before.
const FOR_A_FILE: Duration = Duration::from_secs(60);

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/priorities", get(priorities))
        .route("/{product}/priorities/{chart}", get(taken))
        .route("/{product}/rounds", get(rounds))
        .route("/{product}/rounds/{chart}", get(taken_along))
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    scheme: String,
    /// A thing whose scores are looked at.
    open: Option<String>,
}

/// What the page shows besides what is worked out.
pub(crate) struct Shown {
    pub schemes: Vec<Scheme>,
    pub scored: Option<Scored>,
    pub rounds: Vec<Round>,
    /// Who can be asked to rate.
    pub people: Vec<Seer>,
}

fn shown(look: &mut Look, wanted: &str) -> Result<Shown> {
    let schemes = rows::schemes(look)?;
    let chosen = match wanted {
        "" => schemes.first().cloned(),
        id => Some(Scheme::get(look, Id::try_from(id)?)?),
    };
    let (mut people, mut rounds, mut scored) = (vec![], vec![], None);
    if let Some(scheme) = &chosen {
        scored = Some(rows::scored(look, scheme)?);
        rounds = rows::rounds(look, scheme)?;
        people = people::who_see(look, scheme.area)?;
    }
    Ok(Shown { schemes, scored, rounds, people })
}

/// What was read, and what was worked out of it.
async fn worked(at: &At, wanted: String, moment: Duration) -> Result<(Shown, Option<Worked<Figures>>)> {
    let shown = at.read(move |look| shown(look, &wanted)).await?;
    let Some(read) = shown.scored.as_ref().map(|scored| scored.read.clone()) else { return Ok((shown, None)) };
    let own = read.clone();
    let work = move |bench: &Bench| table::work_out(&own, &|share| bench.goes_on(share));
    let worked = at.house.app.workshop.work_out("priorities", &read, moment, work).await?;
    Ok((shown, Some(worked)))
}

async fn priorities(at: At, Query(wanted): Query<Wanted>) -> Response {
    let open = wanted.open;
    match worked(&at, wanted.scheme, MOMENT).await {
        Ok((shown, worked)) => {
            at.page(move |look| {
                let panel = match (&open, &shown.scored) {
                    (Some(open), Some(scored)) => Some(panel(look, scored, open)?),
                    _ => None,
                };
                let body = views::page(look.scope, &shown, worked.as_ref());
                Ok(Page::of(&PRIORITIES, body).primary(views::begin_button(look.scope, &shown)).panel(panel))
            })
            .await
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// The scores of one thing, to be written.
fn panel(look: &mut Look, scored: &Scored, open: &str) -> Result<web::Markup> {
    let item: Item = items::named(look, scored.scheme.thing, &[Ref(open.to_owned())])?.pop().ok_or(Refusal::NotFound)?;
    let known = Score::all(look, "and scheme = $2 and about_id = $3", &[scored.scheme.meta.id.value(), item.id.value()])?;
    let history = activity::history(look, item.id, 20)?;
    let counted = scored.items.iter().position(|other| other.id == item.id).map(|at| scored.read.written[at].clone());
    Ok(views::panel(look.scope, scored, &item, &known, counted.as_deref(), &history))
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(wanted): Query<Wanted>) -> Response {
    let file = async {
        let (chart, ending) = name.rsplit_once('.').ok_or(Refusal::NotFound)?;
        let (shown, worked) = worked(&at, wanted.scheme, FOR_A_FILE).await?;
        let chart = match (chart, &shown.scored, &worked) {
            ("value-effort", Some(scored), Some(Worked::Done(figures))) => charts::against(scored, figures),
            ("value-effort", _, Some(Worked::Under { .. })) => return Err(Refusal::Busy),
            _ => None,
        };
        chart.and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
    };
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    round: String,
}

async fn rounds(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| match asked.round.as_str() {
        "" => {
            let all = Round::all(look, "order by created_at desc, id desc limit 200", &[])?;
            let schemes = rows::schemes(look)?;
            let mine = rows::to_rate(look)?;
            let body = round_view::all(look.scope, &all, &schemes, &mine);
            Ok(Page::of(&ROUNDS, body))
        }
        id => {
            let round = Round::get(look, Id::try_from(id)?)?;
            one(look, round)
        }
    })
    .await
}

/// A round under way, as its reader sees it.
pub(crate) struct On {
    pub round: Round,
    pub scheme: Scheme,
    pub items: Vec<Item>,
    pub raters: Vec<Rater>,
    /// The rows of those who have finished.
    pub finished: Vec<Uuid>,
    pub names: HashMap<Uuid, String>,
    /// What the reader rates, and what they have given.
    pub own: Option<(Vec<Input>, Answers)>,
}

fn one(look: &mut Look, round: Round) -> Result<Page> {
    let id = round.meta.id;
    let around = Around::read(look, Round::TABLE, [id])?;
    let title = round.title.clone();
    let body = match round.opened_at {
        None => {
            let on = on(look, round)?;
            round_view::one(look.scope, &on, &around.view(look.scope, id))
        }
        Some(_) => {
            let opened = Opened::read(look, round)?;
            let members = opened.raters.iter().map(|rater| rater.member.0).chain(opened.settled.iter().map(|settled| settled.member.0));
            let names = people::names_of(look, members.chain([opened.round.member.0]))?;
            reveal_view::one(look.scope, &opened, &names, &around.view(look.scope, id))
        }
    };
    Ok(Page::of(&ROUNDS, body).titled(title))
}

fn on(look: &mut Look, round: Round) -> Result<On> {
    let scheme = crate::rounds::scheme_of(look, &round)?;
    let items = items::by_ids(look, scheme.thing, &round.items)?;
    let raters = Rater::all(look, "and round = $2 order by id", &[round.meta.id.value()])?;
    let finished = kernel::sealed::who(look, raters.iter().map(|rater| rater.meta.id))?.into_iter().map(|(rater, _)| rater).collect();
    let names = people::names_of(look, raters.iter().map(|rater| rater.member.0).chain([round.member.0]))?;
    // The same is asked whoever looks, and whoever has sealed.
    let sealed = kernel::sealed::own(look, [round.meta.id])?.remove(&round.meta.id);
    let me = look.scope.who.member.filter(|_| look.scope.who.assistant.is_none());
    let own = match raters.iter().find(|rater| Some(rater.member.0) == me) {
        None => None,
        Some(rater) => {
            let inputs = scheme.rated().into_iter().filter(|input| rater.criteria.contains(&input.key)).collect();
            Some((inputs, sealed.map(|body| Answers::read(&body)).transpose()?.unwrap_or_default()))
        }
    };
    Ok(On { round, scheme, items, raters, finished, names, own })
}

async fn taken_along(at: At, Path((_, name)): Path<(String, String)>) -> Response {
    let file = at.read(move |look| {
        let (chart, ending) = name.rsplit_once('.').ok_or(Refusal::NotFound)?;
        let all = Round::all(look, "order by created_at desc, id desc limit 200", &[])?;
        let chart: Option<Chart> = if chart == "agreement" { charts::agreement(look.scope, &all) } else { None };
        chart.and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
    });
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
