//! The reports: one for each question that the record of delivery answers. Each says in a sentence what it counts, and
//! counts it in the database, from how long stories stood as they did (`story_span`).

mod acceptance;
mod ageing;
mod blocked;
mod burn;
mod flow;
mod scope;
mod throughput;
mod times;
mod velocity;

use crate::asked::Sight;
use kernel::{Look, Refusal, Result};
use web::chart::Chart;

/// One report.
pub(crate) struct Report {
    /// As its address has it, behind `reports/`.
    pub word: &'static str,
    pub name: &'static str,
    /// What it counts, in a sentence.
    pub counts: &'static str,
    /// How, for whoever wants to count for themselves.
    pub how: &'static str,
    pub about: About,
    pub read: fn(&mut Look, &Sight) -> Result<Found>,
}

/// What a report is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// One sprint, beside another.
    OneSprint,
    /// The sprints that ended in a span of time.
    Sprints,
    /// A span of time.
    Time,
    /// A day.
    Today,
}

impl About {
    /// Under which head it stands.
    pub fn head(self) -> &'static str {
        match self {
            About::OneSprint | About::Sprints => "Sprints",
            About::Time | About::Today => "Flow and acceptance",
        }
    }
}

/// What a report found.
pub(crate) struct Found {
    /// A chart each, with the word that its file is taken by; the first is the report's own.
    pub charts: Vec<(&'static str, Chart)>,
    /// Where there is nothing: why, and what to do.
    pub none: Option<&'static str>,
    /// The sprints that may be asked about instead: number and name.
    pub sprints: Vec<(String, String)>,
    /// What came into sprints after they began, and what went out; nothing where that is not the matter.
    pub moved: Option<Vec<Moved>>,
}

/// A story that came into a sprint after it began, or went out.
pub(crate) struct Moved {
    pub sprint: String,
    pub number: i64,
    pub title: String,
    /// Nothing where sizes are not told.
    pub points: Option<f64>,
    pub came: bool,
    pub at: i64,
}

impl Found {
    pub fn chart(chart: Chart) -> Found {
        Found { charts: vec![("", chart)], ..Found::empty() }
    }

    pub fn empty() -> Found {
        Found { charts: vec![], none: None, sprints: vec![], moved: None }
    }

    pub fn nothing(why: &'static str) -> Found {
        Found { none: Some(why), ..Found::empty() }
    }
}

pub(crate) const REPORTS: &[&Report] = &[
    &burn::BURNDOWN,
    &burn::BURNUP,
    &scope::SCOPE,
    &velocity::VELOCITY,
    &flow::FLOW,
    &throughput::THROUGHPUT,
    &times::CYCLE,
    &times::LEAD,
    &ageing::AGEING,
    &blocked::BLOCKED,
    &acceptance::ACCEPTANCE,
];

pub(crate) fn named(word: &str) -> Result<&'static Report> {
    REPORTS.iter().copied().find(|report| report.word == word).ok_or(Refusal::NotFound)
}

/// A share as it is told: the height below which so many values lie, by nearest rank, of values with how often each occurs.
pub(crate) fn rank(counted: &[(f64, i64)], share: f64) -> Option<f64> {
    let all: i64 = counted.iter().map(|(_, n)| n).sum();
    let wanted = ((share * all as f64).ceil() as i64).max(1);
    let mut below = 0;
    counted
        .iter()
        .find(|(_, n)| {
            below += n;
            below >= wanted
        })
        .map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_value_that_occurs() {
        let counted = [(1.0, 2), (3.0, 1), (8.0, 1)];
        assert_eq!([0.0, 0.5, 0.51, 0.75, 0.85, 1.0].map(|share| rank(&counted, share)), [1.0, 1.0, 3.0, 3.0, 8.0, 8.0].map(Some));
        assert_eq!(rank(&[], 0.5), None);
    }

    #[test]
    fn every_report_has_its_own_address_and_says_what_it_counts() {
        for (n, report) in REPORTS.iter().enumerate() {
            assert!(report.counts.ends_with('.') && report.counts.matches(". ").count() == 0, "{}: one sentence", report.word);
            assert!(REPORTS[..n].iter().all(|other| other.word != report.word && other.name != report.name));
        }
    }
}
