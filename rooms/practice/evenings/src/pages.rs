//! The page of club evenings.

use crate::{asking, model::*, rows, views};
use kernel::{Id, Look, Noun, Result, Uuid};
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const EVENINGS: PageSpec = PageSpec {
    path: "evenings",
    name: "Club evenings",
    wing: Wing::Both,
    stand: Spot::Menu,
    icon: "target",
    under: "evenings",
    live: &["club_evening", "evening_answer", "membership"],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/evenings", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    show: String,
    /// A challenge that is to be planned.
    challenge: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| match q.show.as_str() {
        "" => {
            let evenings = rows::evenings(look)?;
            let names = people::names_of(look, evenings.iter().map(|evening| evening.member.0))?;
            let body = views::listed(look.scope, &evenings, &names);
            let offered = club::for_evenings(look)?;
            Ok(Page::of(&EVENINGS, body).primary(views::plan_button(look.scope, &offered, &q.challenge)))
        }
        id => one(look, Id::try_from(id)?),
    })
    .await
}

fn one(look: &mut Look, id: Id<ClubEvening>) -> Result<Page> {
    let evening = ClubEvening::get(look, id)?;
    let me = look.scope.who.member;
    let task = club::evening_task(look, &evening.challenge, evening.edition)?;
    let body = if evening.revealed_at.is_some() {
        let answers = rows::answers(look, &evening)?;
        let names = people::names_of(look, members(&evening, answers.iter().map(|answer| answer.member.0)))?;
        // What an assistant's member has handed in by themselves is theirs alone.
        let tried = look.scope.oneself().is_ok() && club::has_handed_in(look, &evening.challenge, evening.edition)?;
        views::revealed(look.scope, (&evening, &task), &answers, &names, me, tried)
    } else {
        let (handed_in, own) = rows::so_far(look, &evening)?;
        let names = people::names_of(look, members(&evening, handed_in.iter().copied()))?;
        let asked = asking::own(look, &evening)?;
        views::going_on(look.scope, (&evening, &task), (&handed_in, own.as_ref(), &asked), &names, me)
    };
    Ok(Page::of(&EVENINGS, body).titled(evening.title))
}

fn members(evening: &ClubEvening, others: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    others.chain([evening.member.0]).collect()
}
