//! Markup of the page of webhooks.

use crate::{
    model::{AREA, Shape, Webhook, choices},
    rows::{Delivery, Line},
};
use kernel::{Noun, NounSpec, Scope};
use web::{Markup, action, asked_act, capital, clipped, command_form, disclosure, empty, field, html, may, options, pill, select, several, time};

pub(crate) fn make(scope: &Scope) -> Markup {
    disclosure("make-webhook", "Add a webhook", "primary", command_form(scope, AREA, "webhook.make", "Add webhook", fields(None)))
}

/// The fields of a webhook, new or changed.
fn fields(webhook: Option<&Webhook>) -> Markup {
    let heard = |table: &str| webhook.is_some_and(|webhook| webhook.hears.iter().any(|word| word == table));
    // Kinds of event that programs chose stay chosen.
    let kinds: Vec<&String> = webhook.into_iter().flat_map(|webhook| webhook.hears.iter()).filter(|word| word.contains('.')).collect();
    html! {
        (field("name", "What it is for", webhook.map_or("", |webhook| webhook.name.as_str())))
        (field("address", "Address, with https://", webhook.map_or("", |webhook| webhook.address.as_str())))
        (select("shape", "Who reads it", &shapes(), webhook.map_or("standard", |webhook| webhook.shape.word())))
        fieldset.choices.across { legend { "What it is told of (everything where nothing is chosen)" }
            input type="hidden" name="hears" value="";
            @for kind in kinds { input type="hidden" name="hears" value=(kind); }
            @for noun in choices() { label.check { input type="checkbox" name="hears" value=(noun.table) checked[heard(noun.table)]; (capital(&many(noun))) } }
            span.error data-error="hears" {}
        }
        p.hint { "It tells what you may read, for as long as you belong to this product." }
    }
}

fn shapes() -> Vec<(String, String)> {
    let mut shapes = options(Shape::ALL);
    shapes[0].1 = "A program (Standard Webhooks)".into();
    shapes
}

/// "key results", "invitations".
fn many(noun: &NounSpec) -> String {
    match noun.about.one {
        "" => noun.about.many.replace('-', " "),
        one => several(2, one)[2..].to_owned(),
    }
}

/// "stories and sprints", "everything".
fn hears(webhook: &Webhook) -> String {
    let called = |word: &String| match kernel::about::noun(word) {
        Some(noun) => many(noun),
        None => told(word),
    };
    match webhook.hears.as_slice() {
        [] => "everything".into(),
        [one] => called(one),
        [first @ .., last] => format!("{} and {}", first.iter().map(called).collect::<Vec<_>>().join(", "), called(last)),
    }
}

/// "story: moved"
fn told(kind: &str) -> String {
    let (table, _) = kind.split_once('.').unwrap_or((kind, ""));
    let noun = kernel::about::noun(table).map_or_else(|| table.replace('_', " "), NounSpec::one);
    match kernel::event::phrase(kind) {
        Some(phrase) => format!("{noun}: {}", phrase.trim_end_matches(':')),
        None => noun,
    }
}

/// `sends`: whether this house sends anything at all.
pub(crate) fn webhooks(scope: &Scope, lines: &[Line], show: &str, sends: bool) -> Markup {
    html! {
        @if !sends { p.banner.warning { "This server tells other machines nothing: it was started so." } }
        p.lead { "Other machines are told what happens here: each act once, as far as whoever made the webhook may read of it." }
        @if lines.is_empty() { (empty("link-2", "No other machine is told anything", if may(scope, AREA) { "A chat, a build server or a program of yours can hear of what happens here as it happens." } else { "Who is told what is a matter of the agreement." }, html! {})) }
        @for line in lines { (one(scope, line, show)) }
        @if !lines.is_empty() && !may(scope, AREA) { p.hint { (web::who_decides(scope, AREA)) } }
    }
}

fn one(scope: &Scope, line: &Line, show: &str) -> Markup {
    let webhook = &line.webhook;
    let id = webhook.id().to_string();
    html! { section.webhook id={ "w-" (id) } {
        div.row { h2 dir="auto" { (webhook.name) } (state(line)) }
        p.hint { bdi { (webhook.host()) } " · " (capital(webhook.shape.says())) " · is told of " (hears(webhook)) " · made by " bdi { (line.by) } " " (time(scope, webhook.meta.created_at, scope.now)) }
        @if let Some(since) = webhook.paused_at { div.banner.warning {
            span { strong { "Paused " (time(scope, since, scope.now)) ". " } bdi { (webhook.paused_because) } " What happens meanwhile is not sent." }
            @if line.own { (button(scope, "webhook.resume", &[("webhook", &id)], "Go on", "")) }
        } }
        @if line.own && webhook.shape == Shape::Standard && webhook.secret_at.is_none() { p.hint { "Messages are signed, and nobody has the secret yet. Make one and give it to the machine that checks them." } }
        div.acts {
            @if line.own {
                (button(scope, "webhook.test", &[("webhook", &id)], "Send a test", ""))
                @if webhook.shape == Shape::Standard { (new_secret(scope, webhook, &id)) }
            }
            (disclosure(&format!("change-{id}"), "Change", "plain", command_form(scope, AREA, "webhook.edit", "Save", html! {
                input type="hidden" name="webhook" value=(id); input type="hidden" name="version" value=(webhook.meta.version); (fields(Some(webhook))) })))
            (asked_act(scope, AREA, "webhook.remove", &[("webhook", &id)], "Remove", "plain", "Nothing is sent there any more, and its secret is thrown away."))
        }
        (sent(scope, line, &id, show))
    } }
}

fn state(line: &Line) -> Markup {
    match (&line.webhook.paused_at, line.here, line.sent.first()) {
        (_, false, _) => pill("neutral", "its maker has left"),
        (Some(_), ..) => pill("warning", "paused"),
        (.., Some(last)) if !last.arrived => pill("warning", "does not arrive"),
        (.., Some(_)) => pill("good", "works"),
        (.., None) => pill("neutral", "nothing sent yet"),
    }
}

/// A button for whoever looks after the webhook.
fn button(scope: &Scope, command: &str, fields: &[(&str, &str)], label: &str, class: &str) -> Markup {
    html! { form.act method="post" action=(action(scope, command)) data-act {
        @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
        button.(class) type="submit" { (label) }
    } }
}

fn new_secret(scope: &Scope, webhook: &Webhook, id: &str) -> Markup {
    match webhook.secret_at {
        None => button(scope, "webhook.new_secret", &[("webhook", id)], "Make its secret", ""),
        Some(at) => disclosure(
            &format!("secret-{id}"),
            "New secret",
            "plain",
            html! { form.stack method="post" action=(action(scope, "webhook.new_secret")) data-act {
                input type="hidden" name="webhook" value=(id);
                p { "The secret of " (time(scope, at, scope.now)) " stops working at once. The new one is shown only once." }
                button.primary type="submit" { "Make a new secret" }
            } },
        ),
    }
}

/// The last messages.
fn sent(scope: &Scope, line: &Line, id: &str, show: &str) -> Markup {
    let failed: Vec<&Delivery> = line.sent.iter().filter(|one| !one.arrived && one.next.is_none() && one.real).collect();
    html! { @if !line.sent.is_empty() { details.more open[show == id || show == line.webhook.meta.id.to_string()] { summary { "Last messages" span.quiet { " " (line.sent.len()) } }
        @if line.own && line.webhook.paused_at.is_none() && failed.len() > 1 { form.row.lead method="post" action=(action(scope, "webhook.send_again")) data-act {
            input type="hidden" name="_each" value="delivery"; input type="hidden" name="webhook" value=(id);
            @for one in &failed { input type="hidden" name="delivery" value=(one.id.simple().to_string()); }
            button type="submit" { "Send all that failed again" }
        } }
        table.list.cards { thead { tr { th { "When" } th { "About" } th { "What came of it" } th {} } }
            tbody { @for one in &line.sent { tr {
                td.day { (time(scope, one.at, scope.now)) }
                td { (if one.real { told(&one.about) } else { "a test".into() }) }
                td { (outcome(scope, one)) (looked_at(one, line.own)) }
                td { @if line.own && line.webhook.paused_at.is_none() && one.next.is_none() { (button(scope, "webhook.send_again", &[("webhook", id), ("delivery", &one.id.simple().to_string())], "Send again", "plain")) } }
            } } }
        }
    } } }
}

fn outcome(scope: &Scope, one: &Delivery) -> Markup {
    html! {
        @if one.arrived { (pill("good", "arrived")) @if let Some(status) = one.status { span.quiet { " " (status) } } }
        @else { (pill("warning", "not arrived")) " " bdi { (one.said) } }
        @if one.tries > 1 || one.next.is_some() { span.quiet { " · " (several(one.tries, "try")) } }
        @if let Some(next) = one.next { span.quiet { " · again " (soon(next - scope.now)) } }
    }
}

/// So many milliseconds from now.
fn soon(wait: i64) -> String {
    match (wait + 59_999).div_euclid(60_000) {
        i64::MIN..=1 => "within a minute".into(),
        minutes => format!("in {}", several(minutes, "minute")),
    }
}

/// So much of what was sent is shown.
const MOST_SHOWN: usize = 4_000;

fn looked_at(one: &Delivery, own: bool) -> Markup {
    html! { @if own { details.more { summary { "Look at it" }
        p.quiet { "Sent as " code { "msg_" (one.id.simple().to_string()) } }
        pre.sent tabindex="0" dir="auto" { (clipped(&one.body, MOST_SHOWN)) }
        @if !one.answer.is_empty() { p.quiet { "The answer begins" } pre.sent tabindex="0" dir="auto" { (one.answer) } }
    } } }
}
