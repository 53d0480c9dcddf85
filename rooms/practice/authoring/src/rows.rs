//! Reading what somebody writes: always the asker's own.

use crate::{events::WITHDRAWN, model::*};
use club::OwnChallenge;
use kernel::{Column, Id, Look, Mark, Noun, Paged, Result, Value, list};
use std::collections::HashMap;

/// So many are written at a time that were not published yet.
pub(crate) const MOST: i64 = 60;

/// How many are.
pub(crate) fn unpublished(look: &mut Look) -> Result<i64> {
    let me = look.scope.oneself()?.value();
    look.number("select count(*) from challenge_draft where member = $1 and challenge is null and removed_at is null", &[me])
}

/// So many stand on a page.
const AT_ONCE: usize = 40;

/// One's own, what was touched last first.
pub(crate) fn drafts(look: &mut Look, after: Option<&Mark<i64>>) -> Result<Paged<ChallengeDraft>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = after {
        and += "and (updated_at, id) < ($2, $3) ";
        params.extend([mark.at.value(), mark.id.value()]);
    }
    let found = ChallengeDraft::all(look, &format!("{and}order by updated_at desc, id desc limit {}", AT_ONCE + 1), &params)?;
    Ok(Paged::cut(found, AT_ONCE, |draft| Mark::new(draft.meta.updated_at, draft.meta.id)))
}

/// One of one's own by what it goes by.
pub(crate) fn draft_called(look: &mut Look, code: &str) -> Result<Option<ChallengeDraft>> {
    Ok(ChallengeDraft::all(look, "and code = $2 order by id limit 1", &[Value::Text(code.to_owned())])?.pop())
}

/// What was published of some.
pub(crate) fn published(look: &mut Look, drafts: &[ChallengeDraft]) -> Result<HashMap<Id<OwnChallenge>, OwnChallenge>> {
    let ids: Vec<_> = drafts.iter().filter_map(|draft| draft.challenge).map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = OwnChallenge::all(look, "and id in each($2)", &[list(ids)])?;
    Ok(found.into_iter().map(|challenge| (challenge.id(), challenge)).collect())
}

/// One's own of which a challenge was published.
pub(crate) fn draft_of(look: &mut Look, challenge: Id<OwnChallenge>) -> Result<Option<ChallengeDraft>> {
    Ok(ChallengeDraft::all(look, "and challenge = $2 order by id limit 1", &[challenge.value()])?.pop())
}

/// That somebody else took a challenge out of the library.
pub(crate) struct TakenOut {
    pub who: String,
    pub at: i64,
    pub reason: String,
}

/// Who took one's own out, and why; nobody where it is in the library, or one did so oneself.
pub(crate) fn taken_out(look: &mut Look, challenge: &OwnChallenge) -> Result<Option<TakenOut>> {
    if challenge.withdrawn_by.is_none_or(|by| by == challenge.member) {
        return Ok(None);
    }
    // It stands in the record of whoever did it, which nobody else reads.
    let sql = "select member.name, activity.at, coalesce(activity.reason, '') from activity join member on member.id = activity.member
               where activity.noun_id = $1 and activity.kind = $2 order by activity.at desc, activity.id desc limit 1";
    Ok(Some(match look.reader.query(sql, &[challenge.id().value(), Value::Text(WITHDRAWN.name.to_owned())])?.pop() {
        Some(mut row) => TakenOut { who: row.take()?, at: row.take()?, reason: row.take()? },
        None => TakenOut { who: "An administrator".into(), at: challenge.withdrawn_at.unwrap_or(challenge.meta.updated_at), reason: String::new() },
    }))
}

/// So many of others stand on a page.
const OF_OTHERS: usize = 40;

/// What others have published, the newest first, for whoever may take it out of the library.
pub(crate) fn of_others(look: &mut Look, after: Option<&Mark<i64>>) -> Result<Paged<OwnChallenge>> {
    let (mut and, mut params) = (String::new(), vec![look.scope.oneself()?.value()]);
    if let Some(mark) = after {
        and += "and (published_at, id) < ($3, $4) ";
        params.extend([mark.at.value(), mark.id.value()]);
    }
    let found = OwnChallenge::all(look, &format!("and member <> $2 {and}order by published_at desc, id desc limit {}", OF_OTHERS + 1), &params)?;
    Ok(Paged::cut(found, OF_OTHERS, |challenge| Mark::new(challenge.published_at, challenge.meta.id)))
}

/// Whether somebody is in products as a stakeholder and nothing else.
pub(crate) fn is_stakeholder_alone(look: &mut Look) -> Result<bool> {
    let me = look.scope.oneself()?;
    let sql = "select count(*), coalesce(sum(case when hats = '[\"stakeholder\"]' then 1 else 0 end), 0)
               from membership where member = $1 and removed_at is null";
    let Some(mut row) = look.reader.query(sql, &[me.value()])?.pop() else { return Ok(false) };
    let (all, alone): (i64, i64) = (row.take()?, row.take()?);
    Ok(all > 0 && all == alone)
}
