//! What pipelines send, what becomes of the criteria, and how that stands beside a verdict.

use axum::{body::Body, http::Request};
use kernel::{Json, Refusal, json};
use testkit::{Answer, House, told};

const MINUTE: i64 = 60_000;
const NOW: i64 = 1_790_000_000_000;

/// A product with story 1, two criteria, handed over in a sprint; and a developer's token.
async fn handed_over() -> (House, String) {
    let h = House::new().await;
    let story = json!({ "title": "Hold a bike", "persona": "rider", "wants": "to hold a bike", "so_that": "it waits",
        "criteria": ["A hold lasts ten minutes", "Given a free bike\nWhen I hold it\nThen nobody else opens it"] });
    h.run("owner", "story.create", story).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "1" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    let token = h.token("developer").await;
    (h, token)
}

async fn post(h: &House, token: &str, product: &str, about: &str, report: &str) -> Answer {
    let request = Request::post(format!("/api/v1/products/{product}/runs?{about}")).header("authorization", format!("Bearer {token}"));
    h.send(request.header("content-type", "application/xml").body(Body::from(report.to_owned())).unwrap()).await
}

/// Posts what must be taken.
async fn posted(h: &House, token: &str, about: &str, report: &str) -> Json {
    let answer = post(h, token, "ORB", about, report).await;
    assert!(answer.status == 201, "{}: {}", answer.status, answer.text);
    answer.json()
}

fn junit(cases: &[(&str, &str)]) -> String {
    let case = |(name, came): &(&str, &str)| format!("<testcase classname=\"hold.Test\" name=\"{name}\">{came}</testcase>");
    format!("<testsuite name=\"hold\">{}</testsuite>", cases.iter().map(case).collect::<String>())
}

const FAILS: &str = "<failure message=\"nine minutes\"/>";
const BREAKS: &str = "<error message=\"no database\"/>";
const SKIPS: &str = "<skipped/>";

/// How the criteria stand: "1 passing, 2 none flaky".
async fn states(h: &House) -> String {
    let sql = "select string_agg(told, ', ') from (select number || ' ' || state || case flaky when 1 then ' flaky' else '' end as told
        from criterion where removed_at is null and story in (select id from story where removed_at is null) order by number) as told";
    h.text(sql.into()).await
}

#[tokio::test]
async fn a_run_says_of_each_criterion_how_it_stands() {
    let (h, token) = handed_over().await;
    let report = junit(&[("lasts (@ORB-1.1)", ""), ("opens (@ORB-1.2)", BREAKS), ("other", "")]);
    let about = "commit=3f9a2c1d5e&branch=main&suite=unit&link=https://ci.example/7";
    let told = posted(&h, &token, about, &report).await;
    assert_eq!((told["passed"].as_i64(), told["failed"].as_i64(), told["loose_count"].as_i64()), (Some(2), Some(1), Some(1)));
    assert_eq!(
        told["criteria"][0],
        json!({ "criterion": "ORB-1.2", "came": "failed", "bound": "tag", "name": "hold.Test › opens (@ORB-1.2)", "state": "failing", "flaky": false })
    );
    assert_eq!(told["criteria"][1]["state"], "passing");
    assert_eq!(states(&h).await, "1 passing, 2 failing", "an error is a failure");
    let queue = h.get("owner", "/ORB/acceptance").await.text;
    for words in
        ["Passed: ", "Failed: ", "unit", "3f9a2c1d5e", "https://ci.example/7", "no database", "Why accept with criteria that are not known to pass"]
    {
        assert!(queue.contains(words), "{words}: {queue}");
    }
    let runs = h.get("stakeholder", "/ORB/runs").await.text;
    assert!(runs.contains("unit") && !runs.contains("Bind test"), "{runs}");
    // The same once more is the same run.
    let again = post(&h, &token, "ORB", about, &report).await;
    assert_eq!(
        (again.status.as_u16(), again.json()["already"].as_bool(), again.json()["id"] == told["id"]),
        (200, Some(true), true),
        "{}",
        again.text
    );
    assert_eq!((h.number("select count(*) from run").await, h.number("select count(*) from run_result").await), (1, 2));
    // On another commit it is another.
    posted(&h, &token, "commit=4", &report).await;
    assert_eq!(h.number("select count(*) from run").await, 2);
    let read = h.rest(&token, "GET", &format!("/products/ORB/runs/{}/results", told["id"].as_str().unwrap()), Json::Null).await;
    assert_eq!((read.status.as_u16(), read.json()["criteria"].as_array().map(Vec::len)), (200, Some(2)), "{}", read.text);
}

#[tokio::test]
async fn what_did_not_run_has_not_passed() {
    let (h, token) = handed_over().await;
    let both = junit(&[("@ORB-1.1", ""), ("@ORB-1.2", "")]);
    posted(&h, &token, "commit=1&suite=e2e&branch=main", &both).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing");
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=2&suite=e2e&branch=other", &junit(&[("@ORB-1.2", "")])).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing", "another branch has another last run");
    posted(&h, &token, "commit=2&suite=unit&branch=main", &junit(&[("@ORB-1.2", "")])).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing", "and so has another suite");
    h.app.clock.forward(MINUTE);
    let told = posted(&h, &token, "commit=3&suite=e2e&branch=main", &junit(&[("@ORB-1.2", SKIPS)])).await;
    assert_eq!(states(&h).await, "1 none, 2 none", "one was skipped, one was missing: {told}");
    assert_eq!(told["criteria"].as_array().map(Vec::len), Some(2), "{told}");
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=4&suite=e2e&branch=main", &both).await;
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=5&suite=e2e&branch=main", "<testsuites/>").await;
    assert_eq!(states(&h).await, "1 none, 2 none", "a suite in which nothing ran passes nothing");
    let panel = h.get("owner", &format!("/ORB/coverage?open={}", h.text("select id from criterion where number = 1".into()).await)).await.text;
    assert!(panel.contains("No test of it was in this run"), "{panel}");
}

#[tokio::test]
async fn runs_come_in_any_order_and_clocks_may_be_ahead() {
    let (h, token) = handed_over().await;
    h.app.clock.forward(60 * MINUTE);
    let at = |minutes: i64| format!("&at={}", web::when::iso(NOW + minutes * MINUTE));
    posted(&h, &token, &format!("commit=2{}", at(40)), &junit(&[("@ORB-1.1", "")])).await;
    posted(&h, &token, &format!("commit=1{}", at(20)), &junit(&[("@ORB-1.1", FAILS)])).await;
    assert_eq!(states(&h).await, "1 passing, 2 none", "the older one came late");
    let ahead = posted(&h, &token, &format!("commit=3{}", at(600)), &junit(&[("@ORB-1.1", FAILS)])).await;
    assert_eq!((ahead["ran_at"].as_i64(), ahead["remarks"].to_string().contains("ahead")), (Some(NOW + 60 * MINUTE), true), "{ahead}");
    assert_eq!(states(&h).await, "1 failing, 2 none");
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=4", &junit(&[("@ORB-1.1", "")])).await;
    assert_eq!(states(&h).await, "1 passing, 2 none", "what was ahead does not stand above what is newer");
    // What was looked at by hand since is not overtaken by what ran before.
    let criterion = h.text("select id from criterion where number = 2".into()).await;
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": true })).await.unwrap();
    posted(&h, &token, &format!("commit=5{}", at(30)), &junit(&[("@ORB-1.2", FAILS)])).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing");
    for bad in ["at=yesterday", "link=javascript:1"] {
        assert_eq!(post(&h, &token, "ORB", bad, &junit(&[])).await.status, 422, "{bad}");
    }
}

#[tokio::test]
async fn what_ran_before_a_criterion_was_changed_is_stale() {
    let (h, token) = handed_over().await;
    posted(&h, &token, "commit=1", &junit(&[("@ORB-1.1", "")])).await;
    h.app.clock.forward(10 * MINUTE);
    let criterion = h.text("select id from criterion where number = 1".into()).await;
    h.run("owner", "criterion.edit", json!({ "criterion": criterion, "body": "A hold lasts five minutes" })).await.unwrap();
    assert_eq!(states(&h).await, "1 stale, 2 none");
    posted(&h, &token, &format!("commit=2&at={}", web::when::iso(NOW + 5 * MINUTE)), &junit(&[("@ORB-1.1", "")])).await;
    assert_eq!(states(&h).await, "1 stale, 2 none", "it ran before the text was changed");
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=3", &junit(&[("@ORB-1.1", "")])).await;
    assert_eq!(states(&h).await, "1 passing, 2 none");
}

#[tokio::test]
async fn both_on_one_commit_is_flaky() {
    let (h, token) = handed_over().await;
    posted(&h, &token, "commit=1&suite=a", &junit(&[("@ORB-1.1", FAILS)])).await;
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=1&suite=a", &junit(&[("@ORB-1.1", "")])).await;
    assert_eq!(states(&h).await, "1 passing flaky, 2 none");
    assert!(h.get("owner", "/ORB/acceptance").await.text.contains(">flaky<"));
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=2&suite=a", &junit(&[("@ORB-1.1", ""), ("@ORB-1.2", "<flakyFailure/>")])).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing flaky", "another commit; and one that was tried twice");
    // What fails in one suite is not passed by another on the same commit.
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=3&suite=a", &junit(&[("@ORB-1.1", FAILS)])).await;
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=3&suite=b", &junit(&[("@ORB-1.1", "")])).await;
    assert_eq!(states(&h).await, "1 failing, 2 none", "and what the suite did not run on this commit is known of it no more");
}

#[tokio::test]
async fn a_test_is_bound_by_hand_once() {
    let (h, token) = handed_over().await;
    let report = junit(&[("lasts", ""), ("opens", FAILS)]);
    let told = posted(&h, &token, "commit=1", &report).await;
    let run = told["id"].as_str().unwrap();
    let page = h.get("developer", &format!("/ORB/runs?open={run}")).await.text;
    assert!(page.contains("2 tests without a criterion") && page.contains("Bind to a criterion"), "{page}");
    let form = format!("name=hold.Test+%E2%80%BA+lasts&run={run}&criterion=ORB-1.1");
    assert_eq!(h.post("developer", "/ORB/do/test_name.remember", &form).await.status, 303);
    assert_eq!(states(&h).await, "1 passing, 2 none", "it counts in the run at hand");
    h.app.clock.forward(MINUTE);
    let told = posted(&h, &token, "commit=2", &junit(&[("lasts", FAILS)])).await;
    assert_eq!((told["criteria"][0]["bound"].as_str(), told["loose_count"].as_i64()), (Some("name"), Some(0)), "and in the next: {told}");
    assert_eq!(states(&h).await, "1 failing, 2 none");
    for (criterion, says) in [("ORB-1.9", "no such criterion"), ("ORB-9.1", "no story ORB-9"), ("SEC-1.1", "another product"), ("soon", "no tag")] {
        let wrong = testkit::told(h.run("developer", "test_name.remember", json!({ "criterion": criterion, "name": "z" })).await);
        assert!(wrong.contains(says), "{criterion}: {wrong}");
    }
    let test = h.text("select id from test_name".into()).await;
    h.run("developer", "test_name.forget", json!({ "test_name": test })).await.unwrap();
    h.app.clock.forward(MINUTE);
    assert_eq!(posted(&h, &token, "commit=3", &junit(&[("lasts", "")])).await["criteria"], json!([]));
}

#[tokio::test]
async fn tags_that_lead_nowhere_are_named_and_the_rest_counts() {
    let (h, token) = handed_over().await;
    let second = h.text("select id from criterion where number = 2".into()).await;
    h.run("owner", "criterion.remove", json!({ "criterion": second })).await.unwrap();
    h.run("owner", "story.create", json!({ "title": "Gone", "criteria": ["c"] })).await.unwrap();
    h.run("owner", "story.remove", json!({ "story": "2" })).await.unwrap();
    let told = posted(&h, &token, "", &junit(&[("@ORB-1.1", ""), ("@ORB-1.2", ""), ("@ORB-2.1", ""), ("@ORB-7.1", ""), ("@SEC-1.1", FAILS)])).await;
    let remarks = told["remarks"].to_string();
    for says in [
        "ORB-1.2 leads nowhere: the criterion was removed.",
        "its story was removed",
        "there is no story ORB-7",
        "SEC-1.1 is a criterion of another product.",
    ] {
        assert!(remarks.contains(says), "{says}: {remarks}");
    }
    assert_eq!((states(&h).await, told["criteria"].as_array().map(Vec::len)), ("1 passing".to_owned(), Some(1)));
}

#[tokio::test]
async fn only_who_may_say_what_passes_may_post() {
    let (h, _) = handed_over().await;
    let report = junit(&[("@ORB-1.1", "")]);
    assert_eq!(post(&h, "nothing", "ORB", "", &report).await.status, 401);
    assert_eq!(post(&h, &h.token("outsider").await, "ORB", "", &report).await.status, 404);
    assert_eq!(post(&h, &h.token("stakeholder").await, "ORB", "", &report).await.status, 403);
    assert_eq!(post(&h, &h.token("manager").await, "ORB", "", &report).await.status, 403);
    // The token of one product is none of another.
    h.second("SEC", "developer").await;
    let cut_down = async |args: Json| {
        let made = h.app.run(&h.visitor("developer", kernel::Door::Page), app::Ask::named(None, "token.create", args)).await.unwrap();
        let app::Outcome::Done(done) = made else { panic!("a token is made at once") };
        done.reveal.unwrap()
    };
    let elsewhere = cut_down(json!({ "name": "CI", "can_write": true, "products": ["SEC"] })).await;
    assert_eq!(post(&h, &elsewhere, "ORB", "", &report).await.status, 404);
    assert_eq!(post(&h, &cut_down(json!({ "name": "r" })).await, "ORB", "", &report).await.status, 403);
    // What an assistant sends waits for whoever decides; where its member has no say it has none.
    assert_eq!(post(&h, &h.token("assistant").await, "ORB", "", &report).await.status, 403);
    let helper = h.run("developer", "assistant.add", json!({ "name": "Builder" })).await.unwrap();
    let app::Outcome::Done(helper) = helper else { panic!("an assistant is added at once") };
    assert_eq!(post(&h, &helper.reveal.unwrap(), "ORB", "", &report).await.status, 202);
    assert_eq!(states(&h).await, "1 none, 2 none");
}

#[tokio::test]
async fn bad_reports_are_refused_with_the_line_and_nothing_is_kept() {
    let (h, token) = handed_over().await;
    let deep = format!("<testsuite>{}", "<a>".repeat(100_000));
    let laughs = "<!DOCTYPE l [<!ENTITY a 'b'>]><testsuite><testcase name='&a;'/></testsuite>";
    for (report, says) in [
        ("<testsuite>\n<testcase name='@ORB-1.1'>", "Line 2"),
        (deep.as_str(), "nested"),
        (laughs, "document type"),
        ("<TestRun/>", "dotnet test --logger junit"),
        ("", "empty"),
        ("{\"stats\":{},\"passes\":[]}", "mocha-junit-reporter"),
    ] {
        let answer = post(&h, &token, "ORB", "", report).await;
        assert!(answer.status == 422 && answer.text.contains(says), "{says}: {} {}", answer.status, answer.text);
    }
    // 200 MiB, announced or not.
    let request = || Request::post("/api/v1/products/ORB/runs").header("authorization", format!("Bearer {token}"));
    let announced = h.send(request().header("content-length", 200 << 20).body(Body::from("<testsuite>")).unwrap()).await;
    assert_eq!(announced.status, 413, "{}", announced.text);
    let endless = std::iter::once("<testsuite>".to_owned()).chain(std::iter::repeat_with(|| "<properties></properties>".repeat(4_000)));
    let body = Body::from_stream(tokio_stream::iter(endless.take(2_100).map(Ok::<_, std::convert::Infallible>)));
    let answer = h.send(request().body(body).unwrap()).await;
    assert!(answer.status == 422 && answer.text.contains("larger than 64 MiB"), "{} {}", answer.status, answer.text);
    assert_eq!((h.number("select count(*) from run").await, states(&h).await), (0, "1 none, 2 none".into()));
}

#[tokio::test]
async fn a_verdict_quotes_what_the_tests_had_said() {
    let (h, token) = handed_over().await;
    posted(&h, &token, "commit=3f9a2c1d5e7b&branch=main", &junit(&[("@ORB-1.1", ""), ("@ORB-1.2", FAILS)])).await;
    let refused = testkit::told(h.run("owner", "story.accept", json!({ "story": "1" })).await);
    assert!(refused.contains("(fails)"), "{refused}");
    h.run("owner", "story.accept", json!({ "story": "1", "reason": "The second follows tomorrow." })).await.unwrap();
    let quoted = h.text("select quoted from verdict".into()).await;
    assert!(quoted.contains("passed at 3f9a2c1d on main") && quoted.contains("failed at 3f9a2c1d on main"), "{quoted}");
    assert!(h.get("manager", "/ORB/acceptance").await.text.contains("not all verified"));
    // It goes on being tested after it was accepted.
    h.app.clock.forward(MINUTE);
    posted(&h, &token, "commit=4", &junit(&[("@ORB-1.1", FAILS)])).await;
    assert_eq!(states(&h).await, "1 failing, 2 failing");
    let coverage = h.get("owner", "/ORB/coverage?which=all").await.text;
    assert!(coverage.contains("0 of 2 criteria are") && coverage.contains("Hold a bike"), "{coverage}");
    assert!(!h.get("owner", "/ORB/coverage").await.text.contains("Hold a bike"), "its verdict was given");
}

#[tokio::test]
async fn criteria_go_out_as_feature_files_and_come_back_as_results() {
    let (h, token) = handed_over().await;
    let file = h.get("developer", "/ORB/features/ORB-1.feature").await;
    assert_eq!(
        file.text,
        "@ORB-1\nFeature: Hold a bike\n  As a rider\n  I want to hold a bike\n  so that it waits\n\n  @ORB-1.1\n  Scenario: A hold lasts ten minutes\n\n  \
         @ORB-1.2\n  Scenario: Nobody else opens it\n    Given a free bike\n    When I hold it\n    Then nobody else opens it\n"
    );
    let all = h.rest(&token, "GET", "/products/ORB/feature-files", Json::Null).await.json();
    assert_eq!((all[0]["name"].as_str(), all[0]["text"].as_str()), (Some("ORB-1.feature"), Some(file.text.as_str())));
    let packed = h.get("developer", "/ORB/features.zip").await;
    assert_eq!((packed.status.as_u16(), packed.kind.as_deref()), (200, Some("application/zip")));
    assert!(packed.text.contains("ORB-1.feature"));
    let cucumber = r#"[{"name": "Hold a bike", "elements": [{"type": "scenario", "name": "A hold lasts ten minutes", "tags": [{"name": "@ORB-1.1"}], "steps": []},
        {"type": "scenario", "name": "Nobody else opens it", "tags": [{"name": "@ORB-1.2"}], "steps": [{"result": {"status": "passed"}}]}]}]"#;
    posted(&h, &token, "commit=1", cucumber).await;
    assert_eq!(states(&h).await, "1 none, 2 passing", "a scenario without steps tests nothing");
}

#[tokio::test]
async fn parts_of_a_suite_add_up_on_their_commit() {
    let (h, token) = handed_over().await;
    let (first, second) = (junit(&[("@ORB-1.1", "")]), junit(&[("@ORB-1.2", "")]));
    let part = async |about: &str, report: &str| {
        h.app.clock.forward(MINUTE);
        posted(&h, &token, about, report).await
    };
    part("commit=1&suite=a&branch=main", &first).await;
    part("commit=1&suite=a&branch=main", &second).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing");
    // The same on the next commit, in another order; a part tells of the tests of the others that it did not run them.
    part("commit=2&suite=a&branch=main", &junit(&[("@ORB-1.2", ""), ("@ORB-1.1", SKIPS)])).await;
    part("commit=2&suite=a&branch=main", &junit(&[("@ORB-1.1", ""), ("@ORB-1.2", SKIPS)])).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing");
    // A part of the commit before, which is run once more and comes late, misses nothing.
    part("commit=1&suite=a&branch=main&link=https://ci.example/2", &first).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing");
    // What no part of the next commit brings is missing, in whichever part of the last it was.
    part("commit=3&suite=a&branch=main", &second).await;
    assert_eq!(states(&h).await, "1 none, 2 passing");
    part("commit=4&suite=a&branch=main", &first).await;
    assert_eq!(states(&h).await, "1 passing, 2 none");
    // Nor does a pass get lost that a further part did not run.
    part("commit=5&suite=a&branch=main", &junit(&[("@ORB-1.1", ""), ("@ORB-1.2", SKIPS)])).await;
    part("commit=5&suite=a&branch=main", &junit(&[("@ORB-1.2", ""), ("@ORB-1.1", SKIPS)])).await;
    assert_eq!(states(&h).await, "1 passing, 2 passing");
    part("commit=6&suite=a&branch=main", &second).await;
    assert_eq!(states(&h).await, "1 none, 2 passing", "no test of it was in any part of this one");
}

#[tokio::test]
async fn suites_beside_one_another_on_a_commit_are_weighed() {
    let (h, token) = handed_over().await;
    let run = async |about: &str, came: &str| {
        h.app.clock.forward(MINUTE);
        posted(&h, &token, about, &junit(&[("@ORB-1.1", came)])).await
    };
    run("commit=1&suite=a", "").await;
    run("commit=1&suite=b", SKIPS).await;
    assert_eq!(states(&h).await, "1 passing, 2 none", "one passed it, and the other did not run it");
    run("commit=1&suite=b", FAILS).await;
    run("commit=1&suite=c", SKIPS).await;
    assert_eq!(states(&h).await, "1 failing, 2 none");
    run("commit=1&suite=b", "").await;
    assert_eq!(states(&h).await, "1 passing flaky, 2 none");
    run("commit=1&suite=c", "").await;
    assert_eq!(states(&h).await, "1 passing flaky, 2 none", "a further suite that passes calms nothing");
    run("commit=2&suite=a", SKIPS).await;
    assert_eq!(states(&h).await, "1 none, 2 none", "another commit");
    // What failed beside it before the text was changed has tested another text.
    run("commit=3&suite=a", FAILS).await;
    h.app.clock.forward(MINUTE);
    let criterion = h.text("select id from criterion where number = 1".into()).await;
    h.run("owner", "criterion.edit", json!({ "criterion": criterion, "body": "A hold lasts five minutes" })).await.unwrap();
    run("commit=3&suite=b", "").await;
    assert_eq!(states(&h).await, "1 passing, 2 none");
}

#[tokio::test]
async fn the_same_report_of_another_night_is_another_run() {
    let (h, token) = handed_over().await;
    h.app.clock.forward(60 * MINUTE);
    let (report, at) = (junit(&[("@ORB-1.1", "")]), |minutes: i64| format!("commit=1&at={}", web::when::iso(NOW + minutes * MINUTE)));
    posted(&h, &token, &at(10), &report).await;
    assert_eq!(post(&h, &token, "ORB", &at(10), &report).await.status, 200);
    posted(&h, &token, &at(20), &report).await;
    assert_eq!(h.number("select count(*) from run").await, 2);
}

/// Tables, and what of a row is its own in a copy of it.
type Copies = &'static [(&'static str, &'static [(&'static str, &'static str)])];

/// Runs before the first one, some on its commit and some of its suite, each with a result of its criterion.
const RUNS: Copies = &[
    (
        "run",
        &[
            ("id", "'00000000' || printf('%024x', n)"),
            ("ran_at", "ran_at - n"),
            ("digest", "n"),
            ("suite", "'s' || n % 2"),
            ("commit_id", "'1' || n / 2 % 2"),
        ],
    ),
    ("run_result", &[("id", "'00000001' || printf('%024x', n)"), ("run", "'00000000' || printf('%024x', n)"), ("ran_at", "ran_at - n")]),
];

/// Stories with a criterion each.
const STORIES: Copies = &[
    ("story", &[("id", "'00000002' || printf('%024x', n)"), ("number", "n + 1000"), ("rank", "printf('9%07x', n)")]),
    ("criterion", &[("id", "'00000003' || printf('%024x', n)"), ("story", "'00000002' || printf('%024x', n)")]),
];

async fn grow(h: &House, copies: Copies, from: usize, to: usize) {
    let write = move |writer: &mut dyn kernel::Writer| {
        for (table, given) in copies {
            let columns = writer.reader().columns(table)?;
            let value = |column: &String| given.iter().find(|(name, _)| name == column).map_or(column.clone(), |(_, value)| (*value).to_owned());
            let values: Vec<String> = columns.iter().map(value).collect();
            writer.execute(
                &format!(
                    "with recursive fill (n) as (select {from} union all select n + 1 from fill where n + 1 < {to})
                     insert into {table} ({}) select {} from fill, (select * from {table} order by created_at, id limit 1) as model",
                    columns.join(", "),
                    values.join(", ")
                ),
                &[],
            )?;
        }
        Ok(())
    };
    h.app.store.write(write).await.unwrap();
}

#[tokio::test]
async fn an_export_says_where_it_stops() {
    let (h, token) = handed_over().await;
    if h.app.store.is_shared() {
        return; // What is written beside commands is in the words of SQLite.
    }
    assert!(!h.get("developer", "/ORB/features.zip").await.text.contains("MORE.txt"));
    grow(&h, STORIES, 1, 2_101).await;
    let first = h.get("developer", "/ORB/features.zip").await;
    assert!(
        first.status == 200 && first.text.contains("ORB-2999.feature") && first.text.contains("MORE.txt") && !first.text.contains("ORB-3000.feature")
    );
    let rest = h.get("developer", "/ORB/features.zip?after=2999").await.text;
    assert!(
        rest.contains("ORB-3000.feature") && rest.contains("ORB-3100.feature") && !rest.contains("ORB-2999.feature") && !rest.contains("MORE.txt")
    );
    let told = async |path: &str| h.rest(&token, "GET", path, Json::Null).await.json().as_array().map(Vec::len);
    assert_eq!((told("/products/ORB/feature-files").await, told("/products/ORB/feature-files?after=2999").await), (Some(2_000), Some(101)));
    // The queue shows the first of what waits, with what belongs to it.
    let waiting = h.rest(&token, "GET", "/products/ORB/acceptance", Json::Null).await.json();
    let waiting = waiting.as_array().unwrap();
    assert!(waiting.len() == 200 && waiting.iter().all(|story| story["criteria"].as_array().is_some_and(|criteria| !criteria.is_empty())));
}

#[tokio::test]
async fn what_was_run_before_costs_nothing() {
    let (h, token) = handed_over().await;
    if h.app.store.is_shared() {
        return; // The machine of SQLite is counted; what is asked is the same.
    }
    let report = junit(&[("@ORB-1.1", "")]);
    posted(&h, &token, "commit=10&branch=main&suite=s1", &report).await;
    let cookie = h.cookie("owner").await;
    let criterion = h.text("select id from criterion where number = 1".into()).await;
    let pages =
        ["/ORB/acceptance".into(), "/ORB/coverage".into(), "/ORB/runs".into(), format!("/ORB/coverage?open={criterion}"), "/ORB/story/1".into()];
    // A run on the commit at hand, and one on another; the fewest of three, as of pages.
    let mut n = 0;
    let mut posting = async |commit: &str| {
        let mut fewest = u64::MAX;
        for _ in 0..3 {
            n += 1;
            h.app.clock.forward(MINUTE);
            let before = store::STEPS.load(std::sync::atomic::Ordering::Relaxed);
            posted(
                &h,
                &token,
                &format!("commit={commit}{}&branch=main&suite=s1&link=https://ci.example/{n}", if commit == "1" { 0 } else { n }),
                &report,
            )
            .await;
            fewest = fewest.min(store::STEPS.load(std::sync::atomic::Ordering::Relaxed) - before);
        }
        fewest
    };
    grow(&h, RUNS, 1, 1_000).await;
    let mut few = vec![];
    for page in &pages {
        few.push(crate::steps::steps(&h, &cookie, page).await);
    }
    let few_posted = [posting("1").await, posting("2").await];
    grow(&h, RUNS, 1_000, 6_000).await;
    for (page, few) in pages.iter().zip(few) {
        let many = crate::steps::steps(&h, &cookie, page).await;
        assert!(many <= few + few / 5, "{page} took {few} steps, and {many} with more runs");
    }
    for (few, many) in few_posted.into_iter().zip([posting("1").await, posting("2").await]) {
        assert!(many <= few + few / 5, "a run took {few} steps, and {many} with more runs before");
    }
}

/// A run that should not count is taken back: its criteria stand as the others say, and the report may be sent again.
#[tokio::test]
async fn a_run_is_taken_back_with_a_reason_and_the_others_count() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Hold", "criteria": ["It holds"] }), "story").await;
    let run = async |commit: &str, came: &str, digest: &str| {
        let said = if came == "failed" { "no" } else { "" };
        let args = json!({ "suite": "unit", "commit": commit, "branch": "main", "digest": digest, "results": [{ "tag": "ORB-1.1", "name": "t", "came": came, "said": said }] });
        h.made("developer", "run.record", args, "run").await
    };
    let state = async || h.text("select state from criterion".into()).await;
    run("a1", "passed", "d1").await;
    let broken = run("b2", "failed", "d2").await;
    assert_eq!(state().await, "failing");
    let chain = async || h.get("owner", "/ORB/thread?of=ORB-1").await.text;
    assert!(chain().await.contains("unit: b2") && !chain().await.contains("unit: a1"), "the run by which it stands hangs on its criterion");
    assert!(told(h.run("developer", "run.take_back", json!({ "run": broken, "reason": " " })).await).len() > 3);
    assert!(matches!(h.run("manager", "run.take_back", json!({ "run": broken, "reason": "r" })).await, Err(Refusal::Denied { .. })));
    h.run("developer", "run.take_back", json!({ "run": broken, "reason": "The machine was out of disk" })).await.unwrap();
    assert_eq!(state().await, "passing", "as the run before says");
    assert_eq!(h.text("select note from criterion".into()).await, "");
    assert!(chain().await.contains("unit: a1"));
    assert!(told(h.run("developer", "run.take_back", json!({ "run": broken, "reason": "r" })).await).contains("already"));
    let page = h.get("owner", &format!("/ORB/runs?open={broken}")).await.text;
    assert!(page.contains("The machine was out of disk") && page.contains("taken back"), "{page}");
    let again = run("b2", "failed", "d2").await;
    assert_ne!(again, broken);
    assert_eq!(state().await, "failing");
    // What somebody has seen for themselves since stays.
    let criterion = h.text("select id from criterion".into()).await;
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": true })).await.unwrap();
    h.run("developer", "run.take_back", json!({ "run": again, "reason": "r" })).await.unwrap();
    assert_eq!(state().await, "passing");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Whoever works on a story and whoever wrote it hear when a criterion begins to fail, whoever's token the report came by.
#[tokio::test]
async fn a_criterion_that_begins_to_fail_is_told_of() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Hold", "criteria": ["It holds"] }), "story").await;
    h.run("owner", "story.assign", json!({ "story": "1", "member": h.member("developer") })).await.unwrap();
    h.app.work_off().await.unwrap();
    let told_of = async |who: &str| {
        h.app.work_off().await.unwrap();
        let who = h.member(who).simple().to_string();
        h.text(format!("select cast(count(*) as text) from notice where member = '{who}' and about_noun = 'story' and why = 'watched'")).await
    };
    let token = h.token("developer").await;
    let post = async |commit: &str, came: &str| {
        let args = json!({ "suite": "unit", "commit": commit, "results": [{ "tag": "ORB-1.1", "name": "t", "came": came }] });
        assert_eq!(h.rest(&token, "POST", "/products/ORB/runs/results", args).await.status, 200);
    };
    post("a", "passed").await;
    assert_eq!((told_of("developer").await, told_of("owner").await), ("0".into(), "0".into()), "what passes is no news");
    post("b", "failed").await;
    assert_eq!((told_of("developer").await, told_of("owner").await), ("1".into(), "1".into()));
    assert!(h.get("owner", "/notices").await.text.contains("reported as failing the criterion"));
    post("c", "failed").await;
    assert_eq!(told_of("owner").await, "1", "it goes on failing");
}

#[tokio::test]
async fn the_door_for_reports_is_described() {
    let h = House::new().await;
    let document = h.send(Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap()).await.json();
    let post = &document["paths"]["/products/{product}/runs"]["post"];
    assert!(post["requestBody"]["content"]["application/octet-stream"].is_object() && post["responses"]["201"].is_object(), "{post}");
    assert!(document["paths"]["/products/{product}/runs"]["get"].is_object());
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_told_to_a_program_as_a_problem() {
    let h = House::new().await;
    let token = h.token("developer").await;
    let answer = post(&h, &token, "ORB", "suite=unit&suite=again", "<testsuite/>").await;
    assert_eq!((answer.status.as_u16(), answer.kind.as_deref()), (422, Some("application/problem+json")), "{}", answer.text);
    assert_eq!(answer.json()["errors"][0]["field"], "suite", "{}", answer.text);
}
