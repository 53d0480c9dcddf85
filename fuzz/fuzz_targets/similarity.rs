//! Any texts can be indexed, and likeness stays between 0 and 1.
#![no_main]

use libfuzzer_sys::fuzz_target;
use similarity::Index;

fuzz_target!(|text: &str| {
    let mut index = Index::default();
    for (id, part) in text.split('\n').take(50).enumerate() {
        index.add(id as u64 % 7, part);
    }
    for found in index.like(text, 5) {
        assert!((0.0..=1.0).contains(&found.likeness), "{}", found.likeness);
    }
    assert!(index.pairs(0.5).iter().all(|(a, b, _)| a != b));
});
