//! Cucumber JSON: a list of features with their scenarios, each with its steps and hooks. One feature is held at a time,
//! and of its steps no more than what came of them.

use crate::{Case, Outcome, Sink, Tag, Trouble, clipped, source::Source, tags_in};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, SeqAccess, Visitor},
};
use std::{fmt, io::BufReader};

/// Scenarios of one feature.
const MOST_ELEMENTS: usize = 50_000;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Feature {
    name: String,
    tags: Tags,
    elements: Elements,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    tags: Tags,
    steps: Ran,
    before: Ran,
    after: Ran,
}

/// What came of a list of steps: the worst of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ran {
    pub steps: usize,
    pub worst: Option<Status>,
    pub said: String,
}

/// How a step ended, from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Passed,
    NotRun,
    Failed,
}

impl Status {
    pub fn of(word: &str) -> Status {
        match word.to_ascii_lowercase().as_str() {
            "passed" => Status::Passed,
            "failed" | "ambiguous" => Status::Failed,
            // Skipped, pending, undefined, unknown, and words to come: it did not run to its end.
            _ => Status::NotRun,
        }
    }

    /// What a scenario comes to by its worst step; one without steps tests nothing.
    pub fn outcome(worst: Option<Status>) -> Outcome {
        match worst {
            Some(Status::Passed) => Outcome::Passed,
            Some(Status::Failed) => Outcome::Failed,
            Some(Status::NotRun) | None => Outcome::Skipped,
        }
    }
}

impl Ran {
    pub fn step(&mut self, status: Status, said: &str) {
        self.steps += 1;
        if self.worst.is_none_or(|worst| status > worst) {
            self.worst = Some(status);
            if status != Status::Passed {
                self.said = clipped(said, crate::MOST_SAID);
            }
        }
    }

    /// With what came of others beside; they are no steps of it.
    fn also(mut self, other: Ran) -> Ran {
        if other.worst > self.worst {
            (self.worst, self.said) = (other.worst, other.said);
        }
        self
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Step {
    result: Came,
    /// Hooks of a step.
    before: Ran,
    after: Ran,
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Came {
    status: String,
    error_message: Option<String>,
}

impl<'de> Deserialize<'de> for Ran {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Ran, D::Error> {
        struct Steps;
        impl<'de> Visitor<'de> for Steps {
            type Value = Ran;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of steps")
            }
            fn visit_unit<E: Error>(self) -> Result<Ran, E> {
                Ok(Ran::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut steps: A) -> Result<Ran, A::Error> {
                let mut ran = Ran::default();
                while let Some(step) = steps.next_element::<Step>()? {
                    let status = if step.result.status.is_empty() { Status::NotRun } else { Status::of(&step.result.status) };
                    let said = step.result.error_message.unwrap_or_else(|| format!("{}: {}", step.result.status, step.name));
                    ran.step(status, &said);
                    ran = ran.also(step.before).also(step.after);
                }
                Ok(ran)
            }
        }
        from.deserialize_any(Steps)
    }
}

/// Tags, as objects with a name or as plain words.
#[derive(Default)]
struct Tags(Vec<Tag>);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Tags, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum One {
            Object { name: String },
            Word(String),
            Other(IgnoredAny),
        }
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Tags;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of tags")
            }
            fn visit_unit<E: Error>(self) -> Result<Tags, E> {
                Ok(Tags::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut tags: A) -> Result<Tags, A::Error> {
                let mut found = vec![];
                while let Some(tag) = tags.next_element::<One>()? {
                    if let (One::Object { name } | One::Word(name), true) = (tag, found.len() < 50) {
                        found.extend(tags_in(&name));
                    }
                }
                Ok(Tags(found))
            }
        }
        from.deserialize_any(List)
    }
}

/// The scenarios of a feature with what came of them, one after another.
#[derive(Default)]
struct Elements(Vec<Case>);

impl<'de> Deserialize<'de> for Elements {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Elements, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Elements;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of scenarios")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Elements, A::Error> {
                let (mut cases, mut background) = (vec![], Ran::default());
                while let Some(element) = elements.next_element::<Element>()? {
                    let steps = element.steps.steps;
                    let ran = element.before.also(element.steps).also(element.after);
                    if element.kind == "background" {
                        // It stands by itself in front of each scenario that it was run for.
                        background = ran;
                        continue;
                    }
                    let ran = std::mem::take(&mut background).also(ran);
                    // Hooks alone test nothing, but they can fail.
                    let outcome = Status::outcome(ran.worst.filter(|worst| steps > 0 || *worst == Status::Failed));
                    let mut case = Case { name: element.name, outcome, said: ran.said, ..Case::default() };
                    case.tag(element.tags.0);
                    cases.push(case);
                    if cases.len() > MOST_ELEMENTS {
                        return Err(A::Error::custom(format!("a feature has more than {MOST_ELEMENTS} scenarios")));
                    }
                }
                Ok(Elements(cases))
            }
        }
        from.deserialize_any(List)
    }
}

/// Hands the scenarios of all features on.
struct Features<'a, 'b>(&'a mut Sink<'b>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(feature) = features.next_element::<Feature>()? {
            for mut case in feature.elements.0 {
                case.within.clone_from(&feature.name);
                case.tag(feature.tags.0.iter().cloned());
                self.0.case(case).map_err(A::Error::custom)?;
            }
        }
        Ok(())
    }
}

pub(crate) fn read(mut source: Source, sink: &mut Sink) -> Result<(), Trouble> {
    let trouble = |error: &serde_json::Error| {
        let text = error.to_string();
        let says = text.split(" at line ").next().unwrap_or(&text);
        match error.classify() {
            serde_json::error::Category::Eof => Trouble::at(error.line() as u64, "The report ends in the middle."),
            serde_json::error::Category::Io => Trouble::whole(says),
            _ => Trouble::at(error.line() as u64, format!("This is no Cucumber JSON: {}.", clipped(says, 200))),
        }
    };
    source.next_piece();
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(Unpieced(source)));
    Features(sink).deserialize(&mut json).map_err(|error| trouble(&error))?;
    json.end().map_err(|error| trouble(&error))
}

/// A report in which no piece is held whole, so none can be too long.
struct Unpieced<'a>(Source<'a>);

impl std::io::Read for Unpieced<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.next_piece();
        self.0.read(into)
    }
}
