//! What can happen to stakeholders.

use kernel::kinds;

kinds! {
    STAKEHOLDER_ADDED = "stakeholder.added", "added the stakeholder";
    STAKEHOLDER_EDITED = "stakeholder.edited", "changed the stakeholder";
    STAKEHOLDER_PLACED = "stakeholder.placed", "placed anew the stakeholder";
    STAKEHOLDER_REMOVED = "stakeholder.removed", "removed the stakeholder";
    LETTERS_ENDED = "stakeholder.letters_ended", "wants no letters:";
    CONTACT_NOTED = "contact.noted", "noted having told";
    CONTACT_REMOVED = "contact.removed", "removed a note of having told";
    PROMISE_MADE = "promise.made", "promised:";
    PROMISE_EDITED = "promise.edited", "changed a promise:";
    PROMISE_WITHDRAWN = "promise.withdrawn", "withdrew a promise:";
    PROMISE_SETTLED = "promise.settled", "settled a promise:";
    PROMISE_REMOVED = "promise.removed", "removed a promise:";
}
