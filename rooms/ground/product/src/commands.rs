//! Setting up the workspace and products.

use crate::{events::*, model::*, rows};
use kernel::{
    Authority, Command, Decided, Event, Hat, Id, Line, Look, Matrix, Moment, Noun, Rank, Refusal, Result, Scope, Text, command, event::edit, give,
    matrix::Way, value::Packed,
};
use people::Member;

command! {
    /// Sets up a fresh workspace: its administrator and its first product.
    pub struct SetUp in "workspace.set_up" inside {
        pub name: Line<100>,
        pub email: String,
        pub password_hash: Option<String>,
        pub product: Line<100>,
        pub key: String,
        pub way: Way,
        pub hats: Vec<Hat>,
        pub agent: String,
        /// Time zone of whoever sets up, as their browser says.
        #[serde(default)]
        pub zone: String,
    }
}

impl Command for SetUp {
    type Before = ();
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<()> {
        match people::nobody_yet(look.reader)? {
            true => Ok(()),
            false => Err(Refusal::denied("This workspace is set up already. Sign in, or ask its administrator to invite you.")),
        }
    }
    fn title(&self, (): &()) -> String {
        "Set up the workspace".into()
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut admin = people::new_member(moment, self.name, &self.email, self.password_hash, true)?;
        admin.zone = people::zone_or_utc(&self.zone);
        let opened = people::OpenSession { member: admin.id(), agent: self.agent }.decide(admin.clone(), moment, scope)?;
        let mut events = vec![Event::created(&people::ACCOUNT_ADDED, &admin)];
        events.extend(founded(moment, self.product, &self.key, self.way, (admin.id(), &admin.zone), &self.hats)?);
        events.extend(opened.events);
        Ok(Decided { events, ..opened })
    }
}

command! {
    /// Sets up a product: how its team works fills the matrix of who decides what.
    pub struct CreateProduct in "product.create" at Post "/products" [] {
        pub name: Line<100>,
        /// 2 to 8 letters from A to Z or digits, starting with a letter, such as ORB.
        pub key: String,
        pub way: Way,
        /// The hats of whoever sets it up.
        pub hats: Vec<Hat>,
    }
}

impl Command for CreateProduct {
    type Before = ();
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, look: &mut Look) -> Result<()> {
        match rows::key_taken(look.reader, &product_key(&self.key)?, None)? {
            true => Err(Refusal::invalid("key", "Another product has this key.")),
            false => Ok(()),
        }
    }
    fn title(&self, (): &()) -> String {
        format!("Set up {}", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let me = Id::new(scope.who.signed_in()?);
        Ok(founded(moment, self.name, &self.key, self.way, (me, &scope.who.zone), &self.hats)?.into())
    }
}

/// A product with its agreement, first member and first columns; at home where its founder is.
fn founded(moment: &Moment, name: Line<100>, key: &str, way: Way, (founder, zone): (Id<Member>, &str), given: &[Hat]) -> Result<Vec<Event>> {
    let mut meta = moment.fresh(None);
    let id = meta.id;
    meta.product = Some(id);
    let product = Product {
        meta,
        key: product_key(key)?,
        name: name.into(),
        about: String::new(),
        way,
        ready_list: FIRST_READY_LIST.to_owned(),
        done_list: String::new(),
        zone: if zone == "UTC" { String::new() } else { zone.to_owned() },
        formerly: Packed(vec![]),
        archived_at: None,
        currency: String::new(),
    };
    let agreement = Agreement::of(moment.fresh(Some(id)), &Matrix::of_way(way));
    let membership = new_membership(moment, id, founder, given)?;
    let mut events = vec![
        Event::created(&PRODUCT_CREATED, &product),
        Event::created(&AGREEMENT_MADE, &agreement),
        Event::created(&MEMBER_JOINED, &membership).called(titles(given)),
    ];
    let mut last: Option<Rank> = None;
    for (name, stage, wip) in FIRST_COLUMNS {
        let rank = Rank::between(last.as_ref(), None);
        let column = BoardColumn {
            meta: moment.fresh(Some(id)),
            name: (*name).to_owned(),
            stage: *stage,
            rank: rank.clone(),
            wip: *wip,
            policy: String::new(),
        };
        events.push(Event::created(&COLUMN_ADDED, &column));
        last = Some(rank);
    }
    Ok(events)
}

/// "Owner and Developer", each once.
pub(crate) fn titles(hats: &[Hat]) -> String {
    Hat::ALL.iter().filter(|h| hats.contains(h)).map(|h| h.title()).collect::<Vec<_>>().join(" and ")
}

/// A fresh membership.
pub fn new_membership(moment: &Moment, product: kernel::Uuid, member: Id<Member>, given: &[Hat]) -> Result<Membership> {
    Ok(Membership { meta: moment.fresh(Some(product)), member, hats: hats(given)?, worn: None, lent: Packed(vec![]) })
}

command! {
    /// Changes a product's name, description, time zone and currency.
    pub struct EditProduct in "product.edit" at Patch "/products/{product}" [Agreement] {
        pub name: Option<Line<100>>,
        pub about: Option<Text<20_000>>,
        /// In which its schedules are kept, such as Europe/Berlin.
        pub zone: Option<String>,
        /// What revenue is counted in, such as EUR; empty for none.
        pub currency: Option<String>,
    }
}

impl Command for EditProduct {
    type Before = Product;

    fn load(&self, look: &mut Look) -> Result<Product> {
        let product = rows::product(look)?;
        Ok(product)
    }
    fn title(&self, before: &Product) -> String {
        format!("Change {}", before.name)
    }
    fn decide(self, before: Product, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&PRODUCT_EDITED, &before, |p| {
            give(&mut p.name, self.name);
            give(&mut p.about, self.about);
            match self.zone.as_deref() {
                None => {}
                Some("" | "UTC") => p.zone.clear(),
                Some(zone) => p.zone = web::when::zone(zone)?,
            }
            if let Some(currency) = self.currency {
                p.currency = currency_code(&currency)?;
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}
