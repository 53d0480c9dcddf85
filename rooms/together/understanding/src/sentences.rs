//! A text taken apart into its sentences, so that each can be answered by itself.

/// So many are gone through; what is longer is kept together at the end.
pub(crate) const MOST: usize = 20;

/// The sentences of a text in order: lines, and within them what ends with a full stop, a question mark and the like, in
/// whatever script. Nothing of the text is lost but the spaces between.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for line in text.lines() {
        let mut rest = line.trim();
        while !rest.is_empty() {
            let end = end_of_first(rest);
            all.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start();
        }
    }
    if all.len() > MOST {
        let last = all.split_off(MOST - 1).join(" ");
        all.push(last);
    }
    all
}

/// Where the first sentence of a line ends: behind its mark, where a space or nothing follows. "e.g. this" ends none: a
/// sentence begins with no small letter.
fn end_of_first(line: &str) -> usize {
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '。' | '！' | '？' | '।' => return end,
            '.' | '!' | '?' | '…' | '؟' => {
                let behind = &line[end..];
                let closes = behind.trim_start_matches(['.', '!', '?', '…', '"', '”', '’', '»', ')']);
                let end = line.len() - closes.len();
                let begins = closes.trim_start().chars().next();
                if closes.is_empty() || closes.starts_with(char::is_whitespace) && begins.is_none_or(|c| !c.is_lowercase()) {
                    return end;
                }
            }
            _ => {}
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_stands_by_itself() {
        let text = "We build for families. Not for couriers!\nWhy? “They pay.” It costs 2.50 a ride, e.g. less than coffee";
        let apart = ["We build for families.", "Not for couriers!", "Why?", "“They pay.”", "It costs 2.50 a ride, e.g. less than coffee"];
        assert_eq!(sentences(text), apart);
        assert_eq!(sentences("これはペンです。それは本です。"), ["これはペンです。", "それは本です。"]);
        assert!(sentences(" \n ").is_empty());
    }

    #[test]
    fn what_is_long_is_kept_together_at_the_end() {
        let long: String = (0..50).map(|i| format!("Sentence {i}. ")).collect();
        let apart = sentences(&long);
        assert_eq!(apart.len(), MOST);
        assert!(apart.last().unwrap().ends_with("Sentence 49."));
    }
}
