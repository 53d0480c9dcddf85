//! Pages: who sees them, that they hold together, and that their queries do not grow with their rows.

use kernel::{PageSpec, json};
use std::sync::atomic::Ordering;
use testkit::House;

/// Every address of the pages of rooms, and of their other sights, where [`furnished`] has been.
pub fn addresses() -> Vec<(&'static PageSpec, String)> {
    addresses_of(&[("{initiative}", "1"), ("{feature}", "2"), ("{story}", "3"), ("{sprint}", "1"), ("{day}", "2026-09-20")])
}

/// The same where these things are.
pub fn addresses_of(things: &[(&str, &str)]) -> Vec<(&'static PageSpec, String)> {
    let here = |text: String| things.iter().fold(text, |text, (name, number)| text.replace(name, number));
    kernel::wing::pages()
        .flat_map(|page| page.addresses("ORB").map(move |address| (page, address)))
        .map(|(page, address)| (page, here(address)))
        .collect()
}

/// A house with a thing of every kind that an address names.
pub async fn furnished() -> House {
    furnish(House::new().await).await
}

pub async fn furnish(h: House) -> House {
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "First", "feature": "2", "criteria": ["c"] }), "story").await;
    crate::priorities::scored(&h).await;
    crate::research::furnished(&h).await;
    let update = json!({ "kind": "roadmap", "title": "What changed", "body": "A window moved.", "everyone": true });
    h.made("manager", "update.publish", update, "product_update").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h
}

#[tokio::test]
async fn members_see_every_page_strangers_none() {
    let h = furnished().await;
    for (page, address) in addresses() {
        for who in ["manager", "owner", "developer", "stakeholder"] {
            let seen = if page.administrators && who != "manager" { 403 } else { 200 };
            let told = h.get(who, &address).await;
            assert_eq!(told.status, seen, "{address} as {who}");
            assert!(seen != 200 || told.text.contains("<main"), "{address} is a page");
        }
        let outside = if page.in_product() {
            404
        } else if page.administrators {
            403
        } else {
            200
        };
        assert_eq!(h.get("outsider", &address).await.status, outside, "{address} as outsider");
        let nobody = h.get("nobody", &address).await;
        assert!(nobody.status == 303 && nobody.location.unwrap().starts_with("/sign-in?to="), "{address} as nobody");
    }
    assert_eq!(h.get("stakeholder", "/ORB/decisions.md").await.status, 200);
    assert_eq!(h.get("outsider", "/ORB/decisions.md").await.status, 404);
}

/// What the fields of a form would post: its command, and the tags that have a name.
fn forms(html: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found = vec![];
    for form in html.split("<form ").skip(1) {
        let (head, rest) = form.split_once('>').unwrap();
        let Some((_, command)) = head.split_once("/do/") else { continue };
        let body = rest.split("</form>").next().unwrap();
        let tags = body.split('<').filter(|tag| tag.starts_with("input") || tag.starts_with("textarea")).map(|tag| tag.split('>').next().unwrap());
        found.push((command.split('"').next().unwrap(), tags.collect()));
    }
    found
}

/// A control of a form takes the place of whatever a form has under its name, and the script asks forms for these.
#[tokio::test]
async fn no_field_takes_the_place_of_what_a_form_can_do() {
    const CAN: &[&str] =
        &["matches", "closest", "submit", "requestSubmit", "reset", "elements", "action", "method", "querySelector", "dataset", "remove"];
    let h = House::new().await;
    for command in h.app.registry.commands() {
        let schema = (command.schema)();
        let taken: Vec<&String> =
            schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name).filter(|n| CAN.contains(&n.as_str())).collect();
        assert!(taken.is_empty(), "{}: {taken:?}", command.name);
    }
}

#[tokio::test]
async fn fields_say_how_much_fits() {
    let h = furnished().await;
    let mut limits = 0;
    for (_, address) in addresses() {
        for who in ["manager", "owner", "developer"] {
            let page = h.get(who, &address).await;
            for (command, tags) in forms(&page.text) {
                let Ok(offered) = h.app.registry.command(command) else { continue };
                // Several lines may come at once where stories are written one after another.
                for tag in tags.iter().filter(|tag| !tag.contains("hidden") && !tag.contains("data-create") && !tag.contains("type=\"time\"")) {
                    let name = tag.split_once(" name=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
                    if let Some(most) = offered.schema["properties"][name]["maxLength"].as_u64() {
                        assert!(tag.contains(&format!("maxlength=\"{most}\"")), "{address} as {who}, {command}: {tag}");
                        limits += 1;
                    }
                }
            }
        }
    }
    assert!(limits > 100, "{limits} fields have a limit");
}

#[tokio::test]
async fn a_field_left_empty_takes_the_text_away() {
    let h = furnished().await;
    h.run("owner", "story.edit", json!({ "story": "3", "body": "Long", "persona": "rider" })).await.unwrap();
    let form = "story=3&title=First&body=&persona=rider&feature=2";
    assert_eq!(h.post("owner", "/ORB/do/story.edit", form).await.status, 303);
    assert_eq!(h.text("select body || '|' || persona from story where number = 3".into()).await, "|rider");
    let wrong = h.post("owner", "/ORB/do/story.edit", "story=3&title=").await;
    assert!(wrong.status == 422 && wrong.text.contains("Please fill in title"), "{}", wrong.text);
    h.run("manager", "objective.create", json!({ "title": "O", "starts_on": "2026-01-01", "ends_on": "2026-02-01" })).await.unwrap();
    let objective = h.text("select id from objective where title = 'O'".into()).await;
    h.post("manager", "/ORB/do/objective.edit", &format!("objective={objective}&title=O&starts_on=&ends_on=2026-02-01")).await;
    assert_eq!(h.number("select count(*) from objective where starts_on is null and ends_on = '2026-02-01'").await, 1);
    // Browsers end lines in their own way.
    h.post("owner", "/ORB/do/story.edit", "story=3&body=a%0D%0Ab%0D%0A").await;
    assert_eq!(h.text("select body from story where number = 3".into()).await, "a\nb");
}

#[tokio::test]
async fn a_form_without_script_works_and_keeps_what_was_typed() {
    let h = House::new().await;
    let done = h.post("owner", "/ORB/do/story.create", "title=By+form&labels=a%2Cb&_back=%2FORB%2Fbacklog").await;
    assert_eq!((done.status.as_u16(), done.location.as_deref()), (303, Some("/ORB/backlog")));
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("By form"));
    let wrong = h.post("owner", "/ORB/do/story.create", "title=&body=A+long+text").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("A long text") && wrong.text.contains("Please fill in title"));
    // Somebody else was faster: both versions are shown.
    h.post("owner", "/ORB/do/story.edit", "story=1&title=Theirs&version=1").await;
    let late = h.post("owner", "/ORB/do/story.edit", "story=1&title=Mine&version=1").await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("Theirs") && late.text.contains("Mine"));
    assert_eq!(h.text("select title from story".into()).await, "Theirs");
    let away = h.post("owner", "/ORB/do/story.create", "title=x&_back=%2F%2Fevil.example").await;
    assert_ne!(away.location.as_deref(), Some("//evil.example"), "only back to ourselves");
    let slash = h.post("owner", "/ORB/do/story.create", "title=x&_back=%2F%5Cevil.example").await;
    assert!(!slash.location.unwrap_or_default().contains("evil"), "a backslash is a slash to browsers");
}

#[tokio::test]
async fn an_address_that_cannot_be_read_gets_a_page() {
    let h = House::new().await;
    for (path, status) in [("/ORB/activity?after=soon", 422), ("/ORB/search", 200), ("/ORB/backlog?stage=nowhere", 200)] {
        let page = h.get("owner", path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text.contains("<main"), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let h = House::new().await;
    let cookie = h.cookie("owner").await;
    let request = axum::http::Request::post("/ORB/do/story.create")
        .header("cookie", cookie)
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(h.send(request.body(axum::body::Body::from("title=x")).unwrap()).await.status, 403);
    assert_eq!(h.number("select count(*) from story").await, 0);
}

#[tokio::test]
async fn typed_markup_does_not_run() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "<script>a()</script>", "body": "<img src=x onerror=a()> [x](javascript:a())" }), "story").await;
    let page = h.get("owner", "/ORB/story/1").await.text;
    assert!(!page.contains("<script>a()") && !page.contains("<img src=x onerror") && !page.contains("href=\"javascript"));
}

/// So many statements any page takes at most.
const MOST_STATEMENTS: u64 = 40;

/// Statements that a page takes.
async fn statements(h: &House, path: &str) -> u64 {
    let cookie = h.cookie("owner").await;
    let request = |cookie: &str| axum::http::Request::get(path).header("cookie", cookie).body(axum::body::Body::empty()).unwrap();
    h.send(request(&cookie)).await;
    let before = store::STATEMENTS.load(Ordering::Relaxed);
    assert_eq!(h.send(request(&cookie)).await.status, 200);
    store::STATEMENTS.load(Ordering::Relaxed) - before
}

#[tokio::test]
async fn a_page_takes_a_handful_of_queries_whatever_its_size() {
    let h = furnished().await;
    let grow = |from: i64, to: i64| {
        let h = &h;
        async move {
            for i in from..to {
                let id = h.made("owner", "story.create", json!({ "title": format!("S{i}"), "feature": "2", "criteria": ["c"] }), "story").await;
                h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [id] })).await.unwrap();
                h.run("developer", "story.hand_over", json!({ "story": id })).await.unwrap();
                h.proposed("manager", "story.create", json!({ "title": format!("P{i}") })).await;
                h.made("owner", "evidence.record", json!({ "quote": format!("Q{i}") }), "evidence").await;
            }
        }
    };
    grow(0, 2).await;
    let mut few = vec![];
    for (_, address) in addresses().into_iter().filter(|(page, _)| !page.administrators) {
        let count = statements(&h, &address).await;
        few.push((address, count));
    }
    for fact in ["assignee", "sprint", "labels", "feature"] {
        let address = format!("/ORB/pick?{fact}=3");
        few.push((address.clone(), statements(&h, &address).await));
    }
    grow(2, 30).await;
    let mut over = vec![];
    for (page, count) in few {
        let now = statements(&h, &page).await;
        assert_eq!(now, count, "{page} took {count} statements, and {now} with more rows");
        over.extend((now > MOST_STATEMENTS).then(|| format!("{page} takes {now} statements")));
    }
    assert!(over.is_empty(), "{over:#?}");
}
