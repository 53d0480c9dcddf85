//! Feedback and customers from a table as a page: the file, its columns, how far it is, what came of it.

use super::{
    draft::{self, Draft},
    mapping::{Holds, Mapping},
    views,
    work::StartFeedback,
};
use crate::{
    pages::A_MOMENT,
    work::{AT_ONCE, told_as},
};
use kernel::{Area, Deserialize, Id, Refusal, Result, Serialize, Standing, Uuid};
use reading::table::Table;
use std::{collections::HashMap, sync::Arc, time::Duration};
use web::{
    Ask, At, Form, IntoResponse, Multipart, Page, PageSpec, Path, Query, Redirect, Response, Router, Web, Wing,
    app::parcels::{Parcel, Stand},
    errors, get, post, when,
};

/// Where files are taken.
pub const FILES_AT: &str = "/{product}/feedback";

pub(crate) const FEEDBACK: PageSpec =
    PageSpec { path: "feedback", name: "Import feedback", wing: Wing::Both, under: "customers", areas: &[Area::Customers], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route(FILES_AT, get(form).post(upload))
        .route("/{product}/feedback/{parcel}", get(show))
        .route("/{product}/feedback/{parcel}/run", post(run))
        .route("/{product}/feedback/{parcel}/stop", post(stop))
}

/// What is kept with the file until its columns are chosen.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
struct Head {
    holds: Holds,
}

async fn form(at: At) -> Response {
    at.page(|look| Ok(Page::of(&FEEDBACK, views::form(look.scope)))).await
}

/// Who imports, into what, and whether they decide there.
struct Importer {
    product: String,
    member: Uuid,
    decides: bool,
}

async fn importer(at: &At) -> Result<Importer> {
    at.house
        .app
        .ask(&at.visitor, at.product.as_deref(), |look| {
            let key = look.scope.product()?.key.clone();
            let standing = look.scope.standing(Area::Customers).1;
            if standing < Standing::Proposes {
                return Err(Refusal::denied("Your hat has no say in customers here."));
            }
            Ok(Importer { product: key, member: look.scope.who.signed_in()?, decides: standing == Standing::Decides })
        })
        .await
}

async fn refused(at: &At, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Invalid(_) | Refusal::TooLarge { .. } => {
            errors::framed(at, errors::status(&refusal), Page::of(&FEEDBACK, views::refused(at, &refusal.sentence()))).await
        }
        other => errors::page(at, other).await,
    }
}

async fn upload(at: At, multipart: Multipart) -> Response {
    match received(&at, multipart).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => refused(&at, refusal).await,
    }
}

async fn received(at: &At, mut multipart: Multipart) -> Result<String> {
    let Importer { product, member, .. } = importer(at).await?;
    let _turn = crate::jobs::receive(member)?;
    let (mut holds, mut name, mut bytes) = (Holds::Feedback, String::new(), vec![]);
    let unread = |e: &dyn std::fmt::Display| Refusal::invalid("file", format!("The upload was cut off: {e}."));
    while let Some(field) = multipart.next_field().await.map_err(|e| unread(&e))? {
        match field.name() {
            Some("holds") => holds = Holds::parse(&field.text().await.map_err(|e| unread(&e))?).unwrap_or(holds),
            Some("file") => {
                name = field.file_name().unwrap_or("file").to_owned();
                bytes = field.bytes().await.map_err(|e| unread(&e))?.to_vec();
            }
            _ => {}
        }
    }
    if bytes.is_empty() {
        return Err(Refusal::invalid("file", "Choose a file; this one is empty."));
    }
    let bytes = Arc::new(bytes);
    let looked_at = bytes.clone();
    let rows = blocking(move || Ok(draft::table(&looked_at)?.rows.len())).await?;
    let id = Uuid::now_v7();
    let parcel = Parcel {
        id,
        product: product.clone(),
        member,
        name,
        head: told_as(&Head { holds })?,
        stand: Stand::Waiting,
        done: 0,
        whole: i64::try_from(rows).unwrap_or(i64::MAX),
        told: String::new(),
        under_way: None,
    };
    at.house.app.keep_parcel(parcel, bytes).await?;
    Ok(format!("/{product}/feedback/{}", id.simple()))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Refusal::broken(e.to_string()))?
}

fn which(path: &HashMap<String, String>) -> Result<Uuid> {
    let id: Id<crate::ImportRun> = Id::try_from(path.get("parcel").map_or("", String::as_str))?;
    Ok(id.0)
}

/// A file as it stands with what was chosen.
pub(super) struct Looked {
    pub name: String,
    pub table: Table,
    pub mapping: Mapping,
    pub read: Result<Draft>,
    pub decides: bool,
}

/// Of a file that is here: the file where it still waits for its columns, else what came of it.
enum Kept {
    Waits(Box<Looked>),
    Over(Box<Parcel>),
}

async fn kept(at: &At, id: Uuid, chosen: Vec<(String, String)>) -> Result<(Importer, Kept)> {
    let importer = importer(at).await?;
    let parcel = at.house.app.parcel(id, &importer.product, importer.member).await?.ok_or(Refusal::NotFound)?;
    if parcel.stand != Stand::Waiting || parcel.under_way.is_some() {
        return Ok((importer, Kept::Over(Box::new(parcel))));
    }
    let Head { holds } = kernel::serde_json::from_str(&parcel.head).map_err(|_| Refusal::NotFound)?;
    let (bytes, today, decides) = (at.house.app.open_parcel(id).await?.bytes, when::day(at.house.app.clock.now()), importer.decides);
    let looked = blocking(move || {
        let table = draft::table(&bytes)?;
        let mapping = Mapping::of(holds, &table, &chosen);
        let read = draft::read(&table, &mapping, &today);
        Ok(Looked { name: parcel.name, table, mapping, read, decides })
    });
    let looked = looked.await?;
    Ok((importer, Kept::Waits(Box::new(looked))))
}

async fn show(at: At, Path(path): Path<HashMap<String, String>>, Query(chosen): Query<Vec<(String, String)>>) -> Response {
    let found = match which(&path) {
        Ok(id) => kept(&at, id, chosen).await.map(|(_, kept)| (id, kept)),
        Err(refusal) => Err(refusal),
    };
    match found {
        Ok((id, Kept::Waits(looked))) => {
            at.page(move |look| Ok(Page::of(&FEEDBACK, views::columns(look.scope, id, &looked)).titled(format!("Import {}", looked.name)))).await
        }
        Ok((_, Kept::Over(parcel))) => {
            at.page(move |look| Ok(Page::of(&FEEDBACK, views::over(look.scope, &parcel)?).titled(format!("Import {}", parcel.name)))).await
        }
        Err(refusal) => refused(&at, refusal).await,
    }
}

async fn run(at: At, Path(path): Path<HashMap<String, String>>, Form(chosen): Form<Vec<(String, String)>>) -> Response {
    match started(&at, &path, chosen).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => refused(&at, refusal).await,
    }
}

/// How often it is looked whether a small one is in.
const A_LITTLE: Duration = Duration::from_millis(20);

async fn started(at: &At, path: &HashMap<String, String>, chosen: Vec<(String, String)>) -> Result<String> {
    let id = which(path)?;
    let (Importer { product, member, decides }, kept) = kept(at, id, chosen).await?;
    let to = format!("/{product}/feedback/{}", id.simple());
    let Kept::Waits(looked) = kept else { return Ok(to) };
    let Looked { name, mapping, read, .. } = *looked;
    let read = read?;
    if read.two_ways {
        return Err(Refusal::invalid("days", "Days in this file can be read in two ways. Say whether the day or the month stands first."));
    }
    if !read.wrong.is_empty() && !mapping.leave_out {
        return Err(Refusal::invalid(
            "leave_out",
            format!("{} cannot be read. Mend the file, or say that they are left out.", web::several(read.wrong.len(), "row")),
        ));
    }
    if !decides && read.rows.len() > AT_ONCE {
        return Err(Refusal::invalid(
            "file",
            format!("At most {AT_ONCE} rows fit into one proposal. Have somebody import it who decides on customers."),
        ));
    }
    let rows = read.rows.len();
    let start = StartFeedback { parcel: Id::new(id), file_name: name, mapping: told_as(&mapping)? };
    at.house.app.run(&at.visitor, Ask::of(Some(&product), &start)?).await?;
    if rows <= AT_ONCE {
        // A small one is in before anybody looks; a large one is followed by its page.
        let over = async {
            while at.house.app.parcel(id, &product, member).await.is_ok_and(|kept| kept.is_some_and(|kept| kept.under_way.is_some())) {
                tokio::time::sleep(A_LITTLE).await;
            }
        };
        let _ = tokio::time::timeout(A_MOMENT, over).await;
    }
    Ok(to)
}

/// Stops an import where it is.
async fn stop(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    let stopped = async {
        let Importer { product, member, .. } = importer(&at).await?;
        let id = which(&path)?;
        at.house.app.stop_parcel(id, &product, member).await?;
        Ok(format!("/{product}/feedback/{}", id.simple()))
    };
    match stopped.await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => refused(&at, refusal).await,
    }
}
