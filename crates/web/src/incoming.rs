//! A body that is read while it arrives: a reader of its own thread is handed piece after piece, and no more than a few
//! pieces are held, however large the whole is.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use kernel::{Refusal, Result};
use std::{
    convert::Infallible,
    io::{self, BufRead, Read},
};
use tokio::{
    sync::mpsc::{Receiver, channel},
    task::spawn_blocking,
};
use tokio_stream::StreamExt;

/// Pieces that wait to be read.
const HELD: usize = 4;
/// Pieces that are let pass behind what was read.
const MOST_PASSED: usize = 10_000;

/// What somebody sends, not read yet.
pub struct Incoming(axum::body::Body);

impl<S: Send + Sync> FromRequest<S> for Incoming {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> std::result::Result<Self, Infallible> {
        Ok(Incoming(request.into_body()))
    }
}

impl Incoming {
    /// Has it read, on a thread that may wait.
    ///
    /// # Errors
    /// Whatever the reader says.
    pub async fn read<T: Send + 'static>(self, read: impl FnOnce(&mut dyn BufRead) -> Result<T> + Send + 'static) -> Result<T> {
        let (pieces, taken) = channel::<io::Result<Bytes>>(HELD);
        let reading = spawn_blocking(move || read(&mut Arriving { pieces: taken, piece: Bytes::new(), over: false }));
        let (mut body, mut passed) = (self.0.into_data_stream(), 0);
        while let Some(piece) = body.next().await {
            let piece = piece.map_err(|_| io::Error::other("The upload was cut off."));
            // Once whoever reads has read enough the rest is let pass: who sends on hears no answer.
            if pieces.send(piece).await.is_err() && reading.is_finished() {
                passed += 1;
                if passed > MOST_PASSED {
                    break;
                }
            }
        }
        drop(pieces);
        reading.await.map_err(|error| Refusal::broken(error.to_string()))?
    }
}

/// The reader's end.
struct Arriving {
    pieces: Receiver<io::Result<Bytes>>,
    piece: Bytes,
    over: bool,
}

impl BufRead for Arriving {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() && !self.over {
            match self.pieces.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => self.over = true,
            }
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, amount: usize) {
        self.piece = self.piece.slice(amount.min(self.piece.len())..);
    }
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let length = piece.len().min(into.len());
        into[..length].copy_from_slice(&piece[..length]);
        self.consume(length);
        Ok(length)
    }
}
