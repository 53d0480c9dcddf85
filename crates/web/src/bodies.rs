//! How much of a request is read and for how long: little before it is known who asks, more from whoever is signed in,
//! and a file only where a room takes one. Handlers are given whole bodies; only files stream.

use crate::{Web, credential, errors};
use app::Visitor;
use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::{MatchedPath, Request},
    http::header,
    response::Response,
};
use kernel::{Door, Refusal, Result};
use std::time::Duration;
use tokio::time::timeout;
use tokio_stream::StreamExt;

/// Read of anybody, in bytes: any form before signing in is smaller.
pub const OF_STRANGERS: usize = 16 << 10;
/// Read at an address that takes mail, or news of code, from other machines.
pub const OF_INTAKES: usize = 256 << 10;
/// The routes of such addresses; their word is the credential, or a part of it.
const INTAKES: &[&str] = &["/in/{word}", "/code/{word}"];
/// Read of whoever is signed in.
pub const OF_MEMBERS: usize = 1 << 20;
/// The largest file.
pub const OF_FILES: usize = 128 << 20;

/// How long a stranger's body, a member's body, and the next piece of a file may take.
const SOON: Duration = Duration::from_secs(10);
const IN_A_WHILE: Duration = Duration::from_secs(30);

/// The request with its body read as far as who asks may send it, or the answer that refuses it.
pub(crate) async fn receive(house: &Web, files_at: &[&str], request: Request) -> std::result::Result<Request, Response> {
    let (parts, body) = request.into_parts();
    if axum::body::HttpBody::is_end_stream(&body) {
        return Ok(Request::from_parts(parts, body));
    }
    let is_file = parts.extensions.get::<MatchedPath>().is_some_and(|path| files_at.contains(&path.as_str()));
    let takes_mail = parts.extensions.get::<MatchedPath>().is_some_and(|path| INTAKES.contains(&path.as_str()));
    let most = if is_file { OF_FILES } else { OF_MEMBERS };
    let unknown = if takes_mail { OF_INTAKES } else { OF_STRANGERS };
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let visitor = Visitor { credential: credential(&parts.headers), door: Door::Page };
    match read(house, &visitor, body, (unknown, most), announced, is_file).await {
        Ok(body) => Ok(Request::from_parts(parts, body)),
        Err(refusal) => Err(errors::before_anything(house, parts, refusal).await),
    }
}

async fn read(house: &Web, visitor: &Visitor, body: Body, (unknown, most): (usize, usize), announced: Option<usize>, is_file: bool) -> Result<Body> {
    let mut pieces = body.into_data_stream();
    let mut start = vec![];
    let small = announced.is_none_or(|size| size <= unknown);
    if small && timeout(SOON, fill(&mut start, &mut pieces, unknown)).await.map_err(|_| late())?? {
        return Ok(Body::from(start));
    }
    if visitor.credential == app::Credential::Nobody {
        return Err(Refusal::TooLarge { limit: unknown as u64, size: announced.unwrap_or(start.len()) as u64 });
    }
    // More than a stranger may send is only read of whoever is signed in.
    house.app.ask(visitor, None, |look| look.scope.who.signed_in().map(drop)).await?;
    match announced {
        Some(size) if size > most => return Err(Refusal::TooLarge { limit: most as u64, size: size as u64 }),
        _ => {}
    }
    if is_file {
        let rest = pieces.timeout(IN_A_WHILE).map(|piece| piece.map_err(axum::Error::new).flatten());
        return Ok(Body::from_stream(tokio_stream::once(Ok(Bytes::from(start))).chain(rest)));
    }
    match timeout(IN_A_WHILE, fill(&mut start, &mut pieces, most)).await.map_err(|_| late())?? {
        true => Ok(Body::from(start)),
        false => Err(Refusal::TooLarge { limit: most as u64, size: announced.unwrap_or(start.len()) as u64 }),
    }
}

/// Reads until the end (`true`) or until there is more than may be.
async fn fill(start: &mut Vec<u8>, pieces: &mut BodyDataStream, most: usize) -> Result<bool> {
    while start.len() <= most {
        match pieces.next().await {
            None => return Ok(true),
            Some(Ok(piece)) => start.extend_from_slice(&piece),
            Some(Err(_)) => return Err(Refusal::invalid("", "The request was cut off.")),
        }
    }
    Ok(false)
}

fn late() -> Refusal {
    Refusal::invalid("", "The request took too long to arrive, so it was not read.")
}
