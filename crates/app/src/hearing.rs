//! What acts leave to be done in nobody's name in particular, once for each act (`Room::ears`).

use crate::{
    jobs::{self, Heeded},
    run::Work,
};
use kernel::{Event, Result};
use store::Attribution;

impl Work<'_> {
    /// Notes what heeds an event; nothing does where it happened long ago and is told only now.
    pub fn heed(&mut self, event: &Event, by: &Attribution) {
        if self.tells_the_past {
            return;
        }
        for ear in self.registry.ears.iter().copied().filter(|ear| event.product.is_some() || ear.at_large) {
            let known = self.heeded.iter().any(|known| std::ptr::eq(known.ear, ear) && (known.product, known.act) == (event.product, by.act));
            if !known && (ear.heeds)(event, by.door) {
                self.heeded.push(Heeded { ear, id: self.moment.id::<()>().0, product: event.product, act: by.act });
            }
        }
    }

    /// Leaves a task about what was done, where something listens.
    pub fn let_hear(&mut self) -> Result<()> {
        let heeded = std::mem::take(&mut self.heeded);
        self.left |= heeded.iter().any(|one| one.ear.listens.is_none());
        jobs::leave_where_heard(self.writer, &heeded, self.moment.now)
    }
}
