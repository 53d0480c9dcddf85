//! The one page of a stakeholder, by account as Home and by link without one: where we are going, where we are, what
//! changed, what is asked of them. No jargon, and nothing that the agreement keeps from stakeholders.

use crate::{rows, theirs_view};
use kernel::{
    Area, Asked, Column, Look, Result,
    shared::{SharedLook, Visit},
};
use stakeholders::{Promised, To};
use updates::AskByLink;

/// The page as a link shows it; what the agreement keeps from stakeholders is left out.
pub(crate) const SHARED: SharedLook = SharedLook {
    name: "standing",
    says: "Where we stand",
    areas: &[Area::Roadmap],
    also: &[Area::Strategy, Area::Commitments, Area::Sprints, Area::Backlog, Area::Announcements, Area::Progress],
    options: &[("windows", "With the target windows")],
    whom: "stakeholder",
    show,
    feed: None,
    ask: Some(AskByLink::NAME),
};

fn show(look: &mut Look, visit: &Visit) -> Result<String> {
    let to = visit.whom.map_or(To::Nobody, To::One);
    let theirs = Theirs::read(look, to, visit.shows("windows"))?;
    let changed = updates::told_to(look, visit.whom)?;
    Ok(theirs_view::visited(look.scope, &theirs, &changed).into_string())
}

/// What the page says.
#[derive(Default)]
pub(crate) struct Theirs {
    pub vision: Option<strategy::Vision>,
    pub objectives: Vec<strategy::ObjectiveLine>,
    pub bets: Vec<Bet>,
    pub sprint: Option<sprint::Sprint>,
    /// Stage and stories of the running sprint.
    pub stages: Vec<(String, i64, f64)>,
    pub promises: Vec<Promised>,
    /// Windows are told.
    pub windows: bool,
}

/// A bet on the roadmap, with how many of its parts are done.
pub(crate) struct Bet {
    pub number: i64,
    pub title: String,
    pub horizon: String,
    pub ends_on: String,
    pub stories: i64,
    pub accepted: i64,
}

/// So many bets of each horizon are told; the others stand on the roadmap.
const MOST: usize = 8;

/// So many of the newest updates are told.
pub(crate) const FEW: i64 = 4;

impl Theirs {
    pub fn read(look: &mut Look, to: To, windows: bool) -> Result<Theirs> {
        let mut theirs = Theirs { windows, promises: stakeholders::promised(look, to)?, ..Theirs::default() };
        if look.tells(Area::Strategy) {
            theirs.vision = strategy::current_vision(look)?;
            theirs.objectives = strategy::objectives(look)?;
        }
        if look.tells(Area::Roadmap) {
            theirs.bets = bets(look)?;
        }
        if look.tells(Area::Sprints) {
            (theirs.sprint, theirs.stages) = rows::sprint_with_stages(look)?;
        }
        Ok(theirs)
    }

    /// The bets of a horizon, and whether there are more.
    pub fn of(&self, horizon: &str) -> (Vec<&Bet>, bool) {
        let mut bets: Vec<&Bet> = self.bets.iter().filter(|bet| bet.horizon == horizon).collect();
        let more = bets.len() > MOST;
        bets.truncate(MOST);
        (bets, more)
    }
}

/// The first bets of each horizon, in their order; one more than are told where there are more.
fn bets(look: &mut Look) -> Result<Vec<Bet>> {
    let first = |horizon: &str| {
        format!(
            "select * from (select id, number, title, horizon, ends_on, rank from initiative
             where product = $1 and horizon = '{horizon}' and state = 'open' and removed_at is null order by rank limit {}) as of_{horizon}",
            MOST + 1
        )
    };
    let sql = format!(
        "select bet.number, bet.title, bet.horizon, coalesce(bet.ends_on, ''), {}, {} from ({}) as bet order by bet.rank",
        rows::stories_of_bet("'open', 'doing', 'handed_over', 'accepted'"),
        rows::stories_of_bet("'accepted'"),
        ["now", "next", "later"].map(first).join(" union all ")
    );
    let product = look.scope.product_id()?.value();
    rows::rows(look, &sql, &[product], |r| {
        Ok(Bet { number: r.take()?, title: r.take()?, horizon: r.take()?, ends_on: r.take()?, stories: r.take()?, accepted: r.take()? })
    })
}
