//! What a member can take back next, and what can be done again: read from their own acts, newest first.

use crate::rows::{self, Line};
use kernel::{Column, Look, Result, Uuid, Value, value::BEHIND_ALL};
use std::collections::HashSet;

/// One of one's own acts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    act: Uuid,
    /// The act that it takes back.
    takes: Option<Uuid>,
    /// It took back a taking back, and so did something again.
    again: bool,
    /// It was carried out by a decision, which stays.
    decided: bool,
}

/// The acts at the two ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tops {
    /// The last act that stands and can be taken back.
    pub undo: Option<Uuid>,
    /// The last taking back since the last new act: to take that back does the thing again.
    pub redo: Option<Uuid>,
}

/// Goes through acts from the newest on until the one to take back is found.
#[derive(Default)]
struct Walk {
    tops: Tops,
    /// Acts that another act took back, which stands itself.
    taken: HashSet<Uuid>,
    /// A new act was met, which cleared what could be done again.
    cleared: bool,
}

impl Walk {
    fn take(&mut self, steps: &[Step]) {
        for step in steps {
            if self.tops.undo.is_some() {
                return;
            }
            let stands = !self.taken.contains(&step.act);
            match step.takes {
                Some(taken) if stands => {
                    self.taken.insert(taken);
                    if !step.again && !step.decided && !self.cleared {
                        self.tops.redo = self.tops.redo.or(Some(step.act));
                    }
                }
                Some(_) => {}
                None => {
                    self.cleared = true;
                    if stands {
                        self.tops.undo = Some(step.act);
                    }
                }
            }
        }
    }
}

/// Acts that are read at a time: nearly always the newest is the one.
const AT_ONCE: usize = 20;

/// The ends of one's own stack in the product at hand.
pub(crate) fn tops(look: &mut Look) -> Result<Tops> {
    let mut walk = Walk::default();
    let mut before = None;
    loop {
        let steps = steps(look, before)?;
        walk.take(&steps);
        match steps.last() {
            Some(last) if walk.tops.undo.is_none() && steps.len() == AT_ONCE => before = Some(last.act),
            _ => return Ok(walk.tops),
        }
    }
}

/// Whether one has brought a file in since an act (or ever), which is not taken back as a whole. Such an act is found
/// by its record.
pub(crate) fn imported_since(look: &mut Look, act: Option<Uuid>) -> Result<bool> {
    let params = [look.scope.product_id()?.value(), look.scope.who.signed_in()?.value(), act.map_or(Value::Text(String::new()), |act| act.value())];
    let sql = "select 1 from activity where product = $1 and member = $2 and act > $3 and noun = 'import_run' and door = 'import' limit 1";
    Ok(look.first(sql, &params)?.is_some())
}

/// The acts at both ends with their lines, newest first; without any where there is none.
pub(crate) struct Ends {
    pub undo: Vec<Line>,
    pub redo: Vec<Line>,
}

pub(crate) fn ends(look: &mut Look) -> Result<Ends> {
    let tops = tops(look)?;
    let mut told = |act: Option<Uuid>| match act {
        Some(act) => rows::newest_of_act(look, act),
        None => Ok(vec![]),
    };
    Ok(Ends { undo: told(tops.undo)?, redo: told(tops.redo)? })
}

/// One's own acts that count here, newest first, before one of them. An act may have written many thousand lines, so
/// the ids lead from act to act, and what one of them says holds for its act; only acts that take others back are few
/// enough lines to be asked for more.
fn steps(look: &mut Look, before: Option<Uuid>) -> Result<Vec<Step>> {
    let (product, who) = (look.scope.product_id()?, &look.scope.who);
    let assistant = who.assistant.map_or(Value::Text(String::new()), |id| id.value());
    let before = before.unwrap_or(BEHIND_ALL).value();
    let params = [product.value(), who.signed_in()?.value(), assistant, before];
    const MINE: &str = "a.product = $1 and a.member = $2 and coalesce(a.assistant, '') = $3 and (a.undoable = 1 or a.takes is not null)";
    let sql = format!(
        "with recursive step (act, nth) as (
             select newest.act, 1 from (select a.act from activity a where {MINE} and a.act < $4 order by a.act desc limit 1) newest
             union all
             select (select a.act from activity a where {MINE} and a.act < step.act order by a.act desc limit 1), step.nth + 1
             from step where step.act is not null and step.nth < {AT_ONCE}
         )
         select step.act, one.takes, case when one.takes is null then 0 else (select count(*) from activity a where {MINE} and a.act = step.act and a.kind = 'act.redone') end,
             case when one.proposal is null then 0 else 1 end
         from step join activity one on one.id = (select a.id from activity a where {MINE} and a.act = step.act limit 1)
         order by step.act desc"
    );
    let read =
        |mut row: kernel::Row| Ok(Step { act: row.take()?, takes: row.take()?, again: row.take::<i64>()? > 0, decided: row.take::<i64>()? > 0 });
    look.query(&sql, &params)?.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a person does at the keyboard.
    #[derive(Clone, Copy, Debug)]
    enum Key {
        Do,
        Undo,
        Redo,
    }

    fn tops_of(log: &[Step], at_once: usize) -> Tops {
        let newest: Vec<Step> = log.iter().rev().copied().collect();
        let mut walk = Walk::default();
        newest.chunks(at_once).for_each(|some| walk.take(some));
        walk.tops
    }

    /// Plays keys against two plain stacks, which say what must come out.
    fn play(keys: &[Key]) {
        let (mut log, mut undo, mut redo): (Vec<Step>, Vec<u128>, Vec<u128>) = (vec![], vec![], vec![]);
        for (n, key) in keys.iter().enumerate() {
            let tops = tops_of(&log, 3);
            let taken_by = |step: &Step| log.iter().find(|s| Some(s.act) == step.takes).map(|s| s.act.as_u128());
            let again = tops.redo.and_then(|act| log.iter().find(|s| s.act == act)).and_then(taken_by);
            assert_eq!(tops.undo.map(|act| act.as_u128()), undo.last().copied(), "{keys:?} at {n}");
            assert_eq!(again, redo.last().copied(), "{keys:?} at {n}");
            let act = Uuid::from_u128(n as u128 + 1);
            let step = Step { act, takes: None, again: false, decided: false };
            match key {
                Key::Do => {
                    log.push(step);
                    undo.push(act.as_u128());
                    redo.clear();
                }
                Key::Undo => {
                    if let Some(taken) = undo.pop() {
                        redo.push(taken);
                        log.push(Step { takes: tops.undo, ..step });
                    }
                }
                Key::Redo => {
                    if let Some(done) = redo.pop() {
                        undo.push(done);
                        log.push(Step { takes: tops.redo, again: true, ..step });
                    }
                }
            }
        }
    }

    #[test]
    fn any_keys_give_what_two_stacks_give() {
        // Every sequence of nine keys.
        for mut code in 0..3_u32.pow(9) {
            let keys: Vec<Key> = (0..9)
                .map(|_| {
                    let key = [Key::Do, Key::Undo, Key::Redo][(code % 3) as usize];
                    code /= 3;
                    key
                })
                .collect();
            play(&keys);
        }
    }

    #[test]
    fn an_act_taken_back_out_of_turn_is_stepped_over() {
        let step = |n: u128, takes: Option<u128>| Step { act: Uuid::from_u128(n), takes: takes.map(Uuid::from_u128), again: false, decided: false };
        let log = [step(1, None), step(2, None), step(3, Some(1))];
        assert_eq!(tops_of(&log, 10), Tops { undo: Some(Uuid::from_u128(2)), redo: Some(Uuid::from_u128(3)) });
    }
}
