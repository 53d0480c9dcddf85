//! Hanging a file on a thing, and taking it off.

use crate::{ATTACHED, TAKEN_OFF, model::*};
use kernel::{Area, Column, Command, Decided, Event, Id, Look, Moment, Noun, Reading, Refusal, Result, Scope, Standing, Uuid, about, command};

command! {
    /// Hangs a file that is kept already on a thing; whoever sends one to our pages asks for it so.
    pub struct Attach in "attachment.attach" inside {
        /// The noun of the thing, such as `story`.
        pub about: String,
        /// The thing's id.
        pub id: Uuid,
        pub name: String,
        pub kind: String,
        pub size: i64,
        pub sha256: String,
        pub small: String,
        pub width: i64,
        pub height: i64,
    }
}

/// Where a file would hang, and how much hangs there already.
pub struct Spot {
    label: String,
    files: i64,
    /// Bytes of all files of the product.
    bytes: i64,
}

impl Spot {
    /// # Errors
    /// `NotFound` for what the asker may not see, `Invalid` for what nothing can hang on.
    pub fn at(look: &mut Look, noun: &str, id: Uuid) -> Result<Spot> {
        let noun = about::noun(noun).filter(|n| n.about.discussed);
        let noun = noun.ok_or_else(|| Refusal::invalid("about", "Nothing can be attached to this."))?;
        let thing = look.thing(noun, id)?.ok_or(Refusal::NotFound)?;
        let product = look.scope.product_id()?;
        // Counted whole, also what the asker does not see of it.
        let sql = "select cast(coalesce(sum(case when about_id = $2 then 1 else 0 end), 0) as bigint), cast(coalesce(sum(size), 0) as bigint)
                   from attachment where product = $1 and removed_at is null";
        let (files, bytes) = match look.reader.query(sql, &[product.value(), id.value()])?.pop() {
            Some(mut row) => (row.take()?, row.take()?),
            None => (0, 0),
        };
        Ok(Spot { label: if noun.about.titled { thing.label } else { noun.one() }, files, bytes })
    }

    /// Whether so much more fits.
    pub fn takes(&self, files: usize, bytes: i64) -> Result<()> {
        if self.files + files as i64 > MOST_ON_A_THING {
            return Err(Refusal::invalid("file", format!("{MOST_ON_A_THING} files hang here at most. Take off some that nobody needs.")));
        }
        if self.bytes + bytes > MOST_OF_A_PRODUCT {
            return Err(Refusal::invalid("file", format!("All files of a product have {} at most.", size_told(MOST_OF_A_PRODUCT))));
        }
        Ok(())
    }
}

impl Command for Attach {
    type Before = Spot;

    fn load(&self, look: &mut Look) -> Result<Spot> {
        Spot::at(look, &self.about, self.id)
    }
    fn title(&self, before: &Spot) -> String {
        format!("Attach “{}” to {}", self.name, before.label)
    }
    fn decide(self, before: Spot, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.takes(1, self.size)?;
        let attachment = Attachment {
            meta: moment.fresh(Some(scope.product_id()?)),
            about_noun: self.about,
            about_id: self.id,
            about_label: before.label,
            name: self.name,
            kind: self.kind,
            size: self.size,
            sha256: self.sha256,
            small: self.small,
            width: self.width,
            height: self.height,
            member: Id::new(scope.who.signed_in()?),
        };
        Ok(Event::created(&ATTACHED, &attachment).into())
    }
}

command! {
    /// Takes a file off a thing. It can be brought back for thirty days.
    pub struct RemoveAttachment in "attachment.remove" at Delete "/products/{product}/attachments/{attachment}" [] {
        pub attachment: Id<Attachment>,
    }
}

impl Command for RemoveAttachment {
    type Before = Attachment;

    fn load(&self, look: &mut Look) -> Result<Attachment> {
        Attachment::get(look, self.attachment)
    }
    fn may(&self, before: &Attachment, scope: &Scope) -> Result<()> {
        match may_take_off(before, scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever attached a file takes it off, or who decides there.")),
        }
    }
    fn title(&self, before: &Attachment) -> String {
        format!("Take “{}” off {}", before.name, before.about_label)
    }
    fn decide(self, before: Attachment, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&TAKEN_OFF, &before, moment.now).into())
    }
}

/// Whoever attached it, and whoever decides on matters of the thing.
pub(crate) fn may_take_off(attachment: &Attachment, scope: &Scope) -> bool {
    let area: Option<Area> = match about::noun(&attachment.about_noun).map(|noun| noun.about.read) {
        Some(Reading::Sees(area) | Reading::Says(area) | Reading::SeesWith(area, _)) => Some(area),
        _ => None,
    };
    let own = scope.who.assistant.is_none() && scope.who.member == Some(attachment.member.0);
    own || area.is_some_and(|area| scope.standing(area).1 == Standing::Decides)
}
