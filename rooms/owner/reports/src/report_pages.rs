//! The pages of the reports, their charts as files, and the same for programs.

use crate::{
    asked::{Asked, Sight},
    report::{self, Found, Moved, Report},
    shown,
};
use filters::Saved;
use kernel::{Look, Refusal, Result, Scope, answer, query, words};
use web::{At, Filter, IntoResponse, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, errors, get};

const PLAIN: PageSpec =
    PageSpec { wing: Wing::Owner, under: "reports", calm: true, live: &["sprint", "story", "verdict", "holiday", "saved_filter"], ..PageSpec::PLAIN };

pub(crate) const REPORTS: PageSpec =
    PageSpec { path: "reports", name: "Reports", wing: Wing::Owner, stand: Spot::Rail(Wing::Owner), icon: "chart-line", go: "q", ..PageSpec::PLAIN };

/// One page for each report, with its past and with fewer stories.
macro_rules! pages {
    ($($spec:ident, $path:literal, $name:literal;)+) => { $(pub(crate) const $spec: PageSpec = PageSpec {
        path: $path, name: $name, sights: &[("past", "?as_of={day}"), ("narrowed", "?kind=bug")], ..PLAIN
    };)+ };
}

pages! {
    BURNDOWN, "reports/burndown", "Burndown of a sprint";
    BURNUP, "reports/burnup", "Burnup of a sprint";
    SCOPE, "reports/scope-change", "Scope change";
    VELOCITY, "reports/velocity", "Velocity";
    FLOW, "reports/flow", "Cumulative flow";
    THROUGHPUT, "reports/throughput", "Throughput";
    CYCLE, "reports/cycle-time", "Cycle time";
    LEAD, "reports/lead-time", "Lead time";
    AGEING, "reports/ageing", "Ageing work";
    BLOCKED, "reports/blocked", "Blocked time";
    ACCEPTANCE, "reports/acceptance", "Acceptance over time";
}

const SPECS: [(&str, &PageSpec); 11] = [
    ("burndown", &BURNDOWN),
    ("burnup", &BURNUP),
    ("scope-change", &SCOPE),
    ("velocity", &VELOCITY),
    ("flow", &FLOW),
    ("throughput", &THROUGHPUT),
    ("cycle-time", &CYCLE),
    ("lead-time", &LEAD),
    ("ageing", &AGEING),
    ("blocked", &BLOCKED),
    ("acceptance", &ACCEPTANCE),
];

fn spec(report: &Report) -> &'static PageSpec {
    SPECS.iter().find(|(word, _)| *word == report.word).map_or(&REPORTS, |(_, spec)| spec)
}

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/{product}/reports", get(index)).route("/{product}/reports/{report}", get(one))
}

async fn index(at: At, Query(asked): Query<Asked>) -> Response {
    at.page(move |look| {
        let filter = asked.filter();
        let saved = saved(look, &filter, REPORTS.path)?;
        Ok(Page::of(&REPORTS, shown::index(look.scope, &filter, &saved)))
    })
    .await
}

/// The filters that were saved over the backlog: reports are of its stories.
fn saved(look: &mut Look, filter: &Filter, place: &'static str) -> Result<Saved> {
    Ok(filters::saved(look, "backlog", filter, None)?.leading_to(place))
}

/// What a report finds, or what is odd about its filter.
fn read(look: &mut Look, report: &Report, asked: &Asked) -> Result<(Sight, Found, Option<String>)> {
    let sight = asked.sight(look)?;
    let (found, odd) = sight.filter.or_odd((report.read)(look, &sight), Found::empty())?;
    Ok((sight, found, odd))
}

/// A report, or one of its charts as a file.
async fn one(at: At, Path((_, name)): Path<(String, String)>, Query(asked): Query<Asked>) -> Response {
    let at = if asked.as_of.is_empty() { at } else { at.long() };
    match name.rsplit_once('.') {
        None => {
            at.page(move |look| {
                let report = report::named(&name)?;
                let (sight, found, odd) = read(look, report, &asked)?;
                let saved = saved(look, &sight.filter, report.word)?;
                let page = Page::of(spec(report), shown::page(look.scope, report, &sight, &found, (odd.as_deref(), &saved)));
                Ok(if sight.as_of.is_empty() { page } else { page.still() })
            })
            .await
        }
        Some((chart, ending)) => {
            let (chart, ending) = (chart.to_owned(), ending.to_owned());
            match at.read(move |look| file(look, &chart, &ending, &asked)).await {
                Ok(file) => file.into_response(),
                Err(refusal) => errors::page(&at, refusal).await,
            }
        }
    }
}

/// `blocked.csv` is the report's own chart, `blocked-by-story.csv` another one.
fn file(look: &mut Look, chart: &str, ending: &str, asked: &Asked) -> Result<Response> {
    let part = |report: &Report| match chart.strip_prefix(report.word)? {
        "" => Some(""),
        rest => rest.strip_prefix('-'),
    };
    let (report, part) = report::REPORTS.iter().find_map(|report| Some((report, part(report)?))).ok_or(Refusal::NotFound)?;
    let sight = asked.sight(look)?;
    let found = (report.read)(look, &sight)?;
    found.charts.iter().find(|(word, _)| *word == part).and_then(|(_, chart)| chart.file(ending)).ok_or(Refusal::NotFound)
}

words! {
    /// Which report.
    pub enum Which {
        Burndown = "burndown", Burnup = "burnup", ScopeChange = "scope-change", Velocity = "velocity", Flow = "flow", Throughput = "throughput",
        CycleTime = "cycle-time", LeadTime = "lead-time", Ageing = "ageing", Blocked = "blocked", Acceptance = "acceptance"
    }
}

query! {
    /// One report: what it counts, and its figures as tables, narrowed as on its page; or, where none is named, what there is to ask for.
    pub struct ReadReport in "report.read" at "/products/{product}/reports" -> Vec<ReportOut> {
        pub report: Option<Which>,
        /// The end of this day instead of now, as 2026-11-23.
        #[serde(default)]
        pub as_of: String,
        /// 4, 12, 26, 52 or 104 weeks back; 12 when empty.
        #[serde(default)]
        pub weeks: String,
        /// Number of a sprint; the newest that has begun when empty.
        #[serde(default)]
        pub sprint: String,
        /// Number of a sprint that stands beside it.
        #[serde(default)]
        pub with: String,
        /// Words to look for; `kind:bug` and the like among them narrow the stories as the fields below do.
        #[serde(default)]
        pub q: String,
        /// `story`, `bug`, `task` or `spike`.
        #[serde(default)]
        pub kind: String,
        /// `ready`, `unready`, `unestimated` or `blocked`.
        #[serde(default)]
        pub is: String,
        /// Who works on them: `me`, `nobody`, a name, or the id of a member.
        #[serde(default)]
        pub who: String,
        /// Number or key of a feature, or `none`.
        #[serde(default)]
        pub feature: String,
        #[serde(default)]
        pub label: String,
        /// `yes` or `no`: marked as ready.
        #[serde(default)]
        pub ready: String,
        /// `<2w`, `>8w` and the like: changed in that time, or not since.
        #[serde(default)]
        pub updated: String,
        /// `doing`, `handed_over`, `accepted` or `dropped`, today.
        #[serde(default)]
        pub stage: String,
        /// What an own field holds, as `Severity=high`.
        #[serde(default)]
        pub field: String,
    }
}

answer! {
    /// A report with its figures.
    pub struct ReportOut {
        /// The word to ask for it by.
        pub report: String,
        pub name: String,
        pub counts: String,
        pub charts: Vec<ChartOut>,
        /// Why there are no figures, where there are none.
        pub none: Option<String>,
        /// Which stories came into the sprints after their start, and which went out, where the report is of that.
        pub moved: Vec<MovedOut>,
    }
    /// A story that came into a sprint after it began, or went out.
    pub struct MovedOut {
        pub sprint: String,
        pub story: String,
        pub title: String,
        pub points: Option<f64>,
        pub came: bool,
        /// In milliseconds since 1970.
        pub at: i64,
    }
    /// What a chart shows, as a table.
    pub struct ChartOut {
        pub name: String,
        pub told: String,
        pub columns: Vec<String>,
        /// A cell each; figures as they are typed, empty where nothing is known.
        pub rows: Vec<Vec<String>>,
    }
}

impl kernel::Query for ReadReport {
    fn ask(self, look: &mut Look) -> Result<Vec<ReportOut>> {
        let ReadReport { report, as_of, weeks, sprint, with, q, kind, is, who, feature, label, ready, updated, stage, field } = self;
        let sight = Asked { as_of, weeks, sprint, with, q, kind, is, who, feature, label, ready, updated, stage, field }.sight(look)?;
        match report {
            None => Ok(report::REPORTS.iter().map(|report| told(look.scope, report, &Found::empty())).collect()),
            Some(which) => {
                let report = report::named(&which.to_string())?;
                let found = (report.read)(look, &sight)?;
                Ok(vec![told(look.scope, report, &found)])
            }
        }
    }
}

fn told(scope: &Scope, report: &Report, found: &Found) -> ReportOut {
    let charts = found.charts.iter().map(|(_, chart)| {
        let table = chart.table();
        let rows = table.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.plain).collect()).collect();
        ChartOut { name: chart.name().to_owned(), told: chart.says().to_owned(), columns: table.columns, rows }
    });
    ReportOut {
        report: report.word.to_owned(),
        name: report.name.to_owned(),
        counts: report.counts.to_owned(),
        charts: charts.collect(),
        none: found.none.map(str::to_owned),
        moved: found.moved.iter().flatten().map(|one| moved(scope, one)).collect(),
    }
}

fn moved(scope: &Scope, one: &Moved) -> MovedOut {
    let (sprint, title) = (one.sprint.clone(), one.title.clone());
    MovedOut { sprint, story: scope.key(one.number), title, points: one.points, came: one.came, at: one.at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_has_a_page() {
        assert_eq!(SPECS.len(), report::REPORTS.len());
        for (report, which) in report::REPORTS.iter().zip(Which::ALL) {
            assert_eq!(spec(report).path, format!("reports/{}", report.word));
            assert_eq!(which.to_string(), report.word);
        }
    }
}
