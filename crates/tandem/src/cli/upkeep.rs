//! Backup, restore, check.

use super::Place;
use crate::whole_file;
use app::Registry;
use kernel::json;
use std::{fs::File, io::BufReader, path::Path};
use store::dump;

pub(super) async fn backup(place: &Place, file: &Path) -> Result<(), String> {
    let app = place.open().await?;
    let to = file.to_owned();
    let write_out = app.write_out();
    let rows = app.store.read(move |reader| whole_file::write(&to, |out| write_out(reader, out))).await.map_err(|e| e.to_string())?;
    place.say(&json!({ "rows": rows }), &format!("{rows} rows written to {}.", file.display()))
}

pub(super) async fn restore(place: &Place, file: &Path) -> Result<(), String> {
    let input = File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let whole = dump::Whole::verify(BufReader::new(input), Registry::new(crate::ROOMS).tables()).map_err(|e| e.to_string())?;
    let app = place.make()?;
    let (registry, blobs) = (app.registry.clone(), app.blobs.clone());
    let rows = app
        .store
        .write(move |writer| {
            let rows = whole.restore(writer, &blobs)?;
            app::index_all(writer, &registry)?;
            Ok(rows)
        })
        .await
        .map_err(|e| e.to_string())?;
    place.say(&json!({ "rows": rows }), &format!("{rows} rows restored."))
}

pub(super) async fn check(place: &Place) -> Result<(), String> {
    let report = place.open().await?.check().await.map_err(|e| e.to_string())?;
    let wrong = report.wrong.len() as u64 + report.more;
    let mut sentence = format!("{} rows, {} lines of activity, {} proposals.", report.rows, report.activity, report.proposals);
    for wrong in report.wrong.iter().take(50) {
        sentence += &format!("\n{wrong}");
    }
    if wrong == 0 {
        sentence += " Everything is sound.";
    }
    place.say(&json!(report), &sentence)?;
    match wrong {
        0 => Ok(()),
        n => Err(format!("{n} things are wrong")),
    }
}
