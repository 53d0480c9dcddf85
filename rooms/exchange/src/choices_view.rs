//! Markup of what whoever imports chooses. Each choice applies as soon as it is made; without script a button does it.

use crate::{
    draft::Became,
    fields::Field,
    invite::Invited,
    jobs::Job,
    kinds::is_epic,
    mapping::{Format, LEAVE_OUT, NO_COLUMN, column_in, kind_words, stage_words},
    own_fields::{self, KeptColumn},
    report::Report,
};
use fields::FieldKind;
use kernel::{Area, Hat, Scope};
use people::Person;
use product::{BoardColumn, Stage};
use std::collections::BTreeMap;
use web::{Markup, act_label, capital, html, may, pill, several};

/// Names the choices between yes and no that a form shows.
pub(crate) const SHOWN: &str = "shown";
/// Names the fields that were chosen since the form was shown; the script adds it.
pub(crate) const TOUCHED: &str = "_touched";
/// Words that are shown; nobody maps a thousand by hand.
const MOST: usize = 100;

pub(crate) fn choices(scope: &Scope, base: &str, job: &Job, here: &Around, report: Option<&Report>) -> Markup {
    let (draft, mapping) = (&job.draft, &job.mapping);
    let stages: Vec<String> = stages(&here.columns);
    let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
    html! { form #mapping.stack method="post" action=(base) data-stay {
        // What Enter in a field presses: it applies what was chosen, and invites nobody.
        button.hidden type="submit" tabindex="-1" aria-hidden="true" { "Apply" }
        @if job.format != Format::GithubJson { (sheets(job)) (columns(job)) }
        (kept_columns(scope, job, &here.fields))
        (words("state", "States", report.map_or(&draft.states, |r| &r.states), &mapping.states, &stages, Unknown::of(mapping.open_unknown)))
        (dates(job))
        (words("type", "Types", &types(scope, job), &mapping.types, &kind_words(), Unknown::Story))
        (people(scope, base, job, &here.members, report))
        @if scope.settles(Area::Backlog, Area::Sprints) { (sprints(job, report)) }
        (besides(scope, job))
        noscript { button type="submit" { "Apply and look again" } }
    } }
}

/// What the types of a file become; epics become features where whoever imports has a say there.
fn types(scope: &Scope, job: &Job) -> BTreeMap<String, Became> {
    let mut types = job.draft.types.clone();
    let features = may(scope, Area::Roadmap) && !job.mapping.epics_as_labels;
    for (_, became) in types.iter_mut().filter(|(word, became)| features && became.known && is_epic(word)) {
        became.to = "feature".into();
    }
    types
}

/// What there is in the product that the words of a file may mean.
pub(crate) struct Around {
    pub members: Vec<Person>,
    pub columns: Vec<BoardColumn>,
    /// The own fields of its stories.
    pub fields: Vec<fields::Field>,
}

/// What a state may become: a stage, or another of its columns than the first.
fn stages(columns: &[BoardColumn]) -> Vec<String> {
    let others = |stage: Stage| columns.iter().filter(move |c| c.stage == stage && stage != Stage::Open).skip(1);
    let of = |word: &&str| {
        let further = Stage::parse(word).into_iter().flat_map(others).map(|c| format!("{word}:{}", c.name)).collect::<Vec<_>>();
        std::iter::once((*word).to_owned()).chain(further)
    };
    stage_words().iter().flat_map(of).collect()
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

/// Which sheet of a workbook is meant, where it has several.
fn sheets(job: &Job) -> Markup {
    let names = if reading::workbook::is_workbook(&job.bytes) { reading::workbook::sheets(&job.bytes).unwrap_or_default() } else { vec![] };
    html! { @if names.len() > 1 { fieldset.choices { legend { "Sheet" } label.field.map { span { "Which one has the stories" }
        select id="sheet" name="sheet" data-submit { @for name in &names { option value=(name) dir="auto" selected[*name == job.mapping.sheet || (job.mapping.sheet.is_empty() && Some(name) == names.first())] { (name) } } }
    } } } }
}

/// Which column is what. While no column is the title, that alone is asked.
fn columns(job: &Job) -> Markup {
    let found: BTreeMap<&str, &String> = job.draft.found.iter().map(|(field, column)| (*field, column)).collect();
    let untitled = !found.contains_key(Field::Title.word());
    html! {
        @if untitled { fieldset.choices { legend { "Needed" } (column(job, &found, Field::Title, true)) } }
        details.more id="columns" open[!untitled && !job.mapping.columns.is_empty()] { summary { "Columns " @if !untitled { span.quiet { (found.len()) " of " (job.draft.columns.len()) " are known" } } }
            fieldset.choices { legend.hidden { "Columns" } @for field in Field::chosen().filter(|field| !(untitled && *field == Field::Title)) { (column(job, &found, field, false)) } }
            p.hint { "What no field takes is kept with the story." }
        }
    }
}

/// What of it is kept as text can become an own field, for whoever has a say in which there are.
fn kept_columns(scope: &Scope, job: &Job, known: &[fields::Field]) -> Markup {
    let is_field = |name: &str| known.iter().any(|field| field.name.to_lowercase() == name.to_lowercase());
    let columns: Vec<KeptColumn> = if may(scope, Area::Agreement) { own_fields::kept(&job.draft) } else { vec![] };
    let columns: Vec<KeptColumn> = columns.into_iter().filter(|column| !is_field(column.name)).take(MOST).collect();
    html! { @if !columns.is_empty() {
        details.more id="own-fields" open[!job.mapping.own.is_empty()] { summary { "Columns that no field takes " span.quiet { (columns.len()) } }
            p.hint { "What they hold is kept with each story. It can also become a field of your own, to see, filter and sort by." }
            fieldset.choices { legend.hidden { "Columns that no field takes" } @for column in &columns {
                @let own = job.mapping.own.get(column.name).map(String::as_str);
                label.field.map { span { bdi { (column.name) } " " span.quiet { (column.stories) } } (choice(&format!("own:{}", column.name), "Keep as text", own, &kinds(column.kind))) }
            } }
        }
    } }
}

/// What a new field may hold, first what the column looks like.
fn kinds(guessed: FieldKind) -> Vec<(String, String)> {
    let others = FieldKind::ALL.iter().copied().filter(|kind| *kind != guessed);
    std::iter::once(guessed).chain(others).map(|kind| (kind.word().to_owned(), format!("New field: {}", kind.says()))).collect()
}

fn column(job: &Job, found: &BTreeMap<&str, &String>, field: Field, needed: bool) -> Markup {
    let chosen = job.mapping.columns.get(field.word()).map(String::as_str);
    let taken = found.get(field.word()).filter(|_| chosen.is_none()).map_or(if needed { "Choose…" } else { "–" }, |c| c.as_str());
    let none = [(NO_COLUMN.to_owned(), "No column".to_owned())].into_iter().filter(|_| field != Field::Title);
    let options: Vec<(String, String)> =
        none.chain(job.draft.columns.iter().filter(|c| !c.is_empty() && *c != taken).map(|c| (c.clone(), c.clone()))).collect();
    html! { label.field.map { span { (field.says()) @if needed { " " (pill("warning", "needed")) } } (choice(&format!("column:{}", field.word()), taken, chosen, &options)) } }
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
    match column_in(word) {
        (LEAVE_OUT, _) => "Leave out".into(),
        (stage, Some(column)) => format!("{}: {column}", capital(&stage.replace('_', " "))),
        (stage, None) => capital(&stage.replace('_', " ")),
    }
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
    let guest = |name: &str| job.invited.iter().find(|guest| guest.name == name);
    let is_asked_in = |name: &str| guest(name).is_some_and(|guest| !guest.refused);
    let is_stranger = |name: &str| member(name).is_none() && !job.mapping.people.contains_key(name) && !is_asked_in(name);
    let strangers = shown.iter().filter(|(name, _)| may(scope, Area::Agreement) && is_stranger(name)).count();
    html! { @if !shown.is_empty() { fieldset.choices #people { legend { "People" }
        @if strangers > 0 { p.hint { "Whoever is not here yet can be invited, and gets these stories when they join." } }
        @for (name, count) in &shown {
            @let own = job.mapping.people.get(*name).map(|mail| if mail.is_empty() { NO_COLUMN } else { mail.as_str() });
            @let taken = match (own, member(name)) { (Some(_), _) => "As guessed", (None, Some(member)) => member, (None, None) if is_asked_in(name) => "Invited", (None, None) => "Nobody here" };
            label.field.map { span { bdi { (name) } " " span.quiet { (count) } } (choice(&format!("person:{name}"), taken, own, &options)) }
            @if let Some(guest) = guest(name) { (answer(guest)) }
            @if may(scope, Area::Agreement) && is_stranger(name) { (invitation(job, name)) }
        }
        @if strangers > 0 {
            label.field.map { span { "They come in as" } select name="invite_hat" { @for hat in Hat::ALL { option value=(hat) selected[*hat == Hat::Developer] { (hat.title()) } } } }
            button type="submit" formaction={ (base) "/invite" } { (act_label(scope, Area::Agreement, if strangers == 1 { "Invite" } else { "Invite these people" })) }
        }
    } } }
}

/// The address at which somebody is to be invited, as it was typed before or as the name carries it along.
fn invitation(job: &Job, name: &str) -> Markup {
    let refused = job.invited.iter().find(|guest| guest.name == name).map(|guest| guest.email.clone());
    let typed = job.typed.get(name).cloned().or(refused).unwrap_or_else(|| mail_in(name));
    html! { label.field.map.guest { span.quiet { "Invite at" } input id=(place(&format!("invite:{name}"))) type="email" name={ "invite:" (name) } value=(typed) placeholder="E-mail" aria-label={ "E-mail of " (name) } autocomplete="off"; } }
}

/// The address that a name carries along.
fn mail_in(name: &str) -> String {
    reading::people::Person::of(name).mail.unwrap_or_default()
}

/// What became of an invitation, where it was asked for.
fn answer(guest: &Invited) -> Markup {
    html! { div.banner.(if guest.refused { "critical" } else { "good" }) role="status" { p { strong { bdi { (guest.name) } } " " (guest.told) } @if let Some(link) = &guest.link { input type="text" readonly value=(link) aria-label={ "Link for " (guest.name) }; } } }
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
    html! { @if !all.is_empty() { details.more id="sprints" open { summary { "Sprints " span.quiet { (all.len()) } }
        p.hint { "The file names them without their days. Give both days of one and it is made, with its stories in it; otherwise its name is kept as text." }
        fieldset.choices { legend.hidden { "Sprints" } @for (name, count) in all {
            @let (first, last) = job.mapping.sprints.get(name).and_then(|days| days.split_once("..")).unwrap_or(("", ""));
            div.field.days { span { bdi { (name) } @if let Some(count) = count { " " span.quiet { (count) } } }
                div.pair { label { span.quiet { "From" } span.hidden { " the first day of " (name) } input id=(place(&format!("first:{name}"))) type="date" name={ "first:" (name) } value=(first) data-submit; } label { span.quiet { "To" } span.hidden { " the last day of " (name) } input id=(place(&format!("last:{name}"))) type="date" name={ "last:" (name) } value=(last) data-submit; } } }
        } }
    } } }
}
