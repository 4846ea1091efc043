//! A server on this machine that misbehaves as servers do, path by path, and counts what it is asked.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use md5::{Digest, Md5};

/// The checksum that publishers name.
pub fn md5(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// How one request is answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// As asked, with ranges.
    Whole,
    /// All of it, whatever range was asked.
    NoRanges,
    /// This many bytes of what was promised, then the connection ends.
    Truncated(usize),
    /// This many bytes, then silence for a while.
    Stalls(usize, Duration),
    /// Other bytes of the same length.
    Garbled,
    /// A status, with the seconds to wait, if any.
    Status(u16, Option<u64>),
}

/// One file of the server: its bytes, and the answers to requests one after the other; the last
/// answer holds for all further ones.
pub struct Held {
    pub bytes: Vec<u8>,
    pub answers: Vec<Answer>,
}

/// What was asked: the path, and the first byte.
pub type Log = Arc<Mutex<Vec<(String, u64)>>>;

/// A running server; it ends with the process.
pub struct Server {
    pub address: String,
    pub log: Log,
}

impl Server {
    pub fn start(files: Vec<(&str, Vec<u8>, Vec<Answer>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let log = Log::default();
        let files: HashMap<String, Held> = files
            .into_iter()
            .map(|(path, bytes, answers)| (path.to_owned(), Held { bytes, answers }))
            .collect();
        let (files, seen) = (Arc::new(Mutex::new(files)), Arc::clone(&log));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, seen) = (Arc::clone(&files), Arc::clone(&seen));
                std::thread::spawn(move || drop(serve(stream, &files, &seen)));
            }
        });
        Self { address, log }
    }

    /// First bytes that were asked of a path, request by request.
    pub fn asked(&self, path: &str) -> Vec<u64> {
        self.log.lock().unwrap().iter().filter(|(asked, _)| asked == path).map(|(_, from)| *from).collect()
    }
}

fn serve(mut stream: TcpStream, files: &Mutex<HashMap<String, Held>>, log: &Log) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or(Ok(String::new()))?;
    let path = first.split_whitespace().nth(1).unwrap_or("/").to_owned();
    let mut from = 0;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some(range) = line.to_lowercase().strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().unwrap_or(0);
        }
    }
    log.lock().unwrap().push((path.clone(), from));
    let (bytes, answer) = {
        let mut files = files.lock().unwrap();
        match files.get_mut(&path) {
            None => (Vec::new(), Answer::Status(404, None)),
            Some(held) => {
                let answer =
                    if held.answers.len() > 1 { held.answers.remove(0) } else { held.answers[0].clone() };
                (held.bytes.clone(), answer)
            }
        }
    };
    let from = if matches!(answer, Answer::NoRanges) { 0 } else { (from as usize).min(bytes.len()) };
    let rest = &bytes[from..];
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", rest.len());
    match answer {
        Answer::Whole | Answer::NoRanges => {
            stream.write_all(head.as_bytes())?;
            stream.write_all(rest)?;
        }
        Answer::Truncated(count) => {
            stream.write_all(head.as_bytes())?;
            stream.write_all(&rest[..count.min(rest.len())])?;
        }
        Answer::Stalls(count, silence) => {
            stream.write_all(head.as_bytes())?;
            stream.write_all(&rest[..count.min(rest.len())])?;
            stream.flush()?;
            std::thread::sleep(silence);
        }
        Answer::Garbled => {
            stream.write_all(head.as_bytes())?;
            stream.write_all(&rest.iter().map(|byte| byte ^ 1).collect::<Vec<u8>>())?;
        }
        Answer::Status(status, after) => {
            let after = after.map(|after| format!("Retry-After: {after}\r\n")).unwrap_or_default();
            let head =
                format!("HTTP/1.1 {status} No\r\n{after}Content-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes())?;
        }
    }
    stream.flush()
}
