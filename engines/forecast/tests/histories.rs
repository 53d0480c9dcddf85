//! Whole histories: a rhythm of reviews, a steady pace, days too far away.

#![allow(clippy::unwrap_used)]

use forecast::{
    backtest::{Verdict, backtest},
    calendar::Calendar,
    habits::Habits,
    history::{Finished, History},
    pace::{Pace, Trend},
    simulate::{Settings, Team, horizon, how_much, rhythm, when},
};

fn day(text: &str) -> i32 {
    let date: jiff::civil::Date = text.parse().unwrap();
    jiff::civil::date(1970, 1, 1).until(date).unwrap().get_days()
}

/// The last column of a file.
fn team(file: &str) -> Team {
    let items = file.lines().skip(1).map(|line| Finished::on(day(line.rsplit(',').next().unwrap()))).collect();
    Team { history: History::new(items).unwrap(), calendar: Calendar::weekdays() }
}

fn last(team: &Team) -> Settings {
    Settings::at(team.history.items().last().unwrap().on)
}

#[test]
fn a_review_every_second_thursday_is_seen_and_used() {
    let team = team(include_str!("cases/fortnightly.csv"));
    let settings = last(&team);
    let found = rhythm(&team, &settings).unwrap().unwrap();
    assert_eq!((found.to_string().as_str(), found.kept, found.reviews), ("every second Thursday", 13, 13));
    let teams = [team];
    let dates = *when(&teams, &[(0, 12.0)], &settings).unwrap().percentiles.last().unwrap();
    assert_eq!(dates[0], Some(day("2026-10-29")));
    assert!(dates[3] <= Some(day("2026-11-12")));
    let all = when(&teams, &vec![(0, 1.0); 60], &settings).unwrap();
    assert!(all.percentiles.iter().flatten().flatten().all(|d| (d - settings.today) % 14 == 0), "answers fall on reviews");
    let amounts = how_much(&teams, day("2026-10-29"), &settings).unwrap().percentiles;
    assert!(amounts[3] >= 10.0 && amounts[0] <= 13.0, "{amounts:?}");
    assert_eq!(how_much(&teams, day("2026-10-14"), &settings).unwrap().percentiles, [0.0; 4], "nothing before the next review");
    let tested = backtest(&teams[0], &settings).unwrap();
    assert_eq!(tested.verdict, Verdict::Holds, "{tested}");
    assert_eq!(tested.pace.map(|p| p.trend), Some(Trend::Steady));
}

#[test]
fn a_steady_history_is_called_steady() {
    let team = team(include_str!("cases/steady.csv"));
    let settings = last(&team);
    let pace = Pace::of(&team.history, settings.today).unwrap();
    assert_eq!(pace.trend, Trend::Steady);
    let tested = backtest(&team, &settings).unwrap();
    let told = tested.to_string();
    assert!(told.contains("too cautious: the pace hardly varied") && !told.contains("sped up"), "{told}");
    assert!(
        Habits::against_calendar(&team, settings.today)
            .unwrap()
            .to_string()
            .starts_with("12 of 72 items were finished on Saturdays, which the calendar takes for free days.")
    );
}

#[test]
fn beyond_three_times_the_history_it_is_too_far_to_tell() {
    let days = (0..100).map(Finished::on).collect();
    let teams = [Team { history: History::new(days).unwrap(), calendar: Calendar::every_day() }];
    let settings = Settings::at(99);
    assert_eq!(horizon(&teams, 99), 399);
    let dates = when(&teams, &[(0, 300.0), (0, 1.0)], &settings).unwrap().percentiles;
    assert_eq!(dates, [[Some(399); 4], [None; 4]]);
    assert_eq!(how_much(&teams, 399, &settings).unwrap().percentiles, [300.0; 4]);
    assert!(how_much(&teams, 400, &settings).is_err_and(|w| w.0.starts_with("Too far to tell")));
}

#[test]
fn month_ends_are_seen_and_used() {
    let ends = ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30"];
    let items = ends.iter().flat_map(|d| vec![Finished::on(day(d)); 4]).collect();
    let teams = [Team { history: History::new(items).unwrap(), calendar: Calendar::weekdays() }];
    let dates = when(&teams, &[(0, 4.0), (0, 4.0)], &Settings::at(day("2026-06-30"))).unwrap().percentiles;
    assert_eq!(dates, [[Some(day("2026-07-31")); 4], [Some(day("2026-08-31")); 4]]);
    let grown = Settings { growth: 1.0, ..Settings::at(day("2026-06-30")) };
    // More is added in a month than is finished in one.
    assert_eq!(when(&teams, &[(0, 40.0)], &grown).unwrap().percentiles[0], [None; 4]);
}
