//! A matter of one's own at work, as the checks read a challenge: with facts and without an author, a rubric and anchors.

use super::{Challenge, Fact, Own, Probes};
use crate::Kind;

impl Challenge {
    /// A matter that nobody has written as a challenge, for [`findings`](Challenge::findings) about it.
    pub fn of_work(own: Own, title: &str, brief: &str, facts: Vec<Fact>) -> Challenge {
        let kind = match own {
            Own::Guesstimate(_) => Kind::Guesstimate,
            Own::Strategy(_) => Kind::Strategy,
            Own::Design(_) => Kind::Design,
            Own::RootCause(_) => Kind::RootCause,
            Own::Drill(_) => Kind::Drill,
        };
        Challenge {
            kind,
            id: String::new(),
            title: title.to_owned(),
            summary: String::new(),
            level: 3,
            minutes: 0,
            skills: vec![],
            author: String::new(),
            brief: brief.to_owned(),
            debrief: String::new(),
            facts,
            own,
            rubric: vec![],
            anchors: vec![],
            probes: Probes::default(),
        }
    }
}
