//! Writing a challenge: from a template or from a folder that is brought in, file by file. Everyone's own matter.

use crate::{events::*, model::*, rows, sheets};
use challenge::{Folder, folder, sheet, template::template};
use club::Discipline;
use kernel::{
    Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Waits, command, event::edit, value::Packed,
};
use std::collections::BTreeMap;

/// So many letters a file has at most, however it is written.
pub(crate) const LONGEST: usize = 50_000;
/// The text of a file.
pub type File = Text<LONGEST>;
/// Fields of a row by their keys.
pub type Fields = BTreeMap<String, Text<4_000>>;

const HEAD: &str = "challenge.toml";

command! {
    /// Begins a challenge of one's own, with the files of its kind to be filled in.
    pub struct BeginChallenge in "challenge_draft.begin" at Post "/account/challenge-drafts" [] {
        pub kind: Discipline,
        pub title: Line<100>,
    }
}

impl Command for BeginChallenge {
    type Before = ();
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<()> {
        room(look)
    }
    fn title(&self, (): &()) -> String {
        format!("Begin the challenge “{}”", &*self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = String::from(self.title);
        let files = template(self.kind.kind(), &title, &scope.who.name).into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
        let draft = fresh(moment, scope, self.kind, folder::id_of(&title), title, files)?;
        Ok(Event::created(&BEGUN, &draft).into())
    }
}

/// There is room for one more.
fn room(look: &mut Look) -> Result<()> {
    match rows::unpublished(look)? {
        many if many >= rows::MOST => {
            Err(Refusal::invalid("title", format!("You are writing {many} challenges; throw one away before you begin another.")))
        }
        _ => Ok(()),
    }
}

fn fresh(moment: &Moment, scope: &Scope, kind: Discipline, code: String, title: String, files: BTreeMap<String, String>) -> Result<ChallengeDraft> {
    Ok(ChallengeDraft {
        meta: moment.fresh(None),
        member: Id::new(scope.who.signed_in()?),
        kind,
        code,
        title,
        files: Packed(files),
        challenge: None,
        edition: 0,
        is_changed: true,
    })
}

command! {
    /// Brings the folder of a challenge in, as a draft of one's own; one of the same id is replaced by it.
    pub struct BringInChallenge in "challenge_draft.bring_in" at Post "/account/challenge-drafts/folders" [] {
        /// As the folder is called.
        pub code: Line<40>,
        pub kind: Discipline,
        /// Texts by their paths within the folder, such as `answers/weak.md`.
        pub files: BTreeMap<String, File>,
    }
}

impl Command for BringInChallenge {
    type Before = Option<ChallengeDraft>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let before = rows::draft_called(look, &self.code)?;
        if before.is_none() {
            room(look)?;
        }
        Ok(before)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Bring the challenge “{}” in", &*self.code)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let code = String::from(self.code);
        let files: BTreeMap<String, String> = self.files.into_iter().map(|(path, text)| (path, plain(&text))).collect();
        check(self.kind, &code, &files)?;
        let title = files.get(HEAD).and_then(|head| sheet::title(head)).unwrap_or_else(|| code.clone());
        match before {
            Some(before) if before.kind != self.kind => {
                Err(Refusal::invalid("kind", format!("You are writing “{code}” already, as another kind; give one of them another id.")))
            }
            Some(before) => {
                let event = edit(&BROUGHT_IN, &before, |after| {
                    (after.title, after.files, after.is_changed) = (title, Packed(files), true);
                    Ok(())
                })?;
                Ok(event.into())
            }
            None => Ok(Event::created(&BROUGHT_IN, &fresh(moment, scope, self.kind, code, title, files)?).into()),
        }
    }
}

/// Refuses paths that climb out, files that such a challenge does not have, too many and too long ones.
fn check(kind: Discipline, code: &str, files: &BTreeMap<String, String>) -> Result<()> {
    let told = |faults: Vec<challenge::Fault>| {
        let says: Vec<String> = faults.iter().take(4).map(ToString::to_string).collect();
        Refusal::invalid("files", says.join(" "))
    };
    Folder::of(kind.kind().name(), code, files.clone()).map(drop).map_err(told)
}

/// Lines as files have them.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}

command! {
    /// Writes a file of a challenge; without a text it is taken away.
    pub struct WriteChallenge in "challenge_draft.write" at Put "/account/challenge-drafts/{draft}/file" [] {
        pub draft: Id<ChallengeDraft>,
        /// Its path within the folder, such as `brief.md`.
        pub file: Line<40>,
        pub text: File,
    }
}

impl Command for WriteChallenge {
    type Before = ChallengeDraft;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<ChallengeDraft> {
        ChallengeDraft::get(look, self.draft)
    }
    fn title(&self, draft: &ChallengeDraft) -> String {
        format!("Write on “{}”", draft.title)
    }
    fn decide(self, draft: ChallengeDraft, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(put(&draft, &self.file, plain(&self.text))?.into())
    }
}

command! {
    /// Writes a file of a challenge as rows of fields: its facts, its rubric, the author's marks, the probes, or what it is.
    pub struct FillChallenge in "challenge_draft.fill" at Put "/account/challenge-drafts/{draft}/rows" [] {
        pub draft: Id<ChallengeDraft>,
        /// Its path within the folder, such as `facts.toml`.
        pub file: Line<40>,
        /// Fields that stand once, such as `title`.
        #[serde(default)]
        pub head: Fields,
        /// Rows by their number, each with its fields; a row in which nothing is written is left out.
        #[serde(default)]
        pub rows: BTreeMap<String, Fields>,
        /// What follows the head of challenge.toml.
        #[serde(default)]
        pub rest: File,
    }
}

impl Command for FillChallenge {
    type Before = ChallengeDraft;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<ChallengeDraft> {
        ChallengeDraft::get(look, self.draft)
    }
    fn title(&self, draft: &ChallengeDraft) -> String {
        format!("Write on “{}”", draft.title)
    }
    fn decide(self, draft: ChallengeDraft, _: &Moment, _: &Scope) -> Result<Decided> {
        let (text, _) = sheets::text(&self)?;
        Ok(put(&draft, &self.file, text)?.into())
    }
}

/// A draft with one of its files written anew.
fn put(draft: &ChallengeDraft, file: &str, text: String) -> Result<Event> {
    if !draft.kind.kind().files().contains(&file) {
        return Err(Refusal::invalid("file", format!("A challenge of this kind has no file “{file}”.")));
    }
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        return Err(Refusal::invalid("", format!("All of it would have more than {LONGEST} letters; nobody reads so much. Take rows away.")));
    }
    edit(&WRITTEN, draft, |after| {
        if text == draft.files.get(file).map_or("", String::as_str) {
            return Ok(());
        }
        if file == HEAD {
            after.title = sheet::title(&text).unwrap_or_else(|| draft.title.clone());
        }
        if text.trim().is_empty() {
            drop(after.files.0.remove(file))
        } else {
            drop(after.files.0.insert(file.to_owned(), text))
        }
        after.is_changed = true;
        Ok(())
    })
}

command! {
    /// Gives a challenge that was not published yet another id.
    pub struct RenameChallenge in "challenge_draft.rename" at Put "/account/challenge-drafts/{draft}/id" [] {
        pub draft: Id<ChallengeDraft>,
        /// Lower-case letters, digits and hyphens.
        pub code: Line<40>,
    }
}

impl Command for RenameChallenge {
    type Before = ChallengeDraft;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<ChallengeDraft> {
        ChallengeDraft::get(look, self.draft)
    }
    fn title(&self, draft: &ChallengeDraft) -> String {
        format!("Give “{}” another id", draft.title)
    }
    fn decide(self, draft: ChallengeDraft, _: &Moment, _: &Scope) -> Result<Decided> {
        if draft.challenge.is_some() {
            return Err(Refusal::invalid("code", "It was published under this id, and attempts name it; it stays."));
        }
        if !folder::is_id(&self.code) {
            return Err(Refusal::invalid("code", "An id has lower-case letters, digits and hyphens, at most 40."));
        }
        let event = edit(&RENAMED, &draft, |after| {
            after.code = self.code.into();
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Throws a challenge away that was never published.
    pub struct RemoveChallenge in "challenge_draft.remove" at Delete "/account/challenge-drafts/{draft}" [] {
        pub draft: Id<ChallengeDraft>,
    }
}

impl Command for RemoveChallenge {
    type Before = ChallengeDraft;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<ChallengeDraft> {
        ChallengeDraft::get(look, self.draft)
    }
    fn title(&self, draft: &ChallengeDraft) -> String {
        format!("Throw “{}” away", draft.title)
    }
    fn decide(self, draft: ChallengeDraft, moment: &Moment, _: &Scope) -> Result<Decided> {
        if draft.challenge.is_some() {
            return Err(Refusal::invalid("draft", "It was published; take it out of the library instead."));
        }
        Ok(Event::removed(&REMOVED, &draft, moment.now).into())
    }
}
