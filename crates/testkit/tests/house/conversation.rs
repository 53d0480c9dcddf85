//! Comments: threads, what they said before, resolving, signs, quoting, the look at what is written.

use kernel::{Json, Refusal, json};
use testkit::{House, field};

async fn story() -> (House, String) {
    let h = House::new().await;
    let story = h.made("owner", "story.create", json!({ "title": "Pay by card" }), "story").await;
    (h, story)
}

async fn say(h: &House, who: &str, story: &str, body: &str, parent: Option<&str>) -> String {
    h.made(who, "comment.add", json!({ "about": "story", "id": story, "body": body, "parent": parent }), "comment").await
}

#[tokio::test]
async fn answers_stand_in_the_thread_that_they_answer() {
    let (h, story) = story().await;
    let first = say(&h, "owner", &story, "First thread", None).await;
    let other = say(&h, "owner", &story, "Other thread", None).await;
    let answer = say(&h, "developer", &story, "An answer", Some(&first)).await;
    say(&h, "manager", &story, "To the answer", Some(&answer)).await;
    assert_eq!(h.text(format!("select cast(count(*) as text) from comment where parent = '{first}'")).await, "2", "one level deep");
    let page = h.get("owner", "/ORB/story/1").await.text;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("First thread") < at("An answer") && at("An answer") < at("To the answer") && at("To the answer") < at("Other thread"));
    // What began a thread is taken back; its answers stay, and go on.
    h.run("owner", "comment.remove", json!({ "comment": first })).await.unwrap();
    say(&h, "developer", &story, "Going on", Some(&answer)).await;
    let page = h.get("owner", "/ORB/story/1").await.text;
    assert!(page.contains("The comment that began this was taken back.") && page.contains("Going on") && !page.contains("First thread"));
    let elsewhere = h.made("owner", "story.create", json!({ "title": "Else" }), "story").await;
    assert_eq!(field(h.run("owner", "comment.add", json!({ "about": "story", "id": elsewhere, "body": "b", "parent": other })).await), "parent");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// Someone who sees a thing of a noun and decides nothing about it.
pub(crate) fn onlooker(noun: &str) -> &'static str {
    match noun {
        "sorting" | "poker" | "retro" => "developer",
        "stakeholder" => "owner",
        _ => "stakeholder",
    }
}

/// Makes one of everything that people talk about; what those are.
pub(crate) async fn everything(h: &House) -> Vec<&'static str> {
    crate::chain::thread_above(h).await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    h.made("owner", "poker.begin", json!({ "stories": ["3"] }), "poker").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.made("manager", "evidence.record", json!({ "quote": "They wait" }), "evidence").await;
    let need = h.made("manager", "need.create", json!({ "title": "N" }), "need").await;
    let segment = h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await;
    h.made("manager", "customer.create", json!({ "name": "Lena", "segment": segment }), "customer").await;
    h.made("manager", "target_market.choose", json!({ "segments": [segment] }), "target_market").await;
    h.made("manager", "top_needs.choose", json!({ "needs": [need] }), "top_needs").await;
    let vision = json!({ "for_whom": "a", "who": "b", "is_a": "c", "that": "d", "unlike": "e", "ours": "f" });
    h.made("manager", "vision.publish", vision, "vision").await;
    h.made("owner", "proposal.open", json!({ "title": "Q", "area": "backlog" }), "proposal").await;
    let scheme = h.made("owner", "scheme.create", json!({ "name": "By eye", "by": "opportunity", "thing": "need" }), "scheme").await;
    let update = json!({ "kind": "progress", "title": "U", "body": "b", "everyone": true });
    h.made("owner", "update.publish", update, "product_update").await;
    h.made("owner", "scoring_round.begin", json!({ "scheme": scheme, "title": "R" }), "scoring_round").await;
    h.made("manager", "sorting.begin", json!({}), "sorting").await;
    h.made("manager", "stakeholder.add", json!({ "name": "The council" }), "stakeholder").await;
    h.made("manager", "interview.plan", json!({ "participant": "Nadia", "held_on": "2026-09-01", "notes": "z" }), "interview").await;
    crate::research::furnished(h).await;
    h.made("manager", "measure.add", json!({ "name": "Riders" }), "measure").await;
    h.made("manager", "brief.write", json!({ "feature": "2", "part": "why", "body": "They wait" }), "brief_paragraph").await;
    crate::launch::planned(h, "Winter").await;
    crate::portal::opened(h, "members", true).await;
    h.made("manager", "portal_post.create", json!({ "title": "A bell" }), "portal_post").await;
    crate::surveys::furnished(h).await;
    let bet = crate::launch::bet(h, "Judged").await;
    h.made("manager", "outcome.record", json!({ "initiative": bet, "verdict": "met" }), "outcome").await;
    crate::canvases::furnished(h).await;
    crate::tools::furnished(h).await;
    h.made("owner", "retro.begin", json!({}), "retro").await;
    h.made("manager", "estimate_model.create", json!({ "title": "Riders", "body": "riders = 1 to 2" }), "estimate_model").await;
    h.made("manager", "inquiry.begin", json!({ "title": "Fewer rides", "table": "country,before,after\nFR,300,100\nDE,290,291" }), "inquiry").await;
    crate::guided::furnished(h).await;
    let nouns: Vec<&str> = kernel::about::nouns().iter().filter(|noun| noun.about.discussed).map(|noun| noun.table).collect();
    assert!(nouns.len() >= 9, "{nouns:?}");
    nouns
}

#[tokio::test]
async fn everything_that_can_be_discussed_is() {
    let h = House::new().await;
    let nouns = everything(&h).await;
    let mut silent = vec![];
    for noun in nouns {
        let id = h.text(format!("select max(id) from {noun} where removed_at is null")).await;
        let comment = h.made(onlooker(noun), "comment.add", json!({ "about": noun, "id": id, "body": format!("about the {noun}") }), "comment").await;
        let subject = h.get("owner", &format!("/ORB/conversation?thread={comment}")).await.text;
        let link = subject.split("About <a href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("no way to the {noun}"));
        let page = h.get("owner", &link.replace("&amp;", "&")).await.text;
        // A board follows each act, so what is said about its sprint stands beside it.
        let beside = match page.contains("href=\"sprint/1/talk\"") {
            true => h.get("owner", "/ORB/sprint/1/talk").await.text,
            false => String::new(),
        };
        let shown = page + &beside;
        let hangs = format!("name=\"id\" value=\"{id}\"");
        let attaches = shown.split("<form class=\"attach\"").skip(1).any(|form| form.split("</form>").next().unwrap().contains(&hangs));
        let watches = shown.contains(&format!("id=\"watch-{id}\""));
        if !(shown.contains(&format!("about the {noun}")) && attaches && watches) {
            silent.push((noun, attaches, watches));
        }
    }
    assert!(silent.is_empty(), "not seen where they are looked at: {silent:?}");
}

#[tokio::test]
async fn what_a_comment_said_before_can_be_read() {
    let (h, story) = story().await;
    let comment = say(&h, "developer", &story, "It takes **two** days", None).await;
    assert!(!h.get("owner", "/ORB/story/1").await.text.contains("Edited"));
    h.app.clock.forward(60_000);
    h.run("developer", "comment.edit", json!({ "comment": comment, "body": "It takes four days" })).await.unwrap();
    h.run("developer", "comment.edit", json!({ "comment": comment, "body": "It takes five days" })).await.unwrap();
    let page = h.get("owner", "/ORB/story/1").await.text;
    let said = page.split("<article class=\"comment\"").nth(1).unwrap();
    assert!(said.contains("five days") && said.contains("Edited") && said.contains("<strong>two</strong>") && said.contains("four days"), "{said}");
    assert!(matches!(h.run("owner", "comment.edit", json!({ "comment": comment, "body": "mine" })).await, Err(Refusal::Denied { .. })));
    // Resolving changes no words.
    h.run("owner", "comment.resolve", json!({ "comment": comment, "resolved": true })).await.unwrap();
    assert_eq!(h.get("owner", "/ORB/story/1").await.text.matches("Until <time").count(), 2);
}

#[tokio::test]
async fn a_thread_is_resolved_as_a_whole_and_opens_with_an_answer() {
    let (h, story) = story().await;
    let first = say(&h, "developer", &story, "Which card?", None).await;
    let answer = say(&h, "owner", &story, "All of them", Some(&first)).await;
    let resolved = || h.number("select count(*) from comment where resolved_at is not null");
    h.run("manager", "comment.resolve", json!({ "comment": answer, "resolved": true })).await.unwrap();
    let by = "select member.name from comment join member on member.id = comment.resolved_by where parent is null and resolved_at is not null";
    assert_eq!(h.text(by.into()).await, "Manager", "by whichever of its comments");
    let page = h.get("owner", "/ORB/story/1").await.text;
    assert!(page.contains("Resolved by <bdi>Manager</bdi>") && page.contains("<details class=\"more talk-thread over\""), "{page}");
    h.run("owner", "comment.resolve", json!({ "comment": first, "resolved": true })).await.unwrap();
    assert!(h.get("owner", "/ORB/story/1").await.text.contains("Resolved by <bdi>Manager</bdi>"), "the first who says so");
    say(&h, "developer", &story, "Foreign ones too?", Some(&first)).await;
    assert_eq!(resolved().await, 0, "it would be overlooked");
    h.run("owner", "comment.resolve", json!({ "comment": first, "resolved": true })).await.unwrap();
    h.run("owner", "comment.resolve", json!({ "comment": first, "resolved": false })).await.unwrap();
    assert_eq!(resolved().await, 0);
    let told = h.rest(&h.token("owner").await, "GET", "/products/ORB/activity?limit=1", Json::Null).await.json();
    assert_eq!(told["items"][0]["kind"], "comment.reopened", "the record tells resolving from opening again");
}

#[tokio::test]
async fn each_member_has_one_sign_of_a_kind() {
    let (h, story) = story().await;
    let comment = say(&h, "owner", &story, "Done", None).await;
    let react = |who: &'static str, more: Json| {
        let mut args = json!({ "comment": comment, "sign": "agree" });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        h.run(who, "comment.react", args)
    };
    let count = || h.number("select count(*) from reaction where removed_at is null");
    react("manager", json!({})).await.unwrap();
    react("developer", json!({ "on": true })).await.unwrap();
    react("developer", json!({ "on": true })).await.unwrap();
    assert_eq!(count().await, 2);
    let page = h.get("manager", "/ORB/story/1").await.text;
    assert!(page.contains("Thumbs up: Manager and Developer") && page.contains("aria-pressed=\"true\""), "{page}");
    assert!(h.get("owner", "/ORB/story/1").await.text.contains("aria-pressed=\"false\""));
    // By form, as without script: the same button takes it away.
    assert_eq!(h.post("manager", "/ORB/do/comment.react", &format!("comment={comment}&sign=agree")).await.status, 303);
    assert_eq!(count().await, 1);
    react("manager", json!({ "on": false })).await.unwrap();
    react("manager", json!({ "sign": "thanks" })).await.unwrap();
    assert_eq!(count().await, 2);
    assert!(matches!(react("assistant", json!({})).await, Err(Refusal::Denied { .. })));
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(count().await, 1);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn a_comment_is_quoted_and_looked_at_without_script() {
    let (h, story) = story().await;
    let comment = say(&h, "owner", &story, "One\n\n**two** <script>x</script>", None).await;
    let page = h.get("developer", "/ORB/story/1").await.text;
    let way = format!("/ORB/conversation?thread={comment}&amp;quote={comment}#answer");
    assert!(page.contains(&way), "{page}");
    let alone = h.get("developer", &format!("/ORB/conversation?thread={comment}&quote={comment}")).await.text;
    assert!(alone.contains("&gt; One\n&gt;\n&gt; **two** &lt;script&gt;") && alone.contains("Pay by card"), "{alone}");
    let fields = format!("about=story&id={story}&body=%2A%2Abold%2A%2A+%3Cscript%3Ex%3C%2Fscript%3E");
    let seen = h.post("developer", "/ORB/conversation/preview?of=comment.add", &fields).await;
    assert!(seen.status == 200 && seen.text.contains("<strong>bold</strong>") && !seen.text.contains("<script>x"), "{}", seen.text);
    assert!(seen.text.contains("/ORB/do/comment.add") && seen.text.contains("**bold** &lt;script"), "the form is there again, with what was typed");
    assert_eq!(h.post("developer", "/ORB/conversation/preview?of=nothing.at_all", &fields).await.status, 404);
    assert_eq!(h.post("outsider", "/ORB/conversation/preview?of=comment.add", &fields).await.status, 404);
    assert_eq!(h.post("developer", "/ORB/conversation/preview?of=comment.add", &format!("body={}", "x".repeat(20_001))).await.status, 422);
}
