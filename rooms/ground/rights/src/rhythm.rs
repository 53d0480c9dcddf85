//! The rhythm of those who decide together: the weekday of their ten minutes, and the day on which the agreement is looked
//! at again.

use crate::events::RHYTHM_SET;
use kernel::{AnyDay, Area, Command, Decided, Event, Look, Moment, Noun, Reading, Result, Scope, command, noun, words};
use web::when;

words! {
    /// The weekday on which somebody is reminded.
    pub enum Weekday {
        Never = "never" says "on no day", Monday = "monday" says "on Mondays", Tuesday = "tuesday" says "on Tuesdays",
        Wednesday = "wednesday" says "on Wednesdays", Thursday = "thursday" says "on Thursdays", Friday = "friday" says "on Fridays",
    }
}

impl Weekday {
    /// Whether a day is one of these.
    pub fn falls_on(self, day: &str) -> bool {
        self != Weekday::Never && when::weekday(day) == Some(self as i8)
    }
}

noun! {
    /// When the two meet, and when the agreement comes back.
    pub struct Rhythm in "rhythm" {
        weekday: Option<Weekday>,
        /// As 2026-11-23.
        agreement_on: Option<String>,
    } label(_r) "this week".to_owned();
    about { many: "rhythms", read: Reading::Sees(Area::Agreement), place: "week",
      called: &[("weekday", "ten minutes"), ("agreement_on", "agreement looked at again on")] }
}

/// The rhythm of the product at hand, once one was set.
pub fn rhythm(look: &mut Look) -> Result<Option<Rhythm>> {
    Ok(Rhythm::all(look, "order by created_at, id limit 1", &[])?.pop())
}

/// Whether the day has come on which the agreement is looked at again.
pub(crate) fn is_due(scope: &Scope, rhythm: Option<&Rhythm>) -> bool {
    let day = rhythm.and_then(|rhythm| rhythm.agreement_on.as_ref());
    day.is_some_and(|day| *day <= when::day_in(scope.now, &scope.who.zone))
}

command! {
    /// Sets the weekday of the two's ten minutes, and the day on which the agreement is looked at again. What is left out
    /// stays as it is.
    pub struct SetRhythm in "rhythm.set" at Put "/products/{product}/rhythm" [Agreement] {
        pub weekday: Option<Weekday>,
        /// As 2026-11-23; empty for none.
        pub agreement_on: Option<AnyDay>,
    }
}

impl Command for SetRhythm {
    type Before = Option<Rhythm>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rhythm(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Set when the agreement is looked at again".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut after = match &before {
            Some(rhythm) => rhythm.clone(),
            None => Rhythm { meta: moment.fresh(Some(scope.product_id()?)), weekday: None, agreement_on: None },
        };
        if self.weekday.is_some() {
            after.weekday = self.weekday;
        }
        if let Some(day) = self.agreement_on.map(AnyDay::day) {
            if day != after.agreement_on {
                when::to_come("agreement_on", day.as_ref(), scope, moment.now)?;
            }
            after.agreement_on = day;
        }
        Ok(match before {
            Some(before) => Event::changed(&RHYTHM_SET, &before, &after).into(),
            None => Event::created(&RHYTHM_SET, &after).into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Weekday;

    #[test]
    fn a_weekday_falls_on_its_days() {
        assert!(Weekday::Monday.falls_on("2026-11-23") && Weekday::Friday.falls_on("2026-11-27"));
        assert!(!Weekday::Monday.falls_on("2026-11-24") && !Weekday::Never.falls_on("2026-11-29"));
    }
}
