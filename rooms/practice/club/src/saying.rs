//! Figures as a challenge says them.

use challenge::read::{Fact, Worth};
use web::telling::typed;

/// A figure with so many digits as somebody can vouch for.
pub(crate) fn rounded(value: f64) -> String {
    grouped(to_digits(value, 3))
}

/// A figure that something is held against: with more digits, and none that are only noise.
pub(crate) fn fitting(value: f64) -> String {
    grouped(to_digits(value, 5))
}

/// A figure as it was written, thousands parted: `1,300`.
pub(crate) fn grouped(value: f64) -> String {
    let plain = typed(value.abs());
    let whole = plain.split('.').next().map_or(0, str::len);
    let parted = |at: usize| at > 0 && at < whole && (whole - at).is_multiple_of(3);
    let sign = (value < 0.0).then_some('−');
    sign.into_iter().chain(plain.char_indices().flat_map(|(at, c)| parted(at).then_some(',').into_iter().chain([c]))).collect()
}

/// So many digits of a number; the rest is nought.
fn to_digits(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.saturating_sub(1)).parse().unwrap_or(value)
}

/// A figure with its unit; a share as a percentage, as briefs write it.
pub(crate) fn amount(value: f64, unit: &str) -> String {
    // Nobody can vouch for a hundredth of thousands.
    let value = if value.abs() >= 1000.0 { value.round() } else { value };
    const COUNTED: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];
    match unit {
        "" if value > 0.0 && value < 1.0 => format!("{} %", grouped(to_digits(100.0 * value, 6))),
        "" => grouped(value),
        time if COUNTED.contains(&time) && (value - 1.0).abs() > 1e-9 => format!("{} {time}s", grouped(value)),
        unit => format!("{} {unit}", grouped(value)),
    }
}

/// A fact as a sentence, with its source and licence; one of the invented world of the case has neither.
pub(crate) fn fact(fact: &Fact) -> String {
    let year = fact.year.map_or(String::new(), |year| format!(", {year}"));
    let worth = match &fact.worth {
        Worth::Figure { value, unit } => amount(*value, unit),
        Worth::Text(text) => text.clone(),
    };
    let source = if fact.is_invented() { String::new() } else { format!(" ({}, {})", fact.source, fact.licence) };
    format!("{}: {}{year}{source}", fact.says, worth.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_form_that_briefs_give_them() {
        assert_eq!([245_176_258.756, 0.6304, 5375.63, -12.0].map(rounded), ["245,000,000", "0.63", "5,380", "−12"]);
        let said = [
            (0.021, ""),
            (0.009, ""),
            (0.407, ""),
            (1.21, ""),
            (19.0, "hour"),
            (1.0, "day"),
            (1300.0, "choirs"),
            (18_077_573.0, "people"),
            (76_370_394_412.416_26, "USD/year"),
        ];
        let told = ["2.1 %", "0.9 %", "40.7 %", "1.21", "19 hours", "1 day", "1,300 choirs", "18,077,573 people", "76,370,394,412 USD/year"];
        assert_eq!(said.map(|(value, unit)| amount(value, unit)), told);
    }
}
