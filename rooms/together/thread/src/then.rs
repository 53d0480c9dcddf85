//! The thread as it stood at a past moment: the same steps over things as they were (`activity::as_of`).

use crate::{
    graph::{Front, Knot, MOST, Step, titled, ways},
    sql::numbered_whole,
};
use kernel::{
    By, Look, Names, NounSpec, Refusal, Relation, Result, Tie, Uuid, Value, list,
    room::Found,
    strand::{ANYTHING, Hang, strand},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The end of a past day; none for today.
pub(crate) fn moment(day: &str) -> Result<Option<i64>> {
    match day.trim() {
        "" => Ok(None),
        day => web::when::end_of(day).map(Some).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23.")),
    }
}

/// What a field of a thing held.
pub(crate) fn held<'a>(noun: &NounSpec, found: &'a Found, field: &str) -> &'a Value {
    noun.fields.iter().position(|known| *known == field).and_then(|at| found.values.get(at)).unwrap_or(&Value::Null)
}

/// The id in a field of a thing.
pub(crate) fn pointed(noun: &NounSpec, found: &Found, field: &str) -> Option<Uuid> {
    if let Value::Text(text) = held(noun, found, field) { Uuid::parse_str(text).ok() } else { None }
}

/// Things of the thread as they were, by their ids.
pub(crate) fn things(look: &mut Look, at: i64, table: &str, ids: &BTreeSet<Uuid>) -> Result<Vec<Knot>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let (noun, _) = strand(table).ok_or(Refusal::NotFound)?;
    let found = activity::as_of(look, noun, at, "and id in each($3)", &[list(ids.iter().copied())])?;
    knots(look, noun, &found)
}

/// Things as the thread shows them.
pub(crate) fn knots(look: &mut Look, noun: &'static NounSpec, found: &[Found]) -> Result<Vec<Knot>> {
    let Some(strand) = noun.about.thread else { return Ok(vec![]) };
    let whole = numbered_whole(noun).filter(|_| !noun.about.keyed).map(|(field, _)| field);
    let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for field in strand.title.iter().copied().chain([strand.state]).chain(whole) {
        if let Some(table) = noun.points_at(field) {
            wanted.entry(table).or_default().extend(found.iter().filter_map(|thing| pointed(noun, thing, field)));
        }
    }
    let names = Names::of(look, wanted)?;
    let words = |thing: &Found, field: &str| {
        let called = pointed(noun, thing, field).and_then(|id| names.called(look.scope, id));
        called.unwrap_or_else(|| held(noun, thing, field).words())
    };
    let knot = |thing: &Found| {
        let number = match whole {
            Some(field) => pointed(noun, thing, field).and_then(|id| names.number(id)),
            None => {
                if let Value::Int(number) = held(noun, thing, "number") {
                    Some(*number)
                } else {
                    None
                }
            }
        };
        let title: Vec<String> = strand.title.iter().map(|field| words(thing, field)).collect();
        let state = match strand.flag {
            ("", _) => words(thing, strand.state),
            (set, unset) => if *held(noun, thing, strand.state) == Value::Int(1) { set } else { unset }.to_owned(),
        };
        Knot { noun: noun.table.to_owned(), id: thing.meta.id, number, title: titled(&title.join(": ")), state }
    };
    Ok(found.iter().map(knot).collect())
}

/// One step from everything at both fronts.
pub(crate) fn steps(look: &mut Look, at: i64, fronts: [(&Front, bool); 2]) -> Result<Vec<Step>> {
    let mut steps = vec![];
    for (front, up) in fronts {
        for (from, ids) in front {
            for (child, hang) in ways(from, up) {
                let reached = if up { hang.on } else { child };
                let pairs = if reached == ANYTHING { vec![] } else { pairs(look, at, child, hang, up, ids)? };
                let far = |(child, parent): &(Uuid, Uuid)| if up { *parent } else { *child };
                let wanted: BTreeSet<Uuid> = pairs.iter().map(far).take(MOST + 1).collect();
                let known: HashMap<Uuid, Knot> = things(look, at, reached, &wanted)?.into_iter().map(|knot| (knot.id, knot)).collect();
                steps.extend(pairs.iter().filter_map(|pair| Some(Step { up, child: pair.0, parent: pair.1, to: known.get(&far(pair))?.clone() })));
            }
        }
    }
    Ok(steps)
}

/// What hung on what: pairs of a thing and what it hung on, from things at one of the ends.
fn pairs(look: &mut Look, at: i64, child: &str, Hang { on, by, .. }: &Hang, up: bool, ids: &BTreeSet<Uuid>) -> Result<Vec<(Uuid, Uuid)>> {
    let noun = |table: &str| Ok::<_, Refusal>(strand(table).ok_or(Refusal::NotFound)?.0);
    let given = [list(ids.iter().copied())];
    let mut of = |table: &str, among: &str| activity::as_of(look, noun(table)?, at, among, if among.is_empty() { &[] } else { &given });
    const THESE: &str = "and id in each($3)";
    // What has not changed since held then what it holds now.
    let holding = |field: &str| format!("and ({field} in each($3) or updated_at > $2)");
    let by_field = |table: &str, field: &str, things: Vec<Found>| -> Result<Vec<(Uuid, Uuid)>> {
        let spec = noun(table)?;
        Ok(things.iter().filter_map(|thing| Some((thing.meta.id, pointed(spec, thing, field)?))).collect())
    };
    let among = |pairs: Vec<(Uuid, Uuid)>| pairs.into_iter().filter(|(_, whole)| ids.contains(whole)).collect();
    let turned = |pairs: Vec<(Uuid, Uuid)>| pairs.into_iter().map(|(a, b)| (b, a)).collect();
    Ok(match (by, up) {
        (By::Field(field), true) => by_field(child, field, of(child, THESE)?)?,
        (By::Field(field), false) => among(by_field(child, field, of(child, &holding(field))?)?),
        (By::TheirField(field), true) => turned(among(by_field(on, field, of(on, &holding(field))?)?)),
        (By::TheirField(field), false) => turned(by_field(on, field, of(on, THESE)?)?),
        (By::Tie(tie), up) => ties(look, at, *tie, ("from", child), ("to", on), up, &given)?,
        (By::TiedBy(tie), up) => ties(look, at, *tie, ("to", child), ("from", on), up, &given)?,
        (By::Newest, up) => {
            let all = of(on, "")?;
            let number = |thing: &Found| if let Value::Int(n) = noun(on).map_or(&Value::Null, |spec| held(spec, thing, "number")) { *n } else { 0 };
            match all.iter().max_by_key(|thing| number(thing)).map(|thing| thing.meta.id) {
                None => vec![],
                Some(newest) if up => ids.iter().map(|id| (*id, newest)).collect(),
                Some(newest) if ids.contains(&newest) => of(child, "")?.iter().map(|thing| (thing.meta.id, newest)).collect(),
                Some(_) => vec![],
            }
        }
    })
}

fn ties(look: &mut Look, at: i64, verb: Tie, child: (&str, &str), on: (&str, &str), up: bool, given: &[Value]) -> Result<Vec<(Uuid, Uuid)>> {
    let near = if up { child.0 } else { on.0 };
    let links = activity::things_as_of::<Relation>(look, at, &format!("and {near}_id in each($3) and verb = '{verb}'"), given)?;
    let end = |link: &Relation, end: &str| if end == "from" { (link.from_noun.clone(), link.from_id) } else { (link.to_noun.clone(), link.to_id) };
    let fits = |(noun, _): &(String, Uuid), wanted: &str| wanted == ANYTHING || noun == wanted;
    let pair = |link: &Relation| {
        let (below, above) = (end(link, child.0), end(link, on.0));
        (fits(&below, child.1) && fits(&above, on.1)).then_some((below.1, above.1))
    };
    Ok(links.iter().filter_map(pair).collect())
}
