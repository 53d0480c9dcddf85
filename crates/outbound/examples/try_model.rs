//! Asks a real server what Tandem asks, and tells of each answer four things apart: the wire format, the streaming, the JSON
//! schema, and the quotes. Whether the model is any good is another question.

#![allow(clippy::print_stdout, reason = "it is run at a terminal")]

use kernel::{Json, json};
use marking::{Known, Row};
use outbound::{Chat, Heard, Outbound, Patience};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
    time::{Duration, Instant},
};

const USAGE: &str = "usage: try_model URL [MODEL] [SECONDS]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(url), name) = (args.first(), args.get(1).map_or("default", String::as_str)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let Ok(seconds) = args.get(2).map(|seconds| seconds.parse::<u64>()).transpose() else {
        eprintln!("{USAGE}\nSECONDS is a whole number.");
        return ExitCode::from(2);
    };
    match tried(url, name, seconds).await {
        Ok(tally) if tally.is_well() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Whoever types the address at the terminal means it, so its host is allowed.
fn host(url: &str) -> Result<String, String> {
    let url = reqwest::Url::parse(url).map_err(|e| format!("{url} is no address: {e}."))?;
    Ok(url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned())
}

/// What came of all of it.
#[derive(Default)]
struct Tally {
    asked: usize,
    /// Answers that came whole, and of them those that came in pieces, and that keep to the schema that was asked for.
    came: usize,
    streamed: usize,
    in_form: usize,
    /// Answers that the limit cut off: the model went on for too long, and the server did as it was asked.
    cut_off: usize,
    /// Quotes that stand where they are said to, and that do not.
    quoted: usize,
    unfound: usize,
    /// What the server does not take.
    without: BTreeSet<&'static str>,
}

impl Tally {
    fn is_well(&self) -> bool {
        self.came > 0 && self.came + self.cut_off == self.asked && self.in_form == self.came
    }

    fn told(&self) {
        let of = |many: usize| format!("{many} of {}", self.came);
        let cut = if self.cut_off == 0 { String::new() } else { format!(", and {} up to its limit, which the model did not keep to", self.cut_off) };
        println!("\nIn all");
        println!("  wire format  {} of {} answers came whole{cut}", self.came, self.asked);
        println!("  streaming    {} came in pieces; one that comes at once will do", of(self.streamed));
        let taken = if self.without.contains("response_format") { "the server takes no schemas" } else { "the server takes schemas" };
        println!("  JSON schema  {} keep to it; {taken}", of(self.in_form));
        println!("  quotes       {} stand where they are said to; {} do not, and count for nothing", self.quoted, self.unfound);
        if !self.without.is_empty() {
            println!("  left out     {}", self.without.iter().copied().collect::<Vec<_>>().join(", "));
        }
    }
}

/// What an answer says, and how many of its quotes stand where they are said to, and do not.
struct Found {
    says: String,
    quotes: Option<(usize, usize)>,
}

/// One without quotes.
fn plain(says: String) -> Found {
    Found { says, quotes: None }
}

/// Reads an answer, or says why that cannot be done.
type Read = dyn Fn(&str) -> Result<Found, String>;

/// What is asked, and how its answer is read.
type Question = (&'static str, Json, Box<Read>);

async fn tried(url: &str, name: &str, seconds: Option<u64>) -> Result<Tally, String> {
    let key = match std::env::var("TANDEM_MODEL_KEY_FILE") {
        Ok(file) => Some(std::fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?.trim().to_owned()),
        Err(_) => None,
    };
    let patience = seconds.map_or_else(Patience::default, |seconds| {
        let wait = Duration::from_secs(seconds);
        Patience { silence: wait, whole: wait }
    });
    let chat = Chat::new(Outbound::new(host(url)?.parse()?)?, url, name, key, 100)?.waiting(patience);
    println!(
        "Asking “{name}” at {url}. It has {} s to begin an answer, and {} s for all of it.",
        patience.silence.as_secs(),
        patience.whole.as_secs()
    );
    let mut tally = Tally::default();
    for (what, body, read) in questions()? {
        let came = ask(&chat, &mut tally, what, &body, &*read).await;
        if !came && tally.asked == 1 {
            println!("\nNothing else is tried.");
            break;
        }
    }
    tally.told();
    Ok(tally)
}

/// Everything that Tandem asks, and ahead of it a quote alone, which the smallest model can give.
fn questions() -> Result<Vec<Question>, String> {
    const TEXT: &str = "The tram comes every ten minutes. Most riders wait in the rain. Nobody sells tickets at the stop.";
    let schema = json!({ "type": "object", "properties": { "quote": { "type": "string" } }, "required": ["quote"], "additionalProperties": false });
    let system = "Copy one sentence of the text word for word. Answer with JSON alone: {\"quote\": \"the sentence\"}.";
    let copied = marking::body(system, TEXT, "quote", &schema, 120, 0);
    let mut all: Vec<Question> = vec![];
    all.push(("a sentence, word for word", copied, Box::new(|heard: &str| quoted(heard, TEXT))));

    let row = Row {
        name: "Goal",
        weak: "More users or more love.",
        middling: "The sum that the firm needs.",
        strong: "The sum, with a date and from whom it shall come.",
    };
    let text = "We need 110,000 EUR by the end of May 2027, from choirs that pay for their singers. We will not raise prices for singers.";
    let answer = BTreeMap::from([("goal".to_owned(), text.to_owned())]);
    for (n, what) in [(0, "a row of a rubric"), (1, "the same row once more")] {
        let body = marking::mark("A choir app needs 110,000 EUR a year.", row, &answer, n).ok_or("nothing to ask")?;
        let answer = answer.clone();
        let read = move |heard: &str| {
            let found = marking::sample(&answer, heard).map_err(|why| why.0)?;
            let (there, not) = (found.middling.quotes.len() + found.strong.quotes.len(), found.middling.unfound + found.strong.unfound);
            Ok(Found { says: format!("level {}", found.level), quotes: Some((there, usize::try_from(not).unwrap_or(0))) })
        };
        all.push((what, body, Box::new(read)));
    }

    let facts = || {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        [("price", "Price for a singer a year", words(&["price"])), ("singers", "Singers who use the app", words(&["singers", "users"]))]
    };
    fn known<'a>(facts: &'a [(&'a str, &'a str, Vec<String>)]) -> Vec<Known<'a>> {
        facts.iter().map(|(id, says, words)| Known { id, says, words }).collect()
    }
    let body = marking::question(&known(&facts()), "How much does one person pay?");
    let read = move |heard: &str| {
        let facts = facts();
        let known = known(&facts);
        marking::chosen(&known, heard).map(|fact| plain(format!("fact: {}", fact.unwrap_or("none")))).map_err(|why| why.0)
    };
    all.push(("the fact that a question means", body, Box::new(read)));

    for (what, kind, source) in [
        ("needs behind evidence", marking::Kind::Needs, "I never know when the tram comes, so I wait in the rain."),
        ("criteria of a story", marking::Kind::Criteria, "A rider sees on the map when the next tram comes, in minutes, and that it is late."),
        (
            "an update",
            marking::Kind::Update,
            "- Done: TRAM-7 Minutes on the map.\n- TRAM-9 Late trams is now planned until 31 Oct instead of 30 Sep.",
        ),
    ] {
        let sources = vec![source.to_owned()];
        let body = marking::draft(kind, &sources, &[]);
        let read = move |heard: &str| {
            let found = marking::drafted(kind, &sources, &[], heard).map_err(|why| why.0)?;
            let quoted = found.iter().filter(|one| !one.quote.is_empty()).count();
            let unfounded: Vec<&str> = found.iter().flat_map(|one| one.unfounded.iter().map(String::as_str)).collect();
            let odd = if unfounded.is_empty() { String::new() } else { format!(", with figures that stand nowhere: {}", unfounded.join(" ")) };
            Ok(Found { says: format!("{} drafts{odd}", found.len()), quotes: Some((quoted, found.len() - quoted)) })
        };
        all.push((what, body, Box::new(read)));
    }
    let notes = ["The tests are slow", "Tomas answered within the hour", "We wait for the build server", "More demos"].map(str::to_owned);
    let body = marking::groups(&notes, &[]);
    let read = move |heard: &str| marking::grouped(notes.len(), heard).map(|found| plain(format!("{} groups", found.len()))).map_err(|why| why.0);
    all.push(("groups of notes", body, Box::new(read)));
    Ok(all)
}

/// A quote looked up as all are, and once more with a word put into it, which must not be found.
fn quoted(heard: &str, text: &str) -> Result<Found, String> {
    let said: BTreeMap<String, String> = marking::json_in(heard).map_err(|why| why.0)?;
    let quote = said.get("quote").filter(|_| said.len() == 1).ok_or("The model did not answer in the form that was asked for (no quote).")?;
    if !marking::is_shown(quote, text) {
        return Ok(Found { says: format!("“{quote}”"), quotes: Some((0, 1)) });
    }
    let tampered = quote.replacen(' ', " never ", 1);
    let caught = if marking::is_shown(&tampered, text) { "WAS FOUND, which is a mistake of Tandem" } else { "is not found" };
    Ok(Found { says: format!("“{quote}”; with a word put into it, it {caught}"), quotes: Some((1, 0)) })
}

/// Asks one question and tells what came of it; whether an answer came. That a model says nothing of use is no fault of its
/// server.
async fn ask(chat: &Chat, tally: &mut Tally, what: &str, body: &Json, read: &Read) -> bool {
    let began = Instant::now();
    let answered = chat.answer(body).await;
    tally.asked += 1;
    println!("\n{}. {what} ({:.1} s)", tally.asked, began.elapsed().as_secs_f64());
    let Heard { text, streamed, pieces, first, without } = match answered {
        Ok(heard) => heard,
        Err(why) if why.cut_off => {
            tally.cut_off += 1;
            println!("  wire format  ok\n  it says      nothing of use: {}", why.said);
            return true;
        }
        Err(why) => {
            println!("  wire format  NO: {}", why.said);
            return false;
        }
    };
    tally.came += 1;
    tally.without.extend(without.iter().copied());
    println!("  wire format  ok{}", if without.is_empty() { String::new() } else { format!(", without {}", without.join(" and ")) });
    match streamed {
        true => println!("  streaming    ok, {pieces} pieces, the first after {:.1} s", first.as_secs_f64()),
        false => println!("  streaming    none: it came at once"),
    }
    tally.streamed += usize::from(streamed);
    let found = match read(&text) {
        Ok(found) => found,
        Err(why) if marking::json_in::<Json>(&text).is_ok() && !why.contains("in the form") => {
            tally.in_form += 1;
            println!("  JSON schema  ok\n  it says      nothing of use: {why}");
            return true;
        }
        Err(why) => {
            println!("  JSON schema  NO: {why} It wrote: {text}");
            return true;
        }
    };
    tally.in_form += 1;
    println!("  JSON schema  ok");
    if let Some((there, not)) = found.quotes {
        tally.quoted += there;
        tally.unfound += not;
        match (there, not) {
            (0, 0) => println!("  quotes       none given, which counts as not shown"),
            (there, 0) => println!("  quotes       ok, {there} looked up and found"),
            (there, not) => println!("  quotes       {there} found, {not} stand nowhere and count for nothing"),
        }
    }
    println!("  it says      {}", found.says);
    true
}
