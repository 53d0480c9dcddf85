//! The landscape of needs: how important each is and how satisfied people are, with the regions in which they are
//! under-served and over-served (Ulwick, *What Customers Want*, 2005).

use crate::{
    model::*,
    need_rows::Demand,
    scores::{Landscape, opportunity},
    who_views::{money, ways},
};
use kernel::{Noun, Scope, words};
use web::{
    Markup,
    chart::{Chart, Measured, Plane, Region, Tone},
    date, empty, html, pill, points, several,
};

words! {
    /// What needs are ordered by.
    pub enum Measure { Opportunity = "opportunity", Customers = "customers", Revenue = "revenue", Recent = "recent" says "last heard" }
}

words! {
    /// How well people are served where they have a need.
    pub enum Served { Badly = "badly" says "badly under-served", Under = "under" says "under-served", Well = "well" says "served", Over = "over" says "over-served" }
}

/// From these scores on people are under-served, and badly so.
const UNDER: f64 = 10.0;
const BADLY: f64 = 15.0;

impl Served {
    /// By both figures: under-served from an opportunity of 10 on, badly from 15 on; over-served where people are more satisfied
    /// than it is important to them.
    pub(crate) fn of(importance: f64, satisfaction: f64) -> Served {
        match opportunity(importance, satisfaction) {
            score if score >= BADLY => Served::Badly,
            score if score >= UNDER && importance > satisfaction => Served::Under,
            _ if satisfaction > importance => Served::Over,
            _ => Served::Well,
        }
    }
}

impl Need {
    /// How well people are served, where both figures are known.
    pub fn served(&self) -> Option<Served> {
        Some(Served::of(self.importance?, self.satisfaction?))
    }
}

/// So many needs stand in the list, and so many are drawn.
pub(crate) const LISTED: usize = 100;
pub(crate) const DRAWN: usize = 200;

/// The chart: importance across, satisfaction up.
pub(crate) fn chart(landscape: &Landscape) -> Chart {
    let placed = |need: &Need| {
        Some(Measured { across: need.importance?, up: need.satisfaction?, across_between: None, up_between: None, name: need.title.clone() })
    };
    let region = |says: &str, tone, corners: &[(f64, f64)], at| Region { says: says.into(), tone, corners: corners.to_vec(), at };
    // With importance i and satisfaction s below it, the score is 2 i − s: 10 on the line from (5, 0) to (10, 10).
    let plane = Plane::new(("Importance", 0.0, 10.0), ("Satisfaction", 0.0, 10.0), landscape.drawn.iter().filter_map(placed).collect())
        .region(region("Over-served", Tone::Fourth, &[(0.0, 0.0), (10.0, 10.0), (0.0, 10.0)], (0.0, 10.0)))
        .region(region("Under-served", Tone::Second, &[(5.0, 0.0), (7.5, 0.0), (10.0, 5.0), (10.0, 10.0)], (5.5, 0.9)))
        .region(region("Badly", Tone::Third, &[(7.5, 0.0), (10.0, 0.0), (10.0, 5.0)], (9.0, 0.8)));
    let Landscape { known, under, over, drawn, .. } = landscape;
    let told = match drawn.first() {
        None => String::new(),
        Some(first) => format!(
            "In {under} of {} people are under-served{}. The greatest opportunity is “{}” with {}.{}",
            several(*known, "need"),
            if *over > 0 { format!(", in {over} over-served") } else { String::new() },
            web::clipped(&first.title, 80),
            points(first.opportunity()),
            if drawn.len() < *known { format!(" The {} greatest are drawn.", drawn.len()) } else { String::new() }
        ),
    };
    Chart::of("Importance and satisfaction", plane).told(told).taken_from("landscape/chart")
}

pub(crate) fn page(scope: &Scope, landscape: &Landscape, by: Measure, currency: &str) -> Markup {
    let unknown = landscape.unknown;
    let way = |one: Measure, says: &str| html! { a.chip href={ "?by=" (one) } aria-current=[(one == by).then_some("true")] { (says) } " " };
    html! {
        (ways("landscape"))
        @if landscape.all() == 0 { (empty("lightbulb", "No needs yet", "Each need stands here by how important it is and how satisfied people are with what they have. Needs are written down on the page of evidence and needs.", html! { a.button href="customers#new-need" { "Write down a need" } })) }
        @else {
            (chart(landscape).view())
            @if unknown > 0 { p.hint { (several(unknown, "need")) @if unknown == 1 { " has" } @else { " have" } " no figure for importance or satisfaction yet, and so no place in the drawing. Edit a need to give both." } }
            details.more { summary { "How to read it" } p { "The score is importance + max(importance − satisfaction, 0), both from 0 to 10 (Ulwick 2005). From " (UNDER) " on people are under-served, from " (BADLY) " on badly so; where they are more satisfied than it is important to them they are over-served, and something simpler or cheaper might do." } }
            section { div.list-head { h2 { "Needs" } nav.chips aria-label="Order by" { (way(Measure::Opportunity, "Opportunity")) (way(Measure::Customers, "Customers")) (way(Measure::Revenue, "Revenue")) (way(Measure::Recent, "Last heard")) } }
                (list(scope, &landscape.listed, currency))
                @if landscape.all() > landscape.listed.len() { p.hint { "These are the first " (landscape.listed.len()) " of " (landscape.all()) "." } } }
        }
    }
}

fn list(scope: &Scope, needs: &[(Need, Demand)], currency: &str) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label="Needs" { table.list.landscape.stacked { thead { tr { th { "Need" } th { "Served" } th.num { "Opportunity" } th.num.spare { "Importance" } th.num.spare { "Satisfaction" } th.num.spare { "Customers" } th.num.spare { "Revenue a year" } th.spare { "Last heard" } } }
    tbody { @for (need, asked) in needs { tr.clickable {
        td { a href={ "customers?open=" (need.id()) } dir="auto" { (need.title) } @if !need.figures_from.is_empty() { " " span.quiet dir="auto" { (need.figures_from) } } }
        td { @if let Some(served) = need.served() { (pill(match served { Served::Badly => "critical", Served::Under => "warning", Served::Well | Served::Over => "neutral" }, served.says())) } }
        td.num data-label="Opportunity" { (points(need.opportunity())) } td.num.spare { (points(need.importance)) } td.num.spare { (points(need.satisfaction)) }
        td.num.spare { (asked.customers) }
        td.num.spare { @match asked.revenue { Some(revenue) => { (money(currency, revenue)) } None => { span.quiet { "–" } } } }
        td.spare { @match &asked.latest { Some(day) => { (date(scope, day)) } None => { span.quiet { "never" } } } }
    } } } } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Meta, Named, Uuid};

    fn need(importance: f64, satisfaction: f64) -> Need {
        Need {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            title: String::new(),
            statement: String::new(),
            segment: Named::Nothing,
            importance: Some(importance),
            satisfaction: Some(satisfaction),
            figures_from: String::new(),
            place: None,
        }
    }

    #[test]
    fn regions_follow_the_score() {
        let served = |importance, satisfaction| need(importance, satisfaction).served();
        assert_eq!(served(9.0, 2.0), Some(Served::Badly), "9 + 7 = 16");
        assert_eq!(served(8.0, 5.0), Some(Served::Under), "8 + 3 = 11");
        assert_eq!(served(6.0, 4.0), Some(Served::Well), "6 + 2 = 8");
        assert_eq!(served(3.0, 9.0), Some(Served::Over));
        assert_eq!(served(10.0, 10.0), Some(Served::Well), "10, and nothing is missing");
        assert_eq!(Need { importance: None, ..need(1.0, 1.0) }.served(), None);
    }
}
