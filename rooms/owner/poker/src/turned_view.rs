//! Markup of cards that are turned over: who laid what, who speaks first, what becomes of it, and what was like it before.

use crate::{
    model::*,
    pages::{AtHand, Table},
    session_view::{pass, settles},
    spread::Spread,
};
use kernel::{Area, Id, Noun, Scope, Uuid};
use people::name_in;
use web::{Markup, action, area_field, avatar, command_form, html, keyed, listed_people, pill, points, several, who_decides};

/// What was laid, who speaks, and the ways on.
pub(crate) fn turned(scope: &Scope, table: &Table, at: &AtHand) -> Markup {
    let id = at.round.id().to_string();
    let votes: Vec<PokerVote> = at.votes.iter().filter(|vote| vote.round == at.round.id()).cloned().collect();
    let spread = Spread::of(&votes);
    html! {
        (verdict(table, spread.as_ref()))
        (cards(table, at, at.round.id()))
        @if table.poker.ended_at.is_none() {
            @if settles(scope) { (take_over(scope, table, at, spread.as_ref())) } @else { p.hint { (who_decides(scope, Area::Estimates)) " They take a card over as its size." } }
            @if leads(&table.poker, scope) { div.row {
                form.act method="post" action=(action(scope, "poker_round.again")) data-act data-go={ "poker?session=" (table.poker.id()) } { input type="hidden" name="poker_round" value=(id); button type="submit" { "Vote once more" } }
                (pass(scope, &table.poker, &id))
            } }
        }
    }
}

/// "From 3 to 13. Ines and Jonas speak first."
fn verdict(table: &Table, spread: Option<&Spread>) -> Markup {
    let names = |members: &[Uuid]| listed_people(members.iter().map(|member| name_in(&table.names, *member)).collect::<Vec<_>>());
    let told = |size: f64| {
        let label = table.poker.cards.iter().find(|card| card.points == size).map(|card| card.label.clone());
        label.unwrap_or_else(|| points(Some(size)))
    };
    html! { @match spread {
        None => { p.statement { "Nobody could say. What would have to be known first?" } }
        Some(spread) if spread.lowest == spread.highest => { p.statement { "All who could say said " strong dir="auto" { (told(spread.lowest)) } "." } }
        Some(spread) => {
            p.statement { "From " strong dir="auto" { (told(spread.lowest)) } " to " strong dir="auto" { (told(spread.highest)) } "." }
            p { strong { "Speak first: " } (names(&spread.high)) ", who laid the highest, then " (names(&spread.low)) ", who laid the lowest. What do they know that the others do not?" }
        }
    } }
}

/// The cards of one vote, the highest first.
pub(crate) fn cards(table: &Table, at: &AtHand, round: Id<PokerRound>) -> Markup {
    let votes: Vec<&PokerVote> = at.votes.iter().filter(|vote| vote.round == round).collect();
    let all: Vec<PokerVote> = votes.iter().map(|vote| (*vote).clone()).collect();
    let spread = Spread::of(&all);
    let out = |vote: &PokerVote| spread.as_ref().is_some_and(|s| s.low.contains(&vote.member.0) || s.high.contains(&vote.member.0));
    let missing: Vec<&str> = table
        .poker
        .asked
        .iter()
        .filter(|member| !votes.iter().any(|vote| vote.member.0 == **member))
        .map(|member| name_in(&table.names, *member))
        .collect();
    html! {
        ul.laid { @for vote in votes.iter().copied() { @let name = name_in(&table.names, vote.member.0); li .outlier[out(vote)] {
            strong.face dir="auto" { (vote.card) }
            span { (avatar(name)) " " bdi { (name) } @if out(vote) { " " (pill("warning", "speaks first")) } }
            @if !vote.note.is_empty() { span.quiet { "“" bdi { (vote.note) } "”" } }
        } } }
        @if !missing.is_empty() && !votes.is_empty() { p.hint { "No card from " (listed_people(missing)) "." } }
    }
}

/// The result, with the card in the middle chosen already.
fn take_over(scope: &Scope, table: &Table, at: &AtHand, spread: Option<&Spread>) -> Markup {
    let chosen = spread.and_then(|spread| scale::nearest(&table.poker.cards, spread.middle)).map(|card| card.label.as_str());
    let alike = spread.is_some_and(|spread| spread.lowest == spread.highest);
    command_form(
        scope,
        Area::Estimates,
        "poker_round.take",
        "Take it over as its size",
        html! {
            input type="hidden" name="poker_round" value=(at.round.id());
            fieldset.choices.across { legend { "Its size" }
                @for card in table.poker.cards.iter() { label.check title=(several(points(Some(card.points)), "point")) { input type="radio" name="card" value=(card.label) checked[chosen == Some(card.label.as_str())]; bdi { (card.label) } } }
                span.error data-error="card" {} }
            (area_field("reason", if alike { "Why, if you want to say it" } else { "Why this one" }, "", 2))
        },
    )
}

/// The votes before, each with its cards.
pub(crate) fn earlier(table: &Table, at: &AtHand) -> Markup {
    html! { @for round in at.earlier.iter().rev() { details.more.vote-before { summary { (web::capital(&web::ordinal(round.turn))) " vote: " bdi { (in_short(at, round.id())) } } (cards(table, at, round.id())) } } }
}

/// "8, 5, 3".
fn in_short(at: &AtHand, round: Id<PokerRound>) -> String {
    at.votes.iter().filter(|vote| vote.round == round).map(|vote| vote.card.as_str()).collect::<Vec<_>>().join(", ")
}

/// What was like it and is done.
pub(crate) fn alike(scope: &Scope, at: &AtHand) -> Markup {
    html! { section aria-label="Like it before" { h3 { "Like it, and done" }
        @if at.alike.is_empty() { p.hint { "No accepted story is much like this one." } }
        @else { div.scroll tabindex="0" role="region" aria-label="Stories like it" { table.list { thead { tr { th scope="col" { "Story" } th.num scope="col" { "Points" } th.num scope="col" { "Days it took" } } }
            tbody { @for one in &at.alike { tr { td { a href={ "story/" (one.number) } { (keyed(scope, one.number, &one.title)) } } td.num { (points(one.points)) } td.num { @match one.days { Some(days) => { (days) } None => { span.quiet { "–" } } } } } } } } }
            p.hint { "Days from the first one of work to the verdict, both counted." } }
    } }
}
