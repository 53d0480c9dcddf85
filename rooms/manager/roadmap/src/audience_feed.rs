//! What became of a roadmap as one audience is told it, for readers of feeds: what came into their view, moved in it, got
//! another window, reached users or left. Each is worked out from the record: what they would have been shown before a step
//! and after it. What they are not told (days, where they are told quarters) makes no entry, so none gives it away.

use crate::{
    audiences::{Audience, Grain},
    compare::Between,
    courses::{Course, courses, day},
    model::*,
};
use kernel::{Column, Look, Result, Scope, Uuid, shared::Entry};
use std::collections::HashSet;
use web::{capital, html, when};

/// So many days back a feed tells.
const BACK: i64 = 180;
/// So many entries stand in it.
const MOST: usize = 50;

/// What an audience was shown of a bet or a part at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    horizon: Horizon,
    when: Option<String>,
    released: bool,
}

/// The newest first.
pub(crate) fn entries(look: &mut Look, audience: &Audience) -> Result<Vec<Entry>> {
    let (bets, parts) = ours(look, audience)?;
    let since = when::days_after(&when::day(look.now()), -BACK);
    let between = Between::of(look, Some(since), None)?;
    let all = courses(look, &between)?;
    let shown = all.iter().filter(|course| if course.noun == "initiative" { bets.contains(&course.id) } else { parts.contains(&course.id) });
    let mut entries: Vec<Entry> = shown.flat_map(|course| told(look.scope, audience, course, &between)).collect();
    entries.sort_by(|a, b| b.at.cmp(&a.at).then(b.id.cmp(&a.id)));
    entries.truncate(MOST);
    Ok(entries)
}

/// The bets of the theme that an audience follows, and the parts of those; what was removed meanwhile was theirs, too.
fn ours(look: &mut Look, audience: &Audience) -> Result<(HashSet<Uuid>, HashSet<Uuid>)> {
    let theme = audience.theme.to_lowercase();
    let (mut bets, mut parts) = (HashSet::new(), HashSet::new());
    let product = look.scope.product_id()?;
    for mut row in look.query("select id, theme from initiative where product = $1", &[product.value()])? {
        let (id, its): (Uuid, String) = (row.take()?, row.take()?);
        if theme.is_empty() || its.to_lowercase() == theme {
            bets.insert(id);
        }
    }
    if audience.grain == Grain::Parts {
        for mut row in look.query("select id, initiative from feature where product = $1", &[product.value()])? {
            let (id, bet): (Uuid, Option<Uuid>) = (row.take()?, row.take()?);
            if bet.is_some_and(|bet| bets.contains(&bet)) {
                parts.insert(id);
            }
        }
    }
    Ok((bets, parts))
}

/// What an audience would have been shown of it at a moment.
fn seen(scope: &Scope, audience: &Audience, course: &Course, moment: i64) -> Option<Seen> {
    if !course.stood(moment) {
        return None;
    }
    let horizon = Horizon::parse(&course.held("horizon", &course.horizon, moment).words()).filter(|horizon| *horizon <= audience.horizon)?;
    let held = |field: &str, now: &Option<String>| day(course.held(field, &now.value(), moment));
    let (from, until) = (held("starts_on", &course.starts_on), held("ends_on", &course.ends_on));
    let released = course.held("state", &course.state, moment).words() == BetState::Released.word();
    Some(Seen { horizon, when: audience.when(scope, from.as_ref(), until.as_ref()), released })
}

/// What of its steps an audience is told.
fn told(scope: &Scope, audience: &Audience, course: &Course, between: &Between) -> Vec<Entry> {
    let mut moments: Vec<i64> = course.steps.iter().map(|step| step.at).filter(|at| between.has(*at)).collect();
    moments.dedup();
    moments
        .into_iter()
        .filter_map(|at| {
            let gone = !course.stood(at);
            let says = says(seen(scope, audience, course, at - 1).as_ref(), seen(scope, audience, course, at).as_ref(), gone)?;
            // The same at every reading, and another one for each step.
            let id = Uuid::from_u128(course.id.as_u128() ^ u128::from(at.unsigned_abs()));
            Some(Entry { id, title: format!("{}: {}", course.title, says.0), html: html! { p { (says.1) } }.into_string(), at })
        })
        .collect()
}

/// In a few words, and in a sentence; nothing where they see no difference.
fn says(before: Option<&Seen>, after: Option<&Seen>, gone: bool) -> Option<(String, String)> {
    let name = |horizon: Horizon| capital(horizon.word());
    let meant = |seen: &Seen| seen.when.as_ref().map_or_else(String::new, |when| format!(" It is meant for {when}."));
    match (before, after) {
        (None, None) => None,
        (None, Some(now)) => {
            Some((format!("new in {}", name(now.horizon)), format!("It came onto the roadmap, in {}.{}", name(now.horizon), meant(now))))
        }
        (Some(_), None) if gone => Some(("no longer planned".into(), "It was taken off the roadmap.".into())),
        (Some(_), None) => Some(("put off".into(), "It is further off than this roadmap tells.".into())),
        (Some(then), Some(now)) if now.released && !then.released => Some(("released".into(), "It has reached users.".into())),
        (Some(then), Some(now)) if then.released && !now.released => {
            Some(("opened again".into(), format!("It is being worked on again, in {}.{}", name(now.horizon), meant(now))))
        }
        (Some(then), Some(now)) if then.horizon != now.horizon => {
            Some((format!("now in {}", name(now.horizon)), format!("It moved from {} to {}.{}", name(then.horizon), name(now.horizon), meant(now))))
        }
        (Some(then), Some(now)) if then.when != now.when => Some(match (&then.when, &now.when) {
            (Some(then), Some(now)) => (format!("now {now}"), format!("It was meant for {then} and is now meant for {now}.")),
            (None, Some(now)) => (format!("meant for {now}"), format!("It is now meant for {now}.")),
            (_, None) => ("no date any more".into(), "Nobody says any more when it is meant to come.".into()),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(horizon: Horizon, when: Option<&str>, released: bool) -> Seen {
        Seen { horizon, when: when.map(str::to_owned), released }
    }

    #[test]
    fn only_what_an_audience_sees_is_told() {
        let next = seen(Horizon::Next, Some("Q1 2027"), false);
        let says = |before: Option<&Seen>, after: Option<&Seen>, gone| says(before, after, gone).map(|(few, _)| few);
        assert_eq!(says(None, Some(&next), false).as_deref(), Some("new in Next"));
        assert_eq!(says(Some(&next), Some(&next), false), None, "a day within its quarter is no news to whoever is told quarters");
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Now, Some("Q1 2027"), false)), false).as_deref(), Some("now in Now"));
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Next, Some("Q2 2027"), false)), false).as_deref(), Some("now Q2 2027"));
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Next, None, false)), false).as_deref(), Some("no date any more"));
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Next, Some("Q1 2027"), true)), false).as_deref(), Some("released"));
        assert_eq!(says(Some(&next), None, true).as_deref(), Some("no longer planned"));
        assert_eq!(says(Some(&next), None, false).as_deref(), Some("put off"));
        assert_eq!(says(None, None, true), None);
    }
}
