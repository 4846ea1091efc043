//! Asking servers politely: one request at a time, pauses between them, patience with what passes.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

use crate::problem::Problem;

/// How a client behaves.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Least time between two requests.
    pub pause: Duration,
    /// How often a request that brought nothing is tried again.
    pub tries: u32,
    /// The first wait before trying again; each further one is twice as long.
    pub wait: Duration,
    /// Longest wait that a server's own wish is heeded for.
    pub longest_wait: Duration,
    /// How long a server may take to answer, and to send what it sends in one go.
    pub timeout: Duration,
    /// A server to ask instead of the publishers' own.
    pub mirror: Option<String>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            pause: Duration::from_millis(250),
            tries: 5,
            wait: Duration::from_secs(2),
            longest_wait: Duration::from_mins(2),
            timeout: Duration::from_mins(2),
            mirror: None,
        }
    }
}

/// Most bytes of a list of files.
const LONGEST_LIST: u64 = 512 << 20;

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The server does not have it.
    Missing,
    /// The server will not give it.
    Refused(u16),
    /// It may come later.
    Passing {
        /// What happened.
        reason: String,
        /// How long the server asks to wait.
        after: Option<Duration>,
    },
}

/// Asks servers for files.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    pub(super) manners: Manners,
    last: Option<Instant>,
}

impl Client {
    /// A client with these manners.
    pub fn new(manners: Manners) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(concat!("suasion/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(manners.timeout))
            .timeout_recv_response(Some(manners.timeout))
            .timeout_recv_body(Some(manners.timeout))
            .build()
            .into();
        Self { agent, manners, last: None }
    }

    /// One request for a file from this byte on, after the pause.
    pub(super) fn ask(&mut self, url: &str, from: u64) -> Result<Response<Body>, Trouble> {
        if let Some(last) = self.last {
            std::thread::sleep(self.manners.pause.saturating_sub(last.elapsed()));
        }
        self.last = Some(Instant::now());
        let url = self.at_mirror(url);
        let mut request = self.agent.get(&url);
        if from > 0 {
            request = request.header("Range", format!("bytes={from}-"));
        }
        let response =
            request.call().map_err(|error| Trouble::Passing { reason: error.to_string(), after: None })?;
        judge(response)
    }

    /// The same path at the mirror, if there is one.
    fn at_mirror(&self, url: &str) -> String {
        let Some(mirror) = &self.manners.mirror else { return url.to_owned() };
        let path =
            url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        format!("{}/{path}", mirror.trim_end_matches('/'))
    }

    /// A list of files as text.
    pub(super) fn text(&mut self, url: &str) -> Result<String, Problem> {
        let mut tried = 0;
        loop {
            let trouble = match self.ask(url, 0) {
                Ok(mut response) => {
                    let mut text = String::new();
                    let mut body = response.body_mut().as_reader().take(LONGEST_LIST);
                    match body.read_to_string(&mut text) {
                        Ok(_) => return Ok(text),
                        Err(error) => Trouble::Passing { reason: error.to_string(), after: None },
                    }
                }
                Err(trouble) => trouble,
            };
            tried += 1;
            self.endure(url, &trouble, tried)?;
        }
    }

    /// Waits before the next try, or says why there is none.
    pub(super) fn endure(&self, url: &str, trouble: &Trouble, tried: u32) -> Result<(), Problem> {
        match trouble {
            Trouble::Missing => Err(Problem::new(format!("the server does not have {url}"))),
            Trouble::Refused(status) => {
                Err(Problem::new(format!("the server refuses {url}: status {status}")))
            }
            Trouble::Passing { reason, .. } if tried > self.manners.tries => {
                Err(Problem::new(format!("{url} did not come (tries: {tried}): {reason}"))
                    .hint("try again later; what has come is kept"))
            }
            Trouble::Passing { after, .. } => {
                let own = self.manners.wait.saturating_mul(1 << (tried - 1).min(10));
                std::thread::sleep(after.unwrap_or(own).min(self.manners.longest_wait));
                Ok(())
            }
        }
    }
}

fn judge(response: Response<Body>) -> Result<Response<Body>, Trouble> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let after = response.headers().get("Retry-After").and_then(|value| value.to_str().ok());
    let after = after.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
    Err(match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Trouble::Missing,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Trouble::Passing { reason: format!("status {}", status.as_u16()), after }
        }
        _ if status.is_server_error() => {
            Trouble::Passing { reason: format!("status {}", status.as_u16()), after }
        }
        // What is there already reaches beyond the end of the file.
        StatusCode::RANGE_NOT_SATISFIABLE => {
            Trouble::Passing { reason: "status 416".to_owned(), after: Some(Duration::ZERO) }
        }
        _ => Trouble::Refused(status.as_u16()),
    })
}
