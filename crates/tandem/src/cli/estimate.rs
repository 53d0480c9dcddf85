//! `tandem estimate`: a model from a file, as a report.

use super::{Place, short};
use clap::Args;
use estimate::{Model, SHARES, Settings};
use kernel::{Json, json};
use std::{fmt::Write, path::PathBuf};

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
    let mut out = format!("{} = {}", line.name, with_unit(&model, target, answer.at(0.5)));
    if answer.sd > 0.0 {
        let _ = write!(out, " (90 %: {} to {})", short(answer.at(0.05)), short(answer.at(0.95)));
    }
    out.push('\n');
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
        let _ = writeln!(out, "  {}{} = {}{range}{note}", "  ".repeat(depth), l.name, with_unit(&model, at, s.at(0.5)));
    }
    place.say(&told, out.trim_end())
}

/// An amount of a line: “1 story”, “6 stories”.
fn with_unit(model: &Model, line: usize, amount: f64) -> String {
    format!("{} {}", short(amount), model.unit_of(line, amount)).trim_end().into()
}
