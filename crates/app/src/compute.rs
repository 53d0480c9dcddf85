//! Reading without a bound: what may take long runs beside the server's own threads, a few at a time, and gives up
//! when nobody waits for it any more.

use crate::{App, Boxed, Visitor, kept, scope};
use kernel::{Look, Refusal, Result};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::{runtime::Handle, sync::Semaphore, task::spawn_blocking};

/// Whose turn it is: as many at once as the store keeps readers for.
#[derive(Clone)]
pub(crate) struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Turns {
        Turns(Arc::new(Semaphore::new(store::LONG_READERS)))
    }
}

/// Says that whoever asked has gone, once it is dropped.
#[derive(Default)]
struct Waits(Arc<AtomicBool>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl App {
    /// Reads on someone's behalf what may take long: the past, reports, exports. Short reads are asked with [`ask`](Self::ask).
    pub async fn compute<T: Send + 'static>(
        &self,
        visitor: &Visitor,
        product: Option<&str>,
        read: impl FnOnce(&mut Look) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (kept, read) = kept::keeping(read);
        self.computed(visitor.clone(), product.map(str::to_owned), read).await?;
        kept.taken()
    }

    fn computed(&self, visitor: Visitor, product: Option<String>, read: kept::Reading) -> Boxed<'_, Result<()>> {
        Box::pin(self.compute_apart(visitor, product, read))
    }

    async fn compute_apart(&self, visitor: Visitor, product: Option<String>, read: kept::Reading) -> Result<()> {
        let turn = self.turns.0.clone().acquire_owned().await.map_err(|_| Refusal::broken("the house is closing"))?;
        let waits = Waits::default();
        let (store, gone) = (self.store.clone(), waits.0.clone());
        let (now, helped) = (self.clock.now(), self.has_model());
        let work = spawn_blocking(move || {
            let _turn = turn;
            Handle::current().block_on(store.read_long(gone, move |reader| {
                let mut scope = scope::load(reader, &visitor, product.as_deref(), None, now)?;
                scope.helped = helped;
                read(&mut Look::showing(reader, &scope))
            }))
        });
        let result = work.await.map_err(|error| Refusal::broken(format!("a long read broke off: {error}")))?;
        drop(waits);
        result
    }
}
