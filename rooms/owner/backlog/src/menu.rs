//! What can be done with stories where they stand: the one menu of rows and cards, the bar for those that are chosen, and
//! the keys of both. A story says in `data-state` what it is (`open ready`); what would be refused there is not shown.

use crate::fact::{Fact, Settable};
use kernel::{Area, Scope, Standing};
use web::{Markup, action, html, may, short_label, who_decides};

/// Something that is done at once.
pub struct Doing<'a> {
    pub area: Area,
    pub command: &'a str,
    /// The field that says what, beside the stories themselves.
    pub name: &'a str,
    pub value: &'a str,
    pub label: &'a str,
    pub key: Option<char>,
    /// A story must be one of these; whatever it is where this is empty.
    pub on: &'a str,
    /// And none of these.
    pub not: &'a str,
}

const READY: Doing<'static> =
    Doing { area: Area::Backlog, command: "story.set", name: "ready", value: "true", label: "Mark ready", key: Some('r'), on: "open", not: "ready" };
const UNREADY: Doing<'static> = Doing { value: "false", label: "Not ready", on: "ready", not: "", ..READY };
const TOP: Doing<'static> =
    Doing { area: Area::Backlog, command: "story.move_several", name: "to", value: "top", label: "To the top", key: None, on: "open", not: "" };
const BOTTOM: Doing<'static> = Doing { value: "bottom", label: "To the end", ..TOP };
const DROP: Doing<'static> = Doing {
    area: Area::Backlog,
    command: "story.drop",
    name: "dropped",
    value: "true",
    label: "Drop",
    key: Some('d'),
    on: "",
    not: "accepted dropped",
};
const TAKE_UP: Doing<'static> = Doing { value: "false", label: "Take up again", on: "dropped", not: "", ..DROP };
const BACK_TO_OPEN: Doing<'static> = Doing {
    area: Area::Work,
    command: "story.put_back",
    name: "stage",
    value: "open",
    label: "Back to open",
    key: None,
    on: "doing handed_over",
    not: "",
};
const BACK_TO_WORK: Doing<'static> = Doing { value: "doing", label: "Back to work", on: "handed_over", ..BACK_TO_OPEN };
const LIKE: Doing<'static> =
    Doing { area: Area::Backlog, command: "story.duplicate", name: "", value: "", label: "Make another like it", key: None, on: "", not: "" };
const REMOVE: Doing<'static> =
    Doing { area: Area::Backlog, command: "story.remove", name: "", value: "", label: "Remove", key: Some('#'), on: "", not: "accepted" };

/// A button of the menu or the bar; nothing for whoever may not even propose it.
pub fn doing(scope: &Scope, d: &Doing) -> Markup {
    button(scope, d, None)
}

fn button(scope: &Scope, d: &Doing, form: Option<&str>) -> Markup {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    html! { @if may(scope, d.area) {
        button.plain type="submit" form=[form] title=[hint(scope, d.area)] formaction=(action(scope, d.command)) name=[some(d.name)] value=[some(d.value)] data-key=[d.key] data-on=[some(d.on)] data-not=[some(d.not)] {
            bdi { (short_label(scope, d.area, d.label)) } (key(d.key)) }
    } }
}

/// A button that opens something at the story itself: its title to be edited, a form of its panel.
pub fn opens(scope: &Scope, area: Area, what: &str, label: &str, letter: Option<char>, on: &str) -> Markup {
    html! { @if may(scope, area) { button.plain type="button" title=[hint(scope, area)] data-opens=(what) data-key=[letter] data-on=[(!on.is_empty()).then_some(on)] { (short_label(scope, area, label)) (key(letter)) } } }
}

/// Who decides, where the reader would only propose.
fn hint(scope: &Scope, area: Area) -> Option<String> {
    (scope.standing(area).1 == Standing::Proposes).then(|| who_decides(scope, area))
}

fn key(letter: Option<char>) -> Markup {
    html! { @if let Some(letter) = letter { kbd { (letter) } } }
}

/// The facts that are set by choosing.
fn choosing(scope: &Scope, facts: &[Fact]) -> Markup {
    let settable = Settable::by(scope);
    html! { @for fact in facts.iter().filter(|fact| settable.has(**fact)) {
        button.plain type="submit" title=[hint(scope, fact.area())] form="pick" name=(fact) value="" data-key=(fact.key()) { (short_label(scope, fact.area(), fact.act())) (key(Some(fact.key()))) }
    } }
}

/// Gives stories to whoever looks.
fn mine(scope: &Scope) -> Markup {
    let me = scope.who.member.filter(|_| scope.who.assistant.is_none()).map(|me| me.simple().to_string());
    html! { @if let Some(me) = me {
        (doing(scope, &Doing { area: Area::Work, command: "story.set", name: "assignee", value: &me, label: "Assign to me", key: Some('i'), on: "", not: "accepted dropped" }))
    } }
}

/// The menu of rows or cards, once on a page; `more` is what can be done there beside, and leads.
pub fn menu(scope: &Scope, more: Markup) -> Markup {
    html! { @if may_any(scope) {
        form #mover.menu popover method="post" action=(action(scope, "story.set")) data-act {
            input type="hidden" name="story" value=""; input type="hidden" name="stories" value="";
            @if !more.0.is_empty() { (more) hr; }
            (choosing(scope, Fact::ALL)) (mine(scope))
            @if may(scope, Area::Backlog) {
                hr;
                (opens(scope, Area::Backlog, "title", "Edit the title", Some('e'), ""))
                @for d in [&READY, &UNREADY] { (doing(scope, d)) }
                (opens(scope, Area::Backlog, "criterion", "Add a criterion", Some('+'), ""))
                (opens(scope, Area::Backlog, "split", "Split off", Some('o'), "")) (doing(scope, &LIKE))
                hr;
                @for d in [&DROP, &TAKE_UP, &REMOVE] { (doing(scope, d)) }
            }
        }
    } }
}

/// Whether there is anything that a reader may do with a story, at least by proposing it.
fn may_any(scope: &Scope) -> bool {
    Fact::ALL.iter().any(|fact| may(scope, fact.area())) || may(scope, Area::Backlog)
}

/// What a menu offers beside where stories stand in their order: their place, and the way back for what was begun.
pub fn order(scope: &Scope) -> Markup {
    html! { (doing(scope, &TOP)) (places(scope)) (doing(scope, &BOTTOM)) (doing(scope, &BACK_TO_OPEN)) (doing(scope, &BACK_TO_WORK)) }
}

/// Next to another story, which is chosen then: what a drag does in one go.
fn places(scope: &Scope) -> Markup {
    html! { @if may(scope, Area::Backlog) { @for (name, label) in [("before", "Move before …"), ("after", "Move after …")] {
        button.plain type="submit" title=[hint(scope, Area::Backlog)] form="pick" name=(name) value="" data-on="open" { (short_label(scope, Area::Backlog, label)) }
    } } }
}

/// What can be done with all the chosen rows at once. What is a command about one story goes by a second form, which
/// runs it for each of them.
pub fn bulk_bar(scope: &Scope) -> Markup {
    if !may_any(scope) {
        return html! {};
    }
    html! { @if may(scope, Area::Backlog) { form #each hidden method="post" action=(action(scope, "story.drop")) data-act data-bulk="story" { input type="hidden" name="_each" value="story"; } }
    form.bulk #bulk hidden method="post" action=(action(scope, "story.set")) data-act data-bulk aria-label="What to do with the chosen stories" {
        strong { span data-count { "0" } " chosen" }
        (choosing(scope, &[Fact::Assignee, Fact::Points, Fact::Labels, Fact::Feature, Fact::Sprint]))
        @if may(scope, Area::Backlog) {
            @for d in [&READY, &TOP, &BOTTOM] { (doing(scope, &Doing { on: "", not: "", ..*d })) }
            details.menu-button { summary { "More" } div.menu {
                (places(scope)) (choosing(scope, &[Fact::Kind])) (mine(scope))
                (doing(scope, &Doing { on: "", not: "", key: None, ..UNREADY }))
                button.plain type="button" data-opens="split" data-one data-key="o" { (short_label(scope, Area::Backlog, "Split off")) (key(Some('o'))) }
                @for d in [&DROP, &REMOVE] { (button(scope, &Doing { on: "", not: "", ..*d }, Some("each"))) }
            } }
        }
        p.error data-error="" {}
        button.plain.push type="button" data-clear { "Clear" }
    } }
}

/// What a story is, for the menu: its stage, and whether it is ready or blocked. Most are open and nothing else, which
/// goes without saying.
pub fn state(stage: crate::Stage, ready: bool, blocked: bool) -> Option<String> {
    let mut words = vec![stage.word()];
    words.extend(ready.then_some("ready"));
    words.extend(blocked.then_some("blocked"));
    (words != ["open"]).then(|| words.join(" "))
}
