//! How a letter looks: as plain text and as HTML, from the same parts. Mail programs know no style sheets, so what little
//! looks there are stand at the elements.

use kernel::{Letter, letter::Part};
use maud::{DOCTYPE, html};

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
            Part::Item { says, path, more } => format!("- {says} ({more})\n  {origin}{path}"),
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
const BUTTON: &str = "display:inline-block;padding:10px 18px;background:#3a5bd0;color:#ffffff;border-radius:8px;text-decoration:none;font-weight:600";

/// As HTML.
pub fn html(letter: &Letter, origin: &str) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width"; title { (letter.subject) } }
            body style=(PAGE) { div style=(CARD) {
                @for part in &letter.parts { @match part {
                    Part::Text(text) => p style="margin:0 0 16px" dir="auto" { (text) },
                    Part::Heading(heading) => h2 style="margin:24px 0 8px;font-size:17px" dir="auto" { (heading) },
                    Part::Button { says, path } => p style="margin:20px 0" { a href={ (origin) (path) } style=(BUTTON) { (says) } },
                    Part::Item { says, path, more } => p style="margin:0 0 8px" dir="auto" {
                        a href={ (origin) (path) } style="color:#2a48b8" { (says) }
                        @if !more.is_empty() { " " span style="color:#5b6475" { (more) } }
                    },
                    Part::Note(note) => p style="margin:20px 0 0;color:#5b6475;font-size:14px" dir="auto" { (note) },
                } }
                @if let Some(path) = &letter.stop { p style="margin:4px 0 0;font-size:14px" { a href={ (origin) (path) } style="color:#5b6475" { "Stop these letters" } } }
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
            "Good morning & welcome.\n\nDUE\n\n- One (today)\n  https://t.example/ORB/story/1\n- Two\n  https://t.example/ORB/story/1\n\nLook: https://t.example/ORB/\n\nBye.\n"
        );
        let told = html(&letter, "https://t.example");
        assert!(told.contains("Good morning &amp; welcome.") && told.contains("News &lt;3"), "{told}");
        assert!(told.contains(r#"href="https://t.example/ORB/""#), "{told}");
    }
}
