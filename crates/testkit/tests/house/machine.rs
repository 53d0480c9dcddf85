//! A machine elsewhere, as hostile as a test wants it, and a book of names that may change between two looks.

use outbound::{Allowed, Limits, Names, Outbound};
use sha2::{Digest, Sha256};
use std::{
    future::Future,
    net::IpAddr,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};
use testkit::House;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How it answers.
#[derive(Clone)]
pub enum Manner {
    /// A status and a text.
    Says(u16, &'static str),
    LeadsTo(String),
    /// Text without end.
    Endless,
    /// Nothing at all.
    Silent,
}

/// One request that it got.
#[derive(Clone, Debug)]
pub struct Heard {
    pub path: String,
    head: String,
    pub body: String,
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")));
        line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }

    pub fn json(&self) -> kernel::Json {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub struct Machine {
    pub port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Machine {
    pub async fn new(manner: Manner) -> Machine {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let machine = Machine { port: listener.local_addr().unwrap().port(), heard: Arc::default(), manner: Arc::new(Mutex::new(manner)) };
        let (heard, manner) = (machine.heard.clone(), machine.manner.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, heard.clone(), manner.clone()));
            }
        });
        machine
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    pub fn answers_from_now_on(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }
}

async fn serve(mut stream: TcpStream, heard: Arc<Mutex<Vec<Heard>>>, manner: Arc<Mutex<Manner>>) -> std::io::Result<()> {
    let mut read = vec![];
    let (head, mut body) = loop {
        let mut piece = [0; 4096];
        let n = stream.read(&mut piece).await?;
        if n == 0 {
            return Ok(());
        }
        read.extend_from_slice(&piece[..n]);
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break (String::from_utf8_lossy(&read[..at]).into_owned(), read[at + 4..].to_vec());
        }
    };
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut request = Heard { path, head, body: String::new() };
    let length: usize = request.header("content-length").parse().unwrap_or(0);
    while body.len() < length {
        let mut piece = [0; 4096];
        let n = stream.read(&mut piece).await?;
        body.extend_from_slice(&piece[..n]);
    }
    request.body = String::from_utf8(body).unwrap();
    heard.lock().unwrap().push(request);
    let manner = manner.lock().unwrap().clone();
    match manner {
        Manner::Says(status, text) => {
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len());
            stream.write_all(answer.as_bytes()).await
        }
        Manner::LeadsTo(place) => stream.write_all(format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await,
        Manner::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await?;
            loop {
                stream.write_all(&[b'x'; 65_536]).await?;
            }
        }
        Manner::Silent => std::future::pending().await,
    }
}

/// What a name leads to: another address at each look, the last for ever.
pub struct Book(Mutex<Vec<IpAddr>>);

impl Names for Book {
    fn look_up(&self, _: &str) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>> {
        let mut pages = self.0.lock().unwrap();
        let found = if pages.len() > 1 { pages.remove(0) } else { pages[0] };
        Box::pin(async move { Ok(vec![found]) })
    }
}

/// What sends requests, with names that lead to these addresses one after the other.
pub fn reaching(allowed: &str, leads_to: &[&str]) -> Outbound {
    let allowed: Allowed = allowed.parse().unwrap();
    let pages = leads_to.iter().map(|address| address.parse().unwrap()).collect();
    let limits = Limits { connect: Duration::from_millis(300), answer: Duration::from_millis(700), text: Duration::from_millis(700), most: 1_000 };
    Outbound::with(allowed, Arc::new(Book(Mutex::new(pages))), limits).unwrap()
}

/// Lets a house send, to this machine alone by the name `hooks.example`.
pub fn reaches_out(h: &House) {
    h.app.reach_out_by(Arc::new(reaching("hooks.example", &["127.0.0.1"])), "https://tandem.example");
}

/// HMAC-SHA256 as RFC 2104 writes it down, by nothing that the house uses for it.
pub fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0u8; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.iter().map(|b| b ^ with).collect::<Vec<u8>>();
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0u32, |bits, (i, b)| bits | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            text.push(if i <= three.len() { SIGNS[(bits >> (18 - 6 * i) & 63) as usize] as char } else { '=' });
        }
    }
    text
}

/// Of text without any `=`.
pub fn from_base64(text: &str) -> Vec<u8> {
    let value = |sign: &u8| SIGNS.iter().position(|known| known == sign).unwrap() as u32;
    let four = |four: &[u8]| four.iter().fold(0u32, |bits, sign| bits << 6 | value(sign));
    text.as_bytes().chunks(4).flat_map(|signs| four(signs).to_be_bytes()[1..].to_vec()).collect()
}
