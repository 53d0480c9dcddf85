//! Markup around the parts of a case: where it is from, what it rests on, and what becomes of the choice.

use crate::{listed::state, pages::Whole};
use cases::{AREA, CaseState, GuidedCase};
use kernel::{Area, Noun, Scope};
use web::{Markup, action, area_field, capital, command_form, date, disclosure, field, html, join, keyed, may, product_path, select, small_act};

pub(crate) fn head(scope: &Scope, whole: &Whole) -> Markup {
    html! { p.crumb data-thing={ "guided_case:" (whole.case.id()) } { a href="cases" { "Cases" } " · " (capital(whole.case.kind.says())) " " (state(&whole.case)) " · " a href={ (product_path(scope)) "/thread?of=guided_case&id=" (whole.case.id()) } { "In the thread" } }
    (as_of(&whole.case, None)) }
}

pub(crate) fn as_of(case: &GuidedCase, day: Option<&str>) -> Markup {
    html! { form.row.as-of method="get" { input type="hidden" name="show" value=(case.id());
    label.field { span { "As of" } input type="date" name="as_of" value=(day.unwrap_or("")); } button type="submit" { "Show" }
    @if day.is_some() { a.button href={ "cases?show=" (case.id()) } { "Back to today" } } } }
}

/// What it rests on, each with a way to take it off, and the ways to add to it.
pub(crate) fn grounds(scope: &Scope, whole: &Whole) -> Markup {
    let (case, on) = (&whole.case, &whole.grounds);
    let id = case.id().to_string();
    let off =
        |field: &str, thing: String, says: &str| small_act(scope, AREA, "guided_case.unlink", &[("guided_case", &id), (field, &thing)], "x", says);
    let many = on.evidence.len() + on.facts.len() + on.needs.len() + on.objectives.len() + on.initiatives.len();
    html! { section aria-labelledby="rests-on" { h2 #rests-on { "What it rests on " span.quiet { (many) } }
        @if many == 0 { p.hint { "Nothing yet. Link what is known: evidence, needs, objectives, bets that are there already, and facts. The hints hold what you write against it." } }
        ul.lines {
            @for objective in &on.objectives { li { span.quiet { "Objective" } a.what href={ "strategy#o-" (objective.id()) } dir="auto" { (objective.title) } (off("objective", objective.id().to_string(), "Unlink this objective")) } }
            @for need in &on.needs { li { span.quiet { "Need" } a.what href={ "customers?open=" (need.id()) } dir="auto" { (need.title) } (off("need", need.id().to_string(), "Unlink this need")) } }
            @for initiative in &on.initiatives { li { span.quiet { "Initiative" } a.what href={ "roadmap?open=" (initiative.number) } { (keyed(scope, initiative.number, &initiative.title)) } (off("initiative", initiative.id().to_string(), "Unlink this initiative")) } }
            @for fact in &on.facts { li { span.quiet { "Fact" } a.what href={ "models#fact-" (fact.id()) } dir="auto" { (fact.name.replace('_', " ")) ": " (fact.worth) } span.quiet dir="auto" { (fact.source) } (off("known_fact", fact.id().to_string(), "Unlink this fact")) } }
            @for piece in &on.evidence { li.long { span.quiet { "Evidence, " (date(scope, &piece.noted_on)) } a.what href={ "customers?show=" (piece.id()) "#e-" (piece.id()) } dir="auto" { "“" (web::clipped(&piece.quote, 200)) "”" } (off("evidence", piece.id().to_string(), "Unlink this evidence")) } }
        }
        div.row {
            (join(scope, GuidedCase::TABLE, case.meta.id, "evidence", "Link evidence", "plain"))
            (join(scope, GuidedCase::TABLE, case.meta.id, "need", "Link a need", "plain"))
            (join(scope, GuidedCase::TABLE, case.meta.id, "objective", "Link an objective", "plain"))
            (chosen(scope, &id, "known_fact", "Link a fact", whole.facts.iter().filter(|fact| on.facts.iter().all(|known| known.meta.id != fact.meta.id)).map(|fact| (fact.id().to_string(), format!("{}: {}", fact.name.replace('_', " "), fact.worth)))))
            (chosen(scope, &id, "initiative", "Link an initiative", whole.initiatives.iter().filter(|bet| on.initiatives.iter().all(|known| known.meta.id != bet.meta.id)).map(|bet| (bet.id().to_string(), format!("{} {}", scope.key(bet.number), bet.title)))))
        }
    } }
}

/// A form that links one of a few; nothing where there are none.
fn chosen(scope: &Scope, case: &str, name: &str, says: &str, all: impl Iterator<Item = (String, String)>) -> Markup {
    let choices: Vec<(String, String)> = all.collect();
    html! { @if !choices.is_empty() { (disclosure(&format!("link-{name}"), says, "plain", command_form(scope, AREA, "guided_case.link", "Link it", html! { input type="hidden" name="guided_case" value=(case); (select(name, says, &choices, "")) }))) } }
}

/// What becomes of the choice: a bet on the roadmap, or a decision that others sign.
pub(crate) fn became(scope: &Scope, whole: &Whole) -> Markup {
    let case = &whole.case;
    html! { section aria-labelledby="becomes" { h2 #becomes { "What comes of it" }
        @match (&whole.became, case.state) {
            (Some(bet), _) => { p { a href={ "roadmap?open=" (bet.number) } { (keyed(scope, bet.number, &bet.title)) } " came of it." } }
            (None, CaseState::Open) => { p.hint { "Once one of them is chosen, it becomes an initiative, or is put to a decision." } }
            (None, CaseState::Chosen) => { p.hint { "Nothing yet. A choice counts once somebody works on it, or has signed it." } }
        }
        @if case.state == CaseState::Chosen { div.row { @if whole.became.is_none() { (bet(scope, whole)) } (decide(scope, case)) } }
    } }
}

fn bet(scope: &Scope, whole: &Whole) -> Markup {
    let title = whole.options.iter().find(|option| option.chosen).map_or("", |option| option.title.as_str());
    let mut serves: Vec<(String, String)> = vec![(String::new(), "As the case says".to_owned())];
    serves.extend(whole.objectives.iter().map(|objective| (objective.id().to_string(), objective.title.clone())));
    let fields = html! { input type="hidden" name="guided_case" value=(whole.case.id()); (field("title", "What the initiative is called", title))
    @if !whole.objectives.is_empty() { (select("objective", "It serves", &serves, "")) }
    p.hint { "It stands under Later, with what the case says of it." } };
    disclosure(
        "case-initiative",
        "Make an initiative of it",
        "",
        command_form(scope, Area::Roadmap, "guided_case.become_initiative", "Make initiative", fields),
    )
}

/// A question that is put to those who decide, with what the case says as its reason.
fn decide(scope: &Scope, case: &GuidedCase) -> Markup {
    let areas = [Area::Strategy, Area::Roadmap, Area::Commitments, Area::Priorities];
    let choices: Vec<(String, String)> =
        areas.iter().filter(|area| may(scope, **area)).map(|area| (area.to_string(), capital(area.spoken()))).collect();
    let link = format!("From the case [{}]({}/cases?show={}).", case.title.replace(['[', ']'], ""), product_path(scope), case.id());
    let reason = format!("{}\n\n{link}", case.choice);
    html! { @if !choices.is_empty() { (disclosure("decide-case", "Put it to a decision", "", html! { form.stack method="post" action=(action(scope, "proposal.open")) data-act {
    (web::limited("proposal.open", html! { (field("title", "What is to be decided", &case.title)) (area_field("reason", "Why", &reason, 5)) (select("area", "About", &choices, "")) }))
    p.error data-error="" {} div.row { button.primary type="submit" { "Open the question" } }
    p.hint { "It stands under Decisions, with the choice as its reason." } } })) } }
}

/// What is done to the case itself.
pub(crate) fn below(scope: &Scope, whole: &Whole) -> Markup {
    let case = &whole.case;
    let id = case.id().to_string();
    let fields = html! { input type="hidden" name="guided_case" value=(id); input type="hidden" name="version" value=(case.meta.version); (field("title", "What is the question?", &case.title)) };
    html! { div.row.below {
        (disclosure("edit-case", "Change the question", "plain", command_form(scope, AREA, "guided_case.edit", "Save", fields)))
        (small_act(scope, AREA, "guided_case.remove", &[("guided_case", &id)], "trash-2", "Remove the case and its options"))
    } }
}
