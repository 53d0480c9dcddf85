//! Scores on ranges against SciPy: who outranks whom, and the middle of a score (ranges.py made the results).

#![allow(clippy::unwrap_used)]

use scoring::{
    method::{Criterion, Method},
    ranges::{Quantity, compare},
};

/// Ten thousand samples put a chance within so much of the truth.
const NEAR: f64 = 0.02;

fn quantity(draw: &mut impl FnMut(u64) -> u64) -> Quantity {
    let low = 1 + draw(6);
    match draw(3) {
        0 => Quantity::Point(low as f64),
        _ => Quantity::range(low as f64, low as f64 * (1.0 + draw(30) as f64 / 10.0)).unwrap(),
    }
}

#[test]
fn chances_and_middles_are_those_of_scipy() {
    let criterion = |weight: f64, is_cost: bool| Criterion { name: "c".into(), weight, is_cost };
    let weighted = Method::Weighted(vec![criterion(3.0, false), criterion(2.0, false), criterion(1.0, false), criterion(2.0, true)]);
    let mut compared = 0;
    for line in include_str!("ranges.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let mut state: u64 = cells[0].parse().unwrap();
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let items: Vec<Vec<Quantity>> = (0..2).map(|_| (0..4).map(|_| quantity(&mut draw)).collect()).collect();
        let method = match cells[1] {
            "rice" => &Method::Rice,
            "wsjf" => &Method::Wsjf,
            _ => &weighted,
        };
        let (chance, middle): (f64, f64) = (cells[2].parse().unwrap(), cells[3].parse().unwrap());
        let found = compare(method, &items, 10_000, 1).unwrap();
        assert!((found.outranks(0, 1) - chance).abs() < NEAR, "{line}: {}", found.outranks(0, 1));
        assert!((found.medians()[0] - middle).abs() < 0.03 * middle.abs().max(0.5), "{line}: {}", found.medians()[0]);
        compared += 1;
    }
    assert_eq!(compared, 900);
}
