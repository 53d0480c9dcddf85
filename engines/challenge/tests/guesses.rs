//! What the checks of guesstimates find in what people plainly say, and what a model is worth that does not compute.

#![allow(clippy::unwrap_used)]

mod house;

use challenge::{
    Answer, Challenge, Kind,
    check::{Checked, Finding},
};

fn guesstimates() -> Vec<Challenge> {
    house::challenges().into_iter().filter(|challenge| challenge.kind == Kind::Guesstimate).collect()
}

fn named(id: &str) -> Challenge {
    guesstimates().into_iter().find(|challenge| challenge.id == id).unwrap()
}

/// An answer whose parts are given, the others empty.
fn answer(parts: &[(&str, &str)]) -> String {
    let part = |heading: &str| parts.iter().find(|(own, _)| *own == heading).map_or("", |(_, text)| text);
    Kind::Guesstimate.headings().iter().map(|heading| format!("## {heading}\n{}\n\n", part(heading))).collect()
}

fn finding(challenge: &Challenge, text: &str, check: &str) -> Finding {
    let found = challenge.findings(&Answer::read(Kind::Guesstimate, text));
    found.into_iter().find(|found| found.check == check).unwrap()
}

#[test]
fn a_model_that_does_not_compute_never_earns_more_than_one_that_does() {
    let level = |checked: &Checked, row: &str| checked.levels.iter().find(|level| level.row == row).map(|level| level.level);
    for challenge in guesstimates() {
        for anchor in &challenge.anchors {
            let whole = challenge.check(&anchor.text);
            let broken = challenge.check(&anchor.text.replacen("\nanswer", "\nlost = 1 lost + 1 m\nanswer", 1));
            let refused = broken.findings.iter().filter(|found| found.says.starts_with("The model does not compute: ")).count();
            assert!(refused > 1, "{}: the model is broken", challenge.id);
            assert!(broken.total.unwrap() <= whole.total.unwrap(), "{}: {:?} broken, {:?} whole", challenge.id, broken.total, whole.total);
            for own in &whole.levels {
                let there = level(&broken, &own.row).unwrap_or(f64::INFINITY);
                assert!(there <= own.level + 1e-9, "{}, {}: {there} broken, {} whole", challenge.id, own.row, own.level);
            }
            for level in &broken.levels {
                let says = level.findings.iter().filter(|at| broken.findings[**at].says.starts_with("The model does not compute: ")).count();
                assert!(says <= 1, "it is said once in a row");
            }
        }
    }
}

#[test]
fn what_is_trusted_least_is_found_in_the_words_of_the_form() {
    let photos = named("photos-of-meters");
    let doubt = |text: &str| finding(&photos, &answer(&[("Assumptions", text)]), "doubt").share;
    assert_eq!(doubt("- The size of a picture, 40 to 150 kB, I trust least: the trial should measure it."), 1.0);
    assert_eq!(doubt("- This line I trust least, as the 22 percent count the day and not the hour."), 1.0);
    assert_eq!(doubt("- Talks could be less if old people go on ringing."), 0.0, "which way is not how sure");
}

#[test]
fn what_is_left_out_is_found_and_what_is_counted_is_not() {
    let tea = named("glasses-of-tea-turkey");
    let out = |text: &str| finding(&tea, &answer(&[("Scope", text)]), "scope excludes").share;
    assert!(out("Left out: herbal and instant apple tea, iced tea, tea in mugs of tourists.") > 0.0);
    assert_eq!(out("Noted is each glass. Now people on the telephone are counted."), 0.0, "neither “note” nor “now” is “no”");
}

#[test]
fn which_way_it_may_be_off_is_found_behind_an_if() {
    let tea = named("glasses-of-tea-turkey");
    let bias = |text: &str| finding(&tea, &answer(&[("Assumptions", text)]), "bias").share;
    assert!(bias("- Children: if they drink half a glass each it adds 10 million glasses.") > 0.0);
    assert!(bias("- Repeats: If more attempts are repeats, fewer agents are needed.") > 0.0);
}

#[test]
fn things_that_change_the_number_are_found_by_their_size() {
    let photos = named("photos-of-meters");
    let scope = "Counted is what is added to the store in the first full year, in all three places, so every picture three times. \
        Not counted: what stands there after five years (five times as much).";
    let found = finding(&photos, &answer(&[("Scope", scope)]), "switches");
    assert!(found.words.len() >= 2, "{found:?}");
}

#[test]
fn two_ways_are_held_against_one_another_by_the_unit_of_the_answer() {
    let photos = named("photos-of-meters");
    let model = "```\nmeters = 185k meters\npics = 12 to 13 pictures/meter/year\nsize = 90 to 100 kB/picture\nanswer = meters * pics * size * 3 in TB/year\n```";
    let second =
        "In the trial 2,400 meters filled 2 GB. A phone sends 40 a day and 22 days a month, so one building gets 200 GB a year, 3 of them 0.6 TB.";
    let found = finding(&photos, &answer(&[("Model", model), ("Second way", second)]), "ways agree");
    assert!(found.share > 0.9 && found.says.contains("0.6 TB"), "{found:?}");
}

#[test]
fn a_reference_passes_the_measures_of_its_own_tree() {
    for challenge in guesstimates() {
        let challenge::read::Own::Guesstimate(own) = &challenge.own else { continue };
        for route in &own.routes {
            let text = answer(&[("Model", &format!("```\n{}\n```", route.model.trim()))]);
            for check in ["depth", "leaves", "steps between"] {
                let found = finding(&challenge, &text, check);
                assert_eq!(found.share, 1.0, "{}, {}: {}", challenge.id, route.name, found.says);
            }
        }
    }
}

#[test]
fn what_moves_the_answer_is_read_from_the_text() {
    let tokens = named("tokens-helpdesk");
    let lever = |text: &str| finding(&tokens, &answer(&[("Answer", text)]), "lever with its effect").share;
    assert_eq!(lever("About 2,700 EUR. If the history that is read were cut to a third, the bill would fall by 30 %."), 1.0);
    assert_eq!(lever("About 2,700 EUR. What the machine reads decides."), 0.5, "what decides, and not by how much");
    assert_eq!(lever("About 2,700 EUR a month."), 0.0);
    let row = |text: &str| tokens.check(text).levels.iter().find(|level| level.row == "sensitivity").map(|level| level.level).unwrap();
    let strong = &tokens.anchors[2].text;
    let (before, last) = strong.split_once("## Answer").unwrap();
    assert!(row(&format!("{before}## Answer\nAbout 2,700 EUR.\n")) < row(strong), "the row reads the text: {last}");
}
