//! Markup of the stream and of one update.

use crate::{drafts::writes, model::*, questions::said_where, rows::Stream};
use conversation::Said;
use customers::Evidence;
use kernel::{Area, Id, Noun, Scope, Uuid, erasure::ERASED};
use notices::Around;
use people::Names;
use std::collections::HashMap;
use web::{
    Markup, act, action, area_field, asked_act, avatar, clipped, command_form, date, disclosure, empty, html, limited, may, menu_button, pill,
    product_path, select,
    text::{own_words, plain},
    time, when,
};

/// The way to write one: of each kind that one may write.
pub(crate) fn begin(scope: &Scope) -> Markup {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| writes(scope, *kind)).collect();
    let there = |kind: Kind| format!("{}/updates/write?kind={kind}", product_path(scope));
    html! { @match kinds.as_slice() {
        [] => {}
        [one] => { a.button.primary href=(there(*one)) { "Write an update" } }
        _ => { (menu_button("Write an update", html! { @for kind in &kinds { a href=(there(*kind)) { (about(*kind)) } } })) }
    } }
}

/// "About vision and roadmap".
fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Roadmap => "About vision and roadmap",
        Kind::Progress => "About progress",
    }
}

fn kind_pill(kind: Kind) -> Markup {
    pill("neutral", kind.says())
}

pub(crate) fn stream(scope: &Scope, stream: &Stream, kind: Option<Kind>, (names, letters): (&Names, Option<bool>)) -> Markup {
    let tab = |asked: Option<Kind>, says: &str| html! { a.chip href={ "updates" @if let Some(kind) = asked { "?kind=" (kind) } } aria-current=[(asked == kind).then_some("true")] { (says) } };
    html! {
        p.lead { "What changed, told to whom it concerns. Each update is drafted from the record since the last one." }
        nav.chips aria-label="Which updates" { (tab(None, "All")) (tab(Some(Kind::Roadmap), "Vision and roadmap")) (tab(Some(Kind::Progress), "Progress")) }
        @if stream.updates.is_empty() { (empty("file-text", "No update yet", if Kind::ALL.iter().any(|kind| writes(scope, *kind)) { "A draft waits for you: what changed since the last update, by objective, each sentence with its source." } else { "The Manager tells here what changes in vision and roadmap, the Owner how delivery goes." }, begin(scope))) }
        div.updates { @for (n, update) in stream.updates.iter().enumerate() { article.update id={ "u-" (update.id()) } {
            h2 { a href={ "updates?show=" (update.id()) } { bdi { (update.title) } } }
            (byline(scope, update, &stream.names))
            @if n == 0 { div.prose { (names.prose(scope, &update.body)) } } @else { p.excerpt dir="auto" { (clipped(&plain(&update.body), 240)) } }
            p { a href={ "updates?show=" (update.id()) } { @if n == 0 { "Talk about it" } @else { "Read it" } } }
        } } }
        @if let Some(come) = letters { (letters_line(scope, come)) }
    }
}

/// Whether updates come as letters, and the other way.
fn letters_line(scope: &Scope, come: bool) -> Markup {
    html! { form.act.quiet method="post" action=(action(scope, "update_wish.set")) data-act {
        input type="hidden" name="wanted" value=(!come);
        span { @if come { "Updates that are sent by mail come to you as letters too. " } @else { "No update comes to you as a letter. " } }
        button.plain type="submit" { @if come { "No letters" } @else { "Send me letters" } }
    } }
}

/// Asks whether letters are to stop, or says that none come.
pub(crate) fn stop_letters(come: bool) -> Markup {
    html! { div.empty { h1 { "Updates as letters" }
        @if come {
            p { "Updates of this product are sent to you by mail." }
            form.stack method="post" hx-boost="false" { button.primary type="submit" { "Stop these letters" } }
        } @else {
            p role="status" { "No more updates of this product come by mail. You can ask for them again at the end of the page of updates." }
            a.button href="/" { "Go to Tandem" }
        }
    } }
}

/// How many of those who were told have read it, and whether it is new to whoever looks.
pub(crate) struct Reads {
    pub have: i64,
    pub is_new: bool,
}

/// Who told whom, when, and of which time.
fn byline(scope: &Scope, update: &Update, called: &HashMap<Uuid, String>) -> Markup {
    let name = |id: Uuid| people::name_in(called, id).to_owned();
    html! { p.byline.quiet {
        (avatar(&name(update.member.0))) bdi { (name(update.member.0)) } " " (time(scope, update.meta.created_at, scope.now)) " · for "
        bdi { (update.audience.says(&name)) } " " (kind_pill(update.kind))
    } }
}

pub(crate) fn one(
    scope: &Scope,
    update: &Update,
    called: &HashMap<Uuid, String>,
    names: &Names,
    (around, read, taken, asked): (&Around, &Reads, &HashMap<Uuid, Id<Evidence>>, &[UpdateQuestion]),
) -> Markup {
    let day = |at: i64| date(scope, &when::day_in(at, &scope.who.zone));
    html! { article.update.whole {
        p.crumb { a href="updates" { "Updates" } }
        (byline(scope, update, called))
        div.prose { (names.prose(scope, &update.body)) }
        p.hint { "It tells of the record " @if update.since > 0 { "from " (day(update.since)) " " } "until " (day(update.until)) "." @if !update.told.is_empty() { " " (read.have) " of " (update.told.len()) " who were told " (if read.have == 1 { "has" } else { "have" }) " read it." } }
        @if read.is_new { form.act method="post" action=(action(scope, "update.read")) data-act data-read=(update.id()) { input type="hidden" name="update" value=(update.id()); button.plain type="submit" { "I have read it" } } }
        div.row { (withdraw(scope, update)) }
        section { h2 { "Questions and remarks" } (asked_by_link(scope, update, asked)) (around.view(scope, update.meta.id)) (remarks(scope, update, around.talk(update.meta.id), taken)) (seen_to(scope, update, asked)) }
    } }
}

fn withdraw(scope: &Scope, update: &Update) -> Markup {
    let id = update.id().to_string();
    asked_act(
        scope,
        update.area,
        "update.withdraw",
        &[("update", &id)],
        "Withdraw",
        "plain",
        "It stands in the stream no more. Whoever has read it has read it.",
    )
}

/// Puts one's draft away.
pub(crate) fn discard(scope: &Scope, kind: Kind) -> Markup {
    act(scope, kind.area(), "update_draft.discard", &[("kind", kind.word())], "Begin anew from the record", "plain")
}

/// The newest update in one line.
pub fn newest_line(scope: &Scope, update: &Update) -> Markup {
    html! { li.long { a href={ "updates?show=" (update.id()) } dir="auto" { (update.title) } span.quiet { (update.kind.says()) ", " (time(scope, update.meta.created_at, scope.now)) } } }
}

/// That nothing was told of something for long, with the way to tell it.
pub fn silence_line(scope: &Scope, kind: Kind, last: Option<i64>) -> Markup {
    html! { p.hint {
        @match last { Some(at) => { "The last update about " (kind.says()) " went out " (time(scope, at, scope.now)) ". " } None => { "No update about " (kind.says()) " has gone out yet. " } }
        @if writes(scope, kind) { a href={ "updates/write?kind=" (kind) } { "Write one" } }
    } }
}

/// What others said, to be taken over as evidence; what was taken over leads there.
fn remarks(scope: &Scope, update: &Update, talk: &[Said], taken: &HashMap<Uuid, Id<Evidence>>) -> Markup {
    let others: Vec<&Said> = talk.iter().filter(|said| said.comment.member != update.member).collect();
    html! { @if !others.is_empty() && may(scope, Area::Customers) { details.more { summary { "Take over as evidence" }
        p.hint { "What somebody says below an update can be an observed fact. It keeps its way back to the thread." }
        ul.lines { @for said in others { @let (id, words) = (said.comment.id().to_string(), own_words(&said.comment.body)); li.long {
            span.what { bdi { (said.name) } ": " bdi { (clipped(&words, 140)) } }
            @match taken.get(&said.comment.meta.id) {
                Some(evidence) => { a href={ "customers?show=" (evidence) "#e-" (evidence) } { "Is evidence" } }
                None => { (act(scope, Area::Customers, "evidence.record", &[("quote", &words), ("source", &format!("{}, about the update “{}”", said.name, clipped(&update.title, 150))), ("said_in", &id)], "Record as evidence", "plain")) }
            }
        } } }
    } } }
}

/// What people without an account ask, until somebody sees to it.
fn asked_by_link(scope: &Scope, update: &Update, asked: &[UpdateQuestion]) -> Markup {
    let waiting = || asked.iter().filter(|question| question.state == AskedState::Waits);
    html! { @if writes(scope, update.kind) { @for question in waiting() { @let id = question.id().to_string(); article.question id={ "q-" (id) } {
        p.byline { strong { bdi { (question.by()) } } " asks by link " span.quiet { (time(scope, question.meta.created_at, scope.now)) } }
        blockquote dir="auto" { (question.body) }
        div.row {
            (disclosure(&format!("answer-q-{}", question.meta.id.simple()), "Answer", "", html! { form.stack method="post" action=(action(scope, "update_question.answer")) data-act {
                input type="hidden" name="question" value=(id); (limited("update_question.answer", area_field("body", "Your answer; it stands in the thread and where they asked", "", 3))) p.error data-error="" {} button.primary type="submit" { "Answer" } } }))
            (act(scope, Area::Customers, "evidence.record", &[("quote", &question.body), ("source", &said_where(question.by(), &update.title))], "Record as evidence", "plain"))
            form.act method="post" action=(action(scope, "update_question.put_away")) data-act { input type="hidden" name="question" value=(id); button.plain type="submit" { "Put away" } }
            (erase(scope, question))
        }
    } } } }
}

/// What people without an account asked and somebody saw to.
fn seen_to(scope: &Scope, update: &Update, asked: &[UpdateQuestion]) -> Markup {
    let over: Vec<&UpdateQuestion> = asked.iter().filter(|question| question.state != AskedState::Waits).collect();
    html! { @if !over.is_empty() && writes(scope, update.kind) { details.more { summary { "Asked by link before" }
        ul.lines { @for question in over { li.long {
            p.byline { strong { bdi { (question.by()) } } span.quiet { " " (time(scope, question.meta.created_at, scope.now)) } " " (pill("neutral", question.state.says())) }
            blockquote dir="auto" { (question.body) }
            (erase(scope, question))
        } } }
    } } }
}

/// The way to erase somebody who asked by link.
fn erase(scope: &Scope, question: &UpdateQuestion) -> Markup {
    if !may(scope, Area::Customers) || question.name.is_empty() && question.body == ERASED {
        return html! {};
    }
    let id = question.id();
    disclosure(
        &format!("erase-{id}"),
        "Erase who asked",
        "plain",
        command_form(
            scope,
            Area::Customers,
            "update_question.erase",
            "Erase it for good",
            html! {
            input type="hidden" name="question" value=(id);
            (select("said", "What goes", &[("false".into(), "The name they gave".into()), ("true".into(), "That, and every word they asked, here, in the thread and in the inbox".into())], "true"))
            p.hint { "It goes out of the record too, and cannot be taken back. An answer stays." } },
        ),
    )
}
