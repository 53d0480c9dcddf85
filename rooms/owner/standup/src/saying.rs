//! What one says at the stand-up of today.

use crate::{events::*, model::*, rows};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Refusal, Result, Scope, Text, command, event::edit};

command! {
    /// Says what one did, does and is blocked by, at the stand-up of today; said again, it takes the place of before.
    pub struct GiveStandup in "standup.give" at Put "/products/{product}/standup/own" [] {
        /// What was done since the last one.
        #[serde(default)]
        pub yesterday: Text<2_000>,
        #[serde(default)]
        pub today: Text<2_000>,
        #[serde(default)]
        pub blocked: Text<2_000>,
    }
}

impl Command for GiveStandup {
    /// The day where the product is at home, and what was said before.
    type Before = (String, Option<StandupEntry>);
    const AUTHORITY: Authority = Authority::Seen(AREA);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let day = rows::today(look)?;
        let before = rows::own(look, &day)?;
        Ok((day, before))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        scope.by_people("A stand-up is of people. An assistant has nothing to say there.")
    }
    fn title(&self, _: &Self::Before) -> String {
        "Say something at the stand-up".into()
    }
    fn decide(self, (on_day, before): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if self.yesterday.is_empty() && self.today.is_empty() && self.blocked.is_empty() {
            return Err(Refusal::invalid("today", "Say at least what you do today."));
        }
        let (yesterday, today, blocked) = (self.yesterday.into(), self.today.into(), self.blocked.into());
        Ok(match before {
            Some(before) => edit(&STANDUP_GIVEN, &before, |e| {
                (e.yesterday, e.today, e.blocked) = (yesterday, today, blocked);
                Ok(())
            })?,
            None => {
                let (meta, member) = (moment.fresh(Some(scope.product_id()?)), Id::new(scope.who.signed_in()?));
                Event::created(&STANDUP_GIVEN, &StandupEntry { meta, member, on_day, yesterday, today, blocked })
            }
        }
        .into())
    }
}
