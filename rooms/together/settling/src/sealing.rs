//! Sorting alone: slip by slip, sealed until all are laid side by side.

use crate::{
    SLIP_SORTED,
    model::{Pile, Sorting},
    rows,
};
use kernel::{
    Area, Authority, Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command,
    sealed::{self, Seal as Sealed, SealForm},
    serde_json,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form that seals a slip.
pub(crate) const SLIPS: SealForm = SealForm { seals: "sorting.sort", opens: "sorting.open", says: "note" };

/// Where one slip was put, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Put {
    pub pile: Pile,
    #[serde(default)]
    pub note: String,
}

/// The slips that one has sorted.
pub(crate) type Deck = BTreeMap<Area, Put>;

pub(crate) fn read(body: &str) -> Result<Deck> {
    serde_json::from_str(body).map_err(|e| Refusal::broken(e.to_string()))
}

pub(crate) fn is_whole(deck: &Deck) -> bool {
    deck.len() == Area::ALL.len()
}

/// A sorting with everything that was sealed in it, for the commands that seal and open.
pub struct Sorted {
    pub(crate) sorting: Sorting,
    pub(crate) decks: Vec<(Uuid, Deck)>,
}

pub(crate) fn sorted(look: &mut Look, id: Id<Sorting>) -> Result<Sorted> {
    let sorting = Sorting::get(look, id)?;
    let decks = sealed::all(look, sorting.meta.id)?.into_iter().map(|(member, body)| Ok((member, read(&body)?))).collect::<Result<_>>()?;
    Ok(Sorted { sorting, decks })
}

impl Sorted {
    pub(crate) fn is_going_on(&self) -> Result<()> {
        match (self.sorting.opened_at, self.sorting.ended_at) {
            (None, None) => Ok(()),
            (Some(_), _) => Err(Refusal::invalid("sorting", "The sorts are laid side by side already.")),
            (None, Some(_)) => Err(Refusal::invalid("sorting", "The slips were put away.")),
        }
    }

    pub(crate) fn deck(&self, member: Uuid) -> Deck {
        self.decks.iter().find(|(known, _)| *known == member).map(|(_, deck)| deck.clone()).unwrap_or_default()
    }
}

command! {
    /// Sorts one slip, alone: who decides on this? Nobody else reads it before all are laid side by side, and until then it
    /// can be put elsewhere.
    pub struct Seal in "sorting.sort" at Put "/products/{product}/sortings/{sorting}/slips/{area}" [] {
        pub sorting: Id<Sorting>,
        pub area: Area,
        pub pile: Pile,
        /// Why, if it is to be said.
        #[serde(default)]
        pub note: Text<500>,
    }
}

impl Command for Seal {
    type Before = Sorted;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Sorted> {
        sorted(look, self.sorting)
    }
    fn authority(&self, _: &Sorted) -> Authority {
        Authority::Seen(Area::Agreement)
    }
    fn may(&self, before: &Sorted, scope: &Scope) -> Result<()> {
        before.is_going_on()?;
        scope.by_people("An assistant sorts no slips; people do.")?;
        match scope.who.member.is_some_and(|me| before.sorting.asked.contains(&me)) {
            true => Ok(()),
            false => Err(Refusal::denied("You are not among those who sort here.")),
        }
    }
    fn title(&self, _: &Sorted) -> String {
        format!("Sort the slip {}", self.area)
    }
    fn decide(self, before: Sorted, _: &Moment, scope: &Scope) -> Result<Decided> {
        let mut deck = before.deck(scope.who.signed_in()?);
        deck.insert(self.area, Put { pile: self.pile, note: self.note.into() });
        let seal = |round: Uuid, body: String| Sealed { round, noun: Sorting::TABLE, body, kind: &SLIP_SORTED, label: self.area.word().to_owned() };
        let mut seals = vec![seal(before.sorting.meta.id, rows::as_json(&deck)?)];
        if is_whole(&deck) {
            seals.extend(before.sorting.through().map(|round| seal(round, "{}".into())));
        }
        Ok(Decided { seals, ..Decided::default() })
    }
}
