//! A real Envoy, started on a folder of configuration.
//!
//! The admin address is always ours: a free port of `127.0.0.1`, merged over the bootstrap, so
//! that any number of them run at once and no configuration needs to name one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::load::{HttpClient, Request, Response};

/// How long Envoy may take until it is ready. Its start is about 0.3 s; modules, debug machines
/// and busy cores add to it.
const START: Duration = Duration::from_secs(30);

/// How many bytes of the log an error message quotes.
const TAIL: usize = 4000;

/// The file of the bootstrap within its folder.
const BOOTSTRAP: &str = "envoy.yaml";

/// A running Envoy. Dropping it kills the process and removes its log.
#[derive(Debug)]
pub struct Envoy {
    child: Child,
    admin: SocketAddr,
    scratch: Scratch,
}

impl Envoy {
    /// Starts `binary` in the folder `dir` with its `envoy.yaml`, `concurrency` worker threads
    /// and `extra` arguments, and waits until it is ready to serve.
    ///
    /// The folder is the working directory, so relative paths of the configuration hold. Nothing
    /// is written there.
    ///
    /// # Errors
    /// When the process cannot be started, ends by itself, or is not ready within 30 s; the
    /// message quotes the end of its log.
    pub fn start(
        binary: &Path,
        dir: &Path,
        concurrency: usize,
        extra: &[&str],
    ) -> io::Result<Self> {
        let scratch = Scratch::new()?;
        let log = File::create(scratch.log())?;
        let child = Command::new(binary)
            .args(["-c", BOOTSTRAP, "--use-dynamic-base-id"])
            .args(["--concurrency", &concurrency.to_string()])
            .arg("--admin-address-path")
            .arg(scratch.admin())
            .args(["--config-yaml", &admin_overlay()])
            .args(extra)
            .current_dir(dir)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut envoy = Self {
            child,
            admin: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            scratch,
        };
        envoy.wait_until_ready()?;
        Ok(envoy)
    }

    /// Lets `binary` judge the `envoy.yaml` of the folder `dir` with `--mode validate`.
    ///
    /// Envoy links and starts modules that stand in the configuration itself; it does not read
    /// files that are watched (ECDS), it only wants them to exist.
    ///
    /// # Errors
    /// What Envoy said, when it refused the configuration or could not be run.
    pub fn validate(binary: &Path, dir: &Path) -> Result<(), String> {
        let output = Command::new(binary)
            .args(["-c", BOOTSTRAP, "--mode", "validate", "-l", "error"])
            .current_dir(dir)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("cannot run {}: {error}", binary.display()))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(tail(&String::from_utf8_lossy(&said)).to_owned())
    }

    /// Where the admin interface listens.
    #[must_use]
    pub fn admin_address(&self) -> SocketAddr {
        self.admin
    }

    /// Asks the admin interface for `path`, for example `/config_dump`, with `GET`.
    ///
    /// # Errors
    /// When Envoy does not answer.
    pub fn admin(&self, path: &str) -> io::Result<Response> {
        HttpClient::new(self.admin).get(path)
    }

    /// Sends `POST path` to the admin interface, for example `/drain_listeners`.
    ///
    /// # Errors
    /// When Envoy does not answer.
    pub fn admin_post(&self, path: &str) -> io::Result<Response> {
        HttpClient::new(self.admin).send(&Request::new("POST", path))
    }

    /// All counters and gauges by name.
    ///
    /// # Errors
    /// When Envoy does not answer with a list of numbers.
    pub fn stats(&self) -> io::Result<BTreeMap<String, u64>> {
        let response = self.admin("/stats?type=Counters")?;
        let gauges = self.admin("/stats?type=Gauges")?;
        let text = response.text() + "\n" + &gauges.text();
        Ok(numbers(&text))
    }

    /// The listeners by name, with the address each is bound to. A listener that was configured
    /// with port 0 has its real port here. An unspecified address is given as the loopback one,
    /// which a client can connect to.
    ///
    /// # Errors
    /// When Envoy does not answer, or not with the listing it is known for.
    pub fn listeners(&self) -> io::Result<BTreeMap<String, SocketAddr>> {
        let response = self.admin("/listeners?format=json")?;
        listeners(&response.body)
            .ok_or_else(|| io::Error::other(format!("not a listing: {}", response.text())))
    }

    /// What Envoy has written so far, both streams.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn log(&self) -> io::Result<String> {
        let bytes = fs::read(self.scratch.log())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Waits until `condition` holds, asking every 5 ms, and says how long it took; `None` when
    /// `patience` ended first.
    pub fn wait_for(
        &self,
        patience: Duration,
        mut condition: impl FnMut(&Self) -> bool,
    ) -> Option<Duration> {
        let start = Instant::now();
        loop {
            if condition(self) {
                return Some(start.elapsed());
            }
            if start.elapsed() >= patience {
                return None;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_until_ready(&mut self) -> io::Result<()> {
        let start = Instant::now();
        while start.elapsed() < START {
            if let Some(status) = self.child.try_wait()? {
                return Err(self.failure(&format!("Envoy ended with {status}")));
            }
            if let Some(admin) = self.announced_admin() {
                self.admin = admin;
                // Before the workers run, `/ready` answers 503 with the state.
                if self
                    .admin("/ready")
                    .is_ok_and(|response| response.status == 200)
                {
                    return Ok(());
                }
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(self.failure("Envoy was not ready in time"))
    }

    /// The address in the file that Envoy writes; `None` while it is absent or half-written.
    fn announced_admin(&self) -> Option<SocketAddr> {
        let text = fs::read_to_string(self.scratch.admin()).ok()?;
        let address: SocketAddr = text.trim().parse().ok()?;
        (address.port() != 0).then_some(address)
    }

    fn failure(&self, what: &str) -> io::Error {
        let log = self.log().unwrap_or_default();
        io::Error::other(format!("{what}; the end of its log:\n{}", tail(&log)))
    }
}

impl Drop for Envoy {
    fn drop(&mut self) {
        if thread::panicking() {
            // A test that failed wants to know what Envoy thought of it.
            let log = self.log().unwrap_or_default();
            show(&format!("--- the end of Envoy's log:\n{}\n---", tail(&log)));
        }
        // Both fail only when the process has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(
    clippy::print_stderr,
    reason = "the test harness captures it and shows it with the failed test"
)]
fn show(text: &str) {
    eprintln!("{text}");
}

/// Sets the address of the admin interface, whatever the bootstrap says.
fn admin_overlay() -> String {
    "admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}".to_owned()
}

/// The last [`TAIL`] bytes of `text`, cut between characters.
fn tail(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(TAIL))..]
}

fn numbers(text: &str) -> BTreeMap<String, u64> {
    text.lines()
        .filter_map(|line| {
            let (name, value) = line.rsplit_once(": ")?;
            Some((name.to_owned(), value.parse().ok()?))
        })
        .collect()
}

fn listeners(json: &[u8]) -> Option<BTreeMap<String, SocketAddr>> {
    let listing: serde_json::Value = serde_json::from_slice(json).ok()?;
    let mut found = BTreeMap::new();
    for listener in listing.get("listener_statuses")?.as_array()? {
        let name = listener.get("name")?.as_str()?;
        let address = listener.get("local_address")?.get("socket_address")?;
        let ip: IpAddr = address.get("address")?.as_str()?.parse().ok()?;
        let ip = match ip {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        let port = u16::try_from(address.get("port_value")?.as_u64()?).ok()?;
        found.insert(name.to_owned(), SocketAddr::new(ip, port));
    }
    Some(found)
}

/// A folder for the log and the admin address, removed at the end.
#[derive(Debug)]
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cherry-envoy-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // Left over from a process with the same number that was killed.
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    fn log(&self) -> PathBuf {
        self.0.join("envoy.log")
    }

    fn admin(&self) -> PathBuf {
        self.0.join("admin")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests;
