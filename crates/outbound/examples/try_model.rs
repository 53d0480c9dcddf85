//! Asks a real server what Tandem asks: for its wire format, its schemas, its streaming and its quotes. Whether the model is
//! any good is another question.

#![allow(clippy::print_stdout, reason = "it is run at a terminal")]

use kernel::Json;
use marking::{Known, Row};
use outbound::{Chat, Outbound};
use std::{collections::BTreeMap, process::ExitCode, time::Instant};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(url), name) = (args.first(), args.get(1).map_or("default", String::as_str)) else {
        eprintln!("usage: try_model URL [MODEL]");
        return ExitCode::from(2);
    };
    match tried(url, name).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            println!("\n{failed} of the questions were not answered in their form.");
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Whoever types the address at the terminal means it, so its host is allowed.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', ':', '?']).unwrap_or(rest.len());
    &rest[..end]
}

async fn tried(url: &str, name: &str) -> Result<usize, String> {
    let key = match std::env::var("TANDEM_MODEL_KEY_FILE") {
        Ok(file) => Some(std::fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?.trim().to_owned()),
        Err(_) => None,
    };
    let chat = Chat::new(Outbound::new(host(url).parse()?)?, url, name, key, 100)?;
    let row = Row {
        name: "Goal",
        weak: "More users or more love.",
        middling: "The sum that the firm needs.",
        strong: "The sum, with a date and from whom it shall come.",
    };
    let text = "We need 110,000 EUR by the end of May 2027, from choirs that pay for their singers. We will not raise prices for singers.";
    let answer = BTreeMap::from([("goal".to_owned(), text.to_owned())]);
    let mut failed = 0;
    for n in 0..2 {
        let body = marking::mark("A choir app needs 110,000 EUR a year.", row, &answer, n).ok_or("nothing to ask")?;
        failed += told(&chat, &format!("a row of a rubric, reading {}", n + 1), &body, |heard| {
            let found = marking::sample(&answer, heard).map_err(|why| why.0)?;
            let unfound = found.middling.unfound + found.strong.unfound;
            Ok(format!("level {}, {} quotes found, {unfound} not", found.level, found.middling.quotes.len() + found.strong.quotes.len()))
        })
        .await;
    }
    let words = [vec!["price".to_owned()], vec!["singers".to_owned(), "users".to_owned()]];
    let facts = [
        Known { id: "price", says: "Price for a singer a year", words: &words[0] },
        Known { id: "singers", says: "Singers who use the app", words: &words[1] },
    ];
    failed += told(&chat, "the fact that a question means", &marking::question(&facts, "How much does one person pay?"), |heard| {
        marking::chosen(&facts, heard).map(|fact| format!("fact: {}", fact.unwrap_or("none"))).map_err(|why| why.0)
    })
    .await;
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
        failed += told(&chat, what, &marking::draft(kind, &sources, &[]), |heard| {
            let found = marking::drafted(kind, &sources, &[], heard).map_err(|why| why.0)?;
            let quoted = found.iter().filter(|one| !one.quote.is_empty()).count();
            let unfounded: Vec<&str> = found.iter().flat_map(|one| one.unfounded.iter().map(String::as_str)).collect();
            Ok(format!("{} drafts, {quoted} with words that stand there; figures that stand nowhere: {}", found.len(), unfounded.join(" ")))
        })
        .await;
    }
    let notes = ["The tests are slow", "Tomas answered within the hour", "We wait for the build server", "More demos"].map(str::to_owned);
    failed += told(&chat, "groups of notes", &marking::groups(&notes, &[]), |heard| {
        marking::grouped(notes.len(), heard).map(|found| format!("{} groups", found.len())).map_err(|why| why.0)
    })
    .await;
    Ok(failed)
}

/// Asks one question and says what came of it; 1 where the server does not do what it should. That a model says nothing of use
/// is no fault of its server.
async fn told(chat: &Chat, what: &str, body: &Json, read: impl Fn(&str) -> Result<String, String>) -> usize {
    let began = Instant::now();
    let answered = chat.answer(body).await;
    let seconds = began.elapsed().as_secs_f64();
    let heard = match answered {
        Ok(heard) => heard,
        Err(why) => {
            println!("{what}: {} ({seconds:.1} s)", why.said);
            return 1;
        }
    };
    let came = if heard.streamed { "streamed" } else { "at once" };
    match read(&heard.text) {
        Ok(found) => println!("{what}: {came}, in its form; {found} ({seconds:.1} s)"),
        Err(why) if marking::json_in::<Json>(&heard.text).is_ok() && !why.contains("in the form") => {
            println!("{what}: {came}, in its form, but of no use: {why} ({seconds:.1} s)");
        }
        Err(why) => {
            println!("{what}: {came}, not in its form: {why} It wrote: {} ({seconds:.1} s)", heard.text);
            return 1;
        }
    }
    0
}
