//! What is not read here: which tool wrote it, and how that tool writes JUnit XML.

use crate::clipped;

const DOTNET: &str = "add the package JunitXml.TestLogger and run: dotnet test --logger junit";

/// By the root element of an XML file.
pub(crate) fn xml(root: &str) -> String {
    let known = match root {
        "TestRun" => Some(("results of Visual Studio (.trx)", DOTNET)),
        "test-run" => Some((
            "results of NUnit",
            "add the package JunitXml.TestLogger and run: dotnet test --logger junit; nunit3-console writes it with --result=junit.xml;transform=nunit3-junit.xslt",
        )),
        "test-results" => Some(("results of NUnit 2", DOTNET)),
        "assemblies" | "assembly" => Some(("results of xUnit.net", DOTNET)),
        "testng-results" => Some(("results of TestNG", "take the files in test-output/junitreports, which TestNG writes beside it")),
        "robot" => Some(("output of Robot Framework", "run: robot --xunit junit.xml, or afterwards: rebot --xunit junit.xml output.xml")),
        "Site" | "site" => Some(("results of CTest", "run: ctest --output-junit junit.xml")),
        "testExecutions" => Some(("test executions for SonarQube", "have the tool write JUnit XML, from which that form is usually made")),
        "testExecution" | "checkstyle" | "pmd" | "issues" => Some(("findings of a linter", "post the report of the tests")),
        "coverage" | "report" => Some(("a report of code coverage", "post the report of the tests, not that of coverage")),
        "html" => Some(("a page of HTML", "post the file behind it, such as junit.xml")),
        "cucumber" => Some(("results of Cucumber in XML", "run Cucumber with the formatter junit, json or message")),
        _ => None,
    };
    match known {
        Some((what, how)) => format!("These are not JUnit XML but {what}. To get JUnit XML, {how}."),
        None => format!("This is no JUnit XML: its root is <{}>, not <testsuites> or <testsuite>.", clipped(root, 40)),
    }
}

/// By how a JSON file begins.
pub(crate) fn json(start: &str) -> String {
    let has = |names: &[&str]| names.iter().all(|name| start.contains(&format!("\"{name}\"")));
    let known = if has(&["Action", "Package"]) {
        Some(("the events of go test -json", "run: gotestsum --junitfile junit.xml, or pipe them into go-junit-report"))
    } else if has(&["protocolVersion", "runnerVersion"]) || has(&["suite", "platform"]) || has(&["event", "params"]) {
        Some(("the events of dart test or flutter test", "pipe them into tojunit (dart pub global activate junitreport)"))
    } else if has(&["stats", "passes"]) || has(&["stats", "suites"]) {
        Some(("results of Mocha", "run: mocha --reporter mocha-junit-reporter"))
    } else if has(&["examples"]) {
        Some(("results of RSpec", "add the gem rspec_junit_formatter and run: rspec --format RspecJunitFormatter --out junit.xml"))
    } else if has(&["numTotalTests"]) || has(&["testResults"]) {
        Some(("results of Jest or Vitest", "run: jest --reporters=jest-junit, or: vitest --reporter=junit --outputFile=junit.xml"))
    } else if has(&["config", "suites"]) {
        Some(("results of Playwright", "run: playwright test --reporter=junit"))
    } else if has(&["exitcode", "environment"]) || has(&["root", "exitcode"]) {
        Some(("results of pytest-json-report", "run: pytest --junitxml=junit.xml"))
    } else if start.contains("\"type\":\"suite\"") || start.contains("\"type\": \"suite\"") {
        Some(("the events of cargo test", "run: cargo nextest run with a junit path in its profile, or pipe them into cargo2junit"))
    } else {
        None
    };
    match known {
        Some((what, how)) => format!("These are {what}, which are not read here. To get JUnit XML, {how}."),
        None => "This JSON is neither Cucumber's (a list of features) nor its messages (an object on each line). Post JUnit XML.".into(),
    }
}

/// By the first line of any other text.
pub(crate) fn text(start: &str) -> String {
    let first = start.trim_start();
    let how = if first.starts_with("TAP version") || first.starts_with("1..") || first.starts_with("ok ") || first.starts_with("not ok ") {
        " It looks like TAP; pipe it into tap-junit, or: node --test --test-reporter=junit."
    } else if start.contains("=== RUN") || first.starts_with("ok  \t") {
        " It looks like the output of go test; run: gotestsum --junitfile junit.xml."
    } else if first.starts_with("PK\u{3}\u{4}") || first.starts_with('\u{1f}') {
        " It is packed; unpack it first."
    } else {
        ""
    };
    format!("This is neither XML nor JSON, so no report of tests.{how}")
}
