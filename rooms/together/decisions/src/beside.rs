//! What stands beside proposals and decisions where they are looked at: what they are about, who is part of them, what they
//! replaced, what was found when they were looked at again. A handful of questions for any number of them.

use crate::{
    deadlock::{self, Told, all_confirmed, stuck},
    linking::{self, Linked},
    looking_back::{self, LookBack},
    poll,
    rows::Shown,
    wording,
};
use kernel::{Area, Column, Look, Proposal, Result, Uuid, list};
use std::collections::HashMap;

/// Another decision: its id, its number and its title.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub id: Uuid,
    pub number: Option<i64>,
    pub title: String,
}

#[derive(Default)]
pub(crate) struct Beside {
    links: HashMap<Uuid, Vec<Linked>>,
    back: HashMap<Uuid, Vec<(LookBack, String)>>,
    replaced: HashMap<Uuid, Other>,
    replacing: HashMap<Uuid, Other>,
    people: HashMap<Uuid, String>,
    evidence: HashMap<Uuid, String>,
    told: HashMap<Uuid, Told>,
    /// Who could decide, where somebody is to be named.
    deciders: Vec<(Area, Vec<(Uuid, String)>)>,
}

impl Beside {
    pub fn of<'a>(look: &mut Look, shown: impl Iterator<Item = &'a Shown>) -> Result<Beside> {
        let proposals: Vec<&Proposal> = shown.map(|s| &s.proposal).collect();
        if proposals.is_empty() {
            return Ok(Beside::default());
        }
        let ids = || proposals.iter().map(|p| p.meta.id);
        let (replaced, replacing) = lineage(look, &proposals)?;
        let told = deadlock::of(look, ids())?;
        let mut deciders: Vec<(Area, Vec<(Uuid, String)>)> = vec![];
        for p in proposals.iter().filter(|p| p.decider.is_none()) {
            let hats = stuck(look.scope, p, look.now());
            let named = told.get(&p.meta.id).is_some_and(|told| !hats.is_empty() && all_confirmed(&hats, &told.positions));
            if named && !deciders.iter().any(|(area, _)| *area == p.area) {
                deciders.push((p.area, poll::people(look, p.area)?));
            }
        }
        Ok(Beside {
            links: linking::of(look, ids())?,
            back: looking_back::of(look, ids())?,
            replaced,
            replacing,
            people: people(look, &proposals, &told)?,
            evidence: wording::evidence_named(look, proposals.iter().copied())?,
            told,
            deciders,
        })
    }

    pub fn links(&self, p: &Proposal) -> &[Linked] {
        self.links.get(&p.meta.id).map_or(&[], Vec::as_slice)
    }

    /// What was found when it was looked at again, the latest first.
    pub fn back(&self, p: &Proposal) -> &[(LookBack, String)] {
        self.back.get(&p.meta.id).map_or(&[], Vec::as_slice)
    }

    /// The decision that it would replace, or did.
    pub fn older(&self, p: &Proposal) -> Option<&Other> {
        self.replaced.get(&p.supersedes?)
    }

    /// The decision that replaced it.
    pub fn newer(&self, p: &Proposal) -> Option<&Other> {
        self.replacing.get(&p.meta.id)
    }

    /// What a member in it is called.
    pub fn name(&self, member: Uuid) -> &str {
        people::name_in(&self.people, member)
    }

    /// What has been told towards loosening it, where it is or was stuck.
    pub fn told(&self, p: &Proposal) -> Option<&Told> {
        self.told.get(&p.meta.id)
    }

    /// Who could decide in an area where somebody is to be named.
    pub fn people_of(&self, area: Area) -> &[(Uuid, String)] {
        self.deciders.iter().find(|(known, _)| *known == area).map_or(&[], |(_, people)| people)
    }

    /// What a piece of evidence says; nothing where it is gone.
    pub fn evidence(&self, id: Uuid) -> Option<&str> {
        self.evidence.get(&id).map(String::as_str)
    }
}

type Line = HashMap<Uuid, Other>;

/// What these replace, by its id, and what replaced them, by theirs.
fn lineage(look: &mut Look, proposals: &[&Proposal]) -> Result<(Line, Line)> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select 0, proposal.id, proposal.id, proposal.number, proposal.title from proposal where proposal.product = $1 and proposal.id in each($2)
         union all
         select 1, proposal.supersedes, proposal.id, proposal.number, proposal.title from proposal where proposal.product = $1 and proposal.supersedes in each($3)
         and proposal.state = 'agreed' and proposal.removed_at is null order by 4",
        &[product.value(), list(proposals.iter().filter_map(|p| p.supersedes)), list(proposals.iter().map(|p| p.meta.id))],
    )?;
    let (mut replaced, mut replacing) = (Line::new(), Line::new());
    for mut row in rows {
        let (newer, about): (bool, Uuid) = (row.take()?, row.take()?);
        let other = Other { id: row.take()?, number: row.take()?, title: row.take()? };
        if newer {
            replacing.insert(about, other)
        } else {
            replaced.insert(about, other)
        };
    }
    Ok((replaced, replacing))
}

/// What those are called who are part of them besides the signers.
fn people(look: &mut Look, proposals: &[&Proposal], told: &HashMap<Uuid, Told>) -> Result<HashMap<Uuid, String>> {
    let named = |p: &&Proposal| {
        p.contributors.iter().chain(p.informed.iter()).copied().chain([p.driver, p.decider].into_iter().flatten()).collect::<Vec<_>>()
    };
    let said = told.values().flat_map(|told| told.positions.iter().map(|p| p.member).chain(told.namings.iter().map(|n| n.named)));
    people::names_of(look, proposals.iter().flat_map(named).chain(said))
}
