//! The page on which a story is split: first by what, then what the parts are called and which criteria go with them.

use crate::{
    model::*,
    rows,
    splitting::Rest,
    ways::{self, MOST, Part, Said, Way},
};
use kernel::{Area, Noun, Ref, Scope};
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Markup, Page, PageSpec, Path, Query, Response, Wing, act_label, action, html, limited, may, product_path, who_decides};

pub(crate) const SPLIT: PageSpec = PageSpec {
    path: "story/{story}/split",
    name: "Split a story",
    wing: Wing::Owner,
    under: "backlog",
    live: &["story", "criterion"],
    areas: &[Area::Backlog],
    sights: &[("rules", "?way=rules")],
    ..PageSpec::PLAIN
};

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    way: String,
}

pub(crate) async fn page(at: At, Path(path): Path<HashMap<String, String>>, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let story = rows::story(look, &Ref(path.get("story").cloned().unwrap_or_default()))?;
        let criteria = rows::criteria_of(look, story.id())?;
        let body = view(look.scope, &story, &criteria, Way::parse(&q.way));
        Ok(Page::of(&SPLIT, body).titled(format!("Split {}", look.scope.key(story.number))))
    })
    .await
}

fn view(scope: &Scope, s: &Story, criteria: &[Criterion], way: Option<Way>) -> Markup {
    let address = format!("{}/story/{}", product_path(scope), s.number);
    let over = matches!(s.stage, Stage::Accepted | Stage::Dropped);
    html! {
        p.lead { a href=(address) { (web::keyed(scope, s.number, &s.title)) } }
        p { "A story that is too large for a sprint becomes several that are each of use by themselves. The parts come right after it, hang on the same feature and keep its labels; its criteria are dealt out among them." }
        @if over { p.hint { "This story is " (s.stage.says()) "; it is not split any more." } }
        @else if !may(scope, Area::Backlog) { p.hint { (who_decides(scope, Area::Backlog)) } }
        @else {
            nav.chips aria-label="By what" { @for one in Way::ALL { a.chip href={ "?way=" (one) } aria-current=[(way == Some(*one)).then_some("true")] { "By " (one.says()) } } }
            @if let Some(way) = way { p.way { (way.asks()) } }
            @else { p.hint { "Choose by what it could be split: what its words show is filled in. Or name the parts yourself." } }
            (form(scope, s, criteria, way))
        }
    }
}

fn form(scope: &Scope, s: &Story, criteria: &[Criterion], way: Option<Way>) -> Markup {
    let said = Said { title: &s.title, wants: &s.wants, body: &s.body, criteria: criteria.iter().map(|c| c.body.as_str()).collect() };
    let found = way.map(|way| ways::parts(way, &said)).unwrap_or_default();
    let all_given = !criteria.is_empty() && found.iter().map(|part| part.criteria.len()).sum::<usize>() == criteria.len();
    // One more than were found, and at least three.
    let rows = (found.len() + 1).clamp(3, MOST);
    let fields = html! {
        input type="hidden" name="story" value=(s.number); input type="hidden" name="_back" value={ (product_path(scope)) "/story/" (s.number) };
        @if way.is_some() && found.is_empty() { p.hint { "Its words show no such parts. Name them yourself, or try another way." } }
        div.split-parts { @for n in 1..=rows { label.field { span { "Part " (n) } input type="text" name={ "parts." (n) } value=(title(&found, n)) maxlength="500" dir="auto" autocomplete="off"; span.error data-error={ "parts." (n) } {} } } }
        @if !criteria.is_empty() { fieldset.deal { legend { "Which criteria go where" } @for (i, c) in criteria.iter().enumerate() { (deal(scope, s, c, place(&found, i), rows)) } } }
        p.hint { "The parts begin without its description, sub-tasks, sprint and assignee: these do not go along." }
        (web::select("rest", "What becomes of this story", &web::options(Rest::ALL), if all_given { Rest::Dropped.word() } else { Rest::Stays.word() }))
    };
    let own = format!("{}/story/{}", product_path(scope), s.number);
    html! { form.stack #split method="post" action=(action(scope, "story.split")) data-act data-go=(own) {
        (limited("story.split", fields))
        (web::reason_field(scope, Area::Backlog))
        p.error data-error="" {}
        div.row { button.primary type="submit" { (act_label(scope, Area::Backlog, "Split the story")) } }
        p.hint { (who_decides(scope, Area::Backlog)) }
    } }
}

fn title(found: &[Part], n: usize) -> &str {
    found.get(n - 1).map_or("", |part| part.title.as_str())
}

/// The part that a criterion would go to.
fn place(found: &[Part], criterion: usize) -> Option<usize> {
    found.iter().position(|part| part.criteria.contains(&criterion)).map(|at| at + 1)
}

fn deal(scope: &Scope, s: &Story, c: &Criterion, to: Option<usize>, rows: usize) -> Markup {
    let id = c.id().to_string();
    html! { label.field { span { span.key { (scope.key(s.number)) "." (c.number) } " " bdi { (c.body.lines().next().unwrap_or("")) } }
    select name={ "deal." (id) } { option value="" selected[to.is_none()] { "Stays with this story" } @for n in 1..=rows { option value=(n) selected[to == Some(n)] { "Goes to part " (n) } } }
    span.error data-error={ "deal." (id) } {} } }
}
