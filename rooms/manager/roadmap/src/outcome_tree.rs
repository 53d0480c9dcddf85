//! The roadmap by what it is for: objectives, the key results that say whether they are reached, the bets that are to move
//! those, and the features that each bet is made of. Today, or as of a past day.

use crate::{
    compare_view::ways,
    model::*,
    past,
    plan::owners,
    rows::{self, Delivery, Slice},
};
use kernel::{Area, Look, Noun, Refusal, Result, Scope, Uuid};
use std::collections::{HashMap, HashSet};
use strategy::{KeyResult, Objective, ObjectiveState};
use web::{
    At, Markup, Page, PageSpec, Query, Response, Wing, capital, date, empty, html, icon, join, keyed, may, meter, pill, points, product_path,
    several,
    telling::{figure, percent},
    when,
};

pub(crate) const TREE: PageSpec = PageSpec {
    path: "outcome-tree",
    name: "Outcome tree",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["objective", "key_result", "measurement", "measure_value", "initiative", "feature", "relation", "need", "story"],
    calm: true,
    areas: &[Area::Roadmap, Area::Strategy],
    sights: &[("past", "?as_of={day}")],
    ..PageSpec::PLAIN
};

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    as_of: String,
}

pub(crate) async fn page(at: At, Query(q): Query<Asked>) -> Response {
    let at = if q.as_of.is_empty() { at } else { at.long() };
    at.page(move |look| {
        let tree = match q.as_of.as_str() {
            "" => Tree::read(look)?,
            day => Tree::then(look, day, when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?)?,
        };
        let page = Page::of(&TREE, tree.view(look.scope, &q.as_of));
        Ok(if q.as_of.is_empty() { page } else { page.still() })
    })
    .await
}

/// A key result, or none, with the bets that are to move it, by their places.
struct Branch {
    key_result: Option<KeyResult>,
    bets: Vec<usize>,
}

struct Root {
    objective: Objective,
    branches: Vec<Branch>,
}

struct Tree {
    roots: Vec<Root>,
    bets: Vec<Initiative>,
    /// Bets that serve no open objective.
    loose: Vec<usize>,
    features: HashMap<Uuid, Vec<Slice>>,
    owners: HashMap<Uuid, String>,
    /// Of each bet the greatest opportunity among the needs that it addresses.
    needs: HashMap<Uuid, f64>,
    /// Key results of which nobody knows where they stood on the day.
    unknown: HashSet<Uuid>,
    /// None as of a past day: how far stories are is known of today only.
    delivery: Option<HashMap<Uuid, Delivery>>,
}

/// What of needs, bets and links a tree is made of: each link with its bet and what that serves or addresses.
type Links = Vec<(Uuid, Uuid)>;

impl Tree {
    fn read(look: &mut Look) -> Result<Tree> {
        let lines = strategy::objectives(look)?;
        let (objectives, key_results) = lines.into_iter().fold((vec![], vec![]), |(mut objectives, mut results), line| {
            objectives.push(line.objective);
            results.extend(line.key_results);
            (objectives, results)
        });
        let bets = rows::initiatives(look)?;
        let slices = rows::slices(look)?;
        let links: Links = rows::reasons(look)?.into_iter().flat_map(|(bet, all)| all.into_iter().map(move |(_, id, _)| (bet, id))).collect();
        let scores = customers::opportunities(look, links.iter().map(|(_, to)| *to))?;
        let delivery = rows::delivery(look, slices.iter().filter(|slice| slice.initiative.is_some()).map(|slice| slice.id.0))?;
        Tree::grown(look, objectives, key_results, bets, slices, &links, &scores, Some(delivery))
    }

    fn then(look: &mut Look, day: &str, at: i64) -> Result<Tree> {
        let objectives = past::things::<Objective>(look, at, |a, b| a.rank.cmp(&b.rank))?;
        let mut key_results = past::things::<KeyResult>(look, at, |a, b| (a.meta.created_at, a.meta.id).cmp(&(b.meta.created_at, b.meta.id)))?;
        let bets = past::things::<Initiative>(look, at, |a, b| a.rank.cmp(&b.rank))?;
        let slices = past::things::<Feature>(look, at, |a, b| a.rank.cmp(&b.rank))?.into_iter().map(Slice::from).collect();
        let links: Links =
            past::reasons(look, at, &bets)?.into_iter().flat_map(|(bet, all)| all.into_iter().map(move |(_, id, _)| (bet, id))).collect();
        // What comes by itself was never written down: of measures the day is known, of accepted work only today is.
        let stood = strategy::stood_on(look, &key_results, day)?;
        let mut unknown = HashSet::new();
        for k in key_results.iter_mut().filter(|k| k.is_fed()) {
            match stood.get(&k.meta.id) {
                Some(value) => k.current_value = *value,
                None => {
                    unknown.insert(k.meta.id);
                }
            }
        }
        Ok(Tree { unknown, ..Tree::grown(look, objectives, key_results, bets, slices, &links, &HashMap::new(), None)? })
    }

    fn grown(
        look: &mut Look,
        mut objectives: Vec<Objective>,
        key_results: Vec<KeyResult>,
        mut bets: Vec<Initiative>,
        slices: Vec<Slice>,
        links: &Links,
        scores: &HashMap<Uuid, f64>,
        delivery: Option<HashMap<Uuid, Delivery>>,
    ) -> Result<Tree> {
        objectives.retain(|o| o.state == ObjectiveState::Open);
        bets.retain(|i| i.state != BetState::Dropped);
        let owners = owners(look, &bets, &[])?;
        let mut of_bets: HashMap<Uuid, f64> = HashMap::new();
        for (bet, score) in links.iter().filter_map(|(bet, to)| Some((*bet, *scores.get(to)?))) {
            let best = of_bets.entry(bet).or_insert(score);
            *best = best.max(score);
        }
        let serves: HashSet<(Uuid, Uuid)> = links.iter().copied().collect();
        let mut placed: HashSet<usize> = HashSet::new();
        let mut roots = vec![];
        for objective in objectives {
            let mut branches: Vec<Branch> =
                key_results.iter().filter(|k| k.objective == objective.id()).map(|k| Branch { key_result: Some(k.clone()), bets: vec![] }).collect();
            let mut alone = Branch { key_result: None, bets: vec![] };
            for (place, bet) in bets.iter().enumerate() {
                // A bet that names a key result stands below it, whether or not it is linked with the objective.
                let named = branches.iter_mut().find(|branch| branch.key_result.as_ref().is_some_and(|k| bet.key_result == Some(k.id())));
                match named {
                    Some(branch) => branch.bets.push(place),
                    None if serves.contains(&(bet.meta.id, objective.meta.id)) => alone.bets.push(place),
                    None => continue,
                }
                placed.insert(place);
            }
            branches.push(alone);
            roots.push(Root { objective, branches });
        }
        let loose = (0..bets.len()).filter(|place| !placed.contains(place) && bets[*place].state == BetState::Open).collect();
        let mut features: HashMap<Uuid, Vec<Slice>> = HashMap::new();
        for slice in slices {
            if let Some(bet) = slice.initiative {
                features.entry(bet.0).or_default().push(slice);
            }
        }
        Ok(Tree { roots, bets, loose, features, owners, needs: of_bets, unknown: HashSet::new(), delivery })
    }

    fn view(&self, scope: &Scope, as_of: &str) -> Markup {
        html! {
            (ways(scope, "outcome-tree"))
            form.row.as-of method="get" { label.field { span { "As of" } input type="date" name="as_of" value=(as_of); } button type="submit" { "Show" }
                @if !as_of.is_empty() { a.button href="outcome-tree" { "Back to today" } } }
            @if self.roots.is_empty() { (empty("git-branch", "No open objective", "The tree begins with an objective. Below it stand the key results that say whether it is reached, the bets that are to move them, and the features that a bet is made of.", html! { a.button href={ (product_path(scope)) "/strategy" } { "Objectives" } })) }
            @else {
                p.lead { "What every bet is for: the objective, the key result it is to move, and what it is made of. A bet names its key result in its hypothesis." }
                ul.tree { @for root in &self.roots { (self.root(scope, root)) } }
            }
            @if !self.loose.is_empty() { section { h2 { "For no open objective" span.quiet { " " (self.loose.len()) } }
                ul.tree { @for place in &self.loose { (self.bet(scope, *place, as_of.is_empty())) } } } }
        }
    }

    fn root(&self, scope: &Scope, root: &Root) -> Markup {
        let o = &root.objective;
        let bare = root.branches.iter().all(|branch| branch.bets.is_empty());
        let today = self.delivery.is_some();
        html! { li.root {
            div.branch-head { (icon("target")) a.title href={ "strategy#o-" (o.id()) } { bdi { (o.title) } } @if let Some(day) = &o.ends_on { span.quiet { "until " (date(scope, day)) } } }
            @if bare { p.hint { "No bet serves it yet. " @if today && may(scope, Area::Roadmap) { (join(scope, "objective", o.meta.id, "initiative", "Link a bet", "plain")) } } }
            ul { @for branch in &root.branches {
                @match &branch.key_result {
                    Some(k) => { li.result { (self.result(k)) @if branch.bets.is_empty() { p.hint { "No bet says that it moves this." } } ul { @for place in &branch.bets { (self.bet(scope, *place, today)) } } } }
                    None => { @for place in &branch.bets { (self.bet(scope, *place, today)) } }
                }
            } }
        } }
    }

    fn result(&self, k: &KeyResult) -> Markup {
        html! { div.branch-head { (icon("chart-line")) strong { bdi { (k.title) } }
        @if self.unknown.contains(&k.meta.id) { span.quiet { "where it stood on that day is not known" } }
        @else {
            span.quiet { (figure(k.current_value)) @if !k.unit.is_empty() { " " bdi { (k.unit) } } ", target " (figure(k.target)) }
            (meter(&format!("{}, progress", k.title), k.progress()))
        } } }
    }

    fn bet(&self, scope: &Scope, place: usize, today: bool) -> Markup {
        let Some(i) = self.bets.get(place) else { return html! {} };
        let features = self.features.get(&i.meta.id).map_or(&[][..], Vec::as_slice);
        html! { li.bet {
            div.branch-head { a.title href={ "roadmap?open=" (i.number) } { (keyed(scope, i.number, &i.title)) }
                span.quiet { (capital(i.horizon.word())) }
                @if i.state == BetState::Released { (pill("good", "released")) }
                @if let Some(sure) = i.confidence { span.quiet { (percent(sure)) " sure" } }
                @if let Some(score) = self.needs.get(&i.meta.id) { span.quiet title="The greatest opportunity among the needs that it addresses" { "need " (points(Some(*score))) } }
                @if let Some(owner) = i.owner.and_then(|id| self.owners.get(&id.0)) { bdi.quiet { (owner) } }
                @if let (Some(from), Some(to)) = (i.from_value, i.to_value) { span.quiet { "from " (figure(from)) " to " (figure(to)) } }
            }
            @if today && i.state == BetState::Open && i.key_result.is_none() { p.hint { "Its hypothesis names no key result." } }
            @if !features.is_empty() { ul { @for f in features { li {
                div.branch-head { a href={ "roadmap?open=" (f.number) } { (keyed(scope, f.number, &f.title)) }
                    @if let Some(known) = &self.delivery { @let d = known.get(&f.id.0).copied().unwrap_or_default();
                        @if d.stories > 0 { (meter(&format!("{} of {} accepted", d.accepted, several(d.stories, "story")), d.accepted as f64 / d.stories as f64)) } @else { span.quiet { "no stories" } } } }
            } } } }
        } }
    }
}
