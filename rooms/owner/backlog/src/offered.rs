//! Acceptance criteria that a text offers: the list under a heading that says so, up to the next heading in whatever
//! form, or a text that holds nothing else.

/// The criteria under such a heading; empty where there is none or something else stands under it. Deeper items belong
/// to the item above them, and a blank line between items ends nothing.
pub fn criteria_in(text: &str) -> Vec<String> {
    let mut lines = text.lines().skip_while(|line| !says_so(line));
    let Some(above) = lines.next() else { return vec![] };
    let rest: Vec<&str> = lines.collect();
    // Under a heading of Markdown such a line is the next heading; otherwise several are a list of Jira's.
    let hashes = rest.iter().filter(|line| !line.trim().is_empty()).take_while(|line| line.starts_with('#')).count();
    let numbered =
        !above.trim_start().starts_with('#') && hashes > 0 && (hashes > 1 || rest.iter().filter(|line| !line.trim().is_empty()).count() == 1);
    listed(&rest, numbered, false)
}

/// The criteria in a text that holds nothing else, such as a cell of its own column: its items, or its lines where none
/// is marked.
pub fn criteria_listed(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !says_so(line)).collect();
    if lines.iter().any(|line| item(line.trim(), true).is_some()) {
        return listed(&lines, true, true);
    }
    scenarios(&lines).unwrap_or_else(|| lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// Whether two criteria say the same, whatever case, spaces and full stops they are written with.
pub fn same_criterion(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_lowercase();
    words(one) == words(other)
}

/// The items of a list. `all` goes on over lines that are none, which then are criteria of their own.
fn listed(lines: &[&str], numbered: bool, all: bool) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        let line = line.trim();
        match (item(line, numbered), found.last_mut()) {
            _ if line.is_empty() => {}
            (Some(text), Some(last)) if indent >= 2 || depth(line) > 1 => *last = format!("{last}\n- {text}"),
            (Some(text), _) => found.push(text.to_owned()),
            (None, Some(last)) if indent >= 2 => *last = format!("{last}\n{line}"),
            (None, _) if all => found.push(line.to_owned()),
            (None, _) => break,
        }
    }
    found
}

/// Scenarios without marks: each from its name or its Given to the line before the next.
fn scenarios(lines: &[&str]) -> Option<Vec<String>> {
    let begins = |line: &str, word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let mut found: Vec<String> = vec![];
    let mut named = false;
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let name = begins(line, "scenario");
        match found.last_mut() {
            _ if name || (begins(line, "given ") && !named) => found.push(line.to_owned()),
            Some(last) => *last = format!("{last}\n{line}"),
            None => return None,
        }
        named = name;
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a line is a heading over acceptance criteria, in one of the languages that files come in.
fn says_so(line: &str) -> bool {
    let plain: String = line.chars().filter(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’')).collect();
    let plain = plain.trim().to_lowercase().replace('’', "'");
    // Jira's `h3. `.
    let plain = plain.strip_prefix("h ").map_or(plain.as_str(), str::trim);
    matches!(
        plain,
        "acceptance criteria"
            | "acceptance criterion"
            | "acceptance criteria ac"
            | "akzeptanzkriterien"
            | "abnahmekriterien"
            | "critères d'acceptation"
            | "criterios de aceptación"
            | "critérios de aceitação"
            | "critérios de aceite"
            | "критерии приёмки"
            | "критерии приемки"
            | "受け入れ基準"
            | "受け入れ条件"
            | "受入基準"
            | "受入条件"
            | "验收标准"
    )
}

/// How many marks of Jira's or dashes an item has.
fn depth(line: &str) -> usize {
    line.bytes().take_while(|b| matches!(b, b'*' | b'#' | b'-')).count()
}

/// The text of an item: behind a mark and a space, behind a number, with or without a box. `numbered` takes `#` for a
/// number as Jira does, and not for a heading.
fn item(line: &str, numbered: bool) -> Option<&str> {
    let count = line.find(['.', ')']).filter(|at| *at > 0 && *at < 4 && line[..*at].bytes().all(|b| b.is_ascii_digit()));
    let rest = match count {
        Some(at) => &line[at + 1..],
        None => {
            let marks = depth(line);
            if marks > 0 && (numbered || !line.starts_with('#')) {
                &line[marks..]
            } else {
                line.strip_prefix(['•', '+', '–', '·', '☐', '☑', '✓', '✔'])?
            }
        }
    };
    let boxed = |text: &'static str| rest.trim_start().strip_prefix(text);
    let text = boxed("[ ]").or_else(|| boxed("[x]")).or_else(|| boxed("[X]"));
    // A mark that touches the word is no item: `**Budget**`, `-5 degrees`.
    let text = text.or_else(|| rest.starts_with(char::is_whitespace).then_some(rest))?.trim();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_under_the_heading_is_offered_as_criteria() {
        let text = "As a user, I want x.\n\nAcceptance Criteria:\n- first\n- second\n  - detail\n  more\n* third\n\n---\nStory Points: 3";
        assert_eq!(criteria_in(text), ["first", "second\n- detail\nmore", "third"]);
        assert_eq!(criteria_in("h3. Acceptance criteria\n# one\n## deeper\n# two\nThen prose"), ["one\n- deeper", "two"]);
        assert_eq!(criteria_in("**Acceptance criteria**\n\n1. one\n2) two"), ["one", "two"]);
        assert_eq!(criteria_in("Akzeptanzkriterien:\n- [ ] eins\n- [x] zwei"), ["eins", "zwei"]);
        assert!(criteria_in("- only\n- a list").is_empty());
        assert!(criteria_in("").is_empty());
    }

    #[test]
    fn the_next_heading_ends_it_in_whatever_form() {
        let two = ["Two come out", "Both can be scanned"];
        for next in
            ["## Out of scope", "**Out of scope**", "h3. Out of scope", "Out of scope:", "__Out of scope__", "# Out of scope", "Out of scope\n---"]
        {
            for above in ["## Acceptance criteria", "**Acceptance criteria**", "Acceptance criteria:"] {
                let text = format!("{above}\n- Two come out\n- Both can be scanned\n{next}\n- Customs papers\n");
                assert_eq!(criteria_in(&text), two, "{text}");
                assert!(criteria_in(&format!("{above}\n\n{next}\n\n- Customs papers")).is_empty(), "{above} {next}");
            }
        }
    }

    #[test]
    fn a_blank_line_between_items_ends_nothing() {
        assert_eq!(criteria_in("## Acceptance criteria\n- Foil is fed\n\n- It does not jam\n"), ["Foil is fed", "It does not jam"]);
    }

    #[test]
    fn a_text_of_its_own_is_a_criterion_for_each_item_or_line() {
        assert_eq!(criteria_listed("- Name is written down\n- Back within a week"), ["Name is written down", "Back within a week"]);
        assert_eq!(criteria_listed("Ladder is clean\n\nLadder is whole"), ["Ladder is clean", "Ladder is whole"]);
        assert_eq!(criteria_listed("Acceptance criteria\n# one\n# two"), ["one", "two"]);
        assert_eq!(
            criteria_listed("Scenario: lend\nGiven a ladder\nWhen it is lent\nThen it is gone\n\nGiven none\nWhen asked\nThen no"),
            ["Scenario: lend\nGiven a ladder\nWhen it is lent\nThen it is gone", "Given none\nWhen asked\nThen no"]
        );
        assert!(criteria_listed(" \n").is_empty());
    }

    #[test]
    fn the_same_is_said_in_more_than_one_way() {
        assert!(same_criterion("Two  come out.", "two come out") && !same_criterion("one", "two"));
    }
}
