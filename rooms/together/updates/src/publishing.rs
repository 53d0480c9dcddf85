//! Publishing an update to whom it concerns, and taking it back. Whoever does not decide proposes: the text stands in the
//! proposal, so it is what is signed.

use crate::{
    audience::{Audible, Audience, Hearer},
    drafts,
    events::*,
    letters::{MailOutside, MailUpdate},
    model::*,
};
use kernel::{
    Authority, Command, Decided, Event, Hat, Id, Line, Look, Moment, Noun, Result, Scope, Task, Uuid, Whose, Words, command, value::Packed,
};
use people::Member;
use stakeholders::{Channel, Stakeholder};
use std::collections::HashSet;

command! {
    /// Publishes an update to an audience. It stands as it is from then on.
    pub struct Publish in "update.publish" at Post "/products/{product}/updates" [Announcements, Progress] {
        /// `roadmap` or `progress`.
        pub kind: Kind,
        pub title: Line<200>,
        /// In Markdown.
        pub body: Words<MOST_TEXT>,
        /// It is for everybody in the product.
        #[serde(default)]
        pub everyone: bool,
        /// Hats that it is for.
        #[serde(default)]
        pub hats: Vec<Hat>,
        /// Members that it is for, by their ids.
        #[serde(default)]
        pub members: Vec<Id<Member>>,
        /// Stakeholders whom it is for, by their ids; that they were told is noted with each.
        #[serde(default)]
        pub stakeholders: Vec<Id<Stakeholder>>,
        /// Whoever holds a link to the updates reads it too.
        #[serde(default)]
        pub by_link: bool,
        /// It goes as a letter too to those who are told and want letters, stakeholders without an account among them.
        #[serde(default)]
        pub mail: bool,
        /// Up to when the record was read for it; now when left out. Milliseconds since 1970.
        pub until: Option<i64>,
    }
}

/// What publishing needs to know.
pub struct Publishing {
    among: Audible,
    /// The last one of its kind.
    last: Option<Update>,
    /// What whoever asks has kept of it.
    draft: Option<UpdateDraft>,
}

impl Publish {
    fn audience(&self) -> Audience {
        Audience {
            everyone: self.everyone,
            hats: self.hats.clone(),
            members: self.members.iter().map(|id| id.0).collect(),
            by_link: self.by_link,
            stakeholders: self.stakeholders.iter().map(|id| id.0).collect(),
        }
    }
}

impl Command for Publish {
    type Before = Publishing;
    const UNDOABLE: bool = false;
    const UNDISTURBED: bool = true;

    fn load(&self, look: &mut Look) -> Result<Publishing> {
        Ok(Publishing { among: Audible::read(look)?, last: last_of(look, self.kind)?, draft: drafts::own(look, self.kind)? })
    }
    fn authority(&self, _: &Publishing) -> Authority {
        Authority::Area(self.kind.area())
    }
    fn title(&self, _: &Publishing) -> String {
        format!("Publish the update “{}”", self.title)
    }
    fn decide(self, before: Publishing, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let member = scope.who.signed_in()?;
        let audience = self.audience();
        let told = audience.told(&before.among, member)?;
        let until = self.until.unwrap_or(moment.now).clamp(0, moment.now);
        let update = Update {
            meta: moment.fresh(Some(scope.product_id()?)),
            kind: self.kind,
            area: self.kind.area(),
            title: self.title.into(),
            body: self.body.into(),
            member: Id::new(member),
            since: before.last.map_or(0, |last| last.until).min(until),
            until,
            audience: Packed(audience),
            told: Packed(told),
            by_link: self.by_link,
        };
        let outside = update.audience.contacts(&before.among, &update.told).filter_map(|one| Some((one, one.letters_to().filter(|_| self.mail)?)));
        let outside: Vec<Task> =
            outside.map(|(one, to)| Task::of(&MailOutside { update: update.id(), stakeholder: one.id() }, to)).collect::<Result<_>>()?;
        let hear: HashSet<Uuid> = if self.mail { update.told.iter().copied().collect() } else { HashSet::new() };
        let mailed = before.among.hearers.iter().filter(|hearer| hear.contains(&hearer.id));
        let letter =
            |hearer: &Hearer| Ok(Task::of(&MailUpdate { update: update.id() }, hearer.email.clone())?.in_the_name_of(Whose::Member(hearer.id)));
        let mut tasks = mailed.map(letter).collect::<Result<Vec<Task>>>()?;
        tasks.extend(outside);
        let mut events = vec![Event::created(&UPDATE_PUBLISHED, &update)];
        for stakeholder in update.audience.contacts(&before.among, &update.told) {
            let by_letter = self.mail && (stakeholder.member.is_some() || stakeholder.letters_to().is_some());
            let channel = if by_letter { Channel::Mail } else { Channel::Update };
            events.push(stakeholders::told_by(&update, stakeholder.id(), channel, moment, scope)?);
        }
        events.extend(before.draft.map(|draft| Event::removed(&DRAFT_DISCARDED, &draft, moment.now)));
        Ok(Decided { events, tasks, ..Decided::default() })
    }
}

/// The last update of a kind.
pub(crate) fn last_of(look: &mut Look, kind: Kind) -> Result<Option<Update>> {
    Ok(Update::all(look, "and kind = $2 order by created_at desc, id desc limit 1", &[kernel::Column::value(&kind)])?.pop())
}

command! {
    /// Takes an update back: it stands in the stream no more. Whoever has read it has read it.
    pub struct Withdraw in "update.withdraw" at Delete "/products/{product}/updates/{update}" [Announcements, Progress] {
        pub update: Id<Update>,
    }
}

impl Command for Withdraw {
    type Before = Update;

    fn load(&self, look: &mut Look) -> Result<Update> {
        Update::get(look, self.update)
    }
    fn authority(&self, before: &Update) -> Authority {
        Authority::Area(before.area)
    }
    fn title(&self, before: &Update) -> String {
        format!("Withdraw the update “{}”", before.title)
    }
    fn decide(self, before: Update, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&UPDATE_WITHDRAWN, &before, moment.now).into())
    }
}
