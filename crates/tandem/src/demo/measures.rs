//! What Orbit is measured by: four figures, a value for each week.

use super::{Teller, made};
use kernel::{Result, json};
use std::fmt::Write;

/// Name, meaning, unit, what for, whether more is better, whether parts add up, and which key result reads it.
type Measure = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const MEASURES: [Measure; 4] = [
    (
        "Trips that replaced a car",
        "Trips of a week after which the rider says that they would have driven otherwise.",
        "trips a week",
        "north_star",
        "more",
        "sum",
        None,
    ),
    (
        "Searches that end in a ride",
        "Of all searches of a week, the share after which somebody unlocks a bike within fifteen minutes.",
        "%",
        "input",
        "more",
        "mean",
        Some("Searches that end in a ride"),
    ),
    ("Riders who came back", "Of those who rode for the first time four weeks ago, the share that rode again.", "%", "input", "more", "mean", None),
    ("Calls for help", "Calls to rider support for each hundred trips.", "calls", "watched", "less", "mean", None),
];

/// Weeks that are told.
const WEEKS: i32 = 52;
const CITIES: [(&str, f64); 3] = [("Lindau", 1.0), ("Aarberg", 0.72), ("Sternheim", 0.41)];

/// The measures, by the key results that read them.
pub(super) struct Measured(Vec<(&'static str, String)>);

impl Measured {
    pub(super) fn read_by(&self, key_result: &str) -> Option<&str> {
        self.0.iter().find(|(title, _)| *title == key_result).map(|(_, id)| id.as_str())
    }
}

/// What a measure was in a week, of a city: a trend, the seasons, and a little of everything else.
fn value(measure: usize, week: i32, city: usize) -> f64 {
    let gone = f64::from(week) / f64::from(WEEKS);
    let season = (f64::from(week) / 52.0 * std::f64::consts::TAU).cos();
    // Looks like chance, and is the same every time.
    let seed = (f64::from(week) * 12.9898 + city as f64 * 78.233 + measure as f64 * 37.719).sin() * 43_758.545_3;
    let noise = seed - seed.floor() - 0.5;
    match measure {
        0 => ((640.0 + 420.0 * gone - 90.0 * season + 60.0 * noise) * CITIES[city].1).round(),
        1 => ((48.0 + 13.5 * gone + 2.4 * noise) * 10.0).round() / 10.0,
        2 => ((31.0 + 6.0 * gone + 3.0 * noise) * 10.0).round() / 10.0,
        _ => ((5.8 - 1.9 * gone + 0.7 * noise) * 10.0).round() / 10.0,
    }
}

/// So many days ago a week ended.
fn ago(week: i32) -> f64 {
    f64::from(WEEKS - 1 - week) * 7.0 + 9.5
}

pub(super) async fn told(t: &Teller) -> Result<Measured> {
    let mut measured = vec![];
    for (at, (name, meaning, unit, part, better, make, key_result)) in MEASURES.into_iter().enumerate() {
        let apart = at == 0;
        let dimensions = if apart { "city" } else { "" };
        let measure =
            json!({ "name": name, "meaning": meaning, "unit": unit, "part": part, "better": better, "parts_make": make, "dimensions": dimensions });
        let measure = made(&t.does("mara", 199.0, "measure.add", measure).await?, "measure")?;
        // A table each month, as far as there was one then.
        let mut week = 0;
        for brought in [198.0, 170.0, 142.0, 114.0, 86.0, 58.0, 30.0, 9.0] {
            let mut csv = String::from(if apart { "day,value,city\n" } else { "day,value\n" });
            while week < WEEKS && ago(week) > brought {
                for (city, (name, _)) in CITIES.iter().enumerate().take(if apart { CITIES.len() } else { 1 }) {
                    let of = if apart { format!(",{name}") } else { String::new() };
                    let _ = writeln!(csv, "{},{}{of}", t.day(ago(week)), value(at, week, city));
                }
                week += 1;
            }
            t.does("mara", brought, "measure.bring_in", json!({ "measure": measure, "csv": csv })).await?;
        }
        measured.extend(key_result.map(|title| (title, measure.clone())));
    }
    let star = json!({ "measure": measured.first().map(|(_, id)| id), "amount": 61.2, "on_day": t.day(1.5), "note": "From the new dashboard." });
    t.does("mara", 1.1, "measure.note", star).await?;
    Ok(Measured(measured))
}
