//! What the palette (Ctrl+K) shows of what is not on the page: things, people, and what can be begun elsewhere. A piece
//! of page; without script the page of the search does the same.

use crate::{Hit, exact, find, keyed, path};
use kernel::{Area, Look, Result, Scope};
use web::{At, Markup, Query, Response, capital, clipped, errors, html, may, text::encode};

/// What can be begun from anywhere: where one must at least be able to propose, what it is called, and its form.
const BEGUN: &[(Area, &str, &str)] = &[
    (Area::Backlog, "New story", "backlog#create"),
    (Area::Roadmap, "New initiative", "roadmap#new-initiative"),
    (Area::Customers, "Record evidence", "customers#record"),
    (Area::Customers, "Write down a need", "customers#new-need"),
    (Area::Strategy, "New objective", "strategy#new-objective"),
    (Area::Strategy, "Publish the vision", "strategy#publish-vision"),
    (Area::Backlog, "Import a file", "import"),
    (Area::Agreement, "Invite someone", "settings#invite"),
];

/// So many things and so many people are shown.
const THINGS: usize = 10;
const PEOPLE: usize = 4;

pub(crate) async fn found(at: At, Query(asked): Query<crate::Search>) -> Response {
    let words = asked.q.trim().to_owned();
    match at.read(move |look| Ok(view(&read(look, &words)?))).await {
        Ok(markup) => web::IntoResponse::into_response(markup),
        Err(refusal) => errors::problem(&refusal),
    }
}

/// One choice.
struct Choice {
    key: String,
    text: String,
    kind: String,
    href: String,
}

fn read(look: &mut Look, words: &str) -> Result<Vec<Choice>> {
    let base = format!("/{}", look.scope.product()?.key);
    let mut choices = vec![];
    if !words.is_empty() {
        let hits = exact::first(exact::called(look, words)?, find(look, words)?);
        choices.extend(hits.iter().take(THINGS).map(|hit| thing(look.scope, &base, hit)));
        let people = product::find_members(look, words, "")?;
        choices.extend(people.members.into_iter().take(PEOPLE).map(|(person, _)| Choice {
            key: String::new(),
            href: format!("{base}/settings?people={}", encode(&person.name)),
            text: person.name,
            kind: "Person".into(),
        }));
    }
    let begun = BEGUN.iter().filter(|(area, ..)| may(look.scope, *area));
    choices.extend(begun.map(|(_, says, to)| Choice { key: String::new(), text: (*says).into(), kind: "New".into(), href: format!("{base}/{to}") }));
    Ok(choices)
}

fn thing(scope: &Scope, base: &str, hit: &Hit) -> Choice {
    Choice {
        key: hit.number.filter(|_| keyed(hit)).map_or(String::new(), |number| scope.key(number)),
        text: clipped(&hit.title, 120),
        kind: capital(&hit.noun.replace('_', " ")),
        href: format!("{base}/{}", path(hit)),
    }
}

fn view(choices: &[Choice]) -> Markup {
    html! { @for choice in choices { a href=(choice.href) { @if !choice.key.is_empty() { span.key { (choice.key) } " " } span.what dir="auto" { (choice.text) } " " span.quiet { (choice.kind) } } } }
}
