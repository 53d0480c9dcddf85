//! The engines from the command line, on files.

use super::Place;
use clap::Args;
use estimate::{Model, SHARES, Settings};
use forecast::{
    SURE,
    backtest::backtest,
    calendar::Calendar,
    history::{Finished, History},
    simulate::{self, Team},
};
use kernel::{Json, json};
use rootcause::{
    scan::{Depth, Verdict, localise},
    split,
    table::{Measure, Times},
};
use std::{collections::BTreeSet, fmt::Write, fs::File, io::BufReader, path::PathBuf};

/// Compute an estimate: a file of lines “name = expression”.
#[derive(Args)]
pub struct Estimate {
    file: PathBuf,
    #[arg(long, default_value_t = 10_000)]
    samples: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The line to report on; the last that no other uses when left out.
    #[arg(long)]
    line: Option<String>,
}

pub(super) fn estimate(place: &Place, options: &Estimate) -> Result<(), String> {
    let text = std::fs::read_to_string(&options.file).map_err(|e| format!("{}: {e}", options.file.display()))?;
    let at_file = |wrong: estimate::Wrong| format!("{}: {wrong}", options.file.display());
    let model = Model::parse(&text).map_err(at_file)?;
    let results = model.run(Settings { samples: options.samples, seed: options.seed }).map_err(at_file)?;
    let target = match &options.line {
        Some(name) => model.line(name).ok_or_else(|| format!("no line is called {name:?}"))?,
        None => model.target(),
    };
    let answer = results.summary(target);
    let influences = results.influences(target).map_err(at_file)?;
    let structure = model.structure(target);
    let line = &model.lines()[target];
    let unit = line.unit.to_string();
    let named = |leaf: usize| model.lines()[model.leaves()[leaf].line].name.clone();
    let every: Vec<Json> = (0..model.lines().len())
        .map(|at| {
            let s = results.summary(at);
            let l = &model.lines()[at];
            json!({ "name": l.name, "unit": l.unit.to_string(), "mean": s.mean, "sd": s.sd, "quantiles": s.quantiles, "note": l.note })
        })
        .collect();
    let matters: Vec<Json> = influences
        .iter()
        .map(|i| json!({ "line": named(i.leaf), "family": model.leaves()[i.leaf].distribution.family(), "share": i.share, "low": i.tornado.0, "high": i.tornado.1, "knowing": i.knowing }))
        .collect();
    let bins: Vec<Json> = answer.histogram.iter().map(|b| json!([b.low, b.high, b.share])).collect();
    let told = json!({
        "line": line.name, "unit": unit, "mean": answer.mean, "sd": answer.sd, "shares": SHARES, "quantiles": answer.quantiles, "histogram": bins,
        "influences": matters, "lines": every, "samples": options.samples, "seed": options.seed,
        "depth": structure.depth, "leaves": structure.leaves, "exact": model.exact(target).is_some(),
    });
    let mut out = format!("{} = {} {unit} (90 %: {} to {})\n", line.name, short(answer.at(0.5)), short(answer.at(0.05)), short(answer.at(0.95)));
    if !answer.histogram.is_empty() {
        let most = answer.histogram.iter().map(|b| b.share).fold(0.0, f64::max);
        for bin in &answer.histogram {
            let bar = "█".repeat((bin.share / most * 40.0).round() as usize);
            let _ = writeln!(out, "{:>10} {bar}", short(bin.low));
        }
        let _ = writeln!(out, "\nWhat it hangs on:");
        for i in influences.iter().take(10) {
            let family = model.leaves()[i.leaf].distribution.family();
            let name = format!("{} ({family})", named(i.leaf));
            let _ = writeln!(
                out,
                "  {name:<32} {:>4.0} %   alone it moves the answer from {} to {}; knowing it would take {:.0} % of the doubt",
                i.share * 100.0,
                short(i.tornado.0),
                short(i.tornado.1),
                i.knowing * 100.0
            );
        }
    }
    let _ = writeln!(out, "\nThe model:");
    for (at, depth) in model.tree(target) {
        let (l, s) = (&model.lines()[at], results.summary(at));
        let range = if s.sd > 0.0 { format!(" ({} to {})", short(s.at(0.05)), short(s.at(0.95))) } else { String::new() };
        let note = l.note.as_ref().map_or(String::new(), |n| format!("  -- {n}"));
        let _ = writeln!(out, "  {}{} = {} {}{range}{note}", "  ".repeat(depth), l.name, short(s.at(0.5)), l.unit);
    }
    place.say(&told, out.trim_end())
}

/// Find out why a measure changed: a CSV file of rows with dimensions.
#[derive(Args)]
pub struct RootCause {
    file: PathBuf,
    /// Column of times; without it the columns are X_before and X_after.
    #[arg(long)]
    time: Option<String>,
    /// The time that is asked about; the last one when left out.
    #[arg(long)]
    at: Option<String>,
    /// `count`, a column to be summed, or `a/b` for a ratio of two.
    #[arg(long, default_value = "count")]
    measure: String,
    /// How many slices are told.
    #[arg(long, default_value_t = 5)]
    most: usize,
}

pub(super) fn root_cause(place: &Place, options: &RootCause) -> Result<(), String> {
    let file = BufReader::new(File::open(&options.file).map_err(|e| format!("{}: {e}", options.file.display()))?);
    let times = options.time.as_ref().map(|column| Times { column: column.clone(), at: options.at.clone() });
    let at_file = |wrong: rootcause::Wrong| format!("{}: {wrong}", options.file.display());
    let cube = rootcause::table::read(file, &Measure::parse(&options.measure), times.as_ref()).map_err(at_file)?;
    let report = localise(&cube, Depth { most: options.most.max(3), ..Depth::default() }).map_err(at_file)?;
    let told = |c: &rootcause::scan::Cause| json!({ "slice": c.slice.0, "now": c.now, "expected": c.expected, "score": c.score, "power": c.power, "surprise": c.surprise });
    let verdict = match report.verdict {
        Verdict::Nothing => "Nothing stands out against the usual noise.",
        Verdict::One => "One slice explains most of it.",
        Verdict::Several => "Several values explain it together.",
        Verdict::NoSingle => "There is no single cause: no slice explains most of it and leaves the rest as it was.",
    };
    let splits: Vec<(String, split::Split)> =
        cube.dimensions.iter().filter_map(|d| split::along(&cube, &d.name).ok().map(|split| (d.name.clone(), split))).collect();
    let paradoxes: Vec<&String> = splits.iter().filter_map(|(_, s)| s.simpson.as_ref()).collect();
    let answer = json!({
        "verdict": verdict, "rose": report.rose, "now": report.now, "expected": report.expected, "noise": report.noise, "together": report.together,
        "ranked": report.ranked.iter().take(options.most.max(report.together)).map(told).collect::<Vec<_>>(), "apart": report.apart.iter().map(told).collect::<Vec<_>>(),
        "slices": report.slices, "cells": cube.cells(), "dimensions_of_a_slice": report.looked, "simpson": paradoxes,
        "splits": splits.iter().map(|(name, s)| json!({ "dimension": name, "before": s.before, "after": s.after, "rate": s.rate(), "mix": s.mix(), "parts": s.parts.iter().take(5).map(|p| json!([p.value, p.rate, p.mix])).collect::<Vec<_>>() })).collect::<Vec<_>>(),
    });
    let mut out = format!(
        "{} {} instead of the expected {}.\n{verdict}\n",
        if report.rose { "It rose:" } else { "It fell:" },
        short(report.now),
        short(report.expected)
    );
    for (at, cause) in report.ranked.iter().take(options.most.max(report.together)).enumerate() {
        let with = if report.together > 1 && at < report.together { " (one of those together)" } else { "" };
        let _ = writeln!(out, "{:>3}. {}{with}", at + 1, cause.sentence());
    }
    if report.apart.len() > 1 {
        let _ = writeln!(out, "One after another, each with the ones before taken as given:");
        for cause in &report.apart {
            let _ = writeln!(out, "   - {}", cause.sentence());
        }
    }
    if report.ranked.is_empty() {
        let _ = writeln!(out, "No slice moved that way.");
    }
    for paradox in &paradoxes {
        let _ = writeln!(out, "{paradox}");
    }
    let _ = write!(out, "{} slices of {} cells were looked at; a score below {} says nothing.", report.slices, cube.cells(), short(report.noise));
    place.say(&answer, &out)
}

/// Forecast from what was finished: a CSV file with a column of dates.
#[derive(Args)]
pub struct Forecast {
    file: PathBuf,
    /// Column with the day each item was finished.
    #[arg(long, default_value = "finished")]
    finished: String,
    /// Column with the day work on it began.
    #[arg(long)]
    started: Option<String>,
    /// Column with its size; without it items are counted.
    #[arg(long)]
    size: Option<String>,
    /// When are so many items (or so much size) done?
    #[arg(long)]
    items: Option<u32>,
    /// How much is done by this day?
    #[arg(long)]
    by: Option<String>,
    /// The last day that has passed; that of the last finished item when left out.
    #[arg(long)]
    today: Option<String>,
    /// Days of the past that count.
    #[arg(long, default_value_t = 182)]
    window: i32,
    /// Work that is added each week.
    #[arg(long, default_value_t = 0.0)]
    growth: f64,
    /// Saturdays and Sundays are worked on, too.
    #[arg(long)]
    every_day: bool,
    /// Days off, with commas.
    #[arg(long, value_delimiter = ',')]
    off: Vec<String>,
    #[arg(long, default_value_t = 10_000)]
    trials: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) fn forecast(place: &Place, options: &Forecast) -> Result<(), String> {
    let at_file = |wrong: String| format!("{}: {wrong}", options.file.display());
    let history = read_history(options).map_err(at_file)?;
    let Some(last) = history.items().last().map(|i| i.on) else { return Err(at_file("no item has been finished".into())) };
    let off: BTreeSet<i32> = options.off.iter().map(|d| day(d)).collect::<Result<_, _>>()?;
    let calendar = Calendar { off, ..if options.every_day { Calendar::every_day() } else { Calendar::weekdays() } };
    let today = options.today.as_deref().map(day).transpose()?.unwrap_or(last);
    let settings =
        simulate::Settings { today, window: options.window, trials: options.trials, seed: options.seed, growth: options.growth, doubt: true };
    let team = Team { history, calendar };
    let mut out = format!("{} items finished up to {}.\n", team.history.between(i32::MIN, today).len(), date(last));
    let mut answer = json!({ "finished": team.history.items().len(), "today": date(today), "sure": SURE });
    if options.items.is_none() && options.by.is_none() {
        return Err("say what is asked: --items N (when?) or --by DAY (how much?)".into());
    }
    if let Some(items) = options.items {
        let backlog: Vec<(usize, f64)> = match options.size {
            Some(_) => vec![(0, f64::from(items))],
            None => vec![(0, 1.0); items.min(100_000) as usize],
        };
        let found = simulate::when(std::slice::from_ref(&team), &backlog, &settings).map_err(|w| at_file(w.0))?;
        let days = found.percentiles.last().copied().unwrap_or_default().map(|d| d.map(date));
        answer["when"] = json!(days);
        let _ = writeln!(out, "{items} more {} done:", if options.size.is_some() { "of size are" } else { "items are" });
        for (share, day) in SURE.iter().zip(&days) {
            let _ = writeln!(out, "  {:>3.0} % sure by {}", share * 100.0, day.as_deref().unwrap_or("no day within twenty years"));
        }
    }
    if let Some(by) = &options.by {
        let found = simulate::how_much(std::slice::from_ref(&team), day(by)?, &settings).map_err(|w| at_file(w.0))?;
        answer["how_much"] = json!(found.percentiles);
        let _ = writeln!(out, "By {by}:");
        for (share, amount) in SURE.iter().zip(found.percentiles) {
            let _ = writeln!(out, "  {:>3.0} % sure of at least {}", share * 100.0, short(amount));
        }
    }
    if let Some(times) = team.history.cycle_times() {
        answer["cycle_times"] = json!(times);
        let _ = writeln!(
            out,
            "From start to finish: half within {} days, 70 % within {}, 85 % within {}, 95 % within {}.",
            times[0], times[1], times[2], times[3]
        );
    }
    match backtest(&team, &settings) {
        Ok(report) => {
            answer["backtest"] = json!({ "cases": report.cases, "held": report.held, "told": report.to_string() });
            let _ = write!(out, "{report}");
        }
        Err(wrong) => {
            let _ = write!(out, "Not tested on this history: {wrong}");
        }
    }
    place.say(&answer, &out)
}

fn read_history(options: &Forecast) -> Result<History, String> {
    let mut reader = csv::Reader::from_path(&options.file).map_err(|e| e.to_string())?;
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let find = |name: &str| {
        header
            .iter()
            .position(|h| h.trim() == name)
            .ok_or_else(|| format!("there is no column {name:?}; there are {}", header.iter().collect::<Vec<_>>().join(", ")))
    };
    let finished = find(&options.finished)?;
    let started = options.started.as_deref().map(find).transpose()?;
    let size = options.size.as_deref().map(find).transpose()?;
    let mut items = vec![];
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|e| e.to_string())?;
        let cell = |at: usize| record.get(at).unwrap_or("").trim();
        // What is not finished has no day yet.
        if cell(finished).is_empty() {
            continue;
        }
        let at_row = |e: String| format!("row {}: {e}", row + 2);
        let on = day(cell(finished)).map_err(at_row)?;
        let began = match started.map(cell) {
            Some(text) if !text.is_empty() => Some(day(text).map_err(at_row)?),
            _ => None,
        };
        let amount = match size.map(cell) {
            Some(text) => text.parse().map_err(|_| at_row(format!("{text:?} is no size")))?,
            None => 1.0,
        };
        items.push(Finished { on, started: began, size: amount });
    }
    History::new(items).map_err(|w| w.0)
}

/// A day, from `2026-11-23` or an instant that begins so, counted from 1970-01-01.
fn day(text: &str) -> Result<i32, String> {
    let date = text.get(..10).unwrap_or(text);
    let end = web::when::end_of(date).ok_or_else(|| format!("{text:?} is no day; write it as 2026-11-23"))?;
    i32::try_from(end.div_euclid(86_400_000)).map_err(|e| e.to_string())
}

fn date(day: i32) -> String {
    web::when::day(i64::from(day) * 86_400_000)
}

/// A number in three figures, as people write it.
fn short(value: f64) -> String {
    let size = value.abs();
    let (scaled, suffix) = match size {
        s if s >= 1e15 => return format!("{value:.2e}"),
        s if s >= 1e12 => (value / 1e12, "T"),
        s if s >= 1e9 => (value / 1e9, "B"),
        s if s >= 1e6 => (value / 1e6, "M"),
        s if s >= 1e4 => (value / 1e3, "k"),
        0.0 => return "0".into(),
        s if s < 0.001 => return format!("{value:.2e}"),
        _ => (value, ""),
    };
    match scaled.abs() {
        s if s >= 100.0 || scaled.fract() == 0.0 => format!("{scaled:.0}{suffix}"),
        s if s >= 10.0 => format!("{scaled:.1}{suffix}"),
        s if s >= 1.0 => format!("{scaled:.2}{suffix}"),
        _ => format!("{scaled:.3}{suffix}"),
    }
}
