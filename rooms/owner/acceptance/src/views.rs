//! Markup of acceptance.

use crate::{
    rows::{Given, Waiting},
    runs_rows::Newest,
    runs_views::{flaky, proof, state_mark, ways},
};
use backlog::{Criterion, CriterionState, done_list, kind_icon, not_met};
use kernel::{Area, Noun, Scope};
use web::{
    Markup, act, act_label, action, area_field, command_form, disclosure, empty, field, html, keyed, limited, may, pill, points, text::markdown,
    time, who_decides,
};

pub(crate) fn queue(scope: &Scope, waiting: &[Waiting], given: &[Given], done: &[String]) -> Markup {
    html! {
        (ways("acceptance"))
        (definition_of_done(scope, done))
        @if waiting.is_empty() { (empty("circle-check-big", "Nothing waits for a verdict", "When a developer hands a story over, it appears here with its criteria. The Owner accepts or rejects it, any day, with a reason.", html! {})) }
        @for w in waiting { (one(scope, w)) }
        @if !given.is_empty() { section { h2 { "Verdicts" } ul.lines.verdicts { @for g in given { li {
            @if g.accepted { (pill("good", "accepted")) } @else { (pill("critical", "rejected")) }
            a.what href={ "acceptance?open=" (g.number) } data-panel { (keyed(scope, g.number, &g.title)) }
            @if g.accepted && g.unverified > 0 { (pill("warning", "not all verified")) }
            span.quiet { bdi { (g.by.as_deref().unwrap_or("")) } " " (time(scope, g.at, scope.now)) @if !g.reason.is_empty() { " · “" bdi { (g.reason) } "”" } }
        } } } } }
    }
}

/// What is true of everything that is accepted, and the way to where it is changed.
fn definition_of_done(scope: &Scope, done: &[String]) -> Markup {
    let change = html! { @if may(scope, Area::Acceptance) { p.hint { a href="settings#done" { @if done.is_empty() { "Write a definition of done" } @else { "Change the definition of done" } } } } };
    html! { div.done-agreed { (done_list(done)) (change) } }
}

fn one(scope: &Scope, w: &Waiting) -> Markup {
    let number = w.story.number.to_string();
    let passing = w.criteria.iter().filter(|c| c.state == CriterionState::Passing).count();
    let all_pass = passing == w.criteria.len();
    html! { article.verdict-card data-id=(number) data-open id={ "s-" (number) } {
        header { (kind_icon(w.story.kind)) span.key { (scope.key(w.story.number)) } h2 { a.title href={ "acceptance?open=" (number) } dir="auto" data-panel { (w.story.title) } }
            @if let Some(size) = w.story.points { span.points title="Size" { (points(Some(size))) } }
            span.quiet { @if let Some(at) = w.story.handed_over_at { "handed over " (time(scope, at, scope.now)) (backlog::handed_over(&w.story)) @if let Some(name) = &w.by { " · " bdi { (name) } " worked on it" } } } }
        @if let Some(feature) = &w.feature { p.hint { "For " bdi { (feature) } } }
        @if w.criteria.is_empty() { p.banner.warning { "This story has no acceptance criteria. There is nothing to check it against." } }
        @if !w.criteria.is_empty() { ol.criteria-list { @for c in &w.criteria { (criterion(scope, c, w.proofs.get(&c.id()))) } } (all_of_them(scope, &w.criteria)) }
        @if may(scope, Area::Acceptance) { div.row.verdict-acts {
            form.inline method="post" action=(action(scope, "story.accept")) data-act data-key="y" {
                input type="hidden" name="story" value=(number);
                @if !all_pass || w.criteria.is_empty() { (limited("story.accept", field("reason", if w.criteria.is_empty() { "Note (optional)" } else { "Why accept with criteria that are not known to pass" }, ""))) }
                button.primary type="submit" { (act_label(scope, Area::Acceptance, "Accept story")) } span.error data-error="story" {}
            }
            span data-key="n" { (disclosure(&format!("reject-{number}"), "Reject", "", command_form(scope, Area::Acceptance, "story.reject", "Reject with this reason", html! {
                input type="hidden" name="story" value=(number); (area_field("reason", "What is missing", "", 3)) (not_met(&w.criteria))
            }))) }
        } } @else { p.hint { (who_decides(scope, Area::Acceptance)) } }
    } }
}

/// What was seen to work as a whole is checked as one act.
fn all_of_them(scope: &Scope, criteria: &[Criterion]) -> Markup {
    let open: Vec<String> = criteria.iter().filter(|c| c.state != CriterionState::Passing).map(|c| c.id().to_string()).collect();
    let mut fields = vec![("_each", "criterion"), ("passes", "true")];
    fields.extend(open.iter().map(|id| ("criterion", id.as_str())));
    html! { @if open.len() > 1 { p data-key="v" { (act(scope, Area::Work, "criterion.check", &fields, &format!("All {} pass", open.len()), "plain")) } } }
}

fn criterion(scope: &Scope, c: &Criterion, newest: Option<&Newest>) -> Markup {
    let id = c.id().to_string();
    html! { li class={ "criterion state-" (c.state) } { (state_mark(c.state)) div.prose { @if c.form == backlog::Form::Scenario { (backlog::scenario_view(&c.body)) } @else { (markdown(&c.body)) } @if !c.note.is_empty() { p.quiet.noted dir="auto" { (c.note) } } (proof(scope, newest)) }
        span.acts { (flaky(c)) a.button.plain.small-link href={ "coverage?open=" (id) } data-panel { "History" span.hidden { " of criterion " (c.number) } }  (act(scope, Area::Work, "criterion.check", &[("criterion", &id), ("passes", "true")], "It passes", "plain")) (act(scope, Area::Work, "criterion.check", &[("criterion", &id), ("passes", "false")], "It fails", "plain")) }
    } }
}
