//! Markup of estimates: the list, the editor beside what comes of it, versions, and facts to insert.

use crate::{
    model::*,
    outcome_views::outcome,
    rows::Version,
    work::{Asked, Worked},
};
use club::open_facts;
use estimate::Wrong;
use kernel::{Noun, Scope};
use notices::Around;
use research::{MarketSize, ways};
use web::{
    Markup, act, act_label, action, area_field, command_form, command_form_to, compared, date, disclosure, empty, field, html, input, limited, may,
    number_field, options, product_path, select, small_act, text::encode, time, when,
};

/// Facts that may be inserted: the product's own, and those of the library that some words find.
pub(crate) struct Facts<'a> {
    pub own: &'a [KnownFact],
    pub words: &'a str,
}

/// What is shown beside an estimate.
pub(crate) struct Known<'a> {
    pub facts: &'a Facts<'a>,
    pub versions: &'a [Version],
    pub around: &'a Around,
    pub history: &'a activity::History,
}

/// An estimate that is still being written.
pub(crate) struct Draft<'a> {
    /// Empty of a new one.
    pub id: &'a str,
    pub title: &'a str,
    pub serves: &'a str,
    pub note: &'a str,
    pub body: &'a str,
}

type Came = Result<Worked, Wrong>;

/// What one begins with.
const BEGINNING: &str = "# one guess on each line; “to” makes a range that holds it nine times in ten\nshops = 300 to 500 shops -- say where this is from\nuse_it = 10 to 30 %\npays = 40 to 80 EUR/shop/month\nincome = shops * use_it * pays in EUR/year";

pub(crate) fn begin_button(scope: &Scope) -> Markup {
    // One goes on to the estimate that was begun.
    let fields = html! {
        (field("title", "What is asked", ""))
        (select("serves", "What is estimated", &options(Serves::ALL), Serves::Revenue.word()))
        (text(BEGINNING, 7))
        p.hint { "The last line that no other uses is the answer. What comes of it is shown while you write, once it is begun. More under " a href="/help/estimate" { "Estimates" } "." }
    };
    disclosure(
        "new-model",
        "Begin an estimate",
        "primary",
        command_form_to(scope, AREA, "estimate_model.create", "Begin", fields, Some("models?begun=now")),
    )
}

fn text(body: &str, rows: u8) -> Markup {
    html! { label.field { span { "Model" } textarea.model name="body" dir="auto" rows=(rows) spellcheck="false" data-keep { (body) } span.error data-error="body" {} } }
}

pub(crate) fn listed(scope: &Scope, models: &[EstimateModel], sizes: &[MarketSize], facts: &Facts) -> Markup {
    html! {
        (ways("models"))
        p.lead { "What will it bring in, how long will it take, what does it cost? An estimate says so from guesses, tells how sure it is, and which guess to find out about first." }
        @if models.is_empty() { (empty("scale", "Nothing is estimated yet", "Write each guess as a range on a line of its own, and the answer as a formula of them: customers = 8k to 12k. The Manager decides here; others propose.", html! {})) }
        @else { ul.lines { @for model in models { li {
            a.what href={ "models?show=" (model.id()) } dir="auto" { (model.title) }
            span.quiet { (model.serves.says()) } span.quiet { (time(scope, model.meta.updated_at, scope.now)) }
        } } } }
        @if !sizes.is_empty() { section { h2 { "Market sizes" } p.hint { "Estimated in the same language, bottom-up beside top-down." }
            ul.lines { @for size in sizes.iter().take(5) { li { a.what href={ "market-size?size=" (size.id()) } dir="auto" { (size.title) } } } } } }
        (own_facts(scope, facts.own))
        (library(scope, facts.words, &[], false))
    }
}

pub(crate) fn one(scope: &Scope, model: &EstimateModel, asked: &Asked, worked: &Came, known: &Known) -> Markup {
    let id = model.id().to_string();
    let draft = Draft { id: &id, title: &model.title, serves: model.serves.word(), note: &model.note, body: &model.body };
    let take = format!("show={id}&of={}", encode(&asked.of));
    html! {
        (ways("models"))
        p.crumb { a href="models" { "Estimates" } " · " (model.serves.says()) }
        div.workbench {
            section.written aria-labelledby="written" { h2 #written { "The model" }
                @if may(scope, AREA) { (editor(scope, &draft, asked, Some(model.meta.version))) }
                @else { pre.model-text dir="auto" { (model.body) } @if !model.note.is_empty() { div.prose { (web::text::markdown(&model.note)) } } }
                (insertable(scope, known.facts, &id))
            }
            section.came-of aria-labelledby="came" { h2 #came { "What it comes to" } (chance_form(&id, asked))
                div data-works-here role="region" aria-label="What it comes to" { (outcome(&model.body, asked, worked, Some(&take))) } }
        }
        (versions(scope, model, known.versions, None))
        div.row { (small_act(scope, AREA, "estimate_model.remove", &[("estimate_model", &id)], "trash-2", "Remove the estimate")) }
        (known.around.view(scope, model.meta.id))
        (activity::history_view(scope, known.history))
    }
}

/// The form in which a model is written. Its script has it worked out while it is typed; without, a button does.
fn editor(scope: &Scope, draft: &Draft, asked: &Asked, version: Option<i64>) -> Markup {
    let command = if draft.id.is_empty() { "estimate_model.create" } else { "estimate_model.edit" };
    let look = format!("{}/models/look", product_path(scope));
    html! { form.stack id="writing" method="post" action=(action(scope, command)) data-act data-works=(look) {
        (limited(command, html! {
            @if !draft.id.is_empty() { input type="hidden" name="estimate_model" value=(draft.id); }
            @if let Some(version) = version { input type="hidden" name="version" value=(version); }
            (field("title", "What is asked", draft.title))
            (text(draft.body, 12))
            details.more { summary { "What it is for, and a note" }
                (select("serves", "What is estimated", &options(Serves::ALL), draft.serves)) (area_field("note", "Note", draft.note, 3)) }
        }))
        input type="hidden" name="of" value=(asked.of); input type="hidden" name="chance" value=(asked.chance);
        p.error data-error="" {}
        div.row { button.primary type="submit" { (act_label(scope, AREA, "Save")) } button type="submit" formaction=(look) data-works-out { "Work it out" } }
        p.hint { "“3k to 8k” holds it nine times in ten; “--” begins where it is from; " code { "P(income > 1M EUR)" } " is a chance. " a href="/help/estimate" { "The language" } }
    } }
}

/// A condition whose chance is told, and the line that is looked at.
fn chance_form(id: &str, asked: &Asked) -> Markup {
    html! { form.row.narrow method="get" action="models" {
        input type="hidden" name="show" value=(id);
        (input("text", "chance", "How likely is it that …", &asked.chance)) (input("text", "of", "Look at the line", &asked.of))
        button type="submit" { "Tell" }
    } }
}

/// The same without script: what was typed, and what comes of it.
pub(crate) fn draft(scope: &Scope, draft: &Draft, asked: &Asked, worked: &Came, facts: &Facts) -> Markup {
    let back = format!("{}/models{}", product_path(scope), if draft.id.is_empty() { String::new() } else { format!("?show={}", encode(draft.id)) });
    html! {
        p.crumb { a href=(back) { "Back, without saving" } }
        p.banner { "Nothing of this is saved yet." }
        div.workbench {
            section.written { h2 { "The model" } (editor(scope, draft, asked, None)) (insertable(scope, facts, draft.id)) }
            section.came-of { h2 { "What it comes to" } (outcome(draft.body, asked, worked, None)) }
        }
    }
}

/// When it was written, each moment to be looked at again.
fn versions(scope: &Scope, model: &EstimateModel, versions: &[Version], shown: Option<i64>) -> Markup {
    html! { @if versions.len() > 1 { section { h2 { "Versions " span.quiet { (versions.len()) } }
        ul.lines { @for (n, version) in versions.iter().enumerate() { li {
            @if n == 0 { a.what href={ "models?show=" (model.id()) } { "As it is now" } } @else { a.what href={ "models?show=" (model.id()) "&at=" (version.at) } aria-current=[(shown == Some(version.at)).then_some("true")] { "As of " (when::exact(version.at, &scope.who.zone)) } }
            span.quiet { bdi { (version.who) } }
        } } }
    } } }
}

/// How it was at a moment, against how it is now.
pub(crate) fn past(
    scope: &Scope,
    (model, then, at): (&EstimateModel, &EstimateModel, i64),
    (before, now): (&Came, &Came),
    all: &[Version],
) -> Markup {
    let middle = |came: &Came| came.as_ref().ok().map(|worked| research::with_unit(worked.told.answer.middle, &worked.told.answer.unit));
    let id = model.id().to_string();
    html! {
        p.crumb { a href={ "models?show=" (id) } { "As it is now" } " · as of " (when::exact(at, &scope.who.zone)) }
        @if let (Some(then), Some(now)) = (middle(before), middle(now)) { p.lead { "Then it came to " strong { (then) } ", now to " strong { (now) } "." } }
        div.workbench {
            section.written { h2 { "What has changed since" } div.model-text { (compared(&then.body, &model.body)) }
                (act(scope, AREA, "estimate_model.edit", &[("estimate_model", &id), ("body", &then.body)], "Bring this version back", "")) }
            section.came-of { h2 { "What it came to" } (outcome(&then.body, &Asked::default(), before, None)) }
        }
        (versions(scope, model, all, Some(at)))
    }
}

/// Facts beside the editor, each with a button that puts it into the model.
fn insertable(scope: &Scope, facts: &Facts, id: &str) -> Markup {
    html! { @if may(scope, AREA) { section.insert { h3 { "Facts to insert" }
        @if facts.own.is_empty() { p.hint { "Figures that you know are written down once, under " a href={ (product_path(scope)) "/models#facts" } { "Facts" } ", and used in any estimate." } }
        ul.lines { @for fact in facts.own { (insert(scope, &fact.line(), &fact.name.replace('_', " "), &fact.worth, &sourced(&fact.source, fact.year))) } }
        (library(scope, facts.words, &[("show", id)], true))
    } } }
}

/// A button that puts a line into the model that is being written.
fn insert(scope: &Scope, line: &str, name: &str, worth: &str, source: &str) -> Markup {
    html! { li.long { span.what dir="auto" { (name) ": " strong { (worth) } } span.quiet dir="auto" { (source) }
    button.plain type="submit" form="writing" formaction={ (product_path(scope)) "/models/look" } name="insert" value=(line) data-inserts aria-label={ "Insert " (name) } { "Insert" } } }
}

fn sourced(source: &str, year: Option<i64>) -> String {
    year.map_or_else(|| source.to_owned(), |year| format!("{source}, {year}"))
}

/// So many facts of the library are shown at once.
const MOST_FOUND: usize = 12;

/// Facts that stand in the open in the practice library, each with source, year and licence.
fn library(scope: &Scope, words: &str, along: &[(&str, &str)], inserts: bool) -> Markup {
    let page = format!("{}/models", product_path(scope));
    let found: Vec<_> = if words.trim().is_empty() { vec![] } else { open_facts(words).take(MOST_FOUND).collect() };
    html! { section.library id="library" {
        @if !inserts { h2 { "Facts of the library" } p.hint { "Public figures that the practice library rests on, each with its source and licence." } }
        form.row.narrow role="search" method="get" action=(page) { @for (name, value) in along { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
            (input("search", "fact", if inserts { "Look in the library" } else { "Look for" }, words)) button type="submit" { "Find" } }
        @if !words.trim().is_empty() && found.is_empty() { p { "Nothing in the library speaks of that." } }
        ul.lines { @for fact in &found { @let worth = format!("{} {}", web::telling::typed(fact.value), fact.unit);
            @let source = format!("{}{} ({})", fact.source, fact.year.map(|year| format!(", {year}")).unwrap_or_default(), fact.licence);
            @if inserts { li.long { span.what { (fact.says) ": " strong { (web::telling::figure(fact.value)) " " (fact.unit) } } span.quiet { (source) }
                button.plain type="submit" form="writing" formaction={ (page) "/look" } name="insert" value=(line(&fact.name, worth.trim(), &source, None)) data-inserts aria-label={ "Insert " (fact.says) } { "Insert" } } }
            @else { li.long { span.what { (fact.says) ": " strong { (web::telling::figure(fact.value)) " " (fact.unit) } } span.quiet { (source) } } }
        } }
    } }
}

fn fact_fields(fact: Option<&KnownFact>) -> Markup {
    html! {
        div.pair { (field("name", "Called, as in a model", fact.map_or("", |f| &f.name))) (field("worth", "Figure with its unit", fact.map_or("", |f| &f.worth))) }
        div.pair { (field("source", "Where it is from", fact.map_or("", |f| &f.source))) (number_field("year", "Of the year", fact.and_then(|f| f.year).map(|year| year as f64))) }
        (input("url", "url", "Where it can be read", fact.map_or("", |f| &f.url)))
    }
}

fn own_facts(scope: &Scope, facts: &[KnownFact]) -> Markup {
    html! { section { h2 #facts { "Facts " span.quiet { (facts.len()) } }
        p.hint { "Figures that you know, each with its source: written down once, inserted into any estimate." }
        ul.lines { @for fact in facts { @let id = fact.id().to_string(); li.long id={ "fact-" (id) } {
            span.what { code dir="auto" { (fact.name) } " = " strong dir="auto" { (fact.worth) } }
            span.quiet { bdi { (sourced(&fact.source, fact.year)) } @if !fact.url.is_empty() { " · " a href=(fact.url) rel="noreferrer" { "read it" } } " · " (date(scope, &when::day(fact.meta.created_at))) }
            @if may(scope, AREA) { div.row {
                (disclosure(&format!("fact-edit-{id}"), "Edit", "plain", command_form(scope, AREA, "known_fact.edit", "Save", html! { input type="hidden" name="known_fact" value=(id); input type="hidden" name="version" value=(fact.meta.version); (fact_fields(Some(fact))) })))
                (small_act(scope, AREA, "known_fact.remove", &[("known_fact", &id)], "trash-2", "Remove this fact"))
            } }
        } } }
        (disclosure("new-fact", "Write down a fact", "", command_form(scope, AREA, "known_fact.add", "Write it down", fact_fields(None))))
        @if facts.is_empty() { p.hint { "An example: " code { "riders" } ", 40k to 60k people, from the yearly report." } }
    } }
}
