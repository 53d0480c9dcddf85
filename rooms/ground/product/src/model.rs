//! A product, who belongs to it, and the columns that its work passes through.

use kernel::{Hat, Id, Matrix, Meta, Noun, Rank, Refusal, Result, matrix::Way, noun, value::Packed, words};
use people::Member;
use web::app::Lent;

noun! {
    /// What a team builds.
    pub struct Product in "product" {
        key: String,
        name: String,
        about: String,
        way: Way,
        /// Definition of ready, one line each.
        ready_list: String,
        /// Definition of done, one line each.
        done_list: String,
        /// IANA name of the time zone that its schedules are kept in; empty is UTC.
        zone: String,
        /// Keys that it had before; what names one leads on.
        formerly: Packed<Vec<String>>,
        /// Since when it is only read.
        archived_at: Option<i64>,
        /// What revenue is counted in, as EUR; empty where nobody has said.
        currency: String,
    } label(p) p.name.clone();
    about { many: "products", home: kernel::Home::Workspace, read: kernel::Reading::ByRoom,
      called: &[("about", "description"), ("way", "way of working"), ("ready_list", "definition of ready"), ("done_list", "definition of done"), ("zone", "time zone"), ("formerly", "former keys")],
      hushed: &["formerly", "archived_at"] }
}

noun! {
    /// The matrix of a product: four letters an area, one for each hat.
    pub struct Agreement in "agreement" {
        research: String, customers: String, strategy: String, roadmap: String, commitments: String, priorities: String,
        announcements: String, backlog: String, estimates: String, sprints: String, work: String, acceptance: String,
        progress: String, agreement: String,
    } label(_a) "who decides what".to_owned(); veil(sees) kernel::Area::ALL.iter().filter(|area| !sees(**area)).for_each(|area| *_a.row_mut(*area) = "----".into());
    about { many: "agreements", place: "who-decides",
      veiled: &[("research", kernel::Area::Research), ("customers", kernel::Area::Customers), ("strategy", kernel::Area::Strategy),
        ("roadmap", kernel::Area::Roadmap), ("commitments", kernel::Area::Commitments), ("priorities", kernel::Area::Priorities),
        ("announcements", kernel::Area::Announcements), ("backlog", kernel::Area::Backlog), ("estimates", kernel::Area::Estimates),
        ("sprints", kernel::Area::Sprints), ("work", kernel::Area::Work), ("acceptance", kernel::Area::Acceptance),
        ("progress", kernel::Area::Progress), ("agreement", kernel::Area::Agreement)] }
}

impl Agreement {
    /// The matrix that is written down.
    pub fn matrix(&self) -> Matrix {
        let rows: Vec<String> = self.values().iter().map(kernel::Value::words).collect();
        Matrix::read(&rows)
    }

    /// The four letters of an area.
    fn row_mut(&mut self, area: kernel::Area) -> &mut String {
        use kernel::Area::*;
        match area {
            Research => &mut self.research,
            Customers => &mut self.customers,
            Strategy => &mut self.strategy,
            Roadmap => &mut self.roadmap,
            Commitments => &mut self.commitments,
            Priorities => &mut self.priorities,
            Announcements => &mut self.announcements,
            Backlog => &mut self.backlog,
            Estimates => &mut self.estimates,
            Sprints => &mut self.sprints,
            Work => &mut self.work,
            Acceptance => &mut self.acceptance,
            Progress => &mut self.progress,
            kernel::Area::Agreement => &mut self.agreement,
        }
    }

    /// Writes a matrix down.
    pub fn of(meta: Meta, matrix: &Matrix) -> Agreement {
        use kernel::Area::*;
        Self {
            meta,
            research: matrix.row(Research),
            customers: matrix.row(Customers),
            strategy: matrix.row(Strategy),
            roadmap: matrix.row(Roadmap),
            commitments: matrix.row(Commitments),
            priorities: matrix.row(Priorities),
            announcements: matrix.row(Announcements),
            backlog: matrix.row(Backlog),
            estimates: matrix.row(Estimates),
            sprints: matrix.row(Sprints),
            work: matrix.row(Work),
            acceptance: matrix.row(Acceptance),
            progress: matrix.row(Progress),
            agreement: matrix.row(kernel::Area::Agreement),
        }
    }
}

noun! {
    /// Gives a member hats in a product.
    pub struct Membership in "membership" {
        member: Id<Member>,
        hats: Packed<Vec<Hat>>,
        worn: Option<Hat>,
        lent: Packed<Vec<Lent>>,
    } label(_m) "a membership".to_owned();
    about { many: "memberships", made_anew: true, hushed: &["member", "worn", "lent"] }
}

words! {
    /// Where a story stands, whatever a team calls its columns.
    pub enum Stage { Open = "open", Doing = "doing" says "in progress", HandedOver = "handed_over" says "handed over", Accepted = "accepted", Dropped = "dropped" }
}

/// How people say a stage that was read as text; other words as they are.
pub fn stage_says(word: &str) -> &str {
    Stage::parse(word).map_or(word, |stage| stage.says())
}

noun! {
    /// A column of the board.
    pub struct BoardColumn in "board_column" {
        name: String,
        stage: Stage,
        rank: Rank,
        /// The most cards that should be in it at once.
        wip: Option<i64>,
        /// What has to hold of a card before it leaves.
        policy: String,
    } label(c) format!("the column “{}”", c.name);
    about { many: "columns", one: "column", called: &[("wip", "limit")] }
}

/// The first column of a stage: where a card goes that enters it.
pub fn column_of(columns: &[BoardColumn], stage: Stage) -> Option<Id<BoardColumn>> {
    columns.iter().find(|c| c.stage == stage).map(Noun::id)
}

/// The columns a new product starts with.
pub const FIRST_COLUMNS: &[(&str, Stage, Option<i64>)] = &[
    ("To do", Stage::Open, None),
    ("In progress", Stage::Doing, Some(5)),
    ("In review", Stage::Doing, Some(4)),
    ("Handed over", Stage::HandedOver, None),
    ("Accepted", Stage::Accepted, None),
];

/// What a story needs before a sprint, until the team says otherwise (INVEST).
pub const FIRST_READY_LIST: &str = "It has acceptance criteria\nIt has an estimate\nIt hangs on a feature\nIt says for whom and why";

/// What a product key is made of, for people and for browsers.
pub(crate) const KEY_RULE: &str = "A key has 2 to 8 letters from A to Z or digits, and starts with a letter.";
pub(crate) const KEY_PATTERN: &str = "\\s*[A-Za-z][A-Za-z0-9]{1,7}\\s*";

/// Checks a product key.
pub fn product_key(text: &str) -> Result<String> {
    let key = text.trim().to_uppercase();
    match kernel::Key::is_product_key(&key) {
        true => Ok(key),
        false => Err(Refusal::invalid("key", KEY_RULE)),
    }
}

/// Checks a code of ISO 4217: three letters, or nothing.
pub(crate) fn currency_code(text: &str) -> Result<String> {
    let text = text.trim();
    match text.len() {
        0 => Ok(String::new()),
        3 if text.bytes().all(|letter| letter.is_ascii_alphabetic()) => Ok(text.to_uppercase()),
        _ => Err(Refusal::invalid("currency", "A currency is a code of three letters, such as EUR.")),
    }
}

/// At least one hat, each once.
pub fn hats(given: &[Hat]) -> Result<Packed<Vec<Hat>>> {
    let mut hats = given.to_vec();
    hats.sort();
    hats.dedup();
    match hats.is_empty() {
        true => Err(Refusal::invalid("hats", "Choose at least one hat.")),
        false => Ok(Packed(hats)),
    }
}
