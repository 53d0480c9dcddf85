//! A gallery of every kind of chart, each with little, much, nothing, one thing alone, less than zero and long words:
//! `cargo run -p web --example charts`, then http://127.0.0.1:8041. `browser/charts.mjs` walks through it.

use std::{env, error::Error};
use tokio::net::TcpListener;
use web::{
    IntoResponse, Markup, Path, Response, Router, assets,
    chart::{Across, Blip, Chart, Dots, Field, Figure, Matrix, Node, Placed, Plot, Radar, Rings, Series, Tone, Tree, histogram},
    html,
    http::StatusCode,
    routing,
};

/// 24 November 2026, up to which days are counted.
const TODAY: i32 = 20_781;
const LONG: [&str; 5] = [
    "Couriers who ride through the winter without asking twice",
    "Handelsvertreterinnen mit Rückgaberecht",
    "Shops that order once a year and then forget that they did",
    "W",
    "Everybody else, and whoever has not said",
];

/// Figures that look like something, and are the same every time.
fn figures(count: usize, seed: u32, least: f64, most: f64) -> Vec<f64> {
    let mut state = seed;
    let mut share = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    (0..count).map(|_| (least + share() * (most - least)).round()).collect()
}

/// A walk up and down, not below zero.
fn walk(count: usize, seed: u32) -> Vec<f64> {
    let step = |at: &mut f64, by: f64| {
        *at = (*at + by).max(0.0);
        Some(*at)
    };
    figures(count, seed, -4.0, 5.0).into_iter().scan(40.0, step).collect()
}

fn days(count: i32) -> Across {
    Across::Days { days: (TODAY - count + 1..=TODAY).collect(), today: TODAY }
}

fn names(count: usize) -> Across {
    Across::Names((1..=count).map(|n| format!("Team {n}")).collect())
}

fn long() -> Across {
    Across::Names(LONG.map(String::from).to_vec())
}

fn called(count: usize, what: &str) -> Vec<String> {
    (1..=count).map(|n| format!("{what} {n}")).collect()
}

/// Several series, each made by one function.
fn several(mut plot: Plot, count: usize, of: impl Fn(usize) -> Series) -> Plot {
    for n in 0..count {
        plot = plot.with(of(n));
    }
    plot
}

fn lines() -> Vec<(&'static str, Plot)> {
    let left = [34.0, 31.0, 31.0, 22.0, 18.0, f64::NAN, f64::NAN];
    let scope = [34.0, 34.0, 39.0, 39.0, 39.0, f64::NAN, f64::NAN];
    let even: Vec<f64> = (0..7).map(|n| 34.0 - f64::from(n) * 5.6).collect();
    let gap: Vec<f64> =
        walk(30, 3).into_iter().enumerate().map(|(n, v)| if (10..14).contains(&n) || n == 20 || n == 22 { f64::NAN } else { v }).collect();
    vec![
        (
            "small",
            Plot::new(days(7), "Points")
                .with(Series::line("Left", &left))
                .with(Series::steps("Scope", &scope).quiet())
                .with(Series::line("Even pace", &even).quiet().dashed()),
        ),
        ("of 2,000 days", several(Plot::new(days(2000), "Open bugs"), 2, |n| Series::line(["Web", "Phone"][n], &walk(2000, n as u32 + 1)))),
        ("of one day", Plot::new(days(1), "Stories").with(Series::line("Accepted", &[4.0])).with(Series::line("Rejected", &[1.0]))),
        ("with gaps", Plot::new(days(30), "Answers").with(Series::line("Answers", &gap))),
        (
            "below zero",
            several(Plot::new(days(40), "Change, %"), 2, |n| Series::line(["Shops", "Riders"][n], &figures(40, n as u32 + 7, -30.0, 20.0))),
        ),
        (
            "of large figures",
            Plot::new(days(24), "Revenue").with(Series::line("Revenue", &walk(24, 5).iter().map(|v| v * 48_300_000.0).collect::<Vec<_>>())),
        ),
        ("of shares", Plot::new(days(24), "Share").with(Series::line("Share", &walk(24, 5).iter().map(|v| v / 900.0).collect::<Vec<_>>()))),
        (
            "with long names",
            several(Plot::new(long(), "Days from an order to the door, as couriers have told us since the spring of last year"), 4, |n| {
                Series::line(LONG[n], &figures(5, n as u32, 2.0, 30.0))
            }),
        ),
        ("of twelve", several(Plot::new(days(60), "Stories"), 12, |n| Series::line(format!("Team {}", n + 1), &walk(60, n as u32 + 40)))),
        (
            "with rules",
            Plot::new(days(90), "Stories")
                .with(Series::line("Left", &walk(90, 9)))
                .rule(f64::from(TODAY - 80), "50 % by 4 September")
                .rule(f64::from(TODAY - 76), "85 % by 8 September")
                .rule(f64::from(TODAY - 3), "95 % by 20 November")
                .rule(f64::from(TODAY - 40), "as likely as not by 14 October, unless the winter is long and everybody stays at home"),
        ),
        ("of nothing", Plot::new(days(0), "Stories").with(Series::line("Left", &[]))),
    ]
}

fn areas() -> Vec<(&'static str, Plot)> {
    let stages = ["Accepted", "Handed over", "In work", "Ready", "New"];
    let flow =
        |count: usize| several(Plot::new(days(count as i32), "Stories"), 5, |n| Series::area(stages[n], &walk(count, n as u32 + 11))).stacked();
    vec![
        ("small", Plot::new(days(8), "Open").with(Series::area("Open", &[3.0, 5.0, 4.0, 8.0, 9.0, 7.0, 4.0, 2.0]))),
        ("stacked", flow(60)),
        ("stacked, of 2,000 days", flow(2000)),
        (
            "stacked, of twelve",
            several(Plot::new(days(60), "Stories"), 12, |n| Series::area(format!("Team {}", n + 1), &walk(60, n as u32 + 40))).stacked(),
        ),
        ("of one day", Plot::new(days(1), "Open").with(Series::area("Open", &[3.0]))),
        (
            "with gaps, below zero",
            Plot::new(names(9), "Balance").with(Series::area("Balance", &[3.0, -2.0, -4.0, f64::NAN, 2.0, 5.0, f64::NAN, 1.0, -3.0])),
        ),
        ("stacked, with long names", several(Plot::new(long(), "Orders"), 4, |n| Series::area(LONG[n], &figures(5, n as u32, 2.0, 30.0))).stacked()),
        ("of nothing", Plot::new(names(0), "Open").with(Series::area("Open", &[]))),
    ]
}

fn bars() -> Vec<(&'static str, Plot)> {
    let (edges, counts) =
        histogram(&figures(2000, 5, 0.0, 30.0).iter().zip(figures(2000, 6, 0.0, 30.0)).map(|(a, b)| a + b).collect::<Vec<_>>(), 24, true);
    let tones = counts.iter().enumerate().map(|(n, _)| if n < 10 { Tone::Main } else { Tone::Quiet }).collect();
    let (lone, one) = histogram(&[7.0], 10, true);
    let weeks: Vec<f64> = (0..=26).map(|n| f64::from(TODAY - 182 + n * 7)).collect();
    vec![
        (
            "small",
            Plot::new(Across::Names(["Mara", "Tomas", "Ines"].map(String::from).to_vec()), "Stories").with(Series::bars("Stories", &[5.0, 8.0, 3.0])),
        ),
        ("of forty", Plot::new(names(40), "Stories").with(Series::bars("Stories", &figures(40, 4, 0.0, 30.0)))),
        ("of 2,000 days", Plot::new(days(2000), "Stories").with(Series::bars("Stories", &walk(2000, 4)))),
        (
            "one above the other",
            several(Plot::new(names(8), "Points"), 3, |n| {
                Series::bars(["Accepted", "Carried over", "Returned"][n], &figures(8, n as u32 + 2, 1.0, 12.0))
            }),
        ),
        (
            "above and below zero",
            several(Plot::new(names(8), "Points"), 3, |n| {
                Series::bars(
                    ["Came in", "Went out", "Grew"][n],
                    &figures(8, n as u32 + 2, if n == 1 { -12.0 } else { 0.0 }, if n == 1 { 0.0 } else { 9.0 }),
                )
            }),
        ),
        ("with long names", Plot::new(long(), "Orders").with(Series::bars("Orders", &[12.0, 40.0, 3.0, 8.0, 21.0]))),
        ("alone", Plot::new(names(1), "Stories").with(Series::bars("Stories", &[3.0]))),
        (
            "as a histogram of 2,000",
            Plot::new(Across::Bands { edges, today: None }, "Rides")
                .with(Series::bars("Rides", &counts).tones(tones))
                .rule(30.0, "50 % by 30")
                .rule(44.0, "85 % by 44"),
        ),
        ("as a histogram of one", Plot::new(Across::Bands { edges: lone, today: None }, "Rides").with(Series::bars("Rides", &one))),
        (
            "by week",
            Plot::new(Across::Bands { edges: weeks, today: Some(TODAY) }, "Stories").with(Series::bars("Stories", &figures(26, 8, 0.0, 9.0))),
        ),
        ("of nothing", Plot::new(names(0), "Stories").with(Series::bars("Stories", &[]))),
    ]
}

fn dots() -> Vec<(&'static str, Dots)> {
    let at = |count: usize, least: f64, most: f64| -> Vec<(f64, f64, String)> {
        let across = figures(count, 1, 0.0, 180.0);
        across
            .into_iter()
            .zip(figures(count, 2, least, most))
            .enumerate()
            .map(|(n, (x, y))| (x, y * y / 30.0_f64.max(most) * y.signum(), format!("ORB-{n} {}", LONG[n % 5])))
            .collect()
    };
    let on_days =
        |dots: Vec<(f64, f64, String)>| dots.into_iter().map(|(x, y, what)| (f64::from(TODAY) - 180.0 + x, y.round().max(1.0), what)).collect();
    let shares = [0.5, 0.7, 0.85, 0.95];
    vec![
        ("small", Dots::new("Accepted", "Days", on_days(at(14, 1.0, 30.0))).by_day(TODAY).percentiles(&[0.5, 0.85])),
        ("of 2,000", Dots::new("Accepted", "Days", on_days(at(2000, 1.0, 30.0))).by_day(TODAY).percentiles(&shares)),
        ("by two measures, below zero", Dots::new("Effort, days", "Change of the measure, %", at(60, -30.0, 30.0))),
        ("named", Dots::new("Effort", "Value", at(9, 1.0, 30.0)).named()),
        ("whose percentiles are close", Dots::new("Accepted", "Days", on_days(at(30, 20.0, 21.0))).by_day(TODAY).percentiles(&shares)),
        ("alone", Dots::new("Accepted", "Days", on_days(at(1, 1.0, 30.0))).by_day(TODAY).percentiles(&[0.5, 0.85])),
        ("of nothing", Dots::new("Accepted", "Days", vec![])),
    ]
}

fn matrices() -> Vec<(&'static str, Matrix)> {
    let of = |rows: Vec<String>, columns: Vec<String>, least: f64, most: f64| {
        let cells = (0..rows.len())
            .map(|row| figures(columns.len(), row as u32, least, most).into_iter().enumerate().map(|(n, v)| (n % 7 != 5).then_some(v)).collect())
            .collect();
        Matrix::new(rows, columns, cells)
    };
    vec![
        ("small", of(called(3, "Team"), called(4, "Quarter"), 0.0, 20.0)),
        ("of 2,000", of(called(40, "Team"), called(50, "W"), 0.0, 90.0)),
        ("below zero", of(called(5, "Measure"), called(5, "Measure"), -9.0, 9.0)),
        ("with long names", of(LONG.map(String::from).to_vec(), LONG.map(String::from).to_vec(), 0.0, 2_000_000.0)),
        ("alone", of(called(1, "Team"), called(1, "Quarter"), 3.0, 3.0)),
        ("of nothing", of(vec![], vec![], 0.0, 1.0)),
    ]
}

fn trees() -> Vec<(&'static str, Tree)> {
    fn grown(depth: u32, wide: usize, name: &str) -> Node {
        let below = if depth == 0 { vec![] } else { (1..=wide).map(|n| grown(depth - 1, wide, &format!("{name}.{n}"))).collect() };
        Node::new(format!("Part {name}"), format!("{}", depth * 7 + 1), below)
    }
    let leaf = |n: usize, says: &str| Node::new(LONG[n], says, vec![]);
    let long = Node::new(
        "How many rides a year does a town of half a million make",
        "1,200,000 to 3,400,000 rides",
        vec![
            Node::new(LONG[0], "12,000", vec![leaf(1, "a third of them"), leaf(3, "")]),
            leaf(2, "3 %"),
            leaf(4, "between one and seventeen in a hundred"),
        ],
    );
    vec![
        ("small", Tree::new(grown(2, 2, "1"))),
        ("of 121", Tree::new(grown(4, 3, "1"))),
        ("of nine levels", Tree::new(grown(8, 1, "1"))),
        ("with long names", Tree::new(long)),
        ("alone", Tree::new(grown(0, 0, "1"))),
    ]
}

fn radars() -> Vec<(&'static str, Radar)> {
    let of = |measures: Vec<String>, things: &[&str]| {
        let count = measures.len();
        things.iter().enumerate().fold(Radar::new(measures), |radar, (n, name)| radar.with(*name, &figures(count, n as u32 + 1, 1.0, 10.0)))
    };
    let health = ["Value", "Speed", "Mission", "Fun", "Learning", "Support", "Pawns or players"].map(String::from).to_vec();
    vec![
        ("small", of(health.clone(), &["This sprint"])),
        ("of three things", of(health, &["This sprint", "Last sprint", "A year ago"])),
        ("of 24 measures", of(called(24, "Measure"), &["We", "They"])),
        ("of 100 measures", of(called(100, "Measure"), &["We"])),
        ("with long names", of(LONG.map(String::from).to_vec(), &LONG[..4])),
        ("below zero", Radar::new(called(5, "Measure")).with("We", &[-3.0, 2.0, 4.0, -1.0, 3.0])),
        ("of three measures", of(called(3, "Measure"), &["We"])),
        ("of nothing", of(vec![], &["We"])),
    ]
}

fn rings() -> Vec<(&'static str, Rings)> {
    let blip = |n: usize, name: &str| Blip {
        name: name.into(),
        sector: n % 6,
        ring: n / 2 % 3,
        size: (n % 3) as u8,
        hollow: n % 4 == 1,
        way: (n % 3) as i8 - 1,
        says: vec!["high".into()],
    };
    let of = |names: Vec<String>| {
        let sectors = ["Society", "Customers", "Technology", "Market", "Rules and law", "Economy"].map(String::from).to_vec();
        let blips = names.iter().enumerate().map(|(n, name)| blip(n, name)).collect();
        Rings::new(["Now", "1 to 3 years", "Later"].map(String::from).to_vec(), sectors, vec!["Impact".into()], blips)
    };
    vec![
        ("of trends", of(called(9, "Trend"))),
        ("of 40 trends", of(called(40, "Trend"))),
        ("with long names", of(LONG.map(String::from).to_vec())),
        ("of nothing", of(vec![])),
    ]
}

fn fields() -> Vec<(&'static str, Field)> {
    let of = |names: Vec<String>| {
        let place =
            |(n, name): (usize, &String)| Placed { name: name.clone(), across: (n * 37 % 101) as f64, up: (n * 61 % 101) as f64, ours: n == 0 };
        let things = names.iter().enumerate().map(place).collect();
        Field::new(("Cheap".into(), "Dear".into()), ("Does one thing".into(), "Does everything that a city could ask for".into()), things)
    };
    vec![
        ("of five", of(called(5, "They"))),
        ("of 30", of(called(30, "They"))),
        ("with long names", of(LONG.map(String::from).to_vec())),
        ("of nothing", of(vec![])),
    ]
}

fn all() -> Vec<(&'static str, Vec<Chart>)> {
    fn charts<F: Figure + 'static>(kind: &str, figures: Vec<(&'static str, F)>) -> Vec<Chart> {
        figures
            .into_iter()
            .map(|(what, figure)| {
                Chart::of(format!("{kind} {what}"), figure).told(format!("A sentence says what is seen in {} {what}.", kind.to_lowercase()))
            })
            .collect()
    }
    vec![
        ("Lines", charts("Line", lines())),
        ("Areas", charts("Area", areas())),
        ("Bars", charts("Bars", bars())),
        ("Dots", charts("Dots", dots())),
        ("Matrices", charts("Matrix", matrices())),
        ("Trees", charts("Tree", trees())),
        ("Radars", charts("Radar", radars())),
        ("Rings", charts("Rings", rings())),
        ("Fields", charts("Field", fields())),
    ]
}

fn gallery() -> Markup {
    html! { (maud::DOCTYPE) html lang="en" {
        head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { "Charts" }
            link rel="stylesheet" href=(assets::path("tandem.css")); script src=(assets::path("tandem.js")) defer {} }
        body { div.bare { div #page data-title="Charts" { main { h1 { "Charts" }
            @for (group, (name, charts)) in all().into_iter().enumerate() { section id=(name.to_lowercase()) { h2 { (name) }
                @for (n, chart) in charts.into_iter().enumerate() { (chart.taken_from(format!("/taken/{group}-{n}")).view()) }
            } }
        } } } }
    } }
}

/// A chart by its place, as a file.
async fn taken(Path(name): Path<String>) -> Response {
    let found = || {
        let (at, ending) = name.split_once('.')?;
        let (group, n) = at.split_once('-')?;
        all().get(group.parse::<usize>().ok()?)?.1.get(n.parse::<usize>().ok()?)?.file(ending)
    };
    found().unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let at = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8041".into());
    let live = || async { StatusCode::NO_CONTENT };
    let routes = Router::new()
        .route("/", routing::get(|| async { gallery() }))
        .route("/taken/{name}", routing::get(taken))
        .route("/assets/{name}", routing::get(assets::serve))
        .route("/readyz", routing::get(live))
        .route("/live", routing::get(live));
    let listener = TcpListener::bind(&at).await?;
    eprintln!("http://{at}");
    Ok(axum::serve(listener, routes).await?)
}
