//! Markup of proposals and decisions.

use crate::rows::{MOST_COMPARED, Present, Shown};
use kernel::{Area, Change, Hat, Noun, Paged, ProposalState, Scope, Standing, Value, proposal::Effect};
use web::{
    Filter, FilterBar, Markup, action, area_field, avatar, capital, date, disclosure, disclosure_by_key, empty, field, html, input, limited, options, pill, select,
    Term, time,
};

pub(crate) fn ask_button(scope: &Scope) -> Markup {
    let seen: Vec<Area> = Area::ALL.iter().copied().filter(|area| scope.sees(*area)).collect();
    disclosure(
        "ask",
        "Ask for a decision",
        "primary",
        html! {
            form.stack method="post" action=(action(scope, "proposal.open")) data-act {
                (limited("proposal.open", html! { (field("title", "The question", "")) (area_field("reason", "Why it comes up, and what you suggest", "", 4)) }))
                (select("area", "It is a matter of", &options(&seen), "roadmap")) (input("date", "due_on", "An answer is needed by", ""))
                p.error data-error="" {} button.primary type="submit" { "Put the question" }
            }
        },
    )
}

/// Under which of the viewer's hats this proposal waits for them.
fn waits_for(scope: &Scope, shown: &Shown) -> Vec<Hat> {
    let p = &shown.proposal;
    if scope.who.assistant.is_some() {
        return vec![];
    }
    scope
        .who
        .hats
        .iter()
        .copied()
        .filter(|h| scope.matrix.standing(p.area, *h) >= Standing::Signs && !shown.signatures.iter().any(|(s, _)| s.hat == *h))
        .collect()
}

const AREA: Term = Term {
    name: "area",
    also: &[],
    says: "It is a matter of",
    values: &[
        ("research", "Research"),
        ("customers", "Customers"),
        ("strategy", "Strategy"),
        ("roadmap", "Roadmap"),
        ("commitments", "Commitments"),
        ("priorities", "Priorities"),
        ("announcements", "Announcements"),
        ("backlog", "Backlog"),
        ("estimates", "Estimates"),
        ("sprints", "Sprints"),
        ("work", "Work"),
        ("acceptance", "Acceptance"),
        ("progress", "Progress"),
        ("agreement", "Agreement"),
    ],
    open: false,
};

/// What the log is narrowed by.
pub(crate) fn filter(typed: &str, area: &str) -> Filter {
    Filter::read(&[AREA], typed, &[("area", area)])
}

/// What the page is drawn from.
pub(crate) struct Lists<'a> {
    pub open: &'a Paged<Shown>,
    pub log: &'a Paged<Shown>,
    /// The one that was asked for and stands on another page.
    pub apart: Option<&'a Shown>,
    pub present: &'a Present,
    /// What the log is narrowed by.
    pub filter: &'a Filter,
}

pub(crate) fn decisions(scope: &Scope, lists: &Lists) -> Markup {
    let Lists { open, log, apart, present, filter } = *lists;
    let (mine, others): (Vec<&Shown>, Vec<&Shown>) = open.items.iter().partition(|s| !waits_for(scope, s).is_empty());
    html! {
        @if let Some(s) = apart { section { h2 { "The one you came for" } @if s.proposal.state == ProposalState::Open { div.proposals { (open_one(scope, s)) } } @else { ul.log { (settled(scope, s, present)) } } } }
        @if open.items.is_empty() { (empty("gavel", "Nothing waits for a decision", "What someone may not decide alone lands here as a proposal: the same change, kept as a diff, to be signed or declined with a reason.", html! {})) }
        @if !mine.is_empty() { section { h2 { "Waiting for you" span.quiet { " " (mine.len()) @if open.next.is_some() { "+" } } } (pile(scope)) div.proposals { @for s in &mine { (open_one(scope, s)) } } } }
        @if !others.is_empty() { section { h2 { "Waiting for others" } div.proposals { @for s in &others { (open_one(scope, s)) } } } }
        @if let Some(next) = &open.next { p { a.button href={ "?waiting=" (next) } { "More that wait" } } }
        section { h2 { "Decision log" " " a.button.plain href="decisions.md" hx-boost="false" { "As Markdown" } }
            (FilterBar { label: "Filter the decision log", placeholder: "Filter by words, or area:", page: "decisions", filter, keeps: &[], found_at: None }.view())
            @if log.items.is_empty() { p.hint { @if filter.is_plain() { "Nothing has been settled yet." } @else { "No settled decision fits." } } }
            ul.log { @for s in &log.items { (settled(scope, s, present)) } }
            @if let Some(next) = &log.next { p { a.button href={ "?" (filter.address()) "after=" (next) } { "Earlier decisions" } } }
        }
    }
}

/// What can be done with several that were picked: each is signed or declined, as one act.
fn pile(scope: &Scope) -> Markup {
    html! { div.bulk #bulk hidden {
        strong role="status" { span data-count { "0" } " chosen" }
        form.act method="post" action=(action(scope, "proposal.sign")) data-act data-bulk="proposal" data-next { input type="hidden" name="_each" value="proposal"; button.primary type="submit" data-press="y" { "Sign all that are chosen" } }
        (disclosure_by_key(Some('n'), "decline-all", "Decline all that are chosen", "", html! { form.stack method="post" action=(action(scope, "proposal.decline")) data-act data-bulk="proposal" data-next {
            input type="hidden" name="_each" value="proposal"; (limited("proposal.decline", area_field("note", "Why not", "", 3))) button type="submit" { "Decline them with this reason" } } }))
        button.plain type="button" data-clear { "Clear" }
    } }
}

fn state_pill(state: ProposalState) -> Markup {
    pill(
        match state {
            ProposalState::Agreed => "good",
            ProposalState::Declined => "critical",
            ProposalState::Overtaken => "warning",
            _ => "neutral",
        },
        state.word(),
    )
}

fn byline(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    html! { p.byline { (avatar(s.assistant_name.as_deref().unwrap_or(&s.author_name))) " "
    @if let Some(assistant) = &s.assistant_name { strong { (assistant) } " for " } strong { (s.author_name) } @if let Some(hat) = p.hat { " as " (hat.title()) } ", " (time(scope, p.meta.created_at, scope.now)) " · " (p.area)
    @if let Some(due) = &p.due_on { " · answer by " (date(scope, due)) } } }
}

fn open_one(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    let hats = waits_for(scope, s);
    let id = p.id().to_string();
    html! { article.proposal id={ "p-" (id) } data-id=(id) data-open tabindex="-1" aria-label=(p.title) {
        h3 { @if !hats.is_empty() { input type="checkbox" data-pick value=(id) aria-label={ "Choose “" (p.title) "”" }; } (p.title) }
        (byline(scope, s))
        @if !p.reason.is_empty() { p.reason { "“" (p.reason) "”" } }
        (diff(&p.effects))
        (signatures(scope, s))
        div.row {
            @for hat in &hats { form.act method="post" action=(action(scope, "proposal.sign")) data-act data-next { input type="hidden" name="proposal" value=(id); input type="hidden" name="hat" value=(hat); button.primary type="submit" data-press="y" { "Sign as " (hat.title()) } } }
            @if !hats.is_empty() { (disclosure_by_key(Some('n'), &format!("decline-{id}"), "Decline", "", html! { form.stack method="post" action=(action(scope, "proposal.decline")) data-act data-next { input type="hidden" name="proposal" value=(id); (limited("proposal.decline", area_field("note", "Why not", "", 3))) button type="submit" { "Decline with this reason" } } })) }
            @if Some(p.author) == scope.who.member { form.act method="post" action=(action(scope, "proposal.withdraw")) data-act { input type="hidden" name="proposal" value=(id); button.plain type="submit" { "Withdraw" } } }
        }
    } }
}

fn signatures(scope: &Scope, s: &Shown) -> Markup {
    let p = &s.proposal;
    html! { ul.signatures {
        @for (signature, name) in &s.signatures { li { (avatar(name)) span { (name) " " @if signature.agrees { "signed" } @else { "objected" } " as " } span class={ "hat hat-" (signature.hat) } { span.dot {} (signature.hat.title()) } span.quiet { " " (time(scope, signature.meta.created_at, scope.now)) } @if !signature.note.is_empty() { span.reason { " “" (signature.note) "”" } } } }
        @if p.state == ProposalState::Open { @for hat in p.needs.iter().filter(|h| !s.signatures.iter().any(|(x, _)| x.hat == **h)) { li.waiting { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } span.quiet { " has yet to sign" } } } }
        @for hat in p.passed_over.iter() { li.quiet { "Nobody holds the hat of " (hat.title()) "; it is passed over." } }
    } }
}

/// What would change, field by field: of a new thing what it says, of another from what to what.
fn diff(effects: &[Effect]) -> Markup {
    html! { @if !effects.is_empty() { details.diff open[effects.len() <= 3] { summary { "What changes" span.quiet { " " (effects.len()) } }
        @for effect in effects.iter().take(40) { div.effect {
            @let said: Vec<&Change> = effect.changes.iter().filter(|c| is_telling(effect, c)).collect();
            p { @if effect.table == "relation" { (told_effect(effect)) } @else {
                @if effect.is_new { (pill("good", "new")) " " } @else if effect.changes.iter().any(|c| c.field == "removed_at") { (pill("critical", "removed")) " " } @else if said.is_empty() { (told_effect(effect)) }
                @if effect.is_new || !said.is_empty() || effect.changes.iter().any(|c| c.field == "removed_at") { span.quiet { (capital(&effect.table.replace('_', " "))) } " " strong { (effect.label) } }
            } }
            @if !said.is_empty() { dl.changes { @for c in said { dt { (told_field(&c.field)) } dd { @if c.from != Value::Null { del { (shorten(&c.from)) } " " } ins { (shorten(&c.to)) } } } } }
        } }
        @if effects.len() > 40 { p.quiet { "and " (effects.len() - 40) " more" } }
    } } }
}

/// "Adds the story **Pay by card**": the kind's phrase in front of the thing.
fn told_effect(effect: &Effect) -> Markup {
    html! { span.quiet { (capital(kernel::event::phrase(&effect.kind).unwrap_or("changed"))) } " " strong { (effect.label) } }
}

/// Whether a person learns something from this field: not from ids, places in an order, what was left empty, or
/// what the label says already.
fn is_telling(effect: &Effect, c: &Change) -> bool {
    let hidden = matches!(c.field.as_str(), "rank" | "removed_at" | "number" | "from_noun" | "to_noun" | "verb") || c.field.ends_with("_at");
    let is_id = |v: &Value| matches!(v, Value::Text(text) if text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()));
    let empty = effect.is_new && matches!(&c.to, Value::Null)
        || matches!(&c.to, Value::Text(text) if effect.is_new && (text.is_empty() || *text == effect.label || text == "[]" || text == "{}"));
    !(hidden || empty || is_id(&c.from) || is_id(&c.to))
}

fn shorten(value: &Value) -> String {
    let text = value.words();
    match text.char_indices().nth(160) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn settled(scope: &Scope, s: &Shown, present: &Present) -> Markup {
    let p = &s.proposal;
    html! { li.decision id={ "p-" (p.id()) } {
        span.key { @match p.number { Some(n) => { "D-" (n) } None => "–" } }
        div { p { strong { (p.title) } " " (state_pill(p.state)) }
            (byline(scope, s))
            @if !p.reason.is_empty() { p.reason { "“" (p.reason) "”" } }
            @if !p.note.is_empty() { p.reason { (p.note) } }
            @if p.state == ProposalState::Overtaken { (three_way(&p.effects, present)) } @else { (diff_folded(&p.effects)) }
            (signatures(scope, s))
            @if p.state == ProposalState::Overtaken && Some(p.author) == scope.who.member { form method="post" action={ "decisions/" (p.id()) "/renewal" } hx-boost="false" { button type="submit" { "Put it forward again, against what there is now" } } } }
    } }
}

/// What was there, what was asked for, what is there now: for a proposal that was overtaken.
fn three_way(effects: &[Effect], present: &Present) -> Markup {
    let rows: Vec<(&Effect, &Change)> =
        effects.iter().filter(|e| !e.is_new).take(MOST_COMPARED).flat_map(|e| e.changes.iter().map(move |c| (e, c))).collect();
    html! { @if !rows.is_empty() { div.scroll tabindex="0" role="region" aria-label="Three versions" { table.list.three-way {
        thead { tr { th { "What" } th { "When proposed" } th { "Proposed" } th { "Now" } } }
        tbody { @for (effect, change) in rows {
            @let now = present.get(&(effect.id, change.field.clone()));
            tr { td { (effect.label) span.quiet { " " (told_field(&change.field)) } } td { (version(change, Some(&change.from))) } td { (version(change, Some(&change.to))) }
                td { @if now == Some(&change.from) { span.quiet { (version(change, now)) } } @else { (pill("warning", "changed")) " " (version(change, now)) } } }
        } }
    } } } }
}

fn told_field(field: &str) -> String {
    if field == "rank" { "place in the order".into() } else { field.replace('_', " ") }
}

/// One version of a field; a place in an order has no words of its own, so it is told by comparison.
fn version(change: &Change, value: Option<&Value>) -> String {
    match value {
        None => "gone".into(),
        Some(Value::Null) => "–".into(),
        Some(value) if change.field != "rank" => shorten(value),
        Some(value) if *value == change.from => "where it stood".into(),
        Some(value) if *value == change.to => "where it was to go".into(),
        Some(_) => "elsewhere".into(),
    }
}

fn diff_folded(effects: &[Effect]) -> Markup {
    html! { @if !effects.is_empty() { details.more { summary { "What it changed" } ul { @for e in effects.iter().take(40) { li { (told_effect(e)) } } } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_narrowed_by_every_area() {
        let known: Vec<&str> = AREA.values.iter().map(|(word, _)| *word).collect();
        assert_eq!(known, Area::ALL.iter().map(|area| area.word()).collect::<Vec<_>>());
    }
}
