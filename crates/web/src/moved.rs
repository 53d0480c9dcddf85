//! What has moved leads on: an address with a key that its product had before, and one of a thing that went over to
//! another product. Looked for only where there is nothing, and only as far as whoever asks belongs there.

use crate::{Web, at};
use app::Visitor;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Column, Door, Key, Look, Result, Uuid, Value, value::containing};

/// Where the addresses of programs name a product.
const BY_PROGRAMS: &str = "/api/v1/products/";

/// An address that names a product: what stands before its key, the key, and what follows.
fn parts(path: &str) -> Option<(&str, &str, &str)> {
    let before = if path.starts_with(BY_PROGRAMS) { BY_PROGRAMS } else { "/" };
    let (key, rest) = path[before.len()..].split_at(path[before.len()..].find('/').unwrap_or(path.len() - before.len()));
    Key::is_product_key(key).then_some((before, key, rest))
}

/// Answers with the way on where an address is an old one.
pub(crate) async fn lead_on(State(house): State<Web>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    if parts(uri.path()).is_none() {
        return next.run(request).await;
    }
    let mut shown = HeaderMap::new();
    for name in [header::COOKIE, header::AUTHORIZATION] {
        for value in request.headers().get_all(&name) {
            shown.append(&name, value.clone());
        }
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let visitor = Visitor { credential: at::credential(&shown), door: Door::Page };
    let asked = uri.clone();
    match house.app.ask(&visitor, None, move |look| led(look, &asked)).await.ok().flatten().map(|to| HeaderValue::from_str(&to)) {
        // The same is asked there in the same way, forms and programs included.
        Some(Ok(to)) => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]).into_response()
        }
        _ => response,
    }
}

/// The address that an old one means now.
fn led(look: &mut Look, uri: &Uri) -> Result<Option<String>> {
    let (Some(member), Some((before, key, rest))) = (look.scope.who.member, parts(uri.path())) else { return Ok(None) };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let of_mine = "from product join membership on membership.product = product.id and membership.member = $1 and membership.removed_at is null
         where product.removed_at is null and";
    let sql = format!("select product.id, product.key {of_mine} product.formerly like $2 escape '!' limit 1");
    if let Some(mut row) = look.reader.query(&sql, &[member.value(), containing(&format!("\"{key}\""))])?.pop() {
        let (id, now): (Uuid, String) = (row.take()?, row.take()?);
        return Ok(look.scope.who.reach.product(id).then(|| format!("{before}{now}{rest}{query}")));
    }
    let Some((segment, number)) = named(key, rest, &query) else { return Ok(None) };
    let went = |noun: &str| {
        format!(
            "select product.id, product.key, there.number from {noun} gone join product here on here.id = gone.product and here.key = $2
             join membership left_from on left_from.product = here.id and left_from.member = $1 and left_from.removed_at is null
             join {noun} there on there.id = gone.moved_to join product on product.id = there.product and product.removed_at is null
             join membership on membership.product = product.id and membership.member = $1 and membership.removed_at is null
             where gone.number = $3 and gone.removed_at is not null"
        )
    };
    let sql = format!("{} union all {}", went("story"), went("feature"));
    let Some(mut row) = look.reader.query(&sql, &[member.value(), Value::Text(key.to_owned()), Value::Int(number)])?.pop() else { return Ok(None) };
    let (id, now, to): (Uuid, String, i64) = (row.take()?, row.take()?, row.take()?);
    let on = format!("{rest}{query}").replacen(&segment, &format!("{}{to}", &segment[..1 + segment[1..].find('=').map_or(0, |at| at + 1)]), 1);
    Ok(look.scope.who.reach.product(id).then(|| format!("{before}{now}{on}")))
}

/// The number of an item that an address names, with how it does: `/12`, `/ORB-12`, `&open=12`.
fn named(key: &str, rest: &str, query: &str) -> Option<(String, i64)> {
    let number = |text: &str| {
        let own = || Key::parse(&text.to_uppercase()).filter(|item| item.product == key).map(|item| item.number);
        text.parse::<i64>().ok().or_else(own)
    };
    let in_path = rest.split('/').skip(1).find_map(|segment| Some((format!("/{segment}"), number(segment)?)));
    let open = || query.split(['?', '&']).find_map(|pair| Some((pair.to_owned(), number(pair.strip_prefix("open=")?)?)));
    in_path.or_else(|| open().map(|(pair, number)| (format!("{}{pair}", if query.starts_with(&format!("?{pair}")) { '?' } else { '&' }), number)))
}

#[cfg(test)]
mod tests {
    use super::{named, parts};

    #[test]
    fn an_address_names_an_item_in_its_path_or_as_what_is_open() {
        let found = |rest: &str, query: &str| named("ORB", rest, query);
        assert_eq!(found("/story/7", ""), Some(("/7".to_owned(), 7)));
        assert_eq!(found("/stories/orb-7/criteria", ""), Some(("/orb-7".to_owned(), 7)));
        assert_eq!(found("/roadmap", "?open=7"), Some(("?open=7".to_owned(), 7)));
        assert_eq!(found("/backlog", "?q=x&open=ORB-7"), Some(("&open=ORB-7".to_owned(), 7)));
        assert_eq!(found("/story/SEC-7", ""), None);
        assert_eq!(found("/backlog", "?q=7"), None);
    }

    #[test]
    fn an_address_is_taken_apart_at_its_key() {
        assert_eq!(parts("/ORB/story/7"), Some(("/", "ORB", "/story/7")));
        assert_eq!(parts("/api/v1/products/ORB/stories/7"), Some(("/api/v1/products/", "ORB", "/stories/7")));
        assert_eq!(parts("/ORB"), Some(("/", "ORB", "")));
        for other in ["/", "/products", "/api/v1/products/", "/api/v1/openapi.json", "/orb/story/7"] {
            assert_eq!(parts(other), None, "{other}");
        }
    }
}
