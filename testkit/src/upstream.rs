//! An upstream that does as it is told.
//!
//! It serves HTTP/1.1 with keep-alive on a port of its own, one thread for each connection, and
//! remembers what it saw. A test tells it what to do in three ways: request by request through
//! headers that a proxy passes on, for all requests through live knobs, or with a closure.
//!
//! | request header | effect |
//! |---|---|
//! | `x-status: 503` | the status of the response |
//! | `x-delay-ms: 250` | waits before it answers |
//! | `x-abort: reset` | closes the connection instead of answering |
//! | `x-trailer: NAME=VALUE` | answers with a chunked body and this trailer |
//!
//! Without a closure the body of a response is the request target as it arrived, so that a
//! client sees what a proxy made of it.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::http1::{Headers, Request, write_headers};

/// How many requests are remembered; older ones are only counted.
const REMEMBERED: usize = 4096;

/// What the upstream does with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status of the response.
    pub status: u16,
    /// Headers beside `content-length`, which is added.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
    /// Trailers; when there are any, the body is sent in chunks.
    pub trailers: Headers,
    /// Waits so long before the answer.
    pub delay: Duration,
    /// Closes the connection after the delay, without a byte of an answer.
    pub abort: bool,
}

impl Reply {
    /// An empty answer with `status`.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: Vec::new(),
            trailers: Headers::new(),
            delay: Duration::ZERO,
            abort: false,
        }
    }
}

type Handler = dyn Fn(&Request, Reply) -> Reply + Send + Sync;

/// The running upstream. Dropping it closes all its connections and ends its threads.
pub struct Upstream {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    handler: Box<Handler>,
    status: AtomicU16,
    delay_ms: AtomicU64,
    abort: AtomicBool,
    in_flight: AtomicU64,
    stopping: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    seen: VecDeque<Request>,
    counts: BTreeMap<(String, Option<u16>), u64>,
    next_connection: u64,
    connections: BTreeMap<u64, TcpStream>,
    threads: Vec<JoinHandle<()>>,
}

impl Upstream {
    /// Starts an upstream that echoes and obeys headers and knobs.
    ///
    /// # Errors
    /// When no port can be bound.
    pub fn start() -> io::Result<Self> {
        Self::with(|_, reply| reply)
    }

    /// Starts an upstream that asks `handler` for every request. The closure gets the reply that
    /// headers and knobs ask for and returns the one to send.
    ///
    /// # Errors
    /// When no port can be bound.
    pub fn with(
        handler: impl Fn(&Request, Reply) -> Reply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            handler: Box::new(handler),
            status: AtomicU16::new(200),
            delay_ms: AtomicU64::new(0),
            abort: AtomicBool::new(false),
            in_flight: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            state: Mutex::default(),
        });
        let acceptor = {
            let shared = Arc::clone(&shared);
            thread::spawn(move || accept(&listener, &shared))
        };
        Ok(Self {
            address,
            shared,
            acceptor: Some(acceptor),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port it listens on, at `127.0.0.1`.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers with `status` from now on, where a request header does not say otherwise.
    pub fn set_status(&self, status: u16) {
        self.shared.status.store(status, Ordering::SeqCst);
    }

    /// Waits for `delay` (in whole milliseconds) before every answer from now on.
    pub fn set_delay(&self, delay: Duration) {
        let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.shared.delay_ms.store(delay_ms, Ordering::SeqCst);
    }

    /// Closes connections instead of answering from now on, or answers again.
    pub fn set_abort(&self, abort: bool) {
        self.shared.abort.store(abort, Ordering::SeqCst);
    }

    /// Requests that arrived and are not yet answered.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.shared.in_flight.load(Ordering::SeqCst)
    }

    /// All requests since the start or the last [`Upstream::forget`]. A request is counted when
    /// it has arrived, before any delay.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.shared.lock().counts.values().sum()
    }

    /// Requests with this path (query excluded), whatever was answered.
    #[must_use]
    pub fn hits(&self, path: &str) -> u64 {
        self.shared
            .lock()
            .counts
            .iter()
            .filter(|((known, _), _)| known == path)
            .map(|(_, count)| count)
            .sum()
    }

    /// Requests by path (query excluded) and status; no status where the connection was closed.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<(String, Option<u16>), u64> {
        self.shared.lock().counts.clone()
    }

    /// The latest 4096 requests, oldest first.
    #[must_use]
    pub fn seen(&self) -> Vec<Request> {
        self.shared.lock().seen.iter().cloned().collect()
    }

    /// The latest request.
    #[must_use]
    pub fn last(&self) -> Option<Request> {
        self.shared.lock().seen.back().cloned()
    }

    /// Forgets counts and requests; the knobs stay as they are.
    pub fn forget(&self) {
        let mut state = self.shared.lock();
        state.counts.clear();
        state.seen.clear();
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // The acceptor sleeps in accept(); one last connection wakes it. When even that fails the
        // machine has no sockets left, and waiting for the thread would hang the test.
        if TcpStream::connect(self.address).is_ok()
            && let Some(acceptor) = self.acceptor.take()
        {
            let _ = acceptor.join();
        }
        let threads = {
            let mut state = self.shared.lock();
            for stream in state.connections.values() {
                let _ = stream.shutdown(Shutdown::Both);
            }
            std::mem::take(&mut state.threads)
        };
        for thread in threads {
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// A panic of a handler must not hide behind the panics of everyone who looks at the counts.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reply_to(&self, request: &Request) -> Reply {
        let number = |name| request.value(name).and_then(|text| text.parse().ok());
        let status = request.value("x-status").and_then(|text| text.parse().ok());
        let delay_ms = number("x-delay-ms").unwrap_or_else(|| self.delay_ms.load(Ordering::SeqCst));
        let wanted = Reply {
            status: status.unwrap_or_else(|| self.status.load(Ordering::SeqCst)),
            headers: Headers::new(),
            body: request.target.clone(),
            trailers: request
                .value("x-trailer")
                .and_then(|text| text.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into_iter()
                .collect(),
            delay: Duration::from_millis(delay_ms),
            abort: self.abort.load(Ordering::SeqCst) || request.value("x-abort").is_some(),
        };
        (self.handler)(request, wanted)
    }

    fn record(&self, request: Request, reply: &Reply) {
        let mut state = self.lock();
        let status = (!reply.abort).then_some(reply.status);
        *state.counts.entry((request.path(), status)).or_default() += 1;
        if state.seen.len() == REMEMBERED {
            state.seen.pop_front();
        }
        state.seen.push_back(request);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        // A connection that ended before it was accepted is the peer's business.
        let Ok(stream) = stream else { continue };
        let Ok(for_stop) = stream.try_clone() else {
            continue;
        };
        let mut state = shared.lock();
        let number = state.next_connection;
        state.next_connection += 1;
        state.connections.insert(number, for_stop);
        // Ended threads need no one to wait for them.
        state.threads.retain(|thread| !thread.is_finished());
        let shared = Arc::clone(shared);
        state.threads.push(thread::spawn(move || {
            // How a connection ends is for the client to judge; here nobody would read it.
            let _ = serve(stream, &shared);
            if let Some(kept) = shared.lock().connections.remove(&number) {
                let _ = kept.shutdown(Shutdown::Both);
            }
        }));
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut connection = BufReader::new(stream);
    while let Some(request) = Request::read(&mut connection)? {
        let in_flight = InFlight::enter(&shared.in_flight);
        let reply = shared.reply_to(&request);
        let head = request.method == "HEAD";
        shared.record(request, &reply);
        thread::sleep(reply.delay);
        drop(in_flight);
        if reply.abort {
            return Ok(());
        }
        connection.get_mut().write_all(&encode(&reply, head))?;
    }
    Ok(())
}

fn encode(reply: &Reply, head: bool) -> Vec<u8> {
    // The reason phrase means nothing to a proxy, but its space must be there.
    let mut bytes = format!("HTTP/1.1 {} \r\n", reply.status).into_bytes();
    write_headers(&mut bytes, &reply.headers);
    let bodyless = matches!(reply.status, 100..200 | 204 | 304);
    if !reply.trailers.is_empty() && !bodyless {
        bytes.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
        if !head {
            if !reply.body.is_empty() {
                bytes.extend_from_slice(format!("{:x}\r\n", reply.body.len()).as_bytes());
                bytes.extend_from_slice(&reply.body);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n");
            write_headers(&mut bytes, &reply.trailers);
            bytes.extend_from_slice(b"\r\n");
        }
        return bytes;
    }
    if !bodyless {
        bytes.extend_from_slice(format!("content-length: {}\r\n", reply.body.len()).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    if !head && !bodyless {
        bytes.extend_from_slice(&reply.body);
    }
    bytes
}

/// Counts a request as in flight for as long as it lives.
struct InFlight<'a>(&'a AtomicU64);

impl<'a> InFlight<'a> {
    fn enter(gauge: &'a AtomicU64) -> Self {
        gauge.fetch_add(1, Ordering::SeqCst);
        Self(gauge)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
