//! What the needs and the evidence of a product are filtered by: words, which fit either, and what own fields hold.

use crate::{model::EvidenceKind, need_rows::NeedLine};
use fields::Wanted;
use web::{Filter, FilterBar, Markup, Term};

const KIND: Term = Term {
    name: "kind",
    also: &[],
    says: "Evidence from",
    values: &[
        ("interview", "Interviews"),
        ("ticket", "Tickets"),
        ("review", "Reviews"),
        ("survey", "Surveys"),
        ("sales_call", "Sales calls"),
        ("usage_data", "Usage data"),
        ("other", "Elsewhere"),
    ],
    open: false,
};
const NEED: Term = Term { name: "need", also: &[], says: "Own field of needs", values: &[], open: true };
const EVIDENCE: Term = Term { name: "evidence", also: &[], says: "Own field of evidence", values: &[], open: true };

/// The terms of both lists.
pub const TERMS: &[Term] = &[KIND, NEED, EVIDENCE];

/// Which needs are wanted.
pub(crate) fn of_needs<'a>(filter: &'a Filter, sort: &'a str) -> Wanted<'a> {
    Wanted { term: NEED.name, fits: filter.get(NEED.name), sort }
}

/// Which evidence is wanted.
pub(crate) fn of_evidence<'a>(filter: &'a Filter, sort: &'a str) -> Wanted<'a> {
    Wanted { term: EVIDENCE.name, fits: filter.get(EVIDENCE.name), sort }
}

pub(crate) fn kind(filter: &Filter) -> Option<EvidenceKind> {
    EvidenceKind::parse(filter.get(KIND.name))
}

/// Whether a need has the words of a filter.
pub(crate) fn has_words(line: &NeedLine, filter: &Filter) -> bool {
    let words = filter.words().to_lowercase();
    let need = &line.need;
    [&need.title, &need.statement, &line.segment_name].iter().any(|text| text.to_lowercase().contains(&words))
}

/// The bar over both lists.
pub(crate) fn bar(filter: &Filter, keeps: &[(&str, &str)], needs: Vec<(String, String)>, evidence: Vec<(String, String)>) -> Markup {
    let more = [(NEED.name, needs), (EVIDENCE.name, evidence)];
    let placeholder = "Filter by words, or kind: need: evidence: …";
    FilterBar { label: "Filter needs and evidence", placeholder, page: "customers", filter, keeps, more: &more, found_at: None }.view()
}
