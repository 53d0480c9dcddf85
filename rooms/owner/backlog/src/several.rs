//! Commands about several stories at once: one act, and one undo, however many they are.

use crate::{duplicate::with_place_below, events::*, model::*, rows, stories::*};
use kernel::{Command, Decided, Event, Line, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, Words, command, trimmed};

/// So many stories are made at once.
const MOST_NEW: usize = 200;

command! {
    /// Adds several stories, one for each line of a text, in their order.
    pub struct CreateStories in "story.create_several" at Post "/products/{product}/new-stories" [Backlog] {
        /// A title on each line. What marks a list (`-`, `1.`, `[ ]`) is taken off; empty lines are passed over.
        pub titles: Words<MOST_TEXT>,
        #[serde(default = "story")]
        pub kind: StoryKind,
        /// Number, key or id of their feature.
        pub feature: Option<Ref>,
        #[serde(default)]
        pub labels: Vec<String>,
        /// At the top instead of the end.
        #[serde(default)]
        pub top: bool,
    }
}

impl Command for CreateStories {
    /// The place of the first, and the rank that all of them stay above, if any.
    type Before = (Place, Option<Rank>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let below = if self.top { rows::rank_below(look, None, &[])? } else { None };
        Ok((room_for(look, self.top, self.feature.as_ref(), None)?, below))
    }
    fn title(&self, _: &Self::Before) -> String {
        let titles = titles_in(&self.titles);
        match titles.as_slice() {
            [one] => format!("Add the story “{one}”"),
            several => format!("Add {}", web::several(several.len(), "story")),
        }
    }
    fn decide(self, (place, below): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let titles = titles_in(&self.titles);
        match titles.len() {
            0 => return Err(Refusal::invalid("titles", "Write a title on each line.")),
            1..=MOST_NEW => {}
            n => {
                return Err(Refusal::invalid(
                    "titles",
                    format!("{n} stories are too many at once; {MOST_NEW} fit. A longer list comes in as an import."),
                ));
            }
        }
        let (product, labels) = (scope.product_id()?, labels(&self.labels)?);
        let mut rank = place.rank;
        let mut events = vec![];
        for (number, title) in (place.number..).zip(titles) {
            let mut story = blank(moment, product, Place { number, rank: rank.clone(), feature: place.feature });
            rank = Rank::between(Some(&rank), below.as_ref());
            story.kind = self.kind;
            story.title = trimmed("titles", &title, 500)?;
            story.labels = labels.clone();
            events.push(Event::created(&STORY_CREATED, &story));
        }
        Ok(events.into())
    }
}

/// The titles in pasted text: one on each line, without what marks a list.
fn titles_in(text: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(|line| words(unmarked(line.trim()))).filter(|title| !title.is_empty()).collect()
}

/// A line without its dash, star, number or box. What is part of a word ("2.5 seconds", "#42") stays.
fn unmarked(line: &str) -> &str {
    let (mark, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let dashes = !mark.is_empty() && mark.chars().all(|c| "-*•+–#".contains(c));
    let number = mark.strip_suffix(['.', ')']).is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    let rest = if dashes || number { rest.trim_start() } else { line };
    ["[ ]", "[x]", "[X]"].iter().find_map(|done| rest.strip_prefix(done)).unwrap_or(rest)
}

command! {
    /// Splits a part off a story: a new one right after it, with the same feature, type and labels. Criteria may go with it.
    pub struct SplitOff in "story.split_off" at Post "/products/{product}/stories/{story}/parts" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// What the new story is called.
        pub title: Line<500>,
        /// The criteria that go over to it.
        #[serde(default)]
        pub criteria: Vec<kernel::Id<Criterion>>,
    }
}

impl Command for SplitOff {
    type Before = (Story, Vec<Criterion>, Place);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        with_place_below(look, &self.story)
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Split “{}” off “{}”", self.title, story.title)
    }
    fn decide(self, (whole, criteria, place): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let part = Story {
            kind: whole.kind,
            title: self.title.into(),
            persona: whole.persona,
            persona_of: whole.persona_of,
            labels: whole.labels,
            ..blank(moment, scope.product_id()?, place)
        };
        let (going, left): (Vec<&Criterion>, Vec<&Criterion>) = criteria.iter().partition(|c| self.criteria.contains(&c.id()));
        if going.len() < self.criteria.len() {
            return Err(Refusal::NotFound);
        }
        if left.is_empty() && !going.is_empty() {
            return Err(Refusal::invalid("criteria", "Leave at least one criterion with the first story, or it is the whole that moves."));
        }
        let texts: Vec<String> = going.iter().map(|c| c.body.clone()).collect();
        let mut events = vec![Event::created(&STORY_CREATED, &part)];
        events.extend(crate::criteria::fresh(moment, &part, &texts, 0, None)?);
        events.extend(going.into_iter().map(|c| Event::removed(&CRITERION_REMOVED, c, moment.now)));
        Ok(events.into())
    }
}

/// One story by its title, several by their count.
pub fn told(stories: &[Story]) -> String {
    match stories {
        [one] => format!("“{}”", one.title),
        several => web::several(several.len(), "story"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_title_without_its_mark() {
        let pasted = "- Pay by card\n* Refund\n\n1. Invoice\n2) Reminder\n  • [ ] Receipt\tby mail\n[ ] Open\nPlain  words\r\n- \n";
        assert_eq!(titles_in(pasted), ["Pay by card", "Refund", "Invoice", "Reminder", "Receipt by mail", "Open", "Plain words"]);
        assert_eq!(titles_in("3D view\n2.5 seconds at most\n-"), ["3D view", "2.5 seconds at most"]);
        assert!(titles_in(" \n\t\n").is_empty());
    }
}
