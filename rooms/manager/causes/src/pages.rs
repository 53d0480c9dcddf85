//! The page of root causes, its charts as files, and files that are brought in.

use crate::{BeginInquiry, begin_views, beginning::MOST_TABLE, data, looked::Looked, model::*, note_views, part_views, rows, views};
use kernel::{Id, Look, Noun, Refusal, Result};
use measures::Measure;
use notices::Around;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{Ask, At, Markup, Multipart, Page, PageSpec, Path, Query, Response, Router, Web, Wing, errors, get, may, post, told};

/// Where tables are taken.
pub const FILES_AT: &str = "/{product}/causes/table";

pub(crate) const CAUSES: PageSpec = PageSpec {
    path: "causes",
    name: "Root causes",
    wing: Wing::Manager,
    under: "measures",
    live: &["inquiry", "cause_note", "measure", "relation", "evidence", "story", "comment", "reaction", "attachment"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/causes", get(page)).route(FILES_AT, post(upload)).route("/{product}/causes/{file}", get(taken))
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// An inquiry, shown whole.
    pub show: String,
    /// A cause in the panel.
    pub open: String,
    /// The part that is looked at, as `country = FR` on lines.
    pub within: String,
    /// The dimension along which the change is divided.
    pub by: String,
    /// A measure whose inquiry is to be begun.
    pub measure: String,
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let note = match q.open.as_str() {
            "" => None,
            id => Some(CauseNote::get(look, Id::try_from(id)?)?),
        };
        match (q.show.as_str(), note) {
            ("", None) => listed(look, &q),
            ("", Some(note)) => one(look, note.inquiry, Some(note), &q),
            (show, note) => one(look, Id::try_from(show)?, note, &q),
        }
    })
    .await
}

fn listed(look: &mut Look, q: &Asked) -> Result<Page> {
    let listed = rows::inquiries(look)?;
    let measures = Measure::all(look, "order by lower(name), id limit 100", &[])?;
    let apart: Vec<Measure> = measures.into_iter().filter(|measure| !measure.dimensions.is_empty()).collect();
    let today = web::when::day_in(look.now(), &look.scope.who.zone);
    let body = views::listed(look.scope, &listed, begin_views::forms(look.scope, &apart, &q.measure, &today));
    Ok(Page::of(&CAUSES, body))
}

fn one(look: &mut Look, id: Id<Inquiry>, note: Option<CauseNote>, q: &Asked) -> Result<Page> {
    let inquiry = Inquiry::get(look, id)?;
    let looked = Looked::at(&inquiry, &q.within, &q.by).map_err(|wrong| Refusal::invalid("within", wrong.0))?;
    let notes = rows::notes(look, id)?;
    let hanging = rows::hanging(look, &notes)?;
    let panel = match note {
        // One of another inquiry has nothing to do here.
        Some(note) if note.inquiry != id => return Err(Refusal::NotFound),
        Some(note) => Some(panel(look, &inquiry, &note, &notes, &hanging)?),
        None => None,
    };
    let around = Around::read(look, Inquiry::TABLE, [inquiry.meta.id])?;
    let history = activity::history(look, inquiry.meta.id, 50)?;
    let body = views::one(look.scope, &inquiry, &looked, (&notes, &hanging), (&around, &history));
    Ok(Page::of(&CAUSES, body).titled(inquiry.title).panel(panel))
}

fn panel(look: &mut Look, inquiry: &Inquiry, note: &CauseNote, notes: &[CauseNote], hanging: &rows::Hanging) -> Result<Markup> {
    let behind = customers::supporting(look, note.meta.id, rows::BEHIND)?;
    let proposed = if note.story.is_none() { rows::proposed(look, note.id())? } else { vec![] };
    let history = activity::history(look, note.meta.id, 50)?;
    Ok(note_views::panel(look.scope, inquiry, note, (notes, hanging, &behind), &proposed, &history))
}

async fn taken(at: At, Path((_, name)): Path<(String, String)>, Query(q): Query<Asked>) -> Response {
    let file = at
        .read(move |look| {
            let ending = name.strip_prefix("waterfall.").ok_or(Refusal::NotFound)?;
            let inquiry = Inquiry::get(look, Id::try_from(q.show.as_str())?)?;
            let looked = Looked::at(&inquiry, &q.within, &q.by).map_err(|wrong| Refusal::invalid("within", wrong.0))?;
            part_views::waterfall(&inquiry, &looked).and_then(|chart| chart.file(ending)).ok_or(Refusal::NotFound)
        })
        .await;
    match file {
        Ok(file) => file,
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// A file as large as this is looked at.
const MOST_BYTES: usize = 8 << 20;

async fn upload(at: At, multipart: Multipart) -> Response {
    match begun(&at, multipart).await {
        Ok((to, says)) => told(&at, Some(to), &says),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::TooLarge { .. })) => {
            let sentence = refusal.sentence();
            let body = begin_views::refused(&sentence);
            errors::framed(&at, errors::status(&refusal), Page::of(&CAUSES, body)).await
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// Takes a file in, adds its rows up, and begins to ask: by the same command as what is pasted.
async fn begun(at: &At, mut multipart: Multipart) -> Result<(String, String)> {
    let key = at
        .read(|look| {
            let key = look.scope.product()?.key.clone();
            if may(look.scope, AREA) { Ok(key) } else { Err(Refusal::denied("Your hat has no say in customers here.")) }
        })
        .await?;
    let cut = |_| Refusal::invalid("file", "The upload was cut off, or it cannot be read.");
    let (mut said, mut bytes) = (BTreeMap::<String, String>::new(), vec![]);
    while let Some(mut field) = multipart.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or_default().to_owned();
        let most = if name == "file" { MOST_BYTES } else { 20_000 };
        let mut own = vec![];
        while let Some(piece) = field.chunk().await.map_err(cut)? {
            if own.len() + piece.len() > most {
                return Err(Refusal::invalid(
                    "file",
                    format!("The file is too large: at most {} MB are looked at. Add it up by its parts first.", MOST_BYTES >> 20),
                ));
            }
            own.extend_from_slice(&piece);
        }
        if name == "file" { bytes = own } else { drop(said.insert(name, String::from_utf8_lossy(&own).trim().to_owned())) }
    }
    if bytes.is_empty() {
        return Err(Refusal::invalid("file", "Choose a file; this one is empty."));
    }
    let given = |name: &str| said.get(name).cloned().unwrap_or_default();
    let (counted, time, moment) = (given("counted"), given("time"), given("at"));
    // A workbook is read as its first sheet; what is too long to be kept as it came is added up by its parts. Both beside the
    // threads that answer.
    let read = move || -> std::result::Result<(String, String, String, String), reading::Wrong> {
        let (text, _) = reading::text::decode(&bytes)?;
        if text.chars().count() <= MOST_TABLE {
            return Ok((text.into_owned(), counted, time, String::new()));
        }
        let found = data::read(&bytes, &counted, &time, &moment)?;
        let (table, counted) = data::added_up(&found);
        Ok((table, counted, String::new(), found.compared))
    };
    let done = tokio::task::spawn_blocking(read).await.map_err(|e| Refusal::broken(e.to_string()))?;
    let (table, counted, time, compared) = done.map_err(|wrong| Refusal::invalid("file", wrong.0))?;
    let added = !compared.is_empty();
    let asked_about = if added { String::new() } else { given("at") };
    let seen = if added { format!("{}\n\n{compared}", given("seen")) } else { given("seen") };
    let command = BeginInquiry {
        title: given("title").into(),
        seen: seen.into(),
        table: table.into(),
        counted: counted.into(),
        time: time.into(),
        at: asked_about.into(),
    };
    let outcome = at.house.app.run(&at.visitor, Ask::of(Some(&key), &command)?).await?;
    Ok(match outcome.thing(Inquiry::TABLE) {
        Some(thing) => (format!("/{key}/causes?show={}", thing.id.simple()), "Its parts are here.".into()),
        None => (format!("/{key}/causes"), "It waits for whoever decides.".into()),
    })
}
