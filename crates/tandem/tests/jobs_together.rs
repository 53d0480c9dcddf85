//! Jobs of one product that are tried together: their effects are acts of their own in one transaction, what one of them does
//! wrong is its own, and rights are those of the moment at which it is its turn.

#![allow(clippy::unwrap_used, clippy::panic)]

use app::{App, Ask, Care, Clock, Registry, Store};
use kernel::{
    Authority, Command, CommandSpec, Decided, Door, Errand, Job, Lane, Look, Moment, Room, Scope, StoredCommand, Task, TaskSpec, command, json,
    matrix::Way,
};
use testkit::House;

static ROOM: Room =
    Room { name: "odd", commands: &[CommandSpec::of::<Leave>(), CommandSpec::of::<Burst>()], tasks: &[TaskSpec::of::<Odd>()], ..Room::EMPTY };

command! {
    /// Leaves tasks to be done.
    pub struct Leave in "odd.leave" inside {
        pub tasks: Vec<String>,
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
        let tasks = self.tasks.into_iter().map(|does| Task::of(&Odd { does: does.clone() }, does));
        Ok(Decided { tasks: tasks.collect::<kernel::Result<_>>()?, ..Decided::default() })
    }
}

command! {
    /// Breaks off.
    pub struct Burst in "odd.burst" inside {}
}

impl Command for Burst {
    type Before = ();
    const AUTHORITY: Authority = Authority::Anyone;

    fn load(&self, _: &mut Look) -> kernel::Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        "Burst".into()
    }
    fn decide(self, (): (), _: &Moment, _: &Scope) -> kernel::Result<Decided> {
        panic!("the command burst")
    }
}

#[derive(kernel::Serialize, kernel::Deserialize)]
#[serde(crate = "kernel::serde")]
struct Odd {
    does: String,
}

impl Job for Odd {
    const KIND: &'static str = "odd.do";
    const SAYS: &'static str = "Do something";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> kernel::Result<Errand> {
        let command = |name: &str, args| Ok(Errand::Command(StoredCommand { name: name.into(), args }));
        match self.does.split_once(' ') {
            Some(("takes-out", member)) => command("membership.remove", json!({ "member": member })),
            _ => match self.does.as_str() {
                "nothing" => Ok(Errand::Nothing),
                "burst" => panic!("the errand burst"),
                "ask wrongly" => look.query("select what from nowhere", &[]).map(|_| Errand::Nothing),
                "act wrongly" => command("odd.burst", json!({})),
                "act in vain" => command("story.edit", json!({ "story": "ORB-9999", "title": "Nobody's" })),
                story => command("story.create", json!({ "title": story })),
            },
        }
    }
}

async fn house() -> House {
    let rooms: Vec<&'static Room> = tandem::ROOMS.iter().copied().chain([&ROOM]).collect();
    let open = || {
        let store = Store::open(testkit::address(), Care::Fast, 2).unwrap();
        App::new(store, Registry::new(Vec::leak(rooms)), Clock::held(1_790_000_000_000)).unwrap()
    };
    House::over(tokio::task::spawn_blocking(open).await.unwrap(), Way::BothHats).await
}

async fn leave(h: &House, who: &str, tasks: &[&str]) {
    let leave = Leave { tasks: tasks.iter().map(|does| (*does).to_owned()).collect() };
    h.app.run(&h.visitor(who, Door::Page), Ask::of(Some("ORB"), &leave).unwrap()).await.unwrap();
}

async fn titles(h: &House) -> String {
    let rows = h.app.store.read(|reader| reader.query("select title from story order by title", &[])).await.unwrap();
    rows.into_iter().map(|mut row| row.take::<String>().unwrap()).collect()
}

/// What is tried again, with what was said.
async fn failed(h: &House) -> Vec<(String, String)> {
    let rows = h.app.store.read(|reader| reader.query("select about, said from job where kind = 'odd.do' order by about", &[])).await.unwrap();
    rows.into_iter().map(|mut row| (row.take().unwrap(), row.take().unwrap())).collect()
}

#[tokio::test]
async fn what_is_left_together_is_done_in_one_transaction_as_acts_of_their_own() {
    let h = house().await;
    leave(&h, "owner", &["a", "b", "nothing", "c", "d"]).await;
    leave(&h, "manager", &["nothing"]).await;
    h.app.work_off().await.unwrap();
    assert!(failed(&h).await.is_empty());
    assert_eq!(titles(&h).await, "abcd");
    assert_eq!(h.number("select count(distinct number) from story").await, 4);
    assert_eq!(h.number("select count(distinct act) from activity where kind = 'story.created'").await, 4);
    if h.app.store.is_shared() {
        assert_eq!(h.number("select count(distinct xmin::text) from story").await, 1);
    }
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_one_does_wrong_is_its_own() {
    let h = house().await;
    leave(&h, "owner", &["a", "b", "burst", "c", "act wrongly", "d", "ask wrongly", "e", "act in vain", "nothing", "f"]).await;
    h.app.work_off().await.unwrap();
    assert_eq!(titles(&h).await, "abcdef", "each once");
    let failed = failed(&h).await;
    let about: Vec<&str> = failed.iter().map(|(about, _)| about.as_str()).collect();
    assert_eq!(about, ["act wrongly", "ask wrongly", "burst"]);
    for (about, why) in
        [("act wrongly", "It broke off: the command burst."), ("ask wrongly", "nowhere"), ("burst", "It broke off: the errand burst.")]
    {
        let said = failed.iter().find(|(does, _)| does == about).map_or("", |(_, said)| said.as_str());
        assert!(said.contains(why), "{about}: {said}");
    }
    assert_eq!(h.text("select about from dead_letter".into()).await, "act in vain", "what is refused is not tried again");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// Nothing is known any more of who may what once somebody's rights have changed in the same transaction.
#[tokio::test]
async fn rights_are_those_of_its_turn() {
    let h = house().await;
    leave(&h, "owner", &["before"]).await;
    leave(&h, "manager", &[&format!("takes-out {}", h.member("owner").simple())]).await;
    leave(&h, "owner", &["after"]).await;
    h.app.work_off().await.unwrap();
    assert_eq!(h.text("select title from story".into()).await, "before");
    assert_eq!(h.text("select about from dead_letter".into()).await, "after");
    assert!(failed(&h).await.is_empty());
}
