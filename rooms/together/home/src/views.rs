//! Markup of Home.

use crate::{
    rows::{MOST_BETS, Seen},
    theirs_view, worn,
};
use decisions::AskedOf;
use kernel::{Area, Hat, Noun, Scope, Standing};
use product::Stage;
use settling::Awaited;
use sprint::InFlow;
use web::{MOST_COUNTED, Markup, capital, date, html, icon, keyed, may, meter, pill, points, several, short_label, time, when, who_decides};

pub(crate) fn home(scope: &Scope, seen: &Seen) -> Markup {
    let tiles = match worn(scope) {
        Some(Hat::Manager) => {
            html! { (to_sign(scope, seen)) (to_judge(scope, seen)) (bets(scope, seen)) (objectives(seen)) (evidence(seen)) (to_tell(scope, seen)) (understood(scope, seen)) (mine(scope, seen)) (gaps(seen)) }
        }
        Some(Hat::Owner) => {
            html! { (sprint(scope, seen)) (to_accept(scope, seen)) (to_sign(scope, seen)) (mine(scope, seen)) (ready(scope, seen)) (blockers(scope, seen)) (to_tell(scope, seen)) (understood(scope, seen)) (gaps(seen)) }
        }
        Some(Hat::Developer) => html! { (mine(scope, seen)) (sprint(scope, seen)) (blockers(scope, seen)) (understood(scope, seen)) },
        _ => return theirs_view::home(scope, seen),
    };
    html! {
        (first_steps(scope, seen))
        div.home {
            div.tiles { (asked(scope, &seen.asked)) (to_lift(scope, seen)) (due_actions(scope, seen)) (standup(seen)) (side_by_side(seen)) (newest(scope, seen)) (to_rate(scope, seen)) (tiles) }
            (lately(scope, seen))
        }
    }
}

/// What changed, for everyone alike.
pub(crate) fn lately(scope: &Scope, seen: &Seen) -> Markup {
    html! { section.tile.tall { h2 { "What changed lately" } (activity::lines_view(scope, &seen.lately)) p { a href="since" { "What changed since you were last here" } } p { a href="activity" { "All activity" } } } }
}

/// The first steps, until the chain has begun: what each is for, who decides there, and which are done.
fn first_steps(scope: &Scope, seen: &Seen) -> Markup {
    let begun = &seen.begun;
    let both = scope.held.contains(&Hat::Manager) && scope.held.contains(&Hat::Owner);
    let whole = begun.evidence && begun.vision && begun.market && begun.objective && begun.initiative && begun.story;
    let Some(hat) = worn(scope).filter(|h| matches!(h, Hat::Manager | Hat::Owner) && !whole) else { return html! {} };
    let steps: [(bool, &str, &str, &str, Area); 9] = [
        (both, "settings#invite", "Bring your counterpart in", "Manager and Owner, each with their own hat.", Area::Agreement),
        (begun.sorted, "sorting", "Settle who decides what", "Each sorts the slips alone, then you lay them side by side.", Area::Agreement),
        (begun.evidence, "customers#record", "Record what a customer said", "Needs grow out of it, and bets serve needs.", Area::Customers),
        (begun.vision, "strategy#publish-vision", "Write the vision", "For whom, what, and how it differs.", Area::Strategy),
        (begun.market, "strategy#market", "Choose the target market", "Which customers come first, and which needs of theirs.", Area::Research),
        (begun.objective, "strategy#new-objective", "Set an objective", "Where you want to be, and how you will know.", Area::Strategy),
        (
            begun.initiative,
            "roadmap#new-initiative",
            "Put a bet on the roadmap",
            "What you try in order to get there; stories hang on its features.",
            Area::Roadmap,
        ),
        (begun.story, "backlog", "Write the first story", "Or import the backlog you have.", Area::Backlog),
        match begun.flow {
            true => (begun.work, "sprint", "Take up a story", "The next one that is ready, as soon as there is room for it.", Area::Work),
            false => (begun.sprint, "sprint", "Plan a sprint", "A goal, and the stories that reach it.", Area::Sprints),
        },
    ];
    html! { section.welcome { h2 { "Begin" }
        p { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } " is the hat you wear. " (product::calling(hat)) " What you may not decide alone becomes a proposal to your counterpart, who signs it or says why not: see " a href="who-decides" { "who decides what" } "." }
        ol.steps { @for (done, place, what, why, area) in steps {
            li .done[done] { (icon(if done { "circle-check-big" } else { "chevron-right" }))
                div { a href=(place) { (what) } @if done { span.hidden { " (done)" } } @if !done { p.hint { (why) " " (whose(scope, area)) @if place == "backlog" { " " a href="import" { "Import" } } @else if place == "customers#record" { " " a href="feedback" { "Import reviews or tickets" } } } } } }
        } }
    } }
}

/// "The Manager decides on the roadmap.", or who does until there is one.
fn whose(scope: &Scope, area: Area) -> String {
    let missing = scope.missing(area);
    match scope.standing(area).1 {
        Standing::Decides | Standing::Signs if !missing.is_empty() => {
            format!(
                "You decide until there is {}.",
                missing.iter().map(|hat| format!("a {}", hat.title()).replace("a Owner", "an Owner")).collect::<Vec<_>>().join(" and ")
            )
        }
        _ => who_decides(scope, area).split_inclusive('.').next().unwrap_or_default().to_owned(),
    }
}

/// The slips, as long as they ask something of the reader.
pub(crate) fn side_by_side(seen: &Seen) -> Markup {
    html! { @if let Some(awaited) = seen.sorting { section.tile { h2 { (icon("scale")) "Who decides what" }
        p { a href="sorting" { @match awaited { Awaited::Slips => { "Sort your slips" } Awaited::Laying => { "Everyone has sorted: lay the sorts side by side" } } } }
        @if awaited == Awaited::Slips { p.hint { "Five minutes, alone. What you say stays sealed until all is laid side by side." } }
    } } }
}

/// What the reader can lift; nothing where nothing names them.
pub(crate) fn to_lift(scope: &Scope, seen: &Seen) -> Markup {
    html! { @if !seen.to_lift.is_empty() { section.tile { h2 { (icon("ban")) "Yours to lift" span.quiet { " " (seen.to_lift.len()) } }
        ul.lines.blockers { @for one in &seen.to_lift { (board::blocked_line(scope, one)) } }
    } } }
}

/// What the reader said at a retrospective to see to, once its day has come.
fn due_actions(scope: &Scope, seen: &Seen) -> Markup {
    html! { @if !seen.due_actions.is_empty() { section.tile { h2 { (icon("history")) "Agreed, and due" span.quiet { " " (seen.due_actions.len()) } }
        ul.lines { @for action in &seen.due_actions { (retro::due_line(scope, action)) } }
    } } }
}

/// That the reader's is missing at the stand-up.
fn standup(seen: &Seen) -> Markup {
    html! { @if seen.standup { section.tile { h2 { (icon("clock")) "Stand-up" } p { a href="standup" { "Say what you do today" } } p.hint { "A draft of it is there." } } } }
}

/// Scoring rounds that wait for the reader; nothing where none does.
pub(crate) fn to_rate(scope: &Scope, seen: &Seen) -> Markup {
    html! { @if !seen.to_vote.is_empty() { section.tile { h2 { (icon("square-kanban")) "To estimate" span.quiet { " " (seen.to_vote.len()) } }
    ul.lines { @for one in seen.to_vote.iter().take(8) { (poker::to_vote_line(scope, one)) } } } }
    @if !seen.to_rate.is_empty() { section.tile { h2 { (icon("arrow-up-to-line")) "To rate" span.quiet { " " (seen.to_rate.len()) } }
    ul.lines { @for round in seen.to_rate.iter().take(8) { (priorities::to_rate_line(scope, round)) } } } }
    @if !seen.to_settle.is_empty() { section.tile { h2 { (icon("arrow-up-to-line")) "Scores to settle" span.quiet { " " (seen.to_settle.len()) } }
    ul.lines { @for round in &seen.to_settle { (priorities::to_settle_line(round)) } } } } }
}

/// What was told last; nothing where nothing was.
fn newest(scope: &Scope, seen: &Seen) -> Markup {
    html! { @if let Some(update) = seen.updates.first() { section.tile { h2 { (icon("file-text")) "Newest update" } ul.lines { (updates::newest_line(scope, update)) } p { a href="updates" { "All updates" } } } } }
}

fn to_sign(scope: &Scope, seen: &Seen) -> Markup {
    html! { section.tile { h2 { (icon("gavel")) "Decisions to sign" span.quiet { " " @if seen.to_sign.len() > MOST_COUNTED { (MOST_COUNTED) "+" } @else { (seen.to_sign.len()) } } }
    @if seen.to_sign.is_empty() { p.hint { "Nothing waits for your signature." } }
    ul.lines { @for p in seen.to_sign.iter().take(8) { li { a href={ "decisions?show=" (p.id.simple()) "#p-" (p.id.simple()) } dir="auto" { (p.title) } span.quiet { (time(scope, p.since, scope.now)) } } } }
    @if !seen.back.is_empty() { h3 { (icon("history")) "Did it hold?" span.quiet { " " (seen.back.len()) } }
        ul.lines { @for one in &seen.back { @let id = one.id.simple().to_string(); li { a href={ "decisions?show=" (id) "#p-" (id) } dir="auto" { (one.title) } span.quiet { "since " (date(scope, &one.since)) } } } } }
    p { a href="week" { "This week, for the two of you" } } } }
}

/// What is asked of the reader alone, until it is answered.
pub(crate) fn asked(scope: &Scope, asked: &[AskedOf]) -> Markup {
    html! { @if !asked.is_empty() { section.tile { h2 { (icon("circle-help")) "Asked of you" span.quiet { " " (asked.len()) } }
    ul.lines { @for one in asked.iter().take(8) { li.long { a href=(one.place()) dir="auto" { (one.words) } span.quiet { bdi { (one.by) } " " (one.says()) " “" bdi { (one.title) } "” · " (time(scope, one.since, scope.now)) } } } } } } }
}

/// Bets of which it is to be said what came of them.
fn to_judge(scope: &Scope, seen: &Seen) -> Markup {
    html! { @if !seen.to_judge.is_empty() { section.tile { h2 { (icon("flag")) "What came of it?" span.quiet { " " (seen.to_judge.len()) } }
    ul.lines { @for bet in seen.to_judge.iter().take(5) { li { a href={ "outcomes?judge=" (bet.number) "#bet-" (bet.number) } { (keyed(scope, bet.number, &bet.title)) } @if let Some(day) = &bet.ends_on { span.quiet { "promised by " (date(scope, day)) } } } } }
    p { a href="outcomes" { "All outcomes" } } } } }
}

fn bets(scope: &Scope, seen: &Seen) -> Markup {
    let today = when::day(scope.now);
    html! { section.tile { h2 { (icon("map")) "Now on the roadmap" }
    @if seen.bets.is_empty() { p.hint { "Nothing is in Now. " a href="roadmap" { "Open the roadmap" } } }
    ul.lines { @for (number, title, ends, stories, accepted) in seen.bets.iter().take(MOST_BETS) { li { a href={ "roadmap?open=" (number) } dir="auto" { (title) }
        @if *stories > 0 { (meter(&format!("{accepted} of {} accepted", several(*stories, "story")), *accepted as f64 / *stories as f64)) } @else { (pill("warning", "no stories")) }
        @if !ends.is_empty() { @if *ends < today { (pill("critical", "window passed")) } @else { span.quiet { "until " (date(scope, ends)) } } } } } }
    @if seen.bets.len() > MOST_BETS { p { a href="roadmap" { "All of them on the roadmap" } } } } }
}

fn objectives(seen: &Seen) -> Markup {
    html! { section.tile { h2 { (icon("target")) "Objectives" }
    @if seen.objectives.is_empty() { p.hint { "No objective yet. " a href="strategy" { "Set one" } } }
    ul.lines { @for o in &seen.objectives { li { a href="strategy" dir="auto" { (o.objective.title) }
        @if o.key_results.is_empty() { (pill("warning", "no key result")) } @else { (meter(&o.objective.title, o.key_results.iter().map(strategy::KeyResult::progress).sum::<f64>() / o.key_results.len() as f64)) } } } } } }
}

fn evidence(seen: &Seen) -> Markup {
    html! { section.tile { h2 { (icon("inbox")) "Evidence to triage" }
    @if !seen.evidence { p.hint { "Nothing recorded yet. " a href="customers" { "Record what a customer said" } } } @else if seen.loose_evidence == 0 { p.hint { "Every piece of evidence supports a need." } } @else { p { a href="inbox" { strong { @if seen.loose_evidence > 50 { "More than 50 pieces" } @else { (several(seen.loose_evidence, "piece")) } } @if seen.loose_evidence == 1 { " is" } @else { " are" } " linked to no need" } } }
    @if seen.to_approve > 0 { p { a href="portal?shelf=waits" { strong { @if seen.to_approve > 50 { "More than 50 posts" } @else { (several(seen.to_approve, "post")) } } @if seen.to_approve == 1 { " waits" } @else { " wait" } " for approval on the portal" } } } } }
}

fn gaps(seen: &Seen) -> Markup {
    html! { section.tile { h2 { (icon("route")) "Is the chain whole?" }
    @if seen.gaps.is_empty() && !seen.begun.story && !seen.begun.initiative { p.hint { "There is nothing to join yet. It begins with a vision, a bet and a story." } }
    @else if seen.gaps.is_empty() { p.hint { "Yes. Every need has evidence, every story a feature." } }
    ul.lines { @for gap in &seen.gaps { li { a href="thread" { (gap.name) } (pill("warning", &if gap.count > 50 { "50+".to_owned() } else { gap.count.to_string() })) } } } } }
}

/// Stakeholders who are to hear by today, and promises to them whose day has come.
fn to_tell(scope: &Scope, seen: &Seen) -> Markup {
    html! {
        @if !seen.to_tell.is_empty() { section.tile { h2 { (icon("circle-user")) "To be told" span.quiet { " " (seen.to_tell.len()) } }
            ul.lines { @for line in seen.to_tell.iter().take(5) { li { a href={ "stakeholders?open=" (line.stakeholder.id()) } { bdi { (line.stakeholder.name) } } span.quiet { @match &line.last { Some(day) => { "last told " (date(scope, day)) } None => { "never told" } } } } } }
            p { a href="stakeholders" { "All stakeholders" } } } }
        @if !seen.promises.is_empty() { section.tile { h2 { (icon("circle-user")) "Promises that are due" span.quiet { " " (seen.promises.len()) } }
            ul.lines { @for promise in seen.promises.iter().take(5) { @let id = promise.id(); li { a href={ "stakeholders?promise=" (id) "#promise-" (id) } dir="auto" { (promise.what) } @if let Some(day) = &promise.due_on { span.quiet { "until " (date(scope, day)) } } } } } } }
    }
}

/// What is understood together, and what of it waits for the reader.
pub(crate) fn understood(scope: &Scope, seen: &Seen) -> Markup {
    let understood = &seen.understood;
    let nothing = understood.foundation.is_empty() && understood.pulse.is_none() && understood.to_mark == 0;
    html! { @if !nothing { section.tile { h2 { (icon("quote")) "Understood together" }
        ul.lines {
            @for f in &understood.foundation { @let (called, place) = match f.about.as_str() { "vision" => ("Vision", "strategy"), "target_market" => ("Target market", "strategy#market"), _ => ("Top needs", "strategy#needs") };
                li { a href=(place) { (called) } (meter(&format!("{} of {} have confirmed the {}", f.confirmed, understood.everyone(), called.to_lowercase()), if understood.members == 0 { 0.0 } else { f.confirmed as f64 / understood.members as f64 }))
                    @match (f.own, scope.who.assistant) { (Some(true), _) => { span.quiet { (f.confirmed) " of " (understood.everyone()) } } (Some(false), _) => { (pill("warning", "you ask")) } (None, None) => { (pill("warning", "yours is missing")) } (None, Some(_)) => {} } } }
            @if understood.to_mark > 0 { li { a href="understanding" { (several(understood.to_mark, "playback")) @if understood.to_mark == 1 { " waits" } @else { " wait" } " for you" } } }
            @if let Some(pulse) = &understood.pulse { li { a href="understanding#pulse" { @if pulse.own { "Pulse" } @else { "Five questions for you" } } span.quiet { (pulse.answered) " of " (understood.everyone()) } } }
        }
        p { a href="understanding" { "Who has confirmed what" } }
    } } }
}

fn sprint(scope: &Scope, seen: &Seen) -> Markup {
    if let Some(flow) = &seen.flow {
        return in_flow(flow);
    }
    let total: f64 = seen.sprint_stages.iter().map(|(_, _, p)| p).sum();
    let done: f64 = seen.sprint_stages.iter().filter(|(s, ..)| s == "accepted").map(|(_, _, p)| p).sum();
    html! { section.tile { h2 { (icon("square-kanban")) "Sprint" }
    @match &seen.sprint {
        None => { p.hint { "No sprint is running." @if may(scope, Area::Sprints) { " " a href="sprint" { (short_label(scope, Area::Sprints, "Plan one")) } } } }
        Some(s) => {
            p { a href="sprint" { bdi { (s.label()) } } " " span.quiet { @let days = when::days_between(&when::day(scope.now), &s.ends_on); @if days >= 0 { (several(days, "day")) " left" } @else { "past its end" } } }
            @if !s.goal.is_empty() { p.statement dir="auto" { (s.goal) } }
            // Sizes are not for everybody, and not every story has one.
            @if total > 0.0 { p { strong { (points(Some(done))) } " of " (several(points(Some(total)), "point")) " accepted " (meter("Accepted points", done / total)) } }
            @else { @let (done, all) = counted(seen); @if all > 0 { p { strong { (done) } " of " (several(all, "story")) " accepted " (meter("Accepted stories", done as f64 / all as f64)) } } @else { p.hint { "No story is in it." } } }
            p.quiet { @for (n, (stage, count)) in by_stage(seen).into_iter().enumerate() { @if n > 0 { " · " } (capital(stage.says())) " " (count) } }
        }
    } } }
}

/// The same of a product that works without sprints: what is under way, and whether it moves.
fn in_flow(flow: &InFlow) -> Markup {
    let under_way = flow.doing + flow.waiting;
    html! { section.tile { h2 { (icon("square-kanban")) "In flow" }
        @if under_way == 0 { p.hint { "Nothing is under way. " a href="sprint" { "Take up what is ready" } } }
        @else {
            p { a href="sprint" { strong { (several(under_way, "story")) } " under way" } @if flow.slow > 0 { " " (pill("warning", &format!("{} for longer than most", flow.slow))) } }
            @if flow.waiting > 0 { p.quiet { (flow.waiting) " handed over and without a verdict yet" } }
        }
        p { strong { (several(flow.lately, "story")) } " accepted in the last two weeks" }
        p { a href="cadence" { "How it goes" } " · " a href="forecast" { "When it is done" } }
    } }
}

/// How many stories of the sprint are accepted, and how many there are.
fn counted(seen: &Seen) -> (i64, i64) {
    let of = |accepted: bool| seen.sprint_stages.iter().filter(|(s, ..)| !accepted || s == Stage::Accepted.word()).map(|(_, count, _)| count).sum();
    (of(true), of(false))
}

/// How many stories of the sprint are in each stage, in the order in which they go through them.
fn by_stage(seen: &Seen) -> Vec<(Stage, i64)> {
    let count = |stage: Stage| seen.sprint_stages.iter().find(|(word, ..)| word == stage.word()).map(|(_, count, _)| *count);
    Stage::ALL.iter().filter_map(|stage| Some((*stage, count(*stage)?))).collect()
}

fn to_accept(scope: &Scope, seen: &Seen) -> Markup {
    html! { section.tile { h2 { (icon("circle-check-big")) "Acceptance queue" span.quiet { " " (seen.to_accept.len()) } }
    @if seen.to_accept.is_empty() { p.hint { "Nothing waits for a verdict." } }
    ul.lines { @for (number, title, since) in &seen.to_accept { li { a href={ "acceptance#s-" (number) } { (keyed(scope, *number, title)) } span.quiet { (time(scope, *since, scope.now)) } } } } } }
}

fn ready(scope: &Scope, seen: &Seen) -> Markup {
    let usual =
        if seen.velocity.is_empty() || seen.flow.is_some() { None } else { Some(seen.velocity.iter().sum::<f64>() / seen.velocity.len() as f64) };
    html! { section.tile { h2 { (icon("list-ordered")) "Ready against needed" }
    p { strong { (several(seen.ready.0, "story")) } @if scope.sees(Area::Estimates) { ", " strong { (several(points(Some(seen.ready.1)), "point")) } } " ready" @if let Some(usual) = usual { "; a sprint takes about " (points(Some(usual.round()))) } "." }
    @if usual.is_some_and(|u| seen.ready.1 < u) { p { (pill("warning", "not enough for the next sprint")) } }
    // What two weeks took, two weeks need.
    @if seen.flow.is_some_and(|flow| seen.ready.0 < flow.lately) { p { (pill("warning", "not enough for the next two weeks")) } }
    @if !seen.unrefined.is_empty() { h3 { "To refine first" } ul.lines { @for (number, title, begun) in &seen.unrefined { li { a href={ "roadmap?open=" (number) } { (keyed(scope, *number, title)) } span.quiet { @if *begun { "no story is ready" } @else { "no story yet" } } } } }
        p.hint { "In the agreed order of features." } } } }
}

fn blockers(scope: &Scope, seen: &Seen) -> Markup {
    html! { section.tile { h2 { (icon("ban")) "Blocked" }
    @if seen.blockers.is_empty() { p.hint { "Nothing is blocked." } }
    ul.lines { @for (number, title, reason, since) in &seen.blockers { li.long { a href={ "story/" (number) } { (keyed(scope, *number, title)) } span.quiet { bdi { (reason) } " · " (time(scope, *since, scope.now)) } } } } } }
}

/// What is given to the reader, in every product; where nothing is, only a developer is told so.
pub(crate) fn mine(scope: &Scope, seen: &Seen) -> Markup {
    let here = scope.product.as_ref().map_or("", |p| p.key.as_str());
    if seen.mine.is_empty() && worn(scope) != Some(Hat::Developer) {
        return html! {};
    }
    html! { section.tile { h2 { (icon("circle-user")) "My work" }
    @if seen.mine.is_empty() { p.hint { "Nothing is assigned to you. " a href="sprint?who=nobody" { "Take something from the board" } } }
    ul.lines { @for m in &seen.mine { li { a href={ "/" (m.product.0) "/story/" (m.number) } hx-boost=[(m.product.0 != here).then_some("false")] { span.key { (m.product.0) "-" (m.number) } " " bdi { (m.title) } }
        @if m.blocked { (pill("critical", "blocked")) } span.quiet { @if m.product.0 != here { bdi { (m.product.1) } " · " } (capital(product::stage_says(&m.stage))) } } } } } }
}
