//! Reading ways of scoring, what was scored, and rounds.

use crate::{
    behind,
    items::{self, Item},
    model::*,
    rating::counted,
    table::Read,
};
use kernel::{Column, Look, Noun, Result, Uuid};
use std::collections::HashMap;

/// All ways of scoring of a product, by name; those for the options of cases last.
pub fn schemes(look: &mut Look) -> Result<Vec<Scheme>> {
    Scheme::all(look, "order by case thing when 'case_option' then 1 else 0 end, thing, name, id", &[])
}

/// A way of scoring with what it scores, as far as that is known.
#[derive(Clone)]
pub struct Scored {
    pub scheme: Scheme,
    pub items: Vec<Item>,
    /// For each of them and each input what was written or counted.
    pub read: Read,
}

/// What is scored, and with what.
pub fn scored(look: &mut Look, scheme: &Scheme) -> Result<Scored> {
    let items = items::all(look, scheme.thing)?;
    let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
    let known = Score::all(look, "and scheme = $2", &[scheme.meta.id.value()])?;
    let written: HashMap<(Uuid, &str), &str> =
        known.iter().map(|score| ((score.about_id, score.criterion.as_str()), score.written.as_str())).collect();
    let behind = if scheme.counted.is_empty() { HashMap::new() } else { behind::behind(look, scheme.thing, &ids)? };
    let inputs = scheme.inputs();
    let cell = |id: Uuid, input: &crate::inputs::Input| match counted(input, behind.get(&id)) {
        Some(figure) => web::telling::figure(figure),
        None => written.get(&(id, input.key.as_str())).map_or_else(String::new, |text| (*text).to_owned()),
    };
    let rows = ids.iter().map(|id| inputs.iter().map(|input| cell(*id, input)).collect()).collect();
    Ok(Scored { scheme: scheme.clone(), items, read: Read::new(scheme.method, inputs, rows) })
}

/// Rounds by a way of scoring, the newest first: those that are on, and those that are open.
pub fn rounds(look: &mut Look, scheme: &Scheme) -> Result<Vec<Round>> {
    Round::all(look, "and scheme = $2 order by created_at desc, id desc limit 60", &[scheme.meta.id.value()])
}

/// Rounds that are revealed and of which nothing was taken over yet: what is left to settle, the newest first.
pub fn to_settle(look: &mut Look) -> Result<Vec<Round>> {
    Round::all(look, "and opened_at is not null and adopted_at is null order by opened_at desc, id limit 8", &[])
}

/// A round that waits for somebody to finish rating.
pub struct ToRate {
    pub id: Uuid,
    pub title: String,
    pub ends_on: Option<String>,
}

/// The rounds in which the asker is to rate and has not finished.
pub fn to_rate(look: &mut Look) -> Result<Vec<ToRate>> {
    if look.scope.who.member.is_none() || look.scope.who.assistant.is_some() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select scoring_round.id, scoring_round.title, scoring_round.ends_on from rater join scoring_round on scoring_round.id = rater.round
         where rater.product = $1 and rater.member = $me and rater.removed_at is null and scoring_round.opened_at is null
         and scoring_round.removed_at is null and {} order by coalesce(scoring_round.ends_on, '9'), scoring_round.id limit 20",
        kernel::sealed::not_yet_by("rater.id", "rater.member")
    );
    let rows = look.query(&sql, &[look.scope.product_id()?.value()])?;
    rows.into_iter().map(|mut row| Ok(ToRate { id: row.take()?, title: row.take()?, ends_on: row.take()? })).collect()
}
