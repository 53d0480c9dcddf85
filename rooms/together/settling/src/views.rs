//! Markup of slips: to be sorted, and side by side.

use crate::{
    commands::leads,
    model::{Pile, Sorting},
    rows::Row,
    sealing::{Deck, Put},
};
use activity::Line;
use kernel::{Area, Noun, Scope, Standing, Uuid};
use notices::Around;
use people::Seer;
use std::collections::HashMap;
use web::{
    Markup, act_label, action, area_field, avatar, capital, disclosure, empty, field, html, icon, limited, listed_people, may, meter, pill, select,
    several, time,
};

/// Nothing is laid out: what this is for, and the way to begin.
pub(crate) fn none(scope: &Scope, people: &[Seer], earlier: &[Sorting]) -> Markup {
    html! {
        (empty("scale", "Who decides what, settled together", "A slip for each kind of decision, with examples from this product's own week. Everyone sorts them alone; then all sorts are laid side by side, differences first, and each is settled with a reason.", html! {
            @if leads(scope) { (begin(scope, people)) } @else { p.hint { "Whoever decides on the agreement lays out the slips." } }
        }))
        (earlier_ones(scope, earlier))
    }
}

fn begin(scope: &Scope, people: &[Seer]) -> Markup {
    html! { form.stack method="post" action=(action(scope, "sorting.begin")) data-act {
        fieldset.choices.across { legend { "Who sorts" }
            @for person in people { label.check { input type="checkbox" name="asked" value=(person.id.simple().to_string()) checked[person.standing >= Standing::Signs]; bdi { (person.name) } } }
            span.error data-error="asked" {} }
        @if people.len() < 2 { p.hint { "You would sort alone. " a href="settings#invite" { "Bring your counterpart in" } " first, and there is something to lay side by side." } }
        p.error data-error="" {} button.primary type="submit" { "Lay out the slips" }
    } }
}

fn earlier_ones(scope: &Scope, earlier: &[Sorting]) -> Markup {
    html! { @if !earlier.is_empty() { section { h2 { "Earlier" } ul.lines { @for one in earlier { li {
        a href={ "sorting?show=" (one.id()) } { "Sorted by " (several(one.asked.len(), "person").replace("persons", "people")) }
        span.quiet { (time(scope, one.meta.created_at, scope.now)) }
    } } } } } }
}

/// What is shown while everyone sorts for themselves.
pub(crate) struct Alone {
    /// Who is through with theirs, and who has begun.
    pub finished: Vec<Uuid>,
    pub begun: Vec<Uuid>,
    pub names: HashMap<Uuid, String>,
    /// What the reader has sorted.
    pub deck: Deck,
    pub examples: HashMap<Area, Vec<Line>>,
    /// The reader sorts.
    pub asked: bool,
    pub around: Around,
}

pub(crate) fn alone(scope: &Scope, sorting: &Sorting, alone: &Alone) -> Markup {
    let (sorted, all) = (alone.deck.len(), Area::ALL.len());
    html! {
        p.lead { "Each of you sorts alone: who decides on this? Nobody reads where you put a slip before all are laid side by side." }
        (who_is_through(sorting, alone))
        @if sorted == all && alone.asked { (what_next(scope, sorting, alone)) }
        @if alone.asked {
            p role="status" { strong { (sorted) " of " (several(all, "slip")) } " sorted " (meter("Sorted slips", sorted as f64 / all as f64)) }
            ol.slips { @for area in Area::ALL { (slip(scope, sorting, *area, alone)) } }
        }
        div.row {
            // Whoever sorts is asked for it once they are through, at the top.
            @if leads(scope) && !alone.asked { (lay_open(scope, sorting)) }
            (put_away(scope, sorting, "Put the slips away"))
        }
        (said(scope, sorting, &alone.around))
    }
}

/// Whom it waits for, or that nothing is in the way.
fn what_next(scope: &Scope, sorting: &Sorting, alone: &Alone) -> Markup {
    let open: Vec<&str> = sorting
        .asked
        .iter()
        .filter(|member| !alone.finished.contains(member))
        .filter_map(|member| alone.names.get(member))
        .map(String::as_str)
        .collect();
    html! { div.banner.good {
        @if open.is_empty() { span { "Everyone is through. " } }
        @else { span { "You are through; until all is laid side by side you can still change your mind. It waits for " (listed_people(open)) ". " } }
        @if alone.finished.len() >= sorting.asked.len() || leads(scope) { (lay_open(scope, sorting)) }
    } }
}

fn lay_open(scope: &Scope, sorting: &Sorting) -> Markup {
    html! { form.act method="post" action=(action(scope, "sorting.open")) data-act {
    input type="hidden" name="sorting" value=(sorting.id()); button.primary type="submit" { "Lay the sorts side by side" } } }
}

fn said(scope: &Scope, sorting: &Sorting, around: &Around) -> Markup {
    html! { section { h2 { "What you say about it" } (around.view(scope, sorting.meta.id)) } }
}

fn who_is_through(sorting: &Sorting, alone: &Alone) -> Markup {
    html! { ul.through { @for member in sorting.asked.iter() { @let name = people::name_in(&alone.names, *member); li {
        (avatar(name)) " " bdi { (name) } " "
        @if alone.finished.contains(member) { (pill("good", "through")) } @else if alone.begun.contains(member) { (pill("neutral", "sorting")) } @else { span.quiet { "has yet to begin" } }
    } } } }
}

/// One slip: what it is about, with examples, and the piles it can be put on. One press puts it there.
fn slip(scope: &Scope, sorting: &Sorting, area: Area, alone: &Alone) -> Markup {
    let put = alone.deck.get(&area);
    html! { li.slip id={ "slip-" (area) } .sorted[put.is_some()] {
        form.stack method="post" action=(action(scope, "sorting.sort")) data-act {
            input type="hidden" name="sorting" value=(sorting.id()); input type="hidden" name="area" value=(area);
            h3 { @if put.is_some() { (icon("check")) } (capital(area.word())) }
            p { (area.covers()) "." }
            (examples(alone.examples.get(&area)))
            div.piles role="group" aria-label={ "Who decides on " (area) } { @for pile in Pile::ALL { @let chosen = put.is_some_and(|put| put.pile == *pile);
                button type="submit" name="pile" value=(pile) aria-pressed=(if chosen { "true" } else { "false" }) { (capital(pile.says())) } } }
            (limited("sorting.sort", field("note", "Why, if you want to say it", put.map_or("", |put: &Put| put.note.as_str()))))
            p.error data-error="" {}
        }
    } }
}

/// "This week: Tomas moved ORB-7, Mara scored Rain mode".
fn examples(lines: Option<&Vec<Line>>) -> Markup {
    html! { @if let Some(lines) = lines { ul.examples { @for line in lines { li.quiet {
    bdi { (activity::who(line)) } " " (activity::verb(line).trim_end_matches(':')) " “" bdi { (web::clipped(&line.label, 80)) } "”" } } } } }
}

fn put_away(scope: &Scope, sorting: &Sorting, label: &str) -> Markup {
    html! { @if leads(scope) && sorting.ended_at.is_none() { form.act method="post" action=(action(scope, "sorting.end")) data-act {
    input type="hidden" name="sorting" value=(sorting.id()); button.plain type="submit" { (label) } } } }
}

type Names = HashMap<Uuid, String>;

pub(crate) fn side_by_side(scope: &Scope, sorting: &Sorting, rows: &[Row], names: &Names, around: &Around) -> Markup {
    let alike = rows.iter().filter(|row| row.settled.is_none() && row.alike().is_some()).count();
    let differ = rows.iter().filter(|row| row.settled.is_none() && row.alike().is_none()).count();
    let settled = rows.iter().filter(|row| row.settled.is_some()).count();
    let going_on = sorting.ended_at.is_none();
    html! {
        @if sorting.opened_at.is_none() { p.hint { "These slips were put away before anybody laid them open." } }
        @else {
            p.lead { @if going_on { "You differ on " (several(differ, "area")) ", agree on " (several(alike, "area")) ", and " @match settled { 0 => { "none is" } 1 => { "1 is" } _ => { (settled) " are" } } " settled." } @else { (several(settled, "area")) " settled " (time(scope, sorting.ended_at.unwrap_or_default(), scope.now)) "." } }
            @if going_on && alike > 0 && may(scope, Area::Agreement) { (disclosure("settle-alike", &act_label(scope, Area::Agreement, &format!("Settle the {} on which all agree", several(alike, "area"))), "", html! {
                form.stack method="post" action=(action(scope, "sorting.settle_alike")) data-act {
                    input type="hidden" name="sorting" value=(sorting.id());
                    (limited("sorting.settle_alike", area_field("reason", "Why, in a sentence", "We all see it so.", 2)))
                    p.error data-error="" {} button.primary type="submit" { (act_label(scope, Area::Agreement, "Settle them")) }
                } })) }
            ol.sorted { @for row in rows { (area_row(scope, sorting, row, names, going_on)) } }
        }
        div.row { (put_away(scope, sorting, "Put the slips away, leave the rest as agreed")) a.button.plain href="who-decides" { "The agreement" } @if !going_on { a.button.plain href="sorting" { "All sortings" } } }
        (said(scope, sorting, around))
    }
}

fn area_row(scope: &Scope, sorting: &Sorting, row: &Row, names: &Names, going_on: bool) -> Markup {
    let now = Pile::of(&scope.agreed, row.area);
    html! { li.area-row id={ "area-" (row.area) } {
        div.head { h3 { (capital(row.area.word())) }
            @if row.settled.is_some() { (pill("good", "settled")) } @else if row.alike().is_some() { (pill("neutral", "all agree")) } @else if !row.slips.is_empty() { (pill("warning", "you differ")) } @else { span.quiet { "nobody sorted it" } } }
        p.hint { (row.area.covers()) ". Agreed now: " @match now { Some(pile) => { (pile.says()) } None => { "a mix of your own" } } "." }
        ul.slips-of { @for slip in &row.slips { @let name = people::name_in(names, slip.member); li {
            (avatar(name)) span { bdi { (name) } ": " strong { (slip.pile.says()) } @if !slip.note.is_empty() { span.reason { " “" bdi { (slip.note) } "”" } } } } } }
        @if let Some(settled) = &row.settled { p { (icon("check")) " " strong { (capital(settled.pile.says())) } ": " bdi { (settled.reason) } } }
        @else if let Some((proposal, pile)) = row.waits { p { (icon("gavel")) " " a href={ "decisions?show=" (proposal.simple()) "#p-" (proposal.simple()) } { (capital(pile.says())) } span.quiet { " waits for a signature" } } }
        @else if going_on && may(scope, Area::Agreement) { (settle(scope, sorting, row, now)) }
    } }
}

/// Which pile it is to be, with the reason.
fn settle(scope: &Scope, sorting: &Sorting, row: &Row, now: Option<Pile>) -> Markup {
    let piles: Vec<(String, String)> =
        Pile::ALL.iter().filter(|pile| **pile != Pile::Unsure).map(|pile| (pile.to_string(), capital(pile.says()))).collect();
    let chosen = row.alike().or(now).map_or("", Pile::word);
    disclosure(
        &format!("settle-{}", row.area),
        &act_label(scope, Area::Agreement, "Settle"),
        "",
        html! { form.stack method="post" action=(action(scope, "sorting.settle")) data-act {
            input type="hidden" name="sorting" value=(sorting.id()); input type="hidden" name="area" value=(row.area);
            (select("pile", &format!("On {}", row.area.spoken()), &piles, chosen))
            (limited("sorting.settle", area_field("reason", "Why, in a sentence", "", 2)))
            p.error data-error="" {} div.row { button.primary type="submit" { (act_label(scope, Area::Agreement, "Settle it so")) } (web::both_sign(scope, Area::Agreement)) }
        } },
    )
}
