//! `tandem forecast`: when and how much, from a file or from a product's own history.

use super::{
    Place,
    exchange::first_owner,
    history::{self, Marks, Past, Turn, date},
    short,
};
use clap::Args;
use forecast::{
    SURE,
    backtest::backtest,
    calendar::Calendar,
    habits::Habits,
    history::{Finished, History},
    pace::{Pace, Trend},
    simulate::{self, Team},
};
use kernel::{Json, json};
use std::{collections::BTreeSet, fmt::Write, path::PathBuf};

/// Forecast from what was finished: a CSV file with a column of dates, or a product's accepted stories.
#[derive(Args)]
pub struct Forecast {
    /// The file; or name a product.
    #[arg(required_unless_present = "product")]
    file: Option<PathBuf>,
    /// Key of a product, whose accepted stories are the history and whose open ones the backlog.
    #[arg(long, conflicts_with = "file")]
    product: Option<String>,
    /// How days such as 4/9/2026 are meant, where no row tells.
    #[arg(long, value_enum)]
    dates: Option<Turn>,
    /// What parts the decimals of sizes, where no row tells.
    #[arg(long, value_enum)]
    decimal: Option<Marks>,
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

pub(super) async fn forecast(place: &Place, options: &Forecast) -> Result<(), String> {
    let name = options.product.clone().or(options.file.as_ref().map(|f| f.display().to_string())).unwrap_or_default();
    let at_file = |wrong: String| format!("{name}: {wrong}");
    let asked = options.today.as_deref().map(day).transpose()?;
    let (past, open) = match (&options.file, &options.product) {
        (Some(file), _) => {
            let columns = history::Columns {
                finished: &options.finished,
                started: options.started.as_deref(),
                size: options.size.as_deref(),
                turn: options.dates,
                decimal: options.decimal,
            };
            let bytes = std::fs::read(file).map_err(|e| at_file(e.to_string()))?;
            (history::read(&bytes, &columns, asked, history::today()).map_err(at_file)?, None)
        }
        (None, Some(product)) => of_product(place, product, asked).await?,
        (None, None) => return Err("name a file or a product".into()),
    };
    let history = past.history;
    let items = options.items.or(if options.by.is_none() { open } else { None });
    let Some(last) = history.items().last().map(|i| i.on) else { return Err(at_file("no item has been finished".into())) };
    let off: BTreeSet<i32> = options.off.iter().map(|d| day(d)).collect::<Result<_, _>>()?;
    let calendar = Calendar { off, ..if options.every_day { Calendar::every_day() } else { Calendar::weekdays() } };
    let today = asked.unwrap_or(last);
    let settings =
        simulate::Settings { today, window: options.window, trials: options.trials, seed: options.seed, growth: options.growth, doubt: true };
    let team = Team { history, calendar };
    let mut out = format!("{} items finished up to {}.\n", team.history.items().len(), date(last));
    for sentence in &past.notes {
        let _ = writeln!(out, "{sentence}");
    }
    let mut answer = json!({ "finished": team.history.items().len(), "today": date(today), "sure": SURE, "set_aside": past.notes });
    told_of_the_past(&team, &settings, &mut out, &mut answer).map_err(|w| at_file(w.0))?;
    let horizon = simulate::horizon(std::slice::from_ref(&team), today);
    let long = (horizon - today) / simulate::TIMES_THE_PAST;
    let too_far = format!("The history is {long} days long; beyond three times that, {}, nothing is said.", date(horizon));
    answer["horizon"] = json!(date(horizon));
    if items.is_none() && options.by.is_none() {
        return Err("say what is asked: --items N (when?) or --by DAY (how much?)".into());
    }
    if let Some(items) = items {
        // Only the last of them is asked about, so they may be one large item.
        let found = simulate::when(std::slice::from_ref(&team), &[(0, f64::from(items))], &settings).map_err(|w| at_file(w.0))?;
        let days = found.percentiles.last().copied().unwrap_or_default().map(|d| d.map(date));
        answer["when"] = json!(days);
        let _ = writeln!(
            out,
            "{items} more {} done:",
            match (options.size.is_some(), items) {
                (true, _) => "of size are",
                (false, 1) => "item is",
                (false, _) => "items are",
            }
        );
        for (share, day) in SURE.iter().zip(&days) {
            let _ = match day {
                Some(day) => writeln!(out, "  {:>3.0} % sure by {day}", share * 100.0),
                None => writeln!(out, "  {:>3.0} % sure: too far to tell", share * 100.0),
            };
        }
        if days.contains(&None) {
            let _ = writeln!(out, "{too_far}");
        }
    }
    if let Some(by) = &options.by {
        let until = day(by)?;
        if until > horizon {
            answer["how_much"] = json!(null);
            let _ = writeln!(out, "By {}: too far to tell. {too_far}", date(until));
        } else {
            let found = simulate::how_much(std::slice::from_ref(&team), until, &settings).map_err(|w| at_file(w.0))?;
            // Items are counted whole: at least 97.8 of them are at least 97.
            let amounts = found.percentiles.map(|amount| if options.size.is_some() { amount } else { amount.floor() });
            answer["how_much"] = json!(amounts);
            let _ = writeln!(out, "By {}:", date(until));
            for (share, amount) in SURE.iter().zip(amounts) {
                let _ = writeln!(out, "  {:>3.0} % sure of at least {}", share * 100.0, short(amount));
            }
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

/// What the history shows: a rhythm, a pace, days that the calendar takes for others.
fn told_of_the_past(team: &Team, settings: &simulate::Settings, out: &mut String, answer: &mut Json) -> Result<(), forecast::Wrong> {
    let rhythm = simulate::rhythm(team, settings)?;
    if let Some(rhythm) = &rhythm {
        let next = rhythm.days(&team.calendar, settings.today + 1, settings.today + 200).first().map(|d| date(*d));
        answer["rhythm"] = json!({ "told": rhythm.to_string(), "reviews": rhythm.reviews, "kept": rhythm.kept, "next": next });
        let next = next.map_or(String::new(), |next| format!(", next on {next}"));
        let _ =
            writeln!(out, "They are finished {rhythm} ({} of the last {} times), so that is when answers fall{next}.", rhythm.kept, rhythm.reviews);
    }
    if let Some(pace) = Pace::of(&team.history, settings.today) {
        let trend = match pace.trend {
            Trend::Steady => "steady",
            Trend::Faster => "faster",
            Trend::Slower => "slower",
        };
        answer["pace"] = json!({ "trend": trend, "first": pace.first, "second": pace.second });
        let _ = writeln!(out, "{pace}");
    }
    if let (None, Some(habits)) = (rhythm, Habits::against_calendar(team, settings.today)) {
        answer["habits"] = json!(habits.to_string());
        let hint = if habits.on_free.0 > 0 { " Say --every-day if these are worked on." } else { "" };
        let _ = writeln!(out, "{habits}{hint}");
    }
    Ok(())
}

/// A product's accepted stories, and how many are still open.
async fn of_product(place: &Place, product: &str, asked: Option<i32>) -> Result<(Past, Option<u32>), String> {
    let app = place.open().await?;
    let visitor = first_owner(&app, product).await?;
    let read = |look: &mut kernel::Look| Ok((acceptance::finished(look)?, acceptance::unfinished(look)?));
    let (finished, open) = app.ask(&visitor, Some(product), read).await.map_err(|e| e.to_string())?;
    let on = |at: i64| i32::try_from(at.div_euclid(86_400_000)).unwrap_or(i32::MAX);
    let items = finished.into_iter().map(|(settled, started)| Finished { on: on(settled), started: started.map(|s| on(s.min(settled))), size: 1.0 });
    let (items, later): (Vec<Finished>, Vec<Finished>) = items.partition(|item| asked.is_none_or(|asked| item.on <= asked));
    let history = History::new(items).map_err(|w| w.0)?;
    let later: Vec<String> = later.iter().map(|item| date(item.on)).collect();
    Ok((Past { history, notes: history::told_later(&later).into_iter().collect() }, u32::try_from(open).ok().filter(|n| *n > 0)))
}

/// A day that is asked about, counted from 1970-01-01.
fn day(text: &str) -> Result<i32, String> {
    reading::dates::one(text).and_then(|when| when.day()).map_err(|why| format!("“{text}” {why}; write it as 2026-11-23"))
}
