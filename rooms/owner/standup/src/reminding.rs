//! What the clock does about the stand-up, at the hour that the team chose: whoever has not said theirs is reminded, on
//! days on which the team works.

use crate::{
    model::{AREA, StandupRule},
    rows::{AWAY, CLOSED},
};
use kernel::{
    Column, Deserialize, Each, Errand, Hat, Job, Lane, Look, Matrix, Noun, Result, ScheduleSpec, Serialize, Standing, Task, Times, Uuid, Value,
};
use notices::Due;
use std::collections::BTreeSet;
use web::when;

pub(crate) const HOUR: ScheduleSpec = ScheduleSpec {
    name: "standup",
    says: "Reminders of the stand-up",
    // The hour is each product's own.
    times: Times { hour: 9, minute: 0, weekdays: true },
    task: Each::ProductAt {
        task: |product| Task::of(&Remember { product }, "Reminders of the stand-up"),
        time: "select standup_rule.remind_at from standup_rule where standup_rule.product = product.id and standup_rule.removed_at is null limit 1",
    },
};

/// Finds out who has not said theirs today.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Remember {
    product: Uuid,
}

/// The hats that do the work, by the letters of the agreement.
fn working(letters: &str) -> Vec<Hat> {
    let mut rows = vec![String::new(); kernel::Area::ALL.len()];
    rows[AREA as usize] = letters.to_owned();
    let matrix = Matrix::read(&rows);
    Hat::ALL.iter().copied().filter(|hat| matrix.standing(AREA, *hat) >= Standing::Signs).collect()
}

impl Job for Remember {
    const KIND: &'static str = "standup.remember";
    const SAYS: &'static str = "Find out who is to be reminded of the stand-up";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let sql = format!(
            "select standup_rule.id, agreement.{AREA}, product.zone from standup_rule join product on product.id = standup_rule.product
             join agreement on agreement.product = standup_rule.product
             where standup_rule.product = $1 and standup_rule.removed_at is null
             and standup_rule.remind_at <> '' limit 1"
        );
        let Some(mut row) = look.reader.query(&sql, &[self.product.value()])?.into_iter().next() else { return Ok(Errand::Nothing) };
        let (rule, letters, zone): (Uuid, String, String) = (row.take()?, row.take()?, row.take()?);
        let today = when::day_in(look.now(), &zone);
        let on = [self.product.value(), Value::Text(today.clone())];
        if !look.reader.query(CLOSED, &on)?.is_empty() {
            return Ok(Errand::Nothing);
        }
        let said = look.reader.query("select member from standup_entry where product = $1 and on_day = $2 and removed_at is null", &on)?;
        let said: BTreeSet<Uuid> = said.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
        let away = look.reader.query(AWAY, &on)?;
        let away: BTreeSet<Uuid> = away.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
        let mut members: BTreeSet<Uuid> = BTreeSet::new();
        for hat in working(&letters) {
            members.extend(decisions::holders_of(look, self.product, hat)?);
        }
        let missing = members.iter().filter(|member| !said.contains(*member) && !away.contains(*member));
        let tasks = missing.map(|member| notices::remind(*member, Due::StandUp, (StandupRule::TABLE, rule), &today)).collect::<Result<_>>()?;
        Ok(Errand::Tasks(tasks))
    }
}

#[cfg(test)]
mod tests {
    use super::working;
    use kernel::Hat;

    #[test]
    fn those_who_decide_on_the_work_are_reminded() {
        assert_eq!(working("-dd-"), [Hat::Owner, Hat::Developer]);
    }
}
