//! What the roadmap is filtered by: words of titles, who looks after something, the theme of a bet, and what own fields hold
//! of its initiatives and of its features.

use crate::{
    model::{Feature, Initiative},
    pages::ROADMAP,
    rows::{self, Slice},
};
use fields::{Columns, Thing, Wanted, Words, narrowed};
use filters::Saved;
use kernel::{Id, Look, Result, Scope, Uuid};
use people::Member;
use std::collections::HashSet;
use web::{Filter, FilterBar, Markup, Term};

const INITIATIVE: Term = Term { name: "initiative", also: &[], says: "Own field of initiatives", values: &[], open: true };
const FEATURE: Term = Term { name: "feature", also: &[], says: "Own field of features", values: &[], open: true };

const OWNER: Term = Term { name: "owner", also: &[], says: "Who looks after it", values: &[], open: true };
const THEME: Term = Term { name: "theme", also: &[], says: "Theme of initiatives", values: &[], open: true };

/// The terms of the roadmap.
pub const TERMS: &[Term] = &[INITIATIVE, FEATURE, OWNER, THEME];

/// How the address says which own fields are shown on cards, and the order by one.
const OF_INITIATIVES: Words = Words { show: "initiative_fields", sort: "initiative_order" };
const OF_FEATURES: Words = Words { show: "feature_fields", sort: "feature_order" };

/// What the address of the page says of it.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    initiative: String,
    feature: String,
    owner: String,
    theme: String,
    initiative_fields: String,
    initiative_order: String,
    feature_fields: String,
    feature_order: String,
}

impl Asked {
    pub fn filter(&self) -> Filter {
        Filter::read(
            TERMS,
            &self.q,
            &[(INITIATIVE.name, &self.initiative), (FEATURE.name, &self.feature), (OWNER.name, &self.owner), (THEME.name, &self.theme)],
        )
    }
}

/// What a board shows of the roadmap.
pub(crate) struct Narrowed {
    pub filter: Filter,
    saved: Saved,
    pub initiatives: Vec<Initiative>,
    pub features: Vec<Slice>,
    pub of_initiatives: Columns,
    pub of_features: Columns,
    /// What could not be meant by the filter.
    pub odd: Option<String>,
}

impl Narrowed {
    /// As a board of today is asked for.
    pub fn read(look: &mut Look, asked: &Asked) -> Result<Narrowed> {
        let filter = asked.filter();
        let all = (rows::initiatives(look)?, rows::slices(look)?);
        let sorts = (asked.initiative_order.as_str(), asked.feature_order.as_str());
        let kept = keep(look, &filter, sorts, all, |slice: &Slice| (slice.id.0, &slice.title, slice.initiative.map(|id| id.0), slice.owner));
        let ((initiatives, features), odd) = filter.or_odd(kept, (vec![], vec![]))?;
        let of_initiatives = (asked.initiative_fields.as_str(), sorts.0);
        let of_initiatives = Columns::read(look, Thing::Initiative, OF_INITIATIVES, of_initiatives, initiatives.iter().map(|i| i.meta.id))?;
        let of_features = Columns::read(look, Thing::Feature, OF_FEATURES, (&asked.feature_fields, sorts.1), features.iter().map(|f| f.id.0))?;
        let saved = filters::saved(look, ROADMAP.path, &filter, None)?;
        Ok(Narrowed { filter, saved, initiatives, features, of_initiatives, of_features, odd })
    }

    /// What the address of the page goes on saying besides the filter.
    pub fn address(&self) -> String {
        self.of_initiatives.address() + &self.of_features.address()
    }

    fn keeps(&self) -> Vec<(&str, &str)> {
        [self.of_initiatives.keeps(), self.of_features.keeps()].concat()
    }

    pub fn view(&self) -> Markup {
        let keeps = self.keeps();
        let more = [(INITIATIVE.name, self.of_initiatives.choices()), (FEATURE.name, self.of_features.choices())];
        let placeholder = "Filter by words, or initiative: feature: …";
        FilterBar { label: "Filter the roadmap", placeholder, page: "roadmap", filter: &self.filter, keeps: &keeps, more: &more, found_at: None }
            .view()
    }

    /// The filters that were saved, which own fields stand on cards, and what orders them.
    pub fn tools(&self, scope: &Scope) -> Markup {
        let filter = self.filter.address();
        web::html! {
            (filters::view(scope, &self.saved, &self.keeps()))
            (self.of_initiatives.menu("roadmap", "Fields of initiatives", "The roadmap", &(self.of_features.address() + &filter)))
            (self.of_features.menu("roadmap", "Fields of features", "The roadmap", &(self.of_initiatives.address() + &filter)))
        }
    }
}

/// Those of some members whose name has these words in it.
fn called(look: &mut Look, members: HashSet<Uuid>, words: &str) -> Result<HashSet<Uuid>> {
    let words = words.to_lowercase();
    let people = people::these(look, members)?;
    Ok(people.into_iter().filter(|person| person.name.to_lowercase().contains(&words)).map(|person| person.id.0).collect())
}

/// The initiatives and features that a filter asks for.
pub fn fitting(look: &mut Look, filter: &Filter) -> Result<(Vec<Initiative>, Vec<Feature>)> {
    let all = (rows::initiatives(look)?, rows::features(look)?);
    keep(look, filter, ("", ""), all, |f: &Feature| (f.meta.id, &f.title, f.initiative.map(|id| id.0), f.owner))
}

/// Of both what fits. An initiative stays for the sake of a feature that was asked for; the features of one whose own words
/// fit stay with it. `of` tells of a feature its id, its title, its initiative and who looks after it.
fn keep<F>(
    look: &mut Look,
    filter: &Filter,
    sorts: (&str, &str),
    (initiatives, features): (Vec<Initiative>, Vec<F>),
    of: impl Fn(&F) -> (Uuid, &String, Option<Uuid>, Option<Id<Member>>),
) -> Result<(Vec<Initiative>, Vec<F>)> {
    let (asked, of_features) = (filter.get(INITIATIVE.name), filter.get(FEATURE.name));
    let mut initiatives =
        narrowed(look, Thing::Initiative, Wanted { term: INITIATIVE.name, fits: asked, sort: sorts.0 }, initiatives, |i| i.meta.id)?;
    let mut features = narrowed(look, Thing::Feature, Wanted { term: FEATURE.name, fits: of_features, sort: sorts.1 }, features, |f| of(f).0)?;
    let words = filter.words().to_lowercase();
    let says = |title: &str| title.to_lowercase().contains(&words);
    if !asked.is_empty() {
        let there: HashSet<Uuid> = initiatives.iter().map(|i| i.meta.id).collect();
        features.retain(|f| of(f).2.is_some_and(|id| there.contains(&id)));
    }
    if !words.is_empty() {
        let named: HashSet<Uuid> = initiatives.iter().filter(|i| says(&i.title)).map(|i| i.meta.id).collect();
        features.retain(|f| says(of(f).1) || of(f).2.is_some_and(|id| named.contains(&id)));
    }
    let theme = filter.get(THEME.name).to_lowercase();
    if !theme.is_empty() {
        initiatives.retain(|i| i.theme.to_lowercase().contains(&theme));
        let there: HashSet<Uuid> = initiatives.iter().map(|i| i.meta.id).collect();
        features.retain(|f| of(f).2.is_some_and(|id| there.contains(&id)));
    }
    if !filter.get(OWNER.name).is_empty() {
        let owners = initiatives.iter().filter_map(|i| i.owner).chain(features.iter().filter_map(|f| of(f).3)).map(|owner| owner.0).collect();
        let theirs = called(look, owners, filter.get(OWNER.name))?;
        let is_theirs = |owner: Option<Id<Member>>| owner.is_some_and(|owner| theirs.contains(&owner.0));
        let bets: HashSet<Uuid> = initiatives.iter().filter(|i| is_theirs(i.owner)).map(|i| i.meta.id).collect();
        features.retain(|f| is_theirs(of(f).3) || of(f).2.is_some_and(|id| bets.contains(&id)));
        let above: HashSet<Uuid> = features.iter().filter_map(|f| of(f).2).collect();
        initiatives.retain(|i| bets.contains(&i.meta.id) || above.contains(&i.meta.id));
    }
    if !words.is_empty() || !of_features.is_empty() {
        let above: HashSet<Uuid> = features.iter().filter_map(|f| of(f).2).collect();
        initiatives.retain(|i| above.contains(&i.meta.id) || (of_features.is_empty() && says(&i.title)));
    }
    Ok((initiatives, features))
}
