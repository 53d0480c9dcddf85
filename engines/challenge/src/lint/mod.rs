//! What a challenge that can be read may still get wrong: figures that do not agree, a brief that gives the answer away,
//! anchors that a length alone would tell apart.

mod anchors;
mod figures;

use crate::{
    Challenge, Fault, Folder, Kind,
    folder::shelves,
    model::{compute, facts_of},
    read::{Case, Design, Guesstimate, Own, Strategy, Worth},
    text::{count_words, folded, near, steers},
};
use std::collections::BTreeMap;

/// Checks a challenge. `drills` are the ids of the drills that its debrief may lead to; without any, nothing is said
/// of that.
///
/// # Errors
/// None: what is wrong is what it returns.
pub fn lint(folder: &Folder, drills: &[String]) -> Vec<Fault> {
    let mut faults = texts(folder);
    match Challenge::read(folder) {
        Err(wrong) => faults.extend(wrong),
        Ok(challenge) => {
            let mut found = Lint { challenge: &challenge, faults: &mut faults };
            found.all(drills);
        }
    }
    faults.truncate(MOST_TOLD);
    faults
}

/// So much is told at a time; nobody mends more before they look again.
const MOST_TOLD: usize = 200;

/// Checks a whole library, of paths `<kind>/<id>/…`; each fault with the challenge it belongs to.
pub fn library<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(String, Fault)> {
    let shelves = shelves(files);
    let drills: Vec<String> = shelves.keys().filter(|(kind, _)| kind == Kind::Drill.name()).map(|(_, id)| id.clone()).collect();
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (kind, id) in shelves.keys() {
        kinds.entry(id).or_default().push(kind);
    }
    let mut found = vec![];
    for ((kind, id), files) in &shelves {
        let place = format!("{kind}/{id}");
        if let Some(twice) = kinds.get(id.as_str()).filter(|kinds| kinds.len() > 1) {
            found.push((place.clone(), Fault::of("", 0, format!("The id is used in {}.", twice.join(" and ")))));
        }
        let faults = match Folder::of(kind, id, files.iter().map(|(path, text)| (path.as_str(), text.as_str()))) {
            Ok(folder) => lint(&folder, &drills),
            Err(faults) => faults,
        };
        found.extend(faults.into_iter().map(|fault| (place.clone(), fault)));
    }
    found
}

/// What must not stand in any file.
fn texts(folder: &Folder) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, text) in folder.files() {
        for (at, line) in text.lines().enumerate() {
            if climbs(line) {
                faults.push(Fault::of(path, at + 1, "A path climbs out of the folder."));
            }
            let words = || line.split(|c: char| !c.is_alphanumeric());
            let unfinished = words().any(|word| ["TODO", "FIXME", "TBD", "XXX"].contains(&word)) || line.to_lowercase().contains("lorem ipsum");
            if unfinished {
                faults.push(Fault::of(path, at + 1, "Something is unfinished here."));
            }
            if let Some(c) = line.chars().find(|c| steers(*c)) {
                faults.push(Fault::of(path, at + 1, format!("There is a letter here that does not show (U+{:04X}).", u32::from(c))));
            }
        }
    }
    faults
}

/// `../`, or a link to a place on somebody's machine.
fn climbs(line: &str) -> bool {
    let up = ["../", "..\\"].iter().any(|up| line.contains(up));
    let end = line.match_indices("..").any(|(at, _)| {
        let behind = line[..at].ends_with(['/', '\\']);
        behind && !line[at + 2..].starts_with(|c: char| c == '.' || c.is_alphanumeric() || c == '_')
    });
    let link = line.match_indices("](").any(|(at, _)| {
        let to = line[at + 2..].trim_start();
        let drive = to.len() > 2
            && to.as_bytes()[0].is_ascii_alphabetic()
            && to.as_bytes()[1] == b':'
            && matches!(to.as_bytes()[2], b'/' | b'\\')
            && !to[1..].starts_with("://");
        to.starts_with('/') || to.starts_with("file:") || drive
    });
    up || end || link
}

struct Lint<'a> {
    challenge: &'a Challenge,
    faults: &'a mut Vec<Fault>,
}

impl Lint<'_> {
    fn wrong(&mut self, file: &str, line: usize, says: impl Into<String>) {
        let fault = Fault::of(file, line, says);
        if self.faults.len() < MOST_TOLD && !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn all(&mut self, drills: &[String]) {
        let challenge = self.challenge;
        match &challenge.own {
            Own::Guesstimate(own) => self.guesstimate(own),
            Own::Strategy(Strategy { exhibits, .. }) | Own::Design(Design { exhibits, .. }) => self.exhibits(exhibits),
            Own::RootCause(case) => self.solved(case),
            Own::Drill(_) => {}
        }
        self.brief();
        self.debrief(drills);
        if challenge.kind != Kind::Drill {
            self.probes();
            self.anchors();
        }
    }

    fn exhibits(&mut self, exhibits: &[String]) {
        for id in exhibits {
            match self.challenge.fact(id) {
                None => self.wrong("challenge.toml", 0, format!("No fact is called “{id}”, which is an exhibit.")),
                Some(fact) if fact.hidden => self.wrong("challenge.toml", 0, format!("The fact “{id}” is hidden and an exhibit.")),
                Some(_) => {}
            }
        }
    }

    fn guesstimate(&mut self, own: &Guesstimate) {
        const FILE: &str = "challenge.toml";
        let reference = &own.reference;
        if let Some(id) = &reference.fact {
            match self.challenge.fact(id) {
                None => self.wrong(FILE, 0, format!("No fact is called “{id}”, which the reference names.")),
                Some(fact) => {
                    let value = fact.value().unwrap_or(reference.value);
                    let share = fact.tolerance.unwrap_or(0.0).max(0.01);
                    if !near(value, reference.value, share) && !near(value / 100.0, reference.value, 0.01) {
                        self.wrong(FILE, 0, format!("The reference {} is not the value of the fact “{id}”, {value}.", reference.value));
                    }
                }
            }
        }
        let mut models: Vec<String> = vec![];
        for route in &own.routes {
            let model = folded(&route.model);
            if models.contains(&model) {
                self.wrong(FILE, route.line, format!("The route “{}” is the same model as another.", route.name));
            }
            models.push(model);
            self.facts(FILE, route.line, &route.model);
            match compute(&route.model, &own.unit) {
                Err(says) => self.wrong(FILE, route.line, format!("The route “{}” does not compute to {}: {says}", route.name, unit(&own.unit))),
                Ok(found) => {
                    if !(reference.value / 3.0..=reference.value * 3.0).contains(&found.middle) {
                        let says = format!(
                            "The route “{}” has the middle {:.4}, which is not within three times of the reference {:.4}.",
                            route.name, found.middle, reference.value
                        );
                        self.wrong(FILE, route.line, says);
                    }
                    if found.high < reference.low || found.low > reference.high {
                        let says = format!(
                            "The route “{}” runs from {:.4} to {:.4}, which does not overlap the reference, {:.4} to {:.4}.",
                            route.name, found.low, found.high, reference.low, reference.high
                        );
                        self.wrong(FILE, route.line, says);
                    }
                }
            }
        }
    }

    /// A case is drawn, and its cuts lead to what happened and to nothing else.
    fn solved(&mut self, case: &Case) {
        match case.practice() {
            None => self.wrong("case.toml", 0, "No figures can be drawn for the case."),
            Some(practice) if !practice.is_fair() => {
                let says = "The case has no one solution: all cuts together leave another explanation, or one cut alone tells it. More people at the first step, or a greater severity, make it tell.";
                self.wrong("case.toml", 0, says);
            }
            Some(_) => {}
        }
    }

    /// Facts that a model names are there.
    fn facts(&mut self, file: &str, line: usize, model: &str) {
        for id in facts_of(model) {
            if self.challenge.fact(id).is_none() {
                self.wrong(file, line, format!("No fact is called “{id}”."));
            }
        }
    }

    /// What is hidden is not in the brief, and what is not hidden stands there.
    fn brief(&mut self) {
        let challenge = self.challenge;
        let brief = figures::Told::of(&challenge.brief);
        let (mut secret, mut elsewhere): (Option<&str>, &[String]) = (None, &[]);
        match &challenge.own {
            Own::Guesstimate(own) => secret = own.reference.fact.as_deref(),
            Own::Strategy(Strategy { exhibits, .. }) | Own::Design(Design { exhibits, .. }) => elsewhere = exhibits,
            _ => {}
        }
        for fact in &challenge.facts {
            let is_secret = secret == Some(fact.id.as_str());
            if fact.hidden || is_secret {
                let same =
                    |other: &&crate::read::Fact| !other.hidden && other.id != fact.id && other.value().is_some() && other.value() == fact.value();
                if !challenge.facts.iter().any(|other| same(&other)) && brief.stands(fact) {
                    let what = if fact.hidden { "hidden fact" } else { "reference" };
                    self.wrong("brief.md", 0, format!("The brief gives away the {what} “{}” ({}).", fact.id, told(&fact.worth)));
                }
            } else if !elsewhere.contains(&fact.id) && challenge.kind != Kind::Guesstimate && !brief.shows(fact) {
                self.wrong(
                    "facts.toml",
                    fact.line,
                    format!("The fact “{}” is neither hidden nor an exhibit, and does not stand in the brief.", fact.id),
                );
            }
        }
    }

    fn debrief(&mut self, drills: &[String]) {
        let drill = self.challenge.kind == Kind::Drill;
        let words = count_words(&self.challenge.debrief);
        let bounds = if drill { 60..=150 } else { 150..=400 };
        if !bounds.contains(&words) {
            self.wrong("debrief.md", 0, format!("The debrief has {words} words; {} to {} are needed.", bounds.start(), bounds.end()));
        }
        let word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let named = |id: &String| {
            let text = &self.challenge.debrief;
            text.match_indices(id.as_str()).any(|(at, _)| !text[..at].ends_with(word) && !text[at + id.len()..].starts_with(word))
        };
        if !drill && !drills.is_empty() && !drills.iter().any(named) {
            self.wrong("debrief.md", 0, "The debrief names no drill by its id, as in: Go on with `points-or-per-cent`.");
        }
        let text = self.challenge.debrief.clone();
        for (at, line) in text.lines().enumerate() {
            for (id, how) in led_to(line) {
                let known = drills.iter().any(|drill| drill == id);
                if how == Led::Link {
                    self.wrong(
                        "debrief.md",
                        at + 1,
                        format!("A drill is no link with an address: write it as: Go on with `{}`.", nearest(id, drills)),
                    );
                } else if !drills.is_empty() && !known {
                    self.wrong("debrief.md", at + 1, format!("There is no drill “{id}”; the nearest id is “{}”.", nearest(id, drills)));
                }
            }
        }
    }

    fn probes(&mut self) {
        let challenge = self.challenge;
        for probe in &challenge.probes.probes {
            let heading = challenge.kind.headings().iter().any(|heading| heading.eq_ignore_ascii_case(&probe.when));
            if !heading && challenge.rubric.iter().all(|row| row.id != probe.when) {
                self.wrong("probes.toml", probe.line, format!("“{}” is neither a heading nor a row of the rubric.", probe.when));
            }
        }
    }
}

/// How a text leads to a drill.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Led {
    /// “Go on with `id`”.
    Named,
    /// `[words](drill:id)`, which nothing can follow.
    Link,
}

/// The drills that a line leads to.
fn led_to(line: &str) -> Vec<(&str, Led)> {
    let id = |text: &'_ str| text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    let mut found = vec![];
    for (mark, how) in [("](drill:", Led::Link), ("](/practice/", Led::Link), ("Go on with `", Led::Named), ("Go on with the drill `", Led::Named)] {
        found.extend(line.match_indices(mark).map(|(at, _)| {
            let rest = &line[at + mark.len()..];
            (&rest[..id(rest)], how)
        }));
    }
    found.retain(|(id, _)| !id.is_empty());
    found
}

/// The id that is written most like another.
fn nearest<'a>(id: &'a str, drills: &'a [String]) -> &'a str {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let own = pairs(id);
    let like = |drill: &&String| {
        let theirs = pairs(drill);
        let both = own.iter().filter(|pair| theirs.contains(pair)).count();
        2000 * both / (own.len() + theirs.len()).max(1)
    };
    drills.iter().max_by_key(like).map_or(id, String::as_str)
}

fn unit(unit: &str) -> &str {
    if unit.trim().is_empty() { "a number" } else { unit }
}

fn told(worth: &Worth) -> String {
    match worth {
        Worth::Figure { value, .. } => value.to_string(),
        Worth::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_that_is_not_there_is_found() {
        let drills = ["middle-of-a-range", "points-or-per-cent"].map(str::to_owned);
        let line = "Then [Six more what?](drill:points-or-percent), or: Go on with `midle-of-a-range`, and `1 + 1`.";
        let led = led_to(line);
        assert!(led == [("points-or-percent", Led::Link), ("midle-of-a-range", Led::Named)]);
        assert_eq!(led.iter().map(|(id, _)| nearest(id, &drills)).collect::<Vec<_>>(), ["points-or-per-cent", "middle-of-a-range"]);
        assert_eq!(nearest("x", &[]), "x");
    }
}
