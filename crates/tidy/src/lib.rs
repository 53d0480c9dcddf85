//! Tests about the code: what Cargo cannot enforce.

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    /// Files over 400 lines, each with the reason; the list may only shrink.
    const LONG: &[(&str, &str)] = &[];

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
    }

    fn sources() -> Vec<(String, String)> {
        let mut found = vec![];
        let mut folders = vec![root().join("crates"), root().join("engines"), root().join("rooms")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                    found.push((name, std::fs::read_to_string(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn every_file_says_what_it_is_for() {
        let silent: Vec<String> = sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }

    /// What has no tests is not built once more to run them (`test = false`, `doctest = false`); what has some says no such thing.
    #[test]
    fn no_test_is_passed_over() {
        let wrong: Vec<String> = sources()
            .into_iter()
            .filter(|(name, text)| {
                let Some((folder, file)) = name.split_once("/src/") else { return false };
                let manifest = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
                let part = if file == "main.rs" || file.starts_with("bin/") { "[[bin]]" } else { "[lib]" };
                let says = |word: &str| manifest.split("\n\n").any(|at| at.trim_start().starts_with(part) && at.lines().any(|line| line == word));
                let example = text.lines().any(|line| line.trim_start().starts_with("/// ```") || line.trim_start().starts_with("//! ```"));
                says("test = false") && text.contains("#[cfg(test)]") || says("doctest = false") && example
            })
            .map(|(name, _)| name)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn files_have_one_subject() {
        let tested = |text: &str| text.split("\n#[cfg(test)]").next().unwrap_or("").lines().count();
        let long: Vec<(String, usize)> = sources()
            .into_iter()
            .filter(|(name, _)| !name.contains("/tests/") && !LONG.iter().any(|(known, _)| known == name))
            .map(|(name, text)| (name, tested(&text)))
            .filter(|(_, lines)| *lines > 400)
            .collect();
        assert!(long.is_empty(), "over 400 lines: {long:?}");
    }

    #[test]
    fn rooms_name_no_database_and_no_http_library() {
        let wrong: Vec<String> = sources()
            .into_iter()
            .filter(|(name, _)| name.starts_with("rooms/"))
            .filter(|(_, text)| ["rusqlite", "postgres::", "axum::", "sqlite"].iter().any(|word| text.contains(word)))
            .map(|(name, _)| name)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn rooms_change_rows_by_events_alone() {
        let wrong: Vec<String> = sources()
            .into_iter()
            .filter(|(name, _)| name.starts_with("rooms/"))
            .filter(|(_, text)| {
                text.contains(".execute(") || ["insert into ", "update ", "delete from "].iter().any(|sql| text.contains(&format!("\"{sql}")))
            })
            .map(|(name, _)| name)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    /// No query of a room can let slip what it does not know of.
    #[test]
    fn sealed_text_is_read_and_written_in_one_place_each() {
        let wrong = touching("sealed", &["crates/kernel/src/sealed.rs", "crates/app/src/sealing.rs"]);
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn keys_are_read_and_written_in_one_place() {
        let wrong = touching("signing_key", &["crates/app/src/signing.rs"]);
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn answers_in_nobodys_name_are_read_and_written_in_one_place_each() {
        let known = ["crates/kernel/src/counted.rs", "crates/app/src/counting.rs"];
        let wrong: Vec<String> = ["answer_count", "answered", "answered_by"].iter().flat_map(|table| touching(table, &known)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    /// Files besides those known that read or write a table.
    fn touching(table: &str, known: &[&str]) -> Vec<String> {
        sources()
            .into_iter()
            .filter(|(name, _)| !known.contains(&name.as_str()) && !name.contains("/tests/") && !name.starts_with("crates/tidy/"))
            .filter(|(_, text)| ["from", "into", "join", "update"].iter().any(|word| text.contains(&format!("{word} {table} "))))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn only_app_reads_the_clock_and_throws_dice() {
        let wrong: Vec<String> = sources()
            .into_iter()
            .filter(|(name, _)| name.starts_with("rooms/") || name.starts_with("crates/kernel"))
            .filter(|(name, text)| {
                ["SystemTime::now", "Timestamp::now", " rand::"].iter().any(|w| text.contains(w))
                    || (text.contains("now_v7") && !name.starts_with("rooms/exchange"))
            })
            .map(|(name, _)| name)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn engines_are_pure_and_stand_alone() {
        let impure: Vec<String> = sources()
            .into_iter()
            .filter(|(name, _)| name.starts_with("engines/") && !name.contains("/tests/"))
            .filter(|(_, text)| ["SystemTime", "Instant", "std::fs", "std::net", "std::env", "rand::"].iter().any(|word| text.contains(word)))
            .map(|(name, _)| name)
            .collect();
        assert!(impure.is_empty(), "{impure:?}");
        let known: Vec<String> = std::fs::read_to_string(root().join("Cargo.toml"))
            .unwrap()
            .lines()
            .filter(|line| line.contains("path = "))
            .filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()))
            .collect();
        for engine in std::fs::read_dir(root().join("engines")).unwrap() {
            let manifest = std::fs::read_to_string(engine.unwrap().path().join("Cargo.toml")).unwrap();
            // What people write is read in one way by all of them; the reader itself depends on none. What is practised
            // is judged by the methods that are used at work.
            let allowed: &[&str] = match manifest.lines().find(|line| line.starts_with("name = ")) {
                Some("name = \"reading\"") => &[],
                Some("name = \"challenge\"") => &["reading", "estimate", "rootcause", "scoring", "similarity"],
                _ => &["reading"],
            };
            let own: Vec<&String> = known
                .iter()
                .filter(|name| !allowed.contains(&name.as_str()))
                .filter(|name| manifest.contains(&format!("\n{name}.workspace")))
                .collect();
            assert!(own.is_empty() && !manifest.contains("path ="), "an engine depends on {own:?}");
        }
    }

    #[test]
    fn links_in_documents_lead_somewhere() {
        let mut broken = vec![];
        for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
            let text = std::fs::read_to_string(root().join(document)).unwrap();
            for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|l| !l.contains("://")) {
                if !root().join(link).exists() {
                    broken.push(format!("{document}: {link}"));
                }
            }
        }
        assert!(broken.is_empty(), "{broken:?}");
    }

    /// Licences that fit beside MIT OR Apache-2.0.
    const FINE: &[&str] = &[
        "MIT",
        "MIT-0",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Unicode-3.0",
        "Zlib",
        "0BSD",
        "CC0-1.0",
        "Unlicense",
        "BSL-1.0",
        "MPL-2.0",
        "CDLA-Permissive-2.0",
        "Apache-2.0 WITH LLVM-exception",
    ];

    /// An expression such as `MIT OR (Apache-2.0 AND ISC)` is fine when one way through it is.
    fn fine(licence: &str) -> bool {
        let plain = licence.replace(['(', ')'], "").replace('/', " OR ");
        plain.split(" OR ").any(|way| way.split(" AND ").all(|one| FINE.contains(&one.trim())))
    }

    #[test]
    fn licences_of_dependencies_fit() {
        let out = std::process::Command::new(env!("CARGO")).args(["metadata", "--format-version", "1"]).current_dir(root()).output().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let odd: Vec<String> = told["packages"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| !fine(p["license"].as_str().unwrap_or("")))
            .map(|p| format!("{} {}: {}", p["name"], p["version"], p["license"]))
            .collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert!(told["packages"].as_array().unwrap().len() > 100, "the list was read");
    }
}
