//! Any file is a table or is refused with a sentence; its columns are read or say why not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reading::{dates, numbers, people, periods::Periods, states, table::Table};

fuzz_target!(|file: &[u8]| {
    let table = match Table::of(file) {
        Err(wrong) => return assert!(!wrong.0.is_empty()),
        Ok(table) => table,
    };
    for at in 0..table.header.len().min(20) {
        let days = dates::Column::of(table.column(at));
        let amounts = numbers::Column::of(table.column(at));
        for cell in table.column(at) {
            if let Ok(when) = days.read(cell) {
                assert!((1900..=2200).contains(&when.date.year()) && !when.to_string().is_empty());
            }
            if let Ok(number) = amounts.read(cell) {
                assert!(number.value.is_finite());
            }
            let _ = (states::of(cell), people::several(cell));
        }
        let names: Vec<&str> = table.column(at).take(50).collect();
        if let Ok(periods) = Periods::of(&names) {
            assert!(names.iter().any(|name| periods.place(name).is_ok()));
        }
    }
});
