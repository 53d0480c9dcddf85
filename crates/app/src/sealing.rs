//! How sealed text is written and thrown away: without an event, without news, and told to nobody but its author.

use crate::{outcome::Thing, run::Work};
use kernel::{
    Column, Result, Scope, Uuid,
    sealed::{self, Seal},
};

impl Work<'_> {
    /// Seals for whoever asks; what the answer says of it. No page is told, so nobody learns when it was.
    pub fn seal(&mut self, scope: &Scope, seals: Vec<Seal>) -> Result<Vec<Thing>> {
        let mut things = vec![];
        for seal in seals {
            let member = scope.who.signed_in()?;
            self.writer.execute("delete from sealed where round = $1 and member = $2", &[seal.round.value(), member.value()])?;
            let (sql, values) = sealed::writing(&seal, member, self.moment.id::<()>().0, self.moment.now);
            self.writer.put(sql, values)?;
            things.push(Thing {
                noun: seal.noun.to_owned(),
                id: seal.round,
                label: seal.label,
                event: seal.kind.name.to_owned(),
                moved: None,
                changes: vec![],
            });
        }
        Ok(things)
    }

    /// Throws away whatever a member has sealed.
    pub fn forget_sealed(&mut self, member: Uuid) -> Result<()> {
        self.writer.execute("delete from sealed where member = $1", &[member.value()]).map(drop)
    }

    /// Throws away what was sealed in rounds that are open now: it stands in nouns.
    pub fn unseal(&mut self, rounds: &[Uuid]) -> Result<()> {
        rounds.iter().try_for_each(|round| self.writer.execute("delete from sealed where round = $1", &[round.value()]).map(drop))
    }
}
