//! Standing together: when it began, when it ended and what was noted; and when the team is reminded.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit};

command! {
    /// Begins the stand-up of today: its clock runs.
    pub struct BeginStandup in "standup.begin" at Post "/products/{product}/standup/meeting" [Work] {}
}

impl Command for BeginStandup {
    type Before = (String, Option<Standup>, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let day = rows::today(look)?;
        let before = rows::meeting(look, &day)?;
        let minutes = rows::rule(look)?.map_or(MINUTES, |rule| rule.minutes);
        Ok((day, before, minutes))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Begin the stand-up".into()
    }
    fn decide(self, (on_day, before, minutes): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(match before {
            // Two who begin it at once begin one.
            Some(before) if before.ended_at.is_none() => return Ok(vec![].into()),
            // Once more on the same day: the clock runs anew, and what was noted stays.
            Some(before) => edit(&STANDUP_BEGUN, &before, |s| {
                (s.began_at, s.minutes, s.ended_at) = (moment.now, minutes, None);
                Ok(())
            })?,
            None => {
                let meta = moment.fresh(Some(scope.product_id()?));
                Event::created(&STANDUP_BEGUN, &Standup { meta, on_day, began_at: moment.now, minutes, ended_at: None, note: String::new() })
            }
        }
        .into())
    }
}

command! {
    /// Ends the stand-up that goes on, with what is to be remembered of it.
    pub struct EndStandup in "standup.end" at Put "/products/{product}/standup/meeting" [Work] {
        /// What was agreed on.
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for EndStandup {
    type Before = Option<Standup>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let day = rows::today(look)?;
        let goes_on = rows::meeting(look, &day)?.filter(|today| today.ended_at.is_none());
        if goes_on.is_some() {
            return Ok(goes_on);
        }
        // One that went on past midnight.
        Ok(Standup::all(look, "and ended_at is null order by began_at desc, id desc limit 1", &[])?.pop())
    }
    fn title(&self, _: &Self::Before) -> String {
        "End the stand-up".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Some(before) = before else {
            return Err(Refusal::invalid("", "No stand-up has begun that goes on."));
        };
        let event = edit(&STANDUP_ENDED, &before, |s| {
            s.ended_at = Some(moment.now);
            if !self.note.is_empty() {
                s.note = self.note.into();
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Sets when the team is reminded of its stand-up, and how long one takes.
    pub struct SetStandupRule in "standup.set_rule" at Put "/products/{product}/standup/rule" [Work] {
        /// A time of day on weekdays, as 09:15, where the product is at home; empty where nobody is reminded.
        #[serde(default)]
        pub remind_at: String,
        /// Minutes, 1 to 60.
        pub minutes: Option<i64>,
    }
}

/// A time of day as it is kept: 09:05.
fn time_of_day(text: &str) -> Result<String> {
    let wrong = || Refusal::invalid("remind_at", "Write the time as 09:15, or leave it empty.");
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let mut parts = text.split(':');
    let mut part = |most: u8| parts.next().and_then(|part| part.parse::<u8>().ok()).filter(|n| *n <= most).ok_or_else(wrong);
    let (hour, minute) = (part(23)?, part(59)?);
    Ok(format!("{hour:02}:{minute:02}"))
}

impl Command for SetStandupRule {
    type Before = Option<StandupRule>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::rule(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Set when the team has its stand-up".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let minutes = self.minutes.or(before.as_ref().map(|rule| rule.minutes)).unwrap_or(MINUTES);
        if !(1..=60).contains(&minutes) {
            return Err(Refusal::invalid("minutes", "A stand-up takes from 1 to 60 minutes."));
        }
        let remind_at = time_of_day(&self.remind_at)?;
        Ok(match before {
            Some(before) => Event::changed(&STANDUP_RULE_SET, &before, &StandupRule { remind_at, minutes, ..before.clone() }),
            None => Event::created(&STANDUP_RULE_SET, &StandupRule { meta: moment.fresh(Some(scope.product_id()?)), remind_at, minutes }),
        }
        .into())
    }
}

#[cfg(test)]
mod tests {
    use super::time_of_day;

    #[test]
    fn a_time_of_day_is_read() {
        assert_eq!(time_of_day(" 9:5 "), Ok("09:05".to_owned()));
        assert_eq!(time_of_day(""), Ok(String::new()));
        assert_eq!(time_of_day("09:15:00"), Ok("09:15".to_owned()), "as some browsers send it");
        for wrong in ["24:00", "9", "9:60", "nine", "-1:00", "9:-5"] {
            assert!(time_of_day(wrong).is_err(), "{wrong}");
        }
    }
}
