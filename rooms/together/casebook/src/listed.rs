//! Markup of the list of cases, and of how one is begun.

use cases::{AREA, CaseKind, CaseState, GuidedCase};
use kernel::{Noun, Scope};
use strategy::Objective;
use web::{Markup, capital, command_form_to, disclosure, empty, field, html, options, pill, select, time};

pub(crate) fn begin_button(scope: &Scope, objectives: &[Objective]) -> Markup {
    let mut about = vec![(String::new(), "No objective".to_owned())];
    about.extend(objectives.iter().map(|objective| (objective.id().to_string(), objective.title.clone())));
    let fields = html! {
        (field("title", "What is the question?", "")) (select("kind", "It is a matter of", &options(CaseKind::ALL), CaseKind::Strategy.word()))
        @if !objectives.is_empty() { (select("objective", "It is about", &about, "")) }
    };
    // One goes on to the case that was begun.
    let form = command_form_to(scope, AREA, "guided_case.begin", "Begin it", fields, Some("cases?begun=now"));
    disclosure("begin-case", "Begin a case", "primary", form)
}

pub(crate) fn listed(scope: &Scope, cases: &[GuidedCase]) -> Markup {
    html! {
        (strategy::ways("cases"))
        p.lead { "A case is a choice thought through part by part: from the goal to the options, what they score, which one is chosen and how one will know. It has the parts that the " a href="/practice?kind=strategy" { "practice club" } " trains." }
        @if cases.is_empty() { (empty("route", "No case yet", &format!("Begin with a question that is not settled, such as which of two markets comes first. {}", web::who_decides(scope, AREA)), html! {})) }
        @else { ul.lines { @for case in cases { li.long {
            a.what href={ "cases?show=" (case.id()) } dir="auto" { (case.title) } " " (state(case))
            span.quiet { (capital(case.kind.says())) " · " (time(scope, case.meta.updated_at, scope.now)) }
            @if !case.goal.is_empty() { span dir="auto" { (web::clipped(&case.goal, 160)) } }
        } } } }
    }
}

/// How a case stands.
pub(crate) fn state(case: &GuidedCase) -> Markup {
    match (case.state, case.initiative) {
        (CaseState::Chosen, Some(_)) => pill("good", "on the roadmap"),
        (CaseState::Chosen, None) => pill("good", "chosen"),
        (CaseState::Open, _) => html! {},
    }
}
