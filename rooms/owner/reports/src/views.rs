//! Markup of the forecast.

use crate::{
    rows::{Asked, BACK},
    what_if_view,
    work::{Forecast, TRIALS},
};
use kernel::Scope;
use web::{
    Markup,
    app::Worked,
    chart::{Across, Chart, Dots, Plot, Series, Tone},
    date, empty, html, product_path, select, several,
    telling::percent,
    when,
};

/// Which two of the four percentiles are drawn and told first.
const TOLD: [f64; 2] = [0.5, 0.85];
/// Trials that ended later than this share of all are not drawn: a few go on for years.
const DRAWN: f64 = 0.99;
const DAY: i64 = 86_400_000;

pub(crate) fn page(scope: &Scope, asked: &Asked, worked: Option<&Worked<Forecast>>) -> Markup {
    html! {
        (choice(scope, asked))
        @match worked {
            None => { (nothing(asked)) }
            Some(Worked::Failed(why)) => { (empty("calendar", "Nothing can be told yet", why, html! {})) }
            Some(Worked::Under { name, share }) => { (web::under_way(scope, name, &format!("Trying out {} ways that it may go", TRIALS_TOLD), *share)) }
            Some(Worked::Done(forecast)) => { (answer(scope, asked, forecast)) (what_if_view::sure(scope, asked, forecast)) (ends(scope, asked, forecast).view()) }
        }
        @if !asked.lately.is_empty() {
            section { h2 { "What it rests on" } div.columns-2 { (weeks(scope, asked).view()) (times(scope, asked).view()) } }
        }
        @if let Some(Worked::Done(forecast)) = worked { (how(scope, asked, forecast)) }
    }
}

const TRIALS_TOLD: &str = "100,000";
const _: () = assert!(TRIALS == 100_000, "as it is told");

/// What is asked about.
fn choice(scope: &Scope, asked: &Asked) -> Markup {
    let mut all = vec![(String::new(), "The whole backlog".to_owned())];
    all.extend(asked.features.iter().map(|(number, title)| (number.to_string(), title.clone())));
    let chosen = asked.feature.as_ref().map(|(number, _)| number.to_string()).unwrap_or_default();
    if let Some((number, title)) = asked.feature.as_ref().filter(|(number, _)| !asked.features.iter().any(|(other, _)| other == number)) {
        all.push((number.to_string(), title.clone()));
    }
    let (more, by) = what_if_view::typed(asked);
    html! { form.filters.asked method="get" {
        (select("feature", "When is this done?", &all, &chosen))
        label.field { span { "What if more or fewer stories" } input.short type="number" name="more" value=(more) step="1" min="-10000" max="10000" placeholder="0"; }
        label.field { span { "How many by" } input type="date" name="by" value=(by); }
        button type="submit" { "Show" }
        a.button href={ (product_path(scope)) "/forecast/features" } { "Each feature with its days" }
    } }
}

fn nothing(asked: &Asked) -> Markup {
    match &asked.feature {
        _ if asked.read.as_it_is.is_some() => empty(
            "calendar",
            "Without so many stories nothing is left to do",
            "Take fewer of them away, and this page says when the rest is likely to be done.",
            html! { a.button href="forecast" { "Back to the backlog as it is" } },
        ),
        Some((number, title)) => empty(
            "calendar",
            &format!("Nothing of “{title}” is left to do"),
            "A forecast counts the stories of a feature that are not accepted yet. This one has none.",
            html! { a.button href={ "roadmap?open=" (number) } { "Look at the feature" } },
        ),
        None => empty(
            "calendar",
            "The backlog is empty",
            "Once there are stories in it, and ten have been accepted, this page says when the rest is likely to be done.",
            html! { a.button href="backlog" { "Write a story" } },
        ),
    }
}

pub(crate) fn told_day(scope: &Scope, day: i32) -> String {
    date(scope, &when::day(i64::from(day) * DAY))
}

/// The answer in a sentence: never a lone day.
fn answer(scope: &Scope, asked: &Asked, forecast: &Forecast) -> Markup {
    let by = |share: f64| forecast.sure().find(|(sure, _)| *sure == share).and_then(|(_, day)| day);
    html! { div.forecast-answer {
        p.statement { @match &asked.feature { Some((_, title)) => { "“" bdi { (title) } "” is accepted " } None => { "All that stands in the backlog is accepted " } }
            @match (by(TOLD[0]), by(TOLD[1])) {
               (Some(even), Some(sure)) if even == sure => { "by " strong { (told_day(scope, sure)) } " with 85 % certainty; no earlier day is as likely as not." }
                (Some(even), Some(sure)) => { "by " strong { (told_day(scope, sure)) } " with 85 % certainty; as likely as not by " strong { (told_day(scope, even)) } "." }
                (Some(even), None) => { "as likely as not by " strong { (told_day(scope, even)) } "; of any surer day it is too far to tell." }
                (None, _) => { "later than anything can be told of: the record reaches as far ahead as " strong { (told_day(scope, forecast.horizon)) } "." }
            } }
        p.hint { (several(asked.open, "story")) " " (if asked.open == 1 { "is" } else { "are" }) " left"
            @if asked.read.as_it_is.is_none() && asked.read.ahead > asked.open { ", and " (several(asked.read.ahead - asked.open, "other story")) " " (if asked.read.ahead - asked.open == 1 { "stands" } else { "stand" }) " before its last one" } "." }
    } }
}

/// When the trials ended.
pub(crate) fn ends(scope: &Scope, asked: &Asked, forecast: &Forecast) -> Chart {
    let wanted = (TRIALS as f64 * DRAWN) as usize;
    let mut counted = 0;
    let drawn: Vec<(i32, usize)> = forecast
        .ends
        .iter()
        .map_while(|(day, n)| {
            let before = counted;
            counted += n;
            (before < wanted).then_some((*day, *n))
        })
        .collect();
    let (first, last) = (drawn.first().map_or(asked.read.today, |(day, _)| *day), drawn.last().map_or(asked.read.today, |(day, _)| *day));
    let edges = bands(first, last);
    let share =
        |from: i32, to: i32| drawn.iter().filter(|(day, _)| (from..to).contains(day)).map(|(_, n)| n).sum::<usize>() as f64 / TRIALS as f64 * 100.0;
    let values: Vec<f64> = edges.windows(2).map(|pair| (share(pair[0], pair[1]) * 10.0).round() / 10.0).collect();
    let sure = |share: f64| forecast.sure().find(|(sure, _)| *sure == share).and_then(|(_, day)| day);
    let tone = |from: i32| if sure(TOLD[1]).is_some_and(|day| from <= day) { Tone::Main } else { Tone::Quiet };
    let tones = edges.windows(2).map(|pair| tone(pair[0])).collect();
    let across = Across::Bands { edges: edges.iter().map(|day| f64::from(*day)).collect(), today: Some(asked.read.today) };
    let mut plot = Plot::new(across, "Share of trials, %").with(Series::bars("Share of trials, %", &values).tones(tones));
    // Where both fall on the same day, the surer one says it.
    let days: Vec<(f64, i32)> = TOLD.iter().filter_map(|share| sure(*share).map(|day| (*share, day))).collect();
    let days: Vec<(f64, i32)> = days.iter().filter(|(share, day)| !days.iter().any(|(surer, same)| surer > share && same == day)).copied().collect();
    for (share, day) in &days {
        plot = plot.rule(f64::from(*day) + 1.0, format!("{} by {}", percent(*share), told_day(scope, *day)));
    }
    let told = days.iter().map(|(share, day)| format!("{} of them by {}", percent(*share), told_day(scope, *day))).collect::<Vec<_>>().join(", ");
    let address = what_if_view::address(asked);
    Chart::of("When it is done, in each of 100,000 trials", plot)
        .told(if told.is_empty() { "Most trials go on for longer than can be told.".to_owned() } else { format!("Done in {told}.") })
        .taken_from(format!("{}/forecast/ends{address}", product_path(scope)))
}

/// Days, weeks, four weeks or quarters, so that there are neither too few bars nor too many; weeks begin on Monday.
fn bands(first: i32, last: i32) -> Vec<i32> {
    let wide = [1, 7, 28, 91, 364].into_iter().find(|wide| (last - first) / wide < 45).unwrap_or(728);
    let from = if wide == 1 { first } else { first - (first + 3).rem_euclid(7) };
    (0..=(last - from) / wide + 1).map(|n| from + n * wide).collect()
}

/// How many stories were accepted in each week.
pub(crate) fn weeks(scope: &Scope, asked: &Asked) -> Chart {
    let monday = |day: i32| day - (day + 3).rem_euclid(7);
    let first = monday(asked.lately.first().map_or(asked.read.today, |a| a.on).max(asked.read.today - BACK));
    let edges: Vec<i32> = (0..).map(|n| first + n * 7).take_while(|day| *day <= monday(asked.read.today) + 7).collect();
    let count = |from: i32, to: i32| asked.lately.iter().filter(|a| (from..to).contains(&a.on)).count() as f64;
    let values: Vec<f64> = edges.windows(2).map(|pair| count(pair[0], pair[1])).collect();
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let across = Across::Bands { edges: edges.iter().map(|day| f64::from(*day)).collect(), today: Some(asked.read.today) };
    Chart::of("Accepted each week", Plot::new(across, "Stories").with(Series::bars("Stories", &values)))
        .told(format!(
            "{} in {}, {} a week.",
            several(asked.lately.len(), "story"),
            several(values.len(), "week"),
            web::telling::figure((mean * 10.0).round() / 10.0)
        ))
        .taken_from(format!("{}/forecast/weeks", product_path(scope)))
}

/// How long stories took from the start of work until they were accepted.
pub(crate) fn times(scope: &Scope, asked: &Asked) -> Chart {
    let took = |a: &crate::rows::Accepted| {
        a.started.map(|started| (f64::from(a.on), f64::from(a.on - started + 1), format!("{} {}", scope.key(a.number), a.title)))
    };
    let dots: Vec<_> = asked.lately.iter().filter_map(took).collect();
    let dots = Dots::new("Accepted", "Days", dots).by_day(asked.read.today).percentiles(&TOLD);
    let days = |days: f64| several(days as i64, "day");
    let told = match dots.lines()[..] {
        [(_, half), (_, most)] if half < most => format!("Each dot is a story. Half took at most {}, 85 % at most {}.", days(half), days(most)),
        [.., (_, most)] => format!("Each dot is a story. 85 % took at most {}.", days(most)),
        [] => "Of no story it is known when work began.".to_owned(),
    };
    Chart::of("From start to acceptance", dots).told(told).taken_from(format!("{}/forecast/times", product_path(scope)))
}

/// How it was worked out, and what such forecasts were worth.
fn how(scope: &Scope, asked: &Asked, forecast: &Forecast) -> Markup {
    html! { details.more.prose { summary { "How this is worked out" }
        p { "In each of " (TRIALS_TOLD) " trials working days are drawn from the last half year, in stretches of a week, until " (several(asked.read.ahead, "story")) " more would have been accepted: those under way first, then in the order of the backlog. Stories are counted, not points; Saturdays and Sundays are free." }
        @if let Some(rhythm) = &forecast.rhythm { p { "Stories are accepted " (rhythm) ", so that is when answers fall." } }
        p { "Nothing is told of days after " (told_day(scope, forecast.horizon)) ", three times as far ahead as the record is long." }
        @for line in forecast.held.lines() { p { (line) } }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_wide_as_needed() {
        assert_eq!(bands(20_000, 20_003), [20_000, 20_001, 20_002, 20_003, 20_004]);
        let weeks = bands(20_000, 20_200);
        assert!(weeks.windows(2).all(|pair| pair[1] - pair[0] == 7) && (weeks[0] + 3) % 7 == 0, "{weeks:?}");
        for span in [0, 1, 44, 45, 400, 7_000] {
            let bands = bands(20_000, 20_000 + span);
            assert!(bands[0] <= 20_000 && bands[bands.len() - 1] > 20_000 + span && bands.len() < 48, "{span}: {bands:?}");
        }
    }
}
