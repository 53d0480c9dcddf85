//! The matrix in plain words with people's faces.

use crate::{
    rhythm::{Rhythm, Weekday, is_due},
    rows::{Lived, Waiting},
    ways,
};
use kernel::{Area, Authority, CommandSpec, Hat, Scope, Standing};
use people::Person;
use product::{Faces, Found, Membership};
use std::collections::HashMap;
use web::{Markup, avatar, both_sign, capital, command_form, disclosure, html, input, may, options, select, several, time};

/// Who has borrowed hats, and who could.
pub(crate) struct Loans<'a> {
    pub borrowers: &'a [(Person, Membership)],
    pub others: &'a Found,
    /// What was typed to find them.
    pub sought: &'a str,
}

pub(crate) fn who_decides(
    scope: &Scope,
    faces: &[Faces],
    loans: &Loans,
    lived: &HashMap<(String, String), Lived>,
    waiting: &Waiting,
    rhythm: Option<&Rhythm>,
) -> Markup {
    // One's own hats come first: what I may do is what I came for.
    let mut columns: Vec<&Faces> = faces.iter().collect();
    columns.sort_by_key(|held| !scope.who.hats.contains(&held.hat));
    html! {
        p.lead { "What you may not decide becomes a proposal to whoever may: the same form, the same change. Joint matters take effect once both have signed." }
        (yours(scope))
        (looked_at(scope, rhythm))
        (waits(scope, faces, waiting))
        section { h2 { "The agreement" }
            div.scroll tabindex="0" role="region" aria-label="Table" { table.matrix {
                thead { tr { th scope="col" { "Area" } @for held in &columns { th scope="col" { span class={ "hat hat-" (held.hat) } { span.dot {} (held.hat.title()) } (holders(held, loans)) } } } }
                tbody { @for area in Area::ALL { tr {
                    th scope="row" { strong { (capital(area.word())) } (both_sign(scope, *area)) @if scope.agreed.is_off(*area) { " " (web::pill("neutral", "off")) } span.hint { (area.covers()) } }
                    @for held in &columns { td { (cell(scope, *area, held.hat, lived)) } }
                } } }
            } }
            p.hint { "Below a standing: how often that hat decided, proposed and objected there in the last 30 days, as far as the latest 2,000 changes go back." }
        }
        (change(scope, rhythm))
        (lending(scope, loans))
    }
}

/// Who decides on what a command does: of each area it can fall into the sentence and the faces.
pub(crate) fn here(scope: &Scope, spec: &CommandSpec, faces: &[Faces]) -> Markup {
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    html! { section #who-here {
        h2 { "Who decides here?" }
        p.hint { (spec.summary) }
        @for area in spec.areas {
            h3 { (capital(area.word())) }
            @if scope.sees(*area) {
                p { (web::who_decides(scope, *area)) }
                p.row { @for held in faces.iter().filter(|f| scope.matrix.standing(*area, f.hat) >= Standing::Signs) {
                    @for name in &held.names { span { (avatar(name)) " " bdi { (name) } } }
                    @if let Some(others) = held.others() { span.quiet { (others) } }
                } }
            } @else { p { "You do not see matters of " (area) " here." } }
        }
        @if spec.areas.is_empty() { p { (anyone(&spec.authority)) } }
        p { a href={ "/" (key) "/who-decides" } { "The whole agreement" } }
    } }
}

/// Who may, where the matrix has no part in it.
fn anyone(authority: &Authority) -> &'static str {
    match authority {
        Authority::Oneself => "Everyone does this for themselves.",
        Authority::Administrator => "The administrator of the workspace does this.",
        _ => "Everyone who belongs to the product may do this.",
    }
}

/// What each of your hats may do, in a sentence each.
fn yours(scope: &Scope) -> Markup {
    let list = |hat: Hat, standing: Standing| {
        let areas: Vec<&str> = Area::ALL.iter().filter(|a| scope.agreed.standing(**a, hat) == standing).map(|a| a.word()).collect();
        areas.join(", ")
    };
    html! { section { h2 { "Your hats" }
        @for hat in &scope.who.hats { p { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) }
            @let told: Vec<(&str, String)> = [(Standing::Decides, "decides on"), (Standing::Signs, "signs on"), (Standing::Proposes, "proposes on")].into_iter()
                .map(|(standing, verb)| (verb, list(*hat, standing))).filter(|(_, areas)| !areas.is_empty()).collect();
            @for (i, (verb, areas)) in told.iter().enumerate() { @if i > 0 { ";" } " " (verb) " " strong { (areas) } } "."
        } }
        @let vacant: Vec<String> = Area::ALL.iter().filter(|a| !scope.missing(**a).is_empty()).map(|a| web::who_decides(scope, *a)).collect();
        @if !vacant.is_empty() { details.more { summary { "Hats that nobody holds are passed over" } ul { @for told in &vacant { li { (told) } } } } }
    } }
}

/// Who holds a hat, borrowed or their own.
fn holders(held: &Faces, loans: &Loans) -> Markup {
    let borrowed = |m: &Membership| m.lent.iter().any(|l| l.hat == held.hat) && !m.hats.contains(&held.hat);
    html! { span.faces {
        @for name in &held.names { (avatar(name)) }
        @for (person, membership) in loans.borrowers { @if borrowed(membership) { (avatar(&person.name)) } }
        @if let Some(others) = held.others() { span.quiet { (others) } }
    } }
}

fn cell(scope: &Scope, area: Area, hat: Hat, lived: &HashMap<(String, String), Lived>) -> Markup {
    let standing = scope.agreed.standing(area, hat);
    let times = lived.get(&(area.word().to_owned(), hat.word().to_owned())).copied().unwrap_or_default();
    html! {
        span class={ "standing standing-" (standing) } { (if standing == Standing::None { "–" } else { standing.word() }) }
        @if times.decided + times.proposed + times.objected > 0 {
            span.lived { (times.told()) }
        }
    }
}

fn change(scope: &Scope, rhythm: Option<&Rhythm>) -> Markup {
    html! { section { h2 { "Change the agreement" }
        div.row {
            (disclosure("set-standing", "Change one standing", "", command_form(scope, Area::Agreement, "agreement.set", "Change", html! {
                (select("area", "On", &options(Area::ALL), "backlog")) (select("hat", "the", &options(Hat::ALL), "manager")) (select("standing", "now", &options(Standing::ALL), "proposes")) })))
            (disclosure("rhythm", "When you look at it again", "", rhythm_form(scope, rhythm)))
            a.button href="sorting" { "Sort the slips together" }
            (disclosure("switch-area", "Switch areas on and off", "", switches(scope)))
        }
        (ways::ways(scope))
    } }
}

/// The day on which the agreement is looked at again, once it has come.
fn looked_at(scope: &Scope, rhythm: Option<&Rhythm>) -> Markup {
    let day = rhythm.and_then(|rhythm| rhythm.agreement_on.as_ref());
    html! { @if let Some(day) = day {
        @if is_due(scope, rhythm) { section.comes-back role="status" { p { strong { "This agreement is to be looked at again." } " It was to be on " (web::date(scope, day)) ". Does everyone still decide what they should? " a href="sorting" { "Sort the slips together" } ", or say when to look again." } } }
        @else { p.quiet { "To be looked at again on " (web::date(scope, day)) "." } }
    } }
}

/// The weekday of the two's ten minutes, and the day on which the agreement comes back.
fn rhythm_form(scope: &Scope, rhythm: Option<&Rhythm>) -> Markup {
    let weekday = rhythm.and_then(|rhythm| rhythm.weekday).unwrap_or(Weekday::Never);
    command_form(
        scope,
        Area::Agreement,
        "rhythm.set",
        "Save",
        html! {
            (input("date", "agreement_on", "Look at the agreement again on", rhythm.and_then(|rhythm| rhythm.agreement_on.as_deref()).unwrap_or_default()))
            (select("weekday", "Ten minutes for Manager and Owner", &options(Weekday::ALL), weekday.word()))
            p.hint { "On that weekday both are reminded of " a href="week" { "the week’s page" } "." }
        },
    )
}

/// Each area but the agreement itself, with the way to have proposals asked for there or not.
fn switches(scope: &Scope) -> Markup {
    html! { @if may(scope, Area::Agreement) {
        p.hint { "Where an area is off no proposal is asked for: whoever would have to propose or sign decides. A team can begin with a few and add the others one by one. What was agreed is kept." }
        ul.lines.switches { @for area in Area::ALL.iter().filter(|area| **area != Area::Agreement) { @let off = scope.agreed.is_off(*area); li {
            span.what { strong { (capital(area.word())) } " " @if off { (web::pill("neutral", "off")) } @else { span.quiet { "on" } } }
            (web::act(scope, Area::Agreement, "agreement.switch", &[("area", area.word()), ("on", if off { "true" } else { "false" })], if off { "Switch on" } else { "Switch off" }, "plain"))
        } } }
    } }
}

/// Where decisions wait, and on whom.
fn waits(scope: &Scope, faces: &[Faces], waiting: &Waiting) -> Markup {
    html! { @if !waiting.areas.is_empty() {
        section { h2 { "Where decisions wait" }
            ul.lines { @for (hat, count, since) in &waiting.hats { li {
                span.what { "On the " span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } @for held in faces.iter().filter(|f| f.hat == *hat) { span.faces { @for name in &held.names { (avatar(name)) } } } }
                span { (several(count, "signature")) } span.quiet { "the oldest asked for " (time(scope, *since, scope.now)) } } } }
            ul.lines { @for (area, count, since) in &waiting.areas { li { strong { (capital(area.word())) } span { (count) " open" } span.quiet { "the oldest asked " (time(scope, *since, scope.now)) } } } }
            p { a href="decisions" { "See them" } }
        }
    } }
}

fn lending(scope: &Scope, loans: &Loans) -> Markup {
    let others: Vec<(String, String)> =
        loans.others.members.iter().filter(|(p, _)| Some(p.id.0) != scope.who.member).map(|(p, _)| (p.id.to_string(), p.name.clone())).collect();
    // A hat that is borrowed is not lent on.
    let own = loans.borrowers.iter().find(|(person, _)| Some(person.id.0) == scope.who.member).map_or(&scope.who.hats, |(_, mine)| &mine.hats.0);
    let lent = loans.borrowers.iter().any(|(_, membership)| !membership.lent.is_empty());
    html! { section #loans { h2 { "Lent hats" }
        @if !lent { p.hint { "No hat is lent. Who is away lends theirs to another member, until a day." } }
        ul.lines { @for (person, membership) in loans.borrowers { @for lent in membership.lent.iter() {
            li { (avatar(&person.name)) span { bdi { (person.name) } " acts as " (lent.hat.title()) } span.quiet { "until " (web::date(scope, &web::when::day(lent.until))) }
                 @if Some(lent.from) == scope.who.member || Some(person.id.0) == scope.who.member || scope.standing(Area::Agreement).1 >= Standing::Signs {
                    form.act method="post" action=(web::action(scope, "hat.take_back")) data-act { input type="hidden" name="from" value=(person.id); input type="hidden" name="hat" value=(lent.hat); button.plain type="submit" { "End the loan" } } } }
        } } }
        @if !own.is_empty() && (!others.is_empty() || !loans.sought.is_empty()) {
            (disclosure("lend", "Lend one of your hats", "", html! {
                (web::people_search(loans.sought, loans.others.more))
                @if others.is_empty() { p.hint { "Nobody else is called so." } }
                @else { form.stack method="post" action=(web::action(scope, "hat.lend")) data-act {
                    (select("hat", "Hat", &options(own), "")) (select("to", "To", &others, "")) (input("date", "until", "Until the end of (90 days at most)", ""))
                    @if loans.others.more { p.hint { "Only the first of many are named here; find the others by name." } }
                    p.error data-error="" {} button.primary type="submit" { "Lend" }
                } } }))
        }
    } }
}
