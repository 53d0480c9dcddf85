//! Ageing: how long what is under way has been under way.

use super::{About, Found, Report, times};
use crate::asked::{Sight, day_of, here};
use kernel::{Look, Result, Value};
use web::{
    chart::{Chart, Dots},
    points, several,
};

pub(super) const AGEING: Report = Report {
    word: "ageing",
    name: "Ageing work",
    counts: "How many days ago work began on each story that is under way, and how many days it has stood in its stage.",
    how: "From the day work began, or from the day it came into its stage, to the day looked at, both counted. The line is drawn where 85 % of the stories \
          lie that were accepted in the weeks before: what is above it needs a look.",
    about: About::Today,
    read,
};

/// So many stories are drawn, the oldest.
const MOST: usize = 500;
const SURELY: f64 = 0.85;

struct Old {
    name: String,
    in_stage: i32,
    age: i32,
}

fn under_way(look: &mut Look, sight: &Sight) -> Result<Vec<Old>> {
    let mut params = vec![here(look.scope)?];
    let lasts = match sight.as_of.is_empty() {
        true => "span.until_at is null".to_owned(),
        false => {
            params.push(Value::Int(sight.now));
            "span.from_at <= $2 and (span.until_at is null or span.until_at > $2)".to_owned()
        }
    };
    let and = backlog::fitting(look, &sight.filter, &mut params)?;
    let sql = format!(
        "select story.number, story.title, story.started_at, span.stage, span.stage_at from story_span as span join story on story.id = span.story
         where span.product = $1 and span.stage in ('doing', 'handed_over') and {lasts}{and}"
    );
    let mut all = vec![];
    for mut row in look.query(&sql, &params)? {
        let (number, title): (i64, String) = (row.take()?, row.take()?);
        let (started, stage, since): (Option<i64>, String, i64) = (row.take()?, row.take()?, row.take()?);
        let since = day_of(since);
        let begun = started.map_or(since, |at| day_of(at.min(sight.now)));
        let waits = if stage == "handed_over" { " · waiting" } else { "" };
        let name = format!("{} {title}{waits}", look.scope.key(number));
        all.push(Old { name, in_stage: sight.today - since + 1, age: sight.today - begun.min(since) + 1 });
    }
    all.sort_by(|a, b| b.age.cmp(&a.age).then_with(|| a.name.cmp(&b.name)));
    Ok(all)
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let all = under_way(look, sight)?;
    if all.is_empty() {
        return Ok(Found::nothing("Nothing is under way. What somebody starts work on stands here with its age."));
    }
    let usual = times::within(look, sight, SURELY)?;
    let dots = all.iter().take(MOST).map(|old| (f64::from(old.in_stage), f64::from(old.age), old.name.clone())).collect();
    let mut dots = Dots::new("Days in its stage", "Days since work began", dots).named();
    let mut told = format!("{} under way.", if all.len() == 1 { "1 story is".to_owned() } else { format!("{} stories are", all.len()) });
    match usual {
        Some(usual) => {
            dots = dots.lines_at(vec![(SURELY, usual)]);
            let older = all.iter().filter(|old| f64::from(old.age) > usual).count();
            let are = if older == 1 { "is" } else { "are" };
            told += &format!(" {older} {are} older than the {} within which 85 % of stories were done.", several(points(Some(usual)), "day"));
        }
        None => told += " No story was accepted in the weeks before, so there is nothing to hold them against.",
    }
    if all.len() > MOST {
        told += &format!(" The oldest {MOST} are drawn.");
    }
    Ok(Found::chart(Chart::of("Age of what is under way", dots).told(told)))
}
