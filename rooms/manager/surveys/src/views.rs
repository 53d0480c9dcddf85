//! Markup of surveys as members see them.

use crate::{
    apart::{FEWEST_APART, OfSegment},
    evaluating::{self, Told, called},
    model::*,
};
use customers::{Segment, ways};
use kernel::{Noun, Scope};
use notices::Around;
use roadmap::Feature;
use scoring::kano::Category::{self, *};
use web::{
    Markup, act, area_field, command_form, date, disclosure, empty, field, html, input, may, pill, select, several, small_act, telling::percent,
    time, when, who_decides,
};

/// A survey, and how many have answered it.
pub(crate) struct Line {
    pub survey: Survey,
    pub answers: i64,
}

pub(crate) fn begin(scope: &Scope, features: &[Feature]) -> Markup {
    let fields = html! {
        (field("title", "What it is called", "")) (area_field("intro", "What stands at its head", "Two short questions about each of these. There are no wrong answers.", 2))
        @if !features.is_empty() { fieldset.ticks { legend { "Features it asks about" }
            @for feature in features.iter().take(60) { label.check { input type="checkbox" name="features" value=(feature.id()); span { span.key { (scope.key(feature.number)) } " " bdi { (feature.title) } } } } } }
        p.hint { "At most " (MOST_ITEMS) "; others can be added in your own words." }
    };
    disclosure("begin-survey", "Build a survey", "primary", command_form(scope, AREA, "survey.begin", "Build it", fields))
}

fn state(survey: &Survey) -> Markup {
    pill(if survey.state == SurveyState::Open { "good" } else { "neutral" }, survey.state.says())
}

fn people(many: i64) -> String {
    if many == 1 { "1 answer".into() } else { format!("{many} answers") }
}

pub(crate) fn list(scope: &Scope, lines: &[Line]) -> Markup {
    html! {
        (ways("surveys"))
        @if lines.is_empty() { (empty("circle-help", "No survey yet", &format!("A Kano survey asks about each feature twice: how people feel if they have it, and if they do not. It tells what they take for granted, what grows on them, and what delights. People answer by a link, without an account. {}", who_decides(scope, AREA)), html! {})) }
        @else { div.scroll tabindex="0" role="region" aria-label="Surveys" { table.list { thead { tr { th { "Survey" } th { "It is" } th.num { "Answers" } th.spare { "Begun" } } }
            tbody { @for line in lines { tr.clickable { td { a.title href={ "?show=" (line.survey.id()) } dir="auto" { (line.survey.title) } } td { (state(&line.survey)) } td.num { (line.answers) } td.spare { (date(scope, &when::day(line.survey.meta.created_at))) } } } } } } }
    }
}

/// What one survey is drawn from.
pub(crate) struct One<'a> {
    pub survey: &'a Survey,
    pub answers: i64,
    pub items: &'a [Item],
    /// The links, and whether one for a single person was used.
    pub links: &'a [(SurveyLink, bool)],
    pub told: &'a [Told],
    pub features: &'a [Feature],
    /// What each segment says that is told of.
    pub apart: &'a [OfSegment],
    pub segments: &'a [Segment],
}

pub(crate) fn one(scope: &Scope, one: &One, around: &Around, history: &activity::History) -> Markup {
    let s = one.survey;
    let id = s.id().to_string();
    html! {
        p.crumb { a href="surveys" { "Surveys" } " · " (state(s)) " " (people(one.answers)) @if let (Some(day), true) = (&s.closes_on, s.state != SurveyState::Closed) { " · until " (date(scope, day)) } @if s.in_portal { " · on the portal" } }
        @if !s.intro.is_empty() { p.lead.body dir="auto" { (s.intro) } }
        div.row {
            @match s.state {
                SurveyState::Draft => { (act(scope, AREA, "survey.open", &[("survey", &id)], "Open it for answers", "primary")) }
                SurveyState::Open => { (act(scope, AREA, "survey.close", &[("survey", &id)], "Close and evaluate", "primary"))
                    (act(scope, PUBLISHING, "survey.share", &[("survey", &id), ("in_portal", if s.in_portal { "false" } else { "true" })], if s.in_portal { "Hide on the portal" } else { "Show on the portal" }, "plain")) }
                SurveyState::Closed => {}
            }
            @if s.state != SurveyState::Closed { (disclosure("edit-survey", "Edit", "plain", command_form(scope, AREA, "survey.edit", "Save", html! {
                input type="hidden" name="survey" value=(id); input type="hidden" name="version" value=(s.meta.version);
                (field("title", "What it is called", &s.title)) (area_field("intro", "What stands at its head", &s.intro, 2)) (input("date", "closes_on", "Takes answers until", s.closes_on.as_deref().unwrap_or(""))) }))) }
            @if s.state != SurveyState::Open { (small_act(scope, AREA, "survey.remove", &[("survey", &id)], "trash-2", "Remove this survey")) }
        }
        @match s.state {
            SurveyState::Draft => { p.hint { "Once it is open its questions stand, so that everybody answers the same." } (items(scope, one)) (links(scope, one)) }
            SurveyState::Open => { p.hint { "What was answered is told once it is closed, from " (FEWEST) " answers on: so nobody is steered by it, and nobody can tell who said what." } (links(scope, one)) (items(scope, one)) }
            SurveyState::Closed => { (result(one)) }
        }
        (around.view(scope, s.meta.id))
        (activity::history_view(scope, history))
    }
}

fn items(scope: &Scope, one: &One) -> Markup {
    let draft = one.survey.state == SurveyState::Draft;
    let free = one.features.iter().filter(|feature| one.items.iter().all(|item| item.feature != Some(feature.id())));
    let offered: Vec<(String, String)> = std::iter::once((String::new(), "Described below".to_owned()))
        .chain(free.map(|f| (f.id().to_string(), format!("{} {}", scope.key(f.number), f.title))))
        .collect();
    html! { section { h2 { "What it asks about" span.quiet { " " (one.items.len()) } }
        @if one.items.is_empty() { p.hint { "Nothing yet. Add the features that people are to be asked about." } }
        ol.asked-about { @for item in one.items { li { strong dir="auto" { (item.title) } @if !item.body.is_empty() { p.body dir="auto" { (item.body) } }
            @if draft { div.row { (disclosure(&format!("edit-{}", item.id()), "Other words", "plain", command_form(scope, AREA, "survey_item.edit", "Save", html! {
                input type="hidden" name="item" value=(item.id()); (field("title", "What it is, in their words", &item.title)) (area_field("body", "In a sentence", &item.body, 2)) })))
                (small_act(scope, AREA, "survey_item.remove", &[("item", &item.id().to_string())], "trash-2", "Ask no more about this")) } } } } }
        @if draft && one.items.len() < MOST_ITEMS { (disclosure("add-item", "Ask about more", "", command_form(scope, AREA, "survey_item.add", "Add", html! {
            input type="hidden" name="survey" value=(one.survey.id());
            @if !one.features.is_empty() { (select("feature", "Feature", &offered, "")) }
            (field("title", "What it is, in their words", "")) (area_field("body", "In a sentence", "", 2)) }))) }
    } }
}

fn links(scope: &Scope, one: &One) -> Markup {
    let id = one.survey.id().to_string();
    html! { @if may(scope, PUBLISHING) { section { h2 { "Who is asked" }
        @if one.links.is_empty() { p.hint { "People answer by a link, without an account. One for a single person takes one answer; one for many takes one from each browser." } }
        ul.lines.shared-links { @for (link, used) in one.links { li { div.what { strong { bdi { (link.name) } } p.hint { (if link.once { "for one person" } else { "for many" }) @if let Some(segment) = link.segment.and_then(|id| one.segments.iter().find(|known| known.id() == id)) { " of " bdi { (segment.name) } } " · made " (time(scope, link.meta.created_at, scope.now)) @if *used { " · answered" } } }
            @if link.revoked_at.is_some() { (pill("neutral", "revoked")) } @else if !link.works(scope.now) { (pill("neutral", "expired")) }
            @else { span.quiet { "until " (date(scope, &when::day(link.expires_at))) } (act(scope, PUBLISHING, "survey_link.revoke", &[("survey_link", &link.id().to_string())], "Revoke", "plain")) } } } }
        (disclosure("share-survey", "Make a link", "", command_form(scope, PUBLISHING, "survey_link.make", "Make link", html! {
            input type="hidden" name="survey" value=(id); (field("name", "Whom it is for", ""))
            (select("once", "It takes", &[("false".into(), "One answer from each browser".into()), ("true".into(), "One answer: it is for one person".into())], "false"))
            @if !one.segments.is_empty() { (select("segment", "Whoever answers by it is of", &segments(one.segments), "")) }
            (select("days", "It works for", &[7, 30, 90].map(|days| (days.to_string(), several(days, "day"))), "30"))
            p.hint { "The link is shown once. Whoever holds it sees the questions and nothing else." @if !one.segments.is_empty() { " Answers of a segment are also told apart, from " (FEWEST_APART) " on, and whoever answers is told so." } } })))
    } } }
}

fn result(one: &One) -> Markup {
    let s = one.survey;
    html! { section { h2 { "What people said" }
    @if one.told.is_empty() { p { @if s.people < FEWEST { "Only " (people(s.people)) " came in. From " (FEWEST) " on a result is told: of fewer one could tell whose they are." } @else { "There is nothing to tell." } } }
    @else {
        (evaluating::chart(s, one.told).view())
        div.scroll tabindex="0" role="region" aria-label="What people said of each" { table.list.kano-result.stacked { thead { tr { th { "Feature" } th { "It is" } th.num { "Better" } th.num { "Worse" } th.spare { "Answers" } } }
            tbody { @for told in one.told { tr { td { bdi { (told.item.title) } } td { (verdict(told)) }
                td.num data-label="Better" { @if let Some(v) = &told.verdict { (percent(v.better)) " " span.quiet { (range(v.better_between)) } } @else { "–" } }
                td.num data-label="Worse" { @if let Some(v) = &told.verdict { (percent(v.worse)) " " span.quiet { (range(v.worse_between)) } } @else { "–" } }
                td.spare.quiet { (spread(told)) }
            } } } } }
        (apart(one))
        details.more { summary { "How to read it" } p { "Each person’s two answers come to a category by Kano’s table: must-be, one-dimensional, attractive, indifferent, reverse or questionable. A feature is what most people say it is; where the first two are too close to be told apart by so few answers (Fong 1996), both are named. Better is (A + O) / (A + O + M + I): how much it would please. Worse is −(O + M) / (A + O + M + I): how much its lack would displease (Berger and others 1993). The bars and the figures beside them say where each lies with 95 % (Wilson 1927)." } }
    } } }
}

fn segments(all: &[Segment]) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), "No segment in particular".to_owned())];
    choices.extend(all.iter().map(|segment| (segment.id().to_string(), segment.name.clone())));
    choices
}

/// What each segment says, side by side; nothing where no link was for one.
fn apart(one: &One) -> Markup {
    html! { @if !one.survey.segments.is_empty() { h3 { "By segment" }
        @if one.apart.is_empty() { p.hint { "Links were for segments, but of none enough people answered: a segment is told of from " (FEWEST_APART) " answers on, and only where the others are none or as many, since they would follow by subtraction." } }
        @else { div.scroll tabindex="0" role="region" aria-label="What each segment said" { table.list.kano-result.stacked {
            thead { tr { th { "Feature" } @for segment in one.apart { th { bdi { (segment.name) } " " span.quiet { (people(segment.people)) } } } } }
            tbody { @for (n, told) in one.told.iter().enumerate() { tr { td { bdi { (told.item.title) } }
                @for segment in one.apart { td data-label=(segment.name) { @if let Some(told) = segment.told.get(n) { strong { (called(told.category()).0) }
                    @if let Some(v) = &told.verdict { " " span.quiet { "better " (percent(v.better)) ", worse " (percent(v.worse)) } } } } }
            } } }
        } } }
    } }
}

fn verdict(told: &Told) -> Markup {
    let (name, means) = called(told.category());
    let Some(v) = &told.verdict else {
        return html! { strong { (name) } " " span.quiet { (means) } };
    };
    let next = second(&told.counts, v.category);
    html! { strong { (name) } " " span.quiet { (means) } @if !v.is_clear { @if let Some(next) = next { " " (pill("warning", &format!("or {}", called(next).0.to_lowercase()))) } } }
}

const ALL: [Category; 6] = [MustBe, OneDimensional, Attractive, Indifferent, Reverse, Questionable];

/// The most frequent category besides the first.
fn second(counts: &[usize; 6], first: Category) -> Option<Category> {
    ALL.into_iter()
        .filter(|category| *category != first)
        .max_by_key(|category| counts[*category as usize])
        .filter(|category| counts[*category as usize] > 0)
}

/// "3 attractive, 1 indifferent".
fn spread(told: &Told) -> String {
    let said = ALL.into_iter().filter(|category| told.counts[*category as usize] > 0);
    said.map(|category| format!("{} {}", told.counts[category as usize], called(category).0.to_lowercase())).collect::<Vec<_>>().join(", ")
}

fn range((from, to): (f64, f64)) -> String {
    format!("{} to {}", percent(from).trim_end_matches("\u{a0}%"), percent(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_frequent_category_is_named() {
        assert_eq!(second(&[4, 3, 0, 0, 0, 0], MustBe), Some(OneDimensional));
        assert_eq!(second(&[4, 0, 0, 0, 0, 0], MustBe), None);
        assert_eq!(range((-0.9, -0.401)), "−90 to −40\u{a0}%");
    }
}
