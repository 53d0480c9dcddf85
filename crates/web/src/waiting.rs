//! What waits: open proposals and whose signature they ask for, and the products to switch to. Every page asks, so
//! everything stops early: at what is shown, not at what there is.

use kernel::{Area, Column, Hat, Look, Result, Row, Scope, Standing, Uuid, Value, list};
use std::collections::HashMap;

/// So many proposals that wait for the asker are counted.
pub const MOST_COUNTED: usize = 20;
/// So many waiting proposals are named on a page; the others are counted.
pub(crate) const MOST_SHOWN: usize = 3;
/// So many products stand in the rail; the others are found by their names.
pub(crate) const MOST_PRODUCTS: usize = 10;

/// A proposal that is not settled yet.
#[derive(Clone, Debug)]
pub struct OpenProposal {
    pub id: Uuid,
    pub title: String,
    pub area: Area,
    /// When it was put forward; milliseconds since 1970.
    pub since: i64,
    /// The hats whose signature it still asks for.
    pub asked: Vec<Hat>,
    /// Whether one of the asker's hats is among them.
    pub mine: bool,
}

const OPEN: &str = "from proposal where product = $1 and state = 'open' and removed_at is null";

/// The open proposals that wait for a signature of the asker, oldest first; at most one more than are counted.
pub fn to_sign(look: &mut Look) -> Result<Vec<OpenProposal>> {
    let rows = waiting_for_me(look)?;
    read(look, rows)
}

/// The same without what else is to know of them.
fn waiting_for_me(look: &mut Look) -> Result<Vec<Row>> {
    let Some(product) = look.scope.product.as_ref().map(|p| p.id.value()) else { return Ok(vec![]) };
    if look.scope.who.assistant.is_some() {
        return Ok(vec![]);
    }
    let mut parts = vec![];
    for area in Area::ALL {
        let asked = look.scope.asked(*area).0;
        let mine: Vec<Hat> = asked.iter().copied().filter(|hat| look.scope.who.hats.contains(hat)).collect();
        if !mine.is_empty() {
            // Each area for itself, so that each stops early in the order of its index.
            let lacks: Vec<String> = mine.iter().map(|hat| format!("not {}", said(*hat))).collect();
            let whole: Vec<String> = asked.iter().map(|hat| said(*hat)).collect();
            parts.push(format!(
                "select * from (select id, title, area, created_at {OPEN} and area = '{area}'
                 and ({} or ({})) order by created_at limit {}) as {area}",
                lacks.join(" or "),
                whole.join(" and "),
                MOST_COUNTED + 1
            ));
        }
    }
    // And what all that sign have named the asker to decide.
    parts.push(format!(
        "select * from (select id, title, area, created_at {OPEN} and decider = $me order by created_at limit {}) as named",
        MOST_COUNTED + 1
    ));
    let sql = format!("select * from ({}) as waiting order by created_at, id limit {}", parts.join(" union "), MOST_COUNTED + 1);
    look.query(&sql, &[product])
}

/// SQL for whether a hat has said its word on a proposal.
fn said(hat: Hat) -> String {
    format!("exists (select 1 from signature where signature.proposal = proposal.id and signature.removed_at is null and hat = '{hat}')")
}

/// The newest open proposals in some areas, and how many there are in all.
fn open_in(look: &mut Look, areas: &[Area]) -> Result<(Vec<OpenProposal>, i64)> {
    let areas: Vec<Area> = areas.iter().copied().filter(|area| look.scope.sees(*area)).collect();
    let Some(product) = look.scope.product.as_ref().map(|p| p.id.value()).filter(|_| !areas.is_empty()) else { return Ok((vec![], 0)) };
    let words: Vec<String> = areas.iter().map(|a| format!("'{a}'")).collect();
    let part = |area: &Area| {
        format!("select * from (select id, title, area, created_at {OPEN} and area = '{area}' order by created_at desc limit {MOST_SHOWN}) as {area}")
    };
    let parts: Vec<String> = areas.iter().map(part).collect();
    // They are counted only where there is one.
    let sql = format!(
        "select (select count(*) {OPEN} and area in ({})), newest.* from ({}) as newest order by created_at desc, id desc limit {MOST_SHOWN}",
        words.join(", "),
        parts.join(" union all ")
    );
    let (mut rows, mut count) = (look.query(&sql, &[product])?, 0);
    for row in &mut rows {
        count = row.take()?;
    }
    Ok((read(look, rows)?, count))
}

/// Completes proposals with whose signature they still ask for.
fn read(look: &mut Look, rows: Vec<Row>) -> Result<Vec<OpenProposal>> {
    let mut found: Vec<OpenProposal> = rows
        .into_iter()
        .map(|mut row| Ok(OpenProposal { id: row.take()?, title: row.take()?, area: row.take()?, since: row.take()?, asked: vec![], mine: false }))
        .collect::<Result<_>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    let ids = list(found.iter().map(|p| p.id));
    let mut signed: HashMap<Uuid, Vec<Hat>> = HashMap::new();
    for mut row in look.query("select proposal, hat from signature where proposal in each($1) and removed_at is null", &[ids])? {
        signed.entry(row.take()?).or_default().push(row.take()?);
    }
    let scope = look.scope;
    for proposal in &mut found {
        let said = signed.get(&proposal.id).map_or(&[][..], Vec::as_slice);
        proposal.asked = scope.awaited(proposal.area, said);
        proposal.mine = scope.who.assistant.is_none() && proposal.asked.iter().any(|h| scope.who.hats.contains(h));
    }
    Ok(found)
}

/// Figures of the rail, and what is open in the areas of the page.
#[derive(Default)]
pub(crate) struct Waiting {
    /// Key and name; one more than are shown where there are more.
    pub products: Vec<(String, String)>,
    pub to_sign: usize,
    pub to_accept: i64,
    /// Things with something new about them.
    pub unread: i64,
    /// The newest proposals in the areas of the page, and how many there are.
    pub here: (Vec<OpenProposal>, i64),
}

/// Reads what waits for the asker; `recent` are the keys of products that they looked at last.
pub(crate) fn waiting(look: &mut Look, areas: &[Area], recent: &[String]) -> Result<Waiting> {
    let Some(member) = look.scope.who.member else { return Ok(Waiting::default()) };
    let to_accept = match look.scope.product.as_ref().map(|p| p.id.value()) {
        Some(product) if decides_on_acceptance(look.scope) => {
            look.number("select cast(coalesce(sum(stories), 0) as bigint) from story_tally where product = $1 and stage = 'handed_over'", &[product])?
        }
        _ => 0,
    };
    let unread = kernel::seen::unread(look)?;
    Ok(Waiting { products: products(look, member, recent)?, to_sign: waiting_for_me(look)?.len(), to_accept, unread, here: open_in(look, areas)? })
}

fn decides_on_acceptance(scope: &Scope) -> bool {
    scope.standing(Area::Acceptance).1 == Standing::Decides
}

/// The products looked at last, and then others, up to one more than are shown.
fn products(look: &mut Look, member: Uuid, recent: &[String]) -> Result<Vec<(String, String)>> {
    const MINE: &str = "select product.key, product.name from membership cross join product where membership.member = $1
        and membership.removed_at is null and product.id = membership.product and product.removed_at is null and product.archived_at is null";
    let rows = look.query(&format!("{MINE} limit {}", MOST_PRODUCTS + 1), &[member.value()])?;
    let mut found: Vec<(String, String)> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    found.sort_by(|a, b| a.1.cmp(&b.1));
    if found.len() <= MOST_PRODUCTS || recent.is_empty() {
        return Ok(found);
    }
    let places: Vec<String> = (2..recent.len() + 2).map(|n| format!("${n}")).collect();
    let mut params = vec![member.value()];
    params.extend(recent.iter().map(|key| Value::Text(key.clone())));
    let sql = format!(
        "select product.key, product.name from product cross join membership where product.key in ({}) and product.removed_at is null and product.archived_at is null
         and membership.member = $1 and membership.product = product.id and membership.removed_at is null",
        places.join(", ")
    );
    let mut latest: Vec<(String, String)> =
        look.query(&sql, &params)?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    latest.sort_by_key(|(key, _)| recent.iter().position(|r| r == key));
    found.retain(|known| !latest.contains(known));
    latest.extend(found);
    latest.truncate(MOST_PRODUCTS + 1);
    Ok(latest)
}
