//! Search: full text over everything a product knows.

mod exact;
mod palette;
mod passage;

use kernel::{
    Column, JsonSchema, Look, NounSpec, Query, QuerySpec, Result, Room, Serialize, Uuid, Value,
    about::{self, Readable},
    list, query,
    room::Found,
    terms::Sought,
};
use std::collections::{HashMap, HashSet};
use web::{
    At, IntoResponse, Markup, Page, PageSpec, Redirect, Response, Router, Web, Wing, capital, clipped, get, html, icon, place,
    text::{marked, plain},
};

pub static ROOM: Room = Room { name: "search", queries: &[QuerySpec::of::<Search>()], pages: &[SEARCH], ..Room::EMPTY };

/// One match.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Hit {
    pub noun: String,
    pub id: Uuid,
    pub number: Option<i64>,
    /// What it is called; of a comment, what that is about.
    pub title: String,
    /// The sentence in which the words were found, unless the title has them all; of a comment always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
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

/// So many matches are told.
const MOST: u32 = 50;

fn find(look: &mut Look, words: &str) -> Result<Vec<Hit>> {
    let product = look.scope.product_id()?;
    let nouns: Vec<(&NounSpec, Readable)> = about::nouns()
        .iter()
        .filter(|noun| !noun.about.found_by.is_empty())
        .map(|noun| (*noun, about::may_read(look.scope, noun.table, &noun.about)))
        .filter(|(_, readable)| *readable != Readable::Nothing)
        .collect();
    let tables: Vec<&str> = nouns.iter().map(|(noun, _)| noun.table).collect();
    let found = look.reader.search(&[product], words, &tables, MOST)?;
    let sought = Sought::read(words);
    let mut hits: HashMap<Uuid, Hit> = HashMap::new();
    for (noun, readable) in nouns {
        let ids: Vec<Uuid> = found.iter().filter(|(table, _)| table == noun.table).map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        // Few ids in a large product: the index to use is that of the ids, so the product's is kept out of reach.
        let clause = format!("where product = $1 and id in each($2){}", readable.and());
        for thing in look.found(noun, &clause, &[product.value(), list(ids)])? {
            hits.insert(thing.meta.id, hit(noun, thing, &sought)?);
        }
    }
    Ok(found.into_iter().filter_map(|(_, id)| hits.remove(&id)).collect())
}

/// A thing as it is shown among what was found.
fn hit(noun: &NounSpec, mut thing: Found, sought: &Sought) -> Result<Hit> {
    let mut cell =
        |field: &str| noun.fields.iter().position(|f| *f == field).map_or(Value::Null, |at| std::mem::replace(&mut thing.values[at], Value::Null));
    let number = Option::read(cell("number"))?;
    let about: (Option<String>, Option<Uuid>) = (Option::read(cell("about_noun"))?, Option::read(cell("about_id"))?);
    let (title, body) = thing.searched.unwrap_or_default();
    let titled: HashSet<usize> = sought.places(&title).into_iter().map(|(_, which)| which).collect();
    let about = about.0.zip(about.1).map(|(noun, id)| Subject { noun, id });
    // A comment is known by its own words: what it is about is called the same for all of them.
    let sentence = if about.is_some() {
        passage::sentence(&body, sought, &|_| true).or_else(|| Some(clipped(&plain(&body), 160)))
    } else if titled.len() < sought.terms().len() {
        passage::sentence(&body, sought, &|which| !titled.contains(&which))
    } else {
        None
    };
    Ok(Hit { noun: noun.table.to_owned(), id: thing.meta.id, number, title, sentence, about })
}

const SEARCH: PageSpec = PageSpec { path: "search", name: "Search", wing: Wing::Both, sights: &[("found", "?q=hold")], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/search", get(search)).route("/{product}/find", get(palette::found))
}

/// A number or a key goes straight to its thing, unless two are called so.
async fn search(at: At, web::Query(q): web::Query<Search>) -> Response {
    let product = at.product.clone().unwrap_or_default();
    let words = q.q.trim().to_owned();
    let asked = words.clone();
    if let Ok(called) = at.house.app.ask(&at.visitor, Some(&product), move |look| exact::called(look, &asked)).await
        && let [one] = called.as_slice()
    {
        return Redirect::to(&format!("/{product}/{}", path(one))).into_response();
    }
    at.page(move |look| {
        let hits = exact::first(exact::called(look, &words)?, find(look, &words)?);
        Ok(Page::of(&SEARCH, view(look, &words, &hits)))
    })
    .await
}

/// A comment leads to where it stands in its thread.
fn path(hit: &Hit) -> String {
    place(&hit.noun, hit.id, hit.number).unwrap_or_else(|| "activity".into())
}

/// Whether it is called by a key such as `ORB-42`.
fn keyed(hit: &Hit) -> bool {
    about::noun(&hit.noun).is_some_and(|noun| noun.about.keyed)
}

fn view(look: &Look, words: &str, hits: &[Hit]) -> Markup {
    let sought = Sought::read(words);
    html! {
        form.filter.find #search-again method="get" role="search" { label.filter-box { (icon("search")) span.hidden { "Search" } input type="search" name="q" value=(words) dir="auto" autofocus; } button.primary type="submit" { "Search" } }
        @if words.is_empty() { p.hint { "Search stories, features, initiatives, objectives, needs, evidence, decisions and comments. A number or key goes straight there." } }
        @else if hits.is_empty() { p.hint { "Nothing has “" bdi { (words) } "” in it. Every word has to be found: leave one out, or only begin the last one." } }
        ul.lines.found { @for hit in hits { li { span.quiet.noun { (capital(&hit.noun.replace('_', " "))) }
            // Only a page that is fetched as a whole knows the comment that it was asked for.
            div.what { a href=(path(hit)) hx-boost=[hit.about.is_some().then_some("false")] { @if let (Some(n), true) = (hit.number, keyed(hit)) { span.key { (look.scope.key(n)) } " " } bdi { (marked(&clipped(&hit.title, 160), &sought)) } }
                @if let Some(sentence) = &hit.sentence { p.hint dir="auto" { (marked(sentence, &sought)) } } } } } }
        @if hits.len() == MOST as usize { p.hint { "The first " (MOST) " are shown; one more word finds fewer." } }
    }
}
