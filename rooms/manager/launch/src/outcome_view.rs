//! Markup of outcomes: what is to be judged, how promises were kept, and what came of one bet.

use crate::{
    following, judging,
    model::*,
    rows::{BEHIND, Hangs},
    views,
};
use customers::Evidence;
use kernel::{Area, Noun, Scope};
use notices::Around;
use roadmap::Initiative;
use strategy::KeyResult;
use web::{
    Markup, area_field, capital, command_form, date, disclosure, empty, html, join, keyed, number_field, options, pill, select, several, small_act,
    telling::{figure, percent},
    text::markdown,
    unjoin, when,
};

/// So many lines are shown; the rest is in what is behind the chart.
const SHOWN: usize = 60;

pub(crate) fn page(scope: &Scope, (due, judge): (&[Initiative], &str), judged: &[(Outcome, Initiative)], results: &[KeyResult]) -> Markup {
    html! {
        (views::ways("outcomes", due.len()))
        @if due.is_empty() && judged.is_empty() { (empty("flag", "No bet has been judged yet", &format!("Every initiative is a bet. Once it is released and its promised day has come, say here what came of it: what was measured, whether it came as believed, what was learned and what next. From five settled bets on, how often you were right stands beside new ones. {}", web::who_decides(scope, Area::Strategy)), html! { a.button href="roadmap" { "The roadmap" } })) }
        @if !due.is_empty() { section { h2 { "What came of these?" span.quiet { " " (due.len()) } }
            @for bet in due { (asked(scope, bet, results, judge)) } } }
        @if let Some(chart) = judging::hits_and_misses(judged) { section { h2 { "How often it came as believed" } (chart.view()) } }
        @let bands = judging::bands(judged);
        @if !bands.is_empty() { section { h2 { "How sure, and how often right" }
            div.scroll tabindex="0" role="region" aria-label="How sure, and how often right" { table.list { thead { tr { th { "One was sure" } th.num { "Settled" } th.num { "Came as believed" } th { "Share, and where it lies with 90 %" } } }
                tbody { @for band in &bands { tr { td { (percent(band.from)) " to " (percent(band.to)) } td.num { (band.settled) } td.num { (band.hits) } td { (judging::says(band)) } } } } } } } }
        @if !judged.is_empty() { section { h2 { "What came of bets" }
            ul.lines { @for (outcome, bet) in judged.iter().take(SHOWN) { li {
                a href={ "?show=" (outcome.id()) } data-panel { (keyed(scope, bet.number, &bet.title)) }
                (verdict(outcome.verdict)) @if let Some(next) = outcome.next_step { span.quiet { (next.says()) } }
                span.quiet { (date(scope, &outcome.settled_on)) } } } }
            @if judged.len() > SHOWN { p.hint { "These are the newest " (SHOWN) " of " (judged.len()) "." } } } }
    }
}

fn verdict(verdict: Judged) -> Markup {
    let tone = match verdict {
        Judged::Exceeded | Judged::Met => "good",
        Judged::Partly => "warning",
        Judged::Missed => "critical",
    };
    pill(tone, verdict.says())
}

/// What was believed of a bet, as far as it was written down.
fn believed(bet: &Initiative, results: &[KeyResult]) -> Markup {
    let result = bet.key_result.and_then(|id| results.iter().find(|k| k.id() == id));
    html! {
        @if bet.hypothesis.is_empty() { p.hint { "No hypothesis was written down." } } @else { p.statement dir="auto" { (bet.hypothesis) } }
        @if let Some(k) = result { p { "It was to move " strong { bdi { (k.title) } } @if let Some(from) = bet.from_value { " from " (figure(from)) } @if let Some(to) = bet.to_value { " to " (figure(to)) } ". Now it stands at " strong { (figure(k.current_value)) } " " bdi { (k.unit) } "." } }
    }
}

/// A bet that is to be judged.
fn asked(scope: &Scope, bet: &Initiative, results: &[KeyResult], judge: &str) -> Markup {
    let late = bet.ends_on.as_deref().map(|day| when::days_between(day, &when::day_in(scope.now, &scope.who.zone))).filter(|days| *days > 0);
    let value = bet.key_result.and_then(|id| results.iter().find(|k| k.id() == id)).map(|k| k.current_value);
    html! { article.tile.asked-of id={ "bet-" (bet.number) } data-judged=[(judge == bet.number.to_string()).then_some("")] {
        p.measure-head { a.title href={ "roadmap?open=" (bet.number) } { (keyed(scope, bet.number, &bet.title)) } " "
            @match (&bet.ends_on, late) { (Some(day), Some(days)) => { span.quiet { "promised by " (date(scope, day)) ", " (several(days, "day")) " ago" } } (Some(day), None) => { span.quiet { "promised by " (date(scope, day)) } } (None, _) => { span.quiet { "no day was promised" } } } }
        (believed(bet, results))
        (disclosure(&format!("judge-{}", bet.number), "Say what came of it", "", command_form(scope, Area::Strategy, "outcome.record", "Record it", html! { input type="hidden" name="initiative" value=(bet.number); (fields(None, value)) })))
    } }
}

fn fields(outcome: Option<&Outcome>, value: Option<f64>) -> Markup {
    let mut next = vec![(String::new(), "Not decided yet".to_owned())];
    next.extend(options(NextStep::ALL));
    html! {
        div.pair { (select("verdict", "It was", &options(Judged::ALL), outcome.map_or(Judged::Met, |o| o.verdict).word())) (number_field("confidence", "How sure of that, %", outcome.and_then(|o| o.confidence).map(|c| c * 100.0))) }
        (area_field("measured", "What was measured", outcome.map_or("", |o| &o.measured), 2))
        (number_field("value", "Where its measure stood", outcome.map_or(value, |o| o.value)))
        (area_field("evidence", "What shows it, in words; evidence is linked afterwards", outcome.map_or("", |o| &o.evidence), 2))
        (area_field("learned", "What was learned", outcome.map_or("", |o| &o.learned), 3))
        (select("next_step", "What next", &next, outcome.and_then(|o| o.next_step).map_or("", NextStep::word)))
    }
}

pub(crate) fn panel(
    scope: &Scope,
    (o, bet, hangs): (&Outcome, &Initiative, &Hangs),
    results: &[KeyResult],
    around: &Around,
    history: &activity::History,
) -> Markup {
    let id = o.id().to_string();
    let said = [("What was measured", &o.measured), ("What was learned", &o.learned)];
    html! {
        p.crumb data-thing={ "outcome:" (id) } { "Outcome of " a href={ "roadmap?open=" (bet.number) } { (scope.key(bet.number)) } " · judged " (date(scope, &o.settled_on)) " · " a href={ "thread?of=" (scope.key(bet.number)) } { "Thread" } }
        h2 dir="auto" { (bet.title) }
        p { (verdict(o.verdict)) @if let Some(sure) = o.confidence { " " span.quiet { (percent(sure)) " sure of that" } } @if let Some(sure) = o.bet_confidence { span.quiet { " · as a bet one was " (percent(sure)) " sure" } } }
        (believed(bet, results))
        @if let Some(value) = o.value { p { "When it was judged its measure stood at " strong { (figure(value)) } "." } }
        @for (label, text) in said { @if !text.is_empty() { h3 { (label) } div.prose { (markdown(text)) } } }
        h3 { "What shows it" }
        @if !o.evidence.is_empty() { div.prose { (markdown(&o.evidence)) } }
        @if scope.sees(Area::Customers) { (evidence(scope, o, &hangs.evidence)) }
        h3 { "What next" }
        p { @match o.next_step { Some(next) => { (capital(next.says())) "." } None => { span.quiet { "Not decided yet." } } } }
        (follows(scope, o, bet, hangs))
        div.row {
            (disclosure("edit-outcome", "Edit", "plain", command_form(scope, Area::Strategy, "outcome.edit", "Save", html! { input type="hidden" name="outcome" value=(id); input type="hidden" name="version" value=(o.meta.version); (fields(Some(o), None)) })))
            (small_act(scope, Area::Strategy, "outcome.remove", &[("outcome", &id)], "trash-2", "Remove this outcome: the bet is to be judged again"))
        }
        (around.view(scope, o.meta.id))
        (activity::history_view(scope, history))
    }
}

/// The pieces of evidence that show it.
fn evidence(scope: &Scope, o: &Outcome, pieces: &[Evidence]) -> Markup {
    html! {
        @if pieces.is_empty() && o.evidence.is_empty() { p.hint { "Nothing is linked to it yet." } }
        ul.quotes { @for piece in pieces.iter().take(BEHIND) { li {
            q dir="auto" { (web::clipped(&piece.quote, 400)) } " "
            a.quiet href={ "customers?show=" (piece.id()) "#e-" (piece.id()) } { @if !piece.source.is_empty() { bdi { (piece.source) } ", " } (date(scope, &piece.noted_on)) }
            (unjoin(scope, (Outcome::TABLE, o.meta.id), ("evidence", piece.meta.id), "Unlink this evidence"))
        } } }
        @if pieces.len() > BEHIND { p.hint { "These are the newest " (BEHIND) "; there is more." } }
        (join(scope, Outcome::TABLE, o.meta.id, "evidence", "Link evidence", "plain"))
    }
}

/// What was made of it, and the ways to make it: an initiative where it is a bet of its own, else a story.
fn follows(scope: &Scope, o: &Outcome, bet: &Initiative, hangs: &Hangs) -> Markup {
    let hidden = html! { input type="hidden" name="outcome" value=(o.id()); };
    let called = following::called(o, bet);
    let wants = o.next_step.is_some_and(|next| next != NextStep::Keep);
    html! {
        ul.lines {
            @if let Some(next) = &hangs.initiative { li { a.what href={ "roadmap?open=" (next.number) } { (keyed(scope, next.number, &next.title)) } span.quiet { "initiative, " (next.state.says()) } } }
            @if let Some(story) = &hangs.story { li { a.what href={ "story/" (story.number) } { (keyed(scope, story.number, &story.title)) } span.quiet { "story, " (story.stage.says()) } } }
        }
        @if wants { div.row {
            @if hangs.initiative.is_none() { (disclosure("outcome-initiative", "Make an initiative of it", "", command_form(scope, Area::Roadmap, "outcome.make_initiative", "Make initiative", html! { (hidden) (web::field("title", "Initiative", &called)) p.hint { "It stands under Later and says from which outcome it follows, and what was learned." } }))) }
            @if hangs.story.is_none() { (disclosure("outcome-story", "Make a story of it", "", command_form(scope, Area::Backlog, "outcome.make_story", "Make story", html! { (hidden) (web::field("title", "Story", &called)) p.hint { "It stands at the end of the backlog and says from which outcome it follows, and what was learned." } }))) }
        } }
    }
}
