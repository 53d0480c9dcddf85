//! Markup of forecasts: what is open, what came true, and how well one foresees.

use crate::{
    model::{Came, bands, brier},
    rows::Line,
};
use kernel::{Noun, Scope};
use web::{
    Markup, action,
    chart::{Across, Chart, Plot, Series},
    date, disclosure, empty, html, input, keyed, limited, pill, select, several, when,
};

fn is_a_person(scope: &Scope) -> bool {
    scope.who.assistant.is_none() && scope.who.member.is_some() && scope.sees(kernel::Area::Backlog)
}

pub(crate) fn ask_button(scope: &Scope, stories: &[(i64, String)], wanted: &str, today: &str) -> Markup {
    if !is_a_person(scope) || stories.is_empty() {
        return html! {};
    }
    let choices: Vec<(String, String)> =
        stories.iter().map(|(number, title)| (number.to_string(), format!("{} {title}", scope.key(*number)))).collect();
    let fields = html! { (select("story", "Which story", &choices, wanted)) (input("date", "due_on", "Accepted by", &when::days_after(today, 7))) };
    disclosure(
        "ask-forecast",
        "Ask about a story",
        "primary",
        html! { form.stack method="post" action=(action(scope, "forecast_question.ask")) data-act { (limited("forecast_question.ask", fields)) p.error data-error="" {} div.row { button.primary type="submit" { "Ask" } } } },
    )
}

pub(crate) fn page(scope: &Scope, lines: &[Line]) -> Markup {
    let (open, over): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.came == Came::Open);
    let held: Vec<(i64, bool)> =
        over.iter().filter(|line| line.came != Came::Void).filter_map(|line| Some((line.said?, line.came == Came::True))).collect();
    html! {
        p.lead { "Will it be accepted by that day? Say how likely you think it is, once; the record says what came true. What you say is yours alone." }
        @if lines.is_empty() { (empty("eye", "Nothing is asked yet", "Ask whether a story will be accepted by a day, and say how likely you think it is. After a few you know how far to trust your feeling.", html! {})) }
        @if !open.is_empty() { section { h2 { "Open " span.quiet { (open.len()) } } ul.lines { @for line in open.iter().rev() { (open_line(scope, line)) } } } }
        @if let Some(score) = brier(&held) { (calibration(&held, score)) }
        @if !over.is_empty() { section { h2 { "Over" } ul.lines { @for line in &over { li.long { (named(scope, line)) span.quiet { "by " (date(scope, &line.question.due_on)) } (came(line.came)) @if let Some(said) = line.said { span { "you said " (said) " %" } } } } } } }
    }
}

fn named(scope: &Scope, line: &Line) -> Markup {
    html! { @match &line.story {
        Some(story) => { a.what href={ "story/" (story.number) } { (keyed(scope, story.number, &story.title)) } }
        None => { span.what { bdi { (line.question.title) } } }
    } }
}

fn came(came: Came) -> Markup {
    match came {
        Came::True => pill("good", "accepted in time"),
        Came::False => pill("warning", "not in time"),
        Came::Void => pill("neutral", "the story is gone"),
        Came::Open => html! {},
    }
}

fn open_line(scope: &Scope, line: &Line) -> Markup {
    let id = line.question.id().to_string();
    html! { li.long { (named(scope, line)) span.quiet { "accepted by " (date(scope, &line.question.due_on)) "?" }
        @match line.said {
            Some(said) => { span { "You said " strong { (said) " %" } } }
            None => { @if is_a_person(scope) { form.inline method="post" action=(action(scope, "prediction.give")) data-act {
                input type="hidden" name="forecast_question" value=(id);
                label { span.hidden { "How likely, in %" } input type="text" inputmode="numeric" name="chance" size="4" placeholder="%" autocomplete="off"; } button type="submit" { "Say it" } span.error data-error="chance" {} span.error data-error="" {} } } }
        }
        @if scope.who.member == Some(line.question.member.0) && line.said.is_none() { form.act method="post" action=(action(scope, "forecast_question.remove")) data-act { input type="hidden" name="forecast_question" value=(id); button.plain type="submit" { "Take it back" } } }
    } }
}

/// How often what was said came true, with what somebody well calibrated would have.
fn calibration(held: &[(i64, bool)], score: f64) -> Markup {
    let told = bands(held);
    let names = told.iter().map(|(said, _, many)| format!("{said:.0} % ({many})")).collect();
    let (said, came): (Vec<f64>, Vec<f64>) = told.iter().map(|(said, came, _)| (*said, *came)).unzip();
    let plot = Plot::new(Across::Names(names), "Came true, in %")
        .with(Series::bars("Came true", &came))
        .with(Series::line("As you said", &said).quiet().dashed());
    let judged = if held.len() < 20 {
        "Fewer than twenty are too few to judge by.".to_owned()
    } else {
        format!("Your score is {score:.2}; always saying 50 % has 0.25, and less is better.")
    };
    let says = format!("{} of yours are over. {judged}", several(held.len(), "forecast"));
    html! { section { h2 { "How well you foresee" } @if told.len() > 1 { (Chart::of("What you said, and what came", plot).told(says).view()) } @else { p { (says) } } } }
}
