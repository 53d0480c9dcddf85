//! Files that the export of another tool names and that lie in a folder beside it. They are hung on their stories, each
//! once; nothing is fetched from anywhere.

use attachments::Taken;
use kernel::{Column, Result, Uuid, value::Packed};
use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    path::Path,
};
use web::{App, Ask, Visitor};

/// What became of the files.
#[derive(Debug, Default)]
pub struct Beside {
    pub attached: usize,
    /// On their story already, or taken off it.
    pub known: usize,
    /// Named, and not in the folder.
    pub missing: Vec<String>,
    /// Why others could not be hung.
    pub refused: Vec<String>,
}

/// What tools call the column.
const COLUMNS: &[&str] =
    &["attachment", "attachments", "anhang", "anhänge", "dateianhang", "pièce jointe", "pièces jointes", "adjunto", "adjuntos", "allegati", "anexo"];

/// Hangs the files that stories of a product were brought in with from a folder: `FOLDER/KEY/name`, or `FOLDER/name`.
pub async fn attach_beside(app: &App, visitor: &Visitor, product: &str, folder: &Path) -> Result<Beside> {
    let (named, there) = app.ask(visitor, Some(product), |look| Ok((named(look)?, hanging(look)?))).await?;
    let mut beside = Beside::default();
    let mut there = there;
    for (story, key, name) in named {
        let called = attachments::tidy_name(&name);
        let places = [folder.join(attachments::tidy_name(&key)).join(&called), folder.join(&called)];
        let Some(file) = places.iter().filter(|place| place.is_file()).find_map(|place| File::open(place).ok()) else {
            beside.missing.push(format!("{key}: {called}"));
            continue;
        };
        match hang(app, visitor, product, story, &called, file, &mut there).await {
            Ok(true) => beside.attached += 1,
            Ok(false) => beside.known += 1,
            Err(refusal) if refusal.is_ours() => return Err(refusal),
            Err(refusal) => beside.refused.push(format!("{key}: {called}: {refusal}")),
        }
    }
    Ok(beside)
}

/// What hangs on which story.
type There = HashSet<(Uuid, String)>;

async fn hang(app: &App, visitor: &Visitor, product: &str, story: Uuid, name: &str, file: File, there: &mut There) -> Result<bool> {
    let taken = Taken::from_disk(app, name, file).await?;
    if !there.insert((story, taken.sha256.clone())) {
        return Ok(false);
    }
    app.run(visitor, Ask::of(Some(product), &taken.hung("story", story))?).await.map(|_| true)
}

/// The stories with the files that their import named: id, key in the other tool, name.
fn named(look: &mut kernel::Look) -> Result<Vec<(Uuid, String, String)>> {
    let product = look.scope.product_id()?;
    let sql = "select id, origin, extra from story where product = $1 and removed_at is null and origin <> '' and extra <> '{}' order by number";
    let mut named = vec![];
    for mut row in look.query(sql, &[product.value()])? {
        let (id, origin): (Uuid, String) = (row.take()?, row.take()?);
        let extra: Packed<BTreeMap<String, String>> = row.take()?;
        let key = origin.split_once(':').map_or(origin.as_str(), |(_, key)| key);
        let columns = extra.0.iter().filter(|(column, _)| COLUMNS.contains(&column.trim().to_lowercase().as_str()));
        named.extend(columns.flat_map(|(_, cell)| names(cell)).map(|name| (id, key.to_owned(), name)));
    }
    Ok(named)
}

/// Also what was taken off a story stays off it.
fn hanging(look: &mut kernel::Look) -> Result<There> {
    let product = look.scope.product_id()?;
    let rows = look.query("select about_id, sha256 from attachment where product = $1", &[product.value()])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The names in a cell: a line for each, of Jira with day, person and address around it; of others an address, or names
/// parted by commas.
fn names(cell: &str) -> Vec<String> {
    let mut names = vec![];
    for line in cell.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split(';').collect();
        match parts.as_slice() {
            // A name may hold a semicolon itself.
            [_, _, name @ .., address] if !name.is_empty() && address.contains("://") => names.push(name.join(";")),
            _ => names.extend(line.split(',').map(last_part)),
        }
    }
    names.retain(|name| !name.trim().is_empty());
    names
}

/// Of an address what stands last, as a name; of a name all of it.
fn last_part(text: &str) -> String {
    match text.trim().split_once("://") {
        Some((_, path)) => web::text::decode(path.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default()),
        None => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_found_in_the_cells_of_other_tools() {
        assert_eq!(names("25/Nov/26 3:04 PM;ada;shot; late.png;https://x.org/secure/attachment/1/shot.png\n"), ["shot; late.png"]);
        assert_eq!(names("https://trello.com/1/cards/2/attachments/3/a%20plan.pdf?x=1, other.txt"), ["a plan.pdf", "other.txt"]);
        assert!(names(" \n").is_empty());
    }
}
