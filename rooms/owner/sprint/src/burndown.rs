//! The burndown of a sprint: what was left at the end of each of its days, beside an even pace and its scope, which is
//! drawn as such: work that comes in later does not look like work that was not done.

use crate::model::*;
use activity::Course;
use backlog::{Stage, Story};
use kernel::{Area, Column, Look, Noun, NounSpec, Result, Scope, Value};
use web::{
    Markup,
    chart::{Across, Chart, Plot, Series},
    empty, html, points, several, when,
};

/// The fields that tell it.
const FIELDS: &[&str] = &["sprint", "stage", "points"];
/// A sprint is a month or less; one that is planned for longer is drawn as far.
const MOST_DAYS: i64 = 100;
const DAY: i64 = 86_400_000;

/// Days, and for each what was in the sprint and what of it was not accepted yet; nothing of days to come.
#[derive(Debug, PartialEq)]
pub(crate) struct Burndown {
    first: i64,
    /// In all, left, in the sprint.
    days: Vec<Option<(f64, f64)>>,
    even: Vec<f64>,
    today: i64,
    /// In points, or in stories where sizes are not known or not for the reader.
    sized: bool,
}

/// None for a sprint that has not begun.
pub(crate) fn read(look: &mut Look, sprint: &Sprint) -> Result<Option<Burndown>> {
    let Some(started) = sprint.started_at else { return Ok(None) };
    let among = "and id in (select story from sprint_story where sprint = $3)";
    let courses = activity::courses(look, &NounSpec::of::<Story>(), FIELDS, started - 1, among, &[sprint.id().value()])?;
    let now = look.scope.now;
    let sized = look.tells(Area::Estimates) && courses.iter().filter_map(|c| c.at(now)).any(|fields| *fields[2] != Value::Null);
    let worked_on = calendar::weekdays_without(&calendar::closed(look, &when::day(started), &sprint.ends_on)?);
    let works = |day: &i64| i32::try_from(*day).is_ok_and(|day| worked_on.works(day));
    Ok(Some(draw(sprint, started, &courses, (now, sized), &works)))
}

fn draw(sprint: &Sprint, started: i64, courses: &[Course], (now, sized): (i64, bool), works: &dyn Fn(&i64) -> bool) -> Burndown {
    let end = |day: &str| when::end_of(day).unwrap_or(started);
    let over = sprint.closed_at.unwrap_or(i64::MAX);
    let first = started.div_euclid(DAY);
    // Until its last day, or until it was closed where that came later.
    let last = end(&sprint.ends_on)
        .div_euclid(DAY)
        .max(if sprint.closed_at.is_some() { over.div_euclid(DAY) } else { first })
        .clamp(first, first + MOST_DAYS);
    let last = if sprint.state == SprintState::Active { last.max(now.div_euclid(DAY)).min(first + MOST_DAYS) } else { last };
    let at = |day: i64| {
        // The moment before it closed is the last one that counts: then what is left leaves it.
        let moment = ((day + 1) * DAY - 1).min(over - 1);
        (day * DAY <= now.min(over)).then(|| sum(sprint, courses, moment, sized))
    };
    let days: Vec<Option<(f64, f64)>> = (first..=last).map(at).collect();
    // An even pace falls on working days alone, from what was there at the start to nothing.
    let planned = end(&sprint.ends_on).div_euclid(DAY).max(first);
    let working = (first..=planned).filter(|day| works(day)).count().max(1) as f64;
    let committed = sum(sprint, courses, started, sized).1;
    let pace = |day: i64| if day > planned { 0.0 } else { committed * (1.0 - (first..=day).filter(|day| works(day)).count() as f64 / working) };
    Burndown { first, days, even: (first..=last).map(pace).collect(), today: now.div_euclid(DAY), sized }
}

/// What is left and what is in the sprint, at a moment.
fn sum(sprint: &Sprint, courses: &[Course], moment: i64, sized: bool) -> (f64, f64) {
    let id = sprint.id().value();
    let there = courses.iter().filter_map(|course| course.at(moment)).filter(|fields| *fields[0] == id);
    there.fold((0.0, 0.0), |(left, all), fields| {
        let size = match (sized, fields[2]) {
            (false, _) => 1.0,
            (true, Value::Real(size)) => *size,
            (true, Value::Int(size)) => *size as f64,
            (true, _) => 0.0,
        };
        let open = *fields[1] != Stage::Accepted.value();
        (left + if open { size } else { 0.0 }, all + size)
    })
}

/// As a chart, taken along from its own address.
pub(crate) fn chart(scope: &Scope, sprint: &Sprint, burndown: &Burndown) -> Chart {
    let day = |n: usize| i32::try_from(burndown.first + n as i64).unwrap_or_default();
    let across = Across::Days { days: (0..burndown.days.len()).map(day).collect(), today: i32::try_from(burndown.today).unwrap_or_default() };
    let of = |part: fn((f64, f64)) -> f64| burndown.days.iter().map(|known| known.map_or(f64::NAN, part)).collect::<Vec<f64>>();
    let noun = if burndown.sized { "Points" } else { "Stories" };
    let plot = Plot::new(across, noun)
        .with(Series::line("Left", &of(|(left, _)| left)))
        .with(Series::steps("Scope", &of(|(_, all)| all)).quiet())
        .with(Series::line("Even pace", &burndown.even.iter().map(|left| (left * 10.0).round() / 10.0).collect::<Vec<_>>()).quiet().dashed());
    Chart::of(format!("Burndown of {}", sprint.name), plot).told(told(burndown)).taken_from(format!(
        "{}/sprint/burndown?sprint={}",
        web::product_path(scope),
        sprint.number
    ))
}

/// "12 of 34 points are left, 6 more than an even pace would leave. 5 points came in after the start."
fn told(burndown: &Burndown) -> String {
    let Some((at, (left, all))) = burndown.days.iter().enumerate().rev().find_map(|(n, known)| known.map(|known| (n, known))) else {
        return String::new();
    };
    let size = |amount: f64| if burndown.sized { several(points(Some(amount)), "point") } else { several(points(Some(amount)), "story") };
    let is = |amount: f64| if amount == 1.0 { "is" } else { "are" };
    let behind = (left - burndown.even[at]).round();
    let pace = match behind {
        b if b > 0.0 => format!(", {} more than at an even pace", points(Some(b))),
        b if b < 0.0 => format!(", {} fewer than at an even pace", points(Some(-b))),
        _ => ", as at an even pace".into(),
    };
    let begun = burndown.days.first().copied().flatten().map_or(all, |(_, all)| all);
    let scope = match all - begun {
        more if more > 0.0 => format!(" Since the first day {} came in.", size(more)),
        less if less < 0.0 => format!(" Since the first day {} went out.", size(-less)),
        _ => String::new(),
    };
    let of = if burndown.sized { several(points(Some(all)), "point") } else { several(points(Some(all)), "story") };
    format!("{} of {of} {} left{pace}.{scope}", points(Some(left)), is(left))
}

pub(crate) fn page(scope: &Scope, read: Option<&(Sprint, Option<Burndown>)>) -> Markup {
    let none =
        |title: &str| empty("square-kanban", title, "A burndown shows, for each day since a sprint began, what was left and what came in.", html! {});
    html! { @match read {
        None => { (none("No sprint is running")) }
        Some((sprint, burndown)) => {
            p { a href={ (web::product_path(scope)) "/sprint?sprint=" (sprint.number) } { "Board of " span dir="auto" { (sprint.name) } } }
            @match burndown {
                None => { (none("It has not begun")) }
                Some(burndown) if burndown.days.iter().flatten().all(|(_, all)| *all == 0.0) => { (none("No story was in it")) }
                Some(burndown) => { section #burndown { (chart(scope, sprint, burndown).view()) p { a.button.plain href={ (web::product_path(scope)) "/reports/burndown?sprint=" (sprint.number) } { "As of a past day, of fewer stories, or beside another sprint" } } } }
            }
        }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burndown(days: &[Option<(f64, f64)>], even: &[f64]) -> Burndown {
        Burndown { first: 20_000, days: days.to_vec(), even: even.to_vec(), today: 20_001, sized: true }
    }

    #[test]
    fn it_is_told_in_a_sentence() {
        let told = |days: &[Option<(f64, f64)>], even: &[f64]| told(&burndown(days, even));
        assert_eq!(
            told(&[Some((21.0, 21.0)), Some((13.0, 26.0)), None], &[14.0, 7.0, 0.0]),
            "13 of 26 points are left, 6 more than at an even pace. Since the first day 5 points came in."
        );
        assert_eq!(told(&[Some((1.0, 3.0))], &[1.0]), "1 of 3 points is left, as at an even pace.");
        assert_eq!(told(&[None], &[1.0]), "");
    }
}
