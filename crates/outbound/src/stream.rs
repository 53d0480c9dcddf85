//! What a model writes, read as it comes: events of a stream (`data: {…}` by the line, until `data: [DONE]`), or one JSON
//! of a server that does not stream. Bytes and text have a bound, and nothing is taken for an answer that was broken off.

use serde_json::Value;

/// So much text an answer may have.
const MOST_TEXT: usize = 64_000;
/// So long one line of a stream may be.
const MOST_LINE: usize = 256_000;

/// An answer on its way.
#[derive(Debug, Default)]
pub(crate) struct Coming {
    line: Vec<u8>,
    text: String,
    pieces: usize,
    streamed: bool,
    over: bool,
    ended: Option<String>,
    /// It thinks apart from what it answers, which costs of the same limit.
    thinks: bool,
}

impl Coming {
    pub fn of(streamed: bool) -> Coming {
        Coming { streamed, ..Coming::default() }
    }

    /// Whether the server has said all.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// In how many pieces the text has come so far.
    pub fn pieces(&self) -> usize {
        self.pieces
    }

    /// Whether the limit of an answer ended it.
    pub fn is_cut_off(&self) -> bool {
        self.ended.as_deref() == Some("length")
    }

    /// The text so far. A database keeps no NUL in one.
    pub fn so_far(&self) -> String {
        self.text.replace('\0', "\u{fffd}")
    }

    /// Takes in what has come.
    ///
    /// # Errors
    /// Why it is no answer.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), String> {
        for byte in bytes {
            if *byte != b'\n' || !self.streamed {
                self.line.push(*byte);
                if self.line.len() > MOST_LINE {
                    return Err("The model’s answer is too long.".into());
                }
                continue;
            }
            self.event()?;
        }
        Ok(())
    }

    fn event(&mut self) -> Result<(), String> {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).trim().to_owned();
        // Between events there are comments and empty lines, by which a server says that it is still at it.
        let Some(data) = line.strip_prefix("data:").map(str::trim) else { return Ok(()) };
        if data == "[DONE]" {
            self.over = true;
            return Ok(());
        }
        let said: Value = serde_json::from_str(data).map_err(|_| "The model’s answer is no stream of events.".to_owned())?;
        self.said(&said, "delta")
    }

    fn said(&mut self, said: &Value, of: &str) -> Result<(), String> {
        if let Some(error) = said.get("error") {
            return Err(format!("The model said: {}.", problem(error)));
        }
        let Some(choice) = said["choices"].get(0) else { return Ok(()) };
        if let Some(refusal) = choice[of]["refusal"].as_str().filter(|refusal| !refusal.is_empty()) {
            return Err(format!("The model refused: {}", short(refusal)));
        }
        if let Some(text) = choice[of]["content"].as_str().filter(|text| !text.is_empty()) {
            self.text += text;
            self.pieces += 1;
        }
        self.thinks |=
            ["reasoning_content", "reasoning", "thinking"].iter().any(|field| choice[of][field].as_str().is_some_and(|text| !text.is_empty()));
        if self.text.len() > MOST_TEXT {
            return Err("The model’s answer is too long.".into());
        }
        if let Some(why) = choice["finish_reason"].as_str() {
            self.ended = Some(why.to_owned());
        }
        Ok(())
    }

    /// The whole text, once there is no more, and in how many pieces it came.
    ///
    /// # Errors
    /// Why it is no answer.
    pub fn whole(mut self) -> Result<(String, usize), String> {
        if self.streamed {
            self.event()?;
        } else {
            let said: Value = serde_json::from_slice(&self.line).map_err(|_| "The model’s server did not answer in JSON.".to_owned())?;
            self.said(&said, "message")?;
            self.over = true;
        }
        match self.ended.as_deref() {
            Some("length") if self.thinks => {
                Err("The model thought until its limit and came to no end. Turn its thinking off, or choose one that does not think aloud.".into())
            }
            Some("length") => Err("The model’s answer was cut off at its limit. Ask again; a larger model keeps to what it is asked.".into()),
            Some("content_filter") => Err("The model’s server filtered the answer out.".into()),
            None if !self.over => Err("The model’s answer broke off.".into()),
            _ => Ok((self.so_far(), self.pieces)),
        }
    }
}

/// What a server says is wrong.
pub(crate) fn problem(error: &Value) -> String {
    let said = error.as_str().or_else(|| error["message"].as_str()).or_else(|| error["error"]["message"].as_str());
    short(said.unwrap_or("it did not say why")).trim_end_matches('.').to_owned()
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "\u{fffd}");
    line.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(streamed: bool, pieces: &[&str]) -> Result<String, String> {
        let mut coming = Coming::of(streamed);
        for piece in pieces {
            coming.take(piece.as_bytes())?;
        }
        coming.whole().map(|(text, _)| text)
    }

    #[test]
    fn a_stream_is_read_however_it_is_cut() {
        let whole = ": waiting\r\n\r\ndata: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"Grü\"}}]}\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"ße\"},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n";
        for size in [1, 2, 7, 1000] {
            let mut coming = Coming::of(true);
            for piece in whole.as_bytes().chunks(size) {
                coming.take(piece).unwrap();
            }
            assert!(coming.is_over());
            assert_eq!(coming.whole(), Ok(("Grüße".to_owned(), 2)), "{size}");
        }
    }

    #[test]
    fn one_json_is_an_answer_too() {
        assert_eq!(heard(false, &["{\"choices\":[{\"message\":{\"content\":\"a\nb\"", "},\"finish_reason\":\"stop\"}]}"]).ok(), None, "no JSON");
        assert_eq!(heard(false, &["{\"choices\":[{\"message\":{\"content\":\"ab\"},", "\n\"finish_reason\":\"stop\"}]}"]).as_deref(), Ok("ab"));
        assert_eq!(heard(false, &["<html>"]).unwrap_err(), "The model’s server did not answer in JSON.");
    }

    #[test]
    fn what_a_model_thinks_is_no_part_of_its_answer() {
        // As llama.cpp's server and Ollama tell it: a first piece without a text, thoughts in a field of their own.
        let pieces = [
            "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n",
            "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Let me see\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"reasoning\":\"hm\",\"content\":\"\"}}]}\n\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"{}\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
        ];
        assert_eq!(heard(true, &pieces).as_deref(), Ok("{}"));
    }

    #[test]
    fn what_breaks_off_is_no_answer() {
        let piece = "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n";
        assert!(heard(true, &[piece]).unwrap_err().contains("broke off"));
        assert!(heard(true, &[]).is_err());
        for (end, said) in [
            ("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n", "cut off"),
            ("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"},\"finish_reason\":\"length\"}]}\n", "Turn its thinking off"),
            ("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n", "filtered"),
            ("data: {\"error\":{\"message\":\"out of memory\"}}\n", "out of memory"),
            ("data: {\"choices\":[{\"delta\":{\"refusal\":\"I won't\"}}]}\n", "refused"),
            ("data: nonsense\n", "no stream"),
        ] {
            let told = heard(true, &[piece, end]).unwrap_err();
            assert!(told.contains(said), "{told}");
        }
    }

    #[test]
    fn it_has_a_bound() {
        let piece = format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n", "x".repeat(1_000));
        let mut coming = Coming::of(true);
        assert!((0..100).any(|_| coming.take(piece.as_bytes()).is_err()));
        let mut coming = Coming::of(true);
        assert!((0..500).any(|_| coming.take(&[b'x'; 1_000]).is_err()));
    }
}
