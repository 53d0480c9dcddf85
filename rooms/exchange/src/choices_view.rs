//! Markup of what whoever imports chooses. Each choice applies as soon as it is made; without script a button does it.

use crate::{
    draft::Became,
    fields::Field,
    jobs::Job,
    mapping::{Format, LEAVE_OUT, NO_COLUMN, kind_words, stage_words},
    report::Report,
};
use kernel::{Area, Hat, Scope};
use people::Person;
use std::collections::BTreeMap;
use web::{Markup, act_label, capital, html, may, pill, several};

/// Names the choices between yes and no that a form shows.
pub(crate) const SHOWN: &str = "shown";
/// Words that are shown; nobody maps a thousand by hand.
const MOST: usize = 100;

pub(crate) fn choices(scope: &Scope, base: &str, job: &Job, members: &[Person], report: Option<&Report>) -> Markup {
    let (draft, mapping) = (&job.draft, &job.mapping);
    html! { form #mapping.stack method="post" action=(base) {
        @if job.format != Format::GithubJson { (columns(job)) }
        (words("state", "States", &draft.states, &mapping.states, &stage_words(), Unknown::of(mapping.open_unknown)))
        (dates(job))
        (words("type", "Types", &draft.types, &mapping.types, &kind_words(), Unknown::Story))
        (people(scope, base, job, members, report))
        @if may(scope, Area::Sprints) { (sprints(job, report)) }
        (besides(scope, job))
        noscript { button type="submit" { "Apply and look again" } }
    } }
}

/// What comes in besides, and what does not.
fn besides(scope: &Scope, job: &Job) -> Markup {
    let (draft, mapping) = (&job.draft, &job.mapping);
    let epics = if may(scope, Area::Roadmap) { draft.family.epics.len() } else { 0 };
    html! { @if draft.offering > 0 || epics > 0 || !draft.problems.is_empty() || mapping.same { fieldset.choices { legend { "Besides" }
        @if draft.offering > 0 { (check("criteria", mapping.criteria, html! { "Take the acceptance criteria of " (several(draft.offering, "story")) " over as rows (the text stays)" })) }
        @if epics > 0 { (check("features", !mapping.epics_as_labels, html! { @if epics == 1 { "Make the epic a feature" } @else { "Make the " (epics) " epics features" } ", with its stories on it" })) }
        @if !draft.problems.is_empty() { (check("skip_bad", mapping.skip_bad, html! { @if draft.problems.len() == 1 { "Leave out the row that cannot come in" } @else { "Leave out the rows that cannot come in" } })) }
        @if mapping.same { (check("same", true, html! { "A row with the key of a story here is that story" })) }
    } } }
}

/// A choice between yes and no. What is not shown is not answered, and stays as it was.
fn check(name: &str, on: bool, says: Markup) -> Markup {
    html! { input type="hidden" name=(SHOWN) value=(name); label.check { input id=(name) type="checkbox" name=(name) value="true" checked[on] data-submit; span { (says) } } }
}

/// Where a control stands: the hand stays there when the page is shown anew.
fn place(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("-")
}

/// A choice between words, of which the first is what is taken if nothing is chosen.
fn choice(name: &str, taken: &str, chosen: Option<&str>, words: &[(String, String)]) -> Markup {
    html! { select id=(place(name)) name=(name) data-submit {
        option value="" dir="auto" { (taken) }
        @for (value, text) in words { option value=(value) dir="auto" selected[chosen == Some(value)] { (text) } }
    } }
}

fn columns(job: &Job) -> Markup {
    let found: BTreeMap<&str, &String> = job.draft.found.iter().map(|(field, column)| (*field, column)).collect();
    let untitled = !found.contains_key(Field::Title.word());
    html! { details.more id="columns" open[untitled || !job.mapping.columns.is_empty()] { summary { "Columns " span.quiet { (found.len()) " of " (job.draft.columns.len()) " are known" } }
        fieldset.choices { legend.hidden { "Columns" } @for field in Field::chosen() {
            @let chosen = job.mapping.columns.get(field.word()).map(String::as_str);
            @let taken = found.get(field.word()).filter(|_| chosen.is_none()).map_or("–", |c| c.as_str());
            @let options: Vec<(String, String)> = [(NO_COLUMN.to_owned(), "No column".to_owned())].into_iter().chain(job.draft.columns.iter().filter(|c| !c.is_empty() && *c != taken).map(|c| (c.clone(), c.clone()))).collect();
            label.field.map { span { (field.says()) } (choice(&format!("column:{}", field.word()), taken, chosen, &options)) }
        } }
        p.hint { "What no field takes is kept with the story." }
    } }
}

/// The other tool's words: those that are not known come first.
fn words(prefix: &str, legend: &str, found: &BTreeMap<String, Became>, chosen: &BTreeMap<String, String>, ours: &[&str], unknown: Unknown) -> Markup {
    let mut shown: Vec<(&String, &Became)> = found.iter().collect();
    // One that has just been chosen stays where it stood.
    shown.sort_by_key(|(word, became)| (became.known && !chosen.contains_key(*word), std::cmp::Reverse(became.count)));
    shown.truncate(MOST);
    let asked = shown.iter().any(|(word, became)| !became.known && !chosen.contains_key(*word));
    html! { @if !found.is_empty() { fieldset.choices { legend { (legend) } @for (word, became) in &shown {
        @let own = chosen.get(*word).map(String::as_str);
        @let taken = match (own, became.known) { (Some(_), _) => "As guessed".to_owned(), (None, true) => said(&became.to), (None, false) => unknown.says().to_owned() };
        @let options: Vec<(String, String)> = ours.iter().filter(|w| own.is_some() || !became.known || **w != became.to).map(|w| ((*w).to_owned(), said(w))).collect();
        label.field.map { span { bdi { (word) } " " span.quiet { (became.count) } @if own.is_none() && !became.known { " " (pill(unknown.tone(), "not known")) } }
            (choice(&format!("{prefix}:{word}"), &taken, own, &options)) }
    }
    @if asked && !matches!(unknown, Unknown::Story) { (check("open_unknown", matches!(unknown, Unknown::Open), html! { "Leave open what is not known" })) }
    } } }
}

/// What becomes of a word that is not known.
#[derive(Clone, Copy)]
enum Unknown {
    /// It is asked.
    Asked,
    /// Its stories are left open.
    Open,
    Story,
}

impl Unknown {
    fn of(open: bool) -> Unknown {
        if open { Unknown::Open } else { Unknown::Asked }
    }

    fn says(self) -> &'static str {
        match self {
            Unknown::Asked => "Choose…",
            Unknown::Open => "Open",
            Unknown::Story => "Story",
        }
    }

    fn tone(self) -> &'static str {
        if matches!(self, Unknown::Asked) { "warning" } else { "neutral" }
    }
}

/// A word of ours as a person reads it.
pub(crate) fn said(word: &str) -> String {
    if word == LEAVE_OUT { "Leave out".into() } else { capital(&word.replace('_', " ")) }
}

/// Columns whose days can be read two ways.
fn dates(job: &Job) -> Markup {
    let asked: Vec<(&str, String)> = job.draft.two_ways.iter().map(|two| (two.column.as_str(), format!("as in “{}”", two.example))).collect();
    let chosen =
        job.mapping.dates.keys().filter(|column| !asked.iter().any(|(asked, _)| asked == column)).map(|column| (column.as_str(), String::new()));
    let all: Vec<(&str, String)> = asked.iter().cloned().chain(chosen).collect();
    let orders =
        [("day", "The day first"), ("month", "The month first"), ("year", "The year first")].map(|(value, text)| (value.to_owned(), text.to_owned()));
    html! { @if !all.is_empty() { fieldset.choices { legend { "Days that can be read two ways" } @for (column, example) in &all {
        label.field.map { span { bdi { (column) } " " bdi.quiet { (example) } } (choice(&format!("dates:{column}"), "Keep such days as text", job.mapping.dates.get(*column).map(String::as_str), &orders)) }
    } } } }
}

fn people(scope: &Scope, base: &str, job: &Job, members: &[Person], report: Option<&Report>) -> Markup {
    let mut shown: Vec<(&String, &usize)> = job.draft.people.iter().collect();
    shown.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    shown.truncate(MOST);
    let member = |name: &str| report.and_then(|r| r.people.iter().find(|p| p.name == name)).and_then(|p| p.member.as_deref());
    let options: Vec<(String, String)> = [(NO_COLUMN.to_owned(), "Nobody here".to_owned())]
        .into_iter()
        .chain(members.iter().filter(|m| !m.is_assistant).map(|m| (m.email.clone(), m.name.clone())))
        .collect();
    let is_asked_in = |name: &str| job.invited.iter().any(|guest| guest.name == name && !guest.refused);
    let is_stranger = |name: &str| member(name).is_none() && !job.mapping.people.contains_key(name) && !is_asked_in(name);
    let strangers: Vec<&String> = shown.iter().map(|(name, _)| *name).filter(|name| may(scope, Area::Agreement) && is_stranger(name)).collect();
    // What was refused stands there as it was typed.
    let typed = |name: &str| job.invited.iter().find(|guest| guest.name == name).map_or_else(|| mail_in(name), |guest| guest.email.clone());
    html! { @if !shown.is_empty() { fieldset.choices { legend { "People" }
        @for (name, count) in &shown {
            @let own = job.mapping.people.get(*name).map(|mail| if mail.is_empty() { NO_COLUMN } else { mail.as_str() });
            @let taken = match (own, member(name)) { (Some(_), _) => "As guessed", (None, Some(member)) => member, (None, None) if is_asked_in(name) => "Invited", (None, None) => "Nobody here" };
            label.field.map { span { bdi { (name) } " " span.quiet { (count) } } (choice(&format!("person:{name}"), taken, own, &options)) }
        } }
        @if !strangers.is_empty() { fieldset.choices { legend { "Invite" }
            p.hint { "Whoever is invited gets these stories when they join." }
            @for name in &strangers { label.field.map { span { bdi { (name) } } input id=(place(&format!("invite:{name}"))) type="email" name={ "invite:" (name) } value=(typed(name)) placeholder="E-mail" aria-label={ "E-mail of " (name) } autocomplete="off"; } }
            label.field.map { span { "They come in as" } select name="invite_hat" { @for hat in Hat::ALL { option value=(hat) selected[*hat == Hat::Developer] { (hat.title()) } } } }
            button type="submit" formaction={ (base) "/invite" } { (act_label(scope, Area::Agreement, if strangers.len() == 1 { "Invite" } else { "Invite these people" })) }
        } }
        (invited(job))
    } }
}

/// The address that a name carries along.
fn mail_in(name: &str) -> String {
    reading::people::Person::of(name).mail.unwrap_or_default()
}

fn invited(job: &Job) -> Markup {
    html! { @for guest in &job.invited { div.banner.(if guest.refused { "critical" } else { "good" }) role="status" { p { strong { bdi { (guest.name) } } " " (guest.told) } @if let Some(link) = &guest.link { input type="text" readonly value=(link) aria-label={ "Link for " (guest.name) }; } } } }
}

/// Sprints that the file names without days.
fn sprints(job: &Job, report: Option<&Report>) -> Markup {
    let missing = report.map_or(&[][..], |r| &r.sprints_without_days);
    let all: Vec<(&str, Option<usize>)> = missing
        .iter()
        .map(|(name, count)| (name.as_str(), Some(*count)))
        .chain(job.mapping.sprints.keys().filter(|name| !missing.iter().any(|(n, _)| n == *name)).map(|name| (name.as_str(), None)))
        .take(MOST)
        .collect();
    html! { @if !all.is_empty() { details.more id="sprints" { summary { "Sprints " span.quiet { (all.len()) } }
        p.hint { "The file names them without their days. With days they are made, and their stories stand in them; without, the name is kept as text." }
        fieldset.choices { legend.hidden { "Sprints" } @for (name, count) in all {
            @let (first, last) = job.mapping.sprints.get(name).and_then(|days| days.split_once("..")).unwrap_or(("", ""));
            div.field.days { span { bdi { (name) } @if let Some(count) = count { " " span.quiet { (count) } } }
                div.pair { label { span.hidden { "First day of " (name) } input id=(place(&format!("first:{name}"))) type="date" name={ "first:" (name) } value=(first) data-submit; } label { span.hidden { "Last day of " (name) } input id=(place(&format!("last:{name}"))) type="date" name={ "last:" (name) } value=(last) data-submit; } } }
        } }
    } } }
}
