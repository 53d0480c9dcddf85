//! What the program may reach beyond itself: hosts of one's own network, and the model that helps to mark and to draft.

use crate::reach_out;
use app::App;
use clap::Args;
use outbound::{Allowed, Chat, Outbound};
use std::{path::PathBuf, sync::Arc};

#[derive(Args, Clone)]
pub(super) struct Outside {
    /// Hosts of one's own network that webhooks and the model may lead to: names, addresses, or ranges such as 10.0.0.0/8.
    #[arg(long, env = "TANDEM_ALLOW_HOSTS", default_value = "")]
    allow_hosts: Allowed,
    /// A model that helps to mark practice and to draft, by an address that speaks OpenAI's chat completions, such as
    /// http://localhost:11434/v1 (then with --allow-hosts localhost). Without one everything works, unaided.
    #[arg(long, env = "TANDEM_MODEL_URL", requires = "model")]
    model_url: Option<String>,
    /// What that server calls the model.
    #[arg(long, env = "TANDEM_MODEL", requires = "model_url")]
    model: Option<String>,
    /// A file with the key that the model's server wants, where it wants one.
    #[arg(long, env = "TANDEM_MODEL_KEY_FILE", requires = "model_url")]
    model_key_file: Option<PathBuf>,
    /// So many questions each member may have asked of it in a day.
    #[arg(long, env = "TANDEM_MODEL_REQUESTS", default_value_t = 200)]
    model_requests: u32,
}

impl Outside {
    /// Lets the house reach out.
    pub fn set_up(&self, app: &App, origin: &str) -> Result<(), String> {
        reach_out(app, self.allow_hosts.clone(), origin)?;
        let (Some(address), Some(name)) = (&self.model_url, &self.model) else { return Ok(()) };
        let key = match &self.model_key_file {
            Some(file) => Some(std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?.trim().to_owned()),
            None => None,
        };
        let chat = Chat::new(Outbound::new(self.allow_hosts.clone())?, address, name, key, self.model_requests.into())?;
        app.ask_by(Arc::new(chat));
        Ok(())
    }
}
