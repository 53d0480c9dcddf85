//! What a decision is about: links to whatever there is in the product, found by words or by key.

use crate::involving::arranges;
use kernel::{
    Authority, Column, Command, Decided, Event, Id, Key, Look, Moment, Noun, NounSpec, Proposal, Refusal, Relation, Result, Scope, Standing, Tie,
    Uuid, Value, about, command, kinds, list,
};
use notices::Called;
use std::collections::HashMap;

kinds! {
    LINKED = "proposal.linked", "linked to a decision:";
    UNLINKED = "proposal.unlinked", "took away a link of a decision:";
}

/// So many things one decision is about.
const MOST_LINKS: i64 = 100;

/// The nouns that a decision can be about: what has a page and a title that is found.
fn linkable() -> impl Iterator<Item = &'static NounSpec> {
    about::nouns().iter().copied().filter(|noun| {
        let about = &noun.about;
        about.home == kernel::Home::Product && !about.found_by.is_empty() && !about.place.is_empty() && noun.table != Proposal::TABLE
    })
}

/// Whoever may at least propose in a matter says what it is about.
pub(crate) fn may_link(proposal: &Proposal, scope: &Scope) -> Result<()> {
    match arranges(proposal, scope) || scope.standing(proposal.area).1 >= Standing::Proposes {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever may propose here says what a decision is about.")),
    }
}

command! {
    /// Says that a proposal or a decision is about something: a story, a need, an objective, whatever has a page.
    pub struct LinkDecision in "proposal.link" at Post "/products/{product}/proposals/{proposal}/links" [] {
        pub proposal: Id<Proposal>,
        /// The noun of the thing, such as `story`.
        pub about: String,
        /// Its id.
        pub id: Id<Relation>,
    }
}

/// The two ends, and whether they are linked already.
pub struct Ends {
    proposal: Proposal,
    noun: &'static NounSpec,
    label: String,
    linked: bool,
}

impl Command for LinkDecision {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        let proposal = Proposal::get(look, self.proposal)?;
        let noun = linkable().find(|noun| noun.table == self.about);
        let noun = noun.ok_or_else(|| Refusal::invalid("about", "A decision cannot be linked to this."))?;
        let label = look.thing(noun, self.id.0)?.ok_or(Refusal::NotFound)?.label;
        let known = |and: &str| format!("select count(*) from relation where from_id = $1 and verb = 'about' and removed_at is null{and}");
        let linked = look.number(&known(" and to_id = $2"), &[proposal.meta.id.value(), self.id.value()])? > 0;
        if !linked && look.number(&known(""), &[proposal.meta.id.value()])? >= MOST_LINKS {
            return Err(Refusal::invalid("id", format!("It is about {MOST_LINKS} things already.")));
        }
        Ok(Ends { proposal, noun, label, linked })
    }
    fn authority(&self, before: &Ends) -> Authority {
        Authority::Seen(before.proposal.area)
    }
    fn may(&self, before: &Ends, scope: &Scope) -> Result<()> {
        may_link(&before.proposal, scope)
    }
    fn title(&self, before: &Ends) -> String {
        format!("Say that “{}” is about “{}”", before.proposal.title, before.label)
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before.linked {
            return Ok(Decided::default());
        }
        let relation = Relation {
            meta: moment.fresh(Some(scope.product_id()?)),
            from_noun: Proposal::TABLE.to_owned(),
            from_id: before.proposal.meta.id,
            verb: Tie::About,
            to_noun: before.noun.table.to_owned(),
            to_id: self.id.0,
        };
        Ok(Event::created(&LINKED, &relation).called(told(&before.proposal, &before.label)).into())
    }
}

/// "“Which locks?” is about “Hold a bike”".
fn told(proposal: &Proposal, label: &str) -> String {
    format!("“{}” is about “{label}”", proposal.title)
}

command! {
    /// Takes away what a proposal or a decision was said to be about.
    pub struct UnlinkDecision in "proposal.unlink" at Delete "/products/{product}/proposal-links/{link}" [] {
        pub link: Id<Relation>,
    }
}

impl Command for UnlinkDecision {
    /// The link, and the decision that it begins at.
    type Before = (Relation, Proposal);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let link = Relation::get(look, self.link)?;
        match link.from_noun == Proposal::TABLE && link.verb == Tie::About {
            true => Ok((link.clone(), Proposal::get(look, Id::new(link.from_id))?)),
            false => Err(Refusal::NotFound),
        }
    }
    fn authority(&self, (_, proposal): &Self::Before) -> Authority {
        Authority::Seen(proposal.area)
    }
    fn may(&self, (_, proposal): &Self::Before, scope: &Scope) -> Result<()> {
        may_link(proposal, scope)
    }
    fn title(&self, (_, proposal): &Self::Before) -> String {
        format!("Take a link of “{}” away", proposal.title)
    }
    fn decide(self, (link, proposal): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&UNLINKED, &link, moment.now).called(proposal.title).into())
    }
}

/// What a decision is about, as its page shows it.
pub(crate) struct Linked {
    pub link: Id<Relation>,
    pub noun: &'static NounSpec,
    pub thing: Called,
    pub id: Uuid,
}

/// What some decisions are about, by decision, as far as the asker sees it.
pub(crate) fn of(look: &mut Look, proposals: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<Linked>>> {
    let links = Relation::all(look, "and verb = $2 and from_id in each($3) order by created_at, id", &[Tie::About.value(), list(proposals)])?;
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted: Vec<(String, Uuid)> = links.iter().map(|link| (link.to_noun.clone(), link.to_id)).collect();
    let called = notices::called(look, &wanted)?;
    let mut by: HashMap<Uuid, Vec<Linked>> = HashMap::new();
    for link in links {
        if let (Some(noun), Some(thing)) = (about::noun(&link.to_noun), called.get(&link.to_id)) {
            by.entry(link.from_id).or_default().push(Linked { link: link.id(), noun, thing: thing.clone(), id: link.to_id });
        }
    }
    Ok(by)
}

/// So many things are offered for words that were typed.
const MOST_FOUND: u32 = 12;

/// Something that a decision can be linked to.
pub(crate) struct Candidate {
    pub noun: &'static NounSpec,
    pub id: Uuid,
    pub thing: Called,
}

/// What words or a key find.
pub(crate) fn find(look: &mut Look, typed: &str) -> Result<Vec<Candidate>> {
    let product = look.scope.product()?.clone();
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(vec![]);
    }
    let mut found: Vec<(String, Uuid)> = vec![];
    if let Some(key) = Key::parse(&typed.to_uppercase()).filter(|key| product.goes_by(&key.product)) {
        for noun in linkable().filter(|noun| noun.about.keyed) {
            let clause = "where product = $1 and number = $2 and removed_at is null";
            found.extend(look.found(noun, clause, &[product.id.value(), Value::Int(key.number)])?.iter().map(|f| (noun.table.to_owned(), f.meta.id)));
        }
    }
    let tables: Vec<&str> = linkable().map(|noun| noun.table).collect();
    found.extend(look.reader.search(&[product.id], typed, &tables, MOST_FOUND)?);
    // What may not be read is not called by any name.
    let called = notices::called(look, &found)?;
    let mut seen = std::collections::BTreeSet::new();
    let candidate = |(table, id): (String, Uuid)| Some(Candidate { noun: about::noun(&table)?, id, thing: called.get(&id)?.clone() });
    Ok(found.into_iter().filter(|(_, id)| seen.insert(*id)).filter_map(candidate).collect())
}

/// The condition that a decision is about the thing of a key; its number comes to the parameters.
pub(crate) fn about_key(scope: &Scope, typed: &str, params: &mut Vec<Value>) -> Result<String> {
    let refused = || Refusal::invalid("about", "Write a key, such as the one of a story.");
    let number = match Key::parse(&typed.to_uppercase()) {
        Some(key) if scope.product()?.goes_by(&key.product) => key.number,
        Some(_) => return Err(refused()),
        None => typed.trim_start_matches('#').parse::<i64>().map_err(|_| refused())?,
    };
    params.push(Value::Int(number));
    let n = params.len();
    let things: Vec<String> = linkable()
        .filter(|noun| noun.about.keyed)
        .map(|noun| format!("select id from {} where product = $1 and number = ${n} and removed_at is null", noun.table))
        .collect();
    Ok(format!(
        " and exists (select 1 from relation where relation.from_id = proposal.id and relation.verb = 'about' and relation.removed_at is null
         and relation.to_id in ({}))",
        things.join(" union all ")
    ))
}
