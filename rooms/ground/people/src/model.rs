//! Accounts and what opens them.

use kernel::{Area, Hat, Id, Refusal, Result, Uuid, noun, value::Packed, words};

noun! {
    /// A person's account, or an assistant's.
    pub struct Member in "member" {
        name: String,
        email: String,
        password_hash: Option<String>,
        administrator: bool,
        /// Set for an assistant: the member who answers for it.
        answers_for: Option<Id<Member>>,
        /// IANA name of a time zone.
        zone: String,
        /// `light`, `dark` or `system`.
        theme: String,
        /// Single keys do nothing: for whoever speaks to the machine, or touches keys by mistake.
        keys_off: bool,
    } label(m) m.name.clone();
    about { many: "accounts", home: kernel::Home::Workspace, read: kernel::Reading::ByRoom }
}

noun! {
    /// Someone signed in on some device.
    pub struct Session in "session" {
        member: Id<Member>,
        token_hash: String,
        agent: String,
        expires_at: i64,
        ended_at: Option<i64>,
    } label(_s) "a session".to_owned();
    // One lasts a month, and a device is known by its last one for half a year (`web::auth`).
    about { many: "sessions", home: kernel::Home::Member, read: kernel::Reading::Nobody, fades: Some(("expires_at", 150)) }
}

words! {
    /// What a ticket is for.
    pub enum TicketKind { Invitation = "invitation", Reset = "reset", SignIn = "sign_in" says "sign-in" }
}

noun! {
    /// A link that works once: an invitation, a new password, or a first sign-in.
    pub struct Ticket in "ticket" {
        kind: TicketKind,
        token_hash: String,
        email: String,
        member: Option<Id<Member>>,
        hats: Packed<Vec<Hat>>,
        expires_at: i64,
        used_at: Option<i64>,
    } label(t) match t.kind {
        TicketKind::Invitation => format!("an invitation for {}", t.email),
        TicketKind::Reset => format!("a new password for {}", t.email),
        TicketKind::SignIn => format!("a sign-in link for {}", t.email),
    };
    // For a while a link still says that it was used or has expired.
    about { many: "tickets", one: "invitation", read: kernel::Reading::Says(kernel::Area::Agreement), made_anew: true, fades: Some(("expires_at", 30)) }
}

noun! {
    /// A key for programs.
    pub struct ApiToken in "api_token" {
        member: Id<Member>,
        token_hash: String,
        name: String,
        can_write: bool,
        expires_at: i64,
        revoked_at: Option<i64>,
        /// Only these products; all of the member's when empty.
        products: Packed<Vec<Uuid>>,
        /// Only matters of these areas; of all when empty.
        areas: Packed<Vec<Area>>,
    } label(t) format!("the token “{}”", t.name);
    about { many: "tokens", one: "token", home: kernel::Home::Member, read: kernel::Reading::Nobody }
}

/// An e-mail address: something, an @, something with a dot or `localhost`.
pub fn email(text: &str) -> Result<String> {
    let text = text.trim().to_lowercase();
    let fine = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(|c: char| c.is_whitespace() || c.is_control())
    });
    match fine && text.len() <= 254 {
        true => Ok(text),
        false => Err(Refusal::invalid("email", "Please give an e-mail address, such as ada@example.org.")),
    }
}

/// A password is long enough to resist guessing (NIST SP 800-63B: length, no other rules).
pub fn password(text: &str) -> Result<()> {
    match text.chars().count() {
        0..10 => Err(Refusal::invalid("password", "A password has at least 10 characters. A few words are easy to remember.")),
        10..=200 => Ok(()),
        _ => Err(Refusal::invalid("password", "A password has at most 200 characters.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(email(" Ada@Example.org ").as_deref(), Ok("ada@example.org"));
        for bad in ["", "ada", "@x", "a@", "a b@c", "a@b@c", "a\u{0}@b"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}
