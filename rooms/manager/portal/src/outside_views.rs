//! Markup of the portal as people without an account see it.

use crate::{
    model::*,
    rows::Wanted,
    strangers::ReceivePost,
    views::{alike_list, alike_place, narrowing},
};
use kernel::{Asked, Noun, Paged, Scope, Uuid};
use std::collections::HashSet;
use surveys::Survey;
use web::{Markup, area_field, clipped, date, disclosure, field, html, icon, input, limited, pill, text::encode, when};

/// What stands at the head of every page.
pub(crate) struct Front {
    pub key: String,
    pub name: String,
    pub portal: Portal,
    /// Whose browser it is, of those who confirmed an address.
    pub known: Option<Uuid>,
    /// Letters are sent from here.
    pub mails: bool,
    pub surveys: Vec<Survey>,
    pub roadmap: bool,
    pub changelog: bool,
}

impl Front {
    pub(crate) fn at(&self, place: &str) -> String {
        format!("/portal/{}{place}", self.key)
    }
}

/// What was typed.
#[derive(Default)]
pub(crate) struct Filled {
    pub title: String,
    pub body: String,
    pub name: String,
    pub email: String,
}

/// A page of the portal below its head.
pub(crate) fn framed(front: &Front, here: &str, title: &str, body: Markup) -> Markup {
    let way = |place: &str, says: &str| html! { a.chip href=(front.at(&if place.is_empty() { String::new() } else { format!("/{place}") })) aria-current=[(place == here).then_some("page")] { (says) } " " };
    html! { article.shared.portal {
        header { p.crumb dir="auto" { (front.name) } h1 dir="auto" { (title) } }
        nav.chips aria-label="The portal" { (way("", "Feedback")) @if front.roadmap { (way("roadmap", "Roadmap")) } @if front.changelog { (way("changelog", "Changelog")) } }
        (body)
        footer { @if front.known.is_some() { form.row method="post" action=(front.at("/forget")) hx-boost="false" { p.hint { "You have confirmed your address here. Your votes count at once." } button.plain type="submit" { "Forget this browser" } } }
            @else { p.hint { "Your address is shown to nobody. It is used to confirm that you are a person, and to write to you if you ask for that." } } }
    } }
}

/// The form of a post.
pub(crate) fn post_form(front: &Front, filled: &Filled, wrong: Option<&str>) -> Markup {
    if front.known.is_none() && !front.mails {
        return html! { p.hint { "Posting and voting need a letter that confirms your address, and none are sent from here yet." } };
    }
    html! { form.stack method="post" action=(front.at("")) hx-boost="false" data-alike=(front.at("/alike")) {
        @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
        (limited(ReceivePost::NAME, html! {
            (field("title", "What you wish for, in one line", &filled.title)) (area_field("body", "What for, and what you do now instead", &filled.body, 4))
        }))
        (alike_place())
        (limited(ReceivePost::NAME, html! {
            div.pair { (field("name", "Your name, if it may be shown", &filled.name)) @if front.known.is_none() { (input("email", "email", "Your e-mail address, shown to nobody", &filled.email)) } }
        }))
        label.check { input type="checkbox" name="follows" value="true" checked; "Write to me when it ships" }
        div.row { button.primary type="submit" { "Post" } }
        @if front.known.is_none() { p.hint { "A letter asks you to confirm your address. Until then your post waits." } }
    } }
}

pub(crate) fn list(scope: &Scope, front: &Front, page: &Paged<Post>, wanted: &Wanted, mine: &HashSet<Uuid>) -> Markup {
    let plain = wanted.words.is_empty() && wanted.status.is_none() && wanted.after.is_empty();
    let next = |mark: &str| {
        let status = wanted.status.map_or(String::new(), |status| format!("&status={status}"));
        format!("?q={}{status}{}&after={}", encode(&wanted.words), if wanted.newest { "&by=new" } else { "" }, encode(mark))
    };
    let body = html! {
        @if !front.portal.welcome.is_empty() { p.lead.body dir="auto" { (front.portal.welcome) } }
        @for survey in &front.surveys { p.asked { (icon("message-square")) " " a href=(front.at(&format!("/survey/{}", survey.id()))) dir="auto" { (survey.title) } " " span.quiet { "a few questions, without your name" } } }
        (disclosure("new-post", "Post something", "primary", post_form(front, &Filled::default(), None)))
        @if !(plain && page.items.is_empty()) { (narrowing(wanted)) }
        @if page.items.is_empty() { p.quiet { @if plain { "Nothing has been posted yet. Be the first." } @else { "No post fits. " a href=(front.at("")) { "Show everything" } } } }
        ul.posts { @for post in &page.items { li.post {
            (vote(front, post, mine.contains(&post.meta.id), true))
            div.what { a.title href=(front.at(&format!("/post/{}", post.id()))) dir="auto" { (post.title) }
                @if !post.body.is_empty() { p.excerpt dir="auto" { (clipped(&post.body, 180)) } }
                p.hint { (pill(post.status.tone(), post.status.says())) " " (date(scope, &when::day(post.meta.created_at))) @if !post.name.is_empty() { " · " bdi { (post.name) } } } }
        } } }
        @if let Some(mark) = &page.next { p { a.button href=(next(mark)) { "More posts" } } }
    };
    framed(front, "", "Feedback", body)
}

/// How many want it: a button for whoever is known, a way to the post for everybody else.
fn vote(front: &Front, post: &Post, mine: bool, in_list: bool) -> Markup {
    let says = if mine { "Take back my vote" } else { "I want this too" };
    let number =
        html! { (icon("chevron-up")) span { (post.votes) } span.hidden { " " (if post.votes == 1 { "vote" } else { "votes" }) ". " (says) } };
    let place = front.at(&format!("/post/{}", post.id()));
    html! {
        @if front.known.is_some() { form.vote method="post" action=(place) hx-boost="false" {
            input type="hidden" name="votes" value=(if mine { "false" } else { "true" }); @if in_list { input type="hidden" name="back" value=(front.at("")); }
            button type="submit" aria-pressed=(if mine { "true" } else { "false" }) title=(says) { (number) } } }
        @else if in_list { a.button.vote href=(place) title=(says) { (number) } }
    }
}

pub(crate) fn one(scope: &Scope, front: &Front, post: &Post, (votes, follows): (bool, bool), (wrong, email): (Option<&str>, &str)) -> Markup {
    let place = front.at(&format!("/post/{}", post.id()));
    let body = html! {
        p { (pill(post.status.tone(), post.status.says())) " " span.quiet { (post.votes) @if post.votes == 1 { " person wants this" } @else { " people want this" } " · " (date(scope, &when::day(post.meta.created_at))) @if !post.name.is_empty() { " · " bdi { (post.name) } } } }
        @if !post.body.is_empty() { p.body dir="auto" { (post.body) } }
        @if !post.answer.is_empty() { section.answered { h2 { "What we say" } p.body dir="auto" { (post.answer) } } }
        @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
        @if front.known.is_some() { div.row { (vote(front, post, votes, false))
            form method="post" action=(place) hx-boost="false" { input type="hidden" name="follows" value=(if follows { "false" } else { "true" });
                button.plain type="submit" { (if follows { "Do not write to me about it" } else { "Write to me when it ships" }) } } } }
        @else if !front.mails { p.hint { "Voting needs a letter that confirms your address, and none are sent from here yet." } }
        @else { form.stack.speak method="post" action=(place) hx-boost="false" {
            (limited("portal_post.speak_up", input("email", "email", "Your e-mail address, shown to nobody", email)))
            label.check { input type="checkbox" name="votes" value="true" checked; "I want this too" }
            label.check { input type="checkbox" name="follows" value="true" checked; "Write to me when it ships" }
            div.row { button.primary type="submit" { "Send" } }
            p.hint { "A letter asks you to confirm your address; your vote counts from then on. In this browser you are asked once." } } }
        p { a href=(front.at("")) { "All posts" } }
    };
    framed(front, "", &post.title, body)
}

/// What becomes of what somebody left.
pub(crate) enum Left {
    /// It waits for their address to be confirmed.
    Mail(String),
    Approval,
    Shown,
}

pub(crate) fn thanks(front: &Front, left: &Left, alike: &[Post]) -> Markup {
    let title = if matches!(left, Left::Mail(_)) { "Look into your mail" } else { "Thank you" };
    let body = html! {
        p role="status" { @match left {
            Left::Mail(email) => { "A letter is on its way to " bdi { (email) } ", unless one came in the last day: its link shows this too. What you left waits until you open the link and confirm, for " (FADES) " days." }
            Left::Approval => "Your post waits until somebody here has looked at it. Then everybody sees it.",
            Left::Shown => "Your post is shown from now on.",
        } }
        (alike_list(alike, |post| front.at(&format!("/post/{}", post.id()))))
        p { a.button href=(front.at("")) { "All posts" } }
    };
    framed(front, "thanks", title, body)
}
