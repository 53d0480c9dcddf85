//! What waits: open proposals and whose signature they ask for, and the products to switch to.

use kernel::{Area, Column, Hat, Look, Result, Standing, Uuid, Value};
use std::collections::HashMap;

/// More than this many open proposals are not looked through for every page.
const MOST_LOOKED_AT: i64 = 500;

/// A proposal that is not settled yet.
#[derive(Clone, Debug)]
pub struct OpenProposal {
    pub id: Uuid,
    pub title: String,
    pub area: Area,
    pub author: Uuid,
    /// When it was put forward; milliseconds since 1970.
    pub since: i64,
    /// The hats whose signature it still asks for.
    pub asked: Vec<Hat>,
    /// Whether one of the asker's hats is among them.
    pub mine: bool,
}

/// The open proposals of the product at hand, oldest first.
pub fn open_proposals(look: &mut Look) -> Result<Vec<OpenProposal>> {
    let Some(product) = look.scope.product.as_ref().map(|p| p.id.value()) else { return Ok(vec![]) };
    let found = look.query(
        "select id, title, area, author, created_at from proposal where product = $1 and state = 'open' and removed_at is null
         order by created_at, id limit $2",
        &[product.clone(), Value::Int(MOST_LOOKED_AT)],
    )?;
    if found.is_empty() {
        return Ok(vec![]);
    }
    let mut signed: HashMap<Uuid, Vec<Hat>> = HashMap::new();
    for mut row in look.query(
        "select signature.proposal, signature.hat from signature join proposal on proposal.id = signature.proposal
         where proposal.product = $1 and proposal.state = 'open' and signature.removed_at is null",
        &[product],
    )? {
        signed.entry(row.take()?).or_default().push(row.take()?);
    }
    let scope = look.scope;
    let shown: Result<Vec<Option<OpenProposal>>> = found
        .into_iter()
        .map(|mut row| {
            let (id, title, area): (Uuid, String, Area) = (row.take()?, row.take()?, row.take()?);
            let said = signed.get(&id).map_or(&[][..], Vec::as_slice);
            let asked: Vec<Hat> = scope.asked(area).0.into_iter().filter(|h| !said.contains(h)).collect();
            let mine = scope.who.assistant.is_none() && asked.iter().any(|h| scope.who.hats.contains(h));
            Ok(scope.sees(area).then_some(OpenProposal { id, title, area, author: row.take()?, since: row.take()?, asked, mine }))
        })
        .collect();
    Ok(shown?.into_iter().flatten().collect())
}

/// Figures of the rail.
pub(crate) struct Waiting {
    pub products: Vec<(String, String)>,
    pub proposals: Vec<OpenProposal>,
    pub to_accept: i64,
}

impl Waiting {
    pub fn nothing() -> Waiting {
        Waiting { products: vec![], proposals: vec![], to_accept: 0 }
    }

    pub fn to_sign(&self) -> i64 {
        self.proposals.iter().filter(|p| p.mine).count() as i64
    }
}

/// Reads what waits for the asker.
pub(crate) fn waiting(look: &mut Look) -> Result<Waiting> {
    let Some(member) = look.scope.who.member else { return Ok(Waiting::nothing()) };
    let products = look
        .query(
            "select product.key, product.name from membership join product on product.id = membership.product
             where membership.member = $1 and membership.removed_at is null and product.removed_at is null order by product.name",
            &[member.value()],
        )?
        .into_iter()
        .map(|mut row| Ok((row.take()?, row.take()?)))
        .collect::<Result<_>>()?;
    let to_accept = match look.scope.product.as_ref().map(|p| p.id.value()) {
        Some(product) if look.scope.standing(Area::Acceptance).1 == Standing::Decides => {
            look.number("select count(*) from story where product = $1 and stage = 'handed_over' and removed_at is null", &[product])?
        }
        _ => 0,
    };
    Ok(Waiting { products, proposals: open_proposals(look)?, to_accept })
}
