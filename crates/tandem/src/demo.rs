//! The sample product: an invented company, two years of history, told through the ordinary commands
//! with their dates given. Nothing here writes a row by itself.

mod canvases;
mod cases;
mod customers;
mod days;
mod evening;
mod launch;
mod measures;
mod poker;
mod portal;
mod practice;
mod refining;
mod research;
mod retro;
mod review;
mod roadmap;
mod scoring;
mod script;
mod stakeholders;
mod standing;
mod together;
mod tools;
mod understanding;
mod updates;
mod verifying;
mod world;

use app::{App, Ask, Outcome, Visitor};
use kernel::{Deserialize, Door, Hat, Json, Refusal, Result, Uuid, json};
use std::collections::HashMap;
use std::sync::Arc;
use web::{At, Extension, Form, IntoResponse, Markup, Page, Path, Redirect, Response, Router, Web, auth, errors, html, post, routing};

/// Who plays in the sample.
#[derive(Clone)]
pub struct Cast {
    pub product: String,
    /// Short name to name, member and role.
    pub people: Vec<(&'static str, &'static str, Uuid, &'static str)>,
}

/// Tells the sample's story.
pub async fn tell(app: &App) -> Result<Cast> {
    let teller = Teller::begin(app).await?;
    script::tell(&teller).await?;
    standing::told(&teller).await?;
    tools::tell(&teller).await?;
    cases::tell(&teller).await?;
    Ok(teller.cast)
}

/// Who plays in a sample that was told before.
pub async fn cast(app: &App) -> Result<Cast> {
    let nobody = Visitor::nobody(Door::Schedule);
    let mut people = vec![];
    for (short, name, role, _) in PEOPLE {
        let email = format!("{short}@orbit.example");
        let member = app.ask(&nobody, None, move |look| ::people::person_by_email(look.reader, &email)).await?.ok_or(Refusal::NotFound)?;
        people.push((*short, *name, member.meta.id, *role));
    }
    Ok(Cast { product: "ORB".into(), people })
}

/// Tells what someone did at a time.
pub(crate) struct Teller {
    app: App,
    pub cast: Cast,
    /// The sample's present, in milliseconds since 1970.
    pub now: i64,
}

/// Milliseconds in a day.
pub(crate) const DAY: i64 = 86_400_000;

const PEOPLE: &[(&str, &str, &str, Hat)] = &[
    ("mara", "Mara Lindholm", "Product Manager", Hat::Manager),
    ("tomas", "Tomas Okafor", "Product Owner", Hat::Owner),
    ("ines", "Ines Duarte", "Developer", Hat::Developer),
    ("jonas", "Jonas Weber", "Developer", Hat::Developer),
    ("priya", "Priya Nair", "Head of Operations", Hat::Stakeholder),
];

impl Teller {
    async fn begin(app: &App) -> Result<Teller> {
        let now = app.clock.now();
        let nobody = Visitor::nobody(Door::Schedule);
        let begun = now - 730 * DAY;
        let set_up = product::SetUp {
            name: PEOPLE[0].1.into(),
            email: "mara@orbit.example".into(),
            password_hash: None,
            product: "Orbit".into(),
            key: "ORB".into(),
            way: kernel::matrix::Way::TwoPeople,
            hats: vec![Hat::Manager],
            agent: "sample".into(),
            zone: String::new(),
        };
        let mut ask = Ask::of(None, &set_up)?;
        ask.at = Some(begun);
        app.run(&nobody, ask).await?;
        for (short, name, _, hat) in PEOPLE.iter().filter(|(short, ..)| *short != "mara") {
            let account =
                ::people::AddAccount { name: (*name).into(), email: format!("{short}@orbit.example"), password_hash: None, administrator: false };
            let mut add = Ask::of(None, &account)?;
            add.at = Some(begun);
            let outcome = app.run(&nobody, add).await?;
            let member = outcome.thing("member").ok_or(Refusal::NotFound)?.id;
            let mut join = Ask::of(None, &product::AddMember { product: "ORB".into(), member: kernel::Id::new(member), hats: vec![*hat] })?;
            join.at = Some(begun);
            app.run(&nobody, join).await?;
        }
        Ok(Teller { app: app.clone(), cast: cast(app).await?, now })
    }

    /// Someone does something, so many days before the sample's present.
    pub async fn does(&self, who: &str, days_ago: f64, command: &str, args: Json) -> Result<Outcome> {
        self.says(who, days_ago, command, args, "").await
    }

    /// The same, with a reason.
    pub async fn says(&self, who: &str, days_ago: f64, command: &str, args: Json, reason: &str) -> Result<Outcome> {
        let member = self.cast.people.iter().find(|p| p.0 == who).map(|p| p.2).ok_or(Refusal::NotFound)?;
        let mut ask = Ask { inside: true, ..Ask::named(Some(&self.cast.product), command, args) };
        ask.at = Some(self.now - (days_ago * DAY as f64) as i64);
        ask.reason = Some(reason.to_owned()).filter(|r| !r.is_empty());
        self.app.run(&Visitor::member(member, Door::Page), ask).await.map_err(|refusal| match refusal {
            Refusal::Broken(_) => refusal,
            other => Refusal::broken(format!("the sample: {who} {command}: {other}")),
        })
    }

    /// Someone attaches a file to a thing; how it stands in a text.
    pub async fn attaches(&self, who: &str, days_ago: f64, (about, id): (&str, &str), name: &str, bytes: &[u8]) -> Result<String> {
        let taken = attachments::Taken::from_bytes(&self.app, name, bytes).await?;
        let id = Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?;
        let member = self.cast.people.iter().find(|p| p.0 == who).map(|p| p.2).ok_or(Refusal::NotFound)?;
        let mut ask = Ask::of(Some(&self.cast.product), &taken.hung(about, id))?;
        ask.at = Some(self.now - (days_ago * DAY as f64) as i64);
        let outcome = self.app.run(&Visitor::member(member, Door::Page), ask).await?;
        Ok(taken.in_text(outcome.thing("attachment").ok_or(Refusal::NotFound)?.id))
    }

    /// Asks for the other signature and gets it.
    pub async fn agreed(&self, signer: &str, days_ago: f64, outcome: Outcome) -> Result<Outcome> {
        match outcome {
            Outcome::Proposed(p) => self.does(signer, days_ago, "proposal.sign", json!({ "proposal": p.proposal.simple().to_string() })).await,
            done => Ok(done),
        }
    }

    /// The id of one of the people.
    pub fn member(&self, who: &str) -> Result<String> {
        self.cast.people.iter().find(|p| p.0 == who).map(|p| p.2.simple().to_string()).ok_or(Refusal::NotFound)
    }

    /// A calendar day, so many days before the present.
    pub fn day(&self, days_ago: f64) -> String {
        web::when::day(self.now - (days_ago * DAY as f64) as i64)
    }
}

/// The id of what a command made.
pub(crate) fn made(outcome: &Outcome, noun: &str) -> Result<String> {
    outcome.thing(noun).map(|t| t.id.simple().to_string()).ok_or_else(|| Refusal::broken(format!("the sample expected a new {noun}")))
}

/// Coming in as one of the cast, without a password, and where it was asked for a clock that can be put forward: only ever
/// served by `tandem demo`.
pub fn routes(cast: Cast, movable: bool) -> Router<Web> {
    let routes = Router::new().route("/demo", routing::get(choose)).route("/demo/{who}", post(enter));
    let routes = if movable { routes.route("/demo/forward", post(forward)) } else { routes };
    routes.layer(Extension(Arc::new(cast)))
}

#[derive(Deserialize)]
#[serde(crate = "kernel::serde")]
struct By {
    hours: u16,
}

/// Puts the clock forward, and has done what is due by then.
async fn forward(at: At, Form(by): Form<By>) -> Response {
    let app = &at.house.app;
    app.clock.forward(i64::from(by.hours) * 3_600_000);
    match app.keep_schedules().await {
        Ok(_) => web::when::iso(app.clock.now()).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn choose(at: At, Extension(cast): Extension<Arc<Cast>>) -> Response {
    at.page(move |_| Ok(Page::bare("The sample product", choice(&cast)))).await
}

fn choice(cast: &Cast) -> Markup {
    html! { div.gate { div.logo-large { (web::icon("bike")) } h1 { "Orbit, the sample product" }
        p { "Orbit runs shared cargo bikes in three cities. Two years of its history are in here. Come in as anyone; come back to this page to change." }
        div.stack { @for (short, name, _, role) in &cast.people { form method="post" action={ "/demo/" (short) } hx-boost="false" { button.wide.primary[*short == "mara" || *short == "tomas"] type="submit" { (name) ", " (role) } } } }
    } }
}

async fn enter(at: At, Extension(cast): Extension<Arc<Cast>>, Path(path): Path<HashMap<String, String>>) -> Response {
    let who = path.get("who").map_or("", String::as_str);
    let Some((.., member, _)) = cast.people.iter().find(|p| p.0 == who) else {
        return errors::page(&at, Refusal::NotFound).await;
    };
    match ::people::open_session(&at.house.app, kernel::Id::new(*member), &at.headers).await {
        Ok(word) => {
            let mut response = Redirect::to(&format!("/{}/", cast.product)).into_response();
            auth::open(&at, &mut response, &word);
            response
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
