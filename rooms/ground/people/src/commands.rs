//! What people ask for about accounts. Those on `Route::INSIDE` are run by our pages after they
//! checked a password or a ticket; no other door reaches them.

use crate::{events::*, model::*, rows};
use kernel::{Authority, Command, Decided, Event, Hat, Id, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit, trimmed, value::Packed};

const SESSION_DAYS: i64 = 30;
const TICKET_DAYS: i64 = 7;

command! {
    /// Opens a session for a member whose password has just been checked.
    pub struct OpenSession in "session.open" inside {
        pub member: Id<Member>,
        pub agent: String,
    }
}

impl Command for OpenSession {
    type Before = Member;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn authority(&self, _: &Member) -> Authority {
        Authority::Nobody
    }
    fn title(&self, _: &Member) -> String {
        "Sign in".into()
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        let secret = moment.secret();
        let session = Session {
            meta: moment.fresh(None),
            member: before.id(),
            token_hash: secret.hash,
            agent: self.agent.chars().take(200).collect(),
            expires_at: moment.in_days(SESSION_DAYS),
            ended_at: None,
        };
        Ok(Decided { reveal: Some(secret.plain), ..Event::created(&SESSION_OPENED, &session).into() })
    }
}

command! {
    /// Ends the session of one device.
    pub struct EndSession in "session.end" inside {
        pub token_hash: String,
    }
}

impl Command for EndSession {
    type Before = Option<Session>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::session(look.reader, &self.token_hash)
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Nobody
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sign out".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(end(before, moment).into())
    }
}

fn end(sessions: impl IntoIterator<Item = Session>, moment: &Moment) -> Vec<Event> {
    let ended = |before: Session| {
        let after = Session { ended_at: Some(moment.now), ..before.clone() };
        Event::changed(&SESSION_ENDED, &before, &after)
    };
    sessions.into_iter().map(ended).collect()
}

command! {
    /// Signs out on every device.
    pub struct EndAllSessions in "session.end_all" at Delete "/account/sessions" [] {}
}

impl Command for EndAllSessions {
    type Before = Vec<Session>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::open_sessions(look.reader, Id::new(look.scope.who.signed_in()?), 0)
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Oneself
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sign out everywhere".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(end(before, moment).into())
    }
}

command! {
    /// Adds an account with a password that has been hashed already: by set-up, or by `tandem member add`.
    pub struct AddAccount in "account.add" inside {
        pub name: String,
        pub email: String,
        pub password_hash: Option<String>,
        pub administrator: bool,
    }
}

impl Command for AddAccount {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        match rows::person_by_email(look.reader, &email(&self.email)?)? {
            Some(_) => Err(Refusal::invalid("email", "There is an account with this address already.")),
            None => Ok(()),
        }
    }
    fn authority(&self, (): &()) -> Authority {
        Authority::Nobody
    }
    fn title(&self, (): &()) -> String {
        format!("Add {}", self.name)
    }
    fn decide(self, (): (), moment: &Moment, _: &Scope) -> Result<Decided> {
        let member = new_member(moment, &self.name, &self.email, self.password_hash, self.administrator)?;
        Ok(Event::created(&ACCOUNT_ADDED, &member).into())
    }
}

/// A fresh account.
pub fn new_member(moment: &Moment, name: &str, address: &str, password_hash: Option<String>, administrator: bool) -> Result<Member> {
    Ok(Member {
        meta: moment.fresh(None),
        name: trimmed("name", name, 100)?,
        email: email(address)?,
        password_hash,
        administrator,
        answers_for: None,
        zone: "UTC".into(),
        theme: "system".into(),
    })
}

/// A fresh ticket with the path that its link has.
pub fn new_ticket(
    moment: &Moment,
    kind: TicketKind,
    product: Option<kernel::Uuid>,
    address: &str,
    member: Option<Id<Member>>,
    hats: Vec<Hat>,
) -> (Ticket, String) {
    let secret = moment.secret();
    let path = match kind {
        TicketKind::Invitation => format!("/join/{}", secret.plain),
        TicketKind::Reset => format!("/new-password/{}", secret.plain),
        TicketKind::SignIn => format!("/enter/{}", secret.plain),
    };
    let ticket = Ticket {
        meta: moment.fresh(product),
        kind,
        token_hash: secret.hash,
        email: address.to_owned(),
        member,
        hats: Packed(hats),
        expires_at: moment.in_days(TICKET_DAYS),
        used_at: None,
    };
    (ticket, path)
}

/// Refuses a ticket that was used or is too old.
pub fn usable(ticket: &Ticket, now: i64) -> Result<()> {
    match (ticket.used_at, ticket.expires_at > now) {
        (None, true) => Ok(()),
        (Some(_), _) => Err(Refusal::denied("This link was used already. Ask for a new one.")),
        _ => Err(Refusal::denied("This link has expired. Ask for a new one.")),
    }
}

/// The event of a ticket's use.
pub fn used(ticket: &Ticket, now: i64) -> Event {
    Event::changed(&TICKET_USED, ticket, &Ticket { used_at: Some(now), ..ticket.clone() })
}

command! {
    /// Invites someone to the workspace; hats in a product are given there.
    pub struct InviteAccount in "account.invite" at Post "/invitations" [] {
        pub email: String,
    }
}

impl Command for InviteAccount {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        match rows::person_by_email(look.reader, &email(&self.email)?)? {
            Some(_) => Err(Refusal::invalid("email", "There is an account with this address already.")),
            None => Ok(()),
        }
    }
    fn authority(&self, (): &()) -> Authority {
        Authority::Administrator
    }
    fn title(&self, (): &()) -> String {
        format!("Invite {}", self.email)
    }
    fn decide(self, (): (), moment: &Moment, _: &Scope) -> Result<Decided> {
        let (ticket, path) = new_ticket(moment, TicketKind::Invitation, None, &email(&self.email)?, None, vec![]);
        Ok(Decided { reveal: Some(path), ..Event::created(&TICKET_MADE, &ticket).into() })
    }
}

command! {
    /// Makes a link with which someone sets a new password.
    pub struct OfferReset in "account.offer_reset" at Post "/accounts/{member}/reset" [] {
        pub member: Id<Member>,
    }
}

impl Command for OfferReset {
    type Before = Member;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn authority(&self, _: &Member) -> Authority {
        Authority::Administrator
    }
    fn title(&self, before: &Member) -> String {
        format!("New password for {}", before.name)
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (ticket, path) = new_ticket(moment, TicketKind::Reset, None, &before.email, Some(before.id()), vec![]);
        Ok(Decided { reveal: Some(path), ..Event::created(&TICKET_MADE, &ticket).into() })
    }
}

command! {
    /// Makes a reset link that is mailed to the member at once.
    pub struct MailReset in "account.mail_reset" inside {
        pub member: Id<Member>,
    }
}

impl Command for MailReset {
    type Before = Member;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn authority(&self, _: &Member) -> Authority {
        Authority::Nobody
    }
    fn title(&self, before: &Member) -> String {
        format!("New password for {}", before.name)
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (ticket, path) = new_ticket(moment, TicketKind::Reset, None, &before.email, Some(before.id()), vec![]);
        Ok(Decided { reveal: Some(path), ..Event::created(&TICKET_MADE, &ticket).into() })
    }
}

command! {
    /// Makes a link that signs a member in once, for the first start and for the sample product.
    pub struct OfferSignIn in "account.offer_sign_in" inside {
        pub member: Id<Member>,
    }
}

impl Command for OfferSignIn {
    type Before = Member;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, self.member)
    }
    fn authority(&self, _: &Member) -> Authority {
        Authority::Nobody
    }
    fn title(&self, before: &Member) -> String {
        format!("A sign-in link for {}", before.name)
    }
    fn decide(self, before: Member, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (ticket, path) = new_ticket(moment, TicketKind::SignIn, None, &before.email, Some(before.id()), vec![]);
        Ok(Decided { reveal: Some(path), ..Event::created(&TICKET_MADE, &ticket).into() })
    }
}

command! {
    /// Signs in with a link.
    pub struct EnterWithTicket in "session.enter" inside {
        pub token_hash: String,
        pub agent: String,
    }
}

impl Command for EnterWithTicket {
    type Before = (Ticket, Member);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let ticket = rows::ticket(look.reader, &self.token_hash)?;
        if ticket.kind != TicketKind::SignIn {
            return Err(Refusal::NotFound);
        }
        let member = rows::member(look.reader, ticket.member.ok_or(Refusal::NotFound)?)?;
        Ok((ticket, member))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Nobody
    }
    fn title(&self, _: &Self::Before) -> String {
        "Sign in".into()
    }
    fn decide(self, (ticket, member): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        usable(&ticket, moment.now)?;
        let opened = OpenSession { member: member.id(), agent: self.agent }.decide(member, moment, scope)?;
        let mut events = opened.events;
        events.push(used(&ticket, moment.now));
        Ok(Decided { events, reveal: opened.reveal, carry_out: None })
    }
}

command! {
    /// Sets a member's password, already hashed, and signs out everywhere else.
    pub struct SetPassword in "password.set" inside {
        pub member: Id<Member>,
        pub password_hash: String,
    }
}

impl Command for SetPassword {
    type Before = (Member, Vec<Session>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::member(look.reader, self.member)?, rows::open_sessions(look.reader, self.member, 0)?))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Nobody
    }
    fn title(&self, (member, _): &Self::Before) -> String {
        format!("Set the password of {}", member.name)
    }
    fn decide(self, (member, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = end(sessions, moment);
        events.push(edit(&PASSWORD_SET, &member, |m| {
            m.password_hash = Some(self.password_hash);
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Sets a new password with a reset ticket.
    pub struct ResetPassword in "password.reset" inside {
        pub token_hash: String,
        pub password_hash: String,
    }
}

impl Command for ResetPassword {
    type Before = (Ticket, Member, Vec<Session>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let ticket = rows::ticket(look.reader, &self.token_hash)?;
        let member = rows::member(look.reader, ticket.member.ok_or(Refusal::NotFound)?)?;
        let sessions = rows::open_sessions(look.reader, member.id(), 0)?;
        Ok((ticket, member, sessions))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Nobody
    }
    fn title(&self, (_, member, _): &Self::Before) -> String {
        format!("Set the password of {}", member.name)
    }
    fn decide(self, (ticket, member, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        usable(&ticket, moment.now)?;
        let mut events = end(sessions, moment);
        events.push(used(&ticket, moment.now));
        events.push(edit(&PASSWORD_SET, &member, |m| {
            m.password_hash = Some(self.password_hash);
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Changes one's own name, time zone and theme.
    pub struct EditAccount in "account.edit" at Patch "/account" [] {
        pub name: Option<String>,
        pub zone: Option<String>,
        /// `light`, `dark` or `system`.
        pub theme: Option<String>,
    }
}

impl Command for EditAccount {
    type Before = Member;

    fn load(&self, look: &mut Look) -> Result<Member> {
        rows::member(look.reader, Id::new(look.scope.who.signed_in()?))
    }
    fn authority(&self, _: &Member) -> Authority {
        Authority::Oneself
    }
    fn title(&self, _: &Member) -> String {
        "Change the account".into()
    }
    fn decide(self, before: Member, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&ACCOUNT_EDITED, &before, |m| {
            if let Some(name) = &self.name {
                m.name = trimmed("name", name, 100)?;
            }
            if let Some(zone) = self.zone {
                m.zone = web::when::zone(&zone)?;
            }
            match self.theme.as_deref() {
                None => {}
                Some(theme @ ("light" | "dark" | "system")) => m.theme = theme.to_owned(),
                Some(_) => return Err(Refusal::invalid("theme", "Choose light, dark or system.")),
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes an account; what it did stays in the record.
    pub struct RemoveAccount in "account.remove" at Delete "/accounts/{member}" [] {
        pub member: Id<Member>,
    }
}

impl Command for RemoveAccount {
    type Before = (Member, Vec<Session>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::member(look.reader, self.member)?, rows::open_sessions(look.reader, self.member, 0)?))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Administrator
    }
    fn may(&self, (member, _): &Self::Before, scope: &Scope) -> Result<()> {
        match scope.who.member == Some(member.meta.id) {
            true => Err(Refusal::denied("You cannot remove the account that you are using.")),
            false => Ok(()),
        }
    }
    fn title(&self, (member, _): &Self::Before) -> String {
        format!("Remove {}", member.name)
    }
    fn decide(self, (member, sessions): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = end(sessions, moment);
        events.push(Event::removed(&ACCOUNT_REMOVED, &member, moment.now));
        Ok(events.into())
    }
}

command! {
    /// Creates a key for programs that acts as oneself.
    pub struct CreateToken in "token.create" at Post "/account/tokens" [] {
        pub name: String,
        /// Without it the token may only read.
        #[serde(default)]
        pub can_write: bool,
        /// Days until it expires: 1 to 366.
        #[serde(default = "days")]
        pub days: i64,
    }
}

fn days() -> i64 {
    90
}

impl Command for CreateToken {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn authority(&self, (): &()) -> Authority {
        Authority::Oneself
    }
    fn title(&self, (): &()) -> String {
        format!("Create the token {:?}", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (token, plain) = new_token(moment, Id::new(scope.who.signed_in()?), &self.name, self.can_write, self.days)?;
        Ok(Decided { reveal: Some(plain), ..Event::created(&TOKEN_CREATED, &token).into() })
    }
}

fn new_token(moment: &Moment, member: Id<Member>, name: &str, can_write: bool, days: i64) -> Result<(ApiToken, String)> {
    if !(1..=366).contains(&days) {
        return Err(Refusal::invalid("days", "A token lives between 1 and 366 days."));
    }
    let secret = moment.secret();
    let token = ApiToken {
        meta: moment.fresh(None),
        member,
        token_hash: secret.hash,
        name: trimmed("name", name, 100)?,
        can_write,
        expires_at: moment.in_days(days),
        revoked_at: None,
    };
    Ok((token, secret.plain))
}

command! {
    /// Makes a token useless from now on.
    pub struct RevokeToken in "token.revoke" at Delete "/account/tokens/{token}" [] {
        pub token: Id<ApiToken>,
    }
}

impl Command for RevokeToken {
    type Before = ApiToken;

    fn load(&self, look: &mut Look) -> Result<ApiToken> {
        rows::own_token(look, self.token)
    }
    fn authority(&self, _: &ApiToken) -> Authority {
        Authority::Oneself
    }
    fn title(&self, before: &ApiToken) -> String {
        format!("Revoke {}", before.label())
    }
    fn decide(self, before: ApiToken, moment: &Moment, _: &Scope) -> Result<Decided> {
        let after = ApiToken { revoked_at: Some(moment.now), ..before.clone() };
        Ok(Event::changed(&TOKEN_REVOKED, &before, &after).into())
    }
}

command! {
    /// Adds an assistant: a non-human actor that one answers for. It may only propose.
    pub struct AddAssistant in "assistant.add" at Post "/account/assistants" [] {
        pub name: String,
        #[serde(default = "days")]
        pub days: i64,
    }
}

impl Command for AddAssistant {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn authority(&self, (): &()) -> Authority {
        Authority::Oneself
    }
    fn title(&self, (): &()) -> String {
        format!("Add the assistant {}", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let meta = moment.fresh(None);
        let assistant = Member {
            name: trimmed("name", &self.name, 100)?,
            email: format!("assistant-{}", meta.id.simple()),
            meta,
            password_hash: None,
            administrator: false,
            answers_for: Some(Id::new(scope.who.signed_in()?)),
            zone: "UTC".into(),
            theme: "system".into(),
        };
        let (token, plain) = new_token(moment, assistant.id(), &self.name, true, self.days)?;
        let events = vec![Event::created(&ACCOUNT_ADDED, &assistant), Event::created(&TOKEN_CREATED, &token)];
        Ok(Decided { reveal: Some(plain), ..events.into() })
    }
}
