//! The work of a product as Lighthouse (letpeople.work) reads it, so that whoever wants to can have our forecasts checked
//! by another tool: a row for each story, with when it began and when it was closed.

use crate::tables::{Cell, Table};
use kernel::{Column, Look, Result, Row, Uuid, value::Packed};
use std::collections::HashMap;

/// As Lighthouse names them; it tells them apart by their names.
const HEADER: [&str; 11] =
    ["ID", "Name", "State", "Type", "Started Date", "Closed Date", "Created Date", "Parent Reference Id", "Tags", "Estimated Size", "Depends On"];

/// The stories of the product at hand, without those that were dropped, in the order of its backlog.
pub fn lighthouse(look: &mut Look) -> Result<Table> {
    let product = look.scope.product()?.clone();
    let waits_for = waits_for(look, &product.key)?;
    let rows = look.query(
        "select story.id, story.number, story.title, story.kind, story.stage, story.created_at, story.started_at, story.settled_at, feature.number, story.labels, story.points
         from story left join feature on feature.id = story.feature and feature.removed_at is null
         where story.product = $1 and story.removed_at is null and story.stage <> 'dropped' order by story.rank, story.id",
        &[product.id.value()],
    )?;
    let key = |number: i64| format!("{}-{number}", product.key);
    let row = |mut row: Row| -> Result<Vec<Cell>> {
        let (id, number, title): (Uuid, i64, String) = (row.take()?, row.take()?, row.take()?);
        let (kind, stage): (String, String) = (row.take()?, row.take()?);
        let (created, started, settled): (i64, Option<i64>, Option<i64>) = (row.take()?, row.take()?, row.take()?);
        let feature: Option<i64> = row.take()?;
        let (labels, points): (Packed<Vec<String>>, Option<f64>) = (row.take()?, row.take()?);
        // It counts what is closed and has begun: what was accepted at once began when it was closed.
        let closed = settled.filter(|_| stage == "accepted");
        let began = started.map(|at| closed.map_or(at, |closed| at.min(closed))).or(closed).filter(|_| stage != "open");
        Ok(vec![
            Cell::text(key(number)),
            Cell::text(title),
            Cell::text(state(&stage)),
            Cell::text(web::capital(&kind)),
            moment(began),
            moment(closed),
            moment(Some(created)),
            Cell::text(feature.map(key).unwrap_or_default()),
            // Semicolons part them there.
            Cell::text(labels.iter().map(|label| label.replace(';', ",")).collect::<Vec<_>>().join(";")),
            points.map_or(Cell::Empty, Cell::Number),
            Cell::text(waits_for.get(&id).cloned().unwrap_or_default()),
        ])
    };
    let rows = rows.into_iter().map(row).collect::<Result<_>>()?;
    Ok(Table { name: product.key.clone(), header: HEADER.map(str::to_owned).to_vec(), rows })
}

/// By what keys of others each story is blocked.
fn waits_for(look: &mut Look, key: &str) -> Result<HashMap<Uuid, String>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select relation.to_id, story.number from relation join story on story.id = relation.from_id
         where relation.product = $1 and relation.verb = 'blocks' and relation.to_noun = 'story' and relation.from_noun = 'story'
           and relation.removed_at is null and story.removed_at is null order by story.number",
        &[product.value()],
    )?;
    let mut all: HashMap<Uuid, String> = HashMap::new();
    for mut row in rows {
        let (id, number): (Uuid, i64) = (row.take()?, row.take()?);
        let told = all.entry(id).or_default();
        if !told.is_empty() {
            told.push(';');
        }
        *told += &format!("{key}-{number}");
    }
    Ok(all)
}

fn state(stage: &str) -> &'static str {
    match stage {
        "doing" => "In Progress",
        "handed_over" => "Handed Over",
        "accepted" => "Done",
        _ => "To Do",
    }
}

/// `2026-11-23 10:04:00`, in UTC.
fn moment(at: Option<i64>) -> Cell {
    let told = |at: i64| web::when::iso(at).get(..19).map(|text| text.replace('T', " "));
    at.and_then(told).map_or(Cell::Empty, Cell::text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_it_reads_them() {
        assert_eq!(moment(Some(1_795_428_245_123)), Cell::text("2026-11-23 10:04:05"));
        assert_eq!(moment(None), Cell::Empty);
    }
}
