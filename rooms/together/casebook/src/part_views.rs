//! Markup of the parts of a case: each to be written as it is practised, with hints of what checks found beside.

use crate::{option_views, pages::Whole};
use cases::{AREA, CaseKind};
use challenge::check::Finding;
use guided::{STANDS, Step};
use kernel::{Noun, Scope};
use web::{Markup, act_label, action, html, may, short_label, text::markdown, who_decides};

/// The parts in their order. Those that are texts and follow one another are one form; options and the choice stand between.
pub(crate) fn parts(scope: &Scope, whole: &Whole) -> Markup {
    let kind = whole.case.kind;
    let mut shown = vec![];
    let mut texts: Vec<&'static Step> = vec![];
    let close = |texts: &mut Vec<&'static Step>, shown: &mut Vec<Markup>| {
        if !texts.is_empty() {
            shown.push(written(scope, whole, texts));
            texts.clear();
        }
    };
    for step in guided::steps(kind.kind()) {
        if step.key == kind.options() {
            close(&mut texts, &mut shown);
            shown.push(option_views::options(scope, whole, step));
        } else if step.key == "choice" {
            close(&mut texts, &mut shown);
            shown.push(option_views::choice(scope, whole));
        } else {
            texts.push(step);
        }
        // A design is chosen once it is prioritised, and has no part of its own for it.
        if kind == CaseKind::Design && step.key == "prioritisation" {
            close(&mut texts, &mut shown);
            shown.push(option_views::choice(scope, whole));
        }
    }
    close(&mut texts, &mut shown);
    html! {
        p.hint { "What stands beside a part are hints, by the checks that practice is marked by. They look for certain things in the words and see much, but not whether a thought is good; put aside what does not fit." }
        @for one in &shown { (one) }
        @for step in guided::steps(kind.kind()) { (asides(scope, whole, step)) }
    }
}

/// Texts that follow one another, as one form; for whoever may not even propose, as texts.
fn written(scope: &Scope, whole: &Whole, steps: &[&'static Step]) -> Markup {
    let case = &whole.case;
    let hint = |step: &Step| if step.at_work.is_empty() { step.hint } else { step.at_work };
    if !may(scope, AREA) {
        return html! { @for step in steps { @let text = case.part(step.key); @if !text.is_empty() { section { h2 { (step.name) } div.prose { (markdown(text)) } } } } };
    }
    html! { form.stack.answer method="post" action=(action(scope, "guided_case.edit")) data-act {
        input type="hidden" name="guided_case" value=(case.id()); input type="hidden" name="version" value=(case.meta.version);
        @for step in steps { (guided::field(step, step.key, case.part(step.key), hint(step))) (hints(scope, whole, step)) }
        p.error data-error="" {}
        @let named: Vec<&str> = steps.iter().map(|step| step.name).collect();
        div.row { button.primary type="submit" { (act_label(scope, AREA, "Save")) } span.hint { "Saves: " (named.join(", ")) ". " } span.hint { (who_decides(scope, AREA)) } }
    } }
}

/// What can be told of a part, the hints first; what was put aside and what stands are folded away.
pub(crate) fn hints(scope: &Scope, whole: &Whole, step: &Step) -> Markup {
    let all = whole.looked.of(step.key);
    let is_aside = |found: &&Finding| whole.case.hints_off.iter().any(|off| off == found.check);
    let (stands, lacks): (Vec<&Finding>, Vec<&Finding>) = all.iter().partition(|found| found.share >= STANDS);
    let (aside, open): (Vec<&Finding>, Vec<&Finding>) = lacks.into_iter().partition(is_aside);
    html! { @if !all.is_empty() { details.case-hints id={ "hints-" (step.key) } { summary { @if open.is_empty() { "Nothing missing in “" (step.name) "” " } @else { (web::several(open.len(), "hint")) " on “" (step.name) "” " } span.quiet { (stands.len()) " of " (all.len()) " stand" } }
        ul.findings { @for found in &open { (line(scope, step, found, Some(true))) } }
        @if !aside.is_empty() { details.more { summary { (aside.len()) " put aside" } ul.findings { @for found in &aside { (line(scope, step, found, Some(false))) } } } }
        @if !stands.is_empty() { details.more { summary { (stands.len()) " stand" } ul.findings { @for found in &stands { (line(scope, step, found, None)) } } } }
    } } }
}

/// A form cannot stand within another, so the button names its own.
fn form_of(step: &Step, found: &Finding) -> String {
    format!("aside-{}-{}", step.key, found.check.replace(|c: char| !c.is_ascii_alphanumeric(), "-"))
}

fn line(scope: &Scope, step: &Step, found: &Finding, aside: Option<bool>) -> Markup {
    html! { li.hint-line {
        span { (guided::finding(&found.says, &found.words, found.share)) }
        @if let Some(aside) = aside.filter(|_| may(scope, AREA)) { @let says = short_label(scope, AREA, if aside { "Put aside" } else { "Bring back" });
            button.plain type="submit" form=(form_of(step, found)) aria-label={ (says) ": " (found.says) } { (says) } }
    } }
}

/// The forms by which hints of a part are put aside.
fn asides(scope: &Scope, whole: &Whole, step: &Step) -> Markup {
    html! { @if may(scope, AREA) { @for found in whole.looked.of(step.key).iter().filter(|found| found.share < STANDS) { form id=(form_of(step, found)) method="post" action=(action(scope, "guided_case.put_hint_aside")) data-act {
        input type="hidden" name="guided_case" value=(whole.case.id()); input type="hidden" name="hint" value=(found.check);
        input type="hidden" name="aside" value=(!whole.case.hints_off.iter().any(|off| off == found.check));
    } } } }
}
