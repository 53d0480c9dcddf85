//! Burndown and burnup of a sprint, beside another one.

use super::{About, Found, Report};
use crate::{
    asked::Sight,
    runs::{self, Run, Went},
};
use kernel::{Look, Refusal, Result};
use web::{
    chart::{Across, Chart, Plot, Series},
    points, several, when,
};

pub(super) const BURNDOWN: Report = Report {
    word: "burndown",
    name: "Burndown",
    counts: "For each day of a sprint, what was in it and not accepted yet.",
    how: "Points where stories have sizes, else stories. The end of each day counts; of the day on which a sprint closes, the moment before it closed. \
          What was dropped counts as taken out. An even pace goes from what was there at the start to nothing, on working days alone.",
    about: About::OneSprint,
    read: |look, sight| read(look, sight, false),
};

pub(super) const BURNUP: Report = Report {
    word: "burnup",
    name: "Burnup",
    counts: "For each day of a sprint, what of it had been accepted, under the line of all that was in it.",
    how: "Counted as in the burndown, from the other side: where the two lines meet everything is accepted, and work that came in later lifts the upper one.",
    about: About::OneSprint,
    read: |look, sight| read(look, sight, true),
};

const NONE_YET: &str = "No sprint has begun yet. Plan one, start it, and each of its days stands here.";

const NOT_THEN: &str = "That sprint had not begun by then. Choose another one, or a later day.";

/// The sprint that is asked for, or the newest, and the one beside it.
fn chosen(all: &[Run], sight: &Sight) -> std::result::Result<(Run, Option<Run>), &'static str> {
    let find = |number: &str| all.iter().find(|run| run.number.to_string() == number).cloned();
    let newest = all.first().ok_or(NONE_YET)?;
    let run = if sight.sprint.is_empty() { newest.clone() } else { find(&sight.sprint).ok_or(NOT_THEN)? };
    Ok((run, find(&sight.with)))
}

fn read(look: &mut Look, sight: &Sight, up: bool) -> Result<Found> {
    let all = runs::begun(look, sight)?;
    let sprints = all.iter().map(|run| (run.number.to_string(), run.name.clone())).collect();
    let (run, with) = match chosen(&all, sight) {
        Ok(chosen) => chosen,
        Err(why) => return Ok(Found { sprints, ..Found::nothing(why) }),
    };
    let went = runs::went(look, sight, &run)?;
    let beside = with.map(|with| Ok::<_, Refusal>((runs::went(look, sight, &with)?, with.name))).transpose()?;
    let sized = sight.sizes && went.sized();
    let from = when::day(i64::from(went.first) * crate::asked::DAY);
    let works = calendar::weekdays_without(&calendar::closed(look, &from, &run.ends_on)?);
    let even = even(&went, went.start.of(sized), &|day| works.works(day));
    let draw = if up { burnup } else { burndown };
    let moved = super::scope::moved(look, sight, std::slice::from_ref(&run))?;
    Ok(Found { sprints, moved: Some(moved), ..Found::chart(draw(sight, &run, &went, &even, beside.as_ref(), sized)) })
}

/// What an even pace would leave at the end of each day.
fn even(went: &Went, committed: f64, works: &dyn Fn(i32) -> bool) -> Vec<f64> {
    let all = (went.first..=went.planned).filter(|day| works(*day)).count().max(1) as f64;
    let mut gone = 0.0;
    let left = (went.first..=went.last).map(|day| {
        if works(day) && day <= went.planned {
            gone += 1.0;
        }
        if day > went.planned { 0.0 } else { tenth(committed * (1.0 - gone / all)) }
    });
    left.collect()
}

fn tenth(amount: f64) -> f64 {
    (amount * 10.0).round() / 10.0
}

fn across(went: &Went, sight: &Sight) -> Across {
    Across::Days { days: (went.first..=went.last).collect(), today: sight.today }
}

fn told(amount: f64, sized: bool) -> String {
    several(points(Some(amount)), if sized { "point" } else { "story" })
}

/// What came in or went out since the start.
fn scope(went: &Went, sized: bool) -> String {
    let (start, now) = (went.start.of(sized), went.days.last().map_or(0.0, |(scope, _)| scope.of(sized)));
    match now - start {
        more if more > 0.0 => format!(" Its scope has grown by {} since the start.", told(more, sized)),
        less if less < 0.0 => format!(" Its scope has shrunk by {} since the start.", told(-less, sized)),
        _ => String::new(),
    }
}

fn left(went: &Went, sized: bool) -> Vec<f64> {
    went.days.iter().map(|(scope, done)| scope.of(sized) - done.of(sized)).collect()
}

fn burndown(sight: &Sight, run: &Run, went: &Went, even: &[f64], beside: Option<&(Went, String)>, sized: bool) -> Chart {
    let left_now = left(went, sized);
    let mut plot = Plot::new(across(went, sight), if sized { "Points" } else { "Stories" })
        .with(Series::line("Left", &left_now))
        .with(Series::steps("Scope", &went.days.iter().map(|(scope, _)| scope.of(sized)).collect::<Vec<_>>()).quiet())
        .with(Series::line("Even pace", even).quiet().dashed());
    if let Some((other, name)) = beside {
        plot = plot.with(Series::line(format!("Left in {name}"), &left(other, sized)));
    }
    let at = left_now.len().saturating_sub(1);
    let now = left_now.last().copied().unwrap_or_default();
    let all = went.days.last().map_or(0.0, |(scope, _)| scope.of(sized));
    let pace = match even.get(at).map_or(0.0, |even| (now - even).round()) {
        more if more > 0.0 => format!(", {} more than at an even pace", points(Some(more))),
        less if less < 0.0 => format!(", {} fewer than at an even pace", points(Some(-less))),
        _ => ", as at an even pace".to_owned(),
    };
    let are = if now == 1.0 { "is" } else { "are" };
    Chart::of(format!("Burndown of {}", run.name), plot).told(format!(
        "{} of {} {are} left{pace}.{}",
        points(Some(now)),
        told(all, sized),
        scope(went, sized)
    ))
}

fn burnup(sight: &Sight, run: &Run, went: &Went, even: &[f64], beside: Option<&(Went, String)>, sized: bool) -> Chart {
    let accepted = |went: &Went| went.days.iter().map(|(_, done)| done.of(sized)).collect::<Vec<f64>>();
    let start = went.start.of(sized);
    let mut plot = Plot::new(across(went, sight), if sized { "Points" } else { "Stories" })
        .with(Series::line("Accepted", &accepted(went)))
        .with(Series::steps("Scope", &went.days.iter().map(|(scope, _)| scope.of(sized)).collect::<Vec<_>>()).quiet())
        .with(Series::line("Even pace", &even.iter().map(|left| tenth(start - left)).collect::<Vec<_>>()).quiet().dashed());
    if let Some((other, name)) = beside {
        plot = plot.with(Series::line(format!("Accepted in {name}"), &accepted(other)));
    }
    let (all, done) = went.days.last().map_or((0.0, 0.0), |(scope, done)| (scope.of(sized), done.of(sized)));
    let are = if done == 1.0 { "is" } else { "are" };
    Chart::of(format!("Burnup of {}", run.name), plot).told(format!(
        "{} of {} {are} accepted.{}",
        points(Some(done)),
        told(all, sized),
        scope(went, sized)
    ))
}
