//! A case, and an option that it weighs.

use challenge::Kind;
use kernel::{Area, By, Hang, Heard, Id, Made, Rank, Reading, Strand, Tie, noun, value::Packed, words};
use roadmap::Initiative;

/// Cases are strategy: the Manager decides, the Owner proposes.
pub const AREA: Area = Area::Strategy;

words! {
    /// What a case is about, and so which parts it has.
    pub enum CaseKind { Strategy = "strategy", Design = "design" }
}

impl CaseKind {
    pub const fn kind(self) -> Kind {
        match self {
            CaseKind::Strategy => Kind::Strategy,
            CaseKind::Design => Kind::Design,
        }
    }

    /// As its options are called, one of them.
    pub const fn option(self) -> &'static str {
        match self {
            CaseKind::Strategy => "option",
            CaseKind::Design => "solution",
        }
    }

    /// The part that its options are.
    pub const fn options(self) -> &'static str {
        match self {
            CaseKind::Strategy => "options",
            CaseKind::Design => "solutions",
        }
    }
}

words! {
    /// Whether it is still thought about.
    pub enum CaseState { Open = "open", Chosen = "chosen" }
}

/// Hangs on something by a link that one pair of commands makes and takes away, whatever it leads to.
const fn on(on: &'static str, by: By) -> Hang {
    Hang { on, by, mend: "", made: Some(Made { area: AREA, command: "guided_case.link", of: "guided_case", on, undone: "guided_case.unlink" }) }
}

noun! {
    /// A matter of strategy or design, thought through part by part.
    pub struct GuidedCase in "guided_case" {
        title: String,
        kind: CaseKind,
        state: CaseState,
        goal: String,
        diagnosis: String,
        users: String,
        needs: String,
        criteria: String,
        /// Which of the options, and why.
        choice: String,
        actions: String,
        not_doing: String,
        risks: String,
        prioritisation: String,
        trade_offs: String,
        measures: String,
        summary: String,
        /// The bet that was made of it.
        initiative: Option<Id<Initiative>>,
        /// Hints that were put aside, by the names of their checks.
        hints_off: Packed<Vec<String>>,
    } label(c) c.title.clone(); searched Some((c.title.clone(), c.written()));
    about { many: "cases", one: "case", read: Reading::Sees(AREA), place: "cases?show={id}", titled: true, found_by: "title", discussed: true,
      long: &["diagnosis", "users", "needs", "criteria", "choice", "actions", "not_doing", "risks", "prioritisation", "trade_offs", "measures", "summary"],
      hushed: &["hints_off"],
      heard: Heard { texts: PARTS, news: &["goal", "choice", "state"], ..Heard::NOTHING },
      called: &[("not_doing", "what is not done"), ("trade_offs", "trade-offs"), ("needs", "needs and pain points")],
      thread: Some(Strand { state: "state",
        hangs: &[on("objective", By::Tie(Tie::About)), on("need", By::Tie(Tie::About)), on("evidence", By::TiedBy(Tie::Supports))],
        ..Strand::PLAIN }) }
}

/// Every part that is a text of its own; the options are things.
pub const PARTS: &[&str] = &[
    "goal",
    "diagnosis",
    "users",
    "needs",
    "criteria",
    "choice",
    "actions",
    "not_doing",
    "risks",
    "prioritisation",
    "trade_offs",
    "measures",
    "summary",
];

impl GuidedCase {
    /// What stands in a part; nothing for one that is none.
    pub fn part(&self, key: &str) -> &str {
        match key {
            "goal" => &self.goal,
            "diagnosis" => &self.diagnosis,
            "users" => &self.users,
            "needs" => &self.needs,
            "criteria" => &self.criteria,
            "choice" => &self.choice,
            "actions" => &self.actions,
            "not_doing" => &self.not_doing,
            "risks" => &self.risks,
            "prioritisation" => &self.prioritisation,
            "trade_offs" => &self.trade_offs,
            "measures" => &self.measures,
            "summary" => &self.summary,
            _ => "",
        }
    }

    /// Whether cases of its kind have a part.
    pub fn has(&self, key: &str) -> bool {
        guided::steps(self.kind.kind()).iter().any(|step| step.key == key) || key == "choice"
    }

    /// Whether the choice is one of its parts, and does not only follow from them.
    pub fn has_own_choice(&self) -> bool {
        guided::steps(self.kind.kind()).iter().any(|step| step.key == "choice")
    }

    /// All that is written in it.
    fn written(&self) -> String {
        PARTS.iter().map(|key| self.part(key)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

noun! {
    /// One of the ways that a case weighs; it is scored as features and needs are.
    pub struct CaseOption in "case_option" {
        guided_case: Id<GuidedCase>,
        title: String,
        body: String,
        rank: Rank,
        /// It is the one that was chosen.
        chosen: bool,
    } label(o) o.title.clone(); searched Some((o.title.clone(), o.body.clone()));
    about { many: "case-options", one: "option", read: Reading::Of("guided_case", "guided_case"), part_of: "guided_case", place: "cases?option={id}",
      titled: true, found_by: "title", hushed: &["guided_case"], heard: Heard { texts: &["body"], new: true, ..Heard::NOTHING },
      called: &[("body", "what it is")] }
}
