//! Who the stakeholders are, when they were told, what was promised.

use kernel::{Area, Heard, Id, Reading, Uuid, noun, words};
use people::Member;
use web::when;

/// Whoever has a say in what is announced deals with those it is announced to. What is thought of them is not for their eyes.
pub(crate) const AREA: Area = Area::Announcements;

words! {
    /// Whether one or many.
    pub enum Kind { Person = "person", Group = "group" }
}

words! {
    /// How much.
    pub enum Level { Low = "low", Middling = "middling", High = "high" }
}

words! {
    /// By which way they hear.
    pub enum Channel { Meeting = "meeting", Call = "call", Mail = "mail", Chat = "chat", Update = "update" says "the update", Other = "other" says "something else" }
}

words! {
    /// What became of a promise.
    pub enum Kept { Open = "open", Kept = "kept", Broken = "broken" says "not kept", Withdrawn = "withdrawn" }
}

words! {
    /// How a promise ends.
    pub enum Became { Kept = "kept", Broken = "broken" says "not kept", Withdrawn = "withdrawn" }
}

noun! {
    /// Somebody outside of the team who can help or hinder, or is affected: a person or a group.
    pub struct Stakeholder in "stakeholder" {
        name: String,
        kind: Kind,
        /// What they are: "Head of transport, City of Lindau".
        role: String,
        /// Their account here, where they have one.
        member: Option<Id<Member>>,
        power: Level,
        interest: Level,
        /// What they need to hear.
        wants: String,
        channel: Channel,
        /// At the latest after so many days they are to hear again; nothing where that is not kept watch on.
        every_days: Option<i64>,
        /// The day from which that is counted, until they were told once.
        since: String,
        /// Whoever looks after them, and is reminded.
        keeper: Option<Id<Member>>,
        /// Where letters reach them, where they have no account.
        email: String,
        /// Since when they want no letters; said by themselves, from a letter.
        letters_stopped_at: Option<i64>,
        /// The group that a person belongs to, who hears what it hears.
        within: Option<Id<Stakeholder>>,
        /// A letter comes to them when a release ships, with its notes.
        releases: bool,
    } label(s) s.name.clone(); searched Some((s.name.clone(), format!("{}\n{}", s.role, s.wants)));
    about { many: "stakeholders", read: Reading::Says(AREA), place: "stakeholders?open={id}", titled: true, found_by: "name", discussed: true,
      heard: Heard { texts: &["wants"], whose: &["keeper"], news: &["power", "interest", "wants", "channel", "every_days"], ..Heard::NOTHING },
      hushed: &["since"], called: &[("wants", "what they need to hear"), ("email", "address"), ("letters_stopped_at", "no letters since"), ("within", "group"), ("every_days", "days between"), ("member", "account"), ("releases", "hears when a release ships"), ("keeper", "who looks after them")] }
}

impl Stakeholder {
    /// The day by which they are to hear again, from the day they last did.
    pub fn due(&self, last: Option<&str>) -> Option<String> {
        Some(when::days_after(last.unwrap_or(&self.since), self.every_days?))
    }

    /// Where a letter about the product reaches them, if they have no account to read it by and take letters.
    pub fn letters_to(&self) -> Option<&str> {
        (self.member.is_none() && self.letters_stopped_at.is_none() && !self.email.is_empty()).then_some(self.email.as_str())
    }
}

noun! {
    /// That they were told or met.
    pub struct Contact in "contact" {
        stakeholder: Id<Stakeholder>,
        happened_on: String,
        channel: Channel,
        note: String,
        /// Who told or met them.
        member: Id<Member>,
        /// What told them, where it was no note by hand: its noun and its id.
        by_noun: String,
        by_id: Option<Uuid>,
    } label(c) c.channel.says().to_owned();
    about { many: "contacts", read: Reading::Of("stakeholder", "stakeholder"), part_of: "stakeholder",
      said: Some(kernel::erasure::Said { by: "member", words: &["note"], unless: "" }), hushed: &["stakeholder", "member", "by_noun", "by_id"], called: &[("happened_on", "day")] }
}

noun! {
    /// What was promised to them.
    pub struct Promise in "promise" {
        stakeholder: Id<Stakeholder>,
        what: String,
        due_on: Option<String>,
        kept: Kept,
        settled_on: Option<String>,
        /// What became of it.
        note: String,
        /// Who promised it, and is reminded.
        member: Option<Id<Member>>,
        /// What of the work it is about: its noun and its id.
        on_noun: String,
        on_id: Option<Uuid>,
    } label(p) p.what.clone(); searched Some((p.what.clone(), p.note.clone()));
    about { many: "promises", read: Reading::Of("stakeholder", "stakeholder"), part_of: "stakeholder", place: "stakeholders?promise={id}#promise-{id}", titled: true, found_by: "what",
      heard: Heard { whose: &["member"], news: &["kept", "due_on"], new: true, ..Heard::NOTHING }, hushed: &["stakeholder", "member", "on_noun", "on_id"], called: &[("due_on", "due"), ("settled_on", "settled")] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Meta, Uuid};

    #[test]
    fn they_are_to_hear_again_after_so_many_days() {
        let mut one = Stakeholder {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            name: String::new(),
            kind: Kind::Person,
            role: String::new(),
            member: None,
            email: String::new(),
            letters_stopped_at: None,
            within: None,
            releases: false,
            power: Level::Low,
            interest: Level::Low,
            wants: String::new(),
            channel: Channel::Mail,
            every_days: Some(14),
            since: "2026-02-20".into(),
            keeper: None,
        };
        assert_eq!(one.due(None).as_deref(), Some("2026-03-06"), "counted from when they were added");
        assert_eq!(one.due(Some("2026-03-01")).as_deref(), Some("2026-03-15"));
        one.every_days = None;
        assert_eq!(one.due(None), None);
        assert_eq!(one.letters_to(), None, "no address");
        one.email = "vera@example.org".into();
        assert_eq!(one.letters_to(), Some("vera@example.org"));
        one.letters_stopped_at = Some(1);
        assert_eq!(one.letters_to(), None, "they said so");
    }
}
