//! The words of questions and facts: which of them count, and which are the same.

/// Words that say how something is asked, and not what.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "by",
    "can",
    "could",
    "did",
    "different",
    "do",
    "does",
    "each",
    "for",
    "from",
    "get",
    "give",
    "had",
    "has",
    "have",
    "how",
    "i",
    "in",
    "is",
    "it",
    "its",
    "know",
    "long",
    "low",
    "many",
    "me",
    "much",
    "need",
    "no",
    "not",
    "number",
    "of",
    "often",
    "on",
    "one",
    "or",
    "our",
    "out",
    "per",
    "percent",
    "percentage",
    "proportion",
    "say",
    "share",
    "should",
    "some",
    "take",
    "takes",
    "taken",
    "tell",
    "than",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "today",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whose",
    "will",
    "with",
    "would",
    "you",
    "your",
];
/// Words that ask for a reason, or give one.
pub(super) const WHY: &[&str] = &["why", "reason", "reasons", "because", "cause", "causes"];
/// Words that say the same; the first stands for all of them.
const SAME: &[&[&str]] = &[
    &["leave", "lose", "stop", "quit", "churn", "cancel", "gone"],
    &["cost", "expense", "expensive", "spend"],
    &["price", "fee", "charge", "pay", "payment", "rent"],
    &["unus", "unused", "empty"],
    &["rural", "farm", "countryside", "cattle", "sheep", "livestock", "cow"],
    &["blind", "vision", "sight", "impaired"],
    &["miss", "wrong", "mistake"],
    &["remote", "transmitter", "control"],
    PEOPLE,
];
/// Those whom a case is about. That it is of somebody tells one fact from another least of all.
const PEOPLE: &[&str] =
    &["people", "person", "customer", "user", "member", "passenger", "rider", "resident", "inhabitant", "client", "visitor", "practice", "somebody"];
/// What is said in another form.
const FORMS: &[(&str, &str)] = &[
    ("bought", "buy"),
    ("lost", "lose"),
    ("left", "leave"),
    ("sold", "sell"),
    ("paid", "pay"),
    ("held", "hold"),
    ("built", "build"),
    ("won", "win"),
    ("kept", "keep"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("grew", "grow"),
    ("fell", "fall"),
];

/// The words of a text that count, each once.
pub(super) fn words(text: &str, without: &[&str]) -> Vec<String> {
    let lower = text.to_lowercase();
    let all = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    let mut found: Vec<String> = vec![];
    for word in all.filter(|word| !EMPTY.contains(word) && !without.contains(word)) {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// A word without its ending, by the name under which it is known here.
pub(super) fn stem(word: &str) -> String {
    let word = FORMS.iter().find(|(form, _)| *form == word).map_or(word, |(_, plain)| *plain);
    // The stops of a bus are nothing that ends.
    if word == "stops" {
        return word.to_owned();
    }
    let ends = ["ings", "ing", "ies", "ied", "ed", "es", "s", "e"];
    let long = |end: &&&str| word.len() >= end.len() + 3;
    let bare = ends.iter().filter(|end| word.ends_with(**end)).find(long).map_or(word, |end| &word[..word.len() - end.len()]);
    let bare = bare.strip_suffix('e').filter(|stem| stem.len() > 3).unwrap_or(bare);
    // “stopped” is “stop”.
    let doubled = |c: char| bare.len() > 4 && bare.len() < word.len() && c.is_ascii() && bare.ends_with(&format!("{c}{c}"));
    let bare = bare.chars().last().filter(|c| doubled(*c)).map_or(bare, |c| &bare[..bare.len() - c.len_utf8()]);
    let same = SAME.iter().find(|group| group.iter().any(|own| *own == word || own.strip_suffix('e').unwrap_or(own) == bare));
    same.map_or(bare, |group| group[0].strip_suffix('e').unwrap_or(group[0])).to_owned()
}
