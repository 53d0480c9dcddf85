//! Links between stories: one is part of another, blocks it or has to do with it.

use crate::{events::*, model::*, rows};
use kernel::{
    Column, Command, Decided, Event, Id, JsonSchema, Look, Moment, Noun, Ref, Refusal, Relation, Result, Scope, Serialize, Tie, command,
    relation::Ends,
};
use serde::Deserialize;
use web::{Markup, html};

/// One story and what it is to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct StoryLink {
    /// Number, key or id, or where it came from.
    pub story: Ref,
    /// `part_of`, `blocks` or `relates`.
    pub verb: Tie,
    /// Number, key or id, or where it came from.
    pub to: Ref,
}

command! {
    /// Links stories: one is part of another, blocks it or relates to it.
    pub struct LinkStories in "story.link" at Post "/products/{product}/story-links" [Backlog] {
        pub links: Vec<StoryLink>,
    }
}

impl Command for LinkStories {
    type Before = Vec<Ends>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        self.links.iter().map(|link| ends(look, link)).collect()
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

fn ends(look: &mut Look, link: &StoryLink) -> Result<Ends> {
    if !matches!(link.verb, Tie::PartOf | Tie::Blocks | Tie::Relates) {
        return Err(Refusal::invalid("verb", "A story is part of another, blocks it or relates to it."));
    }
    let (from, to) = (rows::story(look, &link.story)?, rows::story(look, &link.to)?);
    if from.meta.id == to.meta.id {
        return Err(Refusal::invalid("to", format!("“{}” cannot be linked to itself.", from.title)));
    }
    Ends::read(look, &from, link.verb, &to)
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

/// A story that another is linked to.
pub struct Kin {
    pub link: Id<Relation>,
    pub verb: Tie,
    /// It is the other that says so of this one.
    pub back: bool,
    pub number: i64,
    pub title: String,
}

/// What a story is linked to, and what is linked to it.
pub(crate) fn kin_of(look: &mut Look, story: Id<Story>) -> Result<Vec<Kin>> {
    let rows = look.query(
        "select relation.id, relation.verb, 0, story.number, story.title from relation join story on story.id = relation.to_id
         where relation.from_id = $1 and relation.to_noun = 'story' and relation.removed_at is null and story.removed_at is null
         union all
         select relation.id, relation.verb, 1, story.number, story.title from relation join story on story.id = relation.from_id
         where relation.to_id = $1 and relation.from_noun = 'story' and relation.removed_at is null and story.removed_at is null
         order by 4 limit 100",
        &[story.value()],
    )?;
    rows.into_iter().map(|mut r| Ok(Kin { link: r.take()?, verb: r.take()?, back: r.take()?, number: r.take()?, title: r.take()? })).collect()
}

/// The stories that one is linked to, each with the words for it.
pub(crate) fn view(scope: &Scope, kin: &[Kin]) -> Markup {
    let product = scope.product.as_ref().map_or("", |p| p.key.as_str());
    html! { @if !kin.is_empty() { section.kin { h3 { "Linked stories" } ul.lines { @for k in kin { li {
        span.quiet { (words(k.verb, k.back)) } " " a href={ "/" (product) "/story/" (k.number) } { (web::keyed(scope, k.number, &k.title)) }
        (web::small_act(scope, kernel::Area::Backlog, "story.unlink", &[("link", &k.link.to_string())], "x", &format!("Take the link to {} away", scope.key(k.number))))
    } } } } } }
}

fn words(verb: Tie, back: bool) -> &'static str {
    match (verb, back) {
        (Tie::PartOf, false) => "Part of",
        (Tie::PartOf, true) => "Has the part",
        (Tie::Blocks, false) => "Blocks",
        (Tie::Blocks, true) => "Blocked by",
        _ => "Relates to",
    }
}
