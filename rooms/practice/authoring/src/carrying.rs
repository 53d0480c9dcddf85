//! A challenge as a zip file of its folder: brought in from one, and taken along as one.

use crate::{
    drafting::{BringInChallenge, LONGEST},
    model::*,
    pages::WRITING,
    rows, views,
};
use challenge::folder::of_archive;
use club::Discipline;
use kernel::{Id, Noun, Refusal, Result};
use std::io::{Cursor, Write};
use web::{
    Ask, At, IntoResponse, Multipart, Page, Path, Response, errors,
    http::{HeaderName, HeaderValue, header},
    told,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A file as large as this is read, and may unfold to so much.
const MOST_BYTES: usize = 900 << 10;
const MOST_UNFOLDED: u64 = 4 << 20;

pub(crate) async fn bring(at: At, multipart: Multipart) -> Response {
    match brought(&at, multipart).await {
        Ok(to) => told(&at, Some(to), "The challenge is here."),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::TooLarge { .. })) => {
            errors::framed(&at, errors::status(&refusal), Page::of(&WRITING, views::refused(&refusal.sentence()))).await
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// Reads a zip file and brings what is in it in, by the command that programs use.
async fn brought(at: &At, mut multipart: Multipart) -> Result<String> {
    at.read(|look| look.scope.oneself().map(drop)).await?;
    let cut = |_| Refusal::invalid("file", "The upload was cut off, or it cannot be read.");
    let (mut bytes, mut called) = (vec![], String::new());
    while let Some(mut field) = multipart.next_field().await.map_err(cut)? {
        if field.name() != Some("file") {
            continue;
        }
        called = field.file_name().unwrap_or_default().to_owned();
        while let Some(piece) = field.chunk().await.map_err(cut)? {
            if bytes.len() + piece.len() > MOST_BYTES {
                return Err(Refusal::invalid(
                    "file",
                    format!("The zip file is larger than {} KB; no challenge that a person reads is.", MOST_BYTES >> 10),
                ));
            }
            bytes.extend_from_slice(&piece);
        }
    }
    if bytes.is_empty() {
        return Err(Refusal::invalid("file", "Choose the zip file of a challenge; this one is empty."));
    }
    // Unfolded beside the threads that answer.
    let unfolded = tokio::task::spawn_blocking(move || reading::archive::texts(&bytes, MOST_UNFOLDED)).await;
    let files = unfolded.map_err(|e| Refusal::broken(e.to_string()))?.map_err(|wrong| Refusal::invalid("file", wrong.0))?;
    let called = called.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".zip").to_owned();
    let (kind, code, files) = of_archive(files, &called).map_err(|fault| Refusal::invalid("file", fault.to_string()))?;
    let long = files.iter().find(|(_, text)| text.chars().count() > LONGEST).map(|(path, _)| reading::shown(path));
    if let Some(path) = long {
        return Err(Refusal::invalid("file", format!("“{path}” has more than {LONGEST} letters.")));
    }
    let files = files.into_iter().map(|(path, text)| (path, text.into())).collect();
    let command = BringInChallenge { code: code.clone().into(), kind: Discipline::of(kind), files };
    at.house.app.run(&at.visitor, Ask::of(None, &command)?).await?;
    let draft = at.read(move |look| rows::draft_called(look, &code)).await?.ok_or(Refusal::NotFound)?;
    Ok(format!("/practice/writing/{}", draft.id()))
}

pub(crate) async fn take(at: At, Path(id): Path<String>) -> Response {
    let draft = at.read(move |look| ChallengeDraft::get(look, Id::try_from(id.as_str())?)).await;
    match draft.and_then(|draft| Ok((packed(&draft)?, draft.code))) {
        Ok((bytes, code)) => {
            let mut response = bytes.into_response();
            let way = format!("attachment; filename=\"{code}.zip\"");
            for (name, value) in [
                (header::CONTENT_TYPE, "application/zip"),
                (header::CONTENT_DISPOSITION, way.as_str()),
                (HeaderName::from_static("x-content-type-options"), "nosniff"),
            ] {
                if let Ok(value) = HeaderValue::from_str(value) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

fn packed(draft: &ChallengeDraft) -> Result<Vec<u8>> {
    let broken = |error: &dyn std::fmt::Display| Refusal::broken(error.to_string());
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (path, text) in draft.files.iter() {
        zip.start_file(format!("{}/{path}", draft.code), SimpleFileOptions::default()).map_err(|error| broken(&error))?;
        zip.write_all(text.as_bytes()).map_err(|error| broken(&error))?;
    }
    Ok(zip.finish().map_err(|error| broken(&error))?.into_inner())
}
