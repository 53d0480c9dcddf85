//! What people say at a review, about one story or all of it: free for whoever takes part, by account or by the link of the
//! review. The words become evidence, which waits in the inbox to be linked to a need.

use crate::{FEEDBACK_GIVEN, FEEDBACK_REMOVED, model::*};
use backlog::Story;
use customers::{EVIDENCE_RECORDED, Evidence, EvidenceKind};
use kernel::{
    Area, Asked, Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, Uuid, Value, Waits, Words,
    command, look::find_rows, shared,
};
use people::Member;
use sprint::Sprint;
use web::when;

/// So much is said at one review; more is no feedback.
const MOST: i64 = 300;

/// What is said and by whom.
struct Saying {
    product: Uuid,
    sprint: Id<Sprint>,
    sprint_name: String,
    story: Option<(Id<Story>, String)>,
    name: String,
    member: Option<Id<Member>>,
    body: String,
}

impl Saying {
    /// The evidence, and what was said with where it was said.
    fn events(self, moment: &Moment) -> Vec<Event> {
        let about = self.story.as_ref().map(|(_, title)| format!(", on “{title}”")).unwrap_or_default();
        let by = if self.name.is_empty() { String::new() } else { format!(", by {}", self.name) };
        let source: String = format!("Review of {}{about}{by}", self.sprint_name).chars().take(300).collect();
        let evidence = Evidence {
            kind: EvidenceKind::Other,
            quote: self.body.clone(),
            source,
            noted_on: when::day(moment.now),
            ..Evidence::begun(moment.fresh(Some(self.product)))
        };
        let feedback = ReviewFeedback {
            meta: moment.fresh(Some(self.product)),
            sprint: self.sprint,
            story: self.story.map(|(story, _)| story),
            name: if self.member.is_some() { String::new() } else { self.name },
            member: self.member,
            body: self.body,
            evidence: evidence.id(),
        };
        vec![Event::created(&EVIDENCE_RECORDED, &evidence), Event::created(&FEEDBACK_GIVEN, &feedback)]
    }
}

command! {
    /// Says something about what was reviewed, about one story or all of it. It becomes evidence.
    pub struct GiveFeedback in "review_feedback.give" at Post "/products/{product}/sprints/{sprint}/feedback" [] {
        /// Number or id.
        pub sprint: Ref,
        /// Number, key or id of the story that it is about; all of it when left out.
        pub story: Option<Ref>,
        pub body: Words<2_000>,
    }
}

/// Where something is said, and how much was said there before.
pub struct Heard {
    sprint: Sprint,
    story: Option<Story>,
    said: i64,
}

impl Command for GiveFeedback {
    type Before = Heard;
    const AUTHORITY: Authority = Authority::Seen(Area::Sprints);

    fn load(&self, look: &mut Look) -> Result<Heard> {
        let sprint = sprint(look, &self.sprint)?;
        let story = match &self.story {
            Some(at) if !at.0.trim().is_empty() => Some(backlog::story(look, at)?),
            _ => None,
        };
        let said = look.number("select count(*) from review_feedback where sprint = $1 and removed_at is null", &[sprint.id().value()])?;
        Ok(Heard { sprint, story, said })
    }
    fn may(&self, before: &Heard, scope: &Scope) -> Result<()> {
        if scope.who.assistant.is_some() || scope.who.member.is_none() {
            return Err(Refusal::denied("Feedback is what people say; an assistant gives none."));
        }
        match before.said < MOST {
            true => Ok(()),
            false => Err(Refusal::invalid("body", "So much was said at this review already that nobody could read more.")),
        }
    }
    fn title(&self, before: &Heard) -> String {
        format!("Say something at the review of {}", before.sprint.name)
    }
    fn decide(self, before: Heard, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let saying = Saying {
            product: scope.product_id()?,
            sprint: before.sprint.id(),
            sprint_name: before.sprint.name,
            story: before.story.map(|story| (story.id(), story.title)),
            name: scope.who.name.clone(),
            member: Some(Id::new(scope.who.signed_in()?)),
            body: self.body.into(),
        };
        Ok(saying.events(moment).into())
    }
}

command! {
    /// Says something about what is reviewed without an account, by the word of the review's link.
    pub struct LeaveFeedback in "review_feedback.leave" inside {
        /// What is kept of the word.
        pub link_hash: String,
        /// The id of the story that it is about; all of it when left out.
        #[serde(default)]
        pub story: Text<40>,
        /// Who says it, as they say themselves.
        #[serde(default)]
        pub name: Text<100>,
        pub body: Words<2_000>,
    }
}

/// What the link opens.
pub struct Opened {
    product: Uuid,
    sprint: Id<Sprint>,
    sprint_name: String,
    story: Option<(Id<Story>, String)>,
}

impl Command for LeaveFeedback {
    type Before = Opened;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("link_hash");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Opened> {
        let sql = format!(
            "select shared_link.product, shared_link.look, sprint.id, sprint.name {}",
            shared::open("join sprint on sprint.id = shared_link.whom and sprint.removed_at is null and product.archived_at is null")
        );
        let rows = look.reader.query(&sql, &[Value::Text(self.link_hash.clone()), Value::Int(look.now())])?;
        let mut row = rows.into_iter().next().ok_or(Refusal::NotFound)?;
        let (product, shows, sprint, sprint_name): (Uuid, String, Uuid, String) = (row.take()?, row.take()?, row.take()?, row.take()?);
        // Only what offers this form takes it.
        shared::look(&shows).filter(|shown| shown.ask == Some(Self::NAME)).ok_or(Refusal::NotFound)?;
        let story = match self.story.trim() {
            "" => None,
            id => {
                let id = Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?;
                let found = find_rows::<Story>(look.reader, "where id = $1 and product = $2 and removed_at is null", &[id.value(), product.value()])?;
                Some(found.into_iter().next().map(|story| (story.id(), story.title)).ok_or(Refusal::NotFound)?)
            }
        };
        let said = "select count(*) from review_feedback where sprint = $1 and removed_at is null";
        let said: i64 = look.reader.query(said, &[sprint.value()])?.pop().map_or(Ok(0), |mut row| row.take())?;
        match said < MOST {
            true => Ok(Opened { product, sprint: Id::new(sprint), sprint_name, story }),
            false => Err(Refusal::invalid("body", "So much was said at this review already. Tell whoever sent you the link.")),
        }
    }
    fn title(&self, _: &Opened) -> String {
        "Say something at a review".into()
    }
    fn decide(self, before: Opened, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Opened { product, sprint, sprint_name, story } = before;
        let saying = Saying { product, sprint, sprint_name, story, name: self.name.into(), member: None, body: self.body.into() };
        Ok(saying.events(moment).into())
    }
}

command! {
    /// Takes off what was said at a review. The evidence stays until somebody dismisses it.
    pub struct RemoveFeedback in "review_feedback.remove" at Delete "/products/{product}/review-feedback/{review_feedback}" [Sprints] {
        pub review_feedback: Id<ReviewFeedback>,
    }
}

impl Command for RemoveFeedback {
    type Before = ReviewFeedback;

    fn load(&self, look: &mut Look) -> Result<ReviewFeedback> {
        ReviewFeedback::get(look, self.review_feedback)
    }
    fn title(&self, before: &ReviewFeedback) -> String {
        format!("Take off “{}”", before.label())
    }
    fn decide(self, before: ReviewFeedback, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&FEEDBACK_REMOVED, &before, moment.now).into())
    }
}
