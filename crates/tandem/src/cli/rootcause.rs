//! `tandem rootcause`: why a measure in a file changed.

use super::{Place, history::Marks};
use clap::Args;
use kernel::json;
use rootcause::{
    report::Cause,
    scan::{Depth, localise},
    split,
    table::{Compared, Measure, Times},
};
use std::{fmt::Write, fs, path::PathBuf};

/// Find out why a measure changed: a CSV file of rows with dimensions.
#[derive(Args)]
pub struct RootCause {
    file: PathBuf,
    /// Column of times (days, weeks, months, quarters, numbers, in any form); without it the columns are X_before and X_after.
    #[arg(long)]
    time: Option<String>,
    /// The time that is asked about; the last one when left out.
    #[arg(long)]
    at: Option<String>,
    /// `count`, a column to be summed, or `a/b` for a ratio of two.
    #[arg(long, default_value = "count")]
    measure: String,
    /// What parts decimals, where the file leaves it open.
    #[arg(long, value_enum)]
    decimal: Option<Marks>,
    /// How many slices are told.
    #[arg(long, default_value_t = 5)]
    most: usize,
}

pub(super) fn root_cause(place: &Place, options: &RootCause) -> Result<(), String> {
    let file = fs::read(&options.file).map_err(|e| format!("{}: {e}", options.file.display()))?;
    let times = options.time.as_ref().map(|column| Times { column: column.clone(), at: options.at.clone() });
    let at_file = |wrong: rootcause::Wrong| format!("{}: {wrong}", options.file.display());
    let measure = Measure::parse(&options.measure);
    let found = rootcause::table::read(&file, &measure, times.as_ref(), options.decimal.map(Into::into)).map_err(at_file)?;
    let cube = found.cube;
    let aside: Vec<String> = found.notes.iter().cloned().chain(found.aside.sentences()).collect();
    let report = localise(&cube, Depth { most: options.most.max(3), ..Depth::default() }).map_err(at_file)?;
    let told = |c: &Cause| json!({ "slice": c.slice.0, "now": c.now, "expected": c.expected, "change": c.change(), "score": c.score, "power": c.power, "share": c.share, "surprise": c.surprise });
    let (headline, verdict) = (report.headline(&measure), report.verdict());
    let splits: Vec<(String, split::Split)> =
        cube.dimensions.iter().filter_map(|d| split::along(&cube, &d.name).ok().map(|split| (d.name.clone(), split))).collect();
    let paradoxes: Vec<&String> = splits.iter().filter_map(|(_, s)| s.simpson.as_ref()).collect();
    let answer = json!({
        "headline": headline, "verdict": verdict, "before": report.whole.0, "after": report.whole.1, "rose": report.rose, "now": report.now, "expected": report.expected, "chance": report.chance, "together": report.together,
        "ranked": report.ranked.iter().take(options.most.max(report.together)).map(told).collect::<Vec<_>>(), "apart": report.apart.iter().map(told).collect::<Vec<_>>(),
        "at": found.compared.as_ref().map(|c| &c.at), "set_aside": aside,
        "slices": report.slices, "cells": cube.cells(), "dimensions_of_a_slice": report.looked, "simpson": paradoxes,
        "splits": splits.iter().map(|(name, s)| json!({ "dimension": name, "before": s.before, "after": s.after, "rate": s.rate(), "mix": s.mix(), "parts": s.parts.iter().take(5).map(|p| json!([p.value, p.rate, p.mix])).collect::<Vec<_>>() })).collect::<Vec<_>>(),
    });
    let mut out = format!("{headline}\n{verdict}\n");
    for line in report.causes(&measure, options.most) {
        let _ = writeln!(out, "{line}");
    }
    // The verdict names the one that explains it.
    for (_, paradox) in splits.iter().filter_map(|(name, s)| Some((name, s.simpson.as_ref()?))).filter(|(name, _)| !report.is_mix_of(name)) {
        let _ = writeln!(out, "{paradox}");
    }
    let _ = write!(out, "{} slices of {} cells were looked at.", report.slices, cube.cells());
    for sentence in &aside {
        let _ = write!(out, "\n{sentence}");
    }
    if let Some(compared) = &found.compared {
        out = format!("{}\n{out}", told_times(compared));
    }
    place.say(&answer, &out)
}

/// Which times are compared.
fn told_times(compared: &Compared) -> String {
    match &compared.with {
        (first, _, 1) => format!("{} compared with {first}.", compared.at),
        (first, last, n) => format!("{} compared with the {n} times before it, {first} to {last}.", compared.at),
    }
}
