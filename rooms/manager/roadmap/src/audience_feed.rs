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
use std::collections::HashMap;
use web::{capital, html, when};

/// So many days back a feed tells.
const BACK: i64 = 180;
/// So many entries stand in it.
const MOST: usize = 50;

/// What an audience was shown of a bet or a part at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    /// What it was called then.
    title: String,
    horizon: Horizon,
    when: Option<String>,
    released: bool,
}

/// Why an audience sees something no more.
#[derive(Clone, Copy, Debug)]
enum Left {
    TakenOff,
    PutOff,
    /// It stands where this audience does not look: under another theme, or below a bet that they are not shown.
    Elsewhere,
}

/// The newest first.
pub(crate) fn entries(look: &mut Look, audience: &Audience) -> Result<Vec<Entry>> {
    let since = when::days_after(&when::day(look.now()), -BACK);
    let between = Between::of(look, Some(since), None)?;
    let all = courses(look, &between)?;
    let view = View { scope: look.scope, audience, bets: all.iter().filter(|course| is_bet(course)).map(|course| (course.id, course)).collect() };
    let shown = all.iter().filter(|course| is_bet(course) || audience.grain == Grain::Parts);
    let mut entries: Vec<Entry> = shown.flat_map(|course| view.told(course, &between)).collect();
    entries.sort_by(|a, b| b.at.cmp(&a.at).then(b.id.cmp(&a.id)));
    entries.truncate(MOST);
    Ok(entries)
}

fn is_bet(course: &Course) -> bool {
    course.noun == "initiative"
}

/// An audience, with every bet that they may have been shown.
struct View<'a> {
    scope: &'a Scope,
    audience: &'a Audience,
    bets: HashMap<Uuid, &'a Course>,
}

impl View<'_> {
    /// The horizon in which an audience saw something at a moment: a bet of their theme, a part only below a bet that they saw.
    fn horizon(&self, course: &Course, moment: i64) -> Option<Horizon> {
        if !course.stood(moment) {
            return None;
        }
        let theirs = if is_bet(course) { self.is_of_theme(course, moment) } else { self.bet(course, moment).is_some() };
        let horizon = Horizon::parse(&course.held("horizon", &course.horizon, moment).words())?;
        (theirs && horizon <= self.audience.horizon).then_some(horizon)
    }

    fn is_of_theme(&self, bet: &Course, moment: i64) -> bool {
        let theme = bet.held("theme", &bet.theme.value(), moment).words();
        self.audience.theme.is_empty() || theme.to_lowercase() == self.audience.theme.to_lowercase()
    }

    /// The bet that a part was part of at a moment, if they saw that.
    fn bet(&self, part: &Course, moment: i64) -> Option<&Course> {
        let bet = Uuid::parse_str(&part.held("initiative", &part.initiative, moment).words()).ok()?;
        self.bets.get(&bet).copied().filter(|bet| self.horizon(bet, moment).is_some())
    }

    /// What they would have been shown of it at a moment.
    fn seen(&self, course: &Course, moment: i64) -> Option<Seen> {
        let horizon = self.horizon(course, moment)?;
        let held = |field: &str, now: &Option<String>| day(course.held(field, &now.value(), moment));
        let (from, until) = (held("starts_on", &course.starts_on), held("ends_on", &course.ends_on));
        let title = course.held("title", &course.title.value(), moment).words();
        let released = course.held("state", &course.state, moment).words() == BetState::Released.word();
        Some(Seen { title, horizon, when: self.audience.when(self.scope, from.as_ref(), until.as_ref()), released })
    }

    /// Why it is not seen at a moment.
    fn left(&self, course: &Course, moment: i64) -> Left {
        let horizon = Horizon::parse(&course.held("horizon", &course.horizon, moment).words());
        match course.stood(moment) {
            false => Left::TakenOff,
            true if horizon.is_some_and(|horizon| horizon > self.audience.horizon) => Left::PutOff,
            true => Left::Elsewhere,
        }
    }

    /// What of its steps they are told.
    fn told(&self, course: &Course, between: &Between) -> Vec<Entry> {
        let mut moments: Vec<i64> = course.steps.iter().map(|step| step.at).filter(|at| between.has(*at)).collect();
        moments.dedup();
        moments
            .into_iter()
            .filter_map(|at| {
                let (before, after) = (self.seen(course, at - 1), self.seen(course, at));
                let says = says(before.as_ref(), after.as_ref(), self.left(course, at))?;
                // What it was called when they saw it last, whatever it is called by now.
                let title = after.or(before)?.title;
                // The same at every reading, and another one for each step.
                let id = Uuid::from_u128(course.id.as_u128() ^ u128::from(at.unsigned_abs()));
                Some(Entry { id, title: format!("{title}: {}", says.0), html: html! { p { (says.1) } }.into_string(), at })
            })
            .collect()
    }
}

/// In a few words, and in a sentence; nothing where they see no difference.
fn says(before: Option<&Seen>, after: Option<&Seen>, left: Left) -> Option<(String, String)> {
    let name = |horizon: Horizon| capital(horizon.word());
    let meant = |seen: &Seen| seen.when.as_ref().map_or_else(String::new, |when| format!(" It is meant for {when}."));
    match (before, after) {
        (None, None) => None,
        (None, Some(now)) => {
            Some((format!("new in {}", name(now.horizon)), format!("It came onto the roadmap, in {}.{}", name(now.horizon), meant(now))))
        }
        (Some(_), None) => Some(match left {
            Left::TakenOff => ("no longer planned".into(), "It was taken off the roadmap.".into()),
            Left::PutOff => ("put off".into(), "It is further off than this roadmap tells.".into()),
            Left::Elsewhere => ("no longer here".into(), "It is no longer part of what this roadmap tells.".into()),
        }),
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
        Seen { title: "Locks".into(), horizon, when: when.map(str::to_owned), released }
    }

    #[test]
    fn only_what_an_audience_sees_is_told() {
        let next = seen(Horizon::Next, Some("Q1 2027"), false);
        let says = |before: Option<&Seen>, after: Option<&Seen>, left| says(before, after, left).map(|(few, _)| few);
        assert_eq!(says(None, Some(&next), Left::Elsewhere).as_deref(), Some("new in Next"));
        assert_eq!(says(Some(&next), Some(&next), Left::Elsewhere), None, "a day within its quarter is no news to whoever is told quarters");
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Now, Some("Q1 2027"), false)), Left::Elsewhere).as_deref(), Some("now in Now"));
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Next, Some("Q2 2027"), false)), Left::Elsewhere).as_deref(), Some("now Q2 2027"));
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Next, None, false)), Left::Elsewhere).as_deref(), Some("no date any more"));
        assert_eq!(says(Some(&next), Some(&seen(Horizon::Next, Some("Q1 2027"), true)), Left::Elsewhere).as_deref(), Some("released"));
        assert_eq!(says(Some(&next), None, Left::TakenOff).as_deref(), Some("no longer planned"));
        assert_eq!(says(Some(&next), None, Left::PutOff).as_deref(), Some("put off"));
        assert_eq!(says(Some(&next), None, Left::Elsewhere).as_deref(), Some("no longer here"));
        assert_eq!(says(None, None, Left::TakenOff), None);
    }
}
