//! Links between stories: one is part of another, blocks it, says the same or has to do with it. What goes round in a circle
//! would never be begun, so no link closes one.

use crate::{events::*, model::*, rows};
use kernel::{
    Command, Decided, Door, Event, Id, JsonSchema, Look, Moment, Noun, Ref, Refusal, Relation, Result, Scope, Serialize, Tie, Uuid, command, list,
    relation::Ends, words,
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// One story and what it is to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct StoryLink {
    /// Number, key or id, or where it came from.
    pub story: Ref,
    /// `part_of`, `blocks`, `duplicates` or `relates`.
    pub verb: Tie,
    /// Number, key or id, or where it came from.
    pub to: Ref,
}

command! {
    /// Links stories: one is part of another, blocks it, duplicates it or relates to it.
    pub struct LinkStories in "story.link" at Post "/products/{product}/story-links" [Backlog] {
        pub links: Vec<StoryLink>,
    }
}

impl Command for LinkStories {
    type Before = Vec<Ends>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let mut found = vec![];
        for StoryLink { story, verb, to } in &self.links {
            found.push(ends(look, story, *verb, to)?);
        }
        // What a file says is history, circles and all.
        if look.scope.who.door != Door::Import {
            no_circle(look, &found)?;
        }
        Ok(found.into_iter().map(|end| end.ends).collect())
    }
    fn title(&self, before: &Self::Before) -> String {
        match before.as_slice() {
            [one] => format!("Link: {}", one.told()),
            several => format!("Link {}", web::several(several.len(), "story")),
        }
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let events: Result<Vec<Vec<Event>>> = before.into_iter().map(|ends| ends.link(&STORY_LINKED, moment, product)).collect();
        Ok(events?.into_iter().flatten().collect::<Vec<_>>().into())
    }
}

/// Two stories and what one is to be to the other.
struct Two {
    from: Story,
    verb: Tie,
    to: Story,
    ends: Ends,
}

fn ends(look: &mut Look, story: &Ref, verb: Tie, to: &Ref) -> Result<Two> {
    if !matches!(verb, Tie::PartOf | Tie::Blocks | Tie::Duplicates | Tie::Relates) {
        return Err(Refusal::invalid("verb", "A story is part of another, blocks it, duplicates it or relates to it."));
    }
    let (from, to) = (rows::story(look, story)?, other(look, to)?);
    if from.meta.id == to.meta.id {
        return Err(Refusal::invalid("to", format!("“{}” cannot be linked to itself.", from.title)));
    }
    let ends = Ends::read(look, &from, verb, &to)?;
    Ok(Two { from, verb, to, ends })
}

/// The story at the other end, missed at its field.
fn other(look: &mut Look, to: &Ref) -> Result<Story> {
    rows::story(look, to).map_err(|refusal| match refusal {
        Refusal::NotFound => Refusal::invalid("to", "There is no such story."),
        other => other,
    })
}

/// Refuses links that would close a circle, and names it.
fn no_circle(look: &mut Look, new: &[Two]) -> Result<()> {
    for verb in [Tie::Blocks, Tie::PartOf, Tie::Duplicates] {
        let added: Vec<&Two> = new.iter().filter(|two| two.verb == verb).collect();
        if added.is_empty() {
            continue;
        }
        let mut after: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let known = kernel::relation::ties(look, verb)?.into_iter().filter(|tie| tie.from_noun == Story::TABLE).map(|tie| (tie.from_id, tie.to_id));
        for (from, to) in known.chain(added.iter().map(|two| (two.from.meta.id, two.to.meta.id))) {
            after.entry(from).or_default().push(to);
        }
        for two in added {
            if let Some(way) = way(&after, two.to.meta.id, two.from.meta.id) {
                return Err(Refusal::invalid("to", circle(look, verb, two.from.meta.id, &way)?));
            }
        }
    }
    Ok(())
}

/// The shortest way from one thing to another along links, both ends in it.
fn way(after: &HashMap<Uuid, Vec<Uuid>>, from: Uuid, to: Uuid) -> Option<Vec<Uuid>> {
    let (mut came, mut front) = (HashMap::from([(from, from)]), vec![from]);
    let mut seen = HashSet::from([from]);
    while !front.is_empty() && !seen.contains(&to) {
        let mut next = vec![];
        for at in front {
            for step in after.get(&at).into_iter().flatten().filter(|step| seen.insert(**step)) {
                came.insert(*step, at);
                next.push(*step);
            }
        }
        front = next;
    }
    let mut way = vec![to];
    while let Some(before) = way.last().filter(|at| **at != from).map(|at| came.get(at).copied()) {
        way.push(before?);
    }
    way.reverse();
    Some(way)
}

/// "That would go round in a circle: ORB-3 blocks ORB-5 blocks ORB-3."
fn circle(look: &mut Look, verb: Tie, first: Uuid, way: &[Uuid]) -> Result<String> {
    let numbers: HashMap<Uuid, i64> =
        Story::all(look, "and id in each($2)", &[list(way.iter().copied())])?.into_iter().map(|story| (story.meta.id, story.number)).collect();
    let key = |id: &Uuid| numbers.get(id).map_or_else(|| "a story".to_owned(), |number| look.scope.key(*number));
    let told = [first].iter().chain(way).map(key).collect::<Vec<_>>().join(&format!(" {} ", verb.says()));
    Ok(format!("That would go round in a circle: {told}."))
}

words! {
    /// What a story is to another, seen from the one at hand.
    pub enum Bond {
        BlockedBy = "blocked_by" says "is blocked by",
        Blocks = "blocks",
        Duplicates = "duplicates" says "says the same as",
        Relates = "relates" says "has to do with",
        PartOf = "part_of" says "is part of",
        HasPart = "has_part" says "has the part",
    }
}

command! {
    /// Links a story to another: it blocks it or is blocked by it, says the same, is part of it or has to do with it.
    pub struct BindStory in "story.bind" at Post "/products/{product}/stories/{story}/links" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        pub bond: Bond,
        /// Number, key or id of the other.
        pub to: Ref,
    }
}

impl Command for BindStory {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        let (verb, back) = match self.bond {
            Bond::BlockedBy => (Tie::Blocks, true),
            Bond::Blocks => (Tie::Blocks, false),
            Bond::Duplicates => (Tie::Duplicates, false),
            Bond::Relates => (Tie::Relates, false),
            Bond::PartOf => (Tie::PartOf, false),
            Bond::HasPart => (Tie::PartOf, true),
        };
        // The other one is looked for first, so that whoever mistypes it is told at its field.
        other(look, &self.to)?;
        let (from, to) = if back { (&self.to, &self.story) } else { (&self.story, &self.to) };
        let two = ends(look, from, verb, to)?;
        no_circle(look, std::slice::from_ref(&two))?;
        Ok(two.ends)
    }
    fn title(&self, before: &Ends) -> String {
        format!("Link: {}", before.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&STORY_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes a link between two stories away.
    pub struct UnlinkStories in "story.unlink" at Delete "/products/{product}/story-links/{link}" [Backlog] {
        pub link: Id<Relation>,
    }
}

impl Command for UnlinkStories {
    type Before = Relation;

    fn load(&self, look: &mut Look) -> Result<Relation> {
        let link = Relation::get(look, self.link)?;
        match (link.from_noun.as_str(), link.to_noun.as_str()) {
            (Story::TABLE, Story::TABLE) => Ok(link),
            _ => Err(Refusal::NotFound),
        }
    }
    fn title(&self, _: &Relation) -> String {
        "Take a link between two stories away".into()
    }
    fn decide(self, before: Relation, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&STORY_UNLINKED, &before, moment.now).into())
    }
}

#[cfg(test)]
mod tests {
    use super::way;
    use kernel::Uuid;
    use std::collections::HashMap;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn the_way_round_is_found_and_is_the_shortest() {
        let after =
            HashMap::from([(id(1), vec![id(2), id(3)]), (id(2), vec![id(4)]), (id(3), vec![id(5)]), (id(5), vec![id(4)]), (id(4), vec![id(6)])]);
        assert_eq!(way(&after, id(1), id(4)), Some(vec![id(1), id(2), id(4)]));
        assert_eq!(way(&after, id(6), id(1)), None, "links lead one way");
        assert_eq!(way(&after, id(1), id(1)), Some(vec![id(1)]));
    }

    #[test]
    fn a_circle_that_a_file_brought_ends_the_search_too() {
        let after = HashMap::from([(id(1), vec![id(2)]), (id(2), vec![id(1)])]);
        assert_eq!(way(&after, id(1), id(9)), None);
    }
}
