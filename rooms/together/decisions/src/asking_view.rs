//! Markup of what is asked about a proposal: what is open at its top, the forms, and the record of what was answered how.

use crate::asking::{ending, is_ones_own};
use conversation::{Asks, Said, Writing};
use kernel::{Noun, Proposal, ProposalState, Scope};
use web::{Markup, action, disclosure, disclosure_by_key, html, icon, text::plain, time};

/// What is asked, with what it asks for.
fn asked(talk: &[Said]) -> impl Iterator<Item = (&Said, Asks)> {
    talk.iter().filter_map(|said| Some((said, said.comment.asks?)))
}

fn is_open(said: &Said) -> bool {
    said.comment.resolved_at.is_none()
}

/// Whether an objection has yet to be answered.
pub(crate) fn is_objected_to(talk: &[Said]) -> bool {
    asked(talk).any(|(said, asks)| asks == Asks::Objection && is_open(said))
}

/// Whether the reader put it forward and has been asked something.
pub(crate) fn is_asked_of(scope: &Scope, p: &Proposal, talk: &[Said]) -> bool {
    is_ones_own(p, scope) && asked(talk).any(|(said, asks)| asks == Asks::Question && is_open(said))
}

/// What is asked and not answered yet; `first` if an objection is to be answered before the reader can sign.
pub(crate) fn open(scope: &Scope, p: &Proposal, talk: &[Said], first: bool) -> Markup {
    html! { @for (said, asks) in asked(talk).filter(|(said, _)| is_open(said)) { (one(scope, p, (said, asks), first && asks == Asks::Objection)) } }
}

fn one(scope: &Scope, p: &Proposal, (said, asks): (&Said, Asks), first: bool) -> Markup {
    let id = said.comment.id().to_string();
    let ending = ending(scope, p, &said.comment, true);
    let answer = Writing {
        command: "proposal.answer",
        fields: &[("comment", &id)],
        id: &format!("respond-text-{id}"),
        says: "Write the answer",
        text: "",
        send: "Answer",
        stays: false,
        leads: None,
    };
    let (name, picture, label) = match asks {
        Asks::Question => ("question", "circle-help", "Question"),
        Asks::Objection => ("objection", "octagon-alert", "Objection"),
    };
    html! { div.open-ask.(name) id={ "asked-" (id) } {
        p.byline { (icon(picture)) strong { (label) } " by " bdi { (said.name) } ", " (time(scope, said.comment.meta.created_at, scope.now)) " · " a href={ "#c-" (id) } { "Thread" } }
        div.prose { (said.names.prose(scope, &said.comment.body)) }
        div.row {
            @if ending.proposed && asks == Asks::Question || ending.decides { (disclosure_by_key(first.then_some('y'), &format!("respond-{id}"), "Answer", "", answer.form(scope))) }
            @if ending.asked { form.act method="post" action=(action(scope, "proposal.answer")) data-act { input type="hidden" name="comment" value=(id); button type="submit" { "It is answered" } } }
        }
    } }
}

/// The ways to ask and to object.
pub(crate) fn forms(scope: &Scope, p: &Proposal, talk: &[Said], decides: bool) -> Markup {
    if is_ones_own(p, scope) || p.state != ProposalState::Open {
        return html! {};
    }
    let id = p.id().to_string();
    let fields = [("proposal", id.as_str())];
    let (ask, object) = (format!("ask-text-{id}"), format!("object-text-{id}"));
    let question = Writing {
        command: "proposal.ask",
        fields: &fields,
        id: &ask,
        says: "What you want to know first",
        text: "",
        send: "Ask",
        stays: false,
        leads: None,
    };
    let against = Writing {
        command: "proposal.object",
        fields: &fields,
        id: &object,
        says: "What stands against it",
        text: "",
        send: "Object",
        stays: false,
        leads: None,
    };
    let objects = asked(talk).any(|(said, asks)| asks == Asks::Objection && is_open(said) && said.comment.is_by(scope));
    html! {
        (disclosure(&format!("question-{id}"), "Ask the proposer", "plain", question.form(scope)))
        @if !decides && !objects && scope.who.assistant.is_none() { (disclosure(&format!("object-{id}"), "Object", "plain", against.form(scope))) }
    }
}

/// An objection in the record.
pub(crate) struct Objection {
    pub who: String,
    pub what: String,
    /// How it was answered, and with which words.
    pub how: String,
    pub words: String,
}

/// The objections that there were, and how each was answered.
pub(crate) fn objections(talk: &[Said]) -> Vec<Objection> {
    let one = |said: &Said| {
        let c = &said.comment;
        let answer = talk.iter().find(|other| Some(other.comment.id()) == c.answer);
        let hat = c.resolved_hat.map_or(String::new(), |hat| format!(" as {}", hat.title()));
        let how = match (&said.resolved_by, answer) {
            (Some(by), Some(_)) => format!("{by} answered{hat}:"),
            (Some(by), None) => format!("{by} found it answered."),
            (None, _) => "It was not answered.".to_owned(),
        };
        Objection { who: said.name.clone(), what: plain(&c.body), how, words: answer.map_or(String::new(), |answer| plain(&answer.comment.body)) }
    };
    asked(talk).filter(|(_, asks)| *asks == Asks::Objection).map(|(said, _)| one(said)).collect()
}

/// The same under a decision.
pub(crate) fn record(talk: &[Said]) -> Markup {
    html! { @for objection in objections(talk) { p.objected {
        (icon("octagon-alert")) bdi { (objection.who) } " objected: “" bdi { (objection.what) } "” " bdi { (objection.how) } @if !objection.words.is_empty() { " “" bdi { (objection.words) } "”" }
    } } }
}
