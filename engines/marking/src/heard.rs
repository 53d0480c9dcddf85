//! Reading what a model answered.

use serde::de::DeserializeOwned;

/// Why an answer is none, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

/// The JSON of an answer. What some models put around it goes: their thinking aloud, and a fence. Anything else beside it
/// makes it no answer.
///
/// # Errors
/// What is wrong with it.
pub fn json_in<T: DeserializeOwned>(text: &str) -> Result<T, Malformed> {
    let mut rest = text.trim();
    if let Some(thought) = rest.strip_prefix("<think>") {
        rest = thought.split_once("</think>").ok_or_else(|| Malformed("The model thought aloud and came to no answer.".into()))?.1.trim();
    }
    if let Some(fenced) = rest.strip_prefix("```") {
        let inner = fenced.strip_prefix("json").unwrap_or(fenced);
        rest = inner.strip_suffix("```").unwrap_or(inner).trim();
    }
    if rest.is_empty() {
        return Err(Malformed("The model answered nothing.".into()));
    }
    serde_json::from_str(rest).map_err(|error| match error.is_eof() {
        true => Malformed("The model’s answer breaks off.".into()),
        false => Malformed(format!("The model did not answer in the form that was asked for ({}).", reason(&error))),
    })
}

/// What serde says, without what the model wrote.
fn reason(error: &serde_json::Error) -> String {
    if error.is_syntax() { format!("no JSON at line {}", error.line()) } else { format!("other fields than asked for, at line {}", error.line()) }
}

/// A text as it is kept: within a limit, without what cannot be seen.
pub(crate) fn kept(text: &str, most: usize) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let clean = clean.trim();
    match clean.char_indices().nth(most) {
        None => clean.to_owned(),
        Some((end, _)) => format!("{}…", clean[..end].trim_end()),
    }
}

/// The same on one line.
pub(crate) fn line(text: &str, most: usize) -> String {
    kept(&text.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct One {
        n: u8,
    }

    #[test]
    fn only_the_form_that_was_asked_for_is_an_answer() {
        for good in ["{\"n\":1}", " ```json\n{\"n\":1}\n``` ", "<think>hm {\"n\":2}</think>\n{\"n\":1}"] {
            assert_eq!(json_in::<One>(good), Ok(One { n: 1 }), "{good}");
        }
        for (bad, why) in [
            ("", "nothing"),
            ("{\"n\":", "breaks off"),
            ("Sure! {\"n\":1}", "no JSON"),
            ("{\"n\":1} Hope this helps", "no JSON"),
            ("{\"n\":1,\"level\":5}", "other fields"),
            ("{\"n\":\"one\"}", "other fields"),
            ("[]", "other fields"),
            ("<think>for ever", "aloud"),
        ] {
            let Err(Malformed(said)) = json_in::<One>(bad) else { panic!("{bad}") };
            assert!(said.contains(why), "{bad}: {said}");
        }
    }

    #[test]
    fn a_text_is_kept_within_its_limit() {
        assert_eq!(kept(" a\u{0}b\n ", 10), "ab");
        assert_eq!(kept("abc def", 4), "abc…");
        assert_eq!(line("a\n  b", 10), "a b");
    }
}
