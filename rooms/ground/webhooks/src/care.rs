//! Looking after a webhook that was agreed on: its secret, a test, sending again, going on after a pause. That is for
//! whoever made it, since it speaks with their eyes.

use crate::{deliver, events::*, model::*, rows};
use kernel::{
    Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, SigningKey, Task, Uuid, Whose, command, event::edit,
};

/// Whether someone looks after a webhook.
pub(crate) fn looks_after(webhook: &Webhook, scope: &Scope) -> bool {
    scope.who.member == Some(webhook.member.0) && scope.who.assistant.is_none() && scope.sees(AREA)
}

fn own(webhook: &Webhook, scope: &Scope) -> Result<()> {
    match looks_after(webhook, scope) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever made a webhook looks after it. It can be removed by agreement, and made anew in your name.")),
    }
}

/// What is the same in all that is done to a webhook by whoever made it.
macro_rules! by_its_maker {
    () => {
        type Before = Webhook;
        const UNDOABLE: bool = false;
        const AUTHORITY: Authority = Authority::Seen(AREA);

        fn load(&self, look: &mut Look) -> Result<Webhook> {
            Webhook::get(look, self.webhook)
        }
        fn may(&self, before: &Webhook, scope: &Scope) -> Result<()> {
            own(before, scope)
        }
    };
}

command! {
    /// Makes a new secret for a webhook, in the place of the one before. It is shown this once.
    pub struct NewSecret in "webhook.new_secret" at Post "/products/{product}/webhooks/{webhook}/secret" [] {
        pub webhook: Id<Webhook>,
    }
}

impl Command for NewSecret {
    by_its_maker!();

    fn title(&self, before: &Webhook) -> String {
        format!("A new secret for {}", before.name)
    }
    fn decide(self, before: Webhook, moment: &Moment, _: &Scope) -> Result<Decided> {
        let key = SigningKey::new(before.meta.id, &moment.secret().plain);
        let after = Webhook { secret_at: Some(moment.now), ..before.clone() };
        Ok(Decided { reveal: key.word.clone(), keys: vec![key], ..Event::changed(&SECRET_MADE, &before, &after).into() })
    }
}

command! {
    /// Sends a message that says it is a test, once.
    pub struct TryWebhook in "webhook.test" at Post "/products/{product}/webhooks/{webhook}/test" [] {
        pub webhook: Id<Webhook>,
    }
}

impl Command for TryWebhook {
    by_its_maker!();

    fn title(&self, before: &Webhook) -> String {
        format!("Send a test to {}", before.name)
    }
    fn decide(self, before: Webhook, moment: &Moment, _: &Scope) -> Result<Decided> {
        let task = Task::of(&deliver::Try { webhook: before.id() }, before.name.clone())?;
        let after = Webhook { tried_at: Some(moment.now), ..before.clone() };
        Ok(Decided { tasks: vec![task], ..Event::changed(&WEBHOOK_TESTED, &before, &after).into() })
    }
}

command! {
    /// Sends a message once more, under the same id.
    pub struct SendAgain in "webhook.send_again" at Post "/products/{product}/webhooks/{webhook}/deliveries/{delivery}" [] {
        pub webhook: Id<Webhook>,
        pub delivery: Line<64>,
    }
}

/// The webhook, and what was sent, unless it is under way.
pub struct Sent {
    webhook: Webhook,
    sent: Option<rows::Again>,
}

impl Command for SendAgain {
    type Before = Sent;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(AREA);

    fn load(&self, look: &mut Look) -> Result<Sent> {
        let webhook = Webhook::get(look, self.webhook)?;
        let sent = Uuid::parse_str(&self.delivery).ok().map(|id| rows::again(look.reader, &webhook, id)).transpose()?.flatten();
        Ok(Sent { webhook, sent })
    }
    fn may(&self, before: &Sent, scope: &Scope) -> Result<()> {
        own(&before.webhook, scope)
    }
    fn title(&self, before: &Sent) -> String {
        format!("Send once more to {}", before.webhook.name)
    }
    fn decide(self, before: Sent, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (webhook, Some(sent)) = (before.webhook, before.sent) else {
            return Err(Refusal::invalid("delivery", "No message of this kind was sent in the last month."));
        };
        if webhook.paused_at.is_some() {
            return Err(Refusal::invalid("webhook", "This webhook is paused. Let it go on first."));
        }
        if sent.under_way {
            return Err(Refusal::invalid("delivery", "This message is being tried again already."));
        }
        let task =
            Task { id: Some(sent.id), kind: sent.kind, args: sent.args, about: webhook.name.clone(), whose: Whose::Causer, product: None, after: 0 };
        let after = Webhook { tried_at: Some(moment.now), ..webhook.clone() };
        Ok(Decided { tasks: vec![task], ..Event::changed(&WEBHOOK_REPEATED, &webhook, &after).into() })
    }
}

command! {
    /// Has a webhook that was paused go on with what happens from now on.
    pub struct ResumeWebhook in "webhook.resume" at Post "/products/{product}/webhooks/{webhook}/resume" [] {
        pub webhook: Id<Webhook>,
    }
}

impl Command for ResumeWebhook {
    by_its_maker!();

    fn title(&self, before: &Webhook) -> String {
        format!("Go on with {}", before.name)
    }
    fn decide(self, before: Webhook, _: &Moment, _: &Scope) -> Result<Decided> {
        if before.paused_at.is_none() {
            return Err(Refusal::invalid("webhook", "This webhook is not paused."));
        }
        let after = Webhook { paused_at: None, paused_because: String::new(), ..before.clone() };
        Ok(Event::changed(&WEBHOOK_RESUMED, &before, &after).into())
    }
}

command! {
    /// Pauses a webhook whose messages do not arrive.
    pub struct PauseWebhook in "webhook.pause" inside {
        pub webhook: Id<Webhook>,
        pub because: String,
    }
}

impl Command for PauseWebhook {
    type Before = Webhook;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Webhook> {
        Webhook::get(look, self.webhook)
    }
    fn title(&self, before: &Webhook) -> String {
        format!("Pause {}", before.name)
    }
    fn decide(self, before: Webhook, moment: &Moment, _: &Scope) -> Result<Decided> {
        let paused = edit(&WEBHOOK_PAUSED, &before, |webhook| {
            if webhook.paused_at.is_none() {
                webhook.paused_at = Some(moment.now);
                webhook.paused_because = self.because;
            }
            Ok(())
        })?;
        Ok(paused.into())
    }
}
