//! The workspace for whoever looks after it: backups by the clock, and what the page tells.

use app::Ask;
use kernel::{Door, Refusal, json};
use std::path::PathBuf;
use testkit::House;

const HOUR: i64 = 3_600_000;

/// A folder that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        Folder(std::env::temp_dir().join(format!("tandem-backups-{}", kernel::Uuid::now_v7().simple())))
    }
    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(&self.0).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn ask(h: &House, who: &str) -> Result<(), Refusal> {
    h.app.run(&h.visitor(who, Door::Page), Ask::named(None, "backup.ask", json!({}))).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_made_every_night_and_the_newest_are_kept() {
    let (h, folder) = (House::new().await, Folder::new());
    assert_eq!(h.app.keep_schedules().await.unwrap(), 0);
    assert_eq!(h.number("select count(*) from schedule where name = 'backup'").await, 0, "nobody has said where");
    assert!(h.get("manager", "/workspace").await.text.contains("Nobody has said where backups are kept"));
    tandem::keep_backups(&h.app, &folder.0, 2).unwrap();
    let mut left = 0;
    for _ in 0..72 {
        h.app.clock.forward(HOUR);
        left += h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    }
    assert_eq!(h.number("select count(*) from backup").await, 3, "three nights");
    assert!(left >= 3);
    let files = folder.files();
    assert_eq!(files.len(), 2, "{files:?}");
    let page = h.get("manager", "/workspace").await.text;
    assert!(page.contains(&files[1]) && page.contains("The last 2 are kept in"), "{page}");
    // What is kept comes back whole.
    let file = std::io::BufReader::new(std::fs::File::open(folder.0.join(&files[1])).unwrap());
    let rows = h.number("select rows_in from backup order by created_at desc limit 1").await;
    assert!(rows > 10);
    store::dump::Whole::verify(file, h.app.registry.tables()).unwrap();
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_an_administrator_has_one_made_and_what_fails_loses_none() {
    let (h, folder) = (House::new().await, Folder::new());
    tandem::keep_backups(&h.app, &folder.0, 5).unwrap();
    for who in ["owner", "developer", "stakeholder", "outsider"] {
        assert!(matches!(ask(&h, who).await, Err(Refusal::Denied { .. })), "{who}");
        assert_eq!(h.get(who, "/workspace").await.status, 403, "{who}");
    }
    ask(&h, "manager").await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(folder.files().len(), 1);
    // The folder goes: it is tried again later, and said where an administrator looks.
    std::fs::remove_dir_all(&folder.0).unwrap();
    ask(&h, "manager").await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number("select count(*) from backup").await, 1);
    assert!(h.get("manager", "/jobs").await.text.contains("Make a backup"));
    assert!(h.get("manager", "/workspace").await.text.contains("1 being tried again"));
    std::fs::create_dir_all(&folder.0).unwrap();
    h.app.clock.forward(2 * HOUR);
    h.app.work_off().await.unwrap();
    assert_eq!((h.number("select count(*) from backup").await, folder.files().len()), (2, 1));
}

#[tokio::test]
async fn what_lets_in_is_told_without_its_secret() {
    let h = House::new().await;
    h.app.run(&h.visitor("owner", Door::Page), Ask::named(None, "token.create", json!({ "name": "Script" }))).await.unwrap();
    h.run("manager", "shared_link.make", json!({ "look": "roadmap", "name": "Acme" })).await.unwrap();
    let page = h.get("manager", "/workspace").await.text;
    assert!(page.contains("Script") && page.contains("Acme") && page.contains("Signed in"), "{page}");
    for secret in [h.text("select max(token_hash) from api_token".into()).await, h.text("select max(token_hash) from shared_link".into()).await] {
        assert!(secret.len() > 20 && !page.contains(&secret));
    }
}

#[tokio::test]
async fn an_administrator_ends_what_lets_others_in() {
    let h = House::new().await;
    let (cookie, token) = (h.cookie("developer").await, h.token("developer").await);
    let opens = async || {
        let request = axum::http::Request::get("/ORB/backlog").header("cookie", &cookie).body(axum::body::Body::empty()).unwrap();
        (h.send(request).await.status.as_u16(), h.rest(&token, "GET", "/products/ORB/backlog", kernel::Json::Null).await.status.as_u16())
    };
    assert_eq!(opens().await, (200, 200));
    let member = h.member("developer").simple().to_string();
    let session = h.text(format!("select id from session where member = '{member}' order by created_at desc, id desc limit 1")).await;
    let key = h.text(format!("select id from api_token where member = '{member}' order by created_at desc, id desc limit 1")).await;
    let run =
        async |who: &str, command: &'static str, args: kernel::Json| h.app.run(&h.visitor(who, Door::Page), Ask::named(None, command, args)).await;
    for who in ["owner", "developer", "stakeholder", "outsider"] {
        for (command, args) in [("session.end_one", json!({ "session": session })), ("token.withdraw", json!({ "token": key }))] {
            assert!(matches!(run(who, command, args).await, Err(Refusal::Denied { .. })), "{who} {command}");
        }
    }
    let page = h.get("manager", "/workspace").await.text;
    assert!(page.contains(&session) && page.contains(&key) && page.contains("this one"), "{page}");
    run("manager", "session.end_one", json!({ "session": session })).await.unwrap();
    assert_eq!(opens().await, (303, 200), "signed out");
    run("manager", "token.withdraw", json!({ "token": key })).await.unwrap();
    assert_eq!(opens().await, (303, 401), "and the program too");
    let again = run("manager", "token.withdraw", json!({ "token": key })).await;
    assert_eq!(again.err(), Some(Refusal::NotFound), "once is enough");
    let by = h.text(format!("select member from activity where noun_id = '{session}' and kind = 'session.ended'")).await;
    assert_eq!(by, h.member("manager").simple().to_string(), "the record says who did it");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}
