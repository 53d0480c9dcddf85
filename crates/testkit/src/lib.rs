//! A house for tests: a fresh database (SQLite, or PostgreSQL when `TANDEM_TEST_DATABASE` names one), a
//! clock under the test's hand, and one visitor of each kind.

pub mod offered;
mod post;

pub use post::PostBox;

use app::{Address, App, Ask, Blobs, Care, Clock, Outcome, Visitor};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use kernel::{Door, Hat, Id, Json, Noun, Refusal, Value, json, matrix::Way};
use std::{path::PathBuf, sync::Mutex};
use tower::ServiceExt;
use uuid::Uuid;
use web::{Router, Web};

/// The kinds of visitor; the first four hold one hat each.
pub const VISITORS: &[&str] = &["manager", "owner", "developer", "stakeholder", "outsider", "nobody", "assistant"];

/// A running house.
pub struct House {
    pub app: App,
    pub web: Web,
    router: Router,
    people: Vec<(String, Uuid)>,
    assistant_token: String,
    /// Key of the product in which commands run.
    here: Mutex<String>,
}

/// An answer to a request.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub text: String,
    pub etag: Option<String>,
    pub location: Option<String>,
    pub kind: Option<String>,
    pub headers: axum::http::HeaderMap,
}

impl Answer {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }
}

/// Looks now and then whether something has come, for so many seconds at most, and leaves the machine to whoever does it.
pub fn until(seconds: u64, mut come: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !come() && began.elapsed().as_secs() < seconds {
        std::thread::park_timeout(std::time::Duration::from_millis(10));
    }
}

/// What whoever sent something wrong is told.
pub fn told(refused: Result<Outcome, Refusal>) -> String {
    match refused {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

/// The field of what was sent that is wrong.
pub fn field(refused: Result<Outcome, Refusal>) -> String {
    match refused {
        Err(Refusal::Invalid(mut wrong)) => wrong.pop().map(|w| w.field).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// An address as the command line takes it.
pub fn database(address: &Address) -> String {
    match address {
        Address::Sqlite(file) => format!("sqlite:{}", file.display()),
        Address::Postgres(url) => url.clone(),
    }
}

/// A database of its own for a test.
pub fn address() -> Address {
    match std::env::var("TANDEM_TEST_DATABASE") {
        Ok(url) => store::fresh_database(&url).unwrap(),
        Err(_) => store::fresh_file(&folder()).unwrap(),
    }
}

/// A folder of its own for the files of a test.
pub fn files() -> PathBuf {
    store::scratch::place(&folder(), "files").unwrap()
}

fn folder() -> PathBuf {
    std::env::temp_dir().join("tandem-tests")
}

/// Opens a workspace, with its files in a folder of its own also where its database is in none.
pub async fn open(address: Address, clock: Clock, threads: usize) -> App {
    let app = tokio::task::spawn_blocking(move || tandem::open(address, Care::Fast, clock, threads)).await.unwrap().unwrap();
    match app.blobs.is_somewhere() {
        true => app,
        false => app.with_files(Blobs::at(files())),
    }
}

impl House {
    /// A product `ORB` with a member for each hat, worked by two people.
    pub async fn new() -> House {
        House::of_way(Way::TwoPeople).await
    }

    pub async fn of_way(way: Way) -> House {
        let clock = Clock::held(1_790_000_000_000);
        House::over(open(address(), clock, 2).await, way).await
    }

    /// The sample product with its two years of history, and a member for each hat.
    pub async fn sample() -> House {
        let clock = Clock::held(1_790_000_000_000);
        let app = open(address(), clock, 2).await;
        let cast = tandem::demo::tell(&app).await.unwrap();
        let hats = [("mara", "manager"), ("tomas", "owner"), ("ines", "developer"), ("priya", "stakeholder")];
        let called = |short: &str| hats.iter().find(|(known, _)| *known == short).map(|(_, hat)| (*hat).to_owned());
        let people = cast.people.iter().filter_map(|(short, _, member, _)| Some((called(short)?, *member))).collect();
        let web = tandem::house(app.clone());
        let router = tandem::router(&web);
        House { app, web, router, people, assistant_token: String::new(), here: Mutex::new(cast.product) }
    }

    /// Sets a workspace up over an open app.
    pub async fn over(app: App, way: Way) -> House {
        let nobody = Visitor::nobody(Door::Page);
        let set_up = product::SetUp {
            name: "Manager".into(),
            email: "manager@x.org".into(),
            password_hash: None,
            product: "Orbit".into(),
            key: "ORB".into(),
            way,
            hats: vec![Hat::Manager],
            agent: "test".into(),
            zone: String::new(),
        };
        app.run(&nobody, Ask::of(None, &set_up).unwrap()).await.unwrap();
        let web = tandem::house(app.clone());
        let router = tandem::router(&web);
        let mut house = House { app, web, router, people: vec![], assistant_token: String::new(), here: Mutex::new("ORB".into()) };
        for hat in ["owner", "developer", "stakeholder"] {
            house.add(hat, &[Hat::parse(hat).unwrap()]).await;
        }
        house.add("outsider", &[]).await;
        let manager = house.find("manager@x.org").await;
        house.people.push(("manager".into(), manager));
        let outcome = house.run("manager", "assistant.add", json!({ "name": "Helper" })).await.unwrap();
        let Outcome::Done(done) = outcome else { panic!("an assistant is added at once") };
        house.assistant_token = done.reveal.unwrap();
        house
    }

    /// Adds a member with hats in the product at hand (none: an outsider).
    pub async fn add(&mut self, name: &str, hats: &[Hat]) {
        let email = format!("{name}@x.org");
        let add = people::AddAccount { name: capital(name).into(), email: email.clone(), password_hash: None, administrator: false };
        self.app.run(&Visitor::nobody(Door::Page), Ask::of(None, &add).unwrap()).await.unwrap();
        let member = self.find(&email).await;
        self.people.push((name.to_owned(), member));
        if !hats.is_empty() {
            self.join(name, hats).await;
        }
    }

    /// Brings a member into the product at hand.
    pub async fn join(&self, who: &str, hats: &[Hat]) {
        let join = product::AddMember { product: self.here(), member: Id::new(self.member(who)), hats: hats.to_vec() };
        self.app.run(&Visitor::nobody(Door::Cli), Ask::of(None, &join).unwrap()).await.unwrap();
    }

    /// Another product, whose Manager and Owner is someone.
    pub async fn second(&self, key: &str, who: &str) {
        let make = json!({ "name": format!("Product {key}"), "key": key, "way": "both_hats", "hats": ["manager", "owner"] });
        self.app.run(&self.visitor("manager", Door::Page), Ask::named(None, "product.create", make)).await.unwrap();
        let before = self.here();
        self.enter(key);
        self.join(who, &[Hat::Manager, Hat::Owner]).await;
        self.enter(&before);
    }

    /// Another product that is worked as `ORB` is, by the same people, in which the work goes on.
    pub async fn twin(&self, key: &str) {
        let make = json!({ "name": format!("Product {key}"), "key": key, "way": "two_people", "hats": ["manager"] });
        self.app.run(&self.visitor("manager", Door::Page), Ask::named(None, "product.create", make)).await.unwrap();
        self.enter(key);
        for hat in [Hat::Owner, Hat::Developer, Hat::Stakeholder] {
            self.join(hat.word(), &[hat]).await;
        }
    }

    async fn find(&self, email: &str) -> Uuid {
        let email = email.to_owned();
        let found = self.app.ask(&Visitor::nobody(Door::Page), None, move |look| people::person_by_email(look.reader, &email)).await;
        found.unwrap().unwrap().meta().id
    }

    pub fn member(&self, who: &str) -> Uuid {
        self.people.iter().find(|(name, _)| name == who).unwrap_or_else(|| panic!("no {who}")).1
    }

    /// Someone at a door.
    pub fn visitor(&self, who: &str, door: Door) -> Visitor {
        match who {
            "nobody" => Visitor::nobody(door),
            "assistant" => Visitor { credential: app::Credential::Token(app::secret::hash(&self.assistant_token)), door },
            other => Visitor::member(self.member(other), door),
        }
    }

    /// Goes over to another product.
    pub fn enter(&self, key: &str) {
        *self.here.lock().unwrap() = key.to_owned();
    }

    /// Key of the product at hand; `ORB` at first.
    pub fn here(&self) -> String {
        self.here.lock().unwrap().clone()
    }

    /// Runs a command in the product at hand as someone.
    pub async fn run(&self, who: &str, command: &str, args: Json) -> Result<Outcome, Refusal> {
        self.app.run(&self.visitor(who, Door::Page), Ask::named(Some(&self.here()), command, args)).await
    }

    /// Runs a command that must take effect; the id of the first thing of a noun that it touched.
    pub async fn made(&self, who: &str, command: &str, args: Json, noun: &str) -> String {
        match self.run(who, command, args).await {
            Ok(outcome @ Outcome::Done(_)) => outcome.thing(noun).unwrap_or_else(|| panic!("{command} touched no {noun}")).id.simple().to_string(),
            other => panic!("{who} {command}: {other:?}"),
        }
    }

    /// Runs a command that must become a proposal; its id.
    pub async fn proposed(&self, who: &str, command: &str, args: Json) -> String {
        match self.run(who, command, args).await {
            Ok(Outcome::Proposed(p)) => p.proposal.simple().to_string(),
            other => panic!("{who} {command} should be a proposal: {other:?}"),
        }
    }

    /// A number from the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        self.app.store.read(move |reader| reader.query(sql, &[])?.pop().unwrap().take()).await.unwrap()
    }

    /// Text from the database.
    pub async fn text(&self, sql: String) -> String {
        let (sql, ids) = asked(&sql);
        self.app.store.read(move |reader| reader.query(&sql, &ids)?.pop().unwrap().take()).await.unwrap()
    }

    /// A row from the database in words, between blanks. Ids are put together with others only here: a database keeps them its own way.
    pub async fn words(&self, sql: String) -> String {
        let (sql, ids) = asked(&sql);
        let row = self.app.store.read(move |reader| Ok(reader.query(&sql, &ids)?.pop().unwrap().cells())).await.unwrap();
        row.iter().map(Value::words).collect::<Vec<_>>().join(" ")
    }

    /// A session cookie for someone.
    pub async fn cookie(&self, who: &str) -> String {
        let word = people::open_session(&self.app, Id::new(self.member(who)), &axum::http::HeaderMap::new()).await.unwrap();
        format!("tandem={word}")
    }

    /// A bearer token for someone.
    pub async fn token(&self, who: &str) -> String {
        if who == "assistant" {
            return self.assistant_token.clone();
        }
        let args = json!({ "name": "test", "can_write": true });
        let outcome = self.app.run(&self.visitor(who, Door::Page), Ask::named(None, "token.create", args)).await.unwrap();
        let Outcome::Done(done) = outcome else { panic!("a token is made at once") };
        done.reveal.unwrap()
    }

    /// Sends a request through every layer.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let header = |name| response.headers().get(name).and_then(|v: &axum::http::HeaderValue| v.to_str().ok()).map(str::to_owned);
        let (etag, location, kind) = (header(header::ETAG), header(header::LOCATION), header(header::CONTENT_TYPE));
        let headers = response.headers().clone();
        let text = String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned();
        // What a page keeps together in a line is read with plain spaces.
        let is_page = kind.as_ref().is_some_and(|kind| kind.starts_with("text/html"));
        let text = if is_page { text.replace('\u{a0}', " ") } else { text };
        Answer { status, text, etag, location, kind, headers }
    }

    /// Looks at a page as someone.
    pub async fn get(&self, who: &str, path: &str) -> Answer {
        let mut request = Request::get(path);
        if who != "nobody" {
            request = request.header(header::COOKIE, self.cookie(who).await);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a page's form as someone.
    pub async fn post(&self, who: &str, path: &str, fields: &str) -> Answer {
        let mut request =
            Request::post(path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if who != "nobody" {
            request = request.header(header::COOKIE, self.cookie(who).await);
        }
        self.send(request.body(Body::from(fields.to_owned())).unwrap()).await
    }

    /// Attaches a file to a thing, through the page.
    pub async fn attach(&self, who: &str, noun: &str, id: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = vec![];
        for (field, value) in [("about", noun), ("id", id)] {
            body.extend(format!("--B\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        body.extend(format!("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--B--\r\n");
        let mut request = Request::post(format!("/{}/attachments", self.here()))
            .header("sec-fetch-site", "same-origin")
            .header("x-tandem", "1")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B");
        if who != "nobody" {
            request = request.header(header::COOKIE, self.cookie(who).await);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Asks the REST door with a token.
    pub async fn rest(&self, token: &str, method: &str, path: &str, body: Json) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}")).header(header::AUTHORIZATION, format!("Bearer {token}"));
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap()).await
    }
}

/// A statement with the ids that are written in it as its parameters, since each database keeps ids in its own way.
pub fn asked(sql: &str) -> (String, Vec<Value>) {
    let mut ids = vec![];
    let parts = sql.split('\'').enumerate().map(|(nth, part)| match nth % 2 == 1 && part.len() == 32 && Uuid::parse_str(part).is_ok() {
        true => {
            ids.push(Value::Text(part.to_owned()));
            format!("${}", ids.len())
        }
        false if nth % 2 == 1 => format!("'{part}'"),
        false => part.to_owned(),
    });
    (parts.collect(), ids)
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}
