//! Markup of notices.

use crate::{
    model::{NoticeWish, Way, Why, way},
    rows::{Settings, Told},
};
use kernel::{Hat, Paged, ProductHead, Scope, Uuid};
use web::{Markup, avatar, capital, empty, html, icon, input, options, select, text::encode, time};

pub(crate) fn page(scope: &Scope, page: &Paged<Told>, only: bool, unread: i64, products: &[ProductHead]) -> Markup {
    html! {
        p.lead { "Where you are named, what you are given or asked to sign, answers to you, and what happens to what you watch." " " a href="/me#hear" { "Choose what you hear of" } }
        nav.row.sides aria-label="Which notices" {
            a.chip href="/notices" aria-current=[(!only).then_some("true")] { "All" }
            a.chip href="/notices?only=unread" aria-current=[only.then_some("true")] { "Unread" @if unread > 0 { " " span.quiet { (unread) } } }
        }
        @if !products.is_empty() { p.hint { "What changed since you were last there: " @for (i, product) in products.iter().take(10).enumerate() { @if i > 0 { ", " } a href={ "/" (product.key) "/since" } hx-boost="false" { bdi { (product.name) } } } } }
        @if page.items.is_empty() {
            @if only { p.hint { "You have read everything." } }
            @else { (empty("bell", "Nothing yet", "Write @ and a name in any text, and whoever you name hears of it here. So do you when somebody names you.", html! {})) }
        }
        (lines(scope, &page.items))
        @if let Some(next) = &page.next { p { a.button href={ "?" @if only { "only=unread&" } "after=" (encode(next)) } { "Earlier" } } }
    }
}

/// Everything is read with one press.
pub(crate) fn read_all(unread: i64) -> Markup {
    html! { @if unread > 0 { form.act method="post" action="/do/notice.read" data-act { button type="submit" data-press="E" { (icon("check")) "Mark all as read" } } } }
}

/// Notices, each with what there is to do about it.
pub fn lines(scope: &Scope, notices: &[Told]) -> Markup {
    html! { @if !notices.is_empty() { ul.notices { @for told in notices {
        @let id = told.notice.about_id.simple().to_string();
        li .unread[told.unread] id={ "n-" (id) } data-id=(id) data-open {
            @match &told.thing {
                Some(thing) => {
                    @if told.notice.due.is_some() { span.avatar aria-hidden="true" { (icon("clock")) } } @else { (avatar(&told.who)) }
                    div.what {
                        p { a.title href=(thing.path) hx-boost="false" { bdi { (told.says()) } " " @if let Some(key) = &thing.key { span.key { (key) } " " } bdi { (thing.title) } @if told.unread { span.hidden { " (unread)" } } } }
                        @if !told.excerpt.is_empty() { p.excerpt dir="auto" { (told.excerpt) } }
                        p.quiet { @if !told.product.is_empty() { bdi { (told.product) } " · " } (time(scope, told.notice.meta.created_at, scope.now)) @if told.more > 0 { " · and " (told.more) " earlier" } }
                    }
                }
                None => { span.avatar aria-hidden="true" { "–" } div.what { p.title tabindex="-1" { "About something that you do not see any more." } p.quiet { (time(scope, told.notice.meta.created_at, scope.now)) } } }
            }
            (mark(told.notice.about_id, told.unread))
        }
    } } } }
}

fn mark(thing: Uuid, unread: bool) -> Markup {
    let says = if unread { "Mark as read" } else { "Mark as unread" };
    html! { form.act.small method="post" action="/do/notice.read" data-act data-next[unread] {
        input type="hidden" name="about" value=(thing.simple().to_string());
        @if !unread { input type="hidden" name="unread" value="true"; }
        button.plain type="submit" data-press="e" title={ (says) " (e)" } aria-label=(says) { (icon(if unread { "check" } else { "bell" })) }
    } }
}

/// What a text can name, as a list to choose from.
pub(crate) fn names(people: &[(people::Person, bool)], hats: &[Hat]) -> Markup {
    html! { ul {
        // Of two who are called the same each is named by their address.
        @for (person, alone) in people { li data-says={ "@" @if *alone { (person.name) } @else { (person.email) } } { span.what dir="auto" { (person.name) } " " span.quiet { @for (i, hat) in person.hats.iter().enumerate() { @if i > 0 { ", " } (hat.title()) } @if !alone { " · " (person.email) } } } }
        @for hat in hats { li data-says={ "@" (hat.title()) } { span.what { (hat.title()) } " " span.quiet { "Whoever wears this hat" } } }
    } }
}

/// How one hears of what, quiet hours, and what is muted.
pub fn settings(settings: &Settings, zone: &str) -> Markup {
    let wish = settings.wish.as_ref();
    let ways: Vec<(String, String)> = options(Way::ALL);
    let chosen = |why: Why| way(wish, why).word();
    let quiet = |of: fn(&NoticeWish) -> &str| wish.map_or(String::new(), |wish| of(wish).to_owned());
    html! { section #hear { h2 { "What you hear of" }
        form.stack method="post" action="/do/notice_wish.set" data-act {
            @for (why, label) in WHYS { (select(why.word(), label, &ways, chosen(*why))) }
            fieldset.choices { legend { "Quiet hours" }
                p.hint { "No letter at once is sent in these hours, as clocks show them in " bdi { (zone) } ". One letter brings what came meanwhile. Leave both empty for none." }
                div.pair { (input("time", "quiet_from", "From", &quiet(|wish| &wish.quiet_from))) (input("time", "quiet_until", "Until", &quiet(|wish| &wish.quiet_until))) }
            }
            p.error data-error="" {}
            div.row { button.primary type="submit" { "Save" } }
            p.hint { "The letter of the morning comes on weekdays to whoever has asked for it under " a href="/account#letters" { "Your account" } "."
                @if !settings.mails { " No mail is set up here, so no letter is sent until the administrator sets it up." } }
        }
        @if !settings.muted.is_empty() {
            h3 { "Muted" }
            ul.lines { @for (watch, thing, key) in &settings.muted { li {
                a href=(thing.path) hx-boost="false" { @if let Some(key) = &thing.key { span.key { (key) } " " } bdi { (thing.title) } }
                form.act method="post" action={ "/" (key) "/do/watch.set" } data-act { input type="hidden" name="about" value=(watch.about_noun); input type="hidden" name="id" value=(watch.about_id.simple().to_string()); input type="hidden" name="mode" value="asked"; button.plain type="submit" { "Hear of it again" } }
            } } }
        }
    } }
}

const WHYS: &[(Why, &str)] = &[
    (Why::Named, "You are named in a text"),
    (Why::Assigned, "You are given something to work on"),
    (Why::ToSign, "You are asked to sign or to vote"),
    (Why::Answered, "Somebody answers you, or a proposal of yours"),
    (Why::Watched, "Something happens to what you watch"),
    (Why::Due, "Something is due: a signature, a decision that comes back"),
];

/// Asks whether letters at once are to stop, or says that none come.
pub(crate) fn stop_letters(come: bool) -> Markup {
    html! { div.gate { div.logo-large { (icon("bike")) } h1 { (capital("letters at once")) }
        @if come {
            p { "You get a letter at once for some of what you hear of." }
            form.stack method="post" hx-boost="false" { button.primary type="submit" { "Stop these letters" } }
        } @else {
            p role="status" { "No more letters come at once. What they would have told stands under Notices and in the letter of the morning." }
            a.button href="/" { "Go to Tandem" }
        }
    } }
}
