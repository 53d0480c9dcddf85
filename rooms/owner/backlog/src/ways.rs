//! Ways of splitting a story: by the steps of its workflow, by its rules, by the data it takes, by the interfaces it shows itself
//! on. Each finds in the story's own words what the parts could be; the rest is asked for. Nothing is made up.

use kernel::words;

words! {
    /// By what a story is split.
    pub enum Way { Steps = "steps" says "workflow steps", Rules = "rules", Data = "data", Interfaces = "interfaces" }
}

impl Way {
    /// What is asked of the story, and an example.
    pub const fn asks(self) -> &'static str {
        match self {
            Way::Steps => "Which step alone would already help somebody? “Book, change and cancel a bike” begins with booking.",
            Way::Rules => "Which rule could come later? “Hold a bike” works before “not for longer than ten minutes” does.",
            Way::Data => "Which kind of data is enough for the first? “Pay” begins with cards; invoices and vouchers follow.",
            Way::Interfaces => "Where is it needed first? On the phone, then on the web, then through the interface for programs.",
        }
    }
}

/// What a story says of itself.
#[derive(Default)]
pub struct Said<'a> {
    pub title: &'a str,
    pub wants: &'a str,
    pub body: &'a str,
    pub criteria: Vec<&'a str>,
}

/// A part that could become a story: its title, and which criteria would go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub title: String,
    pub criteria: Vec<usize>,
}

/// So many parts are found at most, and so many fit the form.
pub const MOST: usize = 8;

/// Where something shows itself: how it is spoken of, and what a part is called after it.
const INTERFACES: &[(&[&str], &str)] = &[
    (&["phone", "mobile", "app", "android", "ios"], "on the phone"),
    (&["web", "browser", "desktop", "website"], "on the web"),
    (&["api", "interface for programs", "rest"], "through the interface"),
    (&["mail", "e-mail", "email", "letter"], "by mail"),
    (&["sms", "text message"], "by text message"),
    (&["csv", "excel", "export", "download"], "as a file"),
    (&["print", "paper"], "on paper"),
    (&["screen reader", "keyboard"], "by keyboard and screen reader"),
];

/// What the parts could be; empty where the story's words show none.
pub fn parts(way: Way, said: &Said) -> Vec<Part> {
    let mut parts = match way {
        Way::Steps => steps(said),
        Way::Rules => rules(said),
        Way::Data => data(said),
        Way::Interfaces => interfaces(said),
    };
    parts.truncate(MOST);
    // One part is the story itself.
    if parts.len() < 2 { vec![] } else { parts }
}

/// Steps one after another: "search, book and pay", "then". Criteria go where they speak of the step.
fn steps(said: &Said) -> Vec<Part> {
    let from = [said.title, said.wants]
        .into_iter()
        .map(|text| listed(text, &[", then ", " and then ", " then ", ", and ", " and ", ", "]))
        .find(|found| found.len() > 1);
    named(said, from.unwrap_or_default())
}

/// Every criterion is a rule; each is a part by itself.
fn rules(said: &Said) -> Vec<Part> {
    said.criteria.iter().enumerate().map(|(i, rule)| Part { title: title_of(said.title, rule), criteria: vec![i] }).collect()
}

/// What stands in a list behind a colon or in brackets: "by card, invoice or voucher".
fn data(said: &Said) -> Vec<Part> {
    for text in [said.title, said.wants, said.body] {
        let within = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(list, _)| list);
        let behind = text.split_once(": ").map(|(_, list)| list.lines().next().unwrap_or_default());
        let by = [" by ", " with ", " for ", " as "].iter().find_map(|word| text.lines().next()?.split_once(word)).map(|(_, list)| list);
        for list in [within, behind, by].into_iter().flatten() {
            let kinds = listed(list.split(['.', ';']).next().unwrap_or_default(), &[", or ", " or ", ", and ", " and ", ", "]);
            if kinds.len() > 1 && kinds.iter().all(|kind| kind.split_whitespace().count() <= 4) {
                let titles = kinds.into_iter().map(|kind| format!("{}: {kind}", short(said.title, 60))).collect();
                return named(said, titles);
            }
        }
    }
    vec![]
}

/// Interfaces that its words speak of.
fn interfaces(said: &Said) -> Vec<Part> {
    let all = [said.title, said.wants, said.body].into_iter().chain(said.criteria.iter().copied());
    let text = all.collect::<Vec<_>>().join("\n").to_lowercase();
    let spoken = |words: &[&str], text: &str| words.iter().any(|word| stands(text, word));
    let found = INTERFACES.iter().filter(|(words, _)| spoken(words, &text));
    let part = |(words, says): &(&[&str], &str)| Part {
        title: format!("{}, {says}", short(said.title, 60)),
        criteria: (0..said.criteria.len()).filter(|i| spoken(words, &said.criteria[*i].to_lowercase())).collect(),
    };
    let mut parts: Vec<Part> = found.map(part).collect();
    // A criterion goes with the first that it speaks of.
    let mut taken = vec![];
    for part in &mut parts {
        part.criteria.retain(|i| !taken.contains(i));
        taken.extend(&part.criteria);
    }
    parts
}

/// Parts by their titles, each criterion with the first whose rarer words it has.
fn named(said: &Said, titles: Vec<String>) -> Vec<Part> {
    let words = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).map(str::to_owned).collect::<Vec<_>>()
    };
    let all: Vec<Vec<String>> = titles.iter().map(|title| words(title)).collect();
    let own = |i: usize, word: &String| !all.iter().enumerate().any(|(j, other)| i != j && other.contains(word));
    let mut parts: Vec<Part> = titles.into_iter().map(|title| Part { title, criteria: vec![] }).collect();
    for (c, criterion) in said.criteria.iter().enumerate() {
        let spoken = words(criterion);
        let meant = |i: &usize| all[*i].iter().any(|word| own(*i, word) && spoken.iter().any(|s| alike(s, word)));
        if let Some(part) = (0..parts.len()).find(meant).and_then(|i| parts.get_mut(i)) {
            part.criteria.push(c);
        }
    }
    parts
}

/// Whether two words begin alike: "booking" and "book".
fn alike(one: &str, other: &str) -> bool {
    let stem = |word: &str| word.chars().take(4).collect::<String>();
    stem(one) == stem(other)
}

/// The items of a list in words; the first keeps what stands ahead of it.
fn listed(text: &str, marks: &[&str]) -> Vec<String> {
    let mut items = vec![text.trim().trim_end_matches('.').to_owned()];
    for mark in marks {
        items = items.iter().flat_map(|item| item.split(mark).map(str::to_owned).collect::<Vec<_>>()).collect();
    }
    items.into_iter().map(|item| sentence(&short(item.trim(), 80))).filter(|item| !item.is_empty()).collect()
}

/// "Hold a bike: not for longer than ten minutes".
fn title_of(story: &str, rule: &str) -> String {
    let line = rule.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    format!("{}: {}", short(story, 60), short(line.trim_end_matches('.'), 90))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.char_indices().nth(most).map_or(line.clone(), |(at, _)| format!("{}…", line[..at].trim_end()))
}

fn stands(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(way: Way, said: &Said) -> Vec<String> {
        parts(way, said).into_iter().map(|part| part.title).collect()
    }

    #[test]
    fn steps_come_from_the_words_of_the_story() {
        let said = Said {
            title: "Book, change and cancel a bike",
            criteria: vec!["Cancelling is free for an hour", "A booking is confirmed"],
            ..Said::default()
        };
        let found = parts(Way::Steps, &said);
        assert_eq!(found.iter().map(|p| p.title.as_str()).collect::<Vec<_>>(), ["Book", "Change", "Cancel a bike"]);
        assert_eq!(found.iter().map(|p| p.criteria.clone()).collect::<Vec<_>>(), [vec![1], vec![], vec![0]]);
        assert!(parts(Way::Steps, &Said { title: "Hold a bike", ..Said::default() }).is_empty(), "one step is the story itself");
    }

    #[test]
    fn each_rule_is_a_part_with_its_criterion() {
        let said =
            Said { title: "Hold a bike", criteria: vec!["Ten minutes at most.", "Given a hold\nWhen it ends\nThen it is free"], ..Said::default() };
        let found = parts(Way::Rules, &said);
        assert_eq!(found[0], Part { title: "Hold a bike: Ten minutes at most".into(), criteria: vec![0] });
        assert_eq!(found[1].title, "Hold a bike: Given a hold");
    }

    #[test]
    fn kinds_of_data_are_read_from_a_list() {
        assert_eq!(
            titles(Way::Data, &Said { title: "Pay by card, invoice or voucher", ..Said::default() }),
            ["Pay by card, invoice or voucher: Card", "Pay by card, invoice or voucher: Invoice", "Pay by card, invoice or voucher: Voucher"]
        );
        assert_eq!(
            titles(Way::Data, &Said { title: "Import trips", body: "Formats: CSV, Excel", ..Said::default() }),
            ["Import trips: CSV", "Import trips: Excel"]
        );
        assert!(titles(Way::Data, &Said { title: "Pay", ..Said::default() }).is_empty());
    }

    #[test]
    fn interfaces_are_those_that_are_spoken_of() {
        let said = Said {
            title: "Receipts",
            body: "In the app, and by mail.",
            criteria: vec!["The mail has the receipt as PDF", "The app shows it at once"],
            ..Said::default()
        };
        let found = parts(Way::Interfaces, &said);
        assert_eq!(
            found.iter().map(|p| (p.title.as_str(), p.criteria.clone())).collect::<Vec<_>>(),
            [("Receipts, on the phone", vec![1]), ("Receipts, by mail", vec![0])]
        );
        assert!(parts(Way::Interfaces, &Said { title: "Happy apprentices", ..Said::default() }).is_empty(), "parts of words are no interfaces");
    }

    #[test]
    fn whatever_people_write_is_read() {
        let long = "a, ".repeat(2_000);
        for text in ["", ":", "()", "(", ": \n", "🚲, 🚲 and 🚲", &long] {
            for way in Way::ALL {
                assert!(parts(*way, &Said { title: text, wants: text, body: text, criteria: vec![text; 3] }).len() <= MOST);
            }
        }
    }
}
