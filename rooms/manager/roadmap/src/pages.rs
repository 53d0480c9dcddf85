//! The roadmap board, with initiatives and features in a side panel, now or as of a past day.

use crate::{
    audience_view, brief_view, briefs,
    compare::{self, Between},
    compare_view,
    courses::courses,
    dependencies,
    filter::{self, Narrowed},
    model::*,
    moving, outcome_tree,
    panel_views::{self, Beside},
    past, rows, settled, views,
};
use kernel::{Area, Id, Look, Noun, Ref, Refusal, Result, Scope, Uuid};
use notices::Around;
use people::{Member, Names};
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Path, Query, Response, Router, Spot, Web, Wing, chart::Chart, errors, get, html, when};

pub(crate) const ROADMAP: PageSpec = PageSpec {
    path: "roadmap",
    name: "Roadmap",
    wing: Wing::Manager,
    stand: Spot::Rail(Wing::Manager),
    icon: "map",
    go: "r",
    tab: "Roadmap",
    live: &[
        "trend",
        "initiative",
        "feature",
        "story",
        "relation",
        "objective",
        "need",
        "comment",
        "reaction",
        "attachment",
        "field",
        "field_value",
        "saved_filter",
    ],
    filtered: true,
    areas: &[Area::Roadmap, Area::Commitments, Area::Priorities],
    wide: true,
    sights: &[("initiative", "?open={initiative}"), ("feature", "?open={feature}"), ("past", "?as_of={day}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/compare", get(compare_days))
        .route("/{product}/compare/{chart}", get(taken))
        .route("/{product}/outcome-tree", get(outcome_tree::page))
        .route("/{product}/brief", get(brief_view::page))
        .route("/{product}/audiences", get(audience_view::page))
        .route("/{product}/feature/{feature}/move", get(moving::page))
}

pub(crate) const COMPARE: PageSpec = PageSpec {
    path: "compare",
    name: "Compare two days",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["initiative", "feature"],
    calm: true,
    areas: &[Area::Roadmap, Area::Commitments],
    ..PageSpec::PLAIN
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Days {
    from: String,
    to: String,
}

async fn compare_days(at: At, Query(q): Query<Days>) -> Response {
    at.long()
        .page(move |look| {
            let between = Between::of(look, Some(q.from), Some(q.to))?;
            let courses = courses(look, &between)?;
            let drift = compare_view::drift(look.scope, &courses, &between);
            let found = compare::compared(&courses, between);
            Ok(Page::of(&COMPARE, compare_view::page(look.scope, &found, drift.as_ref())))
        })
        .await
}

/// So many days back promises are held against what became of them.
pub const DRIFTED: i64 = 91;

/// How promises drifted in the last quarter; nothing where none did.
///
/// # Errors
/// Whatever reading refuses.
pub fn drifted(look: &mut Look) -> Result<Option<Chart>> {
    let since = when::days_after(&when::day(look.now()), -DRIFTED);
    let between = Between::of(look, Some(since), None)?;
    let courses = courses(look, &between)?;
    Ok(compare_view::drift(look.scope, &courses, &between))
}

/// The chart of promises as a file.
async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(q): Query<Days>) -> Response {
    let at = at.long();
    let file = at.read(move |look| {
        let ending = name.strip_prefix("drift.").ok_or(Refusal::NotFound)?;
        let between = Between::of(look, Some(q.from), Some(q.to))?;
        let courses = courses(look, &between)?;
        compare_view::drift(look.scope, &courses, &between).and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
    });
    match file.await {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

#[derive(Deserialize)]
pub struct Asked {
    open: Option<String>,
    /// A past day: the roadmap as it stood at its end.
    #[serde(default)]
    as_of: String,
    /// A horizon to show whole, where the others show their beginning.
    #[serde(default)]
    all: String,
    #[serde(flatten)]
    narrowed: filter::Asked,
}

impl Asked {
    /// What is open beside the roadmap of today.
    pub fn opens(&self) -> Option<&str> {
        self.open.as_deref().filter(|_| self.as_of.is_empty())
    }
}

/// The roadmap; `more` is what another room knows of what is open, under its window.
pub async fn board(at: At, q: Asked, more: impl FnOnce(&Scope) -> Markup + Send + 'static) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let past = match q.as_of.as_str() {
            "" => None,
            day => Some(when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?),
        };
        // What is known of a bet today has no place beside another day.
        let panel = match q.opens() {
            Some(open) => {
                let more = more(look.scope);
                Some(panel(look, open, more)?)
            }
            None => None,
        };
        let narrowed = match past {
            Some(_) => None,
            None => Some(Narrowed::read(look, &q.narrowed)?),
        };
        let then = match past {
            Some(at) => {
                let features = past::things::<Feature>(look, at, |a, b| a.rank.cmp(&b.rank))?;
                (past::things::<Initiative>(look, at, |a, b| a.rank.cmp(&b.rank))?, features.into_iter().map(rows::Slice::from).collect())
            }
            None => (vec![], vec![]),
        };
        let (initiatives, features) = narrowed.as_ref().map_or((&then.0, &then.1), |now| (&now.initiatives, &now.features));
        // How far stories are is known of today only.
        let delivery = match past {
            Some(_) => None,
            None => Some(rows::delivery(look, views::named(features))?),
        };
        let reasons = match past {
            Some(at) => past::reasons(look, at, initiatives)?,
            None => rows::reasons(look)?,
        };
        let board = views::Board {
            initiatives,
            features,
            narrowed: narrowed.as_ref(),
            delivery: delivery.as_ref(),
            whole: Horizon::parse(&q.all),
            reasons: &reasons,
            past: past.map(|_| q.as_of.as_str()),
        };
        let body = views::roadmap(look.scope, &board);
        let page = Page::of(&ROADMAP, body).panel(panel);
        Ok(match past {
            Some(_) => page.still(),
            None => page.primary(views::initiative_button(look.scope, &strategy::objectives(look)?, &customers::choices(look)?)),
        })
    })
    .await
}

/// What is known of one bet or feature, by number, key or id; `more` is what another room knows of it, under its window.
pub fn panel(look: &mut Look, open: &str, more: Markup) -> Result<Markup> {
    let at = Ref(open.to_owned());
    match rows::initiative(look, &at) {
        Ok(initiative) => {
            let features = rows::features_of(look, initiative.id())?;
            let mut reasons = rows::reasons(look)?.remove(&initiative.meta.id).unwrap_or_default();
            reasons.extend(rows::trends_on(look, initiative.id())?);
            let objectives = strategy::objectives(look)?;
            let needs = customers::choices(look)?;
            // The need that is served worst speaks for the bet.
            let score = customers::opportunities(look, reasons.iter().map(|(_, id, _)| *id))?.into_values().max_by(f64::total_cmp);
            let beside = Beside { more, ..beside(look, "initiative", initiative.meta.id, &initiative.body, initiative.owner)? };
            let all = rows::initiatives(look)?;
            let others = rows::open_slices(look, initiative.id())?;
            let settled = settled::beside(look, &initiative)?;
            Ok(panel_views::initiative(
                look.scope,
                &initiative,
                (&features, &others),
                &all,
                &reasons,
                &objectives,
                (&needs, score),
                &beside,
                settled.as_ref(),
            ))
        }
        Err(Refusal::NotFound) => {
            let feature = rows::feature(look, &at)?;
            let (stories, count) = rows::stories_of(look, feature.id())?;
            let initiatives = rows::initiatives(look)?;
            let beside = Beside { more, ..beside(look, "feature", feature.meta.id, &feature.body, feature.owner)? };
            let parts = briefs::parts_of(look, feature.id())?;
            Ok(panel_views::feature(look.scope, &feature, (&stories, count, parts), &initiatives, &beside))
        }
        Err(other) => Err(other),
    }
}

/// What stands beside a bet or a feature.
fn beside(look: &mut Look, noun: &'static str, id: Uuid, body: &str, owner: Option<Id<Member>>) -> Result<Beside> {
    let thing = if noun == "initiative" { fields::Thing::Initiative } else { fields::Thing::Feature };
    Ok(Beside {
        around: Around::read(look, noun, [id])?,
        names: Names::of(look, [body].into_iter())?,
        history: activity::history(look, id, 50)?,
        own: fields::of(look, thing, id)?,
        waits: dependencies::around(look, id)?,
        people: people::to_choose(look, owner.map(|owner| owner.0))?,
        more: html! {},
    })
}
