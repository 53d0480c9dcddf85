//! Markup of charts with two axes.

use crate::{model::*, trend_views::ways};
use kernel::{Id, Noun, Scope};
use notices::Around;
use web::{
    Markup, area_field,
    chart::{Chart, Field, Placed},
    command_form, disclosure, empty, field, html, number_field, select, several, small_act,
};

/// What a chart is drawn from.
pub(crate) struct Drawn<'a> {
    pub chart: &'a Positioning,
    pub spots: &'a [Spot],
    pub competitors: &'a [Competitor],
    /// What the product is called.
    pub ours: &'a str,
}

impl Drawn<'_> {
    fn whose(&self, competitor: Option<Id<Competitor>>) -> Option<&str> {
        match competitor {
            None => Some(self.ours),
            Some(id) => self.competitors.iter().find(|c| c.id() == id).map(|c| c.name.as_str()),
        }
    }

    pub fn view(&self) -> Chart {
        let placed = self.spots.iter().filter_map(|spot| {
            Some(Placed { name: self.whose(spot.competitor)?.to_owned(), across: spot.across, up: spot.up, ours: spot.competitor.is_none() })
        });
        let p = self.chart;
        let field = Field::new((p.across_low.clone(), p.across_high.clone()), (p.up_low.clone(), p.up_high.clone()), placed.collect());
        let us = self.spots.iter().find(|spot| spot.competitor.is_none());
        let near = us.and_then(|us| {
            let away = |spot: &&Spot| (spot.across - us.across).hypot(spot.up - us.up);
            self.spots.iter().filter(|spot| spot.competitor.is_some()).min_by(|a, b| away(a).total_cmp(&away(b)))
        });
        let told = match near.and_then(|spot| self.whose(spot.competitor)) {
            Some(name) => format!("Nearest to us stands {name}."),
            None => several(self.spots.len(), "place"),
        };
        Chart::of(p.name.clone(), field).told(told).taken_from(format!("positioning/chart?chart={}", p.id()))
    }
}

fn fields(chart: Option<&Positioning>) -> Markup {
    let text = |of: fn(&Positioning) -> &String| chart.map_or("", |p| of(p).as_str());
    html! {
        (field("name", "Name", text(|p| &p.name)))
        div.pair { (field("across_low", "Left", text(|p| &p.across_low))) (field("across_high", "Right", text(|p| &p.across_high))) }
        div.pair { (field("up_low", "Below", text(|p| &p.up_low))) (field("up_high", "Above", text(|p| &p.up_high))) }
        (area_field("note", "What it shows", text(|p| &p.note), 2))
    }
}

pub(crate) fn create_button(scope: &Scope) -> Markup {
    disclosure("new-positioning", "Begin a chart", "primary", command_form(scope, AREA, "positioning.create", "Begin chart", fields(None)))
}

pub(crate) fn page(scope: &Scope, charts: &[Positioning], drawn: Option<(&Drawn, &Around, &activity::History)>) -> Markup {
    html! {
        (ways("positioning"))
        @match drawn {
            None => { (empty("target", "No chart yet", "Two axes that matter to customers, and everybody in their place: simple to complete, cheap to dear. Where it is empty may be room, or nothing that anybody wants. The Manager decides here.", html! {})) }
            Some((drawn, around, history)) => {
                @if charts.len() > 1 { nav.chips aria-label="Charts" { @for chart in charts { a.chip href={ "?chart=" (chart.id()) } aria-current=[(chart.id() == drawn.chart.id()).then_some("page")] dir="auto" { (chart.name) } " " } } }
                (one(scope, drawn, around, history))
            }
        }
    }
}

fn one(scope: &Scope, drawn: &Drawn, around: &Around, history: &activity::History) -> Markup {
    let (chart, id) = (drawn.chart, drawn.chart.id().to_string());
    let known = |competitor: Option<Id<Competitor>>| drawn.spots.iter().find(|spot| spot.competitor == competitor);
    let mut whom = vec![(String::new(), drawn.ours.to_owned())];
    whom.extend(drawn.competitors.iter().map(|c| (c.id().to_string(), c.name.clone())));
    let first = whom.iter().find(|(of, _)| known(Id::try_from(of.as_str()).ok()).is_none()).map_or("", |(of, _)| of.as_str()).to_owned();
    html! {
        div.radar-and-list {
            div { (drawn.view().view()) @if !chart.note.is_empty() { div.prose { (web::text::markdown(&chart.note)) } } }
            section { h2 { "Who stands where, and why" }
                @if drawn.spots.is_empty() { p.hint { "Nobody is placed yet. Begin with us." } }
                ul.lines { @for spot in drawn.spots { @if let Some(name) = drawn.whose(spot.competitor) { li.long.noted {
                    span { strong { bdi { (name) } } " " span.quiet { (web::points(Some(spot.across))) " across, " (web::points(Some(spot.up))) " up" } }
                    @if !spot.why.is_empty() { p dir="auto" { (spot.why) } }
                    div.row {
                        (disclosure(&format!("move-{}", spot.id()), "Move", "plain", command_form(scope, AREA, "spot.place", "Place", html! {
                            input type="hidden" name="positioning" value=(id); @if let Some(competitor) = spot.competitor { input type="hidden" name="competitor" value=(competitor); } (place_fields(chart, Some(spot))) })))
                        (small_act(scope, AREA, "spot.remove", &[("spot", &spot.id().to_string())], "trash-2", &format!("Take {name} out")))
                    } } } } }
                @if drawn.spots.len() < whom.len() { (disclosure("place-spot", "Place somebody", "", command_form(scope, AREA, "spot.place", "Place", html! {
                    input type="hidden" name="positioning" value=(id); (select("competitor", "Whom", &whom, &first)) (place_fields(chart, None)) }))) }
            }
        }
        div.row.below {
            (disclosure("edit-positioning", "Edit the chart", "plain", command_form(scope, AREA, "positioning.edit", "Save", html! {
                input type="hidden" name="positioning" value=(id); input type="hidden" name="version" value=(chart.meta.version); (fields(Some(chart))) })))
            (small_act(scope, AREA, "positioning.remove", &[("positioning", &id)], "trash-2", "Remove the chart"))
        }
        (around.view(scope, chart.meta.id))
        (activity::history_view(scope, history))
    }
}

fn place_fields(chart: &Positioning, spot: Option<&Spot>) -> Markup {
    html! {
        div.pair {
            (number_field("across", &format!("0 “{}” to 100 “{}”", chart.across_low, chart.across_high), Some(spot.map_or(50.0, |s| s.across))))
            (number_field("up", &format!("0 “{}” to 100 “{}”", chart.up_low, chart.up_high), Some(spot.map_or(50.0, |s| s.up))))
        }
        (area_field("why", "Why there", spot.map_or("", |s| &s.why), 2))
    }
}
