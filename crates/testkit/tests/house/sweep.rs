//! Every page of a product that is full of everything, read word by word as each hat: nothing that a person would not
//! say. What a reader sees are the texts between tags, and what hovering and screen readers tell.

use kernel::json;
use std::collections::BTreeSet;
use testkit::House;

/// Elements that stand in a line with what is around them.
const INLINE: &[&str] = &["a", "b", "bdi", "button", "code", "del", "em", "i", "ins", "label", "q", "small", "span", "strong", "summary", "time"];
/// What is written in them is no sentence of ours: what was typed, and machinery.
const SILENT: &[&str] = &["script", "style", "textarea", "code", "pre", "template"];
/// Attributes that are read to people. Hovering over a time tells the exact one.
const TOLD: &[&str] = &["aria-label", "title", "placeholder", "alt"];

/// What people read of a page, piece by piece.
fn pieces(html: &str) -> Vec<String> {
    let (mut pieces, mut piece, mut rest) = (vec![], String::new(), html);
    while let Some((text, after)) = rest.split_once('<') {
        piece.push_str(text);
        let Some((tag, mut after)) = after.split_once('>') else { break };
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        if SILENT.contains(&name) && !tag.starts_with('/') {
            after = after.split_once(&format!("</{name}>")).map_or("", |(_, after)| after);
            // Code within a sentence is a word of it.
            if name == "code" {
                piece.push('…');
            }
        }
        pieces.extend(attributes(tag).filter(|(attribute, _)| TOLD.contains(attribute)).map(|(_, value)| plain(value)));
        if !INLINE.contains(&name) {
            pieces.push(plain(&std::mem::take(&mut piece)));
        }
        rest = after;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    tag.split("=\"").zip(tag.split("=\"").skip(1)).map(|(before, after)| {
        let name = before.rsplit([' ', '"', '\n']).next().unwrap_or_default();
        (name, after.split('"').next().unwrap_or_default())
    })
}

fn plain(text: &str) -> String {
    let text = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Singular and plural of what is counted.
fn counted() -> Vec<(String, String)> {
    let words = [
        "story",
        "point",
        "day",
        "hour",
        "minute",
        "month",
        "year",
        "week",
        "card",
        "member",
        "product",
        "proposal",
        "decision",
        "change",
        "line",
        "row",
        "comment",
        "sprint",
        "initiative",
        "feature",
        "objective",
        "need",
        "thing",
        "person",
        "criterion",
        "signature",
        "column",
        "file",
        "label",
        "link",
        "item",
        "time",
        "vote",
        "verdict",
        "question",
        "result",
        "place",
        "token",
        "act",
    ];
    let many = |word: &str| match word {
        "person" => "people".to_owned(),
        "criterion" => "criteria".to_owned(),
        _ if word.ends_with("ry") => format!("{}ies", word.trim_end_matches('y')),
        _ => format!("{word}s"),
    };
    words.iter().map(|word| ((*word).to_owned(), many(word))).collect()
}

/// What no sentence of ours has in it.
fn wrong(piece: &str, machine: &BTreeSet<String>, counted: &[(String, String)]) -> Option<String> {
    for broken in ["()", "( )", "[]", "{}", "“”", "· ·", ", ,", "-0 %", "−0 %", "-0.0", "NaN", "undefined", "–  –", ": ,"] {
        if piece.contains(broken) {
            return Some(format!("says {broken:?}"));
        }
    }
    // As a word of a sentence it is fine; as what something holds it is not.
    let low = piece.to_lowercase();
    if low == "none" || [": none", "from none", "to none"].iter().any(|none| low.contains(none)) {
        return Some("says none".into());
    }
    if piece.starts_with("· ") || piece.ends_with(" ·") {
        return Some("has a dot with nothing beside it".into());
    }
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '−' && c != '%').to_owned();
    let words: Vec<String> = piece.split(' ').map(trimmed).filter(|word| !word.is_empty()).collect();
    for (word, next) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        let next = next.map_or("", String::as_str);
        if ["null", "None"].contains(&word.as_str()) {
            return Some(format!("says {word:?}"));
        }
        // The seal of what was signed is there to be compared.
        let seal = piece.starts_with("SHA-256 of what was signed: ") && word.len() == 64;
        if word.len() >= 20
            && !seal
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && word.chars().filter(char::is_ascii_digit).count() >= 4
        {
            return Some(format!("shows the id {word:?}"));
        }
        if machine.contains(word) || word.contains('_') {
            return Some(format!("calls something {word:?}"));
        }
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if word.len() >= 10 && word.is_char_boundary(10) {
            let day: Vec<&str> = word[..10].split('-').collect();
            if let [year, month, day] = day[..]
                && year.len() == 4
                && [year, month, day].into_iter().all(digits)
            {
                return Some(format!("writes a day as {word:?}"));
            }
        }
        let number = word.trim_start_matches(['-', '−']).trim_end_matches('%');
        if word.starts_with(['-', '−']) && digits(number) && (next == "%" || word.ends_with('%')) {
            return Some(format!("says {number} % below nothing"));
        }
        if !digits(number) {
            continue;
        }
        let (one, many) = (counted.iter().any(|(one, _)| one == next), counted.iter().any(|(_, many)| many == next));
        if number == "1" && many || number != "1" && one {
            return Some(format!("says {word} {next}"));
        }
    }
    None
}

/// Names of commands, events and fields, which are for programs.
fn machine(h: &House) -> BTreeSet<String> {
    let commands = h.app.registry.commands().map(|c| c.name.to_owned());
    let fields = kernel::about::nouns().iter().flat_map(|n| n.fields.iter().map(|f| (*f).to_owned()).chain([n.table.to_owned()]));
    commands.chain(fields.filter(|name| name.contains('_'))).collect()
}

/// What makes a product full: everything open, settled, overtaken, declined, removed, blocked, negative, empty.
async fn filled() -> House {
    let h = House::sample().await;
    let key = |what: &str| {
        let (h, sql) = (&h, format!("select cast(number as text) from {what} order by number limit 1"));
        async move { h.text(sql).await }
    };
    let open = h.made("owner", "story.create", json!({ "title": "Alone", "criteria": ["One"] }), "story").await;
    for (points, note) in [(1, "small"), (0, "nothing")] {
        h.run("developer", "story.estimate", json!({ "story": open, "points": points })).await.unwrap();
        h.run("owner", "story.edit", json!({ "story": open, "body": note, "labels": [note] })).await.unwrap();
    }
    h.made("owner", "product.define_done", json!({ "lines": "In the manual" }), "product").await;
    let ready = h.proposed("manager", "product.define_ready", json!({ "seen": ["size"], "others": "Seen by design" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": ready })).await.unwrap();
    h.run("owner", "story.find_ready", json!({ "story": open, "line": "Seen by design", "holds": true })).await.unwrap();
    // Proposals of every kind of change, one of them overtaken, one declined.
    h.proposed("manager", "story.move", json!({ "story": open, "to": "top" })).await;
    h.proposed("manager", "story.edit", json!({ "story": open, "kind": "bug", "so_that": "it is known", "feature": "" })).await;
    h.proposed("developer", "story.remove", json!({ "story": open })).await;
    h.proposed("manager", "story.set", json!({ "stories": [open], "kind": "task" })).await;
    h.proposed("manager", "agreement.set", json!({ "area": "backlog", "hat": "developer", "standing": "none" })).await;
    h.proposed("owner", "initiative.edit", json!({ "initiative": key("initiative").await, "confidence": 0, "ends_on": "2026-12-01" })).await;
    let late = h.proposed("manager", "story.edit", json!({ "story": open, "title": "Late" })).await;
    h.run("owner", "story.edit", json!({ "story": open, "title": "Not alone", "feature": key("feature").await })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": late })).await.unwrap();
    let no = h.proposed("manager", "story.create", json!({ "title": "Never" })).await;
    h.run("owner", "proposal.decline", json!({ "proposal": no, "note": "Not this year" })).await.unwrap();
    let question = h.proposed("manager", "product.edit", json!({ "about": "" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": question })).await.ok();
    // Gone, blocked, returned, taken back.
    let gone = h.made("owner", "story.create", json!({ "title": "Gone" }), "story").await;
    h.run("owner", "story.remove", json!({ "story": gone })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": open, "reason": "No key" })).await.unwrap();
    h.run("owner", "act.undo_last", json!({})).await.ok();
    let objective = h.made("manager", "objective.create", json!({ "title": "Lose less", "share": 0 }), "objective").await;
    let result = json!({ "objective": objective, "title": "Lost bikes", "start_value": 1, "target": 0.9, "unit": "" });
    let result = h.made("manager", "key_result.create", result, "key_result").await;
    for amount in [-0.001, 2.198] {
        h.run("manager", "key_result.measure", json!({ "key_result": result, "amount": amount, "confidence": 0 })).await.unwrap();
    }
    h.run("manager", "initiative.create", json!({ "title": "Bare bet" })).await.unwrap();
    h.run("manager", "feature.create", json!({ "title": "Bare feature" })).await.unwrap();
    let about = json!({ "about": "story", "id": open, "body": "Look" });
    h.run("developer", "comment.add", about).await.unwrap();
    h.run("owner", "story.bring_in", json!({ "origin": "csv:1", "title": "Came", "kind": "story", "stage": "doing" })).await.unwrap();
    h.run("owner", "column.add", json!({ "name": "Waiting", "stage": "doing", "wip": 1 })).await.unwrap();
    h
}

/// Stories to look at closely: a few of each stage.
async fn stories(h: &House) -> Vec<String> {
    let mut found = vec![];
    for which in [
        "stage = 'open'",
        "stage = 'doing'",
        "stage = 'handed_over'",
        "stage = 'accepted'",
        "stage = 'dropped'",
        "blocked_since is not null",
        "origin is not null",
    ] {
        let sql = format!(
            "select coalesce(max(cast(n as text)), '') || ' ' || coalesce(min(cast(n as text)), '') from (select number as n from story where {which} and removed_at is null order by number desc limit 40) as few"
        );
        found.extend(h.text(sql).await.split_whitespace().map(str::to_owned));
    }
    found
}

async fn look(h: &House, addresses: impl IntoIterator<Item = String>) -> Vec<String> {
    let (machine, counted) = (machine(h), counted());
    let mut found = BTreeSet::new();
    for address in addresses {
        for who in ["manager", "owner", "developer", "stakeholder"] {
            let page = h.get(who, &address).await;
            // For others, or about something that is not there.
            if page.status == 403 || page.status == 404 {
                continue;
            }
            assert_eq!(page.status, 200, "{address} as {who}");
            for piece in pieces(page.text.split_once("<body").map_or(page.text.as_str(), |(_, body)| body)) {
                if let Some(why) = wrong(&piece, &machine, &counted) {
                    found.insert(format!("{address} as {who} {why}: {}", piece.chars().take(200).collect::<String>()));
                }
            }
        }
    }
    found.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_a_full_product_speaks_as_a_person_would() {
    let h = filled().await;
    let number = |what: &str| {
        let (h, sql) = (&h, format!("select cast(max(number) as text) from {what}"));
        async move { h.text(sql).await }
    };
    let (initiative, feature, sprint) = (number("initiative").await, number("feature").await, number("sprint").await);
    let stories = stories(&h).await;
    let day = web::when::day(h.app.clock.now() - 200 * 86_400_000);
    let things = [("{initiative}", initiative.as_str()), ("{feature}", &feature), ("{story}", &stories[0]), ("{sprint}", &sprint), ("{day}", &day)];
    let mut addresses: Vec<String> = crate::pages::addresses_of(&things).into_iter().map(|(_, address)| address).collect();
    addresses.extend(stories.iter().map(|story| format!("/ORB/story/{story}")));
    addresses.extend((1..=3).map(|bet| format!("/ORB/roadmap?open={bet}")));
    addresses.extend(["/ORB/backlog?stage=accepted", "/ORB/backlog?is=blocked"].map(str::to_owned));
    addresses
        .extend(kernel::about::nouns().iter().filter(|n| n.about.home == kernel::Home::Product).map(|n| format!("/ORB/activity?kind={}", n.table)));
    let found = look(&h, addresses).await;
    assert!(found.is_empty(), "{} pieces: {found:#?}", found.len());
}

#[tokio::test]
async fn an_empty_product_speaks_as_a_person_would_too() {
    let h = House::new().await;
    let addresses = crate::pages::addresses()
        .into_iter()
        .map(|(_, address)| address)
        .filter(|address| !address.contains("open=") && !address.contains("/story/"));
    let found = look(&h, addresses.collect::<Vec<_>>()).await;
    assert!(found.is_empty(), "{} pieces: {found:#?}", found.len());
}

#[test]
fn the_reader_reads_what_people_read() {
    let html = "<p title=\"On hover\">One <b>1</b> stories<br>next<script>null</script></p><td>x</td>";
    assert_eq!(pieces(html), ["On hover", "One 1 stories", "next", "x"]);
    let (machine, counted) = (BTreeSet::from(["story.move".to_owned()]), counted());
    let is_wrong = |piece: &str| wrong(piece, &machine, &counted).is_some();
    for piece in [
        "1 stories",
        "2 story",
        "0 point",
        "Size: none",
        "It is null",
        "nothing ()",
        "-0 %",
        "−1198 %",
        "-12%",
        "story.move",
        "so_that is set",
        "on 2026-11-23",
        "2026-11-23T10:00:00Z",
        "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6",
        "Open ·",
        "from None",
    ] {
        assert!(is_wrong(piece), "{piece}");
    }
    for piece in ["1 story", "2 stories", "0 points", "23 Nov 2026, 11:04", "60 %", "ORB-12 Refund", "from 4th to 2nd", "1 of 3 stories", "−8 °C"]
    {
        assert!(!is_wrong(piece), "{piece}");
    }
}
