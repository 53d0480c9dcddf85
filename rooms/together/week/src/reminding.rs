//! What the clock does about the rhythm of the two: on their weekday both are reminded of the week's page, and on the day of
//! the agreement that it is looked at again.

use kernel::{Area, Column, Deserialize, Each, Errand, Job, Lane, Look, Matrix, Noun, Result, ScheduleSpec, Serialize, Task, Times, Uuid};
use notices::Due;
use rights::{Rhythm, Weekday};
use std::collections::BTreeSet;
use web::when;

pub(crate) const REMINDERS: ScheduleSpec = ScheduleSpec {
    name: "week",
    says: "Reminders of the week and the agreement",
    times: Times { hour: 8, minute: 0, weekdays: true },
    task: Each::Product(|product| Task::of(&Remember { product }, "Reminders of the week and the agreement")),
};

/// Finds out whether something of the rhythm is due, and whom it concerns.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Remember {
    product: Uuid,
}

impl Job for Remember {
    const KIND: &'static str = "week.remember";
    const SAYS: &'static str = "Find out who is to be reminded of the week or the agreement";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let rows = look.reader.query(
            "select rhythm.id, rhythm.weekday, rhythm.agreement_on, agreement.id, agreement.agreement, product.zone
             from rhythm join product on product.id = rhythm.product join agreement on agreement.product = rhythm.product
             where rhythm.product = $1 and rhythm.removed_at is null limit 1",
            &[self.product.value()],
        )?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(Errand::Nothing) };
        let (rhythm, weekday, agreement_on): (Uuid, Option<Weekday>, Option<String>) = (row.take()?, row.take()?, row.take()?);
        let (agreement, letters, zone): (Uuid, String, String) = (row.take()?, row.take()?, row.take()?);
        let today = when::day_in(look.now(), &zone);
        let due_week = weekday.is_some_and(|weekday| weekday.falls_on(&today));
        let due_agreement = agreement_on.filter(|day| *day <= today);
        if !due_week && due_agreement.is_none() {
            return Ok(Errand::Nothing);
        }
        let mut members = BTreeSet::new();
        for hat in deciders(&letters) {
            members.extend(decisions::holders_of(look, self.product, hat)?);
        }
        let mut tasks = vec![];
        for member in members {
            if due_week {
                tasks.push(notices::remind(member, Due::Week, (Rhythm::TABLE, rhythm), &today)?);
            }
            if let Some(day) = &due_agreement {
                tasks.push(notices::remind(member, Due::Agreement, ("agreement", agreement), day)?);
            }
        }
        Ok(Errand::Tasks(tasks))
    }
}

/// The hats that decide on the agreement, by its letters.
fn deciders(letters: &str) -> Vec<kernel::Hat> {
    let mut rows = vec![String::new(); Area::ALL.len()];
    rows[Area::Agreement as usize] = letters.to_owned();
    Matrix::read(&rows).deciders(Area::Agreement)
}

#[cfg(test)]
mod tests {
    use super::deciders;
    use kernel::Hat;

    #[test]
    fn those_who_decide_on_the_agreement_are_reminded() {
        assert_eq!(deciders("ssp-"), [Hat::Manager, Hat::Owner]);
        assert_eq!(deciders("pd--"), [Hat::Owner]);
    }
}
