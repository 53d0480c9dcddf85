//! What a question about a strategy or a design means: a fact answers it only where it meets most of what is asked. A word
//! in common, such as “owners”, is no answer, and what the brief says is none to whoever asks for more.

mod wording;

use crate::{
    Known,
    nearest::{alike, plain},
};
use wording::{WHY, stem, words};

/// What a question comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant<'a> {
    /// This fact answers it.
    Asked(&'a str),
    /// The brief has told all that it asks for.
    Given(&'a str),
    /// No fact answers it; this one comes near.
    Near(&'a str),
}

/// Ahead of these stands what is asked for, and behind them of what.
const OF_WHAT: &[&str] = &["among", "of", "for", "with", "at", "per", "if"];

/// Of what is asked, an answer meets more than this.
const MOST: f64 = 0.55;
/// So much is enough where one of its words is an author's own for this fact alone.
const TELLING: f64 = 0.4;
/// A question that says so much of a fact, and little else, asks for that.
const NEARLY: f64 = 0.9;
const MOST_SAID: f64 = 0.7;
/// A reason meets so much.
const SOME: f64 = 0.3;
/// What the brief has told is told again where it meets nearly all.
const GIVEN: f64 = 0.85;
/// Where the brief meets so much, something hidden with the same words is an answer to something else.
const TOLD: f64 = 0.6;

/// A kind of question that only a fact of that kind answers.
const KINDS: [(&[&str], &[&str]); 3] = [
    (&["how long", "how much time"], &["time", "long", "second", "minute", "hour", "day", "week", "month", "year", "duration", "wait"]),
    (&["cost", "expensive"], &["cost", "price", "fee", "rent", "budget", "money", "spend"]),
    (&["price", "fee", "charge", "how much is paid", "pay"], &["price", "fee", "cost", "rent", "pay", "charge", "money", "budget"]),
];

/// A word of a question.
struct Wanted {
    word: String,
    weight: f64,
}

/// The fact that is meant, if any; `open` says which ones the brief has told.
///
/// ```
/// use marking::meant;
/// assert_eq!(meant(&[], &|_| false, "Why do they leave?"), None);
/// ```
pub fn meant<'a>(facts: &[Known<'a>], open: &dyn Fn(&str) -> bool, asked: &str) -> Option<Meant<'a>> {
    let why = words(asked, &[]).iter().any(|word| WHY.contains(&word.as_str()));
    let own: Vec<Own> = facts.iter().map(Own::of).collect();
    let wanted = wanted(asked, &own);
    let all: f64 = wanted.iter().map(|wanted| wanted.weight).sum();
    let met = |at: usize| -> f64 { wanted.iter().filter(|wanted| own[at].has(&wanted.word)).map(|wanted| wanted.weight).sum::<f64>() / all };
    // How much of what a fact says the question says.
    let said = |at: usize| {
        own[at].says.iter().filter(|word| wanted.iter().any(|wanted| alike(&wanted.word, word))).count() as f64 / own[at].says.len().max(1) as f64
    };
    // Of those that are as near the one that the question nearly says, and then the first.
    let best = |of: &dyn Fn(usize) -> bool| {
        let each = (0..facts.len()).filter(|at| of(*at)).map(|at| (at, met(at))).filter(|(_, met)| *met > 0.0);
        each.rev().max_by(|a, b| a.1.total_cmp(&b.1).then((said(a.0) >= MOST_SAID).cmp(&(said(b.0) >= MOST_SAID))))
    };
    if why {
        // Whoever asks why is told a reason, or nothing; “because of the price” asks for that one.
        let tail: Vec<String> =
            ["because of", "due to"].iter().filter_map(|mark| asked.to_lowercase().split_once(mark).map(|(_, tail)| tail.to_owned())).collect();
        let tail: Vec<String> = tail.iter().flat_map(|tail| words(tail, WHY)).map(|word| stem(&word)).collect();
        let known = best(&|at| own[at].reason && !open(facts[at].id) && tail.iter().all(|word| own[at].has(word)));
        return known.filter(|(_, met)| *met >= SOME).map(|(at, _)| Meant::Asked(facts[at].id));
    }
    let fits = |at: usize| kinds(asked).all(|kind| own[at].is_of(kind));
    let told = best(&|at| open(facts[at].id) && fits(at));
    let in_open = |word: &str, given: bool| (0..facts.len()).any(|at| open(facts[at].id) && own[at].knows(word, given));
    // A word that the author gave to this fact, and to hardly another.
    let telling = |at: usize| {
        let rare = |word: &str| own.iter().filter(|own| own.knows(word, true)).count() == 1;
        wanted.iter().any(|wanted| own[at].knows(&wanted.word, true) && rare(&wanted.word) && !in_open(&wanted.word, true))
    };
    // One word of its sentence may stand in any question.
    let solid = |at: usize| {
        let hits = || wanted.iter().filter(|wanted| wanted.word != stem("people"));
        let many = hits().filter(|wanted| own[at].has(&wanted.word)).count();
        many > 1 || hits().any(|wanted| own[at].knows(&wanted.word, true)) || many == 1 && wanted.len() == 1
    };
    let hidden = best(&|at| !open(facts[at].id) && fits(at)).filter(|(at, _)| solid(*at));
    let open_met = told.map_or(0.0, |(_, met)| met);
    // Whoever asks in nearly its own words means it.
    let plainly = |at: usize, met: f64| met > NEARLY && said(at) >= MOST_SAID;
    let asked_for = hidden.filter(|(at, met)| {
        plainly(*at, *met) || *met > MOST && (open_met < TOLD || telling(*at)) || *met >= TELLING && *met > open_met && telling(*at)
    });
    // What the brief says is no news: only where it meets all that the hidden one meets, too.
    if let Some((at, met)) = told
        && met > GIVEN
        && (asked_for.is_none() || hidden.is_none_or(|(other, hidden)| met >= hidden && (!plainly(other, hidden) || said(at) >= said(other))))
    {
        return Some(Meant::Given(facts[at].id));
    }
    if let Some((at, _)) = asked_for {
        return Some(Meant::Asked(facts[at].id));
    }
    let near = hidden.filter(|(at, met)| {
        let given = wanted.iter().any(|wanted| own[*at].knows(&wanted.word, true) && stem("people") != wanted.word);
        *met >= TELLING && open_met < TOLD && given
    });
    near.map(|(at, _)| Meant::Near(facts[at].id))
}

/// The words of a question with what each is worth: one that few facts know more than one that many know, what is asked for more
/// than of what, and one that no fact knows so much that a question about something else is not answered.
fn wanted(asked: &str, own: &[Own]) -> Vec<Wanted> {
    let lower = asked.to_lowercase();
    let end = OF_WHAT.iter().filter_map(|word| lower.find(&format!(" {word} "))).filter(|at| !words(&lower[..*at], WHY).is_empty()).min();
    let head: Vec<String> = words(&lower[..end.unwrap_or(lower.len())], WHY).iter().map(|word| stem(word)).collect();
    let mut found: Vec<Wanted> = vec![];
    for word in words(asked, WHY).iter().map(|word| stem(word)) {
        if found.iter().any(|known| known.word == word) {
            continue;
        }
        let known = own.iter().filter(|own| own.has(&word)).count();
        let rare = (1.0 + own.len() as f64 / known.max(1) as f64).ln();
        let people = word == stem("people");
        let worth = if people {
            0.25
        } else if known == 0 {
            0.4
        } else {
            1.0
        };
        let asked_for = if head.contains(&word) { 1.5 } else { 1.0 };
        found.push(Wanted { weight: rare * worth * asked_for, word });
    }
    found
}

/// What a question asks for by its form.
fn kinds(asked: &str) -> impl Iterator<Item = &'static [&'static str]> {
    let plain = plain(asked);
    KINDS.iter().filter(move |(says, _)| says.iter().any(|says| plain.contains(&format!(" {says} ")))).map(|(_, kind)| *kind)
}

/// What a fact is known by.
struct Own {
    /// Words that its author would ask for it by.
    given: Vec<String>,
    /// All of them: of its sentence and its id, too.
    all: Vec<String>,
    /// Of its sentence alone.
    says: Vec<String>,
    /// The same as they stand.
    plain: Vec<String>,
    reason: bool,
}

impl Own {
    fn of(fact: &Known) -> Own {
        let id = fact.id.replace('-', " ");
        let texts = || fact.words.iter().map(String::as_str).chain([fact.says, id.as_str()]);
        let given: Vec<String> = fact.words.iter().flat_map(|phrase| words(phrase, &[])).map(|word| stem(&word)).collect();
        let plain: Vec<String> =
            texts().flat_map(|text| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()).collect();
        let reason =
            fact.words.iter().map(String::as_str).chain([fact.says]).any(|text| words(text, &[]).iter().any(|word| WHY.contains(&word.as_str())));
        Own {
            given,
            all: texts().flat_map(|text| words(text, &[])).map(|word| stem(&word)).collect(),
            says: words(fact.says, &[]).iter().map(|word| stem(word)).collect(),
            plain,
            reason,
        }
    }

    fn has(&self, word: &str) -> bool {
        self.knows(word, false)
    }

    fn knows(&self, word: &str, given: bool) -> bool {
        if given { &self.given } else { &self.all }.iter().any(|other| alike(other, word))
    }

    fn is_of(&self, kind: &[&str]) -> bool {
        self.plain.iter().any(|word| kind.iter().any(|kind| word.starts_with(kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told, by its place in the list.
    fn ask(facts: &[(&str, &[&str], bool)], asked: &str) -> Option<Meant<'static>> {
        const IDS: [&str; 18] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17"];
        let words: Vec<Vec<String>> = facts.iter().map(|fact| fact.1.iter().map(|word| (*word).to_owned()).collect()).collect();
        let known: Vec<Known> = facts.iter().zip(&words).zip(IDS).map(|((fact, words), id)| Known { id, says: fact.0, words }).collect();
        let place = |id: &str| IDS.into_iter().find(|known| *known == id).unwrap_or("");
        Some(match meant(&known, &|id| IDS.iter().zip(facts).any(|(known, fact)| *known == id && fact.2), asked)? {
            Meant::Asked(id) => Meant::Asked(place(id)),
            Meant::Given(id) => Meant::Given(place(id)),
            Meant::Near(id) => Meant::Near(place(id)),
        })
    }

    #[test]
    fn why_is_answered_by_a_reason() {
        let wash: &[(&str, &[&str], bool)] = &[
            ("Share of the slots between 15:00 and 21:00 that are booked", &["evening", "booked", "full"], true),
            ("Flats that hold more than half of all slots between 15:00 and 21:00", &["who books", "holders", "regular", "same"], false),
            ("Why booked slots stay unused", &["why", "reason", "ask neighbours", "forget"], false),
            ("Flats in which nobody would book by phone, by a note through all doors", &["phone", "app", "who would not"], false),
        ];
        assert_eq!(ask(wash, "Why are booked slots not used?"), Some(Meant::Asked("2")));
        assert_eq!(ask(wash, "Who holds the evening slots"), Some(Meant::Asked("1")));
        assert_ne!(ask(wash, "What would an app cost?"), Some(Meant::Asked("3")));
        assert_eq!(ask(wash, "Why do workers report sick?"), None);
    }

    #[test]
    fn what_the_brief_tells_is_no_answer_to_more() {
        let choir: &[(&str, &[&str], bool)] = &[
            ("Singers who use the app", &["singers", "users"], true),
            ("Choirs that use the app", &["choirs"], true),
            ("Time a conductor needs to prepare a programme in the app", &["conductor", "time", "prepare", "upload"], false),
            ("Of those who stop, the ones who name the work of preparing as the reason", &["conductor", "why", "reason"], false),
        ];
        assert_eq!(ask(choir, "How do singers who stop paying say why?"), Some(Meant::Asked("3")));
        assert_eq!(ask(choir, "Rights of composers, copyright of uploaded scores"), None);
        assert_eq!(ask(choir, "How many choirs are there?"), Some(Meant::Given("1")));
        assert_ne!(ask(choir, "How many choirs win a prize in contests"), Some(Meant::Asked("1")));
        assert_eq!(ask(choir, "How much time does a conductor need to prepare?"), Some(Meant::Asked("2")));
    }

    /// Facts of a library, with what each is asked for by.
    const LIBRARY: &[(&str, &[&str], bool)] = &[
        ("People of Finland who are 65 or older", &["65", "elderly", "age", "old"], true),
        ("Stops of the four buses", &["stops", "route"], true),
        ("Loans by bus", &["bus", "loans"], true),
        ("Yearly cost of the buses", &["bus", "cost"], true),
        ("Loans by one locker in the trial year", &["locker", "loans", "trial"], true),
        ("Cost of one locker in the trial year", &["locker", "cost", "price"], true),
        ("Locker loans by people who also borrow in a library building", &["who", "users", "locker", "new", "already"], false),
        ("Bus borrowers who borrow nowhere else", &["who", "users", "bus", "only", "reach"], false),
        ("Adult bus borrowers without a driving licence", &["licence", "car", "drive"], false),
        ("Bus stops that bring 79 % of the bus loans", &["stops", "weak", "concentration", "loans per stop"], false),
        ("School stops among these 140", &["school", "children"], false),
        ("Yearly cost if two buses serve these 140 stops twice as often", &["cost", "two buses", "schedule"], false),
        ("Cost of a visit at home by volunteers, with a box of books", &["home", "volunteer", "deliver"], false),
        ("Borrowers at the other 470 stops who would have no way to a library", &["lose", "470", "who is left", "weak stops"], false),
    ];

    #[test]
    fn a_word_in_common_is_no_answer() {
        for asked in ["What does a bus stop cost per year?", "What do Lukulokka charge?", "How many people visit the bus?"] {
            assert_eq!(ask(LIBRARY, asked), None, "{asked}");
        }
        assert_eq!(ask(LIBRARY, "What would two buses cost?"), Some(Meant::Asked("11")));
        let own = "What is the yearly cost if two buses serve these stops twice as often?";
        assert_eq!(ask(LIBRARY, own), Some(Meant::Asked("11")), "nearly its own words, though the brief has most of them");
        assert_eq!(ask(LIBRARY, "How many borrowers have no driving licence?"), Some(Meant::Asked("8")));
        assert_eq!(ask(LIBRARY, "How many of the stops are at schools?"), Some(Meant::Asked("10")));
    }

    /// Facts of a firm that sells to vets.
    const VETS: &[(&str, &[&str], bool)] = &[
        ("Practices that are customers", &["practices", "customers"], true),
        ("Monthly price", &["fee", "price"], true),
        ("Practices lost in 2025 as a share", &["churn", "lost"], true),
        ("Practices lost in 2025", &["lost", "churn"], true),
        ("Practices won in 2025", &["won", "new"], true),
        ("Cost of a writing assistant of the firm's own", &["assistant", "build"], true),
        ("Of the 129 lost, practices that were bought by a group with a program of its own", &["why", "bought", "group", "reason", "lost"], false),
        ("Of the 129 lost, practices that left for a program joined to Notarella", &["why", "notarella", "assistant", "reason", "lost"], false),
        ("Customers with small animals in cities", &["city", "segment", "kind"], false),
        ("Customers with farm animals, alone or beside small ones", &["rural", "farm", "mixed", "segment", "kind"], false),
        ("Rural practices among the 83 that were bought", &["rural", "bought", "segment", "lost rural"], false),
        ("Practices with farm animals that are not yet customers", &["rural", "market", "farm", "potential"], false),
        ("Of these, practices that keep farm visits on paper", &["rural", "paper", "farm", "how"], false),
        ("What rural vets name first", &["rural", "wish", "need", "offline", "herd"], false),
        (
            "Of 45 rural practices shown a rough version, those that signed a letter of intent at 390 EUR a month",
            &["rural", "trial", "letter", "price"],
            false,
        ),
        ("Yearly cost of joining Notarella to Wattlecote as a partner", &["partner", "notarella", "integrate"], false),
    ];

    #[test]
    fn plain_words_find_the_fact_on_which_a_case_turns() {
        for asked in ["How many rural customers were lost?", "Does Vetrova buy rural practices?", "Churn among practices with farm animals"] {
            assert_eq!(ask(VETS, asked), Some(Meant::Asked("10")), "{asked}");
        }
        assert!(matches!(ask(VETS, "Which practices treat cattle and sheep?"), Some(Meant::Near("9") | Meant::Asked("9"))));
        assert_eq!(ask(VETS, "How much does a practice pay?"), Some(Meant::Given("1")));
        for asked in ["Of the 129 lost, how many left because of price?", "How much does it cost to build for rural practices?"] {
            assert_eq!(ask(VETS, asked), None, "{asked}");
        }
    }

    /// Facts of trams.
    const TRAMS: &[(&str, &[&str], bool)] = &[
        ("Tram stops", &["stops", "how many"], true),
        ("Stops at which two trams can stand behind one another", &["double", "platform", "two trams"], true),
        ("Trams in all", &["trams", "fleet"], true),
        ("Residents registered as blind or severely sight-impaired", &["registered", "how many blind"], true),
        (
            "Of 90 members of the association asked, those who use a smartphone with speech on the street",
            &["smartphone", "app", "phone", "survey", "members"],
            false,
        ),
        (
            "Share of missed trams, by the members' diary, that were the second tram at a double stop",
            &["miss", "diary", "when", "where", "double", "second"],
            false,
        ),
        ("A pocket remote", &["remote", "button", "on demand", "alternative", "supplier"], false),
        ("Share of members' trips between 20:00 and 7:00", &["night", "evening", "when", "trips"], false),
        ("Cost of a loudspeaker outside for one tram", &["retrofit", "cost", "loudspeaker price"], false),
    ];

    /// Facts of garden plots.
    const PLOTS: &[(&str, &[&str], bool)] = &[
        ("People on the waiting list", &["waiting", "list", "how many"], true),
        ("Years that somebody waits who gets a plot today", &["years", "wait", "how long"], true),
        (
            "Of 200 people on the list who were called by a student, how many still want a plot",
            &["still want", "list", "real", "called", "survey"],
            false,
        ),
        ("Share of those who still want a plot who would take a half or a quarter", &["half", "quarter", "small", "size"], false),
    ];

    #[test]
    fn what_the_brief_says_is_known_and_what_nobody_says_is_not_made_up() {
        assert_eq!(ask(TRAMS, "How many passengers are blind or have low vision?"), Some(Meant::Given("3")));
        assert_eq!(ask(TRAMS, "How often do people take the wrong tram?"), Some(Meant::Asked("5")));
        let remote = ask(TRAMS, "Would members carry a small transmitter or remote control?");
        assert!(matches!(remote, Some(Meant::Asked("6") | Meant::Near("6"))), "{remote:?}");
        assert_eq!(ask(TRAMS, "How long do trams stand at the stop?"), None);
        for asked in ["How long does it take to give a plot to the next one?", "Do people on the list have internet?"] {
            assert_eq!(ask(PLOTS, asked), None, "{asked}");
        }
        assert_eq!(ask(PLOTS, "How many people on the list still want a plot?"), Some(Meant::Asked("2")));
        assert_eq!(ask(PLOTS, "How many would take a half plot?"), Some(Meant::Asked("3")));
    }
}
