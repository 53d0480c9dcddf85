//! Markup of test runs, and of what they said of a criterion.

use crate::{
    runs_model::*,
    runs_rows::{History, MOST_SHOWN, Newest, Shown},
};
use backlog::{Criterion, CriterionState, Form, scenario_view};
use kernel::{Area, Noun, Paged, Scope};
use web::{
    Markup, act, area_field, capital, command_form, disclosure, empty, field, html, icon, keyed, may, pill, product_path, several, small_act,
    text::{encode, link_out, markdown},
    time, who_decides,
};

/// Whoever has a say in the work binds tests and records runs.
const AREA: Area = Area::Work;

/// From one page of acceptance to the others.
pub(crate) fn ways(here: &str) -> Markup {
    let way = |path: &str, says: &str| html! { a.chip href=(path) aria-current=[(path == here).then_some("page")] { (says) } " " };
    html! { nav.chips aria-label="Pages of acceptance" { (way("acceptance", "Queue")) (way("coverage", "Coverage")) (way("runs", "Test runs")) (way("repositories", "Repositories")) } }
}

/// How a criterion stands, as a picture with its words.
pub(crate) fn state_mark(state: CriterionState) -> Markup {
    let name = match state {
        CriterionState::Passing => "circle-check-big",
        CriterionState::Failing => "octagon-alert",
        CriterionState::Stale => "history",
        CriterionState::None => "circle-help",
    };
    html! { span class={ "mark state-" (state) } title=(capital(state.says())) { span.state { (icon(name)) } span.hidden { (capital(state.says())) } } }
}

/// A criterion in one line; of a scenario all its steps, since many begin alike.
pub(crate) fn in_a_line(criterion: &Criterion) -> String {
    match criterion.form {
        Form::Scenario => web::clipped(&criterion.body.split_whitespace().collect::<Vec<_>>().join(" "), 160),
        Form::Rule => criterion.label(),
    }
}

/// What came of a test, as a picture with its words.
pub(crate) fn came_mark(came: Came, flaky: bool) -> Markup {
    let (name, state) = match came {
        Came::Passed => ("circle-check-big", "passing"),
        Came::Failed => ("octagon-alert", "failing"),
        Came::Skipped => ("circle-help", "none"),
    };
    let says = format!("{}{}", capital(came.says()), if flaky { ", at the second try" } else { "" });
    html! { span class={ "mark state-" (state) } title=(says) { span.state { (icon(name)) } span.hidden { (says) } } }
}

/// Beside the state of a criterion.
pub(crate) fn flaky(criterion: &Criterion) -> Markup {
    html! { @if criterion.flaky { " " span.pill.warning title="Its tests passed and failed on the same commit" { "flaky" } } }
}

/// Where a run stands: suite, commit, branch.
fn where_from(suite: &str, commit: &str, branch: &str) -> Markup {
    html! {
        bdi { (if suite.is_empty() { "tests" } else { suite }) }
        @if !commit.is_empty() { " at " code { bdi { (short(commit)) } } }
        @if !branch.is_empty() { " on " bdi { (branch) } }
    }
}

/// "Pipeline", leading out.
fn pipeline(link: &str) -> Markup {
    html! { @if kernel::fields::is_link(link) { " · " a href=(link) rel="noreferrer" { "pipeline" } } }
}

/// What the newest run said, under a criterion.
pub(crate) fn proof(scope: &Scope, newest: Option<&Newest>) -> Markup {
    html! { @if let Some(newest) = newest { p.quiet.proof title=[(!newest.name.is_empty()).then_some(&newest.name)] {
        (capital(newest.came.says())) ": " (where_from(&newest.suite, &newest.commit, &newest.branch)) ", " (time(scope, newest.ran_at, scope.now)) (pipeline(&newest.link))
        " · " a href={ (product_path(scope)) "/runs?open=" (newest.run.simple()) } { "run" }
    } } }
}

/// How tests get here, where there are none yet.
fn how() -> Markup {
    html! { p { "A pipeline sends the report of its tests as it is (JUnit XML, Cucumber JSON or messages): " } pre { code { "tandem verify junit.xml --url … --token … --product …" } }
    p { "A test names its criterion by the tag that stands beside it, such as " code { "@ORB-42.3" } ", in its name or among its tags. " a href="/help/verify" { "How to set it up" } } }
}

pub(crate) fn runs(scope: &Scope, page: &Paged<Run>, first: bool) -> Markup {
    html! {
        (ways("runs"))
        @if page.items.is_empty() && first { (empty("circle-check-big", "No test has run yet", "What pipelines find out about each criterion stands here and in the queue, run by run.", how())) }
        @else {
            p.lead { "What pipelines sent, the newest first." }
            div.scroll tabindex="0" role="region" aria-label="Test runs" { table.list.runs {
                thead { tr { th { "Run" } th { "When" } th.num { "Passed" } th.num { "Failed" } th.num { "Did not run" } } }
                tbody { @for run in &page.items { tr.clickable {
                    td { a href={ "?open=" (run.id()) } data-panel { (where_from(&run.suite, &run.commit_id, &run.branch)) } @if !run.taken_back.is_empty() { " " (pill("neutral", "taken back")) } }
                    td { (time(scope, run.ran_at, scope.now)) }
                    td.num { (run.passed) }
                    td.num { @if run.failed > 0 { strong.critical { (run.failed) } } @else { "0" } @if !run.broke.is_empty() { " " (pill("critical", "broke")) } }
                    td.num { (run.skipped) }
                } } }
            } }
            @if let Some(next) = &page.next { p { a.button href={ "?after=" (encode(next)) } { "Older runs" } } }
        }
    }
}

/// A run in full.
pub(crate) fn run_panel(scope: &Scope, run: &Run, results: &[Shown], by: Option<&str>) -> Markup {
    html! {
        p.crumb { "Test run" @if let Some(by) = by { " · sent with a token of " bdi { (by) } } }
        h2 dir="auto" { (run.called()) }
        dl.facts {
            div { dt { "When" } dd { (time(scope, run.ran_at, scope.now)) } }
            @if !run.commit_id.is_empty() { div { dt { "Commit" } dd { code.wraps { bdi { (run.commit_id) } } } } }
            @if !run.branch.is_empty() { div { dt { "Branch" } dd { bdi { (run.branch) } } } }
            @if !run.link.is_empty() { div { dt { "Pipeline" } dd { (link_out(&run.link)) } } }
            @if !run.form.is_empty() { div { dt { "Report" } dd { (run.form) } } }
            div { dt { "Tests" } dd { (run.passed) " passed, " (run.failed) " failed, " (run.skipped) " did not run" } }
        }
        @if !run.taken_back.is_empty() { p.banner.warning { strong { "Taken back" } " “" bdi { (run.taken_back) } "” Criteria stand as the other runs say." } }
        @else { (disclosure("take-back", "Take this run back", "plain", command_form(scope, AREA, "run.take_back", "Take it back", html! {
            input type="hidden" name="run" value=(run.id()); (area_field("reason", "Why it does not count", "", 2))
            p.hint { "What it said of criteria counts no more; they stand as the runs before it say. A report that was taken back can be sent again." } }))) }
        @if run.passed + run.failed + run.skipped == 0 { p.banner.warning { "Nothing ran in it, so nothing passed." } }
        @for broke in run.broke.iter() { p.banner.critical { (icon("octagon-alert")) strong { "Broke outside of any test" } " " bdi { (broke) } } }
        @if !run.remarks.is_empty() { div.banner.warning { ul { @for remark in run.remarks.iter() { li dir="auto" { (remark) } } } } }
        h3 { "Criteria" }
        @if results.is_empty() { p.hint { "No test of it names a criterion. Bind tests to criteria below, or put the tag of a criterion into the name of a test." } }
        ul.lines.results { @for shown in results { li.long {
            span { (came_mark(shown.result.came, shown.result.flaky)) " " span.key { (scope.key(shown.story)) "." (shown.criterion.number) } " "
                a href={ "coverage?open=" (shown.criterion.id()) } data-panel dir="auto" { (in_a_line(&shown.criterion)) } (flaky(&shown.criterion)) }
            p.quiet { bdi { (shown.title) } " · " (capital(shown.result.bound.says())) @if !shown.result.name.is_empty() { " · " bdi.wraps { (shown.result.name) } } }
            @if !shown.result.said.is_empty() && shown.result.came != Came::Passed { pre.said-by-test dir="auto" { code { (shown.result.said) } } }
        } } }
        (loose(scope, run))
    }
}

/// The tests of a run that verify nothing that is known, each to be bound.
fn loose(scope: &Scope, run: &Run) -> Markup {
    html! { @if run.loose_count > 0 { details.more open[run.loose.len() <= 10] { summary { (several(run.loose_count, "test")) " without a criterion" }
        @if may(scope, AREA) { p.hint { "Name the criterion that a test verifies, such as " (scope.key(42)) ".3. It counts for it from then on, in this run too." } }
        ul.lines.loose { @for (n, test) in run.loose.iter().enumerate() { li.long {
            span { (came_mark(test.came, false)) " " bdi.wraps { (test.name) } }
            (disclosure(&format!("bind-{n}"), "Bind to a criterion", "plain", command_form(scope, AREA, "test_name.remember", "Bind test", html! {
                input type="hidden" name="name" value=(test.name); input type="hidden" name="run" value=(run.id()); (field("criterion", "Tag of the criterion", "")) })))
        } } }
        @if run.loose_count > run.loose.len() as i64 { p.hint { "Kept are " (run.loose.len()) " of them, those that failed first." } }
    } } }
}

/// A criterion with its history.
pub(crate) fn criterion_panel(scope: &Scope, history: &History) -> Markup {
    let (c, base) = (&history.criterion, product_path(scope));
    let id = c.id().to_string();
    html! {
        p.crumb { a href={ (base) "/story/" (history.story) } { (keyed(scope, history.story, &history.title)) } " · Criterion " (c.number) }
        h2.criterion-title dir="auto" { (scope.key(history.story)) "." (c.number) @if c.form == Form::Rule { " " (c.label()) } }
        p.row { (state_mark(c.state)) " " (capital(c.state.says())) (flaky(c)) @if let Some(at) = c.checked_at { span.quiet { " · since " (time(scope, at, scope.now)) } } }
        @if c.form == Form::Scenario { (scenario_view(&c.body)) } @else if c.body.lines().count() > 1 { div.prose { (markdown(&c.body)) } }
        @if !c.note.is_empty() { pre.said-by-test dir="auto" { code { (c.note) } } }
        @if c.state == CriterionState::Stale { p.banner.warning { "Its text was changed after it was checked, so what its tests said was about another text." } }
        @if may(scope, AREA) { div.row {
            (act(scope, AREA, "criterion.check", &[("criterion", &id), ("passes", "true")], "It passes", "plain")) (act(scope, AREA, "criterion.check", &[("criterion", &id), ("passes", "false")], "It fails", "plain"))
        } } @else { p.hint { (who_decides(scope, AREA)) } }
        h3 { "What verifies it" }
        p { "Every test with the tag " code { "@" (scope.key(history.story)) "." (c.number) } @if history.tests.is_empty() { "." } @else { ", and by name:" } }
        ul.lines { @for test in &history.tests { li { bdi.what.wraps { (test.name) } (small_act(scope, AREA, "test_name.forget", &[("test_name", &test.id().to_string())], "trash-2", "It verifies this no more")) } } }
        (disclosure("bind-test", "Bind a test by its name", "plain", command_form(scope, AREA, "test_name.remember", "Bind test", html! { input type="hidden" name="criterion" value=(id);
            (field("name", "Name of the test, as a run shows it", "")) })))
        p { a href={ (base) "/features/" (scope.key(history.story)) ".feature" } hx-boost="false" download { "The story as a feature file" } }
        h3 { "What runs said of it" }
        @if history.results.is_empty() { p.hint { "No test of it has run yet." } }
        ul.lines.results { @for (result, run) in &history.results { li.long {
            span { (came_mark(result.came, result.flaky)) " " a href={ "runs?open=" (run.id()) } data-panel { (where_from(&run.suite, &run.commit_id, &run.branch)) } ", " (time(scope, result.ran_at, scope.now)) (pipeline(&run.link)) }
            @if !result.name.is_empty() { p.quiet { bdi.wraps { (result.name) } } }
            @if !result.said.is_empty() && result.came != Came::Passed { pre.said-by-test dir="auto" { code { (result.said) } } }
        } } }
        @if history.results.len() == MOST_SHOWN { p.hint { "These are the newest " (MOST_SHOWN) "." } }
    }
}
