//! The editor: the files of a challenge, one of them as a form or as a text, and what the linter finds.

use crate::{
    drafting::LONGEST,
    model::*,
    rows::TakenOut,
    sheets::Form,
    views,
    wrong::{self, Placed},
};
use challenge::{
    Fault,
    sheet::{Column, MARKS, Row, Typed},
};
use club::{Discipline, OwnChallenge};
use kernel::{Noun, Scope};
use std::collections::BTreeSet;
use web::{Markup, disclosure, field, html, limited, several, time};

/// What the editor shows.
pub(crate) struct Shown<'a> {
    pub draft: &'a ChallengeDraft,
    pub published: Option<&'a OwnChallenge>,
    pub taken_out: Option<&'a TakenOut>,
    pub faults: &'a [Fault],
    pub file: &'a str,
    /// The file as a form, where it is one.
    pub form: Option<&'a Form>,
}

/// What a file is called, and what stands in it.
fn spoken(file: &str) -> (&'static str, &'static str) {
    match file {
        "challenge.toml" => ("What it is", "The title, how hard it is, what it trains; and below what only its kind has, as a text."),
        "brief.md" => ("Brief", "What the member reads, as Markdown: who asks, and all that stands in the open."),
        "facts.toml" => (
            "Facts",
            "What can be asked for or stands in the brief, each with a source and a licence that allows passing it on. What belongs to an invented firm is “invented”, in both.",
        ),
        "case.toml" => ("Case", "The figures of the case and what happened to them, as a text."),
        "rubric.toml" => ("Rubric", "Six to eight rows, each with what a weak, a middling and a strong answer shows. The weights add up to 100."),
        "answers/weak.md" => ("Weak answer", "A plausible answer of somebody who thinks badly: as long as the others, with the same words."),
        "answers/middling.md" => ("Middling answer", "What most would hand in."),
        "answers/strong.md" => ("Strong answer", "What somebody who sees it all would hand in, no longer than the others."),
        "marks.toml" => ("Your marks", "Your level for each row of each answer, with the very words that show it."),
        "probes.toml" => ("Interviewer", "What may be asked of whoever answers, and hints for learning mode; four to eight."),
        _ => ("Debrief", "What a strong answer sees, how the reference comes about, the usual mistakes, and a drill to go on with, by its id."),
    }
}

fn address(draft: &ChallengeDraft, file: &str) -> String {
    format!("/practice/writing/{}?file={}", draft.id(), web::text::encode(file))
}

/// The act at the top: publishing, or what stands in its way.
pub(crate) fn publish(_: &Scope, shown: &Shown) -> Markup {
    let first = shown.published.is_none();
    html! { @if shown.faults.is_empty() && shown.taken_out.is_none() && (first || shown.draft.is_changed) {
        form.act method="post" action="/do/challenge_draft.publish" data-act { input type="hidden" name="draft" value=(shown.draft.id());
            button.primary type="submit" { @if first { "Publish to the workspace" } @else { "Publish edition " (shown.draft.edition + 1) } } span.error data-error="draft" {} span.error data-error="" {} }
    } }
}

pub(crate) fn editor(scope: &Scope, shown: &Shown) -> Markup {
    let Shown { draft, published, faults, file, .. } = shown;
    let (called, hint) = spoken(file);
    let text = draft.files.get(*file).map_or("", String::as_str);
    let placed = wrong::placed(faults, file, shown.form.map(|form| &form.filled), None);
    html! {
        p.crumb { a href="/practice/writing" { "Challenges you write" } " · " (draft.kind.says()) " · " (views::state(draft, *published)) }
        @if let Some(out) = shown.taken_out { p.banner { span { bdi { (out.who) } " took it out of the library " (time(scope, out.at, scope.now)) @if !out.reason.is_empty() { ": " q dir="auto" { (out.reason) } } @else { "." } " Attempts at it stay. Before an administrator puts it back, no edition is published." } } }
        nav.chips aria-label="Files of the challenge" { @for one in draft.kind.kind().files() { @let wrong = faults.iter().filter(|fault| wrong::is_of(fault, one)).count();
            a.chip href=(address(draft, one)) aria-current=[(one == file).then_some("page")] title=[(wrong > 0).then(|| format!("{wrong} to be mended"))] { (spoken(one).0) @if wrong > 0 { " " (wrong) } " " } } }
        div.row.file-acts { a.button href={ "/practice/writing/" (draft.id()) "/preview" } { "Preview" } a.button href={ "/practice/writing/" (draft.id()) "/folder" } hx-boost="false" download { "Take it along as a zip file" }
            (more(scope, shown)) }
        div.workbench.linted {
            section.written aria-labelledby="file" { h2 #file { (called) } p.hint { (hint) }
                @match shown.form { Some(form) => (rows(draft, form, &placed)), None => (whole(draft, file, text)) } }
            section.came-of aria-label="What the linter finds" { div data-works-here role="region" aria-live="polite" aria-label="Findings" { (findings(draft, faults, (file, text), &placed)) } }
        }
    }
}

/// Its id, and how it goes.
fn more(scope: &Scope, shown: &Shown) -> Markup {
    let id = shown.draft.id();
    match shown.published {
        Some(published) => html! { (views::shelve(scope, published)) },
        None => html! {
            (disclosure("rename-challenge", "Its id", "plain", html! { form.stack method="post" action="/do/challenge_draft.rename" data-act { input type="hidden" name="draft" value=(id);
                (limited("challenge_draft.rename", field("code", "Id, as its folder is called", &shown.draft.code))) p.error data-error="" {} div.row { button.primary type="submit" { "Keep the id" } }
                p.hint { "Its address in the library. Once it is published, it stays." } } }))
            form.act method="post" action="/do/challenge_draft.remove" data-act data-go="/practice/writing" { input type="hidden" name="_back" value="/practice/writing"; input type="hidden" name="draft" value=(id); button.plain type="submit" { "Throw it away" } span.error data-error="draft" {} }
        },
    }
}

/// What the linter finds in this file, and where else there is something.
pub(crate) fn findings(draft: &ChallengeDraft, faults: &[Fault], (file, text): (&str, &str), placed: &[Placed]) -> Markup {
    let elsewhere: Vec<&str> =
        draft.kind.kind().files().iter().copied().filter(|one| *one != file && faults.iter().any(|fault| wrong::is_of(fault, one))).collect();
    let line = |at: usize| text.lines().nth(at - 1).map(|line| web::clipped(line.trim(), 80)).unwrap_or_default();
    html! {
        h2 { "What the linter finds " span.quiet { (placed.len()) } }
        @if placed.is_empty() { p { "Nothing in this file." } }
        // What is the same in many places is told once, and where it is folded beneath.
        @let (again, apart): (Vec<&Placed>, Vec<&Placed>) = placed.iter().partition(|one| placed.iter().filter(|other| other.says == one.says).count() > FEW);
        @let told = |one: &Placed| html! { li data-at=[(!one.at.is_empty()).then_some(&one.at)] {
            @match one.line { Some(at) if one.at.is_empty() => { strong { "Line " (at) ": " } span data-says { (one.says) } @let line = line(at); @if !line.is_empty() { " " q dir="auto" { (line) } } } Some(at) => { strong { "Line " (at) " of the rest: " } span data-says { (one.says) } }
            None => { @if !one.called.is_empty() { strong { (one.called) ": " } } span data-says { (one.says) } } } } };
        ul.findings { @for one in apart { (told(one)) } }
        (folded(&again, &told))
        @if !elsewhere.is_empty() { h3 { "In other files" } ul.findings { @for one in elsewhere { @let many = faults.iter().filter(|fault| wrong::is_of(fault, one)).count(); li { a href=(address(draft, one)) { (spoken(one).0) } ": " (several(many, "finding")) } } } }
        @else if placed.is_empty() { p { @if faults.is_empty() { "Nothing is wrong with it; it can be published." } } }
    }
}

/// So often a sentence is told for each place.
const FEW: usize = 4;

/// Sentences that are found in many places, each once, with its places.
fn folded(all: &[&Placed], told: &dyn Fn(&Placed) -> Markup) -> Markup {
    let once: BTreeSet<&str> = all.iter().map(|one| one.says).collect();
    html! { @for says in once { @let own: Vec<&&Placed> = all.iter().filter(|one| one.says == says).collect();
    details.opens { summary { (own.len()) " times: " (says) } ul.findings { @for one in own { (told(one)) } } } } }
}

/// What the rest of a drill may hold: its form knows no fields for it.
const OF_A_DRILL: &str = "“type” in [question] is number, choice, order or short. A choice and an order have “options”, a list of texts. [answer] then has: for a number “value” and “within” (a share, such as 0.05), or “low” and “high”, and “unit”; for a choice “right”, which option, counted from 0; for an order “order”, the options as they belong, counted from 0, which may not be how they stand; for short “words”, a list of lists: of each idea the words that name it.";

/// A file as a text.
fn whole(draft: &ChallengeDraft, file: &str, text: &str) -> Markup {
    let prose = file.ends_with(".md");
    html! { form.stack.answer id="writing" method="post" action="/do/challenge_draft.write" data-act data-works={ "/practice/writing/" (draft.id()) "/look" } data-works-all {
        input type="hidden" name="draft" value=(draft.id()); input type="hidden" name="file" value=(file);
        label.field { span { @if prose { "The text, as Markdown" } @else { "The file, as it is" } } textarea.code-text[!prose] name="text" rows=(if prose { 18 } else { 24 }) maxlength=(LONGEST) dir="auto" spellcheck[prose] data-keep { (text) } span.error data-error="text" {} }
        p.error data-error="" {}
        div.row { button.primary type="submit" { "Save" } @if challenge::sheet::of(file).is_some() { span.hint { "As long as it has comments, or something that the form does not know, it is written as a text." } } }
    } }
}

/// A file as rows of fields.
fn rows(draft: &ChallengeDraft, form: &Form, placed: &[Placed]) -> Markup {
    let sheet = &form.sheet;
    html! { form.stack.answer id="writing" method="post" action="/do/challenge_draft.fill" data-act data-works={ "/practice/writing/" (draft.id()) "/look" } data-works-all {
        input type="hidden" name="draft" value=(draft.id()); input type="hidden" name="file" value=(sheet.file);
        @for column in sheet.head { (one(&format!("head.{}", column.key), column, &form.filled.head, placed)) }
        @if sheet.file == challenge::sheet::HEAD.file { label.field { span { "What only its kind has" } textarea.code-text name="rest" rows="22" maxlength=(LONGEST) dir="auto" spellcheck="false" data-keep { (form.filled.rest) } (found("rest", placed)) } @if draft.kind == Discipline::Drill { p.hint { (OF_A_DRILL) } } }
        @for (n, row) in form.filled.rows.iter().enumerate() { (fieldset(form, n, row, placed)) }
        p.error data-error="" {}
        div.row { button.primary type="submit" { "Save" } a href={ (address(draft, sheet.file)) "&as=text" } { "Write it as a text" } @if !sheet.list.is_empty() { span.hint { "A row whose fields are all empty goes; saving leaves room for another." } } }
    } }
}

fn fieldset(form: &Form, n: usize, row: &Row, placed: &[Placed]) -> Markup {
    let sheet = &form.sheet;
    let given = |key: &str| row.fields.get(key).map_or("", String::as_str);
    let marks = sheet.file == MARKS.file;
    let named = if given("id").is_empty() { given("when") } else { given("id") };
    html! { fieldset.rubric-row id={ "row-" (n) } {
        legend { @if marks { (web::capital(given("answer"))) ": " (given("row")) } @else if n >= form.there { "One more" } @else { (n + 1) "." @if !named.is_empty() { " " bdi { (named) } } } }
        (found(&format!("rows.{n}"), placed))
        @if marks { @for key in ["answer", "row"] { input type="hidden" name={ "rows." (n) "." (key) } value=(given(key)); } }
        @for column in sheet.columns.iter().filter(|column| !(marks && ["answer", "row"].contains(&column.key))) { (one(&format!("rows.{n}.{}", column.key), column, row, placed)) }
    } }
}

/// The licences that allow passing a fact on.
const LICENCES: [&str; 4] = ["invented", "CC BY 4.0", "CC0", "public domain"];

fn one(at: &str, column: &Column, row: &Row, placed: &[Placed]) -> Markup {
    let value = row.fields.get(column.key).map_or("", String::as_str);
    match (column.key, column.typed) {
        // The kind stands in the folder, too, and does not change.
        ("kind", _) => html! { input type="hidden" name=(at) value=(value); (found(at, placed)) },
        (_, Typed::Flag) => {
            html! { label.choice { input type="checkbox" name=(at) value="true" checked[value == "true"]; " " (column.name) (found(at, placed)) } }
        }
        ("licence", _) => {
            html! { label.field { span { (column.name) } select name=(at) data-keep { option value="" { "Choose" } @for licence in LICENCES { option value=(licence) selected[licence == value] { (licence) } }
            @if !value.is_empty() && !LICENCES.contains(&value) { option value=(value) selected { (value) } } } (found(at, placed)) } }
        }
        (_, Typed::Long) => {
            html! { label.field { span { (column.name) } textarea name=(at) rows="2" maxlength="4000" dir="auto" data-keep { (value) } (found(at, placed)) } }
        }
        (_, typed) => {
            html! { label.field { span { (column.name) } input type="text" name=(at) value=(value) maxlength="4000" inputmode=[(typed == Typed::Number).then_some("decimal")] dir="auto" data-keep autocomplete="off"; (found(at, placed)) } }
        }
    }
}

/// What is wrong with a field, where it stands; the script keeps it up to what is typed.
fn found(at: &str, placed: &[Placed]) -> Markup {
    let says: Vec<&str> = placed.iter().filter(|one| one.at == at).map(|one| one.says).collect();
    html! { span.error data-found=(at) { (says.join(" ")) } }
}
