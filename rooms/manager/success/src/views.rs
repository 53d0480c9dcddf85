//! Markup of success in the market: a sentence that says it all, then each figure with what explains it.

use crate::rows::{Promise, Serving, Success};
use kernel::{Noun, Scope};
use launch::{Judged, Release};
use measures::{MeasureLine, Part};
use roadmap::BetState;
use strategy::{KeyResult, ObjectiveLine, ObjectiveState};
use web::{
    Markup,
    chart::Chart,
    date, empty, html, keyed, meter, pill, product_path, several,
    telling::{figure, percent},
    when,
};

/// So many bets, verdicts and windows are named in each list.
const NAMED: usize = 6;

pub(crate) fn page(scope: &Scope, found: &Success, shipped: &[Release], drift: Option<&Chart>) -> Markup {
    if found.is_empty() {
        let what = "Here it is seen on one page whether the product does well in the market: its north star and what feeds it, the key results, what came of bets and how promises were kept. It fills by itself once there is something to read.";
        return empty(
            "chart-line",
            "Nothing to tell yet",
            what,
            html! { div.row { a.button.primary href={ (product_path(scope)) "/measures" } { "Name the north star" } a.button href={ (product_path(scope)) "/strategy" } { "Set an objective" } } },
        );
    }
    html! {
        (measures::ways(scope, "success"))
        p.lead dir="auto" { (said(scope, found)) }
        div.success {
            (star(scope, found, shipped))
            (inputs(scope, found))
            (results(scope, found))
            (bets(scope, found))
            (promises(scope, found, drift))
        }
    }
}

/// "Trips: 4 % more than four weeks before. Key results where they were expected by now: 2 of 3. …"
fn said(scope: &Scope, found: &Success) -> String {
    let mut all = vec![];
    if let Some(line) = found.of(Part::NorthStar).next() {
        all.push(match measures::change(line) {
            Some((says, _)) => format!("{}: {says} than four weeks before.", line.measure.name),
            None => format!("{}: as four weeks before, or not known of then.", line.measure.name),
        });
    }
    let of = |says: &str, (some, all): (usize, usize)| (all > 0).then(|| format!("{says}: {some} of {all}."));
    all.extend(of("Key results where they were expected by now", found.on_pace(scope)));
    all.extend(of("Settled bets that came as believed, or better", found.hits()));
    all.extend(of("Promised windows that were kept", found.kept()));
    all.join(" ")
}

fn star(scope: &Scope, found: &Success, shipped: &[Release]) -> Markup {
    html! { section { h2 { "North star" }
        @if found.of(Part::NorthStar).next().is_none() { p.hint { "No measure is the north star yet: the one figure that says whether those you serve get what you promise. " a href={ (product_path(scope)) "/measures" } { "Choose it under Measures" } } }
        @for line in found.of(Part::NorthStar) {
            p.measure-head { a.title href={ (product_path(scope)) "/measures?open=" (line.measure.id()) } { bdi { (line.measure.name) } } (went(line)) }
            (measures::chart(scope, line, "", &[], &found.reached).view())
        }
        @if !shipped.is_empty() {
            h3 { "What reached users meanwhile" }
            ul.lines { @for release in shipped { li { a.what href={ (product_path(scope)) "/launch?show=" (release.id()) } { bdi { (release.name) } }
                @if let Some(day) = &release.released_on { span.quiet { (date(scope, day)) } } } } }
        }
    } }
}

/// How it went in four weeks.
fn went(line: &MeasureLine) -> Markup {
    html! { @if let Some((says, good)) = measures::change(line) { " " (pill(if good { "good" } else { "warning" }, &format!("{says} in four weeks"))) } }
}

fn inputs(scope: &Scope, found: &Success) -> Markup {
    let all: Vec<&MeasureLine> = found.of(Part::Input).collect();
    html! { @if !all.is_empty() { section { h2 { "What feeds it" }
    div.scroll tabindex="0" role="region" aria-label="What feeds the north star" { table.list.success-list {
        thead { tr { th { "Input" } th.num { "Now" } th { "In four weeks" } th.spare { "Key results that read it" } } }
        tbody { @for line in all { @let read: Vec<(&KeyResult, &ObjectiveLine)> = found.reads(line.measure.id()).collect(); tr {
            td { a href={ (product_path(scope)) "/measures?open=" (line.measure.id()) } { bdi { (line.measure.name) } } }
            td.num { @match line.last() { Some(last) => { (figure(last.amount)) @if !line.measure.unit.is_empty() { " " bdi { (line.measure.unit) } } } None => { span.quiet { "–" } } } }
            td { @match measures::change(line) { Some((says, good)) => { (pill(if good { "good" } else { "warning" }, &says)) } None => { span.quiet { "as before, or not known" } } } }
            td.spare { @if read.is_empty() { span.quiet { "No key result" } } @for (n, (k, line)) in read.iter().enumerate() { @if n > 0 { ", " } a href={ (product_path(scope)) "/strategy#o-" (line.objective.id()) } { bdi { (k.title) } } } }
        } } }
    } } } } }
}

fn results(scope: &Scope, found: &Success) -> Markup {
    let all: Vec<&ObjectiveLine> = found.objectives.iter().filter(|line| !line.key_results.is_empty()).collect();
    html! { section { h2 { "Key results" }
        @if all.is_empty() { p.hint { "No objective has a key result yet: by these you will know whether you got where you want to be. " a href={ (product_path(scope)) "/strategy" } { "Add one under Strategy" } } }
        @for line in all { @let o = &line.objective; article.success-of {
            h3 { a href={ (product_path(scope)) "/strategy#o-" (o.id()) } { bdi { (o.title) } } @if o.state != ObjectiveState::Open { " " (pill(if o.state == ObjectiveState::Reached { "good" } else { "critical" }, o.state.says())) } }
            div.scroll tabindex="0" role="region" aria-label={ "Key results of “" (o.title) "”" } { table.list.success-list.results.stacked {
                thead { tr { th { "Key result" } th.spare { "On its way" } th.num { "Stands at, and target" } th { "Against what was expected" } th.num.spare { "Sure" } } }
                tbody { @for k in &line.key_results { (result(scope, k, line)) } }
            } }
            (explained(scope, found.serving.get(&o.meta.id)))
        } }
    } }
}

fn result(scope: &Scope, k: &KeyResult, line: &ObjectiveLine) -> Markup {
    html! { tr {
        td { bdi { (k.title) } }
        td.spare { (meter(&k.title, k.progress())) span.quiet { (percent(k.progress())) } }
        td.num data-label="Stands at" { strong { (figure(k.current_value)) } " → " (figure(k.target)) @if !k.unit.is_empty() { " " bdi { (k.unit) } } }
        td { @if k.went_the_other_way() { (pill("warning", "gone the other way")) }
            @else if let Some((tone, told)) = strategy::pace(scope, k, &line.objective).filter(|_| line.objective.state == ObjectiveState::Open) { (pill(tone, &told)) }
            @else { span.quiet { "nothing is expected by today" } } }
        td.num.spare { @match k.confidence { Some(sure) => { (percent(sure)) } None => { span.quiet { "–" } } } }
    } }
}

/// The bets that are to move an objective's key results.
fn explained(scope: &Scope, serving: Option<&Vec<Serving>>) -> Markup {
    html! { @match serving {
        None => { p.hint { "No initiative serves it, so nothing on the roadmap explains how it goes." } }
        Some(all) => { p.success-why { span.quiet { "What is done for it: " }
            @for (n, bet) in all.iter().take(NAMED).enumerate() { @if n > 0 { ", " }
                a href={ (product_path(scope)) "/roadmap?open=" (bet.number) } { (keyed(scope, bet.number, &bet.title)) }
                @if bet.state == BetState::Released { " " @match bet.outcome { Some(outcome) => { a.quiet href={ (product_path(scope)) "/outcomes?show=" (outcome.simple()) } { "released and judged" } } None => { span.quiet { "released" } } } } }
            @if all.len() > NAMED { span.quiet { " and " (several(all.len() - NAMED, "bet")) " more" } } } }
    } }
}

fn bets(scope: &Scope, found: &Success) -> Markup {
    let bands = launch::bands(&found.judged);
    let count = |verdict: Judged| found.judged.iter().filter(|(outcome, _)| outcome.verdict == verdict).count();
    html! { section { h2 { "What came of bets" }
        @if found.due > 0 { p.hint { (several(found.due, "released bet")) @if found.due == 1 { " waits" } @else { " wait" } " to be judged. " a href={ (product_path(scope)) "/outcomes" } { "Say what came of " @if found.due == 1 { "it" } @else { "them" } } } }
        @if found.judged.is_empty() { @if found.due == 0 { p.hint { "No bet has been judged yet. Once an initiative is released and its promised day has come, you are asked what came of it." } } }
        @else {
            p { @for (n, verdict) in Judged::ALL.iter().filter(|verdict| count(**verdict) > 0).enumerate() { @if n > 0 { ", " } strong { (count(*verdict)) } " " (verdict.says()) } "." }
            @if let Some(chart) = launch::hits_and_misses(&found.judged) { (chart.view()) }
            @if !bands.is_empty() { h3 { "How sure one was, and how often right" }
                div.scroll tabindex="0" role="region" aria-label="How sure one was, and how often right" { table.list.success-list {
                    thead { tr { th { "One was sure" } th.num.spare { "Settled" } th.num.spare { "As believed" } th { "Share, and where it lies with 90 %" } } }
                    tbody { @for band in &bands { tr { td { (percent(band.from)) " to " (percent(band.to)) } td.num.spare { (band.settled) } td.num.spare { (band.hits) } td { (launch::says(band)) } } } }
                } } }
            h3 { "What explains it" }
            ul.lines { @for (outcome, bet) in found.judged.iter().take(NAMED) { li.long {
                span { a href={ (product_path(scope)) "/outcomes?show=" (outcome.id()) } { (keyed(scope, bet.number, &bet.title)) } " " (pill(tone(outcome.verdict), outcome.verdict.says())) " " span.quiet { (date(scope, &outcome.settled_on)) } }
                @if !outcome.learned.is_empty() { p dir="auto" { (web::clipped(&outcome.learned, 240)) } }
            } } }
        }
    } }
}

const fn tone(verdict: Judged) -> &'static str {
    match verdict {
        Judged::Exceeded | Judged::Met => "good",
        Judged::Partly => "warning",
        Judged::Missed => "critical",
    }
}

fn promises(scope: &Scope, found: &Success, drift: Option<&Chart>) -> Markup {
    let (kept, all) = found.kept();
    html! { section { h2 { "Promises" }
        @if all == 0 { p.hint { "No bet with a promised window was released within a year, so there is nothing to hold promises against." } }
        @else {
            p { strong { (kept) } " of " (several(all, "promised window")) @if kept == 1 { " was" } @else { " were" } " kept: the last part had reached users by its end." }
            ul.lines { @for promise in found.promises.iter().take(NAMED) { (window(scope, promise)) } }
            @if all > NAMED { p.hint { "These are the newest " (NAMED) "." } }
        }
        @if let Some(drift) = drift { (drift.view()) p { a.button.plain href={ (product_path(scope)) "/compare?from=" (when::days_after(&when::day(scope.now), -roadmap::DRIFTED)) } { "Who moved what, and by which decision" } } }
    } }
}

fn window(scope: &Scope, promise: &Promise) -> Markup {
    let late = when::days_between(&promise.until, &promise.released_on);
    html! { li {
        a.what href={ (product_path(scope)) "/roadmap?open=" (promise.number) } { (keyed(scope, promise.number, &promise.title)) }
        span.quiet { "promised until " (date(scope, &promise.until)) ", out on " (date(scope, &promise.released_on)) }
        @if promise.kept() { (pill("good", "kept")) } @else { (pill("warning", &format!("{} late", several(late, "day")))) }
    } }
}
