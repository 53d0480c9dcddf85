//! The inbox of evidence, emptied piece by piece: dismissed, brought back, split into quotes, pasted in.

use crate::{events::*, model::*, named::Told};
use kernel::{AnyDay, Command, Decided, Event, Id, Look, Moment, Named, Noun, Refusal, Result, Scope, Text, Words, command, event::edit, words};
use web::when;

/// So many pieces are made at once, by splitting or pasting.
const MOST_AT_ONCE: usize = 200;
/// So long a piece of evidence may be, in characters.
const LONGEST: usize = 20_000;

command! {
    /// Takes evidence out of the inbox that supports no need: it stays, and can be brought back.
    pub struct DismissEvidence in "evidence.dismiss" at Put "/products/{product}/evidence/{evidence}/dismissal" [Customers] {
        pub evidence: Id<Evidence>,
        #[serde(default = "not_useful")]
        pub why: Why,
    }
}

fn not_useful() -> Why {
    Why::NotUseful
}

impl Command for DismissEvidence {
    type Before = Evidence;

    fn load(&self, look: &mut Look) -> Result<Evidence> {
        Evidence::get(look, self.evidence)
    }
    fn title(&self, before: &Evidence) -> String {
        format!("Dismiss evidence: {}", before.label())
    }
    fn decide(self, before: Evidence, _: &Moment, _: &Scope) -> Result<Decided> {
        let dismissed = match self.why {
            Why::NotUseful => Dismissed::NotUseful,
            Why::Duplicate => Dismissed::Duplicate,
        };
        Ok(edit(&EVIDENCE_DISMISSED, &before, |e| {
            e.dismissed = Some(dismissed);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Puts dismissed evidence into the inbox again.
    pub struct BringBackEvidence in "evidence.bring_back" at Delete "/products/{product}/evidence/{evidence}/dismissal" [Customers] {
        pub evidence: Id<Evidence>,
    }
}

impl Command for BringBackEvidence {
    type Before = Evidence;

    fn load(&self, look: &mut Look) -> Result<Evidence> {
        Evidence::get(look, self.evidence)
    }
    fn title(&self, before: &Evidence) -> String {
        format!("Bring back evidence: {}", before.label())
    }
    fn decide(self, before: Evidence, _: &Moment, _: &Scope) -> Result<Decided> {
        if before.dismissed.is_none() {
            return Err(Refusal::invalid("evidence", "This evidence was not dismissed."));
        }
        Ok(edit(&EVIDENCE_BROUGHT_BACK, &before, |e| {
            e.dismissed = None;
            Ok(())
        })?
        .into())
    }
}

/// Paragraphs of a text: what stands between empty lines.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let mut all = vec![];
    let mut one: Vec<&str> = vec![];
    for line in text.lines().chain([""]) {
        match line.trim() {
            "" if one.is_empty() => {}
            "" => all.push(std::mem::take(&mut one).join("\n")),
            said => one.push(said),
        }
    }
    all
}

/// The words of a text with one space between them, so that where lines break does not matter.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Quotes of a text: each stands in it word for word, but for what is left out and told by “…”.
///
/// # Errors
/// `Invalid` for a quote that does not.
pub(crate) fn quotes(field: &str, text: &str, typed: &str) -> Result<Vec<String>> {
    let whole = plain(text);
    let quotes = paragraphs(typed);
    for quote in &quotes {
        let parts = quote.replace("[…]", "…").replace("[...]", "…");
        if let Some(other) = parts.split('…').map(plain).find(|part| !whole.contains(part.as_str())) {
            let begins = web::clipped(&other, 60);
            return Err(Refusal::invalid(
                field,
                format!("“{begins}” does not stand there word for word. What is left out of a quote is told by “…”."),
            ));
        }
    }
    fits(field, &quotes)?;
    Ok(quotes)
}

/// Refuses none, too many and what is too long for a piece.
fn fits(field: &str, pieces: &[String]) -> Result<()> {
    match (pieces.len(), pieces.iter().map(|piece| piece.chars().count()).max().unwrap_or(0)) {
        (0, _) => Err(Refusal::invalid(field, "Write at least one.")),
        (many, _) if many > MOST_AT_ONCE => {
            Err(Refusal::invalid(field, format!("{many} are too many at once; {MOST_AT_ONCE} fit. Import them as a file.")))
        }
        (_, long) if long > LONGEST => {
            Err(Refusal::invalid(field, format!("At most {LONGEST} characters fit into a piece; one of them has {long}.")))
        }
        _ => Ok(()),
    }
}

command! {
    /// Splits a long text into quotes: each becomes evidence of its own, of the same customer, source and day, and the whole
    /// leaves the inbox.
    pub struct SplitEvidence in "evidence.split" at Post "/products/{product}/evidence/{evidence}/quotes" [Customers] {
        pub evidence: Id<Evidence>,
        /// Word for word, with an empty line between two; what is left out within one is told by “…”.
        pub quotes: Words<100_000>,
    }
}

impl Command for SplitEvidence {
    type Before = Evidence;

    fn load(&self, look: &mut Look) -> Result<Evidence> {
        Evidence::get(look, self.evidence)
    }
    fn title(&self, before: &Evidence) -> String {
        format!("Split evidence into quotes: {}", before.label())
    }
    fn decide(self, before: Evidence, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let quotes = quotes("quotes", &before.quote, &self.quotes)?;
        let piece = |quote| Evidence {
            meta: moment.fresh(Some(product)),
            quote,
            said_in: None,
            external_id: String::new(),
            dismissed: None,
            split_from: Some(before.id()),
            ..before.clone()
        };
        let mut events: Vec<Event> = quotes.into_iter().map(|quote| Event::created(&EVIDENCE_RECORDED, &piece(quote))).collect();
        events.push(edit(&EVIDENCE_SPLIT, &before, |e| {
            e.dismissed = Some(Dismissed::Split);
            Ok(())
        })?);
        Ok(events.into())
    }
}

words! {
    /// What parts pieces of a text that is pasted.
    pub enum Parting { Lines = "lines" says "each line", Paragraphs = "paragraphs" says "each paragraph" }
}

command! {
    /// Records many pieces of evidence at once, pasted as lines or paragraphs.
    pub struct PasteEvidence in "evidence.paste" at Post "/products/{product}/evidence-pasted" [Customers] {
        pub text: Words<200_000>,
        /// What is a piece.
        #[serde(default = "lines")]
        pub each: Parting,
        #[serde(default = "other")]
        pub kind: EvidenceKind,
        #[serde(default)]
        pub source: Text<300>,
        /// Of all of them, by name or id.
        #[serde(default)]
        pub customer: Text<200>,
        #[serde(default)]
        pub segment: Text<200>,
        /// The day they were observed; today when empty.
        #[serde(default)]
        pub noted_on: AnyDay,
    }
}

fn lines() -> Parting {
    Parting::Lines
}

fn other() -> EvidenceKind {
    EvidenceKind::Other
}

impl Command for PasteEvidence {
    type Before = (Told<Customer>, Told<Segment>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Told::read(look, "customer", &self.customer)?, Told::read(look, "segment", &self.segment)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Record pasted evidence".into()
    }
    fn decide(self, (customer, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let noted_on = self.noted_on.day();
        when::happened("noted_on", noted_on.as_ref(), scope, moment.now)?;
        let pieces = match self.each {
            Parting::Lines => self.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            Parting::Paragraphs => paragraphs(&self.text),
        };
        fits("text", &pieces)?;
        let customer: Named<Customer> = customer.known(moment, product, &mut events);
        let segment: Named<Segment> = segment.known(moment, product, &mut events);
        let noted_on = noted_on.unwrap_or_else(|| when::day(moment.now));
        let source: String = self.source.into();
        events.extend(pieces.into_iter().map(|quote| {
            let piece = Evidence {
                kind: self.kind,
                quote,
                source: source.clone(),
                customer: customer.clone(),
                segment: segment.clone(),
                noted_on: noted_on.clone(),
                ..Evidence::begun(moment.fresh(Some(product)))
            };
            Event::created(&EVIDENCE_RECORDED, &piece)
        }));
        Ok(events.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_between_empty_lines() {
        assert_eq!(paragraphs("\n one \ntwo\n \n\n three\n"), ["one\ntwo", "three"]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn a_quote_stands_in_its_text_word_for_word() {
        let text = "I ride every day.\nWhen it rains I take the bus, because the seat is wet.";
        assert_eq!(quotes("q", text, "When it rains I take\nthe bus\n\nI ride … every day.").unwrap().len(), 2);
        assert!(quotes("q", text, "When it rains […] the seat is wet.").is_ok(), "what is left out is told");
        let Err(Refusal::Invalid(wrong)) = quotes("q", text, "I hate the rain") else { panic!("invented") };
        assert!(wrong[0].message.contains("“I hate the rain” does not stand there"));
        assert!(quotes("q", text, " ").is_err());
    }
}
