//! Markup of how one begins to ask why: a table pasted, a file, or a measure of the product.

use crate::model::*;
use kernel::{Noun, Scope};
use measures::Measure;
use web::{Markup, area_field, command_form, disclosure, field, html, input, may, product_path, select, when};

const EXAMPLE: &str =
    "week,country,device,orders\n1,FR,phone,1000\n1,FR,desktop,900\n1,DE,phone,1200\n2,FR,phone,400\n2,FR,desktop,905\n2,DE,phone,1195";

fn columns() -> Markup {
    html! {
        div.pair { (field("counted", "What is measured", "")) (field("time", "The column that says when", "")) }
        p.hint { "Both may stay empty where only one thing fits. A rate of two columns is written " code { "orders/visits" } ". Columns " code { "before" } " and " code { "after" } " need no times. Every other column is what the figures are told apart by." }
    }
}

/// The ways to begin; nothing for whoever may not even propose.
pub(crate) fn forms(scope: &Scope, apart: &[Measure], wanted: &str, today: &str) -> Markup {
    if !may(scope, AREA) {
        return html! {};
    }
    let head = |title: &str| html! { (field("title", "What do you ask?", title)) (area_field("seen", "What was seen", "", 2)) };
    let pasted = html! { (head(""))
    label.field { span { "The table" } textarea.model name="table" dir="auto" rows="8" spellcheck="false" placeholder=(EXAMPLE) data-keep {} span.error data-error="table" {} }
    (columns()) };
    html! { div.row.begin {
        (disclosure("paste-table", "Paste a table", "primary", command_form(scope, AREA, "inquiry.begin", "Look for the cause", pasted)))
        (disclosure("bring-table", "Choose a file", "", html! { form.stack method="post" enctype="multipart/form-data" hx-boost="false" action={ (product_path(scope)) "/causes/table" } {
            (head("")) label.field { span { "A table: CSV or Excel" } input type="file" name="file" accept=".csv,.tsv,.txt,.xlsx,text/csv"; } (columns())
            div.row { button.primary type="submit" { "Look for the cause" } } } }))
        @if !apart.is_empty() { (from_measure(scope, apart, wanted, today)) }
    }
    @if apart.is_empty() { p.hint { "A measure whose values are noted by parts (city, platform) can be asked about from here, too." } } }
}

fn from_measure(scope: &Scope, apart: &[Measure], wanted: &str, today: &str) -> Markup {
    let choices: Vec<(String, String)> = apart.iter().map(|measure| (measure.id().to_string(), measure.name.clone())).collect();
    let chosen = apart.iter().find(|measure| measure.id().to_string() == wanted);
    let title = chosen.map_or(String::new(), |measure| format!("Why did “{}” change?", measure.name));
    let day = |back: i64| when::days_after(today, -back);
    let form = command_form(
        scope,
        AREA,
        "inquiry.begin_from_measure",
        "Look for the cause",
        html! {
            (select("measure", "The measure", &choices, wanted)) (field("title", "What do you ask?", &title)) (area_field("seen", "What was seen", "", 2))
            div.pair { (input("date", "before_from", "Before: from", &day(55))) (input("date", "before_to", "to", &day(28))) }
            div.pair { (input("date", "after_from", "Now: from", &day(27))) (input("date", "after_to", "to", &day(0))) }
        },
    );
    html! { details.disclosure id="from-measure" open[chosen.is_some()] { summary.button { "Ask about a measure" } div.sheet { div.sheet-head { strong { "Ask about a measure" } } (form) } } }
}

/// That a file could not be read.
pub(crate) fn refused(sentence: &str) -> Markup {
    html! { div data-refused { p.error role="alert" { (sentence) } p { "Nothing was kept; what you wrote beside the file is still in the form. " a.button href="../causes" { "Try another table" } } } }
}
