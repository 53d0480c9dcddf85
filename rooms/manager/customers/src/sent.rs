//! What other programs send, read: JSON, the fields of a form, a mail message, or plain text.

use kernel::{Json, Refusal, Result, json};
use mail_parser::MessageParser;

/// The names that programs give to what is said, the likeliest first. Mail services send what was cut free of quotes and
/// signatures beside the whole.
const SAID: &[&str] = &["quote", "text", "stripped-text", "body-plain", "body", "message", "content", "description", "comment"];
const FROM: &[&str] = &["source", "from", "sender", "user_name", "author", "email", "name"];
const WHOSE: &[&str] = &["customer", "company", "account", "organization"];
const SUBJECT: &[&str] = &["subject", "title"];
const WHERE: &[&str] = &["url", "link", "permalink"];
const WHEN: &[&str] = &["noted_on", "date", "created_at"];

/// The arguments of what comes in, by the type that its sender names.
///
/// # Errors
/// `Invalid`, with what is wrong and what would be right.
pub(crate) fn read(kind: &str, body: &[u8]) -> Result<Json> {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => of_json(body),
        "application/x-www-form-urlencoded" => {
            let fields: Vec<(String, String)> =
                serde_urlencoded::from_bytes(body).map_err(|e| Refusal::invalid("body", format!("The form cannot be read: {e}.")))?;
            told(|name| {
                fields.iter().find(|(known, value)| known.eq_ignore_ascii_case(name) && !value.trim().is_empty()).map(|(_, value)| value.clone())
            })
        }
        "message/rfc822" => of_mail(body),
        "text/plain" | "" if looks_like_mail(body) => of_mail(body),
        "text/plain" | "" => {
            let (text, _) = reading::text::decode(body).map_err(|wrong| Refusal::invalid("body", wrong.to_string()))?;
            Ok(json!({ "quote": text }))
        }
        other => Err(Refusal::invalid("body", format!("“{other}” is not read here. Send JSON, a form, a mail message or plain text."))),
    }
}

fn of_json(body: &[u8]) -> Result<Json> {
    let sent: Json = kernel::serde_json::from_slice(body).map_err(|e| Refusal::invalid("body", format!("This is no JSON: {e}.")))?;
    let Json::Object(fields) = sent else {
        return Err(Refusal::invalid("body", "Send one JSON object, such as {\"quote\": \"…\", \"source\": \"…\"}."));
    };
    let text = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    told(|name| {
        fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).and_then(|(_, value)| text(value)).filter(|text| !text.trim().is_empty())
    })
}

/// Our arguments out of fields that go by many names.
fn told(field: impl Fn(&str) -> Option<String>) -> Result<Json> {
    let first = |names: &[&str]| names.iter().find_map(|name| field(name));
    let (subject, said) = (first(SUBJECT), first(SAID));
    let quote = match (said, &subject) {
        (Some(said), _) => said,
        (None, Some(subject)) => subject.clone(),
        (None, None) => return Err(Refusal::invalid("quote", "Nothing was said in it. What was said goes into the field “quote” or “text”.")),
    };
    let mut args = json!({ "quote": quote });
    let source = match (first(FROM), subject.filter(|subject| *subject != quote)) {
        (Some(from), Some(subject)) => Some(format!("{from}: {subject}")),
        (from, subject) => from.or(subject),
    };
    let url = first(WHERE).filter(|url| kernel::fields::is_link(url));
    for (name, value) in
        [("source", source.map(|source| web::clipped(&source, 290))), ("customer", first(WHOSE)), ("url", url), ("kind", field("kind"))]
    {
        if let Some(value) = value {
            args[name] = json!(value);
        }
    }
    if let Some(day) = first(WHEN) {
        args["noted_on"] = json!(day_of(&day).ok_or_else(|| Refusal::invalid("noted_on", format!("“{day}” is no day. Write it as 2026-11-23.")))?);
    }
    Ok(args)
}

fn day_of(text: &str) -> Option<String> {
    reading::dates::one(text).ok().map(|when| when.date.to_string())
}

/// Whether a plain text begins as mail does: with lines of a head, among them who it is from or what it is about.
fn looks_like_mail(body: &[u8]) -> bool {
    let begins = String::from_utf8_lossy(&body[..body.len().min(4_096)]);
    let mut lines = begins.lines();
    let is_head =
        |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    if !lines.next().is_some_and(is_head) {
        return false;
    }
    let head: Vec<&str> = begins.lines().take_while(|line| !line.trim().is_empty()).collect();
    let names = |name: &str| {
        head.iter().any(|line| line.len() > name.len() && line.is_char_boundary(name.len()) && line[..name.len()].eq_ignore_ascii_case(name))
    };
    head.len() < begins.lines().count() && (names("from:") || names("received:")) && (names("subject:") || names("date:") || names("to:"))
}

fn of_mail(body: &[u8]) -> Result<Json> {
    let unread = || Refusal::invalid("body", "This mail message cannot be read.");
    let mail = MessageParser::default().parse(body).ok_or_else(unread)?;
    let subject = mail.subject().map(str::trim).filter(|subject| !subject.is_empty());
    let text = mail.body_text(0).map(|text| own_words(&text)).filter(|text| !text.is_empty());
    let quote = text.or_else(|| subject.map(str::to_owned)).ok_or_else(|| Refusal::invalid("quote", "There are no words in this mail message."))?;
    let sender = mail.from().and_then(|from| from.first());
    let (name, address) = sender.map_or((None, None), |sender| (sender.name(), sender.address()));
    let source = [name.or(address), subject].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let mut args = json!({ "quote": quote, "source": web::clipped(&source, 290) });
    if let Some(whose) = name.or(address) {
        args["customer"] = json!(web::clipped(whose, 190));
    }
    if let Some(date) = mail.date().filter(|date| date.is_valid()) {
        args["noted_on"] = json!(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
    Ok(args)
}

/// The words of whoever wrote a mail message: without what it answers and without a signature.
fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take_while(|line| *line != "-- " && line.trim_end() != "--").collect();
    // An answer quotes from the end; what stands above of it is new. A line such as “On … wrote:” leads to it.
    let end = lines.iter().rposition(|line| !line.trim().is_empty() && !line.starts_with('>')).map_or(0, |at| at + 1);
    let quoted = lines[end..].iter().any(|line| line.starts_with('>'));
    let end = if quoted && lines[..end].last().is_some_and(|line| line.trim_end().ends_with(':')) { end - 1 } else { end };
    lines[..end].join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_by_many_names() {
        let chat = read("application/x-www-form-urlencoded", b"user_name=nadia&text=The+map+is+blank&channel_name=feedback").unwrap();
        assert_eq!(chat, json!({ "quote": "The map is blank", "source": "nadia" }));
        let sent =
            read("application/json; charset=utf-8", br#"{"Title":"Map","body":"It is blank","company":"Bakery","date":"2026-09-01T10:00:00Z"}"#)
                .unwrap();
        assert_eq!(sent, json!({ "quote": "It is blank", "source": "Map", "customer": "Bakery", "noted_on": "2026-09-01" }));
        assert_eq!(read("text/plain", "Nur ein Wörtchen".as_bytes()).unwrap()["quote"], "Nur ein Wörtchen");
    }

    #[test]
    fn what_cannot_be_read_says_what_would_be_right() {
        let told = |kind: &str, body: &[u8]| match read(kind, body) {
            Err(refusal) => refusal.sentence(),
            Ok(args) => args.to_string(),
        };
        assert!(told("application/json", b"{").contains("no JSON"));
        assert!(told("application/json", b"[1]").contains("one JSON object"));
        assert!(told("application/json", b"{}").contains("Nothing was said"));
        assert!(told("application/json", br#"{"quote":"q","date":"soon"}"#).contains("is no day"));
        assert!(told("image/png", b"x").contains("not read here"));
    }

    const MAIL: &str = "From: Nadia =?utf-8?Q?Br=C3=BCckner?= <nadia@example.org>\r\nTo: feedback@example.org\r\nSubject: The map\r\nDate: Tue, 1 Sep 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe map is blank =FCberall.\r\n\r\nOn Monday we wrote:\r\n> How is the map?\r\n-- \r\nNadia\r\n";

    #[test]
    fn a_mail_message_is_read_with_who_wrote_it_and_what_is_new_in_it() {
        for kind in ["message/rfc822", "text/plain"] {
            let told = read(kind, MAIL.as_bytes()).unwrap();
            assert_eq!(told["quote"], "The map is blank überall.");
            assert_eq!((&told["source"], &told["customer"]), (&json!("Nadia Brückner: The map"), &json!("Nadia Brückner")));
            assert_eq!(told["noted_on"], "2026-09-01");
        }
    }
}
