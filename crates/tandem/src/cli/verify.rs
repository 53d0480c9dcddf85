//! Sending reports of tests to a Tandem that runs elsewhere, as a pipeline does.

use super::Place;
use clap::Args;
use kernel::Json;
use outbound::Elsewhere;
use std::{fmt::Write, fs::File, io::BufReader, path::PathBuf};
use testreport::{Case, Limits, Outcome, Report};
use web::text::encode;

/// Send reports of tests (JUnit XML, Cucumber JSON or messages) as one run, so that each criterion shows what its tests say.
///
/// In GitHub Actions and GitLab CI commit, branch and pipeline are taken from the environment.
#[derive(Args)]
pub struct Verify {
    /// The reports; several are sent as one run.
    #[arg(required = true, value_name = "FILE")]
    reports: Vec<PathBuf>,
    /// Where Tandem is, such as https://tandem.example.org.
    #[arg(long, env = "TANDEM_URL")]
    url: String,
    /// A token that may write, of a member who may say what passes.
    #[arg(long, env = "TANDEM_TOKEN", hide_env_values = true)]
    token: String,
    /// Key of the product.
    #[arg(long, env = "TANDEM_PRODUCT")]
    product: String,
    /// What ran, such as "unit tests". A criterion that passed in its last run on the branch and is missing in this one passes no more.
    #[arg(long, default_value = "")]
    suite: String,
    #[arg(long, default_value = "")]
    commit: String,
    #[arg(long, default_value = "")]
    branch: String,
    /// Address of the pipeline.
    #[arg(long, default_value = "")]
    link: String,
    /// When it ran, as 2026-11-23T10:00:00Z; when it arrives if left out.
    #[arg(long, default_value = "")]
    at: String,
    /// A file (PEM) with certificates to trust, besides the usual ones.
    #[arg(long, env = "SSL_CERT_FILE")]
    ca: Option<PathBuf>,
}

/// The first of these in the environment that says anything.
fn told_by(names: &[&str]) -> String {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|said| !said.is_empty())).unwrap_or_default()
}

/// What is given, or else what the pipeline says of itself.
fn given(given: String, otherwise: impl FnOnce() -> String) -> String {
    if given.is_empty() { otherwise() } else { given }
}

/// The page of the pipeline at hand.
fn pipeline() -> String {
    match (told_by(&["GITHUB_SERVER_URL"]), told_by(&["GITHUB_REPOSITORY"]), told_by(&["GITHUB_RUN_ID"])) {
        (server, repository, run) if !server.is_empty() && !run.is_empty() => format!("{server}/{repository}/actions/runs/{run}"),
        _ => told_by(&["CI_PIPELINE_URL", "BUILD_URL"]),
    }
}

/// Reads a report for what is wrong with it, before anything is sent.
fn read(file: &PathBuf, each: &mut dyn FnMut(Case)) -> Result<Report, String> {
    let name = file.display();
    let opened = File::open(file).map_err(|error| format!("{name}: {error}"))?;
    testreport::read(&mut BufReader::new(opened), &Limits::default(), each).map_err(|trouble| format!("{name}: {trouble}"))
}

/// What is sent: a single report as it is, several as one report of all their cases.
fn body(files: &[PathBuf]) -> Result<(&'static str, Vec<u8>), String> {
    if let [file] = files {
        let report = read(file, &mut |_| {})?;
        let kind = if report.format == testreport::Format::Junit { "application/xml" } else { "application/json" };
        return Ok((kind, std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?));
    }
    let mut whole = String::from("<testsuites>");
    for file in files {
        let mut cases = String::new();
        let report = read(file, &mut |case| cases += &written(&case))?;
        let broke = report.broke.iter().map(|said| format!("<error message=\"{}\"/>", escaped(said)));
        let _ = write!(whole, "<testsuite>{cases}{}</testsuite>", broke.collect::<String>());
    }
    Ok(("application/xml", (whole + "</testsuites>").into_bytes()))
}

/// A case as JUnit has it.
fn written(case: &Case) -> String {
    let tags: Vec<String> = case.tags.iter().map(ToString::to_string).collect();
    let tags =
        if tags.is_empty() { String::new() } else { format!("<properties><property name=\"criterion\" value=\"{}\"/></properties>", tags.join(",")) };
    let came = match case.outcome {
        Outcome::Failed => format!("<failure message=\"{}\"/>", escaped(&case.said)),
        Outcome::Skipped => format!("<skipped message=\"{}\"/>", escaped(&case.said)),
        Outcome::Passed if case.flaky => "<flakyFailure/>".to_owned(),
        Outcome::Passed => String::new(),
    };
    format!("<testcase classname=\"{}\" name=\"{}\">{tags}{came}</testcase>", escaped(&case.within), escaped(&case.name))
}

/// As an attribute holds it; line ends stay.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '"' => out += "&quot;",
            '\n' => out += "&#10;",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        out
    })
}

pub async fn verify(place: &Place, options: Verify) -> Result<(), String> {
    let (kind, body) = body(&options.reports)?;
    let said = [
        ("suite", options.suite),
        ("commit", given(options.commit, || told_by(&["GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT"]))),
        ("branch", given(options.branch, || told_by(&["GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME", "GIT_BRANCH"]))),
        ("link", given(options.link, pipeline)),
        ("at", options.at),
    ];
    let query: Vec<String> = said.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let path = format!("/api/v1/products/{}/runs?{}", encode(&options.product), query.join("&"));
    let (status, answer) = Elsewhere::new(&options.url, &options.token, options.ca.as_deref())?.post(&path, kind, &body).await?;
    let told: Json = serde_json::from_str(&answer).unwrap_or_default();
    match status {
        200..=201 => place.say(&told, &sentence(&told)),
        202 => place.say(&told, "It waits for a signature: the token may only propose."),
        401 => Err("the token is unknown or no longer valid".into()),
        404 => Err(format!("there is no product {}, or the token is not for it", options.product)),
        _ => Err(refusal(&told).unwrap_or_else(|| format!("{} answers {status}", options.url))),
    }
}

/// What stands in a refusal, field by field.
fn refusal(told: &Json) -> Option<String> {
    let fields: Vec<String> =
        told["errors"].as_array().into_iter().flatten().filter_map(|error| Some(error["message"].as_str()?.to_owned())).collect();
    if fields.is_empty() { told["detail"].as_str().map(str::to_owned) } else { Some(fields.join(" ")) }
}

/// What was recorded, for a person.
fn sentence(told: &Json) -> String {
    let count = |name: &str| told[name].as_i64().unwrap_or(0);
    let mut out = match told["already"] == true {
        true => "This run was recorded before; nothing new.".to_owned(),
        false => format!("Recorded: {} passed, {} failed, {} did not run.", count("passed"), count("failed"), count("skipped")),
    };
    for criterion in told["criteria"].as_array().into_iter().flatten() {
        let word = |name: &str| criterion[name].as_str().unwrap_or_default();
        let flaky = if criterion["flaky"] == true { ", flaky" } else { "" };
        let _ = write!(out, "\n  {} {} ({}{flaky})", word("criterion"), word("came"), word("state"));
    }
    for remark in told["remarks"].as_array().into_iter().flatten() {
        let _ = write!(out, "\n  {}", remark.as_str().unwrap_or_default());
    }
    match count("loose_count") {
        0 => {}
        1 => out += "\n  1 test names no criterion.",
        more => {
            let _ = write!(out, "\n  {more} tests name no criterion.");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use testreport::Tag;

    #[test]
    fn several_reports_are_one_that_says_the_same() {
        let cases = [
            Case { within: "a \"b\"".into(), name: "c < d".into(), outcome: Outcome::Failed, said: "1\n2 & 3".into(), ..Case::default() },
            Case { name: "e".into(), outcome: Outcome::Passed, flaky: true, tags: Tag::parse("ORB-4.2").into_iter().collect(), ..Case::default() },
            Case { name: "f".into(), outcome: Outcome::Skipped, said: "later".into(), ..Case::default() },
        ];
        let whole = format!("<testsuites><testsuite>{}</testsuite></testsuites>", cases.iter().map(written).collect::<String>());
        let mut again = vec![];
        testreport::read(&mut whole.as_bytes(), &Limits::default(), &mut |case| again.push(case)).unwrap();
        assert_eq!(again, cases);
    }
}
