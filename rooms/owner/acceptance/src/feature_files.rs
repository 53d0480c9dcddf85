//! Criteria as feature files, a story each, so that tests carry their tags from the beginning.

use backlog::{Criterion, Form, Story, criteria_of};
use kernel::{Look, Noun, Ref, Refusal, Result, Value, list, query};
use serde::Deserialize;
use std::{collections::HashMap, fmt::Write as _, io::Write as _};
use web::{
    At, IntoResponse, Path, Query, Response, errors,
    http::{HeaderValue, header},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Stories that are written out at once.
const MOST: usize = 2_000;

/// What begins a step.
const STEPS: &[&str] = &["given ", "when ", "then ", "and ", "but ", "* "];

/// A line that Gherkin takes for nothing but text.
fn plain(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A story with its criteria in Gherkin: each is a scenario with its tag. A rule is one without steps, which no runner
/// takes for passed.
pub(crate) fn feature(key: &str, story: &Story, criteria: &[Criterion]) -> String {
    let mut text = format!("@{key}\nFeature: {}\n", plain(&story.title));
    let clauses = [("As a", &story.persona), ("I want", &story.wants), ("so that", &story.so_that)];
    for (says, what) in clauses.into_iter().filter(|(_, what)| !what.trim().is_empty()) {
        let _ = writeln!(text, "  {says} {}", plain(what));
    }
    for criterion in criteria {
        let _ = write!(text, "\n  @{key}.{}\n", criterion.number);
        match criterion.form {
            Form::Scenario => scenario(&mut text, criterion),
            Form::Rule => rule(&mut text, criterion),
        }
    }
    text
}

fn scenario(text: &mut String, criterion: &Criterion) {
    let steps = backlog::scenario_steps(&criterion.body);
    let is_step = |word: &str| STEPS.contains(&format!("{} ", word.to_ascii_lowercase()).as_str());
    // What stands ahead of the first step is its name.
    let named = steps.iter().take_while(|(word, _)| !is_step(word)).map(|(_, rest)| rest.to_owned()).collect::<Vec<_>>().join(" ");
    let named = named.trim_start_matches("Scenario:").trim_start_matches("scenario:").trim().to_owned();
    let name = match named.is_empty() {
        true => {
            steps.iter().rev().find(|(word, _)| word.eq_ignore_ascii_case("then")).map_or_else(|| criterion.label(), |(_, rest)| web::capital(rest))
        }
        false => named,
    };
    let _ = writeln!(text, "  Scenario: {}", plain(&name));
    for (word, rest) in steps.iter().skip_while(|(word, _)| !is_step(word)) {
        let word = if is_step(word) { web::capital(&word.to_ascii_lowercase()) } else { "*".to_owned() };
        let _ = writeln!(text, "    {word} {}", plain(rest));
    }
}

fn rule(text: &mut String, criterion: &Criterion) {
    let mut lines = criterion.body.lines().map(plain).filter(|line| !line.is_empty());
    let _ = writeln!(text, "  Scenario: {}", lines.next().unwrap_or_default());
    for line in lines {
        // A description must not begin like a keyword or a tag.
        let _ = writeln!(text, "    # {line}");
    }
}

kernel::answer! {
    /// A file.
    pub struct FeatureFile {
        pub name: String,
        pub text: String,
    }
}

query! {
    /// The acceptance criteria of a product as feature files (Gherkin), a story each, with their tags; of stories that were not
    /// dropped, in the order of their numbers. Where 2000 come, ask for those after the last.
    pub struct ReadFeatures in "criterion.features" at "/products/{product}/feature-files" -> Vec<FeatureFile> {
        /// Of one story: number, key or id.
        pub story: Option<Ref>,
        /// Of the stories with a greater number than this.
        pub after: Option<i64>,
    }
}

impl kernel::Query for ReadFeatures {
    fn ask(self, look: &mut Look) -> Result<Vec<FeatureFile>> {
        match self.story {
            Some(story) => Ok(vec![of_story(look, &story)?]),
            None => Ok(all(look, self.after.unwrap_or_default())?.0),
        }
    }
}

fn of_story(look: &mut Look, story: &Ref) -> Result<FeatureFile> {
    let story = backlog::story(look, story)?;
    let criteria = criteria_of(look, story.id())?;
    let key = look.scope.key(story.number);
    Ok(FeatureFile { text: feature(&key, &story, &criteria), name: format!("{key}.feature") })
}

/// The files of the first stories after a number; and where they stop, if there are more.
fn all(look: &mut Look, after: i64) -> Result<(Vec<FeatureFile>, Option<i64>)> {
    let with = "and number > $2 and stage <> 'dropped' and exists (select 1 from criterion where criterion.story = story.id and criterion.removed_at is null)";
    let mut stories = Story::all(look, &format!("{with} order by number limit {}", MOST + 1), &[Value::Int(after)])?;
    let more = stories.len() > MOST;
    stories.truncate(MOST);
    let stops = stories.last().filter(|_| more).map(|story| story.number);
    let found = Criterion::all(look, "and story in each($2) order by rank, id", &[list(stories.iter().map(|story| story.meta.id))])?;
    let mut criteria: HashMap<_, Vec<Criterion>> = HashMap::new();
    for criterion in found {
        criteria.entry(criterion.story).or_default().push(criterion);
    }
    let file = |story: &Story| {
        let key = look.scope.key(story.number);
        let text = feature(&key, story, criteria.get(&story.id()).map_or(&[], Vec::as_slice));
        FeatureFile { name: format!("{key}.feature"), text }
    };
    Ok((stories.iter().map(file).collect(), stops))
}

fn file(bytes: Vec<u8>, name: &str, kind: &'static str) -> Response {
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}

/// `/ORB/features/ORB-42.feature`.
pub(crate) async fn one(at: At, Path((_, name)): Path<(String, String)>) -> Response {
    let told = at.read(move |look| {
        look.scope.product_id()?;
        of_story(look, &Ref(name.strip_suffix(".feature").ok_or(Refusal::NotFound)?.to_owned()))
    });
    match told.await {
        Ok(told) => file(told.text.into_bytes(), &told.name, "text/plain; charset=utf-8"),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Since {
    /// The number of the story after which to begin.
    after: i64,
}

/// What stands in a pack that is not all.
fn stopped(key: &str, last: &str, number: i64) -> String {
    format!("These are the features of {MOST} stories, the last of them {last}.\nThe ones after it are at /{key}/features.zip?after={number}\n")
}

/// `/ORB/features.zip`.
pub(crate) async fn packed(at: At, Query(since): Query<Since>) -> Response {
    let at = at.long();
    let told = at.read(move |look| {
        let key = look.scope.product()?.key.clone();
        let mut pack = ZipWriter::new(std::io::Cursor::new(vec![]));
        let broken = |error: &dyn std::fmt::Display| Refusal::broken(error.to_string());
        let (mut files, stops) = all(look, since.after)?;
        files.extend(stops.map(|number| FeatureFile { name: "MORE.txt".into(), text: stopped(&key, &look.scope.key(number), number) }));
        for told in files {
            pack.start_file(told.name, SimpleFileOptions::default()).map_err(|error| broken(&error))?;
            pack.write_all(told.text.as_bytes()).map_err(|error| broken(&error))?;
        }
        let name = if since.after > 0 { format!("{key}-features-after-{}.zip", since.after) } else { format!("{key}-features.zip") };
        Ok((pack.finish().map_err(|error| broken(&error))?.into_inner(), name))
    });
    match told.await {
        Ok((bytes, name)) => file(bytes, &name, "application/zip"),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
