//! What pages offer: no control that would only be refused, whoever looks.

use app::{Ask, Batch, Visitor};
use axum::{body::Body, http::Request};
use kernel::{Area, Door, Hat, Refusal, json, matrix::Way};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use testkit::{Answer, House, offered::Offered};
use web::text::encode;

/// A house with something on every page.
async fn lived_in() -> House {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "open", "criteria": ["c"], "feature": "2" }), "story").await;
    h.made("owner", "story.create", json!({ "title": "handed over", "criteria": ["c"] }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3", "4"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "4" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "4" })).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "in the backlog" }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-10-05", "ends_on": "2026-10-18" })).await.unwrap();
    h
}

/// The same with more of everything, and with people who hold several hats, or one on loan.
async fn shared() -> House {
    let mut h = lived_in().await;
    h.add("both", &[Hat::Manager, Hat::Owner]).await;
    h.add("maker", &[Hat::Developer, Hat::Stakeholder]).await;
    h.add("borrower", &[Hat::Developer]).await;
    let (h, mut numbers) = (h, vec![]);
    for title in ["ready", "blocked", "rejected", "accepted", "dropped", "removed", "started"] {
        let id = h.made("owner", "story.create", json!({ "title": title, "criteria": ["one", "two"], "labels": ["a", "b"] }), "story").await;
        numbers.push(h.text(format!("select cast(number as text) from story where id = '{id}'")).await);
    }
    let [ready, blocked, rejected, accepted, dropped, removed, started]: [String; 7] = numbers.try_into().unwrap_or_else(|_| panic!("seven"));
    h.run("developer", "story.estimate", json!({ "story": ready, "points": 3 })).await.unwrap();
    h.run("owner", "story.mark_ready", json!({ "story": ready, "ready": true })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [blocked, rejected, accepted, started] })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": blocked, "reason": "r" })).await.unwrap();
    for story in [&rejected, &accepted, &started] {
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    }
    for story in [&rejected, &accepted] {
        h.run("developer", "story.hand_over", json!({ "story": story })).await.unwrap();
    }
    h.run("owner", "story.reject", json!({ "story": rejected, "reason": "r" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": accepted, "reason": "r" })).await.unwrap();
    h.run("owner", "story.drop", json!({ "story": dropped, "dropped": true })).await.unwrap();
    h.run("owner", "story.remove", json!({ "story": removed })).await.unwrap();
    h.run("owner", "story.assign", json!({ "story": started, "member": h.member("developer") })).await.unwrap();
    h.run("owner", "story.link", json!({ "links": [{ "story": ready, "verb": "relates", "to": blocked }] })).await.unwrap();
    for stage in ["open", "doing", "accepted"] {
        let brought = json!({ "origin": format!("csv:{stage}"), "title": format!("brought in {stage}"), "kind": "story", "stage": stage });
        h.run("owner", "story.bring_in", brought).await.unwrap();
    }
    h.run("owner", "import.record", json!({ "format": "csv", "file_name": "f" })).await.unwrap();
    let story = h.text(format!("select id from story where number = {started}")).await;
    for who in ["manager", "owner", "developer", "stakeholder"] {
        let comment = h.made(who, "comment.add", json!({ "about": "story", "id": story, "body": who }), "comment").await;
        h.run("owner", "comment.react", json!({ "comment": comment, "sign": "agree" })).await.unwrap();
        h.run(who, "comment.add", json!({ "about": "story", "id": story, "body": "and", "parent": comment })).await.unwrap();
        h.run(who, "comment.resolve", json!({ "comment": comment, "resolved": who == "manager" })).await.unwrap();
        h.run(who, "evidence.record", json!({ "quote": format!("{who} heard it") })).await.unwrap();
    }
    // What waits for each of them, made by each of them.
    for (who, command, args) in [
        ("manager", "story.create", json!({ "title": "asked" })),
        ("developer", "story.move", json!({ "story": ready, "to": "top" })),
        ("developer", "sprint.edit", json!({ "sprint": "1", "goal": "g" })),
        ("stakeholder", "story.create", json!({ "title": "wished" })),
        ("owner", "initiative.create", json!({ "title": "other" })),
        ("manager", "initiative.move", json!({ "initiative": "1", "horizon": "now" })),
        ("developer", "product.edit", json!({ "about": "z" })),
        ("both", "product.edit", json!({ "ready_list": "z" })),
    ] {
        h.run(who, command, args).await.unwrap();
    }
    h.run("owner", "proposal.open", json!({ "title": "A question", "area": "backlog" })).await.unwrap();
    let joint = h.made("manager", "proposal.open", json!({ "title": "For both", "area": "commitments" }), "proposal").await;
    for who in ["owner", "developer", "maker"] {
        h.run(who, "proposal.ask", json!({ "proposal": joint, "body": "Why?" })).await.unwrap();
    }
    h.run("developer", "proposal.object", json!({ "proposal": joint, "body": "Too soon" })).await.unwrap();
    let aside = h.made("developer", "proposal.open", json!({ "title": "For either", "area": "customers" }), "proposal").await;
    h.run("owner", "proposal.stand_aside", json!({ "proposal": aside })).await.unwrap();
    let asked = h.proposed("manager", "membership.invite", json!({ "email": "late@x.org", "hats": ["developer"] })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.run("owner", "hat.lend", json!({ "to": h.member("borrower"), "hat": "owner", "until": "2026-09-30" })).await.unwrap();
    let seen = h.get("stakeholder", "/ORB/").await;
    assert_eq!(seen.status, 200);
    h
}

const PLACES: &[&str] = &[
    "/ORB/",
    "/ORB/customers",
    "/ORB/strategy",
    "/ORB/roadmap",
    "/ORB/roadmap?open=1",
    "/ORB/roadmap?open=2",
    "/ORB/timeline",
    "/ORB/outcome-tree",
    "/ORB/priorities",
    "/ORB/rounds",
    "/ORB/poker",
    "/ORB/cadence",
    "/ORB/decisions",
    "/ORB/who-decides",
    "/ORB/backlog",
    "/ORB/backlog?open=5",
    "/ORB/backlog/several",
    "/ORB/pick?kind=5",
    "/ORB/story/3",
    "/ORB/sprint",
    "/ORB/sprint?sprint=2",
    "/ORB/sprint?open=4",
    "/ORB/acceptance",
    "/ORB/coverage?which=all",
    "/ORB/runs",
    "/ORB/repositories",
    "/ORB/settings",
    "/ORB/webhooks",
    "/ORB/import",
];

/// Where somebody looks, and what was tried there.
struct Walk<'a> {
    h: &'a House,
    who: &'static str,
    cookie: String,
    tried: HashSet<(String, Vec<(String, String)>)>,
    pages: usize,
    wrong: BTreeSet<String>,
}

/// So many pages of one kind are looked at, such as stories.
const OF_A_KIND: usize = 2;
/// And so many of those at one path that are asked for several things at once: there are as many kinds of these as there are
/// ways to put filters together.
const OF_SEVERAL: usize = 8;
const SEVERAL: &str = "several";

impl<'a> Walk<'a> {
    async fn new(h: &'a House, who: &'static str) -> Walk<'a> {
        let cookie = if who == "nobody" { String::new() } else { h.cookie(who).await };
        Walk { h, who, cookie, tried: HashSet::new(), pages: 0, wrong: BTreeSet::new() }
    }

    async fn look(&self, address: &str) -> Answer {
        let request = Request::get(address).header("cookie", &self.cookie);
        self.h.send(request.body(Body::empty()).unwrap()).await
    }

    /// Goes wherever links lead, and tries whatever is offered there.
    async fn everywhere(&mut self, start: &[&str]) {
        let mut ways: VecDeque<(String, String)> = start.iter().map(|way| ((*way).to_owned(), String::new())).collect();
        let mut seen: HashSet<String> = start.iter().map(|way| (*way).to_owned()).collect();
        let mut of_a_kind: HashMap<String, usize> = HashMap::new();
        while let Some((address, from)) = ways.pop_front() {
            let page = self.look(&address).await;
            // Where the walk begins may not be theirs; what leads on must be.
            if from.is_empty() && page.status.is_client_error() {
                continue;
            }
            if !(page.status.is_success() || page.status.is_redirection()) {
                self.wrong.insert(format!("a link on {from} leads the {} to {address}: {}", self.who, page.status));
                continue;
            }
            self.pages += 1;
            if !page.kind.as_deref().unwrap_or_default().starts_with("text/html") {
                continue;
            }
            let offered = Offered::read(&page.text);
            for link in &offered.links {
                let Some(to) = led(&address, link) else { continue };
                let kind = kind_of(&to);
                let most = if kind.ends_with(SEVERAL) { OF_SEVERAL } else { OF_A_KIND };
                let of = of_a_kind.entry(kind).or_default();
                if *of < most && seen.insert(to.clone()) {
                    *of += 1;
                    ways.push_back((to, address.clone()));
                }
            }
            self.offered_at(&address, &offered).await;
        }
    }

    async fn offered_at(&mut self, address: &str, offered: &Offered) {
        let names = |names: &[&str], id: &str| names.iter().map(|name| ((*name).to_owned(), id.to_owned())).collect::<Vec<_>>();
        for control in &offered.controls {
            // The shared menu is about the row that it opens at, the bar about those that are chosen.
            let about: Vec<Vec<(String, String)>> = match (control.form.as_str(), &control.bulk) {
                ("pick", _) if control.fields.last().is_some_and(|(_, value)| !value.is_empty()) => vec![vec![]],
                ("mover" | "pick", _) | (_, Some(_)) => offered
                    .rows
                    .iter()
                    .filter(|row| if control.bulk.is_some() { row.chosen } else { row.menu })
                    .filter(|row| control.on.is_empty() || control.on.iter().any(|word| row.state.contains(word)))
                    .filter(|row| !control.not.iter().any(|word| row.state.contains(word)))
                    .map(|row| match (control.form.as_str(), &control.bulk) {
                        ("mover", _) => names(&["story", "stories"], &row.id),
                        (_, Some(name)) => names(&[name.as_str()], &row.id),
                        _ => control
                            .fields
                            .last()
                            .map_or(vec![], |(name, value)| names(&[name.as_str()], if value.is_empty() { &row.id } else { value })),
                    })
                    .collect(),
                _ => vec![vec![]],
            };
            for more in about {
                let mut fields: Vec<_> = control.fields.iter().filter(|(name, _)| !more.iter().any(|(known, _)| known == name)).cloned().collect();
                fields.extend(more);
                if self.tried.insert((control.action.clone(), fields.clone())) {
                    let went =
                        if control.post { self.run(&control.action, &fields).await } else { self.ask(address, &control.action, &fields).await };
                    if let Err(why) = went {
                        self.wrong.insert(format!("{address} offers the {} {} with {fields:?}: {why}", self.who, control.action));
                    }
                }
            }
        }
    }

    /// Asks for what a form that changes nothing leads to.
    async fn ask(&self, address: &str, action: &str, fields: &[(String, String)]) -> Result<(), String> {
        let query: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let to =
            if action.is_empty() { address.split('?').next().unwrap_or_default().to_owned() } else { led(address, action).ok_or("elsewhere")? };
        let page = self.look(&format!("{to}?{}", query.join("&"))).await;
        if page.status.is_success() || page.status.is_redirection() || page.status == 422 { Ok(()) } else { Err(page.status.to_string()) }
    }

    /// Runs a form's command so that nothing is kept, and each meets the same house.
    async fn run(&self, action: &str, fields: &[(String, String)]) -> Result<(), String> {
        let (product, command) = match action.split_once("do/") {
            Some(("/", command)) => (None, command),
            Some((before, command)) => (Some(before.trim_matches('/')), command),
            // Signing out, a password, a file: pages of their own.
            None => return Ok(()),
        };
        let offered = self.h.app.registry.command(command).map_err(|e| e.to_string())?;
        let about = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let ask = |fields: &[(String, String)]| {
            let mut ask =
                Ask::named(product, command, web::forms::arguments(&offered.schema, fields, web::forms::by_hand).unwrap_or_else(|_| json!({})));
            if let Some(version) = about("version").and_then(|version| version.parse::<i64>().ok()) {
                ask.args["version"] = json!(version);
            }
            ask.hat = about("_hat").and_then(|hat| Hat::parse(&hat));
            ask.as_proposal = about("_propose").is_some_and(|yes| !yes.is_empty());
            ask
        };
        let credential = match self.cookie.strip_prefix("tandem=") {
            Some(word) => app::Credential::Session(app::secret::hash(word)),
            None => app::Credential::Nobody,
        };
        let batch = Batch { asks: vec![ask(fields)], title: None, dry: true };
        match self.h.app.run_all(&Visitor { credential, door: Door::Page }, batch, |_| {}).await {
            Err(refusal @ (Refusal::Denied { .. } | Refusal::NotFound | Refusal::SignIn)) => Err(refusal.sentence()),
            Err(refusal) if refusal.is_ours() => Err(refusal.sentence()),
            _ => Ok(()),
        }
    }
}

/// Where a link on a page leads within the house.
fn led(from: &str, link: &str) -> Option<String> {
    let link = link.split('#').next().unwrap_or_default();
    let (path, _) = from.split_once('?').unwrap_or((from, ""));
    let to = match link.chars().next()? {
        '/' => link.to_owned(),
        '?' => format!("{path}{link}"),
        _ if link.contains("://") || link.starts_with("mailto:") => return None,
        _ => format!("{}/{link}", path.rsplit_once('/')?.0),
    };
    let aside = ["/assets/", "/sign-out", "/live", "/help", "/demo"];
    (!aside.iter().any(|way| to.starts_with(way))).then_some(to)
}

/// Its path without numbers and ids, and what is asked of it.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let id = |part: &&str| part.len() == 32 && part.chars().all(|c| c.is_ascii_hexdigit());
    let parts: Vec<&str> = path.split('/').map(|part| if id(&part) { "" } else { part }).collect();
    let asked: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    let asked = if asked.len() > 1 { SEVERAL } else { asked[0] };
    format!("{}?{asked}", parts.join("/").replace(|c: char| c.is_ascii_digit(), ""))
}

/// Visitors with one hat, with none, and with more on one head.
const SEATS: &[&str] = &["manager", "owner", "developer", "stakeholder", "outsider", "nobody", "both", "maker", "borrower"];

async fn walk(h: &House, seats: &[&'static str]) {
    let mut wrong = vec![];
    for who in seats {
        let outside = ["outsider", "nobody"].contains(who);
        let start: &[&str] = if outside { &["/"] } else { &["/", "/ORB/", "/ORB/pick?kind=5", "/ORB/import"] };
        let mut walk = Walk::new(h, who).await;
        walk.everywhere(start).await;
        assert!(outside || (walk.pages > 40 && walk.tried.len() > 40), "{who} saw {} pages and tried {} forms", walk.pages, walk.tried.len());
        wrong.extend(walk.wrong);
    }
    assert!(wrong.is_empty(), "{} offers fail\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn nothing_that_is_offered_is_refused_for_want_of_rights() {
    walk(&shared().await, SEATS).await;
}

#[tokio::test]
async fn nor_where_the_team_has_agreed_otherwise() {
    let h = shared().await;
    // Who proposed all of it sees only, who decided proposes, and whoever was there for the work has that alone.
    for (area, hat, standing) in [
        (Area::Backlog, Hat::Manager, "sees"),
        (Area::Backlog, Hat::Developer, "none"),
        (Area::Sprints, Hat::Developer, "sees"),
        (Area::Work, Hat::Owner, "proposes"),
        (Area::Work, Hat::Stakeholder, "none"),
        (Area::Estimates, Hat::Owner, "decides"),
        (Area::Estimates, Hat::Manager, "none"),
        (Area::Acceptance, Hat::Developer, "proposes"),
        (Area::Acceptance, Hat::Manager, "none"),
        (Area::Customers, Hat::Developer, "none"),
        (Area::Customers, Hat::Owner, "sees"),
        (Area::Roadmap, Hat::Owner, "sees"),
        (Area::Roadmap, Hat::Stakeholder, "none"),
        (Area::Roadmap, Hat::Developer, "proposes"),
        (Area::Commitments, Hat::Developer, "none"),
        (Area::Strategy, Hat::Stakeholder, "proposes"),
        (Area::Agreement, Hat::Stakeholder, "sees"),
        (Area::Agreement, Hat::Developer, "none"),
    ] {
        let asked = h.proposed("manager", "agreement.set", json!({ "area": area, "hat": hat, "standing": standing })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
    // Those with one hat, whom it concerns; what several on one head may is the sum of it.
    walk(&h, &SEATS[..4]).await;
}

#[tokio::test]
async fn a_proposal_is_seen_where_it_was_made() {
    let h = House::new().await;
    h.proposed("manager", "initiative.create", json!({ "title": "A tour for every crew", "horizon": "now", "hypothesis": "We believe it" })).await;
    let roadmap = h.get("manager", "/ORB/roadmap").await.text;
    assert!(roadmap.contains("A tour for every crew") && roadmap.contains("waits for the Owner"), "{roadmap}");
    assert!(h.get("owner", "/ORB/roadmap").await.text.contains("waits for you"));
    assert!(!h.get("owner", "/ORB/backlog").await.text.contains("A tour for every crew"), "only where it belongs");
    let decisions = h.get("owner", "/ORB/decisions").await.text;
    assert!(decisions.contains("We believe it"), "whoever signs sees all of what is new");
    assert!(decisions.contains("Add the initiative “A tour for every crew” to Now"), "told in words");
}

#[tokio::test]
async fn what_was_done_is_said_in_words() {
    let h = House::new().await;
    let cookie = h.cookie("owner").await;
    let request = axum::http::Request::post("/ORB/do/story.create")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-tandem", "1")
        .header("cookie", cookie)
        .body("title=Pay+by+card".into())
        .unwrap();
    assert_eq!(h.send(request).await.json()["says"], "Added the story “Pay by card”.");
}

#[tokio::test]
async fn a_joint_decision_counts_once_for_each_who_signed() {
    let h = House::new().await;
    let asked = h.proposed("manager", "initiative.create", json!({ "title": "i", "horizon": "now" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("owner", "/ORB/who-decides").await.text;
    let row = page.split("Commitments").nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    assert!(row.contains("1 decided, 1 proposed") && row.matches("1 decided").count() == 2, "{row}");
}

#[tokio::test]
async fn a_break_in_the_thread_leads_to_the_act_that_mends_it() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    let alone = h.get("owner", "/ORB/thread?of=1").await.text;
    assert!(alone.contains("Hang it on a feature") && alone.matches("broken here").count() == 1, "only what can be known is broken");
    h.made("manager", "feature.create", json!({ "title": "f" }), "feature").await;
    h.run("owner", "story.edit", json!({ "story": "1", "feature": "2" })).await.unwrap();
    let hung = h.get("owner", "/ORB/thread?of=1").await.text;
    assert!(hung.contains("thread/join?noun=feature") && hung.contains("Propose to the Manager: say which initiative it is part of"), "{hung}");
}

#[tokio::test]
async fn a_rejected_card_says_so_until_it_is_handed_over_again() {
    let h = lived_in().await;
    h.run("owner", "story.reject", json!({ "story": "4", "reason": "No receipt" })).await.unwrap();
    let pill = "<span class=\"pill critical\">rejected";
    assert!(h.get("developer", "/ORB/sprint").await.text.contains(pill));
    h.run("developer", "story.hand_over", json!({ "story": "4" })).await.unwrap();
    assert!(!h.get("developer", "/ORB/sprint").await.text.contains(pill));
}

#[tokio::test]
async fn two_dots_stand_only_where_both_sign_and_once_on_a_card() {
    let h = lived_in().await;
    let dots = "class=\"both\"";
    for place in PLACES {
        for who in ["owner", "manager"] {
            let page = h.get(who, place).await.text;
            let cards = page.split("<article class=\"card").skip(1).map(|card| card.split("</article>").next().unwrap_or_default());
            assert!(cards.into_iter().all(|card| card.matches(dots).count() <= 1), "{place} as {who}");
            let joint = place.contains("roadmap") || place.contains("who-decides");
            assert!(joint || !page.contains(dots), "{place} as {who}: nothing there needs both");
        }
        assert!(!h.get("developer", place).await.text.contains(dots), "{place}: who only proposes is told in words");
    }
    let roadmap = h.get("manager", "/ORB/roadmap?open=2").await.text;
    assert!(roadmap.contains("Move to Now<span class=\"both\"") && !roadmap.contains("Move to Next<span class=\"both\""), "{roadmap}");
    assert!(h.get("developer", "/ORB/backlog").await.text.contains("Propose: to the top"));
    let alone = House::of_way(Way::BothHats).await;
    assert!(!alone.get("manager", "/ORB/who-decides").await.text.contains(dots), "nothing has to be signed with oneself");
}

#[tokio::test]
async fn who_decides_can_be_asked_of_every_control() {
    let h = lived_in().await;
    let here = |command: &'static str| {
        let h = &h;
        async move { h.get("manager", &format!("/ORB/who-decides/{command}")).await }
    };
    let told = here("story.move").await.text;
    assert!(told.contains("id=\"who-here\"") && told.contains("The Owner decides on the backlog. You would propose."), "{told}");
    let joint = here("initiative.move").await.text;
    assert!(joint.contains("The Manager and the Owner sign together on commitments.") && joint.contains("The Manager decides on the roadmap."));
    assert!(here("comment.add").await.text.contains("Everyone who belongs to the product may do this."));
    assert_eq!((here("workspace.set_up").await.status.as_u16(), here("nothing.at_all").await.status.as_u16()), (404, 404));
    assert_eq!(h.get("outsider", "/ORB/who-decides/story.move").await.status, 404);
}

#[tokio::test]
async fn a_bet_says_where_it_may_go_where_that_is_not_everywhere() {
    let h = lived_in().await;
    let later = "data-horizon=\"later\"";
    assert!(h.get("owner", "/ORB/roadmap").await.text.contains(later) && !h.get("owner", "/ORB/roadmap").await.text.contains("data-goes"));
    let set = json!({ "area": "commitments", "hat": "developer", "standing": "proposes" });
    let asked = h.proposed("manager", "agreement.set", set).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let seen = h.get("developer", "/ORB/roadmap").await.text;
    assert!(seen.contains("data-goes=\"now\"") && seen.contains("data-fixed"), "{seen}");
}
