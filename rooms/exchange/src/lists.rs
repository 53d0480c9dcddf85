//! The lists of a product as tables, each as far as whoever asks may read it.

use crate::of_research;
use crate::tables::{Cell, Table, own_columns, stories_where};
use activity::Activity;
use backlog::Backlog;
use fields::Thing;
use kernel::{Column, Look, Refusal, Result, Uuid, serde_json};
use std::collections::{BTreeMap, HashMap};
use web::{Filter, Term};

/// The most lines of activity in one file.
const MOST_LINES: usize = 50_000;

/// What the address of a list says.
pub(crate) struct Said(pub Vec<(String, String)>);

impl Said {
    /// What it narrows a list to.
    fn filter(&self, terms: &'static [Term]) -> Filter {
        let said: Vec<(&str, &str)> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Filter::read(terms, self.get("q"), &said)
    }

    /// What it says under a name; empty where it says nothing.
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// A list by its name; `said` tells what the page is narrowed by.
pub(crate) fn table(look: &mut Look, list: &str, said: &Said) -> Result<Table> {
    match list {
        "backlog" => stories(look, said),
        "roadmap" => roadmap(look, said),
        "evidence" => evidence(look, said),
        "needs" => needs(look, said),
        "customers" => customers(look, said),
        "segments" => segments(look),
        "trends" => of_research::trends(look),
        "competitors" => of_research::competitors(look),
        "capability-matrix" => of_research::capability_matrix(look),
        "personas" => of_research::personas(look),
        "market-sizes" => of_research::market_sizes(look),
        "decisions" => decisions(look, said),
        "activity" => lines(look, said),
        _ => Err(Refusal::NotFound),
    }
}

pub(crate) fn named(name: &str, header: &[&str]) -> Table {
    Table { name: name.to_owned(), header: header.iter().map(|name| (*name).to_owned()).collect(), rows: vec![] }
}

pub(crate) fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Number)
}

fn stories(look: &mut Look, said: &Said) -> Result<Table> {
    let terms = ["q", "kind", "label", "feature", "is", "ready", "updated", "stage", "who", "field"];
    let asked: BTreeMap<&str, &str> = terms.iter().map(|term| (*term, said.get(term))).collect();
    let wanted: Backlog = serde_json::to_value(asked).and_then(serde_json::from_value).map_err(|e| Refusal::broken(e.to_string()))?;
    // What follows counts from the product on.
    let mut params = vec![look.scope.product_id()?.value()];
    let and = backlog::narrowed(look, &wanted.filter(), &mut params)?;
    stories_where(look, &and, &params[1..])
}

fn roadmap(look: &mut Look, said: &Said) -> Result<Table> {
    let mut table = named(
        "Roadmap",
        &[
            "Key",
            "Type",
            "Title",
            "Part of",
            "Horizon",
            "State",
            "Confidence",
            "Window from",
            "Window until",
            "Hypothesis",
            "Notes",
            "Owner",
            "Theme",
            "Need score",
        ],
    );
    let plan = match said.get("as_of") {
        "" => roadmap::Plan::all(look, &said.filter(roadmap::TERMS))?,
        day => roadmap::Plan::all_then(look, day, web::when::end_of(day).ok_or_else(|| Refusal::invalid("as_of", "Write the day as 2026-11-23."))?)?,
    };
    let day = |day: &Option<String>| day.clone().map_or(Cell::Empty, Cell::Day);
    let name = |owner: Option<Uuid>| plan.owner(owner).map_or(Cell::Empty, Cell::text);
    for i in &plan.initiatives {
        table.rows.push(vec![
            Cell::text(look.scope.key(i.number)),
            Cell::text("initiative"),
            Cell::text(&i.title),
            Cell::Empty,
            Cell::text(i.horizon.says()),
            Cell::text(i.state.says()),
            number(i.confidence),
            day(&i.starts_on),
            day(&i.ends_on),
            Cell::text(&i.hypothesis),
            Cell::text(&i.body),
            name(i.owner.map(|id| id.0)),
            Cell::text(&i.theme),
            number(plan.need(i.meta.id)),
        ]);
    }
    let titles: HashMap<Uuid, &str> = plan.initiatives.iter().map(|i| (i.meta.id, i.title.as_str())).collect();
    let mut below = named("Features", &[]);
    for f in &plan.features {
        let parent = f.initiative.and_then(|id| titles.get(&id.0).copied()).unwrap_or("");
        below.rows.push(vec![
            Cell::text(look.scope.key(f.number)),
            Cell::text("feature"),
            Cell::text(&f.title),
            Cell::text(parent),
            Cell::text(f.horizon.says()),
            Cell::text(f.state.says()),
            Cell::Empty,
            day(&f.starts_on),
            day(&f.ends_on),
            Cell::Empty,
            Cell::text(&f.body),
            name(f.owner.map(|id| id.0)),
            Cell::Empty,
            Cell::Empty,
        ]);
    }
    let plain = table.header.len();
    if said.get("as_of").is_empty() {
        let ids: Vec<Uuid> = plan.initiatives.iter().map(|i| i.meta.id).collect();
        own_columns(look, Thing::Initiative, &ids, &mut table)?;
        let ids: Vec<Uuid> = plan.features.iter().map(|f| f.meta.id).collect();
        own_columns(look, Thing::Feature, &ids, &mut below)?;
    }
    Ok(under(table, below, plain))
}

/// One table under another that shares its first columns; what both call the same is one column.
fn under(mut table: Table, below: Table, plain: usize) -> Table {
    let mut places = vec![];
    for name in &below.header {
        let known = table.header[plain..].iter().position(|known| known == name).map(|at| at + plain);
        places.push(known.unwrap_or_else(|| {
            table.header.push(name.clone());
            table.header.len() - 1
        }));
    }
    let wide = table.header.len();
    table.rows.iter_mut().for_each(|row| row.resize(wide, Cell::Empty));
    for mut cells in below.rows {
        let own = cells.split_off(plain);
        cells.resize(wide, Cell::Empty);
        for (at, cell) in places.iter().zip(own) {
            cells[*at] = cell;
        }
        table.rows.push(cells);
    }
    table
}

fn evidence(look: &mut Look, said: &Said) -> Result<Table> {
    let mut table = named("Evidence", &["Quote", "Kind", "Customer", "Segment", "Source", "Link", "Observed on", "Supports"]);
    let titles: HashMap<Uuid, String> = customers::needs(look)?.into_iter().map(|line| (line.need.meta.id, line.need.title)).collect();
    let mut ids: Vec<Uuid> = vec![];
    let (filter, mut wanted) = (said.filter(customers::TERMS), customers::EvidencePage::default());
    loop {
        let page = customers::evidence(look, &filter, &wanted)?;
        for customers::Piece { evidence: e, needs, customer, segment } in page.items {
            let supports: Vec<&str> = needs.iter().filter_map(|need| titles.get(need).map(String::as_str)).collect();
            ids.push(e.meta.id);
            table.rows.push(vec![
                Cell::text(e.quote),
                Cell::text(e.kind.says()),
                Cell::text(customer),
                Cell::text(segment),
                Cell::text(e.source),
                Cell::text(e.url),
                Cell::Day(e.noted_on),
                Cell::text(supports.join("\n")),
            ]);
        }
        match page.next {
            Some(next) => wanted.after = next,
            None => break,
        }
    }
    own_columns(look, Thing::Evidence, &ids, &mut table)?;
    Ok(table)
}

fn needs(look: &mut Look, said: &Said) -> Result<Table> {
    let mut table = named(
        "Needs",
        &["Need", "Statement", "Segment", "Importance", "Satisfaction", "Opportunity", "Evidence", "Customers", "Revenue a year", "Initiatives"],
    );
    let lines = customers::needs_fitting(look, &said.filter(customers::TERMS), "")?;
    let ids: Vec<Uuid> = lines.iter().map(|line| line.need.meta.id).collect();
    for line in lines {
        table.rows.push(vec![
            Cell::text(line.need.title),
            Cell::text(line.need.statement),
            Cell::text(line.segment_name),
            number(line.need.importance),
            number(line.need.satisfaction),
            number(line.opportunity),
            Cell::Number(line.evidence as f64),
            Cell::Number(line.demand.customers as f64),
            number(line.demand.revenue),
            Cell::Number(line.initiatives as f64),
        ]);
    }
    own_columns(look, Thing::Need, &ids, &mut table)?;
    Ok(table)
}

fn whole(value: Option<i64>) -> Cell {
    number(value.map(|value| value as f64))
}

fn customers(look: &mut Look, said: &Said) -> Result<Table> {
    let mut table = named("Customers", &["Customer", "Segment", "People", "Revenue a year", "Evidence", "Needs", "Last heard", "Note"]);
    let wanted = customers::WhoWanted { find: said.get("find").to_owned(), of: said.get("of").to_owned(), after: String::new() };
    for line in customers::all_customers(look, &wanted)? {
        table.rows.push(vec![
            Cell::text(line.customer.name),
            Cell::text(line.segment),
            whole(line.customer.size),
            number(line.customer.revenue),
            Cell::Number(line.heard.evidence as f64),
            Cell::Number(line.heard.needs as f64),
            line.heard.latest.map_or(Cell::Empty, Cell::Day),
            Cell::text(line.customer.note),
        ]);
    }
    Ok(table)
}

fn segments(look: &mut Look) -> Result<Table> {
    let mut table = named("Segments", &["Segment", "Size", "Growth a year", "Customers", "Revenue a year", "Needs", "Evidence", "Note"]);
    for line in customers::segments(look)? {
        table.rows.push(vec![
            Cell::text(line.segment.name),
            whole(line.segment.size),
            number(line.segment.growth),
            Cell::Number(line.customers as f64),
            number(line.revenue),
            Cell::Number(line.needs as f64),
            Cell::Number(line.evidence as f64),
            Cell::text(line.segment.note),
        ]);
    }
    Ok(table)
}

fn decisions(look: &mut Look, said: &Said) -> Result<Table> {
    let zone = look.scope.who.zone.clone();
    let mut table = named("Decisions", &["Number", "Title", "Became", "Area", "Put forward by", "On", "Settled on", "Reason", "Note", "Signatures"]);
    let address: String = said.0.iter().map(|(name, value)| format!("{name}={}&", web::text::encode(value))).collect();
    for d in decisions::log(look, &decisions::filter(&address))? {
        let p = d.proposal;
        let signed =
            |(s, name): &(kernel::Signature, String)| format!("{name} as {}: {}", s.hat.title(), if s.agrees { "signed" } else { "objected" });
        table.rows.push(vec![
            p.number.map_or(Cell::Empty, |number| Cell::text(format!("D-{number}"))),
            Cell::text(p.title),
            Cell::text(p.state.says()),
            Cell::text(p.area.says()),
            Cell::text(d.author_name),
            Cell::day(Some(p.meta.created_at), &zone),
            Cell::day(p.settled_at, &zone),
            Cell::text(p.reason),
            Cell::text(p.note),
            Cell::text(d.signatures.iter().map(signed).collect::<Vec<_>>().join("\n")),
        ]);
    }
    Ok(table)
}

fn lines(look: &mut Look, said: &Said) -> Result<Table> {
    let zone = look.scope.who.zone.clone();
    let mut table = named("Activity", &["When", "Who", "Hat", "Did", "What", "Reason"]);
    let item = if said.get("item").is_empty() { said.get("q") } else { said.get("item") };
    let mut wanted = Activity {
        after: String::new(),
        about: None,
        item: item.to_owned(),
        by: said.get("by").to_owned(),
        kind: said.get("kind").to_owned(),
        limit: Some(500),
    };
    loop {
        let page = activity::find(look, &wanted)?;
        for line in page.items {
            table.rows.push(vec![
                Cell::text(web::when::exact(line.at, &zone)),
                Cell::text(activity::who(&line)),
                Cell::text(line.hat.as_deref().and_then(kernel::Hat::parse).map_or("", |hat| hat.title())),
                Cell::text(activity::verb(&line).trim_end_matches(':')),
                Cell::text(line.label.as_str()),
                Cell::text(line.reason.as_deref().unwrap_or("")),
            ]);
        }
        match page.next {
            Some(next) if table.rows.len() < MOST_LINES => wanted.after = next,
            _ => return Ok(table),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tables_become_one_and_share_what_is_called_the_same() {
        let row = |cells: &[&str]| cells.iter().map(|cell| Cell::text(*cell)).collect::<Vec<_>>();
        let above = Table { rows: vec![row(&["i", "1"])], ..named("A", &["Key", "Risk"]) };
        let below = Table { rows: vec![row(&["f", "low", "2"])], ..named("B", &["Team", "Risk"]) };
        let both = under(above, below, 1);
        assert_eq!(both.header, ["Key", "Risk", "Team"]);
        assert_eq!(both.rows, [row(&["i", "1", ""]), row(&["f", "2", "low"])]);
    }
}
