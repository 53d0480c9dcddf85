//! A model behind an address that speaks the chat completions of OpenAI, as llama.cpp's server, Ollama, vLLM and others do.
//! It is asked by the same rules as every other machine: where its name leads is judged, and one's own network has to be
//! allowed.

use crate::{
    Outbound,
    client::undelivered,
    stream::{Coming, problem},
};
use app::jobs::{Model, Unanswered};
use kernel::Json;
use reqwest::{
    Response,
    header::{ACCEPT, CONTENT_TYPE},
};
use std::{
    future::Future,
    pin::Pin,
    time::{Duration, Instant},
};

/// How long a model is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until it begins to write, or goes on: a large prompt takes a small machine its time.
    pub silence: Duration,
    /// For all of it.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { silence: Duration::from_secs(120), whole: Duration::from_secs(300) }
    }
}

/// A model that is asked.
pub struct Chat {
    outbound: Outbound,
    /// Up to and with `/v1`.
    address: String,
    name: String,
    key: Option<String>,
    a_day: i64,
    patience: Patience,
}

/// What a model wrote.
#[derive(Clone, Debug)]
pub struct Heard {
    pub text: String,
    /// In pieces, as it came to mind.
    pub streamed: bool,
    /// So many pieces, the first of them after so long.
    pub pieces: usize,
    pub first: Duration,
    /// What the server found fault with in the request, which was left out or named otherwise.
    pub without: Vec<&'static str>,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub struct Unheard {
    pub said: String,
    /// What came before it failed, if anything.
    pub heard: String,
    /// The server did as it was asked: the limit of an answer ended it.
    pub cut_off: bool,
    /// The server found fault with the request itself.
    refused: bool,
}

impl Unheard {
    fn new(said: String) -> Unheard {
        Unheard { said, heard: String::new(), cut_off: false, refused: false }
    }
}

/// What whoever asked can do about a slow machine.
const LATER: &str = "Ask again later, when it has less to do.";

/// So much of what a server says is wrong is read.
const MOST_PROBLEM: usize = 4_000;

impl Chat {
    /// # Errors
    /// What is wrong with the address, in a sentence.
    pub fn new(outbound: Outbound, address: &str, name: &str, key: Option<String>, a_day: i64) -> Result<Chat, String> {
        let address = address.trim().trim_end_matches('/').to_owned();
        let chat = Chat { outbound, address, name: name.to_owned(), key, a_day, patience: Patience::default() };
        // Said at once, and not to whoever asks first.
        chat.outbound.judged(&chat.endpoint()).map_err(|refused| format!("the model at {}: {}", chat.address, refused.0))?;
        Ok(chat)
    }

    /// The same with other waits.
    pub fn waiting(self, patience: Patience) -> Chat {
        Chat { patience, ..self }
    }

    fn endpoint(&self) -> String {
        format!("{}/chat/completions", self.address)
    }

    /// What it writes in answer to a request, and how that comes.
    ///
    /// # Errors
    /// Why there is nothing, in a sentence.
    pub async fn answer(&self, body: &Json) -> Result<Heard, Unheard> {
        let mut body = body.clone();
        body["model"] = self.name.clone().into();
        body["stream"] = true.into();
        let (mut answered, mut without) = (self.once(&body).await, vec![]);
        while let Err(failed) = &answered
            && failed.refused
            && let Some(field) = relaxed(&mut body, &failed.said)
        {
            without.push(field);
            answered = self.once(&body).await;
        }
        let answered = answered.map(|heard| Heard { without, ..heard });
        answered.map_err(|failed| Unheard { said: self.unkeyed(failed.said), ..failed })
    }

    /// The words of a server without the key, which some quote when they refuse it.
    fn unkeyed(&self, said: String) -> String {
        match self.key.as_deref().map(str::trim).filter(|key| !key.is_empty()) {
            Some(key) => said.replace(key, "…"),
            None => said,
        }
    }

    /// One request.
    async fn once(&self, body: &Json) -> Result<Heard, Unheard> {
        let url = self.outbound.judged(&self.endpoint()).map_err(|refused| Unheard::new(refused.0))?;
        let mut request =
            self.outbound.client.post(url).header(CONTENT_TYPE, "application/json").header(ACCEPT, "text/event-stream, application/json");
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let late = || Unheard::new(format!("The model did not answer within {} seconds. {LATER}", self.patience.silence.as_secs()));
        let began = Instant::now();
        let sent = request.body(body.to_string()).send();
        let response = tokio::time::timeout(self.patience.silence, sent).await.map_err(|_| late())?;
        let response = response.map_err(|error| Unheard::new(unreached(&error)))?;
        match response.status().as_u16() {
            200..=299 => self.text(response, began).await,
            status @ 300..=399 => Err(Unheard::new(format!("The model’s server answered {status} and leads elsewhere, which is not followed."))),
            status => {
                let said = self.problem(response).await;
                let key = if matches!(status, 401 | 403) { " Whoever runs Tandem can name another key." } else { "" };
                let said = format!("The model’s server answered {status}: {said}.{key}");
                Err(Unheard { refused: matches!(status, 400 | 422), ..Unheard::new(said) })
            }
        }
    }

    /// Reads what it writes. However slowly that is, each piece has its time and the whole has a bound.
    async fn text(&self, mut response: Response, began: Instant) -> Result<Heard, Unheard> {
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let streamed = kind.contains("event-stream");
        let (mut coming, mut first) = (Coming::of(streamed), None);
        let reading = async {
            while !coming.is_over() {
                let piece = tokio::time::timeout(self.patience.silence, response.chunk()).await;
                match piece.map_err(|_| "The model stopped in the middle of its answer.".to_owned())? {
                    Ok(Some(bytes)) => {
                        coming.take(&bytes)?;
                        first = first.or((coming.pieces() > 0).then(|| began.elapsed()));
                    }
                    Ok(None) => break,
                    Err(_) => return Err("The model’s answer broke off.".to_owned()),
                }
            }
            Ok(())
        };
        let late = |_| format!("The model was not done within {} seconds. {LATER}", self.patience.whole.as_secs());
        let read = tokio::time::timeout(self.patience.whole, reading).await.map_err(late).and_then(|read| read);
        let (heard, cut_off) = (coming.so_far(), coming.is_cut_off());
        let (text, pieces) = read.and_then(|()| coming.whole()).map_err(|said| Unheard { heard, cut_off, ..Unheard::new(said) })?;
        Ok(Heard { text, streamed, pieces, first: first.unwrap_or_else(|| began.elapsed()), without: vec![] })
    }

    /// What the server says is wrong, as far as it says so.
    async fn problem(&self, mut response: Response) -> String {
        let mut read: Vec<u8> = vec![];
        let reading = async {
            while read.len() < MOST_PROBLEM {
                match response.chunk().await {
                    Ok(Some(bytes)) => read.extend_from_slice(&bytes[..bytes.len().min(MOST_PROBLEM - read.len())]),
                    Ok(None) | Err(_) => break,
                }
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(5), reading).await;
        // Before it is cut short, so that no part of the key stays at its end.
        let read = self.unkeyed(String::from_utf8_lossy(&read).into_owned());
        let said = serde_json::from_str::<Json>(&read).unwrap_or_default();
        problem(said.get("error").unwrap_or(&said))
    }
}

/// Why its server was not reached, and what can be done about it.
fn unreached(error: &reqwest::Error) -> String {
    let said = undelivered(error).said;
    match said.strip_prefix("It ") {
        Some(rest) => format!("The model’s server {rest} Ask again later; whoever runs Tandem can see whether it runs."),
        None => said,
    }
}

/// Takes out of a request what a server finds fault with, as far as it can be done without, and says what that was; nothing
/// where there is nothing left. The prompt says the form of the answer, too, and it is read as strictly.
fn relaxed(body: &mut Json, said: &str) -> Option<&'static str> {
    let fields = body.as_object_mut()?;
    if said.contains("max_completion_tokens")
        && let Some(most) = fields.remove("max_tokens")
    {
        fields.insert("max_completion_tokens".into(), most);
        return Some("max_tokens");
    }
    let named = ["temperature", "seed"].into_iter().find(|field| said.contains(field) && fields.contains_key(*field));
    // Some servers know no schemas.
    let field = named.unwrap_or("response_format");
    fields.remove(field).map(|_| field)
}

impl Model for Chat {
    fn name(&self) -> &str {
        &self.name
    }

    fn a_day(&self) -> i64 {
        self.a_day
    }

    fn ask<'a>(&'a self, body: &'a Json) -> Pin<Box<dyn Future<Output = Result<String, Unanswered>> + Send + 'a>> {
        Box::pin(async move {
            let answered = self.answer(body).await;
            answered.map(|heard| heard.text).map_err(|Unheard { said, heard, .. }| Unanswered { said, heard })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::json;

    #[test]
    fn what_a_server_does_not_take_is_left_out_and_no_more() {
        let mut body = json!({ "max_tokens": 700, "temperature": 0.0, "seed": 1, "response_format": {}, "messages": [] });
        assert_eq!(relaxed(&mut body, "answered 400: Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."), Some("max_tokens"));
        assert_eq!((&body["max_completion_tokens"], body.get("max_tokens")), (&json!(700), None));
        assert_eq!(relaxed(&mut body, "answered 400: 'temperature' does not support 0 with this model."), Some("temperature"));
        assert!(body.get("temperature").is_none() && body["response_format"].is_object());
        assert!(relaxed(&mut body, "answered 422: unknown field").is_some() && body.get("response_format").is_none());
        assert!(relaxed(&mut body, "answered 400: the prompt is too long").is_none() && body["seed"] == 1);
    }
}
