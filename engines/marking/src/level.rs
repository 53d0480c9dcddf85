//! What several samples say together.

use crate::row::Sample;

/// A row as a model judges it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The middle of the samples, 1 to 5.
    pub level: f64,
    /// The lowest and the highest of them.
    pub spread: (f64, f64),
    /// How many samples could be read.
    pub read: usize,
    /// The sample nearest to the middle, whose words are shown.
    pub words: usize,
}

impl Judged {
    /// Whether the samples are so far apart that the middle says little.
    pub fn is_unsure(&self) -> bool {
        self.spread.1 - self.spread.0 > 1.0 || self.read < 2
    }
}

/// Takes samples together; nothing where none could be read.
///
/// ```
/// use marking::{Sample, judged};
/// let of = |level| Sample { level, ..Sample::default() };
/// let found = judged(&[of(3.0), of(5.0), of(4.0)]).unwrap();
/// assert_eq!((found.level, found.spread, found.words), (4.0, (3.0, 5.0), 2));
/// assert!(found.is_unsure());
/// ```
pub fn judged(samples: &[Sample]) -> Option<Judged> {
    let mut levels: Vec<f64> = samples.iter().map(|sample| sample.level).collect();
    levels.sort_by(f64::total_cmp);
    let (low, high) = (*levels.first()?, *levels.last()?);
    let n = levels.len();
    let level = if n % 2 == 1 { levels[n / 2] } else { (levels[n / 2 - 1] + levels[n / 2]) / 2.0 };
    let away = |sample: &Sample| (sample.level - level).abs();
    let words = (0..n).min_by(|a, b| away(&samples[*a]).total_cmp(&away(&samples[*b])))?;
    Some(Judged { level, spread: (low, high), read: n, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sample_is_never_sure() {
        let of = |level| Sample { level, ..Sample::default() };
        assert_eq!(judged(&[]), None);
        assert!(judged(&[of(3.0)]).unwrap().is_unsure());
        assert!(!judged(&[of(3.0), of(3.0), of(4.0)]).unwrap().is_unsure());
        assert_eq!(judged(&[of(2.0), of(3.0)]).unwrap().level, 2.5);
    }
}
