//! τ-b and W against SciPy on 1,000 random tables with ties (agreement.py made the results).

#![allow(clippy::unwrap_used)]

use scoring::agree::{kendall_w, tau_b};

#[test]
fn tau_and_w_are_those_of_scipy() {
    let mut compared = 0;
    for line in include_str!("agreement.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let mut state: u64 = cells[0].parse().unwrap();
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let (items, raters, levels) = (3 + draw(20), 2 + draw(6), 2 + draw(8));
        let table: Vec<Vec<f64>> = (0..raters).map(|_| (0..items).map(|_| draw(levels) as f64).collect()).collect();
        let same = |found: Option<f64>, known: &str| match known {
            "" => assert!(found.is_none(), "{line}"),
            known => assert!((found.unwrap() - known.parse::<f64>().unwrap()).abs() < 1e-9, "{line}: {found:?}"),
        };
        same(tau_b(&table[0], &table[1]).ok(), cells[1]);
        same(kendall_w(&table).ok(), cells[2]);
        compared += 1;
    }
    assert_eq!(compared, 1000);
}
