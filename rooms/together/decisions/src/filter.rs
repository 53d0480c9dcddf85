//! What the decision log is narrowed by.

use kernel::{Look, Noun, Proposal, Result, Value, list, value::containing};
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

const STATE: Term = Term {
    name: "state",
    also: &["is"],
    says: "How it ended",
    values: &[("agreed", "Agreed"), ("declined", "Declined"), ("withdrawn", "Withdrawn"), ("overtaken", "Overtaken")],
    open: false,
};

const HELD: Term = Term {
    name: "held",
    also: &[],
    says: "Looked at again",
    values: &[("held", "It held"), ("partly", "It held in part"), ("not", "It did not hold"), ("due", "Its day has come")],
    open: false,
};

const BY: Term = Term { name: "by", also: &["who"], says: "Put forward or signed by", values: &[], open: true };

const ABOUT: Term = Term { name: "about", also: &[], says: "It is about", values: &[], open: true };

const TERMS: &[Term] = &[AREA, STATE, HELD, BY, ABOUT];

pub(crate) fn read(typed: &str, said: &[(&str, &str)]) -> Filter {
    Filter::read(TERMS, typed, said)
}

/// From how an address goes on with it.
pub fn from_address(address: &str) -> Filter {
    Filter::from_address(TERMS, address)
}

pub(crate) fn bar(filter: &Filter) -> Markup {
    let (label, placeholder) = ("Filter the decision log", "Filter by words, or area: state: by: about:");
    FilterBar { label, placeholder, page: "decisions", filter, keeps: &[], more: &[], found_at: None }.view()
}

/// Binds a value; its number.
fn bind(params: &mut Vec<Value>, value: Value) -> usize {
    params.push(value);
    params.len()
}

/// The filter as conditions that go on a query over settled ones; their values come to the parameters, of which the first is
/// the product.
pub(crate) fn narrowed(look: &mut Look, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    let mut and = String::new();
    for name in ["area", "state"] {
        if !filter.get(name).is_empty() {
            let n = bind(params, Value::Text(filter.get(name).to_owned()));
            and += &format!(" and proposal.{name} = ${n}");
        }
    }
    match filter.get("held") {
        "" => {}
        "due" => {
            let n = bind(params, Value::Text(web::when::day_in(look.now(), &look.scope.who.zone)));
            and += &format!(" and proposal.state = 'agreed' and proposal.review_on is not null and proposal.review_on <= ${n}");
        }
        held => {
            let n = bind(params, Value::Text(held.to_owned()));
            and += &format!(
                " and (select look_back.held from look_back where look_back.proposal = proposal.id and look_back.removed_at is null
                 order by look_back.created_at desc, look_back.id desc limit 1) = ${n}"
            );
        }
    }
    if !filter.get("by").is_empty() {
        let n = bind(params, containing(&filter.get("by").to_lowercase()));
        and += &format!(
            " and exists (select 1 from member where lower(member.name) like ${n} escape '!' and (member.id = proposal.author or member.id = proposal.driver
             or exists (select 1 from signature where signature.proposal = proposal.id and signature.member = member.id and signature.removed_at is null)))"
        );
    }
    if !filter.get("about").is_empty() {
        and += &crate::linking::about_key(look.scope, filter.get("about"), params)?;
    }
    if !filter.words().trim().is_empty() {
        let hits = look.reader.search(&[look.scope.product_id()?], filter.words(), &[Proposal::TABLE], 200)?;
        let n = bind(params, list(hits.into_iter().map(|(_, id)| id)));
        and += &format!(" and proposal.id in each(${n})");
    }
    Ok(and)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Area, ProposalState};

    #[test]
    fn the_log_is_narrowed_by_every_area_and_every_end() {
        let known: Vec<&str> = AREA.values.iter().map(|(word, _)| *word).collect();
        assert_eq!(known, Area::ALL.iter().map(|area| area.word()).collect::<Vec<_>>());
        let ends: Vec<&str> = STATE.values.iter().map(|(word, _)| *word).collect();
        let settled = ProposalState::ALL.iter().filter(|state| **state != ProposalState::Open);
        assert_eq!(ends, settled.map(|state| state.word()).collect::<Vec<_>>());
    }
}
