//! The rules of settling: whose say counts, when it is enough, and who ends a question or an objection. Pure.

use conversation::Asks;
use kernel::{Area, Hat, Matrix, Refusal, Result, Standing};

/// What a hat says to a proposal that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Say {
    Agrees,
    /// It does not agree and does not block.
    StandsAside,
}

/// The hats whose say is waited for: each that signs and that somebody holds, or else any one that decides.
pub(crate) fn awaited(matrix: &Matrix, area: Area, held: &[Hat]) -> (Vec<Hat>, bool) {
    let of = |standing| matrix.hats(area, standing).into_iter().filter(|hat| held.contains(hat)).collect::<Vec<_>>();
    let signs = of(Standing::Signs);
    if signs.is_empty() { (of(Standing::Decides), false) } else { (signs, true) }
}

fn says(said: &[(Hat, Say)], hat: Hat) -> Option<Say> {
    said.iter().find(|(known, _)| *known == hat).map(|(_, say)| *say)
}

/// Whether what has been said settles a matter. Where hats sign together, each has agreed or stands aside, and at least
/// one agrees; elsewhere the yes of one that decides is enough.
pub(crate) fn settles(matrix: &Matrix, area: Area, held: &[Hat], said: &[(Hat, Say)]) -> bool {
    let (awaited, jointly) = awaited(matrix, area, held);
    let agreed = awaited.iter().any(|hat| says(said, *hat) == Some(Say::Agrees));
    agreed && (!jointly || awaited.iter().all(|hat| says(said, *hat).is_some()))
}

/// Whether somebody has agreed or still can: not everyone can stand aside.
pub(crate) fn somebody_is_left(matrix: &Matrix, area: Area, held: &[Hat], said: &[(Hat, Say)]) -> bool {
    awaited(matrix, area, held).0.iter().any(|hat| says(said, *hat) != Some(Say::StandsAside))
}

/// Whoever would end a question or an objection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    /// They asked or objected themselves.
    pub asked: bool,
    /// The proposal is theirs.
    pub proposed: bool,
    /// One of their hats decides or signs in the matter.
    pub decides: bool,
    /// With words.
    pub says: bool,
}

impl Ending {
    /// Whether they can end it at all, with the right words.
    pub fn could(self, asks: Asks) -> bool {
        self.asked || self.decides || asks == Asks::Question && self.proposed
    }

    /// Whoever asked says that it is answered; whoever else may, says how.
    pub fn may(self, asks: Asks) -> Result<()> {
        match (self.could(asks), asks) {
            (true, _) if self.asked || self.says => Ok(()),
            (true, _) => Err(Refusal::invalid("body", "Please say what the answer is.")),
            (false, Asks::Question) => {
                Err(Refusal::denied("A question is answered by whoever made the proposal or decides here, or found answered by whoever asked."))
            }
            (false, Asks::Objection) => {
                Err(Refusal::denied("An objection is answered by whoever decides here, or found answered by whoever raised it."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Say::*, *};
    use kernel::matrix::Way;
    use proptest::prelude::*;

    const BOTH: [Hat; 2] = [Hat::Manager, Hat::Owner];

    #[test]
    fn joint_matters_need_every_held_hat_that_signs() {
        let m = Matrix::of_way(Way::TwoPeople);
        let (manager, owner) = ((Hat::Manager, Agrees), (Hat::Owner, Agrees));
        assert!(!settles(&m, Area::Commitments, &BOTH, &[manager]));
        assert!(settles(&m, Area::Commitments, &BOTH, &[owner, manager]));
        assert!(settles(&m, Area::Commitments, &[Hat::Manager], &[manager]), "a hat nobody holds is passed over");
        assert!(settles(&m, Area::Backlog, &BOTH, &[owner]));
        assert!(!settles(&m, Area::Backlog, &BOTH, &[manager]));
    }

    #[test]
    fn whoever_stands_aside_is_passed_over_and_one_has_to_agree() {
        let m = Matrix::of_way(Way::TwoPeople);
        let (manager, aside) = ((Hat::Manager, Agrees), (Hat::Owner, StandsAside));
        assert!(settles(&m, Area::Commitments, &BOTH, &[manager, aside]));
        assert!(!settles(&m, Area::Commitments, &BOTH, &[aside]), "the Manager has yet to say");
        assert!(somebody_is_left(&m, Area::Commitments, &BOTH, &[aside]));
        assert!(!somebody_is_left(&m, Area::Commitments, &BOTH, &[(Hat::Manager, StandsAside), aside]));
        assert!(!somebody_is_left(&m, Area::Backlog, &BOTH, &[aside]), "nobody else decides there");
        assert!(somebody_is_left(&m, Area::Customers, &BOTH, &[aside]) && !settles(&m, Area::Customers, &BOTH, &[aside]));
    }

    #[test]
    fn questions_and_objections_are_ended_by_those_who_may() {
        let nobody = Ending { asked: false, proposed: false, decides: false, says: true };
        let ends = |ending: Ending| (ending.may(Asks::Question).is_ok(), ending.may(Asks::Objection).is_ok());
        assert_eq!(ends(nobody), (false, false));
        assert_eq!(ends(Ending { asked: true, says: false, ..nobody }), (true, true), "they need no words");
        assert_eq!(ends(Ending { proposed: true, ..nobody }), (true, false), "who wants it does not answer what stands against it");
        assert_eq!(ends(Ending { decides: true, ..nobody }), (true, true));
        assert_eq!(ends(Ending { decides: true, says: false, ..nobody }), (false, false), "but says how");
    }

    fn any_matrix() -> impl Strategy<Value = Matrix> {
        let row = proptest::collection::vec(proptest::sample::select(vec!['d', 's', 'p', 'v', '-']), 4).prop_map(String::from_iter);
        proptest::collection::vec(row, 14).prop_map(|rows| Matrix::read(&rows))
    }

    fn any_hats() -> impl Strategy<Value = Vec<Hat>> {
        proptest::sample::subsequence(Hat::ALL.to_vec(), 1..=4)
    }

    fn any_said() -> impl Strategy<Value = Vec<(Hat, Say)>> {
        (any_hats(), proptest::collection::vec(any::<bool>(), 4))
            .prop_map(|(hats, agrees)| hats.into_iter().zip(agrees).map(|(hat, yes)| (hat, if yes { Agrees } else { StandsAside })).collect())
    }

    proptest! {
        #[test]
        fn nothing_is_settled_without_a_yes_that_counts(agreed in any_matrix(), held in any_hats(), said in any_said(), at in 0usize..14) {
            let (area, m) = (Area::ALL[at], agreed.while_held(&held));
            if settles(&m, area, &held, &said) {
                let counts = |hat: Hat| held.contains(&hat) && m.standing(area, hat) >= Standing::Signs;
                prop_assert!(said.iter().any(|(hat, say)| *say == Agrees && counts(*hat)));
                prop_assert!(somebody_is_left(&m, area, &held, &said));
            }
        }

        #[test]
        fn once_all_have_said_it_is_settled_unless_all_stand_aside(agreed in any_matrix(), held in any_hats(), yes in any::<[bool; 4]>(), at in 0usize..14) {
            let (area, m) = (Area::ALL[at], agreed.while_held(&held));
            let said: Vec<(Hat, Say)> = Hat::ALL.iter().zip(yes).map(|(hat, yes)| (*hat, if yes { Agrees } else { StandsAside })).collect();
            prop_assert_eq!(settles(&m, area, &held, &said), somebody_is_left(&m, area, &held, &said));
        }

        #[test]
        fn one_more_yes_never_unsettles(agreed in any_matrix(), held in any_hats(), said in any_said(), at in 0usize..14, who in 0usize..4) {
            let (area, m, hat) = (Area::ALL[at], agreed.while_held(&held), Hat::ALL[who]);
            let more: Vec<(Hat, Say)> = said.iter().copied().filter(|(known, _)| *known != hat).chain([(hat, Agrees)]).collect();
            prop_assert!(!settles(&m, area, &held, &said) || settles(&m, area, &held, &more));
        }
    }
}
