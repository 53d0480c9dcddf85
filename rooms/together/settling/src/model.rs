//! A sorting of the slips, a slip that was laid open, and what was settled.

use kernel::{Area, Hat, Heard, Id, Matrix, Reading, Standing, Uuid, erasure, noun, value::Packed, words};

words! {
    /// Where a slip is put: who decides there.
    pub enum Pile {
        Manager = "manager" says "the Manager decides", Owner = "owner" says "the Owner decides", Both = "both" says "both sign",
        Either = "either" says "either of the two decides", Team = "team" says "the Developers decide",
        OwnerAndTeam = "owner_and_team" says "the Owner and the Developers each decide", Unsure = "unsure" says "I am not sure",
    }
}

impl Pile {
    /// The hats that decide, and whether they sign together.
    fn deciders(self) -> (&'static [Hat], Standing) {
        match self {
            Pile::Manager => (&[Hat::Manager], Standing::Decides),
            Pile::Owner => (&[Hat::Owner], Standing::Decides),
            Pile::Both => (&[Hat::Manager, Hat::Owner], Standing::Signs),
            Pile::Either => (&[Hat::Manager, Hat::Owner], Standing::Decides),
            Pile::Team => (&[Hat::Developer], Standing::Decides),
            Pile::OwnerAndTeam => (&[Hat::Owner, Hat::Developer], Standing::Decides),
            Pile::Unsure => (&[], Standing::Decides),
        }
    }

    /// Puts an area into this pile: whoever decided there before and does not now still proposes; everyone else stands as
    /// they stood.
    pub fn put(self, matrix: &mut Matrix, area: Area) {
        let (hats, standing) = self.deciders();
        if hats.is_empty() {
            return;
        }
        for hat in Hat::ALL {
            let before = matrix.standing(area, *hat);
            matrix.set(area, *hat, if hats.contains(hat) { standing } else { before.min(Standing::Proposes) });
        }
    }

    /// The pile in which an area lies; none where a team has made a mix of its own.
    pub fn of(matrix: &Matrix, area: Area) -> Option<Pile> {
        let settled = Pile::ALL.iter().copied().filter(|pile| *pile != Pile::Unsure);
        settled.into_iter().find(|pile| {
            let (hats, standing) = pile.deciders();
            Hat::ALL.iter().all(|hat| {
                let there = matrix.standing(area, *hat);
                if hats.contains(hat) { there == standing } else { there < Standing::Signs }
            })
        })
    }
}

noun! {
    /// A sorting of the slips: each of those who are asked sorts them alone, then all are laid side by side.
    pub struct Sorting in "sorting" {
        /// Who laid out the slips.
        member: Uuid,
        asked: Packed<Vec<Uuid>>,
        /// The round in which it is noted that somebody is through with theirs.
        finished: String,
        opened_at: Option<i64>,
        ended_at: Option<i64>,
    } label(_s) "who decides what".to_owned();
    about { many: "sortings", read: Reading::Sees(Area::Agreement), place: "sorting?show={id}", discussed: true, hushed: &["member", "asked", "finished", "opened_at", "ended_at"],
      heard: Heard { whose: &["member"], names: &["asked"], news: &["opened_at"], ..Heard::NOTHING }, points_at: &[("member", "member")] }
}

impl Sorting {
    /// The rounds of what is sealed in it: the sorts, and who is through with theirs.
    pub(crate) fn rounds(&self) -> Vec<Uuid> {
        [Some(self.meta.id), self.through()].into_iter().flatten().collect()
    }

    /// The round in which it is noted that somebody is through.
    pub(crate) fn through(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.finished).ok()
    }
}

noun! {
    /// Where one member put one slip.
    pub struct Slip in "slip" {
        sorting: Id<Sorting>,
        member: Uuid,
        area: Area,
        pile: Pile,
        note: String,
    } label(s) s.area.word().to_owned();
    about { many: "slips", read: Reading::Of("sorting", "sorting"), part_of: "sorting", told_new: &["note"], said: Some(erasure::Said { by: "member", words: &["note"], unless: "" }), points_at: &[("member", "member")] }
}

noun! {
    /// What was settled of an area, and why.
    pub struct Settlement in "settlement" {
        sorting: Id<Sorting>,
        area: Area,
        pile: Pile,
        reason: String,
    } label(s) format!("{}: {}", s.area, s.pile.says());
    about { many: "settlements", read: Reading::Of("sorting", "sorting"), part_of: "sorting", told_new: &["reason"], hushed: &["sorting"], made_anew: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::matrix::Way;

    #[test]
    fn every_area_of_two_people_lies_in_a_pile() {
        let m = Matrix::of_way(Way::TwoPeople);
        let lies = |area| Pile::of(&m, area);
        assert_eq!(lies(Area::Commitments), Some(Pile::Both));
        assert_eq!(lies(Area::Customers), Some(Pile::Either));
        assert_eq!(lies(Area::Work), Some(Pile::OwnerAndTeam));
        assert_eq!(lies(Area::Estimates), Some(Pile::Team));
        assert!(Area::ALL.iter().all(|area| lies(*area).is_some()));
    }

    #[test]
    fn putting_a_slip_into_a_pile_puts_it_there_and_moves_nobody_else_up() {
        for pile in Pile::ALL.iter().filter(|pile| **pile != Pile::Unsure) {
            for area in Area::ALL {
                let before = Matrix::of_way(Way::TwoPeople);
                let mut after = before.clone();
                pile.put(&mut after, *area);
                assert_eq!(Pile::of(&after, *area), Some(*pile), "{pile} {area}");
                let others = Hat::ALL.iter().filter(|hat| after.standing(*area, **hat) < Standing::Signs);
                assert!(others.into_iter().all(|hat| after.standing(*area, *hat) <= before.standing(*area, *hat)), "{pile} {area}");
                assert!(Area::ALL.iter().filter(|other| *other != area).all(|other| after.row(*other) == before.row(*other)));
            }
        }
        let mut same = Matrix::of_way(Way::Safe);
        Pile::Unsure.put(&mut same, Area::Backlog);
        assert_eq!(same, Matrix::of_way(Way::Safe));
    }
}
