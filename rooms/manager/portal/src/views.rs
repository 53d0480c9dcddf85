//! Markup of the portal as members see it.

use crate::{
    model::*,
    rows::{Wanted, Wanting},
};
use customers::ways;
use kernel::{Noun, Paged, Scope, Uuid};
use notices::Around;
use roadmap::{BetState, Feature};
use std::collections::{HashMap, HashSet};
use web::{
    Markup, act, action, area_field, capital, clipped, command_form, date, disclosure, empty, field, html, icon, limited, may, pill, select, several,
    small_act, text::encode, when, who_decides,
};

/// Which part of the posts is looked at.
pub(crate) enum Shelf {
    Shown { page: Paged<Post>, wanted: Wanted, merged: HashMap<Uuid, i64>, mine: HashSet<Uuid> },
    Waits(Vec<Post>),
    TurnedDown(Vec<Post>),
}

/// What the page is drawn from.
pub(crate) struct Board<'a> {
    pub portal: Option<&'a Portal>,
    pub waiting: i64,
    pub shelf: &'a Shelf,
    /// Where strangers find it, while it is open for everybody.
    pub address: Option<&'a str>,
}

fn in_use(scope: &Scope) -> bool {
    scope.product.as_ref().is_some_and(|product| !product.archived)
}

fn is_open(portal: Option<&Portal>) -> bool {
    portal.is_some_and(|portal| portal.openness != Openness::Closed)
}

/// Whether whoever looks may post and vote: a person, where the portal is open.
fn speaks(scope: &Scope, open: bool) -> bool {
    open && scope.who.assistant.is_none() && in_use(scope)
}

pub(crate) fn new_post(scope: &Scope, portal: Option<&Portal>) -> Markup {
    if !speaks(scope, is_open(portal)) {
        return html! {};
    }
    disclosure(
        "new-post",
        "Post something",
        "primary",
        html! { form.stack method="post" action=(action(scope, "portal_post.create")) data-act data-alike={ (web::product_path(scope)) "/portal/alike" } {
            (limited("portal_post.create", html! { (field("title", "What you wish for, in one line", "")) (area_field("body", "What for, and what you do now instead", "", 4)) }))
            (alike_place()) p.error data-error="" {}
            div.row { button.primary type="submit" { "Post" } }
            p.hint { "It is shown at once, with your name, and becomes evidence in the inbox." }
        } },
    )
}

/// Where it is told what asks for the same, while somebody types.
pub(crate) fn alike_place() -> Markup {
    html! { div data-alike-here role="status" {} }
}

/// Posts that ask for the same, each with its votes.
pub(crate) fn alike_list(posts: &[Post], address: impl Fn(&Post) -> String) -> Markup {
    html! { @if !posts.is_empty() { div.alike-posts { p { strong { "Is it one of these?" } " Vote for that instead, and it weighs more." }
    ul.lines { @for post in posts { li { a href=(address(post)) dir="auto" { (post.title) } span.quiet { (several(post.votes, "vote")) " · " (post.status.says()) } } } } } } }
}

fn settings(scope: &Scope, portal: Option<&Portal>) -> Markup {
    let flag = |name: &str, label: &str, on: bool, yes: &str, no: &str| {
        select(name, label, &[("true".to_owned(), yes.to_owned()), ("false".to_owned(), no.to_owned())], if on { "true" } else { "false" })
    };
    let open: Vec<(String, String)> = Openness::ALL.iter().map(|one| (one.to_string(), capital(one.says()))).collect();
    let fields = html! {
        (select("openness", "The portal is", &open, portal.map_or(Openness::Members, |p| p.openness).word()))
        (area_field("welcome", "What stands at its head", portal.map_or("", |p| &p.welcome), 3))
        (flag("moderated", "What strangers post", portal.is_none_or(|p| p.moderated), "Waits until somebody here approves it", "Is shown once their address is confirmed"))
        div.pair { (flag("shows_roadmap", "The roadmap", portal.is_some_and(|p| p.shows_roadmap), "Is shown there, without dates", "Is not shown there"))
            (flag("shows_changelog", "The changelog", portal.is_some_and(|p| p.shows_changelog), "Is shown there", "Is not shown there")) }
    };
    disclosure(
        "portal-settings",
        if portal.is_some() { "Set up the portal" } else { "Open the portal" },
        if portal.is_some() { "plain" } else { "" },
        command_form(scope, PUBLISHING, "portal.open", "Save", fields),
    )
}

pub(crate) fn board(scope: &Scope, board: &Board) -> Markup {
    let way = |shelf: &str, says: String, here: bool| html! { a.chip href={ "portal" (shelf) } aria-current=[here.then_some("page")] { (says) } " " };
    let waits = if board.waiting > 999 { "more than 999".to_owned() } else { board.waiting.to_string() };
    html! {
        (ways("portal"))
        @match board.portal {
            None => { (empty("inbox", "The portal is not open yet", &format!("Here people say what they wish for and vote for what others said: members of the product, or everybody, without an account. Each post is evidence in the inbox; whoever follows one hears when it ships. {}", who_decides(scope, PUBLISHING)), settings(scope, None))) }
            Some(portal) => {
                p.lead { "The portal is " (portal.openness.says()) "." @if let Some(address) = board.address { " Strangers find it at " a href=(address) { (address) } " and may post and vote once they have confirmed an address." } }
                div.row { (settings(scope, Some(portal)))
                    @if let Some(address) = board.address { details.more { summary { "Put it on your own page" } p { "It is a plain page, so a link is all it takes:" } pre { code { "<a href=\"" (address) "\">Tell us what you miss</a>" } } } } }
            }
        }
        @if board.portal.is_some() || board.waiting > 0 {
            nav.chips aria-label="Posts" {
                (way("", "Shown".into(), matches!(board.shelf, Shelf::Shown { .. })))
                (way("?shelf=waits", format!("To approve: {waits}"), matches!(board.shelf, Shelf::Waits(_))))
                (way("?shelf=turned-down", "Turned down".into(), matches!(board.shelf, Shelf::TurnedDown(_)))) }
            @match board.shelf {
                Shelf::Shown { page, wanted, merged, mine } => { (shown(scope, board, (page, wanted), merged, mine)) }
                Shelf::Waits(posts) => { (queue(scope, posts)) }
                Shelf::TurnedDown(posts) => {
                    @if posts.is_empty() { p.hint { "Nothing was turned down." } }
                    ul.lines { @for post in posts { li { a href={ "?shelf=turned-down&open=" (post.id()) } data-panel dir="auto" { (post.title) } span.quiet dir="auto" { (post.refused) }
                        (small_act(scope, AREA, "portal_post.show", &[("post", &post.id().to_string())], "undo-2", "Show it after all")) } } }
                }
            }
        }
    }
}

/// The address of the list with one thing changed.
fn narrowed(wanted: &Wanted, status: Option<PostStatus>, newest: bool) -> String {
    let status = status.map_or(String::new(), |status| format!("status={status}&"));
    format!("?{status}{}q={}", if newest { "by=new&" } else { "" }, encode(&wanted.words))
}

/// What the list is narrowed by, for members and strangers alike.
pub(crate) fn narrowing(wanted: &Wanted) -> Markup {
    let chip = |status: Option<PostStatus>, says: &str| html! { a.chip href=(narrowed(wanted, status, wanted.newest)) aria-current=[(status == wanted.status).then_some("true")] { (says) } " " };
    let order = |newest: bool, says: &str| html! { a.chip href=(narrowed(wanted, wanted.status, newest)) aria-current=[(newest == wanted.newest).then_some("true")] { (says) } " " };
    html! { div.narrowing {
        nav.chips aria-label="How it stands" { (chip(None, "All")) @for status in PostStatus::ALL { (chip(Some(*status), &capital(status.says()))) } }
        nav.chips aria-label="Order" { (order(false, "Most wanted")) (order(true, "Newest")) }
        (web::find_form("q", "Find in the posts", &wanted.words, html! {
            @if let Some(status) = wanted.status { input type="hidden" name="status" value=(status); } @if wanted.newest { input type="hidden" name="by" value="new"; } }))
    } }
}

fn shown(scope: &Scope, board: &Board, (page, wanted): (&Paged<Post>, &Wanted), merged: &HashMap<Uuid, i64>, mine: &HashSet<Uuid>) -> Markup {
    let plain = wanted.words.is_empty() && wanted.status.is_none() && wanted.after.is_empty();
    html! {
        @if !(page.items.is_empty() && plain) { (narrowing(wanted)) }
        @if page.items.is_empty() && plain { (empty("lightbulb", "Nothing has been posted yet", if is_open(board.portal) { "What is posted stands here, what most people want first." } else { "While the portal is closed nobody posts." }, html! {})) }
        @else if page.items.is_empty() { p.hint { "No post fits. " a href="portal" { "Show everything" } } }
        ul.posts { @for post in &page.items { @let id = post.id().to_string(); li.post data-id=(id) data-open {
            (votes(scope, post, mine.contains(&post.meta.id), speaks(scope, is_open(board.portal))))
            div.what { a.title href={ (narrowed(wanted, wanted.status, wanted.newest)) "&open=" (id) } data-panel dir="auto" { (post.title) }
                @if !post.body.is_empty() { p.excerpt dir="auto" { (clipped(&post.body, 180)) } }
                p.hint { (pill(post.status.tone(), post.status.says())) " " (date(scope, &when::day(post.meta.created_at))) @if !post.name.is_empty() { " · " bdi { (post.name) } } @if let Some(many) = merged.get(&post.meta.id) { " · " (several(*many, "post")) " merged into it" } } }
        } } }
        @if let Some(next) = &page.next { p { a.button href={ (narrowed(wanted, wanted.status, wanted.newest)) "&after=" (encode(next)) } { "More posts" } } }
    }
}

/// How many want it, as a button for whoever may say so too.
fn votes(scope: &Scope, post: &Post, mine: bool, speaks: bool) -> Markup {
    let says = if mine { "Take back my vote" } else { "I want this too" };
    html! { @if speaks { form.act.vote method="post" action=(action(scope, "portal_post.vote")) data-act {
        input type="hidden" name="post" value=(post.id()); input type="hidden" name="votes" value=(if mine { "false" } else { "true" });
        button type="submit" aria-pressed=(if mine { "true" } else { "false" }) title=(says) { (icon("chevron-up")) span { (post.votes) } span.hidden { " " (if post.votes == 1 { "vote" } else { "votes" }) ". " (says) } } } }
    @else { p.vote.still { span { (post.votes) } span.hidden { " " (if post.votes == 1 { "vote" } else { "votes" }) } } } }
}

fn queue(scope: &Scope, posts: &[Post]) -> Markup {
    html! {
        @if posts.is_empty() { (empty("check", "Nothing waits for approval", "What strangers post stands here once they have confirmed their address, until somebody who has a say in customers shows it or turns it down.", html! {})) }
        ul.posts { @for post in posts { @let id = post.id().to_string(); li.post { div.what {
            a.title href={ "?shelf=waits&open=" (id) } data-panel dir="auto" { (post.title) }
            @if !post.body.is_empty() { p.body dir="auto" { (post.body) } }
            p.hint { (web::time(scope, post.meta.created_at, scope.now)) @if !post.name.is_empty() { " · " bdi { (post.name) } } }
            div.row { (act(scope, AREA, "portal_post.show", &[("post", &id)], "Show", ""))
                (act(scope, AREA, "portal_post.turn_down", &[("post", &id)], "Turn down", "plain")) }
        } } } }
    }
}

/// What one post is drawn from.
pub(crate) struct One<'a> {
    pub post: &'a Post,
    /// What it was merged into.
    pub root: Option<&'a Post>,
    pub wanting: &'a Wanting,
    pub parts: &'a [Post],
    pub alike: &'a [Post],
    pub others: &'a [Post],
    pub customers: &'a [(String, String)],
    pub features: &'a [Feature],
    pub mine: bool,
    pub open: bool,
}

pub(crate) fn panel(scope: &Scope, one: &One, around: &Around, history: &activity::History) -> Markup {
    let post = one.post;
    let id = post.id().to_string();
    let hidden = |name: &str, value: &str| html! { input type="hidden" name=(name) value=(value); };
    let features = one.features.iter().filter(|f| f.state != BetState::Dropped || Some(f.id()) == post.feature);
    let features: Vec<(String, String)> = std::iter::once((String::new(), "No feature yet".to_owned()))
        .chain(features.map(|f| (f.id().to_string(), format!("{} {}", scope.key(f.number), f.title))))
        .collect();
    let into: Vec<(String, String)> = {
        let mut seen = HashSet::from([post.id()]);
        let all = one.alike.iter().chain(one.others).filter(|other| seen.insert(other.id()));
        all.map(|other| (other.id().to_string(), format!("{} ({})", clipped(&other.title, 80), several(other.votes, "vote")))).collect()
    };
    let states: Vec<(String, String)> = PostStatus::ALL.iter().map(|status| (status.to_string(), capital(status.says()))).collect();
    html! {
        h2 dir="auto" { (post.title) }
        p { (pill(post.status.tone(), post.status.says())) " " @if post.showing != Showing::Shown { (pill("critical", post.showing.says())) " " }
            span.quiet { (web::time(scope, post.meta.created_at, scope.now)) @if !post.name.is_empty() { " · " bdi { (post.name) } ", by the portal" } } }
        @if let Some(root) = one.root { p { "It was merged into " a href={ "portal?open=" (root.id()) } data-panel dir="auto" { (root.title) } " and counts there. " (act(scope, AREA, "portal_post.unmerge", &[("post", &id)], "Take apart", "plain")) } }
        div.row {
            @if post.showing == Showing::Shown { (votes(scope, one.root.unwrap_or(post), one.mine, speaks(scope, one.open))) }
            @else { (act(scope, AREA, "portal_post.show", &[("post", &id)], "Show", "primary")) }
            @if one.root.is_none() && may(scope, AREA) { (disclosure("edit-post", "How it stands", "", command_form(scope, AREA, "portal_post.edit", "Save", html! {
                (hidden("post", &id)) (select("status", "It is", &states, post.status.word()))
                (area_field("answer", "What we say to it, shown below it", &post.answer, 3))
                @if !one.features.is_empty() { (select("feature", "Answered by", &features, &post.feature.map(|f| f.to_string()).unwrap_or_default())) }
                p.hint { "Once that feature is released, the post has shipped by itself. Whoever follows it then gets a letter." } }))) }
        }
        @if !post.body.is_empty() { p.body dir="auto" { (post.body) } }
        @if !post.answer.is_empty() { section.answered { h3 { "What we say" } p.body dir="auto" { (post.answer) } } }
        @if !post.refused.is_empty() { p.hint dir="auto" { "Turned down: " (post.refused) } }
        @if let Some(feature) = post.feature.and_then(|id| one.features.iter().find(|f| f.id() == id)) { p { "Answered by " a href={ "roadmap?open=" (feature.number) } dir="auto" { (scope.key(feature.number)) " " (feature.title) } } }
        @if let Some(evidence) = post.evidence { p { a href={ "inbox?open=" (evidence) } { "As evidence in the inbox" } } }
        (wanting(scope, one))
        @if !one.parts.is_empty() { h3 { "Merged into it" } ul.lines { @for part in one.parts { li { a href={ "portal?open=" (part.id()) } data-panel dir="auto" { (part.title) } (small_act(scope, AREA, "portal_post.unmerge", &[("post", &part.id().to_string())], "undo-2", "Take it apart again")) } } } }
        @if one.root.is_none() { div.row {
            @if !into.is_empty() { (disclosure("merge-post", "Merge", "plain", command_form(scope, AREA, "portal_post.merge", "Merge", html! {
                (hidden("post", &id)) (select("into", "It asks for the same as", &into, ""))
                p.hint { "Its votes and followers count there from now on, each person once. It can be taken apart again." } }))) }
            @if post.showing != Showing::TurnedDown { (disclosure("turn-down-post", "Turn down", "plain", command_form(scope, AREA, "portal_post.turn_down", "Turn down", html! { (hidden("post", &id)) (field("reason", "Why, for whoever triages too", "")) }))) }
            @if one.parts.is_empty() { (small_act(scope, AREA, "portal_post.remove", &[("post", &id)], "trash-2", "Take it off the portal")) }
        } }
        (erase(scope, post))
        (around.view(scope, post.meta.id))
        (activity::history_view(scope, history))
    }
}

/// The way to erase who posted something.
fn erase(scope: &Scope, post: &Post) -> Markup {
    if post.member.is_some() || !may(scope, AREA) {
        return html! {};
    }
    disclosure(
        "erase-post",
        "Erase who posted it",
        "plain",
        command_form(
            scope,
            AREA,
            "portal_post.erase",
            "Erase it for good",
            html! { input type="hidden" name="post" value=(post.id());
            (select("said", "What goes", &[("false".into(), "Their address with its votes, and their name on all they posted".into()), ("true".into(), "That, and every word they said here and in the inbox".into())], "false"))
            p.hint { "It goes out of the record too, and cannot be taken back. The post stays, with the votes of others." } },
        ),
    )
}

fn wanting(scope: &Scope, one: &One) -> Markup {
    let (wanting, id) = (one.wanting, one.post.id().to_string());
    let free: Vec<(String, String)> =
        one.customers.iter().filter(|(id, _)| wanting.customers.iter().all(|(_, known, ..)| known.simple().to_string() != *id)).cloned().collect();
    html! { section { h3 { "Who wants it" span.quiet { " " (one.root.unwrap_or(one.post).votes) } }
        @if !wanting.members.is_empty() { p { (web::listed_people(wanting.members.iter().map(String::as_str))) } }
        @if wanting.addresses > 0 { p { (wanting.addresses) @if wanting.addresses == 1 { " confirmed address" } @else { " confirmed addresses" } @if wanting.followers > 0 { ", " (wanting.followers) " of them to be told when it ships" } "." } }
        @if !wanting.customers.is_empty() { ul.lines { @for (voice, customer, name, _) in &wanting.customers { li { a href={ "customer-list?open=" (customer.simple()) } dir="auto" { (name) }
            (small_act(scope, AREA, "portal_voice.remove", &[("voice", &voice.simple().to_string())], "x", "Take back the vote of this customer")) } } } }
        @if one.root.is_none() && one.post.showing == Showing::Shown && !free.is_empty() { (disclosure("vote-for", "Vote for a customer", "plain", command_form(scope, AREA, "portal_post.vote_for", "Vote", html! {
            input type="hidden" name="post" value=(id); (select("customer", "Who wants it, as you know from them", &free, "")) }))) }
    } }
}
