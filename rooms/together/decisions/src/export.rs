//! Decisions as Markdown, each an architecture decision record: what it is about, what was weighed, what was decided and by
//! whom, what follows, and what was found when it was looked at again.

use crate::{
    asking_view,
    beside::Beside,
    deadlock,
    looking_back::Held,
    rows::{self, Shown},
    telling,
};
use conversation::Said;
use kernel::{Look, Names, Proposal, ProposalState, Result, Scope, proposal::ConsideredOption};
use std::fmt::Write;
use web::{app::secret, when};

/// Some settled ones in their order, below a heading; without one, each is a document of its own.
pub(crate) fn markdown(look: &mut Look, heading: Option<String>, decisions: &[Shown]) -> Result<String> {
    let names = telling::names(look, decisions.iter(), &rows::Present::new())?;
    let talk = conversation::comments_about(look, decisions.iter().map(|s| s.proposal.meta.id))?;
    let beside = Beside::of(look, decisions.iter())?;
    let level = if heading.is_some() { "##" } else { "#" };
    let mut out = heading.unwrap_or_default();
    for d in decisions {
        let said = talk.get(&d.proposal.meta.id).map_or(&[][..], Vec::as_slice);
        one(&mut out, level, look.scope, d, said, (&names, &beside));
    }
    Ok(out.trim_start().to_owned())
}

fn one(out: &mut String, level: &str, scope: &Scope, d: &Shown, said: &[Said], (names, beside): (&Names, &Beside)) {
    let p = &d.proposal;
    let number = p.number.map_or(String::new(), |n| format!("D-{n}: "));
    let _ = write!(
        out,
        "\n{level} {number}{}\n\n- Status: {}\n- Date: {}\n- Area: {}\n- Proposed by: {}\n",
        p.title,
        status(p, beside),
        when::day(p.settled_at.unwrap_or(p.meta.created_at)),
        p.area,
        d.author_name
    );
    if let Some(driver) = p.driver {
        let _ = writeln!(out, "- Driver: {}", beside.name(driver));
    }
    for (called, ids) in [("Contributors", &p.contributors), ("Informed", &p.informed)] {
        if !ids.is_empty() {
            let _ = writeln!(out, "- {called}: {}", ids.iter().map(|id| beside.name(*id)).collect::<Vec<_>>().join(", "));
        }
    }
    for (s, name) in &d.signatures {
        let did = match (s.agrees, s.aside) {
            (true, _) => "Signed",
            (_, true) => "Stood aside",
            _ => "Declined",
        };
        let _ = writeln!(out, "- {did} as {}: {name}{}", s.hat.title(), if s.note.is_empty() { String::new() } else { format!(" ({})", s.note) });
    }
    for objection in asking_view::objections(said) {
        let _ = writeln!(out, "- Objection of {}: “{}”. {} {}", objection.who, objection.what, objection.how, objection.words);
    }
    if let Some(ended) = deadlock::ending(p, beside.told(p), p.decider.map(|id| beside.name(id))) {
        let _ = writeln!(out, "- Deadlock: {ended}");
    }
    if let Some(older) = beside.older(p) {
        let _ = writeln!(out, "- Replaces: {}{}", older.number.map_or(String::new(), |n| format!("D-{n} ")), older.title);
    }
    let links = beside.links(p);
    if !links.is_empty() {
        let of = |link: &crate::linking::Linked| {
            link.thing.key.clone().map_or_else(|| link.thing.title.clone(), |key| format!("{key} {}", link.thing.title))
        };
        let _ = writeln!(out, "- About: {}", links.iter().map(of).collect::<Vec<_>>().join("; "));
    }
    let _ = writeln!(out, "- Seal: {}", seal(p));
    if !p.reason.is_empty() {
        let _ = write!(out, "\n{level}# Context\n\n{}\n", p.reason);
    }
    for option in p.considered.iter() {
        option_of(out, level, option, beside);
    }
    if !p.note.is_empty() {
        let _ = write!(out, "\n{level}# Outcome\n\n{}\n", p.note);
    }
    if !p.effects.is_empty() {
        let _ = write!(out, "\n{level}# What it changes\n\n{}", telling::listed(scope, names, &p.effects));
    }
    for (found, name) in beside.back(p) {
        let held = match found.held {
            Held::Held => "It held",
            Held::Partly => "It held in part",
            Held::Not => "It did not hold",
        };
        let _ = write!(out, "\n{level}# Looked at again on {}\n\n{held}, says {name}. {}\n", when::day(found.meta.created_at), found.learned);
    }
    if let Some(day) = p.review_on.as_ref().filter(|_| p.state == ProposalState::Agreed) {
        let _ = write!(out, "\nTo be looked at again on {day}.\n");
    }
}

/// "agreed", or what stands in its place now.
fn status(p: &Proposal, beside: &Beside) -> String {
    match beside.newer(p) {
        Some(newer) => format!("{}, replaced by {}{}", p.state, newer.number.map_or(String::new(), |n| format!("D-{n} ")), newer.title),
        None => p.state.to_string(),
    }
}

fn option_of(out: &mut String, level: &str, option: &ConsideredOption, beside: &Beside) {
    let _ = write!(out, "\n{level}# Option: {}\n\n- For: {}\n- Against: {}\n", option.title, option.pros, option.cons);
    if !option.cost.is_empty() {
        let _ = writeln!(out, "- Cost: {}", option.cost);
    }
    for evidence in option.evidence.iter().filter_map(|id| beside.evidence(*id)) {
        let _ = writeln!(out, "- Evidence: {evidence}");
    }
}

/// The hash of what was signed, and whether it still fits. Of what is told in part it cannot be said.
fn seal(p: &Proposal) -> String {
    match p.sealed(secret::hash) == p.seal {
        true => format!("{} (it fits)", p.seal),
        false => p.seal.clone(),
    }
}
