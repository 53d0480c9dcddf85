//! Every morning as many sprints are planned as the cadence says, in the name of whoever has said so and with the rights that
//! they hold then.

use crate::{
    following,
    model::*,
    setting::{PlanFollowing, cadence},
};
use kernel::{
    Area, Asked, Column, Deserialize, Each, Errand, Job, Lane, Look, Refusal, Result, ScheduleSpec, Serialize, Standing, StoredCommand, Task, Times,
    Uuid, Whose, serde_json,
};

pub(crate) const MORNING: ScheduleSpec = ScheduleSpec {
    name: "cadence",
    says: "Sprints that are planned ahead",
    times: Times { hour: 6, minute: 0, weekdays: false },
    task: Each::Product(|product| Task::of(&Gather { product }, "Sprints that are planned ahead")),
};

/// Finds out whether sprints are planned by themselves here.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Gather {
    product: Uuid,
}

impl Job for Gather {
    const KIND: &'static str = "cadence.gather";
    const SAYS: &'static str = "Find out whether sprints are to be planned ahead";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let rows = look.reader.query(
            "select member from cadence where product = $1 and way = 'sprints' and ahead > 0 and removed_at is null limit 1",
            &[self.product.value()],
        )?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(Errand::Nothing) };
        let member: Uuid = row.take()?;
        let keep = Task { product: Some(self.product), ..Task::of(&Keep {}, "Sprints that are planned ahead")? };
        Ok(Errand::Tasks(vec![keep.in_the_name_of(Whose::Member(member))]))
    }
}

/// Plans those that are missing.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Keep {}

impl Job for Keep {
    const KIND: &'static str = "cadence.keep";
    const SAYS: &'static str = "Plan sprints ahead";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        // Whoever has said so may have left, or decide here no more; then they are planned by hand.
        if look.scope.product.is_none() || look.scope.standing(Area::Sprints).1 < Standing::Signs {
            return Ok(Errand::Nothing);
        }
        let Some(known) = cadence(look)?.filter(|cadence| cadence.way == Way::Sprints) else { return Ok(Errand::Nothing) };
        let missing = known.ahead - following::standing(look)?.planned;
        if missing < 1 {
            return Ok(Errand::Nothing);
        }
        let args = serde_json::to_value(PlanFollowing { sprints: missing }).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Errand::Command(StoredCommand { name: PlanFollowing::NAME.into(), args }))
    }
}
