//! Who hears of an act: worked out from its lines of activity, whatever they may see, for that is judged for each of them
//! when they are told.

use crate::model::{Mode, Why};
use activity::Line;
use kernel::{Act, Column, Door, Hat, Look, Noun, NounSpec, Proposal, Result, Uuid, Value, Wholes, about, list, room::Found, value::Packed};
use people::Nameable;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    rc::Rc,
};

/// Why somebody hears of a thing, and which line tells it.
#[derive(Clone, Debug)]
pub(crate) struct Hears {
    pub why: Why,
    pub noun: &'static str,
    pub line: Uuid,
    pub act: Uuid,
    pub actor: Option<Uuid>,
}

impl Hears {
    fn of(why: Why, noun: &'static str, line: &Line) -> Hears {
        Hears { why, noun, line: line.id, act: line.act, actor: line.assistant_id.or(line.member) }
    }
}

/// Who hears, of what, and why: each of a thing once.
pub(crate) type Hearers = BTreeMap<(Uuid, Uuid), Hears>;

/// Of one act somebody hears about so many things; the others they find where those are.
const MOST_THINGS: usize = 20;

/// Who hears of an act, in a product among its people, or outside of any.
pub(crate) fn of(look: &mut Look, product: Option<Uuid>, lines: &[Line], people: &[Nameable]) -> Result<Hearers> {
    let mut rows = Wholes::of(look, lines.iter().map(|line| (line.noun.as_str(), line.noun_id)))?;
    let mut hearers = Hearers::new();
    // Of what there is news: the thing, its noun and the line.
    let mut news: Vec<(Uuid, &'static str, &Line)> = vec![];
    for line in lines {
        let Some(noun) = about::noun(&line.noun) else { continue };
        let Some(row) = standing(&mut rows, look, noun, line.noun_id)? else { continue };
        let (whole, thing) = rows.whole(look, noun, line.noun_id)?;
        let Some(above) = standing(&mut rows, look, whole, thing)? else { continue };
        let mut hear = |member: Uuid, why: Why| {
            if doer(line) != Some(member) {
                let hears = Hears::of(why, whole.table, line);
                let known = hearers.entry((member, thing)).or_insert_with(|| hears.clone());
                if why <= known.why {
                    *known = hears;
                }
            }
        };
        let heard = &noun.about.heard;
        newly_named(noun, &row, line, people).into_iter().for_each(|member| hear(member, Why::Named));
        let given: Vec<&str> =
            heard.whose.iter().copied().filter(|field| line.changes.iter().any(|c| c.field == *field && !c.to.is_unset())).collect();
        members(noun, &row, &given).into_iter().for_each(|member| hear(member, Why::Assigned));
        listed_now(noun, &row, line).into_iter().for_each(|member| hear(member, Why::Named));
        // What was reworded is to be signed anew.
        let asks = line.did == Act::Create || line.changes.iter().any(|c| c.field == "seal");
        if noun.table == Proposal::TABLE && asks {
            let needs: Packed<Vec<Hat>> = Column::read(noun.cell(&row, "needs"))?;
            let asked = |person: &&Nameable| person.hats.iter().any(|hat| needs.contains(hat));
            people.iter().filter(asked).for_each(|person| hear(person.id, Why::ToSign));
        }
        for field in heard.asks.iter().filter(|_| line.did == Act::Create) {
            let asked: Packed<Vec<Uuid>> = Column::read(noun.cell(&row, field))?;
            asked.iter().for_each(|member| hear(*member, Why::ToSign));
        }
        if line.did == Act::Create {
            members(noun, &row, heard.addressed).into_iter().for_each(|member| hear(member, Why::Answered));
            heard.addressed.iter().flat_map(|field| in_list(noun.cell(&row, field))).for_each(|member| hear(member, Why::Answered));
            people.iter().filter(|_| heard.everyone).for_each(|person| hear(person.id, Why::Watched));
        }
        if line.did == Act::Create
            && let Some(other) = Option::<Uuid>::read(noun.cell(&row, heard.answers))?
            && let Some(answered) = standing(&mut rows, look, noun, other)?
        {
            members(noun, &answered, heard.whose).into_iter().for_each(|member| hear(member, Why::Answered));
        }
        if is_news(noun, line) {
            // What becomes of a proposal and what is said about it is the answer to whoever put it forward.
            let answers = whole.table == Proposal::TABLE;
            let why = if answers { Why::Answered } else { Why::Watched };
            members(whole, &above, whole.about.heard.whose).into_iter().for_each(|member| hear(member, why));
            listed(whole, &above).into_iter().for_each(|member| hear(member, Why::Watched));
            news.push((thing, whole.table, line));
        }
    }
    let things: BTreeSet<Uuid> = hearers.keys().map(|(_, thing)| *thing).chain(news.iter().map(|(thing, ..)| *thing)).collect();
    let said = said(look, &things)?;
    for (thing, member) in watchers(look, product, &news, &said)? {
        let theirs = news.iter().find(|(other, _, line)| *other == thing && doer(line) != Some(member));
        let Some(&(_, noun, line)) = theirs else { continue };
        hearers.entry((member, thing)).or_insert_with(|| Hears::of(Why::Watched, noun, line));
    }
    // What a proposal carries out is written in its author's name, but it is others who did it now.
    let acted: BTreeSet<Uuid> = match lines.iter().any(reported) {
        true => BTreeSet::new(),
        false => lines.iter().filter(|line| line.proposal.is_none()).filter_map(|line| line.member).collect(),
    };
    let here: HashSet<Uuid> = people.iter().map(|person| person.id).collect();
    let mut things_of: HashMap<Uuid, usize> = HashMap::new();
    hearers.retain(|(member, thing), hears| {
        let wanted = match said.get(&(*thing, *member)) {
            Some(Mode::Muted) => false,
            Some(Mode::Asked) => hears.why != Why::Watched,
            Some(Mode::Watching) | None => true,
        };
        // Nobody hears of their own acts, and nobody who does not belong here.
        let belongs = product.is_none() || here.contains(member);
        let theirs = belongs && !acted.contains(member);
        let count = things_of.entry(*member).or_default();
        *count += usize::from(wanted && theirs);
        wanted && theirs && *count <= MOST_THINGS
    });
    Ok(hearers)
}

/// Whether a program reported what has turned: that it came by somebody's token does not make it their act.
fn reported(line: &Line) -> bool {
    let turned =
        |noun: &NounSpec| line.changes.iter().any(|c| noun.about.heard.turns.iter().any(|(field, word)| c.field == *field && c.to.words() == *word));
    line.door == Door::Rest.word() && about::noun(&line.noun).is_some_and(turned)
}

/// Whose act a line tells of.
fn doer(line: &Line) -> Option<Uuid> {
    line.member.filter(|_| !reported(line))
}

/// Whom a line's texts name that they did not name before.
fn newly_named(noun: &NounSpec, row: &Found, line: &Line, people: &[Nameable]) -> BTreeSet<Uuid> {
    let mut named = BTreeSet::new();
    for field in noun.about.heard.texts {
        let now = text(noun, row, field);
        match line.changes.iter().find(|c| c.field == *field).map(|c| &c.from) {
            Some(Value::Text(before)) if line.did == Act::Change => named.extend(people::newly_named(before, &now, people)),
            None if line.did == Act::Change => {}
            _ => named.extend(people::named(&now, people)),
        }
    }
    named
}

/// The members that fields of a thing list.
fn listed(noun: &NounSpec, row: &Found) -> BTreeSet<Uuid> {
    noun.about.heard.names.iter().flat_map(|field| in_list(noun.cell(row, field))).collect()
}

/// Those whom a line lists that were not listed before.
fn listed_now(noun: &NounSpec, row: &Found, line: &Line) -> BTreeSet<Uuid> {
    if line.did == Act::Create {
        return listed(noun, row);
    }
    let changed = line.changes.iter().filter(|c| noun.about.heard.names.contains(&c.field.as_str()));
    changed
        .flat_map(|c| {
            let before = in_list(c.from.clone());
            in_list(c.to.clone()).into_iter().filter(move |member| !before.contains(member))
        })
        .collect()
}

fn in_list(cell: Value) -> Vec<Uuid> {
    Packed::<Vec<Uuid>>::read(cell).map_or_else(|_| vec![], |list| list.0)
}

/// Whether those who watch a thing hear of this.
fn is_news(noun: &NounSpec, line: &Line) -> bool {
    let heard = &noun.about.heard;
    match line.did {
        Act::Create => heard.new,
        Act::Change => line.changes.iter().any(|c| heard.is_news(c)),
        Act::Remove => false,
    }
}

/// What people have said about hearing of things.
type Said = HashMap<(Uuid, Uuid), Mode>;

fn said(look: &mut Look, things: &BTreeSet<Uuid>) -> Result<Said> {
    let sql = "select about_id, member, mode from watch where about_id in each($1) and removed_at is null";
    let rows = look.reader.query(sql, &[list(things.iter().copied())])?;
    rows.into_iter().map(|mut row| Ok(((row.take()?, row.take()?), row.take()?))).collect()
}

/// Who watches things that there is news of: whoever said so, began one or has remarked on it.
fn watchers(look: &mut Look, product: Option<Uuid>, news: &[(Uuid, &'static str, &Line)], said: &Said) -> Result<BTreeSet<(Uuid, Uuid)>> {
    let things: BTreeSet<Uuid> = news.iter().map(|(thing, ..)| *thing).collect();
    if things.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut watching: BTreeSet<(Uuid, Uuid)> = said.iter().filter(|(_, mode)| **mode == Mode::Watching).map(|(who, _)| *who).collect();
    let remarked = "select about_id, member from comment where about_id in each($1) and author = '' and removed_at is null";
    let began = "select noun_id, member from activity where product = $1 and noun_id in each($2) and did = 'created' and door <> 'import'
                 and member is not null";
    let things = list(things);
    let mut rows = look.reader.query(remarked, std::slice::from_ref(&things))?;
    if let Some(product) = product {
        rows.extend(look.reader.query(began, &[product.value(), things])?);
    }
    for mut row in rows {
        watching.insert((row.take()?, row.take()?));
    }
    Ok(watching)
}

/// A thing that was not removed.
fn standing(rows: &mut Wholes, look: &mut Look, noun: &NounSpec, id: Uuid) -> Result<Option<Rc<Found>>> {
    Ok(rows.get(look, noun, id)?.filter(|row| row.meta.removed_at.is_none()))
}

fn text(noun: &NounSpec, row: &Found, field: &str) -> String {
    Option::<String>::read(noun.cell(row, field)).ok().flatten().unwrap_or_default()
}

/// Whoever some fields name.
fn members(noun: &NounSpec, row: &Found, fields: &[&str]) -> Vec<Uuid> {
    fields.iter().filter_map(|field| Option::<Uuid>::read(noun.cell(row, field)).ok().flatten()).collect()
}
