//! A canvas as Markdown: its boxes as headings, its notes as a list, with what became of them.

use crate::{fit::Stands, model::*, rows::Whole};
use kernel::{Look, Scope};
use std::fmt::Write;
use web::{capital, telling::percent};

/// A text as it can stand in one line of Markdown: no mark in it means anything.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars()
        .flat_map(|c| matches!(c, '*' | '_' | '`' | '[' | ']' | '#' | '<' | '>' | '\\' | '|').then_some('\\').into_iter().chain([c]))
        .collect()
}

/// Where a note leads: "ORB-3 Reserve", "risk: …".
fn leads(scope: &Scope, whole: &Whole, note: &CanvasNote) -> Vec<String> {
    let work =
        |id: Option<kernel::Uuid>| id.and_then(|id| whole.works.get(&id)).map(|work| format!("{} {}", scope.key(work.number), plain(&work.title)));
    let need = note.need.and_then(|id| whole.needs.get(&id.0)).map(|title| format!("need: {}", plain(title)));
    let risk = note.risk.and_then(|id| whole.risks.get(&id.0)).map(|risk| format!("risk: {}", plain(&risk.title)));
    let test = note.assumption_test.and_then(|id| whole.tests.get(&id.0)).map(|test| format!("assumption: {}", plain(&test.assumption)));
    let works = [work(note.initiative.map(|id| id.0)), work(note.feature.map(|id| id.0))];
    let evidence = whole.evidence.get(&note.meta.id).map(|pieces| format!("evidence: {pieces}"));
    works.into_iter().chain([need, risk, test, evidence]).flatten().collect()
}

pub(crate) fn markdown(look: &Look, whole: &Whole) -> String {
    let (scope, canvas) = (look.scope, &whole.canvas);
    let mut text = format!("# {}\n\n{}", plain(&canvas.title), capital(canvas.kind.says()));
    for name in [&whole.segment, &whole.persona].into_iter().flatten() {
        let _ = write!(text, " · {}", plain(name));
    }
    text.push_str("\n\n");
    if !canvas.note.is_empty() {
        let _ = write!(text, "{}\n\n", canvas.note);
    }
    let fit = whole.fit(look);
    if let Some(share) = fit.as_ref().and_then(|fit| fit.both().fit()) {
        let _ = write!(text, "Fit: {}\n\n", percent(share).replace('\u{a0}', " "));
    }
    for cell in canvas.kind.cells() {
        let _ = write!(text, "## {}\n\n", capital(cell.says()));
        let mut any = false;
        for note in whole.of(*cell) {
            any = true;
            let _ = write!(text, "- {}", plain(&note.body));
            let mut more = leads(scope, whole, note);
            if let Some(one) = fit.as_ref().and_then(|fit| fit.of(note.meta.id)) {
                more.push(
                    match one.stands() {
                        Stands::Answered => "answered",
                        Stands::OnlySaid => "only said to be answered",
                        Stands::ByNothing => "answered by nothing",
                    }
                    .to_owned(),
                );
            }
            if !more.is_empty() {
                let _ = write!(text, " ({})", more.join("; "));
            }
            text.push('\n');
        }
        text.push_str(if any { "\n" } else { "–\n\n" });
    }
    text
}
