//! Evidence and needs, and of whom they are: customers and segments.

use conversation::Comment;
use kernel::erasure::{Copied, Goes, Way};
use kernel::{Area, By, Fact, Gap, Hang, Id, Made, Mend, Named, Rank, Reading, Refusal, Result, Strand, Tie, noun, words};
use people::Member;

words! {
    /// Why evidence waits for nothing any more, though it supports no need.
    pub enum Dismissed { NotUseful = "not_useful" says "not useful", Duplicate = "duplicate" says "said already", Split = "split" says "split into quotes" }
}

words! {
    /// Why a person dismisses evidence.
    pub enum Why { NotUseful = "not_useful" says "not useful", Duplicate = "duplicate" says "said already" }
}

words! {
    /// Where evidence comes from.
    pub enum EvidenceKind { Interview = "interview", Ticket = "ticket", Review = "review", Survey = "survey", SalesCall = "sales_call" says "sales call", UsageData = "usage_data" says "usage data", Other = "other" }
}

noun! {
    /// People or companies who want the same.
    pub struct Segment in "segment" {
        name: String,
        /// How many of them there are.
        size: Option<i64>,
        /// By what share it grows in a year; below 0 where it shrinks.
        growth: Option<f64>,
        note: String,
    } label(s) s.name.clone(); searched Some((s.name.clone(), s.note.clone()));
    about { many: "segments", read: Reading::Sees(Area::Research), place: "customer-list?open={id}", titled: true, found_by: "name", discussed: true,
      heard: kernel::Heard { texts: &["note"], news: &["size", "growth", "note"], ..kernel::Heard::NOTHING }, shares: &["growth"],
      thread: Some(Strand { title: &["name"], ..Strand::PLAIN }) }
}

noun! {
    /// Whoever uses the product, or could.
    pub struct Customer in "customer" {
        name: String,
        /// How many people use it there.
        size: Option<i64>,
        /// What comes from it in a year, in the product's currency.
        revenue: Option<f64>,
        segment: Option<Id<Segment>>,
        note: String,
        /// The customer that it turned out to be.
        merged_into: Option<Id<Customer>>,
        /// What another system calls it, each once.
        external_id: String,
        /// Whoever looks after it here.
        owner: Option<Id<Member>>,
    } label(c) c.name.clone(); searched Some((c.name.clone(), c.note.clone()));
    about { many: "customers", read: Reading::Sees(Area::Customers), place: "customer-list?open={id}", titled: true, found_by: "name", discussed: true,
      heard: kernel::Heard { texts: &["note"], whose: &["owner"], news: &["revenue", "segment", "note", "merged_into"], ..kernel::Heard::NOTHING },
      called: &[("merged_into", "same as"), ("external_id", "id in another system"), ("owner", "who looks after it")] }
}

noun! {
    /// One observed fact about customers or market.
    pub struct Evidence in "evidence" {
        kind: EvidenceKind,
        /// What was said or seen, word for word.
        quote: String,
        source: String,
        url: String,
        customer: Named<Customer>,
        segment: Named<Segment>,
        /// When it was observed.
        noted_on: String,
        /// The remark that it was taken from.
        said_in: Option<Id<Comment>>,
        /// Why it waits for nothing any more; empty while it does, and where it supports a need.
        dismissed: Option<Dismissed>,
        /// The longer text that it was taken from, word for word.
        split_from: Option<Id<Evidence>>,
        /// The interview out of whose notes it was taken.
        interview: Option<Id<Interview>>,
        /// The address by which it came in.
        came_in: Option<Id<Intake>>,
        /// What another system calls it, each once.
        external_id: String,
    } label(e) shortened(&e.quote); searched Some((shortened(&e.quote), format!("{}\n{}", e.quote, e.source)));
    about { many: "evidence", read: Reading::Sees(Area::Customers), place: "customers?show={id}#e-{id}", titled: true, found_by: "quote", discussed: true,
      heard: kernel::Heard { news: &["quote", "dismissed"], ..kernel::Heard::NOTHING },
      copied: &[Copied { by: "split_from", way: Way::From, field: "quote", goes: Goes::Whole },
        Copied { by: "said_in", way: Way::From, field: "quote", goes: Goes::Whole }],
      hushed: &["said_in", "split_from", "came_in", "external_id"], called: &[("url", "address"), ("noted_on", "observed on")],
      thread: Some(Strand { title: &["quote"], state: "customer", gaps: &[Gap { name: LOOSE_EVIDENCE, area: Area::Customers, when: &[Fact::Unset("dismissed"), Fact::Without("need", &[]), Fact::Without("trend", &[]), Fact::Without("grade", &[]), Fact::Without("persona", &[]), Fact::Without("canvas_note", &[]), Fact::Without("outcome", &[])],
        order: "created_at desc", mend: Mend::Join { with: "need", says: "Link it to a need" } }], ..Strand::PLAIN }) }
}

impl Evidence {
    /// One of which nothing is known yet.
    pub fn begun(meta: kernel::Meta) -> Evidence {
        Evidence {
            meta,
            kind: EvidenceKind::Other,
            quote: String::new(),
            source: String::new(),
            url: String::new(),
            customer: Named::Nothing,
            segment: Named::Nothing,
            noted_on: String::new(),
            said_in: None,
            dismissed: None,
            split_from: None,
            interview: None,
            came_in: None,
            external_id: String::new(),
        }
    }
}

words! {
    /// What a participant agreed to.
    pub enum Consent { NotAsked = "not_asked" says "not asked yet", Given = "given" says "may be quoted without their name", Named = "named" says "may be quoted by name", Refused = "refused" says "may not be quoted" }
}

noun! {
    /// A talk with somebody who has a need.
    pub struct Interview in "interview" {
        /// Who was talked to.
        participant: String,
        customer: Option<Id<Customer>>,
        segment: Option<Id<Segment>>,
        held_on: String,
        led_by: Option<Id<Member>>,
        /// What is to be asked.
        guide: String,
        consent: Consent,
        /// What was said, as it was noted.
        notes: String,
        /// The words that tell most.
        telling: String,
        /// What was learned.
        learned: String,
    } label(i) i.participant.clone(); searched Some((i.participant.clone(), format!("{}\n{}", i.learned, i.notes)));
    about { many: "interviews", read: Reading::Sees(Area::Customers), place: "interviews?open={id}", titled: true, found_by: "participant", discussed: true, long: &["guide", "notes"],
      heard: kernel::Heard { texts: &["learned"], whose: &["led_by"], news: &["learned", "held_on"], ..kernel::Heard::NOTHING },
      called: &[("held_on", "day"), ("led_by", "who leads it"), ("telling", "the words that tell most"), ("learned", "what was learned")] }
}

noun! {
    /// An address to which other programs send evidence.
    pub struct Intake in "intake" {
        /// What sends to it.
        name: String,
        /// What that sends.
        kind: EvidenceKind,
        member: Id<Member>,
        token_hash: String,
        revoked_at: Option<i64>,
    } label(i) i.name.clone();
    about { many: "intakes", one: "intake address", made_anew: true, titled: true, read: Reading::Says(Area::Customers), hushed: &["revoked_at"] }
}

/// The gap that Home tells by itself, too.
pub const LOOSE_EVIDENCE: &str = "Evidence never linked";

noun! {
    /// Something a segment is trying to get done or suffers from.
    pub struct Need in "need" {
        title: String,
        /// Job story or outcome statement.
        statement: String,
        segment: Named<Segment>,
        /// 0 to 10.
        importance: Option<f64>,
        /// 0 to 10.
        satisfaction: Option<f64>,
        /// Its place in the order that was agreed, once there is one.
        place: Option<Rank>,
        /// Where both figures are from: a survey, or whose judgement they are.
        figures_from: String,
    } label(n) n.title.clone(); searched Some((n.title.clone(), n.statement.clone()));
    about { many: "needs", read: Reading::Sees(Area::Customers), place: "customers?open={id}", titled: true, found_by: "title", discussed: true, hushed: &["place"],
      heard: kernel::Heard { texts: &["statement"], news: &["statement"], ..kernel::Heard::NOTHING },
      thread: Some(Strand { state: "segment",
        hangs: &[
          Hang { on: "evidence", by: By::TiedBy(Tie::Supports), mend: "",
            made: Some(Made { area: Area::Customers, command: "evidence.link", of: "need", on: "evidence", undone: "evidence.unlink" }) },
          Hang { on: "segment", by: By::Field("segment"), mend: "",
            made: Some(Made { area: Area::Customers, command: "need.edit", of: "need", on: "segment", undone: "" }) },
          Hang { on: "objective", by: By::Tie(Tie::Serves), mend: "",
            made: Some(Made { area: Area::Customers, command: "need.serve", of: "need", on: "objective", undone: "need.unserve" }) }],
        gaps: &[Gap { name: "Needs without evidence", area: Area::Customers, when: &[Fact::Bare("evidence")], order: "id",
          mend: Mend::Join { with: "evidence", says: "Link evidence to it" } }],
        ..Strand::PLAIN }) }
}

impl Need {
    /// Ulwick's opportunity score: importance + max(importance − satisfaction, 0); none until both are known.
    pub fn opportunity(&self) -> Option<f64> {
        Some(crate::scores::opportunity(self.importance?, self.satisfaction?))
    }
}

/// A figure between 0 and 10.
pub(crate) fn zero_to_ten(field: &str, value: Option<f64>) -> Result<Option<f64>> {
    match value {
        Some(v) if !(0.0..=10.0).contains(&v) => Err(Refusal::invalid(field, "Give a figure between 0 and 10.")),
        fine => Ok(fine),
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Meta;

    /// The worked examples at decikit.com, “Opportunity Scoring”: 9 and 3 come to 15, 9 and 9 to 9.
    #[test]
    fn opportunity_follows_ulwick() {
        let need = |importance, satisfaction| Need {
            meta: Meta { id: kernel::Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            title: String::new(),
            statement: String::new(),
            segment: Named::Nothing,
            importance,
            satisfaction,
            figures_from: String::new(),
            place: None,
        };
        assert_eq!(need(Some(9.0), Some(3.0)).opportunity(), Some(15.0));
        assert_eq!(need(Some(9.0), Some(9.0)).opportunity(), Some(9.0));
        assert_eq!(need(Some(3.0), Some(9.0)).opportunity(), Some(3.0));
        assert_eq!(need(None, Some(9.0)).opportunity(), None);
    }
}
