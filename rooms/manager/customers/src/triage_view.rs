//! Markup of the inbox: one piece after the other, each with the few things that can become of it.

use crate::{
    alike::Beside,
    inbox_rows::{MOST_WAITING, Shelf},
    model::*,
    rows::Piece,
    triage::Parting,
    who_views::{name_field, ways},
};
use kernel::{Area, Noun, Paged, Scope};
use notices::Around;
use web::{
    Markup, act, act_label, action, area_field, capital, clipped, command_form, date, disclosure, disclosure_by_key, empty, field, html, icon, input,
    join_by_key, may, model_drafts, number_field, options, pill, select, several,
    text::{encode, link_out},
    when,
};

const AREA: Area = Area::Customers;

/// What the inbox is drawn from.
pub(crate) struct Inbox<'a> {
    pub shelf: Shelf,
    pub page: &'a Paged<Piece>,
    /// What it is narrowed by.
    pub words: &'a str,
    pub first: bool,
    /// How much waits, and how much was dismissed.
    pub counts: (i64, i64),
    /// Whether there is a need to link to.
    pub needs: bool,
}

impl Inbox<'_> {
    /// What its addresses go on saying.
    fn keeps(&self) -> String {
        let shelf = if self.shelf == Shelf::Dismissed { "shelf=dismissed&" } else { "" };
        if self.words.is_empty() { shelf.to_owned() } else { format!("{shelf}q={}&", encode(self.words)) }
    }
}

/// "12 pieces", or that there are more than are counted.
fn counted(many: i64) -> String {
    if many > MOST_WAITING { format!("more than {MOST_WAITING} pieces") } else { several(many, "piece") }
}

pub(crate) fn page(scope: &Scope, inbox: &Inbox) -> Markup {
    let (waiting, dismissed) = inbox.counts;
    let items = &inbox.page.items;
    html! {
        (ways("inbox"))
        @match inbox.shelf {
            _ if !inbox.words.is_empty() => { (find(inbox)) @if items.is_empty() { p.hint { "Nothing here says so. " a href=(if inbox.shelf == Shelf::Dismissed { "inbox?shelf=dismissed" } else { "inbox" }) { "Show everything" } } } }
            Shelf::Waiting => {
                @if items.is_empty() && inbox.first { (empty("inbox", "Nothing waits", "Here stands evidence that supports no need yet. Each piece is linked to a need, becomes a new one, is split into quotes, or is dismissed. The Manager and the Owner both decide here.", html! {})) }
                @else { p { (capital(&counted(waiting))) @if waiting == 1 { " waits" } @else { " wait" } ", the newest first. Link each to the need that it supports, make a need of it, or dismiss it." }
                    @if may(scope, AREA) { (model_drafts(scope, !items.is_empty(), "needs=1", "Draft needs behind the newest")) p.hint.keys-hint { kbd { "j" } " " kbd { "k" } " go down and up, " kbd { "l" } " links, " kbd { "n" } " makes a need, " kbd { "d" } " dismisses, " kbd { "s" } " splits what is open" } } @if waiting > FEW { (find(inbox)) } }
            }
            Shelf::Dismissed => { p { "What was dismissed stays here and can be brought back. " a href="inbox" { "What waits" } } @if items.is_empty() { p.hint { "Nothing was dismissed." } } @if dismissed > FEW { (find(inbox)) } }
        }
        div.inbox { @for piece in items { (one(scope, inbox, piece)) } }
        @if let Some(next) = &inbox.page.next { p { a.button href={ "?" (inbox.keeps()) "after=" (encode(next)) } { "Older evidence" } } }
        @if inbox.shelf == Shelf::Waiting && dismissed > 0 { p.hint { a href="inbox?shelf=dismissed" { (capital(&counted(dismissed))) " dismissed" } } }
    }
}

/// From so many on one looks for words among them.
const FEW: i64 = 10;

/// Finds pieces by what they say.
fn find(inbox: &Inbox) -> Markup {
    web::find_form(
        "q",
        "Find by what was said",
        inbox.words,
        html! { @if inbox.shelf == Shelf::Dismissed { input type="hidden" name="shelf" value="dismissed"; } },
    )
}

/// Whose it is, from where and of which day.
fn byline(scope: &Scope, Piece { evidence: e, customer, segment, .. }: &Piece) -> Markup {
    html! { p.byline { (capital(e.kind.says()))
    @if !customer.is_empty() { " · " @match e.customer.record() { Some(id) => { a href={ "customer-list?open=" (id) } { bdi { (customer) } } } None => { bdi { (customer) } } } }
    @if !segment.is_empty() { " · " bdi { (segment) } }
    @if !e.source.is_empty() { " · " bdi { (e.source) } }
    @if !e.url.is_empty() { " · " (link_out(&e.url)) }
    " · " (date(scope, &e.noted_on)) } }
}

fn one(scope: &Scope, inbox: &Inbox, piece: &Piece) -> Markup {
    let e = &piece.evidence;
    let id = e.id().to_string();
    html! { article.evidence data-id=(id) data-open data-knot={ "evidence:" (id) } aria-label=(e.label()) {
        a.title href={ "?" (inbox.keeps()) "open=" (id) } dir="auto" data-panel { (clipped(&e.quote, 280)) }
        (byline(scope, piece))
        div.row.triage { @match inbox.shelf {
            Shelf::Waiting => {
                @if inbox.needs { (join_by_key(scope, Some('l'), "evidence", e.meta.id, "need", "Link to a need", "")) }
                (new_need(scope, piece, &format!("need-{id}")))
                (dismiss(scope, &id, Why::NotUseful, Some('d'), "Dismiss"))
            }
            Shelf::Dismissed => { @if let Some(why) = e.dismissed { (pill("neutral", why.says())) } (act(scope, AREA, "evidence.bring_back", &[("evidence", &id)], "Bring back", "")) }
        } }
    } }
}

/// Dismisses, and goes on with the next.
fn dismiss(scope: &Scope, id: &str, why: Why, key: Option<char>, says: &str) -> Markup {
    html! { @if may(scope, AREA) {
        form.act method="post" action=(action(scope, "evidence.dismiss")) data-act data-next {
            input type="hidden" name="evidence" value=(id); input type="hidden" name="why" value=(why);
            button.plain type="submit" data-press=[key] { (act_label(scope, AREA, says)) }
        }
    } }
}

fn new_need(scope: &Scope, piece: &Piece, form: &str) -> Markup {
    let fields = html! {
        input type="hidden" name="evidence" value=(piece.evidence.id());
        (field("title", "What they are trying to get done, or suffer from", ""))
        (area_field("statement", "When … they want to … so they can …", "", 2))
        (name_field("segment", "Segment", &piece.segment, "segments"))
        div.pair { (number_field("importance", "Importance, 0 to 10", None)) (number_field("satisfaction", "Satisfaction, 0 to 10", None)) }
        (field("figures_from", "Where both figures are from", ""))
    };
    disclosure_by_key(Some('n'), form, "New need from it", "", command_form(scope, AREA, "need.create", "Add need and link", fields))
}

/// A piece that is open: all its words, what likely says the same, the needs that it may support, and how it is split.
pub(crate) fn panel(
    scope: &Scope,
    piece: &Piece,
    linked: &[(kernel::Uuid, String)],
    beside: &Beside,
    around: &Around,
    history: &activity::History,
) -> Markup {
    let e = &piece.evidence;
    let id = e.id().to_string();
    let waits = e.dismissed.is_none() && piece.needs.is_empty();
    html! {
        p.crumb data-thing={ "evidence:" (id) } { "Evidence" }
        @if let Some(why) = e.dismissed { p { (pill("neutral", why.says())) " " (act(scope, AREA, "evidence.bring_back", &[("evidence", &id)], "Bring back", "plain")) } }
        blockquote.transcript dir="auto" data-transcript { (e.quote) }
        (byline(scope, piece))
        @if let Some(whole) = e.split_from { p.hint { a href={ "inbox?open=" (whole) } data-panel { "The text that it was taken from" } } }
        @if !linked.is_empty() { h3 { "Supports" } ul.chosen { @for (need, title) in linked { li { a href={ "customers?open=" (need.simple()) } dir="auto" { (title) } " " (web::small_act(scope, AREA, "evidence.unlink", &[("evidence", &id), ("need", &need.simple().to_string())], "x", "Unlink")) } } } }
        @if !beside.needs.is_empty() && may(scope, AREA) { h3 { "It may support" }
            ul.lines.offered { @for need in &beside.needs { li { span dir="auto" { (need.title) } (link(scope, &id, need)) } } } }
        div.row {
            (join_by_key(scope, Some('l'), "evidence", e.meta.id, "need", if linked.is_empty() { "Link to a need" } else { "Link to another need" }, if waits { "primary" } else { "plain" }))
            @if waits { (new_need(scope, piece, "open-need")) }
            (model_drafts(scope, may(scope, AREA) && e.dismissed.is_none(), &format!("evidence={id}"), "Draft needs"))
            (split(scope, e))
            @if waits { (dismiss(scope, &id, Why::NotUseful, Some('d'), "Dismiss")) }
        }
        @if !beside.same.is_empty() { h3 { "Likely says the same" }
            @for (other, likeness) in &beside.same { div.alike { q dir="auto" { (clipped(&other.quote, 240)) }
                p.byline { (percent(*likeness)) " alike · " (date(scope, &other.noted_on)) " · " a href={ "inbox?open=" (other.id()) } data-panel { "Open it" } } } }
            @if waits { (dismiss(scope, &id, Why::Duplicate, None, "Dismiss as said already")) } }
        (around.view(scope, e.meta.id))
        (activity::history_view(scope, history))
    }
}

/// "87 %".
fn percent(share: f32) -> String {
    web::telling::percent(f64::from(share))
}

fn link(scope: &Scope, evidence: &str, need: &Need) -> Markup {
    html! { form.act method="post" action=(action(scope, "evidence.link")) data-act data-next {
        input type="hidden" name="evidence" value=(evidence); input type="hidden" name="need" value=(need.id());
        button type="submit" { (act_label(scope, AREA, "Link")) }
    } }
}

/// Quotes are taken from the text by selecting them; without script they are typed or pasted.
fn split(scope: &Scope, e: &Evidence) -> Markup {
    let fields = html! {
        input type="hidden" name="evidence" value=(e.id()); input type="hidden" name="version" value=(e.meta.version);
        p.hint { "Word for word, with an empty line between two. What you leave out within a quote is told by “…”." }
        button type="button" hidden data-take-quote { (icon("quote")) "Take what is selected above" }
        label.field { span { "Quotes" } textarea name="quotes" rows="8" dir="auto" data-keep data-quotes {} span.error data-error="quotes" {} }
    };
    disclosure_by_key(
        Some('s'),
        "split-evidence",
        "Split into quotes",
        "plain",
        command_form(scope, AREA, "evidence.split", "Record these quotes", fields),
    )
}

/// The way to bring many pieces in at once.
pub(crate) fn paste(scope: &Scope) -> Markup {
    let fields = html! {
        label.field { span { "What was said or seen" } textarea name="text" rows="8" dir="auto" data-keep {} span.error data-error="text" {} }
        div.pair { (select("each", "A piece is", &options(Parting::ALL), "lines")) (select("kind", "Kind", &options(EvidenceKind::ALL), "other")) }
        div.pair { (name_field("customer", "Customer of all of them", "", "customers")) (name_field("segment", "Segment", "", "segments")) }
        div.pair { (field("source", "Source", "")) (input("date", "noted_on", "Observed on", &when::day(scope.now))) }
    };
    disclosure("paste-evidence", "Paste many", "", command_form(scope, AREA, "evidence.paste", "Record all", fields))
}
