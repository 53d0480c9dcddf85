//! What a thing of the thread can be joined with: a piece for the script to show where one works, and without script a page.

use crate::{
    graph::{self, Knot, is_keyed},
    sql,
};
use kernel::{
    Column, Key, Look, NounSpec, Refusal, Result, Scope, Standing, Uuid, Value, list,
    strand::{Hang, Made, joins, joint, strand},
    value::containing,
};
use serde::Deserialize;
use web::{At, IntoResponse, Markup, Page, PageSpec, Query, Response, Wing, action, clipped, errors, html, may, product_path, who_decides};

/// Reached from a thing alone, and nothing without one.
pub(crate) const JOIN: PageSpec = PageSpec { path: "thread/join", name: "Join", wing: Wing::Both, under: "thread", ..PageSpec::PLAIN };

/// So many are shown of a noun; more are found by typing.
const MOST: usize = 8;

#[derive(Deserialize)]
pub(crate) struct Asked {
    noun: String,
    id: Uuid,
    /// The noun of what it is to be joined with; any where it is not given.
    #[serde(default)]
    with: String,
    /// What was typed or pasted: words, a key, an address.
    #[serde(default)]
    q: String,
    /// The one that it was dropped on.
    #[serde(default)]
    only: Option<Uuid>,
}

pub(crate) async fn join(at: At, Query(asked): Query<Asked>) -> Response {
    if !at.scripted {
        return at.page(move |look| Ok(Page::of(&JOIN, page(look.scope, &Joining::read(look, &asked)?)))).await;
    }
    match at.read(move |look| Joining::read(look, &asked).map(|joining| choices(look.scope, &joining, true))).await {
        Ok(markup) => markup.into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

/// A thing, and what it can be joined with.
struct Joining {
    of: Knot,
    with: String,
    words: String,
    groups: Vec<Group>,
}

/// What there is to choose of one noun.
struct Group {
    noun: &'static NounSpec,
    /// Whether the thing hangs on these, and not these on it.
    hangs: bool,
    made: &'static Made,
    knots: Vec<Knot>,
    /// There are more than are shown.
    more: bool,
}

impl Joining {
    fn read(look: &mut Look, asked: &Asked) -> Result<Joining> {
        let of = graph::thing(look, &asked.noun, asked.id)?.ok_or(Refusal::NotFound)?;
        let all: Vec<&'static str> = joins(&of.noun).map(|(with, _)| with).filter(|with| asked.with.is_empty() || asked.with == *with).collect();
        let mut joining = Joining { of, with: asked.with.clone(), words: asked.q.trim().to_owned(), groups: vec![] };
        let mut refused = None;
        for with in all {
            let Some(((hangs, hang, made), (noun, _))) = joint(&joining.of.noun, with).zip(strand(with)) else { continue };
            if !may(look.scope, made.area) {
                refused = Some(Refusal::denied(who_decides(look.scope, made.area)));
                continue;
            }
            let knots = found(look, &joining, noun, (hangs, hang), asked.only)?;
            let more = knots.len() > MOST;
            joining.groups.push(Group { noun, hangs, made, knots: knots.into_iter().take(MOST).collect(), more });
        }
        match (joining.groups.is_empty(), refused) {
            (true, Some(refusal)) => Err(refusal),
            (true, None) => Err(Refusal::NotFound),
            (false, _) => Ok(joining),
        }
    }
}

/// Those of a noun that fit what was typed and are not joined yet; one more than is shown where there are more.
fn found(look: &mut Look, joining: &Joining, noun: &'static NounSpec, (hangs, hang): (bool, &'static Hang), only: Option<Uuid>) -> Result<Vec<Knot>> {
    let table = noun.table;
    let Some((_, strand)) = strand(table) else { return Ok(vec![]) };
    let product = look.scope.product_id()?.value();
    let child = if hangs { joining.of.noun.as_str() } else { table };
    let mut joined: Vec<Uuid> = vec![];
    if let Some(step) = sql::step(child, hang, hangs, 2) {
        let far = if hangs { "parent" } else { "child" };
        let rows = look.query(&format!("select {far} from ({step}) as step"), &[product.clone(), list([joining.of.id])])?;
        joined = rows.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    }
    let mut params = vec![product, list(joined)];
    let mut when: String = strand.open.iter().map(|fact| format!(" and {}", sql::holds(table, fact))).collect();
    let here = look.scope.product.clone();
    let meant = Meant::read(&|key| here.as_ref().is_some_and(|product| product.goes_by(key)), &joining.words);
    if let Some(id) = only.or(meant.id) {
        params.push(id.value());
        when += &format!(" and {table}.id = ${}", params.len());
    } else if meant.is_key {
        // A key means that thing and no other.
        let Some(number) = meant.number.filter(|_| noun.about.keyed) else { return Ok(vec![]) };
        params.push(Value::Int(number));
        when += &format!(" and {table}.number = ${}", params.len());
    } else if !joining.words.is_empty() {
        params.extend([containing(&joining.words.to_lowercase()), containing(&joining.words)]);
        let (small, same) = (params.len() - 1, params.len());
        let fits = |field: &&str| format!("lower({table}.{field}) like ${small} escape '!' or {table}.{field} like ${same} escape '!'");
        let mut fits: Vec<String> = strand.title.iter().map(fits).collect();
        if let Some(number) = meant.number.filter(|_| noun.about.keyed) {
            params.push(Value::Int(number));
            fits.push(format!("{table}.number = ${}", params.len()));
        }
        when += &format!(" and ({})", fits.join(" or "));
    }
    let order = if noun.fields.contains(&"rank") { format!("{table}.rank, {table}.id") } else { format!("{table}.created_at desc, {table}.id") };
    let sql = format!(
        "select {table}.id, {} from {table} where {table}.product = $1 and {table}.removed_at is null{when}
         and not ({table}.id in each($2)) order by {order} limit {}",
        sql::shown(noun, strand),
        MOST + 1
    );
    let knot = |mut row: kernel::Row| {
        let id = row.take()?;
        Knot::read(table.to_owned(), id, &mut row)
    };
    look.query(&sql, &params)?.into_iter().map(knot).collect()
}

/// What was typed or pasted, where it names one thing: a key, a number, an id, or an address of a page of ours.
#[derive(Debug, Default, PartialEq)]
struct Meant {
    number: Option<i64>,
    id: Option<Uuid>,
    /// It is a key or an address, and not a figure that a title may hold as well.
    is_key: bool,
}

impl Meant {
    fn read(goes_by: &dyn Fn(&str) -> bool, words: &str) -> Meant {
        let address = words.contains("://") || words.starts_with('/');
        let last = if address { words.rsplit(['/', '=', '#']).next().unwrap_or_default() } else { words };
        let last = last.strip_prefix("e-").or_else(|| last.strip_prefix("o-")).unwrap_or(last);
        if let Ok(id) = Uuid::parse_str(last) {
            return Meant { id: Some(id), ..Meant::default() };
        }
        match Key::parse(&last.to_uppercase()).filter(|key| goes_by(&key.product)) {
            Some(key) => Meant { number: Some(key.number), id: None, is_key: true },
            None => Meant { number: last.parse().ok(), id: None, is_key: address },
        }
    }
}

/// Without script: a page with what the script would show.
fn page(scope: &Scope, joining: &Joining) -> Markup {
    let along = html! {
        input type="hidden" name="noun" value=(joining.of.noun); input type="hidden" name="id" value=(joining.of.id.simple());
        @if !joining.with.is_empty() { input type="hidden" name="with" value=(joining.with); }
    };
    html! { (web::find_form("q", "Find by words or a key", &joining.words, along)) (choices(scope, joining, false)) }
}

fn choices(scope: &Scope, joining: &Joining, scripted: bool) -> Markup {
    let back = format!("{}/thread?of={}&id={}", product_path(scope), joining.of.noun, joining.of.id.simple());
    let some = joining.groups.iter().any(|group| !group.knots.is_empty());
    html! {
        @for (n, group) in joining.groups.iter().enumerate().filter(|(_, group)| !some || !group.knots.is_empty()).take(if some { usize::MAX } else { 1 }) {
            @let (own, other) = if group.hangs { (group.made.of, group.made.on) } else { (group.made.on, group.made.of) };
            form.picked method="post" action=(action(scope, group.made.command)) data-act {
                input type="hidden" name=(own) value=(joining.of.id);
                @if !scripted { input type="hidden" name="_back" value=(back); }
                p.pick-head { strong { (web::link_to(group.noun.table)) } " " span.quiet dir="auto" { (clipped(&joining.of.title, 80)) } }
                @if scope.standing(group.made.area).1 == Standing::Proposes { p.hint { (who_decides(scope, group.made.area)) } }
                div.options id=[(n == 0).then_some("options")] role=[scripted.then_some("listbox")] aria-label=[scripted.then(|| web::link_to(group.noun.table))] {
                    @for (at, knot) in group.knots.iter().enumerate() {
                        button.plain type="submit" name=(other) value=(knot.id) id={ "option-" (n) "-" (at) } role=[scripted.then_some("option")] tabindex=[scripted.then_some("-1")] aria-selected=[scripted.then_some("false")] {
                            @if let Some(number) = knot.number.filter(|_| is_keyed(&knot.noun)) { span.key { (scope.key(number)) } }
                            span.what dir="auto" { (clipped(&knot.title, 120)) } @if !knot.state.is_empty() { span.quiet { (knot.says()) } }
                        }
                    }
                }
                @if group.knots.is_empty() { p.hint { @if joining.words.is_empty() { "There is nothing else to link." } @else { "Nothing else is called so." } } }
                @else if group.more { p.hint { "There are more. Type to find them." } }
                p.error data-error="" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_addresses_and_ids_name_one_thing() {
        let id = "0198c2a4d0f77a3c9a5e6b1f2d3c4b5a";
        let meant = |words: &str| Meant::read(&|key| key == "ORB", words);
        assert_eq!(meant("https://tandem.example/ORB/roadmap?open=12"), Meant { number: Some(12), id: None, is_key: true });
        assert_eq!(meant("/ORB/story/7"), Meant { number: Some(7), id: None, is_key: true });
        assert_eq!(meant("orb-9"), Meant { number: Some(9), id: None, is_key: true });
        assert_eq!(meant("XYZ-9"), Meant::default(), "another product's");
        assert_eq!(meant("42"), Meant { number: Some(42), id: None, is_key: false });
        assert_eq!(meant(&format!("/ORB/customers?show={id}#e-{id}")).id, Uuid::parse_str(id).ok());
        assert_eq!(meant("pay by card"), Meant::default());
    }
}
