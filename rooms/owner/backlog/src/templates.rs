//! Templates of stories: what a story of its kind usually says, with its criteria and sub-tasks, so that nobody begins with an empty
//! page and nothing that always belongs to it is forgotten.

use crate::{criteria::MOST_CRITERION, events::*, model::*, rows, stories::*, subtasks};
use kernel::{
    Area, Command, Decided, Event, Id, Line, Look, Moment, Noun, Reading, Ref, Refusal, Result, Scope, Text, command, event::edit, give, noun,
    value::Packed,
};

noun! {
    /// What stories of a kind begin with.
    pub struct StoryTemplate in "story_template" {
        name: String,
        kind: StoryKind,
        persona: String,
        wants: String,
        so_that: String,
        body: String,
        labels: Packed<Vec<String>>,
        /// Acceptance criteria, each a rule or a scenario.
        criteria: Packed<Vec<String>>,
        subtasks: Packed<Vec<String>>,
    } label(t) t.name.clone(); searched Some((t.name.clone(), t.body.clone()));
    about { many: "story-templates", one: "story template", read: Reading::Sees(Area::Backlog), place: "templates?open={id}", titled: true, found_by: "name",
      long: &["body"], called: &[("kind", "type"), ("body", "notes"), ("persona", "as a"), ("wants", "I want"), ("so_that", "so that"), ("subtasks", "sub-tasks")] }
}

/// So many a product keeps, so many criteria and sub-tasks each.
const MOST: i64 = 100;
const MOST_LINES: usize = 50;

/// The templates of the product, by name.
pub(crate) fn templates(look: &mut Look) -> Result<Vec<StoryTemplate>> {
    StoryTemplate::all(look, "order by lower(name), id limit 100", &[])
}

fn count(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number("select count(*) from story_template where product = $1 and removed_at is null", &[kernel::Column::value(&product)])
}

fn room(count: i64) -> Result<()> {
    match count {
        MOST.. => Err(Refusal::invalid("name", format!("{MOST} templates are enough. Remove one that is not used."))),
        _ => Ok(()),
    }
}

/// Criteria as they are written one below the other: what marks a list is read as such, and scenarios stay whole.
fn criteria(text: &str) -> Result<Packed<Vec<String>>> {
    lines("criteria", crate::criteria_listed(text), MOST_CRITERION)
}

fn tasks(text: &str) -> Result<Packed<Vec<String>>> {
    lines("subtasks", text.lines().map(|line| line.trim().trim_start_matches(['-', '*', '•']).trim().to_owned()).collect(), 300)
}

fn lines(field: &str, found: Vec<String>, longest: usize) -> Result<Packed<Vec<String>>> {
    let kept: Vec<String> = found.into_iter().filter(|line| !line.is_empty()).collect();
    if kept.len() > MOST_LINES {
        return Err(Refusal::invalid(field, format!("{} lines are too many; {MOST_LINES} fit.", kept.len())));
    }
    match kept.iter().find(|line| line.chars().count() > longest) {
        Some(line) => Err(Refusal::invalid(field, format!("At most {longest} characters fit a line; one has {}.", line.chars().count()))),
        None => Ok(Packed(kept)),
    }
}

command! {
    /// Makes a template for stories.
    pub struct CreateTemplate in "story_template.create" at Post "/products/{product}/story-templates" [Backlog] {
        pub name: Line<100>,
        #[serde(default = "story")]
        pub kind: StoryKind,
        #[serde(default)]
        pub persona: Text<300>,
        #[serde(default)]
        pub wants: Text<2_000>,
        #[serde(default)]
        pub so_that: Text<2_000>,
        #[serde(default)]
        pub body: Text<MOST_TEXT>,
        #[serde(default)]
        pub labels: Vec<String>,
        /// Acceptance criteria, one below the other.
        #[serde(default)]
        pub criteria: Text<20_000>,
        /// Sub-tasks, one on each line.
        #[serde(default)]
        pub subtasks: Text<20_000>,
    }
}

impl Command for CreateTemplate {
    type Before = i64;

    fn load(&self, look: &mut Look) -> Result<i64> {
        count(look)
    }
    fn title(&self, _: &i64) -> String {
        format!("Make the story template “{}”", self.name)
    }
    fn decide(self, before: i64, moment: &Moment, scope: &Scope) -> Result<Decided> {
        room(before)?;
        let template = StoryTemplate {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            kind: self.kind,
            persona: self.persona.into(),
            wants: self.wants.into(),
            so_that: self.so_that.into(),
            body: self.body.into(),
            labels: labels(&self.labels)?,
            criteria: criteria(&self.criteria)?,
            subtasks: tasks(&self.subtasks)?,
        };
        Ok(Event::created(&TEMPLATE_MADE, &template).into())
    }
}

command! {
    /// Changes a template. Stories that were made from it stay as they are.
    pub struct EditTemplate in "story_template.edit" at Patch "/products/{product}/story-templates/{story_template}" [Backlog] {
        pub story_template: Id<StoryTemplate>,
        pub name: Option<Line<100>>,
        pub kind: Option<StoryKind>,
        pub persona: Option<Text<300>>,
        pub wants: Option<Text<2_000>>,
        pub so_that: Option<Text<2_000>>,
        pub body: Option<Text<MOST_TEXT>>,
        pub labels: Option<Vec<String>>,
        /// Acceptance criteria, one below the other.
        pub criteria: Option<Text<20_000>>,
        /// Sub-tasks, one on each line.
        pub subtasks: Option<Text<20_000>>,
    }
}

impl Command for EditTemplate {
    type Before = StoryTemplate;

    fn load(&self, look: &mut Look) -> Result<StoryTemplate> {
        StoryTemplate::get(look, self.story_template)
    }
    fn title(&self, before: &StoryTemplate) -> String {
        format!("Change the story template “{}”", before.name)
    }
    fn decide(self, before: StoryTemplate, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&TEMPLATE_EDITED, &before, |t| {
            give(&mut t.name, self.name);
            give(&mut t.kind, self.kind);
            give(&mut t.persona, self.persona);
            give(&mut t.wants, self.wants);
            give(&mut t.so_that, self.so_that);
            give(&mut t.body, self.body);
            if let Some(given) = &self.labels {
                t.labels = labels(given)?;
            }
            if let Some(text) = &self.criteria {
                t.criteria = criteria(text)?;
            }
            if let Some(text) = &self.subtasks {
                t.subtasks = tasks(text)?;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a template. Stories that were made from it stay.
    pub struct RemoveTemplate in "story_template.remove" at Delete "/products/{product}/story-templates/{story_template}" [Backlog] {
        pub story_template: Id<StoryTemplate>,
    }
}

impl Command for RemoveTemplate {
    type Before = StoryTemplate;

    fn load(&self, look: &mut Look) -> Result<StoryTemplate> {
        StoryTemplate::get(look, self.story_template)
    }
    fn title(&self, before: &StoryTemplate) -> String {
        format!("Remove the story template “{}”", before.name)
    }
    fn decide(self, before: StoryTemplate, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&TEMPLATE_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Makes a template of a story: of its text, its labels, its criteria and its sub-tasks.
    pub struct KeepAsTemplate in "story.keep_as_template" at Post "/products/{product}/stories/{story}/templates" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        pub name: Line<100>,
    }
}

impl Command for KeepAsTemplate {
    type Before = (Story, Vec<Criterion>, Vec<subtasks::Subtask>, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        let (criteria, tasks) = (rows::criteria_of(look, story.id())?, subtasks::subtasks_of(look, story.id())?);
        Ok((story, criteria, tasks, count(look)?))
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Make the template “{}” of “{}”", self.name, story.title)
    }
    fn decide(self, (story, criteria, tasks, there): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        room(there)?;
        let template = StoryTemplate {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            kind: story.kind,
            persona: story.persona,
            wants: story.wants,
            so_that: story.so_that,
            body: story.body,
            labels: story.labels,
            criteria: lines("name", criteria.into_iter().map(|c| c.body).collect(), MOST_CRITERION)?,
            subtasks: lines("name", tasks.into_iter().map(|t| t.title).collect(), 300)?,
        };
        Ok(Event::created(&TEMPLATE_MADE, &template).into())
    }
}

command! {
    /// Adds a story that begins with what a template says.
    pub struct CreateFromTemplate in "story.create_from_template" at Post "/products/{product}/stories-from-templates" [Backlog] {
        pub story_template: Id<StoryTemplate>,
        pub title: Line<500>,
        /// Number, key or id of its feature.
        pub feature: Option<Ref>,
        /// At the top instead of the end.
        #[serde(default)]
        pub top: bool,
    }
}

impl Command for CreateFromTemplate {
    type Before = (StoryTemplate, Place);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((StoryTemplate::get(look, self.story_template)?, room_for(look, self.top, self.feature.as_ref(), None)?))
    }
    fn title(&self, (template, _): &Self::Before) -> String {
        format!("Add the story “{}” from the template “{}”", self.title, template.name)
    }
    fn decide(self, (template, place): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let story = Story {
            kind: template.kind,
            title: self.title.into(),
            body: template.body,
            persona: template.persona,
            wants: template.wants,
            so_that: template.so_that,
            labels: template.labels,
            ..blank(moment, scope.product_id()?, place)
        };
        let mut events = vec![Event::created(&STORY_CREATED, &story)];
        events.extend(crate::criteria::fresh(moment, &story, &template.criteria, 0, None)?);
        events.extend(subtasks::fresh(moment, &story, &template.subtasks, None));
        Ok(events.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_with_or_without_marks() {
        assert_eq!(tasks("- Write the test\n\n* Read it\nMerge").map(|t| t.0), Ok(vec!["Write the test".into(), "Read it".into(), "Merge".into()]));
        assert_eq!(criteria("- One\n- Two").map(|t| t.0), Ok(vec!["One".into(), "Two".into()]));
        assert!(tasks(&"x\n".repeat(51)).is_err() && tasks(&"x".repeat(301)).is_err());
    }
}
