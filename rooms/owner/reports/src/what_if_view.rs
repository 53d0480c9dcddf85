//! Markup of what a forecast is asked beside "when": how sure, how many by a day, what if more or fewer; and each feature.

use crate::{
    rows::{Ahead, Asked},
    views::told_day,
    work::Forecast,
};
use forecast::SURE;
use kernel::Scope;
use web::{Markup, app::Worked, date, empty, html, keyed, points, product_path, several, telling::percent, text::encode, when};

const DAY: i64 = 86_400_000;

fn day(day: i32) -> String {
    when::day(i64::from(day) * DAY)
}

/// What was asked, as the form shows it again.
pub(crate) fn typed(asked: &Asked) -> (String, String) {
    let more = if asked.what_if.more == 0 { String::new() } else { asked.what_if.more.to_string() };
    (more, asked.what_if.until.map(day).unwrap_or_default())
}

/// As an address goes on with it.
pub(crate) fn address(asked: &Asked) -> String {
    let (more, by) = typed(asked);
    let feature = asked.feature.as_ref().map(|(number, _)| number.to_string()).unwrap_or_default();
    let said: Vec<String> = [("feature", feature), ("more", more), ("by", by)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(&value)))
        .collect();
    if said.is_empty() { String::new() } else { format!("?{}", said.join("&")) }
}

fn by(scope: &Scope, end: Option<i32>) -> String {
    end.map_or_else(|| "too far to tell".to_owned(), |end| told_day(scope, end))
}

/// Both answers at every percentile, as a table.
pub(crate) fn sure(scope: &Scope, asked: &Asked, forecast: &Forecast) -> Markup {
    let until = asked.read.until.map(|until| date(scope, &day(until)));
    let many = forecast.how_many.as_ref().and_then(|found| found.as_ref().ok());
    html! { section.forecast-answer {
        @if let Some(as_it_is) = asked.read.as_it_is {
            p { "As if " (several(asked.what_if.more.abs(), "story")) @if asked.what_if.more > 0 { " came in before it ends" } @else { " of what stands before its end went out" } ": "
                (several(asked.read.ahead, "story")) " instead of " (as_it_is) "." }
        }
        @if let Some(Err(why)) = &forecast.how_many { p.hint { "How many by that day: " (why) } }
        @if asked.what_if.until.is_some() && until.is_none() { p.hint { "How many are accepted is told of days to come." } }
        div.scroll tabindex="0" role="region" aria-label="How sure" { table.list {
            thead { tr { th { "Sure" } th { "Done by" } @if forecast.as_it_is.is_some() { th { "As things are" } } @if let (Some(_), Some(until)) = (many, &until) { th.num { "Stories by " (until) } } } }
            tbody { @for (at, (share, end)) in forecast.sure().enumerate() { tr {
                td { (percent(share)) } td { (by(scope, end)) }
                @if let Some(as_it_is) = &forecast.as_it_is { td { (by(scope, as_it_is.get(at).copied().flatten())) } }
                @if let (Some(many), Some(_)) = (many, &until) { td.num { "at least " (points(many.get(at).copied())) } }
            } } }
        } }
    } }
}

/// What was worked out of each feature.
pub(crate) type Ends = Vec<Option<[Option<i32>; 4]>>;

pub(crate) fn features(scope: &Scope, features: &[Ahead], worked: Option<&Worked<Ends>>) -> Markup {
    let at = product_path(scope);
    html! {
        p.lead { "When each feature is likely to be accepted: its last story, in the order of the backlog, with all that stands before it." }
        @match worked {
            None => { (empty("calendar", "No feature has stories that are left to do", "Hang stories on features, and this page says when each of them is likely to be done.", html! { a.button href={ (at) "/backlog" } { "To the backlog" } })) }
            Some(Worked::Failed(why)) => { (empty("calendar", "Nothing can be told yet", why, html! {})) }
            Some(Worked::Under { name, share }) => { (web::under_way(scope, name, "Trying out 10,000 ways that it may go", *share)) }
            Some(Worked::Done(ends)) => {
                div.scroll tabindex="0" role="region" aria-label="Features and their days" { table.list {
                    thead { tr { th { "Feature" } th.num { "Stories left" } @for share in SURE { th { (percent(share)) " sure" } } } }
                    tbody { @for (feature, ends) in features.iter().zip(ends.iter()) { tr {
                        td { a.what href={ (at) "/forecast?feature=" (feature.number) } { (keyed(scope, feature.number, &feature.title)) } }
                        td.num { (feature.left) }
                        @for end in ends.unwrap_or_default() { td { (by(scope, end)) } }
                    } } }
                } }
            }
        }
        p { a href={ (at) "/forecast" } { "The whole backlog" } }
    }
}
