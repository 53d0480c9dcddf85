//! Markup of proposals and decisions.

use crate::{
    asking_view,
    poll_view::Votes,
    rows::{Present, Shown},
    rules::{self, Say},
    telling::{diff, diff_folded, three_way},
};
use conversation::{Said, Talk};
use filters::Saved;
use kernel::{Area, Hat, Names, Noun, Paged, Proposal, ProposalState, Scope, Standing, Uuid};
use std::collections::HashMap;
use web::{
    Filter, Markup, action, area_field, avatar, date, disclosure, disclosure_by_key, empty, field, html, input, limited, options, pill, select,
    several, time, when,
};

pub(crate) fn ask_button(scope: &Scope) -> Markup {
    let seen: Vec<Area> = Area::ALL.iter().copied().filter(|area| scope.sees(*area)).collect();
    disclosure(
        "ask",
        "Ask for a decision",
        "primary",
        html! {
            form.stack method="post" action=(action(scope, "proposal.open")) data-act {
                (limited("proposal.open", html! { (field("title", "The question", "")) (area_field("reason", "Why it comes up, and what you suggest", "", 4)) }))
                (select("area", "It is a matter of", &options(&seen), "roadmap")) (input("date", "due_on", "An answer is needed by", ""))
                p.error data-error="" {} button.primary type="submit" { "Put the question" }
            }
        },
    )
}

/// Under which of the viewer's hats this proposal waits for them.
fn waits_for(scope: &Scope, shown: &Shown) -> Vec<Hat> {
    let p = &shown.proposal;
    if scope.who.assistant.is_some() {
        return vec![];
    }
    scope
        .who
        .hats
        .iter()
        .copied()
        .filter(|h| scope.matrix.standing(p.area, *h) >= Standing::Signs && !shown.signatures.iter().any(|(s, _)| s.hat == *h))
        .collect()
}

/// What the hats have said, and one of them would say.
fn said_with(s: &Shown, hat: Hat, say: Say) -> Vec<(Hat, Say)> {
    let before = s.signatures.iter().map(|(s, _)| (s.hat, if s.aside { Say::StandsAside } else { Say::Agrees }));
    before.filter(|(other, _)| *other != hat).chain([(hat, say)]).collect()
}

/// What is said about one of them.
fn talk_on(talk: &HashMap<Uuid, Talk>, id: Uuid) -> &[Said] {
    talk.get(&id).map_or(&[], Vec::as_slice)
}

/// What the page is drawn from.
pub(crate) struct Lists<'a> {
    pub open: &'a Paged<Shown>,
    pub log: &'a Paged<Shown>,
    /// The one that was asked for and stands on another page.
    pub apart: Option<&'a Shown>,
    pub present: &'a Present,
    pub names: &'a Names,
    /// What is said about each.
    pub talk: &'a HashMap<Uuid, Talk>,
    /// What the log is narrowed by.
    pub filter: &'a Filter,
    pub saved: &'a Saved,
    pub votes: &'a Votes,
}

pub(crate) fn decisions(scope: &Scope, lists: &Lists) -> Markup {
    let Lists { open, log, apart, present, names, talk, filter, saved, votes } = *lists;
    let (mine, others): (Vec<&Shown>, Vec<&Shown>) = open
        .items
        .iter()
        .partition(|s| !waits_for(scope, s).is_empty() || asking_view::is_asked_of(scope, &s.proposal, talk_on(talk, s.proposal.meta.id)));
    html! {
        @if let Some(s) = apart { section { h2 { "The one you came for" } @if s.proposal.state == ProposalState::Open { div.proposals { (open_one(scope, names, (talk, votes), s)) } } @else { ul.log { (settled(scope, names, (talk, votes), s, present)) } } } }
        @if open.items.is_empty() { (empty("gavel", "Nothing waits for a decision", "What someone may not decide alone lands here as a proposal: the same change, kept as a diff, to be signed or declined with a reason.", html! {})) }
        @if !mine.is_empty() { section { h2 { "Waiting for you" span.quiet { " " (mine.len()) @if open.next.is_some() { "+" } } } (pile(scope)) div.proposals { @for s in &mine { (open_one(scope, names, (talk, votes), s)) } } } }
        @if !others.is_empty() { section { h2 { "Waiting for others" } div.proposals { @for s in &others { (open_one(scope, names, (talk, votes), s)) } } } }
        @if let Some(next) = &open.next { p { a.button href={ "?waiting=" (next) } { "More that wait" } } }
        section { h2 { "Decision log" " " a.button.plain href="decisions.md" hx-boost="false" { "As Markdown" } }
            (crate::filter::bar(filter))
            div.list-tools { (filters::view(scope, saved, &[])) (web::downloads(scope, "decisions", &filter.address())) }
            @if log.items.is_empty() { p.hint { @if filter.is_plain() { "Nothing has been settled yet." } @else { "No settled decision fits." } } }
            ul.log { @for s in &log.items { (settled(scope, names, (talk, votes), s, present)) } }
            @if let Some(next) = &log.next { p { a.button href={ "?" (filter.address()) "after=" (next) } { "Earlier decisions" } } }
        }
    }
}

/// What can be done with several that were picked: each is signed or declined, as one act.
fn pile(scope: &Scope) -> Markup {
    html! { div.bulk #bulk hidden {
        strong role="status" { span data-count { "0" } " chosen" }
        form.act method="post" action=(action(scope, "proposal.sign")) data-act data-bulk="proposal" data-next { input type="hidden" name="_each" value="proposal"; button.primary type="submit" data-press="y" { "Sign all that are chosen" } }
        (disclosure_by_key(Some('n'), "decline-all", "Decline all that are chosen", "", html! { form.stack method="post" action=(action(scope, "proposal.decline")) data-act data-bulk="proposal" data-next {
            input type="hidden" name="_each" value="proposal"; (limited("proposal.decline", area_field("note", "Why not", "", 3))) button type="submit" { "Decline them with this reason" } } }))
        button.plain type="button" data-clear { "Clear" }
    } }
}

fn state_pill(state: ProposalState) -> Markup {
    pill(
        match state {
            ProposalState::Agreed => "good",
            ProposalState::Declined => "critical",
            ProposalState::Overtaken => "warning",
            _ => "neutral",
        },
        state.word(),
    )
}

fn byline(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    html! { p.byline { (avatar(s.assistant_name.as_deref().unwrap_or(&s.author_name))) " "
    @if let Some(assistant) = &s.assistant_name { strong { bdi { (assistant) } } " for " } strong { bdi { (s.author_name) } } @if let Some(hat) = p.hat { " as " (hat.title()) } ", " (time(scope, p.meta.created_at, scope.now)) " · " (p.area.says())
    @if let Some(due) = &p.due_on { " · answer by " (date(scope, due)) @if p.state == ProposalState::Open && *due < when::day_in(scope.now, &scope.who.zone) { " " (pill("critical", "overdue")) } } } }
}

fn open_one(scope: &Scope, names: &Names, (talk, votes): (&HashMap<Uuid, Talk>, &Votes), s: &Shown) -> Markup {
    let p = &s.proposal;
    let hats = waits_for(scope, s);
    let id = p.id().to_string();
    let said = talk_on(talk, p.meta.id);
    let last = |hat: &Hat| rules::settles(&scope.matrix, p.area, &scope.held, &said_with(s, *hat, Say::Agrees));
    let blocked = asking_view::is_objected_to(said) && hats.iter().any(last);
    html! { article.proposal id={ "p-" (id) } data-id=(id) data-open tabindex="-1" aria-label=(p.title) {
        h3 { @if !hats.is_empty() { input type="checkbox" data-pick value=(id) aria-label={ "Choose “" (p.title) "”" }; } bdi { (p.title) } }
        (byline(scope, s))
        (asking_view::open(scope, p, said, blocked))
        @if !p.reason.is_empty() { p.reason dir="auto" { "“" (p.reason) "”" } }
        (diff(scope, names, &p.effects))
        (signatures(scope, s))
        @if blocked { p.hint { "The objection is answered before the last signature." } }
        div.row {
            @for hat in hats.iter().filter(|_| !blocked) { @if p.commands.is_empty() { (answer(scope, &id, *hat)) } @else { form.act method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat); button.primary type="submit" data-press="y" { "Sign as " (hat.title()) } } } }
            @if !hats.is_empty() { (disclosure_by_key(Some('n'), &format!("decline-{id}"), "Decline", "", html! { form.stack method="post" action=(action(scope, "proposal.decline")) data-act data-next { input type="hidden" name="proposal" value=(id); (limited("proposal.decline", area_field("note", "Why not", "", 3))) button type="submit" { "Decline with this reason" } } })) }
            (aside(scope, s, if blocked { &[] } else { &hats }))
            (asking_view::forms(scope, p, said, speaks(scope, p)))
            @if Some(p.author) == scope.who.member { form.act method="post" action=(action(scope, "proposal.withdraw")) data-act { input type="hidden" name="proposal" value=(id); button.plain type="submit" { "Withdraw" } } }
            (votes.way(scope, p.meta.id))
        }
        (votes.form(scope, p.meta.id))
        (votes.on(scope, p.meta.id))
        (said_about(scope, p.meta.id, talk, true))
    } }
}

/// Whether one of the reader's hats has a say in the settling.
fn speaks(scope: &Scope, p: &Proposal) -> bool {
    scope.who.hats.iter().any(|hat| scope.matrix.standing(p.area, *hat) >= Standing::Signs)
}

/// Standing aside, for each hat that has said nothing and on which not all rests; and coming back from it.
fn aside(scope: &Scope, s: &Shown, hats: &[Hat]) -> Markup {
    let (p, id) = (&s.proposal, s.proposal.id().to_string());
    let can = |hat: &&Hat| rules::somebody_is_left(&scope.matrix, p.area, &scope.held, &said_with(s, **hat, Say::StandsAside));
    let back = s.signatures.iter().map(|(s, _)| s).filter(|s| {
        s.aside && scope.who.assistant.is_none() && scope.who.hats.contains(&s.hat) && scope.matrix.standing(p.area, s.hat) >= Standing::Signs
    });
    html! {
        @for hat in hats.iter().filter(can) { (disclosure(&format!("aside-{id}-{hat}"), &format!("Stand aside as {}", hat.title()), "plain", html! { form.stack method="post" action=(action(scope, "proposal.stand_aside")) data-act data-next {
            input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat);
            p.hint { "You do not agree and do not block. Somebody else has to agree." }
            (limited("proposal.stand_aside", area_field("note", "Why, if you want to say it", "", 2))) p.error data-error="" {} button type="submit" { "Stand aside" } } })) }
        @for s in back { form.act method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(s.hat); button.plain type="submit" { "Sign as " (s.hat.title()) " after all" } } }
    }
}

/// A question is answered in words, which stand with the signature.
fn answer(scope: &Scope, id: &str, hat: Hat) -> Markup {
    disclosure_by_key(
        Some('y'),
        &format!("answer-{id}-{hat}"),
        &format!("Answer as {}", hat.title()),
        "primary",
        html! { form.stack method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat);
        (limited("proposal.sign", area_field("note", "Your answer; empty agrees with what was suggested", "", 3))) button.primary type="submit" { "Answer" } } },
    )
}

/// What is said about it; a question is no refusal. Of what is settled only what was said.
fn said_about(scope: &Scope, id: Uuid, talk: &HashMap<Uuid, Talk>, open: bool) -> Markup {
    html! { @match talk.get(&id) {
        Some(comments) => { details.more id={ "talk-" (id.simple()) } open[open] { summary { (several(comments.len(), "comment")) } (conversation::view(scope, "proposal", id, comments)) } }
        None if open => { details.more id={ "talk-" (id.simple()) } { summary { "Say something about it" } (conversation::view(scope, "proposal", id, &[])) } }
        None => {}
    } }
}

fn signatures(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    html! { ul.signatures {
        @for (signature, name) in &s.signatures { li { (avatar(name)) span { bdi { (name) } " " (if signature.aside { "stood aside" } else if signature.agrees { "signed" } else { "declined" }) " as " } span class={ "hat hat-" (signature.hat) } { span.dot {} (signature.hat.title()) } span.quiet { " " (time(scope, signature.meta.created_at, scope.now)) } @if !signature.note.is_empty() { span.reason { " “" bdi { (signature.note) } "”" } } } }
        @if p.state == ProposalState::Open { @for hat in p.needs.iter().filter(|h| !s.signatures.iter().any(|(x, _)| x.hat == **h)) { li.waiting { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } span.quiet { " has yet to sign" } } } }
        @for hat in p.passed_over.iter() { li.quiet { "Nobody holds the hat of " (hat.title()) "; it is passed over." } }
    } }
}

fn settled(scope: &Scope, names: &Names, (talk, votes): (&HashMap<Uuid, Talk>, &Votes), s: &Shown, present: &Present) -> Markup {
    let p = &s.proposal;
    html! { li.decision id={ "p-" (p.id()) } {
        span.key { @match p.number { Some(n) => { "D-" (n) } None => "–" } }
        div { p { strong { bdi { (p.title) } } " " (state_pill(p.state)) }
            (byline(scope, s))
            @if !p.reason.is_empty() { p.reason dir="auto" { "“" (p.reason) "”" } }
            @if !p.note.is_empty() { p.reason dir="auto" { (p.note) } }
            @if p.state == ProposalState::Overtaken { (three_way(scope, names, &p.effects, present)) } @else { (diff_folded(scope, names, &p.effects)) }
            (signatures(scope, s))
            (asking_view::record(talk_on(talk, p.meta.id)))
            @if p.state == ProposalState::Overtaken && Some(p.author) == scope.who.member { form method="post" action={ "decisions/" (p.id()) "/renewal" } hx-boost="false" { button type="submit" { "Put it forward again, against what there is now" } } }
            (votes.on(scope, p.meta.id))
            (said_about(scope, p.meta.id, talk, false)) }
    } }
}
