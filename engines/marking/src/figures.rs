//! Figures and addresses of a text that stand in none of what it was written from: a model makes them up readily, and nobody
//! sees it by reading the text alone.

/// So many are told of a text.
const MOST: usize = 8;

/// What of a text's figures and addresses stands in none of its sources, each once.
///
/// ```
/// let sources = ["12 riders waited until 31 Oct 2026, at a cost of 1,200 EUR.".to_owned()];
/// assert_eq!(marking::unfounded("1. By 31 Oct 12 riders paid 1200 EUR; 15 did not.", &sources), ["15"]);
/// ```
pub fn unfounded(text: &str, sources: &[String]) -> Vec<String> {
    let all = sources.join("\n");
    let mut known: Vec<String> = figures(&all);
    known.sort_unstable();
    let mut found: Vec<String> = vec![];
    let (addresses, rest) = apart(text);
    for address in addresses {
        if !all.contains(address) && !found.iter().any(|known| known == address) {
            found.push(address.chars().take(120).collect());
        }
    }
    for line in rest.lines() {
        for figure in figures(unnumbered(line)) {
            if known.binary_search(&figure).is_err() && !found.contains(&figure) {
                found.push(figure);
            }
        }
    }
    found.truncate(MOST);
    found
}

/// The addresses in a text, and the text without them.
fn apart(text: &str) -> (Vec<&str>, String) {
    let (mut addresses, mut rest) = (vec![], String::with_capacity(text.len()));
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "()<>[]\"".contains(c)) {
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || "()<>[]\".,;:!?".contains(c));
        match bare.contains("://") || bare.starts_with("www.") {
            true => {
                addresses.push(bare);
                rest.push_str(&word[bare.len()..]);
            }
            false => rest.push_str(word),
        }
    }
    (addresses, rest)
}

/// A line without the number of a list.
fn unnumbered(line: &str) -> &str {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(item) if rest.len() < line.len() && item.starts_with(' ') => item,
        _ => line,
    }
}

/// The figures in a text, without what parts their thousands: 1,200 and 1200 are one.
fn figures(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(|c| c.is_numeric());
    let (mut all, mut at) = (vec![], 0);
    while at < chars.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let mut figure = String::new();
        while digit(at) || (matches!(chars.get(at), Some('.' | ',')) && digit(at + 1)) {
            let thousands = matches!(chars.get(at), Some('.' | ',')) && (1..=3).all(|n| digit(at + n)) && !digit(at + 4);
            if !thousands {
                figure.extend(chars.get(at).map(|c| if *c == ',' { '.' } else { *c }));
            }
            at += 1;
        }
        all.push(figure);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_source_in_whatever_form_is_founded() {
        let sources = ["Von 1.200 Fahrten kamen 12,5 % zu spät (ORB-40, 2026-10-31), siehe https://a.example/b.".to_owned()];
        for text in ["1,200 rides", "12.5 %", "ORB-40 by 31.", "2) The 10 th month of 2026", "https://a.example/b", "", "no figure"] {
            assert_eq!(unfounded(text, &sources), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_was_made_up_is_told_once() {
        let told = unfounded("20 of 20, then 3.5 and ٤٠. [here](https://evil.example) and [here](https://evil.example)", &["2, 35, 4".into()]);
        assert_eq!(told, ["https://evil.example", "20", "3.5", "٤٠"]);
        let many: String = (100..200).map(|n| format!("{n} ")).collect();
        assert_eq!(unfounded(&many, &[]).len(), MOST);
    }
}
