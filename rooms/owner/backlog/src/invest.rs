//! Hints about a story after INVEST (Wake 2003): independent, negotiable, valuable, estimable, small, testable. Each names the
//! words or the figures it rests on, so that a reader can see whether it is right, and is put aside where it isn't. It holds
//! nobody up: only the definition of ready says what a story must have.

use kernel::words;

words! {
    /// What a hint is about.
    pub enum Letter { Independent = "independent", Negotiable = "negotiable", Valuable = "valuable", Estimable = "estimable", Small = "small", Testable = "testable" }
}

/// What is known of a story.
#[derive(Default)]
pub struct Text<'a> {
    pub title: &'a str,
    pub wants: &'a str,
    pub so_that: &'a str,
    pub body: &'a str,
    /// What one of its kind is for: bugs and tasks need not say for whom.
    pub is_story: bool,
    pub criteria: Vec<&'a str>,
    pub points: Option<f64>,
    /// The size that nine of ten accepted stories stay within, where enough were accepted to say so.
    pub usual: Option<f64>,
    /// The keys of stories it waits for.
    pub waits_for: Vec<String>,
}

/// Something that may stand in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub letter: Letter,
    pub says: String,
    /// The words or figures that it rests on.
    pub rests_on: String,
}

impl Hint {
    fn new(letter: Letter, says: impl Into<String>, rests_on: impl Into<String>) -> Hint {
        Hint { letter, says: says.into(), rests_on: rests_on.into() }
    }

    /// By this it is put aside, and comes back once it rests on something else.
    /// Sizes are not for everyone's eyes, so it says what it rests on by a digest (FNV-1a).
    pub fn mark(&self) -> String {
        let digest = self.rests_on.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{}: {digest:016x}", self.letter)
    }
}

/// How things are to be built, which leaves nothing to talk about.
const MEANS: &[&str] = &[
    "button",
    "dropdown",
    "checkbox",
    "popup",
    "modal",
    "tooltip",
    "endpoint",
    "database",
    "table column",
    "sql",
    "json",
    "cron job",
    "microservice",
];
/// Words that everybody understands in their own way.
const VAGUE: &[&str] = &[
    "fast",
    "quick",
    "quickly",
    "easy",
    "easily",
    "simple",
    "user-friendly",
    "user friendly",
    "intuitive",
    "nice",
    "modern",
    "flexible",
    "robust",
    "appropriate",
    "appropriately",
    "as needed",
    "if possible",
    "properly",
    "correctly",
    "seamless",
    "reasonable",
    "better",
];
/// What has not been thought to its end.
const OPEN: &[&str] = &["tbd", "to be defined", "to be decided", "etc", "and so on", "somehow", "???", "not sure", "to be clarified"];
/// What says that another comes first.
const AFTER: &[&str] = &["depends on", "blocked by", "once the", "only after", "as soon as"];
/// So many criteria still make one story.
const MANY: usize = 8;

/// What may stand in a story's way, in the order of the letters.
pub fn hints(t: &Text) -> Vec<Hint> {
    let told = [t.title, t.wants, t.so_that, t.body];
    let mut hints = vec![];
    let mut add = |letter, says: &str, rests_on: Option<String>| hints.extend(rests_on.map(|on| Hint::new(letter, says, on)));
    add(Letter::Independent, "It cannot be done before another", (!t.waits_for.is_empty()).then(|| t.waits_for.join(", ")));
    if t.waits_for.is_empty() {
        add(Letter::Independent, "Its text says that something else comes first, and no link does", found(AFTER, &told));
    }
    add(Letter::Negotiable, "It says how it is built, and leaves little to talk about", found(MEANS, &[t.title, t.wants]));
    if t.is_story {
        let silent = t.so_that.trim().is_empty();
        add(Letter::Valuable, "Nobody is told what it is good for", silent.then(|| "an empty “so that”".to_owned()));
        add(Letter::Valuable, "The reason says no more than the wish", same(t.wants, t.so_that).then(|| quoted(t.so_that)));
    }
    add(Letter::Estimable, "Something has not been thought to its end", found(OPEN, &told));
    let bare = t.criteria.is_empty() && words_in(t.body) + words_in(t.wants) < 8;
    add(
        Letter::Estimable,
        "There is little to judge its size by",
        bare.then(|| format!("{} and no criterion", counted(words_in(t.body) + words_in(t.wants), "word"))),
    );
    if let (Some(size), Some(usual)) = (t.points, t.usual) {
        add(
            Letter::Small,
            "It is larger than nine of ten that were accepted",
            (size > usual).then(|| format!("{} points against {}", plain(size), plain(usual))),
        );
    }
    add(Letter::Small, "So many criteria are seldom one story", (t.criteria.len() > MANY).then(|| format!("{} criteria", t.criteria.len())));
    add(Letter::Small, "It may be two stories", joined(t.title));
    add(
        Letter::Testable,
        "A criterion can be read in more than one way",
        t.criteria.iter().find_map(|c| found(VAGUE, &[*c]).map(|word| format!("{word} in “{}”", short(c)))),
    );
    hints
}

/// The first of these words that stands by itself in a text, in quotation marks.
fn found(words: &[&str], texts: &[&str]) -> Option<String> {
    texts.iter().find_map(|text| {
        let lower = text.to_lowercase();
        words.iter().find(|word| stands(&lower, word)).map(|word| quoted(word))
    })
}

/// Whether a word stands in a text, and is no part of another.
fn stands(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let edge = word.starts_with(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let after = text[at + word.len()..].chars().next();
        !edge || !letter(text[..at].chars().next_back()) && !letter(after)
    })
}

/// "Pay by card and print the receipt": two things that are done.
fn joined(title: &str) -> Option<String> {
    let lower = title.to_lowercase();
    let (before, after) = lower.split_once(" and ")?;
    (words_in(before) > 1 && words_in(after) > 1).then(|| "“and” in the title".to_owned())
}

/// Whether two texts say the same, but for case and the small words.
fn same(one: &str, other: &str) -> bool {
    let kept = |text: &str| {
        let words = text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
        words.into_iter().filter(|word| word.len() > 2 && !["the", "can", "that", "for", "and"].contains(&word.as_str())).collect::<Vec<_>>()
    };
    let (one, other) = (kept(one), kept(other));
    !other.is_empty() && other.iter().all(|word| one.contains(word))
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

fn quoted(text: &str) -> String {
    format!("“{}”", short(text))
}

/// The beginning of a text, in one line.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.char_indices().nth(60).map_or(line.clone(), |(at, _)| format!("{}…", &line[..at]))
}

fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn plain(size: f64) -> String {
    if size.fract() == 0.0 { format!("{size:.0}") } else { format!("{size:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(t: &Text) -> Vec<(Letter, String)> {
        hints(t).into_iter().map(|hint| (hint.letter, hint.rests_on)).collect()
    }

    /// One that nothing is to be said about.
    fn good() -> Text<'static> {
        Text {
            title: "Hold a bike by phone",
            wants: "to hold a bike for ten minutes",
            so_that: "it is still there when I arrive",
            is_story: true,
            criteria: vec!["A held bike opens for nobody else", "After ten minutes it is free again"],
            points: Some(3.0),
            usual: Some(8.0),
            ..Text::default()
        }
    }

    #[test]
    fn of_a_good_story_nothing_is_said() {
        assert_eq!(told(&good()), vec![]);
    }

    #[test]
    fn each_letter_names_what_it_rests_on() {
        assert_eq!(told(&Text { waits_for: vec!["ORB-3".into()], ..good() }), [(Letter::Independent, "ORB-3".to_owned())]);
        assert_eq!(told(&Text { body: "Depends on the new lock.", ..good() }), [(Letter::Independent, "“depends on”".to_owned())]);
        assert_eq!(told(&Text { title: "A button to hold", ..good() }), [(Letter::Negotiable, "“button”".to_owned())]);
        assert_eq!(told(&Text { so_that: "", ..good() }), [(Letter::Valuable, "an empty “so that”".to_owned())]);
        assert_eq!(told(&Text { so_that: "I can hold a bike", ..good() }), [(Letter::Valuable, "“I can hold a bike”".to_owned())]);
        assert_eq!(told(&Text { body: "Colours: tbd", ..good() }), [(Letter::Estimable, "“tbd”".to_owned())]);
        assert_eq!(told(&Text { points: Some(13.0), ..good() }), [(Letter::Small, "13 points against 8".to_owned())]);
        assert_eq!(told(&Text { title: "Hold a bike and pay by card", ..good() }), [(Letter::Small, "“and” in the title".to_owned())]);
        assert_eq!(told(&Text { criteria: vec!["It is easy to find"], ..good() }), [(Letter::Testable, "“easy” in “It is easy to find”".to_owned())]);
        assert_eq!(told(&Text { criteria: vec!["c"; 9], ..good() }), [(Letter::Small, "9 criteria".to_owned())]);
        assert_eq!(told(&Text { criteria: vec![], wants: "a hold", ..good() }), [(Letter::Estimable, "2 words and no criterion".to_owned())]);
    }

    #[test]
    fn parts_of_words_and_bugs_are_let_be() {
        assert_eq!(told(&Text { criteria: vec!["Breakfast is served", "The fastener holds"], ..good() }), vec![]);
        assert_eq!(told(&Text { title: "Salt and pepper", ..good() }), vec![], "two words are no two stories");
        assert_eq!(told(&Text { so_that: "", is_story: false, ..good() }), vec![], "a bug need not say for whom");
        assert_eq!(told(&Text { points: Some(13.0), usual: None, ..good() }), vec![], "without a past nothing is large");
    }

    #[test]
    fn a_hint_put_aside_comes_back_once_it_rests_on_something_else() {
        let first = hints(&Text { points: Some(13.0), ..good() });
        let later = hints(&Text { points: Some(20.0), ..good() });
        assert_ne!(first[0].mark(), later[0].mark());
        assert_eq!(first[0].mark(), hints(&Text { points: Some(13.0), ..good() })[0].mark());
    }

    #[test]
    fn whatever_people_write_is_read() {
        let long = "ß".repeat(5_000);
        for text in ["", "\u{0}", "???", "🚲🚲", "É ETC.", &long] {
            hints(&Text { title: text, wants: text, so_that: text, body: text, criteria: vec![text], is_story: true, ..Text::default() });
        }
    }
}
