//! Any bytes are a report of tests or are refused with a sentence; what is read is counted and bounded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use testreport::{Limits, read};

fuzz_target!(|bytes: &[u8]| {
    let (limits, mut cases) = (Limits { bytes: 4_000, piece: 1_000, depth: 20, cases: 50 }, 0);
    let told = read(&mut &*bytes, &limits, &mut |case| {
        cases += 1;
        assert!(case.tags.len() <= 50 && case.name.chars().count() <= 301 && !case.name.contains('\0'));
    });
    match told {
        Ok(report) => assert!(report.cases() == cases && cases <= limits.cases),
        Err(trouble) => assert!(!trouble.says.is_empty()),
    }
});
