//! Cases: repeated, unique, solvable, scored.

use super::{story::*, *};

fn drawn() -> Vec<Practice> {
    (0..100).map(|seed| Practice::draw(seed, (seed % 5) as u8 + 1)).collect()
}

#[test]
fn cases_repeat_have_one_answer_and_can_be_solved() {
    assert_eq!(Practice::draw(5, 2), Practice::draw(5, 2));
    let cases = drawn();
    let fine = |case: &&Practice| {
        let asked = case.play(Player::Hindsight, 40);
        case.is_fair() && case.narrow(&asked).last().map(|g| g.after) == Some(1)
    };
    let odd: Vec<String> = cases.iter().filter(|case| !fine(case)).map(|case| format!("seed {} {:?}", case.seed, case.truths)).collect();
    assert!(odd.len() <= 1, "of a hundred: {odd:?}");
    let seen: std::collections::HashSet<Nature> = cases.iter().flat_map(|case| &case.truths).map(|truth| truth.nature).collect();
    assert_eq!(seen.len(), 5, "all ways in which figures move occur: {seen:?}");
    assert!(cases.iter().filter(|case| case.has_two()).count() >= 5);
}

#[test]
fn asking_well_is_worth_more_than_asking_at_random() {
    let mut by_level = vec![];
    let mut used = (vec![], vec![]);
    for difficulty in 1..=5 {
        let mut own = (vec![], vec![]);
        for seed in 100..124 {
            let case = Practice::draw(seed, difficulty);
            own.0.push(case.play(Player::Structured, 500).len());
            own.1.push(case.play(Player::Random, 500).len());
        }
        by_level.push((middle(&mut own.0), middle(&mut own.1)));
        used.0.extend(own.0);
        used.1.extend(own.1);
    }
    let (structured, random) = (middle(&mut used.0), middle(&mut used.1));
    assert!(structured * 2 <= random, "{structured} against {random}; by difficulty {by_level:?}");
    assert!(by_level.iter().all(|(structured, random)| structured * 2 <= *random), "by difficulty {by_level:?}");
}

fn middle(list: &mut [usize]) -> usize {
    list.sort_unstable();
    list[list.len() / 2]
}

#[test]
fn answers_are_scored() {
    let case = Practice::draw(7, 2);
    let asked = case.play(Player::Hindsight, 40);
    let right = case.score(&asked, &case.truths, 0.95, 1.0, 1.0, None);
    assert!(right.correctness > 44.9 && right.efficiency > 19.9 && right.total() > 95.0, "{right:?}");
    let mut other = case.truths[0].clone();
    other.step = (other.step + 1) % case.steps.len();
    let wrong = case.score(&asked, &[other], 0.95, 1.0, 1.0, None);
    assert!(wrong.correctness == 0.0 && wrong.confidence < 1.0);
    let repeated = [asked.clone(), asked].concat();
    assert!(case.score(&repeated, &case.truths, 0.95, 1.0, 1.0, None).process < right.process);
}

#[test]
fn more_causes_than_there_are_earn_less() {
    let case = (0..50).map(|seed| Practice::draw(seed, 5)).find(Practice::has_two).unwrap();
    assert!((case.rightness(&case.truths) - 1.0).abs() < 1e-12);
    assert!((case.rightness(&case.truths[..1]) - 0.5).abs() < 1e-12);
    let guesses: Vec<Hypothesis> = (0..4).map(|step| Hypothesis::loss(step, &case.truths[0].slice)).collect();
    assert!(case.rightness(&guesses) <= 0.5);
}

#[test]
fn few_cuts_earn_as_far_as_they_settle_it() {
    let case = Practice::draw(7, 2);
    let one = &case.play(Player::Hindsight, 40)[..1];
    let left = case.narrow(one)[0].after;
    assert!(left > 1, "a fair case takes two");
    let score = case.score(one, &case.truths, 0.9, 0.0, 0.0, None);
    assert!(score.efficiency <= 20.0 / left as f64 + 1e-9 && score.correctness > 44.9, "{score:?} with {left} left");
}

#[test]
fn what_is_written_counts_where_there_is_a_rubric() {
    let case = Practice::draw(7, 2);
    let asked = case.play(Player::Hindsight, 40);
    let score = |written| case.score(&asked, &case.truths, 0.9, 1.0, 1.0, written).total();
    assert!(score(Some(0.0)) < 72.0 && score(Some(1.0)) > score(None), "{} {}", score(Some(0.0)), score(Some(1.0)));
}

#[test]
fn hard_cases_do_not_say_where_in_their_documents() {
    for case in drawn() {
        let placed = case.documents.iter().filter(|document| document.contains('(')).count();
        let excused = case.documents.iter().filter(|document| document.contains("however")).count();
        match case.difficulty {
            ..3 => assert!(placed > 0 || case.truths[0].slice.is_empty(), "seed {}: {:?}", case.seed, case.documents),
            _ => assert!(placed == 0 && excused == 0, "seed {}: {:?}", case.seed, case.documents),
        }
        let each: std::collections::HashSet<_> = case.documents.iter().collect();
        assert_eq!(each.len(), case.documents.len(), "nothing is said twice");
    }
}

#[test]
fn an_action_counts_where_it_is_one_against_what_happened() {
    let with = |mechanism| {
        let mut case = Practice::draw(3, 1);
        case.mechanisms = vec![mechanism];
        case
    };
    let (rival, release) = (with(Mechanism::Competitor), with(Mechanism::AppRelease));
    assert_eq!(rival.remedy("Roll back 5.2."), 0.0, "a rival's offer is not undone by a release");
    assert!(release.remedy("Roll version 5.2 back.") >= 0.6);
    let whole = format!("Answer the rival's offer for {}, and set an alarm.", rival.steps[rival.truths[0].step]);
    assert!(rival.remedy(&whole) > 0.99, "{}", rival.remedy(&whole));
    assert_eq!(rival.remedy(""), 0.0);
}

fn told() -> Story {
    let dimension = |name: &str, values: &[(&str, f64)]| Dimension {
        name: name.into(),
        values: values.iter().map(|(value, share)| ((*value).to_owned(), *share)).collect(),
        rates: vec![],
    };
    Story {
        steps: vec![("visit".into(), 1.0), ("search".into(), 0.6), ("book".into(), 0.3)],
        base: 200_000.0,
        dimensions: vec![
            dimension("harbour", &[("north", 0.5), ("south", 0.3), ("island", 0.2)]),
            dimension("device", &[("phone", 0.7), ("desktop", 0.3)]),
            dimension("guest", &[("new", 0.4), ("known", 0.6)]),
        ],
        causes: vec![Cause {
            step: "book".into(),
            slice: vec![("device".into(), "phone".into()), ("harbour".into(), "south".into())],
            severity: 0.4,
            mechanism: Mechanism::AppRelease,
            day: 2,
        }],
        decoys: vec![Decoy { what: "rain".into(), step: "visit".into(), slice: vec![("harbour".into(), "island".into())], severity: 0.02 }],
        mix: vec![],
    }
}

#[test]
fn a_story_is_a_case_like_any_other() {
    let case = told().draw(1, 3).unwrap();
    assert!(case.is_fair());
    assert_eq!(case, told().draw(1, 3).unwrap());
    assert_eq!(case.truths, [Hypothesis::loss(2, &[(0, 1), (1, 0)])]);
    let (usual, now) = case.headline();
    assert!(now < usual * 0.95 && now > usual * 0.85, "{now} of {usual}");
    for (step, row) in case.actual.iter().enumerate().skip(1) {
        assert!(row.iter().zip(&case.actual[step - 1]).all(|(now, before)| now <= before && now.fract() == 0.0), "a part of those before, and whole");
    }
}

#[test]
fn what_a_story_names_wrongly_is_said() {
    let mut story = told();
    story.causes[0].step = "pay".into();
    assert!(story.draw(1, 1).unwrap_err().0.contains("“pay”"));
    story = told();
    story.decoys[0].slice[0].1 = "west".into();
    assert!(story.draw(1, 1).unwrap_err().0.contains("“west”"));
    story = told();
    story.causes.push(story.causes[0].clone());
    assert!(story.draw(1, 1).unwrap_err().0.contains("different steps"));
    story = told();
    story.base = f64::NAN;
    assert!(story.draw(1, 1).is_err());
    story = told();
    story.dimensions[0].values.clear();
    assert!(story.draw(1, 1).is_err());
}

#[test]
fn counts_are_binomial() {
    let mut dice = dice::Dice::new(4);
    for (of, chance) in [(20.0, 0.3), (500.0, 0.02), (500.0, 0.98), (10_000.0, 0.4)] {
        let drawn: Vec<f64> = (0..4000).map(|_| dice.binomial(of, chance)).collect();
        let mean = drawn.iter().sum::<f64>() / 4000.0;
        let spread = drawn.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / 4000.0;
        assert!((mean - of * chance).abs() < 5.0 * (of * chance * (1.0 - chance) / 4000.0).sqrt(), "{of} {chance}: {mean}");
        assert!((spread / (of * chance * (1.0 - chance)) - 1.0).abs() < 0.12, "{of} {chance}: {spread}");
        assert!(drawn.iter().all(|n| (0.0..=of).contains(n)));
    }
    assert_eq!((dice.binomial(0.0, 0.5), dice.binomial(7.0, 1.0), dice.binomial(7.0, 0.0)), (0.0, 7.0, 0.0));
}

#[test]
fn what_an_action_lacks_is_said() {
    let case = (0..200)
        .map(|seed| Practice::draw(seed, 3))
        .find(|case| case.truths.len() == 1 && case.mechanisms[0] == Mechanism::AppRelease && !case.truths[0].slice.is_empty())
        .unwrap();
    assert_eq!(case.remedy_lacks("").len(), 3);
    let (d, v) = case.truths[0].slice[0];
    let whole = format!("Roll the version back for {}, with an alarm each morning.", case.dimensions[d].1[v]);
    assert_eq!(case.remedy_lacks(&whole), Vec::<&str>::new());
    assert!(case.remedy(&whole) > 0.99 && case.remedy_lacks("Roll it back.").len() == 2);
}
