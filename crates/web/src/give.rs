//! Giving out what somebody sent us, so that nothing in it runs here: a policy that allows nothing, no guessing of types,
//! and a place on the disk of whoever asked instead of in their browser, save for pictures that were drawn here before.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{fs::File, io};
use tokio::{io::AsyncReadExt, sync::mpsc};
use tokio_stream::wrappers::ReceiverStream;

const POLICY: &str = "default-src 'none'; sandbox";

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;

/// A file as it is given out.
pub struct Given<'a> {
    pub name: &'a str,
    /// Its type, where it is a picture that a page may show.
    pub picture: Option<&'a str>,
    /// The digest of what it holds: whoever has it need not be given it again.
    pub digest: &'a str,
}

/// Gives a file out, or says that whoever asks has it already.
pub fn give(given: &Given, headers: &HeaderMap, file: File) -> Response {
    let tag = format!("\"{}\"", given.digest);
    let had = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let mut response = match had.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => body(file).into_response(),
    };
    let (kind, way) = (given.picture.unwrap_or("application/octet-stream"), disposition(given));
    let told = [
        (header::ETAG, tag.as_str()),
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, way.as_str()),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn disposition(given: &Given) -> String {
    let way = if given.picture.is_some() { "inline" } else { "attachment" };
    let plain: String = given.name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' }).collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{}", crate::text::encode(given.name))
}

/// Read no faster than it is taken.
fn body(file: File) -> Body {
    let (pieces, taken) = mpsc::channel::<io::Result<Bytes>>(2);
    tokio::spawn(async move {
        let mut file = tokio::fs::File::from_std(file);
        loop {
            let mut piece = vec![0; PIECE];
            let read = match file.read(&mut piece).await {
                Ok(0) => return,
                Ok(length) => {
                    piece.truncate(length);
                    Ok(Bytes::from(piece))
                }
                Err(error) => Err(error),
            };
            if pieces.send(read).await.is_err() {
                return;
            }
        }
    });
    Body::from_stream(ReceiverStream::new(taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_place_in_the_head() {
        let given = Given { name: "a\"; x=\r\nb.pdf", picture: None, digest: "" };
        assert_eq!(disposition(&given), "attachment; filename=\"a__ x___b.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0Ab%2Epdf");
    }
}
