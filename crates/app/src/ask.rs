//! What someone asks for: a command by name, with the circumstances.

use kernel::{Command, Hat, Json, Refusal, Result};

/// A request to run one command.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Key of the product it is about.
    pub product: Option<String>,
    pub command: String,
    pub args: Json,
    /// The hat to act under, when not the one that decides.
    pub hat: Option<Hat>,
    /// Why; becomes the proposal's reason, or stands in the activity.
    pub reason: Option<String>,
    /// Ask for signatures even where the hat could decide.
    pub as_proposal: bool,
    /// Idempotency key: the same key answers the same, once.
    pub receipt: Option<String>,
    /// When it happened, for what is told afterwards (the sample product).
    pub at: Option<i64>,
}

impl Ask {
    /// A typed command, in a product or in the workspace.
    pub fn of<C: Command>(product: Option<&str>, command: &C) -> Result<Ask> {
        let args = serde_json::to_value(command).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Ask { product: product.map(str::to_owned), command: C::NAME.to_owned(), args, ..Ask::default() })
    }

    /// A command by name.
    pub fn named(product: Option<&str>, command: &str, args: Json) -> Ask {
        Ask { product: product.map(str::to_owned), command: command.to_owned(), args, ..Ask::default() }
    }
}
