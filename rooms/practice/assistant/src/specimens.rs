//! Answers that their writers give, and the levels that others give them, so that a model can be held against people.

use crate::{events::*, model::*, rows};
use club::{Attempt, Stage};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit, value::Packed};
use std::collections::BTreeMap;

command! {
    /// Gives an answer that was handed in, so that others mark it and models are held against their marks. It names nobody there.
    pub struct GiveAnswer in "specimen.give" at Post "/account/attempts/{attempt}/giving" [] {
        pub attempt: Id<Attempt>,
    }
}

impl Command for GiveAnswer {
    type Before = (Attempt, bool, club::Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let attempt = Attempt::get(look, self.attempt)?;
        let given = rows::given_of(look, attempt.id())?.is_some();
        let challenge = club::task_of(look, &attempt)?;
        Ok((attempt, given, challenge))
    }
    fn title(&self, (attempt, ..): &Self::Before) -> String {
        format!("Give “{}” for comparison", attempt.title)
    }
    fn decide(self, (attempt, given, challenge): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let refused = |says: &str| Err(Refusal::invalid("attempt", says));
        if given {
            return refused("You have given this one already.");
        }
        if attempt.stage != Stage::Marked || challenge.written().is_none_or(|challenge| challenge.rubric.is_empty()) {
            return refused("Only an answer that was handed in, to a challenge with a rubric, can be marked by others.");
        }
        let specimen = Specimen {
            meta: moment.fresh(None),
            member: Id::new(scope.who.signed_in()?),
            challenge: attempt.challenge.clone(),
            title: attempt.title.clone(),
            discipline: attempt.discipline,
            answer: attempt.answer.clone(),
            attempt: attempt.id(),
            edition: attempt.edition,
        };
        Ok(Event::created(&GIVEN, &specimen).into())
    }
}

command! {
    /// Takes an answer back that one gave for comparison.
    pub struct WithdrawAnswer in "specimen.withdraw" at Delete "/assistant/specimens/{specimen}" [] {
        pub specimen: Id<Specimen>,
    }
}

impl Command for WithdrawAnswer {
    type Before = Specimen;
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Specimen> {
        let me = look.scope.oneself()?;
        rows::specimen(look.reader, self.specimen)?.filter(|specimen| specimen.member.0 == me).ok_or(Refusal::NotFound)
    }
    fn title(&self, before: &Specimen) -> String {
        format!("Take “{}” back", before.title)
    }
    fn decide(self, before: Specimen, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&WITHDRAWN, &before, moment.now).into())
    }
}

command! {
    /// Marks an answer that somebody else gave, each row from 1 to 5.
    pub struct MarkAnswer in "specimen.mark" at Put "/assistant/specimens/{specimen}/marks" [] {
        pub specimen: Id<Specimen>,
        /// By the row of the rubric, such as `diagnosis`.
        pub levels: BTreeMap<String, i64>,
    }
}

impl Command for MarkAnswer {
    type Before = (Specimen, Option<SpecimenMark>, Option<club::Task>);
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let me = look.scope.oneself()?;
        let specimen = rows::specimen(look.reader, self.specimen)?.ok_or(Refusal::NotFound)?;
        if !rows::may_mark(look, &specimen)? {
            return Err(Refusal::invalid("specimen", "Hand in an answer of your own to this challenge first; then you may mark others."));
        }
        let own = rows::mark_by(look.reader, specimen.id(), me)?;
        let challenge = rows::task(look, &specimen)?;
        Ok((specimen, own, challenge))
    }
    fn title(&self, (specimen, ..): &Self::Before) -> String {
        format!("Mark an answer to “{}”", specimen.title)
    }
    fn decide(self, (specimen, own, challenge): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let me = scope.who.signed_in()?;
        if specimen.member.0 == me {
            return Err(Refusal::invalid("specimen", "This answer is your own; others mark it."));
        }
        let rubric = challenge.as_ref().and_then(club::Task::written).map_or(&[][..], |challenge| &challenge.rubric);
        for row in rubric {
            match self.levels.get(&row.id) {
                Some(1..=5) => {}
                Some(_) => return Err(Refusal::invalid(&format!("levels.{}", row.id), "Levels go from 1 to 5.")),
                None => return Err(Refusal::invalid(&format!("levels.{}", row.id), "Give this row a level, too.")),
            }
        }
        if let Some(odd) = self.levels.keys().find(|id| !rubric.iter().any(|row| row.id == **id)) {
            return Err(Refusal::invalid("levels", format!("The rubric has no row “{odd}”.")));
        }
        let levels = Packed(self.levels);
        let event = match own {
            Some(before) => edit(&MARKED, &before, |after| {
                after.levels = levels;
                Ok(())
            })?,
            None => {
                let mark = SpecimenMark { meta: moment.fresh(None), specimen: specimen.id(), member: Some(Id::new(me)), comparison: None, levels };
                Event::created(&MARKED, &mark)
            }
        };
        Ok(event.into())
    }
}
