//! What a text is compared by.

use unicode_normalization::UnicodeNormalization;

/// The pieces of a text with √(how often each occurs), sorted. Case, accents and width do not count; of a very
/// long text the first 2,000 words do.
pub(crate) fn pieces(text: &str) -> Vec<(u32, f32)> {
    let plain: String = text.chars().take(20_000).nfkd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut found: Vec<u32> = vec![];
    for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(2000) {
        found.push(hash(word, 1));
        let letters: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
        if letters.len() > 5 {
            let mut four = String::with_capacity(16);
            for window in letters.windows(4) {
                four.clear();
                four.extend(window);
                found.push(hash(&four, 2));
            }
        }
    }
    found.sort_unstable();
    found.chunk_by(|a, b| a == b).map(|same| (same[0], (same.len() as f32).sqrt())).collect()
}

/// Accents that stand apart after decomposition.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str, kind: u8) -> u32 {
    let start = (0x811c_9dc5_u32 ^ u32::from(kind)).wrapping_mul(0x0100_0193);
    text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(pieces("Élan  VITAL!"), pieces("elan vital"));
        assert!(pieces(" .,; ").is_empty());
        assert_eq!(pieces("a a a a"), [(hash("a", 1), 2.0)]);
    }
}
