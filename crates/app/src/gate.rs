//! Who may: the only place in the house that says no. A command is judged twice: by what it declares before
//! anything is read, so that a refusal tells nothing about what exists, and by what it turns out to fall into.

use kernel::{Area, Authority, CommandSpec, Refusal, Result, Scope, Standing};

/// Refuses whoever could not even propose this command, whatever it is about.
pub fn knock(spec: &CommandSpec, scope: &Scope) -> Result<()> {
    if spec.authority == Authority::Nobody {
        return Ok(());
    }
    scope.who.signed_in()?;
    if spec.route.in_product() {
        scope.product_id()?;
        in_use(spec, scope)?;
    }
    match spec.areas {
        // Which area it is a matter of shows only when it is read; then a token for some areas is judged.
        [] if spec.authority == Authority::Anyone => Ok(()),
        [] => allowed(&spec.authority, scope),
        [first, ..] if spec.areas.iter().all(|area| shut(scope, *area)) => Err(denied(scope, *first)),
        _ => scope.product_id().map(drop),
    }
}

/// Refuses what would change a product that is archived.
pub fn in_use(spec: &CommandSpec, scope: &Scope) -> Result<()> {
    match &scope.product {
        Some(product) if product.archived && !spec.in_archive => {
            let name = &product.name;
            Err(Refusal::denied(format!(
                "{name} is archived: it can be read, and nothing in it changes. Whoever decides how the team works brings it back, in its settings."
            )))
        }
        _ => Ok(()),
    }
}

/// Refuses what may not even be proposed, now that it is known which of its areas it falls into.
pub fn judge(spec: &CommandSpec, authority: &Authority, scope: &Scope) -> Result<()> {
    let declared = match authority {
        Authority::Area(_) | Authority::Areas(_) => authority.areas().iter().all(|area| spec.areas.contains(area)),
        Authority::Seen(_) => spec.authority == Authority::Anyone || *authority == spec.authority,
        other => *other == spec.authority,
    };
    match declared {
        true => allowed(authority, scope),
        false => Err(Refusal::broken(format!("{} runs on {authority:?}, which it does not declare", spec.name))),
    }
}

fn allowed(authority: &Authority, scope: &Scope) -> Result<()> {
    match authority {
        Authority::Nobody => Ok(()),
        Authority::Anyone => {
            scope.product_id()?;
            match scope.who.reach.areas.as_slice() {
                [] => Ok(()),
                areas => Err(for_some(areas)),
            }
        }
        Authority::Seen(area) => {
            scope.who.signed_in()?;
            scope.product_id()?;
            if scope.sees(*area) { Ok(()) } else { Err(denied(scope, *area)) }
        }
        Authority::Oneself | Authority::Administrator if scope.who.reach.is_cut_down() => {
            Err(Refusal::denied("This token is for some products or areas only; it cannot change accounts or the workspace."))
        }
        Authority::Oneself if scope.who.assistant.is_some() => Err(Refusal::denied("An assistant has no account of its own to change.")),
        Authority::Oneself => scope.who.signed_in().map(drop),
        Authority::Administrator => {
            scope.who.signed_in()?;
            match scope.who.administrator {
                true => Ok(()),
                false => Err(Refusal::denied("Only the workspace administrator may do this.")),
            }
        }
        Authority::Area(_) | Authority::Areas(_) => {
            scope.who.signed_in()?;
            scope.product_id()?;
            authority.areas().into_iter().find(|area| shut(scope, *area)).map_or(Ok(()), |area| Err(denied(scope, area)))
        }
    }
}

fn shut(scope: &Scope, area: Area) -> bool {
    scope.standing(area).1 < Standing::Proposes
}

fn denied(scope: &Scope, area: Area) -> Refusal {
    if !scope.who.reach.area(area) {
        return for_some(&scope.who.reach.areas);
    }
    let decides = match scope.asked(area).0 {
        held if held.is_empty() => scope.matrix.deciders(area),
        held => held,
    };
    let whom = decides.iter().map(|h| format!("the {}", h.title())).collect::<Vec<_>>().join(" and ");
    let message = format!(
        "This is a matter of {}, which {whom} decide{}. Your hat has no say in it here.",
        area.spoken(),
        if decides.len() == 1 { "s" } else { "" }
    );
    Refusal::Denied { area: Some(area), decides, message }
}

fn for_some(areas: &[Area]) -> Refusal {
    Refusal::denied(format!("This token is for matters of {} only.", in_words(areas)))
}

/// "backlog and sprints".
pub fn in_words(areas: &[Area]) -> String {
    areas.iter().map(|a| a.word()).collect::<Vec<_>>().join(" and ")
}
