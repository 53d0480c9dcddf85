//! The first start, new products, and a product's settings.

use crate::{commands::*, members, rows, views};
use kernel::{Area, Hat, Refusal, Result, matrix::Way};
use people::run_inside;
use serde::Deserialize;
use web::{At, Form, IntoResponse, Page, PageSpec, Query, Redirect, Response, Router, Spot, Web, Wing, app::secret, auth, errors, get, http::header};

pub(crate) const SETTINGS: PageSpec = PageSpec {
    path: "settings",
    name: "Product and members",
    wing: Wing::Both,
    stand: Spot::Menu,
    icon: "settings",
    live: &["product", "membership", "ticket", "board_column"],
    areas: &[Area::Agreement],
    ..PageSpec::PLAIN
};
pub(crate) const PRODUCTS: PageSpec =
    PageSpec { path: "/products", name: "Your products", live: &["product", "membership"], sights: &[("found", "?q=orb")], ..PageSpec::PLAIN };
pub(crate) const NEW_PRODUCT: PageSpec = PageSpec { path: "/products/new", name: "New product", administrators: true, ..PageSpec::PLAIN };

pub fn routes() -> Router<Web> {
    Router::new()
        .merge(crate::joining::routes())
        .route("/", get(front))
        .route("/setup", get(set_up_form).post(set_up))
        .route("/products", get(products))
        .route("/products/new", get(new_product))
        .route("/{product}/settings", get(settings))
}

/// Goes to where one left off: the first product, or what is missing for it.
async fn front(at: At) -> Response {
    let to = at.house.app.ask(&at.visitor, None, |look| {
        if people::nobody_yet(look.reader)? {
            return Ok("/setup".to_owned());
        }
        let administrator = look.scope.who.administrator;
        let own = rows::products_of(look)?;
        let first = own.iter().find(|product| product.archived_at.is_none()).or(own.first());
        Ok(match (first, administrator) {
            (Some(product), _) => format!("/{}/", product.key),
            (None, true) => "/products/new".into(),
            (None, false) => "/account".into(),
        })
    });
    match to.await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}

#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub(crate) password: String,
    #[serde(default)]
    pub product: String,
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub way: String,
    #[serde(default)]
    pub hat: String,
    #[serde(default)]
    pub(crate) zone: String,
    /// `own` steps or an `import`.
    #[serde(default)]
    pub begin: String,
}

async fn set_up_form(at: At) -> Response {
    at.page(|look| match people::nobody_yet(look.reader)? {
        true => Ok(Page::bare("Set up Tandem", views::set_up(&Typed::default(), None))),
        false => Err(Refusal::NotFound),
    })
    .await
}

async fn set_up(at: At, Form(typed): Form<Typed>) -> Response {
    match found(&at, typed.clone()).await {
        Ok((word, key)) => {
            let first = if typed.begin == "import" { "import" } else { "" };
            let mut response = Redirect::to(&format!("/{key}/{first}")).into_response();
            auth::open(&at, &mut response, &word);
            response
        }
        Err(refusal) => {
            let page = Page::bare("Set up Tandem", views::set_up(&typed, Some(&refusal)));
            errors::framed(&at, errors::status(&refusal), page).await
        }
    }
}

async fn found(at: &At, typed: Typed) -> Result<(String, String)> {
    at.house.app.limits.from(&at.peer.counted())?;
    at.house.app.ask(&at.visitor, None, |look| if people::nobody_yet(look.reader)? { Ok(()) } else { Err(Refusal::NotFound) }).await?;
    people::password(&typed.password)?;
    let key = crate::model::product_key(&typed.key)?;
    let way = Way::parse(&typed.way).ok_or_else(|| Refusal::invalid("way", "Choose how your team works."))?;
    let hats = hats(way, &typed.hat)?;
    let password_hash = Some(secret::hash_password(typed.password).await?);
    let agent = at.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let set_up = SetUp {
        name: typed.name.into(),
        email: typed.email,
        password_hash,
        product: typed.product.into(),
        key: key.clone(),
        way,
        hats,
        agent,
        zone: typed.zone,
    };
    let word = run_inside(&at.house.app, &set_up).await?;
    Ok((word.unwrap_or_default(), key))
}

/// The hats of whoever sets up. Who works alone wears both, whatever else was left chosen.
fn hats(way: Way, chosen: &str) -> Result<Vec<Hat>> {
    match (way, chosen) {
        (Way::BothHats, _) | (_, "both") => Ok(vec![Hat::Manager, Hat::Owner]),
        (_, one) => Ok(vec![Hat::parse(one).ok_or_else(|| Refusal::invalid("hat", "Choose the hat you wear."))?]),
    }
}

#[derive(Deserialize)]
pub struct Named {
    /// Part of a product's name or key.
    #[serde(default)]
    q: String,
}

async fn products(at: At, Query(named): Query<Named>) -> Response {
    at.page(move |look| {
        let mut found = rows::products_of(look)?;
        let words = named.q.trim().to_lowercase();
        found.retain(|p| p.name.to_lowercase().contains(&words) || p.key.to_lowercase().contains(&words));
        Ok(Page::of(&PRODUCTS, views::products(look.scope, &found, &named.q)))
    })
    .await
}

async fn new_product(at: At) -> Response {
    at.page(|look| Ok(Page::of(&NEW_PRODUCT, views::new_product(look.scope)))).await
}

/// Which members to show.
#[derive(Default, Deserialize)]
pub struct Sought {
    /// Part of a name.
    #[serde(default)]
    pub people: String,
    /// The member after whom the page starts.
    #[serde(default)]
    pub after: String,
}

async fn settings(at: At, Query(sought): Query<Sought>) -> Response {
    at.page(move |look| {
        let product = rows::product(look)?;
        let found = members::find_members(look, &sought.people, &sought.after)?;
        let invitations = rows::invitations(look)?;
        let columns = rows::columns_of(look)?;
        Ok(Page::of(&SETTINGS, views::settings(look.scope, &product, (&found, &sought), &invitations, &columns)))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_works_alone_wears_both_hats() {
        assert_eq!(hats(Way::BothHats, "manager").unwrap(), [Hat::Manager, Hat::Owner]);
        assert_eq!(hats(Way::TwoPeople, "owner").unwrap(), [Hat::Owner]);
        assert!(hats(Way::Safe, "nobody").is_err());
    }
}
