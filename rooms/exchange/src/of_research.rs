//! The lists of research as tables. The matrix goes out as it comes in: a row for each cell.

use crate::{
    lists::{named, number},
    tables::{Cell, Table},
};
use kernel::{Look, Noun, Result};

pub(crate) fn trends(look: &mut Look) -> Result<Table> {
    let header =
        ["Trend", "About", "When", "Impact", "Direction", "Confidence", "What it would change", "Initiatives it would change", "Evidence", "Note"];
    let mut table = named("Trends", &header);
    for line in research::trends(look)? {
        let keys: Vec<String> = line.initiatives.iter().map(|(number, ..)| look.scope.key(*number)).collect();
        let trend = line.trend;
        table.rows.push(vec![
            Cell::text(trend.title),
            Cell::text(trend.theme.says()),
            Cell::text(trend.horizon.says()),
            Cell::text(trend.impact.says()),
            Cell::text(trend.direction.says()),
            number(trend.confidence),
            Cell::text(trend.would_change),
            Cell::text(keys.join(", ")),
            Cell::Number(line.evidence as f64),
            Cell::text(trend.note),
        ]);
    }
    Ok(table)
}

pub(crate) fn competitors(look: &mut Look) -> Result<Table> {
    let mut table = named("Competitors", &["Competitor", "Address", "Positioning", "Strengths", "Weaknesses", "Pricing", "Last checked"]);
    for c in research::competitors(look)? {
        let texts = [c.name, c.url, c.positioning, c.strengths, c.weaknesses, c.pricing];
        table.rows.push(texts.into_iter().map(Cell::text).chain([Cell::Day(c.checked_on)]).collect());
    }
    Ok(table)
}

pub(crate) fn capability_matrix(look: &mut Look) -> Result<Table> {
    let mut table = named("Capability matrix", &["Capability", "Competitor", "Grade", "Source", "Address", "Seen on", "Note"]);
    let ours = product::product(look)?.name;
    let matrix = research::matrix(look)?;
    for capability in &matrix.capabilities {
        for whose in std::iter::once(None).chain(matrix.competitors.iter().map(Some)) {
            let Some(grade) = matrix.cell(capability.id(), whose.map(Noun::id)) else { continue };
            table.rows.push(vec![
                Cell::text(&capability.name),
                Cell::text(whose.map_or(&ours, |c| &c.name)),
                Cell::text(grade.level.word()),
                Cell::text(&grade.source),
                Cell::text(&grade.url),
                Cell::Day(grade.seen_on.clone()),
                Cell::text(&grade.note),
            ]);
        }
    }
    Ok(table)
}

pub(crate) fn personas(look: &mut Look) -> Result<Table> {
    let mut table = named("Personas", &["Persona", "Segment", "Standing", "Evidence", "Quote", "Goals", "Frustrations", "Context"]);
    for line in research::personas(look)? {
        let standing = line.researched.map_or("", |researched| if researched { "researched" } else { "assumed" });
        let p = line.persona;
        table.rows.push(vec![
            Cell::text(p.name),
            Cell::text(line.segment_name),
            Cell::text(standing),
            number(line.evidence.map(|pieces| pieces as f64)),
            Cell::text(p.quote),
            Cell::text(p.goals),
            Cell::text(p.frustrations),
            Cell::text(p.context),
        ]);
    }
    Ok(table)
}

pub(crate) fn market_sizes(look: &mut Look) -> Result<Table> {
    let mut table = named("Market sizes", &["Market", "Way", "Size", "Middle", "90 % from", "90 % until", "Unit"]);
    for size in research::sizes(look)? {
        let found = research::of_size(&size)?;
        for (way, found) in std::iter::once(("bottom-up", &found.bottom_up)).chain(found.top_down.iter().map(|way| ("top-down", way))) {
            for amount in &found.sizes {
                table.rows.push(vec![
                    Cell::text(&size.title),
                    Cell::text(way),
                    Cell::text(&amount.name),
                    Cell::Number(amount.middle),
                    Cell::Number(amount.low),
                    Cell::Number(amount.high),
                    Cell::text(&amount.unit),
                ]);
            }
        }
    }
    Ok(table)
}
