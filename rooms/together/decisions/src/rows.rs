//! Reading proposals, decisions and signatures.

use crate::{filter::narrowed, reminding};
use conversation::{Asks, Comment};
use kernel::{
    Column, Hat, Id, JsonSchema, Look, Mark, Noun, Paged, Proposal, ProposalState, Query, Result, Serialize, Signature, Uuid, Value, list, query,
};
use notices::Due;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use web::{
    Filter,
    app::{Registry, hats::hats_of_each},
};

/// The signatures that still count: of members who still hold the hat they signed under, of each hat what it said last.
pub(crate) fn standing_signatures(look: &mut Look, proposal: Id<Proposal>) -> Result<Vec<Signature>> {
    let mut standing = vec![];
    let said = Signature::all(look, "and proposal = $2 order by created_at, id", &[proposal.value()])?;
    for signature in with_their_hat(look, said)? {
        standing.retain(|s: &Signature| s.hat != signature.hat);
        standing.push(signature);
    }
    Ok(standing)
}

/// Those of members who still hold the hat they signed under.
fn with_their_hat(look: &mut Look, mut said: Vec<Signature>) -> Result<Vec<Signature>> {
    let members: BTreeSet<Uuid> = said.iter().map(|s| s.member).collect();
    if !members.is_empty() {
        let (product, now) = (look.scope.product_id()?, look.now());
        let hats = hats_of_each(look.reader, product, &Vec::from_iter(members), now)?;
        said.retain(|s| hats.get(&s.member).is_some_and(|hats| hats.contains(&s.hat)));
    }
    Ok(said)
}

/// For what a proposal waits for the asker, if it does: for their signature, or to be settled once all that are left have
/// signed.
pub(crate) fn waits_for_me(look: &mut Look, proposal: &Proposal) -> Result<Option<Due>> {
    let me = look.scope.who.member.filter(|_| look.scope.who.assistant.is_none());
    if proposal.decider.is_some() {
        return Ok(me.filter(|_| proposal.decider == me).map(|_| Due::Sign));
    }
    let said: Vec<Hat> = standing_signatures(look, proposal.id())?.into_iter().map(|s| s.hat).collect();
    let mine = look.scope.awaited(proposal.area, &said).into_iter().find(|hat| me.is_some() && look.scope.who.hats.contains(hat));
    Ok(mine.map(|hat| if said.contains(&hat) { Due::Settle } else { Due::Sign }))
}

/// The members for whose word a proposal waits.
pub(crate) fn waited_for(look: &mut Look, proposal: &Proposal) -> Result<Vec<Uuid>> {
    if let Some(decider) = proposal.decider {
        return Ok(vec![decider]);
    }
    let (product, now) = (look.scope.product_id()?, look.now());
    let mut members = BTreeSet::new();
    let said: Vec<Hat> = standing_signatures(look, proposal.id())?.into_iter().map(|s| s.hat).collect();
    for hat in look.scope.awaited(proposal.area, &said) {
        let may = reminding::holders_of(look, product, hat)?;
        let hold = hats_of_each(look.reader, product, &may, now)?;
        members.extend(may.into_iter().filter(|member| hold.get(member).is_some_and(|hats| hats.contains(&hat))));
    }
    Ok(members.into_iter().collect())
}

/// Whose objections to a proposal have not been answered.
pub(crate) fn objecting(look: &mut Look, proposal: Id<Proposal>) -> Result<Vec<String>> {
    let open = objections(look, proposal)?;
    if open.is_empty() {
        return Ok(vec![]);
    }
    let rows = look.query("select name from member where id in each($1) order by name", &[list(open.iter().map(|c| c.member.0))])?;
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// The objections to a proposal that have not been answered.
pub(crate) fn objections(look: &mut Look, proposal: Id<Proposal>) -> Result<Vec<Comment>> {
    Comment::all(look, "and about_id = $2 and asks = $3 and resolved_at is null", &[proposal.value(), Asks::Objection.value()])
}

pub(crate) fn last_number(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number("select max(number) from proposal where product = $1", &[product.value()])
}

/// A proposal with its signatures and the names in it.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Shown {
    #[serde(flatten)]
    pub proposal: Proposal,
    pub author_name: String,
    pub assistant_name: Option<String>,
    /// Of each hat what it said last, with the signer's name.
    pub signatures: Vec<(Signature, String)>,
}

/// Proposals by a clause, in a handful of queries.
pub(crate) fn proposals(look: &mut Look, and: &str, params: &[Value]) -> Result<Vec<Shown>> {
    let found = Proposal::all(look, and, params)?;
    let ids = list(found.iter().map(|p| p.meta.id));
    let signatures = Signature::all(look, "and proposal in each($2) order by created_at, id", &[ids])?;
    let is_open = |s: &Signature| found.iter().any(|p| p.meta.id == s.proposal && p.state == ProposalState::Open);
    let (open, mut signatures): (Vec<Signature>, Vec<Signature>) = signatures.into_iter().partition(is_open);
    signatures.extend(with_their_hat(look, open)?);
    let said = signatures.iter().map(|s| s.member);
    let names = people::names_of(look, found.iter().flat_map(|p| [Some(p.author), p.assistant]).flatten().chain(said))?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| "Someone".into());
    Ok(found
        .into_iter()
        .map(|proposal| {
            let (mut own, rest): (Vec<Signature>, Vec<Signature>) = signatures.drain(..).partition(|s| s.proposal == proposal.meta.id);
            signatures = rest;
            let later: Vec<(Hat, Uuid)> = own.iter().map(|s| (s.hat, s.meta.id)).collect();
            own.retain(|s| later.iter().rfind(|(hat, _)| *hat == s.hat).is_some_and(|(_, last)| *last == s.meta.id));
            Shown {
                author_name: name(proposal.author),
                assistant_name: proposal.assistant.map(name),
                signatures: own
                    .into_iter()
                    .map(|s| {
                        let n = name(s.member);
                        (s, n)
                    })
                    .collect(),
                proposal,
            }
        })
        .collect())
}

/// Every decision that a filter asks for, the latest first.
pub fn log(look: &mut Look, filter: &Filter) -> Result<Vec<Shown>> {
    let (mut all, mut after) = (vec![], String::new());
    loop {
        let page = settled(look, filter, &after)?;
        all.extend(page.items);
        match page.next {
            Some(next) => after = next,
            None => return Ok(all),
        }
    }
}

/// So many of what waits stand on a page, and so many of the log; each with its changes, what is said about it and its forms.
const MOST: usize = 25;

/// A page of what is open, what has waited longest first.
pub(crate) fn waiting(look: &mut Look, after: &str) -> Result<Paged<Shown>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = Mark::<i64>::read(after)? {
        params.extend([Value::Int(mark.at), mark.id.value()]);
        and += " and (created_at, id) > ($2, $3)";
    }
    // Chosen by their ids, so that what they hold is read of this page alone.
    let chosen = format!(
        "and id in (select id from proposal where product = $1 and state = 'open' and removed_at is null{and} order by created_at, id limit {}) order by created_at, id",
        MOST + 1
    );
    Ok(Paged::cut(proposals(look, &chosen, &params)?, MOST, |s| Mark::new(s.proposal.meta.created_at, s.proposal.meta.id)))
}

/// A page of the log, what was settled last first.
pub(crate) fn settled(look: &mut Look, filter: &Filter, after: &str) -> Result<Paged<Shown>> {
    let mut params = vec![look.scope.product_id()?.value()];
    let mut and = narrowed(look, filter, &mut params)?;
    if let Some(mark) = Mark::<i64>::read(after)? {
        params.extend([Value::Int(mark.at), mark.id.value()]);
        and += &format!(" and (settled_at, id) < (${}, ${})", params.len() - 1, params.len());
    }
    let chosen = format!(
        "and id in (select id from proposal where product = $1 and state <> 'open' and removed_at is null{and} order by settled_at desc, id desc limit {})
         order by settled_at desc, id desc",
        MOST + 1
    );
    let mark = |s: &Shown| Mark::new(s.proposal.settled_at.unwrap_or_default(), s.proposal.meta.id);
    Ok(Paged::cut(proposals(look, &chosen, &params[1..])?, MOST, mark))
}

/// The settled ones that a filter asks for, for whoever counts them.
pub(crate) fn fits(look: &mut Look, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    let and = narrowed(look, filter, params)?;
    Ok(format!("proposal where product = $1 and state <> 'open' and removed_at is null{and}"))
}

/// The one that was asked for by its id, unless it stands in one of these lists.
pub(crate) fn apart(look: &mut Look, show: &str, lists: &[&[Shown]]) -> Result<Option<Shown>> {
    let Ok(id) = Uuid::parse_str(show) else { return Ok(None) };
    match lists.iter().flat_map(|list| list.iter()).any(|s| s.proposal.meta.id == id) {
        true => Ok(None),
        false => Ok(proposals(look, "and id = $2", &[id.value()])?.pop()),
    }
}

/// What things hold now, by thing and field.
pub(crate) type Present = HashMap<(Uuid, String), Value>;

/// What the things hold now that overtaken proposals would have changed.
pub(crate) fn present<'a>(look: &mut Look, registry: &Registry, shown: impl Iterator<Item = &'a Shown>) -> Result<Present> {
    let product = look.scope.product_id()?;
    let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for s in shown.filter(|s| s.proposal.state == ProposalState::Overtaken) {
        for effect in s.proposal.effects.iter().filter(|e| !e.is_new).take(MOST_COMPARED) {
            wanted.entry(&effect.table).or_default().insert(effect.id);
        }
    }
    let mut present = Present::new();
    for (table, ids) in wanted {
        let Some(noun) = registry.noun(table) else { continue };
        for found in (noun.find)(look.reader, "where product = $1 and removed_at is null and id in each($2)", &[product.value(), list(ids)])? {
            for (field, value) in noun.fields.iter().zip(found.values) {
                present.insert((found.meta.id, (*field).to_owned()), value);
            }
        }
    }
    Ok(present)
}

/// Things of one overtaken proposal that are compared with today.
pub(crate) const MOST_COMPARED: usize = 40;

query! {
    /// Proposals and decisions with their signatures, newest first.
    pub struct Proposals in "decision.list" at "/products/{product}/decisions" -> Paged<Shown> {
        /// `open`, `agreed`, `declined`, `withdrawn` or `overtaken`; all when empty.
        #[serde(default)]
        pub state: String,
        /// Of which area; of every one when empty.
        #[serde(default)]
        pub area: String,
        /// Where the last page ended: its `next`.
        #[serde(default)]
        pub after: String,
        /// Records on a page, 1 to 500; 100 when left out.
        pub limit: Option<i64>,
    }
}

impl Query for Proposals {
    fn ask(self, look: &mut Look) -> Result<Paged<Shown>> {
        let most = kernel::page::limit(self.limit)?;
        let (mut and, mut params) = (String::new(), vec![]);
        if !self.state.is_empty() {
            params.push(Value::Text(self.state));
            and += " and state = $2";
        }
        if !self.area.is_empty() {
            params.push(Value::Text(self.area));
            and += &format!(" and area = ${}", params.len() + 1);
        }
        if let Some(mark) = Mark::<i64>::read(&self.after)? {
            params.extend([Value::Int(mark.at), mark.id.value()]);
            and += &format!(" and (created_at, id) < (${}, ${})", params.len(), params.len() + 1);
        }
        let found = proposals(look, &format!("{and} order by created_at desc, id desc limit {}", most + 1), &params)?;
        Ok(Paged::cut(found, most, |s| Mark::new(s.proposal.meta.created_at, s.proposal.meta.id)))
    }
}
