//! Markup of the tree: a list in a list, which a screen reader reads as it stands.

use crate::{
    model::*,
    rows::{Below, Branch, Grown, MOST, Part},
};
use kernel::{Area, Noun, Scope};
use std::{cell::RefCell, collections::HashSet};
use strategy::Objective;
use web::{
    Markup, area_field, command_form, date, disclosure, disclosure_by_key, empty, field, html, icon, input, join_by_key, keyed, may, options, pill,
    points, select, several, small_act, telling::percent, when,
};

pub(crate) fn page(scope: &Scope, grown: &Grown, part: &Part, looked_at: &str) -> Markup {
    let tree = Tree { scope, grown, part, looked_at, told: RefCell::default() };
    let whole = *part == Part::Whole;
    html! {
        (customers::ways("opportunities"))
        @if !whole { p.crumb { a href="opportunities" { "The whole tree" } } }
        @if grown.roots.is_empty() && whole { (empty("git-branch", "No open objective", "The tree begins with an objective. Below it stand the needs that bear on it, the bets that address them, and the tests of what a bet rests on.", html! { a.button href="strategy" { "Objectives" } })) }
        @else {
            @if whole { p.lead { "From where we want to be to what we try: objectives, the needs that bear on them, the bets that address those, and what has to be true for a bet to work." }
                @if may(scope, Area::Customers) { p.hint.keys-hint { "Drag a need onto an objective or a bet onto a need. By keys: " kbd { "j" } " " kbd { "k" } " go down and up, " kbd { "l" } " links what you stand on, " kbd { "t" } " plans a test." } } }
            @if !grown.roots.is_empty() { ul.tree { @for (objective, below) in &grown.roots { (tree.root(objective, below)) } } }
        }
        @if grown.loose.all() > 0 && !(whole && grown.roots.is_empty()) { section { h2 { "Under no objective" span.quiet { " " (grown.loose.all()) } }
            p.hint { "Needs that nobody has placed yet, and that no bet leads to an open objective." }
            ul.tree { @for branch in &grown.loose.needs { (tree.need(branch, None)) } }
            (tree.more(&grown.loose, "none")) } }
    }
}

struct Tree<'a> {
    scope: &'a Scope,
    grown: &'a Grown,
    part: &'a Part,
    looked_at: &'a str,
    /// Bets whose tests stand further up already: a bet may stand under several needs.
    told: RefCell<HashSet<usize>>,
}

impl Tree<'_> {
    fn root(&self, o: &Objective, below: &Below) -> Markup {
        let id = o.id().to_string();
        html! { li.root data-id=(id) data-open data-knot={ "objective:" (id) } {
            div.branch-head { (icon("target")) a.title href={ "strategy#o-" (id) } { bdi { (o.title) } }
                @if let Some(day) = &o.ends_on { span.quiet { "until " (date(self.scope, day)) } } }
            @if below.is_empty() { p.hint { "No need bears on it yet." } }
            ul { @for branch in &below.needs { (self.need(branch, Some(&id))) }
                @for bet in &below.bets { (self.bet(*bet, None)) } }
            (self.more(below, &id))
        } }
    }

    /// What stands here besides what is shown: a way to it, or where to look for it.
    fn more(&self, below: &Below, of: &str) -> Markup {
        html! { @if below.more > 0 { p.hint { (below.more) @if below.more == 1 { " more stands here. " } @else { " more stand here. " }
        @if *self.part == Part::Whole { a href={ "opportunities?of=" (of) } { "Show " @if below.all() > MOST { "the first " (MOST) } @else { "all " (below.all()) } } }
        @else { "A filter under " a href="customers" { "Evidence and needs" } " finds each." } } } }
    }

    /// A need, under an objective or nowhere.
    fn need(&self, branch: &Branch, under: Option<&str>) -> Markup {
        let Some(line) = self.grown.needs.get(&branch.need) else { return html! {} };
        let (scope, need) = (self.scope, &line.need);
        let id = need.id().to_string();
        let drags = may(scope, Area::Customers);
        html! { li.need data-id={ (under.unwrap_or_default()) "-" (id) } data-open data-knot={ "need:" (id) } draggable=[drags.then_some("true")] data-joins=[drags.then_some("objective initiative")] {
            div.branch-head { a.title href={ "customers?open=" (id) } { bdi { (need.title) } }
                @if let Some(score) = line.opportunity { span.quiet title="Importance + what is missing in satisfaction" { "opportunity " (points(Some(score))) } }
                @if line.evidence == 0 { (pill("warning", "no evidence")) } @else { span.quiet { (several(line.evidence, "piece")) " of evidence" } }
                span.push {}
                (join_by_key(scope, Some('l'), "need", need.meta.id, "objective", if branch.placed { "Move" } else { "Place" }, "plain"))
                @if let Some(objective) = under.filter(|_| branch.placed) { (small_act(scope, Area::Customers, "need.unserve", &[("need", &id), ("objective", objective)], "x", "Take out of the tree")) } }
            @if branch.bets.is_empty() { p.hint { "No bet addresses it. " (web::join(scope, "need", need.meta.id, "initiative", "Link an initiative", "plain")) } }
            ul { @for bet in &branch.bets { (self.bet(*bet, Some(&id))) } }
        } }
    }

    fn bet(&self, place: usize, need: Option<&str>) -> Markup {
        let Some(bet) = self.grown.bets.get(place) else { return html! {} };
        let (scope, i) = (self.scope, &bet.initiative);
        let first = self.told.borrow_mut().insert(place);
        let (id, number) = (i.id().to_string(), i.number.to_string());
        let drags = may(scope, Area::Roadmap);
        let form = format!("test-{}-{number}", need.unwrap_or_default());
        let fields = html! {
            input type="hidden" name="initiative" value=(number);
            (field("assumption", "What has to be true", "")) (area_field("trial", "How you try it out", "", 2)) (field("expects", "What you will see where it holds", ""))
        };
        html! { li.bet data-id={ (need.unwrap_or_default()) "-" (id) } data-open data-knot={ "initiative:" (id) } draggable=[drags.then_some("true")] data-joins=[drags.then_some("need objective")] {
            div.branch-head { a.title href={ "roadmap?open=" (number) } { (keyed(scope, i.number, &i.title)) }
                span.quiet { (i.horizon.says()) }
                @if let Some(confidence) = i.confidence { span.quiet { (percent(confidence)) " sure" } }
                span.push {}
                (join_by_key(scope, Some('l'), "initiative", i.meta.id, "need", "Link to a need", "plain"))
                @if let Some(need) = need { (small_act(scope, Area::Roadmap, "initiative.unaddress", &[("initiative", &number), ("need", need)], "x", "Take away from this need")) } }
            @if first {
                ul { @for test in &bet.tests { (self.test(test)) } }
                (disclosure_by_key(Some('t'), &form, "Plan a test", "plain", command_form(scope, Area::Roadmap, "assumption_test.plan", "Plan test", fields)))
            } @else if !bet.tests.is_empty() { p.hint { (several(bet.tests.len(), "test")) ", further up" } }
        } }
    }

    fn test(&self, test: &AssumptionTest) -> Markup {
        let (scope, id) = (self.scope, test.id().to_string());
        let hidden = html! { input type="hidden" name="assumption_test" value=(id); };
        let result = html! { (hidden) (select("result", "What it told", &options(TestResult::ALL), test.result.unwrap_or(TestResult::Held).word()))
        (area_field("learned", "What you saw and learned", &test.learned, 3)) (input("date", "settled_on", "On", test.settled_on.as_deref().unwrap_or(&when::day(scope.now)))) };
        let edit = html! { (hidden) input type="hidden" name="version" value=(test.meta.version); (field("assumption", "What has to be true", &test.assumption))
        (area_field("trial", "How you try it out", &test.trial, 2)) (field("expects", "What you will see where it holds", &test.expects)) };
        html! { li.test id={ "t-" (id) } .looked-at[id == self.looked_at] {
            div.branch-head { (icon("circle-help")) span dir="auto" { (test.assumption) }
                @match test.result {
                    Some(TestResult::Held) => { (pill("good", "held")) }
                    Some(TestResult::Failed) => { (pill("critical", "did not hold")) }
                    Some(TestResult::Unclear) => { (pill("warning", "unclear")) }
                    None => { (pill("neutral", "not tested yet")) }
                } }
            @if !test.trial.is_empty() { p.quiet dir="auto" { (test.trial) } }
            @if !test.expects.is_empty() { p.quiet { "Holds where: " bdi { (test.expects) } } }
            @if !test.learned.is_empty() { div.prose { (web::text::markdown(&test.learned)) } }
            div.row {
                (disclosure(&format!("settle-{id}"), if test.result.is_none() { "Tell the result" } else { "Change the result" }, "plain", command_form(scope, Area::Roadmap, "assumption_test.settle", "Save the result", result)))
                (disclosure(&format!("edit-{id}"), "Edit", "plain", command_form(scope, Area::Roadmap, "assumption_test.edit", "Save", edit)))
                (small_act(scope, Area::Roadmap, "assumption_test.remove", &[("assumption_test", &id)], "trash-2", "Remove test"))
            }
        } }
    }
}
