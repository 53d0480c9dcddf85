//! Sending files and being given them.

use crate::{
    commands::Spot,
    model::*,
    picture,
    taking::{Taken, too_large},
};
use kernel::{Door, Id, Json, Noun, Refusal, Result, Uuid, json};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Seek},
};
use web::{
    App, Ask, At, Given, IntoResponse, Multipart, Path, Response, Router, Web,
    app::{Batch, Credential, Outcome},
    credential, errors, get, give,
    http::header,
    post, several, told,
};

/// Where files are taken.
pub const FILES_AT: &str = "/{product}/attachments";

pub fn routes() -> Router<Web> {
    Router::new().route(FILES_AT, post(upload)).route("/attachments/{attachment}", get(whole)).route("/attachments/{attachment}/small", get(small))
}

/// Bytes of a field that says where a file hangs.
const MOST_SAID: usize = 2_000;

async fn upload(mut at: At, multipart: Multipart) -> Response {
    let by_program = by_token(&mut at) || at.scripted;
    match attached(&at, multipart).await {
        Ok((things, _)) if by_program => ([(header::CONTENT_TYPE, "application/json")], answer(&things).to_string()).into_response(),
        Ok((things, back)) => told(&at, back, &sentence(&things)),
        Err(refusal) if by_program => errors::problem(&refusal),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// What was attached: id, name, and how it stands in a text.
type Thing = (Uuid, String, String);

fn sentence(things: &[Thing]) -> String {
    match things {
        [(_, name, _)] => format!("Attached “{name}”."),
        several_of_them => format!("Attached {}.", several(several_of_them.len(), "file")),
    }
}

fn answer(things: &[Thing]) -> Json {
    let each = |(id, name, in_text): &Thing| json!({ "id": id, "name": name, "in_text": in_text });
    json!({ "says": sentence(things), "attached": things.iter().map(each).collect::<Vec<_>>() })
}

/// Takes files in and hangs them on a thing, all or none.
async fn attached(at: &At, mut multipart: Multipart) -> Result<(Vec<Thing>, Option<String>)> {
    let cut = |_| Refusal::invalid("file", "The upload was cut off, or it cannot be read.");
    let (mut said, mut spot, mut taken) = (BTreeMap::<String, String>::new(), None, vec![]);
    while let Some(mut field) = multipart.next_field().await.map_err(cut)? {
        let part = field.name().unwrap_or_default().to_owned();
        if part != "file" {
            let mut text = vec![];
            while let Some(piece) = field.chunk().await.map_err(cut)? {
                text.extend(piece.iter().take(MOST_SAID - text.len().min(MOST_SAID)));
            }
            said.insert(part, String::from_utf8_lossy(&text).into_owned());
            continue;
        }
        let Some(name) = field.file_name().filter(|name| !name.is_empty()).map(tidy_name) else { continue };
        // Before anything is read it is known whether it may hang there.
        if spot.is_none() {
            spot = Some(place(at, &said).await?);
        }
        if taken.len() == MOST_AT_ONCE {
            return Err(Refusal::invalid("file", format!("{MOST_AT_ONCE} files at once are enough.")));
        }
        let mut receiving = at.house.app.receive_file(MOST_BYTES)?;
        while let Some(piece) = field.chunk().await.map_err(cut)? {
            receiving.take(&piece).await.map_err(|refusal| too_large(&name, refusal))?;
        }
        taken.push(Taken::of(&at.house.app, name, receiving.end().await?).await?);
    }
    let Some((about, id)) = spot.filter(|_| !taken.is_empty()) else {
        return Err(Refusal::invalid("file", "Choose a file."));
    };
    let product = at.product.as_deref();
    let mut asks = vec![];
    for file in &taken {
        asks.push(Ask::of(product, &file.hung(&about, id))?);
    }
    let outcomes = at.house.app.run_all(&at.visitor, Batch { asks, title: None, dry: false }, |_| {}).await?;
    let things = outcomes.iter().filter_map(|outcome: &Outcome| outcome.thing(Attachment::TABLE)).zip(&taken);
    let things = things.map(|(thing, file)| (thing.id, file.name.clone(), file.in_text(thing.id))).collect();
    Ok((things, said.remove("_back")))
}

/// The thing that files are to hang on, for whoever sees it.
async fn place(at: &At, said: &BTreeMap<String, String>) -> Result<(String, Uuid)> {
    let given = |name: &str| said.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let (noun, id) = (given("about"), given("id"));
    let id = Uuid::parse_str(&id).map_err(|_| Refusal::invalid("id", "Say first what the file hangs on, and then send it."))?;
    let asked = noun.clone();
    at.read(move |look| {
        look.scope.who.signed_in()?;
        Spot::at(look, &asked, id)?.takes(1, 0)
    })
    .await?;
    Ok((noun, id))
}

async fn whole(at: At, Path(id): Path<String>) -> Response {
    given(at, &id, false).await
}

async fn small(at: At, Path(id): Path<String>) -> Response {
    given(at, &id, true).await
}

async fn given(mut at: At, id: &str, small: bool) -> Response {
    let by_program = by_token(&mut at);
    let opened = match found(&at, id).await {
        Ok(file) => opened(&at.house.app, file, small).await,
        Err(refusal) => Err(refusal),
    };
    match opened {
        Ok((file, kind, open)) => {
            let digest = if small { &file.small } else { &file.sha256 };
            give(&Given { name: &file.name, picture: kind, digest }, &at.headers, open)
        }
        Err(refusal) if by_program => errors::problem(&refusal),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// A program may send and fetch files with its token.
fn by_token(at: &mut At) -> bool {
    at.visitor.credential = credential(&at.headers);
    let by_token = matches!(at.visitor.credential, Credential::Token(_));
    if by_token {
        at.visitor.door = Door::Rest;
    }
    by_token
}

/// A file as it is kept, and its type where a page may show it: by what it holds, whatever its row says.
async fn opened(app: &App, file: Attachment, small: bool) -> Result<(Attachment, Option<&'static str>, File)> {
    if small && !file.is_shown() {
        return Err(Refusal::NotFound);
    }
    let mut open = app.open_file(if small { &file.small } else { &file.sha256 }).await?;
    let mut head = vec![];
    let read = (&mut open).take(64).read_to_end(&mut head).and_then(|_| open.rewind());
    read.map_err(|e| Refusal::broken(e.to_string()))?;
    let kind = kind_of(&head);
    let shown = file.is_shown() && picture::is_picture(kind);
    Ok((file, shown.then_some(kind), open))
}

/// A file, for whoever belongs to its product and sees what it hangs on. Its address names no product, so it stays where
/// a product is called otherwise.
async fn found(at: &At, id: &str) -> Result<Attachment> {
    let id: Id<Attachment> = Id::try_from(id)?;
    let app = &at.house.app;
    let key = app.store.read(move |reader| {
        let sql = "select product.key from attachment join product on product.id = attachment.product where attachment.id = $1";
        reader.query(sql, &[kernel::Column::value(&id)])?.pop().ok_or(Refusal::NotFound)?.take::<String>()
    });
    let key = key.await?;
    app.ask(&at.visitor, Some(&key), move |look| {
        look.scope.product_id()?;
        Attachment::get(look, id)
    })
    .await
}
