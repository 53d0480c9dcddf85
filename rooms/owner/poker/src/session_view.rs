//! Markup of one session: the story at hand with its criteria, the cards, and the other stories.

use crate::{
    model::*,
    pages::{AtHand, Table},
    rounds::is_over,
    turned_view,
    views::{self, LEAD},
};
use backlog::{Form, Story, kind_icon, scenario_view};
use kernel::{Area, Noun, Scope};
use people::name_in;
use web::{
    Markup, action, area_field, avatar, disclosure, field, html, icon, input, keyed, limited, listed_people, pill, points, several, text::markdown,
};

pub(crate) fn session(scope: &Scope, table: &Table, around: &Markup) -> Markup {
    let poker = &table.poker;
    html! {
        p.crumb { a href="poker" { "Planning poker" } " · begun by " bdi { (name_in(&table.names, poker.member.0)) } @if let Some(day) = &poker.ends_on { " · each alone until " (views::until(scope, day, poker.ends_at)) } }
        @if poker.ended_at.is_none() { p.hint { (LEAD) } }
        div.poker {
            div.at-hand { @match &table.at { Some(at) => { (at_hand(scope, table, at)) } None => { (through(scope, table)) } } }
            (stories(scope, table))
        }
        section { h2 { "What you say about it" } (around) }
    }
}

/// The newest round of each story, in their order.
fn newest(table: &Table) -> Vec<&PokerRound> {
    let mut newest: Vec<&PokerRound> = vec![];
    for round in &table.rounds {
        match newest.last_mut() {
            Some(last) if last.story == round.story => *last = round,
            _ => newest.push(round),
        }
    }
    newest
}

fn stories(scope: &Scope, table: &Table) -> Markup {
    let newest = newest(table);
    let done = newest.iter().filter(|round| !round.is_open()).count();
    html! { section.of-session aria-label="Stories" {
        h2 { "Stories " span.quiet { (done) " of " (newest.len()) " done" } }
        ol.lines { @for round in &newest { li {
            @let here = table.at.as_ref().is_some_and(|at| at.round.id() == round.id());
            a.what href={ "poker?session=" (table.poker.id()) "&round=" (round.id()) } aria-current=[here.then_some("true")] { (called_story(scope, table.stories.get(&round.story.0))) }
            (state(table, round))
        } } }
        (looking_after(scope, table))
    } }
}

fn called_story(scope: &Scope, story: Option<&Story>) -> Markup {
    html! { @match story { Some(story) => { (keyed(scope, story.number, &story.title)) } None => { "A story that is not here any more" } } }
}

fn state(table: &Table, round: &PokerRound) -> Markup {
    html! { @match round.state {
        RoundState::Taken => { (pill("good", &several(points(round.points), "point"))) }
        RoundState::Passed => { span.quiet { "left" } }
        RoundState::Turned => { (pill("warning", "to settle")) }
        RoundState::On | RoundState::Again if table.laid.contains(&round.meta.id) => { span.quiet { (icon("check")) " you have laid a card" } }
        RoundState::On | RoundState::Again if table.asked => { (pill("neutral", "your card")) }
        RoundState::On | RoundState::Again => { span.quiet { "cards are being laid" } }
    } }
}

/// What whoever leads does less often.
fn looking_after(scope: &Scope, table: &Table) -> Markup {
    let poker = &table.poker;
    let id = poker.id().to_string();
    let left = table.rounds.iter().filter(|round| round.is_open()).count();
    html! { @if leads(poker, scope) && poker.ended_at.is_none() { div.row {
        (disclosure("more-stories", "More stories", "plain", html! { form.stack method="post" action=(action(scope, "poker.add_stories")) data-act {
            input type="hidden" name="poker" value=(id);
            (field("stories", "Keys, with commas: ORB-7, ORB-12", ""))
            p.error data-error="" {} div.row { button.primary type="submit" { "Put them to it" } } } }))
        (disclosure("edit-poker", "Change", "plain", html! { form.stack method="post" action=(action(scope, "poker.edit")) data-act {
            input type="hidden" name="poker" value=(id); input type="hidden" name="version" value=(poker.meta.version);
            (limited("poker.edit", field("title", "What it is called", &poker.title))) div.pair { (input("date", "ends_on", "Each alone until", poker.ends_on.as_deref().unwrap_or(""))) (input("time", "ends_time", "At (optional)", &table.ends_time)) }
            p.error data-error="" {} div.row { button.primary type="submit" { "Save" } } } }))
        (disclosure("end-poker", "End it", "plain", html! { form.stack method="post" action=(action(scope, "poker.end")) data-act {
            input type="hidden" name="poker" value=(id);
            p { @if left == 0 { "All stories are done." } @else { (several(left, "story")) (if left == 1 { " stays" } else { " stay" }) " without an estimate from here, and cards that nobody has turned over are thrown away unread." } }
            p.error data-error="" {} div.row { button.primary type="submit" { "End it" } } } }))
    } } }
}

/// Nothing is left to estimate.
fn through(scope: &Scope, table: &Table) -> Markup {
    let taken = table.rounds.iter().filter(|round| round.state == RoundState::Taken);
    let total: f64 = taken.clone().filter_map(|round| round.points).sum();
    html! { section {
        h2 { "Through" }
        p { (several(taken.clone().count(), "story")) " estimated, " (several(points(Some(total)), "point")) " in all." }
        ul.lines { @for round in taken { li {
            @match table.stories.get(&round.story.0) { Some(story) => { a.what href={ "story/" (story.number) } { (keyed(scope, story.number, &story.title)) } } None => { span.what { "A story that is not here any more" } } }
            strong { (several(points(round.points), "point")) }
            @if !round.reason.is_empty() { span.quiet { "“" bdi { (round.reason) } "”" } }
        } } }
        @if table.poker.ended_at.is_none() && leads(&table.poker, scope) {
            form.act method="post" action=(action(scope, "poker.end")) data-act { input type="hidden" name="poker" value=(table.poker.id()); button.primary type="submit" { "End it" } }
        }
        p { a.button href="sprint" { "Go on to the sprint" } " " a.button.plain href="poker" { "All sessions" } }
    } }
}

fn at_hand(scope: &Scope, table: &Table, at: &AtHand) -> Markup {
    html! {
        article.estimated data-id=(at.round.id()) {
            @match &at.story {
                Some(story) => { (told(scope, at, story)) }
                None => { p.banner.warning { "This story is not here any more." } }
            }
            @match at.round.state {
                RoundState::On => { (laying(scope, table, at)) }
                RoundState::Turned => { (turned_view::turned(scope, table, at)) }
                RoundState::Taken => { (turned_view::cards(table, at, at.round.id())) p { (pill("good", "taken over")) " " strong { (several(points(at.round.points), "point")) } @if let Some(by) = at.round.settled_by { " by " bdi { (name_in(&table.names, by.0)) } } @if !at.round.reason.is_empty() { ": “" bdi { (at.round.reason) } "”" } } }
                RoundState::Again => { (turned_view::cards(table, at, at.round.id())) p.hint { "After this vote the story was voted on once more." } }
                RoundState::Passed => { p.hint { "It was left without an estimate." } }
            }
            @if !at.round.is_open() && table.poker.ended_at.is_none() { p { a.button href={ "poker?session=" (table.poker.id()) } { "Go on with the others" } } }
            (turned_view::earlier(table, at))
            (turned_view::alike(scope, at))
        }
    }
}

/// What the story says, and its criteria.
fn told(scope: &Scope, at: &AtHand, story: &Story) -> Markup {
    let dots = |text: &str| if text.is_empty() { "…".to_owned() } else { text.to_owned() };
    html! {
        header { (kind_icon(story.kind)) a.key href={ "story/" (story.number) } { (scope.key(story.number)) } h2 dir="auto" { (story.title) }
            @if at.round.turn > 1 { span.quiet { (web::ordinal(at.round.turn)) " vote" } }
            @if let Some(size) = story.points { span.quiet { "now " (several(points(Some(size)), "point")) } } }
        @if !story.so_that.is_empty() || !story.wants.is_empty() { p.statement { "As a " em { bdi { (dots(&story.persona)) } } " I want " em { bdi { (dots(&story.wants)) } } " so that " em { bdi { (dots(&story.so_that)) } } "." } }
        @if !story.body.is_empty() { details.more open[story.body.len() < 600] { summary { "Notes" } div.prose { (markdown(&story.body)) } } }
        section aria-label="Acceptance criteria" { h3 { "Acceptance criteria" }
            @if at.criteria.is_empty() { p.hint { "None yet. What is to be true when it is done?" } }
            @else { ol.criteria-list { @for c in &at.criteria { li { @if c.form == Form::Scenario { (scenario_view(&c.body)) } @else { div.prose { (markdown(&c.body)) } } } } } } }
    }
}

/// Laying a card, and who has laid theirs.
fn laying(scope: &Scope, table: &Table, at: &AtHand) -> Markup {
    let poker = &table.poker;
    let id = at.round.id().to_string();
    let here = format!("poker?session={}{}", poker.id(), if poker.ends_on.is_some() { format!("&round={id}") } else { String::new() });
    let ends = leads(poker, scope) || table.asked && is_over(poker, scope);
    html! {
        @if table.asked { (deck(scope, poker, at)) } @else { p.hint { "You lay no card here. What was laid stands here once it is turned over." } }
        (who_has(table, at))
        div.row {
            @if ends { form.act method="post" action=(action(scope, "poker_round.reveal")) data-act { input type="hidden" name="poker_round" value=(id); button type="submit" disabled[at.who.is_empty()] { "Turn the cards over" } } }
            @if leads(poker, scope) { (pass(scope, poker, &id)) }
            // The page follows by itself; without script it is asked for again. Each alone stays with the story they look at.
            noscript { a.button.plain href=(here) { "See who has laid a card by now" } }
        }
    }
}

/// Whoever looked at one story by its name goes on to whatever comes next.
pub(crate) fn pass(scope: &Scope, poker: &Poker, round: &str) -> Markup {
    html! { form.act method="post" action=(action(scope, "poker_round.pass")) data-act data-go={ "poker?session=" (poker.id()) } { input type="hidden" name="poker_round" value=(round); button.plain type="submit" { "Leave it without an estimate" } } }
}

/// The cards: one tap lays one.
fn deck(scope: &Scope, poker: &Poker, at: &AtHand) -> Markup {
    let own = at.own.as_ref();
    let card = |label: &str, says: &str| {
        let laid = own.is_some_and(|own| own.card == label);
        html! { button.lay type="submit" name="card" value=(label) title=(says) aria-pressed=(if laid { "true" } else { "false" }) dir="auto" { (label) } }
    };
    html! { form.deck method="post" action=(action(scope, "poker_round.vote")) data-act {
        input type="hidden" name="poker_round" value=(at.round.id());
        h3 { @if own.is_some() { "Your card is laid" } @else { "Lay your card" } }
        div.cards role="group" aria-label="Your card" {
            @for one in poker.cards.iter() { (card(&one.label, &several(points(Some(one.points)), "point"))) }
            (card(UNSURE, "I cannot say"))
        }
        p.hint { "Only you see it until all are turned over; until then you can lay another." }
        details.more open[own.is_some_and(|own| !own.note.is_empty())] { summary { "With a word to the others" }
            (limited("poker_round.vote", area_field("note", "What they are to know, before you choose a card", own.map_or("", |own| own.note.as_str()), 2))) }
        p.error data-error="" {} p.error data-error="card" {}
    } }
}

/// "Ines and Jonas have laid a card. Waiting for Tomas."
fn who_has(table: &Table, at: &AtHand) -> Markup {
    let (laid, open): (Vec<_>, Vec<_>) = table.poker.asked.iter().partition(|member| at.who.contains(member));
    let names = |members: &[&kernel::Uuid]| listed_people(members.iter().map(|member| name_in(&table.names, **member)).collect::<Vec<_>>());
    html! { p.around-table role="status" {
        @for member in table.poker.asked.iter() { @let name = name_in(&table.names, *member); span.seat .has-laid[at.who.contains(member)] { (avatar(name)) } }
        span { @if laid.is_empty() { "Nobody has laid a card yet. " } @else { (names(&laid)) (if laid.len() == 1 { " has laid a card. " } else { " have laid a card. " }) }
        @if !open.is_empty() { "Waiting for " (names(&open)) "." } }
    } }
}

/// Whether sizes are the reader's to set.
pub(crate) fn settles(scope: &Scope) -> bool {
    web::may(scope, Area::Estimates)
}
