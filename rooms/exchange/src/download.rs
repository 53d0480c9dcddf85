//! Lists as files: whatever a page lists goes out as CSV or as a workbook, narrowed as it is there.

use crate::{
    Table,
    lists::{self, Said},
};
use kernel::{Refusal, Result};
use std::collections::HashMap;
use web::{
    At, IntoResponse, Path, Response, errors,
    http::{HeaderValue, header},
    text::{encode, pairs},
};

/// `/ORB/download/backlog.csv?kind=bug`.
pub(crate) async fn download(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    let file = path.get("file").cloned().unwrap_or_default();
    let asked = Said(pairs(at.uri.query().unwrap_or("")));
    let at = at.long();
    let written = at.read(move |look| {
        look.scope.product_id()?;
        let (list, ending) = file.rsplit_once('.').ok_or(Refusal::NotFound)?;
        // What cannot be written is not read first.
        let write = writer(ending)?;
        let table = lists::table(look, list, &asked)?;
        let key = look.scope.product()?.key.clone();
        Ok((write(&table)?, format!("{key}-{list}.{ending}"), ending == "csv"))
    });
    match written.await {
        Ok((bytes, name, is_csv)) => answer(bytes, &name, is_csv),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

fn writer(ending: &str) -> Result<fn(&Table) -> Result<Vec<u8>>> {
    match ending {
        // The mark in front tells Excel that it is UTF-8.
        "csv" => Ok(|table| Ok(format!("\u{feff}{}", table.csv()).into_bytes())),
        "xlsx" => Ok(Table::xlsx),
        _ => Err(Refusal::NotFound),
    }
}

fn answer(bytes: Vec<u8>, name: &str, is_csv: bool) -> Response {
    let kind = if is_csv { "text/csv; charset=utf-8" } else { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
    let named = format!("attachment; filename*=UTF-8''{}", encode(name));
    let named = HeaderValue::from_str(&named).unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}
