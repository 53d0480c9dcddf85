//! Markup of the page of the workspace.

use crate::{
    Backup,
    rows::{Held, Shared, Size},
};
use kernel::{Noun, Scope, shared};
use people::{ApiToken, Session};
use web::{Markup, app::jobs::Standing, date, disclosure, html, pill, several, time, when};

/// What the page shows.
pub(crate) struct Shown {
    pub standing: Standing,
    pub given_up: i64,
    pub mails: bool,
    /// Where backups are kept, if they are.
    pub kept: Option<String>,
    pub backups: Vec<Backup>,
    pub size: Size,
    /// The hash of the session that looks.
    pub own: Option<String>,
    pub sign_ins: (Vec<Held<Session>>, bool),
    pub tokens: (Vec<Held<ApiToken>>, bool),
    pub shared: (Vec<Shared>, bool),
}

pub(crate) fn workspace(scope: &Scope, shown: &Shown) -> Markup {
    html! {
        (now(shown))
        (backups(scope, shown))
        (sign_ins(scope, &shown.sign_ins, shown.own.as_deref()))
        (tokens(scope, &shown.tokens))
        (links(scope, &shown.shared))
    }
}

fn now(shown: &Shown) -> Markup {
    let size = &shown.size;
    html! { section { h2 { "How it stands" }
        p { (several(size.products, "product")) ", " (several(size.accounts, "account")) ", " (several(size.administrators, "administrator")) " · " (bytes(size.bytes)) " in the database" @if size.files > 0 { " · " (bytes(size.of_files)) " in " (several(size.files, "attached file")) } }
        p { a href="/jobs" { "Jobs" } ": " @match shown.standing.waiting { 0 => "nothing waits", n => { (several(n, "job")) " waiting" } }
            @if !shown.standing.failing.is_empty() { ", " (pill("warning", &format!("{} being tried again", shown.standing.failing.len()))) }
            @if shown.given_up > 0 { ", " (pill("danger", &format!("{} given up", shown.given_up))) } }
        p { @if shown.mails { "Mail is set up" } @else { "Mail is not set up. " a href="/help/operate" { "How to set mail up" } } }
    } }
}

fn backups(scope: &Scope, shown: &Shown) -> Markup {
    html! { section { h2 { "Backups" }
        @match &shown.kept {
            Some(told) => {
                p { "One is made every night. " (told) }
                form.row.lead method="post" action="/do/backup.ask" data-act { button type="submit" { "Make one now" } }
                p.hint { "To have everything back, in a new folder: " code { "tandem restore FILE --data NEW" } ". " a href="/help/operate" { "How to back up and restore" } }
            }
            None => { p { "Nobody has said where backups are kept: start Tandem with " code { "--backups FOLDER" } ", and one is made every night. " a href="/help/operate" { "How to back up and restore" } } }
        }
        @if shown.backups.is_empty() { p.hint { "No backup was made so far." } }
        @else { table.list.cards { thead { tr { th { "When" } th { "File" } th.num { "Rows" } th.num { "Size" } } }
            tbody { @for made in &shown.backups { tr {
                td { (time(scope, made.meta.created_at, scope.now)) } td { (made.file) } td.num data-label="Rows" { (web::telling::figure(made.rows_in as f64)) } td.num data-label="Size" { (bytes(made.bytes)) }
            } } } } }
    } }
}

/// Ends what lets somebody in, once that was asked.
fn ending(command: &str, field: &str, id: &str, says: &str, whose: &str, then: &str) -> Markup {
    disclosure(
        &format!("end-{id}"),
        says,
        "plain",
        html! {
            form.stack method="post" action={ "/do/" (command) } data-act { input type="hidden" name=(field) value=(id);
                p { bdi { (whose) } " " (then) } p.error data-error="" {} button.primary type="submit" { (says) } }
        },
    )
}

/// `own` is the hash of the one that looks.
fn sign_ins(scope: &Scope, (all, more): &(Vec<Held<Session>>, bool), own: Option<&str>) -> Markup {
    html! { section { h2 { "Signed in" }
        table.list.cards { thead { tr { th { "Who" } th { "Since" } th { "Where" } th { "" } } }
            tbody { @for held in all { tr {
                td.name { bdi { (held.name) } } td data-label="Since" { (time(scope, held.it.meta.created_at, scope.now)) } td dir="auto" { (people::device(&held.it.agent)) }
                td { div.acts { @if own == Some(held.it.token_hash.as_str()) { (pill("good", "this one")) }
                    @else { (ending("session.end_one", "session", &held.it.id().to_string(), "Sign out", &held.name, "has to sign in there again.")) } } }
            } } } }
        (rest(*more))
    } }
}

fn tokens(scope: &Scope, (all, more): &(Vec<Held<ApiToken>>, bool)) -> Markup {
    html! { section { h2 { "Tokens of programs" }
        @if all.is_empty() { p.hint { "Nobody has made one." } }
        @else { table.list.cards { thead { tr { th { "Token" } th { "Whose" } th { "May" } th { "Until" } th { "" } } }
            tbody { @for held in all { tr {
                td.name { bdi { (held.it.name) } } td data-label="Of" { bdi { (held.name) } }
                td data-label="May" { @if held.it.can_write { "read and change" } @else { "read" } @if !held.it.products.0.is_empty() { ", in " (several(held.it.products.0.len(), "product")) } @if !held.it.areas.0.is_empty() { ", in " (several(held.it.areas.0.len(), "area")) } }
                td data-label="Until" { (date(scope, &when::day(held.it.expires_at))) }
                td { div.acts { (ending("token.withdraw", "token", &held.it.id().to_string(), "Revoke", &held.name, "can no longer use it. This cannot be taken back.")) } }
            } } } } }
        (rest(*more))
    } }
}

fn links(scope: &Scope, (all, more): &(Vec<Shared>, bool)) -> Markup {
    html! { section { h2 { "Shared by link" }
        @if all.is_empty() { p.hint { "Nothing is shared with people who have no account." } }
        @else { table.list.cards { thead { tr { th { "What" } th { "With" } th { "By" } th { "Used" } th { "Until" } } }
            tbody { @for link in all { tr {
                td.name { a href={ "/" (link.product) "/links" } { (shared::look(&link.look).map_or(link.look.as_str(), |look| look.says)) } " of " (link.product) }
                td data-label="With" { bdi { (link.name) } } td data-label="By" { bdi { (link.by) } }
                td data-label="Used" { @match link.last_at { Some(at) => { (several(link.times, "time")) ", last " (time(scope, at, scope.now)) } None => "not yet" } }
                td data-label="Until" { (date(scope, &when::day(link.expires_at))) }
            } } } } }
        (rest(*more))
    } }
}

fn rest(more: bool) -> Markup {
    html! { @if more { p.hint { "The newest ones. There are more." } } }
}

/// "1.4 MB".
fn bytes(size: i64) -> String {
    let size = size as f64;
    let (size, unit) = match size {
        s if s < 1e3 => return several(s as i64, "byte"),
        s if s < 1e6 => (s / 1e3, "kB"),
        s if s < 1e9 => (s / 1e6, "MB"),
        s => (s / 1e9, "GB"),
    };
    format!("{} {unit}", if size < 10.0 { (size * 10.0).round() / 10.0 } else { size.round() })
}
