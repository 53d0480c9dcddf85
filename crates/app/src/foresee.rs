//! What a batch would do, without the writer: each command is thought through on what there is now and nothing is kept.

use crate::{App, Ask, Visitor, gate, run, scope, way::Way};
use kernel::{Authority, Look, Result, Scope};
use std::sync::Arc;

/// What one command would do.
pub struct Foreseen {
    /// The noun and the kind of each event.
    pub events: Vec<(String, &'static str)>,
    /// It would take effect at once.
    pub at_once: bool,
}

/// Commands thought through in one reading job, so that other readers get their turn.
const AT_ONCE: usize = 100;

impl App {
    /// Thinks commands through one by one, each as if it were alone; `seen` hears how many are done.
    ///
    /// # Errors
    /// Whatever would refuse one of them, named by its place as in a batch.
    pub async fn foresee(&self, visitor: &Visitor, asks: Vec<Ask>, seen: impl Fn(usize)) -> Result<Vec<Foreseen>> {
        let asks = Arc::new(asks);
        let mut foreseen = vec![];
        while foreseen.len() < asks.len() {
            let (app, asks, visitor, from) = (self.clone(), asks.clone(), visitor.clone(), foreseen.len());
            let product = asks.first().and_then(|ask| ask.product.clone());
            let some = self.store.read(move |reader| {
                let scope = scope::load(reader, &visitor, product.as_deref(), None, app.clock.now())?;
                let mut look = Look::deciding(reader, &scope);
                let numbered = asks.iter().enumerate().skip(from).take(AT_ONCE);
                numbered
                    .map(|(i, ask)| app.foresee_one(&mut look, &scope, ask).map_err(|refusal| run::at_row(refusal, i)))
                    .collect::<Result<Vec<_>>>()
            });
            foreseen.extend(some.await?);
            seen(foreseen.len());
        }
        Ok(foreseen)
    }

    fn foresee_one(&self, look: &mut Look, scope: &Scope, ask: &Ask) -> Result<Foreseen> {
        let spec = self.registry.command(&ask.command)?.spec;
        gate::knock(spec, scope)?;
        let judge = |authority: &Authority, scope: &Scope| gate::judge(spec, authority, scope);
        let plan = (spec.plan)(&ask.args, look, &self.clock.moment(None), &judge)?;
        let at_once = matches!(Way::of(scope, &plan, ask.as_proposal)?, Way::Direct { .. });
        let events = plan.decided.events.iter().filter(|e| !e.is_empty()).map(|e| (e.table.to_string(), e.kind.name)).collect();
        Ok(Foreseen { events, at_once })
    }
}
