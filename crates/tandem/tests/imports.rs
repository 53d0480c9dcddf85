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
        let folder = std::env::temp_dir().join(format!("tandem-imports-{}-{name}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        let house = House(folder);
        house.run(&["member", "add", "olga@x.org", "--name", "Olga", "--administrator"], "passwordpassword").unwrap();
        house.run(&["product", "add", "ORB", "--name", "Orbit", "--by", "olga@x.org", "--way", "both_hats", "--hats", "owner,manager"], "").unwrap();
        house
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
