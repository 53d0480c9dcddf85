//! An attempt, and what its marks hold.

use challenge::Kind;
use kernel::{
    Deserialize, Home, Id, JsonSchema, Reading, Serialize,
    erasure::{Copied, Goes, Said, Way},
    noun,
    value::Packed,
    words,
};
use people::Member;
use std::collections::BTreeMap;

words! {
    /// What is practised.
    pub enum Discipline { Guesstimate = "guesstimate", Strategy = "strategy", Design = "design", RootCause = "rootcause" says "root cause", Drill = "drill" }
}

words! {
    /// With hints and a look at every step, or under way once and rated.
    pub enum Mode { Learning = "learning", Exam = "exam" }
}

words! {
    /// Whether it is still written on.
    pub enum Stage { Open = "open", Marked = "marked" }
}

words! {
    /// Where a cut is asked.
    pub enum Where { Period = "period" says "the period", Books = "books" says "an independent count", YearAgo = "year_ago" says "the same time a year ago" }
}

impl Discipline {
    pub fn kind(self) -> Kind {
        match self {
            Discipline::Guesstimate => Kind::Guesstimate,
            Discipline::Strategy => Kind::Strategy,
            Discipline::Design => Kind::Design,
            Discipline::RootCause => Kind::RootCause,
            Discipline::Drill => Kind::Drill,
        }
    }

    pub fn of(kind: Kind) -> Discipline {
        match kind {
            Kind::Guesstimate => Discipline::Guesstimate,
            Kind::Strategy => Discipline::Strategy,
            Kind::Design => Discipline::Design,
            Kind::RootCause => Discipline::RootCause,
            Kind::Drill => Discipline::Drill,
        }
    }

    /// As a heading says several.
    pub fn many(self) -> &'static str {
        match self {
            Discipline::Guesstimate => "Guesstimates",
            Discipline::Strategy => "Strategy",
            Discipline::Design => "Design",
            Discipline::RootCause => "Root causes",
            Discipline::Drill => "Drills",
        }
    }
}

/// One thing that was asked of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", tag = "what", rename_all = "snake_case")]
#[schemars(crate = "kernel::schemars")]
pub enum Question {
    /// A step, by a dimension, of one value only.
    Cut { at: Where, step: String, by: String, only: String },
    /// A source that is looked into.
    Source { source: String },
    /// Words for whoever knows the facts; `told` is the fact that a model took them to mean, empty for none.
    Words {
        words: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<String>,
    },
}

/// One thing that was found, with the words of the answer that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Finding {
    pub says: String,
    pub quotes: Vec<String>,
    /// How far what was looked for is there, 0 to 1.
    pub share: f64,
}

/// A row of the rubric as it was marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct MarkedRow {
    pub row: String,
    pub name: String,
    /// 1 to 5.
    pub level: f64,
    pub findings: Vec<Finding>,
}

/// A part of a score that is counted in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Part {
    pub name: String,
    pub points: f64,
    pub of: f64,
}

/// What was found of an answer once it was handed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct Marks {
    pub rows: Vec<MarkedRow>,
    pub parts: Vec<Part>,
    /// Sentences about all of it.
    pub says: Vec<String>,
}

/// A row of the rubric as a person marked it, with the words of the answer that it rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct GivenMark {
    pub row: String,
    /// 1 to 5.
    pub level: i64,
    pub quote: String,
}

noun! {
    /// One member's go at a challenge: what was asked and written, and what came of it.
    pub struct Attempt in "attempt" {
        member: Id<Member>,
        /// The id of the challenge, or the name of a case that was invented: `invented-2-48213`.
        challenge: String,
        discipline: Discipline,
        title: String,
        /// 1 easy to 5 hard.
        level: i64,
        mode: Mode,
        stage: Stage,
        /// What was written, by its part.
        answer: Packed<BTreeMap<String, String>>,
        asked: Packed<Vec<Question>>,
        /// The parts for which a hint was taken.
        hints: Packed<Vec<String>>,
        marks: Packed<Marks>,
        /// Of what could be had, 0 to 1.
        score: Option<f64>,
        /// The interval that was given, and its points out of 100.
        low: Option<f64>,
        high: Option<f64>,
        interval_points: Option<f64>,
        /// Whether the interval holds the reference.
        hit: Option<bool>,
        rated: bool,
        /// The member's rating in the discipline after it.
        rating: Option<f64>,
        deviation: Option<f64>,
        volatility: Option<f64>,
        handed_in_at: Option<i64>,
        /// The attempt that it goes on from.
        revises: Option<Id<Attempt>>,
        /// How its member marked it themself.
        own_marks: Packed<Vec<GivenMark>>,
        /// Since when two others may review it, without its member's name.
        shared_at: Option<i64>,
        /// Which edition of a challenge of the workspace; 0 for those of the program.
        edition: i64,
        /// An invented case whose number was chosen: somebody may have told what it is.
        by_number: bool,
    } label(a) a.title.clone();
    about { many: "attempts", home: Home::Member, read: Reading::Own("member"), made_anew: true, place: "practice/attempts/{id}",
      hushed: &["member", "answer", "asked", "hints", "marks", "deviation", "volatility", "low", "high", "revises", "rated", "own_marks", "edition", "by_number"],
      said: Some(Said { by: "member", words: &["answer", "asked", "marks", "own_marks"], unless: "" }),
      long: &["answer", "asked", "marks", "own_marks"], shares: &["score"],
      called: &[("handed_in_at", "handed in"), ("shared_at", "shared for review"), ("interval_points", "points of the interval")] }
}

impl Attempt {
    pub(crate) fn is_open(&self) -> bool {
        self.stage == Stage::Open
    }

    /// What stands in a part of the answer.
    pub(crate) fn part(&self, key: &str) -> &str {
        self.answer.get(key).map_or("", String::as_str)
    }
}

noun! {
    /// What somebody thinks of the answer of another, whose name they do not know.
    pub struct PeerReview in "peer_review" {
        /// Whoever reviewed.
        member: Id<Member>,
        attempt: Id<Attempt>,
        challenge: String,
        title: String,
        marks: Packed<Vec<GivenMark>>,
        note: String,
    } label(r) r.title.clone();
    about { many: "peer-reviews", one: "review", home: Home::Member, read: Reading::Own("member"), made_anew: true,
      said: Some(Said { by: "member", words: &["marks", "note"], unless: "" }),
      copied: &[Copied { by: "attempt", way: Way::From, field: "marks", goes: Goes::Quotes }],
      hushed: &["member", "attempt", "challenge", "marks"], long: &["marks"] }
}
