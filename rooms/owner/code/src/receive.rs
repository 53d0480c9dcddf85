//! Where repositories send what happens in them: proven by the secret, and kept as far as it names a story.

use crate::{CODE_CHANGED, CODE_SEEN, model::*, rows, sent};
use backlog::Story;
use kernel::{
    Authority, Command, Decided, Deserialize, Door, Event, JsonSchema, Link, Look, Moment, Noun, Refusal, Result, Scope, Serialize, Text, Waits,
    command, event::edit, json,
};
use std::collections::HashMap;
use web::{
    Ask, At, Bytes, IntoResponse, Path, Response, Visitor,
    app::{self, Proof},
    errors,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};

/// A piece of code, and the stories that it names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct SentRef {
    pub kind: RefKind,
    pub which: Text<300>,
    pub title: Text<300>,
    pub link: Link,
    pub author: Text<200>,
    pub state: RefState,
    /// When it happened; now when it is not said.
    pub happened_at: Option<i64>,
    /// Numbers of stories.
    pub stories: Vec<i64>,
}

command! {
    /// Takes in code that a repository told of.
    pub struct ReceiveCode in "code.receive" inside {
        /// What is kept of the word of the address.
        pub source_hash: String,
        pub refs: Vec<SentRef>,
    }
}

/// The repository, the stories by their numbers, and what was told before.
pub struct Known {
    source: CodeSource,
    stories: HashMap<i64, Story>,
    before: Vec<CodeRef>,
}

impl Command for ReceiveCode {
    type Before = Known;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("source_hash");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Known> {
        let source = rows::open(look.reader, &self.source_hash)?;
        let stories = rows::stories(look, &source, self.refs.iter().flat_map(|one| one.stories.iter().copied()).collect())?;
        let before = rows::known(look, &source, self.refs.iter().map(|one| one.which.to_string()).collect())?;
        Ok(Known { source, stories, before })
    }
    fn title(&self, _: &Known) -> String {
        "Take in code".into()
    }
    fn decide(self, known: Known, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = vec![];
        let mut seen: Vec<(RefKind, String, i64)> = vec![];
        for one in self.refs {
            for number in &one.stories {
                let (of, Some(story)) = ((one.kind, one.which.to_string(), *number), known.stories.get(number)) else { continue };
                if seen.contains(&of) {
                    continue;
                }
                seen.push(of);
                let happened_at = one.happened_at.filter(|at| (0..=moment.now).contains(at)).unwrap_or(moment.now);
                let fresh = CodeRef {
                    meta: moment.fresh(known.source.meta.product),
                    story: story.id(),
                    source: known.source.id(),
                    kind: one.kind,
                    which: one.which.to_string(),
                    title: one.title.to_string(),
                    link: one.link.to_string(),
                    author: one.author.to_string(),
                    state: one.state,
                    happened_at,
                };
                match known.before.iter().find(|known| (known.kind, &known.which, known.story) == (fresh.kind, &fresh.which, fresh.story)) {
                    None => events.push(Event::created(&CODE_SEEN, &fresh)),
                    // A branch is pushed to again and again; only what becomes of it is news.
                    Some(before) if before.state == fresh.state && before.title == fresh.title => {}
                    Some(before) if is_late(before, &fresh) => {}
                    Some(before) => events.push(edit(&CODE_CHANGED, before, |code| {
                        (code.title, code.link, code.state, code.happened_at) = (fresh.title.clone(), fresh.link.clone(), fresh.state, happened_at);
                        Ok(())
                    })?),
                }
            }
        }
        Ok(events.into())
    }
}

/// Messages come in any order, some a second time: one from before what is known says nothing new. What was merged is so for
/// good, whatever a message of the same second says.
fn is_late(known: &CodeRef, told: &CodeRef) -> bool {
    told.happened_at < known.happened_at || known.state == RefState::Merged && told.state != RefState::Merged
}

/// Said of an address that was revoked, or never was.
const SHUT: &str = "This address takes nothing, or nothing any more.";

pub(crate) async fn receive(at: At, Path(word): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let told = |status: StatusCode, says: String| {
        (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json!({ "says": says }).to_string()).into_response()
    };
    match received(&at, app::secret::hash(&word), &headers, &body).await {
        Ok(None) => told(StatusCode::OK, "It names no story here.".into()),
        Ok(Some(new)) => told(if new > 0 { StatusCode::CREATED } else { StatusCode::OK }, format!("{} taken in.", web::several(new, "piece"))),
        Err(Refusal::NotFound) => told(StatusCode::NOT_FOUND, SHUT.into()),
        Err(Refusal::SignIn) => told(StatusCode::UNAUTHORIZED, "The signature does not fit the secret of this address.".into()),
        Err(refusal) => errors::problem(&refusal),
    }
}

/// How many pieces are new or have changed; nothing where no story is named.
async fn received(at: &At, hash: String, headers: &HeaderMap, body: &Bytes) -> Result<Option<usize>> {
    let app = &at.house.app;
    app.limits.link(&hash, &at.peer.counted())?;
    let (asked, said) = (hash.clone(), body.clone());
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let proof = match (header("x-hub-signature-256"), header("x-gitlab-token")) {
        (Some(signature), _) => Proof::Signed(signature.strip_prefix("sha256=").unwrap_or_default().to_owned()),
        (None, Some(word)) => Proof::Word(word),
        (None, None) => return Err(Refusal::SignIn),
    };
    let keys = app.store.read(move |reader| {
        let source = rows::open(reader, &asked)?;
        match app::proves(reader, source.meta.id, &said, &proof)? {
            true => rows::keys(reader, &source),
            false => Err(Refusal::SignIn),
        }
    });
    let refs = sent::read(body, &keys.await?)?;
    if refs.is_empty() {
        return Ok(None);
    }
    let ask = Ask { inside: true, ..Ask::named(None, "code.receive", json!({ "source_hash": hash, "refs": refs })) };
    match app.run(&Visitor::nobody(Door::Rest), ask).await? {
        web::app::Outcome::Done(done) => Ok(Some(done.things.len())),
        web::app::Outcome::Proposed(_) => Ok(Some(0)),
    }
}
