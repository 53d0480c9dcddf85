//! The reports, against figures that were worked out by hand on a sprint that is played here; and the spans that they are
//! counted from.

use kernel::json;
use testkit::House;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A sprint from Monday 21 September to Friday 2 October, played until the Monday after:
///
/// | day | what happens |
/// |---|---|
/// | 21 | four stories are written: One 3, Two (a bug) 5, Three 2, Late 8; the first three are in the sprint, which starts |
/// | 22 | work on One starts |
/// | 23 | One is handed over, work on Two starts |
/// | 24 | in the night One is rejected, at noon it is handed over again; Late comes in |
/// | 25 | One is accepted; Two is blocked |
/// | 28 | Two goes on; Three is sized anew, 3 |
/// | 29 | Two is handed over and, two hours later, accepted |
/// | 30 | Three is taken out; work on Late starts |
/// | 2 | the sprint closes; Late goes back to the backlog |
async fn played() -> House {
    let h = House::new().await;
    for (title, kind, size) in [("One", "story", 3), ("Two", "bug", 5), ("Three", "story", 2), ("Late", "story", 8)] {
        let id = h.made("owner", "story.create", json!({ "title": title, "kind": kind }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": id, "points": size })).await.unwrap();
    }
    let act = async |who: &str, command: &str, args: kernel::Json| h.run(who, command, args).await.unwrap();
    act("owner", "sprint.plan", json!({ "name": "First", "starts_on": "2026-09-21", "ends_on": "2026-10-02" })).await;
    act("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1", "2", "3"] })).await;
    act("owner", "sprint.start", json!({ "sprint": "1" })).await;
    h.app.clock.forward(DAY);
    act("developer", "story.start", json!({ "story": "1" })).await;
    h.app.clock.forward(DAY);
    act("developer", "story.hand_over", json!({ "story": "1" })).await;
    act("developer", "story.start", json!({ "story": "2" })).await;
    h.app.clock.forward(12 * HOUR);
    act("owner", "story.reject", json!({ "story": "1", "reason": "too slow" })).await;
    h.app.clock.forward(12 * HOUR);
    act("developer", "story.hand_over", json!({ "story": "1" })).await;
    act("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["4"] })).await;
    h.app.clock.forward(DAY);
    act("owner", "story.accept", json!({ "story": "1", "reason": "seen" })).await;
    act("developer", "story.block", json!({ "story": "2", "reason": "Waits for the supplier" })).await;
    h.app.clock.forward(3 * DAY);
    act("developer", "story.unblock", json!({ "story": "2" })).await;
    act("developer", "story.estimate", json!({ "story": "3", "points": 3 })).await;
    h.app.clock.forward(DAY);
    act("developer", "story.hand_over", json!({ "story": "2" })).await;
    h.app.clock.forward(2 * HOUR);
    act("owner", "story.accept", json!({ "story": "2", "reason": "seen" })).await;
    h.app.clock.forward(22 * HOUR);
    act("owner", "sprint.take_out", json!({ "story": "3" })).await;
    act("developer", "story.start", json!({ "story": "4" })).await;
    h.app.clock.forward(2 * DAY);
    act("owner", "sprint.close", json!({ "sprint": "1" })).await;
    h.app.clock.forward(3 * DAY);
    h
}

async fn csv(h: &House, who: &str, path: &str) -> Vec<String> {
    let answer = h.get(who, &format!("/ORB/reports/{path}")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_reports_of_a_sprint_are_those_worked_out_by_hand() {
    let h = played().await;
    let down = [
        "Day,Left,Scope,Even pace",
        "2026-09-21,10,10,9",
        "2026-09-22,10,10,8",
        "2026-09-23,10,10,7",
        "2026-09-24,18,18,6",
        "2026-09-25,15,18,5",
        "2026-09-26,15,18,5",
        "2026-09-27,15,18,5",
        "2026-09-28,16,19,4",
        "2026-09-29,11,19,3",
        "2026-09-30,8,16,2",
        "2026-10-01,8,16,1",
        "2026-10-02,8,16,0",
    ];
    assert_eq!(csv(&h, "owner", "burndown.csv").await, down);
    let up: Vec<String> = csv(&h, "owner", "burnup.csv").await.iter().map(|line| line[10.min(line.len())..].to_owned()).collect();
    let accepted =
        [",0,10,1", ",0,10,2", ",0,10,3", ",0,18,4", ",3,18,5", ",3,18,5", ",3,18,5", ",3,19,6", ",8,19,7", ",8,16,8", ",8,16,9", ",8,16,10"];
    assert_eq!(up[1..], accepted);
    let page = h.get("owner", "/ORB/reports/burndown").await.text;
    assert!(page.contains("8 of 16 points are left, 8 more than at an even pace. Its scope has grown by 6 points since the start."), "{page}");
    // As of a past day nothing after it is known; beside another sprint there is a line more.
    let past = csv(&h, "owner", "burndown.csv?as_of=2026-09-25&with=1").await;
    assert_eq!(
        (past[0].as_str(), past[5].as_str(), past[6].as_str()),
        ("Day,Left,Scope,Even pace,Left in First", "2026-09-25,15,18,5,15", "2026-09-26,,,5,")
    );
    // Fewer stories, and for whoever does not see sizes, stories in the place of points.
    assert_eq!(csv(&h, "owner", "burndown.csv?kind=bug").await[1..4], ["2026-09-21,5,5,4.5", "2026-09-22,5,5,4", "2026-09-23,5,5,3.5"]);
    assert_eq!(csv(&h, "stakeholder", "burndown.csv").await[4..6], ["2026-09-24,4,4,1.8", "2026-09-25,3,4,1.5"]);

    assert_eq!(csv(&h, "owner", "scope-change.csv").await, [",At the start,Came in,Taken out,Sized anew", "First,10,8,-3,1"]);
    assert_eq!(csv(&h, "owner", "scope-change.csv?as_of=2026-09-25").await, [",At the start,Came in,Taken out", "First,10,8,0"]);
    assert_eq!(csv(&h, "owner", "velocity.csv").await, [",Accepted,At the start", "First,8,10"]);
    let page = h.get("owner", "/ORB/reports/velocity?as_of=2026-09-30").await.text;
    assert!(page.contains("No sprint was closed in this time") && !page.contains("<figure"), "{page}");
}

#[tokio::test]
async fn the_reports_of_flow_are_those_worked_out_by_hand() {
    let h = played().await;
    let flow = csv(&h, "owner", "flow.csv?weeks=4").await;
    assert_eq!(flow[0], "Day,Accepted since,Waiting for a verdict,In progress,Open");
    let days = [
        "2026-09-20,0,0,0,0",
        "2026-09-21,0,0,0,4",
        "2026-09-22,0,0,1,3",
        "2026-09-23,0,1,1,2",
        "2026-09-24,0,1,1,2",
        "2026-09-25,1,0,1,2",
        "2026-09-26,1,0,1,2",
        "2026-09-27,1,0,1,2",
        "2026-09-28,1,0,1,2",
        "2026-09-29,2,0,0,2",
        "2026-09-30,2,0,1,1",
        "2026-10-01,2,0,1,1",
        "2026-10-02,2,0,0,2",
        "2026-10-03,2,0,0,2",
        "2026-10-04,2,0,0,2",
        "2026-10-05,2,0,0,2",
    ];
    assert_eq!(flow[7..], days);
    // What is counted story by story where there is a filter comes to the same.
    assert_eq!(csv(&h, "owner", "flow.csv?weeks=4&is=unready").await, flow);
    assert_eq!(csv(&h, "owner", "flow.csv?weeks=4&kind=bug").await[16], "2026-09-29,1,0,0,0");
    assert_eq!(csv(&h, "owner", "flow.csv?weeks=4&as_of=2026-09-24").await.last().map(String::as_str), Some("2026-09-24,0,1,1,2"));

    let weeks =
        |n: [i64; 4]| ["2026-09-20", "2026-09-27", "2026-10-04", "2026-10-11"].iter().zip(n).map(|(day, n)| format!("{day},{n}")).collect::<Vec<_>>();
    assert_eq!(csv(&h, "owner", "throughput.csv?weeks=4").await[1..], weeks([0, 1, 1, 0]));
    assert_eq!(csv(&h, "owner", "throughput.csv?weeks=4&kind=bug").await[1..], weeks([0, 0, 1, 0]));

    assert_eq!(csv(&h, "owner", "cycle-time.csv").await, [",Accepted,Days", "ORB-1 One,2026-09-25,4", "ORB-2 Two,2026-09-29,7"]);
    assert_eq!(csv(&h, "owner", "lead-time.csv").await[1..], ["ORB-1 One,2026-09-25,5", "ORB-2 Two,2026-09-29,9"]);
    assert_eq!(csv(&h, "owner", "cycle-time.csv?as_of=2026-09-28").await[1..], ["ORB-1 One,2026-09-25,4"]);
    let page = h.get("owner", "/ORB/reports/cycle-time").await.text;
    assert!(page.contains("Each dot is one of 2 stories. Half took at most 4 days, 85 % at most 7 days."), "{page}");

    let ages = csv(&h, "owner", "ageing.csv?as_of=2026-09-24").await;
    assert_eq!(ages, [",Days in its stage,Days since work began", "ORB-1 One · waiting,1,3", "ORB-2 Two,2,2"]);
    let page = h.get("owner", "/ORB/reports/ageing?as_of=2026-09-30").await.text;
    assert!(page.contains("1 story is under way. 0 are older than the 7 days within which 85 % of stories were done."), "{page}");
    assert!(h.get("owner", "/ORB/reports/ageing").await.text.contains("Nothing is under way."));

    assert_eq!(csv(&h, "owner", "blocked.csv?weeks=4").await[1..], ["2026-09-20,0", "2026-09-27,2.4", "2026-10-04,0.6", "2026-10-11,0"]);
    assert_eq!(csv(&h, "owner", "blocked-by-story.csv").await, [",Blocked last,Days blocked", "ORB-2 Two,2026-09-25,3"]);
    assert!(h.get("owner", "/ORB/reports/blocked").await.text.contains("1 story stood blocked for 3 days; 0 are now."));
    assert!(h.get("owner", "/ORB/reports/blocked?as_of=2026-09-26").await.text.contains("; 1 is now."));

    let verdicts = csv(&h, "owner", "acceptance.csv?weeks=4").await;
    assert_eq!(verdicts[0], "Day,Accepted at the first verdict,Accepted after a rejection,Rejected");
    assert_eq!(verdicts[1..], ["2026-09-20,0,0,0", "2026-09-27,0,1,1", "2026-10-04,1,0,0", "2026-10-11,0,0,0"]);
    assert_eq!(
        csv(&h, "owner", "acceptance-wait.csv").await[1..],
        ["ORB-1 One,2026-09-24,0.5", "ORB-1 One,2026-09-25,1", "ORB-2 Two,2026-09-29,0.1"]
    );
    let page = h.get("owner", "/ORB/reports/acceptance").await.text;
    assert!(page.contains("1 of 2 accepted stories (50 %) was accepted at the first verdict; 1 rejection was given."), "{page}");
}

#[tokio::test]
async fn reports_are_listed_taken_along_and_told_to_programs() {
    let h = played().await;
    let index = h.get("stakeholder", "/ORB/reports").await.text;
    let token = h.token("owner").await;
    let all = h.rest(&token, "GET", "/products/ORB/reports", kernel::Json::Null).await.json();
    for report in all.as_array().unwrap() {
        let (word, counts) = (report["report"].as_str().unwrap(), report["counts"].as_str().unwrap());
        assert!(index.contains(&format!("/ORB/reports/{word}\"")) && index.contains(counts), "{word}");
        let page = h.get("owner", &format!("/ORB/reports/{word}?as_of=2026-09-30")).await.text;
        assert!(page.contains(counts) && page.contains("How this is counted"), "{word}");
        for ending in ["csv", "svg"] {
            // Nothing is under way once the sprint is over.
            let day = if word == "ageing" { "2026-09-30" } else { "2026-10-02" };
            let file = h.get("owner", &format!("/ORB/reports/{word}.{ending}?as_of={day}")).await;
            assert_eq!(file.status, 200, "{word}.{ending}");
        }
        assert_eq!(h.get("outsider", &format!("/ORB/reports/{word}.csv")).await.status, 404);
    }
    let velocity = h.rest(&token, "GET", "/products/ORB/reports?report=velocity", kernel::Json::Null).await.json();
    assert_eq!(velocity[0]["charts"][0]["rows"], json!([["First", "8", "10"]]));
    for (path, status) in [
        ("/ORB/reports/nothing", 404),
        ("/ORB/reports/nothing.csv", 404),
        ("/ORB/reports/flow.png", 404),
        ("/ORB/reports/flow-by.csv", 404),
        ("/ORB/reports/flow?weeks=3", 422),
        ("/ORB/reports/flow?as_of=soon", 422),
        ("/ORB/reports/burndown?sprint=7", 200),
        ("/ORB/reports/flow?feature=nothing", 200),
    ] {
        assert_eq!(h.get("owner", path).await.status, status, "{path}");
    }
    assert!(h.get("owner", "/ORB/reports/burndown?sprint=7").await.text.contains("That sprint had not begun by then."));
    assert!(h.get("owner", "/ORB/reports/flow?feature=nothing").await.text.contains("Name a feature by its number or key"));
}

/// Reports are of the stories of the backlog: what narrows that, saved or typed, narrows them.
#[tokio::test]
async fn filters_of_the_backlog_narrow_the_reports() {
    let h = played().await;
    let save = json!({ "page": "backlog", "name": "Only bugs", "query": "kind=bug" });
    h.made("owner", "saved_filter.save", save, "saved_filter").await;
    let index = h.get("owner", "/ORB/reports").await.text;
    assert!(index.contains("href=\"reports?kind=bug&amp;\"") && index.contains("Only bugs"), "{index}");
    assert!(h.get("owner", "/ORB/reports?kind=bug").await.text.contains("/ORB/reports/velocity?kind=bug\""));
    let page = h.get("owner", "/ORB/reports/velocity?weeks=26").await.text;
    assert!(page.contains("href=\"velocity?weeks=26&amp;kind=bug&amp;\""), "{page}");
    assert!(!h.get("manager", "/ORB/reports").await.text.contains("Only bugs"), "it is its member's own");
    let narrowed = csv(&h, "owner", "throughput.csv?kind=bug").await;
    assert_eq!(csv(&h, "owner", "throughput.csv?q=type:bug").await, narrowed);
    for (asked, same) in [("q=stage:accepted", "stage=accepted"), ("q=ready:no", "ready=no"), ("q=updated:%3C2w", "updated=%3C2w")] {
        assert_eq!(csv(&h, "owner", &format!("flow.csv?{asked}")).await, csv(&h, "owner", &format!("flow.csv?{same}")).await, "{asked}");
    }
    assert!(h.get("owner", "/ORB/reports/flow?updated=soon").await.text.contains("role=\"alert\""), "what cannot be meant is said");
    let token = h.token("owner").await;
    assert_eq!(h.rest(&token, "GET", "/products/ORB/reports?report=flow&ready=yes", kernel::Json::Null).await.status, 200);
}

/// How many spans are in one table and not in the other, both ways.
async fn differing(h: &House, one: &str, other: &str) -> String {
    let of = |from: &str, to: &str| format!("(select count(*) from (select * from {from} except select * from {to}) as more)");
    h.text(format!("select cast({} + {} as text)", of(one, other), of(other, one))).await
}

#[tokio::test]
async fn spans_are_the_same_as_the_lines_of_activity_tell() {
    let h = played().await;
    // What is taken back, taken away and brought back leaves its traces too.
    let Ok(app::Outcome::Done(done)) = h.run("developer", "story.estimate", json!({ "story": "3", "points": 8 })).await else {
        panic!("developers size")
    };
    h.app.clock.forward(HOUR);
    h.run("developer", "act.undo", json!({ "act": done.act.simple().to_string() })).await.unwrap();
    h.app.clock.forward(HOUR);
    h.run("owner", "story.remove", json!({ "story": "4" })).await.unwrap();
    h.app.clock.forward(HOUR);
    h.run("owner", "story.reopen", json!({ "story": "1" })).await.unwrap();
    let brought = json!({ "origin": "csv:9", "title": "Done elsewhere", "kind": "story", "stage": "accepted", "created_at": 1_780_000_000_000_i64, "started_at": 1_781_000_000_000_i64, "settled_at": 1_782_000_000_000_i64 });
    h.run("owner", "story.bring_in", brought).await.unwrap();
    h.run("owner", "story.bring_in", json!({ "origin": "csv:10", "title": "Done some day", "kind": "story", "stage": "accepted" })).await.unwrap();
    let anew = |w: &mut dyn kernel::Writer| {
        w.execute("create table kept_span as select * from story_span", &[])?;
        w.execute("create table kept_flow as select * from story_flow where net <> 0", &[])?;
        w.execute("delete from story_span", &[])?;
        w.bring_along()?;
        w.execute("create table anew_flow as select * from story_flow where net <> 0", &[])?;
        Ok(())
    };
    h.app.store.write(anew).await.unwrap();
    assert!(h.number("select count(*) from kept_span").await > 20);
    assert_eq!(differing(&h, "kept_span", "story_span").await, "0");
    assert_eq!(differing(&h, "kept_flow", "anew_flow").await, "0");
    // Nobody knows when that was done, so it is in no week.
    let weeks = csv(&h, "owner", "throughput.csv?weeks=104").await;
    let accepted: f64 = weeks[1..].iter().filter_map(|line| line.rsplit(',').next()?.parse::<f64>().ok()).sum();
    assert_eq!(accepted, 2.0, "One is open again; Two and what was done elsewhere count: {weeks:?}");
}

#[tokio::test]
async fn spans_and_tallies_follow_the_sample_product() {
    let h = House::sample().await;
    let lasting = "select story.id from story join story_span as span on span.story = story.id and span.until_at is null
        where story.removed_at is null and span.stage = story.stage and coalesce(span.sprint, '') = coalesce(story.sprint, '') and coalesce(span.points, -1) = coalesce(story.points, -1)";
    let stories = h.number("select count(*) from story where removed_at is null").await;
    assert!(stories > 50);
    assert_eq!(h.text(format!("select cast(count(*) as text) from ({lasting}) as those")).await, stories.to_string());
    assert_eq!(
        h.number(
            "select count(*) from story_span as span join story on story.id = span.story where span.until_at is null and story.removed_at is not null"
        )
        .await,
        0
    );
    let gaps = "select cast(count(*) as text) from story_span as span where span.until_at is not null and span.until_at <= span.from_at";
    assert_eq!(h.text(gaps.into()).await, "0", "every span lasts");
    let counted = "select product, stage, count(*) as stories from story where removed_at is null group by product, stage";
    let flow = "select product, stage, cast(sum(net) as bigint) as stories from story_flow group by product, stage";
    let differ = format!(
        "select cast(count(*) as text) from ({flow}) as f full join ({counted}) as c on c.product = f.product and c.stage = f.stage where coalesce(f.stories, 0) <> coalesce(c.stories, 0)"
    );
    assert_eq!(h.text(differ).await, "0");
}

#[tokio::test]
async fn a_forecast_tells_what_if_how_many_and_each_feature() {
    let h = House::sample().await;
    let key = h.text("select key from product order by created_at limit 1".into()).await;
    let by = web::when::day(h.app.clock.now() + 60 * DAY);
    // A file waits for what is worked out; the page has it at once then.
    let asked = format!("?more=5&by={by}");
    assert_eq!(h.get("owner", &format!("/{key}/forecast/ends.csv{asked}")).await.status, 200);
    let page = h.get("owner", &format!("/{key}/forecast{asked}")).await.text;
    for words in ["As if 5 stories came in before it ends", "As things are", "Stories by ", "at least ", "95 %"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(h.get("owner", &format!("/{key}/forecast?more=-9999")).await.text.contains("Without so many stories nothing is left to do"));
    for wrong in ["?more=many", "?by=soon", "?more=99999"] {
        assert_eq!(h.get("owner", &format!("/{key}/forecast{wrong}")).await.status, 422, "{wrong}");
    }
    let features = h.get("owner", &format!("/{key}/forecast/features")).await.text;
    assert!(features.contains("Stories left") && features.contains("Hold a bike from the map"), "{features}");
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", &format!("/products/{key}/forecast?by={by}"), kernel::Json::Null).await.json();
    let days: Vec<&str> = told["sure"].as_array().unwrap().iter().filter_map(|sure| sure["done_by"].as_str()).collect();
    assert!(days.len() == 4 && days.is_sorted(), "{told}");
    let fewer = h.rest(&token, "GET", &format!("/products/{key}/forecast?more=-3"), kernel::Json::Null).await.json();
    assert_eq!(fewer["ahead"].as_i64(), told["ahead"].as_i64().map(|ahead| ahead - 3));
}

/// What stands before the end of a feature or a bet: what is under way first, then in the order of the backlog.
#[tokio::test]
async fn what_stands_before_the_end_of_a_feature_or_a_bet() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for title in ["Not begun", "Nearly there"] {
        h.run("manager", "feature.create", json!({ "title": title })).await.unwrap();
    }
    for feature in ["2", "", "2", "3", "2", "4", ""] {
        h.run("owner", "story.create", json!({ "title": "s", "feature": feature })).await.unwrap();
    }
    h.run("owner", "story.remove", json!({ "story": "9" })).await.unwrap();
    for story in ["10", "11"] {
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    }
    h.run("developer", "story.hand_over", json!({ "story": "11" })).await.unwrap();
    // Two in the same place stand by their ids.
    let same = "update story set rank = (select rank from story where number = 7) where number = 8";
    h.app.store.write(move |writer| writer.execute(same, &[]).map(drop)).await.unwrap();
    h.app.store.write(|writer| writer.execute("update initiative set horizon = 'now'", &[]).map(drop)).await.unwrap();
    let (token, mut told) = (h.token("owner").await, vec![]);
    for feature in ["2", "3", "4", ""] {
        let forecast = h.rest(&token, "GET", &format!("/products/ORB/forecast?feature={feature}"), kernel::Json::Null).await.json();
        told.push(forecast["ahead"].as_i64().unwrap());
    }
    assert_eq!(told, [5, 6, 1, 6]);
    let promised = h.app.ask(&h.visitor("owner", kernel::Door::Page), Some("ORB"), reports::promised).await.unwrap();
    let bets: Vec<_> = promised.bets().iter().map(|bet| (bet.number, bet.left, bet.ahead)).collect();
    assert_eq!(bets, [(1, 2, 5)]);
}

#[tokio::test]
async fn lighthouse_reads_when_stories_began_and_were_closed() {
    let h = played().await;
    let owner = h.visitor("owner", kernel::Door::Page);
    let table = h.app.ask(&owner, Some("ORB"), exchange::lighthouse).await.unwrap().csv();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "ID,Name,State,Type,Started Date,Closed Date,Created Date,Parent Reference Id,Tags,Estimated Size,Depends On");
    assert_eq!(lines[1], "ORB-1,One,Done,Story,2026-09-22 14:13:20,2026-09-25 14:13:20,2026-09-21 14:13:20,,,3,");
    assert!(lines[4].starts_with("ORB-4,Late,To Do,Story,,,2026-09-21"), "{table}");
}
