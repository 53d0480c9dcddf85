//! What a report is asked: as of which day, over how many weeks, of which stories, of which sprint and beside which other.

use kernel::{Area, Column, Deserialize, Look, Refusal, Result, Scope, Value};
use web::{Filter, text::encode, when};

pub(crate) const DAY: i64 = 86_400_000;

/// The spans of time that a report can look back over, in weeks.
pub(crate) const SPANS: [i32; 5] = [4, 12, 26, 52, 104];
const USUAL: i32 = 12;

/// As the address says it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(crate = "kernel::serde", default)]
pub(crate) struct Asked {
    /// The end of this day instead of now.
    pub as_of: String,
    pub weeks: String,
    /// A sprint by its number, and one beside it.
    pub sprint: String,
    pub with: String,
    pub q: String,
    pub kind: String,
    pub is: String,
    pub who: String,
    pub feature: String,
    pub label: String,
    pub ready: String,
    pub updated: String,
    pub stage: String,
    pub field: String,
}

/// What a report looks at.
pub(crate) struct Sight {
    /// The last moment that counts.
    pub now: i64,
    /// The day of that moment, and the first day of the span, a Monday; counted from 1970-01-01.
    pub today: i32,
    pub first: i32,
    pub weeks: i32,
    pub as_of: String,
    pub sprint: String,
    pub with: String,
    pub filter: Filter,
    /// Sizes may be told.
    pub sizes: bool,
    /// Stories may be told of at all.
    pub stories: bool,
}

pub(crate) fn day_of(at: i64) -> i32 {
    i32::try_from(at.div_euclid(DAY)).unwrap_or_default()
}

pub(crate) fn monday(day: i32) -> i32 {
    day - (day + 3).rem_euclid(7)
}

impl Asked {
    pub(crate) fn filter(&self) -> Filter {
        let said = [
            ("kind", &self.kind),
            ("is", &self.is),
            ("ready", &self.ready),
            ("who", &self.who),
            ("stage", &self.stage),
            ("feature", &self.feature),
            ("label", &self.label),
            ("updated", &self.updated),
            ("field", &self.field),
        ];
        Filter::read(backlog::TERMS_OF_STORIES, &self.q, &said.map(|(name, value)| (name, value.as_str())))
    }

    pub(crate) fn sight(&self, look: &Look) -> Result<Sight> {
        let as_of = self.as_of.trim();
        let now = match as_of {
            "" => look.now(),
            day => when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?.min(look.now()),
        };
        let weeks = match self.weeks.trim() {
            "" => USUAL,
            given => given.parse::<i32>().ok().filter(|weeks| SPANS.contains(weeks)).ok_or_else(|| {
                let known: Vec<String> = SPANS.iter().map(i32::to_string).collect();
                Refusal::invalid("weeks", format!("A report looks back over {} weeks.", known.join(", ")))
            })?,
        };
        let today = day_of(now);
        Ok(Sight {
            now,
            today,
            first: monday(today) - 7 * (weeks - 1),
            weeks,
            as_of: as_of.to_owned(),
            sprint: self.sprint.trim().to_owned(),
            with: self.with.trim().to_owned(),
            filter: self.filter(),
            sizes: look.tells(Area::Estimates),
            stories: look.tells(Area::Backlog),
        })
    }
}

impl Sight {
    /// When its first day begins.
    pub fn from(&self) -> i64 {
        i64::from(self.first) * DAY
    }

    /// Weeks from the first to the one of the last day, as edges.
    pub fn edges(&self) -> Vec<i32> {
        (0..=self.weeks).map(|n| self.first + n * 7).collect()
    }

    /// Which week a day lies in.
    pub fn week(&self, day: i32) -> Option<usize> {
        usize::try_from((day - self.first).div_euclid(7)).ok().filter(|week| *week < self.weeks as usize)
    }

    /// All stories count, and may be told of.
    pub fn is_whole(&self) -> bool {
        self.filter.is_plain() && self.stories
    }

    /// What a query of spans goes on with, so that it reads the stories asked for and no other: what it joins, and a
    /// condition. Stories are what they are today; only how they stood is of that day.
    pub fn narrowed(&self, look: &mut Look, params: &mut Vec<Value>) -> Result<(&'static str, String)> {
        match self.is_whole() {
            true => Ok(("", String::new())),
            false => Ok((" join story on story.id = span.story", backlog::fitting(look, &self.filter, params)?)),
        }
    }

    /// As an address goes on with it, behind the `?`.
    pub fn address(&self) -> String {
        let mut all = self.kept().iter().map(|(name, value)| format!("{name}={}&", encode(value))).collect::<String>();
        all += &self.filter.address();
        all.trim_end_matches('&').to_owned()
    }

    /// What the address says beside the filter.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let weeks = if self.weeks == USUAL { String::new() } else { self.weeks.to_string() };
        let all = [("as_of", self.as_of.clone()), ("weeks", weeks), ("sprint", self.sprint.clone()), ("with", self.with.clone())];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// The product at hand, as the first parameter of a question.
pub(crate) fn here(scope: &Scope) -> Result<Value> {
    Ok(scope.product_id()?.value())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Door;

    #[test]
    fn weeks_begin_on_monday() {
        // 1970-01-01 was a Thursday.
        assert_eq!([-3, 0, 3, 4].map(monday), [-3, -3, -3, 4]);
        let scope = Scope::nowhere(Door::Page, 20 * DAY);
        assert_eq!(scope.now, 20 * DAY);
        let sight = Sight {
            now: 20 * DAY,
            today: 20,
            first: monday(20) - 7,
            weeks: 2,
            as_of: String::new(),
            sprint: String::new(),
            with: String::new(),
            filter: Asked::default().filter(),
            sizes: true,
            stories: true,
        };
        assert_eq!(sight.edges(), [11, 18, 25]);
        assert_eq!([10, 11, 17, 18, 24, 25].map(|day| sight.week(day)), [None, Some(0), Some(0), Some(1), Some(1), None]);
        assert_eq!(sight.address(), "weeks=2");
    }
}
