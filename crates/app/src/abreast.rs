//! Acts of several askers in one product that would follow one another anyway, in one transaction: each is judged by what
//! those before it have left, and none is waited for by itself.

use crate::{App, Ask, Batch, Visitor, run::Work, scope::Scopes, turn};
use kernel::{Result, Writer};

impl App {
    /// Whether a command may go abreast of others of its product: it is short, and waits for that product alone.
    pub(crate) fn goes_abreast(&self, ask: &Ask) -> bool {
        ask.product.is_some() && self.registry.command(&ask.command).is_ok_and(|offered| !offered.spec.everywhere)
    }

    /// Carries out commands of one product that go abreast, each an act of its own, and what ends them all. All take effect or
    /// none does: where one is refused, whoever asks runs each by itself.
    pub(crate) async fn run_abreast(
        &self,
        acts: Vec<(Visitor, Ask)>,
        ending: impl FnOnce(&mut dyn Writer) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        for (visitor, ask) in &acts {
            self.admitted(visitor, ask)?;
        }
        let Some((visitor, first)) = acts.first() else { return self.store.write(ending).await };
        let spec = self.registry.command(&first.command)?.spec;
        let lane = turn::lane(visitor, spec, first);
        let (registry, clock, node, jobs) = (self.registry.clone(), self.clock.clone(), self.hub.node(), self.jobs.clone());
        let all = move |writer: &mut dyn Writer| {
            let (now, mut scopes) = (clock.now(), Scopes::default());
            let (mut told, mut left) = (vec![], false);
            let mut acts = acts.into_iter().peekable();
            if let Some((visitor, ask)) = acts.peek() {
                turn::wait(writer, visitor, spec, ask, now)?;
            }
            while let Some((visitor, ask)) = acts.next() {
                let scope = scopes.of(writer.reader(), &visitor, ask.product.as_deref(), ask.hat, now)?.clone();
                let mut work = Work::new(&mut *writer, &registry, clock.moment(Some(now)), node);
                work.jobs = Some(&jobs);
                work.told = told;
                work.all_as(scope, &Batch::one(ask), &|_| {})?;
                work.let_hear()?;
                left |= work.left;
                if work.rights {
                    scopes.forget();
                }
                // Pages are told of all of it at once.
                told = if acts.peek().is_none() { work.tell_others()? } else { work.told };
            }
            ending(writer)?;
            Ok((told, left))
        };
        let (told, left) = self.store.write_among(&lane, all).await?;
        self.tell(told);
        if left {
            self.jobs.wake();
        }
        Ok(())
    }
}
