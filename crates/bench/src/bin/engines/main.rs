//! Measures the engines: how right on data whose truth is known, and how fast.
//! `engines [FOLDER]`: the folder of shared data (fermi, rootcause, github, feedback); without it only what needs none.
//! `engines --models`: prints the models of the estimate benchmark, for another engine to run.

mod rooms;

use forecast::{
    backtest::backtest,
    calendar::Calendar,
    history::{Finished, History},
    simulate::{Settings, Team, when},
};
use rand_pcg::{Pcg64Mcg, rand_core::Rng};
use reading::table::{Rows, Table};
use rootcause::{
    scan::{Depth, localise},
    table::{Measure, Times},
};
use serde_json::Value;
use similarity::{Index, LIKELY};
use std::{fs::File, io::BufReader, path::Path, time::Instant};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let folder = std::env::args().nth(1);
    if folder.as_deref() == Some("--models") {
        println!("{}", serde_json::json!(models()));
        return;
    }
    let folder = folder.as_deref().map(Path::new);
    estimate_speed();
    if let Some(data) = folder {
        fermi(&data.join("fermi"));
        incidents(&data.join("rootcause"));
    }
    large_cube();
    practice_cases();
    forecast_speed();
    rooms::chart_speed();
    if let Some(data) = folder {
        closings(&data.join("github/rails-issues.json"));
    }
    scoring_speed();
    rooms::draft_speed();
    if let Some(data) = folder {
        duplicates(&data.join("feedback/app-reviews.csv"));
    }
}

/// The fastest of some runs, in milliseconds.
fn fastest(runs: usize, mut work: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

fn random(seed: u128) -> impl FnMut(u64) -> u64 {
    let mut generator = Pcg64Mcg::new(seed * 2 + 1);
    move |below| ((u128::from(generator.next_u64()) * u128::from(below)) >> 64) as u64
}

/// Ten models of fifty lines, half ranges and half formulas over lines before them.
fn models() -> Vec<String> {
    (0..10)
        .map(|seed| {
            let mut draw = random(seed + 7);
            let mut lines: Vec<String> = (0..25).map(|i| format!("a{i} = {} to {}", 1 + draw(9), 11 + draw(40))).collect();
            for i in 25..50 {
                let (x, y, z) = (draw(i), draw(i), draw(25));
                let op = ["*", "+", "*", "/", "+"][draw(5) as usize];
                // Sums are brought back to size, so that fifty lines of products stay finite.
                lines.push(format!("a{i} = (a{x} {op} a{y}) / (a{z} + 10)"));
            }
            lines.join("\n")
        })
        .collect()
}

fn estimate_speed() {
    let parsed: Vec<estimate::Model> = models().iter().map(|text| estimate::Model::parse(text).unwrap()).collect();
    let settings = estimate::Settings { samples: 10_000, seed: 1 };
    let ms = fastest(20, || parsed.iter().for_each(|model| assert!(model.run(settings).unwrap().model.lines().len() == 50))) / parsed.len() as f64;
    println!("estimate: 50 lines x 10,000 samples in {ms:.2} ms");
}

/// A program over questions as lines of a model: `Q1 -> A1 | F1`, `Q3 -> Mul (Q1, Q2)`, `P: Div (Q3, Q4)`.
fn translated(program: &str) -> Option<String> {
    let mut lines = vec![];
    for part in program.split('=').map(str::trim) {
        if let Some((name, text)) = part.split_once(':').filter(|(name, _)| name.starts_with('A')) {
            lines.push(format!("{name} = {}", quantity(text)));
        } else if let Some(text) = part.strip_prefix("P:") {
            let alone = text.split('|').next()?.trim().to_owned();
            lines.push(format!("P_ = {}", call(text).unwrap_or(alone)));
        } else if let Some((name, text)) = part.split_once("->") {
            let text = text.split('|').next()?.trim();
            if name.trim().starts_with('Q') {
                lines.push(format!("{} = {}", name.trim(), call(text).unwrap_or(text.to_owned())));
            }
        }
    }
    Some(lines.join("\n"))
}

/// A quantity as the data write it: powers with `**`, inches as `in`, which is a word of the language.
fn quantity(text: &str) -> String {
    let text = text.trim().trim_end_matches('.').replace(" ** ", "^").replace("**", "^");
    let mut words: Vec<String> = vec![];
    let mut word = String::new();
    for c in text.chars() {
        match c.is_alphabetic() {
            true => word.push(c),
            false => {
                words.push(std::mem::take(&mut word));
                words.push(c.to_string());
            }
        }
    }
    words.push(word);
    words.iter().map(|w| if w == "in" { "inch" } else { w.as_str() }).collect()
}

/// `Mul (Q1, Q2)` as `Q1 * Q2`.
fn call(text: &str) -> Option<String> {
    let (name, rest) = text.trim().split_once('(')?;
    let args: Vec<&str> = rest.trim_end().trim_end_matches(')').split(',').map(str::trim).collect();
    let joined = |sign: &str| args.join(sign);
    Some(match (name.trim(), args.len()) {
        ("Mul", _) => joined(" * "),
        ("Div", 2) => joined(" / "),
        ("Add", _) => joined(" + "),
        ("Sub", 2) => joined(" - "),
        ("Pow", 2) => joined(" ^ "),
        ("Min", _) => format!("min({})", joined(", ")),
        ("Log", 1) => format!("ln({})", args[0]),
        _ => return None,
    })
}

fn fermi(folder: &Path) {
    let (mut all, mut ran, mut reproduced) = (0, 0, 0);
    let mut misses = vec![];
    for name in ["train_realfp.json", "val_realfp.json"] {
        let Ok(file) = File::open(folder.join(name)) else { continue };
        let questions: Vec<Value> = serde_json::from_reader(BufReader::new(file)).unwrap();
        for question in &questions {
            all += 1;
            let text = |key: &str| question[key].as_str().unwrap_or("").to_owned();
            let answer = quantity(&text("answer"));
            let source = translated(&text("program")).unwrap_or_default();
            let run = |source: &str, line: &str| {
                let model = estimate::Model::parse(source).map_err(|e| e.to_string())?;
                let line = model.line(line).ok_or("no answer")?;
                let shown = model.run(estimate::Settings { samples: 100, seed: 1 }).map_err(|e| e.to_string())?.summary(line).mean;
                let unit = &model.lines()[line].unit;
                Ok::<_, String>((shown, shown * unit.scale(), unit.dimensions()))
            };
            match (run(&source, "P_"), run(&format!("x = {answer}"), "x")) {
                (Ok((shown, base, dimensions)), Ok((wanted, wanted_base, wanted_dimensions))) => {
                    ran += 1;
                    let near = |a: f64, b: f64| a == b || (a / b).abs().log10().abs() < 1.1_f64.log10();
                    // Answers often leave the unit out, or name it otherwise.
                    if (dimensions == wanted_dimensions && near(base, wanted_base)) || near(shown, wanted) || near(base, wanted) {
                        reproduced += 1;
                    } else {
                        misses.push(format!("{} | gave {shown} where {answer} was stated", source.replace('\n', "; ")));
                    }
                }
                (Err(e), _) | (_, Err(e)) => misses.push(format!("{} = {answer} | {e}", source.replace('\n', "; "))),
            }
        }
    }
    println!(
        "estimate: {ran} of {all} Fermi programs run, {reproduced} ({:.1} %) reproduce their answer within a factor of 1.1",
        f64::from(reproduced) * 100.0 / f64::from(all.max(1))
    );
    for miss in misses {
        println!("    {miss}");
    }
}

fn incidents(folder: &Path) {
    let Ok(file) = File::open(folder.join("labels.json")) else { return };
    let labels: Vec<Value> = serde_json::from_reader(BufReader::new(file)).unwrap();
    let mut hits = [0_usize; 3];
    let mut took = vec![];
    for label in &labels {
        let path = folder.join(label["file"].as_str().unwrap());
        let file = std::fs::read(&path).unwrap();
        let header = Rows::new(std::str::from_utf8(&file).unwrap()).and_then(|mut rows| rows.header()).unwrap()[0].clone();
        let causes = label["cause"].as_array().cloned().unwrap_or_else(|| vec![label["cause"].clone()]);
        let start = Instant::now();
        let times = Times { column: header, at: Some(label["timestamp"].to_string()) };
        let cube = rootcause::table::read(&std::fs::read(&path).unwrap(), &Measure::parse("value/cnt"), Some(&times), None).unwrap().cube;
        let report = localise(&cube, Depth::default()).unwrap();
        took.push(start.elapsed().as_secs_f64() * 1000.0);
        let is = |slice: &rootcause::cube::Slice, cause: &Value| {
            let cause = cause.as_object().unwrap();
            slice.0.len() == cause.len() && slice.0.iter().all(|(d, v)| cause.get(d).is_some_and(|c| c.to_string().trim_matches('"') == v))
        };
        let place = report.ranked.iter().position(|c| causes.iter().any(|cause| is(&c.slice, cause))).unwrap_or(99);
        for (hit, within) in hits.iter_mut().zip([1, 3, 5]) {
            *hit += usize::from(place < within);
        }
    }
    took.sort_by(f64::total_cmp);
    let share = |n: usize| n as f64 / labels.len() as f64;
    println!(
        "rootcause: {} incidents, hit@1 {:.3}, hit@3 {:.3}, hit@5 {:.3}; median {:.1} ms each with reading",
        labels.len(),
        share(hits[0]),
        share(hits[1]),
        share(hits[2]),
        took[took.len() / 2]
    );
}

fn large_cube() {
    let mut text = String::from("country,device,version,channel,plan,a_before,a_after,b_before,b_after\n");
    let mut draw = random(5);
    for row in 0..1_000_000_u64 {
        // Mixed radix, so that every row is a leaf of its own.
        let (country, device, version, channel, plan) = (row % 100, row / 100 % 20, row / 2000 % 50, row / 100_000 % 5, row / 500_000 % 2);
        let bad = 1 + draw(4);
        let worse = if country == 7 && device == 3 { bad * 4 } else { 1 + draw(4) };
        text += &format!("c{country},d{device},v{version},h{channel},p{plan},{bad},{worse},50,50\n");
    }
    let before = memory();
    let start = Instant::now();
    let cube = rootcause::table::read(text.as_bytes(), &Measure::parse("a/b"), None, None).unwrap().cube;
    let read = start.elapsed().as_secs_f64();
    let report = localise(&cube, Depth::default()).unwrap();
    println!(
        "rootcause: {} leaf rows in {:.2} s ({read:.2} s of it reading), {:.0} MiB; found {}",
        cube.cells(),
        start.elapsed().as_secs_f64(),
        memory() - before,
        report.ranked[0].slice
    );
}

/// The most memory this process has had, in MiB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn forecast_speed() {
    let mut draw = random(3);
    let finished = (0..180).flat_map(|day| (0..draw(3)).map(move |_| Finished::on(day)).collect::<Vec<_>>()).collect();
    let team = [Team { history: History::new(finished).unwrap(), calendar: Calendar::weekdays() }];
    let ms = fastest(20, || assert!(when(&team, &vec![(0, 1.0); 100], &Settings::at(180)).unwrap().ends.len() == 10_000));
    println!("forecast: 100 items x 10,000 trials in {ms:.1} ms");
}

fn closings(file: &Path) {
    let Ok(file) = File::open(file) else { return };
    let entries: Vec<Value> = serde_json::from_reader(BufReader::new(file)).unwrap();
    let first = |text: &str| text.get(..10).and_then(web::when::end_of).map(|end| end.div_euclid(86_400_000) as i32);
    let finished: Vec<Finished> = entries.iter().filter_map(|e| first(e["closed_at"].as_str()?)).map(Finished::on).collect();
    let team = Team { history: History::new(finished).unwrap(), calendar: Calendar::every_day() };
    let report = backtest(&team, &Settings::at(team.history.items().last().map_or(0, |i| i.on))).unwrap();
    println!("forecast: {} closing dates: {report}", team.history.items().len());
}

fn scoring_speed() {
    use scoring::{
        method::Method,
        ranges::{Quantity, compare},
    };
    let mut draw = random(9);
    let mut range = |most: u64| {
        let low = 1.0 + draw(most) as f64;
        Quantity::range(low, low * 3.0).unwrap()
    };
    let items: Vec<Vec<Quantity>> = (0..200).map(|_| vec![range(1000), range(3), range(10), range(12)]).collect();
    let ms = fastest(5, || assert!(compare(&Method::Rice, &items, 10_000, 1).unwrap().sureness().len() == 199));
    println!("scoring: 200 items x 10,000 samples in {ms:.0} ms");
    rooms::reveal_speed();
}

fn practice_cases() {
    use rootcause::case::{Player, Practice};
    let cases: Vec<Practice> = (0..100).map(|seed| Practice::draw(seed, (seed % 5) as u8 + 1)).collect();
    let fine = cases.iter().filter(|case| case.is_fair()).count();
    let queries = |player: Player| {
        let mut used: Vec<usize> = cases.iter().map(|case| case.play(player, 500).len()).collect();
        used.sort_unstable();
        used[used.len() / 2]
    };
    println!(
        "rootcause: {fine} of {} invented cases have one answer; a structured player asks {} questions (median), a random one {}",
        cases.len(),
        queries(Player::Structured),
        queries(Player::Random)
    );
}

fn duplicates(file: &Path) {
    let Ok(table) = std::fs::read(file).map(|bytes| Table::of(&bytes).unwrap()) else { return };
    let mut texts: Vec<String> = table.column(1).map(str::to_owned).filter(|t| t.split_whitespace().count() >= 8).collect();
    texts.sort();
    texts.dedup();
    texts.truncate(2500);
    // Every fifth text is told again in other words: a quarter of its words left out, two halves swapped, every
    // seventh word misspelled.
    let mut draw = random(11);
    let mut index = Index::default();
    let mut pairs = 0;
    let spoilt = |draw: &mut dyn FnMut(u64) -> u64, text: &str| {
        let mut words: Vec<String> = text.split_whitespace().filter(|_| draw(4) > 0).map(str::to_owned).collect();
        let half = words.len() / 2;
        words.rotate_left(half);
        for word in words.iter_mut().filter(|w| w.is_ascii() && w.len() > 3) {
            if draw(7) == 0 {
                word.remove(draw(word.len() as u64 - 1) as usize + 1);
            }
        }
        words.join(" ")
    };
    for (id, text) in texts.iter().enumerate() {
        index.add(id as u64, text);
        if id % 5 == 0 {
            index.add(1_000_000 + id as u64, &spoilt(&mut draw, text));
            pairs += 1;
        }
    }
    let found = index.pairs(LIKELY);
    let right = found.iter().filter(|(a, b, _)| a.abs_diff(*b) == 1_000_000).count();
    println!(
        "similarity: of {pairs} texts told again among {} reviews, recall {:.3}, precision {:.3} at {LIKELY}",
        index.len(),
        right as f64 / f64::from(pairs),
        right as f64 / found.len().max(1) as f64
    );
    let mut many = Index::default();
    let long: Vec<String> = (0..10_000)
        .map(|i| {
            let mut text = String::new();
            while text.len() < 200 {
                let from = &texts[(draw(texts.len() as u64)) as usize];
                text.extend(from.chars().take(70));
                text.push(' ');
            }
            text.truncate(text.char_indices().nth(200).map_or(text.len(), |(at, _)| at));
            format!("{text}{i}")
        })
        .collect();
    let start = Instant::now();
    long.iter().enumerate().for_each(|(id, text)| many.add(id as u64, text));
    let pairs = many.pairs(LIKELY).len();
    let all = start.elapsed().as_secs_f64();
    let one = fastest(50, || {
        many.add(99_999, &long[5]);
        assert!(!many.like(&long[5], 5).is_empty());
    });
    println!("similarity: 10,000 texts of 200 characters in {all:.2} s ({pairs} pairs); adding and asking one in {one:.2} ms");
}
