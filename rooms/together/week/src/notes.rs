//! What the two note of their ten minutes, a note for each week.

use crate::NOTE_KEPT;
use kernel::{
    Area, Authority, Command, Day, Decided, Event, Heard, Look, Moment, Noun, Reading, Refusal, Result, Scope, Standing, Text, Uuid, Value, command,
    event::edit, noun,
};
use web::when;

noun! {
    /// What was said in the ten minutes of a week.
    pub struct WeekNote in "week_note" {
        /// The first day of the week, as 2026-11-23.
        monday: String,
        /// In Markdown.
        body: String,
        /// Who wrote it last.
        member: Uuid,
    } label(n) format!("the week of {}", when::short_day(&n.monday, "-"));
    about { many: "week-notes", one: "note of a week", read: Reading::Sees(Area::Agreement), place: "week?note={id}", hushed: &["member", "monday"],
      long: &["body"], heard: Heard { texts: &["body"], ..Heard::NOTHING }, points_at: &[("member", "member")] }
}

command! {
    /// Keeps what was said in the ten minutes of a week.
    pub struct KeepNote in "week_note.keep" at Put "/products/{product}/week-notes/{monday}" [] {
        /// A day of the week.
        pub monday: Day,
        /// In Markdown.
        pub body: Text<20_000>,
    }
}

/// Whoever decides on the agreement keeps notes.
pub(crate) fn keeps(scope: &Scope) -> bool {
    scope.standing(Area::Agreement).1 >= Standing::Signs && scope.who.assistant.is_none()
}

/// The note of a week, by its first day.
pub(crate) fn of(look: &mut Look, monday: &str) -> Result<Option<WeekNote>> {
    Ok(WeekNote::all(look, "and monday = $2", &[Value::Text(monday.to_owned())])?.pop())
}

impl Command for KeepNote {
    type Before = Option<WeekNote>;
    const AUTHORITY: Authority = Authority::Seen(Area::Agreement);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        of(look, &when::monday_of(&self.monday))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        match keeps(scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever decides on the agreement keeps the notes of a week.")),
        }
    }
    fn title(&self, _: &Self::Before) -> String {
        "Keep what was said".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let member = scope.who.signed_in()?;
        if let Some(before) = before {
            let event = edit(&NOTE_KEPT, &before, |note| {
                note.body = self.body.into();
                note.member = member;
                Ok(())
            })?;
            return Ok(event.into());
        }
        let note = WeekNote { meta: moment.fresh(Some(scope.product_id()?)), monday: when::monday_of(&self.monday), body: self.body.into(), member };
        Ok(Event::created(&NOTE_KEPT, &note).into())
    }
}
