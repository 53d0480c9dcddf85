//! Markup of set-up and a product's settings.

use crate::{
    definitions::{Seen, ready_lines},
    invitations::may_renew,
    members::Found,
    model::*,
    pages::{Sought, Typed},
};
use kernel::{Area, FieldError, Hat, Noun, Refusal, Scope, Standing, matrix::Way};
use people::Ticket;
use web::{
    Markup, action, area_field, asked_act, avatar, capital, command_form, date, disclosure, field, find_form, html, icon, input, limited, may,
    number_field, options, select, small_act, when,
};

/// How a team works, as a question with answers that a newcomer understands.
const WAYS: &[(Way, &str, &str)] = &[
    (
        Way::TwoPeople,
        "Two people",
        "A Product Manager and a Product Owner. The Manager decides strategy and roadmap, the Owner backlog and sprints; commitments and priorities are signed by both.",
    ),
    (Way::BothHats, "One person with both hats", "You wear both, and nothing has to be signed with oneself."),
    (Way::TextbookScrum, "Textbook Scrum", "The Product Owner decides roadmap and priorities too; the Manager proposes."),
    (Way::Safe, "SAFe", "Product Management decides features and their order; Owners decide team backlogs."),
];

fn ways(chosen: &str) -> Markup {
    html! {
        fieldset.choices { legend { "How does your team work?" }
            @for (way, name, text) in WAYS {
                label.choice { input type="radio" name="way" value=(way) checked[chosen == way.word()] required; span { strong { (name) } span.hint { (text) } } }
            }
        }
        p.hint { "This fills in who decides what. You can change it at any time." }
    }
}

pub fn set_up(typed: &Typed, wrong: Option<&Refusal>) -> Markup {
    let chosen_hat = if typed.hat.is_empty() { "manager" } else { &typed.hat };
    let at_fields: &[FieldError] = if let Some(Refusal::Invalid(fields)) = wrong { fields } else { &[] };
    const FIELDS: &[&str] = &["name", "email", "password", "product", "key"];
    let told = |field: &str| html! { @for w in at_fields.iter().filter(|w| w.field == field) { span.error role="alert" { (w.message) } } };
    // What is wrong is where one goes on; the password, which no page sends back, only where nothing else is.
    let first =
        at_fields.iter().map(|w| w.field.as_str()).find(|field| FIELDS.contains(field)).unwrap_or(if wrong.is_some() { "password" } else { "name" });
    let placed = at_fields.iter().all(|w| FIELDS.contains(&w.field.as_str()));
    html! { div.gate.wide-gate { div.logo-large { (icon("bike")) } h1 { "Set up Tandem" }
        p { "One place where a Product Manager and a Product Owner bring a product to market together." }
        form.stack method="post" action="/setup" hx-boost="false" {
            input type="hidden" name="zone" data-zone;
            @if let Some(wrong) = wrong.filter(|_| !placed || at_fields.is_empty()) { p.error role="alert" { (wrong.sentence()) } }
            h2 { "You" }
            label.field { span { "Your name" } input name="name" value=(typed.name) autocomplete="name" required autofocus[first == "name"]; (told("name")) }
            label.field { span { "E-mail" } input type="email" name="email" value=(typed.email) autocomplete="username" required autofocus[first == "email"]; (told("email")) }
            label.field { span { "Password, at least 10 characters" } input type="password" name="password" autocomplete="new-password" minlength="10" required autofocus[first == "password"]; (told("password"))
                @if wrong.is_some() { span.hint { "Please type the password once more." } } }
            h2 { "Your product" }
            div.pair {
                label.field { span { "Name" } input name="product" value=(typed.product) required data-names="key" autofocus[first == "product"]; (told("product")) }
                label.field.short { span { "Key" } input name="key" value=(typed.key) placeholder="ORB" maxlength="8" pattern=(KEY_PATTERN) title=(KEY_RULE) required autofocus[first == "key"]; }
            }
            (told("key"))
            p.hint { (KEY_RULE) " It stands in front of every number, as in ORB-42." }
            (ways(if typed.way.is_empty() { "two_people" } else { &typed.way }))
            fieldset.choices.across { legend { "Which hat do you wear?" }
                @for (value, name) in [("manager", "Product Manager"), ("owner", "Product Owner"), ("both", "Both")] {
                    label.choice { input type="radio" name="hat" value=(value) checked[chosen_hat == value]; span { strong { (name) } } }
                }
            }
            fieldset.choices { legend { "How do you want to begin?" }
                @for (value, name, text) in BEGINNINGS {
                    label.choice { input type="radio" name="begin" value=(value) checked[(typed.begin == "import") == (*value == "import")]; span { strong { (name) } span.hint { (text) } } }
                }
            }
            button.primary type="submit" { "Start" }
            p.hint { "Only looking? Stop this and run " code { "tandem demo" } ": a sample product with two years of history, in a throw-away database." }
        }
    } }
}

const BEGINNINGS: &[(&str, &str, &str)] = &[
    ("own", "Step by step", "Home shows the first steps: vision, roadmap, stories, your counterpart."),
    ("import", "With the backlog you have", "Bring in a file from Jira, GitHub or any CSV table; you see what would happen first."),
];

/// What a hat is for, to whoever gets it.
pub fn calling(hat: Hat) -> &'static str {
    match hat {
        Hat::Manager => "The Product Manager says where the product goes and why: customers, vision, objectives, roadmap.",
        Hat::Owner => "The Product Owner says what is built next and when it is done: backlog, sprints, acceptance.",
        Hat::Developer => "Developers size the stories, do the work and hand it over.",
        Hat::Stakeholder => "Stakeholders see where the product goes and how it goes, and say what they need.",
    }
}

/// So many products stand on the page; the others are found by their names.
const MOST_PRODUCTS: usize = 100;

pub fn products(scope: &Scope, found: &[Product], words: &str) -> Markup {
    html! {
        (find_form("q", "Find a product by name or key", words, html! {}))
        @if found.is_empty() { p.hint { "No product of yours is called so." } }
        @let (archived, used): (Vec<&Product>, Vec<&Product>) = found.iter().partition(|p| p.archived_at.is_some());
        (listed(&used))
        @if scope.who.administrator { p { a.button href="/products/new" { (icon("plus")) "New product" } } }
        @if !archived.is_empty() { section { h2 { "Archived" } p.hint { "They can be read, and nothing in them changes until they are brought back." } (listed(&archived)) } }
    }
}

fn listed(products: &[&Product]) -> Markup {
    html! {
        ul.lines { @for p in products.iter().take(MOST_PRODUCTS) { li { a href={ "/" (p.key) "/" } hx-boost="false" dir="auto" { (p.name) } span.quiet { (p.key) } } } }
        @if products.len() > MOST_PRODUCTS { p.hint { "and " (products.len() - MOST_PRODUCTS) " more" } }
    }
}

pub fn new_product(scope: &Scope) -> Markup {
    html! { form.stack method="post" action=(action(scope, "product.create")) data-act data-go="/" {
        div.pair { (limited("product.create", html! { (field("name", "Name", "")) (field("key", "Key, such as ORB", "")) })) }
        (ways("two_people"))
        (hat_boxes("Your hats", &[Hat::Manager]))
        p.error data-error="" {}
        input type="hidden" name="_back" value="/";
        button.primary type="submit" { "Set up product" }
    } }
}

fn hat_boxes(says: &str, held: &[Hat]) -> Markup {
    html! { fieldset.choices.across { legend { (says) }
        @for hat in Hat::ALL { label.check { input type="checkbox" name="hats" value=(hat) checked[held.contains(hat)]; (hat.title()) } }
        span.error data-error="hats" {}
    } }
}

/// The hat that the next one in is likely to get: the first of Manager and Owner that nobody holds.
fn wanted(scope: &Scope) -> Hat {
    [Hat::Manager, Hat::Owner].into_iter().find(|h| !scope.held.contains(h)).unwrap_or(Hat::Developer)
}

fn invited(scope: &Scope, invitations: &[Ticket]) -> Markup {
    // Addresses are for those who have a say in who belongs here.
    html! { @if !invitations.is_empty() && may(scope, Area::Agreement) { h3 { "Invited, not here yet" }
        ul.lines { @for ticket in invitations { li {
            span { (ticket.email) } @for hat in ticket.hats.iter() { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } }
            span.quiet { @if ticket.expires_at > scope.now { "the link works until " (date(scope, &when::day(ticket.expires_at))) } @else { "the link has expired" }
                @if ticket.mailed_hash.is_some() { " · mailed" } }
            span.acts {
                @if may_renew(scope) { form.act method="post" action=(action(scope, "invitation.renew")) data-act {
                    input type="hidden" name="invitation" value=(ticket.id()); button.plain type="submit" { "New link" }
                } }
                (small_act(scope, Area::Agreement, "invitation.withdraw", &[("invitation", &ticket.id().to_string())], "x", &format!("Withdraw the invitation for {}", ticket.email)))
            }
        } } }
    } }
}

/// What else is set for a product, each on a page of its own.
const FURTHER: [(&str, &str, &str); 5] = [
    ("labels", "Labels", "What stories are labelled with: renamed, merged and coloured here"),
    ("fields", "Own fields", "What stories, features, initiatives, needs and evidence hold besides"),
    ("calendar", "Days off", "Public holidays and who is away, wherever days are counted"),
    ("webhooks", "Webhooks", "Slack, Teams, other chats and programs that are told what happens here"),
    ("links", "Shared links", "The roadmap for people who have no account"),
];

/// What Tandem sees for itself is ticked; the rest stands one line each.
fn definition_of_ready(scope: &Scope, product: &Product) -> Markup {
    let lines = ready_lines(&product.ready_list);
    let asked = |seen: Seen| lines.iter().any(|line| line.seen == Some(seen));
    let others: Vec<&str> = lines.iter().filter(|line| line.seen.is_none()).map(|line| line.text.as_str()).collect();
    html! { section #ready { h2 { "Definition of ready" } p.hint { "What a story needs before a sprint. Every story in the backlog says how much of it holds." }
        @if may(scope, Area::Agreement) { (command_form(scope, Area::Agreement, "product.define_ready", "Save", html! {
            input type="hidden" name="version" value=(product.meta.version);
            fieldset.choices { legend { "Tandem sees for itself" }
                @for seen in Seen::ALL { label.check { input type="checkbox" name="seen" value=(seen) checked[asked(*seen)]; (seen.says()) } } }
            (area_field("others", "People look, one line each", &others.join("\n"), 4))
        })) }
        @else { ul.agreed { @for line in &lines { li dir="auto" { (line.text) } } } @if lines.is_empty() { p { "Nothing is asked of a story." } } p.hint { (web::who_decides(scope, Area::Agreement)) } }
    } }
}

fn definition_of_done(scope: &Scope, product: &Product) -> Markup {
    html! { section #done { h2 { "Definition of done" } p.hint { "What is true of every story that is accepted, besides its own criteria. It stands where a verdict is given." }
        @if may(scope, Area::Acceptance) { (command_form(scope, Area::Acceptance, "product.define_done", "Save", html! {
            input type="hidden" name="version" value=(product.meta.version);
            (area_field("lines", "One line each", &product.done_list, 4))
        })) }
        @else { ul.agreed { @for line in product.done_list.lines() { li dir="auto" { (line) } } } @if product.done_list.is_empty() { p { "Nothing is written down yet." } } p.hint { (web::who_decides(scope, Area::Acceptance)) } }
    } }
}

pub fn settings(scope: &Scope, product: &Product, (found, sought): (&Found, &Sought), invitations: &[Ticket], columns: &[BoardColumn]) -> Markup {
    let version = product.meta.version.to_string();
    html! {
        section { h2 { "Members" }
            (web::people_search(&sought.people, found.more || !sought.after.is_empty()))
            @if found.members.is_empty() { p.hint { "Nobody is called so. " a href="settings" { "Show everyone" } } }
            table.list.cards.wide { thead { tr { th { "Name" } th { "Hats" } th { "" } } }
                tbody { @for (person, membership) in &found.members { tr {
                    td { (avatar(&person.name)) " " bdi { (person.name) } }
                    td { @for hat in membership.hats.iter() { span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } " " }
                         @for lent in membership.lent.iter() { span.quiet { (lent.hat.title()) " until " (date(scope, &when::day(lent.until))) } } }
                    td { div.acts {
                        (disclosure(&format!("hats-{}", person.id), "Change hats", "plain", command_form(scope, Area::Agreement, "membership.set_hats", "Change hats", html! {
                            input type="hidden" name="member" value=(person.id); (hat_boxes("Hats", &membership.hats)) })))
                        (asked_act(scope, Area::Agreement, "membership.remove", &[("member", &person.id.to_string())], "Take out", "plain",
                            &format!("{} leaves the product, with every hat held here. Coming back needs a new invitation.", person.name)))
                    } }
                } } }
            }
            @if let (true, Some((last, _))) = (found.more, found.members.last()) { p { a.button href={ "settings?people=" (web::text::encode(&sought.people)) "&after=" (last.id) } { "Next" } } }
            (invited(scope, invitations))
            (disclosure("invite", "Bring someone in", "", command_form(scope, Area::Agreement, "membership.invite", "Bring in", html! {
                (input("email", "email", "E-mail", "")) (hat_boxes("Hats", &[wanted(scope)])) })))
        }
        section { h2 { "About the product" }
            @if scope.standing(Area::Agreement).1 < Standing::Proposes { p dir="auto" { (product.about) } p.hint { (web::who_decides(scope, Area::Agreement)) } }
            (command_form(scope, Area::Agreement, "product.edit", "Save", html! {
                input type="hidden" name="version" value=(version);
                (field("name", "Name", &product.name))
                (area_field("about", "What it is", &product.about, 3))
                (field("currency", "Currency of revenue, as three letters such as EUR", &product.currency))
                (field("zone", "Time zone, for what is done by the clock", if product.zone.is_empty() { "UTC" } else { &product.zone }))
            }))
        }
        (definition_of_ready(scope, product))
        (definition_of_done(scope, product))
        section { h2 { "More of this product" } ul.lines.further { @for (place, name, says) in FURTHER { li { a href=(place) { (name) } span.quiet { (says) } } } } }
        (crate::archive::view(scope, product))
        section #columns { h2 { "Columns of the board" } p.hint { a href="board" { "How the board works" } " has what each one asks for, and what happens at a limit." }
            ul.lines.columns { @for column in columns { li {
                strong { bdi { (column.name) } } span.quiet { (capital(column.stage.says())) @if let Some(wip) = column.wip { " · at most " (wip) } }
                span.acts {
                    (disclosure(&format!("column-{}", column.id()), "Change", "plain", command_form(scope, Area::Sprints, "column.edit", "Save", html! {
                        input type="hidden" name="column" value=(column.id()); (field("name", "Name", &column.name))
                        (number_field("wip", "At most so many cards (0 for no limit)", Some(column.wip.unwrap_or(0) as f64))) })))
                    (remove_column(scope, column, columns))
                }
            } } }
            (disclosure("new-column", "Add a column", "", command_form(scope, Area::Sprints, "column.add", "Add column", html! {
                (field("name", "Name", ""))
                (select("stage", "Being here means", &options(&[Stage::Open, Stage::Doing, Stage::HandedOver, Stage::Accepted]), "doing"))
                (number_field("wip", "At most so many cards", None)) })))
        }
        section { h2 { "Removed things" }
            p { "Nothing that was removed is lost: " a href="removed" { "see what was removed, and bring it back" } "." }
        }
    }
}

/// Removing a column asks where its cards go. One of the same meaning is offered first; into and out of what is accepted only a
/// verdict leads. The only one of its stage stays.
fn remove_column(scope: &Scope, column: &BoardColumn, columns: &[BoardColumn]) -> Markup {
    let (alike, others): (Vec<&BoardColumn>, Vec<&BoardColumn>) =
        columns.iter().filter(|other| other.id() != column.id()).partition(|other| other.stage == column.stage);
    let Some(first) = alike.first().map(|first| first.id().to_string()) else { return html! {} };
    let accepted = |column: &BoardColumn| column.stage == Stage::Accepted;
    let others: Vec<&BoardColumn> = others.into_iter().filter(|other| !accepted(column) && !accepted(other) && may(scope, Area::Work)).collect();
    let changes = !others.is_empty();
    let same = alike.into_iter().map(|other| (other.id().to_string(), other.name.clone()));
    let other = others.into_iter().map(|other| (other.id().to_string(), format!("{}, which makes them {}", other.name, other.stage.says())));
    let form = html! { input type="hidden" name="column" value=(column.id()); (select("to", "Its cards go to", &same.chain(other).collect::<Vec<_>>(), &first))
    @if accepted(column) { p.hint { "What is accepted stays so, so other columns are not offered." } }
    @else if changes { p.hint { "Accepting takes a verdict, so columns of accepted stories are not offered." } } };
    disclosure(
        &format!("remove-column-{}", column.id()),
        "Remove",
        "plain",
        command_form(scope, Area::Sprints, "column.remove", "Remove the column", form),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_at_set_up_is_where_one_goes_on() {
        let typed = Typed { key: "WÖRK".into(), ..Typed::default() };
        let focused = |wrong: Option<&Refusal>| {
            let html = set_up(&typed, wrong).into_string();
            let tag = html.split('<').find(|tag| tag.contains(" autofocus")).unwrap_or_default().to_owned();
            (html, tag)
        };
        let refusal = product_key("WÖRK").unwrap_err();
        let (html, tag) = focused(Some(&refusal));
        assert!(tag.contains("name=\"key\"") && tag.contains("WÖRK"), "{tag}");
        assert!(html.contains("type the password once more") && html.matches("role=\"alert\"").count() == 1, "{html}");
        assert!(focused(Some(&Refusal::Busy)).1.contains("name=\"password\""), "nothing else is to be done again");
        let (html, tag) = focused(None);
        assert!(tag.contains("name=\"name\"") && !html.contains("once more"));
    }
}
