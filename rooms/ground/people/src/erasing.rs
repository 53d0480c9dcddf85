//! Erasing the data of somebody who has left: said before, done by an administrator, and never taken back.

use crate::{events::ACCOUNT_ERASED, model::*, views};
use kernel::{
    Authority, Command, Decided, Event, Id, Look, Moment, Noun, Reader, Refusal, Result, Scope, Value, command,
    erasure::{Erasure, FORMER},
    look::find_rows,
};
use serde::Deserialize;
use web::{At, Page, Path, Query, Response, app::erasing};

command! {
    /// Erases what names somebody whose account was removed, and what they said and brought as far as it is asked for. It cannot be taken back.
    pub struct EraseAccount in "account.erase" at Post "/accounts/{member}/erasure" [] {
        pub member: Id<Member>,
        /// What else they are called in texts, such as a nickname.
        #[serde(default)]
        pub words: Vec<String>,
        /// Also what they wrote: comments, updates, answers in the practice club.
        #[serde(default)]
        pub said: bool,
        /// Also the files that they attached.
        #[serde(default)]
        pub files: bool,
    }
}

impl Command for EraseAccount {
    type Before = Member;
    const AUTHORITY: Authority = Authority::Administrator;
    const UNDOABLE: bool = false;
    // They may be named in every product.
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Member> {
        former(look.reader, self.member)
    }
    fn title(&self, _: &Member) -> String {
        "Erase the data of a former member".into()
    }
    fn decide(self, before: Member, _: &Moment, _: &Scope) -> Result<Decided> {
        let erasure = self.erasure(&before);
        let email = erasing::erased_address(before.meta.id);
        let after = Member { name: FORMER.into(), email, password_hash: None, zone: "UTC".into(), ..before.clone() };
        let mut event = Event::changed(&ACCOUNT_ERASED, &before, &after).called(FORMER);
        // What it was is told nowhere.
        event.changes.iter_mut().for_each(|change| change.from = Value::Null);
        Ok(Decided { erases: Some(erasure), ..event.into() })
    }
}

impl EraseAccount {
    /// What of a member that comes to.
    pub fn erasure(&self, member: &Member) -> Erasure {
        let words = self.words.iter().filter(|word| !word.trim().is_empty()).cloned().collect();
        Erasure { member: member.meta.id, name: member.name.clone(), email: member.email.clone(), words, said: self.said, files: self.files }
    }
}

/// Somebody whose account was removed and whose data is still there.
fn former(reader: &mut dyn Reader, id: Id<Member>) -> Result<Member> {
    let found: Member = find_rows(reader, "where id = $1", &[kernel::Column::value(&id)])?.pop().ok_or(Refusal::NotFound)?;
    match (found.meta.removed_at, found.name == FORMER) {
        (None, _) => Err(Refusal::invalid("member", "Remove the account first. Whoever can still sign in is not erased.")),
        (Some(_), true) => Err(Refusal::invalid("member", "This person's data was erased already.")),
        (Some(_), false) => Ok(found),
    }
}

/// Those whose account was removed and whose data is still there, the last first.
pub(crate) fn former_members(reader: &mut dyn Reader) -> Result<Vec<Member>> {
    let left = "where removed_at is not null and answers_for is null and name <> $1 order by removed_at desc, id limit 100";
    find_rows(reader, left, &[Value::Text(FORMER.into())])
}

/// The one of them who had an address.
pub fn former_by_email(reader: &mut dyn Reader, email: &str) -> Result<Option<Member>> {
    let left = "where removed_at is not null and email = $1 order by removed_at desc";
    Ok(find_rows(reader, left, &[Value::Text(email.trim().to_lowercase())])?.into_iter().next())
}

/// What of them is to be erased.
#[derive(Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub said: bool,
    #[serde(default)]
    pub files: bool,
}

impl Asked {
    fn command(&self, member: Id<Member>) -> EraseAccount {
        let words = self.words.split(',').map(|word| word.trim().to_owned()).collect();
        EraseAccount { member, words, said: self.said, files: self.files }
    }
}

/// What would be erased, said before it is.
pub(crate) async fn page(at: At, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    let registry = at.house.app.registry.clone();
    at.long()
        .page(move |look| {
            if !look.scope.who.administrator {
                return Err(Refusal::NotFound);
            }
            let member = former(look.reader, Id::try_from(id.as_str())?)?;
            let extent = match erasing::plan(look.reader, &registry, &asked.command(member.id()).erasure(&member)) {
                Ok(plan) => Ok(plan.extent),
                Err(refusal @ Refusal::Invalid(_)) => Err(refusal.sentence()),
                Err(other) => return Err(other),
            };
            Ok(Page::of(&crate::pages::MEMBERS, views::erasing(&member, &asked, extent)).titled("Erase a person’s data"))
        })
        .await
}
