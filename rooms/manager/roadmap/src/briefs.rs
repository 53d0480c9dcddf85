//! The brief of a feature: why, for whom, what, what not, and how one will know. It is made of paragraphs, each a thing of
//! its own, so that what is said about one stays with it whatever is written around it.

use crate::{events::*, model::*, rows};
use kernel::{
    Column, Command, Decided, Event, Id, Look, Moment, Noun, Rank, Reading, Ref, Refusal, Result, Scope, Words, command, event::edit, heard, noun,
    words,
};

words! {
    /// The parts of a brief, in the order in which they are read.
    pub enum Part { Why = "why", Who = "who", What = "what", Not = "not", Know = "know" says "how we will know" }
}

impl Part {
    /// What stands above it.
    pub const fn heading(self) -> &'static str {
        match self {
            Part::Why => "Why",
            Part::Who => "For whom",
            Part::What => "What",
            Part::Not => "What not",
            Part::Know => "How we will know",
        }
    }

    /// What belongs there, for whoever begins with nothing.
    pub const fn asks(self) -> &'static str {
        match self {
            Part::Why => "Which need does it answer, and what happens if we leave it? Name the evidence.",
            Part::Who => "Who has that need, in which situation, and who does not?",
            Part::What => "What can they do then that they cannot do now? No screens yet.",
            Part::Not => "What do we leave out on purpose, though somebody will ask for it?",
            Part::Know => "Which figure moves from where to where, by when, and what would tell us that we were wrong?",
        }
    }
}

noun! {
    /// One paragraph of the brief of a feature.
    pub struct BriefParagraph in "brief_paragraph" {
        feature: Id<Feature>,
        part: Part,
        rank: Rank,
        body: String,
    } label(p) format!("{}: {}", p.part.heading(), web::clipped(&p.body, 80)); searched Some((p.part.heading().to_owned(), p.body.clone()));
    about { many: "brief-paragraphs", one: "paragraph of a brief", read: Reading::Of("feature", "feature"), part_of: "feature",
      place: "brief?paragraph={id}#p-{id}", titled: true, found_by: "body", discussed: true, hushed: &["feature", "rank"], called: &[("body", "text")],
      heard: heard::Heard { texts: &["body"], news: &["body"], ..heard::Heard::NOTHING } }
}

/// The longest paragraph, in characters.
const MOST: usize = 8_000;
/// So many paragraphs a brief has at most.
const MANY: usize = 200;

/// The paragraphs of a brief, part by part.
pub(crate) fn paragraphs(look: &mut Look, feature: Id<Feature>) -> Result<Vec<BriefParagraph>> {
    let mut all = BriefParagraph::all(look, "and feature = $2 order by rank, id", &[feature.value()])?;
    all.sort_by_key(|p| p.part);
    Ok(all)
}

command! {
    /// Writes into the brief of a feature. Blank lines part paragraphs, each of which can be talked about by itself.
    pub struct WriteBrief in "brief.write" at Post "/products/{product}/features/{feature}/brief" [Roadmap] {
        /// Number, key or id.
        pub feature: Ref,
        pub part: Part,
        pub body: Words<MOST>,
    }
}

impl Command for WriteBrief {
    type Before = (Feature, Vec<BriefParagraph>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = rows::feature(look, &self.feature)?;
        let known = paragraphs(look, feature.id())?;
        Ok((feature, known))
    }
    fn title(&self, (feature, _): &Self::Before) -> String {
        format!("Write “{}” into the brief of “{}”", self.part.heading(), feature.title)
    }
    fn decide(self, (feature, known): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let body = String::from(self.body);
        let texts: Vec<&str> = parted(&body);
        if known.len() + texts.len() > MANY {
            return Err(Refusal::invalid("body", format!("A brief has at most {MANY} paragraphs; nobody reads more.")));
        }
        let mut last = known.iter().rev().find(|p| p.part == self.part).map(|p| p.rank.clone());
        let mut events: Vec<Event> = vec![];
        for text in texts {
            let rank = Rank::between(last.as_ref(), None);
            last = Some(rank.clone());
            let paragraph =
                BriefParagraph { meta: moment.fresh(Some(scope.product_id()?)), feature: feature.id(), part: self.part, rank, body: text.to_owned() };
            events.push(Event::created(&BRIEF_WRITTEN, &paragraph));
        }
        Ok(events.into())
    }
}

/// A text where blank lines part it; a list stays in one piece with what leads to it only where no blank line is between.
fn parted(text: &str) -> Vec<&str> {
    let mut parts = vec![];
    let mut begin = 0;
    let mut blank_at: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            blank_at.get_or_insert(at);
        } else if let Some(blank) = blank_at.take() {
            parts.push(text[begin..blank].trim());
            begin = at;
        }
        at += line.len();
    }
    parts.push(text[begin..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

command! {
    /// Changes a paragraph of a brief.
    pub struct EditBrief in "brief.edit" at Patch "/products/{product}/brief-paragraphs/{brief_paragraph}" [Roadmap] {
        pub brief_paragraph: Id<BriefParagraph>,
        pub body: Option<Words<MOST>>,
    }
}

impl Command for EditBrief {
    type Before = BriefParagraph;

    fn load(&self, look: &mut Look) -> Result<BriefParagraph> {
        BriefParagraph::get(look, self.brief_paragraph)
    }
    fn title(&self, before: &BriefParagraph) -> String {
        format!("Change “{}”", before.label())
    }
    fn decide(self, before: BriefParagraph, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&BRIEF_EDITED, &before, |p| {
            kernel::give(&mut p.body, self.body);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Moves a paragraph of a brief to a part, ahead of another one or to its end.
    pub struct MoveBrief in "brief.move" at Put "/products/{product}/brief-paragraphs/{brief_paragraph}/place" [Roadmap] {
        pub brief_paragraph: Id<BriefParagraph>,
        pub part: Part,
        /// The one it goes ahead of; the end of the part when left out.
        pub before: Option<Id<BriefParagraph>>,
    }
}

impl Command for MoveBrief {
    type Before = (BriefParagraph, Rank);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let paragraph = BriefParagraph::get(look, self.brief_paragraph)?;
        let others: Vec<BriefParagraph> =
            paragraphs(look, paragraph.feature)?.into_iter().filter(|p| p.part == self.part && p.id() != paragraph.id()).collect();
        let at = match self.before {
            Some(before) => others.iter().position(|p| p.id() == before).ok_or(Refusal::NotFound)?,
            None => others.len(),
        };
        let above = at.checked_sub(1).and_then(|at| others.get(at)).map(|p| &p.rank);
        let rank = Rank::between(above, others.get(at).map(|p| &p.rank));
        Ok((paragraph, rank))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Move “{}” to “{}”", before.label(), self.part.heading())
    }
    fn decide(self, (before, rank): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&BRIEF_MOVED, &before, |p| {
            (p.part, p.rank) = (self.part, rank);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a paragraph from a brief.
    pub struct RemoveBrief in "brief.remove" at Delete "/products/{product}/brief-paragraphs/{brief_paragraph}" [Roadmap] {
        pub brief_paragraph: Id<BriefParagraph>,
    }
}

impl Command for RemoveBrief {
    type Before = BriefParagraph;

    fn load(&self, look: &mut Look) -> Result<BriefParagraph> {
        BriefParagraph::get(look, self.brief_paragraph)
    }
    fn title(&self, before: &BriefParagraph) -> String {
        format!("Remove “{}”", before.label())
    }
    fn decide(self, before: BriefParagraph, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&BRIEF_REMOVED, &before, moment.now).into())
    }
}

/// How many of its parts the brief of each feature has.
pub(crate) fn written(look: &mut Look) -> Result<Vec<(kernel::Uuid, i64, i64)>> {
    let rows = look.query(
        "select feature, count(distinct part), max(updated_at) from brief_paragraph where product = $1 and removed_at is null group by feature",
        &[look.scope.product_id()?.value()],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect()
}

/// How many parts the brief of one feature has.
pub(crate) fn parts_of(look: &mut Look, feature: Id<Feature>) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number(
        "select count(distinct part) from brief_paragraph where product = $1 and feature = $2 and removed_at is null",
        &[product.value(), feature.value()],
    )
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(parted("One\nstill one\n\n  \nTwo\n"), ["One\nstill one", "Two"]);
        assert_eq!(parted("\n\nAlone"), ["Alone"]);
        assert!(parted(" \n ").is_empty());
    }
}
