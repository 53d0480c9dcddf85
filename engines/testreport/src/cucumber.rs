//! Cucumber JSON: a list of features with their scenarios, each with its steps and hooks. One feature is held at a time,
//! and of its steps no more than what came of them.

use crate::{
    Case, Outcome, Sink, Tag, Trouble, clipped,
    shortened::Shortened,
    source::Source,
    tag::{Name, add},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{fmt, io::BufReader};

/// Scenarios of one feature.
const MOST_ELEMENTS: usize = 50_000;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Feature {
    name: Name,
    tags: Tags,
    elements: Elements,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    name: Name,
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

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
                Ok(Name::of(name))
            }
        }
        from.deserialize_str(Text)
    }
}

/// Tags, as objects with a name or as plain words; whatever else stands there is passed over, and nothing of it is held.
#[derive(Default)]
pub(crate) struct Tags(pub Vec<Tag>);

/// The criteria that one tag names.
struct One(Vec<Tag>);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<One, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = One;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a tag")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<One, E> {
                Ok(One(Name::of(word).tags))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<One, A::Error> {
                let mut tags = vec![];
                while let Some(field) = object.next_key::<Field>()? {
                    match field {
                        Field::Name => add(&mut tags, object.next_value::<One>()?.0),
                        Field::Other => {
                            object.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(One(tags))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<One, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(One(vec![]))
            }
            fn visit_unit<E: Error>(self) -> Result<One, E> {
                Ok(One(vec![]))
            }
            fn visit_bool<E: Error>(self, _: bool) -> Result<One, E> {
                Ok(One(vec![]))
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<One, E> {
                Ok(One(vec![]))
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<One, E> {
                Ok(One(vec![]))
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<One, E> {
                Ok(One(vec![]))
            }
        }
        from.deserialize_any(Any)
    }
}

/// A field of a tag that is an object.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Name,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Tags, D::Error> {
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
                while let Some(One(tags)) = tags.next_element()? {
                    add(&mut found, tags);
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
                    let mut tags = element.tags.0;
                    add(&mut tags, element.name.tags);
                    cases.push(Case { name: element.name.text, outcome, said: ran.said, tags, ..Case::default() });
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
        while let Some(Feature { name, mut tags, elements }) = features.next_element()? {
            add(&mut tags.0, name.tags);
            for mut case in elements.0 {
                case.within.clone_from(&name.text);
                add(&mut case.tags, tags.0.iter().copied());
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
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(Shortened::new(Unpieced(source))));
    Features(sink).deserialize(&mut json).map_err(|error| trouble(&error))?;
    json.end().map_err(|error| trouble(&error))
}

/// A report of whose pieces none is held whole, so none can be too long.
struct Unpieced<'a>(Source<'a>);

impl std::io::Read for Unpieced<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.next_piece();
        self.0.read(into)
    }
}
