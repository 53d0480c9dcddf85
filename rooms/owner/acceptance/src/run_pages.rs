//! The pages of test runs and of what they cover.

use crate::{
    coverage::{self, Which},
    runs_model::*,
    runs_rows as rows, runs_views as views,
};
use kernel::{Area, Id, Look, Noun, Result};
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Query, Response, Wing};

pub(crate) const RUNS: PageSpec = PageSpec {
    path: "runs",
    name: "Test runs",
    wing: Wing::Owner,
    under: "acceptance",
    live: &["run", "run_result", "criterion", "test_name", "story"],
    areas: &[Area::Work],
    ..PageSpec::PLAIN
};

pub(crate) const COVERAGE: PageSpec = PageSpec {
    path: "coverage",
    name: "Test coverage of criteria",
    wing: Wing::Owner,
    under: "acceptance",
    live: &["run", "run_result", "criterion", "test_name", "story"],
    areas: &[Area::Work],
    wide: true,
    sights: &[("all", "?which=all")],
    ..PageSpec::PLAIN
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    after: String,
    which: String,
}

pub(crate) async fn runs(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let page = rows::page(look, &q.after)?;
        let panel = q.open.as_deref().map(|id| run_panel(look, id)).transpose()?;
        Ok(Page::of(&RUNS, views::runs(look.scope, &page, q.after.is_empty())).panel(panel))
    })
    .await
}

fn run_panel(look: &mut Look, id: &str) -> Result<Markup> {
    let run = Run::get(look, Id::try_from(id)?)?;
    let results = rows::results_of(look, run.id())?;
    let by = people::person_of(look, run.member)?.map(|person| person.name);
    Ok(views::run_panel(look.scope, &run, &results, by.as_deref()))
}

pub(crate) async fn coverage(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let which = if q.which == "all" { Which::All } else { Which::Unsettled };
        let matrix = coverage::read(look, which, &q.after)?;
        let panel = q.open.as_deref().map(|id| coverage::panel(look, id)).transpose()?;
        Ok(Page::of(&COVERAGE, coverage::page(look.scope, &matrix)).panel(panel))
    })
    .await
}
