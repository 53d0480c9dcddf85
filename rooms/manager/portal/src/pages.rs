//! The portal as members see it: what is posted, what waits for approval, and how it is set up.

use crate::{model::*, opening, rows, views};
use kernel::{Area, Id, Noun, Result, look::Look};
use notices::Around;
use serde::Deserialize;
use web::{At, IntoResponse, Page, PageSpec, Query, Response, Router, Web, Wing, errors, get};

pub(crate) const PORTAL: PageSpec = PageSpec {
    path: "portal",
    name: "Feedback portal",
    wing: Wing::Both,
    under: "customers",
    live: &["portal", "portal_post", "portal_voice", "comment", "reaction", "attachment"],
    areas: &[Area::Customers],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    use crate::{outside, outside_letters, outside_surveys};
    use web::post;
    Router::new()
        .route("/{product}/portal", get(portal))
        .route("/{product}/portal/alike", get(alike))
        .route("/portal/{key}", get(outside::list).post(outside::receive))
        .route("/portal/{key}/", get(outside::list))
        .route("/portal/{key}/alike", get(outside::alike))
        .route("/portal/{key}/roadmap", get(outside::roadmap))
        .route("/portal/{key}/changelog", get(outside::changelog))
        .route("/portal/{key}/post/{post}", get(outside::one).post(outside::speak_up))
        .route("/portal/{key}/confirm/{word}", get(outside_letters::letter).post(outside_letters::confirm))
        .route("/portal/{key}/survey/{survey}", get(outside_surveys::survey).post(outside_surveys::answer))
        .route("/portal-letters/{way_out}", get(outside_letters::letters).post(outside_letters::stop_letters))
        .route("/portal-letters/{way_out}/again", post(outside_letters::letters_again))
        .route("/portal-letters/{way_out}/forget", post(outside_letters::forget))
        .route("/portal/{key}/forget", post(outside_letters::forget_browser))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    q: String,
    status: String,
    by: String,
    after: String,
    shelf: String,
}

impl Asked {
    pub(crate) fn wanted(&self) -> rows::Wanted {
        rows::Wanted { words: self.q.clone(), status: PostStatus::parse(&self.status), newest: self.by == "new", after: self.after.clone() }
    }
}

async fn portal(at: At, Query(q): Query<Asked>) -> Response {
    let origin = at.origin();
    at.page(move |look| {
        let portal = opening::here(look)?;
        let waiting = rows::waiting(look)?;
        let panel = q.open.as_deref().map(|id| panel(look, id)).transpose()?;
        let address = portal.as_ref().filter(|portal| portal.openness == Openness::Everyone);
        let address = address.and(look.scope.product.as_ref()).map(|product| format!("{origin}/portal/{}", product.key));
        let shelf = match q.shelf.as_str() {
            "waits" => views::Shelf::Waits(rows::queue(look)?),
            "turned-down" => views::Shelf::TurnedDown(rows::turned_down(look)?),
            _ => {
                let wanted = q.wanted();
                let page = rows::posts(look, &wanted)?;
                let ids: Vec<kernel::Uuid> = page.items.iter().map(|post| post.meta.id).collect();
                let merged = rows::merged(look, ids.iter().copied())?;
                let mine = match look.scope.who.member {
                    Some(me) => rows::wanted_by(look, Whose::Member(me), ids)?.0,
                    None => Default::default(),
                };
                views::Shelf::Shown { page, wanted, merged, mine }
            }
        };
        let shown = views::Board { portal: portal.as_ref(), waiting, shelf: &shelf, address: address.as_deref() };
        let body = views::board(look.scope, &shown);
        let primary = views::new_post(look.scope, portal.as_ref());
        Ok(Page::of(&PORTAL, body).primary(primary).panel(panel))
    })
    .await
}

fn panel(look: &mut Look, id: &str) -> Result<web::Markup> {
    let post = Post::get(look, Id::try_from(id)?)?;
    let root = if post.merged_into.is_some() { Some(Post::get(look, post.root)?) } else { None };
    let wanting = rows::wanting(look, post.root)?;
    let parts = rows::merged_into(look, post.id())?;
    let text = format!("{} {}", post.title, post.body);
    let alike = rows::alike(look, &text, Some(post.id()))?;
    let others = rows::posts(look, &rows::Wanted::default())?.items;
    let customers = rows::customers_offered(look)?;
    let features = match look.scope.sees(Area::Roadmap) {
        true => roadmap::features(look)?,
        false => vec![],
    };
    let mine = match look.scope.who.member {
        Some(me) => rows::wanted_by(look, Whose::Member(me), [post.root.0])?.0.contains(&post.root.0),
        None => false,
    };
    let open = opening::here(look)?.is_some_and(|portal| portal.openness != Openness::Closed);
    let around = Around::read(look, Post::TABLE, [post.meta.id])?;
    let history = activity::history(look, post.meta.id, 50)?;
    let one = views::One {
        post: &post,
        root: root.as_ref(),
        wanting: &wanting,
        parts: &parts,
        alike: &alike,
        others: &others,
        customers: &customers,
        features: &features,
        mine,
        open,
    };
    Ok(views::panel(look.scope, &one, &around, &history))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub title: String,
    pub body: String,
}

/// What asks for the same as what a member types.
async fn alike(at: At, Query(typed): Query<Typed>) -> Response {
    let found = at.read(move |look| {
        look.scope.product_id()?;
        rows::alike(look, &format!("{} {}", typed.title, typed.body), None)
    });
    match found.await {
        Ok(posts) => views::alike_list(&posts, |post| format!("portal?open={}", post.id())).into_response(),
        Err(refusal) => errors::page(&at, refusal).await,
    }
}
