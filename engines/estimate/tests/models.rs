//! Whole models: what they say, and what is said of those that are wrong.

#![allow(clippy::unwrap_used, clippy::panic)]

use estimate::{Distribution, Model, Settings, Summary};
use proptest::prelude::*;

fn answer(text: &str) -> Summary {
    let model = Model::parse(text).unwrap_or_else(|wrong| panic!("{text}\n{wrong}"));
    let line = model.line("x").unwrap_or(model.target());
    model.run(Settings::default()).unwrap_or_else(|wrong| panic!("{text}\n{wrong}")).summary(line)
}

fn value(text: &str) -> f64 {
    answer(text).mean
}

fn unit(text: &str) -> String {
    let model = Model::parse(text).unwrap();
    model.lines()[model.target()].unit.to_string()
}

fn wrong(text: &str) -> String {
    match Model::parse(text).and_then(|model| model.run(Settings::default()).map(|r| r.summary(model.target()).mean)) {
        Err(wrong) => wrong.to_string(),
        Ok(value) => panic!("{text} gave {value}"),
    }
}

#[test]
fn arithmetic_and_precedence() {
    for (text, expected) in [
        ("x = 1 + 2 * 3", 7.0),
        ("x = -2 ^ 2", -4.0),
        ("x = 2 ^ 3 ^ 2", 512.0),
        ("x = (1 + 2) * 3 / 9", 1.0),
        ("x = 1,000,000 / 1k", 1000.0),
        ("x = if 2 > 1 then 5 else 6", 5.0),
        ("x = max(1, 200, 3) - min(4, 2)", 198.0),
        ("x = clamp(7, 1, 5)", 5.0),
        ("x = sqrt(16) + ln(exp(2)) + log10(1000) + abs(-1)", 10.0),
        ("x = round(2.6) + floor(2.6) + ceil(2.1)", 8.0),
        ("x = 10 − 4 ÷ 2 × 3", 4.0),
        ("x = 5 % * 200", 10.0),
        ("a = 3\nx = a * b\nb = 4 # any order", 12.0),
    ] {
        assert!((value(text) - expected).abs() < 1e-9, "{text}: {}", value(text));
    }
}

#[test]
fn units_are_computed_and_shown() {
    for (text, expected, shown) in [
        ("x = 60 km/h * 30 min", 30.0, "km"),
        ("x = 3 EUR/person/month * 100 people in EUR/year", 3600.0, "EUR/year"),
        ("x = 2 m * 3 m", 6.0, "m^2"),
        ("x = sqrt(16 m^2)", 4.0, "m"),
        ("x = 1 h + 30 min", 1.5, "h"),
        ("x = 90 min in h", 1.5, "h"),
        ("x = $5 * 3", 15.0, "USD"),
        ("x = 2 million people / 4 people", 500_000.0, ""),
        ("x = 5 per week * 2 weeks", 10.0, ""),
        ("x = 12 bikes / 4 stations", 3.0, "bike/station"),
        ("x = round(3.6 km)", 4.0, "km"),
        ("hours = 3 h\nx = 12 km / hours in km/h", 4.0, "km/h"),
        ("x = 1 kWh in MJ", 3.6, "MJ"),
    ] {
        assert!((value(text) - expected).abs() < 1e-9 * expected.abs(), "{text}: {}", value(text));
        assert_eq!(unit(text), shown, "{text}");
    }
}

#[test]
fn a_range_is_a_ninety_percent_interval_of_a_told_family() {
    let positive = answer("x = 10 to 1000");
    assert!((positive.at(0.05) / 10.0 - 1.0).abs() < 0.002 && (positive.at(0.95) / 1000.0 - 1.0).abs() < 0.002);
    assert!((positive.at(0.5) - 100.0).abs() < 0.1, "lognormal");
    let crossing = answer("x = -10 to 30");
    assert!((crossing.at(0.5) - 10.0).abs() < 0.01 && (crossing.at(0.05) + 10.0).abs() < 0.05, "normal");
    let families: Vec<&str> =
        Model::parse("a = 1 to 2\nb = -1 to 2\nc = 3 of 10\nd = [1, 2]").unwrap().leaves().iter().map(|l| l.distribution.family()).collect();
    assert_eq!(families, ["lognormal", "normal", "beta", "data"]);
    // What stands behind one bare number is meant for both.
    assert!((answer("x = 2 to 3 million people").at(0.05) - 2e6).abs() < 1e4);
    assert!((answer("x = 2 km to 3").at(0.95) - 3.0).abs() < 0.01);
    assert_eq!(value("x = 5 to 5"), 5.0);
}

#[test]
fn the_same_line_is_the_same_in_every_place() {
    assert_eq!((value("y = 1 to 9\nx = y - y"), answer("y = 1 to 9\nx = y / y").sd), (0.0, 0.0));
    let independent = answer("x = (1 to 9) - (1 to 9)");
    assert!(independent.sd > 1.0, "written twice, they are two");
    assert!((value("y = 1 to 9\nx = P(y > 3)") - 0.5).abs() < 0.001, "the median of 1 to 9 is 3");
    assert!((value("y = normal(5, 1)\nx = mean(y) + median(y)") - 10.0).abs() < 1e-3);
    assert!((value("x = mean(mix(1, 3, [0.75, 0.25]))") - 1.5).abs() < 1e-3);
    assert!((value("x = mean(3 of 8)") - 0.4).abs() < 1e-4, "(3 + 1) / (8 + 2)");
}

#[test]
fn results_repeat_to_the_digit_and_lines_do_not_disturb_each_other() {
    let run = |text: &str, seed| {
        let model = Model::parse(text).unwrap();
        model.run(Settings { samples: 1000, seed }).unwrap().samples(model.line("x").unwrap())
    };
    let one = run("a = 1 to 5\nx = a * (2 to 3)", 7);
    assert_eq!(one, run("a = 1 to 5\nx = a * (2 to 3)", 7));
    assert_eq!(one, run("new = 5 to 6\na = 1 to 5\nx = a * (2 to 3)", 7));
    assert_ne!(one, run("a = 1 to 5\nx = a * (2 to 3)", 8));
}

/// Products, quotients and powers, whose quantiles are known.
const MULTIPLICATIVE: &[&str] = &[
    "x = (1 to 10) * (2 to 5)",
    "x = (1 to 100) / (3 to 4)",
    "x = (5 to 6) * (7 to 90) * (1 to 2) / (2 to 30)",
    "x = (1 to 10) ^ 2",
    "a = 1 to 9\nx = a * a * (2 to 3)",
    "a = 1 to 9\nb = a / (2 to 3)\nx = b * (4 to 5) / a",
    "x = (40k to 60k people) * 3",
    "x = (3 to 9) * (3 to 9) * (3 to 9)",
    "x = 1 / (2 to 50)",
    "x = ((1 to 8) / (2 to 3)) ^ 0.5",
    "r = 40k to 60k people\nf = 2 to 5 rides/person/month\np = 2.5 EUR/ride\nx = r * f * p in EUR/year",
    "x = lognormal(1, 0.5) * lognormal(0, 1)",
    "x = (0.01 to 0.2) * (1M to 2M) * (5 to 9) * (10 to 80) * (1 to 3)",
];

#[test]
fn multiplicative_models_agree_with_their_closed_form() {
    for text in MULTIPLICATIVE {
        let model = Model::parse(text).unwrap();
        let line = model.line("x").unwrap();
        let exact = model.exact(line).unwrap_or_else(|| panic!("{text} has a closed form"));
        let found = model.run(Settings { samples: 100_000, seed: 1 }).unwrap().summary(line);
        for share in [0.05, 0.25, 0.5, 0.75, 0.95] {
            let truth = exact.quantile(share) / model.lines()[line].unit.scale();
            assert!((found.at(share) / truth - 1.0).abs() < 0.01, "{text} at {share}: {} against {truth}", found.at(share));
        }
    }
}

#[test]
fn sums_and_mixtures_agree_with_plain_monte_carlo() {
    // Against 10 million plain draws of the same, by a generator of another kind.
    let mut state = 0x1234_5678_9abc_def0_u64;
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    };
    let mut normal = move || (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos();
    let spread = |low: f64, high: f64| (low.ln().midpoint(high.ln()), (high / low).ln() / (2.0 * estimate::Z90));
    let mut log = move |low, high| {
        let (m, s) = spread(low, high);
        (m + s * normal()).exp()
    };
    type Plain<'a> = Box<dyn FnMut() -> f64 + 'a>;
    let log = std::cell::RefCell::new(&mut log);
    let draw = |low, high| log.borrow_mut()(low, high);
    let cases: Vec<(&str, Plain)> = vec![
        ("x = (1 to 10) + (2 to 5)", Box::new(|| draw(1.0, 10.0) + draw(2.0, 5.0))),
        ("x = (1 to 10) + (20 to 50) / (2 to 3)", Box::new(|| draw(1.0, 10.0) + draw(20.0, 50.0) / draw(2.0, 3.0))),
        ("x = (1 to 10) - (2 to 5) + 20", Box::new(|| draw(1.0, 10.0) - draw(2.0, 5.0) + 20.0)),
        ("x = sqrt((1 to 10) + (2 to 5))", Box::new(|| (draw(1.0, 10.0) + draw(2.0, 5.0)).sqrt())),
        ("x = max((1 to 10), (2 to 5))", Box::new(|| draw(1.0, 10.0).max(draw(2.0, 5.0)))),
        (
            "a = 3 to 12\nx = if a > 5 then a * 2 else a",
            Box::new(|| {
                let a = draw(3.0, 12.0);
                if a > 5.0 { a * 2.0 } else { a }
            }),
        ),
        (
            "a = 1 to 4\nx = a * a + (5 to 9)",
            Box::new(|| {
                let a = draw(1.0, 4.0);
                a * a + draw(5.0, 9.0)
            }),
        ),
    ];
    for (text, mut plain) in cases {
        let mut truth: Vec<f64> = (0..10_000_000).map(|_| plain()).collect();
        let model = Model::parse(text).unwrap();
        let found = model.run(Settings { samples: 100_000, seed: 3 }).unwrap().summary(model.line("x").unwrap());
        for share in [0.05, 0.5, 0.95] {
            let at = (truth.len() as f64 * share) as usize;
            let exact = *truth.select_nth_unstable_by(at, f64::total_cmp).1;
            assert!((found.at(share) / exact - 1.0).abs() < 0.01, "{text} at {share}: {} against {exact}", found.at(share));
        }
    }
}

#[test]
fn what_matters_is_told() {
    let model = Model::parse("wide = 1 to 100\nnarrow = 4 to 5\nx = wide * narrow\nunused = 1 to 2").unwrap();
    let results = model.run(Settings::default()).unwrap();
    let found = results.influences(model.line("x").unwrap()).unwrap();
    assert_eq!(found.len(), 2, "what the line does not use is left out");
    assert!(found[0].share > 0.99 && found[0].knowing > 0.98 && found[1].knowing < 0.02);
    let (low, high) = found[0].tornado;
    assert!((low / 20_f64.sqrt() - 1.0).abs() < 1e-6 && (high / (100.0 * 20_f64.sqrt()) - 1.0).abs() < 1e-6, "{low} {high}");
    let sum = Model::parse("a = normal(0, 2)\nb = normal(0, 1)\nx = a + b").unwrap();
    let found = sum.run(Settings::default()).unwrap().influences(2).unwrap();
    assert!((found[0].knowing - 0.8).abs() < 0.03, "4 / (4 + 1): {}", found[0].knowing);
}

#[test]
fn structure_is_told() {
    let text = "people = 1M people\nshare = 3 of 10\nprice = 5 EUR/person\nmarket = people * share * price\nagain = market * share\nother = (2 to 3) EUR * count\ncount = 4k to 5k";
    let model = Model::parse(text).unwrap();
    let again = model.structure(model.line("again").unwrap());
    assert_eq!((again.depth, again.leaves), (2, 3));
    assert_eq!(again.twice, [model.line("share").unwrap()]);
    assert_eq!(again.routes, [model.line("other").unwrap()]);
    let reference = Model::parse("people = 1M people\nrides = 3 rides/person\nprice = 2 EUR/ride\nx = people * rides * price").unwrap();
    assert_eq!(model.missing(model.line("market").unwrap(), &reference, 3), ["rides", "price"]);
    assert_eq!(model.tree(model.line("again").unwrap()).len(), 6);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, says) in [
        ("", "no line"),
        ("x = ", "Line 1, column 5: Found the end of the line where a number"),
        ("price = 3\nx = prise * 2", "Line 2, column 5: No line is called “prise”. Did you mean “price”?"),
        ("x = 5 km + 3 h", "do not fit together: km and h"),
        ("x = 5 km + 3", "km and a plain number"),
        ("x = 5 in km", "cannot be shown in km"),
        ("x = 10 to 5", "wrong way round"),
        ("x = 1 / 0", "divides by zero"),
        ("y = -1 to 1\nx = 1 / round(y)", "divides by zero in"),
        ("x = ln(-1 to 1)", "logarithm of zero or less in 50.00 %"),
        ("x = sqrt(0 - 1)", "root of a negative"),
        ("a = b\nb = c + 1\nc = a", "circle: a → b → c → a"),
        ("x = x + 1", "circle: x → x"),
        ("x = 1\nx = 2", "given in line 1 already"),
        ("x = (1 + 2", "“)” was expected"),
        ("x = 1 2", "does not belong here"),
        ("x = foo(3)", "No function is called “foo”"),
        ("x = sqr(3)", "Did you mean “sqrt”"),
        ("x = 3 > 2", "true or false"),
        ("x = if 3 then 1 else 2", "A condition such as"),
        ("y = 1 to 2\nx = y to 5", "must be certain"),
        ("x = 11 of 10", "no share"),
        ("x = exp(1000)", "not a finite number"),
        ("x = exp(100 to 1000)", "becomes infinite"),
        ("x = 10 ^ 400", "not a finite number"),
        ("x = 1e999", "too large"),
        ("x = 2 ^ (1 km)", "exponent is a plain number"),
        ("x = mix(1 km, 2 h)", "do not fit together"),
        ("x = []", "empty"),
        ("x = normal(1)", "takes a mean"),
        ("x = normal(1, 0)", "above zero"),
        ("x = 3 ? 4", "means nothing here"),
        ("to = 3", "word of the language"),
        ("5 = x", "Found the number 5 where a line begins"),
        ("x = 1234,567", "mixes grouped"),
    ] {
        let said = wrong(text);
        assert!(said.contains(says), "{text:?} said {said:?}, not {says:?}");
    }
}

#[test]
fn monstrous_input_is_refused_quickly() {
    assert!(wrong(&format!("x = {}1{}", "(".repeat(4000), ")".repeat(4000))).contains("nested"));
    assert!(wrong(&format!("x = {}1", "- ".repeat(4000))).contains("nested"));
    assert!(wrong(&format!("x = 1{}", "+1".repeat(4000))).contains("steps"));
    assert!(wrong(&format!("x = {}1", "2^".repeat(4000))).contains("nested"));
    assert!(wrong(&format!("x = {}1{}", "if 1 > 0 then ".repeat(300), " else 0".repeat(300))).contains("nested"));
    assert!(wrong(&format!("x = 1 -- {}", "a".repeat(1 << 20))).contains("bytes"));
    let many: String = (0..1_000_000).map(|i| format!("a{i} = {i}\n")).collect();
    assert!(wrong(&many).contains("at most 2000 lines"));
    let chain: String = (1..2000).map(|i| format!("a{i} = a{} + 1\n", i - 1)).collect();
    assert!((value(&format!("a0 = 1\n{chain}")) - 2000.0).abs() < 1e-9, "a long chain is no danger");
    let settings = Settings { samples: 1_000_000, seed: 1 };
    let wide: String = (0..1000).map(|i| format!("a{i} = 1 to 2\n")).collect();
    assert!(Model::parse(&wide).unwrap().run(settings).is_err());
    assert!(Model::parse("x = 1 to 2").unwrap().run(Settings { samples: 3, seed: 1 }).is_err());
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "[a-z0-9 =+*/^().,\\[\\]<>#%$kMto\n-]{0,120}") {
        if let Ok(model) = Model::parse(&text) {
            let _ = model.run(Settings { samples: 100, seed: 1 }).map(|r| r.summary(model.target()));
        }
    }

    #[test]
    fn ranges_keep_their_ends(low in 1e-6..1e6_f64, factor in 1.01..1e4_f64) {
        let high = low * factor;
        let d = Distribution::between(low, high);
        prop_assert!((d.quantile(0.05) / low - 1.0).abs() < 1e-9);
        prop_assert!((d.quantile(0.95) / high - 1.0).abs() < 1e-9);
    }
}

#[test]
fn one_guess_alone_brings_a_line_to_a_value() {
    let model = Model::parse("people = 40k to 60k people\nfee = 10 to 40 EUR/person\nmarket = people * fee in EUR").unwrap();
    let results = model.run(Settings { samples: 1_000, seed: 1 }).unwrap();
    let names = |meetings: &[estimate::Meeting]| meetings.iter().map(|m| model.lines()[model.leaves()[m.leaf].line].name.clone()).collect::<Vec<_>>();
    // The middle is √(40k · 60k) people at √(10 · 40) = 20 EUR: 979,796 EUR. For 1.3 million they would have to pay 26.54 EUR;
    // 65,000 people are more than the range has.
    let found = results.meetings(2, 1.3e6).unwrap();
    assert_eq!(names(&found), ["fee"]);
    assert!((found[0].at - 1.3e6 / (40e3_f64 * 60e3).sqrt()).abs() < 0.01, "{found:?}");
    assert!((found[0].from - 20.0).abs() < 1e-9);
    // A little more than the middle both can bring; what has to move less of its range comes first.
    assert_eq!(names(&results.meetings(2, 1.05e6).unwrap()), ["fee", "people"]);
    assert!(results.meetings(2, 9e6).unwrap().is_empty());
}
