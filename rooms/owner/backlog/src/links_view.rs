//! The stories that one is linked to: on its panel, with what it waits for, and how many hold it up in a row.

use crate::{links::Bond, model::*};
use kernel::{Area, Column, Id, Look, Relation, Result, Scope, Tie};
use web::{Markup, command_form, disclosure, field, html, icon, options, pill, select};

/// A story that another is linked to.
pub struct Kin {
    pub link: Id<Relation>,
    pub verb: Tie,
    /// It is the other that says so of this one.
    pub back: bool,
    pub number: i64,
    pub title: String,
    pub stage: Stage,
}

impl Kin {
    /// The story at hand waits for it.
    pub fn holds_up(&self) -> bool {
        self.verb == Tie::Blocks && self.back && !self.is_over()
    }

    fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Accepted | Stage::Dropped)
    }
}

/// What a story is linked to, and what is linked to it.
pub(crate) fn kin_of(look: &mut Look, story: Id<Story>) -> Result<Vec<Kin>> {
    let rows = look.query(
        "select relation.id, relation.verb, 0, story.number, story.title, story.stage from relation join story on story.id = relation.to_id
         where relation.from_id = $1 and relation.to_noun = 'story' and relation.removed_at is null and story.removed_at is null
         union all
         select relation.id, relation.verb, 1, story.number, story.title, story.stage from relation join story on story.id = relation.from_id
         where relation.to_id = $1 and relation.from_noun = 'story' and relation.removed_at is null and story.removed_at is null
         order by 4 limit 100",
        &[story.value()],
    )?;
    rows.into_iter()
        .map(|mut r| Ok(Kin { link: r.take()?, verb: r.take()?, back: r.take()?, number: r.take()?, title: r.take()?, stage: r.take()? }))
        .collect()
}

/// The stories that one is linked to, each with the words for it and where it stands, and the form for another.
pub(crate) fn view(scope: &Scope, story: &Story, kin: &[Kin]) -> Markup {
    let form = html! {
        input type="hidden" name="story" value=(story.number);
        div.pair { (select("bond", "This story", &options(Bond::ALL), Bond::BlockedBy.word())) (field("to", "The other, by its key", "")) }
    };
    html! { section.kin {
        @if !kin.is_empty() { h3 { "Linked stories" } ul.lines { @for k in kin { (one(scope, k)) } } }
        (disclosure("link-story", "Link to another story", "plain", command_form(scope, Area::Backlog, "story.bind", "Link them", form)))
    } }
}

fn one(scope: &Scope, k: &Kin) -> Markup {
    let tone = match k.stage {
        _ if k.holds_up() => "critical",
        Stage::Accepted => "good",
        _ => "neutral",
    };
    html! { li {
        span.quiet { (words(k.verb, k.back)) } " " (link(scope, k)) " "
        @if k.stage != Stage::Open || k.holds_up() { (pill(tone, k.stage.says())) }
        (web::small_act(scope, Area::Backlog, "story.unlink", &[("link", &k.link.to_string())], "x", &format!("Take the link to {} away", scope.key(k.number))))
    } }
}

fn link(scope: &Scope, k: &Kin) -> Markup {
    html! { a href={ (web::product_path(scope)) "/story/" (k.number) } { (web::keyed(scope, k.number, &k.title)) } }
}

/// What it waits for, at the top of its panel; nothing where work on it is over or nothing holds it up.
pub(crate) fn held_up(scope: &Scope, story: &Story, kin: &[Kin]) -> Markup {
    let by: Vec<&Kin> = kin.iter().filter(|k| k.holds_up()).collect();
    html! { @if !by.is_empty() && matches!(story.stage, Stage::Open | Stage::Doing) {
        p.banner.warning.held-up { (icon("git-branch")) span { strong { "Waits for" } " " @for (n, k) in by.iter().enumerate() { @if n > 0 { ", " } (link(scope, k)) } } }
    } }
}

/// In a row: how many others it waits for.
pub fn waits(count: i64) -> Markup {
    html! { @if count > 0 { span.pill.warning.waits title={ "Waits for " (web::several(count, "story")) " that " (if count == 1 { "is" } else { "are" }) " not done yet" } { "waits for " (count) } } }
}

fn words(verb: Tie, back: bool) -> &'static str {
    match (verb, back) {
        (Tie::PartOf, false) => "Part of",
        (Tie::PartOf, true) => "Has the part",
        (Tie::Blocks, false) => "Blocks",
        (Tie::Blocks, true) => "Blocked by",
        (Tie::Duplicates, _) => "Says the same as",
        _ => "Has to do with",
    }
}
