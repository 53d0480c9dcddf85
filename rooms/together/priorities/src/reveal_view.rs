//! Markup of a round that is revealed: how far people agree, where they lie furthest apart, and what follows of it.

use crate::{
    charts::in_words,
    forms::answer_field,
    items::Item,
    model::*,
    opened::Opened,
    reveal::{Agreement, Gap},
    rounds::looks_after,
    table::told,
};
use kernel::{Noun, Scope, Uuid};
use people::name_in;
use std::collections::HashMap;
use web::{
    Markup, action, area_field, avatar, command_form, date, disclosure, html, keyed, limited, listed_people, pill, several, telling::figure, when,
};

type Names = HashMap<Uuid, String>;

/// So many gaps are shown at first; the narrow ones behind them can be opened.
const WIDEST: usize = 10;

pub(crate) fn one(scope: &Scope, opened: &Opened, names: &Names, around: &Markup) -> Markup {
    let (round, scheme) = (&opened.round, &opened.scheme);
    let settles = settles(scope, opened);
    let (wide, narrow) = opened.revealed.gaps.split_at(opened.revealed.gaps.len().min(WIDEST));
    let settled = wide.iter().filter(|gap| opened.settlement(gap.item, gap.input).is_some()).count();
    html! {
        p.crumb { a href={ "priorities?scheme=" (scheme.id()) } dir="auto" { (scheme.name) } " · " a href="rounds" { "Scoring rounds" } }
        @if let Some(at) = round.adopted_at { div { p.banner.good { "Taken over as scores and order on " (date(scope, &when::day(at))) "." } } }
        (who(opened, names))
        section { h2 { "How far you agree" } (agreement(opened)) }
        section { h2 { "Furthest apart" @if !wide.is_empty() { span.quiet { " " (settled) " of " (wide.len()) " settled" } } }
            @if wide.is_empty() { p.hint { "Nothing lies apart that two people rated." } }
            @for gap in wide { (gap_view(scope, opened, names, gap, settles)) }
            @if !narrow.is_empty() { details.more { summary { (several(narrow.len(), "narrower gap")) } @for gap in narrow { (gap_view(scope, opened, names, gap, settles)) } } }
        }
        (what_follows(scope, opened))
        (around)
    }
}

/// Whether the reader can settle something here.
fn settles(scope: &Scope, opened: &Opened) -> bool {
    let rated = opened.raters.iter().any(|rater| Some(rater.member.0) == scope.who.member);
    opened.round.adopted_at.is_none() && scope.who.assistant.is_none() && (rated || looks_after(&opened.round, &opened.scheme, scope))
}

fn who(opened: &Opened, names: &Names) -> Markup {
    let of = |states: RaterState| {
        opened.raters.iter().filter(|rater| rater.state == states).map(|rater| name_in(names, rater.member.0)).collect::<Vec<_>>()
    };
    let (rated, missing) = (of(RaterState::Rated), of(RaterState::Unfinished));
    let notes: Vec<&Rating> = opened.ratings.iter().filter(|rating| !rating.note.is_empty()).collect();
    html! {
        p { @if rated.is_empty() { "Nobody finished rating. " } @else { (listed_people(rated)) " rated. " }
            @if !missing.is_empty() { (listed_people(missing)) " did not finish." } }
        @if !notes.is_empty() { ul.lines { @for rating in notes { li { (avatar(name_in(names, rating.member.0))) span.what { bdi { (name_in(names, rating.member.0)) } ": “" bdi { (rating.note) } "”" } } } } }
    }
}

fn agreement(opened: &Opened) -> Markup {
    let line = |agreement: &Agreement| {
        html! { tr { th scope="row" { @match agreement.input { Some(at) => { bdi { (opened.inputs[at].name) } } None => { "The order of the scores" } } }
        td.num { (agreement.raters) } td.num { (agreement.items) }
        @match &agreement.found {
            Ok(found) => { td.num { strong { (figure(*found)) } } td { (in_words(*found)) } }
            Err(why) => { td.num { "–" } td.quiet { (why) } }
        } } }
    };
    html! {
        @if let Some(found) = opened.revealed.agreement() { p.statement { strong { (web::capital(in_words(found))) } ": " (figure(found)) "." } }
        div.scroll { table.list.agreed { thead { tr { th scope="col" { "About" } th.num scope="col" { "People" } th.num scope="col" { "Things" } th.num scope="col" { "Agreement" } th scope="col" { "In words" } } }
            tbody { @if let Some(whole) = &opened.revealed.whole { (line(whole)) } @for each in &opened.revealed.each { (line(each)) } } } }
        p.hint { "Of two people Kendall’s τ-b, from −1 (the reverse order) to 1 (the same); of more Kendall’s W, from 0 to 1." }
    }
}

fn title(scope: &Scope, item: &Item) -> Markup {
    html! { @match item.number { Some(number) => { (keyed(scope, number, &item.title)) } None => { bdi { (item.title) } } } }
}

fn gap_view(scope: &Scope, opened: &Opened, names: &Names, gap: &Gap, settles: bool) -> Markup {
    let (item, input) = (&opened.items[gap.item], &opened.inputs[gap.input]);
    let known = opened.settlement(gap.item, gap.input);
    let middle = opened.revealed.middles[gap.item][gap.input].as_deref().unwrap_or("");
    let id = format!("gap-{}-{}", item.id.simple(), input.key);
    let form = |label: &str| {
        html! { form.stack.settle method="post" action=(action(scope, "scoring_round.settle")) data-act {
            input type="hidden" name="round" value=(opened.round.id()); input type="hidden" name="thing" value=(item.id.simple()); input type="hidden" name="criterion" value=(input.key);
            (answer_field("value", input, known.map_or(middle, |settled| settled.written.as_str()), false))
            (limited("scoring_round.settle", area_field("reason", "Why", known.map_or("", |settled| settled.reason.as_str()), 2)))
            p.error data-error="" {} div.row { button.primary type="submit" { (label) } }
        } }
    };
    html! { article.apart id=(id) data-id=(id) data-open tabindex="-1" {
        header { h3 { (title(scope, item)) } p.quiet { bdi { (input.name) } " · " (several(figure(gap.places.round()), "place")) " apart" } }
        ul.gave { @for (member, written) in &gap.gave { li { (avatar(name_in(names, *member))) " " bdi { (name_in(names, *member)) } " " strong dir="auto" { (written) } } } }
        @match known {
            Some(settled) => {
                p { (pill("good", "settled")) " on " strong dir="auto" { (settled.written) } " by " bdi { (name_in(names, settled.member.0)) } ": “" bdi { (settled.reason) } "”" }
                @if settles { (disclosure(&format!("again-{id}"), "Settle it otherwise", "plain", form("Settle"))) }
            }
            None if settles => { (disclosure(&format!("settle-{id}"), "Settle it", "", form("Settle"))) }
            None => { p.hint { "The middle of all is " (middle) "." } }
        }
    } }
}

/// The scores and the order that come of it, to be taken over by whoever decides.
fn what_follows(scope: &Scope, opened: &Opened) -> Markup {
    let order = opened.order();
    let mut now: Vec<usize> = order.iter().map(|(item, _)| *item).collect();
    now.sort_unstable();
    let before: HashMap<usize, usize> = now.iter().enumerate().map(|(place, item)| (*item, place + 1)).collect();
    let scheme = &opened.scheme;
    html! { section { h2 { "What follows" }
        @if order.is_empty() { p.hint { "Nothing was rated whole, so no order follows. What was rated can be taken over as scores all the same." } }
        @else { div.scroll { table.list { thead { tr { th.num scope="col" { "#" } th scope="col" { (web::capital(scheme.thing.says())) } th.num scope="col" { "Score" } th.num scope="col" { "Now" } } }
            tbody { @for (place, (item, score)) in order.iter().enumerate() { tr { td.num { (place + 1) } td { (title(scope, &opened.items[*item])) } td.num { (told(scheme.method, &opened.inputs, *score)) }
                td.num.quiet { @match before.get(item) { Some(was) if *was != place + 1 => { (was) } _ => { "same" } } } } } } } } }
        @if opened.round.adopted_at.is_none() && !opened.ratings.is_empty() {
            p.hint { "Where nothing was settled, the middle of what was given counts." }
            (command_form(scope, scheme.area, "scoring_round.adopt", "Take over these scores and this order", html! {
                input type="hidden" name="round" value=(opened.round.id()); input type="hidden" name="seen" value=(opened.as_of());
                @for (item, _) in &order { input type="hidden" name="order" value=(opened.items[*item].id.simple()); }
            }))
        }
    } }
}
