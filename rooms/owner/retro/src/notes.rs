//! Notes: sealed one by one while everyone writes alone, and added in the open at the meeting.

use crate::{NOTE_ADDED, NOTE_SEALED, meeting, model::*, opening::must_be_there};
use kernel::{
    Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, Words, command,
    sealed::{self, Seal, SealForm},
    serde_json,
};
use serde::{Deserialize, Serialize};

/// The form that seals notes. Dots are sealed too, but say nothing in words.
pub(crate) const NOTES: SealForm = SealForm { seals: "retro.note", opens: "retro.reveal", says: "body" };

/// Notes of one member; more would be a mistake.
const MOST: usize = 40;

/// A note as it is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Written {
    pub id: Uuid,
    pub pile: i64,
    pub body: String,
}

/// The notes of a member.
pub(crate) fn read(body: &str) -> Result<Vec<Written>> {
    serde_json::from_str(body).map_err(|error| Refusal::broken(error.to_string()))
}

/// A retrospective with the notes of whoever asks.
pub struct Own {
    retro: Retro,
    notes: Vec<Written>,
}

fn own(look: &mut Look, retro: Id<Retro>) -> Result<Own> {
    let retro = Retro::get(look, retro)?;
    let notes = sealed::own(look, [retro.meta.id])?.remove(&retro.meta.id);
    Ok(Own { notes: notes.map_or(Ok(vec![]), |body| read(&body))?, retro })
}

impl Own {
    fn sealed(self) -> Result<Decided> {
        let body = serde_json::to_string(&self.notes).map_err(|error| Refusal::broken(error.to_string()))?;
        let seal = Seal { round: self.retro.meta.id, noun: Retro::TABLE, body, kind: &NOTE_SEALED, label: self.retro.label() };
        Ok(Decided { seals: vec![seal], ..Decided::default() })
    }
}

/// A column that is there.
fn is_column(retro: &Retro, pile: i64) -> Result<()> {
    match usize::try_from(pile).is_ok_and(|pile| pile < retro.columns.len()) {
        true => Ok(()),
        false => Err(Refusal::invalid("pile", format!("Choose a column from 0 to {}.", retro.columns.len().saturating_sub(1)))),
    }
}

command! {
    /// Writes a note, alone. Nobody else reads it before all notes are revealed, and until then it can be changed.
    pub struct SealNote in "retro.note" at Put "/products/{product}/retros/{retro}/notes" [] {
        pub retro: Id<Retro>,
        /// In which column, from 0.
        pub pile: i64,
        pub body: Words<500>,
        /// One's own note that it takes the place of; a new one when left out.
        #[serde(default)]
        pub note: Text<40>,
    }
}

impl Command for SealNote {
    type Before = Own;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Own> {
        own(look, self.retro)
    }
    fn may(&self, before: &Own, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(&before.retro, &[Phase::Writing])
    }
    fn title(&self, _: &Own) -> String {
        "Write a note for the retrospective".into()
    }
    fn decide(self, mut before: Own, moment: &Moment, _: &Scope) -> Result<Decided> {
        is_column(&before.retro, self.pile)?;
        let (pile, body) = (self.pile, self.body.into());
        match self.note.trim() {
            "" if before.notes.len() >= MOST => return Err(Refusal::invalid("body", format!("{MOST} notes of one person are enough."))),
            "" => before.notes.push(Written { id: moment.id::<()>().0, pile, body }),
            known => {
                let id = Uuid::parse_str(known).map_err(|_| Refusal::NotFound)?;
                let note = before.notes.iter_mut().find(|note| note.id == id).ok_or(Refusal::NotFound)?;
                (note.pile, note.body) = (pile, body);
            }
        }
        before.sealed()
    }
}

command! {
    /// Takes back a note of one's own that is not revealed yet.
    pub struct TakeNoteBack in "retro.unnote" at Delete "/products/{product}/retros/{retro}/notes/{note}" [] {
        pub retro: Id<Retro>,
        pub note: Text<40>,
    }
}

impl Command for TakeNoteBack {
    type Before = Own;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Own> {
        own(look, self.retro)
    }
    fn may(&self, before: &Own, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(&before.retro, &[Phase::Writing])
    }
    fn title(&self, _: &Own) -> String {
        "Take a note back".into()
    }
    fn decide(self, mut before: Own, _: &Moment, _: &Scope) -> Result<Decided> {
        let id = Uuid::parse_str(&self.note).map_err(|_| Refusal::NotFound)?;
        let all = before.notes.len();
        before.notes.retain(|note| note.id != id);
        if before.notes.len() == all {
            return Err(Refusal::NotFound);
        }
        before.sealed()
    }
}

command! {
    /// Adds a note at the meeting, where all notes lie open already.
    pub struct AddNote in "retro_note.add" at Post "/products/{product}/retros/{retro}/open-notes" [] {
        pub retro: Id<Retro>,
        /// In which column, from 0.
        pub pile: i64,
        pub body: Words<500>,
    }
}

impl Command for AddNote {
    type Before = Retro;
    const AUTHORITY: Authority = Authority::Seen(THERE);
    /// Dots may have been given on it.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Retro> {
        Retro::get(look, self.retro)
    }
    fn may(&self, before: &Retro, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(before, &[Phase::Grouping])
    }
    fn title(&self, _: &Retro) -> String {
        "Add a note to the retrospective".into()
    }
    fn decide(self, before: Retro, moment: &Moment, scope: &Scope) -> Result<Decided> {
        is_column(&before, self.pile)?;
        let note = RetroNote {
            meta: moment.fresh(before.meta.product),
            retro: before.id(),
            pile: self.pile,
            // The record names whoever adds it in the open, so the note does.
            member: scope.who.member.map(Id::new),
            body: self.body.into(),
            theme: None,
            dots: 0,
        };
        Ok(Event::created(&NOTE_ADDED, &note).into())
    }
}
