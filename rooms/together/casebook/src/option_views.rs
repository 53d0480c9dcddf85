//! Markup of the options of a case with what they score, and of the choice among them.

use crate::{pages::Whole, part_views::hints};
use cases::{AREA, CaseOption, CaseState};
use guided::Step;
use kernel::{Area, Noun, Scope};
use priorities::Method;
use web::{Markup, act, area_field, command_form, disclosure, field, html, options as words, pill, select, small_act, text::markdown};

pub(crate) fn options(scope: &Scope, whole: &Whole, step: &Step) -> Markup {
    let (case, one) = (&whole.case, whole.case.kind.option());
    let add = html! { input type="hidden" name="guided_case" value=(case.id()); (field("title", "What is it called?", "")) (area_field("body", "What it is, what it brings and costs, what speaks against it", "", 4)) };
    html! { section aria-labelledby={ "part-" (step.key) } { h2 id={ "part-" (step.key) } { (step.name) " " span.quiet { (whole.options.len()) } }
        p.hint { (step.hint) }
        @if let Some(scheme) = &whole.weighed.scheme { p.quiet { "Scored by " a href={ "priorities?scheme=" (scheme.id()) } dir="auto" { (scheme.name) } ", where people can rate them apart, too." } }
        @if whole.options.is_empty() { p { "There are none yet." } }
        @else { ol.case-options { @for option in ranked(whole) { (line(scope, whole, option)) } } }
        div.row {
            (disclosure("add-option", &format!("Add {}", if one == "option" { "an option" } else { "a solution" }), "", command_form(scope, AREA, "case_option.add", "Add it", add)))
            @if whole.weighed.scheme.is_none() && whole.options.len() > 1 { (begin_scoring(scope)) }
        }
        (hints(scope, whole, step))
    } }
}

/// The highest score first; what has none follows in its own order.
fn ranked(whole: &Whole) -> Vec<&CaseOption> {
    let score = |option: &&CaseOption| whole.weighed.scores.get(&option.meta.id).map_or(f64::NEG_INFINITY, |(score, _)| *score);
    let mut all: Vec<&CaseOption> = whole.options.iter().collect();
    all.sort_by(|a, b| score(b).total_cmp(&score(a)));
    all
}

/// A way of scoring options, made by the command that makes any.
fn begin_scoring(scope: &Scope) -> Markup {
    let fields = html! { input type="hidden" name="thing" value="case_option"; (select("by", "By", &words(Method::ALL), Method::ValueEffort.word()))
    p.hint { "The same ways score features, initiatives and needs, under " a href="priorities" { "Priorities" } "." } };
    disclosure("score-options", "Score them", "", command_form(scope, Area::Strategy, "scheme.create", "Begin to score", fields))
}

fn line(scope: &Scope, whole: &Whole, option: &CaseOption) -> Markup {
    let id = option.id().to_string();
    let edit = html! { input type="hidden" name="case_option" value=(id); input type="hidden" name="version" value=(option.meta.version);
    (field("title", "What is it called?", &option.title)) (area_field("body", "What it is, what it brings and costs, what speaks against it", &option.body, 4)) };
    let written = whole.weighed.written(option.meta.id);
    html! { li.case-option id={ "option-" (id) } {
        div { strong dir="auto" { (option.title) } @if option.chosen { " " (pill("good", "chosen")) }
            @if let Some((_, told)) = whole.weighed.scores.get(&option.meta.id) { " " strong.score { (told) } }
            @if !written.is_empty() { " " span.quiet { @for (at, (name, text)) in written.iter().enumerate() { @if at > 0 { ", " } (name) " " bdi { (text) } } } } }
        @if !option.body.is_empty() { div.prose { (markdown(&option.body)) } }
        div.row {
            (whole.weighed.form(scope, option.meta.id, &option.title))
            (disclosure(&format!("edit-option-{id}"), "Edit", "plain", command_form(scope, AREA, "case_option.edit", "Save", edit)))
            @if !option.chosen { (small_act(scope, AREA, "case_option.remove", &[("case_option", &id)], "trash-2", &format!("Remove this {}", whole.case.kind.option()))) }
        }
    } }
}

/// Which one, and why; and whether the scores say the same.
pub(crate) fn choice(scope: &Scope, whole: &Whole) -> Markup {
    let case = &whole.case;
    let chosen = whole.options.iter().find(|option| option.chosen);
    let choices: Vec<(String, String)> = ranked(whole).iter().map(|option| (option.id().to_string(), option.title.clone())).collect();
    let now = chosen.map(|option| option.id().to_string()).unwrap_or_default();
    let id = case.id().to_string();
    let step = guided::steps(case.kind.kind()).iter().find(|step| step.key == "choice");
    html! { section aria-labelledby="part-choice" { h2 #part-choice { "Choice" }
        @match chosen { Some(option) => { p { "Chosen: " strong dir="auto" { (option.title) } } @if !case.choice.is_empty() { div.prose { (markdown(&case.choice)) } } (against_scores(whole, option)) }
            None if !case.choice.is_empty() => { div.prose { (markdown(&case.choice)) } }
            None => { p.hint { (step.map_or("Which, and why it comes first.", |step| step.hint)) } } }
        @if whole.options.is_empty() { p.hint { "Write down what there is to choose from first." } }
        @else { div.row {
            (disclosure("choose-option", if chosen.is_some() { "Choose anew" } else { "Choose one" }, "", command_form(scope, AREA, "guided_case.choose", "Choose it", html! {
                input type="hidden" name="guided_case" value=(id); (select("case_option", "Which one", &choices, &now)) (area_field("choice", "Why this one", &case.choice, 5)) })))
            @if case.state == CaseState::Chosen { (act(scope, AREA, "guided_case.reopen", &[("guided_case", &id)], "Open it anew", "plain")) }
        } }
        @if let Some(step) = step { (hints(scope, whole, step)) }
    } }
}

/// Where another one scores higher, that is said.
fn against_scores(whole: &Whole, chosen: &CaseOption) -> Markup {
    let first = ranked(whole).into_iter().next().filter(|first| first.meta.id != chosen.meta.id);
    let score = |option: &CaseOption| whole.weighed.scores.get(&option.meta.id);
    html! { @if let (Some(first), Some(scheme)) = (first, &whole.weighed.scheme) { @if let Some((_, most)) = score(first) {
        // One sentence, as a banner lays out what stands in it side by side; with a reason it is a fact and no reproach.
        @let alone = whole.weighed.scores.len() < 2;
        @let told = html! { span { "By " bdi { (scheme.name) } " “" bdi { (first.title) } "” " @if alone { "is the only one that is scored so far, with " } @else { "stands first, with " } (most) @if let Some((_, own)) = score(chosen) { " against " (own) } "." @if whole.case.choice.is_empty() { " The choice may be right all the same; say why." } } };
        @if whole.case.choice.is_empty() { p.banner { (told) } } @else { p.hint { (told) } }
    } } }
}
