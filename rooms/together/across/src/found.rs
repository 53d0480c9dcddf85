//! Search in all products: for each area, in the products where the reader sees it.

use crate::pages::own;
use kernel::{Area, Column, Look, NounSpec, ProductHead, Reading, Result, Uuid, about, list, terms::Sought};
use std::collections::{HashMap, hash_map::Entry};
use web::{Markup, capital, clipped, find_form, html, place, text::marked};

/// So many matches of each area are told.
const MOST: u32 = 30;

/// A thing that was found.
struct Hit<'a> {
    noun: &'static NounSpec,
    product: &'a ProductHead,
    id: Uuid,
    number: Option<i64>,
    title: String,
}

/// What is searched: the nouns that whoever sees some areas reads whole, by these areas.
fn searched() -> Vec<(Vec<Area>, Vec<&'static NounSpec>)> {
    let mut by_area: Vec<(Vec<Area>, Vec<&'static NounSpec>)> = vec![];
    for noun in about::nouns().iter().copied().filter(|noun| !noun.about.found_by.is_empty()) {
        let areas = match noun.about.read {
            Reading::Sees(area) => vec![area],
            Reading::SeesWith(area, ends) => {
                let whole = ends.iter().map(|(other, _)| match about::noun(other).map(|other| other.about.read) {
                    Some(Reading::Sees(area)) => Some(area),
                    _ => None,
                });
                match whole.collect::<Option<Vec<Area>>>() {
                    Some(others) => [vec![area], others].concat(),
                    None => continue,
                }
            }
            _ => continue,
        };
        match by_area.iter_mut().find(|(known, _)| *known == areas) {
            Some((_, nouns)) => nouns.push(noun),
            None => by_area.push((areas, vec![noun])),
        }
    }
    by_area
}

pub(crate) fn page(look: &mut Look, words: &str) -> Result<Markup> {
    let own = own(look)?;
    let words = words.trim();
    let sought = Sought::read(words);
    let mut seen: HashMap<Area, Vec<ProductHead>> = HashMap::new();
    let areas = if words.is_empty() { vec![] } else { searched() };
    for area in areas.iter().flat_map(|(areas, _)| areas) {
        if let Entry::Vacant(place) = seen.entry(*area) {
            place.insert(web::app::seeing_in(look, &own, *area)?);
        }
    }
    let in_all = |areas: &[Area]| -> Vec<ProductHead> {
        let (first, others) = areas.split_first().map_or((&[][..], &[][..]), |(first, others)| (&seen[first][..], others));
        first.iter().filter(|product| others.iter().all(|area| seen[area].iter().any(|other| other.id == product.id))).cloned().collect()
    };
    let products: Vec<Vec<ProductHead>> = areas.iter().map(|(areas, _)| in_all(areas)).collect();
    let mut hits: Vec<Hit> = vec![];
    for ((_, nouns), products) in areas.iter().zip(&products) {
        hits.extend(within(look, products, nouns, words)?);
    }
    // In each area the best come first; of all of them the newest, whose ids begin with the time.
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.id));
    Ok(html! {
        (find_form("q", "Search in all your products", words, html! {}))
        @if words.is_empty() { p.hint { "Finds stories, features, initiatives, objectives, needs and evidence of every product that you belong to, as far as you see them there." } }
        @else if hits.is_empty() { p.hint { "Nothing in your products has “" bdi { (words) } "” in it." } }
        ul.lines.found { @for hit in &hits { li {
            span.quiet.noun { (capital(&hit.noun.one())) }
            div.what { a href={ "/" (hit.product.key) "/" (place(hit.noun.table, hit.id, hit.number).unwrap_or_else(|| "activity".into())) } hx-boost="false" {
                @if let Some(number) = hit.number.filter(|_| hit.noun.about.keyed) { span.key { (hit.product.key) "-" (number) } " " } bdi { (marked(&clipped(&hit.title, 160), &sought)) } } }
            span.quiet dir="auto" { (hit.product.name) }
        } } }
    })
}

/// What some products have of some nouns.
fn within<'a>(look: &mut Look, products: &'a [ProductHead], nouns: &[&'static NounSpec], words: &str) -> Result<Vec<Hit<'a>>> {
    if products.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<Uuid> = products.iter().map(|product| product.id).collect();
    let tables: Vec<&str> = nouns.iter().map(|noun| noun.table).collect();
    let found = look.reader.search(&ids, words, &tables, MOST)?;
    let mut hits = vec![];
    for noun in nouns.iter().copied() {
        let own: Vec<Uuid> = found.iter().filter(|(table, _)| table == noun.table).map(|(_, id)| *id).collect();
        if own.is_empty() {
            continue;
        }
        for thing in (noun.find)(look.reader, "where id in each($1) and removed_at is null", &[list(own)])? {
            let Some(product) = products.iter().find(|product| Some(product.id) == thing.meta.product) else { continue };
            let number = noun
                .fields
                .iter()
                .position(|field| *field == "number")
                .map(|at| Option::<i64>::read(thing.values[at].clone()))
                .transpose()?
                .flatten();
            hits.push(Hit { noun, product, id: thing.meta.id, number, title: thing.label });
        }
    }
    Ok(hits)
}
