//! What the clock does about actions: whoever sees to one is reminded on its day, and each week after it, until it is settled.

use crate::model::*;
use kernel::{Column, Deserialize, Each, Errand, Id, Job, Lane, Look, Noun, Result, ScheduleSpec, Serialize, Task, Times, Uuid, Value};
use notices::Due;
use people::Member;
use web::when;

pub(crate) const REMINDERS: ScheduleSpec = ScheduleSpec {
    name: "retro actions",
    says: "Reminders of actions that are due",
    times: Times { hour: 7, minute: 30, weekdays: false },
    task: Each::Product(|product| Task::of(&Gather { product }, "Actions of retrospectives")),
};

/// So many are looked at; the first that became due come first.
const MOST: i64 = 200;

/// Finds the actions whose day has come, and who sees to them.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Gather {
    product: Uuid,
}

/// Which time of reminding it is: on the day, and each week after it.
fn occasion(due: &str, today: &str) -> String {
    format!("{due} {}", when::days_between(due, today) / 7)
}

impl Job for Gather {
    const KIND: &'static str = "retro_action.gather";
    const SAYS: &'static str = "Find the actions that are due";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let zone = look.reader.query("select zone from product where id = $1", &[self.product.value()])?.pop();
        let today = when::day_in(look.now(), &zone.map_or(Ok(String::new()), |mut row| row.take())?);
        let due = look.reader.query(
            "select id, owner, due_on from retro_action where product = $1 and kept = 'open' and owner is not null and due_on <= $2
             and removed_at is null order by due_on, id limit $3",
            &[self.product.value(), Value::Text(today.clone()), Value::Int(MOST)],
        )?;
        let mut tasks = vec![];
        for mut row in due {
            let (id, owner, due_on): (Uuid, Id<Member>, String) = (row.take()?, row.take()?, row.take()?);
            let one = notices::remind(owner.0, Due::Action, (RetroAction::TABLE, id), &occasion(&due_on, &today))?;
            tasks.push(Task { product: Some(self.product), ..one });
        }
        Ok(if tasks.is_empty() { Errand::Nothing } else { Errand::Tasks(tasks) })
    }
}

#[cfg(test)]
mod tests {
    use super::occasion;

    #[test]
    fn it_comes_on_the_day_and_each_week_after_it() {
        assert_eq!(["01", "07", "08"].map(|day| occasion("2026-10-01", &format!("2026-10-{day}"))), ["2026-10-01 0", "2026-10-01 0", "2026-10-01 1"]);
    }
}
