//! Who works in one's products, and under which hats.

use kernel::{
    Column, Hat, Look, Result, Uuid, list,
    value::{Packed, containing},
};
use web::{Markup, app, avatar, find_form, html};

/// So many people are shown; more are found by their names.
const MOST: usize = 100;
/// So many memberships are read for them.
const MOST_READ: i64 = 2_000;

/// Someone, with the hats they hold in each product.
struct Known {
    id: Uuid,
    name: String,
    hats: Vec<(Uuid, Vec<Hat>)>,
}

pub(crate) fn page(look: &mut Look, words: &str) -> Result<Markup> {
    let products = app::products_of(look)?;
    let mut params = vec![look.scope.who.signed_in()?.value(), list(products.iter().map(|product| product.id))];
    let mut and = String::new();
    if !words.trim().is_empty() {
        params.extend([containing(&words.trim().to_lowercase()), containing(words.trim())]);
        and += " and (lower(member.name) like $3 escape '!' or member.name like $4 escape '!')";
    }
    let sql = format!(
        "select member.id, member.name, membership.product, membership.hats from membership join member on member.id = membership.member
         join membership mine on mine.product = membership.product and mine.member = $1 and mine.removed_at is null
         where membership.product in each($2) and membership.removed_at is null and member.removed_at is null{and}
         order by member.name, member.id, membership.product limit {MOST_READ}"
    );
    let mut people: Vec<Known> = vec![];
    for mut row in look.reader.query(&sql, &params)? {
        let (id, name): (Uuid, String) = (row.take()?, row.take()?);
        let held: (Uuid, Vec<Hat>) = (row.take()?, row.take::<Packed<Vec<Hat>>>()?.0);
        match people.last_mut() {
            Some(last) if last.id == id => last.hats.push(held),
            _ => people.push(Known { id, name, hats: vec![held] }),
        }
    }
    let more = people.len() > MOST;
    people.truncate(MOST);
    Ok(html! {
        (find_form("q", "Find someone by name", words, html! {}))
        @if people.is_empty() { p.hint { "Nobody in your products is called so. " a href="/all/people" { "Show everyone" } } }
        ul.lines.everyone { @for known in &people { li {
            (avatar(&known.name)) strong { bdi { (known.name) } }
            span.what { @for product in &products { @for (_, hats) in known.hats.iter().filter(|(id, _)| *id == product.id) { span.in-product {
                a.quiet href={ "/" (product.key) "/" } hx-boost="false" dir="auto" { (product.name) }
                @for hat in hats { " " span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } }
            } " " } } }
        } } }
        @if more { p.hint { "The first " (MOST) " are shown; a name finds the others." } }
    })
}
