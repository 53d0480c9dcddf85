//! Reading proposals, decisions and signatures.

use conversation::{Asks, Comment};
use kernel::{
    Column, Hat, Id, JsonSchema, Look, Mark, Noun, Paged, Proposal, ProposalState, Query, Result, Serialize, Signature, Uuid, Value, list, query,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use web::{
    Filter,
    app::{Registry, hats::hats_of},
};

/// The signatures that still count: of members who still hold the hat they signed under, of each hat what it said last.
pub(crate) fn standing_signatures(look: &mut Look, proposal: Id<Proposal>) -> Result<Vec<Signature>> {
    let (product, now) = (look.scope.product_id()?, look.now());
    let mut standing = vec![];
    for signature in Signature::all(look, "and proposal = $2 order by created_at, id", &[proposal.value()])? {
        if hats_of(look.reader, product, signature.member, now)?.contains(&signature.hat) {
            standing.retain(|s: &Signature| s.hat != signature.hat);
            standing.push(signature);
        }
    }
    Ok(standing)
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
    let mut signatures = Signature::all(look, "and proposal in each($2) order by created_at, id", &[ids])?;
    let said = signatures.iter().map(|s| s.member);
    let mentioned: BTreeSet<Uuid> = found.iter().flat_map(|p| [Some(p.author), p.assistant]).flatten().chain(said).collect();
    let names: HashMap<Uuid, String> = look
        .query("select id, name from member where id in each($1)", &[list(mentioned)])?
        .into_iter()
        .map(|mut row| Ok((row.take()?, row.take()?)))
        .collect::<Result<_>>()?;
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

/// Every decision that a filter's words and area ask for, the latest first.
pub fn log(look: &mut Look, words: &str, area: &str) -> Result<Vec<Shown>> {
    let (mut all, mut after) = (vec![], String::new());
    loop {
        let page = settled(look, words, area, &after)?;
        all.extend(page.items);
        match page.next {
            Some(next) => after = next,
            None => return Ok(all),
        }
    }
}

/// So many stand on a page.
const MOST: usize = 50;

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
pub(crate) fn settled(look: &mut Look, words: &str, area: &str, after: &str) -> Result<Paged<Shown>> {
    let mut params = vec![look.scope.product_id()?.value()];
    let mut and = narrowed(look, words, area, &mut params)?;
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

/// What the log is narrowed by, as conditions that go on a query; their values come to the parameters, of which the first
/// is the product.
fn narrowed(look: &mut Look, words: &str, area: &str, params: &mut Vec<Value>) -> Result<String> {
    let mut and = String::new();
    if !area.is_empty() {
        params.push(Value::Text(area.to_owned()));
        and += &format!(" and area = ${}", params.len());
    }
    if !words.trim().is_empty() {
        let hits = look.reader.search(&[look.scope.product_id()?], words, &["proposal"], 200)?;
        params.push(list(hits.into_iter().map(|(_, id)| id)));
        and += &format!(" and id in each(${})", params.len());
    }
    Ok(and)
}

/// The settled ones that a filter asks for, for whoever counts them.
pub(crate) fn fits(look: &mut Look, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    let and = narrowed(look, filter.words(), filter.get("area"), params)?;
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
        if let Some(mark) = Mark::<i64>::read(&self.after)? {
            params.extend([Value::Int(mark.at), mark.id.value()]);
            and += &format!(" and (created_at, id) < (${}, ${})", params.len(), params.len() + 1);
        }
        let found = proposals(look, &format!("{and} order by created_at desc, id desc limit {}", most + 1), &params)?;
        Ok(Paged::cut(found, most, |s| Mark::new(s.proposal.meta.created_at, s.proposal.meta.id)))
    }
}
