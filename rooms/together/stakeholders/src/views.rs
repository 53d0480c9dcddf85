//! Markup of stakeholders: the grid, the list, what is known of one.

use crate::{
    model::*,
    rows::{Line, NOTED},
};
use kernel::{Id, Noun, Scope, Standing, Uuid};
use notices::Around;
use notices::Called;
use people::Person;
use std::collections::HashMap;
use web::{
    Markup, act, area_field, capital, command_form, date, disclosure, empty, field, html, input, may, number_field, options, pill, select, several,
    small_act, time, when,
};

/// What to do with those who stand in a corner of the grid.
fn corner(power: Level, interest: Level) -> Option<&'static str> {
    match (power, interest) {
        (Level::High, Level::High) => Some("Work with them closely"),
        (Level::High, Level::Low) => Some("Keep them content"),
        (Level::Low, Level::High) => Some("Keep them informed"),
        (Level::Low, Level::Low) => Some("Keep an eye on them"),
        _ => None,
    }
}

const DOWN: [Level; 3] = [Level::High, Level::Middling, Level::Low];
const ACROSS: [Level; 3] = [Level::Low, Level::Middling, Level::High];

pub(crate) fn page(scope: &Scope, lines: &[Line], gone: &[Stakeholder], today: &str) -> Markup {
    html! {
        @if !may(scope, AREA) { (empty("circle-user", "Stakeholders are the team’s notes", "Who is outside of the team, and what they need to hear, is seen by whoever has a say in what is announced.", html! {})) }
        @else if lines.is_empty() { (empty("circle-user", "Nobody is written down yet", "A stakeholder is somebody outside of the team who can help or hinder, or is affected: the council, a hotel chain, the head of support. What they need to hear, and how often, stands here, so that nobody is forgotten.", html! {})) }
        @else { (grid(scope, lines, today)) (list(scope, lines, today)) }
        @if !gone.is_empty() { details.gone { summary { "No stakeholders any more " span.quiet { (gone.len()) } }
            ul.lines { @for one in gone { li { a href={ "?open=" (one.id()) } data-panel { bdi { (one.name) } } @if !one.role.is_empty() { span.quiet dir="auto" { (one.role) } } } } } } }
    }
}

fn grid(scope: &Scope, lines: &[Line], today: &str) -> Markup {
    html! { section { h2 { "Power and interest" }
        @if may(scope, AREA) { p.hint { "Drag a name, move it with Shift and the arrow keys, or open it and choose “Place”." } }
        div.power-grid role="group" aria-label="Power and interest" {
            @for power in DOWN {
                p.axis { (capital(power.says())) " power" }
                @for interest in ACROSS {
                    section.lane data-drop=[may(scope, AREA).then_some("stakeholder")] data-fixed data-power=(power) data-interest=(interest) aria-label={ (capital(power.says())) " power, " (interest.says()) " interest" } {
                        @if let Some(says) = corner(power, interest) { p.corner { (says) } }
                        @for line in lines.iter().filter(|line| (line.stakeholder.power, line.stakeholder.interest) == (power, interest)) { (card(line, today)) }
                    }
                }
            }
            span.axis {}
            @for interest in ACROSS { p.axis { (capital(interest.says())) " interest" } }
        }
    } }
}

fn card(line: &Line, today: &str) -> Markup {
    let s = &line.stakeholder;
    html! { article.card data-id=(s.id()) data-open data-power=(s.power) data-interest=(s.interest) {
        a.title href={ "?open=" (s.id()) } data-panel { bdi { (s.name) } }
        @if line.is_due(today) { " " (pill("warning", "to be told")) }
    } }
}

fn list(scope: &Scope, lines: &[Line], today: &str) -> Markup {
    let mut by_due: Vec<&Line> = lines.iter().collect();
    by_due.sort_by(|a, b| (a.due.is_none(), &a.due).cmp(&(b.due.is_none(), &b.due)));
    html! { section { h2 { "Who is to hear next" }
        div.scroll tabindex="0" role="region" aria-label="Who is to hear next" { table.list.to-hear {
            thead { tr { th { "Stakeholder" } th { "By" } th { "Last told" } th { "To hear again" } th.num { "Promises" } } }
            tbody { @for line in by_due { @let s = &line.stakeholder; tr.clickable {
                td { a href={ "?open=" (s.id()) } data-panel { bdi { (s.name) } } @if !s.role.is_empty() { " " bdi.quiet { (s.role) } } }
                td { (capital(s.channel.says())) }
                td { @match &line.last { Some(day) => { (date(scope, day)) } None => { span.quiet { "never" } } } }
                td { (due(scope, line, today)) }
                td.num { @if line.late > 0 { (pill("critical", &format!("{} late", line.late))) } @else if line.promises > 0 { (line.promises) " open" } @else { span.quiet { "–" } } }
            } } }
        } }
    } }
}

/// By when they are to hear, and how long that is over.
fn due(scope: &Scope, line: &Line, today: &str) -> Markup {
    html! { @match &line.due {
        None => { span.quiet { "when needed" } }
        Some(day) if day.as_str() < today => { (pill("critical", &format!("{} over", several(when::days_between(day, today), "day")))) }
        Some(day) if day == today => { (pill("warning", "today")) }
        Some(day) => { (date(scope, day)) }
    } }
}

/// Who can be chosen in forms, with all whom a stakeholder names already.
pub(crate) struct Offered {
    /// For an account: those first who look on.
    pub accounts: Vec<Person>,
    /// To look after somebody: the team first.
    pub keepers: Vec<Person>,
}

fn accounts(people: &[Person]) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "No account".to_owned())];
    all.extend(people.iter().map(|person| (person.id.to_string(), person.name.clone())));
    all
}

/// Who can look after a stakeholder: whoever has a say in what is announced.
fn keepers(scope: &Scope, people: &[Person]) -> Vec<(String, String)> {
    let says = |person: &&Person| person.hats.iter().any(|hat| scope.matrix.standing(AREA, *hat) >= Standing::Proposes);
    let mut all = vec![(String::new(), "Whoever decides".to_owned())];
    all.extend(people.iter().filter(says).map(|person| (person.id.to_string(), person.name.clone())));
    all
}

/// What reaches somebody without an account when a release ships.
fn on_release() -> Vec<(String, String)> {
    [("false", "Nothing by itself"), ("true", "A letter with its notes")].map(|(word, says)| (word.to_owned(), says.to_owned())).into()
}

/// The groups that a person can belong to.
fn groups(lines: &[Line]) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "No group".to_owned())];
    let groups = lines.iter().map(|line| &line.stakeholder).filter(|s| s.kind == Kind::Group);
    all.extend(groups.map(|s| (s.id().to_string(), s.name.clone())));
    all
}

fn fields(scope: &Scope, people: &Offered, lines: &[Line], stakeholder: Option<&Stakeholder>) -> Markup {
    let kind = stakeholder.map_or(Kind::Person, |s| s.kind).to_string();
    let channel = stakeholder.map_or(Channel::Mail, |s| s.channel).to_string();
    let member = stakeholder.and_then(|s| s.member).map(|id| id.to_string()).unwrap_or_default();
    let within = stakeholder.and_then(|s| s.within).map(|id| id.to_string()).unwrap_or_default();
    // Whoever adds them looks after them, until somebody else is named.
    let keeper = stakeholder.map_or(scope.who.member.map(Id::new), |s| s.keeper).map(|id: Id<people::Member>| id.to_string()).unwrap_or_default();
    html! {
        (field("name", "Name", stakeholder.map_or("", |s| &s.name)))
        (field("role", "What they are", stakeholder.map_or("", |s| &s.role)))
        div.pair { (select("kind", "One or many", &options(Kind::ALL), &kind)) (select("within", "Belongs to", &groups(lines), &within)) }
        div.pair { (select("member", "Their account here", &accounts(&people.accounts), &member)) (input("email", "email", "Or where letters reach them", stakeholder.map_or("", |s| &s.email))) }
        (area_field("wants", "What they need to hear", stakeholder.map_or("", |s| &s.wants), 3))
        div.pair { (select("channel", "How they hear", &options(Channel::ALL), &channel)) (number_field("every_days", "Again after so many days", stakeholder.and_then(|s| s.every_days).map(|days| days as f64))) }
        div.pair { (select("keeper", "Who looks after them", &keepers(scope, &people.keepers), &keeper)) (select("releases", "When a release ships", &on_release(), if stakeholder.is_some_and(|s| s.releases) { "true" } else { "false" })) }
    }
}

fn levels(power: Level, interest: Level) -> Markup {
    html! { div.pair { (select("power", "Power", &options(Level::ALL), power.word())) (select("interest", "Interest", &options(Level::ALL), interest.word())) } }
}

pub(crate) fn add_button(scope: &Scope, people: &Offered, lines: &[Line]) -> Markup {
    let form = html! { (fields(scope, people, lines, None)) (levels(Level::Middling, Level::Middling)) };
    disclosure("new-stakeholder", "Add a stakeholder", "primary", command_form(scope, AREA, "stakeholder.add", "Add stakeholder", form))
}

/// What is known of one: what was noted and promised, what the promises are about and what told them by itself, and who
/// the people here are.
pub(crate) struct Known<'a> {
    pub noted: Vec<Contact>,
    pub promises: Vec<Promise>,
    pub items: HashMap<Uuid, Called>,
    pub people: &'a Offered,
    /// Those of the product who noted or promised something.
    pub speakers: Vec<Person>,
    /// All stakeholders, of whom some belong together.
    pub lines: &'a [Line],
    pub today: String,
}

impl Known<'_> {
    fn called(&self, member: Uuid) -> &str {
        people::name_among(&self.people.accounts, member)
    }
}

fn head(s: &Stakeholder, known: &Known, says: &str) -> Markup {
    html! {
        p.crumb { (says) @if let Some(member) = s.member { " · account of " bdi { (known.called(member.0)) } } }
        h2 dir="auto" { (s.name) }
        @if !s.role.is_empty() { p.lead dir="auto" { (s.role) } }
    }
}

/// Whether letters reach them.
fn letters(scope: &Scope, s: &Stakeholder) -> Markup {
    html! { @if s.member.is_none() && !s.email.is_empty() { div { dt { "Letters" } dd { @match s.letters_stopped_at {
        None => { bdi { (s.email) } }
        Some(at) => { "none, as they said " (time(scope, at, scope.now)) }
    } } } } }
}

/// The group somebody belongs to, or who belongs to it.
fn belongings(s: &Stakeholder, lines: &[Line]) -> Markup {
    let named = |one: &Stakeholder| html! { a href={ "?open=" (one.id()) } data-panel { bdi { (one.name) } } };
    let all = || lines.iter().map(|line| &line.stakeholder);
    let members: Vec<&Stakeholder> = all().filter(|one| one.within == Some(s.id())).collect();
    html! {
        @if let Some(group) = s.within.and_then(|id| all().find(|one| one.id() == id)) { div { dt { "Belongs to" } dd { (named(group)) } } }
        @if !members.is_empty() { div { dt { "Who belongs to it" } dd { @for (n, one) in members.iter().enumerate() { @if n > 0 { ", " } (named(one)) } } } }
    }
}

fn kind_says(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Stakeholder",
        Kind::Group => "Group of stakeholders",
    }
}

pub(crate) fn panel(scope: &Scope, line: &Line, (known, links): (&Known, &[links::Line]), around: &Around, history: &activity::History) -> Markup {
    let (s, id) = (&line.stakeholder, line.stakeholder.id().to_string());
    let hidden = html! { input type="hidden" name="stakeholder" value=(id); };
    html! {
        (head(s, known, kind_says(s.kind)))
        dl.facts {
            div { dt { "Power" } dd { (capital(s.power.says())) } } div { dt { "Interest" } dd { (capital(s.interest.says())) } }
            div { dt { "How they hear" } dd { (capital(s.channel.says())) @if let Some(days) = s.every_days { ", every " (several(days, "day")) } } }
            @if s.releases && s.letters_to().is_some() { div { dt { "When a release ships" } dd { "a letter with its notes" } } }
            (letters(scope, s)) (belongings(s, known.lines))
            div { dt { "To hear again" } dd { (due(scope, line, &known.today)) } }
            div { dt { "Looked after by" } dd { @match s.keeper { Some(keeper) => { bdi { (known.called(keeper.0)) } } None => { span.quiet { "whoever decides" } } } } }
        }
        div.row {
            (disclosure("note-contact", "Note a contact", "", command_form(scope, AREA, "contact.note", "Note it", html! {
                (hidden) div.pair { (input("date", "happened_on", "When", &known.today)) (select("channel", "How", &options(Channel::ALL), s.channel.word())) } (area_field("note", "What was said", "", 3)) })))
            (disclosure("make-promise", "Promise something", "", command_form(scope, AREA, "promise.make", "Promise it", html! { (hidden) (promise_fields(None)) })))
            (disclosure("place-stakeholder", "Place", "plain", command_form(scope, AREA, "stakeholder.place", "Place", html! { (hidden) (levels(s.power, s.interest)) })))
            (disclosure("edit-stakeholder", "Edit", "plain", command_form(scope, AREA, "stakeholder.edit", "Save", html! { (hidden) input type="hidden" name="version" value=(s.meta.version); (fields(scope, known.people, known.lines, Some(s))) })))
            (small_act(scope, AREA, "stakeholder.remove", &[("stakeholder", &id)], "trash-2", "No stakeholder any more: remove, keep what was promised"))
        }
        h3 { "What they need to hear" }
        @if s.wants.is_empty() { p.hint { "Nobody has written it down yet." } } @else { div.prose { (web::text::markdown(&s.wants)) } }
        h3 { "What was promised" }
        (promises(scope, known))
        h3 { "When they were told" }
        (contacts(scope, known))
        h3 { "Their page" }
        p.hint { "One page: where we are going, where we are, what changed, what is asked of them." @if s.member.is_some() { " By their account it is Home." } }
        (links::listed(scope, links))
        (disclosure("link-stakeholder", "Link to their page", "", command_form(scope, AREA, "shared_link.make", "Make link", html! {
            input type="hidden" name="look" value="standing"; input type="hidden" name="whom" value=(id); input type="hidden" name="name" value=(short_name(&s.name));
            (links::days()) label.check { input type="checkbox" name="shows" value="windows"; "With the target windows" }
            p.hint { "Whoever holds the link sees the page of this stakeholder without an account, and what was promised to them. The link is shown once." } })))
        (around.view(scope, s.meta.id))
        (activity::history_view(scope, history))
    }
}

/// As much of a name as a link carries.
fn short_name(name: &str) -> String {
    name.chars().take(100).collect()
}

/// Of somebody who is no stakeholder any more: what was promised and said, to be read.
pub(crate) fn gone_panel(scope: &Scope, s: &Stakeholder, known: &Known, history: &activity::History) -> Markup {
    html! {
        (head(s, known, "No stakeholder any more"))
        h3 { "What was promised" }
        (promises(scope, known))
        h3 { "When they were told" }
        (contacts(scope, known))
        (activity::history_view(scope, history))
    }
}

fn contacts(scope: &Scope, known: &Known) -> Markup {
    html! {
        @if known.noted.is_empty() { p.hint { "Nobody has told them anything yet." } }
        ul.lines { @for contact in &known.noted { li.long.noted {
            span { (date(scope, &contact.happened_on)) " · " (capital(contact.channel.says())) " · " bdi { (people::name_among(&known.speakers, contact.member.0)) } }
            // What told them by itself is no note that could be taken back.
            @if contact.by_noun.is_empty() { (small_act(scope, AREA, "contact.remove", &[("contact", &contact.id().to_string())], "trash-2", "Remove this note")) }
            @match contact.by_id.and_then(|by| known.items.get(&by)) {
                Some(by) => { p { a href=(by.path) dir="auto" { (by.title) } } }
                None => { @if !contact.note.is_empty() { div.prose { (web::text::markdown(&contact.note)) } } }
            } } } }
        @if known.noted.len() == NOTED { p.hint { "These are the newest " (NOTED) "." } }
    }
}

fn promises(scope: &Scope, known: &Known) -> Markup {
    html! {
        @if known.promises.is_empty() { p.hint { "Nothing was promised to them." } }
        ul.lines { @for promise in &known.promises { (one_promise(scope, promise, known)) } }
    }
}

fn promise_fields(promise: Option<(&Promise, Option<&Called>)>) -> Markup {
    let key = promise.and_then(|(_, about)| about?.key.clone()).unwrap_or_default();
    html! {
        (field("what", "What", promise.map_or("", |(p, _)| &p.what)))
        div.pair { (input("date", "due_on", "Until", promise.and_then(|(p, _)| p.due_on.as_deref()).unwrap_or_default())) (field("item", "About, by its key", &key)) }
    }
}

/// How a promise stands.
fn state(promise: &Promise, today: &str) -> Markup {
    match promise.kept {
        Kept::Kept => pill("good", "kept"),
        Kept::Broken => pill("critical", "not kept"),
        Kept::Withdrawn => pill("neutral", "withdrawn"),
        Kept::Open => match promise.due_on.as_deref() {
            Some(day) if day < today => pill("critical", "late"),
            Some(day) if day == today => pill("warning", "today"),
            _ => html! {},
        },
    }
}

fn one_promise(scope: &Scope, promise: &Promise, known: &Known) -> Markup {
    let id = promise.id().to_string();
    let hidden = html! { input type="hidden" name="promise" value=(id); };
    let about = promise.on_id.and_then(|on| known.items.get(&on));
    let ends = |became: Became| html! { (hidden) input type="hidden" name="became" value=(became); (area_field("note", "What became of it", "", 2)) };
    html! { li.long.promise id={ "promise-" (id) } {
        span { bdi { (promise.what) } " " (state(promise, &known.today)) }
        p.quiet { @if let Some(day) = &promise.due_on { "Until " (date(scope, day)) } @else { "No day was named" }
            @if let Some(member) = promise.member { " · promised by " bdi { (people::name_among(&known.speakers, member.0)) } }
            @if let Some(about) = about { " · " a href=(about.path) { @if let Some(key) = &about.key { span.key { (key) } " " } bdi { (about.title) } } } }
        @if !promise.note.is_empty() { p dir="auto" { (promise.note) } }
        @if promise.kept == Kept::Open && may(scope, AREA) { div.row {
            (act(scope, AREA, "promise.settle", &[("promise", &id), ("became", Became::Kept.word())], "Kept", ""))
            (disclosure(&format!("broken-{id}"), "Not kept", "plain", command_form(scope, AREA, "promise.settle", "Say so", ends(Became::Broken))))
            (disclosure(&format!("withdrawn-{id}"), "Withdraw", "plain", command_form(scope, AREA, "promise.settle", "Withdraw it", ends(Became::Withdrawn))))
            (disclosure(&format!("edit-{id}"), "Edit", "plain", command_form(scope, AREA, "promise.edit", "Save", html! { (hidden) (promise_fields(Some((promise, about)))) })))
            (small_act(scope, AREA, "promise.remove", &[("promise", &id)], "trash-2", "Remove this promise"))
        } }
    } }
}
