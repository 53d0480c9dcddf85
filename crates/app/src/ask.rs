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
    /// The version of the thing that was seen; `version` among the arguments says the same.
    pub version: Option<i64>,
    /// Idempotency key: the same key answers the same, once.
    pub receipt: Option<String>,
    /// When it happened, for what is told afterwards (the sample product).
    pub at: Option<i64>,
    /// Asked by our own code, which knows the command's type; what came through a door by name is not.
    pub inside: bool,
}

impl Ask {
    /// A typed command, in a product or in the workspace.
    pub fn of<C: Command>(product: Option<&str>, command: &C) -> Result<Ask> {
        let args = serde_json::to_value(command).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Ask { product: product.map(str::to_owned), command: C::NAME.to_owned(), args, inside: true, ..Ask::default() })
    }

    /// The version that the asker saw, if they say it.
    ///
    /// # Errors
    /// `Invalid` for a version that is no whole number: an unreadable one must not pass for none.
    pub fn seen(&self) -> Result<Option<i64>> {
        match (self.version, self.args.get("version")) {
            (Some(version), _) => Ok(Some(version)),
            (None, None | Some(Json::Null)) => Ok(None),
            (None, Some(given)) => {
                given.as_i64().map(Some).ok_or_else(|| Refusal::invalid("version", "A version is a whole number, as it was read with the thing."))
            }
        }
    }

    /// A command by name.
    pub fn named(product: Option<&str>, command: &str, args: Json) -> Ask {
        Ask { product: product.map(str::to_owned), command: command.to_owned(), args, ..Ask::default() }
    }
}
