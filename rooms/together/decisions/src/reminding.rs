//! What the clock does about decisions, on weekdays in the morning: whoever's signature is waited for too long is
//! reminded, a decision whose day has come asks whether it held, a joint matter past its day says that it is stuck.

use crate::rows;
use kernel::{
    Act, Column, Deserialize, Each, Errand, Event, Hat, Id, Job, Lane, Look, Noun, Proposal, Result, Row, ScheduleSpec, Serialize, Task, Times, Uuid,
    Value, Whose, list, value::Packed,
};
use notices::Due;
use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use web::when;

pub(crate) const REMINDERS: ScheduleSpec = ScheduleSpec {
    name: "decisions",
    says: "Reminders of decisions",
    times: Times { hour: 8, minute: 0, weekdays: true },
    task: Each::Product(|product| Task::of(&Remember { product }, "Reminders of decisions")),
};

/// So many proposals and decisions are looked at in a morning, the oldest first.
const MOST: i64 = 200;
/// So many are reminded of one.
const MOST_REMINDED: i64 = 50;

const DAY: i64 = 86_400_000;

/// After how many days of waiting it is time to remind again: three, a week, every week. None before.
pub(crate) fn occasion(days: i64) -> Option<i64> {
    match days {
        ..3 => None,
        3..7 => Some(3),
        _ => Some(days / 7 * 7),
    }
}

/// Finds out what there is to be reminded of, and whom.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Remember {
    product: Uuid,
}

impl Job for Remember {
    const KIND: &'static str = "decision.remember";
    const SAYS: &'static str = "Find out who is to be reminded of a decision";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let today = today(look, self.product)?;
        let mut tasks = waited_for(look, self.product)?;
        tasks.extend(overdue(look, self.product, &today)?);
        tasks.extend(came_back(look, self.product, &today)?);
        Ok(Errand::Tasks(tasks))
    }
}

/// The day where the product is at home.
fn today(look: &mut Look, product: Uuid) -> Result<String> {
    let zone: String = match look.reader.query("select zone from product where id = $1", &[product.value()])?.pop() {
        Some(mut row) => row.take()?,
        None => String::new(),
    };
    Ok(when::day_in(look.now(), &zone))
}

/// An open proposal, and whose word it waits for as it was put forward.
struct Open {
    id: Uuid,
    since: i64,
    /// The hats that have not said anything yet.
    silent: Vec<Hat>,
    decider: Option<Uuid>,
}

/// What was put forward until then and is open, what has waited longest first.
fn open(look: &mut Look, product: Uuid, until: i64) -> Result<Vec<Open>> {
    let rows = look.reader.query(
        "select id, created_at, needs, decider from proposal where product = $1 and state = 'open' and removed_at is null and created_at <= $2
         order by created_at limit $3",
        &[product.value(), Value::Int(until), Value::Int(MOST)],
    )?;
    let read = |mut row: Row| Ok(Open { id: row.take()?, since: row.take()?, silent: row.take::<Packed<_>>()?.0, decider: row.take()? });
    let mut open: Vec<Open> = rows.into_iter().map(read).collect::<Result<_>>()?;
    let ids = list(open.iter().map(|one| one.id));
    let mut said: HashMap<Uuid, Vec<Hat>> = HashMap::new();
    for mut row in look.reader.query("select proposal, hat from signature where proposal in each($1) and removed_at is null", &[ids])? {
        said.entry(row.take()?).or_default().push(row.take()?);
    }
    for one in &mut open {
        one.silent.retain(|hat| !said.get(&one.id).is_some_and(|said| said.contains(hat)));
    }
    Ok(open)
}

/// Open proposals of so many days.
fn waited_for(look: &mut Look, product: Uuid) -> Result<Vec<Task>> {
    let now = look.now();
    let mut holders = Holders::default();
    let mut tasks = vec![];
    for one in open(look, product, now - 3 * DAY)? {
        let Some(days) = occasion((now - one.since) / DAY) else { continue };
        let members = match one.decider {
            // Whoever was named to decide is the only one for whom it waits.
            Some(decider) => [decider].into(),
            None => holders.asked(look, product, &one.silent)?,
        };
        tasks.extend(ask(one.id, members, &format!("{} {days}", Due::Sign))?);
    }
    Ok(tasks)
}

/// Asks each of them, as long as it waits for them.
fn ask(proposal: Uuid, members: BTreeSet<Uuid>, occasion: &str) -> Result<Vec<Task>> {
    let ask = AskToSign { proposal: Id::new(proposal), occasion: occasion.to_owned() };
    members.into_iter().map(|member| Ok(Task::of(&ask, Due::Sign.says())?.in_the_name_of(Whose::Member(member)))).collect()
}

/// Who holds which hat, each looked up once.
#[derive(Default)]
struct Holders(HashMap<Hat, Vec<Uuid>>);

impl Holders {
    fn of(&mut self, look: &mut Look, product: Uuid, hat: Hat) -> Result<&[Uuid]> {
        Ok(match self.0.entry(hat) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(holders_of(look, product, hat)?),
        })
    }

    /// Whoever holds one of these hats. Where nobody does, a matter that asks for their word is left to the others: to
    /// whom, is judged in their name.
    fn asked(&mut self, look: &mut Look, product: Uuid, hats: &[Hat]) -> Result<BTreeSet<Uuid>> {
        let mut members = BTreeSet::new();
        for hat in hats {
            members.extend(self.of(look, product, *hat)?);
        }
        match members.is_empty() && hats != Hat::ALL {
            true => self.asked(look, product, Hat::ALL),
            false => Ok(members),
        }
    }
}

/// Finds out, once hats were taken away, which matters wait for nobody any more.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct FindLeft {
    product: Uuid,
    act: Uuid,
}

/// Whether an event takes hats away, or may.
pub(crate) fn takes_hats(event: &Event, _door: &str) -> bool {
    event.table == "membership" && (event.act == Act::Remove || event.act == Act::Change && event.changes.iter().any(|c| c.field == "hats"))
}

impl Job for FindLeft {
    const KIND: &'static str = "decision.find_left";
    const SAYS: &'static str = "Find out which decisions wait for a hat that nobody holds any more";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let mut holders = Holders::default();
        let mut tasks = vec![];
        for one in open(look, self.product, look.now())?.into_iter().filter(|one| one.decider.is_none()) {
            let mut held = false;
            for hat in &one.silent {
                held |= !holders.of(look, self.product, *hat)?.is_empty();
            }
            if !held {
                let members = holders.asked(look, self.product, &one.silent)?;
                tasks.extend(ask(one.id, members, &format!("{} {}", Due::Settle, self.act.simple()))?);
            }
        }
        Ok(Errand::Tasks(tasks))
    }
}

/// Whoever holds a hat of their own, or may have borrowed it; whether they still have it is judged in their name.
pub fn holders_of(look: &mut Look, product: Uuid, hat: Hat) -> Result<Vec<Uuid>> {
    let sql = format!(
        "select membership.member from membership join member on member.id = membership.member where membership.product = $1
         and membership.removed_at is null and member.removed_at is null and member.answers_for is null
         and (membership.hats like '%\"{hat}\"%' or membership.lent like '%\"{hat}\"%') order by membership.member limit {MOST_REMINDED}"
    );
    look.reader.query(&sql, &[product.value()])?.into_iter().map(|mut row| row.take()).collect()
}

/// Reminds one member, as long as it waits for them.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct AskToSign {
    proposal: Id<Proposal>,
    occasion: String,
}

impl Job for AskToSign {
    const KIND: &'static str = "decision.ask_to_sign";
    const SAYS: &'static str = "Remind somebody to sign";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        if look.scope.product.is_none() {
            return Ok(Errand::Nothing);
        }
        let Some(proposal) = Proposal::all(look, "and id = $2 and state = 'open'", &[self.proposal.value()])?.pop() else {
            return Ok(Errand::Nothing);
        };
        match rows::waits_for_me(look, &proposal)? {
            Some(due) => notices::reminder(look, due, (Proposal::TABLE, proposal.meta.id), &self.occasion),
            None => Ok(Errand::Nothing),
        }
    }
}

/// Joint matters whose day has passed: all who sign are told, once.
fn overdue(look: &mut Look, product: Uuid, today: &str) -> Result<Vec<Task>> {
    let rows = look.reader.query(
        "select id, due_on, needs from proposal where product = $1 and state = 'open' and removed_at is null and due_on is not null and due_on < $2
         order by due_on limit $3",
        &[product.value(), Value::Text(today.to_owned()), Value::Int(MOST)],
    )?;
    let mut tasks = vec![];
    for mut row in rows {
        let (id, due_on, needs): (Uuid, String, Packed<Vec<Hat>>) = (row.take()?, row.take()?, row.take()?);
        if needs.len() < 2 {
            continue;
        }
        let mut members = BTreeSet::new();
        for hat in needs.iter() {
            members.extend(holders_of(look, product, *hat)?);
        }
        for member in members {
            tasks.push(notices::remind(member, Due::Deadlock, (Proposal::TABLE, id), &due_on)?);
        }
    }
    Ok(tasks)
}

/// Decisions whose day has come: whoever put them forward, drove them or signed them is asked whether they held.
fn came_back(look: &mut Look, product: Uuid, today: &str) -> Result<Vec<Task>> {
    let rows = look.reader.query(
        "select id, review_on, author, driver from proposal where product = $1 and state = 'agreed' and removed_at is null and review_on is not null
         and review_on <= $2 order by review_on limit $3",
        &[product.value(), Value::Text(today.to_owned()), Value::Int(MOST)],
    )?;
    let mut back: Vec<(Uuid, String, BTreeSet<Uuid>)> = vec![];
    for mut row in rows {
        let (id, on, author, driver): (Uuid, String, Uuid, Option<Uuid>) = (row.take()?, row.take()?, row.take()?, row.take()?);
        back.push((id, on, [Some(author), driver].into_iter().flatten().collect()));
    }
    let ids = list(back.iter().map(|(id, ..)| *id));
    for mut row in look.reader.query("select proposal, member from signature where proposal in each($1) and removed_at is null", &[ids])? {
        let (proposal, member): (Uuid, Uuid) = (row.take()?, row.take()?);
        if let Some((.., members)) = back.iter_mut().find(|(id, ..)| *id == proposal) {
            members.insert(member);
        }
    }
    let mut tasks = vec![];
    for (id, on, members) in back {
        for member in members {
            tasks.push(notices::remind(member, Due::Review, (Proposal::TABLE, id), &on)?);
        }
    }
    Ok(tasks)
}

#[cfg(test)]
mod tests {
    use super::occasion;

    #[test]
    fn whoever_is_waited_for_is_reminded_after_three_days_and_then_every_week() {
        let told: Vec<Option<i64>> = [0, 2, 3, 6, 7, 13, 14, 30].into_iter().map(occasion).collect();
        assert_eq!(told, [None, None, Some(3), Some(3), Some(7), Some(7), Some(14), Some(28)]);
    }
}
