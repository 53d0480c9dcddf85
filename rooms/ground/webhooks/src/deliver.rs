//! What is left to be done after an act: finding out which webhooks hear of it, and telling each in the name of whoever
//! made it, as far as they may read then.

use crate::{message::Message, model::*, shapes};
use kernel::{
    Deserialize, Errand, GivenUp, Id, Job, Lane, Look, Noun, Request, Result, Serialize, StoredCommand, Task, Uuid, Value, Whose, json,
    look::find_rows,
};

/// So much of an act is told; an import is one act.
const MOST_TOLD: usize = 50;

/// Finds out which webhooks hear of an act.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Gather {
    product: Uuid,
    act: Uuid,
}

impl Job for Gather {
    const KIND: &'static str = "webhook.gather";
    const SAYS: &'static str = "Find out which webhooks hear of an act";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let kinds = activity::kinds_of_act(look.reader, self.product, self.act)?;
        let product = Value::Text(self.product.simple().to_string());
        let listening: Vec<Webhook> =
            find_rows(look.reader, "where product = $1 and removed_at is null and paused_at is null order by id", &[product])?;
        let mut told = vec![];
        for webhook in listening.into_iter().filter(|webhook| kinds.iter().any(|(noun, kind)| webhook.hears(noun, kind))) {
            let member = webhook.member.0;
            let task = Task::of(&Deliver { webhook: webhook.id(), act: self.act }, webhook.name)?;
            told.push(task.in_the_name_of(Whose::Member(member)));
        }
        Ok(Errand::Tasks(told))
    }
}

/// Tells one webhook of an act.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Deliver {
    webhook: Id<Webhook>,
    act: Uuid,
}

impl Job for Deliver {
    const KIND: &'static str = "webhook.deliver";
    const SAYS: &'static str = "Tell a webhook";
    const LANE: Lane = Lane::Web;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(webhook) = standing(look, self.webhook)?.filter(|webhook| webhook.paused_at.is_none()) else { return Ok(Errand::Nothing) };
        // One more tells whether there is more.
        let mut said = activity::spoken(look, self.act, MOST_TOLD + 1)?;
        let more = said.len() > MOST_TOLD;
        said.truncate(MOST_TOLD);
        said.retain(|one| webhook.hears(&one.line.noun, &one.line.kind));
        match Message::of(look.scope, said, more)? {
            Some(message) => Ok(request(&webhook, &message)),
            // There is nothing in it for whoever made the webhook to read.
            None => Ok(Errand::Nothing),
        }
    }

    fn given_up(&self, said: &str) -> GivenUp {
        let args = json!({ "webhook": self.webhook, "because": said });
        GivenUp::Told(StoredCommand { name: "webhook.pause".into(), args })
    }
}

/// Sends a message that says it is a test.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Try {
    pub webhook: Id<Webhook>,
}

impl Job for Try {
    const KIND: &'static str = "webhook.try";
    const SAYS: &'static str = "Send a test to a webhook";
    const LANE: Lane = Lane::Web;
    const TRIES: i64 = 1;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(webhook) = standing(look, self.webhook)? else { return Ok(Errand::Nothing) };
        Ok(request(&webhook, &Message::test(look.scope)?))
    }

    /// Whoever sent it sees what came of it beside the webhook.
    fn given_up(&self, _: &str) -> GivenUp {
        GivenUp::Forgotten
    }
}

/// A webhook that is still there, while whoever made it belongs here. What they may see of the agreement does not matter:
/// it was agreed that it speaks.
fn standing(look: &mut Look, webhook: Id<Webhook>) -> Result<Option<Webhook>> {
    let Some(product) = look.scope.product.as_ref().map(|product| product.id) else { return Ok(None) };
    let params = [webhook.0, product].map(|id| Value::Text(id.simple().to_string()));
    Ok(find_rows(look.reader, "where id = $1 and product = $2 and removed_at is null", &params)?.pop())
}

fn request(webhook: &Webhook, message: &Message) -> Errand {
    Errand::Request(Box::new(Request {
        of: webhook.meta.id,
        noun: Webhook::TABLE,
        address: webhook.address.clone(),
        about: message.kind.clone(),
        body: shapes::body(webhook.shape, message),
        signed: webhook.shape == Shape::Standard,
    }))
}
