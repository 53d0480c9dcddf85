//! Whom an update is meant for, and who that comes to.

use kernel::{Hat, Look, Noun, Refusal, Result, Uuid, Value};
use serde::{Deserialize, Serialize};
use stakeholders::Stakeholder;
use std::collections::BTreeSet;
use web::several;

/// Whom an update is meant for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, kernel::JsonSchema)]
#[schemars(crate = "kernel::schemars")]
pub struct Audience {
    /// Everybody in the product.
    pub everyone: bool,
    pub hats: Vec<Hat>,
    /// Members by name.
    pub members: Vec<Uuid>,
    /// Whoever holds a link to the updates.
    pub by_link: bool,
    /// Stakeholders, people or groups; those who have an account here are told, with the others it was gone through.
    pub stakeholders: Vec<Uuid>,
}

/// Somebody who can be told.
#[derive(Clone, Debug)]
pub struct Hearer {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub hats: Vec<Hat>,
}

/// Everybody who can be chosen, as far as whoever asks may know of them.
pub(crate) struct Audible {
    pub hearers: Vec<Hearer>,
    pub stakeholders: Vec<Stakeholder>,
}

impl Audible {
    pub fn read(look: &mut Look) -> Result<Audible> {
        Ok(Audible { hearers: hearers(people::people_of(look)?), stakeholders: stakeholders(look)? })
    }

    /// Of them those who are offered one by one: where they are too many, the team.
    pub fn offered(look: &mut Look) -> Result<Audible> {
        Ok(Audible { hearers: hearers(people::to_choose(look, None)?), stakeholders: stakeholders(look)? })
    }
}

/// So many stakeholders are offered.
const MOST: i64 = 500;

fn stakeholders(look: &mut Look) -> Result<Vec<Stakeholder>> {
    Stakeholder::all(look, "order by lower(name), id limit $2", &[Value::Int(MOST)])
}

/// Those of some members who can be told: people, by name.
fn hearers(people: Vec<people::Person>) -> Vec<Hearer> {
    let people = people.into_iter().filter(|person| !person.is_assistant);
    people.map(|person| Hearer { id: person.id.0, name: person.name, email: person.email, hats: person.hats }).collect()
}

impl Audience {
    pub(crate) fn is_nobody(&self) -> bool {
        !self.everyone && !self.by_link && self.stakeholders.is_empty() && self.hats.is_empty() && self.members.is_empty()
    }

    /// The members that it comes to, each once, without whoever publishes: they know.
    ///
    /// # Errors
    /// `Invalid` where that is nobody.
    pub(crate) fn told(&self, among: &Audible, by: Uuid) -> Result<Vec<Uuid>> {
        if self.is_nobody() {
            return Err(Refusal::invalid("hats", "This update would be told to nobody. Choose at least one hat, one person, or everyone."));
        }
        let Audible { hearers, stakeholders } = among;
        if self.members.iter().any(|member| !hearers.iter().any(|hearer| hearer.id == *member)) {
            return Err(Refusal::invalid("members", "Somebody who is named does not belong here any more. Look at the audience again."));
        }
        if self.stakeholders.iter().any(|id| !stakeholders.iter().any(|stakeholder| stakeholder.meta.id == *id)) {
            return Err(Refusal::invalid("stakeholders", "A stakeholder who is named is not known any more. Look at the audience again."));
        }
        let chosen = stakeholders.iter().filter(|stakeholder| self.names(stakeholder));
        let accounts: BTreeSet<Uuid> = chosen.filter_map(|stakeholder| stakeholder.member.map(|member| member.0)).collect();
        let named = |hearer: &&Hearer| self.members.contains(&hearer.id) || accounts.contains(&hearer.id);
        let meant = |hearer: &&Hearer| self.everyone || named(hearer) || hearer.hats.iter().any(|hat| self.hats.contains(hat));
        let told: BTreeSet<Uuid> = hearers.iter().filter(meant).map(|hearer| hearer.id).filter(|id| *id != by).collect();
        match told.is_empty() && !self.by_link && self.stakeholders.is_empty() {
            true => Err(Refusal::invalid("hats", "Nobody but you belongs to this audience. Choose somebody who is to hear of it.")),
            false => Ok(told.into_iter().collect()),
        }
    }

    /// Whether somebody is chosen, or the group they belong to.
    fn names(&self, one: &Stakeholder) -> bool {
        self.stakeholders.contains(&one.meta.id) || one.within.is_some_and(|group| self.stakeholders.contains(&group.0))
    }

    /// The stakeholders who hear of it: those who were chosen, and those whose account is told.
    pub(crate) fn contacts<'s>(&'s self, among: &'s Audible, told: &'s [Uuid]) -> impl Iterator<Item = &'s Stakeholder> {
        let hears = move |one: &&Stakeholder| self.names(one) || one.member.is_some_and(|member| told.contains(&member.0));
        among.stakeholders.iter().filter(hears)
    }

    /// "everyone", "Stakeholders and Mara Lindt".
    pub(crate) fn says(&self, called: &dyn Fn(Uuid) -> String) -> String {
        let mut parts: Vec<String> = self.hats.iter().map(|hat| format!("every {}", hat.title())).collect();
        parts.extend(self.members.iter().map(|member| called(*member)));
        match self.stakeholders.len() {
            0 => {}
            count => parts.push(several(count, "stakeholder")),
        }
        if self.everyone {
            parts.retain(|part| part.contains(" stakeholder"));
            parts.insert(0, "everyone in the product".into());
        }
        if self.by_link {
            parts.push("whoever has a link".into());
        }
        match parts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => "nobody".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128, hats: &[Hat]) -> Hearer {
        Hearer { id: Uuid::from_u128(n), name: format!("P{n}"), email: String::new(), hats: hats.to_vec() }
    }

    fn among(hearers: Vec<Hearer>) -> Audible {
        Audible { hearers, stakeholders: vec![] }
    }

    #[test]
    fn whoever_is_meant_twice_is_told_once() {
        let people = among(vec![person(1, &[Hat::Manager]), person(2, &[Hat::Stakeholder]), person(3, &[Hat::Stakeholder, Hat::Developer])]);
        let me = Uuid::from_u128(1);
        let audience = Audience { hats: vec![Hat::Stakeholder, Hat::Developer], members: vec![Uuid::from_u128(2)], ..Audience::default() };
        assert_eq!(audience.told(&people, me).unwrap(), [Uuid::from_u128(2), Uuid::from_u128(3)]);
        assert_eq!(Audience { everyone: true, ..Audience::default() }.told(&people, me).unwrap().len(), 2);
    }

    #[test]
    fn nobody_is_refused_with_words() {
        let people = among(vec![person(1, &[Hat::Manager])]);
        let me = Uuid::from_u128(1);
        let refused = |audience: Audience| audience.told(&people, me).unwrap_err().sentence();
        assert!(refused(Audience::default()).contains("to nobody"));
        assert!(Audience { by_link: true, ..Audience::default() }.told(&people, me).unwrap().is_empty(), "whoever has a link is somebody");
        assert!(refused(Audience { everyone: true, ..Audience::default() }).contains("Nobody but you"));
        assert!(refused(Audience { members: vec![Uuid::from_u128(9)], ..Audience::default() }).contains("does not belong here"));
    }
}
