//! The pages of interviews.

use crate::{
    interview_views::{self as views, Line},
    model::*,
    rows, who_rows,
    who_views::names_offered,
};
use kernel::{Area, Column, Id, Look, Mark, Noun, Paged, Result, Uuid, Value, list};
use notices::Around;
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Page, PageSpec, Query, Response, Wing, html, may};

pub(crate) const INTERVIEWS: PageSpec = PageSpec {
    path: "interviews",
    name: "Interviews",
    wing: Wing::Both,
    under: "customers",
    live: &["interview", "evidence", "need", "customer", "segment", "relation", "comment", "reaction", "attachment"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

/// So many stand on a page.
const PAGE: usize = 50;
/// So many quotes of one are shown.
const TAKEN: usize = 100;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    after: String,
}

pub(crate) async fn interviews(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| match &q.open {
        Some(id) => one(look, Id::try_from(id.as_str())?),
        None => {
            let page = lines(look, &q.after)?;
            let people = people::to_choose(look, None)?;
            let offered = who_rows::offered(look)?;
            let primary = html! { (views::plan(look.scope, &people)) @if may(look.scope, Area::Customers) { (names_offered(&offered)) } };
            Ok(Page::of(&INTERVIEWS, views::list(look.scope, &page, q.after.is_empty())).primary(primary))
        }
    })
    .await
}

/// A page of them, the latest first.
fn lines(look: &mut Look, after: &str) -> Result<Paged<Line>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = Mark::<String>::read(after)? {
        and += "and (held_on, id) < ($2, $3) ";
        params.extend([Value::Text(mark.at), mark.id.value()]);
    }
    let found = Interview::all(look, &format!("{and}order by held_on desc, id desc limit {}", PAGE + 1), &params)?;
    let page = Paged::cut(found, PAGE, |i| Mark::new(i.held_on.clone(), i.meta.id));
    Ok(Paged { items: completed(look, page.items)?, next: page.next })
}

fn completed(look: &mut Look, interviews: Vec<Interview>) -> Result<Vec<Line>> {
    if interviews.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    let counted = look.query(
        "select interview, count(*) from evidence where product = $1 and interview in each($2) and removed_at is null group by interview",
        &[product.value(), list(interviews.iter().map(|i| i.meta.id))],
    )?;
    let counted: HashMap<Uuid, i64> = counted.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let names = rows::names(look, interviews.iter().map(|i| i.customer), interviews.iter().map(|i| i.segment))?;
    let scope = look.scope;
    let called = |id: Option<Uuid>| id.and_then(|id| names.called(scope, id)).unwrap_or_default();
    let line = |interview: Interview| Line {
        customer: called(interview.customer.map(|id| id.0)),
        segment: called(interview.segment.map(|id| id.0)),
        evidence: counted.get(&interview.meta.id).copied().unwrap_or(0),
        interview,
    };
    Ok(interviews.into_iter().map(line).collect())
}

fn one(look: &mut Look, id: Id<Interview>) -> Result<Page> {
    let interview = Interview::get(look, id)?;
    let line = completed(look, vec![interview])?.pop().ok_or(kernel::Refusal::NotFound)?;
    let taken = Evidence::all(look, &format!("and interview = $2 order by created_at, id limit {TAKEN}"), &[id.value()])?;
    let pieces = rows::pieces(look, taken)?;
    let needs = rows::titles(look, pieces.iter().flat_map(|piece| piece.needs.iter().copied()))?;
    let people = people::to_choose(look, line.interview.led_by.map(|leader| leader.0))?;
    let offered = who_rows::offered(look)?;
    let around = Around::read(look, Interview::TABLE, [id.0])?;
    let history = activity::history(look, id.0, 50)?;
    let body =
        views::one(look.scope, &views::One { line: &line, pieces: &pieces, needs: &needs, people: &people, around: &around, history: &history });
    let names = html! { @if may(look.scope, Area::Customers) { (names_offered(&offered)) } };
    Ok(Page::of(&INTERVIEWS, html! { (body) (names) }).titled(line.interview.participant.clone()))
}
