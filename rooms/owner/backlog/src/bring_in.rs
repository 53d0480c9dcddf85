//! The command behind every import: a story as another tool knows it, made or brought up to date.

use crate::{
    events::*,
    imported::{Decides, Merged, Said, digest, fingerprint, merge, packed, said_by, unpacked},
    model::*,
    rows,
    stories::{MOST_TEXT, blank, room_for},
};
use conversation::{Brought, BroughtComment};
use kernel::{
    Area, Command, Decided, Deserialize, Event, Id, JsonSchema, Look, Moment, Noun, Ref, Result, Scope, Serialize, Uuid, command, fields::within,
    trimmed, value::Packed,
};
use people::Member;
use product::BoardColumn;
use roadmap::Feature;
use std::collections::BTreeMap;

command! {
    /// Brings in a story from another tool; the same origin again brings it up to date and never makes a second one. What
    /// was changed here since stays.
    pub struct BringInStory in "story.bring_in" at Put "/products/{product}/brought-in" [Backlog] {
        /// Tool and key there, such as `jira:ABC-1`.
        pub origin: String,
        pub origin_url: Option<String>,
        /// The number that it had there, kept where nothing here has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<i64>,
        pub title: String,
        pub kind: StoryKind,
        #[serde(default)]
        pub body: String,
        pub points: Option<f64>,
        /// `open`, `doing`, `handed_over`, `accepted` or `dropped`.
        pub stage: Stage,
        /// The name of the column in which it stands on the board, among those of its stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub column: Option<String>,
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
        pub started_at: Option<i64>,
        pub settled_at: Option<i64>,
        /// When what is handed over came there; the import where nobody says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub handed_over_at: Option<i64>,
        /// Where its feature came from (or its number, key or id), if that is here.
        pub feature: Option<Ref>,
        /// A label that stands for the feature until it is here.
        #[serde(default)]
        pub feature_label: String,
        /// Name of its sprint, if that is here.
        pub sprint: Option<String>,
        #[serde(default)]
        pub comments: Vec<BroughtComment>,
        /// Whom the file names as the one who works on it.
        #[serde(default)]
        pub named: String,
        /// The address at which they were invited, until they are here: then the story is theirs.
        #[serde(default)]
        pub awaited: String,
        #[serde(default)]
        pub whence: Whence,
        /// Fields in which the file wins over what was changed here: `title`, `body`, `stage` and so on.
        #[serde(default)]
        pub take: Vec<String>,
    }
}

/// By what a file is told from others whose rows have the same keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde", default)]
#[schemars(crate = "kernel::schemars")]
pub struct Whence {
    /// The file with which it came first.
    pub file: String,
    /// Its project there.
    pub project: String,
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

    /// A story as the file has it, in the place of one that is here.
    fn told(&self, place: &Story, assignee: Option<Id<Member>>, columns: &[BoardColumn], now: i64) -> Result<Story> {
        let settled = matches!(self.stage, Stage::Accepted | Stage::Dropped);
        Ok(Story {
            title: trimmed("title", &self.title, 500)?,
            kind: self.kind,
            body: within("body", &self.body, MOST_TEXT)?,
            points: points(self.points)?,
            labels: labels(&self.labels)?,
            assignee,
            stage: self.stage,
            board_column: self.column_among(columns),
            started_at: self.started_at,
            handed_over_at: (self.stage == Stage::HandedOver).then(|| self.handed_over_at.unwrap_or(now)),
            // Never the day of the import: nobody knows when it was done, and nobody shall count on it.
            settled_at: self.settled_at.filter(|_| settled),
            ..place.clone()
        })
    }

    /// The column that is named, or else the first of its stage; open stories stand in none.
    fn column_among(&self, columns: &[BoardColumn]) -> Option<Id<BoardColumn>> {
        let named = self.column.as_ref().and_then(|name| columns.iter().find(|c| c.stage == self.stage && c.name == *name));
        named.map(Noun::id).or_else(|| product::column_of(columns, self.stage)).filter(|_| self.stage != Stage::Open)
    }

    /// What becomes of a story that is here, and what of it stays although the file says something else.
    pub fn onto(&self, before: &Story, assignee: Option<Id<Member>>, scope: &Scope) -> Result<Merged> {
        Ok(merge(before, &self.told(before, assignee, &[], scope.now)?, &self.take, decides(scope)))
    }

    /// What the file says, to be kept for the next import. What is not here yet is not yet said.
    fn said(&self, told: &Story, known: &Known, last: &Said) -> Said {
        let mut said = said_by(told);
        let criteria: Vec<String> = self.criteria.iter().map(|c| digest(c.trim())).collect();
        let feature = self.feature.as_ref().map(|f| f.0.clone()).filter(|f| known.feature.is_some() || last.get("feature") == Some(f));
        let sprint = self.sprint.clone().filter(|s| known.sprint.is_some() || last.get("sprint") == Some(s));
        let awaited = match known.assignee {
            Some(_) => String::new(),
            // Whoever reads the story does not learn an address.
            None if !self.awaited.is_empty() => fingerprint(&self.awaited),
            // An import without the invitation forgets nobody who is still expected.
            None => last.get("awaited").filter(|_| last.get("named") == Some(&self.named)).cloned().unwrap_or_default(),
        };
        let more = [
            ("named", self.named.clone()),
            ("awaited", awaited),
            ("file", self.whence.file.clone()),
            ("project", self.whence.project.clone()),
            ("labels", packed(&told.labels)),
            ("criteria", packed(&criteria)),
            ("feature", feature.unwrap_or_default()),
            ("feature_label", self.feature_label.clone()),
            ("sprint", sprint.unwrap_or_default()),
        ];
        said.extend(more.into_iter().filter(|(_, text)| !text.is_empty() && text != "[]").map(|(field, text)| (field.to_owned(), text)));
        said
    }
}

/// What an import settles besides the backlog, for whoever makes or signs it.
fn decides(scope: &Scope) -> Decides {
    let decides = |area| scope.settles(Area::Backlog, area);
    Decides { sizes: decides(Area::Estimates), verdicts: decides(Area::Acceptance) }
}

/// What is there already.
pub struct Known {
    story: Option<Story>,
    criteria: Vec<Criterion>,
    comments: Brought,
    room: crate::stories::Place,
    assignee: Option<Id<Member>>,
    columns: Vec<BoardColumn>,
    feature: Option<Id<Feature>>,
    /// Whether it still takes stories.
    sprint: Option<(Uuid, bool)>,
}

impl Command for BringInStory {
    type Before = Known;

    fn load(&self, look: &mut Look) -> Result<Known> {
        let story = rows::by_origin(look, &self.origin)?;
        let (criteria, comments) = match &story {
            Some(story) => {
                let comments = if self.comments.is_empty() { Brought::new() } else { conversation::brought_to(look, story.meta.id)? };
                (rows::criteria_of(look, story.id())?, comments)
            }
            None => (vec![], Brought::new()),
        };
        let assignee = match self.assignee.as_deref() {
            None | Some("") => None,
            Some(named) => people::person_called(look, named)?.map(|p| p.id),
        };
        let columns = if self.stage == Stage::Open { vec![] } else { product::columns_of(look)? };
        let feature = self.feature.as_ref().and_then(|at| roadmap::feature(look, at).ok()).map(|f| f.id());
        let sprint = match self.sprint.as_deref() {
            None | Some("") => None,
            Some(name) => rows::sprint_called(look, name)?,
        };
        let number = if story.is_some() { None } else { self.number };
        Ok(Known { story, criteria, comments, room: room_for(look, false, None, number)?, assignee, columns, feature, sprint })
    }
    fn title(&self, _: &Known) -> String {
        format!("Bring in “{}”", self.title)
    }
    fn decide(self, mut known: Known, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let made = known.story.is_none();
        let before = known.story.take().unwrap_or_else(|| blank(moment, product, known.room.clone()));
        if before.meta.removed_at.is_some() {
            // It was taken away here, and stays away.
            return Ok(Decided::default());
        }
        let told = self.told(&before, known.assignee, &known.columns, moment.now)?;
        let mut after = if made { told.clone() } else { merge(&before, &told, &self.take, decides(scope)).after };
        after.origin = Some(trimmed("origin", &self.origin, 200)?);
        let last = before.imported.0.clone();
        let said = self.said(&told, &known, &last);
        let fresh = self.criteria_since(&last, &known.criteria);
        let is_news = |field: &str| made || last.get(field) != said.get(field);
        if is_news("feature") && after.feature.is_none() {
            after.feature = known.feature;
        }
        self.label(&mut after, &last, is_news("feature_label"))?;
        if let Some((sprint, takes)) = known.sprint
            && is_news("sprint")
            && before.sprint.is_none()
            && (takes || after.stage == Stage::Accepted)
            && scope.settles(Area::Backlog, Area::Sprints)
        {
            after.sprint = Some(sprint);
        }
        after.origin_url = self.origin_url.filter(|url| kernel::fields::is_link(url));
        after.extra = Packed(self.extra);
        after.imported = Packed(said);
        let mut events = match made {
            true => {
                after.meta.created_at = self.created_at.unwrap_or(moment.now);
                vec![Event::created(&STORY_CREATED, &after)]
            }
            false => vec![Event::changed(&STORY_BROUGHT_IN, &before, &after)],
        };
        let number = known.criteria.iter().map(|c| c.number).max().unwrap_or(0);
        events.extend(crate::criteria::fresh(moment, &after, &fresh, number, known.criteria.last().map(|c| c.rank.clone()))?);
        events.extend(conversation::bring_in(&after, &self.comments, known.comments, moment, scope)?);
        Ok(events.into())
    }
}

impl BringInStory {
    /// The criteria that the file did not have at the last import and that are not here under any spelling.
    fn criteria_since(&self, last: &Said, known: &[Criterion]) -> Vec<String> {
        let before = unpacked(last, "criteria");
        let is_new = |text: &&String| !before.contains(&digest(text.trim())) && !known.iter().any(|c| crate::same_criterion(&c.body, text));
        self.criteria.iter().filter(is_new).cloned().collect()
    }

    /// The label that stands for the feature comes with the file, and goes once there is a feature.
    fn label(&self, after: &mut Story, last: &Said, is_news: bool) -> Result<()> {
        let old = last.get("feature_label");
        after.labels.0.retain(|label| Some(label) != old || (after.feature.is_none() && *label == self.feature_label));
        if is_news && after.feature.is_none() && !self.feature_label.is_empty() {
            after.labels.0.push(self.feature_label.clone());
            after.labels = labels(&after.labels)?;
        }
        Ok(())
    }
}
