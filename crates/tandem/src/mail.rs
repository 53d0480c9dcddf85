//! Mail by SMTP, or into a folder for trying. When it is sent, and again, is the runner's business (`app::jobs`).

use crate::letters;
use app::{
    App,
    jobs::{Mail, Undelivered},
};
use kernel::{Letter, Uuid};
use lettre::{
    Address, Message, SmtpTransport, Transport,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp,
};
use std::{path::PathBuf, sync::Arc, time::Duration};

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends letters in the name of the house.
pub struct Sender {
    way: Way,
    from: Mailbox,
    /// Where people reach the house.
    origin: String,
}

enum Way {
    Smtp(Box<SmtpTransport>),
    Folder(PathBuf),
}

/// Has letters sent by a mail server (`smtps://user:word@mail.example.org`) or written into a folder (`file:FOLDER`).
///
/// # Errors
/// A sentence about what is wrong with the address of either.
pub fn set_up(app: &App, url: &str, from: &str, origin: &str) -> Result<(), String> {
    app.deliver_by(Arc::new(Sender::new(url, from, origin)?));
    Ok(())
}

impl Way {
    fn smtp(url: &str, patience: Duration) -> Result<Way, String> {
        let transport = SmtpTransport::from_url(url).map_err(|e| format!("the mail server's URL cannot be read: {e}"))?;
        Ok(Way::Smtp(Box::new(transport.timeout(Some(patience)).build())))
    }
}

impl Sender {
    /// # Errors
    /// A sentence about what is wrong with the URL or the address.
    pub fn new(url: &str, from: &str, origin: &str) -> Result<Sender, String> {
        let from: Mailbox = from.parse().map_err(|e| format!("{from:?} is no sender address: {e}"))?;
        let way = match url.strip_prefix("file:") {
            Some(folder) => {
                let folder = PathBuf::from(folder);
                std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
                Way::Folder(folder)
            }
            None => Way::smtp(url, PATIENCE)?,
        };
        Ok(Sender { way, from, origin: origin.trim_end_matches('/').to_owned() })
    }

    fn written(&self, id: Uuid, letter: &Letter) -> Result<Message, Undelivered> {
        let to: Address = letter.to.parse().map_err(|e| for_good(format!("{} is no address that mail can go to: {e}", letter.to)))?;
        let house = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host).split([':', '/']).next().unwrap_or("tandem");
        let (text, html) = (letters::text(letter, &self.origin), letters::html(letter, &self.origin));
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{house}>", id.simple())))
            .raw_header(header("Auto-Submitted", "auto-generated".into()));
        if let Some(path) = &letter.stop {
            message = message
                .raw_header(header("List-Unsubscribe", format!("<{}{path}>", self.origin)))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
        }
        message.multipart(MultiPart::alternative_plain_html(text, html)).map_err(|e| for_good(e.to_string()))
    }
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn for_good(said: String) -> Undelivered {
    Undelivered { said, for_good: true }
}

impl Mail for Sender {
    fn ready(&self) -> Result<(), Undelivered> {
        match &self.way {
            Way::Folder(_) => Ok(()),
            Way::Smtp(transport) => match transport.test_connection() {
                Ok(true) => Ok(()),
                Ok(false) => Err(Undelivered { said: "The mail server answers, but takes no letters.".into(), for_good: false }),
                Err(error) => Err(Undelivered { for_good: false, ..refused(&error) }),
            },
        }
    }

    fn send(&self, id: Uuid, letter: &Letter) -> Result<(), Undelivered> {
        let message = self.written(id, letter)?;
        match &self.way {
            Way::Smtp(transport) => transport.send(&message).map(drop).map_err(|error| refused(&error)),
            Way::Folder(folder) => {
                // The same letter again takes the place of the first.
                let (unfinished, file) = (folder.join(format!(".{}", id.simple())), folder.join(format!("{}.eml", id.simple())));
                let kept = std::fs::write(&unfinished, message.formatted()).and_then(|()| std::fs::rename(&unfinished, &file));
                kept.map_err(|e| Undelivered { said: format!("{}: {e}", folder.display()), for_good: false })
            }
        }
    }
}

/// What the mail server said. That it lets nobody in (530, 534, 535) says nothing about the letter.
fn refused(error: &smtp::Error) -> Undelivered {
    let of_us = error.status().is_some_and(|code| ["530", "534", "535"].contains(&code.to_string().as_str()));
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let said = match error.status() {
        Some(code) => format!("The mail server refused it: {code} {cause}"),
        None if is_slow(error) => "The mail server did not answer in time.".into(),
        None if cause.is_empty() => format!("The mail server could not be reached: {error}"),
        None => format!("The mail server could not be reached: {cause}"),
    };
    Undelivered { said, for_good: error.is_permanent() && !of_us }
}

/// Whether it took too long to answer. The system says of a read that ran out of time that it would block.
fn is_slow(error: &smtp::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    error.is_timeout() || cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{BufRead, BufReader, Write},
        net::TcpListener,
    };

    /// A mail server that says this to each address it is given, and nothing at all where that is nothing; what sends there.
    fn server(says: fn(&str) -> &'static str) -> Sender {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                stream.write_all(b"220 x\r\n").unwrap();
                let mut letter = false;
                for line in lines.map_while(Result::ok) {
                    let answer = match line.split([' ', ':']).next() {
                        Some(".") => "250 taken",
                        _ if letter => continue,
                        Some("DATA") => "354 go on",
                        Some("RCPT") => says(&line),
                        _ => "250 x",
                    };
                    letter = answer.starts_with("354");
                    if !answer.is_empty() {
                        stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
                    }
                }
            }
        });
        let way = Way::smtp(&url, Duration::from_millis(200)).unwrap();
        Sender { way, from: "house@x.org".parse().unwrap(), origin: "https://x.org".into() }
    }

    fn sent(sender: &Sender, to: &str) -> Result<(), Undelivered> {
        sender.send(Uuid::nil(), &Letter::new(to, "News").text("Some words."))
    }

    #[test]
    fn one_address_that_is_refused_says_nothing_about_another() {
        let sender = server(|line| match line.contains("gone@") {
            true => "550 no such user",
            false if line.contains("later@") => "451 come back later",
            false => "250 x",
        });
        assert_eq!(sent(&sender, "new@x.org"), Ok(()));
        let gone = sent(&sender, "gone@x.org").unwrap_err();
        assert!(gone.for_good && gone.said.contains("550") && gone.said.contains("no such user"), "{gone:?}");
        let later = sent(&sender, "later@x.org").unwrap_err();
        assert!(!later.for_good && later.said.contains("451"), "{later:?}");
        assert_eq!(sent(&sender, "new@x.org"), Ok(()));
        assert!(sent(&sender, "no address").unwrap_err().for_good);
    }

    #[test]
    fn who_takes_too_long_is_tried_again() {
        let slow = sent(&server(|_| ""), "new@x.org").unwrap_err();
        assert_eq!((slow.said.as_str(), slow.for_good), ("The mail server did not answer in time.", false));
    }

    #[test]
    fn a_server_that_is_down_is_tried_again() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let way = Way::smtp(&format!("smtp://127.0.0.1:{port}"), PATIENCE).unwrap();
        let sender = Sender { way, from: "house@x.org".parse().unwrap(), origin: String::new() };
        for down in [sent(&sender, "new@x.org").unwrap_err(), sender.ready().unwrap_err()] {
            assert!(!down.for_good && down.said.contains("could not be reached"), "{down:?}");
        }
    }
}
