//! What the decision log is narrowed by.

use web::{Filter, FilterBar, Markup, Term};

const AREA: Term = Term {
    name: "area",
    also: &[],
    says: "It is a matter of",
    values: &[
        ("research", "Research"),
        ("customers", "Customers"),
        ("strategy", "Strategy"),
        ("roadmap", "Roadmap"),
        ("commitments", "Commitments"),
        ("priorities", "Priorities"),
        ("announcements", "Announcements"),
        ("backlog", "Backlog"),
        ("estimates", "Estimates"),
        ("sprints", "Sprints"),
        ("work", "Work"),
        ("acceptance", "Acceptance"),
        ("progress", "Progress"),
        ("agreement", "Agreement"),
    ],
    open: false,
};

pub(crate) fn read(typed: &str, area: &str) -> Filter {
    Filter::read(&[AREA], typed, &[("area", area)])
}

pub(crate) fn bar(filter: &Filter) -> Markup {
    let (label, placeholder) = ("Filter the decision log", "Filter by words, or area:");
    FilterBar { label, placeholder, page: "decisions", filter, keeps: &[], more: &[], found_at: None }.view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Area;

    #[test]
    fn the_log_is_narrowed_by_every_area() {
        let known: Vec<&str> = AREA.values.iter().map(|(word, _)| *word).collect();
        assert_eq!(known, Area::ALL.iter().map(|area| area.word()).collect::<Vec<_>>());
    }
}
