//! Imports that run, or ran: started from the page of what a file would do, and followed from any node.

use crate::{
    jobs::{self, Job, Stand},
    pages::{A_MOMENT, Importer, importer, refused, which},
    work::{self, AT_ONCE, Head, StartImport},
};
use kernel::{Id, Result, Uuid};
use std::{collections::HashMap, time::Duration};
use web::app::{
    App,
    parcels::{self, Parcel},
};
use web::{Ask, At, IntoResponse, Path, Redirect, Response};

/// How often it is looked whether a small one is in.
const A_LITTLE: Duration = Duration::from_millis(20);

/// What is kept of an import that runs or ran, on whichever node. What this node knows of its end says more.
pub(crate) async fn kept(at: &At, path: &HashMap<String, String>) -> Result<Option<Parcel>> {
    let Importer { product, member, .. } = importer(at).await?;
    let id = which(path)?;
    let kept = at.house.app.parcel(id, &product, member).await?;
    let told = jobs::get(id, &product, member).is_ok_and(|job| matches!(job.stand, Stand::Done(_)));
    Ok(kept.filter(|kept| kept.under_way.is_some() || !told))
}

/// Starts the import and goes to its page, which follows it.
pub(crate) async fn run(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    match started(&at, &path).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => refused(&at, refusal).await,
    }
}

/// Keeps the file and leaves it to be brought in. What was kept before and has stopped goes on.
async fn started(at: &At, path: &HashMap<String, String>) -> Result<String> {
    let Importer { product, member, .. } = importer(at).await?;
    let id = which(path)?;
    let to = format!("/{product}/import/{}", id.simple());
    let (name, rows) = match at.house.app.parcel(id, &product, member).await? {
        Some(kept) if kept.stand != parcels::Stand::Waiting => return Ok(to),
        Some(kept) => (kept.name, usize::try_from(kept.whole).unwrap_or(usize::MAX)),
        None => {
            let job = jobs::get(id, &product, member)?;
            // Pressed twice, it runs once.
            if !jobs::moves(id, |job| matches!(job.stand, Stand::Mapping(_)), Stand::Running) {
                return Ok(to);
            }
            if let Err(refusal) = keep(&at.house.app, id, &job).await {
                jobs::moves(id, |_| true, job.stand);
                return Err(refusal);
            }
            (job.file_name, job.draft.stories.len())
        }
    };
    let start = StartImport { parcel: Id::new(id), file_name: name };
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
pub(crate) async fn stop(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    match stopped(&at, &path).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => refused(&at, refusal).await,
    }
}

async fn stopped(at: &At, path: &HashMap<String, String>) -> Result<String> {
    let Importer { product, member, .. } = importer(at).await?;
    let id = which(path)?;
    at.house.app.stop_parcel(id, &product, member).await?;
    Ok(format!("/{product}/import/{}", id.simple()))
}

/// Keeps a file with what is to be done with it.
async fn keep(app: &App, id: Uuid, job: &Job) -> Result<()> {
    let parcel = Parcel {
        id,
        product: job.product.clone(),
        member: job.member,
        name: job.file_name.clone(),
        head: work::told_as(&Head { format: job.format, mapping: job.mapping.clone() })?,
        stand: parcels::Stand::Waiting,
        done: 0,
        whole: i64::try_from(job.draft.stories.len()).unwrap_or(i64::MAX),
        told: String::new(),
        under_way: None,
    };
    app.keep_parcel(parcel, job.bytes.clone()).await
}
