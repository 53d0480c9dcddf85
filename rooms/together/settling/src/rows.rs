//! Reading sortings.

use crate::{
    model::{Pile, Settlement, Slip, Sorting},
    sealing::{self, Deck},
};
use activity::Line;
use kernel::{Area, Column, Id, Json, Look, Noun, Proposal, Result, Uuid, sealed};
use people::Seer;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The sorting that is going on, if one is: the latest that was not ended.
pub(crate) fn current(look: &mut Look) -> Result<Option<Sorting>> {
    Ok(Sorting::all(look, "and ended_at is null order by created_at desc, id desc limit 1", &[])?.pop())
}

/// So many of the latest are named.
const MOST_EARLIER: usize = 10;

pub(crate) fn latest(look: &mut Look) -> Result<Vec<Sorting>> {
    Sorting::all(look, &format!("order by created_at desc, id desc limit {MOST_EARLIER}"), &[])
}

/// Whoever sees matters of the agreement, by name.
pub(crate) fn people(look: &mut Look) -> Result<Vec<Seer>> {
    let agreed = look.scope.agreed.clone();
    people::who_see_by(look, Area::Agreement, &agreed)
}

/// Whoever of some members sees them.
pub(crate) fn these(look: &mut Look, members: &[Uuid]) -> Result<Vec<Seer>> {
    let agreed = look.scope.agreed.clone();
    people::these_see_by(look, Area::Agreement, &agreed, members.iter().copied())
}

/// Where one area stands in a sorting that was opened.
pub(crate) struct Row {
    pub area: Area,
    /// Who put it where, in the order of the people.
    pub slips: Vec<Slip>,
    pub settled: Option<Settlement>,
    /// The open proposal that would settle it.
    pub waits: Option<(Uuid, Pile)>,
}

impl Row {
    /// The pile in which all have put it; none where they differ or somebody is not sure.
    pub fn alike(&self) -> Option<Pile> {
        alike(&self.slips)
    }

    /// How far apart they are: the number of different piles.
    pub fn piles(&self) -> usize {
        self.slips.iter().map(|slip| slip.pile).collect::<BTreeSet<_>>().len()
    }
}

/// The one pile in which all slips lie.
pub(crate) fn alike(slips: &[Slip]) -> Option<Pile> {
    let (first, rest) = slips.split_first()?;
    (first.pile != Pile::Unsure && rest.iter().all(|slip| slip.pile == first.pile)).then_some(first.pile)
}

/// The areas of a sorting that was opened: those on which they differ most first, what is settled last.
pub(crate) fn opened(look: &mut Look, sorting: &Sorting) -> Result<Vec<Row>> {
    let slips = Slip::all(look, "and sorting = $2 order by member, id", &[sorting.id().value()])?;
    let settled = Settlement::all(look, "and sorting = $2", &[sorting.id().value()])?;
    let waiting = waiting(look, sorting.id())?;
    let mut by: BTreeMap<Area, Vec<Slip>> = BTreeMap::new();
    for slip in slips {
        by.entry(slip.area).or_default().push(slip);
    }
    let row = |area: &Area| Row {
        area: *area,
        slips: by.remove(area).unwrap_or_default(),
        settled: settled.iter().find(|s| s.area == *area).cloned(),
        waits: waiting.get(area).copied(),
    };
    let mut rows: Vec<Row> = Area::ALL.iter().map(row).collect();
    rows.sort_by_key(|row| (row.settled.is_some(), row.alike().is_some(), std::cmp::Reverse(row.piles()), row.area));
    Ok(rows)
}

/// An area on which those who sorted differ.
pub struct Unsettled {
    pub area: Area,
    /// "Mara: the Manager decides; Tomas: both sign".
    pub said: String,
}

/// The areas of the sorting that is going on, once it lies open, on which they differ and nothing is settled.
pub fn unsettled(look: &mut Look) -> Result<Vec<Unsettled>> {
    let Some(sorting) = current(look)?.filter(|sorting| sorting.opened_at.is_some()) else { return Ok(vec![]) };
    let rows = opened(look, &sorting)?;
    let names = people::names_of(look, rows.iter().flat_map(|row| row.slips.iter().map(|slip| slip.member)))?;
    let said = |row: &Row| {
        let one = |slip: &Slip| format!("{}: {}", people::name_in(&names, slip.member), slip.pile.says());
        row.slips.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    let differ = rows.iter().filter(|row| row.settled.is_none() && row.piles() > 1);
    Ok(differ.map(|row| Unsettled { area: row.area, said: said(row) }).collect())
}

/// The open proposals that would settle an area, by area.
fn waiting(look: &mut Look, sorting: Id<Sorting>) -> Result<HashMap<Area, (Uuid, Pile)>> {
    let open = Proposal::all(look, "and state = 'open' and area = $2 order by created_at limit 100", &[Area::Agreement.value()])?;
    let mut waiting = HashMap::new();
    for proposal in open {
        for effect in proposal.effects.iter().filter(|e| e.table == Settlement::TABLE) {
            let told = |field: &str| effect.changes.iter().find(|c| c.field == field).map(|c| c.to.words()).unwrap_or_default();
            let here = told("sorting") == sorting.to_string();
            if let (true, Some(area), Some(pile)) = (here, Area::parse(&told("area")), Pile::parse(&told("pile"))) {
                waiting.insert(area, (proposal.meta.id, pile));
            }
        }
    }
    Ok(waiting)
}

/// What the asker has sorted so far.
pub(crate) fn own(look: &mut Look, sorting: &Sorting) -> Result<Deck> {
    match sealed::own(look, [sorting.meta.id])?.remove(&sorting.meta.id) {
        Some(body) => sealing::read(&body),
        None => Ok(Deck::default()),
    }
}

/// Who is through with theirs, and who has begun.
pub(crate) fn progress(look: &mut Look, sorting: &Sorting) -> Result<(Vec<Uuid>, Vec<Uuid>)> {
    let who = sealed::who(look, sorting.rounds())?;
    let of = |round: Option<Uuid>| who.iter().filter(|(known, _)| Some(*known) == round).map(|(_, member)| *member).collect::<Vec<_>>();
    Ok((of(sorting.through()), of(Some(sorting.meta.id))))
}

/// What a sorting that is going on asks of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// To sort their slips.
    Slips,
    /// To lay all sorts side by side: everyone is through.
    Laying,
}

/// What the sorting that is going on asks of the reader, if it asks anything.
pub fn awaited(look: &mut Look) -> Result<Option<Awaited>> {
    let me = look.scope.who.member.filter(|_| look.scope.who.assistant.is_none());
    let (Some(me), Some(sorting)) = (me, current(look)?.filter(|sorting| sorting.opened_at.is_none())) else { return Ok(None) };
    if !sorting.asked.contains(&me) {
        return Ok(None);
    }
    let (finished, _) = progress(look, &sorting)?;
    Ok(match finished.contains(&me) {
        false => Some(Awaited::Slips),
        true => sorting.asked.iter().all(|member| finished.contains(member)).then_some(Awaited::Laying),
    })
}

/// So far back examples are looked for, and among so many lines.
const WEEK: i64 = 7 * 86_400_000;
const MOST_LINES: usize = 400;
/// So many stand on a slip.
const MOST_EXAMPLES: usize = 3;

/// What was done in the product in the last days, by area: of each kind one, the latest first.
pub(crate) fn examples(look: &mut Look) -> Result<HashMap<Area, Vec<Line>>> {
    let mut by: HashMap<Area, Vec<Line>> = HashMap::new();
    for line in activity::lately(look, look.now() - WEEK, MOST_LINES)? {
        let Some(area) = line.area.as_deref().and_then(Area::parse) else { continue };
        let known = by.entry(area).or_default();
        if known.len() < MOST_EXAMPLES && !known.iter().any(|other| other.kind == line.kind) {
            known.push(line);
        }
    }
    Ok(by)
}

/// The arguments of what is sealed, as JSON.
pub(crate) fn as_json(deck: &Deck) -> Result<String> {
    kernel::serde_json::to_value(deck).map(|json: Json| json.to_string()).map_err(|e| kernel::Refusal::broken(e.to_string()))
}
