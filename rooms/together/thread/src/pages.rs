//! The thread page: the chain of one thing, or the gap report; each today or as of a past day.

use crate::{alignment, alignment_view, drawing::Sight, gaps, graph, joining, then, views};
use kernel::Refusal;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const THREAD: PageSpec = PageSpec {
    path: "thread",
    name: "Thread and gaps",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Both),
    icon: "route",
    go: "t",
    live: &["relation", "criterion"],
    threaded: true,
    sights: &[
        ("chain", "?of={initiative}"),
        ("story", "?of={story}"),
        ("mine", "?by=mine"),
        ("past", "?as_of={day}"),
        ("past-chain", "?of={initiative}&as_of={day}"),
    ],
    ..PageSpec::PLAIN
};

pub(crate) const ALIGNMENT: PageSpec = PageSpec {
    path: "alignment",
    name: "Alignment",
    wing: Wing::Both,
    under: "thread",
    live: &["confirmation", "membership", "scoring_round"],
    threaded: true,
    calm: true,
    sights: &[("past", "?as_of={day}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/thread", get(thread))
        .route("/{product}/thread/join", get(joining::join))
        .route("/{product}/alignment", get(aligned))
}

/// What the address asks for; `whole` may stand in it several times.
#[derive(Default)]
struct Asked {
    of: String,
    id: Option<String>,
    by: String,
    as_of: String,
    sight: Sight,
}

impl Asked {
    fn read(given: Vec<(String, String)>) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in given {
            let value = value.trim().to_owned();
            match name.as_str() {
                "of" => asked.of = value,
                "id" => asked.id = Some(value),
                "by" => asked.by = value,
                "as_of" => asked.as_of = value,
                "find" => asked.sight.words = value,
                "whole" => drop(asked.sight.whole.insert(value)),
                _ => {}
            }
        }
        asked
    }
}

async fn thread(at: At, Query(given): Query<Vec<(String, String)>>) -> Response {
    let q = Asked::read(given);
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let past = then::moment(&q.as_of)?;
        let found = match q.of.as_str() {
            "" => None,
            // What was typed and is nowhere stands there to be put right; a link that leads nowhere says so.
            of => match (graph::find(look, of, q.id.as_deref()), &q.id) {
                (Err(Refusal::NotFound), None) => None,
                (found, _) => Some(found?),
            },
        };
        let page = match found {
            None => {
                let gaps = match past {
                    None => gaps::gaps(look)?,
                    Some(at) => gaps::gaps_as_of(look, at, &q.as_of)?,
                };
                let begun = !gaps.is_empty() || gaps::begun(look)?;
                let report = views::Report { gaps: &gaps, begun, sought: &q.of, whose: views::Whose::read(&q.by), day: &q.as_of };
                Page::of(&THREAD, views::gaps(look.scope, &report))
            }
            Some((noun, id)) => {
                let chain = match graph::chain(look, &noun, id, past) {
                    // What is here today and was not then is said to be so.
                    Err(Refusal::NotFound) if past.is_some() => {
                        let now = graph::thing(look, &noun, id)?.ok_or(Refusal::NotFound)?;
                        return Ok(Page::of(&THREAD, views::absent(&now, &q.as_of)).titled(now.title).still());
                    }
                    found => found?,
                };
                let title = match chain.of.number.filter(|_| graph::is_keyed(&noun)) {
                    Some(number) => format!("Thread of {}", look.scope.key(number)),
                    None => chain.of.title.clone(),
                };
                Page { wide: true, ..Page::of(&THREAD, views::chain(look.scope, &chain, &q.sight, &q.as_of)).titled(title) }
            }
        };
        Ok(if past.is_some() { page.still() } else { page })
    })
    .await
}

async fn aligned(at: At, Query(given): Query<Vec<(String, String)>>) -> Response {
    let day = Asked::read(given).as_of;
    let at = if day.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let past = then::moment(&day)?;
        let figures = alignment::alignment(look, past)?;
        let page = Page::of(&ALIGNMENT, alignment_view::page(look.scope, &figures, &day, views::as_of(&day, &[], "alignment")));
        Ok(if past.is_some() { page.still() } else { page })
    })
    .await
}
