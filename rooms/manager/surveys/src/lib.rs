//! Kano surveys: what people feel with and without a feature, asked by a link or on the portal, answered without an account and
//! counted in nobody's name, and evaluated once they are closed.

mod answering;
mod apart;
mod building;
mod evaluating;
mod events;
mod model;
mod outside;
mod pages;
mod sharing;
mod views;

pub use answering::{AnswerSurvey, Asked, asked};
pub use apart::{FEWEST_APART, MOST_SEGMENTS};
pub use building::{AddItem, BeginSurvey, CloseSurvey, EditItem, EditSurvey, OpenSurvey, RemoveItem, RemoveSurvey};
pub use events::*;
pub use model::*;
pub use outside::{Browser, browser, give, keep_browser, questions, thanks};
pub use pages::routes;
pub use sharing::{MakeSurveyLink, RevokeSurveyLink, ShareSurvey};

use kernel::{CommandSpec, Look, Noun, NounSpec, QuerySpec, Result, Room};

pub static ROOM: Room = Room {
    name: "surveys",
    commands: &[
        CommandSpec::of::<BeginSurvey>(),
        CommandSpec::of::<EditSurvey>(),
        CommandSpec::of::<AddItem>(),
        CommandSpec::of::<EditItem>(),
        CommandSpec::of::<RemoveItem>(),
        CommandSpec::of::<OpenSurvey>(),
        CommandSpec::of::<CloseSurvey>(),
        CommandSpec::of::<RemoveSurvey>(),
        CommandSpec::of::<MakeSurveyLink>(),
        CommandSpec::of::<RevokeSurveyLink>(),
        CommandSpec::of::<ShareSurvey>(),
        CommandSpec::of::<AnswerSurvey>(),
    ],
    queries: &[QuerySpec::of::<evaluating::Evaluate>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Survey>(), NounSpec::of::<Item>(), NounSpec::of::<SurveyLink>()],
    pages: &[pages::SURVEYS],
    ..Room::EMPTY
};

/// The surveys that the portal shows and that take answers still.
///
/// # Errors
/// Whatever reading refuses.
pub fn in_portal(look: &mut Look) -> Result<Vec<Survey>> {
    let today = web::when::day(look.now());
    let open = "and state = 'open' and in_portal = 1 and (closes_on is null or closes_on >= $2) order by created_at desc, id desc limit 3";
    Survey::all(look, open, &[kernel::Value::Text(today)])
}
