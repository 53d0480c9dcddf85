//! Which sprints follow, by the cadence. Pure but for what is asked of the database first.

use crate::model::*;
use kernel::{Column, Look, Result};
use web::when;

/// What stands already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The highest number.
    pub number: i64,
    /// The last day of the last sprint that was not cancelled.
    pub last: Option<String>,
    /// How many are planned and have not begun.
    pub planned: i64,
}

pub(crate) fn standing(look: &mut Look) -> Result<Standing> {
    let sql = "select coalesce(max(number), 0), max(case when state <> 'cancelled' and removed_at is null then ends_on end),
               count(case when state = 'planned' and removed_at is null then 1 end) from sprint where product = $1";
    Ok(match look.first(sql, &[look.scope.product_id()?.value()])? {
        Some(mut row) => Standing { number: row.take()?, last: row.take::<Option<String>>()?, planned: row.take()? },
        None => Standing::default(),
    })
}

/// One that follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    pub number: i64,
    pub name: String,
    pub starts_on: String,
    pub ends_on: String,
}

/// The next so many, from the first day on which one begins after what stands already, today at the earliest.
pub(crate) fn next(cadence: &Cadence, standing: &Standing, today: &str, many: i64) -> Vec<Next> {
    let mut from = match &standing.last {
        Some(last) if last.as_str() >= today => when::days_after(last, 1),
        _ => today.to_owned(),
    };
    let mut following = vec![];
    for nth in 1..=many {
        // A Monday is 1.
        let wanted = cadence.begins as i64 + 1;
        let here = when::weekday(&from).map_or(wanted, i64::from);
        let starts_on = when::days_after(&from, (wanted - here).rem_euclid(7));
        let ends_on = when::days_after(&starts_on, cadence.weeks * 7 - 1);
        let number = standing.number + nth;
        from = when::days_after(&ends_on, 1);
        following.push(Next { number, name: cadence.names.replace("{n}", &number.to_string()), starts_on, ends_on });
    }
    following
}

/// Kept apart so that a cadence that is only looked at needs no row.
pub(crate) fn usual(look: &Look) -> Result<Cadence> {
    Ok(Cadence {
        meta: kernel::Meta {
            id: kernel::Uuid::nil(),
            product: Some(look.scope.product_id()?),
            version: 0,
            created_at: 0,
            updated_at: 0,
            removed_at: None,
        },
        way: Way::Sprints,
        begins: Begins::Monday,
        weeks: 2,
        names: "Sprint {n}".into(),
        ahead: 0,
        member: kernel::Id::new(look.scope.who.member.unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta, Uuid};

    fn cadence(begins: Begins, weeks: i64) -> Cadence {
        let meta = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        Cadence { meta, way: Way::Sprints, begins, weeks, names: "Sprint {n}".into(), ahead: 2, member: Id::new(Uuid::nil()) }
    }

    #[test]
    fn sprints_follow_one_another_on_their_weekday() {
        let standing = Standing { number: 45, last: Some("2026-12-04".into()), planned: 0 };
        let two = next(&cadence(Begins::Monday, 2), &standing, "2026-11-29", 2);
        let told: Vec<(&str, &str, &str)> = two.iter().map(|one| (one.name.as_str(), one.starts_on.as_str(), one.ends_on.as_str())).collect();
        assert_eq!(told, [("Sprint 46", "2026-12-07", "2026-12-20"), ("Sprint 47", "2026-12-21", "2027-01-03")]);
    }

    #[test]
    fn after_a_pause_the_first_begins_today_at_the_earliest() {
        let long_ago = Standing { number: 3, last: Some("2026-01-04".into()), planned: 0 };
        let one = next(&cadence(Begins::Wednesday, 1), &long_ago, "2026-11-25", 1);
        assert_eq!((one[0].starts_on.as_str(), one[0].ends_on.as_str()), ("2026-11-25", "2026-12-01"));
        let first = next(&cadence(Begins::Tuesday, 1), &Standing::default(), "2026-11-25", 1);
        assert_eq!((first[0].number, first[0].starts_on.as_str()), (1, "2026-12-01"));
    }
}
