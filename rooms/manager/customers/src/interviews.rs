//! Interviews: who was talked to, along which guide, with what consent, and what was noted, out of which evidence is taken.

use crate::{events::*, model::*, named::Told, triage::quotes};
use kernel::{Command, Day, Decided, Event, Id, Line, Look, Moment, Named, Noun, Refusal, Result, Scope, Text, Words, command, event::edit, give};
use people::Member;
use web::when;

/// Somebody of the product, and no assistant.
pub(crate) fn belongs(look: &mut Look, member: Option<Id<Member>>) -> Result<()> {
    match member {
        Some(member) => people::person_of(look, member)?.filter(|person| !person.is_assistant).map(|_| ()).ok_or(Refusal::NotFound),
        None => Ok(()),
    }
}

command! {
    /// Plans an interview, or writes down one that was held.
    pub struct PlanInterview in "interview.plan" at Post "/products/{product}/interviews" [Customers] {
        /// Who is talked to.
        pub participant: Line<200>,
        /// Their company or household, by name or id. Who is not known by that name is made known.
        #[serde(default)]
        pub customer: Text<200>,
        #[serde(default)]
        pub segment: Text<200>,
        /// The day it is held, or was.
        pub held_on: Day,
        /// Whoever leads it; whoever asks when left out.
        pub led_by: Option<Id<Member>>,
        /// What is to be asked, in Markdown.
        #[serde(default)]
        pub guide: Text<20_000>,
        #[serde(default = "not_asked")]
        pub consent: Consent,
        /// What was said, as it was noted.
        #[serde(default)]
        pub notes: Text<100_000>,
    }
}

fn not_asked() -> Consent {
    Consent::NotAsked
}

impl Command for PlanInterview {
    type Before = (Told<Customer>, Told<Segment>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        belongs(look, self.led_by)?;
        Ok((Told::read(look, "customer", &self.customer)?, Told::read(look, "segment", &self.segment)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Interview “{}”", self.participant)
    }
    fn decide(self, (customer, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let interview = Interview {
            meta: moment.fresh(Some(product)),
            participant: self.participant.into(),
            customer: customer.record(moment, product, &mut events),
            segment: segment.record(moment, product, &mut events),
            held_on: self.held_on.into(),
            led_by: self.led_by.or(scope.who.member.filter(|_| scope.who.assistant.is_none()).map(Id::new)),
            guide: self.guide.into(),
            consent: self.consent,
            notes: self.notes.into(),
            telling: String::new(),
            learned: String::new(),
        };
        events.push(Event::created(&INTERVIEW_PLANNED, &interview));
        Ok(events.into())
    }
}

command! {
    /// Changes an interview: what was noted, what was learned.
    pub struct EditInterview in "interview.edit" at Patch "/products/{product}/interviews/{interview}" [Customers] {
        pub interview: Id<Interview>,
        pub participant: Option<Line<200>>,
        /// By name or id; empty for nobody in particular.
        pub customer: Option<Text<200>>,
        pub segment: Option<Text<200>>,
        pub held_on: Option<Day>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub led_by: Option<Option<Id<Member>>>,
        pub guide: Option<Text<20_000>>,
        pub consent: Option<Consent>,
        pub notes: Option<Text<100_000>>,
        /// The words that tell most, for the snapshot; they stand in the notes.
        pub telling: Option<Text<1_000>>,
        /// What was learned, in Markdown.
        pub learned: Option<Text<10_000>>,
    }
}

impl Command for EditInterview {
    type Before = (Interview, Option<Told<Customer>>, Option<Told<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let interview = Interview::get(look, self.interview)?;
        belongs(look, self.led_by.flatten())?;
        let customer = self.customer.as_ref().map(|name| Told::read(look, "customer", name)).transpose()?;
        let segment = self.segment.as_ref().map(|name| Told::read(look, "segment", name)).transpose()?;
        Ok((interview, customer, segment))
    }
    fn title(&self, (before, ..): &Self::Before) -> String {
        format!("Change the interview “{}”", before.participant)
    }
    fn decide(self, (before, customer, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let customer = customer.map(|customer| customer.record(moment, product, &mut events));
        let segment = segment.map(|segment| segment.record(moment, product, &mut events));
        let changed = edit(&INTERVIEW_EDITED, &before, |i| {
            give(&mut i.participant, self.participant);
            give(&mut i.customer, customer);
            give(&mut i.segment, segment);
            give(&mut i.held_on, self.held_on);
            give(&mut i.led_by, self.led_by);
            give(&mut i.guide, self.guide);
            give(&mut i.consent, self.consent);
            give(&mut i.notes, self.notes);
            give(&mut i.telling, self.telling);
            give(&mut i.learned, self.learned);
            match i.telling.is_empty() {
                true => Ok(()),
                false => quotes("telling", &i.notes, &i.telling).map(drop),
            }
        })?;
        events.push(changed);
        Ok(events.into())
    }
}

command! {
    /// Removes an interview. Evidence that was taken from it stays.
    pub struct RemoveInterview in "interview.remove" at Delete "/products/{product}/interviews/{interview}" [Customers] {
        pub interview: Id<Interview>,
    }
}

impl Command for RemoveInterview {
    type Before = Interview;

    fn load(&self, look: &mut Look) -> Result<Interview> {
        Interview::get(look, self.interview)
    }
    fn title(&self, before: &Interview) -> String {
        format!("Remove the interview “{}”", before.participant)
    }
    fn decide(self, before: Interview, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&INTERVIEW_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Takes quotes out of the notes of an interview: each becomes evidence, named as far as the participant agreed.
    pub struct SplitInterview in "interview.split" at Post "/products/{product}/interviews/{interview}/quotes" [Customers] {
        pub interview: Id<Interview>,
        /// Word for word, with an empty line between two; what is left out within one is told by “…”.
        pub quotes: Words<100_000>,
    }
}

impl Command for SplitInterview {
    type Before = Interview;

    fn load(&self, look: &mut Look) -> Result<Interview> {
        Interview::get(look, self.interview)
    }
    fn title(&self, before: &Interview) -> String {
        format!("Take quotes from the interview “{}”", before.participant)
    }
    fn decide(self, before: Interview, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        if before.consent == Consent::Refused {
            return Err(Refusal::invalid("quotes", "The participant did not agree to be quoted, so no evidence is taken from this interview."));
        }
        when::happened("quotes", Some(&before.held_on), scope, moment.now)?;
        let quotes = quotes("quotes", &before.notes, &self.quotes)?;
        // Who it was is told only where they agreed to that.
        let source = if before.consent == Consent::Named { format!("Interview with {}", before.participant) } else { "Interview".into() };
        let piece = |quote| Evidence {
            kind: EvidenceKind::Interview,
            quote,
            source: source.clone(),
            customer: before.customer.map_or(Named::Nothing, Named::Record),
            segment: before.segment.map_or(Named::Nothing, Named::Record),
            noted_on: before.held_on.clone(),
            interview: Some(before.id()),
            ..Evidence::begun(moment.fresh(Some(product)))
        };
        let events: Vec<Event> = quotes.into_iter().map(|quote| Event::created(&EVIDENCE_RECORDED, &piece(quote))).collect();
        Ok(events.into())
    }
}
