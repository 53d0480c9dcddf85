//! Any file is a cube or is refused with a sentence; a cube can be looked through.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rootcause::{
    scan::{Depth, localise},
    split,
    table::{Measure, Times, read},
};

fuzz_target!(|file: &[u8]| {
    let times = Times { column: "t".into(), at: None };
    let ways = [(Measure::Count, Some(&times)), (Measure::parse("n"), Some(&times)), (Measure::parse("a/b"), Some(&times)), (Measure::parse("n"), None), (Measure::parse("a/b"), None)];
    for (measure, times) in ways {
        match read(file, &measure, times, None) {
            Err(wrong) => assert!(!wrong.0.is_empty()),
            Ok(found) => {
                let cube = found.cube;
                if let Ok(report) = localise(&cube, Depth::default()) {
                    assert!(report.ranked.iter().all(|c| c.score >= 0.0 && !c.sentence().is_empty()));
                }
                for dimension in &cube.dimensions {
                    let _ = split::along(&cube, &dimension.name);
                }
            }
        }
    }
});
