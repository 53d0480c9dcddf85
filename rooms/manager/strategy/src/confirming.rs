//! What members confirm or question: the newest version of something that is understood together. A newer one has no
//! confirmations yet, so those of the old one lapse by themselves.

use crate::model::*;
use conversation::{COMMENT_ADDED, Comment, Subject};
use kernel::{Column, Decided, Event, EventKind, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, event::edit};
use std::collections::HashMap;

/// Something with versions, of which the newest is confirmed.
pub trait Confirmable: Noun {
    /// What people call it: "the vision".
    const CALLED: &'static str;

    fn number(&self) -> i64;
    /// The version that a confirmation is about, where it is about one of these.
    fn of(confirmation: &Confirmation) -> Option<Id<Self>>;
    fn point(&self, confirmation: &mut Confirmation);

    /// The version that holds now.
    fn current(look: &mut Look) -> Result<Option<Self>> {
        Ok(Self::all(look, "order by number desc limit 1", &[])?.pop())
    }
}

/// The tables of what is confirmed, in the order in which one follows from the other.
pub const CONFIRMED: [&str; 3] = [Vision::TABLE, TargetMarket::TABLE, TopNeeds::TABLE];

macro_rules! confirmable {
    ($noun:ident, $field:ident, $called:literal) => {
        impl Confirmable for $noun {
            const CALLED: &'static str = $called;

            fn number(&self) -> i64 {
                self.number
            }
            fn of(confirmation: &Confirmation) -> Option<Id<Self>> {
                confirmation.$field
            }
            fn point(&self, confirmation: &mut Confirmation) {
                confirmation.$field = Some(self.id());
            }
        }
    };
}

confirmable!(Vision, vision, "the vision");
confirmable!(TargetMarket, target_market, "the target market");
confirmable!(TopNeeds, top_needs, "the top needs");

/// The current version, and what whoever asks has said of it.
pub struct Standing<T> {
    version: T,
    said: Option<Confirmation>,
}

impl<T: Confirmable> Standing<T> {
    /// # Errors
    /// `Invalid` where there is a newer version than this.
    pub fn read(look: &mut Look, id: Id<T>) -> Result<Standing<T>> {
        let version = T::get(look, id)?;
        if T::current(look)?.map(|current| current.id()) != Some(id) {
            return Err(Refusal::invalid(T::TABLE, format!("There is a newer version of {}. Read that one.", T::CALLED)));
        }
        let said = Confirmation::all(look, &format!("and {} = $2 and member = $me", T::TABLE), &[id.value()])?.pop();
        Ok(Standing { version, said })
    }

    /// A version of which nobody has said anything yet.
    pub fn begun(version: T) -> Standing<T> {
        Standing { version, said: None }
    }

    pub fn may(&self, scope: &Scope) -> Result<()> {
        scope.by_people(&format!("Only people confirm {}.", T::CALLED))
    }

    /// Whoever writes a version confirms it by that, unless an assistant wrote it.
    pub fn by_its_author(&self, kind: &'static EventKind, moment: &Moment, scope: &Scope) -> Result<Option<Event>> {
        match scope.who.assistant {
            None => Ok(Some(Event::created(kind, &self.confirmation(String::new(), None, moment, scope)?))),
            Some(_) => Ok(None),
        }
    }

    fn confirmation(&self, question: String, thread: Option<Id<Comment>>, moment: &Moment, scope: &Scope) -> Result<Confirmation> {
        let mut confirmation = Confirmation {
            meta: moment.fresh(Some(scope.product_id()?)),
            vision: None,
            member: Id::new(scope.who.signed_in()?),
            question,
            target_market: None,
            top_needs: None,
            thread,
        };
        self.version.point(&mut confirmation);
        Ok(confirmation)
    }

    /// Confirms, or asks: what is asked begins a thread where the version is talked about.
    pub fn says(
        self,
        question: String,
        (confirmed, asked): (&'static EventKind, &'static EventKind),
        moment: &Moment,
        scope: &Scope,
    ) -> Result<Decided> {
        let kind = if question.is_empty() { confirmed } else { asked };
        let mut events = vec![];
        let mut thread = self.said.as_ref().and_then(|said| said.thread).filter(|_| !question.is_empty());
        if !question.is_empty() && self.said.as_ref().is_none_or(|said| said.question != question) {
            let about = Subject { noun: T::TABLE.to_owned(), id: self.version.meta().id, label: self.version.label() };
            let comment = Comment::by(scope, moment, about, question.clone())?;
            thread = Some(comment.id());
            events.push(Event::created(&COMMENT_ADDED, &comment));
        }
        let said = match &self.said {
            Some(before) => edit(kind, before, |c| {
                (c.question, c.thread) = (question, thread);
                Ok(())
            })?,
            None => Event::created(kind, &self.confirmation(question, thread, moment, scope)?),
        };
        events.insert(0, said);
        Ok(events.into())
    }
}

/// What is said of the current versions, by version.
pub type Stood = HashMap<Uuid, Vec<Confirmation>>;

/// Reads it for some versions, in one question.
pub fn stood(look: &mut Look, versions: impl IntoIterator<Item = Uuid>) -> Result<Stood> {
    let versions = kernel::list(versions);
    let all = Confirmation::all(
        look,
        "and (vision in each($2) or target_market in each($3) or top_needs in each($4)) order by created_at, id",
        &[versions.clone(), versions.clone(), versions],
    )?;
    let mut stood: Stood = HashMap::new();
    for confirmation in all {
        let version = Vision::of(&confirmation).map(|id| id.0);
        let version = version.or(TargetMarket::of(&confirmation).map(|id| id.0)).or(TopNeeds::of(&confirmation).map(|id| id.0));
        if let Some(version) = version {
            stood.entry(version).or_default().push(confirmation);
        }
    }
    Ok(stood)
}
