//! Reading activity.

use kernel::{
    Act, Change, Column, JsonSchema, Look, Mark, Names, Paged, Result, Row, Scope, Serialize, Uuid, Value,
    about::{self, Readable},
    event::read_changes,
};
use web::telling;

/// One line: what happened to one thing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Line {
    pub id: Uuid,
    pub act: Uuid,
    pub at: i64,
    pub who: Option<String>,
    pub assistant: Option<String>,
    pub hat: Option<String>,
    pub door: String,
    pub command: String,
    pub area: Option<String>,
    pub kind: String,
    pub noun: String,
    pub noun_id: Uuid,
    pub label: String,
    pub changes: Vec<Change>,
    pub proposal: Option<Uuid>,
    pub reason: Option<String>,
    pub member: Option<Uuid>,
    pub assistant_id: Option<Uuid>,
    /// Whether the thing was created, changed or removed.
    pub did: Act,
    /// Whether whoever did it may take it back.
    pub undoable: bool,
}

const COLUMNS: &str = "activity.id, activity.act, activity.at, member.name, helper.name, activity.hat, activity.door, activity.command,
    activity.area, activity.kind, activity.noun, activity.noun_id, activity.label, activity.changes, activity.proposal, activity.reason, activity.member, activity.assistant,
    activity.did, activity.undoable
    from activity left join member on member.id = activity.member left join member helper on helper.id = activity.assistant";

/// A line with all it says.
fn whole(mut row: Row) -> Result<Line> {
    Ok(Line {
        id: row.take()?,
        act: row.take()?,
        at: row.take()?,
        who: row.take()?,
        assistant: row.take()?,
        hat: row.take()?,
        door: row.take()?,
        command: row.take()?,
        area: row.take()?,
        kind: row.take()?,
        noun: row.take()?,
        noun_id: row.take()?,
        label: row.take()?,
        changes: read_changes(&row.take::<String>()?)?,
        proposal: row.take()?,
        reason: row.take()?,
        member: row.take()?,
        assistant_id: row.take()?,
        did: row.take()?,
        undoable: row.take()?,
    })
}

/// A line as it may be shown: without the fields of areas that the reader does not see. `None` where nothing is left.
fn shown(scope: &Scope, mut line: Line) -> Option<Line> {
    let all = line.changes.len();
    if let Some(noun) = about::noun(&line.noun) {
        line.changes.retain(|c| about::sees_field(scope, &noun.about, &c.field));
        line.changes.iter_mut().for_each(|c| about::show_change(scope, &noun.about, c));
    }
    (all == 0 || !line.changes.is_empty()).then_some(line)
}

/// The record of the product at hand; outside of one what its reader did there, which is nobody else's to read.
fn home(look: &Look) -> Result<(&'static str, Value)> {
    match &look.scope.product {
        Some(product) => Ok(("activity.product = $1", product.id.value())),
        None => look.scope.oneself().map(|me| ("activity.product is null and activity.member = $1", me.value())),
    }
}

/// Lines by conditions on `activity`, whose parameters start at `$2`, as far as the asker may read them.
fn lines(look: &mut Look, and: &str, params: &[Value], order: &str) -> Result<Vec<Line>> {
    let (home, whose) = home(look)?;
    let mut bound = vec![whose];
    bound.extend_from_slice(params);
    let readable = about::may_read_activity(look.scope);
    if readable == Readable::Nothing {
        return Ok(vec![]);
    }
    let sql = format!("select {COLUMNS} where {home} {and}{} {order}", readable.and());
    look.query(&sql, &bound)?.into_iter().map(whole).collect()
}

/// A page of lines by conditions.
pub(crate) fn page(look: &mut Look, and: &str, params: &[Value], most: usize) -> Result<Paged<Line>> {
    // One row more tells whether there is another page; only then are fields taken out.
    let order = format!("order by activity.at desc, activity.id desc limit {}", most + 1);
    let page = Paged::cut(lines(look, and, params, &order)?, most, |line| Mark::new(line.at, line.id));
    let scope = look.scope;
    Ok(Paged { items: page.items.into_iter().filter_map(|line| shown(scope, line)).collect(), next: page.next })
}

/// Lines, and what the things in them are called.
#[derive(Default)]
pub struct History {
    pub lines: Vec<Line>,
    pub(crate) names: Names,
}

/// Looks up the names in some lines.
pub(crate) fn named(look: &mut Look, mut lines: Vec<Line>) -> Result<History> {
    tell_new(look, &mut lines)?;
    let names = telling::names(look, lines.iter().map(|line| (line.noun.as_str(), line.noun_id, line.changes.as_slice())))?;
    Ok(History { lines, names })
}

/// Puts what a line tells of a new thing in place of its digest; it stands in the row, and does not change there.
fn tell_new(look: &mut Look, lines: &mut [Line]) -> Result<()> {
    for noun in about::nouns().iter().filter(|noun| !noun.about.told_new.is_empty()) {
        let mut new: Vec<&mut Line> = lines.iter_mut().filter(|line| line.did == Act::Create && line.noun == noun.table).collect();
        if new.is_empty() {
            continue;
        }
        let (table, fields) = (noun.table, noun.about.told_new.join(", "));
        let rows =
            look.query(&format!("select id, {fields} from {table} where id in each($1)"), &[kernel::list(new.iter().map(|line| line.noun_id))])?;
        for mut row in rows {
            let id: Uuid = row.take()?;
            let told: Vec<Value> = noun.about.told_new.iter().map(|_| row.take()).collect::<Result<_>>()?;
            for line in new.iter_mut().filter(|line| line.noun_id == id) {
                for change in &mut line.changes {
                    if let Some(at) = noun.about.told_new.iter().position(|field| *field == change.field) {
                        change.to = about::shown(look.scope, &noun.about, &change.field, told[at].clone());
                    }
                }
            }
        }
    }
    Ok(())
}

/// The lines of one thing, newest first.
pub(crate) fn of_thing(look: &mut Look, id: Uuid, most: usize) -> Result<Vec<Line>> {
    Ok(page(look, "and activity.noun_id = $2", &[id.value()], most)?.items)
}

/// What happened to one thing, newest first.
pub fn history(look: &mut Look, id: Uuid, most: usize) -> Result<History> {
    let lines = of_thing(look, id, most)?;
    named(look, lines)
}

/// What happened in the product lately, newest first.
pub fn latest(look: &mut Look, most: usize) -> Result<History> {
    let lines = page(look, "", &[], most)?.items;
    named(look, lines)
}

/// What happened since a moment in matters of some area, newest first, each line by itself.
pub fn lately(look: &mut Look, since: i64, most: usize) -> Result<Vec<Line>> {
    Ok(page(look, "and activity.at > $2 and activity.area is not null", &[Value::Int(since)], most)?.items)
}

/// What happened of some kinds between two moments, newest first, each line by itself.
pub fn of_kinds(look: &mut Look, kinds: &[&str], from: i64, until: i64, most: usize) -> Result<Vec<Line>> {
    let kinds = kernel::list(kinds.iter().map(|kind| (*kind).to_owned()));
    let and = "and activity.at >= $2 and activity.at < $3 and activity.kind in each($4)";
    Ok(page(look, and, &[Value::Int(from), Value::Int(until), kinds], most)?.items)
}

/// What was removed, newest first, each by its line.
pub(crate) fn removals(look: &mut Look, after: Option<&Mark<i64>>, most: usize) -> Result<Paged<Line>> {
    match after {
        None => page(look, "and activity.did = 'removed'", &[], most),
        Some(mark) => page(look, "and activity.did = 'removed' and (activity.at, activity.id) < ($2, $3)", &[mark.at.value(), mark.id.value()], most),
    }
}

/// No transaction takes longer; in milliseconds.
const LONGEST_ACT: u128 = 3_600_000;

/// The lines of one act in the order they were written, whoever may read them: to take it back.
pub(crate) fn of_act(look: &mut Look, act: Uuid) -> Result<Vec<Line>> {
    act_lines(look, act, "order by activity.id")
}

/// So many lines of an act tell what it was.
pub(crate) const NEWEST: usize = 40;

/// What one act did last, newest first: enough to say what it was.
pub(crate) fn newest_of_act(look: &mut Look, act: Uuid) -> Result<Vec<Line>> {
    act_lines(look, act, &format!("order by activity.id desc limit {NEWEST}"))
}

/// Between which ids the lines of an act lie: they were written in one transaction after the act got its id, and ids begin
/// with the time.
pub(crate) fn span(act: Uuid) -> (Uuid, Uuid) {
    (act, Uuid::from_u128(act.as_u128().saturating_add(LONGEST_ACT << 80)))
}

/// The lines of one act in the order they were written, as far as the asker may read them.
pub(crate) fn of_act_as_read(look: &mut Look, act: Uuid, most: usize) -> Result<Vec<Line>> {
    let (first, last) = span(act);
    let and = "and activity.id > $2 and activity.id < $3 and activity.act = $2";
    let found = lines(look, and, &[first.value(), last.value()], &format!("order by activity.id limit {most}"))?;
    let scope = look.scope;
    Ok(found.into_iter().filter_map(|line| shown(scope, line)).collect())
}

/// The lines of an act in a product or outside of any, whoever may read them: for work that it leaves behind.
pub fn left_by(look: &mut Look, product: Option<Uuid>, act: Uuid, most: usize) -> Result<Vec<Line>> {
    lines_between(look, product, act, &format!("order by activity.id limit {most}"))
}

/// Whether the asker may read a line of the product at hand.
pub fn may_read(look: &mut Look, line: Uuid) -> Result<bool> {
    Ok(!lines(look, "and activity.id = $2", &[line.value()], "")?.is_empty())
}

fn act_lines(look: &mut Look, act: Uuid, order: &str) -> Result<Vec<Line>> {
    let product = look.scope.product_id()?;
    lines_between(look, Some(product), act, order)
}

fn lines_between(look: &mut Look, product: Option<Uuid>, act: Uuid, order: &str) -> Result<Vec<Line>> {
    let (_, last) = span(act);
    let product = product.map_or_else(|| Value::Text(String::new()), |product| product.value());
    // Not the product but the ids lead.
    let sql =
        format!("select {COLUMNS} where coalesce(activity.product, '') = $1 and activity.id > $2 and activity.id < $3 and activity.act = $2 {order}");
    look.query(&sql, &[product, act.value(), last.value()])?.into_iter().map(whole).collect()
}
