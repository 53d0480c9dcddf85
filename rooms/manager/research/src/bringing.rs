//! The matrix from a table: a row for each thing that was seen. Nothing of it comes in while a row cannot be read.

use crate::{capabilities::CreateCapability, competitors::CreateCompetitor, events::*, grades, model::*, rows};
use kernel::{Command, Decided, Event, FieldError, Id, Look, Moment, Noun, Refusal, Result, Scope, Words, command, fields::is_link};
use reading::{dates, table::Table};
use std::collections::{HashMap, HashSet};
use web::when;

/// So many rows at once.
const MOST: usize = 2_000;
/// So many rows that cannot be read are told.
const MOST_TOLD: usize = 5;

command! {
    /// Brings what is known of competitors into the matrix, from a table with the columns Capability, Competitor (empty for us), Grade, Source, Address, Seen on and Note. What is here already stays once.
    pub struct BringInGrades in "grade.bring_in" at Post "/products/{product}/capability-matrix" [Research] {
        /// The text of the file: rows with commas, semicolons or tabs.
        pub table: Words<500_000>,
    }
}

/// What is known already.
pub struct Known {
    capabilities: Vec<Capability>,
    competitors: Vec<Competitor>,
    grades: Vec<Grade>,
    /// What the product is called, in whose column we stand.
    ours: String,
}

/// One row, read.
#[derive(Debug, PartialEq)]
struct Seen {
    capability: String,
    competitor: String,
    level: Level,
    source: String,
    url: String,
    seen_on: String,
    note: String,
}

impl Command for BringInGrades {
    type Before = Known;

    fn load(&self, look: &mut Look) -> Result<Known> {
        Ok(Known {
            capabilities: Capability::all(look, "order by created_at, id", &[])?,
            competitors: rows::competitors(look)?,
            grades: Grade::all(look, "", &[])?,
            ours: product::product(look)?.name,
        })
    }
    fn title(&self, _: &Known) -> String {
        "Bring a table into the capability matrix".into()
    }
    fn decide(self, known: Known, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, today) = (scope.product_id()?, when::day_in(moment.now, &scope.who.zone));
        let seen = read(&self.table, &known.ours, &today)?;
        let mut events = vec![];
        let lower = |name: &str| name.to_lowercase();
        let mut capabilities: HashMap<String, Id<Capability>> = known.capabilities.iter().map(|c| (lower(&c.name), c.id())).collect();
        let mut competitors: HashMap<String, Id<Competitor>> = known.competitors.iter().map(|c| (lower(&c.name), c.id())).collect();
        type Same = (Id<Capability>, Option<Id<Competitor>>, Level, String, String, String);
        let same = |g: &Grade| -> Same { (g.capability, g.competitor, g.level, g.source.clone(), g.url.clone(), g.seen_on.clone()) };
        let mut here: HashSet<Same> = known.grades.iter().map(same).collect();
        for row in seen {
            let capability = *capabilities.entry(lower(&row.capability)).or_insert_with(|| {
                let made = CreateCapability::named(moment.fresh(Some(product)), row.capability.clone());
                events.push(Event::created(&CAPABILITY_CREATED, &made));
                made.id()
            });
            let competitor = (!row.competitor.is_empty()).then(|| {
                *competitors.entry(lower(&row.competitor)).or_insert_with(|| {
                    let made = CreateCompetitor::named(moment.fresh(Some(product)), row.competitor.clone(), today.clone());
                    events.push(Event::created(&COMPETITOR_CREATED, &made));
                    made.id()
                })
            });
            let told = grades::told(&row.capability, competitor.map(|_| row.competitor.as_str()));
            let grade = Grade {
                meta: moment.fresh(Some(product)),
                capability,
                competitor,
                level: row.level,
                source: row.source,
                url: row.url,
                seen_on: row.seen_on,
                note: row.note,
            };
            if here.insert(same(&grade)) {
                events.push(Event::created(&GRADE_NOTED, &grade).called(format!("{told}: {}", grade.level.says())));
            }
        }
        Ok(events.into())
    }
}

fn wrong(says: impl Into<String>) -> Refusal {
    Refusal::invalid("table", says)
}

/// The rows of a table; what cannot be read of it, row by row.
fn read(text: &str, ours: &str, today: &str) -> Result<Vec<Seen>> {
    let table = Table::read(text).map_err(|why| wrong(why.0))?;
    if table.separator.is_none() {
        let names = "Capability, Competitor and Grade";
        return Err(wrong(format!("This is one column. Its first line has to name {names} at least, parted by commas, semicolons or tabs.")));
    }
    let column = |names: &[&str]| table.columns(names).first().copied();
    let needed = |names: &[&str]| {
        let missing = || wrong(format!("There is no column “{}”; there are {}.", names[0], table.header.join(", ")));
        column(names).ok_or_else(missing)
    };
    let (capability, level) = (needed(&["Capability", "Feature", "Function"])?, needed(&["Grade", "Level", "Rating"])?);
    let competitor = needed(&["Competitor", "Company", "Who"])?;
    let (source, url) = (column(&["Source", "Where"]), column(&["Address", "Link", "URL"]));
    let (seen_on, note) = (column(&["Seen on", "Date", "Day", "Checked"]), column(&["Note", "Remark"]));
    if table.rows.len() > MOST {
        return Err(wrong(format!("At most {MOST} rows come in at once; these are {}.", table.rows.len())));
    }
    let days = dates::Column::of(seen_on.iter().flat_map(|at| table.column(*at)));
    let (mut seen, mut odd) = (vec![], vec![]);
    for row in &table.rows {
        let cell = |at: Option<usize>| at.map_or("", |at| row.cell(at)).trim().trim_start_matches('\'').to_owned();
        let at = |name: &str, says: String| format!("Row {}, {name}: {says}", row.number);
        if let Some(reason) = table.ragged(row) {
            odd.push(format!("Row {}: {reason}.", row.number));
            continue;
        }
        let name = |field: &str, text: String| match text.chars().count() {
            length if length > 200 => Err(at(field, format!("at most 200 characters fit; this is {length}."))),
            _ => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        let read = || -> std::result::Result<Seen, String> {
            let capability = name("Capability", cell(Some(capability)))?;
            if capability.is_empty() {
                return Err(at("Capability", "nothing stands here.".into()));
            }
            let whose = name("Competitor", cell(Some(competitor)))?;
            let is_ours = [ours, "us", "we", "our product"].iter().any(|name| name.eq_ignore_ascii_case(&whose));
            let graded = cell(Some(level));
            let expected = || at("Grade", format!("found “{graded}”; expected none, partial, full or best."));
            let level = Level::ALL.iter().find(|level| [level.word(), level.says()].iter().any(|word| word.eq_ignore_ascii_case(&graded)));
            let seen = Seen {
                capability,
                competitor: if is_ours { String::new() } else { whose },
                level: *level.ok_or_else(expected)?,
                source: cell(source),
                url: cell(url),
                seen_on: match cell(seen_on) {
                    day if day.is_empty() => today.to_owned(),
                    day => match days.read(&day) {
                        Ok(when) if when.grain == dates::Grain::Day => when.date.to_string(),
                        Ok(when) => return Err(at("Seen on", format!("“{day}” {}.", dates::Why::Longer(when.grain)))),
                        Err(why) => return Err(at("Seen on", format!("“{day}” {why}."))),
                    },
                },
                note: cell(note),
            };
            if seen.seen_on.as_str() > today {
                return Err(at("Seen on", format!("{} is still to come.", seen.seen_on)));
            }
            if !seen.url.is_empty() && !is_link(&seen.url) {
                return Err(at("Address", format!("“{}” is no address; one begins with https://.", web::clipped(&seen.url, 60))));
            }
            if !seen.competitor.is_empty() && seen.source.is_empty() && seen.url.is_empty() {
                return Err(at("Source", "say where this was seen.".into()));
            }
            if seen.source.chars().count() > 300 || seen.note.chars().count() > 2_000 || seen.url.len() > 2_000 {
                return Err(at("Source or Note", "this is too long.".into()));
            }
            Ok(seen)
        };
        match read() {
            Ok(row) => seen.push(row),
            Err(why) => odd.push(why),
        }
    }
    match (odd.len(), seen.is_empty()) {
        (0, true) => Err(wrong("There is no row in this table.")),
        (0, false) => Ok(seen),
        (many, _) => {
            let more = many.saturating_sub(MOST_TOLD);
            let mut told = odd.into_iter().take(MOST_TOLD).collect::<Vec<_>>().join(" ");
            if more > 0 {
                told += &format!(" And {more} more.");
            }
            Err(Refusal::Invalid(vec![FieldError { field: "table".into(), message: format!("Nothing was brought in. {told}") }]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        match read(text, "Orbit", "2026-11-29") {
            Err(refusal) => refusal.sentence(),
            Ok(rows) => panic!("{rows:?}"),
        }
    }

    #[test]
    fn a_table_is_read_whatever_parts_it() {
        let text = "Capability;Competitor;Grade;Source;Seen on\nLive map;Nimbus;Full;Their app;13/10/2026\nLive map;Orbit;best of all;;\n";
        let rows = read(text, "Orbit", "2026-11-29").unwrap();
        assert_eq!((rows[0].seen_on.as_str(), rows[0].level, rows[0].competitor.as_str()), ("2026-10-13", Level::Full, "Nimbus"));
        assert_eq!((rows[1].competitor.as_str(), rows[1].level, rows[1].seen_on.as_str()), ("", Level::Best, "2026-11-29"));
    }

    #[test]
    fn what_cannot_be_read_is_told_by_row_and_column() {
        let head = "Capability,Competitor,Grade,Source,Seen on\n";
        assert!(refused("Capability,Grade\na,full\n").contains("no column “Competitor”; there are Capability, Grade."));
        assert!(refused(&format!("{head}Map,Nimbus,good,App,\n")).contains("Row 2, Grade: found “good”"));
        assert!(refused(&format!("{head}Map,Nimbus,full,,\n")).contains("Row 2, Source"));
        assert!(refused(&format!("{head}Map,Nimbus,full,App,2027-01-01\n")).contains("still to come"));
        assert!(refused(&format!("{head}Map,Nimbus,full,App\n")).contains("Row 2: it has 4 cells where the header has 5."));
        let many = refused(&format!("{head}{}", ",x,full,App,\n".repeat(9)));
        assert!(many.contains("Nothing was brought in.") && many.contains("And 4 more."), "{many}");
        assert!(refused(head).contains("no row"));
        assert!(refused("Capability|Competitor|Grade\nMap|Nimbus|full\n").contains("This is one column"));
    }
}
