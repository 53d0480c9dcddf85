//! A model’s server that speaks OpenAI's chat completions by a script: streaming, at once, late, wrongly, or not at all.

use crate::machine::reaching;
use kernel::{Json, json};
use outbound::{Chat, Patience};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use testkit::House;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How a request is answered.
#[derive(Clone)]
pub enum Play {
    /// In pieces of a stream.
    Streams(String),
    /// As one JSON.
    Says(String),
    /// A stream that the limit of an answer ends.
    CutOff(String),
    /// A stream that ends before it is over.
    BreaksOff(String),
    /// A stream that stops in the middle and stays open.
    Stalls(String),
    Fails(u16, String),
    /// A stream without end.
    Endless,
    Silent,
    /// In pieces of a stream, once it is let go.
    Held(Arc<tokio::sync::Notify>, String),
}

type Script = Arc<dyn Fn(usize, &Json) -> Play + Send + Sync>;

pub struct Scripted {
    pub port: u16,
    heard: Arc<Mutex<Vec<(String, Json)>>>,
    script: Arc<Mutex<Script>>,
}

impl Scripted {
    /// Answers by a script, which is given the number of the request and what it says.
    pub async fn new(script: impl Fn(usize, &Json) -> Play + Send + Sync + 'static) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Scripted { port: listener.local_addr().unwrap().port(), heard: Arc::default(), script: Arc::new(Mutex::new(Arc::new(script))) };
        let (heard, script) = (server.heard.clone(), server.script.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (heard, script) = (heard.clone(), script.clone());
                tokio::spawn(async move {
                    // Whoever asked may have gone.
                    let _ = serve(stream, &heard, &script).await;
                });
            }
        });
        server
    }

    /// Heads and bodies of all that was asked.
    pub fn heard(&self) -> Vec<(String, Json)> {
        self.heard.lock().unwrap().clone()
    }

    pub fn plays(&self, script: impl Fn(usize, &Json) -> Play + Send + Sync + 'static) {
        *self.script.lock().unwrap() = Arc::new(script);
    }

    /// Has a house ask it, so many questions a day for each member.
    pub fn helps(&self, h: &House, a_day: i64) {
        self.helps_within(h, a_day, Duration::from_millis(1_000));
    }

    /// The same, waited for so long.
    pub fn helps_within(&self, h: &House, a_day: i64, silence: Duration) {
        let address = format!("http://model.example:{}/v1", self.port);
        let outbound = reaching("model.example", &["127.0.0.1"]);
        let chat = Chat::new(outbound, &address, "scripted-7b", Some("sk-zqkey".into()), a_day).unwrap();
        let patience = Patience { silence, whole: silence * 4 };
        h.app.ask_by(Arc::new(chat.waiting(patience)));
    }
}

async fn serve(mut stream: TcpStream, heard: &Mutex<Vec<(String, Json)>>, script: &Mutex<Script>) -> std::io::Result<()> {
    let (mut read, mut piece) = (vec![], [0; 8192]);
    let (head, mut body) = loop {
        let n = stream.read(&mut piece).await?;
        if n == 0 {
            return Ok(());
        }
        read.extend_from_slice(&piece[..n]);
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break (String::from_utf8_lossy(&read[..at]).into_owned(), read[at + 4..].to_vec());
        }
    };
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse::<usize>().unwrap()));
    while body.len() < length.unwrap_or(0) {
        let n = stream.read(&mut piece).await?;
        body.extend_from_slice(&piece[..n]);
    }
    let asked: Json = serde_json::from_slice(&body).unwrap_or_default();
    let number = {
        let mut heard = heard.lock().unwrap();
        heard.push((head, asked.clone()));
        heard.len() - 1
    };
    let script = script.lock().unwrap().clone();
    let mut play = script(number, &asked);
    if let Play::Held(go, text) = play {
        go.notified().await;
        play = Play::Streams(text);
    }
    const STREAM: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n: a word ahead\n\n";
    let event = |text: &str| format!("data: {}\n\n", json!({ "choices": [{ "index": 0, "delta": { "content": text }, "finish_reason": null }] }));
    match play {
        Play::Streams(text) | Play::BreaksOff(text) | Play::Stalls(text) if text.is_empty() => stream.write_all(STREAM).await,
        Play::Streams(text) => {
            stream.write_all(STREAM).await?;
            let all: Vec<char> = text.chars().collect();
            for piece in all.chunks(23) {
                stream.write_all(event(&piece.iter().collect::<String>()).as_bytes()).await?;
            }
            stream.write_all(b"data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n").await
        }
        Play::CutOff(text) => {
            stream.write_all(STREAM).await?;
            stream.write_all(event(&text).as_bytes()).await?;
            stream.write_all(b"data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n").await
        }
        Play::BreaksOff(text) => {
            stream.write_all(STREAM).await?;
            stream.write_all(event(&text).as_bytes()).await
        }
        Play::Stalls(text) => {
            stream.write_all(STREAM).await?;
            stream.write_all(event(&text).as_bytes()).await?;
            std::future::pending().await
        }
        Play::Says(text) => {
            answer(&mut stream, 200, &json!({ "choices": [{ "message": { "content": text }, "finish_reason": "stop" }] }).to_string()).await
        }
        Play::Fails(status, said) => answer(&mut stream, status, &json!({ "error": { "message": said } }).to_string()).await,
        Play::Endless => {
            stream.write_all(STREAM).await?;
            loop {
                stream.write_all(event(&"x".repeat(4_000)).as_bytes()).await?;
            }
        }
        Play::Silent | Play::Held(..) => std::future::pending().await,
    }
}

async fn answer(stream: &mut TcpStream, status: u16, body: &str) -> std::io::Result<()> {
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await
}
