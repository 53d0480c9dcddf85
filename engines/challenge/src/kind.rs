//! The kinds of challenges, and what is fixed by kind.

/// What is practised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Guesstimate,
    Strategy,
    Design,
    RootCause,
    Drill,
}

use Kind::*;

/// The three anchor answers, from the worst to the best.
pub const ANCHORS: [&str; 3] = ["weak", "middling", "strong"];

impl Kind {
    pub const ALL: [Kind; 5] = [Guesstimate, Strategy, Design, RootCause, Drill];

    /// As the folder is called.
    pub fn name(self) -> &'static str {
        match self {
            Guesstimate => "guesstimate",
            Strategy => "strategy",
            Design => "design",
            RootCause => "rootcause",
            Drill => "drill",
        }
    }

    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Headings of an answer, in their order.
    pub fn headings(self) -> &'static [&'static str] {
        match self {
            Guesstimate => &["Scope", "Model", "Second way", "Assumptions", "Interval", "Answer"],
            Strategy => &["Goal", "Diagnosis", "Options", "Criteria", "Choice", "Actions", "Not doing", "Risks", "Measures"],
            Design => &["Goal", "Users", "Needs", "Solutions", "Prioritisation", "Trade-offs", "Measures", "Summary"],
            RootCause => &["Hypotheses", "Cuts", "Cause", "Ruled out", "Confidence", "Action"],
            Drill => &[],
        }
    }

    /// What a challenge may be said to train.
    pub fn skills(self) -> Vec<&'static str> {
        match self {
            Guesstimate => vec!["scope", "structure", "units", "assumptions", "sanity", "calibration", "sensitivity"],
            Strategy => vec!["diagnosis", "market", "competition", "policy", "coherence", "risk", "measures"],
            Design => vec!["users", "needs", "options", "prioritisation", "trade-offs", "measures", "accessibility"],
            RootCause => vec!["clarify", "data-check", "narrowing", "mix-and-rate", "funnel", "seasonality", "action"],
            Drill => Kind::ALL.into_iter().filter(|kind| *kind != Drill).flat_map(Kind::skills).collect(),
        }
    }

    /// Files that such a challenge may have.
    pub fn files(self) -> &'static [&'static str] {
        // Only a case of root cause has a case to draw; all else is alike.
        const WITH_CASE: &[&str] = &[
            "case.toml",
            "challenge.toml",
            "brief.md",
            "facts.toml",
            "rubric.toml",
            "answers/weak.md",
            "answers/middling.md",
            "answers/strong.md",
            "marks.toml",
            "probes.toml",
            "debrief.md",
        ];
        match self {
            Drill => &["challenge.toml", "brief.md", "facts.toml", "debrief.md"],
            RootCause => WITH_CASE,
            _ => &WITH_CASE[1..],
        }
    }
}
