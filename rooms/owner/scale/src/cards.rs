//! The cards of a scale: what stands on each, and how many points it counts. Pure.

use crate::model::ScaleKind;
use kernel::{Deserialize, JsonSchema, Refusal, Result, Serialize};

/// One size of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Card {
    /// What stands on it: "5", "M".
    pub label: String,
    pub points: f64,
}

/// The sizes that are taken where a product has agreed on none.
pub const FIBONACCI: &[f64] = &[0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0];
const TSHIRT: &[(&str, f64)] = &[("XS", 1.0), ("S", 2.0), ("M", 3.0), ("L", 5.0), ("XL", 8.0), ("XXL", 13.0)];

/// A scale has so many sizes.
const MOST: usize = 20;
/// So many characters stand on a card.
const LONGEST: usize = 12;
/// No story is larger.
const LARGEST: f64 = 1000.0;

fn figure(points: f64) -> String {
    web::points(Some(points))
}

/// The cards that come with a kind.
pub fn usual(kind: ScaleKind) -> Vec<Card> {
    match kind {
        ScaleKind::Fibonacci => FIBONACCI.iter().map(|points| Card { label: figure(*points), points: *points }).collect(),
        ScaleKind::Tshirt => TSHIRT.iter().map(|(label, points)| Card { label: (*label).to_owned(), points: *points }).collect(),
        ScaleKind::Own => vec![],
    }
}

/// The card on which that stands; figures are the same however they are written, and letters in either case.
pub fn by_label<'a>(cards: &'a [Card], written: &str) -> Option<&'a Card> {
    let written = written.trim();
    let number = written.replace(',', ".").parse::<f64>().ok();
    let said = |card: &&Card| card.label.eq_ignore_ascii_case(written);
    cards.iter().find(said).or_else(|| cards.iter().find(|card| number.is_some_and(|number| card.label.parse() == Ok(number))))
}

/// The smallest card that holds so many points, or the largest there is.
pub fn nearest(cards: &[Card], points: f64) -> Option<&Card> {
    cards.iter().find(|card| card.points >= points).or(cards.last())
}

/// Reads sizes as people write them, one on each line or between commas: "5", or "M = 5".
pub(crate) fn read(text: &str) -> Result<Vec<Card>> {
    let wrong = |message: String| Err(Refusal::invalid("sizes", message));
    let mut cards: Vec<Card> = vec![];
    for part in text.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (label, value) = part.split_once(['=', ':']).map_or((part, part), |(label, value)| (label.trim(), value.trim()));
        let Ok(points) = value.replace(',', ".").parse::<f64>() else {
            return wrong(format!("“{}” has no points. Write a number, or a name and its points: M = 5.", web::clipped(part, 40)));
        };
        if !(0.0..=LARGEST).contains(&points) {
            return wrong(format!("“{}” is off: a size is between 0 and 1000 points.", web::clipped(part, 40)));
        }
        if label.is_empty() || label.chars().count() > LONGEST || label == "?" {
            return wrong(format!("“{}” does not fit on a card; {LONGEST} characters do.", web::clipped(label, 40)));
        }
        let label = if label == value { figure(points) } else { label.to_owned() };
        if cards.iter().any(|card| card.label.eq_ignore_ascii_case(&label) || card.points == points) {
            return wrong(format!("“{label}” stands there twice, by its name or by its points."));
        }
        cards.push(Card { label, points });
    }
    cards.sort_by(|a, b| a.points.total_cmp(&b.points));
    match cards.len() {
        0 | 1 => wrong("Two sizes at least are needed to compare stories.".into()),
        n if n > MOST => wrong(format!("{n} sizes are too many to choose from; {MOST} fit.")),
        _ => Ok(cards),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let labels = |text: &str| read(text).map(|cards| cards.into_iter().map(|card| (card.label, card.points)).collect::<Vec<_>>());
        assert_eq!(labels("4\n1\n2"), Ok(vec![("1".into(), 1.0), ("2".into(), 2.0), ("4".into(), 4.0)]));
        assert_eq!(labels("S = 2; M: 5; L=8,5"), Ok(vec![("S".into(), 2.0), ("M".into(), 5.0), ("L".into(), 8.5)]));
        for odd in ["", "5", "M", "1\n1", "S=1\ns=2", "-1\n2", "1\n1001", "?=1\n2", "a name that is long = 1\n2", "NaN\n1", "inf\n1"] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_card_is_named_in_more_than_one_way() {
        let cards = usual(ScaleKind::Fibonacci);
        assert_eq!(by_label(&cards, " 5.0 ").map(|card| card.points), Some(5.0));
        assert_eq!(by_label(&cards, "4"), None);
        assert_eq!(by_label(&usual(ScaleKind::Tshirt), "xl").map(|card| card.points), Some(8.0));
        assert_eq!(nearest(&cards, 4.0).map(|card| card.points), Some(5.0));
        assert_eq!(nearest(&cards, 99.0).map(|card| card.points), Some(21.0));
    }
}
