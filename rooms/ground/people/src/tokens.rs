//! Commands about keys for programs, and assistants.

use crate::{events::*, model::*, rows};
use kernel::{Area, Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Uuid, command, value::Packed};

command! {
    /// Creates a key for programs that acts as oneself.
    pub struct CreateToken in "token.create" at Post "/account/tokens" [] {
        pub name: Line<100>,
        /// Without it the token may only read.
        #[serde(default)]
        pub can_write: bool,
        /// Days until it expires: 1 to 366.
        #[serde(default = "days")]
        pub days: i64,
        /// Keys of the products that it is for; all of one's own when left out.
        #[serde(default)]
        pub products: Vec<String>,
        /// The areas that it is for; all when left out.
        #[serde(default)]
        pub areas: Vec<Area>,
    }
}

fn days() -> i64 {
    90
}

/// The ids of products that one belongs to.
fn own_products(look: &mut Look, keys: &[String]) -> Result<Vec<Uuid>> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let own = web::app::products_of(look)?;
    let find = |key: &String| own.iter().find(|p| p.key == key.trim().to_uppercase()).map(|p| p.id);
    let mut found: Vec<Uuid> = keys
        .iter()
        .map(|key| find(key).ok_or_else(|| Refusal::invalid("products", format!("You belong to no product {}.", web::clipped(key, 20)))))
        .collect::<Result<_>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}

impl Command for CreateToken {
    /// The products that it is for.
    type Before = Vec<Uuid>;
    const AUTHORITY: Authority = Authority::Oneself;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own_products(look, &self.products)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Create the token “{}”", self.name)
    }
    fn decide(self, products: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (mut token, plain) = new_token(moment, Id::new(scope.who.signed_in()?), self.name, self.days)?;
        token.can_write = self.can_write;
        (token.products, token.areas) = (Packed(products), each_once(self.areas));
        Ok(Decided { reveal: Some(plain), ..Event::created(&TOKEN_CREATED, &token).into() })
    }
}

fn each_once(mut areas: Vec<Area>) -> Packed<Vec<Area>> {
    areas.sort();
    areas.dedup();
    Packed(areas)
}

/// A token that may do everything which its member may.
fn new_token(moment: &Moment, member: Id<Member>, name: Line<100>, days: i64) -> Result<(ApiToken, String)> {
    if !(1..=366).contains(&days) {
        return Err(Refusal::invalid("days", "A token lives between 1 and 366 days."));
    }
    let secret = moment.secret();
    let token = ApiToken {
        meta: moment.fresh(None),
        member,
        token_hash: secret.hash,
        name: name.into(),
        can_write: true,
        products: Packed(vec![]),
        areas: Packed(vec![]),
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
        Ok(revoked(&before, moment).into())
    }
}

command! {
    /// Makes a token useless from now on, whosever it is.
    pub struct WithdrawToken in "token.withdraw" at Delete "/tokens/{token}" [] {
        pub token: Id<ApiToken>,
    }
}

impl Command for WithdrawToken {
    type Before = ApiToken;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<ApiToken> {
        rows::token(look.reader, self.token)
    }
    fn title(&self, before: &ApiToken) -> String {
        format!("Revoke {}", before.label())
    }
    fn decide(self, before: ApiToken, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(revoked(&before, moment).into())
    }
}

pub(crate) fn revoked(before: &ApiToken, moment: &Moment) -> Event {
    let after = ApiToken { revoked_at: Some(moment.now), ..before.clone() };
    Event::changed(&TOKEN_REVOKED, before, &after)
}

command! {
    /// Adds an assistant: a non-human actor that one answers for. It may only propose.
    pub struct AddAssistant in "assistant.add" at Post "/account/assistants" [] {
        pub name: Line<100>,
        #[serde(default = "days")]
        pub days: i64,
        /// Keys of the products that it may see; all of one's own when left out.
        #[serde(default)]
        pub products: Vec<String>,
        /// The areas that it may see; all when left out.
        #[serde(default)]
        pub areas: Vec<Area>,
    }
}

impl Command for AddAssistant {
    /// The products that it may see.
    type Before = Vec<Uuid>;
    const AUTHORITY: Authority = Authority::Oneself;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own_products(look, &self.products)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Add the assistant {}", self.name)
    }
    fn decide(self, products: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let meta = moment.fresh(None);
        let assistant = Member {
            name: self.name.to_string(),
            email: format!("assistant-{}", meta.id.simple()),
            meta,
            password_hash: None,
            administrator: false,
            answers_for: Some(Id::new(scope.who.signed_in()?)),
            zone: "UTC".into(),
            theme: "system".into(),
            keys_off: false,
        };
        let (mut token, plain) = new_token(moment, assistant.id(), self.name, self.days)?;
        (token.products, token.areas) = (Packed(products), each_once(self.areas));
        let events = vec![Event::created(&ACCOUNT_ADDED, &assistant), Event::created(&TOKEN_CREATED, &token)];
        Ok(Decided { reveal: Some(plain), ..events.into() })
    }
}
