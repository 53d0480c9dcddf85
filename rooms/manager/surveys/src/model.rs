//! A Kano survey, what it asks about, and the links by which it is answered. Answers are counted in nobody's name.

use customers::Segment;
use kernel::{Area, Heard, Id, Reading, noun, value::Packed, words};
use people::Member;
use roadmap::Feature;
use scoring::kano::Answer;

/// What surveys are a matter of.
pub const AREA: Area = Area::Customers;
/// What sharing one is a matter of.
pub const PUBLISHING: Area = Area::Announcements;

words! {
    /// Whether a survey takes answers.
    pub enum SurveyState { Draft = "draft" says "a draft", Open = "open", Closed = "closed" }
}

words! {
    /// What somebody feels where something is there, or is not.
    pub enum Feeling { Like = "like" says "I like it", Expect = "expect" says "I expect it", Neutral = "neutral" says "It is all the same to me", LiveWith = "live_with" says "I can live with it", Dislike = "dislike" says "I dislike it" }
}

impl Feeling {
    /// Its place in the table of answers.
    pub(crate) const fn place(self) -> i64 {
        self as i64
    }
}

/// Of how many answers pairs there are.
pub(crate) const CELLS: i64 = 25;
/// From so many answers on a result is told: of fewer one could tell whose they are.
pub const FEWEST: i64 = 3;
/// So much a survey asks about; longer ones are given up.
pub const MOST_ITEMS: usize = 12;

noun! {
    /// Questions to customers about features: how they feel with and without each.
    pub struct Survey in "survey" {
        title: String,
        /// What stands at its head.
        intro: String,
        state: SurveyState,
        /// The last day on which it takes answers.
        closes_on: Option<String>,
        /// The portal shows it.
        in_portal: bool,
        closed_at: Option<i64>,
        /// How many have answered, once it is closed.
        people: i64,
        /// The segments that links are for, in the order in which their answers are counted apart.
        segments: Packed<Vec<Id<Segment>>>,
    } label(s) s.title.clone(); searched Some((s.title.clone(), s.intro.clone()));
    about { many: "surveys", read: Reading::Sees(Area::Customers), place: "surveys?show={id}", titled: true, found_by: "title", discussed: true, hushed: &["closed_at", "segments"],
      heard: Heard { texts: &["intro"], news: &["state"], ..Heard::NOTHING }, called: &[("closes_on", "answers until"), ("in_portal", "shown on the portal"), ("people", "answers")] }
}

noun! {
    /// A feature that a survey asks about.
    pub struct Item in "survey_item" {
        survey: Id<Survey>,
        feature: Option<Id<Feature>>,
        title: String,
        /// What it is, in the words of whoever answers.
        body: String,
        /// Where it stands, and since the survey was opened by what number its answers are counted.
        place: i64,
        /// How often each pair of answers was given, once the survey is closed: with it by rows, without it by columns.
        cells: Packed<Vec<i64>>,
        /// The same for each segment that is told of, in the survey's order; nothing for the others.
        apart: Packed<Vec<Vec<i64>>>,
    } label(i) i.title.clone();
    about { many: "survey-items", one: "question of a survey", made_anew: true, read: Reading::Of("survey", "survey"), part_of: "survey", titled: true, hushed: &["survey", "place", "cells", "apart"], called: &[("body", "what it is")] }
}

noun! {
    /// A link by which a survey is answered without an account.
    pub struct SurveyLink in "survey_link" {
        survey: Id<Survey>,
        /// Whom it is for.
        name: String,
        /// It takes one answer: it is for one person.
        once: bool,
        member: Id<Member>,
        token_hash: String,
        expires_at: i64,
        revoked_at: Option<i64>,
        /// The segment that whoever answers by it belongs to.
        segment: Option<Id<Segment>>,
    } label(l) l.name.clone();
    about { many: "survey-links", one: "link to a survey", made_anew: true, titled: true, read: Reading::Says(Area::Announcements), hushed: &["survey", "member", "expires_at", "revoked_at"] }
}

impl SurveyLink {
    pub(crate) fn works(&self, now: i64) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}

/// The pair of answers that a cell stands for.
pub(crate) fn pair(cell: usize) -> Option<(Answer, Answer)> {
    Some((*Answer::ALL.get(cell / 5)?, *Answer::ALL.get(cell % 5)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feelings_stand_in_the_order_of_the_table() {
        for (feeling, answer) in Feeling::ALL.iter().zip(Answer::ALL) {
            assert_eq!(pair((feeling.place() * 5 + feeling.place()) as usize), Some((answer, answer)));
        }
        assert_eq!(pair(25), None);
    }
}
