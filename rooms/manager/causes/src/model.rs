//! An inquiry into why a figure changed, and what may have been the cause.

use crate::data::Data;
use backlog::Story;
use kernel::{Area, By, Hang, Heard, Id, Made, Reading, Strand, Tie, noun, value::Packed, words};
use measures::Measure;

/// Why something happens to customers is a matter of customers: Manager and Owner both find it out.
pub(crate) const AREA: Area = Area::Customers;

words! {
    /// Whether the cause is still looked for.
    pub enum Asking { Open = "open", Settled = "settled" }
}

words! {
    /// Of which kind a cause is: the bones of the fish.
    pub enum Bone { Product = "product" says "the product", People = "people" says "people", Way = "way" says "the way of working", Data = "data" says "data and counting", Customers = "customers" says "customers", Outside = "outside" says "the world outside", Other = "other" says "something else" }
}

words! {
    /// What is thought of a cause by now.
    pub enum Held { Open = "open" says "not looked into", Likely = "likely" says "likely", RuledOut = "ruled_out" says "ruled out", Confirmed = "confirmed" says "confirmed" }
}

noun! {
    /// Why did it change: figures before and after, taken apart, and what was found.
    pub struct Inquiry in "inquiry" {
        title: String,
        /// What was seen, in words.
        seen: String,
        /// The measure whose values these are, where they are not from a table.
        measure: Option<Id<Measure>>,
        /// What was counted: `orders`, or `orders/visits`.
        counted: String,
        /// What is compared with what.
        compared: String,
        data: Packed<Data>,
        asking: Asking,
        /// What the cause was.
        finding: String,
    } label(i) i.title.clone(); searched Some((i.title.clone(), format!("{}\n{}", i.seen, i.finding)));
    about { many: "inquiries", one: "inquiry", read: Reading::SeesWith(AREA, &[("measure", "measure")]), place: "causes?show={id}", titled: true, found_by: "title", discussed: true,
      long: &["data"], hushed: &["data"],
      heard: Heard { texts: &["seen", "finding"], news: &["finding", "asking"], ..Heard::NOTHING },
      called: &[("seen", "what was seen"), ("counted", "what is counted"), ("asking", "state")] }
}

noun! {
    /// Something that may be the cause, or why another is.
    pub struct CauseNote in "cause_note" {
        inquiry: Id<Inquiry>,
        /// The one that it is asked why of.
        under: Option<Id<CauseNote>>,
        bone: Bone,
        body: String,
        /// The part of the figures that it speaks of: `country = FR`.
        slice: String,
        held: Held,
        /// What says so.
        why: String,
        /// What is done about it.
        story: Option<Id<Story>>,
    } label(n) web::clipped(n.body.lines().next().unwrap_or(""), 90); searched Some((web::clipped(&n.body, 90), format!("{}\n{}", n.body, n.why)));
    about { many: "cause-notes", one: "cause", read: Reading::Of("inquiry", "inquiry"), part_of: "inquiry", place: "causes?open={id}", titled: true, found_by: "body",
      hushed: &["inquiry", "under", "slice"], called: &[("bone", "kind"), ("body", "text"), ("held", "what is thought of it"), ("why", "what says so")],
      heard: Heard { texts: &["body", "why"], ..Heard::NOTHING },
      thread: Some(Strand { title: &["body"], state: "held",
        hangs: &[Hang { on: "evidence", by: By::TiedBy(Tie::Supports), mend: "",
          made: Some(Made { area: AREA, command: "cause_note.support", of: "cause_note", on: "evidence", undone: "cause_note.unsupport" }) }],
        ..Strand::PLAIN }) }
}
