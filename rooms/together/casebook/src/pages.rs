//! The page of cases: the list, one of them, and one as it stood on a past day.

use crate::{around_view, listed, part_views, past_view};
use cases::{AREA, CaseKind, CaseOption, GuidedCase, Known, looked};
use customers::Segment;
use kernel::{Id, Look, Noun, Refusal, Result, Uuid};
use models::KnownFact;
use notices::Around;
use priorities::{Thing, Weighed, weighed};
use roadmap::Initiative;
use serde::Deserialize;
use strategy::Objective;
use web::{At, IntoResponse, Page, PageSpec, Query, Redirect, Response, Router, Web, Wing, errors, get, product_path, when};

pub(crate) const CASES: PageSpec = PageSpec {
    path: "cases",
    name: "Cases",
    wing: Wing::Manager,
    under: "strategy",
    live: &[
        "guided_case",
        "case_option",
        "scheme",
        "score",
        "relation",
        "evidence",
        "known_fact",
        "need",
        "objective",
        "initiative",
        "comment",
        "reaction",
        "attachment",
    ],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/cases", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A case, shown whole.
    show: String,
    /// An option, shown in its case.
    option: String,
    /// A past day: the case as it stood at its end.
    as_of: String,
    /// Whoever has just begun a case goes on to it.
    begun: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    if !q.begun.is_empty() {
        return match at.read(begun).await {
            Ok(address) => Redirect::to(&address).into_response(),
            Err(refusal) => errors::page(&at, refusal).await,
        };
    }
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let id = match (q.show.as_str(), q.option.as_str()) {
            ("", "") => None,
            ("", option) => Some(CaseOption::get(look, Id::try_from(option)?)?.guided_case),
            (show, _) => Some(Id::<GuidedCase>::try_from(show)?),
        };
        match (id, q.as_of.as_str()) {
            (None, _) => all(look),
            (Some(id), "") => one(look, id),
            (Some(id), day) => as_it_was(look, id, day),
        }
    })
    .await
}

/// The address of the case that was begun this minute; where that was only proposed, of the list.
fn begun(look: &mut Look) -> Result<String> {
    let cases = format!("{}/cases", product_path(look.scope));
    let last = cases::last_begun(look)?.filter(|case| look.scope.now - case.meta.created_at < 60_000);
    Ok(last.map_or(cases.clone(), |case| format!("{cases}?show={}", case.id())))
}

fn all(look: &mut Look) -> Result<Page> {
    let cases = cases::cases(look)?;
    let objectives = objectives(look)?;
    Ok(Page::of(&CASES, listed::listed(look.scope, &cases)).primary(listed::begin_button(look.scope, &objectives)))
}

/// So many are offered in a list of choices.
const OFFERED: &str = "100";

fn objectives(look: &mut Look) -> Result<Vec<Objective>> {
    Objective::all(look, &format!("and state = 'open' order by rank, id limit {OFFERED}"), &[])
}

/// What a case is shown with.
pub(crate) struct Whole {
    pub case: GuidedCase,
    pub options: Vec<CaseOption>,
    pub grounds: cases::Grounds,
    pub looked: cases::Looked,
    pub weighed: Weighed,
    /// The bet that was made of it, where it still is there.
    pub became: Option<Initiative>,
    pub objectives: Vec<Objective>,
    pub initiatives: Vec<Initiative>,
    pub facts: Vec<KnownFact>,
}

fn whole(look: &mut Look, id: Id<GuidedCase>) -> Result<Whole> {
    let case = GuidedCase::get(look, id)?;
    let options = cases::options(look, id)?;
    let grounds = cases::grounds(look, id)?;
    let ids: Vec<Uuid> = options.iter().map(|option| option.meta.id).collect();
    let weighed = weighed(look, Thing::CaseOption, &ids)?;
    let known = match case.kind {
        CaseKind::Strategy => Known { competitors: research::competitors(look)?.into_iter().map(|c| c.name).take(12).collect(), ..Known::default() },
        CaseKind::Design => {
            let segments = Segment::all(look, &format!("order by lower(name), id limit {OFFERED}"), &[])?;
            Known { segments: segments.into_iter().map(|segment| segment.name).take(12).collect(), ..Known::default() }
        }
    };
    let looked = looked(&case, &options, &grounds, &known);
    let became = match case.initiative {
        Some(id) => Initiative::all(look, "and id = $2", &[kernel::Column::value(&id)])?.pop(),
        None => None,
    };
    let objectives = objectives(look)?;
    let initiatives = Initiative::all(look, &format!("and state = 'open' order by number desc limit {OFFERED}"), &[])?;
    let facts = KnownFact::all(look, &format!("order by lower(name), id limit {OFFERED}"), &[])?;
    Ok(Whole { case, options, grounds, looked, weighed, became, objectives, initiatives, facts })
}

fn one(look: &mut Look, id: Id<GuidedCase>) -> Result<Page> {
    let whole = whole(look, id)?;
    let around = Around::read(look, GuidedCase::TABLE, [whole.case.meta.id])?;
    let history = activity::history(look, whole.case.meta.id, 50)?;
    let body = web::html! {
        (around_view::head(look.scope, &whole))
        (around_view::grounds(look.scope, &whole))
        (part_views::parts(look.scope, &whole))
        (around_view::became(look.scope, &whole))
        (around_view::below(look.scope, &whole))
        (around.view(look.scope, whole.case.meta.id))
        (activity::history_view(look.scope, &history))
    };
    Ok(Page::of(&CASES, body).titled(whole.case.title))
}

fn as_it_was(look: &mut Look, id: Id<GuidedCase>, day: &str) -> Result<Page> {
    let at = when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?;
    let now = GuidedCase::get(look, id)?;
    let today = cases::options(look, id)?;
    let title = now.title.clone();
    let body = match cases::then(look, id, at)? {
        Some(then) => {
            let options = cases::options_then(look, id, at)?;
            past_view::page(look.scope, (&then, &options), (&now, &today), day)
        }
        None => past_view::not_yet(look.scope, &now, day),
    };
    Ok(Page::of(&CASES, body).titled(title).still())
}
