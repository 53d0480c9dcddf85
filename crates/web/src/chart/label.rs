//! Labels that never overlap: how wide a text is, and where labels of one column or row may stand.

/// How wide a text is in Inter at a size, near enough to keep others away.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '\'' | '|' | ' ' => 0.3,
        'f' | 't' | 'r' | '-' | '(' | ')' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' => 0.9,
        '0'..='9' => 0.64,
        c if c.is_uppercase() => 0.72,
        c if (c as u32) >= 0x2e80 => 1.05,
        _ => 0.58,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// A text as far as it fits.
pub fn fitted(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept, size) + size * 1.5 > most {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// A text in so many lines, broken between words where the longest line is shortest; None where it has too few words.
pub(crate) fn broken(text: &str, size: f64, lines: usize) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if lines <= 1 || words.len() < lines {
        return (lines == 1 && !words.is_empty()).then(|| vec![words.join(" ")]);
    }
    let longest = |broken: &[String]| broken.iter().map(|line| width(line, size)).fold(0.0, f64::max);
    let first = |end: usize| {
        let rest = broken(&words[end..].join(" "), size, lines - 1)?;
        Some(std::iter::once(words[..end].join(" ")).chain(rest).collect::<Vec<_>>())
    };
    (1..=words.len() + 1 - lines).filter_map(first).min_by(|a, b| longest(a).total_cmp(&longest(b)))
}

/// Moves places apart until each has `gap` to the next, between two ends, each as near to where it wants to be as the
/// others let it. The order of `wanted` is kept in what comes back.
pub(crate) fn apart(wanted: &[f64], gap: f64, from: f64, to: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Neighbours that touch become a block, which stands around the mean of what its members want.
    let mut blocks: Vec<(f64, usize)> = vec![];
    for at in &order {
        blocks.push((wanted[*at], 1));
        while let [.., (a, n), (b, m)] = blocks[..] {
            if a + gap * (n + m) as f64 / 2.0 <= b {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push(((a * n as f64 + b * m as f64) / (n + m) as f64, n + m));
        }
    }
    let mut places: Vec<f64> =
        blocks.into_iter().flat_map(|(middle, n)| (0..n).map(move |k| middle + gap * (k as f64 - (n - 1) as f64 / 2.0))).collect();
    // Within the ends, the last from behind, then the first from before.
    let mut bound = to;
    for place in places.iter_mut().rev() {
        *place = place.min(bound);
        bound = *place - gap;
    }
    let mut bound = from;
    for place in &mut places {
        *place = place.max(bound);
        bound = *place + gap;
    }
    let mut stand = vec![0.0; wanted.len()];
    for (place, at) in places.into_iter().zip(order) {
        stand[at] = place;
    }
    stand
}

/// The first row in which each of some spans lies free of those before it in the same row.
pub(crate) fn rows(spans: &[(f64, f64)]) -> Vec<usize> {
    let mut ends: Vec<f64> = vec![];
    spans
        .iter()
        .map(|(from, to)| {
            let row = ends.iter().position(|end| end < from).unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(*to)
            } else {
                ends[row] = *to
            }
            row
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_stay_where_they_are_or_make_room() {
        assert_eq!(apart(&[10.0, 50.0], 14.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(apart(&[50.0, 50.0], 14.0, 0.0, 100.0), [43.0, 57.0]);
        assert_eq!(apart(&[98.0, 99.0, 3.0], 14.0, 0.0, 100.0), [86.0, 100.0, 3.0]);
        assert_eq!(rows(&[(0.0, 30.0), (20.0, 50.0), (40.0, 60.0)]), [0, 1, 0]);
        assert_eq!(fitted("Left", 12.0, 80.0), "Left");
        assert!(fitted("A very long name of a series", 12.0, 80.0).ends_with('…'));
        assert_eq!(broken("Fewer families own a second car", 12.0, 2).unwrap(), ["Fewer families", "own a second car"]);
        assert_eq!(broken("Fewer families own a second car", 12.0, 3).unwrap().len(), 3);
        assert_eq!((broken("Inflation", 12.0, 2), broken(" ", 12.0, 1)), (None, None));
    }

    proptest! {
        #[test]
        fn no_two_labels_overlap(wanted in prop::collection::vec(0.0..300.0_f64, 0..20)) {
            let mut stand = apart(&wanted, 14.0, 0.0, 300.0);
            stand.sort_by(f64::total_cmp);
            for pair in stand.windows(2) {
                prop_assert!(pair[1] - pair[0] > 13.999, "{stand:?}");
            }
        }
    }
}
