//! Whose turn it is: what a command waits for before it looks at anything. In a product that is the product. Outside of
//! one, commands that could disturb one another wait for the workspace, and what is a member's own for that member alone,
//! so that nobody queues behind somebody else's sign-in.

use crate::{Ask, Credential, Visitor, scope};
use kernel::{CommandSpec, Result, Waits, Writer};

/// The queue of this process that a command stands in (`store::Store::write_in`). It says no more than that others in it
/// would have to wait anyway, so a credential stands for the member behind it.
pub(crate) fn lane(visitor: &Visitor, spec: &CommandSpec, ask: &Ask) -> String {
    match (&ask.product, spec.waits) {
        (Some(product), _) => product.clone(),
        (None, Waits::Workspace) => String::new(),
        (None, Waits::Argument(name)) => argument(ask, name),
        (None, Waits::Asker) => match &visitor.credential {
            Credential::Nobody => String::new(),
            Credential::Member(member) => own(&member.simple().to_string()),
            Credential::Session(hash) | Credential::Token(hash) => own(hash),
        },
    }
}

/// Waits for everyone before, on whichever node. Who a session or token stands for is read first, and once more with all
/// their rights when the turn has come.
pub(crate) fn wait(writer: &mut dyn Writer, visitor: &Visitor, spec: &CommandSpec, ask: &Ask, now: i64) -> Result<()> {
    match (&ask.product, spec.waits) {
        // Whoever waits for every product does so one after the other, or two would wait for each other.
        (Some(product), _) if spec.everywhere => writer.lock(None).and_then(|()| writer.lock(Some(product))),
        (Some(product), _) => writer.lock(Some(product)),
        (None, Waits::Workspace) => writer.lock(None),
        (None, Waits::Argument(name)) => writer.lock(Some(&argument(ask, name))),
        (None, Waits::Asker) => match scope::load(writer.reader(), visitor, None, None, now)?.who.member {
            Some(member) => writer.lock(Some(&own(&member.simple().to_string()))),
            None => writer.lock(None),
        },
    }
}

/// No product has such a key: they are upper-case letters and digits.
fn own(of: &str) -> String {
    format!("own {of}")
}

fn argument(ask: &Ask, name: &str) -> String {
    let said = ask.args.get(name).and_then(kernel::Json::as_str);
    // However an id is written, it is the same. What no database takes is refused later, once it is known who asks.
    said.map(|text| kernel::Uuid::parse_str(text).map_or_else(|_| own(&text.replace('\0', " ")), |id| own(&id.simple().to_string())))
        .unwrap_or_default()
}
