//! How often what came out, in bands of a round width.

use super::scale::Axis;

/// Counts figures into about so many bands: their edges, one more than there are counts, and the counts. What is counted
/// in whole steps (days, items) is never cut within one.
pub fn histogram(figures: &[f64], bands: usize, whole: bool) -> (Vec<f64>, Vec<f64>) {
    let known = || figures.iter().copied().filter(|f| f.is_finite());
    let (low, high) = known().fold((f64::MAX, f64::MIN), |(low, high), f| (low.min(f), high.max(f)));
    if low > high {
        return (vec![], vec![]);
    }
    // A band holds its lower edge, so what is highest lies before the last edge.
    let axis = Axis::round(low, if whole { high + 1.0 } else { high }.max(low + f64::EPSILON), bands.max(2), whole);
    let step = axis.ticks.get(1).map_or(1.0, |(second, _)| second - axis.from);
    let first = axis.from + ((low - axis.from) / step).floor() * step;
    let count = ((high - first) / step).floor() as usize + 1;
    let mut counts = vec![0.0; count];
    for figure in known() {
        counts[(((figure - first) / step) as usize).min(count - 1)] += 1.0;
    }
    ((0..=count).map(|n| first + n as f64 * step).collect(), counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_are_counted_in_bands() {
        assert_eq!(histogram(&[1.0, 1.0, 2.0, 4.0], 5, true), (vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![2.0, 1.0, 0.0, 1.0]));
        assert_eq!(histogram(&[], 5, true), (vec![], vec![]));
        assert_eq!(histogram(&[3.0, f64::NAN], 5, true).1, [1.0]);
        let (edges, counts) = histogram(&(0..1000).map(f64::from).collect::<Vec<_>>(), 10, true);
        assert_eq!((edges[1], counts[0]), (100.0, 100.0));
    }

    proptest! {
        #[test]
        fn each_figure_is_counted_once(figures in prop::collection::vec(-1e6..1e6_f64, 1..200), bands in 2..60_usize) {
            let (edges, counts) = histogram(&figures, bands, false);
            prop_assert_eq!(counts.iter().sum::<f64>(), figures.len() as f64);
            prop_assert_eq!(edges.len(), counts.len() + 1);
        }
    }
}
