//! Relations: the typed links of the thread that join any number to any number. Where a thing has one
//! parent (a story's feature), the link is a field of the child instead.

use crate::{Column, Event, EventKind, Look, Moment, Noun, Reading, Refusal, Result, Value, noun, words};
use uuid::Uuid;

words! {
    /// What a link says.
    pub enum Tie { Supports = "supports", Serves = "serves", Addresses = "addresses", About = "about", Blocks = "blocks", Relates = "relates", Changes = "changes" says "would change", PartOf = "part_of" says "is part of", Ships = "ships", Duplicates = "duplicates", Verifies = "verifies" }
}

noun! {
    /// A link from one thing to another.
    pub struct Relation in "relation" {
        from_noun: String,
        from_id: Uuid,
        verb: Tie,
        to_noun: String,
        to_id: Uuid,
    } label(r) format!("{} {} {}", r.from_noun, r.verb, r.to_noun);
    about { many: "links", made_anew: true, one: "link", read: Reading::Between(&[("from_noun", "from_id"), ("to_noun", "to_id")]) }
}

/// Two ends that have been read, so both exist in the product, and the link between them, if any.
pub struct Ends {
    from: (&'static str, Uuid),
    to: (&'static str, Uuid),
    verb: Tie,
    linked: Option<Relation>,
    /// "Pay by card serves Fewer queues".
    told: String,
}

impl Ends {
    /// Two things of which one is new, so nothing links them yet.
    pub fn fresh<A: Noun, B: Noun>(from: &A, verb: Tie, to: &B) -> Ends {
        let told = format!("“{}” {verb} “{}”", from.label(), to.label());
        Ends { from: (A::TABLE, from.meta().id), to: (B::TABLE, to.meta().id), verb, linked: None, told }
    }

    /// Looks up the link between two things.
    pub fn read<A: Noun, B: Noun>(look: &mut Look, from: &A, verb: Tie, to: &B) -> Result<Ends> {
        let product = look.scope.product_id()?;
        let linked = crate::look::find_rows(
            look.reader,
            "where product = $1 and from_id = $2 and to_id = $3 and verb = $4 and removed_at is null",
            &[product.value(), from.meta().id.value(), to.meta().id.value(), verb.value()],
        )?
        .pop();
        Ok(Ends { linked, ..Ends::fresh(from, verb, to) })
    }

    /// What the link says, in words.
    pub fn told(&self) -> &str {
        &self.told
    }

    /// The event that makes the link; none where it stands already.
    pub fn link(self, kind: &'static EventKind, moment: &Moment, product: Uuid) -> Result<Vec<Event>> {
        match self.linked {
            Some(link) if link.meta.removed_at.is_none() => Ok(vec![]),
            _ => Ok(vec![
                Event::created(
                    kind,
                    &Relation {
                        meta: moment.fresh(Some(product)),
                        from_noun: self.from.0.to_owned(),
                        from_id: self.from.1,
                        verb: self.verb,
                        to_noun: self.to.0.to_owned(),
                        to_id: self.to.1,
                    },
                )
                .called(self.told),
            ]),
        }
    }

    /// The event that takes the link away.
    pub fn unlink(self, kind: &'static EventKind, now: i64) -> Result<Vec<Event>> {
        match self.linked {
            Some(link) if link.meta.removed_at.is_none() => Ok(vec![Event::removed(kind, &link, now).called(self.told)]),
            _ => Err(Refusal::invalid("", "These two are not linked.")),
        }
    }
}

/// All standing links of the product at hand with a verb.
pub fn ties(look: &mut Look, verb: Tie) -> Result<Vec<Relation>> {
    Relation::all(look, "and verb = $2", &[Value::Text(verb.word().to_owned())])
}
