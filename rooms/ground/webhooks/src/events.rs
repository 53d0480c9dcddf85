//! What can happen to a webhook.

use kernel::kinds;

kinds! {
    WEBHOOK_MADE = "webhook.made", "made the webhook";
    WEBHOOK_EDITED = "webhook.edited", "changed the webhook";
    WEBHOOK_REMOVED = "webhook.removed", "removed the webhook";
    SECRET_MADE = "webhook.secret_made", "made a new secret for the webhook";
    WEBHOOK_TESTED = "webhook.tested", "sent a test to the webhook";
    WEBHOOK_REPEATED = "webhook.repeated", "sent a message once more to the webhook";
    WEBHOOK_PAUSED = "webhook.paused", "paused the webhook";
    WEBHOOK_RESUMED = "webhook.resumed", "resumed the webhook";
}
