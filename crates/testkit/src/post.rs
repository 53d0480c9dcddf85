//! A letter box for tests, and a mail server that can be told to refuse.

use app::{
    App,
    jobs::{Mail, Undelivered},
};
use kernel::{Letter, Uuid, letter::Part};
use std::sync::{Arc, Condvar, Mutex};

/// Keeps every letter that it is handed.
#[derive(Default)]
pub struct PostBox {
    kept: Mutex<Vec<(Uuid, Letter)>>,
    /// What the next tries meet, the first at the end.
    meets: Mutex<Vec<Undelivered>>,
    /// Addresses that are refused for good.
    unknown: Mutex<Vec<String>>,
    /// Nobody answers.
    down: Mutex<bool>,
    /// Whoever hands a letter over waits for an answer.
    slow: Mutex<bool>,
    answers: Condvar,
}

impl PostBox {
    /// The letter box of a house, in which mail is set up with it.
    pub fn of(app: &App) -> Arc<PostBox> {
        let kept = Arc::new(PostBox::default());
        app.deliver_by(kept.clone());
        kept
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.kept.lock().unwrap().iter().map(|(_, letter)| letter.clone()).collect()
    }

    pub fn ids(&self) -> Vec<Uuid> {
        self.kept.lock().unwrap().iter().map(|(id, _)| *id).collect()
    }

    /// The path of a letter's button.
    pub fn link(&self, letter: &Letter) -> String {
        let button = letter.parts.iter().find_map(|part| match part {
            Part::Button { path, .. } => Some(path.clone()),
            _ => None,
        });
        button.unwrap_or_else(|| panic!("no link in {letter:?}"))
    }

    /// The server stops answering, or answers again.
    pub fn down(&self, down: bool) {
        *self.down.lock().unwrap() = down;
    }

    /// The server lets everybody wait, or answers again.
    pub fn slow(&self, slow: bool) {
        *self.slow.lock().unwrap() = slow;
        self.answers.notify_all();
    }

    /// An address is refused for good.
    pub fn refuses(&self, address: &str) {
        self.unknown.lock().unwrap().push(address.to_owned());
    }

    /// The next letter is taken, and yet the try meets this.
    pub fn stumbles(&self, said: &str) {
        self.meets.lock().unwrap().push(Undelivered { said: said.into(), for_good: false });
    }
}

impl Mail for PostBox {
    fn ready(&self) -> Result<(), Undelivered> {
        match *self.down.lock().unwrap() {
            true => Err(Undelivered { said: "connection refused".into(), for_good: false }),
            false => Ok(()),
        }
    }

    fn send(&self, id: Uuid, letter: &Letter) -> Result<(), Undelivered> {
        self.ready()?;
        drop(self.answers.wait_while(self.slow.lock().unwrap(), |slow| *slow).unwrap());
        if self.unknown.lock().unwrap().contains(&letter.to) {
            return Err(Undelivered { said: "550 no such user".into(), for_good: true });
        }
        if letter.to.starts_with("panic@") {
            panic!("the letter said so");
        }
        self.kept.lock().unwrap().push((id, letter.clone()));
        match self.meets.lock().unwrap().pop() {
            Some(undelivered) => Err(undelivered),
            None => Ok(()),
        }
    }
}
