//! Markup of two days held against each other, and the chart of how promises drifted.

use crate::{
    compare::{BACK, Became, Between, Comparison, Difference},
    courses::Course,
    model::Horizon,
};
use kernel::{Area, Hat, Scope};
use std::collections::BTreeSet;
use web::{
    Markup, capital,
    chart::{Across, Chart, Plot, Series},
    date, empty, html, input, keyed, may, pill, product_path, several, when,
};

/// The pages of the roadmap, each over the same bets.
pub fn ways(scope: &Scope, here: &str) -> Markup {
    let way = |path: &str, says: &str| html! { a.chip href={ (product_path(scope)) "/" (path) } aria-current=[(path == here).then_some("page")] { (says) } " " };
    html! { nav.chips aria-label="Sights of the roadmap" { (way("roadmap", "Now, Next, Later")) (way("timeline", "Timeline")) (way("outcome-tree", "Outcome tree")) (way("bets", "Side by side")) (way("compare", "Compare two days")) (way("brief", "Briefs")) @if may(scope, Area::Announcements) { (way("audiences", "For audiences")) } } }
}

/// Days that are chosen by one press, each with how far back it looks.
const AGO: [(i64, &str); 4] = [(7, "A week"), (BACK, "30 days"), (91, "A quarter"), (365, "A year")];

fn tone(became: Became) -> &'static str {
    match became {
        Became::Entered | Became::Released | Became::PulledIn => "good",
        Became::Left | Became::Unpromised => "critical",
        Became::Slipped => "warning",
        Became::Reopened | Became::Moved | Became::Promised | Became::Replanned | Became::Rescoped => "neutral",
    }
}

pub(crate) fn page(scope: &Scope, found: &Comparison, drift: Option<&Chart>) -> Markup {
    let today = when::day(scope.now);
    let back = |days: i64| when::days_after(&today, -days);
    html! {
        (ways(scope, "compare"))
        form.row.as-of method="get" {
            (input("date", "from", "From", &found.from)) (input("date", "to", "Until", &found.to)) button type="submit" { "Compare" }
            span.chips { @for (days, says) in AGO { a.chip href={ "?from=" (back(days)) } aria-current=[(found.from == back(days) && found.to == today).then_some("true")] { (says) } } }
        }
        @if found.differences.is_empty() { (empty("history", "Nothing differs", "No bet and no feature entered, left, moved, slipped or changed its scope between these two days.", html! {})) }
        @else {
            p.lead { (told(found)) }
            @for became in Became::ALL { @let of: Vec<&Difference> = found.differences.iter().filter(|d| d.became == *became).collect();
                @if !of.is_empty() { section.compared { h2 { (capital(became.says())) span.quiet { " " (of.len()) } } ul.lines { @for one in of { (line(scope, one)) } } } } }
        }
        @if let Some(drift) = drift { (drift.view()) }
    }
}

/// "3 entered, 1 slipped."
fn told(found: &Comparison) -> String {
    let count = |became: &Became| found.differences.iter().filter(|d| d.became == *became).count();
    let parts: Vec<String> = Became::ALL.iter().filter(|b| count(b) > 0).map(|b| format!("{} {}", count(b), b.says())).collect();
    capital(&parts.join(", ")) + "."
}

fn line(scope: &Scope, d: &Difference) -> Markup {
    html! { li {
        (pill(tone(d.became), d.became.says()))
        a.what href={ (product_path(scope)) "/roadmap?open=" (d.number) } { (keyed(scope, d.number, &d.title)) }
        span { (what(scope, d)) }
        span.quiet { (by(scope, d)) }
    } }
}

/// What it was and what it is.
fn what(scope: &Scope, d: &Difference) -> String {
    let horizon = |word: &Option<String>| word.as_deref().and_then(Horizon::parse).map_or_else(String::new, |h| capital(h.word()));
    let day = |day: &Option<String>| day.as_deref().map_or_else(|| "no date".to_owned(), |day| date(scope, day));
    match d.became {
        Became::Entered => format!("in {}", horizon(&d.to)),
        Became::Left => format!("was in {}", horizon(&d.from)),
        Became::Released | Became::Reopened => String::new(),
        Became::Moved => format!("from {} to {}", horizon(&d.from), horizon(&d.to)),
        Became::Slipped => format!("from {} to {}, {} later", day(&d.from), day(&d.to), several(d.days.unwrap_or_default(), "day")),
        Became::PulledIn => format!("from {} to {}, {} earlier", day(&d.from), day(&d.to), several(-d.days.unwrap_or_default(), "day")),
        Became::Promised => format!("until {}", day(&d.to)),
        Became::Unpromised => format!("was until {}", day(&d.from)),
        Became::Replanned => format!("begins {}, not {}", day(&d.to), day(&d.from)),
        Became::Rescoped => d.fields.join(", "),
    }
}

/// "by Mara as Manager on 3 Nov, decision D-17".
fn by(scope: &Scope, d: &Difference) -> Markup {
    html! {
        @if !d.who.is_empty() { "by " bdi { (d.who) } @if let Some(hat) = d.hat.as_deref().and_then(Hat::parse) { " as " (hat.title()) } " on " }
        // The day by which it was found to lie between the two.
        (date(scope, &when::day(d.at)))
        @if let Some(id) = d.decision { ", " a href={ (product_path(scope)) "/decisions?show=" (id.simple()) "#p-" (id.simple()) } { @match d.decision_number { Some(number) => { "decision D-" (number) } None => "a decision" } } }
        @if !d.reason.is_empty() { ": “" bdi { (d.reason) } "”" }
    }
}

/// So many promises are drawn, those that drifted most.
const MOST: usize = 5;

/// By how many days each promised end moved since the first day; nothing where none did.
pub(crate) fn drift(scope: &Scope, courses: &[Course], between: &Between) -> Option<Chart> {
    let number = |day: &str| i32::try_from(when::days_between("1970-01-01", day)).unwrap_or_default();
    let mut drifted: Vec<(&Course, Vec<(i32, f64)>)> = courses
        .iter()
        .filter(|course| course.noun == "initiative")
        .filter_map(|course| {
            let promises = course.promises(between);
            let first = promises.iter().find_map(|(_, until)| until.clone())?;
            let by = |until: &Option<String>| until.as_deref().map_or(f64::NAN, |until| when::days_between(&first, until) as f64);
            let moved: Vec<(i32, f64)> = promises.iter().map(|(at, until)| (number(&when::day(*at)), by(until))).collect();
            moved.iter().any(|(_, days)| *days != 0.0 && days.is_finite()).then_some((course, moved))
        })
        .collect();
    let last = |moved: &[(i32, f64)]| moved.last().map_or(0.0, |(_, days)| if days.is_finite() { *days } else { 0.0 });
    drifted.sort_by(|(_, a), (_, b)| last(b).abs().total_cmp(&last(a).abs()));
    let all = drifted.len();
    if all == 0 {
        return None;
    }
    let held = courses.iter().filter(|course| course.noun == "initiative" && course.promised(between).is_some()).count();
    let (from, to) = (number(&between.days.0), number(&between.days.1));
    let shown = &drifted[..all.min(MOST)];
    let days: BTreeSet<i32> = shown.iter().flat_map(|(_, moved)| moved.iter().map(|(day, _)| *day)).chain([from, to]).collect();
    let days: Vec<i32> = days.into_iter().collect();
    let mut plot = Plot::new(Across::Days { days: days.clone(), today: number(&when::day(scope.now)) }, "Days later than promised");
    for (course, moved) in shown {
        // Each day what was promised last until then.
        let on = |day: &i32| moved.iter().rev().find(|(at, _)| at <= day).map_or(f64::NAN, |(_, days)| *days);
        plot = plot.with(Series::steps(scope.key(course.number), &days.iter().map(on).collect::<Vec<_>>()));
    }
    let more = if all > MOST { format!(" These are the {MOST} that drifted most.") } else { String::new() };
    let later = drifted.iter().filter(|(course, moved)| course.promised(between).is_some() && last(moved) > 0.0).count();
    let most = shown.first().map_or_else(String::new, |(course, moved)| {
        let days = last(moved);
        let way = if days < 0.0 { "earlier" } else { "later" };
        format!(" Most: {}, {} {way}.", scope.key(course.number), several(days.abs() as i64, "day"))
    });
    let now = if later == 1 { "now ends" } else { "now end" };
    let says = format!("{later} of {} with a window {now} later than was promised at the beginning.{most}{more}", several(held, "initiative"));
    Some(Chart::of("How promises drifted", plot).told(says).taken_from(format!("compare/drift?from={}&to={}", between.days.0, between.days.1)))
}
