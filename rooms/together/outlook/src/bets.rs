//! Bets side by side: how badly the needs behind each are served, what it scores, how sure one is, what was promised, and by
//! when it is likely to be there.

use crate::pages::{Beside, beside};
use kernel::{Area, Noun, Scope, Uuid};
use priorities::{Standing, Thing};
use roadmap::{BetState, Initiative, Plan, TERMS};
use serde::Deserialize;
use web::{
    At, Filter, Markup, Page, PageSpec, Query, Response, Wing, capital, date, empty, errors, html, keyed, pill, points, product_path, several,
    telling::percent, when,
};

pub(crate) const BETS: PageSpec = PageSpec {
    path: "bets",
    name: "Bets side by side",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["initiative", "relation", "need", "score", "scheme", "story"],
    calm: true,
    areas: &[Area::Roadmap, Area::Commitments, Area::Priorities],
    wide: true,
    ..PageSpec::PLAIN
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// By what they stand in order; by the roadmap's own where nothing is said.
    sort: String,
    initiative: String,
    feature: String,
    owner: String,
    theme: String,
    q: String,
}

/// So many bets stand side by side.
const MOST: usize = 200;

pub(crate) async fn page(at: At, Query(q): Query<Asked>) -> Response {
    let beside = match beside(&at).await {
        Ok(beside) => beside,
        Err(refusal) => return errors::page(&at, refusal).await,
    };
    at.page(move |look| {
        let said = [("initiative", q.initiative.as_str()), ("feature", &q.feature), ("owner", &q.owner), ("theme", &q.theme)];
        let filter = Filter::read(TERMS, &q.q, &said);
        let read = Plan::all(look, &filter);
        let (plan, odd) = filter.or_odd(read, Plan::default())?;
        let standing = priorities::standing(look, Thing::Initiative)?;
        let table =
            Table { plan: &plan, standing: &standing, beside: &beside, today: when::day(look.now()), sort: &q.sort, narrowed: filter.address() };
        Ok(Page::of(&BETS, table.view(look.scope, odd.as_deref())))
    })
    .await
}

struct Table<'a> {
    plan: &'a Plan,
    standing: &'a Standing,
    beside: &'a Beside,
    today: String,
    sort: &'a str,
    /// What the address goes on saying in every order.
    narrowed: String,
}

/// The orders that there are, each by its word in the address.
const ORDERS: &[(&str, &str)] =
    &[("", "As on the roadmap"), ("need", "Need"), ("score", "Priority"), ("sure", "How sure"), ("until", "Promised end")];

impl Table<'_> {
    fn score(&self, id: Uuid) -> Option<&(f64, String)> {
        self.standing.scores.get(&id)
    }

    fn ordered(&self) -> Vec<&Initiative> {
        let mut all: Vec<&Initiative> = self.plan.initiatives.iter().filter(|i| i.state == BetState::Open).collect();
        // What lacks the figure stands last; equals as on the roadmap.
        let high = |value: Option<f64>| (value.is_none(), value.map_or(0, |v| -(v * 1e6) as i64));
        match self.sort {
            "need" => all.sort_by_key(|i| high(self.plan.need(i.meta.id))),
            "score" => all.sort_by_key(|i| high(self.score(i.meta.id).map(|(score, _)| *score))),
            "sure" => all.sort_by_key(|i| high(i.confidence)),
            "until" => all.sort_by_key(|i| (i.ends_on.is_none(), i.ends_on.clone())),
            _ => {}
        }
        all
    }

    fn view(&self, scope: &Scope, odd: Option<&str>) -> Markup {
        let all = self.ordered();
        html! {
            (roadmap::ways(scope, "bets"))
            @if let Some(odd) = odd { p.hint dir="auto" { (odd) } }
            @if all.is_empty() { (empty("map", "No open bets", "A bet is an initiative on the roadmap. Here they stand side by side, with what speaks for each.", html! { a.button href={ (product_path(scope)) "/roadmap" } { "The roadmap" } })) }
            @else {
                p.lead { "What speaks for each bet: how badly the needs behind it are served, what it scores"
                    @if !self.standing.scheme.is_empty() { " by “" bdi { (self.standing.scheme) } "”" } ", how sure you are, and whether its promise is likely to be kept." }
                @if self.standing.scores.is_empty() { p.hint { "No initiative is scored yet. " a href={ (product_path(scope)) "/priorities" } { "Score them under Priorities" } } }
                @if let Some(why) = &self.beside.why_not { p.hint { "No forecast stands beside the promises. " (why) } }
                div.chips.bets-order role="group" aria-label="Order" { span.quiet { "In order of " } @for (word, says) in ORDERS { a.chip href={ "bets?" (self.narrowed) "sort=" (word) } aria-current=[(*word == self.sort).then_some("true")] { (says) } " " } }
                div.scroll tabindex="0" role="region" aria-label="Bets side by side" { table.list.side-by-side.stacked {
                    thead { tr { th { "Bet" } th { "Horizon" } th { "Looked after by" } th.num { "Need" } th.num { "Priority" } th.num { "Sure" } th { "Promised until" } th { "Likely by" } } }
                    tbody { @for i in all.iter().take(MOST) { (self.row(scope, i)) } }
                } }
                @if all.len() > MOST { p.quiet { "and " (several(all.len() - MOST, "bet")) " more" } }
            }
        }
    }

    fn row(&self, scope: &Scope, i: &Initiative) -> Markup {
        let none = || html! { span.quiet.nothing { "–" } };
        let likely = self.beside.likely.get(&i.number);
        html! { tr {
            td { a href={ (product_path(scope)) "/roadmap?open=" (i.number) } { (keyed(scope, i.number, &i.title)) } @if !i.theme.is_empty() { " " bdi.quiet { (i.theme) } } }
            td { (capital(i.horizon.word())) }
            td data-label="Looked after by" { @match self.plan.owner(i.owner.map(|id| id.0)) { Some(name) => { bdi { (name) } } None => { (none()) } } }
            td.num data-label="Need" { @match self.plan.need(i.id().0) { Some(need) => { (points(Some(need))) } None => { (none()) } } }
            td.num data-label="Priority" { @match self.score(i.meta.id) { Some((_, told)) => { (told) } None => { (none()) } } }
            td.num data-label="Sure" { @match i.confidence { Some(sure) => { (percent(sure)) } None => { (none()) } } }
            td data-label="Promised until" { @match &i.ends_on { Some(until) => { (date(scope, until)) @if *until < self.today { " " (pill("critical", "passed")) } } None => { (none()) } } }
            td data-label="Likely by" { @match likely { Some(by) => { (date(scope, by)) @if i.ends_on.as_ref().is_some_and(|until| by > until) { " " (pill("warning", "later than promised")) }
                @if let Some(sure) = self.beside.sure.get(&i.number) { br; small.quiet { @for (n, (share, day)) in sure.iter().enumerate() { @if n > 0 { " · " } (percent(*share)) "\u{a0}" (date(scope, day)) } } } } None => { (none()) } } }
        } }
    }
}
