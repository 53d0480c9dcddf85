//! The feedback portal: strangers whose address is confirmed, members, moderation, merging, customers, and who hears what shipped.

use app::{Ask, Outcome};
use axum::{body::Body, http::Request};
use kernel::{Column, Json, Refusal, Uuid, json};
use std::sync::Arc;
use testkit::{Answer, House, PostBox, told};
use web::text::encode;

/// Opens the portal of the product at hand.
pub(crate) async fn opened(h: &House, openness: &str, moderated: bool) {
    let args = json!({ "openness": openness, "welcome": "Say it", "moderated": moderated, "shows_roadmap": true, "shows_changelog": true });
    h.made("manager", "portal.open", args, "portal").await;
}

/// A post of each kind, and what waits to be confirmed, for tests that need one of everything.
pub(crate) async fn furnished(h: &House) -> Furnished {
    opened(h, "everyone", true).await;
    let post = async |title: &str| h.made("owner", "portal_post.create", json!({ "title": title, "body": "z" }), "portal_post").await;
    let (post, into, merged) = (post("A bell").await, post("A louder bell").await, post("A horn").await);
    h.run("owner", "portal_post.merge", json!({ "post": merged, "into": into })).await.unwrap();
    let customer = h.made("owner", "customer.create", json!({ "name": "Courier" }), "customer").await;
    let voice = h.made("owner", "portal_post.vote_for", json!({ "post": into, "customer": customer }), "portal_voice").await;
    let wait = json!({ "key": h.here(), "title": "A lamp", "email": "lamp@x.org" });
    inside(h, "portal_post.receive", wait).await.unwrap();
    let turned = h.made("owner", "portal_post.create", json!({ "title": "Spam" }), "portal_post").await;
    h.run("owner", "portal_post.turn_down", json!({ "post": turned })).await.unwrap();
    let strangers = of_a_stranger(h).await;
    Furnished { post, into, merged, turned, voice, strangers }
}

/// A post of somebody without an account, whose address is confirmed.
async fn of_a_stranger(h: &House) -> String {
    inside(h, "portal_post.receive", json!({ "key": h.here(), "title": "A gate", "email": "gate@x.org" })).await.unwrap();
    // Of several products the last.
    let visitor = h.text("select id from portal_visitor where email = 'gate@x.org' order by id".into()).await;
    inside(h, "portal_visitor.write_to", json!({ "visitor": visitor })).await.unwrap();
    let hash = h.text(format!("select letter_hash from portal_visitor where id = '{visitor}'")).await;
    let wait = h.text(format!("select id from portal_wait where visitor = '{visitor}' and removed_at is null")).await;
    inside(h, "portal_visitor.confirm", json!({ "key": h.here(), "letter_hash": hash, "waits": { wait: true } })).await.unwrap();
    h.text("select id from portal_post where title = 'A gate' order by id".into()).await
}

pub(crate) struct Furnished {
    pub post: String,
    pub into: String,
    pub merged: String,
    pub turned: String,
    pub voice: String,
    pub strangers: String,
}

/// Runs what only the portal's own pages run.
async fn inside(h: &House, command: &str, args: Json) -> Result<Outcome, Refusal> {
    let ask = Ask { inside: true, ..Ask::named(Some(&h.here()), command, args) };
    h.app.run(&h.visitor("nobody", kernel::Door::Page), ask).await
}

/// A browser of a stranger, who keeps what the portal gives it.
pub(crate) struct Stranger<'a> {
    h: &'a House,
    pub(crate) cookie: String,
}

impl Stranger<'_> {
    pub(crate) fn come(h: &House) -> Stranger<'_> {
        Stranger { h, cookie: String::new() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.h.send(Request::get(path).header("cookie", &self.cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &str) -> Answer {
        let request = Request::post(path)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = self.h.send(request.body(Body::from(fields.to_owned())).unwrap()).await;
        for kept in answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            self.cookie = kept.split(';').next().unwrap().to_owned();
        }
        answer
    }
}

/// The last letter and the path of its link.
async fn last_link(h: &House, mail: &Arc<PostBox>) -> String {
    h.app.work_off().await.unwrap();
    mail.link(mail.letters().last().expect("a letter"))
}

/// What a letter's page sends where all that it shows is said to be theirs.
async fn all_theirs(stranger: &Stranger<'_>, link: &str) -> String {
    let page = stranger.get(link).await.text;
    let named = |word: &str| page.split(&format!("name=\"{word}.")).skip(1).map(|rest| format!("{word}.{}=true", &rest[..32])).collect::<Vec<_>>();
    [named("shown"), named("theirs")].concat().join("&")
}

/// Says that all that waits for a letter's word is theirs.
async fn confirm(stranger: &mut Stranger<'_>, link: &str) -> Answer {
    let fields = all_theirs(stranger, link).await;
    stranger.post(link, &fields).await
}

/// Posts with an address that is then confirmed; the id of the post.
pub(crate) async fn confirmed(h: &House, mail: &Arc<PostBox>, stranger: &mut Stranger<'_>, title: &str, email: &str) -> String {
    let left = stranger.post("/portal/ORB", &format!("title={}&body=b&follows=true&email={}", encode(title), encode(email))).await;
    assert!(left.status == 200 && left.text.contains("Look into your mail"), "{}", left.text);
    let link = last_link(h, mail).await;
    let asked = stranger.get(&link).await;
    assert!(asked.status == 200 && asked.text.contains("Yes, this is from me"), "{}", asked.text);
    let done = confirm(stranger, &link).await;
    assert!(done.status == 200 && done.text.contains("Your address is confirmed"), "{}", done.text);
    h.text(format!("select id from portal_post where title = '{title}'")).await
}

#[tokio::test]
async fn a_strangers_post_waits_for_its_address_then_for_approval_and_is_evidence() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    assert_eq!(h.get("nobody", "/portal/ORB").await.status, 404, "it is closed at first");
    opened(&h, "members", true).await;
    assert_eq!(h.get("nobody", "/portal/ORB").await.status, 404);
    assert_eq!(h.get("nobody", "/portal/NONE").await.status, 404);
    opened(&h, "everyone", true).await;
    let mut lena = Stranger::come(&h);
    assert!(lena.get("/portal/ORB").await.text.contains("Nothing has been posted yet"));
    let left =
        lena.post("/portal/ORB", "title=zqA+bell+%3Cscript%3E&body=It+is+%3Cb%3Eloud%3C%2Fb%3E&name=Lena&follows=true&email=Lena%40x.org").await;
    assert!(left.status == 200 && left.text.contains("Look into your mail"), "{}", left.text);
    // Nobody reads it before, through whatever door.
    assert_eq!(h.number("select count(*) from portal_post").await, 0);
    for (who, place) in [
        ("manager", "/ORB/portal"),
        ("manager", "/ORB/portal?shelf=waits"),
        ("manager", "/ORB/activity"),
        ("nobody", "/portal/ORB"),
        ("manager", "/ORB/search?q=zqA"),
    ] {
        let page = h.get(who, place).await.text;
        assert!(!page.contains("zqA bell") && !page.contains("lena@x.org"), "{place} as {who}");
    }
    let token = h.token("manager").await;
    for path in ["portal-waits", "portal-visitors", "activity?limit=500"] {
        let answer = h.rest(&token, "GET", &format!("/products/ORB/{path}"), Json::Null).await;
        assert!(!answer.text.contains("zqA bell") && !answer.text.contains("lena@x.org"), "{path}: {}", answer.text);
    }
    let link = last_link(&h, &mail).await;
    let letter = mail.letters().pop().unwrap();
    assert!(letter.to == "lena@x.org" && !format!("{letter:?}").contains("zqA"), "a letter carries nothing that a stranger wrote: {letter:?}");
    assert!(lena.get(&link).await.text.contains("zqA bell &lt;script&gt;"), "looking confirms nothing");
    assert_eq!(h.number("select count(*) from portal_post").await, 0);
    assert!(confirm(&mut lena, &link).await.text.contains("Your address is confirmed"));
    assert!(h.get("nobody", &link).await.text.contains("Your address is confirmed"), "a second look is no mistake");
    assert!(!lena.get("/portal/ORB").await.text.contains("zqA bell"), "it waits for approval");
    let queue = h.get("owner", "/ORB/portal?shelf=waits").await.text;
    assert!(queue.contains("zqA bell &lt;script&gt;") && queue.contains("It is &lt;b&gt;loud") && queue.contains("Lena"), "{queue}");
    let post = h.text("select id from portal_post".into()).await;
    assert_eq!(h.number("select count(*) from evidence").await, 0);
    h.proposed("developer", "portal_post.show", json!({ "post": post })).await;
    h.run("owner", "portal_post.show", json!({ "post": post })).await.unwrap();
    assert!(told(h.run("owner", "portal_post.show", json!({ "post": post })).await).contains("shown already"));
    assert_eq!(h.text("select quote || source from evidence".into()).await, "zqA bell <script>\n\nIt is <b>loud</b>Feedback portal, Lena");
    assert!(h.get("manager", "/ORB/inbox").await.text.contains("zqA bell &lt;script&gt;"));
    let outside = h.get("nobody", &format!("/portal/ORB/post/{post}")).await.text;
    assert!(outside.contains("zqA bell &lt;script&gt;") && outside.contains("It is &lt;b&gt;loud") && !outside.contains("lena@x.org"), "{outside}");
    h.run("owner", "portal_post.turn_down", json!({ "post": post, "reason": "Not ours" })).await.unwrap();
    assert_eq!(h.get("nobody", &format!("/portal/ORB/post/{post}")).await.status, 404);
    h.run("owner", "portal_post.show", json!({ "post": post })).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence").await, 1, "evidence once");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn an_address_that_is_never_confirmed_fades_away_with_all_that_was_told_of_it() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let mut lena = Stranger::come(&h);
    lena.post("/portal/ORB", "title=A+bell&email=fades%40x.org").await;
    let link = last_link(&h, &mail).await;
    h.app.clock.forward(3 * 86_400_000 + 1);
    let late = lena.get(&link).await;
    assert!(late.status == 422 && late.text.contains("has expired"), "{}", late.text);
    assert_eq!(lena.post(&link, "").await.status, 422);
    assert_eq!(h.get("nobody", "/portal/ORB/confirm/0000").await.status, 200, "what is not known is told so");
    assert_eq!(h.post("nobody", "/portal/ORB/confirm/0000", "").await.status, 404);
    h.app.clock.forward(5 * 86_400_000);
    assert!(h.app.tidy_up().await.unwrap() >= 2);
    assert_eq!(h.number("select count(*) from portal_visitor").await + h.number("select count(*) from portal_wait").await, 0);
    assert_eq!(h.number("select count(*) from activity where noun in ('portal_visitor', 'portal_wait')").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn an_address_votes_once_and_nobody_votes_for_it() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let mut lena = Stranger::come(&h);
    let post = confirmed(&h, &mail, &mut lena, "A bell", "lena@x.org").await;
    let votes = || h.text(format!("select cast(votes as text) from portal_post where id = '{post}'"));
    assert_eq!(votes().await, "1", "whoever posts wants it");
    let place = format!("/portal/ORB/post/{post}");
    assert_eq!(lena.post(&place, "votes=true").await.status, 303);
    assert_eq!(votes().await, "1", "voting twice counts once");
    // Somebody else who types that address changes nothing before its letter is answered.
    let mut other = Stranger::come(&h);
    assert!(other.post(&place, "votes=true&email=lena%40x.org").await.text.contains("Look into your mail"));
    let letter = last_link(&h, &mail).await;
    assert_eq!(votes().await, "1");
    confirm(&mut lena, &letter).await;
    assert_eq!(votes().await, "1");
    let jo = confirmed_vote(&h, &mail, &place, "jo@x.org").await;
    assert_eq!(votes().await, "2");
    assert!(jo.get(&place).await.text.contains("Take back my vote"));
    assert_eq!(lena.post(&place, "votes=false").await.status, 303);
    assert_eq!(votes().await, "1");
    assert_eq!(other.post(&place, "votes=true&email=nonsense").await.status, 422);
    assert_eq!(other.post(&place, "email=else%40x.org").await.status, 422, "nothing was said");
    assert_eq!(other.post("/portal/ORB/post/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6", "votes=true&email=a%40x.org").await.status, 404);
    h.run("developer", "portal_post.vote", json!({ "post": post, "votes": true })).await.unwrap();
    h.run("developer", "portal_post.vote", json!({ "post": post, "votes": true })).await.unwrap();
    let acme = h.made("owner", "customer.create", json!({ "name": "Acme", "revenue": 5000 }), "customer").await;
    let voice = h.made("owner", "portal_post.vote_for", json!({ "post": post, "customer": acme }), "portal_voice").await;
    assert!(told(h.run("manager", "portal_post.vote_for", json!({ "post": post, "customer": acme })).await).contains("a vote here already"));
    assert_eq!(votes().await, "3");
    let panel = h.get("owner", &format!("/ORB/portal?open={post}")).await.text;
    assert!(panel.contains("Acme") && panel.contains("Developer") && panel.contains("1 confirmed address"), "{panel}");
    assert!(matches!(h.run("assistant", "portal_post.vote", json!({ "post": post, "votes": true })).await, Err(Refusal::Denied { .. })));
    h.run("owner", "portal_voice.remove", json!({ "voice": voice })).await.unwrap();
    h.run("developer", "portal_post.vote", json!({ "post": post, "votes": false })).await.unwrap();
    assert_eq!(votes().await, "1");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// The cookie of a browser whose address is confirmed by a vote for a post.
pub(crate) async fn known(h: &House, mail: &Arc<PostBox>, post: &str, email: &str) -> String {
    confirmed_vote(h, mail, &format!("/portal/ORB/post/{post}"), email).await.cookie
}

/// Votes for a post and follows it, with an address that is then confirmed.
async fn confirmed_vote<'a>(h: &'a House, mail: &Arc<PostBox>, place: &str, email: &str) -> Stranger<'a> {
    let mut stranger = Stranger::come(h);
    stranger.post(place, &format!("votes=true&follows=true&email={}", encode(email))).await;
    let link = last_link(h, mail).await;
    assert!(stranger.get(&link).await.text.contains("A vote, and letters when it ships"));
    confirm(&mut stranger, &link).await;
    stranger
}

#[tokio::test]
async fn merging_keeps_votes_and_is_taken_apart_again() {
    let h = House::new().await;
    opened(&h, "members", true).await;
    let post = async |who: &str, title: &str| h.made(who, "portal_post.create", json!({ "title": title }), "portal_post").await;
    let (bell, horn, whistle, lamp) =
        (post("owner", "A bell").await, post("developer", "A horn").await, post("manager", "A whistle").await, post("owner", "A lamp").await);
    let vote = async |who: &str, post: &str| h.run(who, "portal_post.vote", json!({ "post": post, "votes": true })).await.unwrap();
    vote("developer", &bell).await;
    vote("stakeholder", &horn).await;
    let votes = async |post: &str| h.text(format!("select cast(votes as text) from portal_post where id = '{post}'")).await;
    let merge = async |post: &str, into: &str| h.run("owner", "portal_post.merge", json!({ "post": post, "into": into })).await;
    assert!(told(merge(&bell, &bell).await).contains("one post already"));
    merge(&whistle, &horn).await.unwrap();
    assert_eq!(votes(&horn).await, "3");
    merge(&horn, &bell).await.unwrap();
    assert_eq!(votes(&bell).await, "4", "the developer wants two of them and counts once");
    // Merged posts among themselves.
    assert!(told(merge(&horn, &lamp).await).contains("merged into another post already"));
    assert!(told(merge(&bell, &whistle).await).contains("one post already"));
    merge(&lamp, &whistle).await.unwrap();
    assert_eq!(votes(&bell).await, "4", "what a merged post stands for is meant; the owner counts once");
    let page = h.get("stakeholder", "/ORB/portal").await.text;
    assert!(page.contains("A bell") && !page.contains("A horn") && page.contains("3 posts merged into it"), "{page}");
    // A vote for what was merged counts where it stands.
    h.run("stakeholder", "portal_post.vote", json!({ "post": whistle, "votes": false })).await.unwrap();
    assert_eq!(votes(&bell).await, "3");
    vote("stakeholder", &horn).await;
    h.run("owner", "portal_post.unmerge", json!({ "post": horn })).await.unwrap();
    assert_eq!((votes(&bell).await, votes(&horn).await), ("3".into(), "2".into()), "the whistle goes with the horn, and the lamp stays");
    assert!(told(h.run("owner", "portal_post.unmerge", json!({ "post": horn })).await).contains("merged into no other"));
    assert_eq!(h.text(format!("select root from portal_post where id = '{whistle}'")).await, horn);
    assert!(told(h.run("owner", "portal_post.remove", json!({ "post": horn })).await).contains("Take them apart first"));
    h.run("owner", "portal_post.unmerge", json!({ "post": whistle })).await.unwrap();
    h.run("owner", "portal_post.remove", json!({ "post": whistle })).await.unwrap();
    h.proposed("developer", "portal_post.merge", json!({ "post": horn, "into": bell })).await;
    assert_eq!(h.number("select count(*) from evidence where removed_at is null").await, 4, "evidence stays");
    let board = h.rest(&h.token("developer").await, "GET", "/products/ORB/portal/board?q=bell", Json::Null).await.json();
    assert_eq!(board["items"][0]["title"], "A bell");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn followers_hear_once_it_ships_and_can_end_that() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let mut lena = Stranger::come(&h);
    let post = confirmed(&h, &mail, &mut lena, "A bell", "lena@x.org").await;
    let horn = h.made("owner", "portal_post.create", json!({ "title": "A horn" }), "portal_post").await;
    confirmed_vote(&h, &mail, &format!("/portal/ORB/post/{horn}"), "jo@x.org").await;
    h.run("owner", "portal_post.merge", json!({ "post": horn, "into": post })).await.unwrap();
    let feature = h.made("manager", "feature.create", json!({ "title": "Bells" }), "feature").await;
    let answered = json!({ "post": post, "status": "planned", "answer": "In *spring*.", "feature": feature });
    h.run("owner", "portal_post.edit", answered).await.unwrap();
    assert!(h.get("nobody", &format!("/portal/ORB/post/{post}")).await.text.contains("In *spring*."));
    let sent = mail.letters().len();
    let released = json!({ "feature": feature, "state": "released" });
    let outcome = h.run("manager", "feature.edit", released).await.unwrap();
    if let Outcome::Proposed(asked) = outcome {
        h.run("owner", "proposal.sign", json!({ "proposal": asked.proposal })).await.unwrap();
    }
    assert_eq!(h.text(format!("select status from portal_post where id = '{post}'")).await, "shipped");
    h.app.work_off().await.unwrap();
    let mut to: Vec<String> = mail.letters()[sent..].iter().map(|letter| letter.to.clone()).collect();
    to.sort();
    assert_eq!(to, ["jo@x.org", "lena@x.org"], "whoever follows what was merged hears too");
    let letter = mail.letters().into_iter().rfind(|letter| letter.to == "lena@x.org").unwrap();
    assert!(letter.subject.contains("“A bell” has shipped") && mail.link(&letter) == format!("/portal/ORB/post/{post}"), "{letter:?}");
    let stop = letter.stop.unwrap();
    assert!(h.get("nobody", &stop).await.text.contains("Stop these letters"));
    assert!(h.post("nobody", &stop, "").await.text.contains("No letters of this portal"));
    assert_eq!(h.post("nobody", "/portal-letters/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6", "").await.status, 200, "nobody learns which there are");
    h.run("owner", "portal_post.edit", json!({ "post": post, "status": "open" })).await.unwrap();
    let sent = mail.letters().len();
    h.run("owner", "portal_post.edit", json!({ "post": post, "status": "shipped" })).await.unwrap();
    h.app.work_off().await.unwrap();
    let to: Vec<String> = mail.letters()[sent..].iter().map(|letter| letter.to.clone()).collect();
    assert_eq!(to, ["jo@x.org"]);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_asks_for_the_same_is_shown_while_it_is_typed_and_after() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", true).await;
    let bell = h.made("owner", "portal_post.create", json!({ "title": "A louder bell on the handlebar" }), "portal_post").await;
    for (who, place) in [("nobody", "/portal/ORB/alike"), ("developer", "/ORB/portal/alike")] {
        let like = h.get(who, &format!("{place}?title=louder+bell+for+the+handlebar")).await;
        assert!(like.status == 200 && like.text.contains("A louder bell") && like.text.contains(&bell), "{}", like.text);
        assert_eq!(h.get(who, &format!("{place}?title=Sunday+prices")).await.text, "");
    }
    let left = h.post("nobody", "/portal/ORB", "title=A+loud+bell+on+the+handlebar&email=a%40x.org").await.text;
    assert!(left.contains("Is it one of these?") && left.contains("A louder bell"), "{left}");
    h.app.work_off().await.unwrap();
    assert_eq!(mail.letters().len(), 1);
    assert_eq!(h.get("outsider", "/ORB/portal/alike?title=bell").await.status, 404);
}

#[tokio::test]
async fn many_strangers_and_long_texts_hold_nobody_up() {
    let h = House::new().await;
    PostBox::of(&h.app);
    opened(&h, "everyone", true).await;
    let long = h.post("nobody", "/portal/ORB", &format!("title=t&email=a%40x.org&body={}", "x".repeat(100_000))).await;
    assert!(long.status == 413 && long.text.contains("too large"), "{}", long.text);
    let wrong = h.post("nobody", "/portal/ORB", &format!("title=Kept&email=b%40x.org&body={}", "y".repeat(6_000))).await;
    assert!(wrong.status == 422 && wrong.text.contains("value=\"Kept\"") && wrong.text.contains("yyyy"), "what was typed comes back");
    assert_eq!(h.post("nobody", "/portal/ORB", "title=&email=c%40x.org").await.status, 422);
    assert_eq!(h.post("nobody", "/portal/ORB", "title=a%00b&email=c%40x.org").await.status, 422);
    let mut statuses = vec![];
    for n in 0..200 {
        statuses.push(h.post("nobody", "/portal/ORB", &format!("title=Spam+{n}&email=s{n}%40x.org")).await.status.as_u16());
    }
    assert!(statuses.iter().filter(|status| **status == 200).count() <= 5 && statuses.contains(&429), "{statuses:?}");
    assert!(h.number("select count(*) from portal_wait").await <= 5);
    h.made("owner", "portal_post.create", json!({ "title": "Still here" }), "portal_post").await;
    // Whoever was refused has used nothing up of what all share.
    assert!((0..100).all(|_| h.app.limits.crowd("portal ORB").is_ok()));
}

/// What is kept of the word by which a stranger's browser is known.
fn kept_hash(stranger: &Stranger<'_>) -> String {
    app::secret::hash(stranger.cookie.strip_prefix("portal=").unwrap())
}

#[tokio::test]
async fn where_much_waits_the_oldest_goes_and_nobody_is_refused() {
    let h = House::new().await;
    PostBox::of(&h.app);
    opened(&h, "everyone", true).await;
    let post = async |title: String| inside(&h, "portal_post.receive", json!({ "key": "ORB", "title": title, "email": "first@x.org" })).await;
    post("The oldest".into()).await.unwrap();
    let many = "insert into portal_wait (id, product, version, created_at, updated_at, visitor, title, body, name, votes, follows, waiting_since)
                select $1, product, 1, 1, 1, visitor, 'w', '', '', 1, 0, 1 from portal_wait where title = 'The oldest'";
    let later = |n| Uuid::from_u128(kernel::value::BEHIND_ALL.as_u128() - n).value();
    h.app.store.write(move |writer| (1..2_000).try_for_each(|n| writer.put(many, vec![later(n)]))).await.unwrap();
    inside(&h, "portal_post.receive", json!({ "key": "ORB", "title": "A newcomer", "email": "second@x.org" })).await.unwrap();
    assert_eq!(h.number("select count(*) from portal_wait where removed_at is null").await, 2_000);
    assert_eq!(h.number("select count(*) from portal_wait where removed_at is null and title = 'The oldest'").await, 0);
    assert_eq!(h.number("select count(*) from portal_wait where removed_at is null and title = 'A newcomer'").await, 1);
}

#[tokio::test]
async fn whoever_has_confirmed_an_address_has_bounds_too() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", true).await;
    let bell = h.made("owner", "portal_post.create", json!({ "title": "A bell" }), "portal_post").await;
    let place = format!("/portal/ORB/post/{bell}");
    let mut lena = confirmed_vote(&h, &mail, &place, "lena@x.org").await;
    let hash = kept_hash(&lena);
    let post = async |n: i32| inside(&h, "portal_post.receive", json!({ "key": "ORB", "title": format!("Spam {n}"), "kept_hash": hash })).await;
    for n in 0..20 {
        post(n).await.unwrap();
    }
    assert!(told(post(20).await).contains("Many of your posts wait for approval"));
    let mut statuses = vec![];
    for n in 0..40 {
        statuses.push(lena.post(&place, &format!("votes={}", n % 2 == 0)).await.status.as_u16());
    }
    assert!(statuses.contains(&303) && statuses.last() == Some(&429), "{statuses:?}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn one_letter_a_day_asks_and_each_thing_is_confirmed_by_itself() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let post =
        async |title: &str, email: &str| inside(&h, "portal_post.receive", json!({ "key": "ORB", "title": title, "email": email })).await.unwrap();
    let letters = async || {
        h.app.work_off().await.unwrap();
        mail.letters().len()
    };
    post("Mine", "lena@x.org").await;
    let link = last_link(&h, &mail).await;
    post("Of somebody else", "lena@x.org").await;
    assert_eq!(letters().await, 1, "the letter that is there shows it too");
    let mut lena = Stranger::come(&h);
    let page = lena.get(&link).await.text;
    assert!(page.contains("Mine") && page.contains("Of somebody else") && !page.contains(" checked"), "{page}");
    let shown = all_theirs(&lena, &link).await.split("&theirs").next().unwrap().to_owned();
    let none = lena.post(&link, &shown).await;
    assert!(none.status == 422 && none.text.contains("Tick what is from you"), "{}", none.text);
    let ids = |title: &str| h.text(format!("select id from portal_wait where title = '{title}'"));
    let (mine, other) = (ids("Mine").await.replace('-', ""), ids("Of somebody else").await.replace('-', ""));
    // What came after the page was drawn was not shown, and goes on waiting.
    post("Later", "lena@x.org").await;
    let done = lena.post(&link, &format!("shown.{mine}=true&shown.{other}=true&theirs.{mine}=true")).await;
    assert!(done.text.contains("Your address is confirmed"), "{}", done.text);
    assert_eq!(h.text("select title from portal_post".into()).await, "Mine");
    assert_eq!(h.text("select title from portal_wait where removed_at is null".into()).await, "Later");
    // The word in the letter is not the one by which the browser is known, and that has an end.
    assert_eq!(h.text("select case when letter_hash = kept_hash then 'same' else 'another' end from portal_visitor".into()).await, "another");
    assert!(lena.get("/portal/ORB").await.text.contains("Forget this browser"));
    assert_eq!(lena.post(&link, "").await.status, 404, "a word works once");
    h.app.clock.forward(181 * 86_400_000);
    assert!(!lena.get("/portal/ORB").await.text.contains("Forget this browser"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn letters_that_confirm_can_be_refused_for_good_and_had_again() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let post = async |title: &str| inside(&h, "portal_post.receive", json!({ "key": "ORB", "title": title, "email": "jo@x.org" })).await.unwrap();
    let letters = async || {
        h.app.work_off().await.unwrap();
        mail.letters().len()
    };
    post("A bell").await;
    assert_eq!(letters().await, 1);
    let stop = mail.letters().pop().unwrap().stop.expect("a way out stands in it");
    assert!(h.post("nobody", &stop, "").await.text.contains("No letters of this portal"));
    for day in [2, 9, 9] {
        h.app.clock.forward(day * 86_400_000);
        h.app.tidy_up().await.unwrap();
        post("A horn").await;
        assert_eq!(letters().await, 1, "silence");
    }
    assert!(h.post("nobody", &format!("{stop}/again"), "").await.text.contains("Stop these letters"));
    assert_eq!(letters().await, 2, "what waits asks again");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn an_address_is_forgotten_with_its_votes_and_every_line_that_tells_of_it() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let mut lena = Stranger::come(&h);
    let post = confirmed(&h, &mail, &mut lena, "A bell", "lena@x.org").await;
    h.run("developer", "portal_post.vote", json!({ "post": post, "votes": true })).await.unwrap();
    let mut other = Stranger::come(&h);
    other.post(&format!("/portal/ORB/post/{post}"), "votes=true&email=lena%40x.org").await;
    let stop = mail.letters().pop().unwrap().stop.unwrap();
    assert!(h.get("nobody", &stop).await.text.contains("Forget my address"));
    assert!(h.post("nobody", &format!("{stop}/forget"), "").await.text.contains("is forgotten"));
    assert!(h.post("nobody", &format!("{stop}/forget"), "").await.text.contains("is forgotten"), "nobody learns whether it was there");
    assert_eq!(h.text(format!("select cast(votes as text) from portal_post where id = '{post}'")).await, "1");
    assert!(!lena.get("/portal/ORB").await.text.contains("Forget this browser"));
    h.app.tidy_up().await.unwrap();
    assert_eq!(h.number("select count(*) from portal_visitor").await + h.number("select count(*) from portal_wait").await, 0);
    assert_eq!(h.number("select count(*) from activity where changes like '%lena@%' or label like '%lena@%'").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_left_late_lasts_as_long_and_counts_once_after_a_merge() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    opened(&h, "everyone", false).await;
    let post = async |title: &str| h.made("owner", "portal_post.create", json!({ "title": title }), "portal_post").await;
    let (bell, horn) = (post("A bell").await, post("A horn").await);
    let mut jo = Stranger::come(&h);
    jo.post(&format!("/portal/ORB/post/{bell}"), "votes=true&email=jo%40x.org").await;
    h.app.work_off().await.unwrap();
    h.app.clock.forward(6 * 86_400_000);
    jo.post(&format!("/portal/ORB/post/{horn}"), "votes=true&follows=true&email=jo%40x.org").await;
    h.app.clock.forward(86_400_000 + 3_600_000);
    h.app.tidy_up().await.unwrap();
    assert_eq!(h.number("select count(*) from portal_visitor").await, 1, "the address lasts as long as what was left for it");
    let link = last_link(&h, &mail).await;
    jo.post(&format!("/portal/ORB/post/{bell}"), "votes=true&email=jo%40x.org").await;
    h.run("owner", "portal_post.merge", json!({ "post": horn, "into": bell })).await.unwrap();
    assert!(confirm(&mut jo, &link).await.text.contains("Your address is confirmed"));
    assert_eq!(h.number("select count(*) from portal_voice where visitor is not null and votes = 1 and follows = 1").await, 1);
    assert_eq!(h.text(format!("select cast(votes as text) from portal_post where id = '{bell}'")).await, "2");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn votes_for_a_customer_are_of_the_one_they_are_merged_into_and_count_once() {
    let h = House::new().await;
    opened(&h, "members", true).await;
    let post = async |title: &str| h.made("owner", "portal_post.create", json!({ "title": title }), "portal_post").await;
    let (bell, horn, lamp) = (post("A bell").await, post("A horn").await, post("A lamp").await);
    let customer = async |name: &str| h.made("owner", "customer.create", json!({ "name": name }), "customer").await;
    let (acme, branch) = (customer("Acme").await, customer("Acme Branch").await);
    let vote = async |post: &str, customer: &str| h.run("owner", "portal_post.vote_for", json!({ "post": post, "customer": customer })).await;
    for (post, customer) in [(&bell, &acme), (&bell, &branch), (&horn, &branch), (&lamp, &acme)] {
        vote(post, customer).await.unwrap();
    }
    h.run("owner", "portal_post.merge", json!({ "post": lamp, "into": horn })).await.unwrap();
    let votes = async |post: &str| h.text(format!("select cast(votes as text) from portal_post where id = '{post}'")).await;
    assert_eq!((votes(&bell).await, votes(&horn).await), ("3".into(), "3".into()));
    h.run("owner", "customer.merge", json!({ "customer": branch, "into": "Acme" })).await.unwrap();
    assert_eq!((votes(&bell).await, votes(&horn).await), ("2".into(), "2".into()), "one customer counts once");
    assert!(told(vote(&horn, &acme).await).contains("a vote here already"));
    assert!(h.get("owner", &format!("/ORB/portal?open={bell}")).await.text.contains("Acme"));
    let page = h.get("owner", &format!("/ORB/customer-list?open={acme}")).await.text;
    let asks = page.split("What they ask for").nth(1).unwrap_or_else(|| panic!("{page}"));
    for (post, times) in [(&bell, 1), (&horn, 1), (&lamp, 0)] {
        assert_eq!(asks.matches(&format!("portal?open={post}")).count(), times, "what was merged stands for the other, and once: {asks}");
    }
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!((votes(&bell).await, votes(&horn).await), ("3".into(), "3".into()), "and is taken back as one act");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_portal_shows_what_it_is_set_up_to_and_nothing_that_stakeholders_do_not_see() {
    let h = House::new().await;
    opened(&h, "everyone", true).await;
    let bet = h.made("manager", "initiative.create", json!({ "title": "zqbet" }), "initiative").await;
    for place in ["roadmap", "changelog"] {
        assert_eq!(h.get("nobody", &format!("/portal/ORB/{place}")).await.status, 200, "{place}");
    }
    let page = h.get("nobody", "/portal/ORB/roadmap").await.text;
    assert!(page.contains("zqbet") && !page.contains("Released"), "{page}");
    // What reached users is no longer thought about for later.
    let asked = h.proposed("manager", "initiative.edit", json!({ "initiative": bet, "state": "released" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("nobody", "/portal/ORB/roadmap").await.text;
    let (horizons, released) = page.split_once("<h2>Released</h2>").unwrap();
    assert!(!horizons.contains("zqbet") && released.contains("zqbet"), "{page}");
    let less = json!({ "openness": "everyone", "shows_roadmap": false, "shows_changelog": false });
    h.run("manager", "portal.open", less.clone()).await.unwrap();
    for place in ["roadmap", "changelog"] {
        assert_eq!(h.get("nobody", &format!("/portal/ORB/{place}")).await.status, 404, "{place}");
    }
    let asked = h.proposed("owner", "portal.open", json!({ "openness": "closed" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.get("nobody", "/portal/ORB").await.status, 404);
    assert!(told(h.run("owner", "portal_post.create", json!({ "title": "t" })).await).contains("portal is closed"));
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "customers", "hat": "stakeholder", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(told(h.run("manager", "portal.open", less).await).contains("stakeholders do not see"));
    // Without mail nobody could confirm an address.
    let h = House::new().await;
    opened(&h, "everyone", true).await;
    assert!(h.get("nobody", "/portal/ORB").await.text.contains("none are sent from here yet"));
    assert_eq!(h.post("nobody", "/portal/ORB", "title=t&email=a%40x.org").await.status, 422);
}
