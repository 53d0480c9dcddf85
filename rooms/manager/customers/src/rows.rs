//! Reading evidence, and what needs, customers and segments are called.

use crate::{filter, model::*};
use fields::Thing;
use kernel::{Area, Column, Id, Look, Mark, Named, Names, Noun, Paged, Result, Scope, Uuid, Value, list, value::containing};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use web::Filter;

/// What some customers and segments are called.
pub(crate) fn names(
    look: &mut Look,
    customers: impl IntoIterator<Item = Option<Id<Customer>>>,
    segments: impl IntoIterator<Item = Option<Id<Segment>>>,
) -> Result<Names> {
    let customers: BTreeSet<Uuid> = customers.into_iter().flatten().map(|id| id.0).collect();
    let segments: BTreeSet<Uuid> = segments.into_iter().flatten().map(|id| id.0).collect();
    let wanted = BTreeMap::from([(Customer::TABLE, customers), (Segment::TABLE, segments)]);
    Names::of(look, wanted.into_iter().filter(|(_, ids)| !ids.is_empty()).collect())
}

/// What all segments are called: asked for beside the things that are of them, which takes no wait more.
pub(crate) fn segment_names(look: &mut Look) -> Result<Names> {
    let product = look.scope.product_id()?;
    let rows = look.query("select id, name from segment where product = $1 and removed_at is null", &[product.value()])?;
    let mut names = Names::default();
    for mut row in rows {
        names.learn(row.take()?, None, &row.take::<String>()?);
    }
    Ok(names)
}

/// What the customer or segment of a thing is called; nothing where the asker sees none.
pub(crate) fn called<T>(scope: &Scope, names: &Names, whom: &Named<T>) -> String {
    match whom {
        Named::Nothing => String::new(),
        Named::Record(id) => names.called(scope, id.0).unwrap_or_default(),
        Named::Name(name) => name.clone(),
    }
}

/// So many pieces of evidence stand on a page.
const PAGE: usize = 50;

/// Which page of the evidence is looked at.
#[derive(Clone, Debug, Default)]
pub struct EvidencePage {
    /// Where the last page ended.
    pub after: String,
    /// One that has to be on the page, however old it is.
    pub show: Option<String>,
    /// An own field that it is ordered by, with `-` in front for the other way: the first in that order, and no further page.
    pub sort: String,
}

/// A piece of evidence with the needs that it supports, and what its customer and segment are called.
#[derive(Clone, Debug)]
pub struct Piece {
    pub evidence: Evidence,
    pub needs: Vec<Uuid>,
    pub customer: String,
    pub segment: String,
}

/// Completes pieces of evidence, with two questions for any number of them.
pub fn pieces(look: &mut Look, evidence: Vec<Evidence>) -> Result<Vec<Piece>> {
    let mut needs = supported(look, evidence.iter().map(|e| e.meta.id).collect())?;
    let names = names(look, evidence.iter().map(|e| e.customer.record()), evidence.iter().map(|e| e.segment.record()))?;
    let scope = look.scope;
    let piece = |e: Evidence| Piece {
        needs: needs.remove(&e.meta.id).unwrap_or_default(),
        customer: called(scope, &names, &e.customer),
        segment: called(scope, &names, &e.segment),
        evidence: e,
    };
    Ok(evidence.into_iter().map(piece).collect())
}

/// Which of these remarks were taken over as evidence, and as which.
pub fn taken_from(look: &mut Look, remarks: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Id<Evidence>>> {
    let taken = Evidence::all(look, "and said_in in each($2)", &[list(remarks)])?;
    Ok(taken.iter().filter_map(|evidence| Some((evidence.said_in?.0, evidence.id()))).collect())
}

/// A page of the evidence that a filter asks for, newest first.
pub fn evidence(look: &mut Look, filter: &Filter, page: &EvidencePage) -> Result<Paged<Piece>> {
    let (mut and, mut params) = (String::new(), vec![]);
    let bind = |params: &mut Vec<Value>, value: Value| {
        params.push(value);
        format!("${}", params.len() + 1)
    };
    let words = filter.words();
    if !words.is_empty() {
        let (lower, exact) = (bind(&mut params, containing(&words.to_lowercase())), bind(&mut params, containing(words)));
        let has = |field: &str| format!("lower({field}) like {lower} escape '!' or {field} like {exact} escape '!'");
        let of = |field: &str| {
            format!("{field} in (select {field}.id from {field} where {field}.product = $1 and {field}.removed_at is null and ({}))", has("name"))
        };
        // Whoever does not see segments does not find by them either.
        let of_segment = if look.scope.sees(Area::Research) { of("segment") } else { "1 = 0".into() };
        and += &format!(" and ({} or {} or {} or {of_segment})", has("quote"), has("source"), of("customer"));
    }
    if let Some(kind) = filter::kind(filter) {
        and += &format!(" and kind = {}", bind(&mut params, kind.value()));
    }
    let wanted = fields::found(look, Thing::Evidence, filter::of_evidence(filter, &page.sort))?;
    if let Some(ids) = &wanted {
        and += &format!(" and id in each({})", bind(&mut params, list(ids.iter().copied())));
    }
    let page = match wanted.filter(|_| !page.sort.is_empty()) {
        Some(ids) => {
            let places: HashMap<Uuid, usize> = ids.into_iter().enumerate().map(|(place, id)| (id, place)).collect();
            let mut found = Evidence::all(look, &and, &params)?;
            found.sort_by_key(|e| places.get(&e.meta.id).copied());
            found.truncate(PAGE);
            Paged { items: found, next: None }
        }
        None => {
            let from = match &page.show {
                Some(id) => begins_at(look, Id::try_from(id.as_str())?)?,
                None => Mark::read(&page.after)?,
            };
            if let Some(mark) = from {
                // The one that is shown is on the page; the last of the page before is not.
                let than = if page.show.is_some() { "<=" } else { "<" };
                let (at, id) = (bind(&mut params, mark.at.value()), bind(&mut params, mark.id.value()));
                and += &format!(" and (created_at, id) {than} ({at}, {id})");
            }
            let found = Evidence::all(look, &format!("{and} order by created_at desc, id desc limit {}", PAGE + 1), &params)?;
            Paged::cut(found, PAGE, |e| Mark::new(e.meta.created_at, e.meta.id))
        }
    };
    Ok(Paged { items: pieces(look, page.items)?, next: page.next })
}

/// Where a page begins that shows a piece of evidence; nothing while it stands on the first, or is gone.
fn begins_at(look: &mut Look, id: Id<Evidence>) -> Result<Option<Mark<i64>>> {
    let Some(found) = Evidence::all(look, "and id = $2", &[id.value()])?.pop() else { return Ok(None) };
    let mark = Mark::new(found.meta.created_at, found.meta.id);
    let product = look.scope.product_id()?.value();
    let newer = look.number(
        &format!("select count(*) from (select 1 from evidence where product = $1 and removed_at is null and (created_at, id) > ($2, $3) limit {PAGE}) as newer"),
        &[product, mark.at.value(), mark.id.value()],
    )?;
    Ok((newer >= PAGE as i64).then_some(mark))
}

/// The needs that each of these supports.
pub(crate) fn supported(look: &mut Look, evidence: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let product = look.scope.product_id()?;
    let links = look.query(
        "select from_id, to_id from relation where product = $1 and verb = 'supports' and to_noun = 'need' and removed_at is null and from_id in each($2)",
        &[product.value(), list(evidence)],
    )?;
    let mut needs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for mut row in links {
        needs.entry(row.take()?).or_default().push(row.take()?);
    }
    Ok(needs)
}

/// What the needs are called that some evidence supports.
pub(crate) fn supported_titles(look: &mut Look, evidence: impl IntoIterator<Item = Uuid>) -> Result<Vec<(Uuid, String)>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select distinct need.id, need.title from relation join need on need.id = relation.to_id and need.removed_at is null
         where relation.product = $1 and relation.verb = 'supports' and relation.to_noun = 'need' and relation.removed_at is null and relation.from_id in each($2)
         order by need.title, need.id",
        &[product.value(), list(evidence)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// Whether there is a need at all.
pub(crate) fn any_need(look: &mut Look) -> Result<bool> {
    let product = look.scope.product_id()?;
    Ok(look.first("select 1 from need where product = $1 and removed_at is null limit 1", &[product.value()])?.is_some())
}

/// What some needs are called.
pub(crate) fn titles(look: &mut Look, needs: impl IntoIterator<Item = Uuid>) -> Result<Vec<(Uuid, String)>> {
    let needs: BTreeSet<Uuid> = needs.into_iter().collect();
    if needs.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select id, title from need where product = $1 and id in each($2) and removed_at is null order by title, id",
        &[product.value(), list(needs)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// So many pieces of evidence stand behind a need on its panel.
pub(crate) const BEHIND: usize = 50;

/// What stands behind a need, newest first; one more than is shown where there is more.
pub(crate) fn behind(look: &mut Look, need: Id<Need>) -> Result<Vec<Piece>> {
    let supports = "and id in (select from_id from relation where product = $1 and to_id = $2 and verb = 'supports' and removed_at is null)";
    let evidence = Evidence::all(look, &format!("{supports} order by created_at desc, id desc limit {}", BEHIND + 1), &[need.value()])?;
    pieces(look, evidence)
}

/// The evidence behind a thing that links hang it on, the newest first; one more than so many, so that it shows that there are more.
pub fn supporting(look: &mut Look, thing: Uuid, most: usize) -> Result<Vec<Evidence>> {
    let links = look.query(
        "select from_id from relation where product = $1 and to_id = $2 and verb = 'supports' and from_noun = 'evidence' and removed_at is null",
        &[look.scope.product_id()?.value(), thing.value()],
    )?;
    let ids: Vec<Uuid> = links.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    Evidence::all(look, "and id in each($2) order by noted_on desc, id desc limit $3", &[list(ids), Value::Int(most as i64 + 1)])
}
