//! Markup of importing feedback and customers.

use super::{
    draft::Draft,
    mapping::{Days, Holds, Mapping, NONE},
    pages::Looked,
    work::Told,
};
use customers::EvidenceKind;
use kernel::{Area, Json, Result, Scope, Uuid};
use web::app::parcels::{Parcel, Stand};
use web::{At, Markup, act_label, capital, clipped, field, html, may, options, select, several, who_decides};

const AREA: Area = Area::Customers;

pub(crate) fn form(scope: &Scope) -> Markup {
    html! {
        (customers::ways("feedback"))
        p.lead { "Bring reviews, tickets, survey answers or customers from a table. You choose which column is what and see the first rows before anything is written; a second import of the same file changes what has changed there, leaves what people changed here, and doubles nothing." }
        @if may(scope, AREA) { form.stack method="post" enctype="multipart/form-data" hx-boost="false" {
            fieldset.choices { legend { "What it holds" }
                @for (holds, name, hint) in [(Holds::Feedback, "Feedback", "One row for each thing that was said: it comes into the inbox"), (Holds::Customers, "Customers", "One row for each, with an id by which it is found again")] {
                    label.choice { input type="radio" name="holds" value=(holds) checked[holds == Holds::Feedback]; span { strong { (name) } span.hint { (hint) } } } } }
            label.field { span { "CSV or Excel, up to 120 MB" } input type="file" name="file" required; }
            button.primary type="submit" { (act_label(scope, AREA, "Look at it first")) }
        } }
        p.hint { (who_decides(scope, AREA)) }
    }
}

pub(crate) fn refused(at: &At, why: &str) -> Markup {
    let again = at.uri.path().strip_suffix("/run").unwrap_or("feedback").to_owned();
    html! { p.banner.critical role="alert" { (why) } p { "Nothing was imported." } p { a.button href=(again) { "Go back" } } }
}

/// So many rows are shown before anything is written.
const SHOWN: usize = 8;
/// So many rows that cannot be read are told one by one.
const TOLD: usize = 20;

/// Which column is what, with what the first rows say then.
pub(crate) fn columns(scope: &Scope, id: Uuid, looked: &Looked) -> Markup {
    let Looked { table, mapping, read, .. } = looked;
    let here = id.simple().to_string();
    let mut all = vec![(NONE.to_owned(), "no column".to_owned())];
    all.extend(table.header.iter().map(|column| (column.clone(), column.clone())));
    html! {
        p { (several(table.rows.len(), "row")) " in " bdi { (looked.name) } ". Nothing is written yet." }
        div.import {
            section.words { h2 { "What its columns are" }
                form.stack method="get" action=(here) {
                    div.pair { @for field in mapping.holds.fields() { (select(&format!("column:{}", field.word), field.says, &all, mapping.columns.get(field.word).map_or(NONE, String::as_str))) } }
                    @if mapping.holds == Holds::Feedback { div.pair {
                        (select("kind", "Kind of all of it", &options(EvidenceKind::ALL), mapping.kind.word())) (field("source", "Source otherwise", &mapping.source))
                        (select("days", "Days are written", &options(Days::ALL), mapping.days.word())) } }
                    label.check { input type="checkbox" name="leave_out" value="true" checked[mapping.leave_out]; "Leave rows out that cannot be read" }
                    @if mapping.holds == Holds::Feedback && (mapping.once || read.as_ref().is_ok_and(|draft| draft.twins > 0)) {
                        label.check { input type="checkbox" name="once" value="true" checked[mapping.once]; "Leave rows out that say exactly the same as one above" } }
                    div.row { button type="submit" { "Look again" } button.primary type="submit" formmethod="post" formaction={ (here) "/run" } hx-boost="false" { (act_label(scope, AREA, "Import")) } }
                }
            }
            section.would { h2 { "What would come in" }
                @if !looked.decides { p.hint { "What you import is proposed, in one proposal of at most " (crate::work::AT_ONCE) " rows." } }
                @match read { Ok(draft) => { (preview(draft, mapping)) } Err(refusal) => { p.banner.warning role="alert" { (refusal.sentence()) } } } }
        }
    }
}

fn preview(draft: &Draft, mapping: &Mapping) -> Markup {
    let text = |args: &Json, name: &str| match &args[name] {
        Json::String(text) => clipped(text, 240),
        Json::Null => String::new(),
        other => other.to_string(),
    };
    let shown: &[(&str, &str)] = match mapping.holds {
        Holds::Feedback => &[("quote", "What was said"), ("customer", "Customer"), ("source", "Source"), ("noted_on", "Day")],
        Holds::Customers => &[("name", "Name"), ("external_id", "Id there"), ("segment", "Segment"), ("size", "People"), ("revenue", "Revenue")],
    };
    let used: Vec<&(&str, &str)> =
        shown.iter().filter(|(name, _)| draft.rows.iter().take(SHOWN).any(|(_, args)| !text(args, name).is_empty())).collect();
    html! {
        p role="status" { strong { (several(draft.rows.len(), "row")) } " can be read." @if !draft.wrong.is_empty() { " " (several(draft.wrong.len(), "row")) " cannot." } }
        @if draft.twins > 0 { p.hint { strong { (several(draft.twins, "row")) } @if draft.twins == 1 { " says" } @else { " say" } " exactly the same as a row above, under another id: "
            @if mapping.once { "left out." } @else { "kept, each as evidence of its own." } } }
        @for note in &draft.notes { p.hint dir="auto" { (note) } }
        @if draft.two_ways { p.banner.warning { "Days in this file can be read in two ways. Say whether the day or the month stands first." } }
        div.scroll tabindex="0" role="region" aria-label="The first rows" { table.list { thead { tr { th { "Row" } @for (_, says) in &used { th { (says) } } } }
            tbody { @for (row, args) in draft.rows.iter().take(SHOWN) { tr { td.num { (row) } @for (name, _) in &used { td dir="auto" { (text(args, name)) } } } } } } }
        @if !draft.wrong.is_empty() { h3 { "Rows that cannot be read" }
            ul.lines { @for wrong in draft.wrong.iter().take(TOLD) { li.long { span { "Row " (wrong.row) @if !wrong.column.is_empty() { ", " bdi { (wrong.column) } } ": " bdi { (wrong.reason) } } } } }
            @if draft.wrong.len() > TOLD { p.hint { "And " (draft.wrong.len() - TOLD) " more." } } }
    }
}

/// A file that comes in, or has.
pub(crate) fn over(_: &Scope, kept: &Parcel) -> Result<Markup> {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let here = kept.id.simple().to_string();
    Ok(match (kept.stand, &kept.under_way) {
        (_, Some(_)) | (Stand::Waiting, None) => html! { div data-poll="500" {
            p role="status" { strong { (count(kept.done.min(kept.whole))) } " of " (several(count(kept.whole), "row")) }
            progress max=(kept.whole.max(1)) value=(kept.done.min(kept.whole)) {}
            p.hint { "The page follows by itself. You may leave it; the import goes on, also after a restart." }
            div.row { a.button href="" { "Look again" } form.act method="post" action={ (here) "/stop" } { button type="submit" { "Stop" } } }
        } },
        (Stand::Failed, None) => html! {
            p.banner.critical role="alert" { (kept.told) }
            @if kept.done > 0 { p { "What came in before, " (several(count(kept.done), "row")) ", stays. Bring the file in again once this is mended: nothing comes in twice." } } @else { p { "Nothing was imported." } }
            p { a.button href="../feedback" { "Choose another file" } }
        },
        (Stand::Done, None) => {
            let told: Told = kernel::serde_json::from_str(&kept.told).map_err(|e| kernel::Refusal::broken(e.to_string()))?;
            html! {
                @if told.proposed { p.banner { "It was proposed to those who decide on customers." } p { a.button.primary href="../decisions" { "See the proposal" } } }
                @else { p.banner.good role="status" { (capital(&figures(&told))) "." } p.row { a.button.primary href="../inbox" { "See the inbox" } a.button href="../customer-list" { "See the customers" } } }
            }
        }
    })
}

/// "31 created, 2 changed, 1 as it was": what is nought is left out.
fn figures(told: &Told) -> String {
    let all = [(told.created, "new"), (told.updated, "changed"), (told.unchanged, "as it was"), (told.left_out, "left out")];
    let said: Vec<String> = all.into_iter().filter(|(many, _)| *many > 0).map(|(many, what)| format!("{many} {what}")).collect();
    if said.is_empty() { "nothing came in".into() } else { said.join(", ") }
}
