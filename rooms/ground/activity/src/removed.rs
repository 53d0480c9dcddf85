//! What was removed, and bringing it back: the same for every noun, because a removal is a line like any other.

use crate::{
    BROUGHT_BACK,
    rows::{self, Line},
};
use kernel::{
    Act, Area, Authority, Change, Column, Command, Decided, Event, Id, Look, Mark, Moment, NounSpec, Paged, Refusal, Result, Scope, Searched, Uuid,
    Value, about, command, list,
};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

fn comes_back(table: &str) -> Option<&'static NounSpec> {
    about::noun(table).filter(|noun| !noun.about.made_anew)
}

/// What is gone, newest first, each by the line that removed it; `after` the line at which the last page ended.
pub(crate) fn gone(look: &mut Look, after: Option<&Mark<i64>>, most: usize) -> Result<Paged<Line>> {
    let mut page = rows::removals(look, after, most)?;
    let mut of_noun: HashMap<String, Vec<Uuid>> = HashMap::new();
    for line in &page.items {
        of_noun.entry(line.noun.clone()).or_default().push(line.noun_id);
    }
    let product = look.scope.product_id()?.value();
    let mut still: HashSet<Uuid> = HashSet::new();
    for (noun, ids) in of_noun {
        let Some(spec) = comes_back(&noun) else { continue };
        let clause = "where product = $1 and removed_at is not null and id in each($2)";
        still.extend((spec.find)(look.reader, clause, &[product.clone(), list(ids)])?.into_iter().map(|thing| thing.meta.id));
    }
    // Of a thing that was removed twice the last time counts.
    page.items.retain(|line| still.remove(&line.noun_id));
    Ok(page)
}

command! {
    /// Brings back what was removed: a story, a need, evidence, a criterion, a comment and the like.
    pub struct BringBack in "removed.bring_back" at Post "/products/{product}/removed/{thing}/return" [*] {
        pub thing: Id<Line>,
    }
}

/// A thing with the line that removed it last.
pub struct Removed {
    line: Line,
    removed_at: Option<i64>,
}

impl Command for BringBack {
    type Before = Removed;

    fn load(&self, look: &mut Look) -> Result<Removed> {
        let line = rows::of_thing(look, self.thing.0, 500)?.into_iter().find(|line| line.did == Act::Remove);
        let line = match line {
            Some(line) => line,
            None if rows::of_thing(look, self.thing.0, 1)?.is_empty() => return Err(Refusal::NotFound),
            None => return Err(Refusal::invalid("thing", "This was not removed.")),
        };
        let spec = comes_back(&line.noun).ok_or_else(|| Refusal::invalid("thing", "This does not come back so; do again what made it."))?;
        let product = look.scope.product_id()?.value();
        let thing = (spec.find)(look.reader, "where product = $1 and id = $2", &[product, line.noun_id.value()])?.pop().ok_or(Refusal::NotFound)?;
        Ok(Removed { line, removed_at: thing.meta.removed_at })
    }
    fn authority(&self, before: &Removed) -> Authority {
        match before.line.area.as_deref().and_then(Area::parse) {
            Some(area) => Authority::Area(area),
            None => Authority::Anyone,
        }
    }
    fn may(&self, before: &Removed, scope: &Scope) -> Result<()> {
        // Where the matrix has no part in it (a comment), it is for whoever removed it.
        match before.line.area.is_some() || before.line.member == scope.who.member && before.line.assistant_id == scope.who.assistant {
            true => Ok(()),
            false => Err(Refusal::denied("Only who removed this brings it back.")),
        }
    }
    fn title(&self, before: &Removed) -> String {
        format!("Bring back “{}”", before.line.label)
    }
    fn decide(self, before: Removed, _: &Moment, scope: &Scope) -> Result<Decided> {
        let Some(removed_at) = before.removed_at else { return Err(Refusal::invalid("thing", "This is there already.")) };
        let event = Event {
            kind: &BROUGHT_BACK,
            act: Act::Change,
            table: Cow::Owned(before.line.noun),
            id: before.line.noun_id,
            product: Some(scope.product_id()?),
            label: before.line.label,
            seen: None,
            changes: vec![Change::new("removed_at", Value::Int(removed_at), Value::Null)],
            searched: Searched::Again,
            created_at: None,
        };
        Ok(event.into())
    }
}
