//! Answering for oneself: what one decides, signs and proposes in each product, what waits for one there, where one was
//! named, and what one hears of. One question for all products wherever that is possible.

use crate::{me_view, rows};
use decisions::AskedOf;
use kernel::{Area, Hat, Look, Result, Scope, Standing, Uuid, list};
use std::collections::HashMap;
use web::{At, Page, PageSpec, Response, Spot};

pub(crate) const ME: PageSpec =
    PageSpec { path: "/me", name: "Your part", stand: Spot::Menu, icon: "scale", under: "me", live: &["notice"], ..PageSpec::PLAIN };

pub(crate) async fn me(at: At) -> Response {
    let mails = at.house.app.mails();
    at.page(move |look| {
        let seen = read(look, mails)?;
        Ok(Page::of(&ME, me_view::me(look.scope, &seen)))
    })
    .await
}

/// A proposal that is open.
pub(crate) struct Open {
    pub id: Uuid,
    pub title: String,
    pub since: i64,
    /// The hats whose signature it still asks for.
    pub asked: Vec<Hat>,
}

/// One product, as the reader stands there.
pub(crate) struct Part {
    pub scope: Scope,
    /// What waits for a signature of theirs, and what they put forward that waits for others.
    pub to_sign: Vec<Open>,
    pub put_forward: Vec<Open>,
    /// Questions and votes that wait for them alone.
    pub asked: Vec<AskedOf>,
    /// Stories that wait for a verdict, where they decide on that.
    pub to_accept: i64,
}

/// All of it.
pub(crate) struct Seen {
    pub parts: Vec<Part>,
    pub mine: Vec<rows::Mine>,
    pub named: Vec<notices::Told>,
    pub new: Vec<notices::Told>,
    pub settings: notices::Settings,
}

/// Of a product's open proposals so many are looked through.
const MOST_OPEN: usize = 400;
/// So many are named for each product.
pub(crate) const SHOWN: usize = 5;

fn read(look: &mut Look, mails: bool) -> Result<Seen> {
    look.scope.oneself()?;
    let scopes = web::app::scopes_of(look)?;
    let settings = notices::settings(look, &scopes, mails)?;
    let (named, new) = (notices::naming(look, 8)?, notices::latest(look, None, true)?.items);
    let mine = rows::mine(look)?;
    Ok(Seen { parts: parts(look, scopes)?, mine, named, new, settings })
}

fn parts(look: &mut Look, scopes: Vec<Scope>) -> Result<Vec<Part>> {
    let mut asked = decisions::asked_of(look, &scopes)?;
    let products = || scopes.iter().filter_map(|scope| scope.product.as_ref().map(|p| p.id));
    let me = look.scope.who.member;
    // Each product is judged by its own matrix below.
    let sql = format!(
        "select product, id, title, area, author, created_at from proposal where product in each($1) and state = 'open' and removed_at is null
         order by created_at limit {MOST_OPEN}"
    );
    let open: Vec<(Uuid, Uuid, String, Area, Uuid, i64)> = look
        .reader
        .query(&sql, &[list(products())])?
        .into_iter()
        .map(|mut row| Ok((row.take()?, row.take()?, row.take()?, row.take()?, row.take()?, row.take()?)))
        .collect::<Result<_>>()?;
    let mut signed: HashMap<Uuid, Vec<Hat>> = HashMap::new();
    let ids = list(open.iter().map(|(_, id, ..)| *id));
    for mut row in look.reader.query("select proposal, hat from signature where proposal in each($1) and removed_at is null", &[ids])? {
        signed.entry(row.take()?).or_default().push(row.take()?);
    }
    let handed_over =
        "select product, cast(sum(stories) as bigint) from story_tally where product in each($1) and stage = 'handed_over' group by product";
    let to_accept: HashMap<Uuid, i64> =
        look.reader.query(handed_over, &[list(products())])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let mut parts = vec![];
    for scope in scopes {
        let Some(product) = scope.product.as_ref().filter(|p| !p.archived).map(|p| p.id) else { continue };
        let (own, others) = asked.into_iter().partition(|one| one.product == product);
        asked = others;
        let mut part = Part { to_sign: vec![], put_forward: vec![], asked: own, to_accept: 0, scope };
        for (_, id, title, area, author, since) in open.iter().filter(|(of, ..)| *of == product) {
            let said = signed.get(id).map_or(&[][..], Vec::as_slice);
            let asked = part.scope.awaited(*area, said);
            let theirs = asked.iter().any(|hat| part.scope.who.hats.contains(hat));
            let proposal = Open { id: *id, title: title.clone(), since: *since, asked };
            match (theirs, Some(*author) == me && part.scope.sees(*area)) {
                (true, _) => part.to_sign.push(proposal),
                (false, true) => part.put_forward.push(proposal),
                (false, false) => {}
            }
        }
        if part.scope.standing(Area::Acceptance).1 == Standing::Decides {
            part.to_accept = to_accept.get(&product).copied().unwrap_or(0);
        }
        parts.push(part);
    }
    Ok(parts)
}

/// The areas in which someone stands so.
pub(crate) fn areas(scope: &Scope, standing: Standing) -> Vec<Area> {
    Area::ALL.iter().copied().filter(|area| scope.standing(*area).1 == standing).collect()
}
