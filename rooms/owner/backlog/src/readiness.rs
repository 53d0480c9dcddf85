//! How much of the product's definition of ready holds of a story, and saying of a line that it does.

use crate::{
    events::*,
    model::{Criterion, Stage, Story},
    rows::{self, Line},
};
use kernel::{Area, Command, Decided, Event, JsonSchema, Look, Moment, Query, Ref, Refusal, Result, Scope, Serialize, command, query, value::Packed};
use product::{ReadyLine, Seen, definition_of_ready};
use web::{Markup, action, html, icon, may, pill, short_label};

/// What is known of a story when it is judged.
pub struct Facts<'a> {
    pub criteria: bool,
    /// None of whoever may not see sizes: nothing is said about them then.
    pub estimated: Option<bool>,
    pub on_feature: bool,
    pub says_why: bool,
    pub found: &'a [String],
}

impl<'a> Facts<'a> {
    pub(crate) fn of_line(scope: &Scope, line: &'a Line) -> Facts<'a> {
        Facts {
            criteria: line.criteria > 0,
            estimated: scope.sees(Area::Estimates).then_some(line.points.is_some()),
            on_feature: line.feature.is_some(),
            says_why: line.says_why,
            found: &line.found_ready,
        }
    }

    pub(crate) fn of_story(scope: &Scope, s: &'a Story, criteria: &[Criterion]) -> Facts<'a> {
        Facts {
            criteria: !criteria.is_empty(),
            estimated: scope.sees(Area::Estimates).then_some(s.points.is_some()),
            on_feature: s.feature.is_some(),
            says_why: !s.so_that.is_empty() || !s.body.is_empty(),
            found: &s.found_ready,
        }
    }

    fn holds(&self, line: &ReadyLine) -> Option<bool> {
        match line.seen {
            Some(Seen::Criteria) => Some(self.criteria),
            Some(Seen::Size) => self.estimated,
            Some(Seen::Feature) => Some(self.on_feature),
            Some(Seen::Reason) => Some(self.says_why),
            None => Some(self.found.contains(&line.text)),
        }
    }
}

/// The definition of ready, each line with whether it holds of a story.
pub struct Readiness<'a>(Vec<(&'a ReadyLine, bool)>);

impl<'a> Readiness<'a> {
    pub fn judge(agreed: &'a [ReadyLine], facts: &Facts) -> Readiness<'a> {
        Readiness(agreed.iter().filter_map(|line| Some((line, facts.holds(line)?))).collect())
    }

    /// The same of a row.
    pub fn of_line(scope: &Scope, agreed: &'a [ReadyLine], line: &Line) -> Readiness<'a> {
        Readiness::judge(agreed, &Facts::of_line(scope, line))
    }

    pub fn done(&self) -> usize {
        self.0.iter().filter(|(_, holds)| *holds).count()
    }

    /// What it lacks, in the words that people read.
    pub fn missing(&self) -> Vec<&'a str> {
        self.0.iter().filter(|(_, holds)| !holds).map(|(line, _)| words(line)).collect()
    }
}

/// What a story lacks of which a line does not hold.
fn words(line: &ReadyLine) -> &str {
    match line.seen {
        Some(seen) => seen.lacks(),
        None => &line.text,
    }
}

/// In a row: marked as ready, or how much holds. Nothing of what is beyond that.
pub(crate) fn in_row(scope: &Scope, agreed: &[ReadyLine], line: &Line) -> Markup {
    if line.stage != Stage::Open {
        return html! {};
    }
    if line.ready_at.is_some() {
        return pill("good", "ready");
    }
    let readiness = Readiness::judge(agreed, &Facts::of_line(scope, line));
    let missing = readiness.missing();
    let told = if missing.is_empty() { "Nothing is missing".to_owned() } else { format!("Missing: {}", missing.join(", ")) };
    html! { @if !readiness.0.is_empty() { span.readiness title=(told) { span.hidden { "ready " } (readiness.done()) " of " (readiness.0.len()) } } }
}

/// In the panel of a story that is still to be planned: every line, with what people look at to be ticked.
pub(crate) fn in_panel(scope: &Scope, agreed: &[ReadyLine], s: &Story, criteria: &[Criterion]) -> Markup {
    let readiness = Readiness::judge(agreed, &Facts::of_story(scope, s, criteria));
    if s.stage != Stage::Open || readiness.0.is_empty() {
        return html! {};
    }
    let (done, of) = (readiness.done(), readiness.0.len());
    let open = s.ready_at.is_none() && done < of;
    html! { details.more.ready-list open[open] { summary { "Definition of ready" span.quiet { " " (done) " of " (of) } }
        ul { @for (line, holds) in &readiness.0 { li class={ "criterion " (if *holds { "state-passing" } else { "state-none" }) } {
            span.state { (icon(if *holds { "circle-check-big" } else { "circle-help" })) span.hidden { (if *holds { "holds" } else { "open" }) } }
            span dir="auto" { (line.text) }
            @if line.seen.is_none() { (tick(scope, s, line, *holds)) }
        } } }
    } }
}

fn tick(scope: &Scope, s: &Story, line: &ReadyLine, holds: bool) -> Markup {
    html! { @if may(scope, Area::Backlog) { form.act method="post" action=(action(scope, "story.find_ready")) data-act {
        input type="hidden" name="story" value=(s.number); input type="hidden" name="line" value=(line.text); input type="hidden" name="holds" value=(!holds);
        button.plain type="submit" aria-label={ (if holds { "No longer holds: " } else { "Holds: " }) (line.text) } { (short_label(scope, Area::Backlog, if holds { "No longer" } else { "Holds" })) }
    } } }
}

command! {
    /// Says of a story that a line of the definition of ready holds, or no longer does; for lines that people look at.
    pub struct FindReady in "story.find_ready" at Put "/products/{product}/stories/{story}/readiness/line" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// The line as it is written in the definition.
        pub line: kernel::Line<200>,
        pub holds: bool,
    }
}

impl Command for FindReady {
    type Before = (Story, Vec<ReadyLine>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::story(look, &self.story)?, definition_of_ready(look)?))
    }
    fn title(&self, (story, _): &Self::Before) -> String {
        format!("“{}” {} for “{}”", self.line, if self.holds { "holds" } else { "does not hold" }, story.title)
    }
    fn decide(self, (before, agreed): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let line = match agreed.iter().find(|known| known.text == *self.line) {
            None => return Err(Refusal::invalid("line", "The definition of ready has no such line.")),
            Some(ReadyLine { seen: Some(_), .. }) => return Err(Refusal::invalid("line", "Tandem sees this for itself.")),
            Some(known) => &known.text,
        };
        // Lines that have left the definition are forgotten on the way.
        let holds = |known: &&ReadyLine| if known.text == *line { self.holds } else { before.found_ready.contains(&known.text) };
        let found = agreed.iter().filter(|known| known.seen.is_none()).filter(holds).map(|known| known.text.clone()).collect();
        Ok(Event::changed(&STORY_FOUND_READY, &before, &Story { found_ready: Packed(found), ..before.clone() }).into())
    }
}

query! {
    /// The definition of ready, each line with whether it holds of a story.
    pub struct ReadReadiness in "story.readiness" at "/products/{product}/stories/{story}/readiness" -> ReadinessOut {
        /// Number, key or id.
        pub story: Ref,
    }
}

/// The answer to `ReadReadiness`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct ReadinessOut {
    /// Somebody has marked it as ready.
    pub ready: bool,
    pub lines: Vec<Judged>,
}

/// A line of the definition of ready.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Judged {
    pub text: String,
    pub holds: bool,
    /// People look at it; else Tandem sees it for itself.
    pub by_people: bool,
}

impl Query for ReadReadiness {
    fn ask(self, look: &mut Look) -> Result<ReadinessOut> {
        let story = rows::story(look, &self.story)?;
        let criteria = rows::criteria_of(look, kernel::Noun::id(&story))?;
        let agreed = definition_of_ready(look)?;
        let judged = Readiness::judge(&agreed, &Facts::of_story(look.scope, &story, &criteria));
        let lines = judged.0.into_iter().map(|(line, holds)| Judged { text: line.text.clone(), holds, by_people: line.seen.is_none() });
        Ok(ReadinessOut { ready: story.ready_at.is_some(), lines: lines.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreed() -> Vec<ReadyLine> {
        product::ready_lines("It has acceptance criteria\nIt has an estimate\nIt hangs on a feature\nSeen by design")
    }

    #[test]
    fn readiness_names_what_is_missing() {
        let agreed = agreed();
        let facts = Facts { criteria: false, estimated: Some(true), on_feature: false, says_why: false, found: &[] };
        let judged = Readiness::judge(&agreed, &facts);
        assert_eq!((judged.done(), judged.0.len(), judged.missing()), (1, 4, vec!["acceptance criteria", "a feature above it", "Seen by design"]));
    }

    #[test]
    fn what_people_found_counts_while_it_is_agreed_on() {
        let agreed = agreed();
        let found = ["Seen by design".to_owned(), "Something of old".to_owned()];
        let facts = Facts { criteria: true, estimated: None, on_feature: true, says_why: false, found: &found };
        let judged = Readiness::judge(&agreed, &facts);
        assert_eq!((judged.done(), judged.0.len(), judged.missing()), (3, 3, vec![]), "of sizes that are not seen nothing is said");
    }
}
