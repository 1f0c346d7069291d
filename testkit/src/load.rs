//! Clients: one that says exactly what a test wants to say, and crowds of them.
//!
//! A client may choose its own address out of `127.0.0.0/8`, so that one machine plays as many
//! clients as a limit by address needs.

use std::collections::BTreeMap;
use std::io::{self, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::ops::AddAssign;
use std::thread;
use std::time::{Duration, Instant};

pub use crate::http1::{Headers, Request, Response};

/// How long a client waits for one read before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// An HTTP/1.1 client with one connection, kept alive from request to request.
///
/// It never repeats a request on its own: a test that counts must not be surprised.
#[derive(Debug)]
pub struct HttpClient {
    address: SocketAddr,
    source: Option<Ipv4Addr>,
    patience: Duration,
    connection: Option<BufReader<TcpStream>>,
}

impl HttpClient {
    /// A client of the server at `address`; it connects with its first request.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            source: None,
            patience: PATIENCE,
            connection: None,
        }
    }

    /// Lets the client come from `source`, for example `127.0.0.7`.
    #[must_use]
    pub fn from_source(mut self, source: Ipv4Addr) -> Self {
        self.source = Some(source);
        self
    }

    /// Waits at most `patience` for each read; 30 s when not said.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Sends a `GET` for the raw `target` and returns the response.
    ///
    /// # Errors
    /// See [`HttpClient::send`].
    pub fn get(&mut self, target: impl AsRef<[u8]>) -> io::Result<Response> {
        self.send(&Request::get(target))
    }

    /// Sends `request` and returns the response, whatever its status.
    ///
    /// # Errors
    /// When the connection cannot be made, ends before the response is complete, stays silent
    /// for longer than the patience of the client, or the response is no HTTP/1.1. The next
    /// request then opens a new connection.
    pub fn send(&mut self, request: &Request) -> io::Result<Response> {
        let outcome = self.exchange(request);
        if !outcome.as_ref().is_ok_and(|response| !response.closes()) {
            self.connection = None;
        }
        outcome
    }

    /// Sends `request`, waits for `stay`, and leaves without reading a response.
    ///
    /// # Errors
    /// When the connection cannot be made or the request not be written.
    pub fn send_and_leave(&mut self, request: &Request, stay: Duration) -> io::Result<()> {
        let mut connection = self.connected()?;
        request.write(connection.get_mut())?;
        thread::sleep(stay);
        Ok(())
    }

    fn exchange(&mut self, request: &Request) -> io::Result<Response> {
        let mut connection = self.connected()?;
        request.write(connection.get_mut())?;
        let response = Response::read(&mut connection, &request.method)?;
        self.connection = Some(connection);
        Ok(response)
    }

    /// Takes the connection, or makes one.
    fn connected(&mut self) -> io::Result<BufReader<TcpStream>> {
        if let Some(connection) = self.connection.take() {
            return Ok(connection);
        }
        let stream = match self.source {
            None => TcpStream::connect(self.address)?,
            Some(source) => connect_from(source, self.address)?,
        };
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(self.patience))?;
        stream.set_write_timeout(Some(self.patience))?;
        Ok(BufReader::new(stream))
    }
}

/// Connects to `address` from the local address `source`; the standard library cannot.
fn connect_from(source: Ipv4Addr, address: SocketAddr) -> io::Result<TcpStream> {
    use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, connect, socket_with};

    let socket = socket_with(
        AddressFamily::INET,
        SocketType::STREAM,
        SocketFlags::CLOEXEC,
        None,
    )?;
    bind(&socket, &SocketAddr::from((source, 0)))?;
    connect(&socket, &address)?;
    Ok(TcpStream::from(socket))
}

/// What came back from many requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Responses by status code.
    pub by_status: BTreeMap<u16, u64>,
    /// Requests without a whole response: refused, cut off or silent connections.
    pub failed: u64,
}

impl Counts {
    /// The number of responses with `status`.
    #[must_use]
    pub fn of(&self, status: u16) -> u64 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// All requests, failed ones included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_status.values().sum::<u64>() + self.failed
    }

    /// Counts one outcome.
    pub fn record(&mut self, outcome: &io::Result<Response>) {
        match outcome {
            Ok(response) => *self.by_status.entry(response.status).or_default() += 1,
            Err(_) => self.failed += 1,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        for (status, count) in other.by_status {
            *self.by_status.entry(status).or_default() += count;
        }
        self.failed += other.failed;
    }
}

/// Sends `GET path` as fast as it goes, over `connections` connections for `duration`, from
/// `source` when one is given. Returns when all have ended.
#[must_use]
pub fn flood(
    address: SocketAddr,
    path: &str,
    connections: usize,
    duration: Duration,
    source: Option<Ipv4Addr>,
) -> Counts {
    let request = Request::get(path);
    crowd(connections, |_| {
        let mut client = client(address, source);
        let mut counts = Counts::default();
        let end = Instant::now() + duration;
        while Instant::now() < end {
            let outcome = client.send(&request);
            counts.record(&outcome);
            if outcome.is_err() {
                // A server that is gone would otherwise be asked a million times.
                thread::sleep(Duration::from_millis(1));
            }
        }
        counts
    })
}

/// Sends `GET path` over one connection, `rate_per_s` times a second at even distances, for
/// `duration`, from `source` when one is given.
///
/// A late request is sent at once and the ones after it keep their times, so that the number of
/// requests is always `rate_per_s * duration`, rounded down.
///
/// # Panics
/// When `rate_per_s` is zero.
#[must_use]
pub fn paced(
    address: SocketAddr,
    path: &str,
    rate_per_s: u32,
    duration: Duration,
    source: Option<Ipv4Addr>,
) -> Counts {
    assert!(rate_per_s > 0, "a pace of zero has no distance");
    let request = Request::get(path);
    let mut client = client(address, source);
    let mut counts = Counts::default();
    let total = u128::from(rate_per_s) * duration.as_nanos() / 1_000_000_000;
    let start = Instant::now();
    for number in 0..total {
        let due = number * 1_000_000_000 / u128::from(rate_per_s);
        let due = Duration::from_nanos(u64::try_from(due).expect("a test ends within 500 years"));
        thread::sleep(due.saturating_sub(start.elapsed()));
        counts.record(&client.send(&request));
    }
    counts
}

/// Runs `work` on `size` threads at once, each with its number, and adds up what they counted.
///
/// # Panics
/// When a thread panics.
#[must_use]
pub fn crowd(size: usize, work: impl Fn(usize) -> Counts + Sync) -> Counts {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..size)
            .map(|number| scope.spawn(move || work(number)))
            .collect();
        let mut sum = Counts::default();
        for thread in threads {
            sum += thread.join().expect("a client does not panic");
        }
        sum
    })
}

fn client(address: SocketAddr, source: Option<Ipv4Addr>) -> HttpClient {
    let client = HttpClient::new(address);
    match source {
        Some(source) => client.from_source(source),
        None => client,
    }
}

#[cfg(test)]
mod tests;
