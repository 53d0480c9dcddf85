//! Reading stand-ups.

use crate::{
    drafting::{Did, Draft, Mine},
    model::*,
};
use kernel::{Column, Hat, Id, JsonSchema, Look, Noun, Query, Result, Scope, Serialize, Standing, Uuid, Value, query};
use people::Person;
use product::{BoardColumn, Stage};
use std::collections::BTreeSet;
use web::when;

/// The day where the product is at home.
pub(crate) fn today(look: &mut Look) -> Result<String> {
    let product = look.scope.product_id()?;
    let zone: String = look.first("select zone from product where id = $1", &[product.value()])?.map_or(Ok(String::new()), |mut row| row.take())?;
    Ok(when::day_in(look.now(), &zone))
}

pub(crate) fn rule(look: &mut Look) -> Result<Option<StandupRule>> {
    Ok(StandupRule::all(look, "order by created_at, id limit 1", &[])?.pop())
}

pub(crate) fn meeting(look: &mut Look, day: &str) -> Result<Option<Standup>> {
    Ok(Standup::all(look, "and on_day = $2 order by id limit 1", &[Value::Text(day.to_owned())])?.pop())
}

/// What whoever asks has said on a day.
pub(crate) fn own(look: &mut Look, day: &str) -> Result<Option<StandupEntry>> {
    let Some(me) = look.scope.who.member else { return Ok(None) };
    Ok(StandupEntry::all(look, "and on_day = $2 and member = $3 order by id limit 1", &[Value::Text(day.to_owned()), me.value()])?.pop())
}

/// Of one person a day is one entry; of a team larger than this a stand-up is several.
const MOST: i64 = 200;

pub(crate) fn entries(look: &mut Look, day: &str) -> Result<Vec<StandupEntry>> {
    StandupEntry::all(look, "and on_day = $2 order by created_at, id limit $3", &[Value::Text(day.to_owned()), Value::Int(MOST)])
}

/// Whether the team waits for what the reader says: they do the work, and some have said theirs or it is the team's habit.
pub fn awaits_mine(look: &mut Look) -> Result<bool> {
    if !works(look.scope) || look.scope.who.assistant.is_some() || rule(look)?.is_none_or(|rule| rule.remind_at.is_empty()) {
        return Ok(false);
    }
    let Some(me) = look.scope.who.member else { return Ok(false) };
    let day = today(look)?;
    // Nobody stands up at the weekend.
    if when::weekday(&day).is_none_or(|weekday| weekday > 5) {
        return Ok(false);
    }
    // Nor on a day off, of the product or of their own.
    let said = "select 1 from standup_entry where product = $1 and on_day = $2 and member = $3 and removed_at is null";
    let sql = format!("select case when exists ({said}) or exists ({CLOSED}) or $3 in ({AWAY}) then 0 else 1 end");
    Ok(look.number(&sql, &[look.scope.product_id()?.value(), Value::Text(day), me.value()])? == 1)
}

/// Whether the day `$2` is one on which nobody works in the product `$1`.
pub(crate) const CLOSED: &str = "select 1 from holiday where product = $1 and on_day = $2 and removed_at is null";

/// Who of the product `$1` is away on the day `$2`.
pub(crate) const AWAY: &str = "select day_off.member from membership join day_off on day_off.member = membership.member
    where membership.product = $1 and membership.removed_at is null and day_off.removed_at is null and day_off.first_day <= $2 and day_off.last_day >= $2";

/// Whether a hat of the reader's does the work.
fn works(scope: &Scope) -> bool {
    scope.standing(AREA).1 >= Standing::Signs
}

/// Who is expected on a day: everyone whose hat decides on the work and who is not away.
pub(crate) fn expected(look: &mut Look, day: &str) -> Result<Vec<Person>> {
    let hats: Vec<Hat> = Hat::ALL.iter().copied().filter(|hat| look.scope.matrix.standing(AREA, *hat) >= Standing::Signs).collect();
    let away = look.query(AWAY, &[look.scope.product_id()?.value(), Value::Text(day.to_owned())])?;
    let away: BTreeSet<Uuid> = away.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    let mut people = people::people_of(look)?;
    people.retain(|person| !person.is_assistant && !away.contains(&person.id.0) && person.hats.iter().any(|hat| hats.contains(hat)));
    Ok(people)
}

const DAY: i64 = 86_400_000;
/// Who has not been there for longer is asked about the last days only.
const BACK: i64 = 7 * DAY;
/// Where nothing was said yet: over a weekend.
const USUAL: i64 = 3 * DAY;
/// So many lines of the record are looked through.
const LINES: i64 = 1_000;

/// What the reader begins with, since they last said something.
pub(crate) fn draft(look: &mut Look, day: &str) -> Result<Draft> {
    let Some(me) = look.scope.who.member else { return Ok(Draft::default()) };
    let product = look.scope.product_id()?;
    let before = "and member = $2 and on_day < $3 order by on_day desc limit 1";
    let last = StandupEntry::all(look, before, &[me.value(), Value::Text(day.to_owned())])?.pop();
    let now = look.now();
    let since = last.map_or(now - USUAL, |entry| entry.meta.created_at).max(now - BACK);
    let sql = format!(
        "select lately.kind, story.number, story.title
         from (select id, kind, noun, noun_id, member, assistant from activity where product = $1 and at > $2 order by at desc, id desc limit {LINES}) as lately
         join story on story.id = lately.noun_id and story.removed_at is null
         where lately.member = $3 and lately.assistant is null and lately.noun = 'story' order by lately.id"
    );
    let did = look.query(&sql, &[product.value(), Value::Int(since), me.value()])?;
    let did: Vec<Did> = did
        .into_iter()
        .map(|mut row| {
            let (kind, number, title): (String, i64, String) = (row.take()?, row.take()?, row.take()?);
            Ok(Did { kind, key: look.scope.key(number), title })
        })
        .collect::<Result<_>>()?;
    let mine = look.query(
        "select number, title, stage, blocked_since, blocked_reason from story
         where product = $1 and assignee = $2 and removed_at is null and stage in ('doing', 'open')
         and (stage = 'doing' or sprint in (select id from sprint where product = $1 and state = 'active' and removed_at is null))
         order by case stage when 'doing' then 0 else 1 end, rank limit 12",
        &[product.value(), me.value()],
    )?;
    let mine: Vec<Mine> = mine
        .into_iter()
        .map(|mut row| {
            let (number, title, stage): (i64, String, Stage) = (row.take()?, row.take()?, row.take()?);
            let (since, reason): (Option<i64>, String) = (row.take()?, row.take()?);
            let blocked = if since.is_some() { reason } else { String::new() };
            Ok(Mine { key: look.scope.key(number), title, doing: stage == Stage::Doing, blocked })
        })
        .collect::<Result<_>>()?;
    Ok(Draft::of(&did, &mine))
}

/// A card on the walk from the right.
pub(crate) struct Step {
    pub number: i64,
    pub title: String,
    pub stage: Stage,
    pub column: Option<Id<BoardColumn>>,
    pub blocked: Option<(i64, String)>,
    pub started: Option<i64>,
    pub assignee: Option<String>,
}

/// What is under way, wherever; those of the last columns first is up to who shows them.
pub(crate) fn walk(look: &mut Look) -> Result<Vec<Step>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select story.number, story.title, story.stage, story.board_column, story.blocked_since, story.blocked_reason, story.started_at, member.name
         from story left join member on member.id = story.assignee
         where story.product = $1 and story.stage in ('handed_over', 'doing') and story.removed_at is null order by story.rank, story.id limit 200",
        &[product.value()],
    )?;
    let step = |mut row: kernel::Row| {
        let (number, title, stage, column) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let (since, reason): (Option<i64>, String) = (row.take()?, row.take()?);
        Ok(Step { number, title, stage, column, blocked: since.map(|since| (since, reason)), started: row.take()?, assignee: row.take()? })
    };
    rows.into_iter().map(step).collect()
}

/// The days before and after one on which something was said.
pub(crate) fn around(look: &mut Look, day: &str) -> Result<(Option<String>, Option<String>)> {
    let product = look.scope.product_id()?;
    let mut row = look.query(
        "select (select max(on_day) from standup_entry where product = $1 and on_day < $2 and removed_at is null),
                (select min(on_day) from standup_entry where product = $1 and on_day > $2 and removed_at is null)",
        &[product.value(), Value::Text(day.to_owned())],
    )?;
    row.pop().map_or(Ok((None, None)), |mut row| Ok((row.take()?, row.take()?)))
}

/// What one says, for programs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Said {
    pub member: Uuid,
    pub name: String,
    pub yesterday: String,
    pub today: String,
    pub blocked: String,
}

/// The answer to `ReadStandup`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Told {
    /// As 2026-11-23.
    pub day: String,
    pub said: Vec<Said>,
    /// Names of those who are expected and have not said theirs.
    pub missing: Vec<String>,
}

query! {
    /// The stand-up of today: what was said, and who is missing.
    pub struct ReadStandup in "standup.read" at "/products/{product}/standup" -> Told {}
}

impl Query for ReadStandup {
    fn ask(self, look: &mut Look) -> Result<Told> {
        let day = today(look)?;
        let entries = entries(look, &day)?;
        let people = people::these(look, entries.iter().map(|entry| entry.member.0))?;
        let missing = missing(&expected(look, &day)?, &entries).into_iter().map(|person| person.name.clone()).collect();
        let said = |e: StandupEntry| Said {
            member: e.member.0,
            name: people::name_among(&people, e.member.0).to_owned(),
            yesterday: e.yesterday,
            today: e.today,
            blocked: e.blocked,
        };
        Ok(Told { day, said: entries.into_iter().map(said).collect(), missing })
    }
}

/// Who has not said theirs.
pub(crate) fn missing<'a>(expected: &'a [Person], entries: &[StandupEntry]) -> Vec<&'a Person> {
    expected.iter().filter(|person| entries.iter().all(|entry| entry.member != person.id)).collect()
}
