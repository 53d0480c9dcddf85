//! Importing as a page: upload, mapping with a report row by row, progress, result.

use crate::{
    bring,
    choices_view::{Around, SHOWN, TOUCHED},
    draft::Draft,
    invite::invite,
    jobs::{self, Job, Stand},
    mapping::{Format, Mapping, NO_COLUMN},
    record, running, sheet, views,
};
use kernel::{Hat, Id, Refusal, Result, Uuid};
use std::collections::{BTreeMap, HashMap};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use web::{At, Form, IntoResponse, Multipart, Page, PageSpec, Path, Redirect, Response, Router, Spot, Web, Wing, errors, get, post};

/// Where files are taken.
pub const FILES_AT: &str = "/{product}/import";

pub(crate) const IMPORT: PageSpec =
    PageSpec { path: "import", name: "Import", wing: Wing::Owner, stand: Spot::Menu, icon: "file-up", ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/import", get(form).post(upload))
        .route("/{product}/download/{file}", get(crate::download::download))
        .route("/{product}/import/{job}", get(show).post(map))
        .route("/{product}/import/{job}/invite", post(ask_in))
        .route("/{product}/import/{job}/run", post(running::run))
        .route("/{product}/import/{job}/stop", post(running::stop))
}

/// How long somebody looks at a page that does nothing.
pub(crate) const A_MOMENT: std::time::Duration = std::time::Duration::from_millis(500);
/// How often a turn is tried for, a fifth of a moment apart.
const TRIES: usize = 100;

async fn form(at: At) -> Response {
    at.page(|look| {
        let before = record::lately(look)?;
        Ok(Page::of(&IMPORT, views::form(look.scope, &before)))
    })
    .await
}

/// Who imports, and into what.
pub(crate) struct Importer {
    pub product: String,
    pub member: Uuid,
    since: i64,
    zone: String,
}

/// Who asks, provided they belong to the product and can propose on its backlog.
pub(crate) async fn importer(at: &At) -> Result<Importer> {
    at.house
        .app
        .ask(&at.visitor, at.product.as_deref(), |look| {
            let key = look.scope.product()?.key.clone();
            if look.scope.standing(kernel::Area::Backlog).1 < kernel::Standing::Proposes {
                return Err(Refusal::denied("Your hat has no say on the backlog here."));
            }
            Ok(Importer { product: key, member: look.scope.who.signed_in()?, since: look.now(), zone: look.scope.who.zone.clone() })
        })
        .await
}

async fn upload(at: At, multipart: Multipart) -> Response {
    match received(&at, multipart).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::TooLarge { .. })) => {
            let page = Page::of(&IMPORT, views::refused(&refusal.sentence()));
            errors::framed(&at, errors::status(&refusal), page).await
        }
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

async fn received(at: &At, mut multipart: Multipart) -> Result<String> {
    let Importer { product, member, since, zone } = importer(at).await?;
    let _turn = jobs::receive(member)?;
    let (mut format, mut file_name, mut bytes) = (None, String::new(), vec![]);
    let unread = |e: &dyn std::fmt::Display| Refusal::invalid("file", format!("The upload was cut off: {e}."));
    while let Some(field) = multipart.next_field().await.map_err(|e| unread(&e))? {
        match field.name() {
            Some("format") => format = Format::parse(&field.text().await.map_err(|e| unread(&e))?),
            Some("file") => {
                file_name = field.file_name().unwrap_or("file").to_owned();
                bytes = field.bytes().await.map_err(|e| unread(&e))?.to_vec();
            }
            _ => {}
        }
    }
    let format = format.ok_or_else(|| Refusal::invalid("format", "Choose the format of the file."))?;
    if bytes.is_empty() {
        return Err(Refusal::invalid("file", "Choose a file; this one is empty."));
    }
    let mapping = Mapping { criteria: true, zone, ..Mapping::default() };
    let bytes = Arc::new(bytes);
    let (draft, stand) = understood(format, bytes.clone(), mapping.clone()).await?;
    let id = Uuid::now_v7();
    jobs::put(
        id,
        Job {
            product: product.clone(),
            member,
            format,
            file_name,
            bytes,
            mapping,
            draft,
            invited: vec![],
            typed: BTreeMap::new(),
            stand: stand.clone(),
            progress: Arc::new(AtomicUsize::new(0)),
            since,
        },
    )?;
    if matches!(stand, Stand::Looking) {
        look_through(at, id, jobs::get(id, &product, member)?).await;
    }
    Ok(format!("/{product}/import/{}", id.simple()))
}

/// Works out beside the page what the import would do. A small file is waited for, a large one is followed by the page.
async fn look_through(at: &At, id: Uuid, job: Job) {
    let (app, visitor) = (at.house.app.clone(), at.visitor.clone());
    let looking = tokio::spawn(async move {
        let (progress, draft) = (job.progress.clone(), job.draft.clone());
        progress.store(0, Ordering::Relaxed);
        let seen = move |n| progress.store(n, Ordering::Relaxed);
        let tried =
            bring::Arrival { app: &app, visitor: &visitor, product: &job.product, format: job.format, file_name: &job.file_name, draft: &job.draft }
                .bring(true, seen)
                .await;
        // Another mapping may have been chosen meanwhile; its own look is under way then.
        jobs::moves(id, |job| Arc::ptr_eq(&job.draft, &draft), Stand::Mapping(Arc::new(tried)));
    });
    let _ = tokio::time::timeout(A_MOMENT, looking).await;
}

/// Parsing a large file takes a while, so it does not hold up the other pages. Where only the mapping is wrong, the page
/// says so and offers the columns.
async fn understood(format: Format, bytes: Arc<Vec<u8>>, mapping: Mapping) -> Result<(Arc<Draft>, Stand)> {
    let read = tokio::task::spawn_blocking(move || match bring::read(format, &bytes, &mapping) {
        Err(Refusal::Invalid(fields)) if fields.iter().any(|f| f.field == "map") && format != Format::GithubJson => {
            let columns = sheet::header(&bytes, &mapping.sheet)?;
            let draft = Draft { columns, mapping, ..Draft::default() };
            Ok((Arc::new(draft), Stand::Mapping(Arc::new(Err(Refusal::Invalid(fields))))))
        }
        read => read.map(|draft| (Arc::new(draft), Stand::Looking)),
    });
    read.await.map_err(|e| Refusal::broken(e.to_string()))?
}

/// The turn of a member whose last choice may still be worked on.
async fn turn(member: Uuid) -> Result<jobs::Turn> {
    for _ in 0..TRIES {
        match jobs::receive(member) {
            Err(Refusal::TooMany { .. }) => tokio::time::sleep(A_MOMENT / 5).await,
            turn => return turn,
        }
    }
    jobs::receive(member)
}

async fn job_of(at: &At, path: &HashMap<String, String>) -> Result<(Uuid, Job)> {
    let Importer { product, member, .. } = importer(at).await?;
    let id = which(path)?;
    Ok((id, jobs::get(id, &product, member)?))
}

pub(crate) fn which(path: &HashMap<String, String>) -> Result<Uuid> {
    let id: Id<Job> = Id::try_from(path.get("job").map_or("", String::as_str))?;
    Ok(id.0)
}

/// Says of a file that is not here any more what may have become of it, and of everything else what is wrong.
pub(crate) async fn refused(at: &At, refusal: Refusal) -> Response {
    if matches!(refusal, Refusal::NotFound) && importer(at).await.is_ok() {
        let asked = at.house.app.ask(&at.visitor, at.product.as_deref(), |look| Ok(views::gone(&record::lately(look)?, look.scope)));
        if let Ok(body) = asked.await {
            return errors::framed(at, errors::status(&refusal), Page::of(&IMPORT, body)).await;
        }
    }
    errors::page(at, refusal).await
}

async fn show(at: At, Path(path): Path<HashMap<String, String>>) -> Response {
    match running::kept(&at, &path).await {
        Ok(None) => {}
        Ok(Some(kept)) => {
            return at.page(move |look| Ok(Page::of(&IMPORT, views::kept(look.scope, &kept)?).titled(format!("Import {}", kept.name)))).await;
        }
        Err(refusal) => return refused(&at, refusal).await,
    }
    let (id, job) = match job_of(&at, &path).await {
        Ok(found) => found,
        Err(refusal) => return refused(&at, refusal).await,
    };
    at.page(move |look| {
        let body = match &job.stand {
            Stand::Looking => views::looking(&job, job.progress.load(Ordering::Relaxed)),
            Stand::Mapping(tried) => {
                let fields = fields::defined(look, fields::Thing::Story)?;
                let here = Around { members: people::people_of(look)?, columns: product::columns_of(look)?, fields };
                views::mapping(look.scope, id, &job, &here, tried)
            }
            Stand::Running => views::follow(0, job.draft.stories.len(), "", None),
            Stand::Done(brought) => views::done(look.scope, brought),
        };
        Ok(Page::of(&IMPORT, body).titled(format!("Import {}", job.file_name)))
    })
    .await
}

async fn map(at: At, Path(path): Path<HashMap<String, String>>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    match mapped(&at, &path, &fields).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal @ Refusal::Invalid(_)) => {
            let page = Page::of(&IMPORT, views::refused(&refusal.sentence()));
            errors::framed(&at, errors::status(&refusal), page).await
        }
        Err(refusal) => refused(&at, refusal).await,
    }
}

/// Applies what was chosen; a choice that is made while the last one is still looked through takes its place.
async fn mapped(at: &At, path: &HashMap<String, String>, fields: &[(String, String)]) -> Result<String> {
    let (id, job) = job_of(at, path).await?;
    let to = format!("/{}/import/{}", job.product, id.simple());
    let _turn = turn(job.member).await?;
    let (_, job) = job_of(at, path).await?;
    if !matches!(job.stand, Stand::Mapping(_) | Stand::Looking) {
        return Ok(to);
    }
    let mapping = Mapping { invited: job.guests(), ..chosen(&changed(fields), &job.mapping) };
    let (draft, stand) = understood(job.format, job.bytes.clone(), mapping.clone()).await?;
    let is_to_do = matches!(stand, Stand::Looking);
    let typed = guests(fields).into_iter().filter(|(name, _)| !mapping.invited.contains_key(name)).collect();
    let job = Job { mapping, draft, stand, typed, progress: Arc::default(), ..job };
    jobs::put(id, job.clone())?;
    if is_to_do {
        look_through(at, id, job).await;
    }
    Ok(to)
}

/// Of what a form sends, what was chosen since it was shown, where the script tells that. The rest is as old as the form,
/// and another choice may have been made beside it meanwhile.
fn changed(fields: &[(String, String)]) -> Vec<(String, String)> {
    let touched: Vec<&str> = fields.iter().filter(|(name, _)| name == TOUCHED).map(|(_, field)| place_of(field)).collect();
    let says = |(name, value): &&(String, String)| {
        touched.is_empty() || touched.contains(&place_of(name)) || (name == SHOWN && touched.contains(&place_of(value)))
    };
    fields.iter().filter(says).cloned().collect()
}

/// The choice that a field is a part of: a sprint has two days, and what the file is to win over is one list.
fn place_of(field: &str) -> &str {
    match field.split_once(':') {
        Some(("first" | "last", sprint)) => sprint,
        Some(("take", _)) => "take",
        _ => field,
    }
}

/// What the form says; what is left as it was guessed is guessed again, and what it does not ask stays as it was.
fn chosen(fields: &[(String, String)], before: &Mapping) -> Mapping {
    let has = |name: &str, value: &str| fields.iter().any(|(n, v)| n == name && v == value);
    let yes = |name: &str, before: bool| has(name, "true") || (before && !has(SHOWN, name));
    let mut mapping = Mapping {
        criteria: yes("criteria", before.criteria),
        epics_as_labels: !yes("features", !before.epics_as_labels),
        open_unknown: yes("open_unknown", before.open_unknown),
        skip_bad: yes("skip_bad", before.skip_bad),
        same: yes("same", before.same),
        zone: before.zone.clone(),
        sheet: fields.iter().find(|(name, _)| name == "sheet").map_or_else(|| before.sheet.clone(), |(_, sheet)| sheet.clone()),
        ..Mapping::default()
    };
    let mut days: HashMap<&str, (&str, &str)> = HashMap::new();
    for (name, value) in fields.iter().map(|(name, value)| (name.as_str(), value.trim())) {
        match name.split_once(':') {
            _ if value.is_empty() => {}
            Some(("column", field)) => drop(mapping.columns.insert(field.to_owned(), value.to_owned())),
            Some(("state", state)) => drop(mapping.states.insert(state.to_owned(), value.to_owned())),
            Some(("type", named)) => drop(mapping.types.insert(named.to_owned(), value.to_owned())),
            Some(("own", column)) => drop(mapping.own.insert(column.to_owned(), value.to_owned())),
            Some(("dates", column)) => drop(mapping.dates.insert(column.to_owned(), value.to_owned())),
            Some(("person", person)) => {
                drop(mapping.people.insert(person.to_owned(), if value == NO_COLUMN { String::new() } else { value.to_owned() }))
            }
            Some(("first", sprint)) => days.entry(sprint).or_default().0 = value,
            Some(("last", sprint)) => days.entry(sprint).or_default().1 = value,
            Some(("take", field)) => mapping.take.extend(field.rsplit_once(':').map(|(key, field)| (key.to_owned(), field.to_owned()))),
            _ => {}
        }
    }
    if !has(SHOWN, "take") {
        mapping.take.clone_from(&before.take);
    }
    let keep = |prefix: &str, of: &BTreeMap<String, String>, chosen: &mut BTreeMap<String, String>| {
        let unasked = of.iter().filter(|(word, _)| !fields.iter().any(|(name, _)| name.strip_prefix(prefix) == Some(word.as_str())));
        chosen.extend(unasked.map(|(word, value)| (word.clone(), value.clone())));
    };
    keep("column:", &before.columns, &mut mapping.columns);
    keep("state:", &before.states, &mut mapping.states);
    keep("type:", &before.types, &mut mapping.types);
    keep("own:", &before.own, &mut mapping.own);
    keep("dates:", &before.dates, &mut mapping.dates);
    keep("person:", &before.people, &mut mapping.people);
    // With one of the days alone, the other is still to be chosen.
    mapping.sprints = days
        .into_iter()
        .filter(|(_, (first, last))| !first.is_empty() && !last.is_empty())
        .map(|(sprint, (first, last))| (sprint.to_owned(), format!("{first}..{last}")))
        .collect();
    keep("first:", &before.sprints, &mut mapping.sprints);
    mapping
}

/// Addresses that were typed for people of the file.
fn guests(fields: &[(String, String)]) -> Vec<(String, String)> {
    let named = fields.iter().filter_map(|(name, mail)| Some((name.strip_prefix("invite:")?.to_owned(), mail.trim().to_owned())));
    named.filter(|(_, mail)| !mail.is_empty()).collect()
}

/// Invites people whom the file names, and applies what else was chosen.
async fn ask_in(at: At, Path(path): Path<HashMap<String, String>>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    match asked_in(&at, &path, &fields).await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => refused(&at, refusal).await,
    }
}

async fn asked_in(at: &At, path: &HashMap<String, String>, fields: &[(String, String)]) -> Result<String> {
    let (id, job) = job_of(at, path).await?;
    // Whoever is asked already is not asked again.
    let asked = job.guests();
    let guests: Vec<(String, String)> = guests(fields).into_iter().filter(|(name, _)| !asked.contains_key(name)).collect();
    let hat = fields.iter().find(|(name, _)| name == "invite_hat").and_then(|(_, hat)| Hat::parse(hat)).unwrap_or(Hat::Developer);
    let invited = invite(&at.house.app, &at.visitor, &job.product, &guests, hat).await?;
    jobs::invited(id, invited);
    mapped(at, path, fields).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_choice_takes_nothing_back_that_was_chosen_beside_it() {
        let before = Mapping { criteria: true, ..Mapping::default() };
        let first = chosen(
            &changed(&sent(&[
                (TOUCHED, "open_unknown"),
                (SHOWN, "open_unknown"),
                ("open_unknown", "true"),
                (SHOWN, "criteria"),
                ("criteria", "true"),
                ("state:Ripe", ""),
            ])),
            &before,
        );
        // The second form was shown before the first choice was made.
        let old = [(TOUCHED, "state:Ripe"), (SHOWN, "open_unknown"), (SHOWN, "criteria"), ("criteria", "true"), ("state:Ripe", "doing")];
        let both = chosen(&changed(&sent(&old)), &first);
        assert!(both.open_unknown && both.criteria && both.states["Ripe"] == "doing", "{both:?}");
        assert!(!chosen(&changed(&sent(&old[1..])), &first).open_unknown, "without script a form says all it shows");
        let off = chosen(&changed(&sent(&[(TOUCHED, "criteria"), (SHOWN, "criteria"), (SHOWN, "open_unknown")])), &both);
        assert!(off.open_unknown && !off.criteria);
        let days =
            chosen(&changed(&sent(&[(TOUCHED, "last:S 1"), ("first:S 1", "2026-04-09"), ("last:S 1", "2026-04-22"), ("first:S 2", "")])), &before);
        assert_eq!(days.sprints["S 1"], "2026-04-09..2026-04-22");
    }
}
