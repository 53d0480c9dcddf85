//! Markup of signing in and of accounts.

use crate::{erasing::Asked, model::*};
use kernel::{Area, Noun, Paged, ProductHead, Scope};
use web::{
    Markup, action, app::erasing::Extent, capital, disclosure, field, html, icon, input, limited, number_field, people_search, pill, select, several,
    text::encode, time,
};

fn card(title: &str, body: &Markup) -> Markup {
    html! { div.gate { div.logo-large { (icon("bike")) } h1 { (title) } (body) } }
}

pub fn nobody_yet() -> Markup {
    card(
        "Welcome to Tandem",
        &html! {
            p { "This is a fresh start: there is no account yet." }
            a.button.primary href="/setup" { "Set it up" }
        },
    )
}

pub fn sign_in(to: &str, email: &str, wrong: Option<&str>) -> Markup {
    card(
        "Sign in",
        &html! {
            form.stack method="post" action="/sign-in" hx-boost="false" {
                @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
                input type="hidden" name="to" value=(to);
                label.field { span { "E-mail" } input type="email" name="email" value=(email) autocomplete="username" required autofocus; }
                label.field { span { "Password" } input type="password" name="password" autocomplete="current-password" required; }
                button.primary type="submit" { "Sign in" }
                p { a href="/new-password" { "Forgot your password?" } }
            }
        },
    )
}

pub fn forgotten(mail: bool, sent: bool) -> Markup {
    card(
        "A new password",
        &html! {
            @if sent {
                p role="status" { @if mail { "If there is an account with this address, a link is on its way to it." } @else { "Ask your administrator for a link." } }
            } @else if mail {
                form.stack method="post" action="/new-password" hx-boost="false" {
                    (input("email", "email", "E-mail", ""))
                    button.primary type="submit" { "Send me a link" }
                }
            } @else {
                p { "No mail is set up here. Ask your administrator for a link; they find it under “All accounts”." }
            }
            p { a href="/sign-in" { "Back to signing in" } }
        },
    )
}

pub fn new_password(whose: &str, wrong: Option<&str>) -> Markup {
    card(
        "Set your password",
        &html! {
            p { "For " strong { (whose) } "." }
            form.stack method="post" hx-boost="false" {
                @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
                label.field { span { "New password, at least 10 characters" } input type="password" name="password" autocomplete="new-password" minlength="10" required; }
                button.primary type="submit" { "Set password" }
            }
        },
    )
}

pub fn enter(whose: &str) -> Markup {
    card(
        "Welcome to Tandem",
        &html! {
            p { "This link signs you in as " strong { (whose) } ", once." }
            form method="post" hx-boost="false" { button.primary type="submit" { "Come in" } }
        },
    )
}

pub fn dead_link(why: &str) -> Markup {
    card("This link does not work", &html! { p { (why) } a.button href="/" { "Go to Tandem" } })
}

pub fn change_password(wrong: Option<&str>) -> Markup {
    html! {
        form.stack method="post" action="/account/password" hx-boost="false" {
            @if let Some(wrong) = wrong { p.error role="alert" { (wrong) } }
            label.field { span { "Current password" } input type="password" name="current" autocomplete="current-password" required; }
            label.field { span { "New password" } input type="password" name="password" autocomplete="new-password" minlength="10" required; }
            button type="submit" { "Change password and sign out elsewhere" }
        }
    }
}

/// "Firefox on Windows", of what a browser says about itself.
pub fn device(agent: &str) -> String {
    let find = |known: &[(&str, &str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned());
    let browser = find(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system =
        find(&[("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) if agent.is_empty() => "An unknown device".into(),
        (None, None) => web::clipped(agent, 60),
    }
}

/// What a token is cut down to: "ORB only, backlog and sprints only".
fn reach(token: &ApiToken, products: &[ProductHead]) -> Option<String> {
    let keys: Vec<&str> =
        token.products.iter().map(|id| products.iter().find(|p| p.id == *id).map_or("a product you left", |p| p.key.as_str())).collect();
    let areas: Vec<&str> = token.areas.iter().map(|a| a.word()).collect();
    let told: Vec<String> = [keys, areas].iter().filter(|only| !only.is_empty()).map(|only| format!("{} only", only.join(" and "))).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// To which products and areas a new token is cut down.
fn reaches(products: &[ProductHead]) -> Markup {
    html! { details.more { summary { "Only for some products or areas" }
        fieldset.choices { legend { "Products; none ticked is all of yours" }
            @for p in products { label.check { input type="checkbox" name="products" value=(p.key); bdi { (p.name) } } } span.error data-error="products" {} }
        fieldset.choices { legend { "Areas; none ticked is all" }
            @for a in Area::ALL { label.check { input type="checkbox" name="areas" value=(a); (capital(a.word())) } } span.error data-error="areas" {} }
    } }
}

/// Asks whether letters are to stop, or says that none come.
pub fn stop_letters(come: bool) -> Markup {
    card(
        "Letters in the morning",
        &html! {
            @if come {
                p { "Every weekday morning you get a letter with what waits for you." }
                form.stack method="post" hx-boost="false" { button.primary type="submit" { "Stop these letters" } }
            } @else {
                p role="status" { "No more letters come in the morning. You can ask for them again under “Your account”." }
                a.button href="/" { "Go to Tandem" }
            }
        },
    )
}

/// The letter in the morning: whether mail is set up, and whether it is wanted.
fn morning((mails, wanted): (bool, bool)) -> Markup {
    html! { section #letters { h2 { "Letter in the morning" }
        p { @if wanted { "On weekdays at eight a letter tells you what waits for you and what is due, for each product where there is something." }
            @else { "You get no letter. One could tell you on weekdays at eight what waits for you and what is due, for each product where there is something." } }
        @if !mails { p.hint { "No mail is set up here, so none is sent until the administrator sets it up." } }
        form.row method="post" action="/do/digest.want" data-act { input type="hidden" name="wanted" value=((!wanted).to_string());
            button type="submit" { @if wanted { "Stop the letter" } @else { "Send me the letter" } } }
    } }
}

/// One's own account; `own` is the hash of the session that looks.
pub fn account(
    scope: &Scope,
    me: &Member,
    tokens: &[ApiToken],
    products: &[ProductHead],
    sessions: &[Session],
    own: Option<&str>,
    letters: (bool, bool),
) -> Markup {
    let keys = [("false".to_owned(), "On".to_owned()), ("true".to_owned(), "Off".to_owned())];
    let themes = ["system", "light", "dark"].map(|t| (t.to_owned(), capital(t)));
    html! {
        section { h2 { "You" }
            form.stack method="post" action="/do/account.edit" data-act {
                (limited("account.edit", field("name", "Name", &me.name)))
                (field("zone", "Time zone", &me.zone))
                (select("theme", "Looks", &themes, &me.theme))
                div #keys { (select("keys_off", "Single keys as shortcuts (j, k, c, ? and others)", &keys, &me.keys_off.to_string()))
                    p.hint { "Switch them off if you speak to your computer or touch keys by mistake. Keys with Ctrl go on working. " a href="/help/keyboard" { "All keys" } } }
                button.primary type="submit" { "Save" }
            }
        }
        (morning(letters))
        section { h2 { "Password" } (change_password(None)) }
        section { h2 { "Where you are signed in" }
            ul.lines { @for s in sessions { li { span title=(s.agent) { (device(&s.agent)) } @if own == Some(s.token_hash.as_str()) { (pill("good", "this one")) } span.quiet { "signed in " (time(scope, s.meta.created_at, scope.now)) } } } }
            form method="post" action="/do/session.end_all" { input type="hidden" name="_back" value="/sign-in"; button type="submit" { "Sign out everywhere" } }
        }
        section { h2 { "Keys for programs" }
            p.hint { "A token acts as you, through REST, MCP and the command line. It is shown once." }
            ul.lines { @for t in tokens {
                li { (icon("key-round")) span { bdi { (t.name) } @if !t.can_write { " · reads only" } @if t.member != me.id() { " · assistant" } @if let Some(reach) = reach(t, products) { " · " (reach) } } span.quiet { "until " (web::date(scope, &web::when::day(t.expires_at))) }
                    (disclosure(&format!("revoke-{}", t.id()), "Revoke", "plain", html! { form.stack method="post" action="/do/token.revoke" data-act { input type="hidden" name="token" value=(t.id());
                        p { "Programs that use " bdi { (t.name) } " are refused from now on. This cannot be taken back." } button.primary type="submit" { "Revoke" } } })) }
            } }
            form.stack method="post" action=(action(scope, "token.create")) data-act {
                (limited("token.create", field("name", "Name of the token", "")))
                (number_field("days", "Days it lives", Some(90.0)))
                label.check { input type="checkbox" name="can_write" value="true"; "It may change things" }
                (reaches(products))
                button type="submit" { "Create token" }
            }
        }
        section { h2 { "Assistants" }
            p.hint { "An assistant is a non-human actor that you answer for. Whatever your hats are, it can only propose." }
            form.stack method="post" action="/do/assistant.add" data-act {
                (limited("assistant.add", field("name", "Name of the assistant", "")))
                (reaches(products))
                button type="submit" { "Add assistant" }
            }
        }
    }
}

pub fn members(scope: &Scope, page: &Paged<Member>, words: &str, first: bool, former: &[Member]) -> Markup {
    html! {
        form.row.lead method="post" action="/do/account.invite" data-act {
            (input("email", "email", "Invite by e-mail", ""))
            button.primary type="submit" { "Make invitation link" }
        }
        (people_search(words, page.next.is_some() || !first))
        @if page.items.is_empty() { p.hint { "Nobody is called so. " a href="/members" { "Show everyone" } } }
        table.list.cards { thead { tr { th { "Name" } th { "E-mail" } th { "" } th { "" } } }
            tbody { @for m in &page.items { tr {
                td dir="auto" { (m.name) } td { @match m.answers_for { Some(_) => "assistant", None => (m.email) } }
                td { @if m.administrator { "Administrator" } }
                td { div.acts { @if m.answers_for.is_none() {
                    form.act method="post" action="/do/account.offer_reset" data-act { input type="hidden" name="member" value=(m.id()); button.plain type="submit" { "New password link" } }
                    @if scope.who.member != Some(m.meta.id) { (disclosure(&format!("remove-{}", m.id()), "Remove", "plain", html! {
                        form.stack method="post" action="/do/account.remove" data-act {
                            input type="hidden" name="member" value=(m.id());
                            p { "Everything that acts for " bdi { (m.name) } " ends: sessions, links, tokens, assistants, memberships, lent hats, open proposals." }
                            (input("email", "takes_over", "E-mail of who takes over, where nobody else would decide on an agreement", ""))
                            p.error data-error="" {} button type="submit" { "Remove the account" }
                        } })) }
                } } }
            } } } }
        @if let Some(next) = &page.next { p { a.button href={ "?people=" (encode(words)) "&after=" (encode(next)) } { "Next" } } }
        @if !former.is_empty() { section { h2 { "Who has left" }
            ul.lines { @for m in former { li { span.what { bdi { (m.name) } " " span.quiet { (m.email) } }
                @if let Some(at) = m.meta.removed_at { span.quiet { "left " (time(scope, at, scope.now)) } }
                a.button.plain href={ "/members/" (m.id()) "/erasure" } aria-label={ "Erase the data of " (m.name) } { "Erase their data" } } } } } }
    }
}

/// What would be erased of somebody who has left, or why it cannot be.
pub(crate) fn erasing(member: &Member, asked: &Asked, extent: std::result::Result<Extent, String>) -> Markup {
    html! {
        p.lead { "The data of " strong { bdi { (member.name) } } ", " (member.email) ". Decisions stay, and say “a former member” where they named them." }
        form.stack method="get" {
            label.field { span { "Also called, parted by commas" } input type="text" name="words" value=(asked.words) dir="auto" autocomplete="off"; }
            label.check { input type="checkbox" name="said" value="true" checked[asked.said]; "Also what they wrote: comments, updates, answers in the practice club" }
            label.check { input type="checkbox" name="files" value="true" checked[asked.files]; "Also the files they attached" }
            button type="submit" { "Show what that comes to" }
        }
        @match extent {
            Err(why) => p.error role="alert" { (why) },
            Ok(extent) => section.stack {
                h2 { "What is erased" }
                ul.lines {
                    li { "Their name and address, as an account: sessions, password, time zone" }
                    li { @if extent.named > 0 { "Their name in the texts of " (several(extent.named, "thing")) } @else { "No other text names them" } }
                    @if asked.said { li { @if extent.said > 0 { "What they wrote, in " (several(extent.said, "place")) } @else { "They wrote nothing of their own" } } }
                    @if extent.copied > 0 { li { "Copies of their words, in " (several(extent.copied, "place")) ": evidence that was taken from them, what blocks a story, quotes of others" } }
                    @if asked.files { li { @if extent.files > 0 { (several(extent.files, "file")) " they attached, gone from the disk within a day or two" } @else { "They attached no files" } } }
                    @if extent.lines > 0 { li { "Their name and those words in " (several(extent.lines, "line")) " of the record" } }
                    @if extent.sealed_anew > 0 { li { (several(extent.sealed_anew, "decision")) " that named them, sealed anew" } }
                }
                p.hint { "Backups and exports made before still hold it. Votes they sealed and that are not open yet are thrown away." }
                form.stack method="post" action="/do/account.erase" data-act data-go="/members" {
                    input type="hidden" name="member" value=(member.id()); input type="hidden" name="words" value=(asked.words);
                    input type="hidden" name="said" value=(asked.said.to_string()); input type="hidden" name="files" value=(asked.files.to_string());
                    input type="hidden" name="_back" value="/members";
                    p { strong { "This cannot be taken back." } }
                    p.error data-error="" {} button.primary type="submit" { "Erase it for good" }
                }
            }
        }
        p { a href="/members" { "Back to all accounts" } }
    }
}
