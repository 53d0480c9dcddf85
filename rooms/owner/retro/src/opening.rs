//! Opening a retrospective, with its sprint or by hand, and arranging it. The next one goes on as the last was arranged.

use crate::{RETRO_ARRANGED, RETRO_BEGUN, RETRO_ENDED, meeting, model::*, rows};
use kernel::{
    Authority, Command, Decided, Event, Follow, Id, Json, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command,
    counted::{self, Answered},
    event::edit,
    json, sealed,
    value::{Column, Packed},
};
use sprint::{SPRINT_STARTED, Sprint};

pub(crate) const OPENS: Follow = Follow { after: &SPRINT_STARTED, command: "retro.begin_with_sprint", with: whose };

fn whose(event: &Event, _: &[Event]) -> Option<Json> {
    Some(json!({ "sprint": event.id }))
}

/// Dots that everybody has where nobody says otherwise, and at most.
const DOTS: i64 = 5;
const MOST_DOTS: i64 = 20;

/// Columns of one's own, and what can be rated.
const MOST_COLUMNS: usize = 6;
const MOST_STATEMENTS: usize = 12;

/// A new one, arranged as the last.
fn begun(last: Option<&Retro>, sprint: Option<Id<Sprint>>, moment: &Moment, scope: &Scope) -> Result<Event> {
    let style = last.map_or(Style::StartStopContinue, |last| last.style);
    let usual = || style.columns().iter().map(|(name, _)| (*name).to_owned()).collect();
    let retro = Retro {
        meta: moment.fresh(Some(scope.product_id()?)),
        number: last.map_or(0, |last| last.number) + 1,
        sprint,
        style,
        columns: Packed(last.map_or_else(usual, |last| last.columns.0.clone())),
        anonymous: last.is_some_and(|last| last.anonymous),
        dots: last.map_or(DOTS, |last| last.dots),
        statements: Packed(last.map_or_else(|| STATEMENTS.map(str::to_owned).to_vec(), |last| last.statements.0.clone())),
        ballot: moment.id::<()>().to_string(),
        revealed_at: None,
        voting_at: None,
        voted_at: None,
        ended_at: None,
        people: 0,
        sums: Packed(vec![]),
    };
    Ok(Event::created(&RETRO_BEGUN, &retro))
}

/// Puts away what was never used before the last one, which may still be held after its sprint, and begins another.
fn next(last: Option<&Retro>, idle: &[Retro], sprint: Option<Id<Sprint>>, moment: &Moment, scope: &Scope) -> Result<Decided> {
    let mut events = vec![];
    for old in idle.iter().filter(|old| last.is_none_or(|last| last.meta.id != old.meta.id)) {
        events.push(edit(&RETRO_ENDED, old, |retro| {
            retro.ended_at = Some(moment.now);
            Ok(())
        })?);
    }
    events.push(begun(last, sprint, moment, scope)?);
    Ok(events.into())
}

command! {
    /// Opens a retrospective. Sprints do this by themselves.
    pub struct BeginRetro in "retro.begin" at Post "/products/{product}/retros" [] {}
}

impl Command for BeginRetro {
    /// The last one, older ones that nobody has written anything for, and the sprint that is running.
    type Before = (Option<Retro>, Vec<Retro>, Option<Sprint>);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::last(look)?, rows::idle(look)?, sprint::active(look)?))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        must_be_there(scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Open a retrospective".into()
    }
    fn decide(self, (last, idle, sprint): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        next(last.as_ref(), &idle, sprint.map(|sprint| sprint.id()), moment, scope)
    }
}

/// A retrospective is for people.
pub(crate) fn must_be_there(scope: &Scope) -> Result<()> {
    match is_there(scope) {
        true => Ok(()),
        false => Err(Refusal::denied("A retrospective is for the people of the team; assistants take no part in it.")),
    }
}

command! {
    /// Opens a retrospective as its sprint begins.
    pub struct BeginWithSprint in "retro.begin_with_sprint" inside {
        pub sprint: Uuid,
    }
}

impl Command for BeginWithSprint {
    /// The last one, and older ones that nobody has written anything for.
    type Before = (Option<Retro>, Vec<Retro>);
    const UNDOABLE: bool = false;
    // It follows from a sprint, and was decided by whoever began that.
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::last(look)?, rows::idle(look)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Open the retrospective of the sprint".into()
    }
    fn decide(self, (last, idle): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        next(last.as_ref(), &idle, Some(Id::new(self.sprint)), moment, scope)
    }
}

command! {
    /// Arranges a retrospective before its notes are revealed: what they are sorted by, whether they carry names, how many dots everybody has, and what is rated. What is left out stays.
    pub struct ArrangeRetro in "retro.arrange" at Patch "/products/{product}/retros/{retro}" [] {
        pub retro: Id<Retro>,
        pub style: Option<Style>,
        /// Columns of one's own, two to six, one on each line; for no other form.
        #[serde(default)]
        pub columns: Text<600>,
        /// Notes carry no names, once they are revealed.
        pub anonymous: Option<bool>,
        /// 1 to 20.
        pub dots: Option<i64>,
        /// What is rated from 1 to 5, one statement on each line, at most 12.
        pub statements: Option<Text<3_000>>,
    }
}

/// What stands in the way of arranging it otherwise.
pub struct Arranged {
    retro: Retro,
    written: bool,
    rated: bool,
}

/// Different lines that are not empty.
fn lines(field: &str, text: &str, longest: usize) -> Result<Vec<String>> {
    let mut lines: Vec<String> = vec![];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.iter().any(|known| known == line) {
            lines.push(kernel::trimmed(field, line, longest)?);
        }
    }
    Ok(lines)
}

impl ArrangeRetro {
    /// The columns that it asks for, where it asks for any.
    fn columns(&self, before: &Retro) -> Result<Option<(Style, Vec<String>)>> {
        let style = self.style.unwrap_or(before.style);
        let own = lines("columns", &self.columns, 60)?;
        match (style, own.is_empty()) {
            (Style::Own, true) if before.style == Style::Own => Ok(None),
            (Style::Own, _) if !(2..=MOST_COLUMNS).contains(&own.len()) => {
                Err(Refusal::invalid("columns", format!("Name two to {MOST_COLUMNS} different columns, one on each line.")))
            }
            (Style::Own, _) => Ok(Some((style, own))),
            // Columns are filled in where another form was chosen for them: they stand in the form all the same.
            _ => Ok(Some((style, style.columns().iter().map(|(name, _)| (*name).to_owned()).collect()))),
        }
    }
}

impl Command for ArrangeRetro {
    type Before = Arranged;
    const AUTHORITY: Authority = Authority::Seen(THERE);
    /// Notes may have been sealed on what it said.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Arranged> {
        let retro = Retro::get(look, self.retro)?;
        let rated: Option<Answered> = counted::answered(look, "$1", &[retro.meta.id.value()])?.remove(&retro.meta.id);
        let written = !sealed::who(look, [retro.meta.id])?.is_empty();
        Ok(Arranged { written, rated: rated.is_some_and(|rated| rated.people > 0), retro })
    }
    fn may(&self, before: &Arranged, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(&before.retro, &[Phase::Writing])
    }
    fn title(&self, before: &Arranged) -> String {
        format!("Arrange {}", before.retro.label())
    }
    fn decide(self, Arranged { retro, written, rated }: Arranged, _: &Moment, _: &Scope) -> Result<Decided> {
        let columns = self.columns(&retro)?;
        let statements = self.statements.as_ref().map(|text| lines("statements", text, 200)).transpose()?;
        let event = edit(&RETRO_ARRANGED, &retro, |retro| {
            if let Some((style, columns)) = columns.filter(|(style, columns)| (*style, columns) != (retro.style, &retro.columns.0)) {
                if written {
                    return Err(Refusal::invalid("style", "Notes are written already, each into its column. Take another form for the next one."));
                }
                (retro.style, retro.columns) = (style, Packed(columns));
            }
            if let Some(anonymous) = self.anonymous.filter(|anonymous| *anonymous != retro.anonymous) {
                if written && !anonymous {
                    return Err(Refusal::invalid("anonymous", "Notes are written already by people who rely on it that they carry no names."));
                }
                retro.anonymous = anonymous;
            }
            if let Some(dots) = self.dots {
                if !(1..=MOST_DOTS).contains(&dots) {
                    return Err(Refusal::invalid("dots", format!("Give everybody 1 to {MOST_DOTS} dots.")));
                }
                retro.dots = dots;
            }
            if let Some(statements) = statements.filter(|statements| *statements != retro.statements.0) {
                if rated {
                    return Err(Refusal::invalid("statements", "Somebody has rated them already. They can be changed for the next one."));
                }
                if statements.len() > MOST_STATEMENTS {
                    return Err(Refusal::invalid("statements", format!("{MOST_STATEMENTS} statements are enough to rate.")));
                }
                retro.statements = Packed(statements);
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}
