//! Handlers of pages without their types: what leads a request to its page is built once here, and not for each page.

use crate::{At, Web, errors, lower_first};
use app::Boxed;
use axum::{
    extract::{FromRequestParts, Path, RawPathParams, Request},
    handler::Handler,
    http::request::Parts,
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use kernel::{
    Refusal,
    arguments::{Wrong, typed_in},
};
use serde::de::DeserializeOwned;
use std::{collections::HashMap, sync::Arc};

/// Answers GET (and HEAD) with a page.
pub fn get<T: 'static>(page: impl Shows<T>) -> MethodRouter<Web> {
    axum::routing::get(Shown(Arc::new(move |at, rest| page.show(at, rest))))
}

/// What stands behind the `?` of an address, read into a type; one that cannot be read is told of by a page, to a program by a
/// problem.
pub struct Query<T>(pub T);

/// What an address says beside who asks.
pub struct Rest {
    path: Vec<(String, String)>,
    query: String,
}

/// What a page reads of an address.
pub trait Reads: Sized {
    /// # Errors
    /// Why it cannot be read.
    fn read(rest: &Rest) -> Result<Self, String>;
}

impl<T: DeserializeOwned> Reads for Query<T> {
    fn read(rest: &Rest) -> Result<Self, String> {
        query(&rest.query).map(Query).map_err(in_words)
    }
}

/// So long may be what stands behind the `?`; databases look for no longer words.
const LONGEST_QUERY: usize = 40_000;

fn query<T: DeserializeOwned>(written: &str) -> Result<T, Wrong> {
    let wrong = |said: String| Err(Wrong { field: String::new(), said });
    if written.len() > LONGEST_QUERY {
        return wrong(format!("it has more than {LONGEST_QUERY} characters behind the question mark."));
    }
    if written.contains("%00") {
        return wrong("it contains a NUL character.".to_owned());
    }
    typed_in(form_urlencoded::parse(written.as_bytes()).into_owned().collect())
}

fn in_words(Wrong { field, said }: Wrong) -> String {
    if field.is_empty() { said } else { format!("{field}: {}", lower_first(&said)) }
}

/// The one part of the path.
impl Reads for Path<String> {
    fn read(rest: &Rest) -> Result<Self, String> {
        match rest.path.as_slice() {
            [(_, one)] => Ok(Path(one.clone())),
            _ => Err("it has not the parts that it should.".to_owned()),
        }
    }
}

impl Reads for Path<(String, String)> {
    fn read(rest: &Rest) -> Result<Self, String> {
        match rest.path.as_slice() {
            [(_, one), (_, two)] => Ok(Path((one.clone(), two.clone()))),
            _ => Err("it has not the parts that it should.".to_owned()),
        }
    }
}

impl Reads for Path<HashMap<String, String>> {
    fn read(rest: &Rest) -> Result<Self, String> {
        Ok(Path(rest.path.iter().cloned().collect()))
    }
}

/// A page on its way, or why the address cannot be read.
type Way = Result<Boxed<'static, Response>, Box<(At, String)>>;

/// A handler of a page: who asks, and up to two things that it reads of the address.
pub trait Shows<T>: Send + Sync + 'static {
    /// # Errors
    /// Who asked, and why the address cannot be read.
    fn show(&self, at: At, rest: &Rest) -> Way;
}

impl<F, Page> Shows<(At,)> for F
where
    F: Fn(At) -> Page + Send + Sync + 'static,
    Page: Future<Output = Response> + Send + 'static,
{
    fn show(&self, at: At, _: &Rest) -> Way {
        Ok(Box::pin(self(at)))
    }
}

impl<F, Page, A> Shows<(At, A)> for F
where
    F: Fn(At, A) -> Page + Send + Sync + 'static,
    Page: Future<Output = Response> + Send + 'static,
    A: Reads,
{
    fn show(&self, at: At, rest: &Rest) -> Way {
        match A::read(rest) {
            Ok(a) => Ok(Box::pin(self(at, a))),
            Err(why) => Err(Box::new((at, why))),
        }
    }
}

impl<F, Page, A, B> Shows<(At, A, B)> for F
where
    F: Fn(At, A, B) -> Page + Send + Sync + 'static,
    Page: Future<Output = Response> + Send + 'static,
    A: Reads,
    B: Reads,
{
    fn show(&self, at: At, rest: &Rest) -> Way {
        match (A::read(rest), B::read(rest)) {
            (Ok(a), Ok(b)) => Ok(Box::pin(self(at, a, b))),
            (Err(why), _) | (_, Err(why)) => Err(Box::new((at, why))),
        }
    }
}

/// A handler whose type is forgotten.
#[derive(Clone)]
struct Shown(Arc<dyn Fn(At, &Rest) -> Way + Send + Sync>);

impl Handler<(), Web> for Shown {
    type Future = Boxed<'static, Response>;

    fn call(self, request: Request, house: Web) -> Self::Future {
        Box::pin(async move {
            let (mut parts, _) = request.into_parts();
            let (at, rest) = match asked(&mut parts, &house).await {
                Ok(asked) => asked,
                Err(refused) => return refused,
            };
            match (self.0)(at, &rest) {
                Ok(page) => page.await,
                Err(refused) => {
                    let (at, why) = *refused;
                    errors::page(&at, unreadable("", &why)).await
                }
            }
        })
    }
}

async fn asked(parts: &mut Parts, house: &Web) -> Result<(At, Rest), Response> {
    let path = RawPathParams::from_request_parts(parts, house).await.map_err(IntoResponse::into_response)?;
    let path = path.iter().map(|(name, part)| (name.to_owned(), part.to_owned())).collect();
    let at = At::from_request_parts(parts, house).await?;
    Ok((at, Rest { path, query: parts.uri.query().unwrap_or_default().to_owned() }))
}

fn unreadable(field: &str, why: &str) -> Refusal {
    Refusal::invalid(field, format!("This address cannot be read: {why}"))
}

impl<T: DeserializeOwned + Send> FromRequestParts<Web> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &Web) -> Result<Self, Response> {
        match query(parts.uri.query().unwrap_or_default()) {
            Ok(asked) => Ok(Query(asked)),
            Err(wrong) => {
                let refusal = unreadable(&wrong.field.clone(), &in_words(wrong));
                Err(errors::before_anything(house, parts.clone(), refusal).await)
            }
        }
    }
}
