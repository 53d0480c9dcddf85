//! Jira's table in the languages that it speaks, each whole: headings, types, states, days, sizes, family, comments.

use crate::importing::*;
use exchange::{Format, Mapping};
use testkit::House;

type Language = (&'static str, [&'static str; 2], [&'static str; 2], [&'static str; 2]);

/// What a language calls things: its file, labels, the heading and word of a priority, and that of the day it is due.
const LANGUAGES: &[Language] = &[
    ("de", ["schalter", "karte"], ["Priorität", "Hoch"], ["Fälligkeitsdatum", "24/Dez/26"]),
    ("fr", ["guichet", "billet"], ["Priorité", "Haute"], ["Date d'échéance", "24/déc./26"]),
    ("es", ["taquilla", "billete"], ["Prioridad", "Alta"], ["Fecha de vencimiento", "24/dic/26"]),
    ("ru", ["касса", "билет"], ["Приоритет", "Высокий"], ["Срок исполнения", "24/дек/26"]),
    ("ja", ["窓口", "切符"], ["優先度", "高"], ["期限", "24/12月/26"]),
    ("pt", ["guichê", "bilhete"], ["Prioridade", "Alta"], ["Data limite", "24/dez/26"]),
];

#[tokio::test]
async fn jira_in_six_languages() {
    for (language, labels, [priority, high], [due, day_due]) in LANGUAGES {
        let h = House::new().await;
        let brought = import(&h, Format::JiraCsv, &format!("jira/{language}.csv"), &Mapping::default()).await.unwrap();
        let told = format!("{language}: {:?}", brought.report);
        assert_eq!((brought.report.created, brought.report.refused, brought.report.undecided.len()), (4, 0, 0), "{told}");
        let keys = ["jira:H-2", "jira:H-3", "jira:H-4", "jira:H-5"];
        assert_eq!(fields(&h, &keys, "stage").await, ["accepted", "doing", "dropped", "open"], "{told}");
        assert_eq!(fields(&h, &keys, "kind").await, ["story", "bug", "task", "task"], "{told}");
        let created: Vec<String> = vec![
            day(&h, keys[0], "created_at").await,
            day(&h, keys[1], "created_at").await,
            day(&h, keys[2], "created_at").await,
            day(&h, keys[3], "created_at").await,
        ];
        assert_eq!(created, ["2026-03-03", "2025-10-12", "2025-12-04", "2025-07-04"], "{told}");
        let settled = (field(&h, keys[0], "settled_at").await, day(&h, keys[2], "settled_at").await);
        // 6 May 2026, 4:40 in the afternoon.
        assert_eq!(settled, ("1778085600000".into(), "2025-12-05".into()), "{told}");
        let points: Vec<Option<f64>> = fields(&h, &keys, "points").await.iter().map(|p| p.parse().ok()).collect();
        assert_eq!(points, [Some(5.0), Some(3.0), None, None], "{told}");
        let own: Vec<String> = kernel::serde_json::from_str(&field(&h, keys[0], "labels").await).unwrap();
        assert!(labels.iter().all(|label| own.iter().any(|l| l == label)), "{told}");
        let (extra, extra_of_bug) = (field(&h, keys[0], "extra").await, field(&h, keys[1], "extra").await);
        assert!(extra.contains(&format!("\"{priority}\":\"{high}\"")) && extra_of_bug.contains(&format!("\"{due}\":\"{day_due}\"")), "{extra}");
        assert_eq!(field(&h, keys[0], "assignee").await, "", "nobody works on it, and nobody is named: {told}");
        assert!(brought.report.people.is_empty(), "{told}");
        // The first by rank, a part, and the epic proposed as a feature with what hangs on it.
        assert_eq!(brought.report.rows.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["H-2", "H-3", "H-4", "H-5", "H-1"], "{told}");
        assert_eq!((brought.report.parts, brought.report.features.len(), brought.features.is_some()), (1, 1, true), "{told}");
        let epic = brought.report.features[0].clone();
        assert!(own.contains(&epic), "{told}");
        let at = h.number("select created_at from comment").await;
        assert_eq!(web::when::day(at), "2026-05-07", "{told}");
        assert_eq!(brought.report.sprints_without_days.len(), 1, "{told}");
        // "Done" is told as done, although one such row was given up.
        assert!(brought.report.states.values().all(|s| s.to != "dropped"), "{told}");
        let again = import(&h, Format::JiraCsv, &format!("jira/{language}.csv"), &Mapping::default()).await.unwrap();
        assert_eq!((again.report.unchanged, h.number("select count(*) from comment").await), (5, 1), "{language}: {:?}", again.report);
    }
}

#[tokio::test]
async fn what_was_given_up_is_dropped_whatever_its_state_is_taken_for() {
    let h = House::new().await;
    let states = pairs(&[("Fertig", "accepted"), ("Abgeschlossen", "accepted"), ("Läuft gerade", "handed_over")]);
    import(&h, Format::JiraCsv, "jira/de.csv", &Mapping { states, ..Mapping::default() }).await.unwrap();
    assert_eq!(fields(&h, &["jira:H-2", "jira:H-3", "jira:H-4"], "stage").await, ["accepted", "handed_over", "dropped"]);
}
