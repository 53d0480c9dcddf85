//! What programs read of updates besides the nouns: a draft from the record.

use crate::{model::Kind, reading};
use kernel::{Look, Query, Result, Uuid, answer, query};

query! {
    /// What an update would say: sentences from the record since the last one of its kind, each with the line that it comes from.
    pub struct Drafted in "update.drafted" at "/products/{product}/updates/drafted" -> DraftOut {
        /// `roadmap` or `progress`.
        #[serde(default = "roadmap")]
        pub kind: Kind,
    }
}

fn roadmap() -> Kind {
    Kind::Roadmap
}

answer! {
    /// The answer to `Drafted`.
    pub struct DraftOut {
        /// As Markdown.
        pub body: String,
        pub groups: Vec<GroupOut>,
        /// Acts that no sentence tells of.
        pub routine: usize,
        /// Nothing happened that could be told of.
        pub nothing: bool,
        /// Up to when the record was read; publishing takes it along.
        pub until: i64,
    }

    /// What belongs to one objective.
    pub struct GroupOut {
        pub objective: Option<Uuid>,
        pub title: String,
        pub sentences: Vec<SentenceOut>,
    }

    /// A sentence and where it comes from.
    pub struct SentenceOut {
        pub says: String,
        pub thing: Option<Uuid>,
        /// The line of activity.
        pub line: Option<Uuid>,
    }
}

impl Query for Drafted {
    fn ask(self, look: &mut Look) -> Result<DraftOut> {
        let found = reading::drafted(look, self.kind, &[])?;
        let (body, nothing) = (found.draft.markdown(), found.draft.is_nothing());
        let sentence = |one: crate::Sentence| SentenceOut { says: one.says, thing: one.thing, line: one.line };
        let group = |group: crate::Group| GroupOut {
            objective: group.objective,
            title: group.title,
            sentences: group.sentences.into_iter().map(sentence).collect(),
        };
        let groups = found.draft.groups.into_iter().map(group).collect();
        Ok(DraftOut { body, groups, routine: found.draft.routine, nothing, until: found.until })
    }
}
