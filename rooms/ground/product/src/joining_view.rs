//! Markup of the page behind an invitation's link.

use crate::{
    joining::{Invited, Reader, Welcome},
    views::calling,
};
use web::{Markup, html, icon, text::encode};

pub(crate) fn join(word: &str, welcome: &Welcome, name: &str, wrong: Option<&str>) -> Markup {
    html! { div.gate { div.logo-large { (icon("bike")) }
        @match &welcome.product {
            Some(product) => {
                h1 { "Join " bdi { (product.name) } }
                p { "You are invited as " @for (i, hat) in product.hats.iter().enumerate() { @if i > 0 { " and " } span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } } "." }
                @for hat in &product.hats { p.hint { (calling(*hat)) } }
            }
            None => { h1 { "Join Tandem" } }
        }
        @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
        @match &welcome.reader {
            Some(reader) => (signed_in(word, welcome, reader, name)),
            None if welcome.known => {
                p { strong { (welcome.email) } " has an account here." }
                a.button.primary href=(sign_in(word)) { "Sign in and join" }
            }
            None => {
                p { "Your address is " strong { (welcome.email) } "." }
                (new_account(name, true))
                p.hint { "You have an account already? " a href=(sign_in(word)) { "Sign in and join with it" } "." }
            }
        }
    } }
}

/// Whoever is signed in comes in as themselves; where the invitation went to another address, they choose.
fn signed_in(word: &str, welcome: &Welcome, reader: &Reader, name: &str) -> Markup {
    let theirs = reader.email == welcome.email;
    html! {
        @if !theirs { p { "This invitation went to " strong { (welcome.email) } ". You are signed in as " strong { (reader.name) } " (" (reader.email) ")." } }
        (as_oneself(welcome.product.as_ref(), reader))
        @if !theirs {
            @if welcome.known { a.button href=(sign_in(word)) { "Sign in as " (welcome.email) } }
            @else { details.disclosure { summary.button { "Make an account for " (welcome.email) } (new_account(name, false)) } }
        }
    }
}

fn as_oneself(product: Option<&Invited>, reader: &Reader) -> Markup {
    html! { @match product {
        Some(product) if reader.belongs => {
            p { "You belong to " (product.name) " already." }
            a.button.primary href={ "/" (product.key) "/" } { "Go to " (product.name) }
        }
        Some(_) => form.stack method="post" hx-boost="false" {
            input type="hidden" name="as" value="member";
            button.primary type="submit" { "Join as " (reader.name) }
        },
        None => {
            p { "You have an account here already." }
            a.button.primary href="/" { "Go to Tandem" }
        }
    } }
}

fn new_account(name: &str, first: bool) -> Markup {
    html! { form.stack method="post" hx-boost="false" {
        input type="hidden" name="zone" data-zone;
        label.field { span { "Your name" } input name="name" value=(name) autocomplete="name" required autofocus[first]; }
        label.field { span { "Password, at least 10 characters" } input type="password" name="password" autocomplete="new-password" minlength="10" required; }
        button.primary type="submit" { "Join" }
    } }
}

fn sign_in(word: &str) -> String {
    format!("/sign-in?to={}", encode(&format!("/join/{word}")))
}
