//! How well what we have fits what a customer wants: which pains and gains are answered by what is built, which are only
//! said to be, and which by nothing. *Fit = answered / all*, of the pains, of the gains and of both (after Osterwalder,
//! *Value Proposition Design*, 2014: fit is when what is offered answers pains and gains that matter; the book gives no figure for
//! it, so the share is ours).

use crate::{boxes::Cell, model::CanvasNote};
use kernel::Uuid;
use std::collections::HashMap;

/// How a pain or gain is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The pain or gain.
    pub note: Uuid,
    /// The relievers or creators that are said to answer it.
    pub by: Vec<Uuid>,
    /// The initiatives and features that do: those that deliver its relievers or creators, and the initiatives that address
    /// the need behind it.
    pub works: Vec<Uuid>,
}

/// How it stands with a pain or gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Something is built for it, or was.
    Answered,
    /// A reliever or creator is said to answer it, and no work delivers that.
    OnlySaid,
    ByNothing,
}

impl Answered {
    pub fn stands(&self) -> Stands {
        match (self.works.is_empty(), self.by.is_empty()) {
            (false, _) => Stands::Answered,
            (true, false) => Stands::OnlySaid,
            (true, true) => Stands::ByNothing,
        }
    }
}

/// How many of some pains or gains are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub all: usize,
    pub answered: usize,
    pub only_said: usize,
}

impl Share {
    /// `answered / all`; nothing while there is none.
    pub fn fit(self) -> Option<f64> {
        (self.all > 0).then(|| self.answered as f64 / self.all as f64)
    }

    fn of<'a>(answered: impl Iterator<Item = &'a Answered>) -> Share {
        answered.fold(Share::default(), |share, one| Share {
            all: share.all + 1,
            answered: share.answered + usize::from(one.stands() == Stands::Answered),
            only_said: share.only_said + usize::from(one.stands() == Stands::OnlySaid),
        })
    }

    fn and(self, other: Share) -> Share {
        Share { all: self.all + other.all, answered: self.answered + other.answered, only_said: self.only_said + other.only_said }
    }
}

/// The fit of a value proposition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Pains and gains in the order of the canvas.
    pub answered: Vec<Answered>,
    pub pains: Share,
    pub gains: Share,
    /// Relievers and creators that answer nothing.
    pub idle: Vec<Uuid>,
}

impl Fit {
    /// Of pains and gains together.
    pub fn both(&self) -> Share {
        self.pains.and(self.gains)
    }

    pub fn of(&self, note: Uuid) -> Option<&Answered> {
        self.answered.iter().find(|one| one.note == note)
    }
}

/// Works the fit out. `answers` are links from relievers and creators to what they answer; `through` tells which
/// initiatives address a need; `counts` whether an initiative or feature counts, as those do that are not dropped.
pub fn fit(notes: &[CanvasNote], answers: &[(Uuid, Uuid)], through: &HashMap<Uuid, Vec<Uuid>>, counts: impl Fn(Uuid) -> bool) -> Fit {
    let find = |id: Uuid| notes.iter().find(|note| note.meta.id == id);
    let delivers = |note: &CanvasNote| [note.initiative.map(|id| id.0), note.feature.map(|id| id.0)].into_iter().flatten();
    let answered = |note: &CanvasNote, cell: Cell| {
        // A link to a note that was moved to another box since says nothing.
        let by: Vec<&CanvasNote> =
            answers.iter().filter(|(_, to)| *to == note.meta.id).filter_map(|(from, _)| find(*from)).filter(|from| from.cell == cell).collect();
        let behind = note.need.and_then(|need| through.get(&need.0)).into_iter().flatten().copied();
        let mut works: Vec<Uuid> = by.iter().flat_map(|from| delivers(from)).chain(behind).filter(|work| counts(*work)).collect();
        works.sort_unstable();
        works.dedup();
        Answered { note: note.meta.id, by: by.iter().map(|from| from.meta.id).collect(), works }
    };
    let of = |cell: Cell| notes.iter().filter(move |note| note.cell == cell);
    let all: Vec<(Cell, Answered)> = [(Cell::Pains, Cell::Relievers), (Cell::Gains, Cell::Creators)]
        .into_iter()
        .flat_map(|(cell, by)| of(cell).map(move |note| (note, cell, by)))
        .map(|(note, cell, by)| (cell, answered(note, by)))
        .collect();
    let share = |cell: Cell| Share::of(all.iter().filter(|(of, _)| *of == cell).map(|(_, one)| one));
    let used = |note: &CanvasNote| all.iter().any(|(_, one)| one.by.contains(&note.meta.id));
    let idle = notes.iter().filter(|note| note.cell.answers().is_some() && !used(note)).map(|note| note.meta.id).collect();
    Fit { pains: share(Cell::Pains), gains: share(Cell::Gains), idle, answered: all.into_iter().map(|(_, one)| one).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta, Rank};

    fn note(id: u128, cell: Cell) -> CanvasNote {
        CanvasNote {
            meta: Meta { id: Uuid::from_u128(id), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            canvas: Id::new(Uuid::nil()),
            cell,
            body: String::new(),
            rank: Rank::between(None, None),
            need: None,
            initiative: None,
            feature: None,
            risk: None,
            assumption_test: None,
        }
    }

    const BET: Uuid = Uuid::from_u128(100);
    const DROPPED: Uuid = Uuid::from_u128(101);
    const SLICE: Uuid = Uuid::from_u128(102);
    const NEED: Uuid = Uuid::from_u128(103);

    /// Worked by hand: of four pains one is answered by a bet, one through its need, one is only said to be (what delivers
    /// its reliever was dropped), one by nothing: 2/4. Of two gains one is answered by a feature: 1/2. Together 3/6.
    #[test]
    fn fit_is_what_is_answered_of_all() {
        let [id1, id2, id3, id4, id5, id6] = [1, 2, 3, 4, 5, 6].map(Uuid::from_u128);
        let mut through = HashMap::new();
        through.insert(NEED, vec![BET, DROPPED]);
        let notes = [
            note(1, Cell::Pains),
            CanvasNote { need: Some(Id::new(NEED)), ..note(2, Cell::Pains) },
            note(3, Cell::Pains),
            note(4, Cell::Pains),
            note(5, Cell::Gains),
            note(6, Cell::Gains),
            note(7, Cell::Jobs),
            CanvasNote { initiative: Some(Id::new(BET)), ..note(8, Cell::Relievers) },
            CanvasNote { initiative: Some(Id::new(DROPPED)), ..note(9, Cell::Relievers) },
            CanvasNote { feature: Some(Id::new(SLICE)), ..note(10, Cell::Creators) },
            note(11, Cell::Creators),
        ];
        let link = |from: u128, to: u128| (Uuid::from_u128(from), Uuid::from_u128(to));
        // The last two say nothing: a job is not answered, and a creator answers no pain.
        let answers = [link(8, 1), link(9, 3), link(10, 5), link(8, 7), link(11, 4)];
        let fit = fit(&notes, &answers, &through, |work| work != DROPPED);
        assert_eq!(fit.pains, Share { all: 4, answered: 2, only_said: 1 });
        assert_eq!(fit.gains, Share { all: 2, answered: 1, only_said: 0 });
        assert_eq!((fit.pains.fit(), fit.gains.fit(), fit.both().fit()), (Some(0.5), Some(0.5), Some(0.5)));
        let stands = |id: Uuid| fit.of(id).map(Answered::stands);
        assert_eq!(
            [id1, id2, id3, id4].map(stands),
            [Some(Stands::Answered), Some(Stands::Answered), Some(Stands::OnlySaid), Some(Stands::ByNothing)]
        );
        assert_eq!([id5, id6].map(stands), [Some(Stands::Answered), Some(Stands::ByNothing)]);
        assert_eq!(fit.of(id2).map(|one| one.works.clone()), Some(vec![BET]), "what is dropped doesn’t count");
        assert_eq!(fit.idle, vec![Uuid::from_u128(11)]);
        assert_eq!(super::fit(&[], &[], &through, |_| true).both().fit(), None, "nothing is no fit");
    }
}
