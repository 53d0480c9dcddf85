//! Reading what a forecast rests on.

use kernel::{Column, Look, Ref, Refusal, Result, Serialize, Uuid, Value, fields::Pointed};
use roadmap::Feature;
use web::when;

/// All that a forecast rests on; what is worked out of it is named after it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(crate = "kernel::serde")]
pub(crate) struct Read {
    /// The days on which stories were accepted, and on which work on them began; counted from 1970-01-01.
    pub accepted: Vec<(i32, Option<i32>)>,
    /// Days on which nobody works.
    pub off: Vec<i32>,
    /// How many stories stand before the end of what is asked about, itself included.
    pub ahead: usize,
    pub today: i32,
    /// So many stand there as things are, where something else is tried out.
    pub as_it_is: Option<usize>,
    /// The day by which it is asked how many are done.
    pub until: Option<i32>,
}

/// What is asked about: the whole backlog, or one feature.
pub(crate) struct Asked {
    /// Number and title.
    pub feature: Option<(i64, String)>,
    /// The features that may be asked about: those with stories that are still to be done.
    pub features: Vec<(i64, String)>,
    /// Stories of the feature that are still to be done, or all of them.
    pub open: usize,
    /// What was accepted in the last half year.
    pub lately: Vec<Accepted>,
    pub what_if: WhatIf,
    pub read: Read,
}

/// A story as it was accepted.
pub(crate) struct Accepted {
    pub number: i64,
    pub title: String,
    pub on: i32,
    pub started: Option<i32>,
}

/// So far back one looks, in days, and at so many stories.
pub(crate) const BACK: i32 = 182;
const MOST: i64 = 2_000;

const DAY: i64 = 86_400_000;
/// So far ahead days off are known; nobody forecasts farther.
const AHEAD: i64 = 3 * 366;

fn day(at: i64) -> i32 {
    i32::try_from(at.div_euclid(DAY)).unwrap_or_default()
}

/// What is asked beside the feature: what if so many stories came in or went out, and how many are done by a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct WhatIf {
    pub more: i64,
    pub until: Option<i32>,
}

/// Nobody plans for more stories than this at once.
const MOST_TRIED: i64 = 10_000;

impl WhatIf {
    /// As it was typed.
    pub fn read(more: &str, by: &str) -> Result<WhatIf> {
        let more = match more.trim().trim_start_matches('+').replace('−', "-") {
            none if none.is_empty() => 0,
            given => given.parse().ok().filter(|more: &i64| more.abs() <= MOST_TRIED).ok_or_else(|| {
                Refusal::invalid("more", format!("Write how many stories come in, such as 5, or go out, such as -5; {MOST_TRIED} at most."))
            })?,
        };
        let until = match by.trim() {
            "" => None,
            given => Some(day(when::end_of(given).ok_or_else(|| Refusal::invalid("by", "Write the day as 2026-11-23."))?)),
        };
        Ok(WhatIf { more, until })
    }
}

pub(crate) fn asked(look: &mut Look, feature: &str, what_if: WhatIf) -> Result<Asked> {
    let product = look.scope.product_id()?.value();
    let feature = match feature.trim() {
        "" => None,
        text => Some(roadmap::feature(look, &Ref(text.to_owned()))?),
    };
    let (open, ahead) = to_do(look, feature.as_ref().map(|feature| feature.meta.id))?;
    let features = look.query(
        &format!(
            "select number, title from feature where product = $1 and removed_at is null and id in (
               select feature from story_tally where product = $1 and stage in {UNDONE} and stories > 0)
             order by number"
        ),
        &[product],
    )?;
    let features = features.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let mut read = read(look, ahead)?;
    read.until = what_if.until.filter(|until| *until > read.today);
    if what_if.more != 0 && ahead > 0 {
        read.ahead = size((ahead as i64 + what_if.more).max(0));
        read.as_it_is = Some(ahead);
    }
    let lately = lately(look, read.today)?;
    Ok(Asked { feature: feature.map(|f| (f.number, f.title)), features, open, lately, what_if, read })
}

/// What a forecast rests on, whatever it is asked about.
pub(crate) fn read(look: &mut Look, ahead: usize) -> Result<Read> {
    let accepted = acceptance::finished(look)?.into_iter().map(|(settled, started)| (day(settled), started.map(|at| day(at.min(settled))))).collect();
    let closed = calendar::closed(look, "1970-01-01", &when::day(look.now() + AHEAD * DAY))?;
    let off = calendar::weekdays_without(&closed).off.into_iter().collect();
    Ok(Read { accepted, off, ahead, today: day(look.scope.now), as_it_is: None, until: None })
}

/// How many stories of a feature are still to be done, and how many stand before the end of its last one; all of them
/// where no feature is asked about.
fn to_do(look: &mut Look, feature: Option<Uuid>) -> Result<(usize, usize)> {
    match feature {
        Some(feature) => to_do_of(look, "feature = $2", feature.value()),
        None => {
            let all = size(acceptance::unfinished(look)?);
            Ok((all, all))
        }
    }
}

/// How many stories stand before the end of the last one of a bet or a feature, itself included; none where nothing of it is left
/// to do, or where there is no such thing.
pub(crate) fn ahead_of(look: &mut Look, item: &Ref) -> Result<usize> {
    let (field, which) = match item.resolve::<Feature>(look.scope) {
        Ok(Pointed::Number(number)) => ("number", Value::Int(number)),
        Ok(Pointed::Id(id)) => ("id", id.value()),
        Err(_) => return Ok(0),
    };
    let own = format!(
        "feature in (select id from feature where product = $1 and {field} = $2 and removed_at is null
           union all select feature.id from initiative join feature on feature.initiative = initiative.id and feature.removed_at is null
           where initiative.product = $1 and initiative.{field} = $2 and initiative.removed_at is null)"
    );
    Ok(to_do_of(look, &own, which)?.1)
}

/// The stages in which a story is still to be done.
pub(crate) const UNDONE: &str = "('open', 'doing', 'handed_over')";
/// Of some stories the one that is done last: what is under way is done before what is not begun, both in the order of the backlog.
pub(crate) const LAST: &str = "order by case when story.stage = 'open' then 1 else 0 end desc, story.rank desc, story.id desc limit 1";
/// How many stories are done before the end of one that is joined as `last`, itself included: told by an index, but for those in the
/// same place.
pub(crate) const AHEAD_OF_LAST: &str = "case last.stage when 'open' then
    (select count(*) from story where product = last.product and stage in ('doing', 'handed_over') and removed_at is null)
    + (select count(*) from story where product = last.product and stage = 'open' and rank < last.rank and removed_at is null)
    + (select count(*) from story where product = last.product and stage = 'open' and rank = last.rank and id <= last.id and removed_at is null)
    else (select count(*) from story where product = last.product and stage in ('doing', 'handed_over') and rank < last.rank and removed_at is null)
    + (select count(*) from story where product = last.product and stage in ('doing', 'handed_over') and rank = last.rank and id <= last.id
       and removed_at is null) end";

/// How many of the stories that a clause about `$2` narrows are still to be done, and how many stand before the end of the last one.
fn to_do_of(look: &mut Look, own: &str, which: Value) -> Result<(usize, usize)> {
    let still = format!("product = $1 and stage in {UNDONE} and removed_at is null and {own}");
    let params = [look.scope.product_id()?.value(), which];
    let sql = format!(
        "select (select count(*) from story where {still}), {AHEAD_OF_LAST} from (select 1 as one) as asked
         left join story last on last.id = (select id from story where {still} {LAST})"
    );
    match look.query(&sql, &params)?.pop() {
        Some(mut row) => Ok((size(row.take()?), size(row.take()?))),
        None => Ok((0, 0)),
    }
}

/// A feature with stories that are still to be done.
#[derive(Clone, Debug)]
pub(crate) struct Ahead {
    pub number: i64,
    pub title: String,
    pub left: usize,
    /// How many stories stand before the end of its last one, itself included.
    pub ahead: usize,
}

/// So many features are told of, those that come first.
const MOST_FEATURES: i64 = 100;

/// The features that are still to be done, in the order in which they end.
pub(crate) fn features(look: &mut Look) -> Result<Vec<Ahead>> {
    let sql = format!(
        "select feature.number, feature.title, count(*), max(placed.place) from (
           select feature as of_feature, row_number() over (order by case when stage = 'open' then 1 else 0 end, rank, id) as place
           from story where product = $1 and stage in {UNDONE} and removed_at is null) as placed
         join feature on feature.id = placed.of_feature where feature.removed_at is null
         group by feature.id, feature.number, feature.title order by max(placed.place) limit $2"
    );
    let rows = look.query(&sql, &[look.scope.product_id()?.value(), Value::Int(MOST_FEATURES)])?;
    let read = |mut row: kernel::Row| Ok(Ahead { number: row.take()?, title: row.take()?, left: size(row.take()?), ahead: size(row.take()?) });
    rows.into_iter().map(read).collect()
}

pub(crate) fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

fn lately(look: &mut Look, today: i32) -> Result<Vec<Accepted>> {
    let since = Value::Int(i64::from(today - BACK) * DAY);
    let rows = look.query(
        "select number, title, settled_at, started_at from story
         where product = $1 and stage = 'accepted' and settled_at > $2 and removed_at is null order by settled_at desc, id limit $3",
        &[look.scope.product_id()?.value(), since, Value::Int(MOST)],
    )?;
    let story = |mut row: kernel::Row| {
        let (number, title, settled, started): (i64, String, i64, Option<i64>) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Accepted { number, title, on: day(settled), started: started.map(|at| day(at.min(settled))) })
    };
    let mut all: Vec<Accepted> = rows.into_iter().map(story).collect::<Result<_>>()?;
    all.reverse();
    Ok(all)
}
