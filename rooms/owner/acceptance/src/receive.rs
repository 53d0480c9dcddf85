//! Where pipelines send their reports: read while they arrive, narrowed to what speaks of criteria, and recorded as one run.

use crate::{runs_model::*, runs_rows as rows, standing::weight};
use backlog::CriterionState;
use jiff::Timestamp;
use kernel::{Door, Id, Json, Look, Noun, Refusal, Result, json, query};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    io::{self, BufRead, Read},
};
use testreport::{Case, Limits, Outcome, Report};
use web::{
    Ask, Incoming, IntoResponse, Path, Query, Response, State, Visitor, Web,
    app::Outcome as Ran,
    credential, errors,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};

/// Where reports are taken.
pub const RUNS_AT: &str = "/api/v1/products/{product}/runs";

/// Criteria that a report may speak of; a command takes no longer lists.
const MOST_RESULTS: usize = 500;
/// Tests that verify nothing that are kept, those that failed first.
const MOST_LOOSE: usize = 300;

/// What is said of a report beside it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    suite: String,
    commit: String,
    branch: String,
    link: String,
    /// When it ran, as 2026-11-23T10:00:00Z; when it arrives if left out.
    at: String,
}

/// What a report comes to.
#[derive(Default)]
struct Narrowed {
    /// By tag, or by the name of the test behind an empty one.
    results: BTreeMap<(String, String), (Came, bool, String, String)>,
    failed: Vec<String>,
    others: Vec<(String, Came)>,
    loose: u64,
}

fn came(outcome: Outcome) -> Came {
    match outcome {
        Outcome::Passed => Came::Passed,
        Outcome::Failed => Came::Failed,
        Outcome::Skipped => Came::Skipped,
    }
}

impl Narrowed {
    fn take(&mut self, case: Case, names: &HashSet<String>) {
        let (name, came) = (case.full_name(), came(case.outcome));
        for tag in &case.tags {
            self.result((tag.to_string(), String::new()), came, &case, &name);
        }
        if names.contains(&name) {
            self.result((String::new(), name.clone()), came, &case, &name);
        } else if case.tags.is_empty() {
            self.loose += 1;
            match came {
                Came::Failed if self.failed.len() < MOST_LOOSE => self.failed.push(name),
                _ if self.others.len() < MOST_LOOSE => self.others.push((name, came)),
                _ => {}
            }
        }
    }

    /// Of several tests of a criterion the one that tells most: a failure, then a pass.
    fn result(&mut self, of: (String, String), came: Came, case: &Case, name: &str) {
        if self.results.len() > MOST_RESULTS && !self.results.contains_key(&of) {
            return;
        }
        let known = self.results.entry(of).or_insert_with(|| (came, false, name.to_owned(), case.said.clone()));
        known.1 |= case.flaky;
        if weight(came) > weight(known.0) {
            (known.0, known.2, known.3) = (came, name.to_owned(), case.said.clone());
        }
    }

    /// The arguments of the command that records it.
    fn arguments(self, report: &Report, digest: String, about: &Circumstances, ran_at: Option<i64>) -> Result<Json> {
        if self.results.len() > MOST_RESULTS {
            return Err(Refusal::invalid("body", format!("The report speaks of more than {MOST_RESULTS} criteria. Send its suites one by one.")));
        }
        let result = |((tag, named), (came, flaky, name, said)): ((String, String), (Came, bool, String, String))| {
            let said = if came == Came::Passed { String::new() } else { said };
            json!({ "tag": tag, "name": if named.is_empty() { name } else { named }, "came": came, "flaky": flaky, "said": said })
        };
        let failed = self.failed.into_iter().map(|name| (name, Came::Failed));
        let mut seen = HashSet::new();
        let loose: Vec<Json> = failed
            .chain(self.others)
            .filter(|(name, _)| seen.insert(name.clone()))
            .take(MOST_LOOSE)
            .map(|(name, came)| json!({ "name": name, "came": came }))
            .collect();
        Ok(json!({
            "suite": about.suite, "commit": about.commit, "branch": about.branch, "link": about.link, "ran_at": ran_at,
            "form": report.format.says(), "digest": digest, "passed": report.passed, "failed": report.failed, "skipped": report.skipped,
            "broke": report.broke, "results": self.results.into_iter().map(result).collect::<Vec<_>>(), "loose": loose, "loose_count": self.loose,
        }))
    }
}

/// A report with the digest of what was read of it.
struct Digested<'a> {
    inner: &'a mut dyn BufRead,
    digest: Sha256,
}

impl BufRead for Digested<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(piece) = self.inner.fill_buf() {
            self.digest.update(&piece[..amount.min(piece.len())]);
        }
        self.inner.consume(amount);
    }
}

impl Read for Digested<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let length = piece.len().min(into.len());
        into[..length].copy_from_slice(&piece[..length]);
        self.consume(length);
        Ok(length)
    }
}

/// Reads a report into what its run is recorded with.
///
/// # Errors
/// `Invalid` in `body`, with the line at which it is wrong.
pub(crate) fn arguments(report: &mut dyn BufRead, names: &HashSet<String>, about: &Circumstances) -> Result<Json> {
    let ran_at = match about.at.trim() {
        "" => None,
        at => {
            let wrong = |_| Refusal::invalid("at", format!("“{}” is no time. Write it as 2026-11-23T10:00:00Z.", web::clipped(at, 40)));
            // A plus in an address is a space.
            Some(at.replace(' ', "+").parse::<Timestamp>().map_err(wrong)?.as_millisecond())
        }
    };
    let mut digested = Digested { inner: report, digest: Sha256::new() };
    let mut narrowed = Narrowed::default();
    let told = testreport::read(&mut digested, &Limits::default(), &mut |case| narrowed.take(case, names));
    let told = told.map_err(|trouble| Refusal::invalid("body", trouble.to_string()))?;
    for part in [&about.suite, &about.commit, &about.branch, &about.link] {
        digested.digest.update([0]);
        digested.digest.update(part.trim());
    }
    // At another time it is another run; in whatever zone the time is written.
    if let Some(at) = ran_at {
        digested.digest.update([0]);
        digested.digest.update(at.to_string());
    }
    let digest = digested.digest.finalize().iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    narrowed.arguments(&told, digest, about, ran_at)
}

/// The same from a report that is at hand, for whoever measures.
///
/// # Errors
/// `Invalid` in `body`.
pub fn read_report(report: &[u8]) -> Result<Json> {
    arguments(&mut &*report, &HashSet::new(), &Circumstances::default())
}

/// Takes a report in.
pub(crate) async fn receive(
    State(house): State<Web>,
    Path(product): Path<String>,
    Query(about): Query<Circumstances>,
    headers: HeaderMap,
    body: Incoming,
) -> Response {
    let visitor = Visitor { credential: credential(&headers), door: Door::Rest };
    match received(&house, &visitor, &product.to_uppercase(), about, body).await {
        Ok((status, told)) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], told).into_response(),
        Err(refusal) => {
            let mut response = errors::problem(&refusal);
            if refusal == Refusal::SignIn {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            response
        }
    }
}

async fn received(house: &Web, visitor: &Visitor, product: &str, about: Circumstances, body: Incoming) -> Result<(StatusCode, String)> {
    // Whoever could not record it is told so before anything is read.
    house.app.admits(visitor, Some(product), "run.record").await?;
    let names = house.app.ask(visitor, Some(product), rows::known_names).await?;
    let args = body.read(move |report| arguments(report, &names, &about)).await?;
    let digest = args["digest"].as_str().unwrap_or_default().to_owned();
    let new = match house.app.run(visitor, Ask::named(Some(product), "run.record", args)).await? {
        Ran::Proposed(proposed) => return Ok((StatusCode::ACCEPTED, json!(proposed).to_string())),
        Ran::Done(done) => !done.things.is_empty(),
    };
    let told = house.app.ask(visitor, Some(product), move |look| {
        let run = rows::of_digest(look, &digest)?.ok_or(Refusal::NotFound)?;
        told(look, run, !new)
    });
    let told = kernel::serde_json::to_string(&told.await?).map_err(|error| Refusal::broken(error.to_string()))?;
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, told))
}

kernel::answer! {
    /// What a run said of a criterion, and how that stands now.
    pub struct Verified {
        /// Such as ORB-42.3.
        pub criterion: String,
        pub came: Came,
        pub bound: Bound,
        /// The test that says so.
        pub name: String,
        /// How the criterion stands by all that is known.
        pub state: CriterionState,
        pub flaky: bool,
    }

    /// A run with what it said of criteria.
    pub struct RunTold {
        #[serde(flatten)]
        pub run: Run,
        /// It was recorded before; nothing new was made.
        pub already: bool,
        pub criteria: Vec<Verified>,
    }
}

fn told(look: &mut Look, run: Run, already: bool) -> Result<RunTold> {
    let criteria = rows::results_of(look, run.id())?;
    let key = |story: i64, number: i64, look: &Look| format!("{}.{number}", look.scope.key(story));
    let criteria = criteria
        .into_iter()
        .map(|shown| Verified {
            criterion: key(shown.story, shown.criterion.number, look),
            came: shown.result.came,
            bound: shown.result.bound,
            name: shown.result.name,
            state: shown.criterion.state,
            flaky: shown.criterion.flaky,
        })
        .collect();
    Ok(RunTold { run, already, criteria })
}

query! {
    /// A test run with what it said of each criterion.
    pub struct ReadRun in "run.read" at "/products/{product}/runs/{run}/results" -> RunTold {
        pub run: Id<Run>,
    }
}

impl kernel::Query for ReadRun {
    fn ask(self, look: &mut Look) -> Result<RunTold> {
        let run = Run::get(look, self.run)?;
        told(look, run, true)
    }

    fn version(answer: &RunTold) -> Option<i64> {
        Some(answer.run.meta.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_narrowed_to_what_speaks_of_criteria() {
        let report = br#"<testsuite name="S"><testcase classname="a" name="b @ORB-1.1"/><testcase classname="a" name="c @ORB-1.1"><failure message="no"/></testcase>
            <testcase classname="a" name="known"/><testcase classname="a" name="loose"/><testcase classname="a" name="broken"><error/></testcase></testsuite>"#;
        let names = HashSet::from(["a › known".to_owned()]);
        let about = Circumstances { commit: "abc".into(), at: "2026-11-23T10:00:00Z".into(), ..Circumstances::default() };
        let told = arguments(&mut &report[..], &names, &about).unwrap();
        assert_eq!((told["passed"].as_i64(), told["failed"].as_i64(), told["loose_count"].as_i64()), (Some(3), Some(2), Some(2)));
        assert_eq!(told["results"][0], json!({ "tag": "", "name": "a › known", "came": "passed", "flaky": false, "said": "" }));
        assert_eq!(told["results"][1], json!({ "tag": "ORB-1.1", "name": "a › c @ORB-1.1", "came": "failed", "flaky": false, "said": "no" }));
        assert_eq!(told["loose"], json!([{ "name": "a › broken", "came": "failed" }, { "name": "a › loose", "came": "passed" }]));
        assert_eq!(told["ran_at"], 1_795_428_000_000_i64);
        let again = arguments(&mut &report[..], &names, &about).unwrap();
        assert_eq!(told["digest"], again["digest"]);
        let other = arguments(&mut &report[..], &names, &Circumstances { commit: "abd".into(), ..Circumstances::default() }).unwrap();
        assert_ne!(told["digest"], other["digest"]);
        let at = |at: &str| {
            arguments(&mut &report[..], &names, &Circumstances { commit: "abc".into(), at: at.into(), ..Circumstances::default() }).unwrap()
        };
        assert_eq!(told["digest"], at("2026-11-23T11:00:00+01:00")["digest"], "the same moment");
        assert_ne!(told["digest"], at("2026-11-24T10:00:00Z")["digest"], "the run of the next night");
        assert_ne!(told["digest"], at("")["digest"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = arguments(&mut &b"<testsuite>\n<testcase"[..], &HashSet::new(), &Circumstances::default()).unwrap_err();
        assert!(matches!(&wrong, Refusal::Invalid(fields) if fields[0].field == "body" && fields[0].message.starts_with("Line 2: ")), "{wrong:?}");
        let about = Circumstances { at: "yesterday".into(), ..Circumstances::default() };
        assert!(arguments(&mut &b"<testsuite/>"[..], &HashSet::new(), &about).is_err());
    }
}
