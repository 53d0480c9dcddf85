//! Forecasts about the product itself: will ORB-40 be accepted by Friday, the sprint meet its goal, the release reach users, the key
//! result its target? Each says how likely, once; what comes true is read from the record, and how well one foresees is one's own.

mod asking;
mod model;
mod pages;
mod rows;
mod views;

pub use asking::*;
pub use model::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    QUESTION_ASKED = "forecast_question.asked", "asked for forecasts about";
    QUESTION_REMOVED = "forecast_question.removed", "removed the question about";
    PREDICTED = "prediction.given", "foretold about";
}

pub static ROOM: Room = Room {
    name: "foresight",
    commands: &[CommandSpec::of::<AskForecast>(), CommandSpec::of::<RemoveForecast>(), CommandSpec::of::<GivePrediction>()],
    events: ALL,
    nouns: &[NounSpec::of::<ForecastQuestion>(), NounSpec::of::<Prediction>()],
    pages: &[pages::FORESIGHT],
    ..Room::EMPTY
};
