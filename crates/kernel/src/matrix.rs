//! Who decides what: hats, areas, standings, and the matrix that says which hat has which standing in which area.

use crate::words;

words! {
    /// The role someone acts in.
    pub enum Hat { Manager = "manager", Owner = "owner", Developer = "developer", Stakeholder = "stakeholder" }
}

words! {
    /// A kind of decision.
    pub enum Area {
        Research = "research", Customers = "customers", Strategy = "strategy", Roadmap = "roadmap",
        Commitments = "commitments", Priorities = "priorities", Announcements = "announcements",
        Backlog = "backlog", Estimates = "estimates", Sprints = "sprints", Work = "work",
        Acceptance = "acceptance", Progress = "progress", Agreement = "agreement",
    }
}

words! {
    /// What a hat may do in an area, from least to most.
    pub enum Standing { None = "none" says "no say", Sees = "sees", Proposes = "proposes", Signs = "signs", Decides = "decides" }
}

words! {
    /// How a team works; fills the matrix.
    pub enum Way { TwoPeople = "two_people" says "two people", BothHats = "both_hats" says "one person with both hats", TextbookScrum = "textbook_scrum" says "textbook Scrum", Safe = "safe" says "SAFe" }
}

impl Hat {
    /// As a person's role in a sentence: "the Owner".
    pub const fn title(self) -> &'static str {
        match self {
            Hat::Manager => "Manager",
            Hat::Owner => "Owner",
            Hat::Developer => "Developer",
            Hat::Stakeholder => "Stakeholder",
        }
    }
}

impl Area {
    /// What the area covers, in plain words.
    pub const fn covers(self) -> &'static str {
        match self {
            Area::Research => "Trends, competitors, segments, market size",
            Area::Customers => "Evidence, needs, pains, interviews, feedback triage",
            Area::Strategy => "Vision, value proposition, objectives, go-to-market",
            Area::Roadmap => "Initiatives, features, horizons Later and Next, themes",
            Area::Commitments => "What is in Now, target windows, releases and their scope",
            Area::Priorities => "Scores and the order of features",
            Area::Announcements => "Updates about vision and roadmap, what is published to whom",
            Area::Backlog => "Stories, their text, criteria, order, splitting",
            Area::Estimates => "Size of stories",
            Area::Sprints => "Plan, goal, scope, start, close, cancel",
            Area::Work => "Moving cards, blockers, stand-ups, tasks, handing over for acceptance",
            Area::Acceptance => "Verdict on a story, definition of done",
            Area::Progress => "Reports on delivery",
            Area::Agreement => "This matrix, the memberships' hats, the definition of ready",
        }
    }

    /// As it stands in a sentence: "the Owner decides on the backlog".
    pub const fn spoken(self) -> &'static str {
        match self {
            Area::Research => "research",
            Area::Customers => "customers",
            Area::Strategy => "the strategy",
            Area::Roadmap => "the roadmap",
            Area::Commitments => "commitments",
            Area::Priorities => "priorities",
            Area::Announcements => "announcements",
            Area::Backlog => "the backlog",
            Area::Estimates => "estimates",
            Area::Sprints => "sprints",
            Area::Work => "the work",
            Area::Acceptance => "acceptance",
            Area::Progress => "progress",
            Area::Agreement => "the agreement",
        }
    }
}

impl Standing {
    const fn letter(self) -> u8 {
        match self {
            Standing::None => b'-',
            Standing::Sees => b'v',
            Standing::Proposes => b'p',
            Standing::Signs => b's',
            Standing::Decides => b'd',
        }
    }

    fn of_letter(letter: u8) -> Standing {
        match letter {
            b'd' => Standing::Decides,
            b's' => Standing::Signs,
            b'p' => Standing::Proposes,
            b'v' => Standing::Sees,
            _ => Standing::None,
        }
    }
}

/// Two rows of letters as far as they differ: "Manager proposes", "Manager decides".
pub fn apart(from_row: &str, to_row: &str) -> (String, String) {
    let (from, to) = (from_row.bytes().chain([b'-'; 4]), to_row.bytes().chain([b'-'; 4]));
    let other: Vec<(Hat, u8, u8)> = Hat::ALL.iter().zip(from.zip(to)).filter(|(_, (a, b))| a != b).map(|(hat, (a, b))| (*hat, a, b)).collect();
    let says = |side: fn(&(Hat, u8, u8)) -> u8| {
        let one = |o: &(Hat, u8, u8)| {
            format!(
                "{} {}",
                o.0.title(),
                match Standing::of_letter(side(o)) {
                    Standing::None => "has no say",
                    standing => standing.word(),
                }
            )
        };
        other.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let (mut before, mut after) = (says(|o| o.1), says(|o| o.2));
    if is_off(from_row) != is_off(to_row) {
        for (said, row) in [(&mut before, from_row), (&mut after, to_row)] {
            *said += if said.is_empty() { "" } else { ", " };
            *said += if is_off(row) { "no proposal is asked for" } else { "proposals are asked for" };
        }
    }
    (before, after)
}

/// Whether four letters are followed by the one that says that an area is off.
fn is_off(row: &str) -> bool {
    row.as_bytes().get(Hat::ALL.len()) == Some(&OFF)
}

/// Stands behind the four letters of an area that is off.
const OFF: u8 = b'o';

/// Standing of each hat in each area. An area may be off: there no proposal is asked for, and whoever would have to
/// propose or sign decides, until the team switches it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    rows: [[Standing; 4]; 14],
    off: [bool; 14],
}

impl Matrix {
    /// The matrix for a way of working. Rows follow `Area::ALL`, letters follow `Hat::ALL`.
    pub fn of_way(way: Way) -> Matrix {
        let mut matrix =
            Matrix::read(&["dppv", "ddpp", "dpvv", "dpvv", "ssvv", "sspv", "dpvv", "pdpp", "vvd-", "vdpv", "vddv", "vdvv", "pdpv", "ssp-"]);
        match way {
            Way::TwoPeople => {}
            // Nothing to sign with oneself: either hat decides what two people would sign.
            Way::BothHats => {
                for area in [Area::Commitments, Area::Priorities, Area::Agreement] {
                    matrix.set(area, Hat::Manager, Standing::Decides);
                    matrix.set(area, Hat::Owner, Standing::Decides);
                }
            }
            // Scrum Guide 2020: one person, the Product Owner, is accountable for order and goal.
            Way::TextbookScrum => {
                for area in [Area::Roadmap, Area::Commitments, Area::Priorities] {
                    matrix.set(area, Hat::Manager, Standing::Proposes);
                    matrix.set(area, Hat::Owner, Standing::Decides);
                }
            }
            // SAFe: Product Management decides features and their order, Owners the team backlog.
            Way::Safe => {
                for area in [Area::Commitments, Area::Priorities] {
                    matrix.set(area, Hat::Manager, Standing::Decides);
                    matrix.set(area, Hat::Owner, Standing::Proposes);
                }
            }
        }
        matrix
    }

    /// Reads fourteen rows of four letters (`d s p v -`), an `o` behind those of an area that is off; anything missing is `none`.
    pub fn read<S: AsRef<str>>(rows: &[S]) -> Matrix {
        let mut matrix = Matrix { rows: [[Standing::None; 4]; 14], off: [false; 14] };
        for ((row, off), text) in matrix.rows.iter_mut().zip(&mut matrix.off).zip(rows) {
            *off = is_off(text.as_ref());
            for (cell, letter) in row.iter_mut().zip(text.as_ref().bytes()) {
                *cell = Standing::of_letter(letter);
            }
        }
        matrix
    }

    /// One area as its letters, the form in which it is kept.
    pub fn row(&self, area: Area) -> String {
        let off = self.is_off(area).then_some(OFF as char);
        self.rows[area as usize].iter().map(|s| s.letter() as char).chain(off).collect()
    }

    pub fn standing(&self, area: Area, hat: Hat) -> Standing {
        self.rows[area as usize][hat as usize]
    }

    pub fn set(&mut self, area: Area, hat: Hat, standing: Standing) {
        self.rows[area as usize][hat as usize] = standing;
    }

    /// Whether no proposal is asked for in an area.
    pub fn is_off(&self, area: Area) -> bool {
        self.off[area as usize]
    }

    /// Has proposals asked for in an area, or not.
    pub fn switch(&mut self, area: Area, on: bool) {
        self.off[area as usize] = !on;
    }

    /// The standings of an area as in another matrix.
    pub fn take(&mut self, area: Area, other: &Matrix) {
        self.rows[area as usize] = other.rows[area as usize];
    }

    /// The hats of a certain standing in an area.
    pub fn hats(&self, area: Area, standing: Standing) -> Vec<Hat> {
        Hat::ALL.iter().copied().filter(|hat| self.standing(area, *hat) == standing).collect()
    }

    /// Who decides now: while some hats are held by nobody, and while some areas are off. Where none of the hats that decide or sign in an area is
    /// held, whatever is asked there would wait for ever; so the Manager and the Owner, as far as they see it,
    /// decide instead. A hat that nobody holds, beside others that somebody does, is passed over when it is to sign.
    pub fn while_held(&self, held: &[Hat]) -> Matrix {
        let mut now = self.clone();
        for area in Area::ALL.iter().filter(|area| self.is_vacant(**area, held)) {
            for hat in [Hat::Manager, Hat::Owner] {
                if self.standing(*area, hat) >= Standing::Sees {
                    now.set(*area, hat, Standing::Decides);
                }
            }
        }
        for area in Area::ALL.iter().filter(|area| self.is_off(**area)) {
            for hat in Hat::ALL {
                if now.standing(*area, *hat) >= Standing::Proposes {
                    now.set(*area, *hat, Standing::Decides);
                }
            }
        }
        now
    }

    /// Whether nobody holds any hat that decides or signs in an area.
    pub fn is_vacant(&self, area: Area, held: &[Hat]) -> bool {
        !held.iter().any(|hat| self.standing(area, *hat) >= Standing::Signs)
    }

    /// The hats whose say counts in an area: those that sign, or else those that decide.
    pub fn deciders(&self, area: Area) -> Vec<Hat> {
        let signs = self.hats(area, Standing::Signs);
        if signs.is_empty() { self.hats(area, Standing::Decides) } else { signs }
    }

    /// Among the hats held, the one to act under: the best standing, the worn hat on a tie.
    pub fn best(&self, area: Area, held: &[Hat], worn: Option<Hat>) -> Option<(Hat, Standing)> {
        held.iter()
            .map(|hat| (*hat, self.standing(area, *hat)))
            .max_by_key(|(hat, standing)| (*standing, worn == Some(*hat), std::cmp::Reverse(*hat)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_matrix_is_the_table_of_product_md() {
        let m = Matrix::of_way(Way::TwoPeople);
        assert_eq!(m.standing(Area::Backlog, Hat::Manager), Standing::Proposes);
        assert_eq!(m.standing(Area::Backlog, Hat::Owner), Standing::Decides);
        assert_eq!(m.standing(Area::Estimates, Hat::Stakeholder), Standing::None);
        assert_eq!(m.standing(Area::Commitments, Hat::Manager), Standing::Signs);
        assert_eq!(m.standing(Area::Agreement, Hat::Developer), Standing::Proposes);
    }

    #[test]
    fn rows_round_trip() {
        for way in Way::ALL {
            let m = Matrix::of_way(*way);
            let rows: Vec<String> = Area::ALL.iter().map(|a| m.row(*a)).collect();
            assert_eq!(Matrix::read(&rows), m);
        }
    }

    #[test]
    fn with_both_hats_nothing_needs_a_signature() {
        let m = Matrix::of_way(Way::BothHats);
        assert!(Area::ALL.iter().all(|a| m.hats(*a, Standing::Signs).is_empty()));
    }

    #[test]
    fn while_nobody_holds_the_deciding_hat_manager_and_owner_decide() {
        let agreed = Matrix::of_way(Way::TwoPeople);
        let two = agreed.while_held(&[Hat::Manager, Hat::Owner]);
        assert_eq!(two.standing(Area::Estimates, Hat::Owner), Standing::Decides, "no developer: the Owner sizes stories");
        assert_eq!(two.standing(Area::Backlog, Hat::Manager), Standing::Proposes, "the Owner is there, so nothing is passed over");
        let alone = agreed.while_held(&[Hat::Manager, Hat::Developer]);
        assert_eq!(alone.standing(Area::Backlog, Hat::Manager), Standing::Decides);
        assert_eq!(alone.standing(Area::Backlog, Hat::Developer), Standing::Proposes, "only the two of them stand in");
        assert_eq!(alone.standing(Area::Commitments, Hat::Manager), Standing::Signs, "one of two signers is there");
        assert_eq!(agreed.while_held(Hat::ALL), agreed);
    }

    #[test]
    fn in_an_area_that_is_off_whoever_would_propose_decides() {
        let mut agreed = Matrix::of_way(Way::TwoPeople);
        agreed.switch(Area::Commitments, false);
        agreed.switch(Area::Backlog, false);
        let now = agreed.while_held(Hat::ALL);
        assert_eq!(now.hats(Area::Commitments, Standing::Decides), [Hat::Manager, Hat::Owner], "nobody waits for a signature");
        assert_eq!(now.hats(Area::Backlog, Standing::Decides), Hat::ALL, "a stakeholder could propose, so they decide");
        assert_eq!(agreed.standing(Area::Commitments, Hat::Owner), Standing::Signs, "what was agreed is kept for when it is on");
        let rows: Vec<String> = Area::ALL.iter().map(|a| agreed.row(*a)).collect();
        assert_eq!((Matrix::read(&rows), agreed.row(Area::Backlog).as_str()), (agreed.clone(), "pdppo"));
        assert_eq!(apart("pdpp", "pdppo"), ("proposals are asked for".to_owned(), "no proposal is asked for".to_owned()));
        agreed.switch(Area::Backlog, true);
        assert_eq!(agreed.row(Area::Backlog), "pdpp");
    }

    #[test]
    fn the_hat_that_decides_wins_over_the_hat_that_is_worn() {
        let m = Matrix::of_way(Way::TwoPeople);
        let held = [Hat::Manager, Hat::Owner];
        assert_eq!(m.best(Area::Backlog, &held, Some(Hat::Manager)), Some((Hat::Owner, Standing::Decides)));
        assert_eq!(m.best(Area::Customers, &held, Some(Hat::Owner)), Some((Hat::Owner, Standing::Decides)));
        assert_eq!(m.best(Area::Backlog, &[], None), None);
    }
}
