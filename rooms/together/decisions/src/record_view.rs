//! Markup of the log: what was decided, by whom, what it replaced, and what was found when it was looked at again.

use crate::{
    asking_view,
    beside::{Beside, Other},
    deadlock_view,
    looking_back::{Held, may_look_back},
    option_view, people_view,
    poll_view::Votes,
    renewing::Leaving,
    rows::{Present, Shown},
    telling::{diff_folded, three_way},
    views::{byline, signatures, state_pill},
};
use kernel::{Names, Noun, Proposal, ProposalState, Scope, Standing};
use notices::Around;
use web::{Markup, action, area_field, disclosure, field, html, icon, input, limited, options, pill, select, text::markdown, time};

/// What a settled one is drawn from.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub present: &'a Present,
    pub names: &'a Names,
    /// What hangs on each, and what is said about it.
    pub around: &'a Around,
    pub votes: &'a Votes,
    pub beside: &'a Beside,
    pub come: &'a people_view::Come,
    pub leaving: &'a Leaving,
}

pub(crate) fn settled(scope: &Scope, s: &Shown, record: &Record) -> Markup {
    let p = &s.proposal;
    html! { li.decision id={ "p-" (p.id()) } {
        span.key { @match p.number { Some(n) => { "D-" (n) } None => "–" } }
        div { p { strong { bdi { (p.title) } } " " (state_pill(p.state)) @if let Some((last, _)) = record.beside.back(p).first() { " " (held_pill(last.held)) } }
            (byline(scope, s))
            (lineage(p, record.beside))
            @if !p.reason.is_empty() { p.reason dir="auto" { "“" (p.reason) "”" } }
            @if !p.note.is_empty() { p.reason dir="auto" { (p.note) } }
            @if !p.considered.is_empty() { details.more { summary { "Options considered" span.quiet { " " (p.considered.len()) } } (option_view::compared(scope, p, record.beside)) } }
            @if p.state == ProposalState::Overtaken { (three_way(scope, record.names, &p.effects, record.present)) } @else { (diff_folded(scope, record.names, &p.effects)) }
            (people_view::involved(p, record.beside))
            (people_view::about(scope, p, record.beside))
            (signatures(scope, s))
            (asking_view::record(record.around.talk(p.meta.id)))
            (deadlock_view::record(p, record.beside))
            (looked_back(scope, p, record.beside))
            @if p.state == ProposalState::Overtaken && Some(p.author) == scope.who.member { (renewal(p, record.leaving)) }
            (people_view::forms(scope, p, record.come))
            div.row { (acts(scope, p)) (people_view::ways(scope, p, record.come)) (file(p)) }
            (record.votes.on(scope, p.meta.id))
            (record.around.beneath(scope, p.meta.id)) }
    } }
}

fn held_pill(held: Held) -> Markup {
    match held {
        Held::Held => pill("good", "held"),
        Held::Partly => pill("warning", "held in part"),
        Held::Not => pill("critical", "did not hold"),
    }
}

/// What it replaced and what replaced it.
fn lineage(p: &Proposal, beside: &Beside) -> Markup {
    let named = |other: &Other| html! { a href={ "decisions?show=" (other.id.simple()) "#p-" (other.id.simple()) } { @if let Some(number) = other.number { span.key { "D-" (number) } " " } bdi { (other.title) } } };
    html! {
        @if let Some(other) = beside.newer(p) { p.replaced { (icon("archive-restore")) " Replaced by " (named(other)) } }
        @if let Some(other) = beside.older(p) { p.quiet { "Replaces " (named(other)) } }
    }
}

/// What was found when it was looked at again, and when it comes back.
fn looked_back(scope: &Scope, p: &Proposal, beside: &Beside) -> Markup {
    html! {
        @for (found, name) in beside.back(p) { div.looked-back {
            p { (icon("history")) " " bdi { (name) } @if let Some(hat) = found.hat { " as " (hat.title()) } ": " strong { (found.held.says()) } span.quiet { " " (time(scope, found.meta.created_at, scope.now)) } }
            @if !found.learned.is_empty() { div.prose { (markdown(&found.learned)) } }
        } }
        @if p.state == ProposalState::Agreed { (people_view::review_day(scope, p)) }
    }
}

/// What can be done with what was decided: saying whether it held, putting another in its place.
fn acts(scope: &Scope, p: &Proposal) -> Markup {
    let id = p.id().to_string();
    let may_ask = scope.standing(p.area).1 >= Standing::Sees;
    html! {
        @if may_look_back(p, scope) { (disclosure(&format!("held-{id}"), "Did it hold?", "", look_back_form(scope, &id))) }
        @if p.state == ProposalState::Agreed && may_ask { (disclosure(&format!("replace-{id}"), "Replace", "plain", html! {
            form.stack method="post" action=(action(scope, "proposal.open")) data-act {
                input type="hidden" name="supersedes" value=(id); input type="hidden" name="area" value=(p.area);
                p.hint { "A question that, once answered, stands in the place of this decision. What it changed is not taken back by itself." }
                (limited("proposal.open", html! { (field("title", "The question", "")) (area_field("reason", "Why it comes up again, and what you suggest", "", 4)) }))
                p.error data-error="" {} button.primary type="submit" { "Put the question" }
            } })) }
    }
}

/// Whether a decision held, what was learned, and when it comes back.
pub(crate) fn look_back_form(scope: &Scope, id: &str) -> Markup {
    html! { form.stack method="post" action=(action(scope, "look_back.say")) data-act data-next {
        input type="hidden" name="proposal" value=(id);
        (select("held", "What became of it", &options(Held::ALL), "held"))
        (limited("look_back.say", area_field("learned", "What was learned", "", 3)))
        (input("date", "review_on", "Look at it again on, if at all", ""))
        p.error data-error="" {} button.primary type="submit" { "Say so" }
    } }
}

/// Its record as a file, and the hash of what was signed.
fn file(p: &Proposal) -> Markup {
    html! {
        a.button.plain href={ "decisions/" (p.id()) "/record.md" } hx-boost="false" { "As Markdown" }
        span.quiet.seal title={ "SHA-256 of what was signed: " (p.seal) ". It is compared by tandem check." } { "Seal " code { (p.seal.get(..12).unwrap_or(&p.seal)) } }
    }
}

/// Puts an overtaken proposal forward again; where it changes several things, those that are still wanted.
fn renewal(p: &Proposal, leaving: &Leaving) -> Markup {
    let fields = leaving.get(&p.meta.id).map_or(&[][..], Vec::as_slice);
    html! { form.stack method="post" action={ "decisions/" (p.id()) "/renewal" } hx-boost="false" {
        @if fields.len() > 1 { input type="hidden" name="chosen" value="true"; fieldset.choices.across { legend { "What you still want" }
            @for field in fields { label.check { input type="checkbox" name="again" value=(field.name) checked; (web::capital(&field.says)) } } } }
        div { button type="submit" { "Put it forward again, against what there is now" } }
    } }
}
