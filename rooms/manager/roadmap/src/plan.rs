//! The roadmap over time: bets and features with their windows, in lanes, today or as of a past day.

use crate::{
    dependencies::{self, Ahead, Wait},
    filter,
    model::*,
    past,
    rows::{self, Reasons},
};
use kernel::{Look, Noun, Result, Scope, Uuid, words};
use std::collections::{BTreeSet, HashMap};
use web::{
    Filter, capital,
    chart::{Lane, Stand, Timeline, Window, Zoom},
    when,
};

words! {
    /// What bets stand side by side by.
    pub enum Lanes { Objective = "objective", Owner = "owner", Theme = "theme", Horizon = "horizon" }
}

/// How a timeline is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    pub zoom: Zoom,
    pub lanes: Lanes,
    /// Features with a window of their own stand below their bets.
    pub parts: bool,
}

/// What a timeline shows.
#[derive(Default)]
pub struct Plan {
    pub initiatives: Vec<Initiative>,
    /// Those with a window of their own, or all, as it was asked for.
    pub features: Vec<Feature>,
    pub(crate) reasons: Reasons,
    pub(crate) owners: HashMap<Uuid, String>,
    pub(crate) waits: Vec<Wait>,
    /// What waits for itself by way of others, by the keys along it.
    pub rounds: Vec<Vec<String>>,
    needs: HashMap<Uuid, f64>,
    /// The day at which it stands so.
    pub day: String,
    /// It is told to people outside, whose matter no passed window is.
    outside: bool,
}

/// Who looks after what, by their names.
pub(crate) fn owners(look: &mut Look, initiatives: &[Initiative], features: &[Feature]) -> Result<HashMap<Uuid, String>> {
    people::names_of(look, initiatives.iter().filter_map(|i| i.owner).chain(features.iter().filter_map(|f| f.owner)).map(|id| id.0))
}

/// What was released is drawn for so many days after its window.
const OVER: i64 = 122;

fn is_dated(f: &Feature) -> bool {
    f.starts_on.is_some() || f.ends_on.is_some()
}

impl Plan {
    /// As it is today, narrowed by a filter.
    pub fn read(look: &mut Look, filter: &Filter) -> Result<Plan> {
        let (initiatives, mut features) = match filter.is_plain() {
            true => (rows::initiatives(look)?, Feature::all(look, "and (starts_on is not null or ends_on is not null) order by rank, id", &[])?),
            false => filter::fitting(look, filter)?,
        };
        features.retain(is_dated);
        let reasons = rows::reasons(look)?;
        let ahead = Ahead::read(look)?;
        let rounds = ahead.rounds(look)?;
        let owners = owners(look, &initiatives, &features)?;
        let day = when::day(look.now());
        Ok(Plan { initiatives, features, reasons, owners, waits: ahead.waits, rounds, day, ..Plan::default() }.open())
    }

    /// As it is told to people outside: bets and features, and nothing about why, who, or what waits for what.
    pub(crate) fn shown(look: &mut Look) -> Result<Plan> {
        let (initiatives, features) = (rows::initiatives(look)?, rows::features(look)?);
        Ok(Plan { initiatives, features, day: when::day(look.now()), outside: true, ..Plan::default() }.open())
    }

    /// As it was at the end of a past day.
    pub fn then(look: &mut Look, day: &str, at: i64) -> Result<Plan> {
        let mut plan = Plan::all_then(look, day, at)?;
        plan.features.retain(is_dated);
        Ok(plan.open())
    }

    /// Everything that was on it then, with or without a window, dropped or not.
    pub fn all_then(look: &mut Look, day: &str, at: i64) -> Result<Plan> {
        let initiatives = past::things::<Initiative>(look, at, |a, b| a.rank.cmp(&b.rank))?;
        let features = past::things::<Feature>(look, at, |a, b| a.rank.cmp(&b.rank))?;
        let reasons = past::reasons(look, at, &initiatives)?;
        let ids: Vec<Uuid> = initiatives.iter().map(|i| i.meta.id).chain(features.iter().map(|f| f.meta.id)).collect();
        let waits = dependencies::waits_then(look, at, &ids)?;
        let owners = owners(look, &initiatives, &features)?;
        Ok(Plan { initiatives, features, reasons, owners, waits, day: day.to_owned(), ..Plan::default() })
    }

    /// Everything that a filter asks for, with or without a window, dropped or not, and how badly the needs behind it are served.
    pub fn all(look: &mut Look, filter: &Filter) -> Result<Plan> {
        let (initiatives, features) = filter::fitting(look, filter)?;
        let owners = owners(look, &initiatives, &features)?;
        let reasons = rows::reasons(look)?;
        let scores = customers::opportunities(look, reasons.values().flatten().map(|(_, id, _)| *id))?;
        let best = |all: &Vec<(String, Uuid, String)>| all.iter().filter_map(|(_, id, _)| scores.get(id).copied()).max_by(f64::total_cmp);
        let needs = reasons.iter().filter_map(|(bet, all)| Some((*bet, best(all)?))).collect();
        Ok(Plan { initiatives, features, reasons, owners, day: when::day(look.now()), needs, ..Plan::default() })
    }

    /// Who looks after something, by name.
    pub fn owner(&self, owner: Option<Uuid>) -> Option<&str> {
        self.owners.get(&owner?).map(String::as_str)
    }

    /// Of a bet the greatest opportunity among the needs that it addresses, where that is known.
    pub fn need(&self, bet: Uuid) -> Option<f64> {
        self.needs.get(&bet).copied()
    }

    /// Without what was dropped.
    pub fn open(mut self) -> Plan {
        self.initiatives.retain(|i| i.state != BetState::Dropped);
        self.features.retain(|f| f.state != BetState::Dropped);
        self
    }

    /// The lane of a bet.
    fn lane(&self, i: &Initiative, by: Lanes) -> String {
        let found = match by {
            Lanes::Objective => {
                self.reasons.get(&i.meta.id).and_then(|all| all.iter().find(|(noun, ..)| noun == "objective")).map(|(.., title)| title.clone())
            }
            Lanes::Owner => i.owner.and_then(|id| self.owners.get(&id.0).cloned()),
            Lanes::Theme => Some(i.theme.clone()).filter(|theme| !theme.is_empty()),
            Lanes::Horizon => Some(capital(i.horizon.word())),
        };
        found.unwrap_or_default()
    }

    /// What stands in no lane of its kind.
    const fn without(by: Lanes) -> &'static str {
        match by {
            Lanes::Objective => "For no objective",
            Lanes::Owner => "Nobody looks after it",
            Lanes::Theme => "Without a theme",
            Lanes::Horizon => "",
        }
    }

    fn stand(&self, state: BetState, horizon: Horizon, ends_on: Option<&String>) -> Stand {
        match (state, horizon) {
            (BetState::Released, _) => Stand::Done,
            _ if !self.outside && ends_on.is_some_and(|end| *end < self.day) => Stand::Late,
            (_, Horizon::Now) => Stand::Now,
            (_, Horizon::Next) => Stand::Next,
            (_, Horizon::Later) => Stand::Later,
        }
    }

    /// Drawn, with by when things are likely to be there; `moves` where whoever looks may at least propose another window,
    /// and `leads` tells where something is looked at.
    pub fn timeline(
        &self,
        scope: &Scope,
        sight: Sight,
        likely: &HashMap<i64, String>,
        moves: bool,
        leads: &dyn Fn(i64) -> Option<String>,
    ) -> Timeline {
        let mut parts: HashMap<Uuid, Vec<&Feature>> = HashMap::new();
        for feature in self.features.iter().filter(|_| sight.parts) {
            parts.entry(feature.initiative.map_or(Uuid::nil(), |id| id.0)).or_default().push(feature);
        }
        let bet = |i: &Initiative| Window {
            key: scope.key(i.number),
            name: i.title.clone(),
            from: i.starts_on.clone(),
            until: i.ends_on.clone(),
            stand: self.stand(i.state, i.horizon, i.ends_on.as_ref()),
            part: false,
            likely: likely.get(&i.number).cloned().filter(|_| i.state == BetState::Open),
            leads: leads(i.number),
            moves: (moves && i.state == BetState::Open).then_some(("initiative.edit", i.number, i.meta.version)),
        };
        let part = |f: &&Feature| Window {
            key: scope.key(f.number),
            name: f.title.clone(),
            from: f.starts_on.clone(),
            until: f.ends_on.clone(),
            stand: self.stand(f.state, f.horizon, f.ends_on.as_ref()),
            part: true,
            likely: likely.get(&f.number).cloned().filter(|_| f.state == BetState::Open),
            leads: leads(f.number),
            moves: (moves && f.state == BetState::Open).then_some(("feature.edit", f.number, f.meta.version)),
        };
        let long_ago = when::days_after(&self.day, -OVER);
        let mut lanes: Vec<Lane> = vec![];
        let mut loose: Vec<Window> = vec![];
        for i in &self.initiatives {
            let own = parts.remove(&i.meta.id).unwrap_or_default();
            let long_over = i.state == BetState::Released && i.ends_on.as_ref().is_some_and(|end| *end < long_ago);
            if long_over || (i.starts_on.is_none() && i.ends_on.is_none() && own.is_empty()) {
                continue;
            }
            let windows = std::iter::once(bet(i)).chain(own.iter().map(part));
            match self.lane(i, sight.lanes) {
                name if name.is_empty() => loose.extend(windows),
                name => match lanes.iter_mut().find(|lane| lane.name == name) {
                    Some(lane) => lane.windows.extend(windows),
                    None => lanes.push(Lane { name, windows: windows.collect() }),
                },
            }
        }
        if sight.lanes == Lanes::Horizon {
            lanes.sort_by_key(|lane| Horizon::ALL.iter().position(|horizon| capital(horizon.word()) == lane.name));
        }
        // What is part of no bet that is shown here.
        let rest: Vec<&Feature> = parts.into_values().flatten().collect();
        loose.extend(rest.iter().map(part));
        if !loose.is_empty() {
            let name = if lanes.is_empty() { String::new() } else { Plan::without(sight.lanes).to_owned() };
            lanes.push(Lane { name, windows: loose });
        }
        let keys: HashMap<Uuid, i64> =
            self.initiatives.iter().map(|i| (i.meta.id, i.number)).chain(self.features.iter().map(|f| (f.meta.id, f.number))).collect();
        let waits = self.waits.iter().filter_map(|(first, then)| Some((scope.key(*keys.get(first)?), scope.key(*keys.get(then)?)))).collect();
        Timeline::new(sight.zoom, self.day.clone(), lanes).waiting(waits)
    }

    /// Whoever looks after something here, by name.
    pub fn people(&self) -> Vec<String> {
        let names: BTreeSet<&String> = self.owners.values().collect();
        names.into_iter().cloned().collect()
    }

    /// The themes that there are.
    pub fn themes(&self) -> Vec<String> {
        let themes: BTreeSet<&String> = self.initiatives.iter().map(|i| &i.theme).filter(|theme| !theme.is_empty()).collect();
        themes.into_iter().cloned().collect()
    }

    /// Bets that are still to come and of which nobody has said when.
    pub fn undated(&self) -> Vec<&Initiative> {
        self.initiatives.iter().filter(|i| i.state == BetState::Open && i.starts_on.is_none() && i.ends_on.is_none()).collect()
    }
}
