//! Comments as Jira writes them into a cell: when, who and what, parted by semicolons.

use conversation::BroughtComment;
use reading::dates;
use std::collections::BTreeMap;

/// When, who, what; `None` where it is no such cell.
fn parts(cell: &str) -> Option<(&str, &str, &str)> {
    let (at, rest) = cell.split_once(';')?;
    let (who, what) = rest.split_once(';')?;
    (!at.trim().is_empty() && !who.trim().is_empty() && !what.trim().is_empty()).then_some((at.trim(), who.trim(), what.trim()))
}

/// The days of all comments of a file, whose form is decided together.
pub fn days<'c>(cells: impl IntoIterator<Item = &'c str>) -> dates::Column {
    dates::Column::of(cells.into_iter().filter_map(parts).map(|(at, ..)| at))
}

/// A cell as a comment, by the names of the people that it may mention, and its time as it is written.
pub fn read(
    cell: &str,
    days: &dates::Column,
    names: &BTreeMap<String, String>,
    text: impl Fn(&str) -> String,
) -> Option<(dates::When, BroughtComment)> {
    let (at, who, what) = parts(cell)?;
    let when = days.read(at).ok()?;
    let author = names.get(who).map_or(who, String::as_str).chars().take(200).collect();
    Some((when, BroughtComment { author, at: when.millis(), body: text(what) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_comment_with_author_and_time() {
        let cells = ["02/May/26 9:00 AM;fgardener;First, ask the boiler maker; then decide\nsoon", "no comment; at all"];
        let days = days(cells);
        let names = BTreeMap::from([("fgardener".to_owned(), "Flora".to_owned())]);
        let (_, comment) = read(cells[0], &days, &names, str::to_owned).unwrap();
        assert_eq!((comment.author.as_str(), comment.body.as_str()), ("Flora", "First, ask the boiler maker; then decide\nsoon"));
        assert_eq!(comment.at, dates::one("2026-05-02 09:00").unwrap().millis());
        assert_eq!(read(cells[1], &days, &names, str::to_owned), None);
    }
}
