//! A challenge as its author looks at it before anybody else does: what a member sees first, and what is shown to those who
//! have handed in.

use crate::{drills, evening, library::Task, view};
use challenge::read::{Asked, Own};
use std::collections::BTreeMap;
use web::{Markup, html};

/// What stands there before an answer is handed in.
pub fn seen_before(task: &Task) -> Markup {
    let drill = task.written().and_then(|challenge| if let Own::Drill(drill) = &challenge.own { Some(drill) } else { None });
    html! {
        (view::brief(task))
        @match drill {
            Some(drill) => { h3 { (drill.ask) }
                @match &drill.asked {
                    Asked::Choice(options) | Asked::Order(options) => { ul { @for option in options { li { (option) } } } }
                    Asked::Number { unit } => { p.hint { "A number" @if !unit.is_empty() { ", in " (unit) } "." } }
                    Asked::Short => { p.hint { "A sentence." } }
                } }
            None => { details.more { summary { "The parts of an answer" } fieldset disabled { legend.hidden { "An answer" } (evening::beforehand(task, &BTreeMap::new())) (evening::answer_fields(task, &BTreeMap::new())) } } }
        }
    }
}

/// What stands there afterwards.
pub fn seen_after(task: &Task) -> Markup {
    let drill = task.written().and_then(|challenge| if let Own::Drill(drill) = &challenge.own { Some(drill) } else { None });
    html! {
        @if let Some(drill) = drill { p { "The answer: " strong { (drills::right(drill)) } "." } }
        @if let Some(challenge) = task.written().filter(|challenge| !challenge.rubric.is_empty()) {
            section { h3 { "The rubric" } @for row in &challenge.rubric { details.opens { summary { (row.name) " " span.quiet { (row.weight) " %" } }
                dl.facts { div { dt { "Weak" } dd { (row.weak) } } div { dt { "Middling" } dd { (row.middling) } } div { dt { "Strong" } dd { (row.strong) } } } } } }
        }
        (evening::debrief(task))
    }
}
