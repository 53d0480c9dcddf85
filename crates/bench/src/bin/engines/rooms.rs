//! How fast rooms and pages work out what they show, with nothing read.

use crate::{fastest, random};

/// Charts as a page has them: drawn wide and narrow, with the table behind.
pub(crate) fn chart_speed() {
    use web::chart::{Across, Chart, Dots, Plot, Series};
    const POINTS: i32 = 2_000;
    let mut draw = random(11);
    let values: Vec<f64> = (0..POINTS).map(|_| draw(1_000) as f64).collect();
    let line = Chart::of(
        "A line",
        Plot::new(Across::Days { days: (18_000..18_000 + POINTS).collect(), today: 20_000 }, "n").with(Series::line("n", &values)),
    );
    let dots = values.iter().enumerate().map(|(n, v)| (n as f64, *v, format!("Story {n}"))).collect();
    let dots = Chart::of("Dots", Dots::new("x", "y", dots).percentiles(&[0.5, 0.85]));
    for (name, chart) in [("line", line), ("scatter with percentiles", dots)] {
        let size = chart.view().into_string().len();
        println!("chart: {name} of {POINTS} points in {:.2} ms, {} kB", fastest(50, || drop(chart.view())), size / 1000);
    }
}

/// A round as it is revealed: 200 things that 12 people rated, with agreement, gaps and middles.
pub(crate) fn reveal_speed() {
    use priorities::{
        Given, Method,
        reveal::{Sheet, reveal},
    };
    let mut draw = random(13);
    let inputs = priorities::inputs::of(Method::Ice);
    let items: Vec<kernel::Uuid> = (1..=200).map(kernel::Uuid::from_u128).collect();
    let mut sheet = |member: u128| {
        let each = items.iter().flat_map(|about| inputs.iter().map(move |input| (*about, input.key.clone())));
        let gave = each.map(|(about, criterion)| Given { about, criterion, written: (1 + draw(10)).to_string() }).collect();
        Sheet { member: kernel::Uuid::from_u128(1000 + member), gave }
    };
    let sheets: Vec<Sheet> = (0..12).map(&mut sheet).collect();
    let ms = fastest(20, || assert!(!reveal(Method::Ice, &inputs, &items, &sheets, &|_, _| None).gaps.is_empty()));
    println!("scoring: a round of 200 things and 12 raters revealed in {ms:.1} ms");
}

/// An update drafted from 10,000 lines of activity about 2,000 things that serve 20 objectives.
pub(crate) fn draft_speed() {
    use activity::Line;
    use kernel::{Act, Change, Uuid, Value};
    use updates::{Around, Kind, Thing, draft};
    const LINES: u128 = 10_000;
    let mut draw = random(17);
    let text = |day: u64| Value::Text(format!("2026-10-{:02}", day + 1));
    let mut line = |n: u128| {
        let thing = u128::from(draw(2_000));
        let (noun, kind, changes) = match thing % 4 {
            0 => ("initiative", "initiative.edited", vec![Change::new("ends_on", text(draw(28)), text(draw(28)))]),
            1 => ("feature", "feature.edited", vec![Change::new("body", text(1), text(2))]),
            2 => ("story", "story.card_moved", vec![Change::new("board_column", Value::Null, text(draw(28)))]),
            _ => ("key_result", "key_result.measured", vec![Change::new("current_value", Value::Real(1.0), Value::Real(draw(100) as f64))]),
        };
        Line {
            id: Uuid::from_u128(n),
            act: Uuid::from_u128(n / 2),
            at: n as i64,
            who: Some("Mara Lindholm".into()),
            assistant: None,
            hat: Some("manager".into()),
            door: "page".into(),
            command: kind.into(),
            area: Some("roadmap".into()),
            kind: kind.into(),
            noun: noun.into(),
            noun_id: Uuid::from_u128(thing + 1),
            label: format!("Thing number {thing}"),
            changes,
            proposal: None,
            reason: None,
            member: None,
            assistant_id: None,
            did: Act::Change,
            undoable: true,
        }
    };
    let lines: Vec<Line> = (1..=LINES).map(&mut line).collect();
    let objective = |n: u128| Uuid::from_u128(1_000_000 + n);
    let thing =
        |n: u128| (Uuid::from_u128(n), Thing { called: format!("ORB-{n} Thing number {n}"), place: None, objective: Some(objective(n % 20)) });
    let around = Around {
        things: (1..=2_000).map(thing).collect(),
        objectives: (0..20).map(|n| (objective(n), format!("Objective {n}"))).collect(),
        year: "2026".into(),
        ..Around::default()
    };
    let ms = fastest(20, || assert!(draft(Kind::Roadmap, &lines, &around).markdown().len() > 1_000));
    println!("updates: drafted from 10,000 lines of activity in {ms:.1} ms");
}
