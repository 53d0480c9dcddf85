//! What challenges of all kinds have: facts, rubric, marks, probes.

use crate::{
    Fault,
    folder::is_id,
    kind::ANCHORS,
    node::{Node, Taken},
};

/// Something that may be asked for, with its source and a licence that allows passing it on.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub id: String,
    pub says: String,
    pub worth: Worth,
    pub year: Option<i64>,
    /// The share by which good sources differ.
    pub tolerance: Option<f64>,
    pub source: String,
    pub licence: String,
    /// What somebody would ask for.
    pub words: Vec<String>,
    /// Told only when asked for.
    pub hidden: bool,
    /// Where it stands in facts.toml.
    pub line: usize,
}

/// A figure or a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Worth {
    Figure { value: f64, unit: String },
    Text(String),
}

impl Fact {
    /// One that stands in no folder: of no year and no source, and told to everybody.
    pub fn new(id: &str, says: &str, worth: Worth) -> Fact {
        let (id, says) = (id.to_owned(), says.to_owned());
        Fact { id, says, worth, year: None, tolerance: None, source: String::new(), licence: String::new(), words: vec![], hidden: false, line: 0 }
    }

    pub fn value(&self) -> Option<f64> {
        match self.worth {
            Worth::Figure { value, .. } => Some(value),
            Worth::Text(_) => None,
        }
    }

    pub fn unit(&self) -> &str {
        match &self.worth {
            Worth::Figure { unit, .. } => unit,
            Worth::Text(_) => "",
        }
    }

    /// Whether it belongs to the invented world of the case.
    pub fn is_invented(&self) -> bool {
        self.source == "invented"
    }
}

/// A row of the rubric, with what an answer at three levels shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: String,
    pub name: String,
    pub weight: f64,
    pub weak: String,
    pub middling: String,
    pub strong: String,
}

/// The author's mark for a row of an anchor answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// 1 to 5.
    pub level: u8,
    pub quote: String,
    pub why: String,
    pub line: usize,
}

/// What the interviewer may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probes {
    pub opening: String,
    pub probes: Vec<Probe>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The heading or row that it belongs to.
    pub when: String,
    pub say: String,
    /// A nudge, in learning mode.
    pub hint: String,
    pub line: usize,
}

pub(super) fn facts(node: &Node, faults: &mut Vec<Fault>) -> Vec<Fact> {
    const FILE: &str = "facts.toml";
    let mut whole = Taken::of(FILE, "the file", node, faults);
    let list = whole.maybe_list("facts").unwrap_or(&[]);
    whole.end();
    let mut found: Vec<Fact> = vec![];
    for node in list {
        let mut t = Taken::of(FILE, "the fact", node, faults);
        let id = t.text("id");
        t.what = format!("the fact “{id}”");
        if !id.is_empty() && !is_id(&id) {
            t.wrong_at("id", format!("“{id}” is no id: lower-case letters, digits and hyphens, at most 40."));
        }
        if found.iter().any(|fact| fact.id == id) {
            t.wrong_at("id", format!("The fact “{id}” is there twice."));
        }
        let worth = match (t.has("value"), t.has("text")) {
            (true, false) => Worth::Figure { value: t.number("value"), unit: t.words("unit") },
            (false, true) => Worth::Text(t.text("text")),
            _ => {
                t.wrong(t.line, format!("The fact “{id}” needs either a value with its unit or a text."));
                let (_, text, _) = (t.maybe_number("value"), t.maybe_text("text"), t.maybe_words("unit"));
                Worth::Text(text.unwrap_or_default())
            }
        };
        if matches!(worth, Worth::Text(_)) && t.has("unit") && !t.has("value") {
            t.wrong(t.line, format!("The fact “{id}” is a text, which has no unit."));
            t.maybe_words("unit");
        }
        let (says, year, tolerance) = (t.text("says"), t.maybe_whole("year"), t.maybe_number("tolerance"));
        if tolerance.is_some_and(|share| !(0.0..=0.5).contains(&share)) {
            t.wrong_at("tolerance", format!("The tolerance of the fact “{id}” should be a share from 0 to 0.5."));
        }
        let (source, licence) = (t.text("source"), t.text("licence"));
        if !source.is_empty() && !licence.is_empty() {
            allowed(&mut t, &id, &source, &licence);
        }
        let (words, hidden) = (t.lower("words"), t.flag("hidden"));
        t.end();
        found.push(Fact { id, says, worth, year, tolerance, source, licence, words, hidden, line: node.line });
    }
    found
}

/// Only facts that may be passed on.
fn allowed(t: &mut Taken, id: &str, source: &str, licence: &str) {
    const FREE: [&str; 4] = ["CC BY 4.0", "CC0", "public domain", "invented"];
    let invented = (source == "invented", licence == "invented");
    let fits: &[&str] = match source {
        _ if source.starts_with("World Bank") => &["CC BY 4.0"],
        _ if source.contains("Factbook") => &["public domain", "CC0"],
        _ if source.contains("Wikidata") => &["CC0"],
        _ => &FREE,
    };
    if !FREE.contains(&licence) {
        t.wrong_at("licence", format!("The licence of the fact “{id}” is “{licence}”, which is none of {}.", FREE.join(", ")));
    } else if invented.0 != invented.1 {
        t.wrong(t.line, format!("Source and licence of the fact “{id}” are both “invented”, or neither is."));
    } else if !fits.contains(&licence) {
        t.wrong_at("licence", format!("A fact of “{source}” has the licence “{}”, not “{licence}” (“{id}”).", fits[0]));
    }
}

pub(super) fn rubric(node: &Node, faults: &mut Vec<Fault>) -> Vec<Row> {
    const FILE: &str = "rubric.toml";
    let mut whole = Taken::of(FILE, "the file", node, faults);
    let list = whole.list("rows");
    whole.end();
    if !(6..=8).contains(&list.len()) {
        whole.wrong(0, format!("There are {} rows; six to eight are needed.", list.len()));
    }
    let mut found: Vec<Row> = vec![];
    for node in list {
        let mut t = Taken::of(FILE, "the row", node, faults);
        let id = t.text("id");
        t.what = format!("the row “{id}”");
        if !id.is_empty() && !is_id(&id) {
            t.wrong_at("id", format!("“{id}” is no id: lower-case letters, digits and hyphens, at most 40."));
        }
        if found.iter().any(|row| row.id == id) {
            t.wrong_at("id", format!("The row “{id}” is there twice."));
        }
        let weight = t.number("weight");
        if weight <= 0.0 {
            t.wrong_at("weight", format!("The weight of the row “{id}” is not above 0."));
        }
        found.push(Row { id, name: t.text("name"), weight, weak: t.text("weak"), middling: t.text("middling"), strong: t.text("strong") });
        t.end();
    }
    let sum: f64 = found.iter().map(|row| row.weight).sum();
    if !found.is_empty() && (sum - 100.0).abs() > 1e-9 {
        faults.push(Fault::of(FILE, 0, format!("The weights add up to {sum}, not to 100.")));
    }
    found
}

pub(super) fn marks(node: &Node, faults: &mut Vec<Fault>) -> Vec<(&'static str, Vec<(String, Mark)>)> {
    const FILE: &str = "marks.toml";
    let mut found = vec![];
    let mut whole = Taken::of(FILE, "the file", node, faults);
    let nodes = ANCHORS.map(|name| (name, whole.node(name)));
    whole.end();
    for (name, node) in nodes {
        let mut own = vec![];
        for (row, node) in node.and_then(Node::table).unwrap_or(&[]) {
            let mut t = Taken::of(FILE, format!("the mark {name}.{row}"), node, faults);
            let level = t.whole("level");
            if level != i64::MIN && !(1..=5).contains(&level) {
                t.wrong_at("level", format!("The level of {name}.{row} is {level}; levels are 1 to 5."));
            }
            own.push((row.clone(), Mark { level: level.clamp(0, 5) as u8, quote: t.text("quote"), why: t.text("why"), line: node.line }));
            t.end();
        }
        found.push((name, own));
    }
    found
}

pub(super) fn probes(node: &Node, faults: &mut Vec<Fault>) -> Probes {
    const FILE: &str = "probes.toml";
    let mut whole = Taken::of(FILE, "the file", node, faults);
    let (opening, list) = (whole.text("opening"), whole.list("probes"));
    whole.end();
    if !(4..=8).contains(&list.len()) {
        whole.wrong(0, format!("There are {} probes; four to eight are needed.", list.len()));
    }
    let mut probes = vec![];
    for node in list {
        let mut t = Taken::of(FILE, "the probe", node, faults);
        probes.push(Probe { when: t.text("when"), say: t.text("say"), hint: t.text("hint"), line: node.line });
        t.end();
    }
    Probes { opening, probes }
}
