//! Markup of what links in letters lead to.

use crate::{
    confirming::Letter,
    model::*,
    outside_views::{Front, framed},
};
use kernel::Noun;
use web::{Markup, html};

pub(crate) fn confirm(front: &Front, letter: &Letter, posts: &[Post], wrong: Option<&str>) -> Markup {
    let several = letter.waits.len() > 1;
    let named =
        |wait: &Wait| posts.iter().find(|post| Some(post.id()) == wait.post).map_or("a post that is not shown any more", |post| post.title.as_str());
    let body = html! {
        p { "This was left on the portal with the address " bdi { (letter.visitor.email) } "." }
        @if several { p { "Tick what is from you. What is not is thrown away." } }
        form.stack method="post" hx-boost="false" {
            @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
            ul.waiting { @for wait in &letter.waits { @let id = wait.meta.id.simple().to_string(); li {
                input type="hidden" name={ "shown." (id) } value="true";
                // Of several, each is to be looked at: somebody else may have left one of them.
                label.check { input type="checkbox" name={ "theirs." (id) } value="true" checked[!several]; span { @match (wait.post, wait.votes, wait.follows) { (None, ..) => "A post: ", (_, true, true) => "A vote, and letters when it ships: ", (_, true, false) => "A vote: ", _ => "Letters when it ships: " }
                    strong dir="auto" { (if wait.post.is_some() { named(wait) } else { wait.title.as_str() }) } } }
                @if !wait.body.is_empty() { p.body dir="auto" { (wait.body) } } } } }
            @if letter.waits.is_empty() { p { "Nothing waits for it any more." } }
            @else { div.row { button.primary type="submit" { "Yes, this is from me" } } }
            p.hint { "If it is not from you, close this page. What nobody confirms is thrown away after " (FADES) " days." } }
    };
    framed(front, "confirm", "Is this from you?", body)
}

pub(crate) fn confirmed(front: &Front) -> Markup {
    let body = html! {
        p role="status" { "Your address is confirmed. What was from you was handed over" @if front.portal.moderated { "; a post is shown once somebody here has looked at it" } ". From now on your votes count at once in this browser." }
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

pub(crate) fn stop(come: bool, way_out: &str) -> Markup {
    html! { div.empty { h1 { "Letters of the portal" }
        @if come {
            p { "A letter comes to you when something ships that you follow, and when your address is left on the portal, to ask whether it was you." }
            form.stack method="post" action={ "/portal-letters/" (way_out) } hx-boost="false" { button.primary type="submit" { "Stop these letters" } }
        } @else {
            p role="status" { "No letters of this portal come to you any more, whoever leaves your address there. It is kept for that." }
            form.stack method="post" action={ "/portal-letters/" (way_out) "/again" } hx-boost="false" { button type="submit" { "Let letters come again" } }
        }
        form.stack method="post" action={ "/portal-letters/" (way_out) "/forget" } hx-boost="false" { button.plain type="submit" { "Forget my address" }
            p.hint { "It goes, and your votes and what waits with it. What you posted stays." } }
    } }
}

pub(crate) fn forgotten() -> Markup {
    html! { div.empty { h1 { "Letters of the portal" } p role="status" { "Your address is forgotten. Whatever the record still says of it goes within the hour." } } }
}
