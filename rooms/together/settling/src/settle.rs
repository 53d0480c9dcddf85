//! Settling: an area at a time, or all on which everyone agrees, each with its reason. It is a matter of the agreement, so
//! it becomes a proposal that the other signs, and with the last signature it stands in the matrix.

use crate::{
    AREA_SETTLED, MATRIX_SETTLED, SORTING_ENDED,
    model::{Pile, Settlement, Slip, Sorting},
    rows,
};
use kernel::{Area, Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Words, command};
use product::Agreement;

/// A sorting that is being settled.
pub struct Table {
    sorting: Sorting,
    agreement: Agreement,
    slips: Vec<Slip>,
    settled: Vec<Settlement>,
}

fn table(look: &mut Look, id: Id<Sorting>) -> Result<Table> {
    let sorting = Sorting::get(look, id)?;
    if sorting.opened_at.is_none() {
        return Err(Refusal::invalid("sorting", "The sorts are not laid side by side yet."));
    }
    Ok(Table {
        agreement: rights::agreement(look)?,
        slips: Slip::all(look, "and sorting = $2 order by member, id", &[id.value()])?,
        settled: Settlement::all(look, "and sorting = $2", &[id.value()])?,
        sorting,
    })
}

impl Table {
    fn is_open(&self) -> Result<()> {
        match self.sorting.ended_at {
            None => Ok(()),
            Some(_) => Err(Refusal::invalid("sorting", "The slips were put away.")),
        }
    }

    fn is_settled(&self, area: Area) -> bool {
        self.settled.iter().any(|settled| settled.area == area)
    }

    /// The areas that are not settled yet and on which all agree.
    fn alike(&self) -> Vec<(Area, Pile)> {
        let of = |area: Area| self.slips.iter().filter(|slip| slip.area == area).cloned().collect::<Vec<_>>();
        let open = Area::ALL.iter().copied().filter(|area| !self.is_settled(*area));
        open.filter_map(|area| Some((area, rows::alike(&of(area))?))).collect()
    }

    /// Puts areas into piles, with the reason; with the last of them the slips are put away.
    fn settle(self, piles: &[(Area, Pile)], reason: &str, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut matrix = scope.agreed.clone();
        piles.iter().for_each(|(area, pile)| pile.put(&mut matrix, *area));
        product::stays_open("pile", &matrix, &scope.held)?;
        let mut events = vec![Event::changed(&MATRIX_SETTLED, &self.agreement, &Agreement::of(self.agreement.meta.clone(), &matrix))];
        for (area, pile) in piles {
            let settlement = Settlement {
                meta: moment.fresh(self.sorting.meta.product),
                sorting: self.sorting.id(),
                area: *area,
                pile: *pile,
                reason: reason.to_owned(),
            };
            events.push(Event::created(&AREA_SETTLED, &settlement));
        }
        if self.settled.len() + piles.len() == Area::ALL.len() {
            let after = Sorting { ended_at: Some(moment.now), ..self.sorting.clone() };
            events.push(Event::changed(&SORTING_ENDED, &self.sorting, &after));
        }
        Ok(events.into())
    }
}

command! {
    /// Settles who decides on an area, with the reason.
    pub struct Settle in "sorting.settle" at Put "/products/{product}/sortings/{sorting}/settlements/{area}" [Agreement] {
        pub sorting: Id<Sorting>,
        pub area: Area,
        pub pile: Pile,
        pub reason: Words<1_000>,
    }
}

impl Command for Settle {
    type Before = Table;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Table> {
        table(look, self.sorting)
    }
    fn may(&self, before: &Table, _: &Scope) -> Result<()> {
        before.is_open()?;
        if self.pile == Pile::Unsure {
            return Err(Refusal::invalid("pile", "Choose who decides."));
        }
        match before.is_settled(self.area) {
            false => Ok(()),
            true => Err(Refusal::invalid("area", format!("Who decides on {} is settled already.", self.area))),
        }
    }
    fn title(&self, _: &Table) -> String {
        format!("On {}, {}", self.area.spoken(), self.pile.says())
    }
    fn decide(self, before: Table, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.settle(&[(self.area, self.pile)], &self.reason, moment, scope)
    }
}

command! {
    /// Settles all areas on which everyone agrees, as they agree, with one reason.
    pub struct SettleAlike in "sorting.settle_alike" at Post "/products/{product}/sortings/{sorting}/settlements" [Agreement] {
        pub sorting: Id<Sorting>,
        pub reason: Words<1_000>,
    }
}

impl Command for SettleAlike {
    type Before = Table;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Table> {
        table(look, self.sorting)
    }
    fn may(&self, before: &Table, _: &Scope) -> Result<()> {
        before.is_open()?;
        match before.alike().is_empty() {
            false => Ok(()),
            true => Err(Refusal::invalid("sorting", "There is nothing left on which all agree.")),
        }
    }
    fn title(&self, before: &Table) -> String {
        format!("Settle the {} on which all agree", web::several(before.alike().len(), "area"))
    }
    fn decide(self, before: Table, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let alike = before.alike();
        before.settle(&alike, &self.reason, moment, scope)
    }
}
