//! challenge.toml: the head that all have, and what is of its kind.

use super::{Case, Own};
use crate::{
    Fault, Kind,
    node::{Node, Taken, Value},
    sheet::TITLE,
};

const FILE: &str = "challenge.toml";
/// Each is computed whenever somebody writes on the challenge.
const MOST_ROUTES: usize = 8;
/// So many ideas a short answer may have, and so many words each.
const MOST_IDEAS: usize = 20;

#[derive(Clone, Debug)]
pub struct Guesstimate {
    pub ask: String,
    /// Of the language of estimates; empty for a plain number.
    pub unit: String,
    pub reference: Reference,
    pub routes: Vec<Route>,
    pub factors: Vec<Factor>,
    pub switches: Vec<Switch>,
}

/// The author's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub value: f64,
    /// A 90 % interval.
    pub low: f64,
    pub high: f64,
    /// The fact that it is, where it is published; otherwise it was built by the routes.
    pub fact: Option<String>,
}

/// A way to the answer, as a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub name: String,
    pub model: String,
    pub line: usize,
}

/// What a good tree has in it, and how a member may call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    pub tag: String,
    pub words: Vec<String>,
}

/// What has to be settled about the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    pub name: String,
    pub words: Vec<String>,
    pub taken: String,
    /// By what the other reading changes the answer.
    pub factor: f64,
}

#[derive(Clone, Debug)]
pub struct Strategy {
    pub limits: Limits,
    pub competitors: Vec<String>,
    /// Ids of facts.
    pub exhibits: Vec<String>,
}

/// What actions have to fit into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    pub budget: Option<f64>,
    pub people: Option<f64>,
    pub months: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct Design {
    pub segments: Vec<Segment>,
    pub exhibits: Vec<String>,
}

/// People who have to do with it, by what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub name: String,
    pub words: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Drill {
    pub ask: String,
    pub asked: Asked,
    pub right: Right,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Number { unit: String },
    Choice(Vec<String>),
    Order(Vec<String>),
    Short,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Right {
    Number {
        value: f64,
        low: f64,
        high: f64,
    },
    Choice(usize),
    Order(Vec<usize>),
    /// Each inner list is one idea, named by any of its words.
    Short(Vec<Vec<String>>),
}

pub(super) struct Head {
    pub title: String,
    pub summary: String,
    pub level: u8,
    pub minutes: u32,
    pub skills: Vec<String>,
    pub author: String,
}

pub(super) fn challenge(kind: Kind, node: &Node, case: Option<Case>, faults: &mut Vec<Fault>) -> Option<(Head, Own)> {
    let mut t = Taken::of(FILE, "the challenge", node, faults);
    let head = head(&mut t, kind);
    let own = match kind {
        Kind::Guesstimate => Some(Own::Guesstimate(guesstimate(&mut t))),
        Kind::Strategy => Some(Own::Strategy(strategy(&mut t))),
        Kind::Design => Some(Own::Design(design(&mut t))),
        Kind::RootCause => case.map(|case| Own::RootCause(Box::new(case))),
        Kind::Drill => drill(&mut t).map(Own::Drill),
    };
    t.end();
    Some((head, own?))
}

fn head(t: &mut Taken, kind: Kind) -> Head {
    let named = t.text("kind");
    if !named.is_empty() && named != kind.name() {
        t.wrong_at("kind", format!("The kind is “{named}”, and the folder stands under “{}”.", kind.name()));
    }
    let (title, summary, level, minutes) = (t.line("title", TITLE), t.line("summary", 300), t.whole("level"), t.whole("minutes"));
    if level != i64::MIN && !(1..=5).contains(&level) {
        t.wrong_at("level", format!("The level is {level}; it goes from 1 to 5."));
    }
    if minutes != i64::MIN && !(1..=1000).contains(&minutes) {
        t.wrong_at("minutes", format!("“minutes” is {minutes}; at least 1 is needed."));
    }
    let skills = t.texts("skills");
    let mut apart = skills.clone();
    apart.sort();
    apart.dedup();
    if skills.len() > 4 || apart.len() < skills.len() {
        t.wrong_at("skills", "Skills are one to four different words.");
    }
    for skill in skills.iter().filter(|skill| !kind.skills().contains(&skill.as_str())) {
        t.wrong_at("skills", format!("“{skill}” is no skill of this kind; there are {}.", kind.skills().join(", ")));
    }
    Head { title, summary, level: level.clamp(1, 5) as u8, minutes: minutes.clamp(1, 1000) as u32, skills, author: t.line("author", 100) }
}

/// A list of tables, each taken apart.
fn many<T>(
    t: &mut Taken,
    key: &'static str,
    what: &str,
    bounds: std::ops::RangeInclusive<usize>,
    read: impl Fn(&mut Taken) -> (String, T),
) -> Vec<T> {
    let list = t.list(key);
    if !bounds.contains(&list.len()) && t.has(key) {
        let told =
            if *bounds.end() == usize::MAX { format!("at least {}", bounds.start()) } else { format!("{} to {}", bounds.start(), bounds.end()) };
        t.wrong(t.line, format!("There are {} “{key}”; {told} are needed.", list.len()));
    }
    let (mut found, mut names) = (vec![], vec![]);
    for node in list {
        let mut one = Taken::of(FILE, what, node, t.faults);
        let (name, value) = read(&mut one);
        one.end();
        if names.contains(&name) {
            one.wrong(node.line, format!("“{name}” is there twice in “{key}”."));
        }
        names.push(name);
        found.push(value);
    }
    found
}

/// A table within the challenge.
fn within<'a, 'f>(t: &'f mut Taken<'a, '_>, key: &'static str) -> Option<Taken<'a, 'f>> {
    let node = t.node(key)?;
    Some(Taken::of(FILE, format!("[{key}]"), node, t.faults))
}

fn asked(q: &mut Taken) -> String {
    let ask = q.text("ask");
    if !ask.is_empty() && !ask.trim_end().ends_with('?') {
        q.wrong_at("ask", "“ask” is a question; it ends with ?.");
    }
    ask
}

fn guesstimate(t: &mut Taken) -> Guesstimate {
    let (mut ask, mut unit) = (String::new(), String::new());
    if let Some(mut q) = within(t, "question") {
        (ask, unit) = (asked(&mut q), q.words("unit"));
        q.end();
    }
    let mut reference = Reference { value: f64::NAN, low: f64::NAN, high: f64::NAN, fact: None };
    if let Some(mut r) = within(t, "reference") {
        reference = Reference { value: r.number("value"), low: r.number("low"), high: r.number("high"), fact: r.maybe_text("fact") };
        let how = r.text("how");
        let Reference { value, low, high, .. } = reference;
        if [value, low, high].iter().all(|v| v.is_finite()) && !(0.0 < low && low <= value && value <= high) {
            r.wrong_at("value", "The reference is not in order: 0 < low ≤ value ≤ high.");
        }
        match (how.as_str(), &reference.fact) {
            ("published", None) => r.wrong(r.line, "A published reference names its “fact”."),
            ("built", Some(_)) => r.wrong(r.line, "A built reference has no “fact”."),
            ("published" | "built" | "", _) => {}
            _ => r.wrong_at("how", format!("“how” is “published” or “built”, not “{how}”.")),
        }
        r.end();
    }
    let route = |r: &mut Taken| {
        let (name, model) = (r.text("name"), r.text("model"));
        (name.clone(), Route { name, model, line: r.line })
    };
    let factor = |f: &mut Taken| {
        let (tag, words) = (f.text("tag"), f.lower("words"));
        (tag.clone(), Factor { tag, words })
    };
    let switch = |s: &mut Taken| {
        let (name, words, taken, factor) = (s.text("name"), s.lower("words"), s.text("taken"), s.number("factor"));
        if factor <= 0.0 {
            s.wrong_at("factor", format!("The factor of the switch “{name}” is not above 0."));
        }
        (name.clone(), Switch { name, words, taken, factor })
    };
    Guesstimate {
        ask,
        unit,
        reference,
        routes: many(t, "routes", "a route", 2..=MOST_ROUTES, route),
        factors: many(t, "factors", "a factor", 3..=usize::MAX, factor),
        switches: many(t, "switches", "a switch", 2..=3, switch),
    }
}

fn exhibits(t: &mut Taken, least: usize) -> Vec<String> {
    many(t, "exhibits", "an exhibit", least..=usize::MAX, |e| {
        let fact = e.text("fact");
        (fact.clone(), fact)
    })
}

fn strategy(t: &mut Taken) -> Strategy {
    let mut limits = Limits::default();
    if let Some(mut l) = within(t, "limits") {
        limits = Limits { budget: l.maybe_number("budget"), people: l.maybe_number("people"), months: l.maybe_number("months") };
        if limits == Limits::default() {
            l.wrong(l.line, "[limits] names none of budget, people, months.");
        }
        l.end();
    }
    let competitor = |c: &mut Taken| {
        let name = c.text("name");
        (name.clone(), name)
    };
    Strategy { limits, competitors: many(t, "competitors", "a competitor", 1..=usize::MAX, competitor), exhibits: exhibits(t, 4) }
}

fn design(t: &mut Taken) -> Design {
    let segment = |s: &mut Taken| {
        let (name, words) = (s.text("name"), s.lower("words"));
        (name.clone(), Segment { name, words })
    };
    Design { segments: many(t, "segments", "a segment", 3..=usize::MAX, segment), exhibits: exhibits(t, 1) }
}

fn drill(t: &mut Taken) -> Option<Drill> {
    let (ask, kind, options) = {
        let mut q = within(t, "question")?;
        let found = (asked(&mut q), q.text("type"), q.maybe_texts("options"));
        q.end();
        found
    };
    let mut a = within(t, "answer")?;
    let lists = matches!(kind.as_str(), "choice" | "order");
    let options = match options {
        Some(_) if !lists => {
            a.wrong(a.line, format!("A question of the type “{kind}” has no options."));
            return None;
        }
        None if lists => {
            a.wrong(a.line, format!("A question of the type “{kind}” needs its options."));
            return None;
        }
        options => options.unwrap_or_default(),
    };
    let mut apart = options.clone();
    apart.sort();
    apart.dedup();
    if lists && (apart.len() < options.len() || options.len() < 2) {
        a.wrong(a.line, "Options are two or more different ones.");
    }
    let (asked, right) = match kind.as_str() {
        "number" => (Asked::Number { unit: String::new() }, number(&mut a)),
        "choice" => {
            let right = a.whole("right");
            let fits = (0..options.len() as i64).contains(&right);
            if right != i64::MIN && !fits {
                a.wrong(a.line, format!("“right” is {right}, which is no option; they are counted from 0."));
            }
            (Asked::Choice(options), fits.then_some(Right::Choice(right as usize)))
        }
        "order" => (Asked::Order(options.clone()), order(&mut a, options.len())),
        "short" => (Asked::Short, short(&mut a)),
        _ => {
            a.wrong(a.line, format!("A question is of the type number, choice, order or short, not “{kind}”."));
            return None;
        }
    };
    let unit = if kind == "number" { a.maybe_words("unit") } else { None };
    a.end();
    let asked = if let Asked::Number { .. } = asked { Asked::Number { unit: unit.unwrap_or_default() } } else { asked };
    Some(Drill { ask, asked, right: right? })
}

fn number(a: &mut Taken) -> Option<Right> {
    let (value, within, low, high) = (a.number("value"), a.maybe_number("within"), a.maybe_number("low"), a.maybe_number("high"));
    match (within, low, high) {
        (Some(share), None, None) if value == 0.0 || !(0.0..1.0).contains(&share) => {
            a.wrong(a.line, "“within” is a share of the value, from 0 to below 1, and a share of 0 is nothing; give low and high.");
            None
        }
        (Some(share), None, None) => Some(Right::Number { value, low: value - share * value.abs(), high: value + share * value.abs() }),
        (None, Some(low), Some(high)) if low <= value && value <= high => Some(Right::Number { value, low, high }),
        (None, Some(_), Some(_)) => {
            a.wrong(a.line, "The answer is not in order: low ≤ value ≤ high.");
            None
        }
        _ => {
            a.wrong(a.line, "A number needs either “within” or “low” and “high”.");
            None
        }
    }
}

fn order(a: &mut Taken, options: usize) -> Option<Right> {
    let node = a.node("order")?;
    let found: Vec<i64> = node.list()?.iter().filter_map(|n| if let Value::Whole(at) = n.value { Some(at) } else { None }).collect();
    let mut sorted = found.clone();
    sorted.sort_unstable();
    if sorted != (0..options as i64).collect::<Vec<_>>() {
        a.wrong(node.line, "“order” does not name every option once, counted from 0.");
        return None;
    }
    if sorted == found {
        a.wrong(node.line, "The options stand in the right order already.");
    }
    Some(Right::Order(found.into_iter().map(|at| at as usize).collect()))
}

fn short(a: &mut Taken) -> Option<Right> {
    let node = a.node("words")?;
    let idea = |idea: &Node| -> Option<Vec<String>> {
        let words: Option<Vec<String>> = idea.list()?.iter().map(|word| word.text().filter(|w| !w.trim().is_empty()).map(str::to_owned)).collect();
        words.filter(|words| !words.is_empty())
    };
    let ideas: Option<Vec<Vec<String>>> = node.list().and_then(|list| list.iter().map(idea).collect());
    match ideas.filter(|ideas| !ideas.is_empty()) {
        Some(ideas) => {
            let mut ideas = a.at_most("words", ideas, MOST_IDEAS);
            for idea in &mut ideas {
                *idea = a.at_most("words", std::mem::take(idea), MOST_IDEAS);
            }
            for word in ideas.iter().flatten().filter(|word| **word != word.to_lowercase() || word.trim() != **word) {
                a.wrong(node.line, format!("The word “{word}” is not in lower case."));
            }
            Some(Right::Short(ideas))
        }
        None => {
            a.wrong(node.line, "“words” are lists of words, one for each idea.");
            None
        }
    }
}
