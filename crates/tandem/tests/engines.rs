//! The engines' commands, as a user types them.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::{fs, path::PathBuf, process::Command};

fn tandem(args: &[&str]) -> (bool, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_tandem")).args(args).output().unwrap();
    let text = if out.status.success() { out.stdout } else { out.stderr };
    (out.status.success(), String::from_utf8(text).unwrap())
}

fn json(args: &[&str]) -> Value {
    let (fine, text) = tandem(&[args, &["--json"]].concat());
    assert!(fine, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// A file with this content, gone with the test's folder.
fn file(name: &str, content: &str) -> String {
    let folder = std::env::temp_dir().join(format!("tandem-engines-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path: PathBuf = folder.join(name);
    fs::write(&path, content).unwrap();
    path.display().to_string()
}

#[test]
fn an_estimate_is_reported_and_wrong_ones_are_explained() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/winter.est");
    let told = json(&["estimate", example, "--line", "income"]);
    assert_eq!(told["unit"], "EUR");
    assert!(told["quantiles"][0].as_f64() < told["quantiles"][6].as_f64());
    assert!(tandem(&["estimate", example]).1.starts_with("chance = "), "the line that no other uses");
    assert_eq!(json(&["estimate", example]), json(&["estimate", example]), "the same seed, the same answer");
    let (fine, said) = tandem(&["estimate", &file("bad.est", "riders = 5k\nx = ridres * 3\n")]);
    assert!(!fine && said.contains("Line 2, column 5") && said.contains("Did you mean “riders”"), "{said}");
    assert!(!tandem(&["estimate", "nowhere.est"]).0);
}

#[test]
fn a_root_cause_is_found_in_a_file() {
    let mut rows = String::from("country,device,failed_before,failed_after,tries_before,tries_after\n");
    for country in ["DE", "FR", "IT"] {
        for device in ["phone", "desktop"] {
            let now = if country == "FR" && device == "phone" { 240 } else { 21 };
            rows += &format!("{country},{device},20,{now},1000,1000\n");
        }
    }
    let told = json(&["rootcause", &file("fails.csv", &rows), "--measure", "failed/tries"]);
    assert_eq!(told["ranked"][0]["slice"], serde_json::json!([["country", "FR"], ["device", "phone"]]));
    let (fine, said) = tandem(&["rootcause", &file("short.csv", "a,b\n1\n"), "--measure", "x"]);
    assert!(!fine && said.contains("no column"), "{said}");
}

#[test]
fn a_forecast_is_made_from_dates_and_refused_on_few() {
    let mut rows = String::from("id,begun,finished\n");
    for day in 1..=28 {
        rows += &format!("{day},2026-09-{day:02},2026-09-{day:02}T10:00:00Z\n");
    }
    rows += "99,2026-09-28,\n";
    let path = file("done.csv", &rows);
    let told = json(&["forecast", &path, "--started", "begun", "--items", "5", "--by", "2026-10-10", "--every-day"]);
    assert_eq!(told["finished"], 28, "what is not finished does not count");
    assert_eq!(told["when"][2], "2026-10-03");
    assert_eq!(told["how_much"][0], 12.0);
    assert_eq!(told["cycle_times"][3], 1);
    let (fine, said) = tandem(&["forecast", &file("few.csv", "finished\n2026-09-01\n"), "--items", "5"]);
    assert!(!fine && said.contains("at least 10"), "{said}");
    let (fine, said) = tandem(&["forecast", &file("odd.csv", "finished\nsoon\n"), "--items", "5"]);
    assert!(!fine && said.contains("Row 2"), "{said}");
}
