//! Home: for the hat you wear, what waits for you, what changed, and whether the chain is whole.

mod digest;
mod me;
mod me_view;
mod rows;
mod theirs;
mod theirs_view;
mod views;

use kernel::{Room, Scope, TaskSpec};
use web::{At, Page, PageSpec, Response, Router, Spot, Web, Wing, get};

pub static ROOM: Room =
    Room { name: "home", pages: &[HOME, me::ME], tasks: TASKS, schedules: &[digest::MORNING], looks: &[theirs::SHARED], ..Room::EMPTY };

const TASKS: &[TaskSpec] = &[TaskSpec::of::<digest::Gather>(), TaskSpec::of::<digest::Morning>()];

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/", get(home)).route("/{product}", get(home)).route("/me", get(me::me))
}

const HOME: PageSpec = PageSpec {
    path: "",
    name: "Home",
    wing: Wing::Both,
    stand: Spot::Top,
    icon: "house",
    go: "h",
    tab: "Home",
    live: &[
        "key_result",
        "relation",
        "criterion",
        "proposal",
        "signature",
        "comment",
        "poll",
        "target_market",
        "top_needs",
        "confirmation",
        "playback",
        "pulse",
        "stakeholder",
        "contact",
        "promise",
        "sorting",
        "scoring_round",
        "blocker",
        "standup_entry",
        "retro_action",
        "cadence",
    ],
    threaded: true,
    calm: true,
    ..PageSpec::PLAIN
};

async fn home(at: At) -> Response {
    at.page(|look| {
        let seen = rows::all(look)?;
        let wing = wing(look.scope);
        Ok(Page::of(&HOME, views::home(look.scope, &seen)).on(wing))
    })
    .await
}

/// The hat worn decides what Home shows first.
pub(crate) fn worn(scope: &Scope) -> Option<kernel::Hat> {
    scope.who.worn.filter(|h| scope.who.hats.contains(h)).or(scope.who.hats.first().copied())
}

fn wing(scope: &Scope) -> Wing {
    match worn(scope) {
        Some(kernel::Hat::Manager) => Wing::Manager,
        Some(kernel::Hat::Owner) => Wing::Owner,
        _ => Wing::Both,
    }
}
