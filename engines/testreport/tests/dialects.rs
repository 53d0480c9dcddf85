//! What tools write, small and invented, and what is wrong with what others send.

#![allow(clippy::unwrap_used, clippy::panic)]

use testreport::{Case, Format, Limits, Outcome, Report, Trouble, read};

fn told(report: &str) -> (Report, Vec<Case>) {
    let mut cases = vec![];
    let told = read(&mut report.as_bytes(), &Limits::default(), &mut |case| cases.push(case));
    (told.unwrap_or_else(|trouble| panic!("{trouble}: {report}")), cases)
}

fn refused(report: &[u8]) -> Trouble {
    let limits = Limits { bytes: 1 << 20, piece: 100_000, depth: 100, cases: 1_000 };
    read(&mut &*report, &limits, &mut |_| {}).unwrap_err()
}

fn outcomes(cases: &[Case]) -> Vec<(&str, Outcome)> {
    cases.iter().map(|case| (case.name.as_str(), case.outcome)).collect()
}

#[test]
fn junit_in_its_dialects() {
    let (report, cases) = told(
        r#"<?xml version="1.0"?><testsuites><testsuite name="S"><properties><property name="requirement" value="ORB-7.1"/></properties>
        <testcase classname="a.B" name="passes"/><testcase classname="a.B" name="fails"><failure message="1 is &lt; 2">at line 3</failure></testcase>
        <testcase name="breaks"><error><![CDATA[no <such> file]]> &amp; more</error></testcase><testcase name="skips"><skipped message="later"/></testcase>
        <testcase name="never" status="notrun"/><testsuite name="inner"><testcase name="deep (@ORB-42.3)"/></testsuite>
        <testcase name="shaky"><flakyFailure message="once"/></testcase>
        <testcase name="twice"><failure message="first"/><rerunFailure message="second"><stackTrace>x</stackTrace></rerunFailure></testcase>
        <testcase name="named"><properties><property name="criterion" value="ORB-42.4, ORB-42.5"/><property name="owner">@ORB-1.1</property></properties></testcase>
        <error message="the last one did not start"/></testsuite></testsuites>"#,
    );
    assert_eq!((report.format, report.passed, report.failed, report.skipped), (Format::Junit, 4, 3, 2));
    assert_eq!(report.broke, ["the last one did not start"]);
    use Outcome::{Failed, Passed, Skipped};
    assert_eq!(
        outcomes(&cases),
        [
            ("passes", Passed),
            ("fails", Failed),
            ("breaks", Failed),
            ("skips", Skipped),
            ("never", Skipped),
            ("deep (@ORB-42.3)", Passed),
            ("shaky", Passed),
            ("twice", Failed),
            ("named", Passed)
        ]
    );
    assert_eq!(
        (cases[1].said.as_str(), cases[2].said.as_str(), cases[3].said.as_str(), cases[7].said.as_str()),
        ("1 is < 2", "no <such> file & more", "later", "first")
    );
    assert_eq!((cases[0].full_name().as_str(), cases[2].full_name().as_str()), ("a.B › passes", "S › breaks"));
    let tags = |at: usize| cases[at].tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!((tags(0).as_str(), tags(5).as_str(), tags(8).as_str()), ("ORB-7.1", "ORB-42.3 ORB-7.1", "ORB-42.4 ORB-42.5 ORB-1.1 ORB-7.1"));
    assert!(cases[6].flaky && !cases[0].flaky);
}

#[test]
fn a_test_without_a_name_goes_by_what_it_belongs_to() {
    let (_, cases) = told("<testsuite name='a.test.ts'><testcase classname='' name=''/><testcase classname='B' name=' '/></testsuite>");
    assert_eq!((cases[0].name.as_str(), cases[0].full_name().as_str(), cases[1].full_name().as_str()), ("a.test.ts", "a.test.ts", "B"));
}

#[test]
fn a_suite_in_which_nothing_ran_has_passed_nothing() {
    for empty in ["<testsuites/>", "<testsuite name='a' tests='0'></testsuite>", "[]"] {
        assert_eq!(told(empty).0.cases(), 0, "{empty}");
    }
}

#[test]
fn cucumber_json_with_hooks_and_backgrounds() {
    let (report, cases) = told(
        r#"[{"name": "Lists", "uri": "lists.feature", "elements": [
        {"type": "background", "name": "", "steps": [{"name": "a list", "result": {"status": "passed"}}]},
        {"type": "scenario", "name": "keeps it", "tags": [{"name": "@ORB-42.3", "line": 3}], "steps": [{"result": {"status": "passed", "duration": 3}}, {"result": {"status": "passed"}, "embeddings": [{"data": "AAAA"}]}]},
        {"type": "background", "steps": [{"result": {"status": "failed", "error_message": "no list"}}]},
        {"type": "scenario", "name": "loses it", "steps": [{"result": {"status": "skipped"}}]},
        {"type": "scenario", "name": "not written", "steps": [{"result": {"status": "undefined"}, "name": "I wait"}]},
        {"type": "scenario", "name": "hook fails", "before": [{"result": {"status": "failed", "error_message": "no browser"}}], "steps": [{"result": {"status": "skipped"}}]},
        {"type": "scenario", "name": "without steps"}], "tags": ["@ORB-9.1"]}]"#,
    );
    use Outcome::{Failed, Passed, Skipped};
    assert_eq!((report.format, report.passed, report.failed, report.skipped), (Format::CucumberJson, 1, 2, 2));
    assert_eq!(
        outcomes(&cases),
        [("keeps it", Passed), ("loses it", Failed), ("not written", Skipped), ("hook fails", Failed), ("without steps", Skipped)]
    );
    assert_eq!((cases[1].said.as_str(), cases[3].said.as_str()), ("no list", "no browser"));
    assert_eq!(cases[0].tags.iter().map(ToString::to_string).collect::<Vec<_>>(), ["ORB-42.3", "ORB-9.1"]);
    assert_eq!(cases[0].full_name(), "Lists › keeps it");
}

const MESSAGES: &str = r#"{"meta":{"protocolVersion":"33.0.4"}}
{"gherkinDocument":{"uri":"a.feature","feature":{"name":"Lists"}}}
{"pickle":{"id":"1","uri":"a.feature","name":"keeps it","tags":[{"name":"@ORB-42.3","astNodeId":"0"}]}}
{"pickle":{"id":"2","uri":"a.feature","name":"never begun","tags":[]}}
{"testCase":{"id":"3","pickleId":"1"}}
{"testCaseStarted":{"id":"5","testCaseId":"3","attempt":0}}
{"testStepFinished":{"testCaseStartedId":"5","testStepResult":{"status":"FAILED","message":"once"}}}
{"testCaseFinished":{"testCaseStartedId":"5","willBeRetried":true}}
{"testCaseStarted":{"id":"6","testCaseId":"3","attempt":1}}
{"testStepFinished":{"testCaseStartedId":"6","testStepResult":{"status":"PASSED"}}}
{"testCaseFinished":{"testCaseStartedId":"6","willBeRetried":false}}
{"testRunFinished":{"success":false,"message":"Whoops"}}
"#;

#[test]
fn messages_tell_attempts_and_what_never_began() {
    let (report, cases) = told(MESSAGES);
    assert_eq!((report.format, report.passed, report.skipped), (Format::CucumberMessages, 1, 1));
    assert_eq!(report.broke, ["Whoops"]);
    assert_eq!(outcomes(&cases), [("keeps it", Outcome::Passed), ("never begun", Outcome::Skipped)]);
    assert!(cases[0].flaky && cases[0].tags.len() == 1);
    let cut = MESSAGES.lines().take(7).collect::<Vec<_>>().join("\n");
    assert!(refused(cut.as_bytes()).says.contains("cut off"));
}

#[test]
fn whatever_is_no_report_is_refused_with_the_way_to_one() {
    for (report, says) in [
        ("", "empty"),
        ("<TestRun/>", "dotnet test --logger junit"),
        ("<test-run/>", "nunit3-junit.xslt"),
        ("<robot/>", "rebot --xunit"),
        ("<html><body/></html>", "HTML"),
        ("<other/>", "<other>"),
        (r#"{"Time":"x","Action":"start","Package":"p"}"#, "gotestsum"),
        (r#"{"protocolVersion":"0.1.1","runnerVersion":null,"type":"start"}"#, "tojunit"),
        (r#"{ "stats": { "suites": 3 }, "passes": [] }"#, "mocha-junit-reporter"),
        (r#"{"version":"3","examples":[]}"#, "rspec_junit_formatter"),
        (r#"{"numTotalTests":3}"#, "jest-junit"),
        (r#"{"a":1}"#, "neither"),
        ("[1, 2]", "neither"),
        ("TAP version 13", "tap-junit"),
        ("hello", "neither XML nor JSON"),
    ] {
        let trouble = refused(report.as_bytes());
        assert!(trouble.says.contains(says), "{report}: {trouble}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;'>]>\n<testsuites><testcase name='&lol2;'/></testsuites>";
    assert!(refused(laughs.as_bytes()).says.contains("document type"));
    let entity = "<testsuite>\n<testcase name='a'><failure>&boom;</failure></testcase></testsuite>";
    assert_eq!(refused(entity.as_bytes()).to_string(), "Line 2: The entity &boom; is not known; entities are not read.");
    let deep = format!("<testsuite>{}", "<a>".repeat(100_000));
    assert!(refused(deep.as_bytes()).says.contains("nested"));
    let deep = format!("[{{\"elements\": {}", "[".repeat(100_000));
    assert!(refused(deep.as_bytes()).line == Some(1));
    let long = format!("<testsuite><testcase name='a'><system-out>{}", "x".repeat(300_000));
    assert!(refused(long.as_bytes()).says.contains("longer than"));
    let large = format!("<testsuite>{}", "<properties></properties>\n".repeat(50_000));
    assert!(refused(large.as_bytes()).says.contains("larger than 1 MiB"));
    let many = format!("<testsuite>{}", "<testcase name='a'/>".repeat(1_001));
    assert!(refused(many.as_bytes()).says.contains("more than 1000"));
    let attributes: String = (0..100).map(|n| format!(" a{n}='x'")).collect();
    assert!(refused(format!("<testsuite{attributes}/>").as_bytes()).says.contains("attributes"));
}

#[test]
fn what_is_broken_is_told_with_its_line() {
    for (report, line) in [
        ("<testsuite>\n\n<testcase name='a'>", 3),
        ("<testsuite>\n</testcase>", 2),
        ("<testsuite/>\n<testsuite/>", 2),
        ("<testsuite/>\ntext", 2),
        ("[{\"elements\":\n[{\"name\": 3}]}]", 2),
        ("{\"meta\":{}}\n{\"pickle\":", 2),
    ] {
        assert_eq!(refused(report.as_bytes()).line, Some(line), "{report}");
    }
    assert!(refused(b"<testsuite><testcase name='\xff'/></testsuite>").says.contains("UTF-8"));
}
