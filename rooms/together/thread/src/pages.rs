//! The thread page: the chain of one thing, or the gap report.

use crate::{gaps, graph, views};
use kernel::Refusal;
use serde::Deserialize;
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
    sights: &[("chain", "?of={initiative}"), ("story", "?of={story}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/thread", get(thread))
}

#[derive(Deserialize)]
pub struct Of {
    of: Option<String>,
    id: Option<String>,
}

async fn thread(at: At, Query(q): Query<Of>) -> Response {
    at.page(move |look| {
        let of = q.of.as_deref().map(str::trim).unwrap_or_default();
        let found = match of {
            "" => None,
            // What was typed and is nowhere stands there to be put right; a link that leads nowhere says so.
            of => match (graph::find(look, of, q.id.as_deref()), &q.id) {
                (Err(Refusal::NotFound), None) => None,
                (found, _) => Some(found?),
            },
        };
        let Some((noun, id)) = found else {
            let gaps = gaps::gaps(look)?;
            let begun = !gaps.is_empty() || gaps::begun(look)?;
            return Ok(Page::of(&THREAD, views::gaps(look.scope, &gaps, begun, of)));
        };
        let chain = graph::chain(look, &noun, id)?;
        let title = chain.of.number.map_or_else(|| chain.of.title.clone(), |n| format!("Thread of {}", look.scope.key(n)));
        Ok(Page { wide: true, ..Page::of(&THREAD, views::chain(look.scope, &chain)).titled(title) })
    })
    .await
}
