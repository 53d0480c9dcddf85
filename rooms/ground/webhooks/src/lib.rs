//! Webhooks: other machines are told what happens in a product, each act once, as far as whoever made the webhook may read
//! of it. What was sent is looked at here, and sent again.

mod care;
mod commands;
mod deliver;
mod events;
mod message;
mod model;
mod pages;
mod rows;
mod shapes;
mod views;

pub use care::*;
pub use commands::*;
pub use model::*;
pub use pages::routes;

use kernel::{CommandSpec, Ear, Job, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "webhooks",
    commands: &[
        CommandSpec::of::<MakeWebhook>(),
        CommandSpec::of::<EditWebhook>(),
        CommandSpec::of::<RemoveWebhook>(),
        CommandSpec::of::<NewSecret>(),
        CommandSpec::of::<TryWebhook>(),
        CommandSpec::of::<SendAgain>(),
        CommandSpec::of::<ResumeWebhook>(),
        CommandSpec::of::<PauseWebhook>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<Webhook>()],
    pages: &[pages::WEBHOOKS],
    tasks: &[TaskSpec::of::<deliver::Gather>(), TaskSpec::of::<deliver::Deliver>(), TaskSpec::of::<deliver::Try>()],
    ears: &[Ear {
        kind: deliver::Gather::KIND,
        heeds: |_, _| true,
        listens: Some("select 1 from webhook where product = $product and removed_at is null and paused_at is null"),
        at_large: false,
    }],
    ..Room::EMPTY
};
