//! Markup of what links in letters lead to.

use crate::{
    model::*,
    outside_views::{Front, framed},
    strangers::Letter,
};
use kernel::Noun;
use web::{Markup, html};

pub(crate) fn confirm(front: &Front, letter: &Letter, posts: &[Post]) -> Markup {
    let named =
        |wait: &Wait| posts.iter().find(|post| Some(post.id()) == wait.post).map_or("a post that is not shown any more", |post| post.title.as_str());
    let body = html! {
        p { "This was left on the portal with the address " bdi { (letter.visitor.email) } "." }
        ul.waiting { @for wait in &letter.waits { li { @match wait.post {
            None => { "A post: " strong dir="auto" { (wait.title) } @if !wait.body.is_empty() { p.body dir="auto" { (wait.body) } } }
            Some(_) => { @match (wait.votes, wait.follows) { (true, true) => "A vote, and letters when it ships: ", (true, false) => "A vote: ", _ => "Letters when it ships: " } strong dir="auto" { (named(wait)) } }
        } } } }
        form.stack method="post" hx-boost="false" { div.row { button.primary type="submit" { "Yes, this is from me" } }
            p.hint { "If it is not from you, close this page. What nobody confirms is thrown away after " (FADES) " days." } }
    };
    framed(front, "confirm", "Is this from you?", body)
}

pub(crate) fn confirmed(front: &Front) -> Markup {
    let body = html! {
        p role="status" { "Your address is confirmed. What waited for it was handed over" @if front.portal.moderated { "; a post is shown once somebody here has looked at it" } ". From now on your votes count at once in this browser." }
        p { a.button href=(front.at("")) { "Go to the portal" } }
    };
    framed(front, "confirm", "Thank you", body)
}

pub(crate) fn unknown(front: &Front) -> Markup {
    let body = html! {
        p role="alert" { "This link is not known, or a newer letter has taken its place. Look for the last one, or leave your address once more." }
        p { a.button href=(front.at("")) { "Go to the portal" } }
    };
    framed(front, "confirm", "This link opens nothing", body)
}

pub(crate) fn stop(come: bool) -> Markup {
    html! { div.empty { h1 { "Letters of the portal" }
        @if come {
            p { "You get a letter when something ships that you follow." }
            form.stack method="post" hx-boost="false" { button.primary type="submit" { "Stop these letters" } }
        } @else { p role="status" { "No letters of this portal come to you any more. Whoever follows something there again gets them again." } }
    } }
}
