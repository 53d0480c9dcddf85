//! Marking an answer that was handed in: the deterministic checks of the engine, points where something is counted, and
//! a score from 0 to 1.

use crate::{casework, library::Task, model::*, saying, steps};
use challenge::{
    Challenge, Kind,
    check::Checked,
    read::{Guesstimate, Own},
};
use estimate::score::{Band, distance, interval_points};
use kernel::{Refusal, Result, value::Packed};
use rootcause::case::{Practice, Score, Source};

/// Marks an attempt: what was found, and the score, are put into it.
///
/// # Errors
/// What is missing: an answer that is empty is none.
pub(crate) fn mark(task: &Task, attempt: &mut Attempt) -> Result<()> {
    match (task.case(), task.written()) {
        (Some(case), challenge) => root_cause(case, challenge, attempt),
        (None, Some(challenge)) => written(challenge, attempt),
        (None, None) => Err(Refusal::NotFound),
    }
}

fn is_said(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn written(challenge: &Challenge, attempt: &mut Attempt) -> Result<()> {
    if !steps::steps(attempt.discipline).iter().any(|step| is_said(attempt.part(step.key))) {
        return Err(Refusal::invalid("", "Nothing is written yet; an empty answer is none."));
    }
    let mut parts = attempt.answer.0.clone();
    let mut marks = Marks::default();
    if let Own::Guesstimate(own) = &challenge.own {
        let (low, high) = interval(attempt)?;
        parts.insert("interval".into(), format!("{} to {}", attempt.part("low"), attempt.part("high")));
        guess(own, attempt, (low, high), &mut marks);
    }
    let checked = challenge.check(&steps::text(challenge.kind, &parts));
    let total = checked.total.unwrap_or(1.0);
    marks.rows = rows(challenge, checked);
    marks.says.push(format!("By the checks this is {total:.1} of 5, where 1 is 0 % and 5 is 100 %."));
    attempt.score = Some(((total - 1.0) / 4.0).clamp(0.0, 1.0));
    attempt.marks = Packed(marks);
    Ok(())
}

/// The interval that was given.
fn interval(attempt: &Attempt) -> Result<(f64, f64)> {
    let [low, high] = ["low", "high"].map(|key| attempt.part(key));
    for (key, text) in [("low", low), ("high", high)] {
        if !is_said(text) {
            return Err(Refusal::invalid(&format!("parts.{key}"), "A guess comes with an interval that you are 90 % sure of: both ends."));
        }
    }
    match challenge::interval(&format!("{low} to {high}")) {
        Some((low, high)) if low > 0.0 && low <= high => Ok((low, high)),
        Some((low, high)) if low > high => Err(Refusal::invalid("parts.high", "The upper end is below the lower.")),
        _ => Err(Refusal::invalid("parts.low", "Write both ends as numbers above 0, such as 300k and 2 million.")),
    }
}

/// Distance and interval of a guess.
fn guess(own: &Guesstimate, attempt: &mut Attempt, (low, high): (f64, f64), marks: &mut Marks) {
    let truth = own.reference.value;
    let points = interval_points(low, high, truth);
    (attempt.low, attempt.high, attempt.interval_points) = (Some(low), Some(high), points);
    attempt.hit = Some((low..=high).contains(&truth));
    if let Some(points) = points {
        marks.parts.push(Part { name: "Interval".into(), points, of: 100.0 });
    }
    match challenge::computed(&unfenced(attempt.part("model")), &own.unit) {
        Ok(computed) => {
            if let Some(away) = distance(computed.middle, truth) {
                let band = match away.band {
                    Band::Excellent => "excellent: within a quarter",
                    Band::VeryGood => "very good: within a factor of 2",
                    Band::Good => "good: within half an order of magnitude",
                    Band::RightOrder => "the right order of magnitude",
                    Band::Off => "off by more than an order of magnitude",
                };
                marks.parts.insert(0, Part { name: "Distance".into(), points: 100.0 * away.points, of: 100.0 });
                marks.says.push(format!(
                    "Your model says {}, {:.2} orders of magnitude from the reference; that is {band}.",
                    format!("{} {}", saying::rounded(computed.middle), own.unit).trim(),
                    away.orders
                ));
            }
        }
        Err(why) => {
            // What is not shown is no better than what is shown and far off.
            marks.parts.insert(0, Part { name: "Distance".into(), points: 0.0, of: 100.0 });
            marks.says.push(format!("Your model does not compute: {why}"));
        }
    }
}

/// A model without the fence that may stand around it.
pub(crate) fn unfenced(model: &str) -> String {
    model.lines().filter(|line| !line.trim_start().starts_with("```")).collect::<Vec<_>>().join("\n")
}

fn rows(challenge: &Challenge, checked: Checked) -> Vec<MarkedRow> {
    let name = |id: &str| challenge.rubric.iter().find(|row| row.id == id).map_or_else(|| id.to_owned(), |row| row.name.clone());
    let finding = |at: &usize| {
        let found = checked.findings.get(*at)?;
        Some(Finding { says: found.says.clone(), quotes: found.words.iter().take(4).map(|w| web::clipped(w, 240)).collect(), share: found.share })
    };
    let marked = |level: &challenge::check::Level| {
        let mut findings: Vec<Finding> = level.findings.iter().filter_map(finding).collect();
        findings.sort_by(|a, b| a.share.total_cmp(&b.share));
        MarkedRow { row: level.row.clone(), name: name(&level.row), level: level.level, findings }
    };
    checked.levels.iter().map(marked).collect()
}

fn root_cause(case: &Practice, challenge: Option<&Challenge>, attempt: &mut Attempt) -> Result<()> {
    let cuts = casework::cuts(case, &attempt.asked);
    let cut = if cuts.is_empty() { Err(Refusal::invalid("cuts", "Cut the figures at least once before you say what happened.")) } else { Ok(()) };
    // All that is missing is said at once.
    let (named, sure) = match (casework::named(case, attempt), casework::confidence(attempt), cut) {
        (Ok(named), Ok(sure), Ok(())) => (named, sure),
        (named, sure, cut) => return Err(together([named.err(), sure.err(), cut.err()])),
    };
    let mut marks = Marks::default();
    let said = |key: &str| f64::from(u8::from(is_said(attempt.part(key))));
    let (mut method, mut action, mut written) = (said("hypotheses"), case.remedy(attempt.part("action")), None);
    if !case.has_two() {
        let looked = cuts.iter().any(|cut| cut.source == Source::Books)
            || attempt.asked.iter().any(|asked| matches!(asked, Question::Source { source } if source == "data quality"));
        method = 0.5 * method + 0.5 * f64::from(u8::from(looked));
    }
    if let Some(challenge) = challenge {
        let checked = challenge.check(&steps::text(Kind::RootCause, &as_text(case, attempt)));
        let mean = |aspect: &str| {
            let shares: Vec<f64> = checked.findings.iter().filter(|found| found.aspect == aspect).map(|found| found.share).collect();
            (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
        };
        action = mean("action").unwrap_or(action);
        written = checked.total.map(|total| (total - 1.0) / 4.0);
        marks.rows = rows(challenge, checked);
    }
    let score = case.score(&cuts, &named, sure, method, action, written);
    let part = |name: &str, points: f64, of: f64| Part { name: name.into(), points, of };
    marks.parts = vec![
        part("The right cause", score.correctness, 45.0),
        part("How few cuts", score.efficiency, 20.0),
        part("How sure", score.confidence, 10.0),
        part("How telling the cuts were", score.process, 15.0),
        part("What is to be done", score.action, 10.0),
    ];
    marks.parts.extend(score.written.map(|points| part("The rows of the rubric", points, Score::WRITTEN)));
    let right = case.rightness(&named);
    marks.says.push(how_right(right, case.truths.len(), named.len()));
    let narrowed = case.narrow(&cuts).iter().filter(|gain| gain.after < gain.before).count();
    marks.says.push(format!(
        "{narrowed} of {} narrowed it. The rest of how telling they were is for hypotheses that are written down{}.",
        web::several(cuts.len(), "cut"),
        if case.has_two() { "" } else { " and for a look at whether the data are right" }
    ));
    if challenge.is_none() {
        let missing = case.remedy_lacks(attempt.part("action"));
        marks.says.push(match missing.as_slice() {
            [] => "What is to be done fits what happened, where it happened, and looks ahead.".into(),
            missing => format!("What is to be done does not say {}.", missing.join(", nor ")),
        });
    }
    attempt.score = Some((score.total() / 100.0).clamp(0.0, 1.0));
    attempt.marks = Packed(marks);
    Ok(())
}

/// Refusals of several fields as one.
fn together(all: impl IntoIterator<Item = Option<Refusal>>) -> Refusal {
    let mut fields = vec![];
    for refusal in all.into_iter().flatten() {
        match refusal {
            Refusal::Invalid(some) => fields.extend(some),
            other => return other,
        }
    }
    Refusal::Invalid(fields)
}

/// How much of what happened is named, where so many things did and so many are named.
fn how_right(right: f64, happened: usize, named: usize) -> String {
    let part = web::telling::percent(right);
    match (happened, named) {
        _ if right > 0.99 => "That is what happened.".into(),
        _ if right <= 0.0 => "That is not what happened.".into(),
        (2, 1) if right > 0.49 => "That is one of the two things that happened; another was open.".into(),
        (2, 1) => format!("That is {part} of what happened: two things did, of which you name one, and not all of it."),
        (1, 2) => format!("One thing happened, and you name two: that is right by {part}."),
        _ => format!("That is {part} of what happened."),
    }
}

/// The parts of an answer with what was chosen and asked in words, as the checks read it.
fn as_text(case: &Practice, attempt: &Attempt) -> std::collections::BTreeMap<String, String> {
    let mut parts = attempt.answer.0.clone();
    let cuts: String = casework::cuts(case, &attempt.asked)
        .iter()
        .map(|cut| match cut.source {
            Source::Period => format!("- {}\n", casework::cut_says(case, &rootcause::case::Query::of(cut.step, cut.by.or(Some(0)), cut.only))),
            _ => format!("- data check: {}\n", casework::cut_says(case, cut)),
        })
        .collect();
    parts.insert("cuts".into(), cuts);
    let named: Vec<String> = casework::named(case, attempt).unwrap_or_default().iter().map(|what| casework::says(case, what)).collect();
    parts.insert("cause".into(), format!("{}.\n{}", named.join(". "), attempt.part("cause")));
    parts.insert("confidence".into(), format!("{} %", attempt.part("confidence").trim_end_matches('%')));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_names_one_of_two_hears_of_the_other() {
        assert!(how_right(0.5, 2, 1).contains("another was open"));
        assert!(how_right(0.3, 2, 1).contains("two things did"));
        assert!(how_right(0.5, 1, 2).contains("you name two"));
        assert_eq!(how_right(1.0, 2, 2), "That is what happened.");
    }
}
