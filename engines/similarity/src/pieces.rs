//! What a text is compared by.

use unicode_normalization::UnicodeNormalization;

/// Something and how often it occurs, both in one word, because an index holds a hundred of them for each text: 28 bits say what, four
/// how often; more than fifteen times counts as fifteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counted(u32);

/// What can be told apart.
const KNOWN: u32 = u32::MAX >> 4;

impl Counted {
    pub fn new(what: u32, times: usize) -> Counted {
        Counted((what & KNOWN) << 4 | times.min(15) as u32)
    }

    pub fn what(self) -> u32 {
        self.0 >> 4
    }

    /// √(how often).
    pub fn often(self) -> f32 {
        ((self.0 & 15) as f32).sqrt()
    }

    /// The same count of something else.
    pub fn of(self, what: u32) -> Counted {
        Counted::new(what, (self.0 & 15) as usize)
    }
}

/// The pieces of a text with how often each occurs, sorted. Case, accents and width do not count; of a very long text the
/// first 2,000 words do.
pub(crate) fn pieces(text: &str) -> Box<[Counted]> {
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
    found.chunk_by(|a, b| a == b).map(|same| Counted::new(same[0], same.len())).collect()
}

/// Accents that stand apart after decomposition.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str, kind: u8) -> u32 {
    let start = (0x811c_9dc5_u32 ^ u32::from(kind)).wrapping_mul(0x0100_0193);
    text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) & KNOWN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(pieces("Élan  VITAL!"), pieces("elan vital"));
        assert!(pieces(" .,; ").is_empty());
        let four = pieces("a a a a");
        assert_eq!((four.len(), four[0].what(), four[0].often()), (1, hash("a", 1), 2.0));
        assert_eq!(pieces(&"a ".repeat(40))[0].often(), 15.0_f32.sqrt(), "and none flows over into what it is");
    }
}
