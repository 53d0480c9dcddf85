//! Markup of the options that are weighed: side by side, each with what speaks for it, against it, its cost and evidence.

use crate::beside::Beside;
use kernel::{Noun, Proposal, ProposalState, Scope, Standing, proposal::ConsideredOption};
use web::{Markup, action, area_field, disclosure, field, html, limited, text::markdown};

/// Whether the reader may put options beside a proposal.
fn may_compare(scope: &Scope, p: &Proposal) -> bool {
    let own = Some(p.author) == scope.who.member && scope.who.assistant.is_none();
    p.state == ProposalState::Open && (own || scope.standing(p.area).1 >= Standing::Signs)
}

/// The options side by side; nothing where there are none.
pub(crate) fn compared(scope: &Scope, p: &Proposal, beside: &Beside) -> Markup {
    let (options, may) = (&p.considered.0, may_compare(scope, p));
    let cost = options.iter().any(|o| !o.cost.is_empty());
    let evidence = options.iter().any(|o| !o.evidence.is_empty());
    html! { @if !options.is_empty() { div.scroll tabindex="0" role="region" aria-label="Options compared" { table.list.options-compared {
        thead { tr { th scope="col" { "Option" } th scope="col" { "For" } th scope="col" { "Against" } @if cost { th scope="col" { "Cost" } } @if evidence { th scope="col" { "Evidence" } } @if may { th { span.hidden { "Change" } } } } }
        tbody { @for (n, o) in options.iter().enumerate() { tr {
            th scope="row" dir="auto" { (o.title) }
            td { div.prose { (markdown(&o.pros)) } } td { div.prose { (markdown(&o.cons)) } }
            @if cost { td dir="auto" { (o.cost) } }
            @if evidence { td { ul.quotes { @for id in &o.evidence { li dir="auto" { (beside.evidence(*id).unwrap_or("Evidence that you do not see")) } } } } }
            @if may { td.acts { (change(scope, p, (n, o), beside)) } }
        } } }
    } } } }
}

/// The form to add one.
pub(crate) fn add(scope: &Scope, p: &Proposal, beside: &Beside) -> Markup {
    let id = p.id().to_string();
    html! { @if may_compare(scope, p) { (disclosure(&format!("option-{id}"), "Add an option", "plain", html! {
    form.stack method="post" action=(action(scope, "proposal.consider")) data-act {
        input type="hidden" name="proposal" value=(id);
        (limited("proposal.consider", fields(p, &ConsideredOption::default(), beside)))
        (lapse(p)) p.error data-error="" {} button.primary type="submit" { "Add the option" }
    } })) } }
}

fn change(scope: &Scope, p: &Proposal, (n, option): (usize, &ConsideredOption), beside: &Beside) -> Markup {
    let id = p.id().to_string();
    html! {
        (disclosure(&format!("option-{id}-{n}"), "Edit", "plain", html! {
            form.stack method="post" action=(action(scope, "proposal.consider")) data-act {
                input type="hidden" name="proposal" value=(id); input type="hidden" name="option" value=(n); input type="hidden" name="version" value=(p.meta.version);
                (limited("proposal.consider", fields(p, option, beside)))
                (lapse(p)) p.error data-error="" {} button.primary type="submit" { "Save the option" }
            }
            form.act method="post" action=(action(scope, "proposal.drop_option")) data-act {
                input type="hidden" name="proposal" value=(id); input type="hidden" name="option" value=(n); input type="hidden" name="version" value=(p.meta.version);
                button.plain type="submit" { "Take it out" }
            }
        }))
    }
}

fn fields(p: &Proposal, o: &ConsideredOption, beside: &Beside) -> Markup {
    let evidence: Vec<_> = beside.links(p).iter().filter(|link| link.noun.table == "evidence").collect();
    html! {
        (field("title", "The option", &o.title)) (area_field("pros", "What speaks for it", &o.pros, 3)) (area_field("cons", "What speaks against it", &o.cons, 3))
        (field("cost", "What it costs", &o.cost))
        @if !evidence.is_empty() || !o.evidence.is_empty() {
            fieldset.choices { legend { "Evidence for it" }
                @for link in &evidence { label.check { input type="checkbox" name="evidence" value=(link.id.simple().to_string()) checked[o.evidence.contains(&link.id)]; bdi { (link.thing.title) } } }
                @for id in o.evidence.iter().filter(|id| !evidence.iter().any(|link| link.id == **id)) { label.check { input type="checkbox" name="evidence" value=(id.simple().to_string()) checked; bdi { (beside.evidence(*id).unwrap_or("Evidence that you do not see")) } } }
            }
        } @else { p.hint { "Link evidence to the question first, and it can be chosen here." } }
    }
}

/// What becomes of signatures that were given.
pub(crate) fn lapse(p: &Proposal) -> Markup {
    html! { @if p.needs.len() > 1 { p.hint { "Signatures that were given lapse, because what was signed changes." } } }
}
