//! Mail by SMTP. Letters leave on a thread of their own, so no page waits for a mail server.

use lettre::{Message, SmtpTransport, Transport, message::Mailbox};
use std::sync::mpsc::{Sender, channel};

/// A mailer that has been set up with a URL such as `smtps://user:word@mail.example.org`.
pub struct Smtp {
    letters: Sender<Message>,
    from: Mailbox,
}

impl Smtp {
    /// # Errors
    /// A sentence about what is wrong with the URL or the address.
    pub fn new(url: &str, from: &str) -> Result<Smtp, String> {
        let from: Mailbox = from.parse().map_err(|e| format!("{from:?} is no sender address: {e}"))?;
        let transport = SmtpTransport::from_url(url).map_err(|e| format!("the mail server's URL cannot be read: {e}"))?.build();
        let (letters, queue) = channel::<Message>();
        std::thread::Builder::new()
            .name("tandem-mail".into())
            .spawn(move || {
                for letter in queue {
                    if let Err(error) = transport.send(&letter) {
                        tracing::error!(%error, "a letter was not sent");
                    }
                }
            })
            .map_err(|e| e.to_string())?;
        Ok(Smtp { letters, from })
    }
}

impl web::Mailer for Smtp {
    fn send(&self, to: &str, subject: &str, text: &str) {
        let Ok(to) = to.parse::<Mailbox>() else {
            tracing::warn!(to, "no address to write to");
            return;
        };
        match Message::builder().from(self.from.clone()).to(to).subject(subject).body(text.to_owned()) {
            Ok(letter) => drop(self.letters.send(letter)),
            Err(error) => tracing::error!(%error, "a letter could not be written"),
        }
    }
}
