//! Markup of forecasts: what is open, what came true, and how well one foresees.

use crate::{
    model::{Band, Came, Matter, bands, brier, judged},
    pages::Chosen,
    rows::{Choices, Line},
};
use kernel::{Noun, Scope};
use web::{
    Markup, action,
    chart::{Across, Chart, Plot, Series},
    date, disclosure, empty, html, input, keyed, limited, pill, product_path, select, when,
};

fn is_a_person(scope: &Scope) -> bool {
    scope.who.assistant.is_none() && scope.who.member.is_some()
}

/// The forms that ask: open where a page leads here with something chosen, else behind a button.
pub(crate) struct Forms {
    pub open: Markup,
    pub button: Markup,
}

/// A kind of question, what it can be about, and what the page that leads here has chosen.
struct Kind<'a> {
    title: &'a str,
    field: &'a str,
    /// What its day is called; none is asked for where that is given.
    day: &'a str,
    all: &'a [(String, String)],
    wanted: &'a str,
}

pub(crate) fn ask(scope: &Scope, choices: &Choices, chosen: &Chosen, today: &str) -> Forms {
    let nothing = || html! {};
    if !is_a_person(scope) || choices.is_empty() {
        return Forms { open: nothing(), button: nothing() };
    }
    let by = |says: &str| input("date", "due_on", says, &when::days_after(today, 7));
    let form = |fields: Markup| html! { form.stack method="post" action=(action(scope, "forecast_question.ask")) data-act { (limited("forecast_question.ask", fields)) p.error data-error="" {} div.row { button.primary type="submit" { "Ask" } } } };
    let kinds = [
        Kind { title: "Will a story be accepted?", field: "story", day: "Accepted by", all: &choices.stories, wanted: &chosen.story },
        Kind { title: "Will a sprint meet its goal?", field: "sprint", day: "", all: &choices.sprints, wanted: &chosen.sprint },
        Kind { title: "Will a release reach users?", field: "release", day: "With users by", all: &choices.releases, wanted: &chosen.release },
        Kind {
            title: "Will a key result reach its target?",
            field: "key_result",
            day: "Reached by",
            all: &choices.results,
            wanted: &chosen.key_result,
        },
    ];
    let one = |kind: &Kind| {
        html! { section { h2 { (kind.title) }
        (form(html! { (select(kind.field, "Which one", kind.all, kind.wanted)) @if kind.day.is_empty() { p.hint { "Its last day counts, and what is said of its goal when it is closed." } } @else { (by(kind.day)) } })) } }
    };
    match kinds.iter().find(|kind| kind.all.iter().any(|(value, _)| value == kind.wanted)) {
        Some(wanted) => Forms { open: html! { div.tile { (one(wanted)) } }, button: nothing() },
        None => {
            let all = html! { @for kind in kinds.iter().filter(|kind| !kind.all.is_empty()) { (one(kind)) } };
            Forms { open: nothing(), button: disclosure("ask-forecast", "Ask a question", "primary", all) }
        }
    }
}

pub(crate) fn page(scope: &Scope, lines: &[Line], asking: &Markup) -> Markup {
    let (open, over): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.came == Came::Open);
    let held: Vec<(i64, bool)> =
        over.iter().filter(|line| line.came != Came::Void).filter_map(|line| Some((line.said?, line.came == Came::True))).collect();
    html! {
        p.lead { "Will it come true by that day? Say how likely you think it is, once; the record says what came of it. What you say is yours alone." }
        (asking)
        @if lines.is_empty() { (empty("eye", "Nothing is asked yet", "Ask whether a story will be accepted, a sprint meet its goal, a release reach users or a key result its target, and say how likely you think it is. After a few you know how far to trust your feeling.", html! {})) }
        @if !open.is_empty() { section { h2 { "Open " span.quiet { (open.len()) } } ul.lines { @for line in open.iter().rev() { (open_line(scope, line)) } } } }
        @if let Some(score) = brier(&held) { (calibration(&held, score)) }
        @if !over.is_empty() { section { h2 { "Over" } ul.lines { @for line in &over { li.long { (named(scope, line)) span.quiet { "by " (date(scope, &line.question.due_on)) } (came(line)) @if let Some(said) = line.said { span { "you said " (said) " %" } } } } } } }
    }
}

fn named(scope: &Scope, line: &Line) -> Markup {
    let base = product_path(scope);
    html! { @match &line.matter {
        Matter::Story(story) => { a.what href={ (base) "/story/" (story.number) } { (keyed(scope, story.number, &story.title)) } }
        Matter::Sprint(sprint) => { a.what href={ (base) "/sprint?sprint=" (sprint.number) } { bdi { (sprint.name) } } }
        Matter::Release(release) => { a.what href={ (base) "/launch?show=" (release.id()) } { bdi { (release.name) } } }
        Matter::KeyResult(result, _) => { a.what href={ (base) "/strategy#o-" (result.objective) } { bdi { (result.title) } } }
        Matter::Gone => { span.what { bdi { (line.question.title) } } }
    } }
}

/// What is asked, with its day.
fn question(scope: &Scope, line: &Line) -> String {
    let day = date(scope, &line.question.due_on);
    match &line.matter {
        Matter::Sprint(_) => format!("meets its goal, {day}?"),
        Matter::Release(_) => format!("reaches users by {day}?"),
        Matter::KeyResult(..) => format!("reaches its target by {day}?"),
        Matter::Story(_) | Matter::Gone => format!("accepted by {day}?"),
    }
}

fn came(line: &Line) -> Markup {
    match (line.came, &line.matter) {
        (Came::True, Matter::Sprint(_)) => pill("good", "met its goal"),
        (Came::True, Matter::Release(_)) => pill("good", "with users in time"),
        (Came::True, Matter::KeyResult(..)) => pill("good", "reached in time"),
        (Came::True, _) => pill("good", "accepted in time"),
        (Came::False, Matter::Sprint(_)) => pill("warning", "did not meet its goal"),
        (Came::False, _) => pill("warning", "not in time"),
        (Came::Void, Matter::Sprint(_)) => pill("neutral", "closed without a word on its goal"),
        (Came::Void, _) => pill("neutral", "what it was about is gone"),
        (Came::Open, _) => html! {},
    }
}

fn open_line(scope: &Scope, line: &Line) -> Markup {
    let id = line.question.id().to_string();
    let is_due = line.question.due_on < when::day(scope.now);
    html! { li.long { (named(scope, line)) span.quiet { (question(scope, line)) }
        @match line.said {
            Some(said) => { span { "You said " strong { (said) " %" } } }
            None if is_due => { span.quiet { "waits to be closed" } }
            None => { @if is_a_person(scope) { form.inline method="post" action=(action(scope, "prediction.give")) data-act {
                input type="hidden" name="forecast_question" value=(id);
                label { span.hidden { "How likely, in %" } input type="text" inputmode="numeric" name="chance" size="4" placeholder="%" autocomplete="off"; } button type="submit" { "Say it" } span.error data-error="chance" {} span.error data-error="" {} } } }
        }
        @if scope.who.member == Some(line.question.member.0) && line.said.is_none() { form.act method="post" action=(action(scope, "forecast_question.remove")) data-act { input type="hidden" name="forecast_question" value=(id); button.plain type="submit" { "Take it back" } } }
    } }
}

/// How often what was said came true, with how far chance alone would take it.
fn calibration(held: &[(i64, bool)], score: f64) -> Markup {
    let told = bands(held);
    let names = told.iter().map(|band| format!("{:.0} %", band.said)).collect();
    // How many a point rests on has no room on a phone beneath it.
    let many: Vec<String> = told.iter().map(|band| format!("at {:.0} %, {} of {}", band.said, band.came, band.many)).collect();
    let of = |figure: fn(&Band) -> f64| -> Vec<f64> { told.iter().map(figure).collect() };
    let plot = Plot::new(Across::Names(names), "Came true, in %")
        .with(Series::line("Came true", &of(|band| band.share(band.came))))
        .with(Series::line("You said", &of(|band| band.said)).dashed())
        .with(Series::line("At least", &of(|band| band.share(band.usual.0))).quiet().dashed())
        .with(Series::line("At most", &of(|band| band.share(band.usual.1))).quiet().dashed());
    let says = judged(held, &told, score);
    let drawn =
        format!("{says} It came true {}. Between “at least” and “at most” is what chance leaves to somebody whose figures hold.", many.join("; "));
    html! { section { h2 { "How well you foresee" } @if told.len() > 1 { (Chart::of("What you said, and what came", plot).told(drawn).view()) } @else { p { (says) } } } }
}
