//! Imports and exports from the command line.

use super::{Place, back, people};
use crate::whole_file;
use ::exchange::{Arrival, Beside, Brought, Format, Mapping, attach_beside, export as write_out, invite, lighthouse, read, stories};
use app::Visitor;
use clap::Args;
use kernel::{Door, Look, Refusal, json};
use std::{collections::BTreeMap, io::Write, path::PathBuf};

/// Bring a backlog in from another tool; all rows or none, twice without duplicates, and never over what was changed here.
#[derive(Args)]
pub struct Import {
    /// jira-csv, github-json or csv; or tandem-json, a product that was written out, into an empty workspace.
    format: String,
    file: PathBuf,
    /// Key of the product; tandem-json has its own.
    #[arg(long)]
    product: Option<String>,
    /// E-mail of the member in whose name it is done; the first Owner when left out.
    #[arg(long = "as")]
    acting: Option<String>,
    /// Report what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// field=column, such as title=Summary, before any guess; `-` for no column. Several times or with commas, as all of these.
    #[arg(long)]
    map: Vec<String>,
    /// state=stage, such as "In Review=doing" (open, doing, handed_over, accepted, dropped, leave_out).
    #[arg(long)]
    state: Vec<String>,
    /// Leave states open that are not known.
    #[arg(long)]
    open_unknown: bool,
    /// type=kind, such as Epic=leave_out (story, bug, task, spike, leave_out).
    #[arg(long = "type")]
    types: Vec<String>,
    /// person=e-mail of a member.
    #[arg(long)]
    person: Vec<String>,
    /// person=e-mail of somebody to invite as a developer, after the import.
    #[arg(long)]
    invite: Vec<String>,
    /// column=what it holds (text, number, day, choice, link), to make an own field of what would be kept as text.
    #[arg(long)]
    field: Vec<String>,
    /// column=day, month or year: which comes first in days that can be read two ways.
    #[arg(long)]
    dates: Vec<String>,
    /// sprint=days, such as "Sprint 4=2026-04-09..2026-04-22", where the file names it without.
    #[arg(long)]
    sprint: Vec<String>,
    /// Which sheet of a workbook; the first when left out.
    #[arg(long)]
    sheet: Option<String>,
    /// Take acceptance criteria over: from their column, or listed in the text; that stays.
    #[arg(long)]
    criteria: bool,
    /// Folder with the files that the export names, hung on their stories: FOLDER/KEY/name or FOLDER/name. Nothing is fetched.
    #[arg(long)]
    attachments: Option<PathBuf>,
    /// Leave out rows that cannot come in.
    #[arg(long)]
    skip_bad: bool,
    /// Rows with the key of a story here are that story, whatever they say.
    #[arg(long)]
    same: bool,
    /// Keep epics as labels and make no features of them.
    #[arg(long)]
    epics_as_labels: bool,
    /// key=field that was changed here and is to be the file's, such as B-1=title; `all` for every key or field.
    #[arg(long)]
    take: Vec<String>,
}

/// Pairs, several times or parted by commas. A comma within a name or a word parts nothing.
fn pairs(given: &[String]) -> Result<Vec<(String, String)>, String> {
    let mut pairs: Vec<String> = vec![];
    for text in given {
        let mut before = String::new();
        for piece in text.split(',') {
            match (piece.contains('='), pairs.last_mut()) {
                (true, _) => pairs.push(std::mem::take(&mut before) + piece),
                (false, Some(last)) if before.is_empty() => *last = format!("{last},{piece}"),
                (false, _) => before += &format!("{piece},"),
            }
        }
        if !before.is_empty() {
            return Err(format!("{text:?} should be written as one=other"));
        }
    }
    Ok(pairs.iter().filter_map(|pair| pair.split_once('=')).map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned())).collect())
}

fn mapping(options: &Import) -> Result<Mapping, String> {
    let map = |given: &[String]| pairs(given).map(|pairs| pairs.into_iter().collect::<BTreeMap<_, _>>());
    Ok(Mapping {
        columns: map(&options.map)?,
        states: map(&options.state)?,
        types: map(&options.types)?,
        people: map(&options.person)?,
        own: map(&options.field)?,
        dates: map(&options.dates)?,
        sprints: map(&options.sprint)?,
        criteria: options.criteria,
        open_unknown: options.open_unknown,
        skip_bad: options.skip_bad,
        epics_as_labels: options.epics_as_labels,
        invited: map(&options.invite)?,
        same: options.same,
        zone: String::new(),
        sheet: options.sheet.clone().unwrap_or_default(),
        take: pairs(&options.take)?,
    })
}

/// Brings back what `tandem export` wrote.
async fn bring_back(place: &Place, file: &std::path::Path) -> Result<(), String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let written = back::Written::read(&bytes).map_err(|e| e.to_string())?;
    let app = place.make()?;
    let (registry, blobs, now) = (app.registry.clone(), app.blobs.clone(), app.clock.now());
    let back = app.store.write(move |writer| written.bring_back(writer, &registry, &blobs, now)).await.map_err(|e| e.to_string())?;
    let admin = match &back.administrator {
        Some(mail) => format!(" {mail} is the administrator; nobody has a password yet: give one with `tandem member password`."),
        None => " Nobody has a password yet: give one with `tandem member password`.".to_owned(),
    };
    place.say(
        &json!({ "product": back.product, "things": back.things, "administrator": back.administrator }),
        &format!("{} is back, with {} things and lines of activity.{admin}", back.product, back.things),
    )
}

pub(super) async fn import(place: &Place, options: Import) -> Result<(), String> {
    if options.format == "tandem-json" {
        return bring_back(place, &options.file).await;
    }
    let format = Format::parse(&options.format)
        .ok_or_else(|| format!("{:?} is no format; write jira-csv, github-json, csv or tandem-json", options.format))?;
    let product = options.product.clone().ok_or("say into which product with --product KEY")?;
    let (mut mapping, guests) = (mapping(&options)?, pairs(&options.invite)?);
    let bytes = std::fs::read(&options.file).map_err(|e| format!("{}: {e}", options.file.display()))?;
    let app = place.open().await?;
    let visitor = match &options.acting {
        Some(email) => people::acts_as(&people::account(&app, email).await?),
        None => first_owner(&app, &product).await?,
    };
    let zone = app.ask(&visitor, Some(&product), |look| Ok(look.scope.who.zone.clone()));
    mapping.zone = zone.await.map_err(|e| e.to_string())?;
    let draft = read(format, &bytes, &mapping).map_err(|e| match e.to_string() {
        told if told.contains("is the title") => format!("{told} Name it with --map title=COLUMN."),
        told => told,
    })?;
    let name = options.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let all = draft.stories.len();
    let follow = !place.json && !options.dry_run && all >= 1_000;
    let progress = move |done: usize| {
        if follow && (done.is_multiple_of(500) || done == all) {
            eprint!("\r{done} of {all} rows ");
        }
    };
    let brought = Arrival { app: &app, visitor: &visitor, product: &product, format, file_name: &name, draft: &draft }
        .bring(options.dry_run, progress)
        .await
        .map_err(|e| e.to_string())?;
    if follow {
        eprintln!();
    }
    let report = &brought.report;
    let held = !report.undecided.is_empty();
    let mut said = json!(report);
    let mut told = told(&brought, options.dry_run);
    for (what, title) in [("proposed", &brought.proposed), ("features_proposal", &brought.features)] {
        if let Some(title) = title {
            said[what] = json!(title);
        }
    }
    if !held && !options.dry_run {
        for guest in invite(&app, &visitor, &product, &guests, kernel::Hat::Developer).await.map_err(|e| e.to_string())? {
            told += &format!("\n{} {} {}", guest.name, guest.told, guest.link.as_deref().unwrap_or_default());
        }
    }
    if let (Some(folder), false) = (&options.attachments, held || options.dry_run) {
        let beside = attach_beside(&app, &visitor, &product, folder).await.map_err(|e| e.to_string())?;
        told += &files_told(&beside);
    }
    place.say(&said, &told)?;
    match held && !options.dry_run {
        false => Ok(()),
        true => Err("nothing was imported".into()),
    }
}

/// What became of the files beside the export.
fn files_told(beside: &Beside) -> String {
    let mut told =
        format!("\n{} files attached, {} were there already, {} are not in the folder.", beside.attached, beside.known, beside.missing.len());
    for line in
        beside.missing.iter().take(20).map(|name| format!("\nNot in the folder: {name}")).chain(beside.refused.iter().map(|why| format!("\n{why}")))
    {
        told += &line;
    }
    told
}

/// How states that are not known are mapped, said once.
const HOW: &str = "Map them (--state \"Verified=accepted\") or leave them open (--open-unknown).";

fn told(brought: &Brought, dry: bool) -> String {
    let r = &brought.report;
    let mut out = format!(
        "{}{} rows read: {} created, {} updated, {} unchanged, {} refused.",
        if dry { "Would be: " } else { "" },
        r.read,
        r.created,
        r.updated,
        r.unchanged,
        r.refused
    );
    for sentence in &r.says {
        out += &format!("\n{sentence}");
    }
    let would = if dry { "Would be proposed" } else { "Proposed" };
    for title in [&brought.proposed, &brought.features].into_iter().flatten() {
        out += &format!("\n{would}: {title}. It waits for a signature.");
    }
    for (what, count) in &r.left_out {
        out += &format!("\nLeft out: {count} ({what})");
    }
    for (field, column) in &r.columns {
        out += &format!("\nColumn “{column}”: {field}");
    }
    for (word, became) in &r.states {
        out += &format!("\nState “{word}” ({}): {}{}", became.count, became.to, if became.known { "" } else { ", not known" });
    }
    for (word, became) in &r.types {
        out += &format!("\nType “{word}” ({}): {}{}", became.count, became.to, if became.known { "" } else { ", not known" });
    }
    for person in &r.people {
        out += &format!("\nPerson “{}” ({}): {}", person.name, person.count, person.member.as_deref().unwrap_or("nobody here"));
    }
    if let Some(also) = r.also() {
        out += &format!("\nWith them: {also}.");
    }
    for note in &r.notes {
        out += &format!("\n{note}");
    }
    if r.apart > 0 {
        out += if r.apart == 1 { "\nIf it is the same story, say so with --same." } else { "\nIf they are the same stories, say so with --same." };
    }
    for kept in r.kept.iter().take(200) {
        out += &format!(
            "\nRow {}, {}: kept yours ({} “{}”); the file says “{}” ({}).",
            kept.row,
            kept.key,
            kept.says(),
            kept.here,
            kept.file,
            kept.why()
        );
    }
    for p in r.problems.iter().take(50) {
        out += &format!("\nRow {}, {}: {}", p.row, if p.column.is_empty() { "as a whole" } else { &p.column }, p.reason);
    }
    if dry {
        for row in r.rows.iter().take(200) {
            let points = row.points.map(|p| format!("{p} {}", if p == 1.0 { "point" } else { "points" })).unwrap_or_default();
            let more = [
                (row.kind.to_owned(), ""),
                (row.stage.replace('_', " "), ""),
                (points, ""),
                (row.person.clone(), ""),
                (row.epic.clone(), "epic "),
                (row.sprint.clone(), "sprint "),
                (row.created.clone().unwrap_or_default(), "made "),
                (row.settled.clone().unwrap_or_default(), "done "),
            ];
            let more: Vec<String> = more.iter().filter(|(text, _)| !text.is_empty()).map(|(text, before)| format!("{before}{text}")).collect();
            let here = row.here.as_ref().filter(|here| **here != row.key).map(|here| format!(" as {here}")).unwrap_or_default();
            out += &format!("\nRow {}: {}{here} “{}” {} ({})", row.row, row.key, row.title, row.what, more.join(", "));
        }
    }
    for sentence in &r.undecided {
        out += &format!("\n{sentence}");
        out += if sentence.contains("not known") { " " } else { "" };
        out += if sentence.contains("not known") { HOW } else { " Leave them out with --skip-bad." };
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
    /// json is everything; csv, xlsx and markdown are its stories, lighthouse-csv is when they began and were closed.
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
    if !["json", "csv", "xlsx", "markdown", "lighthouse-csv"].contains(&options.format.as_str()) {
        return Err(format!("{:?} is not a format that can be written; write json, csv, xlsx, markdown or lighthouse-csv", options.format));
    }
    let app = place.open().await?;
    let visitor = match &options.acting {
        Some(email) => people::acts_as(&people::account(&app, email).await?),
        None => first_owner(&app, &options.product).await?,
    };
    let (registry, blobs, out) = (app.registry.clone(), app.blobs.clone(), options.out.clone());
    let format = options.format.clone();
    let fill = move |look: &mut Look, out: &mut dyn Write| -> kernel::Result<u64> {
        let table = match format.as_str() {
            "json" => return write_out(look, &registry, &blobs, out),
            "lighthouse-csv" => lighthouse(look)?,
            _ => stories(look)?,
        };
        let bytes = match format.as_str() {
            "xlsx" => table.xlsx()?,
            "csv" | "lighthouse-csv" => table.csv().into_bytes(),
            _ => table.markdown().into_bytes(),
        };
        out.write_all(&bytes).map_err(|e| Refusal::invalid("file", format!("The export cannot be written: {e}.")))?;
        Ok(table.rows.len() as u64)
    };
    let written = app.ask(&visitor, Some(&options.product), move |look| match &out {
        Some(file) => whole_file::write(file, |out| fill(look, out)),
        None => fill(look, &mut std::io::BufWriter::new(std::io::stdout().lock())),
    });
    let written = written.await.map_err(|e| e.to_string())?;
    match &options.out {
        Some(file) => {
            let what = if options.format == "json" { "things and lines of activity" } else { "stories" };
            place.say(&json!({ "written": written }), &format!("{written} {what} written to {}.", file.display()))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn a_comma_in_a_name_parts_nothing() {
        let read = |given: &[&str]| pairs(&given.iter().map(|g| (*g).to_owned()).collect::<Vec<_>>());
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read(&["a=b,c=d"]), Ok(vec![pair("a", "b"), pair("c", "d")]));
        assert_eq!(read(&["Waiting, legal=open", "title=Name, long"]), Ok(vec![pair("Waiting, legal", "open"), pair("title", "Name, long")]));
        assert!(read(&["a"]).is_err());
    }
}
