//! Markup of the page of links.

use crate::{model::AREA, rows::Line};
use kernel::{Noun, Scope, shared};
use web::{Markup, act, command_form, date, disclosure, empty, field, html, may, pill, select, several, time, when};

pub(crate) fn make(scope: &Scope) -> Markup {
    // What is made for one stakeholder is made where they stand.
    let alike: Vec<&shared::SharedLook> = shared::looks().iter().copied().filter(|look| look.whom.is_empty()).collect();
    let looks: Vec<(String, String)> = alike.iter().map(|look| (look.name.to_owned(), look.says.to_owned())).collect();
    disclosure(
        "share",
        "Share by link",
        "primary",
        command_form(
            scope,
            AREA,
            "shared_link.make",
            "Make link",
            html! {
                (field("name", "Whom it is for", ""))
                (select("look", "What it shows", &looks, ""))
                @for look in &alike { @for (name, says) in look.options { label.check { input type="checkbox" name="shows" value=(name); (says) } } }
                (days())
                p.hint { "Whoever holds the link sees this and nothing else, without an account. The link is shown once." }
            },
        ),
    )
}

pub(crate) fn links(scope: &Scope, lines: &[Line]) -> Markup {
    html! {
        p.lead { "Links show one thing to people who have no account here: no comments, no names, nothing else of the product." }
        @if lines.is_empty() { (empty("link-2", "Nothing is shared by link", if may(scope, AREA) { "A link to the roadmap can be sent to a stakeholder, works until a day, and can be revoked." } else { "What is shared by link is seen by those who have a say in announcements." }, html! {})) }
        (listed(scope, lines))
    }
}

/// How long a link works.
pub fn days() -> Markup {
    select("days", "It works for", &[7, 30, 90, 365].map(|days| (days.to_string(), several(days, "day"))), "30")
}

/// Links with how often each was used, and how each is revoked.
pub fn listed(scope: &Scope, lines: &[Line]) -> Markup {
    html! {
        ul.lines.shared-links { @for line in lines { @let link = &line.link; li {
            div.what { strong { bdi { (link.name) } }
                p.hint { (shared::look(&link.look).map_or("", |look| look.says)) " · made by " bdi { (line.by) } " " (time(scope, link.meta.created_at, scope.now)) " · "
                    @match line.used { Some((times, last)) => { "opened " (several(times, "time")) ", last " (time(scope, last, scope.now)) } None => "never opened" } } }
            @if link.revoked_at.is_some() { (pill("neutral", "revoked")) }
            @else if !link.works(scope.now) { (pill("neutral", "expired")) }
            @else if !line.here { (pill("neutral", "its maker has left")) (act(scope, AREA, "shared_link.revoke", &[("shared_link", &link.id().to_string())], "Revoke", "plain")) }
            @else { span.quiet { "until " (date(scope, &when::day(link.expires_at))) } (act(scope, AREA, "shared_link.revoke", &[("shared_link", &link.id().to_string())], "Revoke", "plain")) }
        } } }
    }
}
