//! Markup of customers.

use crate::{
    model::*,
    rows::{BEHIND, Linked, NeedLine, Wanted},
};
use conversation::Talk;
use kernel::{Area, Noun, Paged, Scope, Uuid};
use std::collections::HashMap;
use web::{
    Markup, area_field, capital, command_form, date, disclosure, disclosure_by_key, empty, field, html, input, line_form, number_field, options,
    pill, points, select, small_act,
    text::{encode, link_out},
    when,
};

pub(crate) fn record_button(scope: &Scope) -> Markup {
    disclosure(
        "record",
        "Record evidence",
        "primary",
        command_form(
            scope,
            Area::Customers,
            "evidence.record",
            "Record",
            html! {
                (area_field("quote", "What was said or seen, word for word", "", 4))
                (select("kind", "Kind", &options(EvidenceKind::ALL), "interview"))
                div.pair { (field("customer", "Customer", "")) (field("segment", "Segment", "")) }
                div.pair { (field("source", "Source", "")) (input("date", "noted_on", "Observed on", &when::day(scope.now))) }
            },
        ),
    )
}

/// The evidence on the page.
pub(crate) struct Inbox<'a> {
    pub evidence: &'a Paged<Linked>,
    /// What hangs on it.
    pub files: &'a attachments::OnEach,
    /// How much supports no need yet, on all pages.
    pub loose: i64,
    pub wanted: &'a Wanted,
    /// What is said about each.
    pub talk: &'a HashMap<Uuid, Talk>,
    /// What the own fields of evidence hold.
    pub own: &'a fields::Listed<'a>,
}

pub(crate) fn customers(scope: &Scope, needs: &[NeedLine], inbox: &Inbox) -> Markup {
    let (evidence, loose, wanted) = (&inbox.evidence.items, inbox.loose, inbox.wanted);
    let whole = wanted.find.is_empty() && wanted.after.is_empty() && wanted.show.is_none();
    let need = disclosure(
        "new-need",
        "Write down a need",
        "",
        command_form(
            scope,
            Area::Customers,
            "need.create",
            "Add need",
            html! {
                (field("title", "Need", "")) (area_field("statement", "When … they want to … so they can …", "", 3)) (field("segment", "Segment", ""))
                div.pair { (number_field("importance", "Importance, 0 to 10", None)) (number_field("satisfaction", "Satisfaction, 0 to 10", None)) }
            },
        ),
    );
    html! { div.columns-2 {
        section { div.list-head { h2 { "Needs" span.quiet { " " (needs.len()) } } @if !needs.is_empty() { (web::downloads(scope, "needs", "")) } }
            @if needs.is_empty() { (empty("lightbulb", "No needs yet", "A need is something a segment is trying to get done, or suffers from. The Manager and the Owner both decide here.", need)) }
            @else { table.list { thead { tr { th { "Need" } th.num title="Importance + what is missing in satisfaction (Ulwick)" { "Opportunity" } th.num { "Evidence" } th.num { "Bets" } } }
                tbody { @for line in needs { tr.clickable {
                    td { a href={ "?open=" (line.need.id()) } data-panel { bdi { (line.need.title) } } @if !line.need.segment.is_empty() { " " bdi.quiet { (line.need.segment) } } }
                    td.num { (points(line.opportunity)) }
                    td.num { @if line.evidence == 0 { (pill("warning", "missing")) } @else { (line.evidence) } }
                    td.num { (line.initiatives) }
                } } } } (need) }
        }
        section { div.list-head { h2 { "Evidence inbox" @if loose > 0 { span.quiet { " " (loose) " to link" } } } @if !evidence.is_empty() { (web::downloads(scope, "evidence", "")) } }
            @if !whole || inbox.evidence.next.is_some() { (web::find_form("find", "Find by words, customer or source", &wanted.find, html! {})) }
            @if evidence.is_empty() && !whole { p.hint { "No evidence says so. " a href="customers" { "Show the newest" } } }
            @else if evidence.is_empty() { (empty("inbox", "Nothing recorded yet", "Evidence is one observed fact, with source and date: what a customer said, a ticket, a figure from usage.", html! {})) }
            @for (item, linked) in evidence { article.evidence id={ "e-" (item.id()) } data-id=(item.id()) data-open tabindex="-1" aria-label=(item.label()) {
                blockquote dir="auto" { (item.quote) }
                p.byline { (capital(item.kind.says())) @if !item.customer.is_empty() { " · " bdi { (item.customer) } } @if !item.source.is_empty() { " · " bdi { (item.source) } } @if !item.url.is_empty() { " · " (link_out(&item.url)) } " · " (date(scope, &item.noted_on)) }
                (fields::panel(scope, fields::Thing::Evidence, &item.id().to_string(), &inbox.own.of(item.meta.id)))
                (attachments::folded(scope, "evidence", item.meta.id, inbox.files.get(&item.meta.id).map_or(&[], Vec::as_slice)))
                @if !linked.is_empty() { div.links.row { @for need in needs.iter().filter(|n| linked.contains(&n.need.meta.id)) { a.chip href={ "?open=" (need.need.id()) } dir="auto" data-panel { (need.need.title) } (small_act(scope, Area::Customers, "evidence.unlink", &[("evidence", &item.id().to_string()), ("need", &need.need.id().to_string())], "x", &format!("Unlink from “{}”", need.need.title))) " " } } }
                div.row {
                    @let others: Vec<&NeedLine> = needs.iter().filter(|n| !linked.contains(&n.need.meta.id)).collect();
                    @if !others.is_empty() { @let link = line_form(scope, Area::Customers, "evidence.link", "Link", html! {
                        input type="hidden" name="evidence" value=(item.id());
                        label { span.hidden { "Need that this supports" } select name="need" required { option value="" { "Choose a need" } @for need in &others { option value=(need.need.id()) dir="auto" { (need.need.title) } } } }
                    });
                    // What has its place already can be given another, but that is seldom.
                    @if linked.is_empty() { (link) } @else { (disclosure(&format!("link-{}", item.id()), "Link to another need", "plain", link)) } }
                    span.push {}
                    (edit_evidence(scope, item))
                    (small_act(scope, Area::Customers, "evidence.remove", &[("evidence", &item.id().to_string())], "trash-2", "Remove evidence"))
                }
                (conversation::folded(scope, "evidence", item.meta.id, inbox.talk.get(&item.meta.id)))
            } }
            @if let Some(next) = &inbox.evidence.next { p { a.button href={ "?find=" (encode(&wanted.find)) "&after=" (encode(next)) } { "Older evidence" } } }
            @if !whole && !evidence.is_empty() { p { a href="customers" { "Show the newest" } } }
        }
    } }
}

/// All that was recorded about it can be set right.
fn edit_evidence(scope: &Scope, item: &Evidence) -> Markup {
    let fields = html! {
        input type="hidden" name="evidence" value=(item.id()); input type="hidden" name="version" value=(item.meta.version);
        (area_field("quote", "What was said or seen, word for word", &item.quote, 4))
        (select("kind", "Kind", &options(EvidenceKind::ALL), item.kind.word()))
        div.pair { (field("customer", "Customer", &item.customer)) (field("segment", "Segment", &item.segment)) }
        div.pair { (field("source", "Source", &item.source)) (input("date", "noted_on", "Observed on", &item.noted_on.to_string())) }
        (field("url", "Link", &item.url.to_string()))
    };
    disclosure_by_key(
        Some('e'),
        &format!("edit-{}", item.id()),
        "Edit",
        "plain",
        command_form(scope, Area::Customers, "evidence.edit", "Save", fields),
    )
}

pub(crate) fn need_panel(
    scope: &Scope,
    need: &Need,
    evidence: &[Evidence],
    bets: &[(i64, String)],
    own: &[fields::Own],
    files: &[attachments::Attached],
    (comments, watching): (&[conversation::Said], notices::Watching),
    history: &activity::History,
) -> Markup {
    html! {
        p.crumb { "Need" @if !need.segment.is_empty() { " · " bdi { (need.segment) } } }
        h2 dir="auto" { (need.title) }
        p dir="auto" { (need.statement) }
        p { "Importance " strong { (points(need.importance)) } " · satisfaction " strong { (points(need.satisfaction)) } " · opportunity " strong { (points(need.opportunity())) } }
        (fields::panel(scope, fields::Thing::Need, &need.id().to_string(), own))
        h3 { "Evidence" }
        @if evidence.is_empty() { p.hint { "Nothing stands behind this need yet. Link evidence from the inbox." } }
        ul.quotes { @for e in evidence.iter().take(BEHIND) { li { q dir="auto" { (e.quote) } " " span.quiet { bdi { (e.customer) } " · " (e.noted_on) }
            (small_act(scope, Area::Customers, "evidence.unlink", &[("evidence", &e.id().to_string()), ("need", &need.id().to_string())], "x", "Unlink")) } } }
        @if evidence.len() > BEHIND { p.hint { "These are the newest " (BEHIND) "; there is more." } }
        h3 { "Bets that address it" }
        @if bets.is_empty() { p.hint { "No initiative addresses this need yet." } }
        ul { @for (number, title) in bets { li { a href={ "roadmap?open=" (number) } { (scope.key(*number)) " " bdi { (title) } } } } }
        (disclosure("edit-need", "Edit", "", command_form(scope, Area::Customers, "need.edit", "Save", html! {
            input type="hidden" name="need" value=(need.id()); input type="hidden" name="version" value=(need.meta.version);
            (field("title", "Need", &need.title)) (area_field("statement", "Statement", &need.statement, 3)) (field("segment", "Segment", &need.segment))
            div.pair { (number_field("importance", "Importance", need.importance)) (number_field("satisfaction", "Satisfaction", need.satisfaction)) } })))
        (small_act(scope, Area::Customers, "need.remove", &[("need", &need.id().to_string())], "trash-2", "Remove need"))
        (attachments::view(scope, "need", need.meta.id, files))
        (notices::view(scope, "need", need.meta.id, watching))
        (conversation::view(scope, "need", need.meta.id, comments))
        (activity::history_view(scope, history))
    }
}
