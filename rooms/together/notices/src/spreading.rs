//! Telling: an act leaves one task, which finds out who is to hear and leaves a task for each of them. That one judges, in
//! their own name and with the rights that they hold then, whether they may see it, and then gives them their notice.

use crate::{
    giving::Give,
    hearers,
    model::{Way, Why, way},
    rows, wishes,
};
use kernel::{
    Act, Asked, Deserialize, Door, Errand, Event, Home, Job, Lane, Look, NounSpec, Refusal, Result, Serialize, StoredCommand, Task, Uuid, Value,
    Whose, about, serde_json,
};
use std::collections::HashMap;

/// Whether somebody may want to hear of an event. What is brought in is news to nobody.
pub(crate) fn heeds(event: &Event, door: &str) -> bool {
    let Some(noun) = about::noun(&event.table) else { return false };
    let heard = &noun.about.heard;
    if door == Door::Import.word() || event.act == Act::Remove {
        return false;
    }
    let names = event.changes.iter().any(|c| heard.texts.contains(&c.field.as_str()) && matches!(&c.to, Value::Text(text) if text.contains('@')));
    let member = |field: &str| heard.whose.contains(&field) || heard.names.contains(&field);
    let whose = event.changes.iter().any(|c| member(&c.field) && !c.to.is_unset());
    let news = match event.act {
        Act::Create => heard.new || heard.everyone || !heard.asks.is_empty() || !heard.addressed.is_empty(),
        _ => event.changes.iter().any(|c| heard.is_news(c)),
    };
    names || whose || news
}

/// Finds out who is to hear of an act.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Spread {
    act: Uuid,
    /// None where it was outside of products.
    product: Option<Uuid>,
}

/// Of a large act so many lines are looked at.
const MOST_LINES: usize = 2_000;

impl Job for Spread {
    const KIND: &'static str = "notice.spread";
    const SAYS: &'static str = "Find out who is to hear of something";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let lines = activity::left_by(look, self.product, self.act, MOST_LINES)?;
        let people = self.product.map_or(Ok(vec![]), |product| people::nameable(look.reader, product))?;
        let hearers = hearers::of(look, self.product, &lines, &people)?;
        // Of what happens outside of products one hears in the product that one came to first.
        let at_large = match self.product {
            Some(_) => HashMap::new(),
            None => people::at_home(look.reader, hearers.keys().map(|(member, _)| *member))?,
        };
        let addresses: HashMap<_, &str> = people.iter().map(|person| (person.id, person.email.as_str())).collect();
        let mut tasks = vec![];
        for ((member, thing), hears) in hearers {
            let home = at_large.get(&member);
            if self.product.is_none() && home.is_none() {
                continue;
            }
            let tell = Tell { why: hears.why, noun: hears.noun.to_owned(), thing, line: hears.line, act: hears.act, actor: hears.actor };
            let address = addresses.get(&member).copied().or(home.map(|home| home.email.as_str())).unwrap_or_default().to_owned();
            let task = Task::of(&tell, address)?.in_the_name_of(Whose::Member(member));
            tasks.push(Task { product: home.map(|home| home.product), ..task });
        }
        Ok(Errand::Tasks(tasks))
    }
}

/// Tells one of them, as far as they may see it and want to hear.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Tell {
    why: Why,
    noun: String,
    thing: Uuid,
    line: Uuid,
    act: Uuid,
    actor: Option<Uuid>,
}

impl Job for Tell {
    const KIND: &'static str = "notice.tell";
    const SAYS: &'static str = "Tell somebody of something";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let (Some(_), Some(noun)) = (look.scope.product.as_ref().filter(|_| look.scope.who.member.is_some()), about::noun(&self.noun)) else {
            return Ok(Errand::Nothing);
        };
        let wish = wishes::own(look)?;
        if way(wish.as_ref(), self.why) == Way::Not || rows::seen(look, noun, [self.thing])?.is_empty() || !may_read(look, noun, self.line)? {
            return Ok(Errand::Nothing);
        }
        let give = Give { why: self.why, about: self.noun.clone(), thing: self.thing, line: self.line, act: self.act, actor: self.actor };
        let args = serde_json::to_value(&give).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Errand::Command(StoredCommand { name: Give::NAME.into(), args }))
    }
}

/// Whether whoever is told may read what happened. What happens in the workspace stands in the record of whoever did it alone;
/// there it is for everybody who may read the thing.
fn may_read(look: &mut Look, noun: &NounSpec, line: Uuid) -> Result<bool> {
    Ok(noun.about.home == Home::Workspace || activity::may_read(look, line)?)
}
