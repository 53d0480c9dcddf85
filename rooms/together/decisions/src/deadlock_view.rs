//! Markup of a joint matter whose day has passed: whose position is told, what is missing, who should decide.

use crate::{
    beside::Beside,
    deadlock::{self, Position, Told, all_confirmed, stuck, tells},
};
use kernel::{Hat, Noun, Proposal, Scope};
use web::{Markup, action, area_field, disclosure, html, icon, limited, pill, select, text::markdown};

/// What is to be done about a matter that is stuck; nothing about any other.
pub(crate) fn open(scope: &Scope, p: &Proposal, beside: &Beside) -> Markup {
    let hats = stuck(scope, p, scope.now);
    let none = Told::default();
    let told = beside.told(p).unwrap_or(&none);
    let done = all_confirmed(&hats, &told.positions);
    html! { @if !hats.is_empty() { section.deadlock aria-label="Past its day" {
        h4 { (icon("octagon-alert")) "Past its day without an answer" }
        @if let Some(decider) = p.decider { p { strong { bdi { (beside.name(decider)) } } " was named to decide this. You can still settle it together." } }
        @else if done { p { "Each position is told and confirmed. Sign, decline or reword it, or name one person who decides." } }
        @else { p { "Each of you tells the other's position, until the other says that it is right. Then you settle it, or name one person to decide." } }
        ul.positions { @for hat in &hats { (position(scope, p, &hats, *hat, told.positions.iter().find(|one| one.hat == *hat), beside)) } }
        @if done && p.decider.is_none() { (naming(scope, p, &hats, told, beside)) }
    } } }
}

fn position(scope: &Scope, p: &Proposal, hats: &[Hat], hat: Hat, told: Option<&Position>, beside: &Beside) -> Markup {
    let (id, mine) = (p.id().to_string(), scope.who.assistant.is_none() && scope.who.hats.contains(&hat));
    let open = told.is_none_or(|told| told.confirmed_at.is_none());
    html! { li {
        p { "What the " span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } " wants"
            @if let Some(told) = told { ", as " bdi { (beside.name(told.member)) } " tells it " @if told.confirmed_at.is_some() { (pill("good", "confirmed")) } @else if told.missing.is_empty() { (pill("neutral", "to be confirmed")) } @else { (pill("warning", "something is missing")) } }
            @else { ": " span.quiet { "nobody has told it yet" } } }
        @if let Some(told) = told { div.prose { (markdown(&told.body)) } @if !told.missing.is_empty() { p.reason dir="auto" { "“" (told.missing) "”" } } }
        @if open && tells(scope, hats, hat) { (disclosure(&format!("tell-{id}-{hat}"), if told.is_some() { "Tell it anew" } else { "Tell their position" }, "", html! {
            form.stack method="post" action=(action(scope, "position.tell")) data-act {
                input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat);
                (limited("position.tell", area_field("body", &format!("What the {} wants, and why, in your words", hat.title()), told.map_or("", |told| told.body.as_str()), 5)))
                p.error data-error="" {} button.primary type="submit" { "Tell it so" }
            } })) }
        @if let Some(told) = told.filter(|told| open && mine && Some(told.member) != scope.who.member) { div.row {
            form.act method="post" action=(action(scope, "position.confirm")) data-act { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat); button.primary type="submit" { "That is what I mean" } }
            (disclosure(&format!("missing-{id}-{hat}"), "Something is missing", "", html! {
                form.stack method="post" action=(action(scope, "position.correct")) data-act {
                    input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat);
                    (limited("position.correct", area_field("missing", "What is missing or told wrong", &told.missing, 3)))
                    p.error data-error="" {} button.primary type="submit" { "Say what is missing" }
                } }))
        } }
    } }
}

/// Whom those who sign would have decide, and one's own say in it.
fn naming(scope: &Scope, p: &Proposal, hats: &[Hat], told: &Told, beside: &Beside) -> Markup {
    let id = p.id().to_string();
    let speaks = scope.who.assistant.is_none() && scope.who.hats.iter().any(|hat| hats.contains(hat));
    let people: Vec<(String, String)> = beside.people_of(p.area).iter().map(|(member, name)| (member.simple().to_string(), name.clone())).collect();
    html! {
        @for one in &told.namings { p.quiet { "The " (one.hat.title()) " would have " bdi { (beside.name(one.named)) } " decide." } }
        @if speaks { (disclosure(&format!("name-{id}"), "Name one person to decide", "", html! {
            form.stack method="post" action=(action(scope, "proposal.name_decider")) data-act {
                input type="hidden" name="proposal" value=(id);
                (select("member", "Who decides it", &people, ""))
                p.hint { "It holds once all who sign name the same person." }
                p.error data-error="" {} button.primary type="submit" { "Name them" }
            } })) }
    }
}

/// How it ended, and what was told, for the record.
pub(crate) fn record(p: &Proposal, beside: &Beside) -> Markup {
    let told = beside.told(p);
    let ended = deadlock::ending(p, told, p.decider.map(|id| beside.name(id)));
    html! { @if let Some(ended) = ended {
        p.quiet { (icon("octagon-alert")) " " bdi { (ended) } }
        @if let Some(told) = told { details.more { summary { "What each wanted" } @for one in &told.positions { p { "The " (one.hat.title()) ", as " bdi { (beside.name(one.member)) } " told it:" } div.prose { (markdown(&one.body)) } } } }
    } }
}
