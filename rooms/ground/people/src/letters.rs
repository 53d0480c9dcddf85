//! Letters with a link in them. The word of a link is made when its letter is sent, so that it stands nowhere before: a
//! task knows only for whom it is.

use crate::{OfferSignIn, events::*, model::*, passwords::MailReset, rows};
use kernel::{
    Asked, Authority, Command, Decided, Deserialize, Errand, Event, Id, Job, Lane, Letter, Look, Moment, Noun, Refusal, Result, Scope, Serialize,
    StoredCommand, Task, Whose, command, json, letter::REVEALED, look::find_rows,
};

command! {
    /// Has a link mailed to an address, if there is an account with it. What it leaves behind is the same for every address.
    pub struct AskForLink in "account.ask_for_link" inside {
        pub email: String,
        pub kind: TicketKind,
    }
}

impl Command for AskForLink {
    type Before = ();
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        "Have a link mailed".into()
    }
    fn decide(self, (): (), _: &Moment, _: &Scope) -> Result<Decided> {
        let email = email(&self.email)?;
        let task = Task::of(&MailLink { email: email.clone(), kind: self.kind }, email)?.in_the_name_of(Whose::Nobody);
        Ok(Decided { tasks: vec![task], ..Decided::default() })
    }
}

/// Mails a link to whoever has an account with an address.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailLink {
    pub email: String,
    pub kind: TicketKind,
}

impl Job for MailLink {
    const KIND: &'static str = "account.mail_link";
    const SAYS: &'static str = "Mail a link to sign in or for a new password";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(member) = rows::person_by_email(look.reader, &self.email)? else { return Ok(Errand::Nothing) };
        let args = json!({ "member": member.id() });
        let (command, subject, why, says) = match self.kind {
            TicketKind::SignIn => (
                OfferSignIn::NAME,
                "A way into Tandem",
                "Somebody has tried to sign in to your account many times. If it was you, this link lets you in; if not, you need do nothing.",
                "Sign in",
            ),
            TicketKind::Reset => {
                (MailReset::NAME, "A new password for Tandem", "Someone, perhaps you, asked for a new Tandem password.", "Set a new password")
            }
            TicketKind::Invitation => return Err(Refusal::invalid("kind", "An invitation is mailed by whoever invites.")),
        };
        let letter = Letter::new(member.email, subject).text(why).button(says, REVEALED).note("The link works once, for seven days.");
        Ok(Errand::Letter { letter, first: Some(StoredCommand { name: command.into(), args }) })
    }
}

/// What is left to be done when somebody is invited.
pub fn invitation_letter(ticket: &Ticket) -> Result<Task> {
    let task = Task::of(&MailInvitation { ticket: ticket.id() }, ticket.email.clone())?;
    Ok(Task { product: ticket.meta.product, ..task })
}

/// Mails an invitation.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailInvitation {
    ticket: Id<Ticket>,
}

impl Job for MailInvitation {
    const KIND: &'static str = "ticket.mail_invitation";
    const SAYS: &'static str = "Mail an invitation";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(ticket) = standing(look, self.ticket)? else { return Ok(Errand::Nothing) };
        let who = &look.scope.who.name;
        let who = if who.is_empty() { "Somebody" } else { who };
        let (subject, what) = match &look.scope.product {
            Some(product) => {
                (format!("{who} invites you to {}", product.name), format!("{who} would like to work with you on {} in Tandem.", product.name))
            }
            None => (format!("{who} invites you to Tandem"), format!("{who} would like to work with you in Tandem.")),
        };
        let letter = Letter::new(ticket.email, subject)
            .text(what)
            .button("Come in", REVEALED)
            .note("The link works once, for seven days. If you did not expect this letter, you need do nothing.");
        let command = StoredCommand { name: MailTicket::NAME.into(), args: json!({ "ticket": self.ticket }) };
        Ok(Errand::Letter { letter, first: Some(command) })
    }
}

/// A ticket that still opens something.
fn standing(look: &mut Look, id: Id<Ticket>) -> Result<Option<Ticket>> {
    let found: Vec<Ticket> = find_rows(look.reader, "where id = $1 and removed_at is null", &[kernel::Column::value(&id)])?;
    Ok(found.into_iter().find(|ticket| ticket.used_at.is_none() && ticket.expires_at > look.scope.now))
}

command! {
    /// Makes the word of an invitation's link that is mailed. The one that was shown goes on working.
    pub struct MailTicket in "ticket.mail" inside {
        pub ticket: Id<Ticket>,
    }
}

impl Command for MailTicket {
    type Before = Ticket;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Ticket> {
        standing(look, self.ticket)?.ok_or(Refusal::NotFound)
    }
    fn title(&self, before: &Ticket) -> String {
        format!("Mail the invitation for {}", before.email)
    }
    fn decide(self, before: Ticket, moment: &Moment, _: &Scope) -> Result<Decided> {
        let secret = moment.secret();
        let after = Ticket { mailed_hash: Some(secret.hash), ..before.clone() };
        Ok(Decided { reveal: Some(before.kind.path(&secret.plain)), ..Event::changed(&TICKET_MAILED, &before, &after).into() })
    }
}
