//! The decision log as Markdown, one architecture-decision-record style entry each.

use crate::{asking_view, rows::Shown, telling};
use conversation::Talk;
use kernel::{Names, Scope, Uuid};
use std::{collections::HashMap, fmt::Write};
use web::when;

/// All settled decisions, oldest number first.
pub(crate) fn markdown(scope: &Scope, product: &str, decisions: &[Shown], talk: &HashMap<Uuid, Talk>, names: &Names) -> String {
    let mut out = format!("# Decisions of {product}\n");
    for d in decisions {
        let p = &d.proposal;
        let _ = write!(
            out,
            "\n## D-{}: {}\n\n- Status: {}\n- Date: {}\n- Area: {}\n- Proposed by: {}\n",
            p.number.unwrap_or(0),
            p.title,
            p.state,
            when::day(p.settled_at.unwrap_or(p.meta.created_at)),
            p.area,
            d.author_name
        );
        for (s, name) in &d.signatures {
            let _ = writeln!(
                out,
                "- {} as {}: {name}{}",
                match (s.agrees, s.aside) {
                    (true, _) => "Signed",
                    (_, true) => "Stood aside",
                    _ => "Declined",
                },
                s.hat.title(),
                if s.note.is_empty() { String::new() } else { format!(" ({})", s.note) }
            );
        }
        for objection in asking_view::objections(talk.get(&p.meta.id).map_or(&[], Vec::as_slice)) {
            let _ = writeln!(out, "- Objection of {}: “{}”. {} {}", objection.who, objection.what, objection.how, objection.words);
        }
        if !p.reason.is_empty() {
            let _ = write!(out, "\n### Context\n\n{}\n", p.reason);
        }
        for option in p.considered.iter() {
            let _ = write!(out, "\n### Option: {}\n\n- For: {}\n- Against: {}\n", option.title, option.pros, option.cons);
        }
        if !p.effects.is_empty() {
            let _ = write!(out, "\n### What it changes\n\n{}", telling::listed(scope, names, &p.effects));
        }
    }
    out
}
