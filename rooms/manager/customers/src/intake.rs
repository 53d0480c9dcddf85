//! Intake addresses: whoever knows the word of one may send evidence to it, without an account and with no more than that.

use crate::{events::*, model::*};
use kernel::{
    Authority, Column, Command, Decided, Event, Id, Line, Link, Look, Moment, Named, Noun, Refusal, Result, Scope, Text, Uuid, Value, Waits, Words,
    command, look::find_rows,
};
use web::when;

/// So many addresses that work a product has at once.
const MOST: usize = 50;
/// So much comes in by one address in a day; what is more than that is no feedback.
const MOST_IN_A_DAY: i64 = 2_000;
const DAY: i64 = 86_400_000;

command! {
    /// Makes an address to which other programs send evidence. Its word is shown this once.
    pub struct MakeIntake in "intake.make" at Post "/products/{product}/intakes" [Customers] {
        /// What sends to it: a mailbox, a chat, a browser.
        pub name: Line<100>,
        /// What that sends.
        #[serde(default = "ticket")]
        pub kind: EvidenceKind,
    }
}

fn ticket() -> EvidenceKind {
    EvidenceKind::Ticket
}

impl Command for MakeIntake {
    /// How many work already.
    type Before = usize;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<usize> {
        Ok(Intake::all(look, "and revoked_at is null", &[])?.len())
    }
    fn title(&self, _: &usize) -> String {
        format!("Make an intake address for “{}”", self.name)
    }
    fn decide(self, before: usize, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} addresses are enough. Revoke some that nobody uses.")));
        }
        let secret = moment.secret();
        let intake = Intake {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            kind: self.kind,
            member: Id::new(scope.who.signed_in()?),
            token_hash: secret.hash,
            revoked_at: None,
        };
        Ok(Decided { reveal: Some(format!("/in/{}", secret.plain)), untold: true, ..Event::created(&INTAKE_MADE, &intake).into() })
    }
}

command! {
    /// Makes an intake address useless from now on. What came in by it stays.
    pub struct RevokeIntake in "intake.revoke" at Delete "/products/{product}/intakes/{intake}" [Customers] {
        pub intake: Id<Intake>,
    }
}

impl Command for RevokeIntake {
    type Before = Intake;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Intake> {
        Intake::get(look, self.intake)
    }
    fn title(&self, before: &Intake) -> String {
        format!("Revoke the intake address “{}”", before.name)
    }
    fn decide(self, before: Intake, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.revoked_at.is_some() {
            return Err(Refusal::invalid("intake", "This address was revoked already."));
        }
        let after = Intake { revoked_at: Some(moment.now), ..before.clone() };
        Ok(Event::changed(&INTAKE_REVOKED, &before, &after).into())
    }
}

/// The address whose word is kept as `$1`, if it takes anything: whoever made it still belongs to its product.
pub(crate) const OPEN: &str = "join member maker on maker.id = intake.member and maker.removed_at is null
    join membership belongs on belongs.member = maker.id and belongs.product = intake.product and belongs.removed_at is null
    join product on product.id = intake.product and product.removed_at is null
    where intake.token_hash = $1 and intake.revoked_at is null and intake.removed_at is null";

command! {
    /// Takes in evidence that another program sent.
    pub struct ReceiveEvidence in "evidence.receive" inside {
        /// What is kept of the word of the address.
        pub intake_hash: String,
        pub quote: Words<20_000>,
        pub kind: Option<EvidenceKind>,
        #[serde(default)]
        pub source: Text<300>,
        #[serde(default)]
        pub url: Link,
        /// Whose words they are; found by name or by their id in another system, and never made known by a stranger.
        #[serde(default)]
        pub customer: Text<200>,
        /// The day it was said, where that is known and over.
        pub noted_on: Option<kernel::Day>,
    }
}

/// The address, and the customer that is meant.
pub struct Opened {
    intake: Intake,
    customer: Option<Id<Customer>>,
}

impl Command for ReceiveEvidence {
    type Before = Opened;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("intake_hash");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Opened> {
        let intake: Intake = find_rows(look.reader, OPEN, &[Value::Text(self.intake_hash.clone())])?.pop().ok_or(Refusal::NotFound)?;
        let product: Uuid = intake.meta.product.ok_or(Refusal::NotFound)?;
        let since = Value::Int(look.now() - DAY);
        let today = "select count(*) from (select 1 from evidence where came_in = $1 and created_at > $2 limit $3) as recent";
        let today =
            look.reader.query(today, &[intake.meta.id.value(), since, Value::Int(MOST_IN_A_DAY)])?.pop().map_or(Ok(0), |mut row| row.take())?;
        if today >= MOST_IN_A_DAY {
            return Err(Refusal::TooMany { retry_seconds: 3_600 });
        }
        let name = self.customer.to_lowercase();
        let known = "where product = $1 and (lower(name) = $2 or $3 in (name, external_id)) and removed_at is null order by created_at, id limit 1";
        let customer = match name.is_empty() {
            true => None,
            false => {
                let found: Vec<Customer> =
                    find_rows(look.reader, known, &[product.value(), Value::Text(name), Value::Text(self.customer.to_string())])?;
                found.first().map(Noun::id)
            }
        };
        Ok(Opened { intake, customer })
    }
    fn title(&self, _: &Opened) -> String {
        "Take in evidence".into()
    }
    fn decide(self, Opened { intake, customer }: Opened, moment: &Moment, _: &Scope) -> Result<Decided> {
        let today = when::day(moment.now);
        let source = match (self.source.is_empty(), customer, self.customer.is_empty()) {
            (true, None, false) => self.customer.to_string(),
            (true, ..) => intake.name.clone(),
            _ => self.source.into(),
        };
        let evidence = Evidence {
            kind: self.kind.unwrap_or(intake.kind),
            quote: self.quote.into(),
            source,
            url: self.url.into(),
            customer: customer.map_or(Named::Nothing, Named::Record),
            noted_on: self.noted_on.map(String::from).filter(|day| *day <= today).unwrap_or(today),
            came_in: Some(intake.id()),
            ..Evidence::begun(moment.fresh(intake.meta.product))
        };
        Ok(Event::created(&EVIDENCE_CAME_IN, &evidence).into())
    }
}
