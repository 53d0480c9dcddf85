//! Markup of conversations.

use crate::{
    Asks, Said, Sign, Subject,
    rows::{Thread, threads},
    writing::Writing,
};
use kernel::{Noun, Scope, Uuid};
use people::Names;
use web::{Markup, action, avatar, capital, clipped, disclosure, html, icon, pill, product_path, several, text::own_words, time};

/// What is said about a thing, with a field for more.
pub fn view(scope: &Scope, noun: &str, id: Uuid, talk: &[Said]) -> Markup {
    let simple = id.simple().to_string();
    let add = Writing {
        command: "comment.add",
        fields: &[("about", noun), ("id", &simple)],
        id: &format!("say-{simple}"),
        says: "Write a comment",
        text: "",
        send: "Comment",
        stays: true,
        leads: None,
    };
    html! { section.comments { h3 { "Comments" @if !talk.is_empty() { " " span.quiet { (talk.len()) } } }
        @for thread in threads(talk) { (view_thread(scope, &thread, true)) }
        (add.form(scope))
    } }
}

/// A thread; one that is over is folded among others. Whether it can be answered where it stands.
fn view_thread(scope: &Scope, thread: &Thread, answered_here: bool) -> Markup {
    let over = thread.first.filter(|first| first.comment.resolved_at.is_some());
    let id = format!("t-{}", thread.id.simple());
    html! { @match over {
        Some(first) => { details.more.talk-thread.over id=(id) open[!answered_here] { summary { (icon("check")) (ended(scope, first)) " · " bdi { (clipped(&own_words(&first.comment.body), 80)) } @if !thread.answers.is_empty() { " · " (several(thread.answers.len(), "answer")) } } (inside(scope, thread, answered_here)) } }
        None => { div.talk-thread id=(id) { (inside(scope, thread, answered_here)) } }
    } }
}

/// "Resolved by Mara, 2 hours ago".
fn ended(scope: &Scope, first: &Said) -> Markup {
    let c = &first.comment;
    html! {
        (match c.asks { None => "Resolved", Some(Asks::Question) => "Question answered", Some(Asks::Objection) => "Objection answered" })
        @if let Some(name) = &first.resolved_by { " by " bdi { (name) } } @if let Some(hat) = c.resolved_hat { " as " (hat.title()) }
        @if let Some(at) = c.resolved_at { ", " (time(scope, at, scope.now)) }
    }
}

fn inside(scope: &Scope, thread: &Thread, answered_here: bool) -> Markup {
    html! {
        @match thread.first { Some(first) => { (comment(scope, first, thread.id, first.comment.asks.is_some() && first.comment.resolved_at.is_some())) } None => { p.hint { "The comment that began this was taken back." } } }
        @if !thread.answers.is_empty() { div.replies { @for said in &thread.answers { (comment(scope, said, thread.id, thread.first.is_some_and(|first| first.comment.answer == Some(said.comment.id())))) } } }
        (acts(scope, thread, answered_here))
    }
}

/// What can be done with a whole thread.
fn acts(scope: &Scope, thread: &Thread, answered_here: bool) -> Markup {
    let Some(said) = thread.first.or(thread.answers.first().copied()) else { return html! {} };
    let (c, id) = (&said.comment, thread.id.simple().to_string());
    let parent = c.id().to_string();
    let about = c.about_id.simple().to_string();
    let answer = Writing {
        command: "comment.add",
        fields: &[("about", &c.about_noun), ("id", &about), ("parent", &parent)],
        id: &format!("answer-{id}"),
        says: "Write an answer",
        text: "",
        send: "Answer",
        stays: false,
        leads: None,
    };
    html! { div.row.of-thread {
        @if answered_here { (disclosure(&format!("reply-{id}"), "Answer", "plain", answer.form(scope))) }
        @if c.asks.is_none() && thread.first.is_some() { form.act method="post" action=(action(scope, "comment.resolve")) data-act {
            input type="hidden" name="comment" value=(parent); input type="hidden" name="resolved" value=(if c.resolved_at.is_none() { "true" } else { "false" });
            button.plain type="submit" { @if c.resolved_at.is_none() { "Resolve" } @else { "Open again" } } } }
    } }
}

/// One comment; what is part of a record stands as it is.
fn comment(scope: &Scope, said: &Said, thread: Uuid, stands: bool) -> Markup {
    let c = &said.comment;
    let id = c.id().to_string();
    html! { article.comment id={ "c-" (id) } {
        (avatar(&said.name))
        div.remark {
            p.byline { strong { bdi { (said.name) } } " " span.quiet { (time(scope, c.meta.created_at, scope.now)) }
                @if let Some(asks) = c.asks { " " (pill(if c.resolved_at.is_some() { "good" } else { "warning" }, asks.says())) }
                @if !c.author.is_empty() { " " (pill("neutral", "imported")) }
                @if c.assistant.is_some() { " " (pill("neutral", "assistant")) } }
            div.prose { (said.names.prose(scope, &c.body)) }
            (before(scope, said))
            div.row.under {
                (signs(scope, said, &id))
                a.button.plain href={ (product_path(scope)) "/conversation?thread=" (thread.simple()) "&quote=" (id) "#answer" } data-quote { "Quote" }
                @if c.is_by(scope) && !stands { (own(scope, said, &id)) }
            }
        }
    } }
}

/// What one's own comment offers besides.
fn own(scope: &Scope, said: &Said, id: &str) -> Markup {
    let edit = Writing {
        command: "comment.edit",
        fields: &[("comment", id)],
        id: &format!("text-{id}"),
        says: "Change the comment",
        text: &said.comment.body,
        send: "Save",
        stays: false,
        leads: None,
    };
    html! {
        (disclosure(&format!("rewrite-{id}"), "Edit", "plain", edit.form(scope)))
        form.act method="post" action=(action(scope, "comment.remove")) data-act { input type="hidden" name="comment" value=(id); button.plain type="submit" { "Take back" } }
    }
}

/// That it was edited, with what it said before.
fn before(scope: &Scope, said: &Said) -> Markup {
    html! { @if let Some((last, _)) = said.before.last() { details.more.edited id={ "before-" (said.comment.id()) } {
        summary { "Edited " (time(scope, *last, scope.now)) }
        ol { @for (until, text) in &said.before { li { span.quiet { "Until " (time(scope, *until, scope.now)) ":" } div.prose { (said.names.prose(scope, text)) } } } }
    } } }
}

/// The signs under a comment: how many, whose, and a choice of one's own.
fn signs(scope: &Scope, said: &Said, id: &str) -> Markup {
    if scope.who.assistant.is_some() {
        return html! {};
    }
    let mine = |by: &[(Uuid, String)]| by.iter().any(|(member, _)| Some(*member) == scope.who.member);
    let left: Vec<Sign> = Sign::ALL.iter().copied().filter(|sign| !said.signs.iter().any(|(there, by)| there == sign && mine(by))).collect();
    let post = action(scope, "comment.react");
    html! {
        @if !said.signs.is_empty() { form.signs method="post" action=(post) data-act { input type="hidden" name="comment" value=(id);
            @for (sign, by) in &said.signs { @let told = format!("{}: {}", capital(sign.says()), names(by));
                button.sign type="submit" name="sign" value=(sign) aria-pressed=(if mine(by) { "true" } else { "false" }) title=(told) { (icon(sign.icon())) span aria-hidden="true" { (by.len()) } bdi.hidden { (told) } } } } }
        @if !left.is_empty() { details.menu-button.react { summary title="React" aria-label="React" { (icon("smile-plus")) }
            div.menu { form.signs method="post" action=(post) data-act { input type="hidden" name="comment" value=(id);
                @for sign in &left { button.plain type="submit" name="sign" value=(sign) title=(capital(sign.says())) aria-label=(capital(sign.says())) { (icon(sign.icon())) } } } } } }
    }
}

/// "Mara, Tomas and Ines".
fn names(by: &[(Uuid, String)]) -> String {
    let names: Vec<&str> = by.iter().map(|(_, name)| name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// One thread on a page of its own, where it can be answered without script too; `quoted` is what the answer begins with.
pub(crate) fn alone(scope: &Scope, thread: &Thread, quoted: &str) -> Markup {
    let Some(said) = thread.first.or(thread.answers.first().copied()) else { return html! {} };
    let c = &said.comment;
    let (about, parent) = (c.about_id.simple().to_string(), c.id().to_string());
    let there = format!("{}/conversation?thread={parent}#t-{}", product_path(scope), thread.id.simple());
    let answer = Writing {
        command: "comment.add",
        fields: &[("about", &c.about_noun), ("id", &about), ("parent", &parent)],
        id: "answer",
        says: "Write an answer",
        text: quoted,
        send: "Answer",
        stays: false,
        leads: Some(&there),
    };
    html! {
        p.crumb { "About " (subject(scope, &c.subject())) }
        section.comments { (view_thread(scope, thread, false)) }
        section.comments { h2 { "Answer" } (answer.form(scope)) }
    }
}

/// The thing that is talked about, with the way there.
fn subject(scope: &Scope, about: &Subject) -> Markup {
    html! { @match web::place(&about.noun, about.id, None) {
        Some(place) => { a href={ (product_path(scope)) "/" (place) } { bdi { (about.label) } } }
        None => { bdi { (about.label) } }
    } }
}

/// What was said last about anything.
pub(crate) fn latest(scope: &Scope, talk: &[Said]) -> Markup {
    html! {
        p.lead { "What was said last, about anything. Comments are written where the thing is looked at." }
        @if talk.is_empty() { p.hint { "Nothing has been said yet." } }
        ul.lines.said-last { @for said in talk { li {
            (avatar(&said.name)) strong { bdi { (said.name) } } span.what { a href={ "conversation?thread=" (said.comment.id()) "#c-" (said.comment.id()) } dir="auto" { (clipped(&own_words(&said.comment.body), 160)) } }
            span.quiet { "on " (subject(scope, &said.comment.subject())) ", " (time(scope, said.comment.meta.created_at, scope.now)) }
        } } }
    }
}

/// What a text looks like, and the form again with what was written: for whoever has no script.
pub(crate) fn previewed(scope: &Scope, command: &str, (fields, text): (&[(String, String)], &str), names: &Names) -> Markup {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let again = Writing { command, fields: &fields, id: "text", says: "Write", text, send: "Send", stays: false, leads: None };
    html! { div.prose.preview { (names.prose(scope, text)) } (again.form(scope)) }
}
