//! Who asks, through which door, and in which product.

use crate::{Area, Hat, Matrix, Refusal, Result, Standing, words};
use serde::Serialize;
use uuid::Uuid;

words! {
    /// The door a command came through.
    pub enum Door { Page = "page", Rest = "rest" says "through REST", Mcp = "mcp" says "through MCP", Cli = "cli" says "from the command line", Import = "import" says "by import", Schedule = "schedule" says "by the clock", Task = "task" says "in the background" }
}

/// How far a credential reaches. A session reaches as far as its member; a token may be cut down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// It may not change anything.
    pub read_only: bool,
    /// Only these products; every product when empty.
    pub products: Vec<Uuid>,
    /// Only matters of these areas; of every area when empty.
    pub areas: Vec<Area>,
}

impl Reach {
    /// Whether it ends short of what its member may do.
    pub fn is_cut_down(&self) -> bool {
        !self.products.is_empty() || !self.areas.is_empty()
    }

    /// Whether a product lies within it.
    pub fn product(&self, id: Uuid) -> bool {
        self.products.is_empty() || self.products.contains(&id)
    }

    /// Whether an area lies within it.
    pub fn area(&self, area: Area) -> bool {
        self.areas.is_empty() || self.areas.contains(&area)
    }
}

/// The actor as known at the moment of the transaction.
#[derive(Clone, Debug, Serialize)]
pub struct Who {
    /// `None`: nobody is signed in.
    pub member: Option<Uuid>,
    pub name: String,
    /// An assistant acts for the member who answers for it, and may only propose.
    pub assistant: Option<Uuid>,
    pub administrator: bool,
    /// Hats held in the product at hand, lent ones included.
    pub hats: Vec<Hat>,
    /// The hat chosen in the rail.
    pub worn: Option<Hat>,
    /// A hat chosen for this one act.
    pub chosen: Option<Hat>,
    pub door: Door,
    /// How far what they showed at the door reaches.
    pub reach: Reach,
    /// IANA name of their time zone.
    pub zone: String,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// Single keys are no shortcuts.
    pub keys_off: bool,
}

impl Who {
    /// Who set up, imports and migrates: nobody in particular.
    pub fn nobody(door: Door) -> Who {
        Who {
            member: None,
            name: String::new(),
            assistant: None,
            administrator: false,
            hats: vec![],
            worn: None,
            chosen: None,
            door,
            reach: Reach::default(),
            zone: "UTC".into(),
            theme: "system".into(),
            keys_off: false,
        }
    }

    /// The member, or the demand to sign in.
    pub fn signed_in(&self) -> Result<Uuid> {
        self.member.ok_or(Refusal::SignIn)
    }
}

/// The product at hand.
#[derive(Clone, Debug, Serialize)]
pub struct ProductHead {
    pub id: Uuid,
    pub key: String,
    pub name: String,
    /// Keys that it had before; they lead on to it.
    pub formerly: Vec<String>,
    /// It is read, and nothing in it changes.
    pub archived: bool,
}

impl ProductHead {
    /// One of a list, of which no more is asked.
    pub fn named(id: Uuid, key: String, name: String) -> ProductHead {
        ProductHead { id, key, name, formerly: vec![], archived: false }
    }

    /// Whether a key is its own, now or before.
    pub fn goes_by(&self, key: &str) -> bool {
        self.key == key || self.formerly.iter().any(|former| former == key)
    }
}

/// Who asks and where: everything that rights are decided on.
#[derive(Clone, Debug)]
pub struct Scope {
    pub who: Who,
    /// The product, if the asker is a member of it.
    pub product: Option<ProductHead>,
    /// Who decides what, as agreed.
    pub agreed: Matrix,
    /// Who decides what now: as agreed, with hats that nobody holds passed over.
    pub matrix: Matrix,
    /// The hats that somebody holds in the product.
    pub held: Vec<Hat>,
    /// When it is asked; milliseconds since 1970.
    pub now: i64,
    /// A model is set up that drafts, for pages that lead there.
    pub helped: bool,
    /// What is asked may be done in an archived product too.
    awake: bool,
}

impl Scope {
    pub fn new(who: Who, product: Option<ProductHead>, agreed: Matrix, held: Vec<Hat>, now: i64) -> Scope {
        let matrix = agreed.while_held(&held);
        Scope { who, product, agreed, matrix, held, now, helped: false, awake: false }
    }

    /// The same for what may be done in an archived product: bringing it back.
    pub fn awake(&self) -> Scope {
        Scope { awake: true, ..self.clone() }
    }

    /// The most that anybody may do in the product at hand.
    fn most(&self) -> Standing {
        match &self.product {
            Some(product) if product.archived && !self.awake => Standing::Sees,
            _ if self.who.assistant.is_some() => Standing::Proposes,
            _ => Standing::Decides,
        }
    }

    /// Nobody, nowhere.
    pub fn nowhere(door: Door, now: i64) -> Scope {
        Scope::new(Who::nobody(door), None, Matrix::read::<&str>(&[]), vec![], now)
    }

    /// The hats that decide or sign in an area by agreement and are held by nobody.
    pub fn missing(&self, area: Area) -> Vec<Hat> {
        if self.agreed.is_off(area) {
            return vec![];
        }
        let decides = self.agreed.deciders(area);
        let counts = self.agreed.is_vacant(area, &self.held) || decides.iter().any(|h| self.agreed.standing(area, *h) == Standing::Signs);
        decides.into_iter().filter(|h| counts && !self.held.contains(h)).collect()
    }

    /// What only people do: their assistants are told so.
    pub fn by_people(&self, told: &str) -> Result<()> {
        match self.who.assistant {
            None => Ok(()),
            Some(_) => Err(Refusal::denied(told)),
        }
    }

    /// The member as the person they are: no assistant of theirs, and no token for some products or areas only.
    pub fn oneself(&self) -> Result<Uuid> {
        match self.who.assistant.is_some() || self.who.reach.is_cut_down() {
            true => Err(Refusal::denied("What is a member's own is read by themselves, not by an assistant or a token for some products or areas.")),
            false => self.who.signed_in(),
        }
    }

    /// The product's id; a stranger gets "not found" (its existence is not given away).
    pub fn product_id(&self) -> Result<Uuid> {
        self.product.as_ref().map(|p| p.id).ok_or(Refusal::NotFound)
    }

    pub fn product(&self) -> Result<&ProductHead> {
        self.product.as_ref().ok_or(Refusal::NotFound)
    }

    /// Whose signature a proposal in an area asks for, and whose is passed over.
    pub fn asked(&self, area: Area) -> (Vec<Hat>, Vec<Hat>) {
        let asked = self.matrix.deciders(area).into_iter().filter(|h| self.held.contains(h)).collect();
        (asked, self.missing(area))
    }

    /// The hats whose word a proposal in an area still waits for, once some have said theirs. Where all have and it is open
    /// all the same, nobody holds a hat any more for which it had waited: any of the others then settles it, by an act
    /// of their own.
    pub fn awaited(&self, area: Area, said: &[Hat]) -> Vec<Hat> {
        let asked = self.asked(area).0;
        match asked.iter().all(|hat| said.contains(hat)) {
            true => asked,
            false => asked.into_iter().filter(|hat| !said.contains(hat)).collect(),
        }
    }

    /// The hat to act under in an area, with its standing; an assistant never more than proposes, a token has none beyond
    /// its reach, and in an archived product everybody only sees.
    pub fn standing(&self, area: Area) -> (Option<Hat>, Standing) {
        if !self.who.reach.area(area) {
            return (None, Standing::None);
        }
        let held: Vec<Hat> = match self.who.chosen {
            Some(hat) if self.who.hats.contains(&hat) => vec![hat],
            Some(_) => vec![],
            None => self.who.hats.clone(),
        };
        match self.matrix.best(area, &held, self.who.worn) {
            Some((hat, standing)) => (Some(hat), standing.min(self.most())),
            None => (None, Standing::None),
        }
    }

    /// Whether a decision of one area settles matters of another along with it: the asker decides there, or else
    /// everyone does whose signature the asker would need.
    pub fn settles(&self, by: Area, area: Area) -> bool {
        let decides = |area| self.standing(area).1 == Standing::Decides;
        let signers = self.asked(by).0;
        let all = || !signers.is_empty() && signers.iter().all(|hat| self.matrix.standing(area, *hat) == Standing::Decides);
        decides(area) || (!decides(by) && all())
    }

    /// Whether the asker may look at matters of an area.
    pub fn sees(&self, area: Area) -> bool {
        self.standing(area).1 >= Standing::Sees
    }

    /// `ORB-42`.
    pub fn key(&self, number: i64) -> String {
        format!("{}-{number}", self.product.as_ref().map_or("?", |p| p.key.as_str()))
    }
}
