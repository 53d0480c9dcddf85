//! What the clock does about bets that are to be judged: whoever decides on strategy is asked on the promised day, and each
//! week after it, until somebody says what came of the bet.

use crate::rows;
use kernel::{Area, Column, Deserialize, Each, Errand, Hat, Job, Lane, Look, Matrix, Noun, Result, ScheduleSpec, Serialize, Task, Times, Uuid};
use notices::Due;
use roadmap::Initiative;
use std::collections::BTreeSet;
use web::when;

pub(crate) const REMINDERS: ScheduleSpec = ScheduleSpec {
    name: "outcomes",
    says: "Asking what came of bets",
    times: Times { hour: 8, minute: 10, weekdays: true },
    task: Each::Product(|product| Task::of(&AskOutcomes { product }, "Asking what came of bets")),
};

/// Finds out of which bets the promised day has come, and who is to be asked.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct AskOutcomes {
    product: Uuid,
}

/// Which time of asking it is: on the day, and each week after it.
fn occasion(due: &str, today: &str) -> String {
    format!("{due} {}", when::days_between(due, today) / 7)
}

impl Job for AskOutcomes {
    const KIND: &'static str = "outcome.ask";
    const SAYS: &'static str = "Find out what came of which bets is to be asked";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let zone = look.reader.query("select zone from product where id = $1", &[self.product.value()])?.pop();
        let today = when::day_in(look.now(), &zone.map_or(Ok(String::new()), |mut row| row.take())?);
        let due = rows::due_in(look, self.product, &today)?;
        if due.is_empty() {
            return Ok(Errand::Nothing);
        }
        let asked = deciders(look, self.product)?;
        let mut tasks = vec![];
        for bet in &due {
            // Without a promised day it is asked from the day on which it was last touched: when it was released.
            let from = bet.ends_on.clone().unwrap_or_else(|| when::day(bet.meta.updated_at));
            for member in &asked {
                tasks.push(notices::remind(*member, Due::Outcome, (Initiative::TABLE, bet.meta.id), &occasion(&from, &today))?);
            }
        }
        Ok(Errand::Tasks(tasks))
    }
}

/// Who decides on strategy in a product.
fn deciders(look: &mut Look, product: Uuid) -> Result<BTreeSet<Uuid>> {
    let area = Area::Strategy;
    let letters = look.reader.query(&format!("select {area} from agreement where product = $1"), &[product.value()])?.pop();
    let mut agreed = vec![String::new(); Area::ALL.len()];
    agreed[area as usize] = letters.map_or(Ok(String::new()), |mut row| row.take())?;
    let matrix = Matrix::read(&agreed);
    let mut members = BTreeSet::new();
    for hat in Hat::ALL.iter().filter(|hat| matrix.deciders(area).contains(hat)) {
        members.extend(decisions::holders_of(look, product, *hat)?);
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::occasion;

    #[test]
    fn it_is_asked_on_the_day_and_each_week_after_it() {
        assert_eq!(["01", "07", "08"].map(|day| occasion("2026-10-01", &format!("2026-10-{day}"))), ["2026-10-01 0", "2026-10-01 0", "2026-10-01 1"]);
    }
}
