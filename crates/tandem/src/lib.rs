//! Wires the rooms to `app`, `web` and the doors.

mod backups;
pub mod cli;
pub mod demo;
mod help;
mod letters;
mod mail;
pub mod serve;
mod whole_file;

pub use backups::set_up as keep_backups;
pub use mail::{Sender, set_up};

use app::{App, Clock, Registry};
use kernel::{Result, Room};
use store::{Address, Care, Store};
use web::{Closing, House, Proxies, Router, Web};

/// Every room, in the order of the chain; in the rail their pages follow one another so.
pub static ROOMS: &[&Room] = &[
    &people::ROOM,
    &product::ROOM,
    &jobs::ROOM,
    &search::ROOM,
    &filters::ROOM,
    &fields::ROOM,
    &calendar::ROOM,
    &links::ROOM,
    &workspace::ROOM,
    &attachments::ROOM,
    &conversation::ROOM,
    &notices::ROOM,
    &priorities::ROOM,
    &decisions::ROOM,
    &rights::ROOM,
    &settling::ROOM,
    &customers::ROOM,
    &research::ROOM,
    &measures::ROOM,
    &models::ROOM,
    &strategy::ROOM,
    &roadmap::ROOM,
    &discovery::ROOM,
    &canvases::ROOM,
    &scale::ROOM,
    &cases::ROOM,
    &backlog::ROOM,
    &board::ROOM,
    &poker::ROOM,
    &causes::ROOM,
    &sprint::ROOM,
    &standup::ROOM,
    &cadence::ROOM,
    &code::ROOM,
    &acceptance::ROOM,
    &retro::ROOM,
    &review::ROOM,
    &reports::ROOM,
    &outlook::ROOM,
    &casebook::ROOM,
    &launch::ROOM,
    &storymap::ROOM,
    &refinement::ROOM,
    &success::ROOM,
    &surveys::ROOM,
    &portal::ROOM,
    &understanding::ROOM,
    &week::ROOM,
    &stakeholders::ROOM,
    &updates::ROOM,
    &thread::ROOM,
    &activity::ROOM,
    &webhooks::ROOM,
    &home::ROOM,
    &across::ROOM,
    &club::ROOM,
    &authoring::ROOM,
    &assistant::ROOM,
    &evenings::ROOM,
    &foresight::ROOM,
    &exchange::ROOM,
    &help::ROOM,
];

/// Opens a workspace.
pub fn open(address: Address, care: Care, clock: Clock, threads: usize) -> Result<App> {
    let app = App::new(Store::open(address, care, threads)?, Registry::new(ROOMS), clock)?;
    app.employ(<exchange::BringIn as kernel::Job>::KIND, exchange::bring_in);
    app.employ(<exchange::BringFeedback as kernel::Job>::KIND, exchange::bring_feedback);
    Ok(app)
}

/// Has requests sent to other machines, and to those of one's own network that are allowed.
///
/// # Errors
/// What is wrong with the machine's cryptography.
pub fn reach_out(app: &App, allowed: outbound::Allowed, origin: &str) -> std::result::Result<(), String> {
    app.reach_out_by(std::sync::Arc::new(outbound::Outbound::new(allowed)?), origin);
    Ok(())
}

/// Where files are taken.
const FILES_AT: &[&str] = &[exchange::FILES_AT, exchange::FEEDBACK_AT, attachments::FILES_AT, acceptance::RUNS_AT, causes::FILES_AT];

/// All routes of all rooms and doors, behind the protective layers.
pub fn router(house: &Web) -> Router {
    router_with(house, Router::new())
}

/// The same with a few routes more.
pub fn router_with(house: &Web, more: Router<Web>) -> Router {
    let router = more
        .merge(web::routes())
        .merge(people::routes())
        .merge(product::routes())
        .merge(jobs::routes())
        .merge(rights::routes())
        .merge(activity::routes())
        .merge(webhooks::routes())
        .merge(search::routes())
        .merge(filters::routes())
        .merge(fields::routes())
        .merge(calendar::routes())
        .merge(links::routes())
        .merge(workspace::routes())
        .merge(attachments::routes())
        .merge(notices::routes())
        .merge(conversation::routes())
        .merge(priorities::routes())
        .merge(decisions::routes())
        .merge(settling::routes())
        .merge(week::routes())
        .merge(customers::routes())
        .merge(research::routes())
        .merge(measures::routes())
        .merge(strategy::routes())
        .merge(roadmap::routes())
        .merge(discovery::routes())
        .merge(canvases::routes())
        .merge(models::routes())
        .merge(causes::routes())
        .merge(backlog::routes())
        .merge(board::routes())
        .merge(poker::routes())
        .merge(sprint::routes())
        .merge(standup::routes())
        .merge(cadence::routes())
        .merge(code::routes())
        .merge(acceptance::routes())
        .merge(retro::routes())
        .merge(review::routes())
        .merge(reports::routes())
        .merge(outlook::routes())
        .merge(casebook::routes())
        .merge(launch::routes())
        .merge(storymap::routes())
        .merge(refinement::routes())
        .merge(success::routes())
        .merge(surveys::routes())
        .merge(portal::routes())
        .merge(understanding::routes())
        .merge(stakeholders::routes())
        .merge(updates::routes())
        .merge(thread::routes())
        .merge(home::routes())
        .merge(across::routes())
        .merge(club::routes())
        .merge(authoring::routes())
        .merge(assistant::routes())
        .merge(evenings::routes())
        .merge(foresight::routes())
        .merge(exchange::routes())
        .merge(exchange::feedback_routes())
        .merge(help::routes())
        .merge(rest::routes(house))
        .merge(serve::health());
    web::protect(router, house.clone(), FILES_AT)
}

/// A house without mail, for tests and the sample.
pub fn house(app: App) -> Web {
    std::sync::Arc::new(House { app, origin: None, proxies: Proxies::default(), closing: Closing::default() })
}
