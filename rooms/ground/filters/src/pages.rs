//! A saved filter by its id: on to the list that it narrows.

use crate::model::SavedFilter;
use kernel::{Id, Noun};
use std::collections::HashMap;
use web::{At, IntoResponse, Path, Redirect, Response, Router, Web, errors, get, product_path};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/filters/{saved_filter}", get(go))
}

async fn go(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    let id = path.get("saved_filter").cloned().unwrap_or_default();
    let found = at.read(move |look| {
        let filter = SavedFilter::get(look, Id::try_from(id.as_str())?)?;
        Ok(format!("{}/{}?{}", product_path(look.scope), filter.page, filter.query))
    });
    match found.await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
