//! Requests to other machines: sent with the id of their job, which stays however often it is tried, and kept with what
//! came of them for whoever looks (`delivery`, machinery without activity, for a month).

use super::{
    Claimed, Undelivered,
    perform::{Failed, Tried},
};
use crate::{App, live::Told, run, signing};
use kernel::{Column, Refusal, Request, Uuid, Value, request::HERE};
use std::{collections::BTreeSet, future::Future, pin::Pin};

/// A request as it leaves.
pub struct Sending {
    /// The same at every try.
    pub id: Uuid,
    pub address: String,
    pub body: String,
    /// What it is signed with, as Standard Webhooks writes it.
    pub key: Option<String>,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// What another machine said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// How its text begins.
    pub begins: String,
    /// Where it would have one go instead.
    pub leads_to: Option<String>,
}

/// Sends requests. It judges where one may go.
pub trait Outward: Send + Sync {
    /// # Errors
    /// Why there is no answer.
    fn send<'a>(&'a self, sending: &'a Sending) -> Pin<Box<dyn Future<Output = Result<Answer, Undelivered>> + Send + 'a>>;
}

impl App {
    /// Sends a request, and keeps what came of it.
    pub(super) async fn send_out(&self, job: &Claimed, request: Request) -> Tried<()> {
        let Some((outward, origin)) = self.jobs.outward.get().cloned() else {
            return Err(Failed { said: "Nothing is sent from here.".into(), for_good: false });
        };
        let of = request.of;
        let key = match request.signed {
            true => self.store.read(move |reader| signing::key_of(reader, of)).await?,
            false => None,
        };
        let body = request.body.to_string().replace(HERE, origin.trim_end_matches('/'));
        let sending = Sending { id: job.id, address: request.address.clone(), body, key, at: self.clock.now() };
        let answered = outward.send(&sending).await;
        let answer = answered.as_ref().ok().cloned();
        let judged = answered.and_then(|answer| judge(&answer));
        self.keep_delivery(job, request, sending, answer, judged.as_ref().err().cloned()).await?;
        judged.map_err(Failed::from)
    }

    async fn keep_delivery(
        &self,
        job: &Claimed,
        request: Request,
        sending: Sending,
        answer: Option<Answer>,
        failed: Option<Undelivered>,
    ) -> Result<(), Refusal> {
        let (registry, clock, node, job) = (self.registry.clone(), self.clock.clone(), self.hub.node(), job.clone());
        let told = self
            .store
            .write(move |writer| {
                let (status, begins) = answer.map_or((None, String::new()), |answer| (Some(i64::from(answer.status)), answer.begins));
                writer.put(
                    "insert into delivery (id, sent_for, kind, args, about, body, first_at, last_at, tries, arrived, status, answer, said)
                     values ($1, $2, $3, $4, $5, $6, $7, $7, 1, $8, $9, $10, $11)
                     on conflict (id) do update set body = excluded.body, last_at = excluded.last_at, tries = delivery.tries + 1,
                     arrived = excluded.arrived, status = excluded.status, answer = excluded.answer, said = excluded.said",
                    vec![
                        job.id.value(),
                        request.of.value(),
                        Value::Text(job.kind),
                        Value::Text(job.args.to_string()),
                        Value::Text(request.about),
                        Value::Text(sending.body),
                        Value::Int(sending.at),
                        failed.is_none().value(),
                        status.value(),
                        Value::Text(begins),
                        Value::Text(failed.map_or_else(String::new, |failed| failed.said)),
                    ],
                )?;
                let mut work = run::Work::new(writer, &registry, clock.moment(None), node);
                // Pages that show it follow its thing.
                work.told.push(Told { node, product: job.product, only: None, nouns: BTreeSet::from([request.noun.to_owned()]), act: Uuid::nil() });
                work.tell_others()
            })
            .await?;
        self.tell(told);
        Ok(())
    }
}

/// Whether an answer says that it arrived.
fn judge(answer: &Answer) -> Result<(), Undelivered> {
    let failed = |said: String, for_good| Err(Undelivered { said, for_good });
    match (answer.status, &answer.leads_to) {
        (200..=299, _) => Ok(()),
        (300..=399, Some(place)) => {
            let place: String = place.chars().take(200).collect();
            failed(format!("It answered {} and leads on to {place}, which is not followed. Enter the address that it leads to.", answer.status), true)
        }
        (410, _) => failed("It answered 410: nobody is there any more.".into(), true),
        (status, _) => failed(format!("It answered {status}."), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, leads_to: Option<&str>) -> Result<(), bool> {
        judge(&Answer { status, begins: String::new(), leads_to: leads_to.map(str::to_owned) }).map_err(|failed| failed.for_good)
    }

    #[test]
    fn only_an_answer_of_two_hundred_says_that_it_arrived() {
        assert_eq!((judged(200, None), judged(204, None)), (Ok(()), Ok(())));
        assert_eq!((judged(302, Some("http://127.0.0.1/")), judged(410, None)), (Err(true), Err(true)));
        assert_eq!((judged(304, None), judged(404, None), judged(500, None), judged(199, None)), (Err(false), Err(false), Err(false), Err(false)));
    }
}
