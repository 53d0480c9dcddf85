//! Which checks are told of which part: of an answer that is still written in practice, and of a case at work.

use challenge::Kind;

type Checks = &'static [(&'static str, &'static [&'static str])];

/// Findings that speak of the answer alone and give nothing of the reference away, by the part they are about.
const EARLY: Checks = &[
    ("scope", &["scope excludes", "scope effect"]),
    (
        "model",
        &[
            "computes",
            "depth",
            "leaves",
            "nothing twice",
            "no idle lines",
            "steps between",
            "units on guesses",
            "notes",
            "facts named",
            "ranges",
            "possible",
        ],
    ),
    ("assumptions", &["reasons", "assumed ranges", "doubt", "bias"]),
    ("goal", &["goal measured", "goal dated", "goal from and to", "goal for whom", "one goal", "goal bounded", "why", "no solution yet"]),
    ("diagnosis", &["why", "faces the challenge", "one obstacle"]),
    ("options", &["options", "options differ", "options figured"]),
    ("criteria", &["criteria", "criteria measured"]),
    ("choice", &["choice reasoned", "choice rules out"]),
    ("actions", &["actions", "actions timed", "actions costed", "actions staffed", "actions owned"]),
    ("not_doing", &["will not", "will not, with reason", "will not costs"]),
    ("risks", &["thresholds", "risks dated", "turning back", "early signs", "risks not vague"]),
    ("measures", &["baseline and target", "guardrail", "measures dated", "measures decide", "outcome measured"]),
    ("users", &["not demographic", "by what they do", "one chosen", "chosen with reason", "not everyone"]),
    ("needs", &["needs not solutions", "needs ordered", "needs in their moment"]),
    ("solutions", &["options", "options differ", "one without technology"]),
    ("prioritisation", &["all in the table", "values differ", "efforts differ", "confidences differ", "confidence explained"]),
    ("trade_offs", &["what is given up", "for whom", "not hollow"]),
    ("summary", &["summary short"]),
    ("cause", &["cause explained", "cause figured", "cause dated"]),
    ("action", &["fix", "prevention", "watch", "action figured"]),
    ("hypotheses", &["hypotheses", "inside and outside", "hypotheses tested", "what is measured", "when"]),
    ("ruled_out", &["ruled out with reason", "ruled out by figures"]),
];

/// Findings that are told at work besides: what the parts have to do with one another and with what the case rests on. What
/// holds an answer against an author's case (its limits, its table) is left out.
const AT_WORK: Checks = &[
    ("goal", &["goal from facts"]),
    ("diagnosis", &["exhibits"]),
    ("options", &["options weighed"]),
    ("criteria", &["criteria applied"]),
    ("choice", &["choice follows diagnosis"]),
    ("actions", &["sequence", "actions serve the choice", "does not do what it won't"]),
    ("not_doing", &["will not what tempts"]),
    ("risks", &["risks figured", "risks conditional", "reactions"]),
    ("measures", &["measures defined", "no vanity", "measures early"]),
    ("users", &["segments", "others seen", "access needs"]),
    ("needs", &["needs evidenced", "needs of the chosen"]),
    ("solutions", &["no common core", "not all of one kind", "options meet needs", "options weighed", "options figured", "access served"]),
    ("prioritisation", &["ranking argued"]),
    ("trade_offs", &["what is done about it", "access kept"]),
    ("summary", &["summary names needs", "summary names solution", "summary figured"]),
];

/// Findings that need what a case at work has not: a table that is written by hand.
const NEVER_AT_WORK: &[&str] = &["all in the table", "values differ", "efforts differ", "confidences differ"];

fn of(checks: Checks, key: &str) -> &'static [&'static str] {
    checks.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, checks)| *checks)
}

/// The checks that are told of a part before the answer is handed in.
pub fn told_early(kind: Kind, key: &str) -> impl Iterator<Item = &'static str> {
    // In a strategy it is the diagnosis that says why; in a design, which has none, the goal does.
    let elsewhere = move |check: &str| check == "why" && kind == Kind::Strategy && key == "goal";
    of(EARLY, key).iter().copied().filter(move |check| !elsewhere(check))
}

/// The checks that are told of a part of a case at work.
pub fn told_at_work(kind: Kind, key: &str) -> impl Iterator<Item = &'static str> {
    told_early(kind, key).chain(of(AT_WORK, key).iter().copied()).filter(|check| !NEVER_AT_WORK.contains(check))
}

/// Whether a finding of an aspect is of a part, where checks of two parts have one name.
pub fn is_of(key: &str, aspect: &str) -> bool {
    !matches!((key, aspect), ("goal", "diagnosis") | ("diagnosis", "problem"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use challenge::{
        Answer, Challenge,
        read::{Design, Limits, Own, Segment, Strategy},
    };
    use std::collections::BTreeSet;

    fn found(own: Own) -> BTreeSet<&'static str> {
        let challenge = Challenge::of_work(own, "t", "", vec![]);
        let empty = Answer::read(challenge.kind, "");
        challenge.findings(&empty).iter().map(|found| found.check).collect()
    }

    /// “3 sentences say why it is so”, which is the diagnosis, stood under the goal.
    #[test]
    fn why_of_the_diagnosis_is_told_there() {
        assert!(is_of("diagnosis", "diagnosis") && !is_of("goal", "diagnosis") && is_of("goal", "problem"));
    }

    /// A check that is renamed in the engine would be told nowhere.
    #[test]
    fn every_check_that_is_told_is_made() {
        let strategy = found(Own::Strategy(Strategy { limits: Limits::default(), competitors: vec!["a".into()], exhibits: vec![] }));
        let design = found(Own::Design(Design { segments: vec![Segment { name: "a".into(), words: vec!["a".into()] }], exhibits: vec![] }));
        for (kind, made) in [(Kind::Strategy, &strategy), (Kind::Design, &design)] {
            for step in crate::steps(kind) {
                let none: Vec<&str> = told_at_work(kind, step.key).filter(|check| made.contains(check)).collect();
                assert!(!none.is_empty(), "nothing is told of {}", step.key);
            }
        }
        for (key, checks) in AT_WORK {
            for check in *checks {
                assert!(strategy.contains(check) || design.contains(check), "{key}: {check}");
            }
        }
    }
}
