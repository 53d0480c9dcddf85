//! Taking a file in: what it is, and what of it a page may show, before it is hung on a thing.

use crate::{
    commands::Attach,
    model::*,
    picture::{self, Small},
};
use kernel::{Refusal, Result, Uuid};
use std::{fs::File, io::Read, time::Duration};
use web::{
    App,
    app::{Worked, files::Received},
};

/// So long it is waited for that a picture is drawn; without that it is a file like any other.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes that are read from a disk at once.
const PIECE: u64 = 256 << 10;

/// A file that has come in.
pub struct Taken {
    pub name: String,
    pub sha256: String,
    kind: &'static str,
    size: i64,
    small: Option<Small>,
}

impl Taken {
    /// # Errors
    /// `Invalid` for one that is empty.
    pub(crate) async fn of(app: &App, name: String, received: Received) -> Result<Taken> {
        if received.blob.size == 0 {
            return Err(Refusal::invalid("file", format!("“{name}” is empty.")));
        }
        let kind = kind_of(&received.head);
        let small = drawn(app, &received.blob.sha256, kind).await;
        Ok(Taken { name, sha256: received.blob.sha256, kind, size: received.blob.size as i64, small })
    }

    /// A file that is there as a whole.
    pub async fn from_bytes(app: &App, name: &str, bytes: &[u8]) -> Result<Taken> {
        let mut receiving = app.receive_file(MOST_BYTES)?;
        receiving.take(bytes).await?;
        Taken::of(app, tidy_name(name), receiving.end().await?).await
    }

    /// How it stands in a text once it hangs under an id.
    pub fn in_text(&self, id: Uuid) -> String {
        in_text(&self.name, id, self.is_shown())
    }

    /// A file that lies on this machine.
    pub async fn from_disk(app: &App, name: &str, mut file: File) -> Result<Taken> {
        let name = tidy_name(name);
        let mut receiving = app.receive_file(MOST_BYTES)?;
        loop {
            let mut piece = vec![];
            let read = (&mut file).take(PIECE).read_to_end(&mut piece);
            if read.map_err(|e| Refusal::invalid("file", format!("“{name}” cannot be read: {e}.")))? == 0 {
                return Taken::of(app, name, receiving.end().await?).await;
            }
            receiving.take(&piece).await.map_err(|refusal| too_large(&name, refusal))?;
        }
    }

    fn is_shown(&self) -> bool {
        self.small.is_some()
    }

    /// The command that hangs it on a thing.
    pub fn hung(&self, about: &str, id: Uuid) -> Attach {
        let small = self.small.as_ref();
        Attach {
            about: about.to_owned(),
            id,
            name: self.name.clone(),
            kind: self.kind.to_owned(),
            size: self.size,
            sha256: self.sha256.clone(),
            small: small.map(|small| small.sha256.clone()).unwrap_or_default(),
            width: small.map_or(0, |small| small.width.into()),
            height: small.map_or(0, |small| small.height.into()),
        }
    }
}

/// Which file was too large, in a sentence.
pub(crate) fn too_large(name: &str, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::TooLarge { .. } => Refusal::invalid("file", format!("“{name}” is larger than {}.", size_told(MOST_BYTES as i64))),
        other => other,
    }
}

/// A picture made small, away from the requests; nothing where it is none or takes too long.
async fn drawn(app: &App, sha256: &str, kind: &'static str) -> Option<Small> {
    if !picture::is_picture(kind) {
        return None;
    }
    let (blobs, name) = (app.blobs.clone(), sha256.to_owned());
    // What was made of it before may have been thrown away since.
    let named = (sha256, app.clock.now());
    match app.workshop.work_out("small picture", &named, PATIENCE, move |_| Ok(picture::small(&blobs, &name, kind))).await {
        Ok(Worked::Done(small)) => (*small).clone(),
        _ => None,
    }
}
