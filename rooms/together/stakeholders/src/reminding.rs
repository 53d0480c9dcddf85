//! What the clock does about stakeholders, on weekdays in the morning: whoever looks after somebody who is to hear is
//! reminded, and whoever promised something whose day has come.

use crate::{model::*, rows};
use kernel::{
    Column, Deserialize, Each, Errand, Job, Lane, Look, Matrix, Noun, Result, ScheduleSpec, Serialize, Standing, Task, Times, Uuid, Value,
    look::find_rows,
};
use notices::Due;
use std::collections::BTreeSet;
use web::when;

pub(crate) const REMINDERS: ScheduleSpec = ScheduleSpec {
    name: "stakeholders",
    says: "Reminders of stakeholders",
    times: Times { hour: 8, minute: 0, weekdays: true },
    task: Each::Product(|product| Task::of(&Remember { product }, "Reminders of stakeholders")),
};

/// So many promises are looked at in a morning, the oldest first.
const MOST: i64 = 200;

/// Which time of reminding it is: on the day, and each week after it.
fn occasion(due: &str, today: &str) -> String {
    format!("{due} {}", when::days_between(due, today) / 7)
}

/// Finds out who is to hear, what was promised until today, and who is to be reminded of it.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Remember {
    product: Uuid,
}

impl Job for Remember {
    const KIND: &'static str = "stakeholder.remember";
    const SAYS: &'static str = "Find out who is to be reminded of a stakeholder";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let due = due(look, self.product)?;
        if due.is_empty() {
            return Ok(Errand::Nothing);
        }
        let able = Able::read(look, self.product)?;
        let mut tasks = vec![];
        for one in due {
            for member in able.whom(one.whose) {
                tasks.push(notices::remind(member, one.of, (one.noun, one.id), &one.occasion)?);
            }
        }
        Ok(Errand::Tasks(tasks))
    }
}

/// Something to be reminded of.
struct Waiting {
    of: Due,
    noun: &'static str,
    id: Uuid,
    /// Whose matter it is.
    whose: Option<Uuid>,
    occasion: String,
}

fn due(look: &mut Look, product: Uuid) -> Result<Vec<Waiting>> {
    let zone = look.reader.query("select zone from product where id = $1", &[product.value()])?.pop();
    let today = when::day_in(look.now(), &zone.map_or(Ok(String::new()), |mut row| row.take())?);
    let watched = "where product = $1 and removed_at is null and every_days is not null order by id";
    let stakeholders: Vec<Stakeholder> = find_rows(look.reader, watched, &[product.value()])?;
    let told = if stakeholders.is_empty() { Default::default() } else { rows::last_told(look.reader, product)? };
    let tell = |s: Stakeholder| {
        let due = s.due(told.get(&s.meta.id).map(String::as_str)).filter(|due| *due <= today)?;
        Some(Waiting {
            of: Due::Tell,
            noun: Stakeholder::TABLE,
            id: s.meta.id,
            whose: s.keeper.map(|keeper| keeper.0),
            occasion: occasion(&due, &today),
        })
    };
    let mut due: Vec<Waiting> = stakeholders.into_iter().filter_map(tell).collect();
    let open = "where product = $1 and removed_at is null and kept = 'open' and due_on <= $2 order by due_on, id limit $3";
    let promises: Vec<Promise> = find_rows(look.reader, open, &[product.value(), Value::Text(today.clone()), Value::Int(MOST)])?;
    due.extend(promises.into_iter().filter_map(|p| {
        let occasion = occasion(p.due_on.as_deref()?, &today);
        Some(Waiting { of: Due::Promise, noun: Promise::TABLE, id: p.meta.id, whose: p.member.map(|member| member.0), occasion })
    }));
    Ok(due)
}

/// Who can be reminded: whoever has a say in what is announced, and among them those who decide there.
struct Able {
    says: BTreeSet<Uuid>,
    decides: BTreeSet<Uuid>,
}

impl Able {
    fn read(look: &mut Look, product: Uuid) -> Result<Able> {
        let letters = look.reader.query(&format!("select {AREA} from agreement where product = $1"), &[product.value()])?.pop();
        let mut agreed = vec![String::new(); kernel::Area::ALL.len()];
        agreed[AREA as usize] = letters.map_or(Ok(String::new()), |mut row| row.take())?;
        let matrix = Matrix::read(&agreed);
        let deciders = matrix.deciders(AREA);
        let mut able = Able { says: BTreeSet::new(), decides: BTreeSet::new() };
        for hat in kernel::Hat::ALL.iter().filter(|hat| matrix.standing(AREA, **hat) >= Standing::Proposes) {
            let holders = decisions::holders_of(look, product, *hat)?;
            if deciders.contains(hat) {
                able.decides.extend(holders.iter().copied());
            }
            able.says.extend(holders);
        }
        Ok(able)
    }

    /// The one whose matter it is, or those who decide where nobody is, or has no say any more.
    fn whom(&self, whose: Option<Uuid>) -> BTreeSet<Uuid> {
        match whose.filter(|member| self.says.contains(member)) {
            Some(member) => BTreeSet::from([member]),
            None => self.decides.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::occasion;
    use std::collections::BTreeSet;

    #[test]
    fn one_is_reminded_on_the_day_and_each_week_after_it() {
        let times: BTreeSet<String> = ["01", "02", "07", "08", "14", "15"].map(|day| occasion("2026-10-01", &format!("2026-10-{day}"))).into();
        assert_eq!(times.into_iter().collect::<Vec<_>>(), ["2026-10-01 0", "2026-10-01 1", "2026-10-01 2"]);
    }
}
