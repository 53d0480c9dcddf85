//! Any text is a model or is refused with a place in it; a model that is accepted can be computed or says why not.
#![no_main]

use estimate::{Model, Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Model::parse(text) {
        Err(wrong) => assert!(wrong.at.line <= text.lines().count() && !wrong.says.is_empty()),
        Ok(model) => {
            if let Ok(results) = model.run(Settings { samples: 100, seed: 1 }) {
                let target = model.target();
                let summary = results.summary(target);
                assert!(summary.mean.is_finite() || !results.samples(target).iter().all(|v| v.abs() < 1e300));
                let _ = results.influences(target);
                let _ = (model.exact(target), model.structure(target), model.tree(target));
            }
        }
    }
});
