//! Schedules: for each name, and each product or the workspace, a row with the next time. Whichever node comes first leaves the task and
//! moves the row on, in one transaction, so it is done once over all nodes; after a pause, once for all the times missed.

use crate::{App, jobs, run::Work};
use jiff::{Timestamp, civil::Weekday, tz::TimeZone};
use kernel::{Column, Door, Each, Reader, Result, ScheduleSpec, Task, Uuid, Value, Whose, schedule::Times};
use store::Attribution;

/// Products that are moved on in one transaction.
const AT_ONCE: usize = 100;

/// A product whose row is missing, due, or reckoned in another zone; or the workspace, whose zone is UTC.
struct Due {
    product: Option<Uuid>,
    zone: String,
    row: Option<Uuid>,
    /// It was made before, and its time has come.
    is_time: bool,
}

impl App {
    /// Leaves the tasks of all schedules that are due; how many.
    pub async fn keep_schedules(&self) -> Result<usize> {
        let mut left = 0;
        let schedules: Vec<&'static ScheduleSpec> = self.registry.schedules().collect();
        for spec in schedules.into_iter().filter(|spec| self.can_keep(spec)) {
            loop {
                // Looked for beside the writer: most of the time there is nothing.
                let now = self.clock.now();
                if self.store.read(move |reader| due(reader, spec, now)).await?.is_empty() {
                    break;
                }
                left += self.keep(spec).await?;
            }
        }
        if left > 0 {
            self.jobs.wake();
        }
        Ok(left)
    }

    /// Tasks of the workspace are not left where nobody would do them.
    fn can_keep(&self, spec: &ScheduleSpec) -> bool {
        match spec.task {
            Each::Product(_) | Each::ProductAt { .. } => true,
            Each::Workspace(task) => task().is_ok_and(|task| self.registry.task(&task.kind).is_some_and(|kind| self.jobs.does(kind.lane))),
        }
    }

    async fn keep(&self, spec: &'static ScheduleSpec) -> Result<usize> {
        let (registry, clock, node, jobs) = (self.registry.clone(), self.clock.clone(), self.hub.node(), self.jobs.clone());
        self.store
            .write_in(SCHEDULES, move |writer| {
                // Nodes follow one another here, and the second finds nothing left.
                writer.lock(Some(SCHEDULES))?;
                let moment = clock.moment(None);
                let now = moment.now;
                let mut work = Work::new(writer, &registry, moment, node);
                work.jobs = Some(&jobs);
                let mut left = 0;
                for due in due(work.writer.reader(), spec, now)? {
                    if due.is_time {
                        let task = match (spec.task, due.product) {
                            (Each::Product(task) | Each::ProductAt { task, .. }, Some(product)) => task(product)?,
                            (Each::Workspace(task), _) => task()?,
                            (Each::Product(_) | Each::ProductAt { .. }, None) => continue,
                        };
                        let task = Task { product: due.product, ..task }.in_the_name_of(Whose::Nobody);
                        work.leave(vec![task], None, &by_the_clock(now))?;
                        left += 1;
                    }
                    let next = match spec.task {
                        Each::ProductAt { .. } => next_chosen(spec.times, &due.zone, now),
                        _ => next(spec.times, &due.zone, now),
                    };
                    let id = work.moment.id::<()>().0;
                    move_on(&mut work, spec.name, &due, id, next)?;
                }
                Ok(left)
            })
            .await
    }
}

/// The lane and lock of schedules; no key of a product has small letters.
const SCHEDULES: &str = "schedules";

/// The row of the workspace has no product.
const WORKSPACE: &str = "";

fn due(reader: &mut dyn Reader, spec: &ScheduleSpec, now: i64) -> Result<Vec<Due>> {
    let sql = match spec.task {
        Each::Product(_) => format!(
            "select product.id, product.zone, schedule.id, case when schedule.due <= $2 then 1 else 0 end
             from product left join schedule on schedule.product = product.id and schedule.name = $1
             where product.removed_at is null and product.archived_at is null and (schedule.id is null or schedule.due <= $2 or schedule.zone <> product.zone)
             order by product.id limit {AT_ONCE}"
        ),
        // What is kept beside the zone is the time that was chosen; where either changes, the next one is reckoned anew.
        Each::ProductAt { time, .. } => {
            let zone = format!("product.zone || ' ' || coalesce(({time}), '')");
            format!(
                "select product.id, {zone}, schedule.id, case when schedule.due <= $2 then 1 else 0 end
                 from product left join schedule on schedule.product = product.id and schedule.name = $1
                 where product.removed_at is null and product.archived_at is null and (schedule.id is null or schedule.due <= $2 or schedule.zone <> {zone})
                 order by product.id limit {AT_ONCE}"
            )
        }
        Each::Workspace(_) => format!(
            "select null, '', schedule.id, case when schedule.due <= $2 then 1 else 0 end
             from (select 1 as one) as workspace left join schedule on schedule.product = '{WORKSPACE}' and schedule.name = $1
             where schedule.id is null or schedule.due <= $2"
        ),
    };
    let rows = reader.query(&sql, &[Value::Text(spec.name.to_owned()), Value::Int(now)])?;
    rows.into_iter().map(|mut row| Ok(Due { product: row.take()?, zone: row.take()?, row: row.take()?, is_time: row.take()? })).collect()
}

fn move_on(work: &mut Work, name: &str, due: &Due, id: Uuid, next: i64) -> Result<()> {
    match due.row {
        Some(row) => {
            let sql = "update schedule set due = $1, zone = $2 where id = $3";
            work.writer.execute(sql, &[Value::Int(next), Value::Text(due.zone.clone()), row.value()]).map(drop)
        }
        None => {
            let product = due.product.map_or(Value::Text(WORKSPACE.into()), |product| product.value());
            let values = [id.value(), Value::Text(name.to_owned()), product, Value::Text(due.zone.clone()), Value::Int(next)];
            work.writer.execute("insert into schedule (id, name, product, zone, due) values ($1, $2, $3, $4, $5)", &values).map(drop)
        }
    }
}

fn by_the_clock(now: i64) -> Attribution {
    jobs::by_itself(now, Door::Schedule, "schedule.keep")
}

/// The next time that a product has chosen, from its zone and its time of day; never where it has chosen none.
fn next_chosen(times: Times, chosen: &str, after: i64) -> i64 {
    let (zone, time) = chosen.split_once(' ').unwrap_or((chosen, ""));
    let read = |part: Option<&str>| part.and_then(|part| part.parse::<i8>().ok());
    let mut parts = time.split(':');
    match (read(parts.next()), read(parts.next())) {
        (Some(hour), Some(minute)) => next(Times { hour, minute, ..times }, zone, after),
        _ => i64::MAX,
    }
}

/// The next such time after a moment, in a zone. A time that the clocks skip comes when they have been put forward, one
/// that they show twice comes the first time.
fn next(times: Times, zone: &str, after: i64) -> i64 {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let Ok(after) = Timestamp::from_millisecond(after) else { return i64::MAX };
    let mut day = after.to_zoned_datetime(zone.clone()).date();
    // A week and a day hold every time there is.
    for _ in 0..9 {
        let works = !times.weekdays || !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if works
            && let Ok(at) = day.at(times.hour, times.minute, 0, 0).to_zoned_datetime(zone.clone())
            && at.timestamp() > after
        {
            return at.timestamp().as_millisecond();
        }
        let Ok(tomorrow) = day.tomorrow() else { break };
        day = tomorrow;
    }
    i64::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(times: Times, zone: &str, after: &str) -> String {
        let after: Timestamp = after.parse().unwrap();
        Timestamp::from_millisecond(next(times, zone, after.as_millisecond())).unwrap().to_string()
    }

    #[test]
    fn eight_in_the_morning_is_eight_in_the_morning_all_year() {
        let eight = Times { hour: 8, minute: 0, weekdays: false };
        assert_eq!(told(eight, "Europe/Berlin", "2026-03-28T06:59:00Z"), "2026-03-28T07:00:00Z", "in winter");
        assert_eq!(told(eight, "Europe/Berlin", "2026-03-28T07:00:00Z"), "2026-03-29T06:00:00Z", "the clocks were put forward at night");
        assert_eq!(told(eight, "Europe/Berlin", "2026-10-24T06:00:00Z"), "2026-10-25T07:00:00Z", "and back");
        assert_eq!(told(eight, "Pacific/Auckland", "2026-11-28T12:00:00Z"), "2026-11-28T19:00:00Z", "where it is tomorrow already");
        assert_eq!(told(eight, "Nowhere/Else", "2026-11-28T12:00:00Z"), "2026-11-29T08:00:00Z");
    }

    #[test]
    fn a_time_that_is_skipped_or_comes_twice_comes_once() {
        let early = Times { hour: 2, minute: 30, weekdays: false };
        assert_eq!(told(early, "Europe/Berlin", "2026-03-28T12:00:00Z"), "2026-03-29T01:30:00Z", "there is no half past two");
        assert_eq!(told(early, "Europe/Berlin", "2026-03-29T01:30:00Z"), "2026-03-30T00:30:00Z");
        assert_eq!(told(early, "Europe/Berlin", "2026-10-24T12:00:00Z"), "2026-10-25T00:30:00Z", "the first of two");
        assert_eq!(told(early, "Europe/Berlin", "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z", "not the second");
    }

    #[test]
    fn a_product_chooses_its_own_time() {
        let times = Times { hour: 9, minute: 0, weekdays: true };
        let after = "2026-11-27T08:00:00Z".parse::<Timestamp>().unwrap().as_millisecond();
        let told = |chosen: &str| Timestamp::from_millisecond(next_chosen(times, chosen, after)).map(|at| at.to_string());
        assert_eq!(told("Europe/Berlin 09:15").unwrap(), "2026-11-27T08:15:00Z");
        assert_eq!(told(" 07:30").unwrap(), "2026-11-30T07:30:00Z", "in UTC, after the weekend");
        assert_eq!(next_chosen(times, "Europe/Berlin ", after), i64::MAX, "nobody is reminded");
        assert_eq!(next_chosen(times, "", after), i64::MAX);
    }

    #[test]
    fn weekdays_leave_the_weekend_out() {
        let eight = Times { hour: 8, minute: 0, weekdays: true };
        assert_eq!(told(eight, "UTC", "2026-11-27T08:00:00Z"), "2026-11-30T08:00:00Z", "from Friday to Monday");
        assert_eq!(told(eight, "UTC", "2026-11-28T12:00:00Z"), "2026-11-30T08:00:00Z");
    }
}
