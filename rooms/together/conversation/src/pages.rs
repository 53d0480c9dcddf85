//! A thread on a page of its own, and a look at what is written.

use crate::{Comment, MOST_TEXT, rows, views};
use kernel::{Id, Noun, Refusal, Uuid};
use people::Names;
use serde::Deserialize;
use web::{At, Form, IntoResponse, Page, PageSpec, Query, Response, Router, Web, Wing, errors, get, post};

pub(crate) const CONVERSATION: PageSpec =
    PageSpec { path: "conversation", name: "Conversation", wing: Wing::Both, live: &["comment", "reaction"], ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/conversation", get(conversation)).route("/{product}/conversation/preview", post(preview))
}

#[derive(Deserialize)]
pub struct Asked {
    /// A comment of the thread.
    #[serde(default)]
    thread: String,
    /// A comment with which the answer begins.
    #[serde(default)]
    quote: String,
}

async fn conversation(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        if q.thread.is_empty() {
            let talk = rows::latest(look)?;
            return Ok(Page::of(&CONVERSATION, views::latest(look.scope, &talk)));
        }
        let comment = Comment::get(look, Id::try_from(q.thread.as_str())?)?;
        let talk = rows::comments_on(look, comment.about_id)?;
        let threads = rows::threads(&talk);
        let has = |thread: &&rows::Thread| thread.first.iter().chain(&thread.answers).any(|said| said.comment.meta.id == comment.meta.id);
        let thread = threads.iter().find(has).ok_or(Refusal::NotFound)?;
        let quote = Uuid::parse_str(&q.quote).ok();
        let quoted = thread.first.iter().chain(&thread.answers).find(|said| Some(said.comment.meta.id) == quote);
        let quoted = quoted.map(|said| quoted_text(&said.comment.body)).unwrap_or_default();
        Ok(Page::of(&CONVERSATION, views::alone(look.scope, thread, &quoted)).titled(comment.about_label.clone()))
    })
    .await
}

/// A text as a quotation, with room for what is said to it.
fn quoted_text(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    format!("{}\n\n", lines.join("\n"))
}

#[derive(Deserialize)]
pub struct Of {
    /// The command whose form is written in.
    of: String,
}

/// The page's script gets what the text looks like; without script that stands on a page, with the form again.
async fn preview(at: At, Query(of): Query<Of>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    if let Err(refusal) = at.house.app.registry.command(&of.of) {
        return errors::page(&at, refusal).await;
    }
    let (body, others): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| name == "body");
    let written = body.into_iter().next().map(|(_, text)| text).unwrap_or_default();
    let length = written.chars().count();
    if length > MOST_TEXT {
        return errors::page(&at, Refusal::invalid("body", format!("At most {MOST_TEXT} characters fit here; this is {length}."))).await;
    }
    if at.scripted {
        let drawn = at.house.app.ask(&at.visitor, at.product.as_deref(), move |look| {
            look.scope.product_id()?;
            Ok(Names::of(look, [written.as_str()].into_iter())?.prose(look.scope, &written))
        });
        return match drawn.await {
            Ok(drawn) => drawn.into_response(),
            Err(refusal) => errors::problem(&refusal),
        };
    }
    let mut fields: Vec<(String, String)> = others.into_iter().filter(|(name, _)| name == "_back" || !name.starts_with('_')).collect();
    if !fields.iter().any(|(name, _)| name == "_back") {
        fields.extend(at.came_from().map(|back| ("_back".to_owned(), back)));
    }
    at.page(move |look| {
        let names = Names::of(look, [written.as_str()].into_iter())?;
        Ok(Page::new("Preview", Wing::Both, CONVERSATION.path, views::previewed(look.scope, &of.of, (&fields, &written), &names)))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::quoted_text;

    #[test]
    fn every_line_is_quoted() {
        assert_eq!(quoted_text("One\n\n**two**"), "> One\n>\n> **two**\n\n");
    }
}
