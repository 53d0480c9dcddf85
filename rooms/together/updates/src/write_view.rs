//! Markup of the page on which an update is written: the draft beside its sources.

use crate::{audience::Audible, drafting::Draft, drafts::writes, model::*, reading::Drafted, views::discard};
use conversation::Writing;
use kernel::{Hat, Noun, Scope};
use web::{Markup, act_label, action, empty, field, html, limited, model_drafts, product_path, several, time, who_decides};

pub(crate) fn page(scope: &Scope, kind: Kind, drafted: &Drafted, kept: Option<&UpdateDraft>, among: &Audible) -> Markup {
    let tab = |one: Kind, says: &str| html! { @if writes(scope, one) { a.chip href={ "write?kind=" (one) } aria-current=[(one == kind).then_some("true")] { (says) } } };
    html! {
        p.crumb { a href={ (product_path(scope)) "/updates" } { "Updates" } }
        nav.chips aria-label="What it tells of" { (tab(Kind::Roadmap, "Vision and roadmap")) (tab(Kind::Progress, "Progress")) }
        p.lead { @if kept.is_some() { "Your draft. Nobody else reads it before it is published or proposed." } @else if drafted.draft.is_nothing() { "Nothing changed since the last update. You can still write one." } @else { "Drafted from the record since " (drafted.draft.since) ". Edit it until it says what you mean." } }
        (model_drafts(scope, writes(scope, kind) && !drafted.draft.is_nothing(), &format!("update={kind}"), "Have a model word it"))
        div.drafting {
            div { (form(scope, kind, drafted, kept, among)) @if kept.is_some() { (discard(scope, kind)) } }
            (sources(scope, &drafted.draft))
        }
    }
}

/// For whoever writes none.
pub(crate) fn for_others() -> Markup {
    let way = html! { a.button href="../updates" { "Read the updates" } };
    empty(
        "file-text",
        "Others write here",
        "Whoever decides on updates or may propose one drafts them here from the record. You read them once they are published.",
        way,
    )
}

fn form(scope: &Scope, kind: Kind, drafted: &Drafted, kept: Option<&UpdateDraft>, among: &Audible) -> Markup {
    let markdown = drafted.draft.markdown();
    let (title, body, until) = kept.map_or(("", markdown.as_str(), drafted.until), |draft| (&draft.title, &draft.body, draft.until));
    let writing =
        Writing { command: "update.publish", fields: &[], id: "update-body", says: "What changed", text: body, send: "", stays: false, leads: None };
    let stream = format!("{}/updates", product_path(scope));
    html! { form.stack.writing method="post" action=(action(scope, "update.publish")) data-act {
        input type="hidden" name="kind" value=(kind); input type="hidden" name="until" value=(until);
        (limited("update.publish", field("title", "Title", title)))
        (writing.words(18))
        fieldset.choices.across { legend { "Who is told" }
            label.check { input type="checkbox" name="everyone" value="true"; "Everyone in the product" }
            @for hat in Hat::ALL.iter().filter(|hat| scope.held.contains(hat)) { label.check { input type="checkbox" name="hats" value=(hat); "Every " (hat.title()) } }
            span.error data-error="hats" {} }
        details.more { summary { "Single people" } fieldset.choices.across { legend.hidden { "Single people who are told" }
            @for hearer in among.hearers.iter().filter(|hearer| Some(hearer.id) != scope.who.member) { label.check { input type="checkbox" name="members" value=(hearer.id.simple().to_string()); bdi { (hearer.name) } } }
            span.error data-error="members" {} } }
        @if !among.stakeholders.is_empty() { details.more { summary { "Stakeholders" } fieldset.choices.across { legend.hidden { "Stakeholders who are told" }
            @for one in &among.stakeholders { label.check { input type="checkbox" name="stakeholders" value=(one.id()); bdi { (one.name) } @if one.member.is_none() { " " span.quiet { "without an account" } } } }
            span.error data-error="stakeholders" {} }
            p.hint { "That they were told is noted with each; a group is told with all who belong to it. Whoever has no account gets the letter, where an address is noted, or reads it by a link." } } }
        fieldset.choices { legend { "How it goes out" }
            label.check { input type="checkbox" name="mail" value="true"; "As a letter too, to those who are told and want letters" }
            label.check { input type="checkbox" name="by_link" value="true"; "Also for whoever has a link to the updates" } }
        @if scope.standing(kind.area()).1 < kernel::Standing::Signs { (field("_reason", "Reason for whoever decides", "")) }
        p.error data-error="" {}
        div.row {
            button.primary type="submit" data-go=(stream) name="_back" value=(stream) { (act_label(scope, kind.area(), "Publish update")) }
            button type="submit" formaction=(action(scope, "update_draft.save")) formnovalidate { "Save draft" }
            (writing.preview(scope))
        }
        p.hint { (who_decides(scope, kind.area())) " Whoever sees " (kind.area()) " in this product reads it on its page; those you choose are told." }
    } }
}

/// Where each sentence comes from.
fn sources(scope: &Scope, draft: &Draft) -> Markup {
    let base = product_path(scope);
    html! { section.sources aria-label="Where it comes from" { h2 { "Where it comes from" }
        @if draft.is_nothing() { p.hint { "Nothing happened that an update could tell of." } }
        @for group in &draft.groups {
            h3 dir="auto" { @if group.objective.is_some() { (group.title) } @else { "Serves no objective" } }
            ul { @for sentence in &group.sentences { li {
                span.says { @match &sentence.place { Some(place) => { a href={ (base) "/" (place) } { bdi { (sentence.about) } } } None => { bdi { (sentence.about) } } } }
                span.quiet { @match sentence.thing {
                    Some(thing) => { " " a href={ (base) "/activity?item=" (thing.simple()) } { (time(scope, sentence.at, scope.now)) } }
                    None => { " " a href={ (base) "/forecast" } { "by the forecast" } }
                } }
            } } @if group.more > 0 { li.quiet { "and " (group.more) " more" } } }
        }
        @if draft.routine > 0 { p.quiet { (several(draft.routine, "smaller change")) ": " a href={ (base) "/activity" } { "in the record" } } }
    } }
}
