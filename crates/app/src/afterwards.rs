//! What acts leave to be done in the house's own name, once for each act (`Room::afterwards`).

use crate::{jobs, run::Work};
use kernel::{Door, Event, Result, Whose};
use store::Attribution;

impl Work<'_> {
    /// Notes what an event leaves to be done; nothing where it happened long ago and is told only now.
    pub fn stir(&mut self, event: &Event, by: &Attribution) {
        let (Some(product), false) = (event.product, self.tells_the_past) else { return };
        for after in &self.registry.afterwards {
            let known = self.stirred.iter().any(|(other, act, _)| std::ptr::eq(*other, *after) && *act == by.act);
            if !known && (after.heeds)(event, by.door) {
                self.stirred.push((*after, by.act, product));
            }
        }
    }

    /// Keeps what the acts leave to be done, in nobody's name in particular.
    pub fn leave_afterwards(&mut self) -> Result<()> {
        let by = jobs::by_itself(self.moment.now, Door::Task, "act.stir");
        for (after, act, product) in std::mem::take(&mut self.stirred) {
            self.leave(vec![(after.task)(act, product)?.in_the_name_of(Whose::Nobody)], Some(product), &by)?;
        }
        Ok(())
    }
}
