//! What a report of the largest size costs, in memory and in time, when whoever wrote it means ill: a long name is held and
//! read once, however many cases share it, and what is not kept is not held.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::{BufReader, Cursor, Read},
    time::{Duration, Instant},
};
use testreport::{Case, Limits, Report, read};

/// A piece again and again, of which one is held.
struct Again {
    piece: Vec<u8>,
    left: usize,
    at: usize,
}

impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let length = (self.piece.len() - self.at).min(into.len());
        into[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        if self.at == self.piece.len() {
            (self.at, self.left) = (0, self.left - 1);
        }
        Ok(length)
    }
}

fn again(piece: &str, times: usize) -> Again {
    Again { piece: piece.as_bytes().to_vec(), left: times, at: 0 }
}

fn text(text: &str) -> Cursor<Vec<u8>> {
    Cursor::new(text.as_bytes().to_vec())
}

/// As much memory as the process ever had, in MiB, where the system tells.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    told.unwrap_or_default() >> 10
}

/// Reads it, and holds what that took against what is allowed.
fn cheap(what: &str, report: impl Read) -> (Report, Vec<Case>) {
    let (begun, mut few) = (Instant::now(), vec![]);
    let told = read(&mut BufReader::new(report), &Limits::default(), &mut |case| {
        assert!(case.tags.len() <= 50 && case.name.chars().count() <= 301 && case.within.chars().count() <= 301, "{what}");
        if few.len() < 3 {
            few.push(case);
        }
    });
    let (took, memory) = (begun.elapsed(), most_memory());
    assert!(took < Duration::from_secs(20), "{what} took {took:?}");
    assert!(memory < 200, "{what} took {memory} MiB");
    (told.unwrap(), few)
}

/// A name as long as a piece may be, almost, which names criteria from end to end.
fn long_name() -> String {
    "@ORB-42.3 ".repeat(400_000)
}

#[test]
fn scenarios_of_a_feature_share_its_name() {
    let feature = format!("{{\"gherkinDocument\":{{\"uri\":\"a\",\"feature\":{{\"name\":\"{}\"}}}}}}\n", long_name());
    let scenarios = again("{\"pickle\":{\"uri\":\"a\",\"name\":\"b\"}}\n", 2_000);
    let (report, cases) = cheap("messages", text(&feature).chain(scenarios).chain(text("{\"testRunFinished\":{\"success\":true}}\n")));
    assert_eq!((report.skipped, cases[0].tags.len()), (2_000, 1));
    // Without its feature a scenario belongs to its file.
    let scenario = format!("{{\"pickle\":{{\"uri\":\"{0}\",\"name\":\"{0}\",\"tags\":[{{\"name\":\"{0}\"}}]}}}}\n", "x".repeat(500_000));
    let (report, _) = cheap("files", text("{\"meta\":{}}\n").chain(again(&scenario, 30)).chain(text("{\"testRunFinished\":{}}\n")));
    assert_eq!(report.skipped, 30);
    let json =
        text(&format!("[{{\"keyword\":\"Feature\",\"name\":\"{}\",\"elements\":[{{}}", long_name())).chain(again(",{}", 19_999)).chain(text("]}]"));
    let (report, cases) = cheap("Cucumber JSON", json);
    assert_eq!((report.skipped, cases[2].tags.len()), (20_000, 1));
}

#[test]
fn cases_of_a_suite_share_its_name() {
    let begin = format!("<testsuite name=\"{}\">", long_name());
    let (report, cases) = cheap("suite", text(&begin).chain(again("<testcase name='a'/>", 20_000)).chain(text("</testsuite>")));
    assert_eq!((report.passed, cases[2].tags.len()), (20_000, 1));
    // Suites within suites, each with as many criteria as are kept.
    let tags = |suite: usize| (1..=60).map(|n| format!("@ORB-{suite}.{n} ")).collect::<String>();
    let deep: String = (1..90).map(|suite| format!("<testsuite name=\"{}\">", tags(suite))).collect();
    let (report, cases) = cheap("suites", text(&deep).chain(again("<testcase name='a'/>", 20_000)).chain(text(&"</testsuite>".repeat(89))));
    assert_eq!((report.passed, cases[0].tags.len(), cases[0].tags[0].to_string().as_str()), (20_000, 50, "ORB-89.1"));
    // A property that names more than are kept, of a suite and of a case.
    let many: String = (1..400_000).map(|n| format!("ORB-1.{n} ")).collect();
    let property = format!("<properties><property name=\"criterion\" value=\"{many}\"/><property name=\"criterion\">{many}</property></properties>");
    let (begin, end) = (format!("<testsuite>{property}"), format!("<testcase name=\"b\">{property}</testcase></testsuite>"));
    let (report, cases) = cheap("property", text(&begin).chain(again("<testcase name='a'/>", 20_000)).chain(text(&end)));
    assert_eq!((report.passed, cases[0].tags.len()), (20_001, 50));
}

#[test]
fn what_is_no_tag_is_not_held() {
    let (begin, end) =
        ("[{\"keyword\":\"Feature\",\"elements\":[{}],\"tags\":[\"@ORB-1.1\",[0", "],{\"line\":[1],\"name\":\"@ORB-1.2\"},null,1.5,true,-1]}]");
    let (_, cases) = cheap("tags", text(begin).chain(again(",0", 16 << 20)).chain(text(end)));
    assert_eq!(cases[0].tags.iter().map(ToString::to_string).collect::<Vec<_>>(), ["ORB-1.1", "ORB-1.2"]);
    let begin = "{\"pickle\":{\"name\":\"b\",\"tags\":[{\"name\":\"@ORB-1.1\"},[0";
    let messages = text(begin).chain(again(",0", 3 << 20)).chain(text("]]}}\n{\"testRunFinished\":{}}\n"));
    assert_eq!(cheap("tags of a scenario", messages).1[0].tags.len(), 1);
    // A text of 60 MiB, and as many words of 50 criteria as fit.
    let (begin, end) = ("[{\"keyword\":\"Feature\",\"elements\":[{\"name\":\"a", "\",\"steps\":[]}]}]");
    assert_eq!(cheap("text", text(begin).chain(again("xxxxxxxx", 7 << 20)).chain(text(end))).1[0].name.chars().count(), 301);
    let tags: String = (1..=50).map(|n| format!(",{{\"name\":\"@ORB-1.{n}\"}}")).collect();
    let scenario = format!("{{\"pickle\":{{\"name\":\"b\",\"tags\":[{}]}}}}\n", &tags[1..]);
    let (report, _) = cheap("many tags", text("{\"meta\":{}}\n").chain(again(&scenario, 15_000)).chain(text("{\"testRunFinished\":{}}\n")));
    assert_eq!(report.skipped, 15_000);
}
