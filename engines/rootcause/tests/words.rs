//! Small tables in words: a clear cause is named, the headline agrees with the table, and chance is not taken for a cause.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use rand_pcg::{Pcg64Mcg, rand_core::Rng};
use rootcause::{
    cube::Cells,
    report::{Report, Verdict},
    scan::{Depth, localise},
    table::{Measure, Times, read},
};

fn look(file: &str, measure: &str, time: Option<&str>) -> (Report, String) {
    let measure = Measure::parse(measure);
    let times = time.map(|column| Times { column: column.into(), at: None });
    let report = localise(&read(file.as_bytes(), &measure, times.as_ref(), None).unwrap().cube, Depth::default()).unwrap();
    let lines = [vec![report.headline(&measure), report.verdict()], report.causes(&measure, 5)].concat();
    (report, lines.join("\n"))
}

#[test]
fn a_clear_cause_among_ten_rows_is_called_one() {
    let (report, told) = look(include_str!("cases/orders.csv"), "orders", None);
    assert_eq!(report.verdict, Verdict::One);
    assert_eq!(
        told,
        "orders fell: 17845 instead of 18390, 545 fewer.
One slice explains it.
  1. country = DE: 1330 instead of the expected 2050 (0.65 times), 720 fewer.
     All the rest: 16515 instead of the expected 16340, 175 more."
    );
}

#[test]
fn what_few_rows_cannot_tell_from_chance_is_still_named() {
    let (report, told) = look(include_str!("cases/calls.csv"), "count", Some("week"));
    assert_eq!((report.verdict, report.ranked[0].slice.to_string().as_str()), (Verdict::TooFew, "reason = login"));
    assert!(
        told.contains("One slice explains it, reason = login, but there are too few rows to tell it from chance: every second such table"),
        "{told}"
    );
    assert!(told.contains("1. reason = login: 8 instead of the expected 1 (8 times), 7 more."), "{told}");
    // Three times the calls, and chance is out of the question.
    let (report, _) = look(
        &include_str!("cases/calls.csv")
            .lines()
            .enumerate()
            .fold(String::new(), |all, (at, line)| all + &format!("{line}\n").repeat(if at == 0 { 1 } else { 3 })),
        "count",
        Some("week"),
    );
    assert_eq!((report.verdict, report.ranked[0].slice.to_string().as_str()), (Verdict::One, "reason = login"));
}

#[test]
fn a_rate_that_fell_by_its_mix_is_said_to_have_fallen() {
    let (report, told) = look(include_str!("cases/conversion.csv"), "orders/visits", None);
    assert_eq!(report.verdict, Verdict::Mix);
    assert_eq!(
        told,
        "orders/visits fell: 3.15 % instead of 6.02 % (1386 of 44000; before 2000 of 33250).
The mix of device explains it (−3.50 points), not the rates: within every device the rate rose (+0.63 points). This is Simpson's paradox: compare like with like.
   - phone: 88.6 % of visits instead of 33.1 %, its own rate 2.40 % instead of 2.00 %.
   - desktop: 11.4 % of visits instead of 66.9 %, its own rate 9.00 % instead of 8.00 %."
    );
}

#[test]
fn changes_that_cancel_are_two_causes_with_amounts() {
    let (report, told) = look(include_str!("cases/moved.csv"), "sales", None);
    assert_eq!(report.verdict, Verdict::Against);
    assert_eq!(
        told,
        "sales did not change on the whole: 4000, before 4000.
Two changes cancel each other out:
  1. shop = West and channel = web: 0 instead of the expected 1000, 1000 fewer.
  2. shop = East and channel = web: 2000 instead of the expected 1000 (2 times), 1000 more."
    );
    let (_, told) = look(include_str!("cases/units.csv"), "units", None);
    assert_eq!(
        told,
        "units fell: 8050 instead of 8100, 50 fewer.
Two changes cancel each other out:
  1. product = new: 900 instead of the expected 100 (9 times), 800 more.
  2. product = old: 4150 instead of the expected 5000 (0.83 times), 850 fewer."
    );
}

#[test]
fn a_rate_fell_though_its_amount_rose() {
    let file = "device,orders_before,orders_after,visits_before,visits_after\nphone,300,180,10000,15000\ndesktop,700,1080,14000,21500\ntablet,100,160,2000,3100\n";
    let (report, told) = look(file, "orders/visits", None);
    assert_eq!((report.verdict, report.ranked[0].slice.to_string().as_str()), (Verdict::One, "device = phone"));
    assert!(told.starts_with("orders/visits fell: 3.59 % instead of 4.23 % (1420 of 39600; before 1100 of 26000).\nOne slice explains"), "{told}");
    assert!(!told.contains("rose"), "{told}");
}

#[test]
fn rates_that_are_no_shares_are_numbers() {
    let file = "plan,value_before,value_after,orders_before,orders_after\nsmall,1000,3000,100,300\nlarge,9000,3000,100,33\n";
    let (report, told) = look(file, "value/orders", None);
    assert_eq!(report.verdict, Verdict::Mix);
    assert!(
        told.starts_with("value/orders fell: 18.0 instead of 50") && told.contains("small: 90.1 % of orders instead of 50.0 %, its own rate 10."),
        "{told}"
    );
}

#[test]
fn rates_and_mix_may_cancel() {
    let file = "device,orders_before,orders_after,visits_before,visits_after\nphone,100,182,5000,7000\ndesktop,400,312,5000,3000\n";
    let (report, told) = look(file, "orders/visits", None);
    assert_eq!(report.verdict, Verdict::Mix);
    assert!(
        told.contains("Two changes cancel each other out: the mix of device brought −") && told.contains("within every device the rate rose (+"),
        "{told}"
    );
}

#[test]
fn sums_that_are_no_counts_have_causes_too() {
    let (report, told) = look("region,sales_before,sales_after\nnorth,1200.50,1180.00\nsouth,1100.00,2300.75\n", "sales", None);
    assert_eq!((report.verdict, report.ranked[0].slice.to_string().as_str()), (Verdict::One, "region = south"));
    assert!(told.contains("region = south: 2301 instead of the expected 1100 (2.09 times), 1201 more."), "{told}");
    let (report, _) = look("region,sales_before,sales_after\nnorth,1200.50,1300.00\nsouth,1100.00,1010.75\n", "sales", None);
    assert!(matches!(report.verdict, Verdict::Nothing | Verdict::TooFew), "{:?}", report.verdict);
}

#[test]
fn chance_is_rarely_called_a_cause() {
    let mut random = Pcg64Mcg::new(2026);
    let mut share = move || ((random.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
    let mut normal = move || (-2.0 * share().ln()).sqrt() * (std::f64::consts::TAU * share()).cos();
    // Rows, how many values they have, and by which part they vary beyond counting.
    for (name, rows, mean, beyond) in [
        ("ten small counts", 10, 8.0, 0.0),
        ("ten large counts", 10, 2000.0, 0.0),
        ("ten that vary by a tenth", 10, 2000.0, 0.1),
        ("sixty that vary by a fifth", 60, 300.0, 0.2),
        // Of so few only what counting brings can be known: four that vary by a tenth would be called a cause more often.
        ("four counts", 4, 500.0, 0.0),
    ] {
        let (tries, mut called, mut named) = (200, 0, 0);
        for _ in 0..tries {
            let mut count = || {
                let mean = mean * (1.0 + beyond * normal()).max(0.05);
                (mean + mean.sqrt() * normal()).round().max(0.0)
            };
            let mut cells = Cells::new(&["a", "b"]);
            for row in 0..rows {
                cells.sum(&[(row / 2).to_string(), (row % 2).to_string()], count(), count());
            }
            match localise(&cells.cube().unwrap(), Depth::default()).unwrap().verdict {
                Verdict::Nothing => {}
                Verdict::TooFew => named += 1,
                _ => called += 1,
            }
        }
        println!("{name}: {called} of {tries} called a cause, {named} named as a guess");
        assert!(called * 10 < tries, "{name}: {called} of {tries}");
    }
}
