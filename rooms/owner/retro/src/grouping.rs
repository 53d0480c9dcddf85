//! Putting notes together that say the same: one onto another, several at once, and giving the group its name.

use crate::{NOTE_GROUPED, THEME_DISSOLVED, THEME_MADE, THEME_NAMED, meeting, model::*, opening::must_be_there};
use kernel::{
    Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command, event::edit, list, value::Column,
};

/// So much of a note names its group until somebody names it.
const NAMED_BY: usize = 60;

command! {
    /// Puts a note onto another or into a group, so that they stand as one; on its own again where no other is named.
    pub struct GroupNote in "retro_note.group" at Put "/products/{product}/retro-notes/{retro_note}/group" [] {
        pub retro_note: Id<RetroNote>,
        /// The id of a note or of a group.
        #[serde(default)]
        pub onto: Text<40>,
    }
}

/// What a note is put onto.
pub enum Onto {
    Nothing,
    Note(Box<RetroNote>),
    Theme(RetroTheme),
}

/// A note about to be put somewhere else.
pub struct Moving {
    retro: Retro,
    note: RetroNote,
    onto: Onto,
    /// The group that it leaves, with the notes that stay there.
    left: Option<(RetroTheme, Vec<RetroNote>)>,
}

fn onto(look: &mut Look, word: &str, retro: Id<Retro>) -> Result<Onto> {
    if word.trim().is_empty() {
        return Ok(Onto::Nothing);
    }
    let id = Uuid::parse_str(word).map_err(|_| Refusal::NotFound)?;
    let among = [id.value(), retro.value()];
    if let Some(theme) = RetroTheme::all(look, "and id = $2 and retro = $3", &among)?.pop() {
        return Ok(Onto::Theme(theme));
    }
    let note = RetroNote::all(look, "and id = $2 and retro = $3", &among)?.pop().ok_or(Refusal::NotFound)?;
    match note.theme {
        Some(theme) => Ok(Onto::Theme(RetroTheme::get(look, theme)?)),
        None => Ok(Onto::Note(Box::new(note))),
    }
}

impl Command for GroupNote {
    type Before = Moving;
    const AUTHORITY: Authority = Authority::Seen(THERE);
    /// Dots may have been given on it; a note is put back by the same command.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Moving> {
        let note = RetroNote::get(look, self.retro_note)?;
        let retro = Retro::get(look, note.retro)?;
        let left = match note.theme {
            Some(theme) => {
                let stay = RetroNote::all(look, "and theme = $2 and id <> $3", &[theme.value(), note.id().value()])?;
                Some((RetroTheme::get(look, theme)?, stay))
            }
            None => None,
        };
        Ok(Moving { onto: onto(look, &self.onto, retro.id())?, retro, note, left })
    }
    fn may(&self, before: &Moving, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(&before.retro, &[Phase::Grouping])
    }
    fn title(&self, _: &Moving) -> String {
        "Group a note".into()
    }
    fn decide(self, Moving { retro, note, onto, left }: Moving, moment: &Moment, _: &Scope) -> Result<Decided> {
        let stays = match &onto {
            Onto::Nothing => note.theme.is_none(),
            Onto::Note(other) => other.id() == note.id(),
            Onto::Theme(theme) => note.theme == Some(theme.id()),
        };
        if stays {
            return Ok(Decided::default());
        }
        let mut events = vec![];
        let theme = match onto {
            Onto::Nothing => None,
            Onto::Theme(theme) => Some(theme.id()),
            Onto::Note(other) => {
                let theme = RetroTheme {
                    meta: moment.fresh(retro.meta.product),
                    retro: retro.id(),
                    name: web::clipped(other.body.lines().next().unwrap_or_default(), NAMED_BY),
                    dots: 0,
                };
                events.push(Event::created(&THEME_MADE, &theme));
                events.push(grouped(&other, Some(theme.id()))?);
                Some(theme.id())
            }
        };
        events.push(grouped(&note, theme)?);
        // A group of one is a note.
        if let Some((theme, stay)) = left.filter(|(_, stay)| stay.len() < 2) {
            for note in &stay {
                events.push(grouped(note, None)?);
            }
            events.push(Event::removed(&THEME_DISSOLVED, &theme, moment.now));
        }
        Ok(events.into())
    }
}

fn grouped(note: &RetroNote, theme: Option<Id<RetroTheme>>) -> Result<Event> {
    edit(&NOTE_GROUPED, note, |note| {
        note.theme = theme;
        Ok(())
    })
}

command! {
    /// Puts several notes that stand on their own together, under a name.
    pub struct MakeTheme in "retro_theme.make" at Post "/products/{product}/retros/{retro}/groups" [] {
        pub retro: Id<Retro>,
        pub name: Line<100>,
        /// The notes, by their ids.
        pub notes: Vec<Id<RetroNote>>,
    }
}

impl Command for MakeTheme {
    type Before = (Retro, Vec<RetroNote>);
    const AUTHORITY: Authority = Authority::Seen(THERE);
    /// Dots may have been given on it.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let retro = Retro::get(look, self.retro)?;
        let notes = RetroNote::all(look, "and retro = $2 and id in each($3)", &[retro.id().value(), list(self.notes.iter().map(|id| id.0))])?;
        Ok((retro, notes))
    }
    fn may(&self, (retro, _): &Self::Before, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(retro, &[Phase::Grouping])
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Put notes together as “{}”", self.name)
    }
    fn decide(self, (retro, notes): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if self.notes.is_empty() {
            return Err(Refusal::invalid("notes", "Choose the notes that say the same."));
        }
        if self.notes.iter().any(|id| !notes.iter().any(|note| note.id() == *id)) {
            return Err(Refusal::NotFound);
        }
        if notes.iter().any(|note| note.theme.is_some()) {
            return Err(Refusal::invalid("notes", "One of these stands in a group already."));
        }
        let theme = RetroTheme { meta: moment.fresh(retro.meta.product), retro: retro.id(), name: self.name.into(), dots: 0 };
        let mut events = vec![Event::created(&THEME_MADE, &theme)];
        for note in &notes {
            events.push(grouped(note, Some(theme.id()))?);
        }
        Ok(events.into())
    }
}

command! {
    /// Names a group of notes.
    pub struct NameTheme in "retro_theme.name" at Patch "/products/{product}/retro-themes/{retro_theme}" [] {
        pub retro_theme: Id<RetroTheme>,
        pub name: Line<100>,
    }
}

impl Command for NameTheme {
    type Before = (RetroTheme, Retro);
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let theme = RetroTheme::get(look, self.retro_theme)?;
        let retro = Retro::get(look, theme.retro)?;
        Ok((theme, retro))
    }
    fn may(&self, (_, retro): &Self::Before, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(retro, &[Phase::Grouping, Phase::Deciding])
    }
    fn title(&self, (theme, _): &Self::Before) -> String {
        format!("Name the group “{}”", theme.name)
    }
    fn decide(self, (theme, _): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&THEME_NAMED, &theme, |theme| {
            theme.name = self.name.into();
            Ok(())
        })?
        .into())
    }
}
