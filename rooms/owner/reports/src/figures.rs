//! What a progress report says in figures: what was accepted since a moment, how often at the first verdict, and how the
//! sprint stands that runs.

use crate::{
    asked::{Asked, here},
    runs,
};
use kernel::{Area, Look, Result, Value};
use web::{points, several};

/// A sentence each; none where there is nothing to say, or it may not be told.
pub fn in_figures(look: &mut Look, since: i64) -> Result<Vec<String>> {
    let mut all = vec![];
    let sight = Asked::default().sight(look)?;
    if !sight.stories {
        return Ok(all);
    }
    let params = [here(look.scope)?, Value::Int(since)];
    let accepted = look.first(
        "select count(*), coalesce(sum(points), 0.0) from story where product = $1 and stage = 'accepted' and settled_at > $2 and removed_at is null",
        &params,
    )?;
    if let Some(mut row) = accepted {
        let (stories, size): (i64, f64) = (row.take()?, row.take()?);
        if stories > 0 {
            let sized = if sight.sizes && size > 0.0 { format!(" ({})", several(points(Some(size)), "point")) } else { String::new() };
            let mut told = format!("{}{sized} {} accepted", several(stories, "story"), if stories == 1 { "was" } else { "were" });
            if look.tells(Area::Acceptance) {
                let rejected = look
                    .number("select count(*) from verdict where product = $1 and created_at > $2 and accepted = 0 and removed_at is null", &params)?;
                told += &match rejected {
                    0 => ", without a rejection".to_owned(),
                    n => format!(", and {} given", if n == 1 { "1 rejection was".to_owned() } else { format!("{n} rejections were") }),
                };
            }
            all.push(format!("{told}."));
        }
    }
    if let Some(run) = runs::begun(look, &sight)?.into_iter().find(|run| run.over.is_none()) {
        let went = runs::went(look, &sight, &run)?;
        let sized = sight.sizes && went.sized();
        if let Some((scope, done)) = went.days.last().filter(|(scope, _)| scope.stories > 0.0) {
            let of = several(points(Some(scope.of(sized))), if sized { "point" } else { "story" });
            all.push(format!(
                "{}: {} of {of} {} accepted so far.",
                run.name,
                points(Some(done.of(sized))),
                if done.of(sized) == 1.0 { "is" } else { "are" }
            ));
        }
    }
    Ok(all)
}
