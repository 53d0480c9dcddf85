//! Measures durable work: 10,000 letters and 10,000 commands left behind by acts, then done by the runner of one node, or of
//! two where the database is shared; and what a comment costs that names 50 people. `jobs [DATABASE-URL]`.

use app::{
    Address, App, Ask, Care, Clock, Registry, Visitor,
    jobs::{Mail, Undelivered},
};
use kernel::{
    Authority, Command, CommandSpec, Decided, Door, Errand, Hat, Job, Lane, Letter, Look, Moment, Room, Scope, StoredCommand, Task, TaskSpec, Uuid,
    command, json, matrix::Way,
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use web::Closing;

const JOBS: usize = 10_000;
/// Tasks that one act leaves behind.
const AT_ONCE: usize = 100;

static ROOM: Room =
    Room { name: "bench", commands: &[CommandSpec::of::<Leave>()], tasks: &[TaskSpec::of::<Write>(), TaskSpec::of::<Make>()], ..Room::EMPTY };

command! {
    /// Leaves tasks to be done.
    pub struct Leave in "bench.leave" inside {
        pub letters: bool,
        pub from: usize,
    }
}

impl Command for Leave {
    type Before = ();
    const AUTHORITY: Authority = Authority::Anyone;

    fn load(&self, _: &mut Look) -> kernel::Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        "Leave tasks".into()
    }
    fn decide(self, (): (), _: &Moment, _: &Scope) -> kernel::Result<Decided> {
        let one = |n: usize| match self.letters {
            true => Task::of(&Write { n }, format!("letter {n}")),
            false => Task::of(&Make { n }, format!("story {n}")),
        };
        Ok(Decided { tasks: (self.from..self.from + AT_ONCE).map(one).collect::<kernel::Result<_>>()?, ..Decided::default() })
    }
}

#[derive(kernel::Serialize, kernel::Deserialize)]
#[serde(crate = "kernel::serde")]
struct Write {
    n: usize,
}

impl Job for Write {
    const KIND: &'static str = "bench.write";
    const SAYS: &'static str = "Write a letter";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, _: &mut Look) -> kernel::Result<Errand> {
        Ok(Errand::Letter { letter: Letter::new(format!("n{}@x.org", self.n), "News").text("Some words."), first: None })
    }
}

#[derive(kernel::Serialize, kernel::Deserialize)]
#[serde(crate = "kernel::serde")]
struct Make {
    n: usize,
}

impl Job for Make {
    const KIND: &'static str = "bench.make";
    const SAYS: &'static str = "Make a story";
    const LANE: Lane = Lane::House;

    fn errand(&self, _: &mut Look) -> kernel::Result<Errand> {
        let args = json!({ "title": format!("Made by job {}", self.n) });
        Ok(Errand::Command(StoredCommand { name: "story.create".into(), args }))
    }
}

/// Takes every letter at once.
#[derive(Default)]
struct Taken(Mutex<Vec<String>>);

impl Mail for Taken {
    fn ready(&self) -> Result<(), Undelivered> {
        Ok(())
    }
    fn send(&self, _: Uuid, letter: &Letter) -> Result<(), Undelivered> {
        self.0.lock().unwrap().push(letter.to.clone());
        Ok(())
    }
}

fn open(address: &Address, mail: &Arc<Taken>) -> App {
    let rooms: Vec<&'static Room> = tandem::ROOMS.iter().copied().chain([&ROOM]).collect();
    let store = app::Store::open(address.clone(), Care::Durable, 4).unwrap();
    let app = App::new(store, Registry::new(Vec::leak(rooms)), Clock::System).unwrap();
    app.deliver_by(mail.clone());
    app
}

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join(format!("tandem-jobs-{}", std::process::id()));
    let address = match std::env::args().nth(1) {
        // Apart from whatever else is there.
        Some(url) => store::fresh_database(&url).unwrap(),
        None => Address::Sqlite(folder.join("jobs.db")),
    };
    let mail = Arc::new(Taken::default());
    let nodes: Vec<App> = (0..if matches!(address, Address::Postgres(_)) { 2 } else { 1 }).map(|_| open(&address, &mail)).collect();
    let app = &nodes[0];
    let set_up = product::SetUp {
        name: "Owner".into(),
        email: "owner@x.org".into(),
        password_hash: None,
        product: "Orbit".into(),
        key: "ORB".into(),
        way: Way::BothHats,
        hats: vec![Hat::Owner],
        agent: "bench".into(),
        zone: String::new(),
    };
    app.run(&Visitor::nobody(Door::Page), Ask::of(None, &set_up).unwrap()).await.unwrap();
    let owner = app.ask(&Visitor::nobody(Door::Page), None, |look| people::person_by_email(look.reader, "owner@x.org")).await.unwrap().unwrap();
    let visitor = Visitor::member(owner.meta.id, Door::Page);
    println!("{} on {}", nodes_in_words(nodes.len()), if nodes.len() == 2 { "PostgreSQL" } else { "SQLite" });
    naming(app, &visitor).await;
    for letters in [true, false] {
        let began = Instant::now();
        for from in (0..JOBS).step_by(AT_ONCE) {
            app.run(&visitor, Ask::of(Some("ORB"), &Leave { letters, from }).unwrap()).await.unwrap();
        }
        let left = began.elapsed();
        let (began, closing) = (Instant::now(), Closing::default());
        let running: Vec<_> = nodes.iter().map(|node| tokio::spawn(app::jobs::run(node.clone(), closing.watch()))).collect();
        while count(app, "select count(*) from job").await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let took = began.elapsed();
        closing.say();
        for node in running {
            node.await.unwrap();
        }
        let once = match letters {
            true => mail.0.lock().unwrap().iter().collect::<HashSet<_>>().len() == JOBS && mail.0.lock().unwrap().len() == JOBS,
            false => count(app, "select count(*) from story where removed_at is null").await == JOBS as i64,
        };
        println!(
            "{JOBS} {:<9} left behind in {:>5.2} s, done in {:>5.2} s, each once: {once}",
            if letters { "letters" } else { "commands" },
            left.as_secs_f64(),
            took.as_secs_f64()
        );
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// People whom one comment names, and how many such comments there are.
const NAMED: usize = 50;
const COMMENTS: usize = 100;

/// A comment that names many leaves one task; finding out who is to hear, and telling each, comes afterwards.
async fn naming(app: &App, visitor: &Visitor) {
    let nobody = Visitor::nobody(Door::Page);
    for n in 0..NAMED {
        let add =
            people::AddAccount { name: format!("Rider {n}").into(), email: format!("rider.{n}@x.org"), password_hash: None, administrator: false };
        let member = app.run(&nobody, Ask::of(None, &add).unwrap()).await.unwrap().thing("member").unwrap().id;
        let join = product::AddMember { product: "ORB".into(), member: kernel::Id::new(member), hats: vec![Hat::Developer] };
        app.run(&nobody, Ask::of(None, &join).unwrap()).await.unwrap();
    }
    let story = app.run(visitor, Ask::named(Some("ORB"), "story.create", json!({ "title": "Named" }))).await.unwrap().thing("story").unwrap().id;
    let names: String = (0..NAMED).map(|n| format!("@Rider {n}, ")).collect();
    let (cpu, began) = (cpu(), Instant::now());
    for n in 0..COMMENTS {
        let args = json!({ "about": "story", "id": story.simple().to_string(), "body": format!("{names}look at this, the {n}th.") });
        app.run(visitor, Ask::named(Some("ORB"), "comment.add", args)).await.unwrap();
    }
    let (each, took) = ((self::cpu() - cpu) * 1000.0 / COMMENTS as f64, began.elapsed().as_secs_f64() * 1000.0 / COMMENTS as f64);
    let began = Instant::now();
    app.work_off().await.unwrap();
    let given = count(app, "select count(*) from notice").await;
    println!(
        "a comment that names {NAMED} people: {each:.2} ms of CPU, {took:.2} ms; {given} notices of {COMMENTS} given in {:.2} s",
        began.elapsed().as_secs_f64()
    );
    // What comes next counts stories.
    app.run(visitor, Ask::named(Some("ORB"), "story.remove", json!({ "story": story.simple().to_string() }))).await.unwrap();
    app.work_off().await.unwrap();
}

/// CPU seconds of this process so far, of which Linux counts the hundredths.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let ticks = stat.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() / 100.0
}

fn nodes_in_words(nodes: usize) -> &'static str {
    if nodes == 2 { "two nodes" } else { "one node" }
}

async fn count(app: &App, sql: &'static str) -> i64 {
    app.store.read(move |reader| reader.query(sql, &[])?.pop().unwrap().take()).await.unwrap()
}
