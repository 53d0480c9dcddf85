//! The command behind every import: a story as another tool knows it, made or brought up to date.

use crate::{
    events::*,
    model::*,
    rows,
    stories::{MOST_TEXT, blank, room_for},
};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Result, Scope, command, fields::within, trimmed, value::Packed};
use people::Member;
use product::BoardColumn;
use std::collections::BTreeMap;

command! {
    /// Brings in a story from another tool; the same origin again updates it and never makes a second one.
    pub struct BringInStory in "story.bring_in" at Put "/products/{product}/brought-in" [Backlog] {
        /// Tool and key there, such as `jira:ABC-1`.
        pub origin: String,
        pub origin_url: Option<String>,
        pub title: String,
        pub kind: StoryKind,
        #[serde(default)]
        pub body: String,
        pub points: Option<f64>,
        /// `open`, `doing`, `handed_over`, `accepted` or `dropped`.
        pub stage: Stage,
        /// E-mail or name of a member of this product.
        pub assignee: Option<String>,
        #[serde(default)]
        pub labels: Vec<String>,
        #[serde(default)]
        pub criteria: Vec<String>,
        /// What Tandem has no field for.
        #[serde(default)]
        pub extra: BTreeMap<String, String>,
        /// Milliseconds since 1970.
        pub created_at: Option<i64>,
        pub settled_at: Option<i64>,
    }
}

impl BringInStory {
    /// What `decide` would refuse about the row itself, so that an import can name every row at once.
    pub fn check(&self) -> Result<()> {
        trimmed("title", &self.title, 500)?;
        within("body", &self.body, MOST_TEXT)?;
        trimmed("origin", &self.origin, 200)?;
        if self.origin.trim_end().ends_with(':') {
            return Err(kernel::Refusal::invalid("key", "This row has no key, so it could not be recognised again."));
        }
        points(self.points)?;
        labels(&self.labels).map(drop)
    }
}

/// What is there already.
pub struct Known {
    story: Option<Story>,
    criteria: Vec<Criterion>,
    room: crate::stories::Place,
    assignee: Option<Id<Member>>,
    columns: Vec<BoardColumn>,
}

impl Command for BringInStory {
    type Before = Known;

    fn load(&self, look: &mut Look) -> Result<Known> {
        let story = rows::by_origin(look, &self.origin)?;
        let criteria = match &story {
            Some(story) => rows::criteria_of(look, story.id())?,
            None => vec![],
        };
        let assignee = match self.assignee.as_deref() {
            None | Some("") => None,
            Some(named) => people::person_called(look, named)?.map(|p| p.id),
        };
        let columns = if self.stage == Stage::Open { vec![] } else { product::columns_of(look)? };
        Ok(Known { story, criteria, room: room_for(look, false, None)?, assignee, columns })
    }
    fn title(&self, _: &Known) -> String {
        format!("Bring in “{}”", self.title)
    }
    fn decide(self, known: Known, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let made = known.story.is_none();
        let before = known.story.unwrap_or_else(|| blank(moment, product, known.room));
        let mut after = before.clone();
        after.title = trimmed("title", &self.title, 500)?;
        after.kind = self.kind;
        after.body = within("body", &self.body, MOST_TEXT)?;
        after.points = points(self.points)?;
        after.labels = labels(&self.labels)?;
        after.assignee = known.assignee.or(after.assignee);
        after.origin = Some(trimmed("origin", &self.origin, 200)?);
        after.origin_url = self.origin_url.filter(|url| kernel::fields::is_link(url));
        after.extra = Packed(self.extra);
        // A verdict of our own outranks what the other tool says.
        if made || (before.stage != Stage::Accepted && before.sprint.is_none()) {
            after.stage = self.stage;
            after.board_column = product::column_of(&known.columns, self.stage);
            after.settled_at = match self.stage {
                Stage::Accepted | Stage::Dropped => self.settled_at.or(before.settled_at).or(Some(moment.now)),
                _ => None,
            };
        }
        let mut events = match made {
            true => {
                after.meta.created_at = self.created_at.unwrap_or(moment.now);
                vec![Event::created(&STORY_CREATED, &after)]
            }
            false => vec![Event::changed(&STORY_BROUGHT_IN, &before, &after)],
        };
        let fresh: Vec<String> = self.criteria.into_iter().filter(|text| !known.criteria.iter().any(|c| c.body == text.trim())).collect();
        let number = known.criteria.iter().map(|c| c.number).max().unwrap_or(0);
        events.extend(crate::criteria::fresh(moment, &after, &fresh, number, known.criteria.last().map(|c| c.rank.clone()))?);
        Ok(events.into())
    }
}
