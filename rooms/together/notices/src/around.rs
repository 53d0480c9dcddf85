//! What hangs on anything that people talk about: its files, what its reader hears of it, and what is said about it. A page
//! reads all of it with one call and shows it with another, so no kind of thing has one without the others.

use crate::watching::{self, Watching, watchings};
use attachments::OnEach;
use conversation::{Said, Talk};
use kernel::{Look, Result, Scope, Uuid};
use std::collections::HashMap;
use web::{Markup, html, several};

/// What hangs on some things of a noun.
pub struct Around {
    noun: &'static str,
    files: OnEach,
    talk: HashMap<Uuid, Talk>,
    watching: HashMap<Uuid, Watching>,
}

impl Around {
    /// Reads what hangs on some things, with the same few questions for any number of them.
    pub fn read(look: &mut Look, noun: &'static str, ids: impl IntoIterator<Item = Uuid>) -> Result<Around> {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Around { noun, files: OnEach::new(), talk: HashMap::new(), watching: HashMap::new() });
        }
        Ok(Around {
            noun,
            files: attachments::attached_to_each(look, ids.iter().copied())?,
            talk: conversation::comments_about(look, ids.iter().copied())?,
            watching: watchings(look, noun, ids)?,
        })
    }

    /// What is said about one of them.
    pub fn talk(&self, id: Uuid) -> &[Said] {
        self.talk.get(&id).map_or(&[], Vec::as_slice)
    }

    fn watching(&self, id: Uuid) -> Watching {
        self.watching.get(&id).copied().unwrap_or_default()
    }

    /// What its reader hears of one of several things on a page, as a sign that opens.
    pub fn watch(&self, scope: &Scope, id: Uuid) -> Markup {
        watching::small(scope, self.noun, id, self.watching(id))
    }

    /// All of it, at the end of the panel or page of a thing.
    pub fn view(&self, scope: &Scope, id: Uuid) -> Markup {
        html! {
            (attachments::view(scope, self.noun, id, attachments::of(&self.files, id)))
            (watching::view(scope, self.noun, id, self.watching(id)))
            (conversation::view(scope, self.noun, id, self.talk(id)))
        }
    }

    /// The files of one of several things on a page, as far as there are any.
    pub fn files(&self, scope: &Scope, id: Uuid) -> Markup {
        attachments::list(scope, attachments::of(&self.files, id))
    }

    /// A way to add files to one of several things.
    pub fn attach(&self, scope: &Scope, id: Uuid) -> Markup {
        attachments::button(scope, self.noun, id)
    }

    /// What is said about one of several things on a page, folded behind these words where nothing has been said.
    pub fn folded(&self, scope: &Scope, id: Uuid, unsaid: &str, open: bool) -> Markup {
        let talk = self.talk(id);
        html! { details.more.talk id={ "talk-" (id.simple()) } open[open && !talk.is_empty()] {
            summary { @if talk.is_empty() { (unsaid) } @else { (several(talk.len(), "comment")) } }
            (conversation::view(scope, self.noun, id, talk))
        } }
    }

    /// All of it for one of several things on a page: its files, and quietly the ways to add to them, to talk and to watch.
    pub fn beneath(&self, scope: &Scope, id: Uuid) -> Markup {
        html! { (self.files(scope, id)) div.around { (self.folded(scope, id, "Comment", false)) (self.attach(scope, id)) (self.watch(scope, id)) } }
    }
}
