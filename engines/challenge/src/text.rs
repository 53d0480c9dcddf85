//! Words and figures in texts that people write.

/// Letters that do not show and do something all the same: those that steer, and those that turn others around. None of them
/// stands in a challenge.
pub(crate) fn steers(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether something of a text can be seen.
pub(crate) fn shows(text: &str) -> bool {
    let unseen = |c: char| c.is_whitespace() || steers(c) || reading::is_unseen(c);
    text.chars().any(|c| !unseen(c))
}

/// A figure in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    /// Without its sign; “3 million” is 3e6, “12 %” is 12.
    pub value: f64,
    pub percent: bool,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// The figures in a text: `1,450,000`, `1 450 000`, `3.2 million`, `12 %`, `40k`.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let bytes = text.as_bytes();
    let mut found = vec![];
    let mut at = 0;
    while at < bytes.len() {
        let before = text[..at].chars().next_back();
        if !bytes[at].is_ascii_digit() || before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        }
        let figure = figure(text, at);
        at = figure.end;
        found.push(figure);
    }
    found
}

fn figure(text: &str, start: usize) -> Figure {
    let digits = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = start + digits(start);
    // Groups of exactly three digits, with one and the same mark between them.
    if end - start <= 3 {
        let mark = text[end..].chars().next().filter(|c| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'));
        while let Some(mark) = mark
            && text[end..].starts_with(mark)
            && digits(end + mark.len_utf8()) == 3
        {
            end += mark.len_utf8() + 3;
        }
    }
    if text[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let written: String = text[start..end].chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let mut value = written.parse().unwrap_or(0.0);
    const SCALES: [(&str, f64); 12] = [
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("mn", 1e6),
        ("bn", 1e9),
        ("tn", 1e12),
        ("k", 1e3),
        ("K", 1e3),
        ("M", 1e6),
        ("m", 1e6),
        ("B", 1e9),
    ];
    let rest = &text[end..];
    let rest = rest.strip_prefix([' ', '-']).unwrap_or(rest);
    let gap = text.len() - end - rest.len();
    for (word, scale) in SCALES {
        // A lone m is a metre, but for “2m” of money.
        let lone = word == "m" && gap > 0;
        if !lone && rest.starts_with(word) && !rest[word.len()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '²' | '³')) {
            value *= scale;
            end += gap + word.len();
            break;
        }
    }
    let rest = &text[end..];
    let rest = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest);
    let gap = text.len() - end - rest.len();
    let mut percent = false;
    for word in ["%", "per cent", "percent"] {
        if rest.starts_with(word) {
            percent = true;
            end += gap + word.len();
            break;
        }
    }
    Figure { value, percent, start, end }
}

/// A figure as it can be vouched for: three digits, in groups, with its unit.
pub(crate) fn rounded(value: f64, unit: &str) -> String {
    if !value.is_finite() || value == 0.0 {
        return format!("{value} {unit}").trim_end().to_owned();
    }
    let places = 2 - value.abs().log10().floor() as i32;
    let plain = if places > 0 {
        let written = format!("{value:.*}", places as usize);
        if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.').to_owned() } else { written }
    } else {
        let step = 10_f64.powi(-places);
        format!("{:.0}", (value / step).round() * step)
    };
    let whole = plain.find('.').unwrap_or(plain.len());
    let first = plain.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let parted = |at: usize| whole - first > 3 && at > first && at < whole && (whole - at).is_multiple_of(3);
    let grouped: String = plain.char_indices().flat_map(|(at, c)| parted(at).then_some(',').into_iter().chain([c])).collect();
    format!("{grouped} {unit}").trim_end().to_owned()
}

/// Whether two figures differ by no more than a share of the larger.
pub(crate) fn near(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() <= share * a.abs().max(b.abs()) + 1e-12
}

/// Lower case, without accents, words apart by single blanks, with a blank at both ends, so that whole words can be
/// looked for.
pub(crate) fn plain(text: &str) -> String {
    let folded = reading::fold(text);
    let mut found = String::with_capacity(folded.len() + 2);
    found.push(' ');
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        found.push_str(word);
        found.push(' ');
    }
    found
}

/// Words apart by single blanks.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_with_three_digits_and_their_unit() {
        assert_eq!(rounded(245_176_258.756, "glasses/day"), "245,000,000 glasses/day");
        assert_eq!(rounded(5375.631, "EUR/month"), "5,380 EUR/month");
        assert_eq!((rounded(0.63, ""), rounded(3.9, "TB"), rounded(950.0, "")), ("0.63".into(), "3.9 TB".into(), "950".into()));
        assert_eq!((rounded(0.0, "TB"), rounded(-1234.0, "")), ("0 TB".into(), "-1,230".into()));
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        let values = |text: &str| figures(text).into_iter().map(|f| (f.value, f.percent)).collect::<Vec<_>>();
        assert_eq!(
            values("1,450,000 people, 3.2 million in 2024; 12 % and 7.5 per cent"),
            [(1_450_000.0, false), (3_200_000.0, false), (2024.0, false), (12.0, true), (7.5, true)]
        );
        assert_eq!(
            values("40k of 2m, 5 km, 3 m, v6, 1 234 567, 12,5"),
            [(40_000.0, false), (2e6, false), (5.0, false), (3.0, false), (1_234_567.0, false), (12.0, false), (5.0, false)]
        );
        assert_eq!(values("€30 – ½ … 7"), [(30.0, false), (7.0, false)]);
        assert_eq!(plain("Łódź: Größe, 3 %"), plain("łódź größe 3"));
    }
}
