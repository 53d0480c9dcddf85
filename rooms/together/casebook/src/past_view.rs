//! Markup of a case as it stood on a past day, each part against how it is now.

use crate::around_view::as_of;
use cases::{CaseOption, GuidedCase};
use kernel::{Noun, Scope};
use web::{Markup, compared, date, html, pill};

pub(crate) fn page(scope: &Scope, (then, options): (&GuidedCase, &[CaseOption]), (now, today): (&GuidedCase, &[CaseOption]), day: &str) -> Markup {
    let keys: Vec<(&str, &str)> = guided::steps(then.kind.kind()).iter().map(|step| (step.key, step.name)).collect();
    html! {
        p.crumb { a href={ "cases?show=" (now.id()) } { "As it is now" } }
        (as_of(now, Some(day)))
        p.hint { "The case at the end of " (date(scope, day)) ". What was struck out stood there then; what is marked has come since." }
        @for (key, name) in keys { @if key == then.kind.options() { (weighed(name, options, today)) }
            @else if !then.part(key).is_empty() || !now.part(key).is_empty() { section { h2 { (name) } p.wrote { (compared(then.part(key), now.part(key))) } } } }
        @if !then.has_own_choice() && (!then.choice.is_empty() || !now.choice.is_empty()) { section { h2 { "Choice" } p.wrote { (compared(&then.choice, &now.choice)) } } }
    }
}

/// The options of that day, with what became of each.
fn weighed(name: &str, then: &[CaseOption], now: &[CaseOption]) -> Markup {
    let is = |option: &CaseOption, among: &[CaseOption]| among.iter().any(|other| other.meta.id == option.meta.id);
    html! { section { h2 { (name) } ul.lines {
        @for option in then { li { span.what dir="auto" { (option.title) } @if option.chosen { (pill("good", "chosen")) } @if !is(option, now) { (pill("neutral", "removed since")) } } }
        @for option in now.iter().filter(|option| !is(option, then)) { li { span.what dir="auto" { (option.title) } (pill("neutral", "added since")) } }
    } } }
}

/// Of a day before there was a case, nothing of it.
pub(crate) fn not_yet(scope: &Scope, now: &GuidedCase, day: &str) -> Markup {
    html! { p.crumb { a href={ "cases?show=" (now.id()) } { "As it is now" } } (as_of(now, Some(day))) p { "It was not there yet at the end of " (date(scope, day)) "." } }
}
