//! The vote: everybody has so many dots, gives them sealed, and all are opened together.

use crate::{DOTS_COUNTED, DOTS_SEALED, VOTES_OPENED, VOTING_BEGUN, meeting, model::*, opening::must_be_there};
use kernel::{
    Authority, Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, command,
    event::edit,
    sealed::{self, Seal},
    serde_json,
    value::Column,
};
use std::collections::BTreeMap;

/// What somebody gave, by note or group.
pub(crate) type Dots = BTreeMap<Uuid, i64>;

pub(crate) fn read(body: &str) -> Result<Dots> {
    serde_json::from_str(body).map_err(|error| Refusal::broken(error.to_string()))
}

command! {
    /// Begins the vote: what is put together stays so, and everybody gives their dots.
    pub struct BeginVote in "retro.vote_begin" at Post "/products/{product}/retros/{retro}/vote" [] {
        pub retro: Id<Retro>,
    }
}

impl Command for BeginVote {
    /// With how many notes lie open.
    type Before = (Retro, usize);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let retro = Retro::get(look, self.retro)?;
        let notes = RetroNote::all(look, "and retro = $2", &[retro.id().value()])?.len();
        Ok((retro, notes))
    }
    fn may(&self, (retro, notes): &Self::Before, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(retro, &[Phase::Grouping])?;
        match notes {
            0 => Err(Refusal::invalid("retro", "There is nothing to vote on yet: nobody has written a note.")),
            _ => Ok(()),
        }
    }
    fn title(&self, (retro, _): &Self::Before) -> String {
        format!("Begin the vote of {}", retro.label())
    }
    fn decide(self, (retro, _): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&VOTING_BEGUN, &retro, |retro| {
            retro.voting_at = Some(moment.now);
            Ok(())
        })?
        .into())
    }
}

/// What can be voted on: groups, and notes that stand on their own.
pub struct Ballot {
    retro: Retro,
    themes: Vec<RetroTheme>,
    notes: Vec<RetroNote>,
}

fn ballot(look: &mut Look, retro: Id<Retro>) -> Result<Ballot> {
    let retro = Retro::get(look, retro)?;
    let of = [retro.id().value()];
    Ok(Ballot { themes: RetroTheme::all(look, "and retro = $2", &of)?, notes: RetroNote::all(look, "and retro = $2 and theme is null", &of)?, retro })
}

command! {
    /// Gives one's dots, sealed until all are opened together; until then they can be given otherwise.
    pub struct GiveDots in "retro.vote" at Put "/products/{product}/retros/{retro}/votes" [] {
        pub retro: Id<Retro>,
        /// By the id of a group, or of a note that stands on its own: how many dots it gets.
        pub dots: BTreeMap<String, i64>,
    }
}

impl Command for GiveDots {
    type Before = Ballot;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Ballot> {
        ballot(look, self.retro)
    }
    fn may(&self, before: &Ballot, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(&before.retro, &[Phase::Voting])
    }
    fn title(&self, before: &Ballot) -> String {
        format!("Give dots at {}", before.retro.label())
    }
    fn decide(self, before: Ballot, _: &Moment, _: &Scope) -> Result<Decided> {
        let mut dots = Dots::new();
        for (of, given) in self.dots.into_iter().filter(|(_, given)| *given != 0) {
            let id = Uuid::parse_str(&of).map_err(|_| Refusal::NotFound)?;
            if !before.themes.iter().any(|theme| theme.meta.id == id) && !before.notes.iter().any(|note| note.meta.id == id) {
                return Err(Refusal::NotFound);
            }
            if given < 0 || given > before.retro.dots {
                return Err(Refusal::invalid(&format!("dots.{of}"), format!("Give it 0 to {} dots.", before.retro.dots)));
            }
            dots.insert(id, given);
        }
        let given: i64 = dots.values().sum();
        if given > before.retro.dots {
            return Err(Refusal::invalid("", format!("You have {}, and gave {given}.", web::several(before.retro.dots, "dot"))));
        }
        let round = before.retro.ballot().ok_or_else(|| Refusal::broken("a retrospective without a ballot"))?;
        let body = serde_json::to_string(&dots).map_err(|error| Refusal::broken(error.to_string()))?;
        let seal = Seal { round, noun: Retro::TABLE, body, kind: &DOTS_SEALED, label: before.retro.label() };
        Ok(Decided { seals: vec![seal], ..Decided::default() })
    }
}

command! {
    /// Opens all votes together: what got how many dots, and not from whom.
    pub struct OpenVotes in "retro.count" at Post "/products/{product}/retros/{retro}/result" [] {
        pub retro: Id<Retro>,
    }
}

impl Command for OpenVotes {
    type Before = (Ballot, Vec<Dots>);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let before = ballot(look, self.retro)?;
        let given = match before.retro.ballot() {
            Some(round) => sealed::all(look, round)?.into_iter().map(|(_, body)| read(&body)).collect::<Result<_>>()?,
            None => vec![],
        };
        Ok((before, given))
    }
    fn may(&self, (before, given): &Self::Before, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(&before.retro, &[Phase::Voting])?;
        match given.is_empty() {
            false => Ok(()),
            true => Err(Refusal::invalid("retro", "Nobody has given any dots yet.")),
        }
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Open the vote of {}", before.retro.label())
    }
    fn decide(self, (before, given): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let sum = |id: Uuid| given.iter().filter_map(|dots| dots.get(&id)).sum::<i64>();
        let mut events = vec![edit(&VOTES_OPENED, &before.retro, |retro| {
            retro.voted_at = Some(moment.now);
            Ok(())
        })?];
        for theme in &before.themes {
            events.push(edit(&DOTS_COUNTED, theme, |theme| {
                theme.dots = sum(theme.meta.id);
                Ok(())
            })?);
        }
        for note in &before.notes {
            events.push(edit(&DOTS_COUNTED, note, |note| {
                note.dots = sum(note.meta.id);
                Ok(())
            })?);
        }
        Ok(Decided { unseals: before.retro.ballot().into_iter().collect(), untold: true, ..events.into() })
    }
}
