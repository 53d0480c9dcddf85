//! The pages of releases, of one of them, of the changelog and of outcomes.

use crate::{judging, model::*, notes, outcome_view, rows, views};
use customers::Segment;
use kernel::{Area, Id, Noun, Refusal};
use notices::Around;
use serde::Deserialize;
use web::{At, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, errors, get};

pub(crate) const LAUNCH: PageSpec = PageSpec {
    path: "launch",
    name: "Launch",
    wing: Wing::Manager,
    stand: Spot::Rail(Wing::Manager),
    icon: "rocket",
    go: "z",
    live: &["release", "launch_task", "relation", "feature", "story", "comment", "reaction", "attachment"],
    areas: &[Area::Commitments],
    ..PageSpec::PLAIN
};

pub(crate) const CHANGELOG: PageSpec = PageSpec {
    path: "changelog",
    name: "Changelog",
    wing: Wing::Manager,
    under: "launch",
    live: &["release", "shared_link"],
    areas: &[Area::Announcements],
    ..PageSpec::PLAIN
};

pub(crate) const OUTCOMES: PageSpec = PageSpec {
    path: "outcomes",
    name: "Outcomes",
    wing: Wing::Manager,
    under: "launch",
    live: &["outcome", "initiative", "relation", "evidence", "story", "comment", "reaction", "attachment"],
    areas: &[Area::Strategy],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/launch", get(launch))
        .route("/{product}/changelog", get(changelog))
        .route("/{product}/outcomes", get(outcomes))
        .route("/{product}/outcomes/{chart}", get(taken))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A release, or an outcome, that is to be shown whole.
    show: String,
    /// Something to do, whose release is shown.
    task: String,
    /// A bet that is to be judged.
    judge: String,
}

async fn launch(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let id = match (q.show.as_str(), q.task.as_str()) {
            ("", "") => None,
            ("", task) => Some(LaunchTask::get(look, Id::try_from(task)?)?.release),
            (show, _) => Some(Id::<Release>::try_from(show)?),
        };
        let Some(id) = id else {
            let lines = rows::releases(look)?;
            let due = rows::due(look)?.len();
            return Ok(Page::of(&LAUNCH, views::page(look.scope, &lines, due)).primary(views::plan_button(look.scope)));
        };
        let line = rows::one(look, id)?;
        let stories = rows::accepted_stories(look, &line.slices)?;
        let tasks = rows::tasks_of(look, line.release.meta.id)?;
        let known = views::Known {
            people: people::to_choose(look, tasks.iter().filter_map(|task| task.doer.map(|doer| doer.0)))?,
            tasks,
            offered: if line.release.state == ReleaseState::Planned { rows::to_ship(look)? } else { vec![] },
            segments: Segment::all(look, "order by lower(name), id", &[])?,
            measures: measures::lines(look)?,
            draft: notes::draft(&line.slices, &stories),
            today: rows::today(look),
        };
        let around = Around::read(look, Release::TABLE, [line.release.meta.id])?;
        let history = activity::history(look, line.release.meta.id, 50)?;
        let body = views::one(look.scope, &line, &known, &around, &history);
        Ok(Page::of(&LAUNCH, body).titled(line.release.name))
    })
    .await
}

async fn changelog(at: At) -> Response {
    at.page(|look| {
        let releases = rows::changelog(look)?;
        Ok(Page::of(&CHANGELOG, views::changelog(look.scope, &releases)))
    })
    .await
}

async fn outcomes(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let (due, judged) = (rows::due(look)?, rows::judged(look)?);
        let results: Vec<strategy::KeyResult> = strategy::objectives(look)?.into_iter().flat_map(|line| line.key_results).collect();
        let panel = match q.show.as_str() {
            "" => None,
            show => {
                let id = Id::<Outcome>::try_from(show)?;
                let outcome = Outcome::get(look, id)?;
                let bet = judged.iter().find(|(known, _)| known.id() == id).map(|(_, bet)| bet.clone()).ok_or(Refusal::NotFound)?;
                let around = Around::read(look, Outcome::TABLE, [outcome.meta.id])?;
                let history = activity::history(look, outcome.meta.id, 50)?;
                let hangs = rows::hangs(look, &outcome)?;
                Some(outcome_view::panel(look.scope, (&outcome, &bet, &hangs), &results, &around, &history))
            }
        };
        let body = outcome_view::page(look.scope, (&due, &q.judge), &judged, &results);
        Ok(Page::of(&OUTCOMES, body).panel(panel))
    })
    .await
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>) -> Response {
    let file = async {
        let ending = name.strip_prefix("hits-and-misses.").ok_or(Refusal::NotFound)?.to_owned();
        at.read(move |look| {
            let judged = rows::judged(look)?;
            judging::hits_and_misses(&judged).and_then(|chart| chart.file(&ending)).ok_or(Refusal::NotFound)
        })
        .await
    };
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
