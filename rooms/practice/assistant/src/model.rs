//! What a model says of an answer, and the answers by which it is held against people.

use club::{Attempt, Discipline};
use kernel::{Area, Deserialize, Home, Id, JsonSchema, Reading, Scope, Serialize, Standing, Uuid, erasure::Said, noun, value::Packed, words};
use marking::Verdict;
use people::Member;
use std::collections::BTreeMap;

/// How far an anchor of a row is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct Anchor {
    /// `met`, `partly`, `not_met` or `not_shown`.
    pub verdict: String,
    /// Words of the answer, each looked up in it.
    pub quotes: Vec<String>,
    /// Quotes that do not stand in it.
    pub unfound: i64,
}

/// One reading of one row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct OneReading {
    /// Worked out from the verdicts, 1 to 5.
    pub level: f64,
    pub middling: Anchor,
    pub strong: Anchor,
    pub keep: String,
    pub stop: String,
    pub start: String,
}

/// What came of a row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct RowRead {
    pub row: String,
    pub readings: Vec<OneReading>,
    /// Why there is nothing of the others, a sentence each.
    pub failed: Vec<String>,
}

fn anchor(shown: marking::Shown) -> Anchor {
    let verdict = match shown.verdict {
        Verdict::Met => "met",
        Verdict::Partly => "partly",
        Verdict::NotMet => "not_met",
        Verdict::NotShown => "not_shown",
    };
    Anchor { verdict: verdict.into(), quotes: shown.quotes, unfound: shown.unfound }
}

impl From<marking::Sample> for OneReading {
    fn from(read: marking::Sample) -> OneReading {
        let marking::Sample { level, middling, strong, keep, stop, start } = read;
        OneReading { level, middling: anchor(middling), strong: anchor(strong), keep, stop, start }
    }
}

impl RowRead {
    /// What the readings come to together.
    pub(crate) fn judged(&self) -> Option<marking::Judged> {
        let samples: Vec<marking::Sample> = self.readings.iter().map(|one| marking::Sample { level: one.level, ..Default::default() }).collect();
        marking::judged(&samples)
    }
}

noun! {
    /// What a model says of an answer that was handed in: beside what the checks found, and never what a rating rests on.
    pub struct Feedback in "feedback" {
        member: Id<Member>,
        attempt: Id<Attempt>,
        /// The model that was asked, once it has answered.
        model: String,
        /// The form in which it was asked.
        form: i64,
        /// The rows that it was asked about.
        wanted: Packed<Vec<String>>,
        marks: Packed<Vec<RowRead>>,
    } label(_f) "an answer".to_owned();
    about { many: "feedbacks", home: Home::Member, read: Reading::Own("member"), made_anew: true,
      hushed: &["member", "attempt", "form", "wanted", "marks"], long: &["marks"], noted: &["model", "marks"],
      said: Some(Said { by: "member", words: &["marks"], unless: "" }) }
}

impl Feedback {
    pub(crate) fn is_over(&self) -> bool {
        self.wanted.iter().all(|row| self.marks.iter().any(|read| read.row == *row))
    }
}

noun! {
    /// An answer that its writer gave so that people and models can be held against each other. It names nobody where it is
    /// marked.
    pub struct Specimen in "specimen" {
        member: Id<Member>,
        challenge: String,
        title: String,
        discipline: Discipline,
        /// What was written, by its part.
        answer: Packed<BTreeMap<String, String>>,
        attempt: Id<Attempt>,
        /// Which edition of a challenge of the workspace; 0 for those of the program.
        edition: i64,
    } label(s) s.title.clone();
    about { many: "specimens", one: "given answer", home: Home::Workspace, read: Reading::Nobody, made_anew: true,
      hushed: &["member", "challenge", "discipline", "answer", "attempt", "edition"], long: &["answer"],
      said: Some(Said { by: "member", words: &["answer"], unless: "" }) }
}

noun! {
    /// A model held against people over the answers that were given and marked.
    pub struct Comparison in "comparison" {
        member: Id<Member>,
        model: String,
        form: i64,
        /// How many answers are looked at.
        wanted: i64,
        /// On how many of them, and rows, both have a level.
        answers: i64,
        pairs: i64,
        /// Quadratic weighted.
        kappa: Option<f64>,
        /// The share of the same level.
        exact: Option<f64>,
        /// Model minus people, in levels.
        bias: Option<f64>,
        ended_at: Option<i64>,
    } label(c) match c.model.as_str() { "" => "a model".to_owned(), model => model.to_owned() };
    about { many: "comparisons", home: Home::Workspace, read: Reading::Nobody, made_anew: true,
      hushed: &["member", "form", "wanted", "answers", "pairs", "ended_at"], shares: &["exact"] }
}

noun! {
    /// The levels that somebody gave an answer, row by row: a member, or the model of a comparison.
    pub struct SpecimenMark in "specimen_mark" {
        specimen: Id<Specimen>,
        member: Option<Id<Member>>,
        comparison: Option<Id<Comparison>>,
        /// 1 to 5 by row.
        levels: Packed<BTreeMap<String, i64>>,
    } label(_m) "an answer".to_owned();
    about { many: "specimen-marks", one: "mark of a given answer", home: Home::Workspace, read: Reading::Nobody, made_anew: true,
      hushed: &["specimen", "member", "comparison", "levels"] }
}

words! {
    /// What is drafted.
    pub enum Drafts {
        Stories = "stories", Criteria = "criteria", Needs = "needs", Notes = "notes" says "release notes", Update = "update" says "an update",
        Groups = "groups" says "groups of notes",
    }
}

impl Drafts {
    /// Whether somebody could do anything with it: only what could at least be proposed is drafted. `about` is what an update
    /// tells of.
    pub fn may(self, scope: &Scope, about: &str) -> bool {
        let proposes = |area: Area| scope.standing(area).1 >= Standing::Proposes;
        match self {
            Drafts::Stories | Drafts::Criteria => proposes(Area::Backlog),
            Drafts::Needs => proposes(Area::Customers),
            Drafts::Notes => proposes(Area::Announcements),
            Drafts::Update => updates::Kind::parse(about).is_some_and(|kind| updates::writes(scope, kind)),
            Drafts::Groups => retro::is_there(scope),
        }
    }
}

/// One thing that was drafted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct OneDraft {
    pub title: String,
    pub body: String,
    /// Words of what it was drafted from.
    pub quote: String,
    /// The evidence that they stand in.
    pub evidence: Option<Uuid>,
    /// Figures and addresses in it that stand in nothing of what it was drafted from.
    pub unfounded: Vec<String>,
    /// The notes of a retrospective that would stand together.
    pub notes: Vec<Uuid>,
}

noun! {
    /// What a model drafted for somebody. Nobody else reads it; what they take over is theirs.
    pub struct ModelDraft in "model_draft" {
        member: Id<Member>,
        what: Drafts,
        /// The noun that it is drafted from; of an update what it tells of.
        about: String,
        about_id: Option<Uuid>,
        title: String,
        model: String,
        /// Why there is nothing, a sentence.
        failed: String,
        drafts: Packed<Vec<OneDraft>>,
        ended_at: Option<i64>,
    } label(d) d.title.clone();
    about { many: "model-drafts", one: "draft of a model", made_anew: true, read: Reading::Own("member"), long: &["drafts"], fades: Some(("created_at", 30)), copies: &["drafts"],
      hushed: &["member", "what", "about", "about_id", "model", "failed", "drafts", "ended_at"], noted: &["model", "failed", "drafts", "ended_at"] }
}

/// The levels that one person gave an answer, under *The model* or in a review.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub specimen: Id<Specimen>,
    pub levels: BTreeMap<String, i64>,
}

/// Levels of people and of a model as pairs, the model's first; and how many answers have any. People's is the middle of
/// theirs, the lower one where there are two.
pub(crate) fn pairs(machine: &[SpecimenMark], people: &[Marked]) -> (Vec<(u8, u8)>, usize) {
    let (mut pairs, mut answers) = (vec![], 0);
    for one in machine {
        let before = pairs.len();
        let own: Vec<&Marked> = people.iter().filter(|mark| mark.specimen == one.specimen).collect();
        for (row, level) in one.levels.iter() {
            let mut theirs: Vec<i64> = own.iter().filter_map(|mark| mark.levels.get(row).copied()).collect();
            theirs.sort_unstable();
            if let Some(middle) = theirs.get(theirs.len().saturating_sub(1) / 2) {
                pairs.push((u8::try_from(*level).unwrap_or(1), u8::try_from(*middle).unwrap_or(1)));
            }
        }
        answers += usize::from(pairs.len() > before);
    }
    (pairs, answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Meta;

    #[test]
    fn the_middle_of_people_is_held_against_the_model() {
        let id = |n: u128| Id::<Specimen>::new(Uuid::from_u128(n));
        let levels = |level: i64| BTreeMap::from([("goal".to_owned(), level), ("risks".to_owned(), level)]);
        let meta = Meta { id: Uuid::from_u128(9), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let machine =
            |n: u128, level: i64| SpecimenMark { meta: meta.clone(), specimen: id(n), member: None, comparison: None, levels: Packed(levels(level)) };
        let people = |n: u128, level: i64| Marked { specimen: id(n), levels: levels(level) };
        let (found, answers) =
            pairs(&[machine(1, 4), machine(2, 2), machine(3, 5)], &[people(1, 5), people(1, 3), people(1, 1), people(2, 2), people(2, 3)]);
        assert_eq!(found, [(4, 3), (4, 3), (2, 2), (2, 2)]);
        assert_eq!(answers, 2, "nobody has marked the third");
    }
}
