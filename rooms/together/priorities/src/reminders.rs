//! Reminding those who have not finished rating as the last day comes near, and revealing a round once it is over. Done in
//! the name of whoever began it, with the rights that they hold then.

use crate::{model::*, rating::Reveal, rounds::is_on};
use kernel::{
    Asked, Column, Deserialize, Each, Errand, Id, Job, Lane, Look, Noun, Refusal, Result, ScheduleSpec, Serialize, StoredCommand, Task, Times, Uuid,
    Value, Whose, sealed, serde_json,
};
use notices::Due;
use std::collections::BTreeSet;
use web::when;

/// Every morning at seven, where the product is at home.
pub(crate) const MORNING: ScheduleSpec = ScheduleSpec {
    name: "scoring rounds",
    says: "Reminders to rate, and rounds that are over",
    times: Times { hour: 7, minute: 0, weekdays: false },
    task: Each::Product(|product| Task::of(&Gather { product }, "Scoring rounds")),
};

/// Finds the rounds whose last day is near or over.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Gather {
    product: Uuid,
}

impl Job for Gather {
    const KIND: &'static str = "scoring_round.gather";
    const SAYS: &'static str = "Find scoring rounds that end";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let zone: String = match look.reader.query("select zone from product where id = $1", &[self.product.value()])?.pop() {
            Some(mut row) => row.take()?,
            None => return Ok(Errand::Nothing),
        };
        let (today, tomorrow) = (when::day_in(look.now(), &zone), when::day_in(look.now() + DAY, &zone));
        let due = look.reader.query(
            "select id, title, member, ends_on from scoring_round
             where product = $1 and opened_at is null and removed_at is null and ends_on is not null and ends_on <= $2 order by id",
            &[self.product.value(), Value::Text(tomorrow)],
        )?;
        let mut tasks = vec![];
        for mut row in due {
            let (round, title, member, ends_on): (Uuid, String, Uuid, String) = (row.take()?, row.take()?, row.take()?, row.take()?);
            let near = Near { round: Id::new(round), day: today.clone(), over: ends_on < today };
            tasks.push(Task { product: Some(self.product), ..Task::of(&near, title)? }.in_the_name_of(Whose::Member(member)));
        }
        Ok(Errand::Tasks(tasks))
    }
}

const DAY: i64 = 86_400_000;

/// Sees to one of them.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Near {
    round: Id<Round>,
    /// The day on which it is seen to.
    day: String,
    over: bool,
}

impl Job for Near {
    const KIND: &'static str = "scoring_round.near";
    const SAYS: &'static str = "Remind raters, or reveal a round that is over";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        // Whoever began it may have left; then it waits for somebody to reveal it.
        if look.scope.product.is_none() || !Round::get(look, self.round).is_ok_and(|round| is_on(&round).is_ok()) {
            return Ok(Errand::Nothing);
        }
        if self.over {
            let args = serde_json::to_value(Reveal { round: self.round }).map_err(|e| Refusal::broken(e.to_string()))?;
            return Ok(Errand::Command(StoredCommand { name: Reveal::NAME.into(), args }));
        }
        let raters = Rater::all(look, "and round = $2 order by id", &[self.round.value()])?;
        let finished: BTreeSet<Uuid> = sealed::who(look, raters.iter().map(|rater| rater.meta.id))?.into_iter().map(|(rater, _)| rater).collect();
        let open = raters.iter().filter(|rater| !finished.contains(&rater.meta.id));
        let remind = |rater: &Rater| notices::remind(rater.member.0, Due::Rate, (Round::TABLE, self.round.0), &self.day);
        Ok(Errand::Tasks(open.map(remind).collect::<Result<_>>()?))
    }
}
