//! How a letter looks: as plain text and as HTML, from the same parts. Mail programs know no style sheets, so what little
//! looks there are stand at the elements.

use kernel::{Letter, letter::Part};
use maud::{DOCTYPE, PreEscaped, html};

/// As plain text.
pub fn text(letter: &Letter, origin: &str) -> String {
    let mut said: Vec<String> = vec![];
    let mut listed = false;
    for part in &letter.parts {
        let is_item = matches!(part, Part::Item { .. });
        let line = match part {
            Part::Text(text) | Part::Note(text) => text.clone(),
            Part::Heading(heading) => heading.to_uppercase(),
            Part::Button { says, path } => format!("{says}: {origin}{path}"),
            Part::Item { says, path, more } if more.is_empty() => format!("- {says}\n  {origin}{path}"),
            Part::Item { says, path, more } => format!("- {says}\n  {more}\n  {origin}{path}"),
        };
        match said.last_mut() {
            Some(before) if is_item && listed => {
                before.push('\n');
                before.push_str(&line);
            }
            _ => said.push(line),
        }
        listed = is_item;
    }
    if let Some(path) = &letter.stop {
        said.push(format!("Stop these letters: {origin}{path}"));
    }
    said.join("\n\n") + "\n"
}

const PAGE: &str =
    "margin:0;padding:24px 12px;background:#f4f5f7;color:#1d2433;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const CARD: &str = "max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border-radius:10px";
const HEADING: &str = "margin:26px 0 10px;font-size:15px;line-height:1.4";
const ITEM: &str = "margin:0 0 12px;overflow-wrap:anywhere";
const LINK: &str = "color:#2a48b8;text-decoration:none;font-weight:600";
const BUTTON: &str = "display:inline-block;padding:9px 18px;background:#262b38;color:#ffffff;border-radius:8px;text-decoration:none;font-weight:600";
const FOOT: &str = "margin:28px 0 0;padding:14px 0 0;border-top:1px solid #e1e4e9";
const QUIET: &str = "color:#5b6475";

/// For mail programs that know style sheets: in the dark, and on a phone. The others have what stands at the elements.
const STYLE: &str = "@media (prefers-color-scheme:dark){.page{background:#15171c!important;color:#e6e8ec!important}.card{background:#1d2027!important}\
     .link{color:#a9bcff!important}.button{background:#e6e8ec!important;color:#15171c!important}.foot{border-color:#363b46!important}\
     .quiet{color:#a6aebc!important}}@media (max-width:480px){.page{padding:0!important}.card{padding:22px 18px!important;border-radius:0!important}}";

/// As HTML.
pub fn html(letter: &Letter, origin: &str) -> String {
    let (foot, said): (Vec<&Part>, Vec<&Part>) = letter.parts.iter().partition(|part| matches!(part, Part::Note(_)));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8"; meta name="viewport" content="width=device-width"; meta name="color-scheme" content="light dark";
                title { (letter.subject) } style { (PreEscaped(STYLE)) }
            }
            body.page style=(PAGE) { div.card style=(CARD) {
                @for (n, part) in said.iter().enumerate() { @match part {
                    Part::Text(text) => p style="margin:0 0 16px;overflow-wrap:anywhere" dir="auto" { (text) },
                    Part::Heading(heading) => h2 style=(if n == 0 { "margin:0 0 10px;font-size:15px;line-height:1.4" } else { HEADING }) dir="auto" { (heading) },
                    Part::Button { says, path } => p style="margin:22px 0 0" { a.button href={ (origin) (path) } style=(BUTTON) { (says) } },
                    Part::Item { says, path, more } => p style=(ITEM) dir="auto" {
                        a.link href={ (origin) (path) } style=(LINK) { (says) }
                        @if !more.is_empty() { br; span.quiet style=(QUIET) { (more) } }
                    },
                    Part::Note(_) => {},
                } }
                @if !foot.is_empty() || letter.stop.is_some() { div.foot style=(FOOT) {
                    @for part in foot { @if let Part::Note(note) = part { p.quiet style="margin:0 0 4px;font-size:14px;color:#5b6475" dir="auto" { (note) } } }
                    @if let Some(path) = &letter.stop { p style="margin:0;font-size:14px" { a.quiet href={ (origin) (path) } style=(QUIET) { "Stop these letters" } } }
                } }
            } }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_the_same_in_both() {
        let item = |says: &str, more: &str| Part::Item { says: says.into(), path: "/ORB/story/1".into(), more: more.into() };
        let letter = Letter::new("a@x.org", "News <3")
            .text("Good morning & welcome.")
            .with(Part::Heading("Due".into()))
            .with(item("One", "today"))
            .with(item("Two", ""))
            .button("Look", "/ORB/")
            .note("Bye.");
        assert_eq!(
            text(&letter, "https://t.example"),
            "Good morning & welcome.\n\nDUE\n\n- One\n  today\n  https://t.example/ORB/story/1\n- Two\n  https://t.example/ORB/story/1\n\nLook: https://t.example/ORB/\n\nBye.\n"
        );
        let told = html(&letter, "https://t.example");
        assert!(told.contains("Good morning &amp; welcome.") && told.contains("News &lt;3"), "{told}");
        assert!(told.contains(r#"href="https://t.example/ORB/""#), "{told}");
    }
}
