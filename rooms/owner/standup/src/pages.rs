//! The page of the stand-up.

use crate::{model::*, rows, views};
use kernel::{Id, Look, Noun, Refusal, Result};
use serde::Deserialize;
use web::{At, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get, html, when};

pub(crate) const STANDUP: PageSpec = PageSpec {
    path: "standup",
    name: "Stand-up",
    wing: Wing::Owner,
    stand: Spot::Rail(Wing::Owner),
    icon: "clock",
    go: "j",
    live: &["standup_entry", "standup", "standup_rule", "blocker", "story"],
    areas: &[AREA],
    sights: &[("past", "?day={day}"), ("panel", "?open={story}")],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/standup", get(page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A story that is looked at.
    open: Option<String>,
    /// A past day, as 2026-11-23.
    day: String,
    /// An entry or a meeting whose day is shown.
    entry: Option<String>,
    meeting: Option<String>,
}

impl Asked {
    /// The day that is asked for, where it is another than today.
    fn day(&self, look: &mut Look) -> Result<Option<String>> {
        if let Some(id) = &self.entry {
            return Ok(Some(StandupEntry::get(look, Id::try_from(id.as_str())?)?.on_day));
        }
        if let Some(id) = &self.meeting {
            return Ok(Some(Standup::get(look, Id::try_from(id.as_str())?)?.on_day));
        }
        match self.day.as_str() {
            "" => Ok(None),
            day if when::end_of(day).is_some() => Ok(Some(day.to_owned())),
            _ => Err(Refusal::invalid("day", "Write the day as 2026-11-23.")),
        }
    }
}

async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let today = rows::today(look)?;
        let asked = q.day(look)?;
        let day = asked.unwrap_or_else(|| today.clone());
        let (entries, meeting, around) = (rows::entries(look, &day)?, rows::meeting(look, &day)?, rows::around(look, &day)?);
        let people = people::to_choose(look, entries.iter().map(|entry| entry.member.0))?;
        let rule = rows::rule(look)?;
        let mut shown = views::Shown {
            day: &day,
            is_today: day == today,
            entries: &entries,
            meeting: meeting.as_ref(),
            around: &around,
            people: &people,
            rule: rule.as_ref(),
            expected: vec![],
            now: None,
        };
        let panel = q.open.as_ref().map(|open| backlog::story_panel(look, open)).transpose()?;
        if shown.is_today {
            shown.expected = rows::expected(look, &day)?;
            shown.now = Some(views::Now {
                draft: rows::draft(look, &day)?,
                walk: rows::walk(look)?,
                columns: product::columns_of(look)?,
                blocked: board::blocked(look)?,
                pace: board::pace(look)?,
            });
        }
        let body = html! { (backlog::pick_form(look.scope)) (views::page(look.scope, &shown)) };
        Ok(Page::of(&STANDUP, body).primary(views::primary(look.scope, &shown)).panel(panel))
    })
    .await
}
