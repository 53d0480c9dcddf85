//! Numbers, ranges and units as people write them: read right or refused, never a wrong number.

#![allow(clippy::unwrap_used, clippy::panic)]

use estimate::{Model, Settings, Summary};

fn answer(text: &str) -> (Summary, String) {
    let model = Model::parse(text).unwrap_or_else(|wrong| panic!("{text}\n{wrong}"));
    let line = model.line("x").unwrap_or(model.target());
    let summary = model.run(Settings::default()).unwrap_or_else(|wrong| panic!("{text}\n{wrong}")).summary(line);
    let unit = model.unit_of(line, summary.at(0.5));
    (summary, unit)
}

fn wrong(text: &str) -> String {
    match Model::parse(text) {
        Err(wrong) => wrong.to_string(),
        Ok(_) => panic!("{text} gave {:?}", answer(text)),
    }
}

/// The median and the ends of the 90 % interval.
fn shows(text: &str, expected: [f64; 3], unit: &str) {
    let (found, shown) = answer(text);
    for (share, wanted) in [0.5, 0.05, 0.95].into_iter().zip(expected) {
        let near = (found.at(share) - wanted).abs() <= 0.003 * wanted.abs() + 1e-9;
        assert!(near, "{text} at {share}: {} instead of {wanted}", found.at(share));
    }
    assert_eq!(shown, unit, "{text}");
}

fn is(text: &str, expected: f64, unit: &str) {
    shows(text, [expected; 3], unit);
}

#[test]
fn decimal_commas_are_read_or_refused() {
    is("x = 0,125", 0.125, "");
    is("x = 2,5k EUR", 2500.0, "EUR");
    is("x = 1.200,50 EUR", 1200.5, "EUR");
    is("x = 12,34,567", 1_234_567.0, "");
    shows("x = 2,5 to 3,5 km", [8.75_f64.sqrt(), 2.5, 3.5], "km");
    is("x = 1,250", 1250.0, "");
    is("x = 1.250", 1.25, "");
    assert!(wrong("a = 2,5\nx = 1,250").contains("Line 2"), "what could be either is refused once decimals have commas");
    assert!(wrong("a = 2,5\nx = 1.250").contains("1250, 1,25"));
    assert!(wrong("x = 3, 5").contains("does not belong"));
}

#[test]
fn commas_in_brackets_separate() {
    shows("x = [120,135,150]", [135.0, 120.0, 150.0], "");
    shows("x = [120, 135, 150] days", [135.0, 120.0, 150.0], "days");
    shows("x = [1,5; 2,5; 3,5]", [2.5, 1.5, 3.5], "");
    is("x = max(1,200)", 200.0, "");
    assert!(wrong("x = [1,5, 2,5]").contains("one number or two"));
}

#[test]
fn what_stands_behind_the_upper_end_counts_for_both() {
    shows("x = 5 to 6M EUR", [30.0_f64.sqrt() * 1e6, 5e6, 6e6], "EUR");
    shows("x = 5 to 6 M EUR", [30.0_f64.sqrt() * 1e6, 5e6, 6e6], "EUR");
    shows("x = €5 to 6M", [30.0_f64.sqrt() * 1e6, 5e6, 6e6], "EUR");
    shows("x = 5k to 6k EUR", [30.0_f64.sqrt() * 1e3, 5e3, 6e3], "EUR");
    shows("x = 5 to 10%", [0.05_f64.midpoint(0.05) * 2_f64.sqrt(), 0.05, 0.1], "");
    shows("x = 5% to 10", [0.05 * 2_f64.sqrt(), 0.05, 0.1], "");
    shows("x = -10 to 30 %", [0.1, -0.1, 0.3], "");
    shows("x = -2 to 3M EUR", [0.5e6, -2e6, 3e6], "EUR");
    // Where it would turn the range round it does not.
    shows("x = 900 to 1.2k people", [(900.0_f64 * 1200.0).sqrt(), 900.0, 1200.0], "people");
    shows("x = 1 to 1M", [1e3, 1.0, 1e6], "");
}

#[test]
fn a_range_has_any_dash_or_to() {
    for dash in [" to ", "–", " – ", "—", "‒", "..", "…", "-"] {
        shows(&format!("x = 5{dash}20 EUR/person"), [10.0, 5.0, 20.0], "EUR/person");
    }
    shows("x = 5-20k EUR", [10e3, 5e3, 20e3], "EUR");
    shows("x = $5-$20", [10.0, 5.0, 20.0], "USD");
    is("x = 20-5", 15.0, "");
    is("x = 5 - 20", -15.0, "");
    is("r = 3\nx = 1-2*r", -5.0, "");
    is("r = 3\nx = r-5", -2.0, "");
    assert!(wrong("x = (5-10) * 3").contains("a range or a difference"));
    assert!(wrong("x = [5-10, 3]").contains("a range or a difference"));
}

#[test]
fn give_or_take() {
    for sign in ["+-", "+/-", "±", " ± "] {
        shows(&format!("x = 10{sign}5 %"), [10.0, 9.5, 10.5], "");
    }
    shows("x = 20% ± 5%", [0.2, 0.15, 0.25], "");
    shows("x = 20 ± 5 km", [20.0, 15.0, 25.0], "km");
    shows("x = 1.2 ± 0.1M EUR", [1.2e6, 1.1e6, 1.3e6], "EUR");
    shows("x = 100 EUR ± 10 %", [100.0, 90.0, 110.0], "EUR");
    shows("x = 1 ± 3", [1.0, -2.0, 4.0], "");
    is("a = 10 ± 9\nx = P(a < 0)", 0.0, "");
    assert!(wrong("x = 5 km ± 3 h").contains("do not fit together"));
}

#[test]
fn so_many_of_so_many_and_a_share_of_something() {
    shows("x = 3 of 4 * 100", [68.6, 34.3, 92.4], "");
    shows("x = (3 of 4) * 100", [68.6, 34.3, 92.4], "");
    shows("x = 100 * 3 of 4 people", [68.6, 34.3, 92.4], "");
    is("users = 5000 people\nx = 20% of users", 1000.0, "people");
    is("x = 10 % of 20 % of 50 EUR", 1.0, "EUR");
    shows("users = 5000 people\nx = 5 to 10% of users", [353.55, 250.0, 500.0], "people");
    shows("users = 5000 people\npart = 5 to 10%\nx = part of users", [353.55, 250.0, 500.0], "people");
    assert!(wrong("x = 20% of 5k to 6k").contains("Put the range in parentheses"));
    assert!(wrong("x = 5 of 4").contains("no share"));
}

#[test]
fn letters_and_words_for_thousands_and_millions() {
    is("budget = 2 M EUR\nspent = 500k EUR\nx = budget - spent", 1.5e6, "EUR");
    for text in ["$2M", "$2m", "2 m USD", "2m USD", "2 million USD", "USD 2 mn", "2 Mio dollars", "US$ 2M", "2000 kUSD", "0.002bn USD"] {
        is(&format!("x = {text}"), if text.contains("kUSD") { 2000.0 } else { 2e6 }, if text.contains("kUSD") { "kUSD" } else { "USD" });
    }
    is("x = 5K people", 5000.0, "people");
    is("x = 5 B", 5.0, "bytes");
    is("x = 5 B EUR", 5e9, "EUR");
    is("x = 5 m", 5.0, "m");
    is("x = 3 euros + 5 €", 8.0, "EUR");
}

#[test]
fn units_in_singular_plural_and_powers() {
    is("old = 5 stories\nnew = 1 story\nx = old + new", 6.0, "stories");
    is("old = 5 stories\nx = old - 4 stories", 1.0, "story");
    is("x = 3 people + 1 person", 4.0, "people");
    is("a = 3 movies\nb = 1 movie\nx = a - b", 2.0, "movies");
    is("tile = 10 EUR / m2\nwide = 5 m\nlong = 8 m\nx = wide * long * tile", 400.0, "EUR");
    is("x = 10 EUR/m² * 5 m * 8 m", 400.0, "EUR");
    is("x = 9.8 m s⁻² * 10 s", 98.0, "m/s");
    is("x = 2 km2 in m^2", 2e6, "m^2");
    is("a = 3\nx = a²", 9.0, "");
}

#[test]
fn a_percentage_more_is_one_of_what_stands_before_it() {
    is("x = 100 + 10%", 110.0, "");
    is("x = 100 - 10%", 90.0, "");
    is("price = 100 EUR\nrise = 10 %\nx = price + rise", 110.0, "EUR");
    shows("x = 100 EUR + (5 to 20%)", [110.0, 105.0, 120.0], "EUR");
    // Shares add up as shares.
    is("x = 20% + 5%", 0.25, "");
    is("churn = 5 %\nx = 1 - churn", 0.95, "");
    is("x = 100 * (1 + 5% + 3%)", 108.0, "");
    is("x = (1 + 5%) * (1 - 20%)", 0.84, "");
    assert!(wrong("a = 0.2\nx = a + 10%").contains("10 % of what?"));
    assert!(wrong("a = 2 to 5\nx = a + 10%").contains("10 % of what?"));
    assert!(wrong("x = 10% + 3").contains("10 % of what?"));
}

#[test]
fn a_range_from_zero_stays_at_or_above_it() {
    shows("x = 0 to 30M EUR", [15e6, 0.0, 30e6], "EUR");
    is("cost = 0 to 30M EUR\nx = P(cost < 0)", 0.0, "");
    is("gain = -30 to 0\nx = P(gain > 0)", 0.0, "");
    shows("x = 0 to 20 %", [0.1, 0.0, 0.2], "");
    is("low = -1 to 30\nx = if P(low < 0) > 0.04 then 1 else 0", 1.0, "");
}
