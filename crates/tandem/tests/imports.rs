//! Imports from the command line, into a house of its own.

#![allow(clippy::unwrap_used)]

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

struct House(PathBuf);

impl House {
    /// A product whose Manager and Owner is one person.
    fn new(name: &str) -> House {
        let house = House::empty(name);
        house.peopled();
        house
    }

    /// A place in which nothing is yet.
    fn empty(name: &str) -> House {
        let folder = std::env::temp_dir().join(format!("tandem-imports-{}-{name}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        House(folder)
    }

    fn peopled(&self) {
        self.run(&["member", "add", "olga@x.org", "--name", "Olga", "--administrator"], "passwordpassword").unwrap();
        self.run(&["product", "add", "ORB", "--name", "Orbit", "--by", "olga@x.org", "--way", "both_hats", "--hats", "owner,manager"], "").unwrap();
    }

    /// What it says, or why it refuses.
    fn run(&self, args: &[&str], input: &str) -> Result<String, String> {
        let data = self.0.join("data");
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
        command.arg("--data").arg(data).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let out = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if out.status.success() { Ok(text(out.stdout)) } else { Err(text(out.stdout) + &text(out.stderr)) }
    }

    fn import(&self, text: &str, more: &[&str]) -> Result<String, String> {
        let file = self.0.join("board.csv");
        std::fs::write(&file, text).unwrap();
        self.run(&[&["import", "csv", file.to_str().unwrap(), "--product", "ORB"], more].concat(), "")
    }

    fn export(&self) -> String {
        self.run(&["export", "--product", "ORB"], "").unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn has(said: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(said.contains(part), "{part} is not in:\n{said}"));
}

const BOARD: &str = "id,title,state,sprint,assignee\n1,Bake bread,Done,Spring,Annegret\n2,Sell bread,To Do,,Annegret\n";

#[test]
fn people_are_invited_and_sprints_taken() {
    let house = House::new("people");
    let dry = house.import(BOARD, &["--dry-run", "--invite", "Annegret=anni@x.org", "--sprint", "Spring=2026-03-02..2026-03-13"]).unwrap();
    has(
        &dry,
        &["Would be: 2 rows read: 2 created", "With them: 1 sprint.", "“Annegret” is invited (2 rows); the stories are theirs once they join."],
    );
    assert!(!dry.contains("/join/") && !house.export().contains("Bake bread"), "a dry run invites nobody");
    let said = house.import(BOARD, &["--invite", "Annegret=anni@x.org", "--sprint", "Spring=2026-03-02..2026-03-13"]).unwrap();
    has(&said, &["2 created", "Annegret is invited.", "/join/"]);
    let export = house.export();
    has(&export, &["\"name\":\"Spring\"", "2026-03-13", "anni@x.org"]);
    // An invitation that cannot be is said, and the import stands.
    let wrong = house.import(BOARD, &["--invite", "Annegret=nowhere"]).unwrap();
    has(&wrong, &["2 unchanged", "Annegret"]);
    let refused = house.import(BOARD, &["--sprint", "Spring=soon"]).unwrap_err();
    has(&refused, &["Spring: Write its days as 2026-04-09..2026-04-22."]);
}

#[test]
fn another_file_with_the_same_keys_is_another() {
    let house = House::new("keys");
    house.import(BOARD, &[]).unwrap();
    let choir = "id,title\n1,Learn the first voice\n2,Hire the hall\n";
    let said = house.import(choir, &[]).unwrap();
    has(&said, &["2 created, 0 updated", "2 rows have keys of stories here that say something else", "say so with --same."]);
    has(&house.import(choir, &[]).unwrap(), &["0 created, 0 updated, 2 unchanged"]);
    has(&house.import(BOARD, &[]).unwrap(), &["0 created, 0 updated, 2 unchanged"]);
    let renamed = "id,title\n1,Nothing alike\n";
    has(&house.import(renamed, &["--dry-run", "--same"]).unwrap(), &["0 created, 1 updated"]);
}

#[test]
fn a_product_that_was_written_out_comes_back_to_the_byte() {
    let house = House::new("out");
    house.import(BOARD, &["--invite", "Annegret=anni@x.org", "--sprint", "Spring=2026-03-02..2026-03-13", "--criteria"]).unwrap();
    house.import(&BOARD.replace("Sell bread", "Sell rye bread"), &[]).unwrap();
    let written = house.export();
    let file = house.0.join("orbit.json");
    std::fs::write(&file, &written).unwrap();
    let refused = house.run(&["import", "tandem-json", file.to_str().unwrap()], "").unwrap_err();
    has(&refused, &["somebody in this workspace already"]);
    let other = House::empty("back");
    let said = other.run(&["import", "tandem-json", file.to_str().unwrap()], "").unwrap();
    has(&said, &["ORB is back", "olga@x.org is the administrator"]);
    assert_eq!(other.export(), written);
    has(&other.run(&["check"], "").unwrap(), &["Everything is sound."]);
    // What is there goes on: the next import finds its rows again.
    std::fs::create_dir_all(&other.0).unwrap();
    has(&other.import(&BOARD.replace("Sell bread", "Sell rye bread"), &[]).unwrap(), &["2 unchanged"]);
    let wrong = House::empty("wrong");
    for (text, told) in
        [("{", "cut off"), ("{\"tandem\":\"backup\",\"format\":2,\"product\":\"\",\"members\":[],\"nouns\":{},\"activity\":[]}", "tandem restore")]
    {
        std::fs::write(&file, text).unwrap();
        has(&wrong.run(&["import", "tandem-json", file.to_str().unwrap()], "").unwrap_err(), &[told]);
    }
}

/// A product with a file on a story, which its Owner attached.
fn attached(house: &House) {
    let address = app::Address::Sqlite(house.0.join("data").join("tandem.db"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let app = tandem::open(address, app::Care::Durable, app::Clock::System, 1).unwrap();
        let found = app.store.read(|reader| {
            let mut member = reader.query("select id from member", &[])?.remove(0);
            let mut story = reader.query("select id from story order by number", &[])?.remove(0);
            Ok((member.take()?, story.take()?))
        });
        let (member, id) = found.await.unwrap();
        let kept = app.blobs.keep(b"how to bake").unwrap();
        let (about, name, kind, small) = ("story".into(), "recipe.txt".into(), "text/plain".into(), String::new());
        let attach = attachments::Attach { about, id, name, kind, size: kept.size as i64, sha256: kept.sha256, small, width: 0, height: 0 };
        let ask = app::Ask::of(Some("ORB"), &attach).unwrap();
        app.run(&app::Visitor::member(member, kernel::Door::Cli), ask).await.unwrap();
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(10));
}

#[test]
fn files_come_back_with_their_product_and_with_a_backup() {
    let house = House::new("files");
    house.import(BOARD, &[]).unwrap();
    attached(&house);
    let written = house.export();
    has(&written, &["recipe.txt", "\"files\":{", "aG93IHRvIGJha2U="]);
    let (file, backup) = (house.0.join("orbit.json"), house.0.join("backup"));
    std::fs::write(&file, &written).unwrap();
    let other = House::empty("files-back");
    other.run(&["import", "tandem-json", file.to_str().unwrap()], "").unwrap();
    assert_eq!(other.export(), written);
    has(&other.run(&["check"], "").unwrap(), &["Everything is sound."]);
    house.run(&["backup", backup.to_str().unwrap()], "").unwrap();
    let third = House::empty("files-restored");
    third.run(&["restore", backup.to_str().unwrap()], "").unwrap();
    assert_eq!(third.export(), written);
    std::fs::write(&file, written.replace("aG93IHRvIGJha2U=", "aG93IHRvIGJyZXc=")).unwrap();
    let wrong = House::empty("files-wrong").run(&["import", "tandem-json", file.to_str().unwrap()], "").unwrap_err();
    has(&wrong, &["not what its name says"]);
}

#[test]
fn files_beside_an_export_are_hung_on_their_stories_once() {
    let house = House::new("beside");
    let folder = house.0.join("attachments");
    std::fs::create_dir_all(folder.join("1")).unwrap();
    std::fs::write(folder.join("1").join("recipe.txt"), "how to bake").unwrap();
    std::fs::write(folder.join("price list.txt"), "bread 3").unwrap();
    std::fs::write(house.0.join("secret"), "s").unwrap();
    let board = "id,title,Attachment,Attachment\n1,Bake bread,25/Nov/26 3:04 PM;ada;recipe.txt;https://x.org/1/recipe.txt,../secret\n2,Sell bread,https://x.org/price%20list.txt,\n";
    let more = ["--attachments", folder.to_str().unwrap()];
    let said = house.import(board, &more).unwrap();
    has(&said, &["2 files attached, 0 were there already, 1 are not in the folder.", "Not in the folder: 1: secret"]);
    has(&house.import(board, &more).unwrap(), &["0 files attached, 2 were there already"]);
    has(&house.export(), &["recipe.txt", "price list.txt"]);
}

#[test]
fn stories_are_written_as_tables_that_come_in_again() {
    let house = House::new("tables");
    house.import("id,title,state,points,labels\n1,=Bake,Done,2.5,\"a, b\"\n2,Sell bread,To Do,,\n", &[]).unwrap();
    let csv = house.run(&["export", "--product", "ORB", "--format", "csv"], "").unwrap();
    has(&csv, &["Key,Title,Type,State,Points", "ORB-1,'=Bake,story,accepted,2.5", "\"a, b\""]);
    has(
        &house.run(&["export", "--product", "ORB", "--format", "markdown"], "").unwrap(),
        &["# Stories of ORB", "- **ORB-2** Sell bread (story, open)"],
    );
    let book = house.0.join("orbit.xlsx");
    has(&house.run(&["export", "--product", "ORB", "--format", "xlsx", "--out", book.to_str().unwrap()], "").unwrap(), &["2 stories written"]);
    let other = House::new("tables-again");
    let said = other.run(&["import", "csv", book.to_str().unwrap(), "--product", "ORB"], "").unwrap();
    has(&said, &["2 created"]);
    has(&other.run(&["export", "--product", "ORB", "--format", "csv"], "").unwrap(), &["ORB-1,'=Bake,story,accepted,2.5"]);
    has(&house.run(&["export", "--product", "ORB", "--format", "pdf"], "").unwrap_err(), &["json, csv, xlsx, markdown or lighthouse-csv"]);
}
