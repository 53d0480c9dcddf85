//! How a command goes on once its authority is known: at once, or by asking for signatures.

use crate::gate;
use kernel::{Area, Hat, Refusal, Result, Scope, Standing, room::Plan};

/// At once, or by asking.
pub enum Way {
    Direct { hat: Option<Hat>, area: Option<Area>, note: Option<String> },
    Ask { area: Area, hat: Option<Hat> },
}

impl Way {
    /// Whether the asker decides, or whose signature is needed.
    pub fn of(scope: &Scope, plan: &Plan, as_proposal: bool) -> Result<Way> {
        let areas = plan.authority.areas();
        let [area, ..] = areas.as_slice() else {
            return Ok(Way::Direct { hat: None, area: None, note: None });
        };
        let ways: Vec<Way> = areas.iter().map(|area| Way::within(scope, *area, as_proposal)).collect();
        let (direct, asking): (Vec<Way>, Vec<Way>) = ways.into_iter().partition(|way| matches!(way, Way::Direct { .. }));
        match asking.len() {
            0 | 1 => Ok(asking.into_iter().chain(direct).next().unwrap_or(Way::Ask { area: *area, hat: None })),
            _ if as_proposal => Ok(Way::Ask { area: *area, hat: scope.standing(*area).0 }),
            _ => Err(Refusal::denied(format!("This touches {}, where others decide. Do it in parts, one for each.", gate::in_words(&areas)))),
        }
    }

    fn within(scope: &Scope, area: Area, as_proposal: bool) -> Way {
        let (hat, standing) = scope.standing(area);
        let direct = |note| Way::Direct { hat, area: Some(area), note };
        match standing {
            Standing::Decides if as_proposal => Way::Ask { area, hat },
            Standing::Decides => direct(passed_over(&scope.missing(area))),
            Standing::Signs => {
                let alone = scope.matrix.hats(area, Standing::Signs).into_iter().all(|h| Some(h) == hat || !scope.held.contains(&h));
                match alone && !as_proposal {
                    true => direct(passed_over(&scope.missing(area))),
                    false => Way::Ask { area, hat },
                }
            }
            _ => Way::Ask { area, hat },
        }
    }
}

fn passed_over(missing: &[Hat]) -> Option<String> {
    (!missing.is_empty()).then(|| {
        let hats = missing.iter().map(|h| h.title()).collect::<Vec<_>>().join(" and ");
        format!("Nobody holds the hat of {hats}; that was passed over.")
    })
}
