//! Commands about keys for programs, and assistants.

use crate::{events::*, model::*, rows};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, command, trimmed};

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
    const AUTHORITY: Authority = Authority::Oneself;

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Create the token “{}”", self.name)
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
    const AUTHORITY: Authority = Authority::Oneself;

    fn load(&self, look: &mut Look) -> Result<ApiToken> {
        rows::own_token(look, self.token)
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
    const AUTHORITY: Authority = Authority::Oneself;

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
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
