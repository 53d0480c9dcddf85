//! The meeting: revealing what was written, and closing.

use crate::{NOTE_REVEALED, RETRO_ENDED, RETRO_REVEALED, health, model::*, notes, opening::must_be_there};
use kernel::{
    Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, command,
    counted::{self, Count},
    event::edit,
    sealed,
    value::Packed,
};

/// Refuses what does not fit where the retrospective stands.
pub(crate) fn is_in(retro: &Retro, phases: &[Phase]) -> Result<()> {
    let says = match retro.phase() {
        phase if phases.contains(&phase) => return Ok(()),
        Phase::Writing => "The notes are not revealed yet.",
        Phase::Grouping => "The notes lie open already.",
        Phase::Voting => "The vote has begun already.",
        Phase::Deciding => "The vote is over.",
        Phase::Over => "This retrospective is closed.",
    };
    Err(Refusal::invalid("retro", says))
}

command! {
    /// Reveals all notes to everybody who is there, and tells the sums of the health check, from three ratings on.
    pub struct Reveal in "retro.reveal" at Post "/products/{product}/retros/{retro}/opening" [] {
        pub retro: Id<Retro>,
    }
}

/// What is revealed.
pub struct Sealed {
    retro: Retro,
    notes: Vec<(Uuid, Vec<notes::Written>)>,
    sums: Vec<(i64, i64, i64)>,
}

impl Command for Reveal {
    type Before = Sealed;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Sealed> {
        let retro = Retro::get(look, self.retro)?;
        let notes = sealed::all(look, retro.meta.id)?.into_iter().map(|(member, body)| Ok((member, notes::read(&body)?))).collect::<Result<_>>()?;
        Ok(Sealed { notes, sums: counted::sums(look, retro.meta.id)?, retro })
    }
    fn may(&self, before: &Sealed, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        is_in(&before.retro, &[Phase::Writing])
    }
    fn title(&self, before: &Sealed) -> String {
        format!("Reveal the notes of {}", before.retro.label())
    }
    fn decide(self, before: Sealed, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (people, sums) = health::told(&before.retro, &before.sums);
        let mut events = vec![edit(&RETRO_REVEALED, &before.retro, |retro| {
            (retro.revealed_at, retro.people, retro.sums) = (Some(moment.now), people, Packed(sums));
            Ok(())
        })?];
        let retro = &before.retro;
        let named = |member: Uuid| (!retro.anonymous).then(|| Id::new(member));
        let mut all: Vec<(i64, String, Option<Id<people::Member>>)> = before
            .notes
            .into_iter()
            .flat_map(|(member, notes)| notes.into_iter().map(move |note| (note.pile, note.body, member)))
            .map(|(pile, body, member)| (pile, body, named(member)))
            .collect();
        // By what they say: in the order in which they were sealed one could see whose belong together.
        all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        for (pile, body, member) in all {
            let note = RetroNote { meta: moment.fresh(retro.meta.product), retro: retro.id(), pile, member, body, theme: None, dots: 0 };
            events.push(Event::created(&NOTE_REVEALED, &note));
        }
        // Nobody reads in a proposal what is sealed.
        Ok(Decided { unseals: vec![retro.meta.id], counts: vec![Count::End(retro.meta.id)], untold: true, ..events.into() })
    }
}

command! {
    /// Closes a retrospective. Its actions go on and come back at the next one; what was sealed and never revealed is nobody's to read.
    pub struct EndRetro in "retro.end" at Post "/products/{product}/retros/{retro}/end" [] {
        pub retro: Id<Retro>,
    }
}

impl Command for EndRetro {
    type Before = Retro;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Retro> {
        Retro::get(look, self.retro)
    }
    fn may(&self, before: &Retro, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        is_in(before, &[Phase::Writing, Phase::Grouping, Phase::Voting, Phase::Deciding])
    }
    fn title(&self, before: &Retro) -> String {
        format!("Close {}", before.label())
    }
    fn decide(self, before: Retro, moment: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&RETRO_ENDED, &before, |retro| {
            retro.ended_at = Some(moment.now);
            Ok(())
        })?;
        Ok(Decided { unseals: before.rounds(), counts: vec![Count::End(before.meta.id)], ..event.into() })
    }
}
