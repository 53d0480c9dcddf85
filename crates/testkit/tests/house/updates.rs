//! Updates: drafted from the record, kept to oneself, published or proposed, told to whom it concerns.

use app::{Ask, Outcome, Visitor};
use axum::{body::Body, http::Request};
use kernel::{Door, Json, Refusal, json, letter::Part};
use testkit::{House, PostBox, told};

const DAY: i64 = 86_400_000;

/// A product in which something happened: a window moved, a bet came to Now, a story was done, and much that is routine.
async fn lived(h: &House) {
    let objective = h.made("manager", "objective.create", json!({ "title": "Less waiting", "why": "w" }), "objective").await;
    h.made("manager", "initiative.create", json!({ "title": "Lock boxes", "objective": objective }), "initiative").await;
    h.run("manager", "initiative.serve", json!({ "initiative": "1", "objective": objective })).await.unwrap();
    h.made("manager", "feature.create", json!({ "title": "Codes", "initiative": "1" }), "feature").await;
    h.made("owner", "story.create", json!({ "title": "Open by code", "feature": "2" }), "story").await;
    for ends in ["2026-11-30", "2026-12-31"] {
        let asked = h.proposed("manager", "initiative.edit", json!({ "initiative": "1", "ends_on": ends })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
}

fn update(kind: &str, more: Json) -> Json {
    let mut args = json!({ "kind": kind, "title": "What changed", "body": "The window of ORB-1 moved." });
    args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    args
}

async fn drafted(h: &House, who: &str, kind: &str) -> Json {
    h.rest(&h.token(who).await, "GET", &format!("/products/ORB/updates/drafted?kind={kind}"), Json::Null).await.json()
}

fn body(draft: &Json) -> &str {
    draft["body"].as_str().unwrap_or_else(|| panic!("{draft}"))
}

#[tokio::test]
async fn a_draft_tells_what_changed_since_the_last_update() {
    let h = House::new().await;
    lived(&h).await;
    let first = drafted(&h, "manager", "roadmap").await;
    assert!(body(&first).contains("### Less waiting") && body(&first).contains("ORB-1 Lock boxes"), "{first}");
    h.run("manager", "update.publish", update("roadmap", json!({ "everyone": true }))).await.unwrap();
    h.app.clock.forward(DAY);
    let nothing = drafted(&h, "manager", "roadmap").await;
    assert!(nothing["nothing"] == true && body(&nothing).starts_with("Nothing changed since"), "{nothing}");
    let asked = h.proposed("manager", "initiative.edit", json!({ "initiative": "1", "ends_on": "2027-01-31" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let next = drafted(&h, "manager", "roadmap").await;
    assert!(body(&next).contains("- ORB-1 Lock boxes is now planned until 31 Jan 2027 instead of 31 Dec."), "{next}");
    assert!(next["groups"][0]["sentences"][0]["line"].is_string() && next["groups"][0]["title"] == "Less waiting", "{next}");
    // The other kind has its own last one.
    h.run("developer", "story.start", json!({ "story": "3" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "3" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "3", "reason": "r" })).await.unwrap();
    let progress = drafted(&h, "owner", "progress").await;
    assert!(body(&progress).contains("- Done: ORB-3 Open by code.") && body(&progress).contains("smaller change"), "{progress}");
    let page = h.get("owner", "/ORB/updates/write?kind=progress").await.text;
    assert!(page.contains("Done: ORB-3 Open by code.") && page.contains("/ORB/story/"), "{page}");
    // What is drafted where nothing is asked for follows the hat.
    for (who, kind) in [("owner", "progress"), ("manager", "roadmap")] {
        let page = h.get(who, "/ORB/updates/write").await.text;
        assert!(page.contains(&format!("name=\"kind\" value=\"{kind}\"")), "{who}: {page}");
    }
}

#[tokio::test]
async fn a_draft_is_read_with_its_writers_eyes() {
    let h = House::new().await;
    lived(&h).await;
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "strategy", "hat": "owner", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let own = drafted(&h, "owner", "roadmap").await;
    assert!(body(&own).contains("Lock boxes") && !own.to_string().contains("Less waiting"), "{own}");
    // What somebody keeps is theirs alone, until they publish it.
    h.run("manager", "update_draft.save", json!({ "kind": "roadmap", "title": "zqmine", "body": "zqwords" })).await.unwrap();
    for who in ["owner", "developer", "stakeholder", "assistant"] {
        let token = h.token(who).await;
        for path in ["update-drafts", "activity?limit=500", "search?q=zqmine"] {
            let told = h.rest(&token, "GET", &format!("/products/ORB/{path}"), Json::Null).await.text;
            assert!(!told.contains("zqmine\"") && !told.contains("zqwords"), "{who} {path}: {told}");
        }
    }
    assert!(h.get("manager", "/ORB/updates/write").await.text.contains("zqwords"));
    let publish = json!({ "kind": "roadmap", "title": "Out", "body": "b", "hats": ["stakeholder"] });
    h.run("manager", "update.publish", publish).await.unwrap();
    assert_eq!(h.number("select count(*) from update_draft where removed_at is null").await, 0, "what was published is no draft any more");
}

#[tokio::test]
async fn whoever_does_not_decide_proposes_and_what_is_signed_is_the_text() {
    let h = House::new().await;
    lived(&h).await;
    let args = update("roadmap", json!({ "hats": ["stakeholder"] }));
    let asked = h.proposed("owner", "update.publish", args.clone()).await;
    assert_eq!(h.number("select count(*) from product_update").await, 0);
    let page = h.get("manager", &format!("/ORB/decisions?show={asked}")).await.text;
    assert!(page.contains("Publish the update “What changed”") && page.contains("The window of ORB-1 moved."), "{page}");
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.text("select member from product_update".into()).await, h.member("owner").simple().to_string());
    h.made("owner", "update.publish", update("progress", json!({ "everyone": true })), "product_update").await;
    h.proposed("manager", "update.publish", update("progress", json!({ "everyone": true }))).await;
    h.proposed("developer", "update.publish", update("progress", json!({ "everyone": true }))).await;
    for (who, kind) in [("developer", "roadmap"), ("stakeholder", "roadmap"), ("stakeholder", "progress")] {
        for command in ["update.publish", "update_draft.save"] {
            let refused = h.run(who, command, update(kind, json!({ "everyone": true }))).await;
            assert!(matches!(refused, Err(Refusal::Denied { .. })), "{who} {command} {kind}: {refused:?}");
        }
    }
    let stream = h.get("stakeholder", "/ORB/updates").await.text;
    assert!(stream.matches("What changed").count() >= 2 && !stream.contains("Write an update"), "{stream}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn an_update_to_nobody_is_refused_with_words() {
    let h = House::new().await;
    assert!(told(h.run("manager", "update.publish", update("roadmap", json!({}))).await).contains("told to nobody"));
    let alone = json!({ "members": [h.member("manager")] });
    assert!(told(h.run("manager", "update.publish", update("roadmap", alone)).await).contains("Nobody but you"));
    let stranger = json!({ "members": [h.member("outsider")], "hats": ["owner"] });
    assert!(told(h.run("manager", "update.publish", update("roadmap", stranger)).await).contains("does not belong here any more"));
    assert_eq!(h.number("select count(*) from product_update").await, 0);
}

/// The word of a link that shows the updates.
pub(crate) async fn linked(h: &House) -> String {
    let made = h.run("manager", "shared_link.make", json!({ "look": "updates", "name": "Acme" })).await.unwrap();
    let Outcome::Done(done) = made else { panic!("the Manager decides") };
    done.reveal.unwrap().replace("/shared/", "")
}

/// A question of somebody who holds a link.
pub(crate) async fn asked(h: &House, word: &str, update: &str, body: &str) -> Result<Outcome, Refusal> {
    let args = json!({ "link_hash": app::secret::hash(word), "update": update, "name": "Ada", "body": body });
    let ask = Ask { inside: true, ..Ask::named(None, "update_question.ask", args) };
    h.app.run(&Visitor::nobody(Door::Page), ask).await
}

/// Who has a notice about an update.
async fn heard(h: &House) -> i64 {
    h.app.work_off().await.unwrap();
    h.number("select count(*) from notice where about_noun = 'product_update'").await
}

#[tokio::test]
async fn those_who_are_meant_hear_of_it_once() {
    let h = House::new().await;
    let meant = json!({ "hats": ["stakeholder", "owner"], "members": [h.member("stakeholder")] });
    let id = h.made("manager", "update.publish", update("roadmap", meant), "product_update").await;
    assert_eq!(heard(&h).await, 2);
    let notices = h.get("stakeholder", "/notices").await.text;
    assert!(notices.contains("Manager published the update") && notices.contains("What changed"), "{notices}");
    // What is asked comes to whoever wrote it.
    h.run("stakeholder", "comment.add", json!({ "about": "product_update", "id": id, "body": "Until when?" })).await.unwrap();
    h.app.work_off().await.unwrap();
    assert!(h.get("manager", "/notices").await.text.contains("Until when?"));
    h.run("manager", "update.withdraw", json!({ "update": id })).await.unwrap();
    assert!(!h.get("stakeholder", "/ORB/updates").await.text.contains(&id));
    assert_eq!(h.get("stakeholder", &format!("/ORB/updates?show={id}")).await.status, 404);
}

#[tokio::test]
async fn a_letter_goes_to_each_once_also_after_a_retry() {
    let h = House::new().await;
    let post = PostBox::of(&h.app);
    let meant =
        json!({ "hats": ["stakeholder", "owner"], "members": [h.member("stakeholder")], "mail": true, "body": "### Soon\n\n- ORB-1 *moved*" });
    post.down(true);
    h.made("manager", "update.publish", update("roadmap", meant), "product_update").await;
    h.app.work_off().await.unwrap();
    post.down(false);
    // One is taken, and yet the answer is lost: it comes again under the same id.
    post.stumbles("lost");
    for _ in 0..3 {
        h.app.clock.forward(DAY);
        h.app.work_off().await.unwrap();
    }
    assert_eq!(post.ids().into_iter().collect::<std::collections::BTreeSet<_>>().len(), 2);
    let mut to: Vec<String> = post.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    to.dedup();
    assert_eq!(to, ["owner@x.org", "stakeholder@x.org"]);
    let letter = post.letters().pop().unwrap();
    assert_eq!(letter.subject, "Orbit: What changed");
    assert!(letter.parts.contains(&Part::Heading("Soon".into())) && letter.parts.contains(&Part::Text("• ORB-1 moved".into())), "{letter:?}");
    assert!(post.link(&letter).starts_with("/ORB/updates?show="));
    assert!(letter.stop.unwrap().starts_with("/updates/stop/"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_ends_the_letters_gets_none_and_can_have_them_again() {
    let h = House::new().await;
    let post = PostBox::of(&h.app);
    let publish = async || {
        let before = post.letters().len();
        let meant = json!({ "hats": ["stakeholder"], "mail": true });
        h.made("manager", "update.publish", update("roadmap", meant), "product_update").await;
        h.app.work_off().await.unwrap();
        post.letters().len() - before
    };
    assert_eq!(publish().await, 1);
    let stop = post.letters()[0].stop.clone().unwrap();
    // A link that is opened asks; only a press ends the letters.
    assert!(h.get("nobody", &stop).await.text.contains("Stop these letters"));
    assert_eq!(publish().await, 1);
    for _ in 0..2 {
        assert!(h.post("nobody", &stop, "").await.text.contains("No more updates of this product come by mail"));
    }
    assert_eq!(publish().await, 0);
    assert!(h.get("stakeholder", "/ORB/updates").await.text.contains("Send me letters"));
    h.run("stakeholder", "update_wish.set", json!({ "wanted": true })).await.unwrap();
    assert_eq!(publish().await, 1);
    assert_eq!(h.post("nobody", "/updates/stop/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6", "").await.status, 200, "nobody learns which there are");
}

#[tokio::test]
async fn stakeholders_without_an_account_get_letters_and_end_them_by_themselves() {
    let h = House::new().await;
    let post = PostBox::of(&h.app);
    let council = h.made("manager", "stakeholder.add", json!({ "name": "The council", "kind": "group" }), "stakeholder").await;
    let vera = json!({ "name": "Vera Ott", "email": " Vera@Lindau.example ", "within": council });
    let vera = h.made("manager", "stakeholder.add", vera, "stakeholder").await;
    let refused = json!({ "name": "Press", "email": "no address" });
    assert!(told(h.run("manager", "stakeholder.add", refused).await).contains("e-mail address"));
    let circle = json!({ "stakeholder": council, "within": council });
    assert!(told(h.run("manager", "stakeholder.edit", circle).await).contains("no other group"));
    let person = json!({ "name": "Press", "within": vera });
    assert!(told(h.run("manager", "stakeholder.add", person).await).contains("a person"));
    let publish = async |mail: bool| {
        let before = post.letters().len();
        let meant = json!({ "stakeholders": [council], "mail": mail, "body": "### Soon\n\n- ORB-1 *moved*" });
        h.made("manager", "update.publish", update("roadmap", meant), "product_update").await;
        h.app.work_off().await.unwrap();
        post.letters().len() - before
    };
    assert_eq!((publish(false).await, publish(true).await), (0, 1), "who belongs to the group hears what it hears");
    let letter = post.letters().pop().unwrap();
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("vera@lindau.example", "Orbit: What changed"));
    assert!(letter.parts.contains(&Part::Heading("Soon".into())), "{letter:?}");
    let known = h.rest(&h.token("manager").await, "GET", "/products/ORB/contacts", Json::Null).await.json();
    let ways: Vec<(String, &str)> = known["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["stakeholder"].as_str().unwrap().replace("-", ""), c["channel"].as_str().unwrap()))
        .collect();
    assert!(ways.contains(&(vera.replace("-", ""), "mail")) && ways.contains(&(council.replace("-", ""), "update")), "{ways:?}");
    // A link that is opened asks; a press ends the letters, and the team reads that on the page.
    let stop = letter.stop.unwrap();
    assert!(h.get("nobody", &stop).await.text.contains("Stop these letters"));
    for _ in 0..2 {
        assert!(h.post("nobody", &stop, "").await.text.contains("No more updates of this product come by mail"));
    }
    assert_eq!(publish(true).await, 0);
    let page = h.get("manager", &format!("/ORB/stakeholders?open={vera}")).await.text;
    assert!(page.contains("as they said") && page.contains("The council"), "{page}");
    assert!(h.get("manager", &format!("/ORB/stakeholders?open={council}")).await.text.contains("Who belongs to it"));
    // The same address again changes nothing; another one is somebody who has not said so.
    h.run("manager", "stakeholder.edit", json!({ "stakeholder": vera, "email": "vera@lindau.example" })).await.unwrap();
    assert_eq!(publish(true).await, 0);
    h.run("manager", "stakeholder.edit", json!({ "stakeholder": vera, "email": "office@lindau.example" })).await.unwrap();
    assert_eq!(publish(true).await, 1);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_leaves_between_is_written_to_no_more() {
    let h = House::new().await;
    let post = PostBox::of(&h.app);
    let stakeholder = h.member("stakeholder");
    let meant = json!({ "hats": ["stakeholder", "owner"], "mail": true });
    let id = h.made("manager", "update.publish", update("roadmap", meant), "product_update").await;
    let asked = h.proposed("manager", "membership.remove", json!({ "member": stakeholder })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.app.work_off().await.unwrap();
    let to: Vec<String> = post.letters().into_iter().map(|letter| letter.to).filter(|to| to.contains("stakeholder")).collect();
    assert!(to.is_empty(), "{to:?}");
    // Who was chosen and left while it was being written has to be taken out; their hat is then nobody's.
    let chosen = json!({ "members": [stakeholder] });
    assert!(told(h.run("manager", "update.publish", update("roadmap", chosen)).await).contains("does not belong here any more"));
    let hat = json!({ "hats": ["stakeholder"] });
    assert!(told(h.run("manager", "update.publish", update("roadmap", hat)).await).contains("Nobody but you"));
    // Of what was withdrawn before it was sent there is no letter.
    let sent = post.letters().len();
    let id2 = h.made("manager", "update.publish", update("roadmap", json!({ "hats": ["owner"], "mail": true })), "product_update").await;
    h.run("manager", "update.withdraw", json!({ "update": id2 })).await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(post.letters().len(), sent);
    assert_ne!(id, id2);
}

#[tokio::test]
async fn how_many_have_read_is_told_and_not_who() {
    let h = House::new().await;
    let id = h.made("manager", "update.publish", update("roadmap", json!({ "everyone": true })), "product_update").await;
    let place = format!("/ORB/updates?show={id}");
    assert!(h.get("manager", &place).await.text.contains("0 of 3 who were told have read it."));
    for _ in 0..2 {
        h.run("stakeholder", "update.read", json!({ "update": id })).await.unwrap();
    }
    // Whoever was not told counts for nothing.
    h.run("manager", "update.read", json!({ "update": id })).await.unwrap();
    assert!(h.get("manager", &place).await.text.contains("1 of 3 who were told has read it."));
    assert!(!h.get("stakeholder", &place).await.text.contains("I have read it") && h.get("owner", &place).await.text.contains("I have read it"));
    assert!(matches!(h.run("outsider", "update.read", json!({ "update": id })).await, Err(Refusal::NotFound)));
    let token = h.token("manager").await;
    let told = h.rest(&token, "GET", "/products/ORB/activity?limit=500", Json::Null).await.text;
    assert!(!told.contains("update.read"), "reading leaves no line");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_link_shows_and_feeds_what_was_published_for_it() {
    let h = House::new().await;
    let path = format!("/shared/{}", linked(&h).await);
    let open = async |path: &str, tag: &str| h.send(Request::get(path).header("if-none-match", tag).body(Body::empty()).unwrap()).await;
    let feed = format!("{path}/feed.atom");
    let empty = open(&feed, "").await;
    assert!(empty.status == 200 && empty.text.contains("Orbit: updates") && !empty.text.contains("<entry>"), "{}", empty.text);
    h.run("manager", "update.publish", update("roadmap", json!({ "title": "Within", "everyone": true }))).await.unwrap();
    let public = json!({ "title": "Out <b>&amp;", "body": "For *all* <script>x</script>", "by_link": true });
    h.run("manager", "update.publish", update("roadmap", public)).await.unwrap();
    let page = open(&path, "").await;
    assert!(page.status == 200 && page.text.contains("For <em>all</em>") && page.text.contains("feed.atom"), "{}", page.text);
    for told in [page.text, open(&feed, "").await.text] {
        assert!(!told.contains("Within") && !told.contains("Manager") && !told.contains("<script>x"), "{told}");
    }
    let told = open(&feed, "").await;
    assert!(
        told.text.contains("Out &lt;b&gt;&amp;amp;") && told.headers["content-type"].to_str().unwrap().starts_with("application/atom+xml"),
        "{}",
        told.text
    );
    let tag = told.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(open(&feed, &tag).await.status, 304);
    h.run("manager", "update.publish", update("roadmap", json!({ "title": "More", "by_link": true }))).await.unwrap();
    assert_eq!(open(&feed, &tag).await.status, 200);
    let id = h.text("select id from shared_link".into()).await;
    h.run("manager", "shared_link.revoke", json!({ "shared_link": id })).await.unwrap();
    assert_eq!(open(&feed, "").await.status, 404);
    assert_eq!(open("/shared/0000/feed.atom", "").await.status, 404);
}

#[tokio::test]
async fn a_question_by_link_waits_until_it_is_answered_in_the_thread() {
    let h = House::new().await;
    let word = linked(&h).await;
    let id = h.made("manager", "update.publish", update("roadmap", json!({ "by_link": true })), "product_update").await;
    let within = h.made("manager", "update.publish", update("roadmap", json!({ "everyone": true })), "product_update").await;
    let path = format!("/shared/{word}");
    let done = h.post("nobody", &path, &format!("update={id}&name=Ada&body=zqwhen%3F%0A%3Cb%3E")).await;
    assert!(done.status == 200 && done.text.contains("was handed over"), "{}", done.text);
    // What was not published for a link is not there for whoever has one, and a wrong word opens nothing.
    assert_eq!(h.post("nobody", &path, &format!("update={within}&body=x")).await.status, 404);
    assert_eq!(h.post("nobody", "/shared/0000", &format!("update={id}&body=x")).await.status, 404);
    assert_eq!(h.post("nobody", &path, &format!("update={id}&body=")).await.status, 422);
    let place = format!("/ORB/updates?show={id}");
    assert!(h.get("manager", &place).await.text.contains("zqwhen?"));
    for (who, place) in [("developer", &place), ("stakeholder", &place), ("nobody", &path)] {
        assert!(!h.get(who, place).await.text.contains("zqwhen?"), "{who}");
    }
    assert!(!h.get("stakeholder", "/ORB/activity").await.text.contains("zqwhen?"));
    assert_eq!(heard(&h).await, 4, "three who were told of the second, and whoever wrote the first of its question");
    let question = h.text("select id from update_question".into()).await;
    let answer = json!({ "question": question, "body": "In *spring*." });
    assert!(matches!(h.run("developer", "update_question.answer", answer.clone()).await, Err(Refusal::NotFound)));
    h.run("owner", "update_question.answer", answer.clone()).await.unwrap();
    assert!(told(h.run("owner", "update_question.answer", answer).await).contains("seen to already"));
    let thread = h.get("stakeholder", &place).await.text;
    assert!(thread.contains("zqwhen?") && thread.contains("Ada, by link") && thread.contains("<em>spring</em>"), "{thread}");
    let outside = h.get("nobody", &path).await.text;
    assert!(outside.contains("zqwhen?") && outside.contains("<em>spring</em>") && !outside.contains("Owner"), "{outside}");
    let mut statuses = vec![];
    for n in 0..8 {
        statuses.push(h.post("nobody", &path, &format!("update={id}&body={n}")).await.status.as_u16());
    }
    assert!(statuses.contains(&429), "{statuses:?}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn who_asked_by_link_is_erased_with_every_word_and_the_house_is_sound() {
    let h = House::new().await;
    let word = linked(&h).await;
    let id = h.made("manager", "update.publish", update("roadmap", json!({ "by_link": true, "everyone": true })), "product_update").await;
    let (path, place) = (format!("/shared/{word}"), format!("/ORB/updates?show={id}"));
    let ask = async |body: &str| h.post("nobody", &path, &format!("update={id}&name=Zqada&body={body}")).await;
    assert_eq!(ask("zqUntil+when+do+we+wait%3F%0A%0AzqAnd+why%3F").await.status, 200);
    let question = h.text("select id from update_question".into()).await;
    // Taken as evidence, which is edited and cut; answered, and that taken as evidence too; another says the same.
    let (asked, source) = ("zqUntil when do we wait?\n\nzqAnd why?", "Zqada, by link, about the update “What changed”");
    assert!(h.get("owner", &place).await.text.contains(source), "so it is recorded on the page");
    let evidence = h.made("owner", "evidence.record", json!({ "quote": asked, "source": source }), "evidence").await;
    h.run("owner", "evidence.split", json!({ "evidence": evidence, "quotes": "zqUntil when do we wait?\n\nzqAnd why?" })).await.unwrap();
    h.run("owner", "evidence.edit", json!({ "evidence": evidence, "source": "The council" })).await.unwrap();
    let alike = h.made("manager", "evidence.record", json!({ "quote": asked, "source": "A call" }), "evidence").await;
    h.run("owner", "update_question.answer", json!({ "question": question, "body": "In *spring*." })).await.unwrap();
    let comment = h.text("select id from comment".into()).await;
    let quote = "zqUntil when do we wait? zqAnd why? Zqada, by link In spring.";
    h.run("manager", "evidence.record", json!({ "quote": quote, "source": "Owner", "said_in": comment })).await.unwrap();
    let said = async || {
        let backup = String::from_utf8(crate::history::backup(&h.app).await).unwrap();
        let others = |line: &&str| !line.contains(&alike.replace('-', ""));
        ["Zqada", "zqUntil", "zqAnd"].into_iter().filter(|word| backup.lines().filter(others).any(|line| line.contains(word))).collect::<Vec<_>>()
    };
    assert_eq!(said().await.len(), 3);
    let page = h.get("owner", &place).await.text;
    assert!(page.contains("Asked by link before") && page.contains("Erase who asked"), "{page}");
    assert!(!h.get("developer", &place).await.text.contains("Erase who asked"));
    // Whoever may only propose puts no word of it into the proposal.
    let proposed = h.proposed("developer", "update_question.erase", json!({ "question": question })).await;
    let told_of = h.text(format!("select title || effects from proposal where id = '{}'", proposed.replace('-', ""))).await;
    assert!(!told_of.to_lowercase().contains("zq"), "{told_of}");
    h.run("owner", "proposal.sign", json!({ "proposal": proposed })).await.unwrap();
    assert_eq!(said().await, ["zqUntil", "zqAnd"], "the name went");
    assert!(h.text(format!("select body from comment where id = '{comment}'")).await.contains("> Somebody, by link\n\nIn *spring*."));
    assert!(told(h.run("owner", "update_question.erase", json!({ "question": question })).await).contains("can still be erased"));
    h.run("owner", "update_question.erase", json!({ "question": question, "said": true })).await.unwrap();
    assert_eq!(said().await, Vec::<&str>::new());
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new(), "the record is as sound as before");
    assert_eq!(h.number("select count(*) from evidence where quote = '(erased)'").await, 3, "the piece and what was cut out of it");
    assert_eq!(h.number("select count(*) from evidence where quote like '%Somebody, by link In spring.'").await, 1, "words of others stay");
    for who in ["owner", "nobody"] {
        let page = h.get(who, if who == "owner" { &place } else { &path }).await.text;
        assert!(page.contains("(erased)") && page.contains("<em>spring</em>") && !page.contains("zqUntil"), "{who}: {page}");
    }
    for page in ["/ORB/inbox", "/ORB/customers", "/ORB/conversation", "/ORB/activity", "/ORB/search?q=zqand"] {
        assert!(!h.get("developer", page).await.text.contains("Zqada"), "{page}");
    }
    // One that waits is put away with its words.
    assert_eq!(ask("zqUntil").await.status, 200);
    let waits = h.text("select id from update_question where state = 'waits'".into()).await;
    h.run("manager", "update_question.erase", json!({ "question": waits, "said": true })).await.unwrap();
    assert_eq!(h.text(format!("select state || name || body from update_question where id = '{waits}'")).await, "put_away(erased)");
    assert!(told(h.run("manager", "update_question.erase", json!({ "question": waits, "said": true })).await).contains("Nothing tells who asked"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_remark_is_taken_over_as_evidence_once_and_leads_back() {
    let h = House::new().await;
    let id = h.made("manager", "update.publish", update("roadmap", json!({ "everyone": true })), "product_update").await;
    let remark = json!({ "about": "product_update", "id": id, "body": "We lose **ten** minutes a day." });
    let remark = h.made("stakeholder", "comment.add", remark, "comment").await;
    let page = h.get("owner", &format!("/ORB/updates?show={id}")).await.text;
    assert!(page.contains("Record as evidence") && page.contains("Stakeholder, about the update “What changed”"), "{page}");
    let record = json!({ "quote": "We lose ten minutes a day.", "source": "Stakeholder", "said_in": remark });
    let evidence = h.made("owner", "evidence.record", record.clone(), "evidence").await;
    assert!(told(h.run("manager", "evidence.record", record).await).contains("evidence already"));
    assert!(h.get("owner", "/ORB/customers").await.text.contains(&format!("conversation?thread={remark}")));
    assert!(h.get("owner", &format!("/ORB/updates?show={id}")).await.text.contains(&format!("customers?show={evidence}")));
    let nowhere = json!({ "quote": "q", "said_in": "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6" });
    assert!(matches!(h.run("owner", "evidence.record", nowhere).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn that_they_were_told_is_noted_with_each_stakeholder() {
    let h = House::new().await;
    let add = async |more: Json| h.made("manager", "stakeholder.add", more, "stakeholder").await;
    let council = add(json!({ "name": "The council" })).await;
    let priya = add(json!({ "name": "Operations", "member": h.member("stakeholder") })).await;
    let press = add(json!({ "name": "Press" })).await;
    let contacts = async || h.rest(&h.token("manager").await, "GET", "/products/ORB/contacts", Json::Null).await.text.replace('-', "");
    let meant = json!({ "hats": ["stakeholder"], "stakeholders": [council] });
    h.made("manager", "update.publish", update("roadmap", meant), "product_update").await;
    let noted = contacts().await;
    assert!(noted.contains(&council) && noted.contains(&priya) && !noted.contains(&press), "{noted}");
    assert_eq!(heard(&h).await, 1, "whoever has an account");
    // Chosen as a stakeholder, whoever has an account is told; whoever has none is somebody all the same.
    h.made("manager", "update.publish", update("roadmap", json!({ "stakeholders": [priya] })), "product_update").await;
    assert_eq!(heard(&h).await, 2);
    h.made("manager", "update.publish", update("roadmap", json!({ "stakeholders": [press] })), "product_update").await;
    assert!(contacts().await.contains(&press));
    assert!(h.get("manager", "/ORB/updates").await.text.contains("1 stakeholder"));
    h.run("manager", "stakeholder.remove", json!({ "stakeholder": press })).await.unwrap();
    let gone = told(h.run("manager", "update.publish", update("roadmap", json!({ "stakeholders": [press] }))).await);
    assert!(gone.contains("not known any more"), "{gone}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_follows_releases_gets_their_notes_as_a_letter() {
    let h = House::new().await;
    let post = PostBox::of(&h.app);
    let (_, ready) = crate::launch::released(&h).await;
    let asked = json!({ "name": "Vera Ott", "email": "vera@lindau.example", "releases": true });
    h.made("manager", "stakeholder.add", asked, "stakeholder").await;
    h.made("manager", "stakeholder.add", json!({ "name": "Press", "email": "press@lindau.example" }), "stakeholder").await;
    // She stands there twice, and reads one letter.
    let twice = json!({ "name": "Riders of Lindau", "email": "Vera@Lindau.example", "releases": true });
    h.made("manager", "stakeholder.add", twice, "stakeholder").await;
    h.run("manager", "release.write_notes", json!({ "release": ready.id, "notes": "### Rain mode\n\n- It rides on" })).await.unwrap();
    h.app.work_off().await.unwrap();
    let before = post.letters().len();
    h.run("manager", "release.release", json!({ "release": ready.id })).await.unwrap();
    h.app.work_off().await.unwrap();
    let letters = post.letters().split_off(before);
    let [letter] = &letters[..] else { panic!("one letter: {letters:?}") };
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("vera@lindau.example", "Orbit: Winter"));
    assert!(letter.parts.contains(&Part::Heading("Rain mode".into())) && letter.parts.contains(&Part::Text("• It rides on".into())), "{letter:?}");
    let stop = letter.stop.clone().unwrap();
    assert!(h.post("nobody", &stop, "").await.text.contains("come by mail"));
    assert_eq!(h.number("select count(*) from stakeholder where letters_stopped_at is not null").await, 1);
}
