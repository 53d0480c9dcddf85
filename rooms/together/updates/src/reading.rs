//! What a draft is made of, as its writer may read it: lines of activity since the last update, and what they tell of.

use crate::{
    drafting::{Around, Draft, Outlook, Thing, draft},
    model::Kind,
    publishing::last_of,
};
use activity::Line;
use kernel::{Column, Look, Names, Noun, Result, Uuid, list};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use strategy::Objective;
use web::{place, when};

/// So many lines are read for a draft, however long the last update was ago.
const MOST_LINES: usize = 5_000;
/// Where there is no update yet, the draft begins so long ago.
const AT_FIRST: i64 = 14 * 86_400_000;

/// A bet, promised and likely: its number, its title, the end of its window, and the day by which it is likely done.
pub(crate) type Bet = (i64, String, String, String);

/// What was drafted, and up to when the record was read for it.
pub(crate) struct Drafted {
    pub draft: Draft,
    pub until: i64,
}

/// Drafts an update of a kind from what whoever asks may read of the record.
pub(crate) fn drafted(look: &mut Look, kind: Kind, bets: &[Bet]) -> Result<Drafted> {
    let until = look.now();
    let since = last_of(look, kind)?.map_or(until - AT_FIRST, |last| last.until);
    let mut lines = activity::lately(look, since, MOST_LINES)?;
    lines.reverse();
    let mut around = around(look, &lines, bets)?;
    let zone = look.scope.who.zone.clone();
    around.since = web::plain_date(look.scope, &when::day_in(since, &zone));
    around.year = when::day_in(until, &zone)[..4].to_owned();
    around.more = lines.len() >= MOST_LINES;
    if kind == Kind::Progress {
        around.figures = reports::in_figures(look, since)?;
    }
    Ok(Drafted { draft: draft(kind, &lines, &around), until })
}

/// What an update of a kind would tell from the record, as Markdown, as far as whoever asks may read it; none where nothing
/// happened that it could tell of.
pub fn recorded(look: &mut Look, kind: Kind) -> Result<Option<String>> {
    let draft = drafted(look, kind, &[])?.draft;
    Ok((!draft.is_nothing()).then(|| draft.markdown()))
}

/// What lines tell of: what each is called, where it is looked at, and which objective it serves.
fn around(look: &mut Look, lines: &[Line], bets: &[Bet]) -> Result<Around> {
    const TOLD: &[&str] =
        &["initiative", "feature", "objective", "key_result", "vision", "target_market", "top_needs", "proposal", "sprint", "story"];
    let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for line in lines.iter().filter(|line| TOLD.contains(&line.noun.as_str())) {
        wanted.entry(&line.noun).or_default().insert(line.noun_id);
    }
    let ids = |noun: &str| wanted.get(noun).cloned().unwrap_or_default();
    let (initiatives, features, stories, results) = (ids("initiative"), ids("feature"), ids("story"), ids("key_result"));
    let feature_of = pairs(look, "select id, feature from story where id in each($1) and feature is not null", &stories)?;
    let all: BTreeSet<Uuid> = features.into_iter().chain(feature_of.values().copied()).collect();
    let initiative_of = pairs(look, "select id, initiative from feature where id in each($1) and initiative is not null", &all)?;
    let mut all: BTreeSet<Uuid> = initiatives.into_iter().chain(initiative_of.values().copied()).collect();
    let numbered = numbered(look, bets)?;
    all.extend(numbered.values());
    let serves =
        "select from_id, to_id from relation where from_id in each($1) and from_noun = 'initiative' and to_noun = 'objective' and verb = 'serves'
                  and removed_at is null order by id desc";
    let mut objective_of = pairs(look, serves, &all)?;
    let results = pairs(look, "select id, objective from key_result where id in each($1)", &results)?;
    for (lower, upper) in [&initiative_of, &feature_of].into_iter().flatten() {
        if let Some(objective) = objective_of.get(upper).copied() {
            objective_of.insert(*lower, objective);
        }
    }
    objective_of.extend(results);
    let objectives = match objective_of.is_empty() && !wanted.contains_key("objective") {
        true => vec![],
        false => Objective::all(look, "order by rank, id", &[])?.into_iter().map(|objective| (objective.meta.id, objective.title)).collect(),
    };
    let nouns: Vec<(String, Uuid)> = wanted.iter().flat_map(|(noun, ids)| ids.iter().map(|id| ((*noun).to_owned(), *id))).collect();
    let names = Names::of(look, wanted)?;
    let scope = look.scope;
    let thing = |(noun, id): (String, Uuid)| {
        let called = names.called(scope, id)?;
        let place = place(&noun, id, None).filter(|_| !names.is_gone(id));
        Some((id, Thing { called, place, objective: objective_of.get(&id).copied() }))
    };
    let outlook = |(number, title, promised, likely): &Bet| Outlook {
        called: format!("{} {title}", scope.key(*number)),
        place: format!("roadmap?open={number}"),
        objective: numbered.get(number).and_then(|id| objective_of.get(id)).copied(),
        promised: promised.clone(),
        likely: likely.clone(),
    };
    let things = nouns.into_iter().filter_map(thing).collect();
    Ok(Around { things, objectives, outlooks: bets.iter().map(outlook).collect(), ..Around::default() })
}

/// From each of some things to another.
fn pairs(look: &mut Look, sql: &str, ids: &BTreeSet<Uuid>) -> Result<HashMap<Uuid, Uuid>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    look.query(sql, &[list(ids.iter().copied())])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The ids of bets by their numbers.
fn numbered(look: &mut Look, bets: &[Bet]) -> Result<HashMap<i64, Uuid>> {
    if bets.is_empty() {
        return Ok(HashMap::new());
    }
    let product = look.scope.product_id()?;
    let sql = "select number, id from initiative where product = $1 and number in numbers($2) and removed_at is null";
    let rows = look.query(sql, &[product.value(), list(bets.iter().map(|(number, ..)| *number))])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}
