//! Search: full text over everything a product knows.

mod palette;

use kernel::{
    Column, JsonSchema, Look, NounSpec, Query, QuerySpec, Result, Room, Serialize, Uuid,
    about::{self, Readable},
    list, query,
};
use std::collections::HashMap;
use web::{At, IntoResponse, Markup, Page, Redirect, Response, Router, Web, Wing, capital, clipped, get, html, place, text::plain};

pub const ROOM: Room = Room { name: "search", commands: &[], queries: &[QuerySpec::of::<Search>()], events: &[], nouns: &[] };

/// One match.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Hit {
    pub noun: String,
    pub id: Uuid,
    pub number: Option<i64>,
    pub title: String,
    /// What a comment is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
}

/// The thing that a comment is about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Subject {
    pub noun: String,
    pub id: Uuid,
}

query! {
    /// Searches the titles and texts of a product, best match first.
    pub struct Search in "search" at "/products/{product}/search" -> Vec<Hit> {
        /// Words that must all be found; the last may be unfinished.
        #[serde(default)]
        pub q: String,
    }
}

impl Query for Search {
    fn ask(self, look: &mut Look) -> Result<Vec<Hit>> {
        find(look, &self.q)
    }
}

fn find(look: &mut Look, words: &str) -> Result<Vec<Hit>> {
    let product = look.scope.product_id()?;
    let nouns: Vec<(&NounSpec, Readable)> = about::nouns()
        .iter()
        .filter(|noun| !noun.about.found_by.is_empty())
        .map(|noun| (*noun, about::may_read(look.scope, noun.table, &noun.about)))
        .filter(|(_, readable)| *readable != Readable::Nothing)
        .collect();
    let tables: Vec<&str> = nouns.iter().map(|(noun, _)| noun.table).collect();
    let hits = look.reader.search(product, words, &tables, 50)?;
    let mut named: HashMap<Uuid, (Option<i64>, String, Option<Subject>)> = HashMap::new();
    for (noun, readable) in nouns {
        let (table, column) = (noun.table, noun.about.found_by);
        let ids: Vec<Uuid> = hits.iter().filter(|(found, _)| found == table).map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        // Few ids in a large product: the index to use is that of the ids, so the product's is kept out of reach.
        let number = if noun.fields.contains(&"number") { "number" } else { "cast(null as bigint)" };
        let about = if noun.fields.contains(&"about_id") { "about_noun, about_id" } else { "cast(null as text), cast(null as text)" };
        let sql =
            format!("select id, {number}, {column}, {about} from {table} where coalesce(product, '') = $1 and id in each($2){}", readable.and());
        for mut row in look.query(&sql, &[product.value(), list(ids)])? {
            let id = row.take()?;
            let number: Option<i64> = row.take()?;
            let title: String = row.take()?;
            let (noun, thing): (Option<String>, Option<Uuid>) = (row.take()?, row.take()?);
            named.insert(id, (number, title, noun.zip(thing).map(|(noun, id)| Subject { noun, id })));
        }
    }
    Ok(hits.into_iter().filter_map(|(noun, id)| named.remove(&id).map(|(number, title, about)| Hit { noun, id, number, title, about })).collect())
}

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/search", get(search)).route("/{product}/find", get(palette::found))
}

/// A number or a key goes straight to its thing.
async fn search(at: At, web::Query(q): web::Query<Search>) -> Response {
    let product = at.product.clone().unwrap_or_default();
    let words = q.q.trim().to_owned();
    let direct = words.parse::<i64>().ok().or_else(|| kernel::Key::parse(&words.to_uppercase()).filter(|k| k.product == product).map(|k| k.number));
    if let Some(number) = direct {
        let found = at.house.app.ask(&at.visitor, Some(&product), move |look| numbered(look, number)).await;
        if let Ok(Some(path)) = found {
            return Redirect::to(&format!("/{product}/{path}")).into_response();
        }
    }
    at.page(move |look| {
        let hits = find(look, &words)?;
        Ok(Page::new("Search", Wing::Both, "search", view(look, &words, &hits)))
    })
    .await
}

fn numbered(look: &mut Look, number: i64) -> Result<Option<String>> {
    let product = look.scope.product_id()?;
    let params = [product.value(), kernel::Value::Int(number)];
    if look.first("select id from story where product = $1 and number = $2 and removed_at is null", &params)?.is_some() {
        return Ok(Some(format!("story/{number}")));
    }
    let bet = look.first(
        "select id from initiative where product = $1 and number = $2 and removed_at is null
         union all select id from feature where product = $1 and number = $2 and removed_at is null",
        &params,
    )?;
    Ok(bet.map(|_| format!("roadmap?open={number}")))
}

fn path(hit: &Hit) -> String {
    let found = match &hit.about {
        Some(about) => place(&about.noun, about.id, None),
        None => place(&hit.noun, hit.id, hit.number),
    };
    found.unwrap_or_else(|| "activity".into())
}

/// Whether it is called by a key such as `ORB-42`.
fn keyed(hit: &Hit) -> bool {
    about::noun(&hit.noun).is_some_and(|noun| noun.about.keyed)
}

fn view(look: &Look, words: &str, hits: &[Hit]) -> Markup {
    html! {
        form.filters method="get" role="search" { label { span.hidden { "Search" } input type="search" name="q" value=(words) autofocus; } button.primary type="submit" { "Search" } }
        @if words.is_empty() { p.hint { "Search stories, features, initiatives, objectives, needs, evidence, decisions and comments. A number or key goes straight there." } }
        @else if hits.is_empty() { p.hint { "Nothing begins with “" (words) "”." } }
        ul.lines { @for hit in hits { li { span.quiet.noun { (capital(&hit.noun)) } a.what href=(path(hit)) { @if let (Some(n), true) = (hit.number, keyed(hit)) { span.key { (look.scope.key(n)) } " " } @if hit.noun == "comment" { (clipped(&plain(&hit.title), 160)) } @else { (clipped(&hit.title, 160)) } } } } }
    }
}
