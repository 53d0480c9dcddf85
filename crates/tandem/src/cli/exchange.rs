//! Imports and exports from the command line.

use super::{Place, people, whole_file};
use ::exchange::{Format, Mapping, Report, bring, export as write_out, read};
use app::Visitor;
use clap::Args;
use kernel::{Door, json};
use std::{collections::BTreeMap, path::PathBuf};

/// Bring a backlog in from another tool; all rows or none, and twice without duplicates.
#[derive(Args)]
pub struct Import {
    /// jira-csv, github-json or csv.
    format: String,
    file: PathBuf,
    /// Key of the product.
    #[arg(long)]
    product: String,
    /// E-mail of the member in whose name it is done; the first Owner when left out.
    #[arg(long = "as")]
    acting: Option<String>,
    /// Report what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// For csv: field=column, such as title=Summary; several times or with commas.
    #[arg(long, value_delimiter = ',')]
    map: Vec<String>,
    /// state=stage, such as "In Review=doing" (open, doing, handed_over, accepted, dropped, leave_out).
    #[arg(long, value_delimiter = ',')]
    state: Vec<String>,
    /// type=kind, such as Epic=leave_out (story, bug, task, spike, leave_out).
    #[arg(long = "type", value_delimiter = ',')]
    types: Vec<String>,
    /// person=e-mail of a member.
    #[arg(long, value_delimiter = ',')]
    person: Vec<String>,
    /// Take lists under "Acceptance criteria" over as criteria; the text stays.
    #[arg(long)]
    criteria: bool,
}

fn pairs(given: &[String]) -> Result<BTreeMap<String, String>, String> {
    given
        .iter()
        .map(|pair| {
            pair.split_once('=')
                .map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()))
                .ok_or_else(|| format!("{pair:?} should be written as one=other"))
        })
        .collect()
}

pub(super) async fn import(place: &Place, options: Import) -> Result<(), String> {
    let format = Format::parse(&options.format).ok_or_else(|| format!("{:?} is no format; write jira-csv, github-json or csv", options.format))?;
    let mapping = Mapping {
        columns: pairs(&options.map)?,
        states: pairs(&options.state)?,
        types: pairs(&options.types)?,
        people: pairs(&options.person)?,
        criteria: options.criteria,
    };
    let bytes = std::fs::read(&options.file).map_err(|e| format!("{}: {e}", options.file.display()))?;
    let draft = read(format, &bytes, &mapping).map_err(|e| e.to_string())?;
    let app = place.open().await?;
    let visitor = match &options.acting {
        Some(email) => people::acts_as(&people::account(&app, email).await?),
        None => first_owner(&app, &options.product).await?,
    };
    let name = options.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let all = draft.stories.len();
    let follow = !place.json && !options.dry_run && all >= 1_000;
    let progress = move |done: usize| {
        if follow && (done.is_multiple_of(500) || done == all) {
            eprint!("\r{done} of {all} rows ");
        }
    };
    let brought = bring(&app, &visitor, &options.product, format, &name, &draft, options.dry_run, progress).await.map_err(|e| e.to_string())?;
    if follow {
        eprintln!();
    }
    if let Some(title) = &brought.proposed {
        return place.say(&json!({ "proposed": title }), &format!("Proposed: {title}. It waits for a signature."));
    }
    let report = &brought.report;
    place.say(&json!(report), &sentence(report, options.dry_run))?;
    match report.problems.is_empty() {
        true => Ok(()),
        false => Err("nothing was imported: all rows or none".into()),
    }
}

fn sentence(r: &Report, dry: bool) -> String {
    let mut out = format!(
        "{}{} rows read: {} created, {} updated, {} unchanged, {} refused.",
        if dry { "Would be: " } else { "" },
        r.read,
        r.created,
        r.updated,
        r.unchanged,
        r.refused
    );
    for (what, count) in &r.left_out {
        out += &format!("\nLeft out: {count} ({what})");
    }
    for note in &r.notes {
        out += &format!("\n{note}");
    }
    for p in r.problems.iter().take(50) {
        out += &format!("\nRow {}, {}: {}", p.row, if p.column.is_empty() { "as a whole" } else { &p.column }, p.reason);
    }
    if dry {
        for (row, key, what) in r.rows.iter().take(200) {
            out += &format!("\nRow {row}: {key} {what}");
        }
    }
    out
}

pub(super) async fn first_owner(app: &app::App, product: &str) -> Result<Visitor, String> {
    let key = product.to_owned();
    let found = app.store.read(move |reader| {
        let rows = reader.query(
            "select membership.member from membership join product on product.id = membership.product join member on member.id = membership.member
             where product.key = $1 and membership.removed_at is null and member.removed_at is null and membership.hats like '%\"owner\"%' order by membership.created_at limit 1",
            &[kernel::Value::Text(key)],
        )?;
        rows.into_iter().next().map(|mut row| row.take::<kernel::Uuid>()).transpose()
    });
    let member = found.await.map_err(|e| e.to_string())?;
    let member = member.ok_or_else(|| format!("{product} has no Owner, or there is no such product; say who acts with --as E-MAIL"))?;
    Ok(Visitor::member(member, Door::Import))
}

/// Write a product out.
#[derive(Args)]
pub struct Export {
    /// Key of the product.
    #[arg(long)]
    product: String,
    #[arg(long, default_value = "json")]
    format: String,
    /// Standard output when left out.
    #[arg(long)]
    out: Option<PathBuf>,
    /// E-mail of a member of the product; its first Owner when left out.
    #[arg(long = "as")]
    acting: Option<String>,
}

pub(super) async fn export(place: &Place, options: Export) -> Result<(), String> {
    if options.format != "json" {
        return Err(format!("{:?} is not a format that can be written yet; write json", options.format));
    }
    let app = place.open().await?;
    let visitor = match &options.acting {
        Some(email) => people::acts_as(&people::account(&app, email).await?),
        None => first_owner(&app, &options.product).await?,
    };
    let (registry, out) = (app.registry.clone(), options.out.clone());
    let written = app.ask(&visitor, Some(&options.product), move |look| match &out {
        Some(file) => whole_file::write(file, |out| write_out(look, &registry, out)),
        None => write_out(look, &registry, &mut std::io::BufWriter::new(std::io::stdout().lock())),
    });
    let written = written.await.map_err(|e| e.to_string())?;
    match &options.out {
        Some(file) => place.say(&json!({ "written": written }), &format!("{written} things and lines of activity written to {}.", file.display())),
        None => Ok(()),
    }
}
