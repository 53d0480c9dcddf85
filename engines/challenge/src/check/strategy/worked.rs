//! Figures that an answer works out from those of its case. That some of many figures make it by chance says nothing: those it
//! is made of have to stand beside it, or a formula.

use crate::{
    Challenge,
    check::{
        Found,
        words::{amounts, shown, sizes, so_many, upto},
    },
    read::{Fact, Worth},
    text::{Figure, figures, near},
};

/// So many figures of a case are put together with one another, and so many of an answer looked at. No case that a person reads
/// has more; what is pasted into one may.
const MOST_FIGURES: usize = 200;
/// So many figures of one sentence are put together three and four at a time.
const MOST_TOGETHER: usize = 6;

/// A figure as a number: a percentage as a share.
fn worth(f: &Figure) -> f64 {
    if f.percent { f.value / 100.0 } else { f.value }
}

/// By how much a figure may be off for being written with so many digits.
fn rounding(text: &str, f: &Figure) -> f64 {
    let written: String =
        text[f.start..f.end].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')).filter(|c| *c != ',' && *c != ' ').collect();
    let digits = written.trim_start_matches(['0', '.']).trim_end_matches('.').chars().filter(char::is_ascii_digit).count().max(1);
    (0.6 * 10_f64.powi(1 - digits as i32)).clamp(0.002, 0.011)
}

/// All figures of a case: of its brief and its facts, however they are told.
fn of_case(challenge: &Challenge) -> Vec<f64> {
    let facts = challenge.facts.iter().flat_map(|fact: &Fact| {
        let own = match &fact.worth {
            Worth::Figure { value, .. } => vec![value.abs()],
            Worth::Text(text) => amounts(text),
        };
        own.into_iter().chain(amounts(&fact.says))
    });
    facts.chain(amounts(&challenge.brief)).filter(|value| *value > 0.0).take(MOST_FIGURES).collect()
}

/// Whether two figures of a case make another, somehow.
fn somehow(all: &[f64], v: f64) -> bool {
    let near = |made: f64| near(made, v, 0.011) || near(100.0 * made, v, 0.011);
    all.iter()
        .enumerate()
        .any(|(at, a)| all[at + 1..].iter().any(|b| [a * b, a / b, b / a, a + b, (a - b).abs()].into_iter().any(near)) || *a < 1.0 && near(1.0 - a))
}

/// Products and quotients of all of some figures, and of two their sum and difference.
fn together(some: &[f64]) -> Vec<f64> {
    let Some((first, rest)) = some.split_first() else { return vec![] };
    let mut made: Vec<f64> = (0..1_usize << some.len())
        .map(|ways| some.iter().enumerate().fold(1.0, |made, (at, v)| if (ways >> at) & 1 == 0 { made * v } else { made / v }))
        .collect();
    match rest {
        [] if *first < 1.0 => made.push(1.0 - first),
        [second] => made.extend([first + second, (first - second).abs(), (first - second).abs() / first, (first - second).abs() / second]),
        [second, third] => {
            made.extend([first + second + third, (first + second - third).abs(), (first - second + third).abs(), (second + third - first).abs()])
        }
        _ => {}
    }
    made
}

/// Each choice of so many of some.
fn choices(some: &[f64], many: usize) -> Vec<Vec<f64>> {
    match (many, some.split_first()) {
        (0, _) => vec![vec![]],
        (_, None) => vec![],
        (_, Some((first, rest))) => {
            let with = choices(rest, many - 1).into_iter().map(|mut choice| {
                choice.push(*first);
                choice
            });
            with.chain(choices(rest, many)).collect()
        }
    }
}

/// The value of “6,200 / 5,100 / 0.13” or of whatever else stands as a formula around a figure: what is on the other side of
/// its sign of equality, with so many figures of the case in it.
fn by_formula(sentence: &str, f: &Figure, known: &dyn Fn(f64) -> bool) -> Option<f64> {
    let behind = sentence[f.end..].trim_start_matches(|c: char| c != '=' && (c.is_whitespace() || c.is_alphabetic() || c == '(' || c == '%'));
    let ahead = sentence[..f.start].trim_end();
    let side = match (behind.strip_prefix('='), ahead.strip_suffix(['=', '≈'])) {
        (Some(behind), _) => behind,
        (None, Some(ahead)) => ahead,
        _ => return None,
    };
    let at_end = ahead.ends_with(['=', '≈']) && !behind.starts_with('=');
    let all = figures(side);
    let operator = |from: &Figure, to: &Figure| {
        let between: String = side.get(from.end..to.start)?.chars().filter(|c| !c.is_whitespace()).collect();
        let bare: String = between.chars().filter(|c| !c.is_alphabetic() && !matches!(c, '%' | '€' | '$' | '£' | '(' | ')')).collect();
        let sign = bare.chars().next().filter(|_| bare.chars().count() == 1);
        let word = between.chars().filter(|c| c.is_alphabetic()).collect::<String>() == "x";
        sign.filter(|sign| "×*·/:÷+-−–".contains(*sign)).or_else(|| (bare.is_empty() && word).then_some('×'))
    };
    // The run of figures and signs that lies next to the sign of equality.
    let run: Vec<&Figure> = if at_end { all.iter().rev().collect() } else { all.iter().collect() };
    let mut chain = vec![*run.first()?];
    let mut signs = vec![];
    for pair in run.windows(2) {
        let (left, right) = if at_end { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
        let Some(sign) = operator(left, right) else { break };
        signs.push(sign);
        chain.push(pair[1]);
    }
    if at_end {
        chain.reverse();
        signs.reverse();
    }
    if chain.len() < 2 || !chain.iter().any(|f| known(worth(f)) || known(f.value)) {
        return None;
    }
    // What is multiplied before what is added.
    let mut sums = vec![worth(chain[0])];
    for (sign, f) in signs.iter().zip(&chain[1..]) {
        let last = sums.len() - 1;
        match sign {
            '+' => sums.push(worth(f)),
            '-' | '−' | '–' => sums.push(-worth(f)),
            '/' | ':' | '÷' => sums[last] /= worth(f),
            _ => sums[last] *= worth(f),
        }
    }
    Some(sums.iter().sum::<f64>().abs())
}

/// Figures of some sentences that are worked out from figures of the case, each as it is written; and those that are nothing of
/// it at all.
pub(in crate::check) fn worked_out(challenge: &Challenge, sentences: &[String]) -> (Vec<String>, Vec<String>) {
    let all = of_case(challenge);
    let direct = |v: f64| all.iter().any(|k| near(*k, v, 0.011) || near(100.0 * k, v, 0.011) || near(*k, 100.0 * v, 0.011));
    let (mut worked, mut odd): (Vec<String>, Vec<String>) = (vec![], vec![]);
    // What was worked out may be worked on with.
    let mut made: Vec<f64> = vec![];
    let mut left = MOST_FIGURES;
    let of_sentence = |sentence: &str, made: &[f64]| -> Vec<f64> {
        let known = |f: &&Figure| direct(f.value) || direct(worth(f)) || made.iter().any(|own| near(*own, worth(f), 0.003));
        sizes(sentence).iter().filter(known).map(worth).filter(|v| *v > 0.0).collect()
    };
    for (at, sentence) in sentences.iter().enumerate() {
        for f in sizes(sentence).iter().filter(|f| f.value > 12.0 || f.value.fract() != 0.0) {
            if left == 0 || direct(f.value) {
                continue;
            }
            left -= 1;
            let (value, share) = (worth(f), rounding(sentence, f));
            let is = |made: f64| near(made, value, share) || f.percent && near(100.0 * made, value, share);
            let mut here = of_sentence(sentence, &made);
            here.retain(|other| !is(*other));
            here.dedup();
            here.truncate(MOST_TOGETHER);
            // Figures of the sentence that are none of the case, such as 12 months, count beside two that are.
            let mut beside = here.clone();
            beside.extend(
                sizes(sentence).iter().map(worth).filter(|v| *v > 1.0 && *v <= 1000.0 && v.fract() == 0.0 && !here.contains(v) && !is(*v)).take(2),
            );
            let mut around = here.clone();
            for near_by in [at.checked_sub(1), at.checked_add(1)].into_iter().flatten().filter_map(|at| sentences.get(at)) {
                around.extend(of_sentence(near_by, &made));
            }
            around.retain(|other| !is(*other));
            around.sort_by(f64::total_cmp);
            around.dedup();
            around.truncate(2 * MOST_TOGETHER);
            let of_two = || choices(&around, 2).iter().any(|two| together(two).into_iter().any(is));
            let of_more = || {
                here.len() >= 2
                    && [3, 4].iter().any(|many| {
                        choices(&beside, *many)
                            .iter()
                            .filter(|some| some.iter().filter(|v| here.contains(v)).count() >= 2)
                            .any(|some| together(some).into_iter().any(is))
                    })
            };
            let whole = || around.iter().any(|v| *v < 1.0 && is(1.0 - v));
            let formula = by_formula(sentence, f, &direct).is_some_and(is);
            let written = sentence[f.start..f.end].trim().to_owned();
            if formula || of_two() || of_more() || whole() {
                made.push(value);
                worked.push(written);
            } else if !somehow(&all, f.value) {
                odd.push(written);
            }
        }
    }
    for list in [&mut worked, &mut odd] {
        let mut seen = std::collections::BTreeSet::new();
        list.retain(|written| seen.insert(written.clone()));
    }
    (worked, odd)
}

/// What is said of that.
pub(in crate::check) fn said_of_worked(aspect: &'static str, worked: &[String], found: &mut Found) {
    let says = match worked.len() {
        0 => "No figure is worked out: none is made of figures of the case that stand beside it, or in a formula.".to_owned(),
        many => format!("{} from figures of the case that stand beside it.", so_many(many, "figure is worked out")),
    };
    found.add(aspect, "worked out", upto(worked.len(), 2), says, shown(worked));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Own, Strategy};

    fn library() -> Challenge {
        let fact = |id: &str, says: &str, value: f64| Fact { hidden: true, ..Fact::new(id, says, Worth::Figure { value, unit: String::new() }) };
        let facts = vec![
            fact("stop", "Cost of a stop in a year", 6200.0),
            fact("visits", "Loans of a stop in a year", 5100.0),
            fact("foot", "Share who come by foot, of 79 % who answered", 0.13),
            fact("loans", "Loans of the bus in a year", 96_000.0),
            fact("stops", "Stops", 470.0),
            fact("lost", "Share of loans that would be lost", 0.21),
            fact("far", "Metres to the next one", 390.0),
        ];
        let own = Strategy { limits: crate::read::Limits::default(), competitors: vec![], exhibits: vec![] };
        Challenge::of_work(Own::Strategy(own), "t", "The bus has 18 readers a day and costs 212,000 EUR. It drives 44 weeks.", facts)
    }

    fn worked(text: &str) -> Vec<String> {
        let sentences = crate::answer::sentences(text);
        worked_out(&library(), &sentences).0
    }

    #[test]
    fn a_figure_out_of_nowhere_is_not_worked_out() {
        assert_eq!(worked("A reader costs 37 EUR, 7.5 % come by foot, 23 of them twice and 61 of them never, 17 % by car."), Vec::<String>::new());
        assert_eq!(worked("About 212 loans are made on Mondays and 318 on Fridays."), Vec::<String>::new());
        assert_eq!(worked("Of those asked 79 % answered, and 390 metres are the way."), Vec::<String>::new(), "these stand in the case");
    }

    #[test]
    fn a_figure_beside_those_it_is_made_of_is_worked_out() {
        assert_eq!(worked("A stop costs 6,200 EUR and brings 5,100 loans: 1.22 EUR a loan."), ["1.22"]);
        assert_eq!(worked("A loan of somebody on foot costs 9.35 EUR (= 6,200/5,100/0.13)."), ["9.35"]);
        assert_eq!(worked("With 21 % of 96,000 loans at 470 stops, 43 are lost at each."), ["43"]);
        assert_eq!(worked("6 x 5,100 x 0.13 / 96,000 is 4.1 % of all."), ["4.1 %"], "of four");
        assert_eq!(worked("4.1 % = 6 x 5,100 x 0.13/96,000"), ["4.1 %"]);
        assert_eq!(
            worked("A stop costs 6,200 EUR for 5,100 loans, so 1.22 each. Of these 13 % come by foot, which makes 9.38 for one of them."),
            ["1.22", "9.38"]
        );
    }
}
