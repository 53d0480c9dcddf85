//! Canvases with notes in boxes, and risks.

use crate::boxes::{Cell, Kind};
use customers::{Need, Segment};
use discovery::AssumptionTest;
use kernel::{Area, By, Hang, Heard, Id, Made, Rank, Reading, Strand, Tie, noun, words};
use people::Member;
use research::Persona;
use roadmap::{Feature, Initiative};

/// All of it is decided here.
pub(crate) const AREA: Area = Area::Strategy;

noun! {
    /// A well-known picture with boxes, in which notes stand.
    pub struct Canvas in "canvas" {
        kind: Kind,
        title: String,
        /// What it is about, and when it was looked at last.
        note: String,
        /// For whom: of a value proposition, whose jobs, pains and gains they are.
        segment: Option<Id<Segment>>,
        persona: Option<Id<Persona>>,
    } label(c) c.title.clone(); searched Some((c.title.clone(), c.note.clone()));
    about { many: "canvases", one: "canvas", read: Reading::Sees(AREA), place: "canvases?show={id}", titled: true, found_by: "title", discussed: true,
      heard: Heard { texts: &["note"], news: &["note", "segment", "persona"], ..Heard::NOTHING } }
}

noun! {
    /// What stands in a box of a canvas. What became of it is named by its fields.
    pub struct CanvasNote in "canvas_note" {
        canvas: Id<Canvas>,
        cell: Cell,
        body: String,
        /// Its place in the box.
        rank: Rank,
        /// The need that it speaks of.
        need: Option<Id<Need>>,
        /// The bet that it became, or that delivers it.
        initiative: Option<Id<Initiative>>,
        /// The feature that delivers it.
        feature: Option<Id<Feature>>,
        /// The risk that it became.
        risk: Option<Id<Risk>>,
        /// The assumption that it became, on which a bet rests.
        assumption_test: Option<Id<AssumptionTest>>,
    } label(n) web::clipped(n.body.lines().next().unwrap_or(""), 90); searched Some((web::clipped(&n.body, 90), n.body.clone()));
    about { many: "canvas-notes", one: "note on a canvas", read: Reading::Of("canvas", "canvas"), part_of: "canvas", place: "canvases?open={id}", titled: true, found_by: "body",
      hushed: &["canvas", "rank"], called: &[("cell", "box"), ("body", "text"), ("assumption_test", "assumption")],
      heard: Heard { texts: &["body"], ..Heard::NOTHING },
      thread: Some(Strand { title: &["body"], state: "cell",
        hangs: &[
          Hang { on: "evidence", by: By::TiedBy(Tie::Supports), mend: "",
            made: Some(Made { area: AREA, command: "canvas_note.support", of: "canvas_note", on: "evidence", undone: "canvas_note.unsupport" }) },
          Hang { on: "need", by: By::Field("need"), mend: "",
            made: Some(Made { area: AREA, command: "canvas_note.edit", of: "canvas_note", on: "need", undone: "" }) }],
        ..Strand::PLAIN }) }
}

words! {
    /// How likely, or how bad.
    pub enum Degree { Low = "low", Middling = "middling", High = "high" }
}

words! {
    /// What became of a risk.
    pub enum RiskState { Open = "open", Handled = "handled" says "dealt with", Happened = "happened", Gone = "gone" says "no longer possible" }
}

noun! {
    /// Something that may happen and would harm the product.
    pub struct Risk in "risk" {
        title: String,
        /// What it would do, and how one would notice.
        note: String,
        likelihood: Degree,
        impact: Degree,
        /// What is done about it.
        response: String,
        /// Whoever watches it.
        owner: Option<Id<Member>>,
        state: RiskState,
    } label(r) r.title.clone(); searched Some((r.title.clone(), format!("{}\n{}", r.note, r.response)));
    about { many: "risks", read: Reading::Sees(AREA), place: "risks?open={id}", titled: true, found_by: "title", discussed: true,
      heard: Heard { texts: &["note", "response"], whose: &["owner"], news: &["likelihood", "impact", "response", "state"], ..Heard::NOTHING },
      called: &[("note", "what it would do"), ("response", "what is done about it"), ("owner", "who watches it")],
      thread: Some(Strand { state: "state", hangs: &[Hang { on: "canvas_note", by: By::TheirField("risk"), mend: "", made: None }], ..Strand::PLAIN }) }
}

impl Risk {
    /// How much it weighs among others: likelihood × impact, from 1 to 9.
    pub fn weight(&self) -> i64 {
        (self.likelihood as i64 + 1) * (self.impact as i64 + 1)
    }
}
