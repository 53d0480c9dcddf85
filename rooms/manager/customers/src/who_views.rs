//! Markup of customers and segments.

use crate::{
    model::*,
    rows::Piece,
    who_rows::{CustomerLine, Offered, SAID, SegmentLine, WISHES, WhoWanted, Wish},
};
use kernel::{Area, Noun, Paged, Scope, Uuid};
use notices::Around;
use people::Person;
use web::{Markup, area_field, command_form, date, disclosure, empty, field, html, number_field, several, small_act, telling::figure, text::encode};

/// "12,400 EUR", in whole units and on one line.
pub fn money(currency: &str, amount: f64) -> String {
    let amount = figure(amount.round());
    if currency.is_empty() { amount } else { format!("{amount}\u{a0}{currency}") }
}

/// A labelled name, with those that are known offered while it is typed.
pub(crate) fn name_field(name: &str, label: &str, value: &str, offered: &str) -> Markup {
    html! { label.field { span { (label) } input type="text" name=(name) value=(value) list={ "known-" (offered) } dir="auto" data-keep autocomplete="off"; span.error data-error=(name) {} } }
}

/// The names that are offered on a page.
pub(crate) fn names_offered(offered: &Offered) -> Markup {
    html! { @for (id, names) in [("known-customers", &offered.customers), ("known-segments", &offered.segments)] { datalist id=(id) { @for name in names { option value=(name) {} } } } }
}

/// The pages of customers.
pub fn ways(here: &str) -> Markup {
    let way = |path: &str, says: &str| html! { a.chip href=(path) aria-current=[(path == here).then_some("page")] { (says) } " " };
    html! { nav.chips aria-label="Pages of customers" { (way("customers", "Evidence and needs")) (way("inbox", "Inbox")) (way("landscape", "Landscape")) (way("opportunities", "Tree")) (way("interviews", "Interviews")) (way("portal", "Portal")) (way("surveys", "Surveys")) (way("customer-list", "Customers and segments")) (way("intakes", "Addresses")) (way("feedback", "Import")) } }
}

/// What stands on the page.
pub(crate) struct Lists<'a> {
    pub customers: &'a Paged<CustomerLine>,
    pub segments: &'a [SegmentLine],
    pub wanted: &'a WhoWanted,
    pub currency: &'a str,
}

fn revenue_label(currency: &str) -> String {
    if currency.is_empty() { "Revenue a year".into() } else { format!("Revenue a year, {currency}") }
}

/// Who can look after a customer.
fn owner_field(people: &[Person], owner: Option<Uuid>) -> Markup {
    let mut all = vec![(String::new(), "Nobody in particular".to_owned())];
    all.extend(people.iter().filter(|person| !person.is_assistant).map(|person| (person.id.to_string(), person.name.clone())));
    web::select("owner", "Who looks after it", &all, &owner.map(|id| id.simple().to_string()).unwrap_or_default())
}

fn customer_fields(currency: &str, people: &[Person], customer: Option<&Customer>, segment: &str) -> Markup {
    html! {
        (field("name", "Name", customer.map_or("", |c| &c.name)))
        (name_field("segment", "Segment", segment, "segments"))
        div.pair { (number_field("size", "People who use it there", customer.and_then(|c| c.size).map(|size| size as f64))) (number_field("revenue", &revenue_label(currency), customer.and_then(|c| c.revenue))) }
        div.pair { (owner_field(people, customer.and_then(|c| c.owner).map(|id| id.0))) (field("external_id", "Id in another system", customer.map_or("", |c| &c.external_id))) }
        (area_field("note", "Note", customer.map_or("", |c| &c.note), 3))
    }
}

fn segment_fields(segment: Option<&Segment>) -> Markup {
    html! {
        (field("name", "Name", segment.map_or("", |s| &s.name)))
        div.pair { (number_field("size", "How many there are", segment.and_then(|s| s.size).map(|size| size as f64))) (number_field("growth", "Growth a year, %", segment.and_then(|s| s.growth).map(|share| share * 100.0))) }
        (area_field("note", "Who they are and what they want", segment.map_or("", |s| &s.note), 3))
    }
}

pub(crate) fn create_button(scope: &Scope, currency: &str, people: &[Person], offered: &Offered) -> Markup {
    let form = command_form(scope, Area::Customers, "customer.create", "Add customer", customer_fields(currency, people, None, ""));
    html! { (disclosure("new-customer", "Add a customer", "primary", form)) (names_offered(offered)) }
}

pub(crate) fn who(scope: &Scope, lists: &Lists) -> Markup {
    html! { (ways("customer-list")) div.columns-2.who-they-are { (customers(scope, lists)) (segments(scope, lists)) } }
}

fn customers(scope: &Scope, Lists { customers, segments, wanted, currency }: &Lists) -> Markup {
    let narrowed = !wanted.find.is_empty() || !wanted.of.is_empty() || !wanted.after.is_empty();
    let of = segments.iter().find(|line| line.segment.id().to_string() == wanted.of).map(|line| line.segment.name.as_str());
    html! { section { div.list-head { h2 { "Customers" @if let Some(of) = of { span.quiet { " of " bdi { (of) } } } } @if !customers.items.is_empty() { (web::downloads(scope, "customers", &format!("find={}&of={}", encode(&wanted.find), encode(&wanted.of)))) } }
        @if customers.items.is_empty() && !narrowed { (empty("users", "Nobody is known yet", "A customer is whoever uses the product, or could. Who is named when evidence is recorded stands here by itself; what they bring makes demand more than a count.", html! {})) }
        @else {
            @if narrowed || customers.next.is_some() { (web::find_form("find", "Find a customer by name", &wanted.find, html! { @if !wanted.of.is_empty() { input type="hidden" name="of" value=(wanted.of); } })) }
            @if customers.items.is_empty() { p.hint { "Nobody is called so. " a href="customer-list" { "Show all" } } }
            @else { div.scroll tabindex="0" role="region" aria-label="Customers" { table.list { thead { tr { th { "Customer" } th.num { (revenue_label(currency)) } th.num { "Evidence" } th.num.spare { "Needs" } th { "Last heard" } } }
                tbody { @for line in &customers.items { tr.clickable {
                    td { a href={ "?open=" (line.customer.id()) } data-panel { bdi { (line.customer.name) } } @if !line.segment.is_empty() { " " bdi.quiet { (line.segment) } } }
                    td.num { @match line.customer.revenue { Some(revenue) => { (money("", revenue)) } None => { span.quiet { "–" } } } }
                    td.num { (line.heard.evidence) } td.num.spare { (line.heard.needs) }
                    td { @match &line.heard.latest { Some(day) => { (date(scope, day)) } None => { span.quiet { "never" } } } }
                } } } } } }
            @if let Some(next) = &customers.next { p { a.button href={ "?find=" (encode(&wanted.find)) "&of=" (encode(&wanted.of)) "&after=" (encode(next)) } { "More customers" } } }
            @if narrowed { p { a href="customer-list" { "Show all customers" } } }
        }
    } }
}

fn segments(scope: &Scope, Lists { segments, currency, .. }: &Lists) -> Markup {
    let describe = disclosure(
        "new-segment",
        "Describe a segment",
        "",
        command_form(scope, Area::Research, "segment.create", "Describe segment", segment_fields(None)),
    );
    html! { @if scope.sees(Area::Research) { section { div.list-head { h2 { "Segments" @if !segments.is_empty() { span.quiet { " " (segments.len()) } } } @if !segments.is_empty() { (web::downloads(scope, "segments", "")) } }
        @if segments.is_empty() { (empty("users", "No segments yet", "A segment is people or companies who want the same. Which of them the product is for is the target market, on the Strategy page.", describe)) }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Segments" { table.list { thead { tr { th { "Segment" } th.num { "Size" } th.num.spare { "Growth" } th.num { "Customers" } th.num { (revenue_label(currency)) } th.num.spare { "Needs" } } }
                tbody { @for line in *segments { tr.clickable {
                    td { a href={ "?open=" (line.segment.id()) } data-panel { bdi { (line.segment.name) } } }
                    td.num { @match line.segment.size { Some(size) => { (figure(size as f64)) } None => { span.quiet { "–" } } } }
                    td.num.spare { @match line.segment.growth { Some(share) => { (growth(share)) } None => { span.quiet { "–" } } } }
                    td.num { (line.customers) }
                    td.num { @match line.revenue { Some(revenue) => { (money("", revenue)) } None => { span.quiet { "–" } } } }
                    td.num.spare { (line.needs) }
                } } } } }
            div.row.below { (describe) @if scope.sees(Area::Strategy) { a.button.plain href="strategy#market" { "The target market" } } }
        }
    } } }
}

/// "+2.5 %": the sign says which way.
pub fn growth(share: f64) -> String {
    let percent = format!("{} %", figure(share * 100.0));
    if share > 0.0 { format!("+{percent}") } else { percent }
}

/// What is known of a customer's wants.
pub(crate) struct Told<'a> {
    pub said: &'a [Piece],
    pub needs: &'a [(Uuid, String)],
    pub wishes: &'a [Wish],
    pub talks: &'a [Interview],
}

/// How a post stands, in words.
fn stands(status: &str) -> &str {
    match status {
        "open" => "under review",
        "started" => "in progress",
        "declined" => "not planned",
        other => other,
    }
}

/// What they want on the portal, and when they were talked to; nothing where there is nothing.
fn asks(scope: &Scope, told: &Told) -> Markup {
    html! {
        @if !told.wishes.is_empty() { h3 { "What they ask for" }
            ul { @for wish in told.wishes.iter().take(WISHES) { li { a href={ "portal?open=" (wish.post.simple()) } dir="auto" { (wish.title) } " " span.quiet { (stands(&wish.status)) } } } }
            @if told.wishes.len() > WISHES { p.hint { "These are the newest " (WISHES) "; there is more." } } }
        @if !told.talks.is_empty() { h3 { "Interviews" }
            ul { @for talk in told.talks { li { a href={ "interviews?open=" (talk.id()) } { bdi { (talk.participant) } } " " span.quiet { (date(scope, &talk.held_on)) } } } } }
    }
}

pub(crate) fn customer_panel(
    scope: &Scope,
    (currency, people): (&str, &[Person]),
    line: &CustomerLine,
    told: &Told,
    around: &Around,
    history: &activity::History,
) -> Markup {
    let (customer, id) = (&line.customer, line.customer.id().to_string());
    let owner = customer.owner.and_then(|owner| people.iter().find(|person| person.id == owner));
    let Told { said, needs, .. } = told;
    html! {
        p.crumb { "Customer" @if let Some(segment) = customer.segment.filter(|_| !line.segment.is_empty()) { " · " a href={ "customer-list?open=" (segment) } { bdi { (line.segment) } } } }
        h2 dir="auto" { (customer.name) }
        dl.facts {
            @if let Some(revenue) = customer.revenue { div { dt { "Revenue a year" } dd { (money(currency, revenue)) } } }
            @if let Some(size) = customer.size { div { dt { "People" } dd { (figure(size as f64)) } } }
            @if let Some(owner) = owner { div { dt { "Looked after by" } dd { bdi { (owner.name) } } } }
            @if !customer.external_id.is_empty() { div { dt { "Id elsewhere" } dd { bdi { (customer.external_id) } } } }
            div { dt { "Evidence" } dd { (line.heard.evidence) } }
            @if let Some(day) = &line.heard.latest { div { dt { "Last heard" } dd { (date(scope, day)) } } }
        }
        @if !customer.note.is_empty() { div.prose { (web::text::markdown(&customer.note)) } }
        h3 { "Needs" }
        @if needs.is_empty() { p.hint { "What they said supports no need yet." } }
        ul { @for (need, title) in *needs { li { a href={ "customers?open=" (need.simple()) } dir="auto" { (title) } } } }
        (asks(scope, told))
        h3 { "What they said" }
        @if said.is_empty() { p.hint { "Nothing was recorded of them yet." } }
        ul.quotes { @for Piece { evidence: e, .. } in said.iter().take(SAID) { li { q dir="auto" { (e.quote) } " " a.quiet href={ "customers?show=" (e.id()) "#e-" (e.id()) } { (date(scope, &e.noted_on)) } } } }
        @if said.len() > SAID { p.hint { "These are the newest " (SAID) "; there is more." } }
        div.row {
            (disclosure("edit-customer", "Edit", "", command_form(scope, Area::Customers, "customer.edit", "Save", html! {
                input type="hidden" name="customer" value=(id); input type="hidden" name="version" value=(customer.meta.version); (customer_fields(currency, people, Some(customer), &line.segment)) })))
            (disclosure("merge-customer", "Merge", "plain", command_form(scope, Area::Customers, "customer.merge", "Merge", html! {
                input type="hidden" name="customer" value=(id);
                p { "All that is known of " strong { bdi { (customer.name) } } " goes over to another customer, who is the same." }
                (name_field("into", "The customer that stays", "", "customers")) })))
            @if line.heard.evidence == 0 { (small_act(scope, Area::Customers, "customer.remove", &[("customer", &id)], "trash-2", "Remove customer")) }
        }
        (around.view(scope, customer.meta.id))
        (activity::history_view(scope, history))
    }
}

pub(crate) fn segment_panel(
    scope: &Scope,
    currency: &str,
    line: &SegmentLine,
    (customers, needs): (&Paged<CustomerLine>, &[Need]),
    around: &Around,
    history: &activity::History,
) -> Markup {
    let (segment, id) = (&line.segment, line.segment.id().to_string());
    html! {
        p.crumb { "Segment" }
        h2 dir="auto" { (segment.name) }
        dl.facts {
            @if let Some(size) = segment.size { div { dt { "Size" } dd { (figure(size as f64)) } } }
            @if let Some(share) = segment.growth { div { dt { "Growth a year" } dd { (growth(share)) } } }
            @if let Some(revenue) = line.revenue { div { dt { "Revenue a year" } dd { (money(currency, revenue)) } } }
            div { dt { "Evidence" } dd { (line.evidence) } }
        }
        @if !segment.note.is_empty() { div.prose { (web::text::markdown(&segment.note)) } }
        h3 { "Needs" }
        @if needs.is_empty() { p.hint { "No need of theirs is written down." } }
        ul { @for need in needs { li { a href={ "customers?open=" (need.id()) } dir="auto" { (need.title) } @if let Some(opportunity) = need.opportunity() { " " span.quiet { "opportunity " (figure(opportunity)) } } } } }
        @if scope.sees(Area::Customers) { h3 { "Customers" }
            @if customers.items.is_empty() { p.hint { "No customer is of this segment yet." } }
            ul { @for line in &customers.items { li { a href={ "customer-list?open=" (line.customer.id()) } { bdi { (line.customer.name) } } @if let Some(revenue) = line.customer.revenue { " " span.quiet { (money(currency, revenue)) } } } } }
            @if customers.next.is_some() { p { a href={ "customer-list?of=" (id) } { "All " (several(line.customers, "customer")) } } } }
        div.row {
            (disclosure("edit-segment", "Edit", "", command_form(scope, Area::Research, "segment.edit", "Save", html! {
                input type="hidden" name="segment" value=(id); input type="hidden" name="version" value=(segment.meta.version); (segment_fields(Some(segment))) })))
            (disclosure("merge-segment", "Merge", "plain", command_form(scope, Area::Research, "segment.merge", "Merge", html! {
                input type="hidden" name="segment" value=(id);
                p { "Customers, needs and evidence of " strong { bdi { (segment.name) } } " go over to another segment, which is the same." }
                (name_field("into", "The segment that stays", "", "segments")) })))
            @if line.customers + line.needs + line.evidence == 0 { (small_act(scope, Area::Research, "segment.remove", &[("segment", &id)], "trash-2", "Remove segment")) }
        }
        (around.view(scope, segment.meta.id))
        (activity::history_view(scope, history))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_in_whole_units() {
        assert_eq!(money("EUR", 1_234_567.4), "1,234,567\u{a0}EUR");
        assert_eq!(money("", 0.4), "0");
    }

    #[test]
    fn growth_says_which_way() {
        assert_eq!([0.05, 0.0, -0.025].map(growth), ["+5 %", "0 %", "−2.5 %"]);
    }
}
