//! The shapes in which chats want a message. What people wrote is text there and nothing else: it mentions nobody and
//! begins no markup.

use crate::{
    message::{Message, Said},
    model::Shape,
};
use kernel::{Json, json, request::HERE};
use web::clipped;

/// So many things stand in a chat; whoever wants more looks.
const MOST_LINES: usize = 10;
/// So many characters of what changed.
const MOST_CHANGED: usize = 200;
/// Discord takes no longer text.
const MOST_OF_DISCORD: usize = 1_900;

/// The body of a message in a shape.
pub(crate) fn body(shape: Shape, message: &Message) -> Json {
    match shape {
        Shape::Standard => message.data(),
        Shape::Slack => json!({ "text": text(message, &Slack) }),
        Shape::Mattermost => json!({ "username": "Tandem", "text": text(message, &Markdown) }),
        Shape::Discord => {
            json!({ "username": "Tandem", "content": clipped(&text(message, &Markdown), MOST_OF_DISCORD), "allowed_mentions": { "parse": [] } })
        }
        Shape::Teams => teams(message),
    }
}

/// How a chat writes.
trait Writing {
    /// Text that is only text.
    fn plain(&self, text: &str) -> String;
    /// A link; its words are plain already.
    fn link(&self, words: &str, address: &str) -> String;
}

struct Slack;

impl Writing for Slack {
    fn plain(&self, text: &str) -> String {
        // Commands and mentions of everybody stand in angle brackets; signs of markup stand apart from their words.
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        apart(&text, &['*', '_', '~', '`', '@'])
    }
    fn link(&self, words: &str, address: &str) -> String {
        format!("<{address}|{}>", words.replace('|', "¦"))
    }
}

struct Markdown;

impl Writing for Markdown {
    fn plain(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for c in text.chars() {
            if "\\`*_[]<>#|~".contains(c) {
                plain.push('\\');
            }
            plain.push(c);
        }
        // Neither backslash takes a mention back.
        apart(&plain, &['@'])
    }
    fn link(&self, words: &str, address: &str) -> String {
        format!("[{words}]({address})")
    }
}

/// Signs with a space of no width behind each, so that they begin nothing.
fn apart(text: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(c);
        if signs.contains(&c) {
            out.push('\u{200b}');
        }
    }
    out
}

fn text(message: &Message, writing: &dyn Writing) -> String {
    let mut lines: Vec<String> = message.said.iter().take(MOST_LINES).map(|said| line(said, writing)).collect();
    if message.more || message.said.len() > MOST_LINES {
        lines.push(writing.link("and more", &format!("{HERE}/{}/activity", message.product.1)));
    }
    lines.join("\n")
}

fn line(said: &Said, writing: &dyn Writing) -> String {
    let what = writing.plain(&clipped(&said.what, 150));
    let what = said.address.as_ref().map_or_else(|| what.clone(), |address| writing.link(&what, address));
    let changed = clipped(&said.changed.join(" · "), MOST_CHANGED);
    let changed = if changed.is_empty() { changed } else { format!(": {}", writing.plain(&changed)) };
    format!("{} {what}{changed}", writing.plain(&said.who_did))
}

/// A card, as workflows of Teams take it.
fn teams(message: &Message) -> Json {
    let text = |words: String| json!({ "type": "TextBlock", "text": words, "wrap": true });
    let mut body: Vec<Json> = message.said.iter().take(MOST_LINES).map(|said| text(line(said, &Markdown))).collect();
    if message.more || message.said.len() > MOST_LINES {
        body.push(text("and more".into()));
    }
    let open = format!("{HERE}/{}/", message.product.1);
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
                "actions": [{ "type": "Action.OpenUrl", "title": format!("Open {}", message.product.0), "url": open }],
            },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_text_in_every_chat() {
        let wrote = "<!channel> *bold* @everyone [x](http://evil) & <http://evil|y>";
        let slack = Slack.plain(wrote);
        assert!(!slack.contains('<') && !slack.contains("*b") && !slack.contains("@e"), "{slack}");
        assert!(slack.contains("&lt;!channel&gt;") && slack.contains("&amp;"), "{slack}");
        let markdown = Markdown.plain(wrote);
        assert!(markdown.contains("\\*bold\\*") && markdown.contains("\\[x\\](http") && !markdown.contains("@e"), "{markdown}");
        assert_eq!(Slack.link("a|b", "https://x"), "<https://x|a¦b>");
    }
}
