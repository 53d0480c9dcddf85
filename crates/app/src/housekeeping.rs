//! What the house throws away by itself: answers kept for repeated requests, sessions that ended long ago, links that
//! open nothing any more, files that no row names. All of it is machinery; what people did stays in the record.

use crate::App;
use kernel::{Result, Value, Writer, about, list};
use std::time::Duration;

const DAY: i64 = 24 * 3_600_000;

/// Rows deleted in one transaction, so that nobody waits for it.
const AT_ONCE: usize = 200;

/// What goes: a table, its field with a moment, and the days after that. Receipts, what was sent and what is unread are the house's own; of nouns their
/// rooms say it.
fn fading() -> impl Iterator<Item = (&'static str, &'static str, i64)> {
    let nouns = about::nouns().iter().filter_map(|noun| noun.about.fades.map(|(field, days)| (noun.table, field, days)));
    [
        ("receipt", "at", 2),
        ("delivery", "last_at", 30),
        ("model_call", "at", 30),
        ("unread", "since", 90),
        ("parcel", "at", 7),
        ("parcel_piece", "at", 7),
    ]
    .into_iter()
    .chain(nouns)
}

impl App {
    /// Throws away what is too old; how many rows that were.
    pub async fn tidy_up(&self) -> Result<usize> {
        let mut gone = 0;
        for (table, field, days) in fading() {
            let before = Value::Int(self.clock.now() - days * DAY);
            loop {
                // Looked for beside the writer, and only deleted in it.
                let (sql, before) = (format!("select id from {table} where {field} < $1 limit {AT_ONCE}"), before.clone());
                let old = self
                    .store
                    .read(move |reader| reader.query(&sql, &[before])?.into_iter().map(|mut row| row.take::<String>()).collect::<Result<Vec<_>>>())
                    .await?;
                let found = old.len();
                let sql = format!("delete from {table} where id in each($1)");
                let wholly = about::noun(table).is_some_and(|noun| noun.about.leaves_nothing);
                let gone_wholly = move |writer: &mut dyn Writer| {
                    if wholly {
                        let lines = format!(
                            "delete from activity where product in (select product from {table} where id in each($1)) and noun_id in each($1)"
                        );
                        writer.execute(&lines, &[list(old.iter().cloned())])?;
                    }
                    writer.execute(&sql, &[list(old)])
                };
                self.store.write(gone_wholly).await?;
                gone += found;
                if found < AT_ONCE {
                    break;
                }
            }
        }
        Ok(gone)
    }
}

/// Tidies up for as long as it is let run.
pub async fn every_hour(app: App) {
    match app.index_anew().await {
        Ok(0) => {}
        Ok(learnt) => tracing::info!(learnt, "indexed anew"),
        Err(error) => tracing::warn!(%error, "indexing anew"),
    }
    let mut hours = tokio::time::interval(Duration::from_secs(3600));
    loop {
        hours.tick().await;
        match app.tidy_up().await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "tidied up"),
            Err(error) => tracing::warn!(%error, "tidying up"),
        }
        match app.throw_files_away().await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "threw files away"),
            Err(error) => tracing::warn!(%error, "throwing files away"),
        }
        if let Err(error) = app.gather_index().await {
            tracing::warn!(%error, "gathering the index");
        }
    }
}
