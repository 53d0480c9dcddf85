//! The pages where challenges are written: one's own, one file of one, what is wrong with it while it is typed, and how a
//! member will see it.

use crate::{carrying, drafting::FillChallenge, editor, model::*, rows, sheets, views, wrong};
use challenge::{Challenge, sheet};
use club::OwnChallenge;
use kernel::{CommandSpec, Id, Look, Mark, Noun, Refusal, Result, Uuid};
use serde::Deserialize;
use web::{At, Form, IntoResponse, Page, PageSpec, Path, Query, Redirect, Response, Router, Web, errors, forms, get, post};

pub(crate) const WRITING: PageSpec = PageSpec {
    path: "/practice/writing",
    name: "Challenges you write",
    under: "practice",
    live: &["challenge_draft", "challenge"],
    ..PageSpec::PLAIN
};

/// One of them, which is changed by its author alone.
const DRAFT: PageSpec =
    PageSpec { path: "/practice/writing", name: "Write a challenge", under: "practice", live: &["challenge_draft"], wide: true, ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/practice/writing", get(writing).post(carrying::bring))
        .route("/practice/writing/going", get(going))
        .route("/practice/writing/{draft}", get(draft))
        .route("/practice/writing/{draft}/look", post(look_at))
        .route("/practice/writing/{draft}/preview", get(preview))
        .route("/practice/writing/{draft}/folder", get(carrying::take))
        .route("/practice/challenges/{challenge}", get(published))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
    /// Where what others have published goes on.
    others: String,
}

async fn writing(at: At, Query(asked): Query<After>) -> Response {
    at.page(move |look| {
        look.scope.oneself()?;
        let drafts = rows::drafts(look, Mark::read(&asked.after)?.as_ref())?;
        let published = rows::published(look, &drafts.items)?;
        let others = if look.scope.who.administrator { Some(rows::of_others(look, Mark::read(&asked.others)?.as_ref())?) } else { None };
        Ok(Page::of(&WRITING, views::listed(look.scope, &drafts, &published, others.as_ref())).primary(views::begin_button(look.scope)))
    })
    .await
}

/// On to a challenge of the workspace by its id: for its author where it is written, for others where it is tried.
async fn published(at: At, Path(id): Path<String>) -> Response {
    let to = at.read(move |look| {
        let challenge = OwnChallenge::get(look, Id::try_from(id.as_str())?)?;
        let own = rows::draft_of(look, challenge.id())?;
        Ok(own.map_or_else(|| format!("/practice/{}", challenge.code), |draft| format!("/practice/writing/{}", draft.id())))
    });
    match to.await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

/// On to what was written on last.
async fn going(at: At) -> Response {
    match at.read(|look| Ok(rows::drafts(look, None)?.items.into_iter().next())).await {
        Ok(Some(draft)) => Redirect::to(&format!("/practice/writing/{}", draft.id())).into_response(),
        Ok(None) => Redirect::to("/practice/writing").into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The file that is written.
    file: String,
    /// `text` for a form that is rather written as a text.
    r#as: String,
}

fn one(look: &mut Look, id: &str) -> Result<ChallengeDraft> {
    ChallengeDraft::get(look, Id::try_from(id)?)
}

async fn draft(at: At, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    // The linter computes every model and draws the case, so it works apart from the short reads.
    at.long()
        .page(move |look| {
            let draft = one(look, &id)?;
            let published = rows::published(look, std::slice::from_ref(&draft))?.into_values().next();
            let taken_out = published.as_ref().map(|published| rows::taken_out(look, published)).transpose()?.flatten();
            let drills = club::drill_ids(look)?;
            let faults = wrong::found(&draft, &drills);
            let files = draft.kind.kind().files();
            let file = files.iter().find(|file| **file == asked.file).copied().unwrap_or(files[0]);
            let form = if asked.r#as == "text" { None } else { sheets::form(&draft, file) };
            let (published, taken_out) = (published.as_ref(), taken_out.as_ref());
            let shown = editor::Shown { draft: &draft, published, taken_out, faults: &faults, file, form: form.as_ref() };
            Ok(Page::of(&DRAFT, editor::editor(look.scope, &shown)).primary(editor::publish(look.scope, &shown)).titled(draft.title.clone()))
        })
        .await
}

/// What is wrong with a file that is still being written: for the page's script, which shows it where it stands. Nothing is
/// kept.
async fn look_at(at: At, Path(id): Path<String>, Form(mut fields): Form<Vec<(String, String)>>) -> Response {
    // The command that would keep it names the draft among its fields; here the address does.
    fields.retain(|(field, _)| field != "draft");
    fields.push(("draft".to_owned(), id.clone()));
    let at = at.long();
    let found = at.read(move |look| {
        let mut draft = one(look, &id)?;
        let (file, order) = written(&mut draft, &fields)?;
        let drills = club::drill_ids(look)?;
        let faults = wrong::found(&draft, &drills);
        let filled = order.as_ref().and_then(|_| sheet::read(&sheet::of(&file)?, draft.files.get(&file)?));
        let text = draft.files.get(&file).map_or("", String::as_str);
        Ok(editor::findings(&draft, &faults, (&file, text), &wrong::placed(&faults, &file, filled.as_ref(), order.as_deref())))
    });
    match found.await {
        Ok(found) => found.into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

/// Puts what was typed into a draft that is not kept: the file, and of a form which rows its rows are.
fn written(draft: &mut ChallengeDraft, fields: &[(String, String)]) -> Result<(String, Option<Vec<usize>>)> {
    let given = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone());
    let file = given("file").unwrap_or_default();
    if !draft.kind.kind().files().contains(&file.as_str()) {
        return Err(Refusal::invalid("file", "A challenge of this kind has no such file."));
    }
    let (text, order) = match given("text") {
        Some(text) => (text.replace("\r\n", "\n"), None),
        None => {
            let spec = CommandSpec::of::<FillChallenge>();
            let args = forms::arguments(&(spec.schema)(), fields, forms::by_hand)?;
            let filled: FillChallenge = kernel::serde_json::from_value(args).map_err(|error| Refusal::invalid("", error.to_string()))?;
            let (text, order) = sheets::text(&filled)?;
            (text, Some(order))
        }
    };
    draft.files.0.insert(file.clone(), text);
    Ok((file, order))
}

async fn preview(at: At, Path(id): Path<String>) -> Response {
    at.long()
        .page(move |look| {
            let draft = one(look, &id)?;
            let read = wrong::folder(&draft).ok().and_then(|folder| Challenge::read(&folder).ok());
            let author: Uuid = look.scope.oneself()?;
            let task = read.map(|challenge| club::Task::drafted(challenge, author, &look.scope.who.name));
            Ok(Page::of(&DRAFT, views::preview(&draft, task.as_ref())).titled(format!("Preview of “{}”", draft.title)))
        })
        .await
}
