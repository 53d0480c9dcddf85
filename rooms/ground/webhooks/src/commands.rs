//! Who is told what: agreed on like everything that reaches beyond the product.

use crate::{events::*, model::*};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, SigningKey, command, event::edit};

/// So many a product has.
const MOST: usize = 20;

command! {
    /// Has another machine told what happens in the product, as far as whoever makes it may read.
    pub struct MakeWebhook in "webhook.make" at Post "/products/{product}/webhooks" [Agreement] {
        /// What it is for.
        pub name: Line<100>,
        /// Where messages are sent, with https://.
        pub address: Line<1000>,
        /// In which shape.
        pub shape: Shape,
        /// Nouns and kinds of event it is told of, such as `story` and `sprint.closed`; everything when it is empty.
        #[serde(default)]
        pub hears: Vec<String>,
    }
}

impl Command for MakeWebhook {
    /// How many there are.
    type Before = usize;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<usize> {
        Ok(Webhook::all(look, "", &[])?.len())
    }
    fn title(&self, _: &usize) -> String {
        format!("Tell another machine what happens: {}", self.name)
    }
    fn decide(self, before: usize, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} webhooks are enough. Remove one that nobody needs.")));
        }
        let webhook = Webhook {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            address: address(&self.address)?,
            shape: self.shape,
            hears: hearing(self.hears)?,
            member: Id::new(scope.who.signed_in()?),
            secret_at: None,
            tried_at: None,
            paused_at: None,
            paused_because: String::new(),
        };
        // It signs from its first message on; the word is handed out to whoever made it, and to nobody who only agreed.
        let key = SigningKey::new(webhook.meta.id, &moment.secret().plain);
        Ok(Decided { keys: vec![key], ..Event::created(&WEBHOOK_MADE, &webhook).into() })
    }
}

command! {
    /// Changes where a webhook leads, in which shape it speaks or what it is told of.
    pub struct EditWebhook in "webhook.edit" at Patch "/products/{product}/webhooks/{webhook}" [Agreement] {
        pub webhook: Id<Webhook>,
        pub name: Option<Line<100>>,
        pub address: Option<Line<1000>>,
        pub shape: Option<Shape>,
        pub hears: Option<Vec<String>>,
    }
}

impl Command for EditWebhook {
    type Before = Webhook;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Webhook> {
        Webhook::get(look, self.webhook)
    }
    fn title(&self, before: &Webhook) -> String {
        format!("Change the webhook {}", before.name)
    }
    fn decide(self, before: Webhook, _: &Moment, _: &Scope) -> Result<Decided> {
        let changed = edit(&WEBHOOK_EDITED, &before, |webhook| {
            kernel::give(&mut webhook.name, self.name);
            if let Some(to) = self.address {
                webhook.address = address(&to)?;
            }
            kernel::give(&mut webhook.shape, self.shape);
            if let Some(asked) = self.hears {
                webhook.hears = hearing(asked)?;
            }
            Ok(())
        })?;
        Ok(changed.into())
    }
}

command! {
    /// Ends a webhook. Nothing is sent any more, and its secret is thrown away.
    pub struct RemoveWebhook in "webhook.remove" at Delete "/products/{product}/webhooks/{webhook}" [Agreement] {
        pub webhook: Id<Webhook>,
    }
}

impl Command for RemoveWebhook {
    type Before = Webhook;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Webhook> {
        Webhook::get(look, self.webhook)
    }
    fn title(&self, before: &Webhook) -> String {
        format!("Remove the webhook {}", before.name)
    }
    fn decide(self, before: Webhook, moment: &Moment, _: &Scope) -> Result<Decided> {
        let key = SigningKey::thrown_away(before.meta.id);
        Ok(Decided { keys: vec![key], ..Event::removed(&WEBHOOK_REMOVED, &before, moment.now).into() })
    }
}
