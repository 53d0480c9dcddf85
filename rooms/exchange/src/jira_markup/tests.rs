//! What Jira's marks become.

use super::to_markdown;
use std::collections::BTreeMap;

fn markdown(text: &str) -> String {
    to_markdown(text, &BTreeMap::from([("5b10a2844c20165700ede21g".to_owned(), "Ada L.".to_owned())]))
}

/// Jira's markup, and the Markdown that says the same.
const TABLE: &[(&str, &str)] = &[
    // Headings.
    ("h2. Title\ntext", "## Title\n\ntext"),
    ("h7. none", "h7. none"),
    // Emphasis touches its words and no others.
    ("*Cold* nights, _really_ cold; -old plan- dropped.", "**Cold** nights, _really_ cold; ~~old plan~~ dropped."),
    ("*bold _and slanted_ words*", "**bold _and slanted_ words**"),
    ("2*3*4 and snake_case_names and well-known-words stay", "2*3*4 and snake_case_names and well-known-words stay"),
    ("from -5 to -3, a - b - c, --option", "from -5 to -3, a - b - c, --option"),
    ("in a{*}wor{*}d and {*} spaced {*}x", "in a**wor**d and  **spaced** x"),
    ("+new+ H{~}2{~}O m{^}2{^} ??cited??", "<ins>new</ins> H<sub>2</sub>O m<sup>2</sup> _cited_"),
    ("an \\*escaped\\* star and \\{brace}", "an \\*escaped\\* star and {brace}"),
    ("{color:red}Not in *winter*{color}", "Not in **winter**"),
    ("*{color:#ff5630}loud{color}*", "**loud**"),
    // What Markdown would take for markup is shown.
    ("List<String> and a <b> tag, 1 < 2", "List\\<String> and a \\<b> tag, 1 < 2"),
    ("> not a quote\n+ no item", "\\> not a quote  \n\\+ no item"),
    // Lists.
    ("* one\n** two\n*** three\n* four", "- one\n  - two\n    - three\n- four"),
    ("# open\n# close\n#* at dusk", "1. open\n1. close\n   - at dusk"),
    ("- a\n-- b", "- a\n  - b"),
    ("-- a dash of typography", "-- a dash of typography"),
    ("*** too deep at once", "- too deep at once"),
    ("text\n* one\nmore of one\n\nnext", "text\n\n- one  \n  more of one\n\nnext"),
    ("# step\n{code}\nx\n{code}\n# next", "1. step\n   ```\n   x\n   ```\n1. next"),
    // Lines stay lines.
    ("one\ntwo\n\nthree", "one  \ntwo\n\nthree"),
    ("one\\\\ two", "one<br> two"),
    ("----", "---"),
    // Tables.
    ("||Month||Degrees||\n|May|12|\n|June|16|", "| Month | Degrees |\n| --- | --- |\n| May | 12 |\n| June | 16 |"),
    ("|a|b|", "|  |  |\n| --- | --- |\n| a | b |"),
    ("||x|1|\n||y|[z|http://z.org]|", "|  |  |\n| --- | --- |\n| **x** | 1 |\n| **y** | [z](http://z.org) |"),
    ("||h||\n|two\nlines|\nafter", "| h |\n| --- |\n| two<br>lines |\n\nafter"),
    // Links.
    ("[http://example.org/heat]", "<http://example.org/heat>"),
    ("[the plan|http://example.org/air]", "[the plan](http://example.org/air)"),
    ("[https://x.org|https://x.org|smart-link]", "<https://x.org>"),
    ("[a|http://x.org/(b)]", "[a](<http://x.org/(b)>)"),
    ("see http://x.org/a_b_c, or (https://y.org).", "see <http://x.org/a_b_c>, or (<https://y.org>)."),
    ("[write|mailto:a@x.org] [above|#top] [^plan.pdf] [ABC-1] [x]", "[write](mailto:a@x.org) above _plan.pdf_ [ABC-1] [x]"),
    ("[see there|ABC-1]", "see there (ABC-1)"),
    ("[~fgardener] and [~accountid:5b10a2844c20165700ede21g]", "@fgardener and @Ada L."),
    // Images by name.
    ("see !plan.png|thumbnail! and !http://x.org/p/a.gif!", "see _plan.png_ and [a.gif](http://x.org/p/a.gif)"),
    ("Stop! Look! Listen!", "Stop! Look! Listen!"),
    // Code means what it says.
    ("{code:java}\n* x <b>\n{code}", "```java\n* x <b>\n```"),
    ("{code:title=a.rs|borderStyle=solid}\nfn a() {}\n{code}", "**a.rs**\n\n```\nfn a() {}\n```"),
    ("{noformat}\n  two  spaces\n{noformat}", "```\n  two  spaces\n```"),
    ("{code}\n```\n{code}", "````\n```\n````"),
    ("call {code}f(*a*){code} or {{g(*b*)}} or {{{}h{}}}", "call `f(*a*)` or `g(*b*)` or `h`"),
    ("{code}\nnever closed", "{code}  \nnever closed"),
    // Quotes and panels.
    ("{quote}\nTold by the neighbour\n{quote}\nSee", "> Told by the neighbour\n\nSee"),
    ("bq. Told *twice*", "> Told **twice**"),
    ("{panel:title=Why|borderStyle=dashed}\none\n* two\n{panel}", "> **Why**\n>\n> one\n>\n> - two"),
    ("{warning}mind{warning}", "> **Warning**\n>\n> mind"),
    ("{quote}a\n{code}\nb\n{code}\n{quote}", "> a\n>\n> ```\n> b\n> ```"),
    // Markdown that someone wrote by hand stays.
    ("## Why\n- **all** of it\n# stays", "## Why\n- **all** of it\n# stays"),
    ("see [docs](http://d)", "see [docs](http://d)"),
    ("plain text", "plain text"),
    ("", ""),
];

#[test]
fn each_mark_becomes_its_markdown() {
    let wrong: Vec<String> = TABLE
        .iter()
        .map(|(jira, right)| (jira, markdown(jira), right))
        .filter(|(_, is, right)| is != *right)
        .map(|(jira, is, right)| format!("{jira:?}\n  is    {is:?}\n  right {right:?}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn blocks_of_different_kinds_keep_apart() {
    let text = "h3. Why\n*Cold* nights.\n||Month||Degrees||\n|May|12|\n{quote}\nTold by the neighbour\n{quote}\nSee [http://example.org/heat].\n* one\ntail\n{color:red}Not in winter{color}";
    assert_eq!(
        markdown(text),
        "### Why\n\n**Cold** nights.\n\n| Month | Degrees |\n| --- | --- |\n| May | 12 |\n\n> Told by the neighbour\n\nSee <http://example.org/heat>.\n\n- one  \n  tail  \n  Not in winter"
    );
}

#[test]
fn odd_texts_come_to_an_end() {
    for odd in [
        "*".repeat(20_000),
        "[".repeat(20_000),
        "{".repeat(20_000),
        "{quote}".repeat(5_001),
        "!a".repeat(10_000),
        "|".repeat(20_000),
        "_a ".repeat(8_000),
    ] {
        assert!(markdown(&odd).len() < 30 * odd.len());
    }
}
