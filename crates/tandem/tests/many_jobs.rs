//! Thousands of jobs on nodes in processes of their own, of which one is killed in the middle: each is done, and once.
//! On the embedded database, which has one node, the next start goes on; on PostgreSQL the other node does.

#![allow(clippy::unwrap_used, clippy::panic)]

use app::{Address, App, Ask, Care, Clock, Registry, Store, Visitor};
use kernel::{
    Authority, Command, CommandSpec, Decided, Door, Errand, Hat, Job, Lane, Look, Moment, Room, Scope, StoredCommand, Task, TaskSpec, command, json,
    matrix::Way,
};
use std::process::{Child, Stdio};

const JOBS: usize = 3_000;
/// Tasks that one act leaves behind.
const AT_ONCE: usize = 100;
/// Names the database to whoever is a node.
const NODE: &str = "TANDEM_TEST_NODE";

static ROOM: Room = Room { name: "many", commands: &[CommandSpec::of::<Leave>()], tasks: &[TaskSpec::of::<Make>()], ..Room::EMPTY };

command! {
    /// Leaves tasks to be done.
    pub struct Leave in "many.leave" inside {
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
        let tasks = (self.from..self.from + AT_ONCE).map(|n| Task::of(&Make { n }, format!("story {n}")));
        Ok(Decided { tasks: tasks.collect::<kernel::Result<_>>()?, ..Decided::default() })
    }
}

/// What would do harm twice: nothing but the job itself knows that it was done.
#[derive(kernel::Serialize, kernel::Deserialize)]
#[serde(crate = "kernel::serde")]
struct Make {
    n: usize,
}

impl Job for Make {
    const KIND: &'static str = "many.make";
    const SAYS: &'static str = "Make a story";
    const LANE: Lane = Lane::House;

    fn errand(&self, _: &mut Look) -> kernel::Result<Errand> {
        Ok(Errand::Command(StoredCommand { name: "story.create".into(), args: json!({ "title": format!("Made by job {}", self.n) }) }))
    }
}

fn open(address: Address) -> App {
    let rooms: Vec<&'static Room> = tandem::ROOMS.iter().copied().chain([&ROOM]).collect();
    App::new(Store::open(address, Care::Fast, 2).unwrap(), Registry::new(Vec::leak(rooms)), Clock::System).unwrap()
}

/// Not a test of its own: the process that works, started by the one below.
#[test]
fn a_node() {
    let Ok(database) = std::env::var(NODE) else { return };
    let address = match database.strip_prefix("sqlite:") {
        Some(file) => Address::Sqlite(file.into()),
        None => Address::Postgres(database),
    };
    let (_open, closing) = tokio::sync::watch::channel(false);
    tokio::runtime::Runtime::new().unwrap().block_on(app::jobs::run(open(address), closing));
}

fn node(database: &str) -> Child {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "a_node"]).env(NODE, database).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn thousands_of_jobs_are_done_once_each_though_a_node_is_killed() {
    let address = testkit::address();
    let database = testkit::database(&address);
    let shared = matches!(address, Address::Postgres(_));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = open(address.clone());
    let set_up = product::SetUp {
        name: "Owner".into(),
        email: "owner@x.org".into(),
        password_hash: None,
        product: "Orbit".into(),
        key: "ORB".into(),
        way: Way::BothHats,
        hats: vec![Hat::Owner],
        agent: "test".into(),
        zone: String::new(),
    };
    let nobody = Visitor::nobody(Door::Page);
    runtime.block_on(app.run(&nobody, Ask::of(None, &set_up).unwrap())).unwrap();
    let owner = runtime.block_on(app.ask(&nobody, None, |look| people::person_by_email(look.reader, "owner@x.org"))).unwrap().unwrap();
    let visitor = Visitor::member(kernel::Noun::meta(&owner).id, Door::Page);
    for from in (0..JOBS).step_by(AT_ONCE) {
        runtime.block_on(app.run(&visitor, Ask::of(Some("ORB"), &Leave { from }).unwrap())).unwrap();
    }
    let count = |sql: &'static str| -> usize {
        let read = app.store.read(move |reader| reader.query(sql, &[])?.pop().unwrap().take::<i64>());
        usize::try_from(runtime.block_on(read).unwrap()).unwrap()
    };
    assert_eq!(count("select count(*) from job where kind = 'many.make'"), JOBS);
    let mut first = node(&database);
    let mut other = shared.then(|| node(&database));
    testkit::until(120, || count("select count(*) from story") >= JOBS / 3);
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(count("select count(*) from story") < JOBS, "it was killed in the middle");
    let mut last = other.take().unwrap_or_else(|| node(&database));
    // What the killed node held is taken over once its leases run out.
    testkit::until(300, || count("select count(*) from job where kind = 'many.make'") == 0);
    last.kill().unwrap();
    last.wait().unwrap();
    assert_eq!((count("select count(*) from story"), count("select count(distinct title) from story")), (JOBS, JOBS));
    assert_eq!(count("select count(*) from dead_letter"), 0);
    drop(app);
    if let Address::Sqlite(file) = address {
        std::fs::remove_file(file).unwrap();
    }
}
