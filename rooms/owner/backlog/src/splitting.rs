//! Splitting a story into several: the parts keep the thread (feature, type, labels, persona), criteria are dealt out, and each part
//! says whose part it is. What is dealt out is one act.

use crate::{criteria::fresh, duplicate::with_place_below, events::*, model::*, stories::Place, ways};
use kernel::{Command, Decided, Event, Look, Moment, Rank, Ref, Refusal, Result, Scope, Text, Tie, command, relation::Ends, words};
use std::collections::BTreeMap;

words! {
    /// What becomes of the story that is split.
    pub enum Rest { Stays = "stays" says "it stays, with what is not dealt out", Dropped = "dropped" says "it is dropped, its criteria are all in its parts" }
}

command! {
    /// Splits a story into parts, right after it: with the same feature, type, labels and persona, each with the criteria that are dealt to it.
    pub struct SplitStory in "story.split" at Post "/products/{product}/stories/{story}/split" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// What the parts are called, each under a name of its own; empty ones are passed over.
        pub parts: BTreeMap<String, Text<500>>,
        /// Of each criterion, by its id, the name of the part it goes to; nothing where it stays.
        #[serde(default)]
        pub deal: BTreeMap<String, String>,
        #[serde(default = "stays")]
        pub rest: Rest,
    }
}

fn stays() -> Rest {
    Rest::Stays
}

impl SplitStory {
    /// The parts that have a title, in the order of their names.
    fn titled(&self) -> Vec<(&str, &str)> {
        self.parts.iter().map(|(name, title)| (name.as_str(), title.trim())).filter(|(_, title)| !title.is_empty()).collect()
    }

    /// Which criteria go to which part, by its place.
    fn dealt(&self, criteria: &[Criterion]) -> Result<Vec<Vec<usize>>> {
        let parts = self.titled();
        let mut dealt = vec![vec![]; parts.len()];
        for (id, to) in self.deal.iter().filter(|(_, to)| !to.trim().is_empty()) {
            let criterion =
                criteria.iter().position(|c| c.meta.id.simple().to_string() == *id || c.meta.id.to_string() == *id).ok_or(Refusal::NotFound)?;
            let part = parts.iter().position(|(name, _)| name == to);
            let part =
                part.ok_or_else(|| Refusal::invalid(&format!("deal.{id}"), "Say what this part is called, or leave the criterion where it is."))?;
            if let Some(criteria) = dealt.get_mut(part) {
                criteria.push(criterion);
            }
        }
        dealt.iter_mut().for_each(|criteria| criteria.sort_unstable());
        Ok(dealt)
    }
}

/// The story, its criteria, the place after it, and the rank that all parts stay above.
pub struct Whole {
    story: Story,
    criteria: Vec<Criterion>,
    place: Place,
    below: Option<Rank>,
}

impl Command for SplitStory {
    type Before = Whole;

    fn load(&self, look: &mut Look) -> Result<Whole> {
        let (story, criteria, place) = with_place_below(look, &self.story)?;
        let below = crate::rows::rank_below(look, Some(&story.rank), &[])?;
        Ok(Whole { story, criteria, place, below })
    }
    fn title(&self, before: &Whole) -> String {
        format!("Split “{}” into {}", before.story.title, web::several(self.titled().len(), "part"))
    }
    fn decide(self, Whole { story, criteria, place, below }: Whole, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, parts, dealt) = (scope.product_id()?, self.titled(), self.dealt(&criteria)?);
        if parts.is_empty() {
            return Err(Refusal::invalid("parts.1", "Say what at least one part is called."));
        }
        if parts.len() > ways::MOST {
            return Err(Refusal::invalid("parts.1", format!("{} parts are too many at once; {} fit. Split a part again.", parts.len(), ways::MOST)));
        }
        if matches!(story.stage, Stage::Accepted | Stage::Dropped) {
            return Err(Refusal::invalid("story", format!("“{}” is {}; it is not split any more.", story.title, story.stage.says())));
        }
        let given: usize = dealt.iter().map(Vec::len).sum();
        self.adds_up(criteria.len(), given, parts.len())?;
        let mut events = vec![];
        let mut rank = place.rank;
        for ((number, (_, title)), mine) in (place.number..).zip(&parts).zip(&dealt) {
            let part = Story {
                kind: story.kind,
                title: (*title).to_owned(),
                persona: story.persona.clone(),
                persona_of: story.persona_of,
                so_that: story.so_that.clone(),
                labels: story.labels.clone(),
                ..crate::stories::blank(moment, product, Place { number, rank: rank.clone(), feature: story.feature })
            };
            rank = Rank::between(Some(&rank), below.as_ref());
            events.push(Event::created(&STORY_CREATED, &part));
            let texts: Vec<&str> = mine.iter().filter_map(|i| criteria.get(*i)).map(|c| c.body.as_str()).collect();
            events.extend(fresh(moment, &part, &texts, 0, None)?);
            events.extend(Ends::fresh(&part, Tie::PartOf, &story).link(&STORY_LINKED, moment, product)?);
        }
        let gone = dealt.iter().flatten().filter_map(|i| criteria.get(*i));
        events.extend(gone.map(|c| Event::removed(&CRITERION_REMOVED, c, moment.now)));
        if self.rest == Rest::Dropped {
            events.push(crate::stories::dropped(&story, true, moment)?);
        }
        Ok(events.into())
    }
}

impl SplitStory {
    /// No criterion is lost with a story that is dropped, and one that stays keeps something to be done.
    fn adds_up(&self, all: usize, given: usize, parts: usize) -> Result<()> {
        match self.rest {
            Rest::Dropped if given < all => {
                let left = web::several(all - given, "criterion").replace("criterions", "criteria");
                Err(Refusal::invalid("rest", format!("{left} would be dropped with it. Deal them out, or let the story stay.")))
            }
            Rest::Dropped if parts < 2 => Err(Refusal::invalid("rest", "One part in its place is the same story: change its title instead.")),
            Rest::Stays if all > 0 && given == all => Err(Refusal::invalid(
                "rest",
                "Nothing is left of it. Leave a criterion with it, or drop it, since its criteria are all in its parts.",
            )),
            _ => Ok(()),
        }
    }
}
