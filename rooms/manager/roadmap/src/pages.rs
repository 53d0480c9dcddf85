//! The roadmap board, with initiatives and features in a side panel, now or as of a past day.

use crate::{
    filter::{self, Narrowed},
    model::*,
    moving, past, rows, settled, views,
};
use kernel::{Area, Look, Noun, Ref, Refusal, Result};
use notices::Around;
use people::Names;
use serde::Deserialize;
use web::{At, Markup, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get, when};

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
    Router::new().route("/{product}/roadmap", get(roadmap)).route("/{product}/feature/{feature}/move", get(moving::page))
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

async fn roadmap(at: At, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let panel = q.open.as_ref().map(|open| panel(look, open)).transpose()?;
        let past = match q.as_of.as_str() {
            "" => None,
            day => Some(when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?),
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
        let today = match past {
            Some(_) => rows::initiatives(look)?,
            None => vec![],
        };
        // How far stories are is known of today only.
        let delivery = match past {
            Some(_) => None,
            None => Some(rows::delivery(look)?),
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
            today: &today,
        };
        let body = views::roadmap(look.scope, &board);
        let page = Page::of(&ROADMAP, body).panel(panel);
        Ok(match past {
            Some(_) => page.still(),
            None => page.primary(views::initiative_button(look.scope, &strategy::objectives(look)?, &customers::needs(look)?)),
        })
    })
    .await
}

fn panel(look: &mut Look, open: &str) -> Result<Markup> {
    let at = Ref(open.to_owned());
    match rows::initiative(look, &at) {
        Ok(initiative) => {
            let features = rows::features_of(look, initiative.id())?;
            let mut reasons = rows::reasons(look)?.remove(&initiative.meta.id).unwrap_or_default();
            reasons.extend(rows::trends_on(look, initiative.id())?);
            let objectives = strategy::objectives(look)?;
            let needs = customers::needs(look)?;
            let around = Around::read(look, "initiative", [initiative.meta.id])?;
            let names = Names::of(look, [initiative.body.as_str()].into_iter())?;
            let history = activity::history(look, initiative.meta.id, 50)?;
            let all = rows::initiatives(look)?;
            let others = rows::open_slices(look, initiative.id())?;
            let own = fields::of(look, fields::Thing::Initiative, initiative.meta.id)?;
            let settled = settled::beside(look, &initiative)?;
            Ok(views::initiative(
                look.scope,
                &initiative,
                (&features, &others),
                &all,
                &reasons,
                &objectives,
                &needs,
                &own,
                (&around, &names, settled.as_ref()),
                &history,
            ))
        }
        Err(Refusal::NotFound) => {
            let feature = rows::feature(look, &at)?;
            let (stories, count) = rows::stories_of(look, feature.id())?;
            let initiatives = rows::initiatives(look)?;
            let around = Around::read(look, "feature", [feature.meta.id])?;
            let names = Names::of(look, [feature.body.as_str()].into_iter())?;
            let history = activity::history(look, feature.meta.id, 50)?;
            let own = fields::of(look, fields::Thing::Feature, feature.meta.id)?;
            Ok(views::feature(look.scope, &feature, (&stories, count), &initiatives, &own, (&around, &names), &history))
        }
        Err(other) => Err(other),
    }
}
