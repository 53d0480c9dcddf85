//! Backup, restore, check.

use super::Place;
use kernel::{Refusal, json};
use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::Path,
};
use store::dump;

pub(super) async fn backup(place: &Place, file: &Path) -> Result<(), String> {
    let app = place.open()?;
    // Written beside and renamed, so that a cut-off backup never looks like one.
    let unfinished = file.with_extension("unfinished");
    let to = unfinished.clone();
    let rows = app
        .store
        .write(move |writer| {
            let broken = |e: std::io::Error| Refusal::broken(e.to_string());
            let mut out = BufWriter::new(store::private::create(&to).map_err(broken)?);
            let rows = dump::write(writer, &mut out)?;
            out.flush().map_err(broken)?;
            Ok(rows)
        })
        .await
        .map_err(|e| e.to_string())?;
    std::fs::rename(&unfinished, file).map_err(|e| e.to_string())?;
    place.say(&json!({ "rows": rows }), &format!("{rows} rows written to {}.", file.display()))
}

pub(super) async fn restore(place: &Place, file: &Path) -> Result<(), String> {
    let input = File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let app = place.open()?;
    let registry = app.registry.clone();
    let rows = app
        .store
        .write(move |writer| {
            let rows = dump::read(writer, &mut BufReader::new(input))?;
            // Full text is made anew from what was restored.
            for noun in registry.nouns() {
                for found in (noun.find)(writer.reader(), "where product is not null and removed_at is null", &[])? {
                    if let (Some(product), Some((title, body))) = (found.meta.product, found.searched) {
                        writer.index(product, noun.table, found.meta.id, Some((&title, &body)))?;
                    }
                }
            }
            Ok(rows)
        })
        .await
        .map_err(|e| e.to_string())?;
    place.say(&json!({ "rows": rows }), &format!("{rows} rows restored."))
}

pub(super) async fn check(place: &Place) -> Result<(), String> {
    let report = place.open()?.check().await.map_err(|e| e.to_string())?;
    let mut sentence = format!("{} rows, {} lines of activity, {} proposals.", report.rows, report.activity, report.proposals);
    for wrong in report.wrong.iter().take(50) {
        sentence += &format!("\n{wrong}");
    }
    if report.wrong.is_empty() {
        sentence += " Everything is sound.";
    }
    place.say(&json!(report), &sentence)?;
    match report.wrong.len() {
        0 => Ok(()),
        n => Err(format!("{n} things are wrong")),
    }
}
