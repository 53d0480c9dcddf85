//! Markup of customers.

use crate::{
    filter,
    inbox_rows::MOST_WAITING,
    model::*,
    need_rows::{Demand, Listed},
    rows::{BEHIND, EvidencePage, Piece},
    who_rows::Offered,
    who_views::{money, name_field, names_offered, ways},
};
use fields::Columns;
use filters::Saved;
use kernel::{Area, Noun, Paged, Scope, Uuid};
use notices::Around;
use web::{
    Filter, Markup, area_field, capital, command_form, date, disclosure, disclosure_by_key, empty, field, html, icon, input, join, number_field,
    options, pill, points, select, small_act,
    text::{encode, link_out},
    when,
};

pub(crate) fn record_button(scope: &Scope, offered: &Offered) -> Markup {
    let form = disclosure(
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
                div.pair { (name_field("customer", "Customer", "", "customers")) (name_field("segment", "Segment", "", "segments")) }
                div.pair { (field("source", "Source", "")) (input("date", "noted_on", "Observed on", &when::day(scope.now))) }
            },
        ),
    );
    html! { (form) @if !form.0.is_empty() { (names_offered(offered)) } }
}

/// What the page is drawn from.
pub(crate) struct Lists<'a> {
    /// How many needs there are, whatever the filter says.
    pub all: usize,
    /// Those that fit the filter.
    pub needs: &'a Listed,
    /// What the needs are called that the evidence on the page supports.
    pub linked: &'a [(Uuid, String)],
    pub of_needs: &'a Columns,
    pub evidence: &'a Paged<Piece>,
    pub of_evidence: &'a Columns,
    pub filter: &'a Filter,
    pub saved: &'a Saved,
    /// What could not be meant by it.
    pub odd: Option<String>,
    pub page: &'a EvidencePage,
    /// How much evidence waits in the inbox, as far as it is counted.
    pub loose: i64,
    /// What hangs on each piece, and what is said about it.
    pub around: &'a Around,
    /// What the own fields of evidence hold.
    pub own: &'a fields::Listed<'a>,
    pub currency: &'a str,
}

pub(crate) fn customers(scope: &Scope, lists: &Lists) -> Markup {
    let Lists { all, needs, linked: titles, of_needs, of_evidence, filter, page, loose, currency, .. } = *lists;
    let evidence = &lists.evidence.items;
    let whole = filter.is_plain() && page.after.is_empty() && page.show.is_none();
    let bare = all == 0 && evidence.is_empty() && whole;
    let keeps = [of_needs.keeps(), of_evidence.keeps()].concat();
    let address = filter.address();
    let here = of_needs.address() + &of_evidence.address() + &address;
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
                (field("title", "Need", "")) (area_field("statement", "When … they want to … so they can …", "", 3)) (name_field("segment", "Segment", "", "segments"))
                div.pair { (number_field("importance", "Importance, 0 to 10", None)) (number_field("satisfaction", "Satisfaction, 0 to 10", None)) }
                (field("figures_from", "Where both figures are from", ""))
            },
        ),
    );
    html! {
        (ways("customers"))
        @if !bare { (filter::bar(filter, &keeps, of_needs.choices(), of_evidence.choices())) @let saved = filters::view(scope, lists.saved, &keeps); @if !saved.0.is_empty() { div.list-tools { (saved) } } }
        @if let Some(odd) = &lists.odd { p.hint { span dir="auto" { (odd) } } }
        div.columns-2.needs-and-evidence {
        section { div.list-head { h2 { "Needs" @if needs.fit > 0 { span.quiet { " " (needs.fit) } } } (of_needs.menu("customers", "Fields", "Opportunity", &(of_evidence.address() + &address))) @if needs.fit > 0 { (web::downloads(scope, "needs", &address)) } }
            @if needs.fit == 0 && all > 0 { p.hint { "No need fits. " a href="customers" { "Show everything" } } (need) }
            @else if needs.fit == 0 { (empty("lightbulb", "No needs yet", "A need is something a segment is trying to get done, or suffers from. The Manager and the Owner both decide here.", need)) }
            @else { div.scroll tabindex="0" role="region" aria-label="Needs" { table.list { thead { tr { th { "Need" } th.num title="Importance + what is missing in satisfaction (Ulwick)" { "Opportunity" } th.num { "Evidence" } th.num.demand title="Customers of whom there is evidence, and what comes from them in a year" { "Demand" } th.num.spare { "Bets" } } }
                tbody { @for line in &needs.lines { tr.clickable data-knot={ "need:" (line.need.id()) } {
                    td { a href={ "?" (here) "open=" (line.need.id()) } data-panel { bdi { (line.need.title) } } @if !line.segment_name.is_empty() { " " bdi.quiet { (line.segment_name) } } " " (of_needs.cells(scope, line.need.meta.id)) }
                    td.num { (points(line.opportunity)) }
                    td.num { @if line.evidence == 0 { (pill("warning", "missing")) } @else { (line.evidence) } }
                    td.num.demand { @if line.demand.customers > 0 { (line.demand.customers) @if let Some(revenue) = line.demand.revenue { " " span.quiet { (money(currency, revenue)) } } } @else { span.quiet { "–" } } }
                    td.num.spare { (line.initiatives) }
                } } } } } @if needs.fit > needs.lines.len() { p.hint { "These are the first " (needs.lines.len()) ". A filter or the download has the others." } } div.row.below { (need) } }
        }
        section { div.list-head { h2 { "Evidence" @if loose > 0 { " " a.quiet href="inbox" { @if loose > MOST_WAITING { "more than " (MOST_WAITING) } @else { (loose) } " in the inbox" } } } (of_evidence.menu("customers", "Order", "The newest first", &(of_needs.address() + &address))) @if !evidence.is_empty() { (web::downloads(scope, "evidence", &address)) } }
            @if evidence.is_empty() && !whole { p.hint { "No evidence fits. " a href="customers" { "Show the newest" } } }
            @else if evidence.is_empty() { (empty("inbox", "Nothing recorded yet", "Evidence is one observed fact, with source and date: what a customer said, a ticket, a figure from usage.", import(scope))) }
            @let joined = web::joined_with(scope, "evidence").filter(|_| all > 0);
            @for Piece { evidence: item, needs: linked, customer, segment } in evidence { article.evidence id={ "e-" (item.id()) } data-id=(item.id()) data-open tabindex="-1" aria-label=(item.label()) data-knot={ "evidence:" (item.id()) } {
                @if let Some(with) = &joined { span.carry draggable="true" data-knot={ "evidence:" (item.id()) } data-joins=(with) title="Drag onto a need" aria-hidden="true" { (icon("grip-vertical")) } }
                blockquote dir="auto" { (item.quote) }
                p.byline { (capital(item.kind.says())) @if !customer.is_empty() { " · " @match item.customer.record() { Some(id) => { a href={ "customer-list?open=" (id) } { bdi { (customer) } } } None => { bdi { (customer) } } } } @if !segment.is_empty() { " · " bdi { (segment) } } @if !item.source.is_empty() { " · " bdi { (item.source) } } @if !item.url.is_empty() { " · " (link_out(&item.url)) } @if let Some(remark) = item.said_in { " · " a href={ "conversation?thread=" (remark) "#c-" (remark) } { "Where it was said" } } " · " (date(scope, &item.noted_on)) }
                (fields::panel(scope, fields::Thing::Evidence, &item.id().to_string(), &lists.own.of(item.meta.id)))
                @if !linked.is_empty() { div.links.row { @for (need, title) in titles.iter().filter(|(need, _)| linked.contains(need)) { a.chip href={ "?" (here) "open=" (need.simple()) } dir="auto" data-panel { (title) } (small_act(scope, Area::Customers, "evidence.unlink", &[("evidence", &item.id().to_string()), ("need", &need.simple().to_string())], "x", &format!("Unlink from “{title}”"))) " " } } }
                div.row {
                    // What has its place already can be given another, but that is seldom.
                    @if all > linked.len() { @if linked.is_empty() { (join(scope, "evidence", item.meta.id, "need", "Link to a need", "")) } @else { (join(scope, "evidence", item.meta.id, "need", "Link to another need", "plain")) } }
                    span.push {}
                    (edit_evidence(scope, item, customer, segment))
                    (small_act(scope, Area::Customers, "evidence.remove", &[("evidence", &item.id().to_string())], "trash-2", "Remove evidence"))
                }
                (lists.around.beneath(scope, item.meta.id))
            } }
            @if let Some(next) = &lists.evidence.next { p { a.button href={ "?" (of_needs.address()) (address) "after=" (encode(next)) } { "Older evidence" } } }
            @if !whole && !evidence.is_empty() { p { a href="customers" { "Show the newest" } } }
        }
    } }
}

/// The way to begin with what is there already.
fn import(scope: &Scope) -> Markup {
    html! { @if web::may(scope, Area::Customers) { a.button href="feedback" { "Import reviews or tickets" } } }
}

/// All that was recorded about it can be set right.
fn edit_evidence(scope: &Scope, item: &Evidence, customer: &str, segment: &str) -> Markup {
    let fields = html! {
        input type="hidden" name="evidence" value=(item.id()); input type="hidden" name="version" value=(item.meta.version);
        (area_field("quote", "What was said or seen, word for word", &item.quote, 4))
        (select("kind", "Kind", &options(EvidenceKind::ALL), item.kind.word()))
        div.pair { (name_field("customer", "Customer", customer, "customers")) (name_field("segment", "Segment", segment, "segments")) }
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

/// "3 customers, 12 400 EUR a year from 2 of them, last heard 4 Nov".
pub(crate) fn demand(scope: &Scope, currency: &str, demand: &Demand) -> Markup {
    html! {
        (web::several(demand.customers, "customer"))
        @if let Some(revenue) = demand.revenue { ", " (money(currency, revenue)) " a year" @if demand.revenue_known < demand.customers { " from " (demand.revenue_known) " of them" } }
        @if let Some(day) = &demand.latest { ", last heard " (date(scope, day)) }
    }
}

pub(crate) fn need_panel(
    scope: &Scope,
    (need, segment): (&Need, &str),
    (currency, asked): (&str, &Demand),
    evidence: &[Piece],
    bets: &[(i64, String)],
    own: &[fields::Own],
    around: &Around,
    history: &activity::History,
) -> Markup {
    html! {
        p.crumb data-thing={ "need:" (need.id()) } { "Need" @if !segment.is_empty() { " · " @match need.segment.record() { Some(id) => { a href={ "customer-list?open=" (id) } { bdi { (segment) } } } None => { bdi { (segment) } } } } }
        h2 dir="auto" { (need.title) }
        p dir="auto" { (need.statement) }
        p { "Importance " strong { (points(need.importance)) } " · satisfaction " strong { (points(need.satisfaction)) } " · opportunity " strong { (points(need.opportunity())) } @if let Some(served) = need.served() { ", " (served.says()) } }
        @if !need.figures_from.is_empty() { p.quiet { "Figures from " bdi { (need.figures_from) } } }
        @if asked.customers > 0 { p { "Asked for by " (demand(scope, currency, asked)) } }
        (fields::panel(scope, fields::Thing::Need, &need.id().to_string(), own))
        h3 { "Evidence" }
        @if evidence.is_empty() { p.hint { "Nothing stands behind this need yet." } }
        ul.quotes { @for Piece { evidence: e, customer, .. } in evidence.iter().take(BEHIND) { li { q dir="auto" { (e.quote) } " " span.quiet { @if !customer.is_empty() { bdi { (customer) } " · " } (date(scope, &e.noted_on)) }
            (small_act(scope, Area::Customers, "evidence.unlink", &[("evidence", &e.id().to_string()), ("need", &need.id().to_string())], "x", "Unlink")) } } }
        @if evidence.len() > BEHIND { p.hint { "These are the newest " (BEHIND) "; there is more." } }
        (join(scope, "need", need.meta.id, "evidence", "Link evidence", "plain"))
        h3 { "Bets that address it" }
        @if bets.is_empty() { p.hint { "No initiative addresses this need yet." } }
        ul { @for (number, title) in bets { li { a href={ "roadmap?open=" (number) } { (scope.key(*number)) " " bdi { (title) } } } } }
        (join(scope, "need", need.meta.id, "initiative", "Link an initiative", "plain"))
        div.row { (disclosure("edit-need", "Edit", "", command_form(scope, Area::Customers, "need.edit", "Save", html! {
            input type="hidden" name="need" value=(need.id()); input type="hidden" name="version" value=(need.meta.version);
            (field("title", "Need", &need.title)) (area_field("statement", "Statement", &need.statement, 3)) (name_field("segment", "Segment", segment, "segments"))
            div.pair { (number_field("importance", "Importance", need.importance)) (number_field("satisfaction", "Satisfaction", need.satisfaction)) } (field("figures_from", "Where both figures are from", &need.figures_from)) })))
            (small_act(scope, Area::Customers, "need.remove", &[("need", &need.id().to_string())], "trash-2", "Remove need")) }
        (around.view(scope, need.meta.id))
        (activity::history_view(scope, history))
    }
}
