//! Reminding those who have cards to lay as the last day comes near, and turning the cards over once it is past. Done in the
//! name of whoever began it, with the rights that they hold then.

use crate::{model::*, rounds::Reveal, rows};
use kernel::{
    Column, Deserialize, Each, Errand, Id, Job, Lane, Look, Noun, Refusal, Result, ScheduleSpec, Serialize, StoredCommand, Task, Times, Uuid, Value,
    Whose, sealed, serde_json,
};
use notices::Due;
use web::when;

/// Every morning at seven, where the product is at home.
pub(crate) const MORNING: ScheduleSpec = ScheduleSpec {
    name: "planning poker",
    says: "Reminders to lay cards, and cards whose last day is over",
    times: Times { hour: 7, minute: 0, weekdays: false },
    task: Each::Product(|product| Task::of(&Gather { product }, "Planning poker")),
};

/// Finds the rounds whose last day is near or over.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Gather {
    product: Uuid,
}

const DAY: i64 = 86_400_000;

impl Job for Gather {
    const KIND: &'static str = "poker.gather";
    const SAYS: &'static str = "Find planning poker that ends";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let zone: String = match look.reader.query("select zone from product where id = $1", &[self.product.value()])?.pop() {
            Some(mut row) => row.take()?,
            None => return Ok(Errand::Nothing),
        };
        let (today, tomorrow) = (when::day_in(look.now(), &zone), when::day_in(look.now() + DAY, &zone));
        let due = look.reader.query(
            "select poker_round.id, poker.title, poker.member, poker.ends_on from poker_round join poker on poker.id = poker_round.poker
             where poker.product = $1 and poker.ended_at is null and poker.removed_at is null and poker.ends_on <= $2
             and poker_round.state = 'on' and poker_round.removed_at is null order by poker_round.id limit 500",
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

/// The hour strikes that was named for the last day.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Strikes {
    pub(crate) poker: Id<Poker>,
    pub(crate) at: i64,
}

impl Job for Strikes {
    const KIND: &'static str = "poker.strikes";
    const SAYS: &'static str = "Turn cards over at the hour that was named";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        if look.scope.product.is_none() {
            return Ok(Errand::Nothing);
        }
        let Ok(poker) = Poker::get(look, self.poker) else { return Ok(Errand::Nothing) };
        // Another hour may have been named since; that one strikes by itself.
        if poker.ends_at != Some(self.at) || poker.goes_on().is_err() {
            return Ok(Errand::Nothing);
        }
        let day = poker.ends_on.clone().unwrap_or_default();
        let on = rows::rounds(look, poker.id())?.into_iter().filter(|round| round.state == RoundState::On);
        let turn = |round: PokerRound| -> Result<Task> {
            let task = Task::of(&Near { round: round.id(), day: day.clone(), over: true }, &poker.title)?;
            Ok(Task { product: poker.meta.product, ..task }.in_the_name_of(Whose::Member(poker.member.0)))
        };
        Ok(Errand::Tasks(on.map(turn).collect::<Result<_>>()?))
    }
}

/// Sees to one of them.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Near {
    round: Id<PokerRound>,
    /// The day on which it is seen to.
    day: String,
    over: bool,
}

impl Job for Near {
    const KIND: &'static str = "poker_round.near";
    const SAYS: &'static str = "Remind those who lay cards, or turn the cards over";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        // Whoever began it may have left; then it waits for somebody who leads.
        if look.scope.product.is_none() {
            return Ok(Errand::Nothing);
        }
        let Ok((poker, round)) = rows::with_session(look, self.round) else { return Ok(Errand::Nothing) };
        if round.is_on().is_err() || poker.goes_on().is_err() {
            return Ok(Errand::Nothing);
        }
        let laid: Vec<Uuid> = sealed::who(look, [round.meta.id])?.into_iter().map(|(_, member)| member).collect();
        if self.over {
            if laid.is_empty() {
                return Ok(Errand::Nothing);
            }
            let args = serde_json::to_value(Reveal { poker_round: self.round }).map_err(|e| Refusal::broken(e.to_string()))?;
            return Ok(Errand::Command(StoredCommand { name: <Reveal as kernel::Asked>::NAME.into(), args }));
        }
        // However many stories wait for them, they are reminded of the session once.
        let open = poker.asked.iter().filter(|member| !laid.contains(member));
        let remind = |member: &Uuid| notices::remind(*member, Due::Estimate, (Poker::TABLE, poker.meta.id), &self.day);
        Ok(Errand::Tasks(open.map(remind).collect::<Result<_>>()?))
    }
}
