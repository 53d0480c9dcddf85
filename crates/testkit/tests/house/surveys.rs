//! Kano surveys: built, answered without an account once by each, counted in nobody's name, and evaluated once closed.

use app::Outcome;
use axum::{body::Body, http::Request};
use kernel::{Json, Refusal, json};
use testkit::{Answer, House, PostBox, told};

/// A survey about two features, and a link to it, for one person or for many.
pub(crate) async fn furnished(h: &House) -> (String, String, String) {
    let draft = h.made("manager", "survey.begin", json!({ "title": "Which first?" }), "survey").await;
    let item = h.made("manager", "survey_item.add", json!({ "survey": draft, "title": "A bell" }), "survey_item").await;
    let link = json!({ "survey": draft, "name": "Acme" });
    let link = h.made("manager", "survey_link.make", link, "survey_link").await;
    (draft, item, link)
}

/// A survey that is open, with what it asks about.
pub(crate) async fn open(h: &House) -> (String, Vec<String>) {
    let bell = h.made("manager", "feature.create", json!({ "title": "A bell" }), "feature").await;
    let args = json!({ "title": "Bells and lamps", "intro": "Two questions each.", "features": [bell] });
    let survey = h.made("manager", "survey.begin", args, "survey").await;
    let lamp = json!({ "survey": survey, "title": "A lamp <b>", "body": "It shines." });
    h.made("manager", "survey_item.add", lamp, "survey_item").await;
    h.run("owner", "survey.open", json!({ "survey": survey })).await.unwrap();
    let items = h.words(format!("select min(id), max(id) from survey_item where survey = '{survey}'")).await;
    (survey, items.split(' ').map(str::to_owned).collect())
}

/// The path of a link to a survey.
async fn link(h: &House, survey: &str, once: bool) -> String {
    let args = json!({ "survey": survey, "name": "Acme", "once": once });
    match h.run("manager", "survey_link.make", args).await.unwrap() {
        Outcome::Done(done) => done.reveal.unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What a form sends, for each item how somebody feels with and without it.
pub(crate) fn fields(items: &[String], feelings: &[(&str, &str)]) -> String {
    items.iter().zip(feelings).map(|(item, (with, without))| format!("with.{item}={with}&without.{item}={without}")).collect::<Vec<_>>().join("&")
}

pub(crate) async fn send(h: &House, path: &str, cookie: &str, fields: &str) -> Answer {
    let request = Request::post(path)
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    h.send(request.body(Body::from(fields.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_survey_is_answered_once_by_each_and_evaluated_once_it_is_closed() {
    let h = House::new().await;
    let (survey, items) = open(&h).await;
    let path = link(&h, &survey, false).await;
    let first = h.get("nobody", &path).await;
    assert!(first.text.contains("Bells and lamps") && first.text.contains("A lamp &lt;b&gt;") && !first.text.contains("Manager"), "{}", first.text);
    let kept = first.headers.get("set-cookie").unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
    let like = fields(&items, &[("like", "dislike"), ("like", "neutral")]);
    // What is missing is named, and what was chosen comes back.
    let half = send(&h, &path, &kept, &format!("with.{0}=like&without.{0}=dislike&with.{1}=like", items[0], items[1])).await;
    assert!(half.status == 422 && half.text.contains("A lamp") && half.text.contains("checked"), "{}", half.text);
    assert_eq!(send(&h, &path, &kept, &like.replace("neutral", "nonsense")).await.status, 422);
    assert!(send(&h, &path, &kept, &like).await.text.contains("added to the others"));
    let again = send(&h, &path, &kept, &like).await;
    assert!(again.status == 422 && again.text.contains("answered already"), "{}", again.text);
    // A link for one person takes one answer, from whatever browser.
    let own = link(&h, &survey, true).await;
    assert_eq!(send(&h, &own, "", &fields(&items, &[("expect", "dislike"), ("neutral", "neutral")])).await.status, 200);
    assert!(h.get("nobody", &own).await.text.contains("answered already"));
    assert_eq!(send(&h, &own, "", &like).await.status, 422);
    assert_eq!(h.get("nobody", "/survey/0000").await.status, 404, "somebody else's link opens nothing");
    assert_eq!(h.post("nobody", "/survey/0000", &like).await.status, 404);
    // Nobody reads how it goes.
    let page = h.get("manager", &format!("/ORB/surveys?show={survey}")).await.text;
    assert!(page.contains("2 answers") && !page.contains("One-dimensional"), "{page}");
    let result = async || h.rest(&h.token("manager").await, "GET", &format!("/products/ORB/surveys/{survey}/result"), Json::Null).await.json();
    assert_eq!(result().await["features"], json!([]));
    assert_eq!(h.number("select count(*) from activity where kind = 'survey.answered'").await, 0, "answering leaves no line");
    assert_eq!(send(&h, &path, "survey=another", &fields(&items, &[("like", "dislike"), ("like", "neutral")])).await.status, 200);
    h.proposed("developer", "survey.close", json!({ "survey": survey })).await;
    h.run("owner", "survey.close", json!({ "survey": survey })).await.unwrap();
    let found = result().await;
    assert_eq!(found["people"], 3);
    let (bell, lamp) = (&found["features"][0], &found["features"][1]);
    assert_eq!((bell["title"].as_str(), bell["category"].as_str()), (Some("A bell"), Some("one-dimensional")));
    assert_eq!(bell["counts"], json!([1, 2, 0, 0, 0, 0]));
    assert!((bell["better"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9 && bell["worse"] == -1.0);
    assert_eq!((lamp["category"].as_str(), &lamp["is_clear"]), (Some("attractive"), &json!(false)));
    let page = h.get("stakeholder", &format!("/ORB/surveys?show={survey}")).await.text;
    assert!(page.contains("One-dimensional") && page.contains("or indifferent") && page.contains("<figure class=\"chart\""), "{page}");
    let csv = h.get("owner", &format!("/ORB/surveys/plot.csv?survey={survey}")).await.text;
    assert!(csv.contains("A bell"), "{csv}");
    assert!(h.get("nobody", &path).await.text.contains("This survey is closed"));
    assert_eq!(h.number("select count(*) from answer_count").await + h.number("select count(*) from answered_by").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn of_too_few_answers_nothing_is_told_and_links_end() {
    let h = House::new().await;
    let (survey, items) = open(&h).await;
    let path = link(&h, &survey, false).await;
    let like = fields(&items, &[("like", "dislike"), ("like", "neutral")]);
    send(&h, &path, "", &like).await;
    assert!(told(h.run("owner", "survey_item.add", json!({ "survey": survey, "title": "More" })).await).contains("questions stand"));
    assert!(told(h.run("owner", "survey.open", json!({ "survey": survey })).await).contains("opened already"));
    assert!(told(h.run("owner", "survey.remove", json!({ "survey": survey })).await).contains("Close it first"));
    let id = h.text("select max(id) from survey_link".into()).await;
    let spare = link(&h, &survey, false).await;
    h.run("manager", "survey_link.revoke", json!({ "survey_link": id })).await.unwrap();
    assert!(told(h.run("manager", "survey_link.revoke", json!({ "survey_link": id })).await).contains("revoked already"));
    assert_eq!(h.get("nobody", &path).await.status, 404);
    h.app.clock.forward(31 * 86_400_000);
    let late = h.get("nobody", &spare).await;
    assert!(late.status == 422 && late.text.contains("has expired"), "{}", late.text);
    let last = link(&h, &survey, false).await;
    let today = web::when::day(h.app.clock.now());
    h.run("owner", "survey.edit", json!({ "survey": survey, "closes_on": today })).await.unwrap();
    assert!(h.get("nobody", &last).await.text.contains("Send my answers"));
    h.app.clock.forward(86_400_000);
    assert!(h.get("nobody", &last).await.text.contains("last day for answers has passed"));
    assert!(told(h.run("owner", "survey.edit", json!({ "survey": survey, "closes_on": today })).await).contains("has passed"));
    h.run("owner", "survey.close", json!({ "survey": survey })).await.unwrap();
    assert!(h.get("owner", &format!("/ORB/surveys?show={survey}")).await.text.contains("Only 1 answer came in"));
    assert!(told(h.run("manager", "survey_link.make", json!({ "survey": survey, "name": "n" })).await).contains("closed"));
    let empty = h.made("manager", "survey.begin", json!({ "title": "Empty" }), "survey").await;
    assert!(told(h.run("owner", "survey.open", json!({ "survey": empty })).await).contains("asks about nothing yet"));
    assert!(told(h.run("owner", "survey_item.add", json!({ "survey": empty })).await).contains("Name a feature"));
    let many = json!({ "survey": empty, "title": "One" });
    for _ in 0..12 {
        h.run("owner", "survey_item.add", many.clone()).await.unwrap();
    }
    assert!(told(h.run("owner", "survey_item.add", many).await).contains("12 features at most"));
    assert!(matches!(h.run("outsider", "survey.close", json!({ "survey": empty })).await, Err(Refusal::NotFound)));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_survey_on_the_portal_is_answered_there() {
    let h = House::new().await;
    PostBox::of(&h.app);
    crate::portal::opened(&h, "everyone", true).await;
    let (survey, items) = open(&h).await;
    let place = format!("/portal/ORB/survey/{survey}");
    assert_eq!(h.get("nobody", &place).await.status, 404);
    h.run("manager", "survey.share", json!({ "survey": survey, "in_portal": true })).await.unwrap();
    assert!(h.get("nobody", "/portal/ORB").await.text.contains(&place));
    assert!(h.get("nobody", &place).await.text.contains("A lamp &lt;b&gt;"));
    let like = fields(&items, &[("like", "dislike"), ("like", "neutral")]);
    assert!(send(&h, &place, "survey=one", &like).await.text.contains("added to the others"));
    let twice = send(&h, &place, "survey=one", &like).await;
    assert!(twice.status == 422 && twice.text.contains("answered already"), "{}", twice.text);
    assert_eq!(send(&h, &place, "survey=two", "").await.status, 422);
    h.run("owner", "survey.close", json!({ "survey": survey })).await.unwrap();
    assert_eq!(h.get("nobody", &place).await.status, 404);
    assert!(!h.get("nobody", "/portal/ORB").await.text.contains(&place));
}

#[tokio::test]
async fn nothing_changes_what_a_survey_asks_once_it_is_open() {
    let h = House::new().await;
    let survey = h.made("manager", "survey.begin", json!({ "title": "Which first?" }), "survey").await;
    let add = async |title: &str| h.made("manager", "survey_item.add", json!({ "survey": survey, "title": title }), "survey_item").await;
    let (gone, bell, lamp) = (add("A horn").await, add("A bell").await, add("A lamp").await);
    let Outcome::Done(removal) = h.run("manager", "survey_item.remove", json!({ "item": gone })).await.unwrap() else { panic!("it is done at once") };
    h.run("owner", "survey.open", json!({ "survey": survey })).await.unwrap();
    let path = link(&h, &survey, false).await;
    let items = [bell, lamp];
    for who in ["a", "b", "c"] {
        send(&h, &path, &format!("survey={who}"), &fields(&items, &[("like", "dislike"), ("dislike", "like")])).await;
    }
    let back = h.run("manager", "act.undo", json!({ "act": removal.act })).await;
    assert!(matches!(back, Err(Refusal::Denied { .. })), "building is not taken back: {back:?}");
    assert!(told(h.run("manager", "removed.bring_back", json!({ "thing": gone })).await).contains("does not come back"));
    assert_eq!(h.number("select max(place) from survey_item where removed_at is null").await, 1, "questions have numbers of their own");
    h.run("owner", "survey.close", json!({ "survey": survey })).await.unwrap();
    let found = h.rest(&h.token("manager").await, "GET", &format!("/products/ORB/surveys/{survey}/result"), Json::Null).await.json();
    assert_eq!(found["people"], 3);
    let category = |n: usize| (found["features"][n]["title"].clone(), found["features"][n]["category"].clone());
    assert_eq!(category(0), (json!("A bell"), json!("one-dimensional")));
    assert_eq!(category(1), (json!("A lamp"), json!("reverse")), "whoever would rather be without it contradicts nobody");
    assert!(h.get("owner", &format!("/ORB/surveys?show={survey}")).await.text.contains("people would rather be without it"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn on_the_portal_a_browser_and_an_address_answer_once_together() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    crate::portal::opened(&h, "everyone", false).await;
    let (survey, items) = open(&h).await;
    h.run("manager", "survey.share", json!({ "survey": survey, "in_portal": true })).await.unwrap();
    let post = h.made("owner", "portal_post.create", json!({ "title": "A post" }), "portal_post").await;
    let known = crate::portal::known(&h, &mail, &post, "lena@x.org").await;
    let place = format!("/portal/ORB/survey/{survey}");
    let like = fields(&items, &[("like", "dislike"), ("like", "neutral")]);
    assert_eq!(send(&h, &place, &format!("{known}; survey=one"), &like).await.status, 200);
    for cookie in [format!("{known}; survey=two"), "survey=one".to_owned()] {
        let twice = send(&h, &place, &cookie, &like).await;
        assert!(twice.status == 422 && twice.text.contains("answered already"), "{cookie}: {}", twice.text);
    }
    // Whoever answers first and confirms an address afterwards is the same.
    assert_eq!(send(&h, &place, "survey=three", &like).await.status, 200);
    let jo = crate::portal::known(&h, &mail, &post, "jo@x.org").await;
    assert_eq!(send(&h, &place, &format!("{jo}; survey=three"), &like).await.status, 422);
    assert!(h.get("manager", &format!("/ORB/surveys?show={survey}")).await.text.contains("2 answers"), "each is one answer, however it is known");
    // One place uses nothing up of what all share.
    for n in 0..130 {
        send(&h, &place, &format!("survey=x{n}"), "").await;
    }
    assert_eq!(send(&h, &place, "survey=last", &like).await.status, 429);
    assert!((0..80).all(|_| h.app.limits.crowd(&format!("survey {survey}")).is_ok()));
}

/// Bad input: script, far too much of it, answers to another survey, and ten thousand of them within a minute.
#[tokio::test]
async fn whatever_strangers_send_is_a_sentence_or_one_answer() {
    let h = House::new().await;
    let ((survey, items), (other, others)) = (open(&h).await, open(&h).await);
    let path = link(&h, &survey, false).await;
    let like = fields(&items, &[("like", "dislike"), ("like", "neutral")]);
    let script = like.replacen("like", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", 1);
    let told = send(&h, &path, "survey=a", &script).await;
    assert!(told.status == 422 && !told.text.contains("<script>alert"), "{}", told.text);
    let long = send(&h, &path, "survey=a", &format!("{like}&note={}", "x".repeat(100_000))).await;
    assert!(long.status == 413 && long.text.contains("too large"), "{}", long.text);
    // What belongs to another survey answers nothing here, and counts nowhere there.
    let strange = send(&h, &path, "survey=a", &fields(&others, &[("like", "dislike"), ("like", "neutral")])).await;
    assert!(strange.status == 422 && strange.text.contains("A bell"), "{}", strange.text);
    assert_eq!(send(&h, &path, "survey=a", &like).await.status, 200, "nothing of that was an answer");
    for (id, answers) in [(&survey, "1 answer"), (&other, "0 answers")] {
        let page = h.get("manager", &format!("/ORB/surveys?show={id}")).await.text;
        assert!(page.contains(answers), "{answers}: {page}");
    }
    let limits = &h.app.limits;
    let from = |n: i32| limits.voice(&format!("survey 10.0.{}.{}", n / 250, n % 250)).is_ok() && limits.crowd(&format!("survey {survey}")).is_ok();
    let let_in = (0..10_000).filter(|n| from(*n)).count();
    assert!(let_in < 1_000, "{let_in} of 10,000 from as many places");
    let mut late = vec![];
    for n in 0..4 {
        late.push(send(&h, &path, &format!("survey=late{n}"), &like).await);
    }
    // Now and then one is let in.
    assert!(late.iter().any(|late| late.status == 429 && late.text.contains("checked")), "what was chosen comes back: {late:?}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}
