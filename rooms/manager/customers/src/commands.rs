//! Recording evidence, writing needs, joining the two.

use crate::{events::*, model::*, named::Told, rows::taken_from};
use conversation::Comment;
use kernel::{
    AnyDay, Command, Day, Decided, Event, Id, Line, Link, Look, Moment, Noun, Refusal, Result, Scope, Text, Tie, Words, command, event::edit, give,
    relation::Ends,
};
use web::when;

command! {
    /// Records one observed fact, word for word.
    pub struct RecordEvidence in "evidence.record" at Post "/products/{product}/evidence" [Customers] {
        #[serde(default = "other")]
        pub kind: EvidenceKind,
        pub quote: Words<20_000>,
        #[serde(default)]
        pub source: Text<300>,
        #[serde(default)]
        pub url: Link,
        /// Whose words or doing it is: a customer's name or id. Who is not known by that name is made known.
        #[serde(default)]
        pub customer: Text<200>,
        /// By name or id, in the same way.
        #[serde(default)]
        pub segment: Text<200>,
        /// The day it was observed; today when empty.
        #[serde(default)]
        pub noted_on: AnyDay,
        /// A need that it supports.
        pub need: Option<Id<Need>>,
        /// The remark that it is taken from, each once.
        pub said_in: Option<Id<Comment>>,
    }
}

fn other() -> EvidenceKind {
    EvidenceKind::Other
}

impl Command for RecordEvidence {
    type Before = (Option<Need>, Told<Customer>, Told<Segment>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let need = self.need.map(|need| Need::get(look, need)).transpose()?;
        if let Some(remark) = self.said_in {
            Comment::get(look, remark)?;
            if !taken_from(look, [remark.0])?.is_empty() {
                return Err(Refusal::invalid("said_in", "This remark is evidence already."));
            }
        }
        Ok((need, Told::read(look, "customer", &self.customer)?, Told::read(look, "segment", &self.segment)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Record evidence".into()
    }
    fn decide(self, (need, customer, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let mut events = vec![];
        let noted_on = self.noted_on.day();
        when::happened("noted_on", noted_on.as_ref(), scope, moment.now)?;
        let evidence = Evidence {
            kind: self.kind,
            quote: self.quote.into(),
            source: self.source.into(),
            url: self.url.into(),
            customer: customer.known(moment, product, &mut events),
            segment: segment.known(moment, product, &mut events),
            noted_on: noted_on.unwrap_or_else(|| when::day(moment.now)),
            said_in: self.said_in,
            ..Evidence::begun(moment.fresh(Some(product)))
        };
        events.push(Event::created(&EVIDENCE_RECORDED, &evidence));
        if let Some(need) = need {
            events.extend(Ends::fresh(&evidence, Tie::Supports, &need).link(&EVIDENCE_LINKED, moment, product)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Changes evidence.
    pub struct EditEvidence in "evidence.edit" at Patch "/products/{product}/evidence/{evidence}" [Customers] {
        pub evidence: Id<Evidence>,
        pub kind: Option<EvidenceKind>,
        pub quote: Option<Words<20_000>>,
        pub source: Option<Text<300>>,
        pub url: Option<Link>,
        /// By name or id; empty for nobody in particular.
        pub customer: Option<Text<200>>,
        pub segment: Option<Text<200>>,
        pub noted_on: Option<Day>,
    }
}

impl Command for EditEvidence {
    type Before = (Evidence, Option<Told<Customer>>, Option<Told<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let evidence = Evidence::get(look, self.evidence)?;
        let customer = self.customer.as_ref().map(|name| Told::read(look, "customer", name)).transpose()?;
        let segment = self.segment.as_ref().map(|name| Told::read(look, "segment", name)).transpose()?;
        Ok((evidence, customer, segment))
    }
    fn title(&self, (before, ..): &Self::Before) -> String {
        format!("Change evidence: {}", before.label())
    }
    fn decide(self, (before, customer, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let customer = customer.map(|customer| customer.known(moment, product, &mut events));
        let segment = segment.map(|segment| segment.known(moment, product, &mut events));
        events.push(edit(&EVIDENCE_EDITED, &before, |e| {
            give(&mut e.kind, self.kind);
            give(&mut e.quote, self.quote);
            give(&mut e.source, self.source);
            give(&mut e.url, self.url);
            give(&mut e.customer, customer);
            give(&mut e.segment, segment);
            give(&mut e.noted_on, self.noted_on);
            when::happened("noted_on", Some(&e.noted_on), scope, moment.now)
        })?);
        Ok(events.into())
    }
}

command! {
    /// Removes evidence.
    pub struct RemoveEvidence in "evidence.remove" at Delete "/products/{product}/evidence/{evidence}" [Customers] {
        pub evidence: Id<Evidence>,
    }
}

impl Command for RemoveEvidence {
    type Before = Evidence;

    fn load(&self, look: &mut Look) -> Result<Evidence> {
        Evidence::get(look, self.evidence)
    }
    fn title(&self, before: &Evidence) -> String {
        format!("Remove evidence: {}", before.label())
    }
    fn decide(self, before: Evidence, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&EVIDENCE_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Writes down a need: a job that a segment is trying to get done, or what it suffers from.
    pub struct CreateNeed in "need.create" at Post "/products/{product}/needs" [Customers] {
        pub title: Line<300>,
        #[serde(default)]
        pub statement: Text<5_000>,
        /// By name or id.
        #[serde(default)]
        pub segment: Text<200>,
        /// 0 to 10.
        pub importance: Option<f64>,
        /// 0 to 10.
        pub satisfaction: Option<f64>,
        /// Where both figures are from: a survey with its day, or whose judgement they are.
        #[serde(default)]
        pub figures_from: Text<200>,
        /// Evidence in which it was seen, and which supports it.
        pub evidence: Option<Id<Evidence>>,
    }
}

impl Command for CreateNeed {
    type Before = (Told<Segment>, Option<Evidence>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let evidence = self.evidence.map(|evidence| Evidence::get(look, evidence)).transpose()?;
        Ok((Told::read(look, "segment", &self.segment)?, evidence))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Add the need “{}”", self.title)
    }
    fn decide(self, (segment, evidence): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let need = Need {
            meta: moment.fresh(Some(product)),
            title: self.title.into(),
            statement: self.statement.into(),
            segment: segment.known(moment, product, &mut events),
            importance: zero_to_ten("importance", self.importance)?,
            satisfaction: zero_to_ten("satisfaction", self.satisfaction)?,
            figures_from: self.figures_from.into(),
            place: None,
        };
        events.push(Event::created(&NEED_CREATED, &need));
        if let Some(evidence) = evidence {
            events.extend(Ends::fresh(&evidence, Tie::Supports, &need).link(&EVIDENCE_LINKED, moment, product)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Changes a need.
    pub struct EditNeed in "need.edit" at Patch "/products/{product}/needs/{need}" [Customers] {
        pub need: Id<Need>,
        pub title: Option<Line<300>>,
        pub statement: Option<Text<5_000>>,
        pub segment: Option<Text<200>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub importance: Option<Option<f64>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub satisfaction: Option<Option<f64>>,
        /// Where both figures are from.
        pub figures_from: Option<Text<200>>,
    }
}

impl Command for EditNeed {
    type Before = (Need, Option<Told<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let need = Need::get(look, self.need)?;
        let segment = self.segment.as_ref().map(|name| Told::read(look, "segment", name)).transpose()?;
        Ok((need, segment))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the need “{}”", before.title)
    }
    fn decide(self, (before, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let segment = segment.map(|segment| segment.known(moment, product, &mut events));
        events.push(edit(&NEED_EDITED, &before, |n| {
            give(&mut n.title, self.title);
            give(&mut n.statement, self.statement);
            give(&mut n.segment, segment);
            give(&mut n.figures_from, self.figures_from);
            if let Some(importance) = self.importance {
                n.importance = zero_to_ten("importance", importance)?;
            }
            if let Some(satisfaction) = self.satisfaction {
                n.satisfaction = zero_to_ten("satisfaction", satisfaction)?;
            }
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Removes a need.
    pub struct RemoveNeed in "need.remove" at Delete "/products/{product}/needs/{need}" [Customers] {
        pub need: Id<Need>,
    }
}

impl Command for RemoveNeed {
    type Before = Need;

    fn load(&self, look: &mut Look) -> Result<Need> {
        Need::get(look, self.need)
    }
    fn title(&self, before: &Need) -> String {
        format!("Remove the need “{}”", before.title)
    }
    fn decide(self, before: Need, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&NEED_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Says that evidence supports a need.
    pub struct LinkEvidence in "evidence.link" at Put "/products/{product}/evidence/{evidence}/needs/{need}" [Customers] {
        pub evidence: Id<Evidence>,
        pub need: Id<Need>,
    }
}

impl Command for LinkEvidence {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        let (evidence, need) = (Evidence::get(look, self.evidence)?, Need::get(look, self.need)?);
        Ends::read(look, &evidence, Tie::Supports, &need)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Link: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&EVIDENCE_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that evidence supports a need.
    pub struct UnlinkEvidence in "evidence.unlink" at Delete "/products/{product}/evidence/{evidence}/needs/{need}" [Customers] {
        pub evidence: Id<Evidence>,
        pub need: Id<Need>,
    }
}

impl Command for UnlinkEvidence {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        let (evidence, need) = (Evidence::get(look, self.evidence)?, Need::get(look, self.need)?);
        Ends::read(look, &evidence, Tie::Supports, &need)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&EVIDENCE_UNLINKED, moment.now)?.into())
    }
}
