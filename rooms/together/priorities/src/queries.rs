//! What programs read of priorities besides the nouns: an order with how sure it is, and what a round revealed.

use crate::{
    items::Item,
    model::*,
    opened::Opened,
    rows::{Scored, scored},
    table,
};
use kernel::{Id, Look, Noun, Query, Refusal, Result, Uuid, answer, query};

query! {
    /// Things in the order that a way of scoring gives them, with how sure that is.
    pub struct Priorities in "scheme.read" at "/products/{product}/schemes/{scheme}/table" -> Table {
        pub scheme: Id<Scheme>,
    }
}

answer! {
    /// The answer to `Priorities`.
    pub struct Table {
        pub scheme: Scheme,
        /// The highest first.
        pub order: Vec<Line>,
        /// What cannot be placed yet.
        pub lacking: Vec<Lacking>,
        /// The smallest change of each weight that changes the order, the easiest first.
        pub tips: Vec<Tip>,
        /// Why something cannot be said.
        pub wrong: Vec<String>,
    }

    /// A thing in its place.
    pub struct Line {
        pub id: Uuid,
        pub number: Option<i64>,
        pub title: String,
        pub score: f64,
        /// Nine of ten times the score lies between these.
        pub low: f64,
        pub high: f64,
        /// The chance that it truly stands above the next one.
        pub above_next: Option<f64>,
    }

    /// A thing that lacks something.
    pub struct Lacking {
        pub id: Uuid,
        pub lacks: Vec<String>,
    }

    /// Where a weight tips the order.
    pub struct Tip {
        pub criterion: String,
        pub weight: f64,
        pub tips_at: f64,
        /// The one that stands above, and the one that would overtake it.
        pub above: Uuid,
        pub below: Uuid,
    }
}

impl Query for Priorities {
    fn ask(self, look: &mut Look) -> Result<Table> {
        let scheme = Scheme::get(look, self.scheme)?;
        let Scored { items, read, .. } = scored(look, &scheme)?;
        let mut wrong = vec![];
        let figures = table::work_out(&read, &|_| true).unwrap_or_else(|why| {
            wrong.push(why);
            table::Figures::default()
        });
        wrong.extend(figures.wrong);
        let line = |placed: table::Placed| {
            let Item { id, number, title, .. } = items[placed.item].clone();
            Line { id, number, title, score: placed.score, low: placed.low, high: placed.high, above_next: placed.above_next }
        };
        let tip = |tip: scoring::weights::Tipping| Tip {
            criterion: read.inputs[tip.criterion].name.clone(),
            weight: tip.weight,
            tips_at: tip.tips_at,
            above: items[tip.above].id,
            below: items[tip.below].id,
        };
        let lacking = figures.lacking.into_iter().map(|(item, lacks)| Lacking { id: items[item].id, lacks }).collect();
        let (order, tips) = (figures.order.into_iter().map(line).collect(), figures.tips.into_iter().map(tip).collect());
        Ok(Table { scheme, order, lacking, tips, wrong })
    }
}

query! {
    /// What a scoring round revealed: how far its raters agree, and where they lie furthest apart.
    pub struct RoundRevealed in "scoring_round.read" at "/products/{product}/scoring-rounds/{round}/revealed" -> Found {
        pub round: Id<Round>,
    }
}

answer! {
    /// The answer to `RoundRevealed`.
    pub struct Found {
        /// τ-b of two raters, W of more; the mean over the inputs where fewer than two rated all of them.
        pub agreement: Option<f64>,
        pub on: Vec<On>,
        /// The widest first.
        pub gaps: Vec<Apart>,
    }

    /// Agreement on one input.
    pub struct On {
        pub criterion: String,
        pub raters: usize,
        pub items: usize,
        pub agreement: Option<f64>,
        /// Why there is none.
        pub why: Option<String>,
    }

    /// Ratings that lie apart.
    pub struct Apart {
        pub id: Uuid,
        pub criterion: String,
        pub places: f64,
        pub settled: Option<String>,
    }
}

impl Query for RoundRevealed {
    fn ask(self, look: &mut Look) -> Result<Found> {
        let round = Round::get(look, self.round)?;
        if round.opened_at.is_none() {
            return Err(Refusal::invalid("round", "The ratings have not been revealed yet."));
        }
        let opened = Opened::read(look, round)?;
        let on = opened.revealed.each.iter().map(|agreement| On {
            criterion: agreement.input.map_or_else(String::new, |at| opened.inputs[at].key.clone()),
            raters: agreement.raters,
            items: agreement.items,
            agreement: agreement.found.clone().ok(),
            why: agreement.found.clone().err(),
        });
        let gaps = opened.revealed.gaps.iter().map(|gap| Apart {
            id: opened.items[gap.item].id,
            criterion: opened.inputs[gap.input].key.clone(),
            places: gap.places,
            settled: opened.settlement(gap.item, gap.input).map(|settled| settled.written.clone()),
        });
        Ok(Found { agreement: opened.revealed.agreement(), on: on.collect(), gaps: gaps.collect() })
    }
}
