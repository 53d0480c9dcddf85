//! A challenge from its folder: every table taken apart, every missing or superfluous thing told with file and line.

mod case;
mod common;
mod own;
mod work;

use crate::{Fault, Folder, Kind, kind::ANCHORS, node::Node};
pub use common::{Fact, Mark, Probe, Probes, Row, Worth};
pub use own::{Asked, Design, Drill, Factor, Guesstimate, Limits, Reference, Right, Route, Segment, Strategy, Switch};
use rootcause::case::Practice;
pub use rootcause::case::story;
use std::sync::OnceLock;

/// A challenge.
#[derive(Clone, Debug)]
pub struct Challenge {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub summary: String,
    /// 1 easy to 5 hard.
    pub level: u8,
    /// A target, no limit.
    pub minutes: u32,
    pub skills: Vec<String>,
    pub author: String,
    pub brief: String,
    pub debrief: String,
    pub facts: Vec<Fact>,
    pub own: Own,
    /// Empty for a drill, as is what follows.
    pub rubric: Vec<Row>,
    pub anchors: Vec<Anchor>,
    pub probes: Probes,
}

/// What only challenges of its kind have.
#[derive(Clone, Debug)]
pub enum Own {
    Guesstimate(Guesstimate),
    Strategy(Strategy),
    Design(Design),
    RootCause(Box<Case>),
    Drill(Drill),
}

/// A written root-cause case: the story, and what is told about it.
#[derive(Clone, Debug)]
pub struct Case {
    pub metric: String,
    pub period: String,
    pub compared: String,
    pub story: story::Story,
    pub evidence: Vec<Evidence>,
    pub data_check: String,
    pub fix: String,
    pub prevent: String,
    pub watch: String,
    pub(crate) drawn: OnceLock<Option<Practice>>,
}

impl Case {
    /// The story with figures, the same for all who play it; `None` where it cannot be drawn.
    pub fn practice(&self) -> Option<&Practice> {
        self.drawn.get_or_init(|| self.story.draw(1, 3).ok()).as_ref()
    }
}

/// What a source has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub source: String,
    pub text: String,
    pub speaks: Speaks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    For,
    Against,
    Neither,
}

/// An answer that the author has written and marked.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// One of [`ANCHORS`].
    pub name: &'static str,
    pub text: String,
    /// The author's, by rows of the rubric.
    pub marks: Vec<(String, Mark)>,
}

impl Challenge {
    /// Reads a challenge.
    ///
    /// # Errors
    /// All that is missing, unknown, of the wrong type or out of its bounds.
    pub fn read(folder: &Folder) -> Result<Challenge, Vec<Fault>> {
        let mut faults = vec![];
        let found = Files { folder, faults: &mut faults }.challenge();
        match found.filter(|_| faults.is_empty()) {
            Some(challenge) => Ok(challenge),
            None => Err(faults),
        }
    }

    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }
}

struct Files<'a> {
    folder: &'a Folder,
    faults: &'a mut Vec<Fault>,
}

impl Files<'_> {
    fn challenge(&mut self) -> Option<Challenge> {
        let kind = self.folder.kind;
        let drill = kind == Kind::Drill;
        let [brief, debrief] = ["brief.md", "debrief.md"].map(|path| self.text(path).unwrap_or_default());
        let facts = match drill && self.folder.file("facts.toml").is_none() {
            true => vec![],
            false => self.toml("facts.toml").map(|node| common::facts(&node, self.faults)).unwrap_or_default(),
        };
        let (mut rubric, mut anchors, mut probes) = (vec![], vec![], Probes::default());
        if !drill {
            rubric = self.toml("rubric.toml").map(|node| common::rubric(&node, self.faults)).unwrap_or_default();
            probes = self.toml("probes.toml").map(|node| common::probes(&node, self.faults)).unwrap_or_default();
            let mut marks = self.toml("marks.toml").map(|node| common::marks(&node, self.faults)).unwrap_or_default();
            for name in ANCHORS {
                let text = self.text(&format!("answers/{name}.md")).unwrap_or_default();
                let marks = marks.iter_mut().find(|(of, _)| *of == name).map(|(_, marks)| std::mem::take(marks)).unwrap_or_default();
                anchors.push(Anchor { name, text, marks });
            }
        }
        let case = if kind == Kind::RootCause { self.toml("case.toml").and_then(|node| case::case(&node, self.faults)) } else { None };
        let node = self.toml("challenge.toml")?;
        let (head, own) = own::challenge(kind, &node, case, self.faults)?;
        Some(Challenge {
            kind,
            id: self.folder.id.clone(),
            title: head.title,
            summary: head.summary,
            level: head.level,
            minutes: head.minutes,
            skills: head.skills,
            author: head.author,
            brief,
            debrief,
            facts,
            own,
            rubric,
            anchors,
            probes,
        })
    }

    fn text(&mut self, path: &str) -> Option<String> {
        let found = self.folder.file(path).filter(|text| !text.trim().is_empty());
        if found.is_none() {
            let says = if self.folder.file(path).is_some() { "This file is empty." } else { "This file is missing." };
            self.faults.push(Fault::of(path, 0, says));
        }
        found.map(str::to_owned)
    }

    fn toml(&mut self, path: &str) -> Option<Node> {
        let text = self.text(path)?;
        match Node::parse(path, &text) {
            Ok(node) => Some(node),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }
}
