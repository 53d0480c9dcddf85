//! What the clock does about research, on weekdays in the morning: whoever decides on it is reminded of a competitor whom
//! nobody has looked at for half a year, and of it again each month.

use crate::model::*;
use kernel::{
    Column, Deserialize, Each, Errand, Hat, Job, Lane, Look, Matrix, Noun, Result, ScheduleSpec, Serialize, Task, Times, Uuid, Value, look::find_rows,
};
use notices::Due;
use std::collections::BTreeSet;
use web::when;

pub(crate) const REMINDERS: ScheduleSpec = ScheduleSpec {
    name: "research",
    says: "Reminders of competitors",
    times: Times { hour: 8, minute: 0, weekdays: true },
    task: Each::Product(|product| Task::of(&Remember { product }, "Reminders of competitors")),
};

/// So many are looked at in a morning, the oldest first.
const MOST: i64 = 100;
/// So many days lie between two reminders.
const AGAIN: i64 = 30;

/// Finds out whom nobody has looked at for long, and who is to be reminded of it.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Remember {
    product: Uuid,
}

impl Job for Remember {
    const KIND: &'static str = "competitor.remember";
    const SAYS: &'static str = "Find out who is to be reminded of a competitor";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let zone = look.reader.query("select zone from product where id = $1", &[self.product.value()])?.pop();
        let today = when::day_in(look.now(), &zone.map_or(Ok(String::new()), |mut row| row.take())?);
        let last = when::days_after(&today, -OLD);
        let old = "where product = $1 and removed_at is null and checked_on < $2 order by checked_on, id limit $3";
        let old: Vec<Competitor> = find_rows(look.reader, old, &[self.product.value(), Value::Text(last), Value::Int(MOST)])?;
        if old.is_empty() {
            return Ok(Errand::Nothing);
        }
        let whom = deciders(look, self.product)?;
        let mut tasks = vec![];
        for competitor in old {
            let occasion = occasion(&competitor.checked_on, &today);
            for member in &whom {
                tasks.push(notices::remind(*member, Due::Check, (Competitor::TABLE, competitor.meta.id), &occasion)?);
            }
        }
        Ok(Errand::Tasks(tasks))
    }
}

/// Which time of reminding it is.
fn occasion(checked_on: &str, today: &str) -> String {
    format!("{checked_on} {}", (when::days_between(checked_on, today) - OLD - 1) / AGAIN)
}

/// Whoever decides on research.
fn deciders(look: &mut Look, product: Uuid) -> Result<BTreeSet<Uuid>> {
    let letters = look.reader.query(&format!("select {AREA} from agreement where product = $1"), &[product.value()])?.pop();
    let mut agreed = vec![String::new(); kernel::Area::ALL.len()];
    agreed[AREA as usize] = letters.map_or(Ok(String::new()), |mut row| row.take())?;
    let deciding = Matrix::read(&agreed).deciders(AREA);
    let mut members = BTreeSet::new();
    for hat in Hat::ALL.iter().filter(|hat| deciding.contains(hat)) {
        members.extend(decisions::holders_of(look, product, *hat)?);
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::occasion;
    use web::when;

    #[test]
    fn one_is_reminded_after_half_a_year_and_each_month_after_it() {
        let times: Vec<String> = [181, 182, 210, 211, 241].map(|days| occasion("2026-01-05", &when::days_after("2026-01-05", days))).into();
        assert_eq!(times, ["2026-01-05 0", "2026-01-05 0", "2026-01-05 0", "2026-01-05 1", "2026-01-05 2"]);
    }
}
