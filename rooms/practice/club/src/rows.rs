//! Attempts read: always the asker's own.

use crate::model::*;
use calendar::DayOff;
use challenge::rating::Rating;
use kernel::{Column, Id, Look, Mark, Noun, Paged, Refusal, Result, Value, list, look::find_rows};
use std::collections::{BTreeSet, HashMap, HashSet};
use web::when;

/// The one at a challenge that is still written on.
pub(crate) fn open(look: &mut Look, challenge: &str) -> Result<Option<Attempt>> {
    Ok(Attempt::all(look, "and challenge = $2 and stage = 'open' order by created_at desc limit 1", &[text(challenge)])?.pop())
}

/// All that are still written on, the newest first.
pub(crate) fn all_open(look: &mut Look) -> Result<Vec<Attempt>> {
    Attempt::all(look, "and stage = 'open' order by created_at desc limit 20", &[])
}

/// Those at a challenge that were marked, the newest first.
pub(crate) fn marked(look: &mut Look, challenge: &str) -> Result<Vec<Attempt>> {
    Attempt::all(look, "and challenge = $2 and stage = 'marked' order by handed_in_at desc, id desc limit 20", &[text(challenge)])
}

/// The attempt that another goes on from.
pub(crate) fn before(look: &mut Look, attempt: Option<&Attempt>) -> Result<Option<Attempt>> {
    match attempt.and_then(|attempt| attempt.revises) {
        Some(id) => Ok(Attempt::all(look, "and id = $2", &[id.value()])?.pop()),
        None => Ok(None),
    }
}

/// Whether a challenge was tried before by another attempt, left ones among them.
pub(crate) fn tried(look: &mut Look, challenge: &str, but: Option<&Attempt>) -> Result<bool> {
    let params = [look.scope.oneself()?.value(), text(challenge), text(&but.map_or(String::new(), |attempt| attempt.meta.id.simple().to_string()))];
    let attempts = look.number("select count(*) from attempt where member = $1 and challenge = $2 and id <> $3", &params)?;
    // What was handed in at a club evening lies downstream and is read here by its table.
    let evenings = "select count(*) from evening_answer join club_evening on club_evening.id = evening_answer.evening
                    where evening_answer.member = $1 and club_evening.challenge = $2";
    Ok(attempts + look.number(evenings, &params[..2])? > 0)
}

/// Every challenge that the asker has tried, alone or at an evening.
pub(crate) fn all_tried(look: &mut Look) -> Result<HashSet<String>> {
    let sql = "select challenge from attempt where member = $1 union select club_evening.challenge from evening_answer
               join club_evening on club_evening.id = evening_answer.evening where evening_answer.member = $1";
    let rows = look.query(sql, &[look.scope.oneself()?.value()])?;
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// When the asker first tried each of some challenges, alone or at an evening; what was left counts.
pub(crate) fn first_tries(look: &mut Look, codes: &[&str]) -> Result<HashMap<String, i64>> {
    let params = [look.scope.oneself()?.value(), list(codes.iter().map(|code| (*code).to_owned()))];
    let alone = "select challenge, min(created_at) from attempt where member = $1 and challenge in each($2) group by challenge";
    // Evenings lie downstream and are read here by their tables.
    let evenings = "select club_evening.challenge, min(evening_answer.handed_in_at) from evening_answer join club_evening on club_evening.id = evening_answer.evening
                    where evening_answer.member = $1 and club_evening.challenge in each($2) group by club_evening.challenge";
    let mut found: HashMap<String, i64> = HashMap::new();
    for mut row in look.query(alone, &params)?.into_iter().chain(look.query(evenings, &params)?) {
        let (challenge, at): (String, i64) = (row.take()?, row.take()?);
        found.entry(challenge).and_modify(|first| *first = (*first).min(at)).or_insert(at);
    }
    Ok(found)
}

/// Whether the asker has handed in an answer to an edition of a challenge, or to a later one: before that, neither its rubric
/// nor what others wrote is shown.
///
/// # Errors
/// What the database says.
pub fn has_handed_in(look: &mut Look, challenge: &str, edition: i64) -> Result<bool> {
    let params = [look.scope.oneself()?.value(), text(challenge), Value::Int(edition)];
    let sql = "select count(*) from attempt where member = $1 and challenge = $2 and edition >= $3 and stage = 'marked' and removed_at is null";
    Ok(look.number(sql, &params)? > 0)
}

/// Whether the asker has read what came of an answer to a challenge since a moment: of one that they handed in by themselves, or
/// at an evening that was revealed.
///
/// # Errors
/// What the database says.
pub fn has_read_since(look: &mut Look, challenge: &str, since: i64) -> Result<bool> {
    let params = [look.scope.oneself()?.value(), text(challenge), Value::Int(since)];
    let alone = "select count(*) from attempt where member = $1 and challenge = $2 and stage = 'marked' and handed_in_at >= $3";
    // Evenings lie downstream and are read here by their tables.
    let evenings = "select count(*) from evening_answer join club_evening on club_evening.id = evening_answer.evening
                    where evening_answer.member = $1 and club_evening.challenge = $2 and club_evening.revealed_at > $3";
    Ok(look.number(alone, &params)? + look.number(evenings, &params)? > 0)
}

/// What all have reviewed of an attempt, the first first. It is read past who may read a review, so whoever shows it keeps
/// to what both have said.
pub(crate) fn reviews_of(look: &mut Look, attempt: Id<Attempt>) -> Result<Vec<PeerReview>> {
    find_rows(look.reader, "where attempt = $1 and removed_at is null order by created_at, id limit 2", &[attempt.value()])
}

/// An answer of another that is shared, whoever it is of: its text is for whoever reviews, its member for nobody.
pub(crate) fn shared(look: &mut Look, id: Id<Attempt>) -> Result<Attempt> {
    let me = look.scope.oneself()?;
    let clause = "where id = $1 and member <> $2 and stage = 'marked' and shared_at is not null and removed_at is null";
    find_rows(look.reader, clause, &[id.value(), me.value()])?.pop().ok_or(Refusal::NotFound)
}

/// So many answers that wait for a review are listed.
const MOST_WAITING: i64 = 60;

/// Answers of others that wait for a review, the one that has waited longest first.
pub(crate) fn waiting(look: &mut Look) -> Result<Vec<Attempt>> {
    let me = look.scope.oneself()?.value();
    let clause = "where member <> $1 and stage = 'marked' and shared_at is not null and removed_at is null
                  and (select count(*) from peer_review where peer_review.attempt = attempt.id and peer_review.removed_at is null) < 2
                  and not exists (select 1 from peer_review where peer_review.attempt = attempt.id and peer_review.member = $1 and peer_review.removed_at is null)
                  order by shared_at, id limit $2";
    find_rows(look.reader, clause, &[me, Value::Int(MOST_WAITING)])
}

/// What the asker has reviewed, the newest first.
pub(crate) fn given_reviews(look: &mut Look) -> Result<Vec<PeerReview>> {
    PeerReview::all(look, "order by created_at desc, id desc limit 40", &[])
}

/// So many attempts tell what one is good at.
const RECENT: i64 = 200;

/// What was marked lately, the newest first.
pub(crate) fn recent(look: &mut Look) -> Result<Vec<Attempt>> {
    Attempt::all(look, "and stage = 'marked' order by handed_in_at desc, id desc limit $2", &[Value::Int(RECENT)])
}

/// What the asker is rated in a discipline.
pub(crate) fn rating(look: &mut Look, of: Discipline) -> Result<Rating> {
    Ok(ratings(look)?.remove(&of).map(|(rating, _)| rating).unwrap_or_default())
}

/// What the asker is rated in each discipline, with how many attempts that rests on.
pub(crate) fn ratings(look: &mut Look) -> Result<HashMap<Discipline, (Rating, i64)>> {
    let me = look.scope.oneself()?.value();
    let rows = look.query(
        "select attempt.discipline, attempt.rating, attempt.deviation, attempt.volatility, latest.many from attempt
         join (select discipline as called, max(handed_in_at) as at, count(*) as many from attempt where member = $1 and rated = 1 group by discipline) as latest
         on latest.called = attempt.discipline and latest.at = attempt.handed_in_at
         where attempt.member = $1 and attempt.rated = 1",
        &[me],
    )?;
    let read = |mut row: kernel::Row| -> Result<_> {
        let (of, rating, deviation, volatility, many): (String, f64, f64, f64, i64) =
            (row.take()?, row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Discipline::parse(&of).map(|of| (of, (Rating { rating, deviation, volatility }, many))))
    };
    rows.into_iter().filter_map(|row| read(row).transpose()).collect()
}

/// The challenges to which somebody has handed in an answer, each with the newest edition.
#[derive(Default)]
pub struct HandedIn(HashMap<String, i64>);

impl HandedIn {
    /// Whether it was this edition of a challenge, or a later one.
    pub fn has(&self, challenge: &str, edition: i64) -> bool {
        self.0.get(challenge).is_some_and(|newest| *newest >= edition)
    }
}

/// What the asker has handed in answers to.
///
/// # Errors
/// What the database says.
pub fn handed_in(look: &mut Look) -> Result<HandedIn> {
    let sql = "select challenge, max(edition) from attempt where member = $1 and stage = 'marked' and removed_at is null group by challenge";
    let rows = look.query(sql, &[look.scope.oneself()?.value()])?;
    Ok(HandedIn(rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?))
}

/// So many stand on a page of the history.
const AT_ONCE: usize = 40;

/// What was handed in, the newest first.
pub(crate) fn history(look: &mut Look, after: Option<&Mark<i64>>) -> Result<Paged<Attempt>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = after {
        and += "and (handed_in_at, id) < ($2, $3) ";
        params.extend([mark.at.value(), mark.id.value()]);
    }
    let found = Attempt::all(look, &format!("and stage = 'marked' {and}order by handed_in_at desc, id desc limit {}", AT_ONCE + 1), &params)?;
    Ok(Paged::cut(found, AT_ONCE, |attempt| Mark::new(attempt.handed_in_at.unwrap_or(0), attempt.meta.id)))
}

/// Whether each interval held, the oldest first, first tries only: whoever has seen the reference guesses no more.
pub(crate) fn hits(look: &mut Look) -> Result<Vec<bool>> {
    let me = look.scope.oneself()?.value();
    let rows = look.query(
        "select challenge, hit from attempt where member = $1 and hit is not null and removed_at is null order by handed_in_at, id limit 2000",
        &[me],
    )?;
    let mut seen = BTreeSet::new();
    let mut found = vec![];
    for mut row in rows {
        let (challenge, hit): (String, bool) = (row.take()?, row.take()?);
        if seen.insert(challenge) {
            found.push(hit);
        }
    }
    Ok(found)
}

/// How many days of practice follow one another up to now. Weekends and days off in between neither count nor break it,
/// and an easy drill alone is no practice.
pub(crate) fn streak(look: &mut Look) -> Result<usize> {
    let me = look.scope.oneself()?.value();
    let since = look.now() - 400 * DAY;
    let rows = look.query(
        "select handed_in_at from attempt where member = $1 and handed_in_at > $2 and removed_at is null and not (discipline = 'drill' and level = 1)
         order by handed_in_at desc limit 2000",
        &[me, Value::Int(since)],
    )?;
    let zone = look.scope.who.zone.clone();
    let days: BTreeSet<String> = rows.into_iter().map(|mut row| Ok(when::day_in(row.take()?, &zone))).collect::<Result<_>>()?;
    let off = DayOff::all(look, "and last_day >= $2 limit 400", &[Value::Text(when::day_in(since, &zone))])?;
    let free = |day: &str| {
        when::weekday(day).is_some_and(|weekday| weekday > 5) || off.iter().any(|off| off.first_day.as_str() <= day && day <= off.last_day.as_str())
    };
    Ok(count(&days, &when::day_in(look.now(), &zone), free))
}

const DAY: i64 = 86_400_000;

fn count(days: &BTreeSet<String>, today: &str, free: impl Fn(&str) -> bool) -> usize {
    let mut found = 0;
    for back in 0..400 {
        let day = when::days_after(today, -back);
        match days.contains(&day) {
            true => found += 1,
            // Today is not over.
            false if back == 0 || free(&day) => {}
            false => break,
        }
    }
    found
}

/// So many products are offered a way to their evenings.
const MOST_PRODUCTS: i64 = 4;

/// The products of the asker, by key and name.
pub(crate) fn products(look: &mut Look) -> Result<Vec<(String, String)>> {
    let sql = "select product.key, product.name from membership join product on product.id = membership.product
               where membership.member = $1 and membership.removed_at is null and product.removed_at is null and product.archived_at is null
               order by product.name limit $2";
    let rows = look.query(sql, &[look.scope.oneself()?.value(), Value::Int(MOST_PRODUCTS)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_streak_outlasts_days_off() {
        let days = ["2026-11-20", "2026-11-23", "2026-11-19", "2026-11-16"].map(str::to_owned).into();
        let weekend = |day: &str| when::weekday(day).is_some_and(|weekday| weekday > 5);
        assert_eq!(count(&days, "2026-11-24", weekend), 3, "the weekend between Friday and Monday breaks nothing");
        assert_eq!(count(&days, "2026-11-25", weekend), 0);
    }
}
