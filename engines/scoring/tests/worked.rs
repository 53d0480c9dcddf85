//! Orders of worked examples, each with where it is worked.

#![allow(clippy::unwrap_used)]

use scoring::method::{Criterion, Method};

/// Positions by score, the highest first.
fn order(method: &Method, items: &[&[f64]]) -> Vec<usize> {
    let scores: Vec<f64> = items.iter().map(|item| method.score(item).unwrap()).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    order
}

/// Three features at beginpm.com, “What is the RICE scoring model”: 320, 225 and 175.
#[test]
fn rice_as_it_is_worked() {
    let features: [&[f64]; 3] = [&[1000.0, 2.0, 0.8, 5.0], &[500.0, 1.0, 0.9, 2.0], &[2000.0, 1.0, 0.7, 8.0]];
    for (feature, score) in features.iter().zip([320.0, 225.0, 175.0]) {
        assert!((Method::Rice.score(feature).unwrap() - score).abs() < 1e-9);
    }
    assert_eq!(order(&Method::Rice, &features), [0, 1, 2]);
}

/// Two tasks at beginpm.com, “What is WSJF in Agile”: 17 and 24, so the cheaper one goes first.
#[test]
fn wsjf_as_it_is_worked() {
    let tasks: [&[f64]; 2] = [&[100.0, 50.0, 20.0, 10.0], &[80.0, 30.0, 10.0, 5.0]];
    assert_eq!(tasks.map(|task| Method::Wsjf.score(task).unwrap()), [17.0, 24.0]);
    assert_eq!(order(&Method::Wsjf, &tasks), [1, 0]);
}

/// Four projects in Penn State’s MANGT 510, lesson 2.5.2: sums of 11, 15, 15 and 12 with weights of 3, 2 and 1. Ours are
/// means by weight, a sixth of these; the two that tie stay as they were.
#[test]
fn weights_as_they_are_worked() {
    let criterion = |name: &str, weight: f64| Criterion { name: name.into(), weight, is_cost: false };
    let method = Method::Weighted(vec![criterion("safety", 3.0), criterion("profit", 2.0), criterion("cost", 1.0)]);
    let projects: [&[f64]; 4] = [&[2.0, 1.0, 3.0], &[3.0, 2.0, 2.0], &[2.0, 3.0, 3.0], &[3.0, 1.0, 1.0]];
    assert_eq!(projects.map(|project| (method.score(project).unwrap() * 6.0).round()), [11.0, 15.0, 15.0, 12.0]);
    assert_eq!(order(&method, &projects), [1, 2, 3, 0]);
}

/// Two needs at decikit.com, “Opportunity Scoring”: importance 9 and satisfaction 3 come to 15, 9 and 9 to 9; and two outcomes
/// at extrapinchofsalt.com, “Opportunity Scoring”: 4.7 and 2.1 come to 7.3, and where people are satisfied beyond what it
/// matters to them (2.4 and 3.2) nothing is added.
#[test]
fn opportunities_as_they_are_worked() {
    let needs: [&[f64]; 4] = [&[9.0, 3.0], &[9.0, 9.0], &[4.7, 2.1], &[2.4, 3.2]];
    for (need, score) in needs.iter().zip([15.0, 9.0, 7.3, 2.4]) {
        assert!((Method::Opportunity.score(need).unwrap() - score).abs() < 1e-9, "{need:?}");
    }
    assert_eq!(order(&Method::Opportunity, &needs), [0, 1, 2, 3]);
}
