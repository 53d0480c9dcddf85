//! Markup of proposals and decisions.

use crate::{
    asking_view, deadlock, deadlock_view,
    involving::arranges,
    looking_back::CameBack,
    option_view, people_view,
    record_view::{Record, look_back_form, settled},
    rows::Shown,
    rules::{self, Say},
    telling::diff,
};
use filters::Saved;
use kernel::{Area, Hat, Noun, Paged, Proposal, ProposalState, Scope, Standing};
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
    if let Some(hat) = deadlock::decides_under(scope, p) {
        return vec![hat];
    }
    let awaited = awaited(scope, shown);
    let speaks = |hat: &Hat| scope.matrix.standing(p.area, *hat) >= Standing::Signs && !has_said(shown, *hat);
    scope.who.hats.iter().copied().filter(|hat| speaks(hat) || awaited.contains(hat)).collect()
}

fn has_said(shown: &Shown, hat: Hat) -> bool {
    shown.signatures.iter().any(|(s, _)| s.hat == hat)
}

/// The hats for whose word it waits.
fn awaited(scope: &Scope, shown: &Shown) -> Vec<Hat> {
    scope.awaited(shown.proposal.area, &shown.signatures.iter().map(|(s, _)| s.hat).collect::<Vec<_>>())
}

/// Whether all that are left have said their word, and it only remains to settle it.
fn is_left(scope: &Scope, shown: &Shown) -> bool {
    awaited(scope, shown).iter().all(|hat| has_said(shown, *hat))
}

/// What the hats have said, and one of them would say.
fn said_with(s: &Shown, hat: Hat, say: Say) -> Vec<(Hat, Say)> {
    let before = s.signatures.iter().map(|(s, _)| (s.hat, if s.aside { Say::StandsAside } else { Say::Agrees }));
    before.filter(|(other, _)| *other != hat).chain([(hat, say)]).collect()
}

/// What the page is drawn from.
pub(crate) struct Lists<'a> {
    pub open: &'a Paged<Shown>,
    pub log: &'a Paged<Shown>,
    /// The one that was asked for and stands on another page.
    pub apart: Option<&'a Shown>,
    /// Decisions whose day has come.
    pub back: &'a [CameBack],
    pub record: Record<'a>,
    /// What the log is narrowed by, and what of it cannot be meant.
    pub filter: &'a Filter,
    pub odd: Option<&'a str>,
    pub saved: &'a Saved,
}

pub(crate) fn decisions(scope: &Scope, lists: &Lists) -> Markup {
    let Lists { open, log, apart, back, record, filter, odd, saved } = lists;
    let (mine, others): (Vec<&Shown>, Vec<&Shown>) = open
        .items
        .iter()
        .partition(|s| !waits_for(scope, s).is_empty() || asking_view::is_asked_of(scope, &s.proposal, record.around.talk(s.proposal.meta.id)));
    html! {
        @if let Some(s) = apart { section { h2 { "The one you came for" } @if s.proposal.state == ProposalState::Open { div.proposals { (open_one(scope, record, s)) } } @else { ul.log { (settled(scope, s, record)) } } } }
        @if open.items.is_empty() { (empty("gavel", "Nothing waits for a decision", "What someone may not decide alone lands here as a proposal: the change as it would be, to be signed or declined with a reason. You can also ask for a decision, with options to compare.", html! {})) }
        @if !mine.is_empty() { section { h2 { "Waiting for you" span.quiet { " " (mine.len()) @if open.next.is_some() { "+" } } } (pile(scope)) div.proposals { @for s in &mine { (open_one(scope, record, s)) } } } }
        @if !others.is_empty() { section { h2 { "Waiting for others" } div.proposals { @for s in &others { (open_one(scope, record, s)) } } } }
        @if let Some(next) = &open.next { p { a.button href={ "?waiting=" (next) } { "More that wait" } } }
        (came_back(scope, back))
        section { h2 { "Decision log" " " a.button.plain href={ "decisions.md?" (filter.address()) } hx-boost="false" { "As Markdown" } }
            @if filter.is_plain() && odd.is_none() && log.items.is_empty() && saved.is_empty() { p.hint { "Nothing has been settled yet." } } @else {
            (crate::filter::bar(filter))
            div.list-tools { (filters::view(scope, saved, &[])) (web::downloads(scope, "decisions", &filter.address())) }
            @if let Some(odd) = odd { p.hint role="status" { (odd) } }
            @else if log.items.is_empty() { p.hint { @if filter.is_plain() { "Nothing has been settled yet." } @else { "No settled decision fits." } } }
            ul.log { @for s in &log.items { (settled(scope, s, record)) } } }
            @if let Some(next) = &log.next { p { a.button href={ "?" (filter.address()) "after=" (next) } { "Earlier decisions" } } }
        }
    }
}

/// Decisions whose day has come, each with the question that it comes back with.
fn came_back(scope: &Scope, back: &[CameBack]) -> Markup {
    html! { @if !back.is_empty() { section #came-back { h2 { "Did it hold?" span.quiet { " " (back.len()) } }
        ul.lines { @for one in back { @let id = one.id.simple().to_string(); li.long {
            span.what { span.key { "D-" (one.number) } " " a href={ "decisions?show=" (id) "#p-" (id) } { bdi { (one.title) } } span.quiet { " since " (date(scope, &one.since)) } }
            (disclosure(&format!("back-{id}"), "Say whether it held", "", look_back_form(scope, &id)))
        } } }
    } } }
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

pub(crate) fn state_pill(state: ProposalState) -> Markup {
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

pub(crate) fn byline(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    html! { p.byline { (avatar(s.assistant_name.as_deref().unwrap_or(&s.author_name))) " "
    @if let Some(assistant) = &s.assistant_name { strong { bdi { (assistant) } } " for " } strong { bdi { (s.author_name) } } @if let Some(hat) = p.hat { " as " (hat.title()) } ", " (time(scope, p.meta.created_at, scope.now)) " · " (p.area.says())
    @if let Some(due) = &p.due_on { " · answer by " (date(scope, due)) @if p.state == ProposalState::Open && *due < when::day_in(scope.now, &scope.who.zone) { " " (pill("critical", "overdue")) } } } }
}

fn open_one(scope: &Scope, record: &Record, s: &Shown) -> Markup {
    let p = &s.proposal;
    let hats = waits_for(scope, s);
    let id = p.id().to_string();
    let (votes, around) = (record.votes, record.around);
    let said = around.talk(p.meta.id);
    let last = |hat: &Hat| rules::settles(&scope.matrix, p.area, &scope.held, &said_with(s, *hat, Say::Agrees));
    let blocked = asking_view::is_objected_to(said) && hats.iter().any(last);
    html! { article.proposal id={ "p-" (id) } data-id=(id) data-open tabindex="-1" aria-label=(p.title) {
        h3 { @if !hats.is_empty() { input type="checkbox" data-pick value=(id) aria-label={ "Choose “" (p.title) "”" }; } bdi { (p.title) } }
        (byline(scope, s))
        (asking_view::open(scope, p, said, blocked))
        (deadlock_view::open(scope, p, record.beside))
        @if !p.reason.is_empty() { p.reason dir="auto" { "“" (p.reason) "”" } }
        @if let Some(other) = record.beside.older(p) { p.quiet { "Would replace " a href={ "decisions?show=" (other.id.simple()) "#p-" (other.id.simple()) } { @if let Some(number) = other.number { span.key { "D-" (number) } " " } bdi { (other.title) } } } }
        (option_view::compared(scope, p, record.beside))
        (around.files(scope, p.meta.id))
        (diff(scope, record.names, &p.effects))
        (people_view::involved(p, record.beside))
        (people_view::about(scope, p, record.beside))
        (signatures(scope, s))
        (people_view::review_day(scope, p))
        @if blocked { p.hint { "The objection is answered before the last signature." } }
        div.row {
            @for hat in hats.iter().filter(|_| !blocked) { @if p.commands.is_empty() { (answer(scope, p, *hat)) } @else { form.act method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat); input type="hidden" name="seal" value=(p.seal); button.primary type="submit" data-press="y" { @if has_said(s, *hat) { "Settle it as " } @else { "Sign as " } (hat.title()) } } } }
            @if !hats.is_empty() { (disclosure_by_key(Some('n'), &format!("decline-{id}"), "Decline", "", html! { form.stack method="post" action=(action(scope, "proposal.decline")) data-act data-next { input type="hidden" name="proposal" value=(id); (limited("proposal.decline", area_field("note", "Why not", "", 3))) button type="submit" { "Decline with this reason" } } })) }
            (aside(scope, s, if blocked { &[] } else { &hats }))
            (asking_view::forms(scope, p, said, decides(scope, p)))
            (option_view::add(scope, p, record.beside))
            (reword(scope, p))
            (people_view::ways(scope, p, record.come))
            (remind(scope, s, &hats))
            @if Some(p.author) == scope.who.member { form.act method="post" action=(action(scope, "proposal.withdraw")) data-act { input type="hidden" name="proposal" value=(id); button.plain type="submit" { "Withdraw" } } }
            (votes.way(scope, p.meta.id))
            (around.attach(scope, p.meta.id))
            (around.watch(scope, p.meta.id))
        }
        (people_view::forms(scope, p, record.come))
        (votes.form(scope, p.meta.id))
        (votes.on(scope, p.meta.id))
        (around.folded(scope, p.meta.id, "Say something about it", true))
    } }
}

/// One's own words can be changed while it is open.
fn reword(scope: &Scope, p: &Proposal) -> Markup {
    let id = p.id().to_string();
    html! { @if Some(p.author) == scope.who.member && scope.who.assistant.is_none() { (disclosure(&format!("reword-{id}"), "Reword", "plain", html! {
    form.stack method="post" action=(action(scope, "proposal.reword")) data-act {
        input type="hidden" name="proposal" value=(id); input type="hidden" name="version" value=(p.meta.version);
        (limited("proposal.reword", html! { (field("title", "Title", &p.title)) (area_field("reason", "Reason", &p.reason, 4)) }))
        (option_view::lapse(p)) p.error data-error="" {} button.primary type="submit" { "Save" }
    } })) } }
}

/// A nudge to those for whom it waits, where that is somebody else.
fn remind(scope: &Scope, s: &Shown, mine: &[Hat]) -> Markup {
    let p = &s.proposal;
    let others = awaited(scope, s).iter().any(|hat| !mine.contains(hat));
    html! { @if others && arranges(p, scope) { form.act method="post" action=(action(scope, "proposal.remind")) data-act {
    input type="hidden" name="proposal" value=(p.id()); button.plain type="submit" title="Each is reminded once a day at most." { "Remind them" } } } }
}

/// Whether one of the reader's hats settles it alone: what stands against it is then said by declining. Where several sign,
/// an objection asks for an answer first.
fn decides(scope: &Scope, p: &Proposal) -> bool {
    scope.who.hats.iter().any(|hat| scope.matrix.standing(p.area, *hat) > Standing::Signs)
}

/// Standing aside, for each hat that has said nothing and on which not all rests; and coming back from it.
fn aside(scope: &Scope, s: &Shown, hats: &[Hat]) -> Markup {
    let (p, id) = (&s.proposal, s.proposal.id().to_string());
    let can = |hat: &&Hat| rules::somebody_is_left(&scope.matrix, p.area, &scope.held, &said_with(s, **hat, Say::StandsAside));
    let back = s.signatures.iter().map(|(s, _)| s).filter(|s| {
        s.aside
            && !hats.contains(&s.hat)
            && scope.who.assistant.is_none()
            && scope.who.hats.contains(&s.hat)
            && scope.matrix.standing(p.area, s.hat) >= Standing::Signs
    });
    html! {
        @for hat in hats.iter().filter(can) { (disclosure(&format!("aside-{id}-{hat}"), &format!("Stand aside as {}", hat.title()), "plain", html! { form.stack method="post" action=(action(scope, "proposal.stand_aside")) data-act data-next {
            input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat); input type="hidden" name="seal" value=(p.seal);
            p.hint { "You do not agree and do not block. Somebody else has to agree." }
            (limited("proposal.stand_aside", area_field("note", "Why, if you want to say it", "", 2))) p.error data-error="" {} button type="submit" { "Stand aside" } } })) }
        @for s in back { form.act method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(s.hat); button.plain type="submit" { "Sign as " (s.hat.title()) " after all" } } }
    }
}

/// A question is answered in words, which stand with the signature.
fn answer(scope: &Scope, p: &Proposal, hat: Hat) -> Markup {
    let id = p.id().to_string();
    disclosure_by_key(
        Some('y'),
        &format!("answer-{id}-{hat}"),
        &format!("Answer as {}", hat.title()),
        "primary",
        html! { form.stack method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat); input type="hidden" name="seal" value=(p.seal);
        (limited("proposal.sign", area_field("note", "Your answer; empty agrees with what was suggested", "", 3))) button.primary type="submit" { "Answer" } } },
    )
}

pub(crate) fn signatures(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    let open = p.state == ProposalState::Open;
    html! { ul.signatures {
        @for (signature, name) in &s.signatures { li { (avatar(name)) span { bdi { (name) } " " (if signature.aside { "stood aside" } else if signature.agrees { "signed" } else { "declined" }) " as " } span class={ "hat hat-" (signature.hat) } { span.dot {} (signature.hat.title()) } span.quiet { " " (time(scope, signature.meta.created_at, scope.now)) } @if !signature.note.is_empty() { span.reason { " “" bdi { (signature.note) } "”" } } } }
        @if open { @for hat in awaited(scope, s).into_iter().filter(|hat| !has_said(s, *hat)) { li.waiting { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } span.quiet { " has yet to sign" @let days = (scope.now - p.meta.created_at) / 86_400_000; @if days > 0 { ", for " (several(days, "day")) } } } } }
        @for hat in if open { scope.missing(p.area) } else { p.passed_over.0.clone() } { li.quiet { @if open { "Nobody holds the hat of " (hat.title()) "; it is passed over." } @else { "Nobody held the hat of " (hat.title()) "; it was passed over." } } }
    }
    @if open && p.decider.is_none() && is_left(scope, s) { p.hint { "All who are left have had their say. It is settled as it stands once one of them says so; or " a href="settings" { "give the hat to somebody" } " first, and it waits for them." } } }
}
