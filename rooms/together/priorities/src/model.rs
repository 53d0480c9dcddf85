//! Ways of scoring, the scores that were agreed, and rounds in which people rate apart.

use kernel::{Area, Heard, Id, Reading, Uuid, erasure::Said, noun, value::Packed, words};
use people::Member;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What is scored.
    pub enum Thing { Feature = "feature", Initiative = "initiative", Need = "need", Story = "story", CaseOption = "case_option" says "option" }
}

impl Thing {
    /// Who decides on their scores and on their order.
    pub const fn area(self) -> Area {
        match self {
            Thing::Feature | Thing::Initiative => Area::Priorities,
            Thing::Need => Area::Customers,
            Thing::Story => Area::Backlog,
            Thing::CaseOption => Area::Strategy,
        }
    }

    /// As many of them are called.
    pub const fn many(self) -> &'static str {
        match self {
            Thing::Feature => "features",
            Thing::Initiative => "initiatives",
            Thing::Need => "needs",
            Thing::Story => "stories",
            Thing::CaseOption => "options of cases",
        }
    }
}

words! {
    /// How a score is worked out.
    pub enum Method {
        Rice = "rice" says "RICE", Wsjf = "wsjf" says "WSJF", Ice = "ice" says "ICE", ValueEffort = "value_effort" says "value and effort",
        Moscow = "moscow" says "MoSCoW", Opportunity = "opportunity", Weighted = "weighted" says "weighted criteria",
    }
}

words! {
    /// What a figure is counted from, instead of being typed.
    pub enum Source { Evidence = "evidence" says "pieces of evidence", Voices = "voices" says "customers who said so", Revenue = "revenue" says "what those customers bring in a year" }
}

/// One criterion of a product's own, with its weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Criterion {
    /// What scores name it by, whatever it is called.
    pub key: String,
    pub name: String,
    pub weight: f64,
    /// It counts against.
    pub cost: bool,
}

noun! {
    /// A way of scoring.
    pub struct Scheme in "scheme" {
        name: String,
        method: Method,
        thing: Thing,
        /// Who decides on it, by what it scores.
        area: Area,
        /// Of weighted scoring.
        criteria: Packed<Vec<Criterion>>,
        /// Which of its inputs are counted, and from what.
        counted: Packed<BTreeMap<String, Source>>,
    } label(s) s.name.clone();
    about { many: "schemes", one: "way of scoring", read: Reading::OwnArea, place: "priorities?scheme={id}", titled: true,
      hushed: &["area", "criteria", "counted"], called: &[("thing", "scores")] }
}

noun! {
    /// What was agreed about one thing under one criterion, as it was written.
    pub struct Score in "score" {
        scheme: Id<Scheme>,
        about_noun: String,
        about_id: Uuid,
        criterion: String,
        /// A number, a range, a word of the scale.
        written: String,
        /// The round in which it was settled.
        round: Option<Id<Round>>,
    } label(s) s.written.clone();
    about { many: "scores", read: Reading::Of("scheme", "scheme"), part_of: "about_id", hushed: &["about_noun", "about_id", "criterion", "scheme"],
      called: &[("written", "score")] }
}

noun! {
    /// A round in which people rate apart from one another, until all is revealed.
    pub struct Round in "scoring_round" {
        scheme: Id<Scheme>,
        title: String,
        /// Who began it.
        member: Id<Member>,
        /// Who is asked to rate; what each of them rates is said by their own row.
        asked: Packed<Vec<Uuid>>,
        /// What is rated: ids of what the scheme scores.
        items: Packed<Vec<Uuid>>,
        /// The last day to rate on.
        ends_on: Option<String>,
        opened_at: Option<i64>,
        /// How far the raters agreed, from −1 to 1; none where it cannot be said.
        agreement: Option<f64>,
        /// When what was settled became scores and order.
        adopted_at: Option<i64>,
    } label(r) r.title.clone(); searched Some((r.title.clone(), String::new()));
    about { many: "scoring-rounds", one: "scoring round", read: Reading::Of("scheme", "scheme"), place: "rounds?round={id}", titled: true, found_by: "title",
      discussed: true, hushed: &["asked", "items", "agreement"], long: &["items"], called: &[("member", "begun by"), ("ends_on", "rate until")],
      heard: Heard { whose: &["member"], names: &["asked"], news: &["opened_at"], ..Heard::NOTHING } }
}

words! {
    /// What became of somebody who was asked to rate; told once the round is open.
    pub enum RaterState { Asked = "asked", Rated = "rated", Unfinished = "unfinished" says "did not finish" }
}

noun! {
    /// Somebody who is asked to rate in a round, and what they rate.
    pub struct Rater in "rater" {
        round: Id<Round>,
        member: Id<Member>,
        criteria: Packed<Vec<String>>,
        state: RaterState,
    } label(_r) "a rater".to_owned();
    about { many: "raters", read: Reading::Of("scoring_round", "round"), part_of: "round", hushed: &["criteria", "state"] }
}

/// One answer of a rater.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Given {
    pub about: Uuid,
    pub criterion: String,
    pub written: String,
}

noun! {
    /// What one rater gave, once it is open.
    pub struct Rating in "rating" {
        round: Id<Round>,
        member: Id<Member>,
        gave: Packed<Vec<Given>>,
        note: String,
    } label(_r) "ratings".to_owned();
    about { many: "ratings", read: Reading::Of("scoring_round", "round"), part_of: "round", hushed: &["gave", "member"], long: &["gave"],
      said: Some(Said { by: "member", words: &["note"], unless: "" }) }
}

noun! {
    /// What was settled where ratings lay apart, and why.
    pub struct SettledRating in "settled_rating" {
        round: Id<Round>,
        about_noun: String,
        about_id: Uuid,
        criterion: String,
        written: String,
        reason: String,
        member: Id<Member>,
    } label(s) s.written.clone();
    about { many: "settled-ratings", read: Reading::Of("scoring_round", "round"), part_of: "round",
      hushed: &["about_noun", "about_id", "criterion", "member"], called: &[("written", "settled on")],
      said: Some(Said { by: "member", words: &["reason"], unless: "" }) }
}

/// So many ways of scoring a product has.
pub(crate) const MOST_SCHEMES: i64 = 30;
/// So many things stand in a table or a round.
pub(crate) const MOST_ITEMS: usize = 200;
/// So many people rate in a round.
pub(crate) const MOST_RATERS: usize = 30;
